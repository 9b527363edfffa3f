/* What stands elsewhere than on the sheet that a file held before it was drawn over. */
#ifndef MN_CLI_OVER_H
#define MN_CLI_OVER_H

#include "cli/cli.h"
#include "diagram/diagram.h"

/* What a sheet told of itself; both counts are 0 when it told nothing. */
struct mn_earlier {
    int n_groups;
    const struct mn_diagram_group *groups;
    const char *area; /* whose groups; "" of all */
    int n_panels;
    const struct mn_diagram_panel *panels;
};

/* Of the sheet that stands in the file now, if any. In the arena. */
void mn_cli_earlier(struct mn_cli *cli, const char *file, struct mn_earlier *earlier);

/* Says which groups of the new document take other room, which panels of a map lie elsewhere;
 * nothing of sheets that show something else. */
void mn_cli_say_over(struct mn_cli *cli, const struct mn_model *m, const struct mn_earlier *earlier,
                     const struct mn_buf *document);

#endif
