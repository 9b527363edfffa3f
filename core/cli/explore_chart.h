/* A runbook's graph as a chart: for a wall, or as a card to be followed on paper. */
#ifndef MN_CLI_EXPLORE_CHART_H
#define MN_CLI_EXPLORE_CHART_H

#include "diagram/diagram.h"
#include "runbook/explore.h"
#include "runbook/runbook.h"

/* The flow of that runbook for the subject, each step once. All of it is in the arena or borrowed.
 * NULL when the flow has no step. */
const struct mn_chart *mn_flow_chart(const struct mn_flow *flow, const struct mn_runbook *runbook,
                                     const struct mn_model *m, struct mn_subject subject,
                                     struct mn_arena *a);

#endif
