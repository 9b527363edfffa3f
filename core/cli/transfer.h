/* incidents export and import: a part of the command, in a file of its own. */
#ifndef MN_CLI_TRANSFER_H
#define MN_CLI_TRANSFER_H

#include "cli/cli.h"

/* The exit status; the arguments after the first are incidents, or the file. */
int mn_transfer_export(struct mn_cli *cli);
int mn_transfer_import(struct mn_cli *cli);

#endif
