/* The page that walks a runbook where this program is not. */
#ifndef MN_CLI_OFFLINE_H
#define MN_CLI_OFFLINE_H

#include "cli/choose.h"
#include "runbook/explore.h"

/* Adds the page of a runbook for a subject: `flow` was explored with `facts`, and has a first step.
 * It begins in the command's language and holds both. False with a diagnostic. */
bool mn_offline_of(struct mn_cli *cli, const struct mn_choice_made *made, const json_t *facts,
                   const struct mn_flow *flow, struct mn_buf *out);

#endif
