/* Inside runbook/ only: loops of a flow that no answer leaves. */
#ifndef MN_RUNBOOK_LOOPS_H
#define MN_RUNBOOK_LOOPS_H

#include "runbook/explore.h"

/* Sets each node's `loop`; how many loops there are. */
int mn__mark_loops(struct mn_flow_node *nodes, int n, struct mn_arena *a);

#endif
