/* Reading a command line by a command's table of options. */
#ifndef MN_CLI_ARGS_H
#define MN_CLI_ARGS_H

#include "cli/cli.h"

/* The option of that name among the command's own (`command` may be NULL) and the common ones; its
 * place counts through both. NULL when there is none. */
const struct mn_option *mn_args_find(const struct mn_command *command, const char *name,
                                     int *place);
int mn_args_count(const struct mn_command *command);

/* Fills cli's arguments and options from argv[1…], finding the command; false with a diagnostic
 * when it does not fit. Options may stand anywhere; `--` ends them. cli->command is NULL when no
 * command was named. */
bool mn_args_parse(struct mn_cli *cli, int argc, const char *const *argv);

#endif
