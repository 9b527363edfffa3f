/* Going back over what was done outside: each such thing stands or is taken back. */
#ifndef MN_INCIDENT_RETRACT_H
#define MN_INCIDENT_RETRACT_H

#include "incident/incident.h"

#define MN_KEPT "kept"
#define MN_WITHDRAWN "withdrawn"

/* What was done outside from the answer `keep` on, as payload for `confirm`: acts, calls, handovers
 * and delegations that were answered, and those of which nobody knows the outcome: [{key, record,
 * kind, text, label, undo, at}]. No two have the same `record`. Whoever goes back decides about
 * each. New reference. */
json_t *mn_incident_to_confirm(const struct mn_incident *i, size_t keep);

/* Who goes back, and what the incident was called when something was said about it. */
struct mn_retracting {
    const char *actor, *called;
    int utc_offset; /* minutes */
};

/* Puts the decision on one of that list: `decision`, MN_KEPT or MN_WITHDRAWN, and for what others
 * were told, when it is withdrawn, `said`: the words that tell them, in both languages. */
void mn_retract_decide(json_t *done, bool stands, const struct mn_retracting *r);

/* Whether it is an act, which is undone; others were told, and are told again. */
bool mn_retract_is_act(const json_t *done);

#endif
