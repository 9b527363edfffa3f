/* Parents and children: a step of one incident that is another one.
 *
 * The parent's `delegated` event and the child's opening are one transaction. The child's end is
 * the answer of the parent's step; whoever looks at the parent next puts it on record if that has
 * not happened, so it does not matter where a machine stops between. */
#ifndef MN_INCIDENT_DELEGATION_H
#define MN_INCIDENT_DELEGATION_H

#include "incident/record.h"

/* The event that opened the child of this delegate step, if that still is in force; or NULL. */
const struct mn_event *mn_delegated(const struct mn_incident *parent, const struct mn_step *step);

/* Opens the child and notes it in the parent, both or nothing; id: the child's. */
enum mn_append mn_record_delegated(struct mn_store *s, const struct mn_incident *parent,
                                   const struct mn_step *step, struct mn_text team,
                                   const struct mn_opening *child, int year, struct mn_by by,
                                   char id[MN_INCIDENT_ID], struct mn_diags *d);

/* How the child of the open delegate step ended: the outcome's key and when; false while it has
 * not, or is not in this journal. */
bool mn_delegated_end(struct mn_store *s, const struct mn_incident *parent,
                      const struct mn_step *step, const char **outcome, int64_t *at);

/* "2026-0001", or NULL: the incident is nobody's child. */
const char *mn_incident_parent(const struct mn_incident *i);

/* Whether the parent waits for it. */
enum mn_awaited {
    MN_AWAITED,
    MN_AWAITED_DONE, /* it has got the answer */
    MN_AWAITED_NOT,  /* it went back over it, or goes on without, or is closed */
    MN_AWAITED_AWAY, /* it is not in this journal */
};
enum mn_awaited mn_incident_awaited(struct mn_store *s, const struct mn_incident *child);

#endif
