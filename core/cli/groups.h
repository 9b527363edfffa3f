/* Which groups of a sheet have other room than before, so that other boxes move. */
#ifndef MN_CLI_GROUPS_H
#define MN_CLI_GROUPS_H

#include "cli/cli.h"
#include "diagram/diagram.h"

/* Says them below that title; nothing when all have the cells that they had. */
void mn_cli_say_groups(struct mn_cli *cli, enum mn_message title,
                       const struct mn_diagram_group *before, int n_before,
                       const struct mn_diagram_group *after, int n_after);

#endif
