/* The table of commands. */
#include "cli/commands.h"

#include <string.h>

const struct mn_command *const mn_commands[] = {
    &mn_command_check,     &mn_command_list,    &mn_command_show,
    &mn_command_impact,    &mn_command_path,    &mn_command_diff,
    &mn_command_draw,      &mn_command_run,     &mn_command_resume,
    &mn_command_incidents, &mn_command_tick,    &mn_command_observe,
    &mn_command_report,    &mn_command_journal, &mn_command_replay,
    &mn_command_explore,   &mn_command_new,     &mn_command_lua,
    &mn_command_help,      &mn_command_version, NULL,
};

const struct mn_option mn_common_options[] = {
    {"model", "DIR", MN_M_opt_model, NULL}, {"lang", "vi|en", MN_M_opt_lang, "vi en"},
    {"json", NULL, MN_M_opt_json, NULL},    {"runbooks", "DIR", MN_M_opt_runbooks, NULL},
    {"help", NULL, MN_M_opt_help, NULL},    {NULL, NULL, 0, NULL},
};

const struct mn_command *mn_command_find(const char *name) {
    for (size_t i = 0; mn_commands[i]; i++)
        if (strcmp(mn_commands[i]->name, name) == 0)
            return mn_commands[i];
    return NULL;
}
