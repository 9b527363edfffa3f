/* Inside runbook/ only: stops of an exploration from which everything goes on alike become one
 * node.
 */
#ifndef MN_RUNBOOK_MERGE_H
#define MN_RUNBOOK_MERGE_H

#include "runbook/explore.h"

/* A state that was come to. */
struct mn__stop {
    const struct mn_asked *asked;
    const char *look; /* equal when the same is asked */
    const int *quoted;
    int back;
    int before, edge, depth;
    struct mn_flow_edge *edges;
    size_t n_edges;
};

/* Makes a flow of the stops, of which the first is the beginning and none has a shorter walk than
 * one before it. */
void mn__merge_stops(const struct mn__stop *stops, size_t n, const struct mn_flow_failure *failures,
                     size_t n_failures, struct mn_arena *a, struct mn_flow *out);

#endif
