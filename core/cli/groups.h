/* Which groups of a sheet have other room than before, so that other boxes move. */
#ifndef MN_CLI_GROUPS_H
#define MN_CLI_GROUPS_H

#include "cli/cli.h"
#include "diagram/diagram.h"

/* Says them below that title; nothing when all have the cells that they had. */
void mn_cli_say_groups(struct mn_cli *cli, enum mn_message title,
                       const struct mn_diagram_group *before, int n_before,
                       const struct mn_diagram_group *after, int n_after);

/* The groups of the sheet that stands in the file now, and is about to be drawn over, and the area
 * that it shows; 0 when there is none or it tells nothing. In the arena. */
int mn_cli_earlier_groups(struct mn_cli *cli, const char *file,
                          const struct mn_diagram_group **groups, const char **area);

#endif
