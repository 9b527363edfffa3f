/* Inside runbook/ only: answers that a runbook cannot tell apart are one class. */
#ifndef MN_RUNBOOK_CLASSES_H
#define MN_RUNBOOK_CLASSES_H

#include "runbook/explore.h"

/* An edge for each class of answers to what is asked, in the order of its outcomes; none at the
 * end. `to` and `failure` are -1. In the arena. */
struct mn_flow_edge *mn__answer_classes(const struct mn_asked *asked, struct mn_arena *a,
                                        size_t *n);

#endif
