/* What decides where one answer leads: rules that a person can follow by looking back. */
#ifndef MN_RUNBOOK_RULES_H
#define MN_RUNBOOK_RULES_H

#include "runbook/fold.h"

/* A state in which the answer can be given. */
struct mn__case {
    int to;           /* the step that the answer leads to then; -1: the runbook fails */
    uint64_t *latest; /* of each step, bits: the answers that can have been the latest to it */
    bool *before;     /* of each step: whether it can be the one right before; NULL of all cases:
                         there may be none, as a walk begins here */
};

/* The rules in the order in which they are tried, `edge` left 0, for cases that lead to at least
 * two places; what the cases have is used up. `told` says of each step whether its answers can be
 * looked back at. One thing that tells everything is best; else each rule looks back at one thing:
 * a decision list (Rivest 1987), found greedily by what settles most cases in fewest words. Returns
 * how many; they belong to the arena. */
size_t mn__find_rules(struct mn__case *cases, size_t n, const bool *told, int n_steps,
                      struct mn_arena *a, struct mn_fold_way **rules);

#endif
