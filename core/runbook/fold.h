/* A flow folded for paper: each step stands there once, whatever was answered before.
 *
 * Where an earlier answer decides which way an answer leads, the way says which; whoever follows it
 * on paper looks back at what was ticked. */
#ifndef MN_RUNBOOK_FOLD_H
#define MN_RUNBOOK_FOLD_H

#include "model/model.h"
#include "runbook/explore.h"

enum {
    MN_FOLD_ALWAYS = -1,
    MN_FOLD_DEPENDS = -2,   /* on earlier answers that cannot be told one by one */
    MN_FOLD_CAME = -3,      /* on which step came just before */
    MN_FOLD_OTHERWISE = -4, /* none of the ways of that answer before this one is it */
    MN_FOLD_NOT_ASKED = 63  /* the bit of answers for a step that has not been asked */
};

struct mn_fold_way {
    int edge;            /* of the node that stands for the step: the answer */
    int to;              /* a folded step; -1: the runbook fails there */
    int given;           /* a folded step whose latest answer decides, or one of the above */
    uint64_t answers;    /* bits: those edges of `given` with which this is the way */
    struct mn_ints came; /* MN_FOLD_CAME: the steps after which this is the way */
};

struct mn_fold_step {
    int node; /* of the flow: the one with the shortest walk stands for all like it */
    size_t n_ways;
    const struct mn_fold_way *ways; /* in the order of the answers; of one answer's, the first that
                                       holds is taken */
};

/* All of it belongs to the arena; it refers to the flow. */
struct mn_fold {
    const struct mn_flow *flow;
    size_t n;
    const struct mn_fold_step *steps; /* the first is where every walk begins */
};

/* Nodes that show the same are one step. The answers that can have been the latest to each step are
 * found by data-flow analysis (Kildall 1973): a set for each node, which only grows. */
struct mn_fold mn_flow_fold(const struct mn_flow *flow, struct mn_arena *a);

#endif
