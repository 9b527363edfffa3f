/* Help, man page and bash completion, all made from the table of commands. */
#ifndef MN_CLI_HELP_H
#define MN_CLI_HELP_H

#include "cli/cli.h"

/* Prints help for one command, or the overview for NULL. Returns the exit status. */
int mn_help_print(struct mn_cli *cli, const struct mn_command *command);

#endif
