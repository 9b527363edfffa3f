/* Runbooks explored as the command line asks: one, or all that a unit may need. */
#ifndef MN_CLI_EXPLORED_H
#define MN_CLI_EXPLORED_H

#include "cli/choose.h"
#include "runbook/explore.h"

struct mn_explored {
    struct mn_flow flow; /* in the arena */
    json_t *facts;       /* what it was explored with; the caller's */
};

/* Tries every answer to the chosen runbook. False with a diagnostic; the facts are there anyway. */
bool mn_explore_made(struct mn_cli *cli, const struct mn_choice_made *made, struct mn_arena *a,
                     struct mn_explored *out);

/* Makes a unit's emergency folder: every runbook that it may need as a page, a card and a
 * flowchart, its diagrams, whom to call, and an index; of all units, each in a folder of its own,
 * when `site` is NULL. `folder` NULL: "emergency". Returns the command's exit status. */
int mn_explore_folders(struct mn_cli *cli, const char *site, const char *folder);

#endif
