/* One declaration for each file of a command. */
#ifndef MN_CLI_COMMANDS_H
#define MN_CLI_COMMANDS_H

#include "cli/command.h"

extern const struct mn_command mn_command_check;
extern const struct mn_command mn_command_diff;
extern const struct mn_command mn_command_draw;
extern const struct mn_command mn_command_explore;
extern const struct mn_command mn_command_help;
extern const struct mn_command mn_command_incidents;
extern const struct mn_command mn_command_impact;
extern const struct mn_command mn_command_journal;
extern const struct mn_command mn_command_list;
extern const struct mn_command mn_command_lua;
extern const struct mn_command mn_command_new;
extern const struct mn_command mn_command_observe;
extern const struct mn_command mn_command_path;
extern const struct mn_command mn_command_replay;
extern const struct mn_command mn_command_report;
extern const struct mn_command mn_command_resume;
extern const struct mn_command mn_command_run;
extern const struct mn_command mn_command_show;
extern const struct mn_command mn_command_tick;
extern const struct mn_command mn_command_version;

#endif
