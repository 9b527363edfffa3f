/* Who is responsible for an incident, and giving it to somebody else.
 *
 * Whoever opens it is responsible. What was given stays the giver's until the other one
 * acknowledges it; a handover step of the runbook that was accepted passes it on too. */
#ifndef MN_INCIDENT_HANDING_H
#define MN_INCIDENT_HANDING_H

#include "incident/record.h"

struct mn_handing {
    struct mn_text responsible;   /* a person's name, or a team's where nobody of it has answered */
    const struct mn_event *given; /* `handed-over` that waits to be acknowledged; or NULL */
    const char *to;               /* whom it was given to */
    int64_t due;                  /* until when that is to be acknowledged; -1: not said */
    bool overdue;                 /* that it was not in time is on record */
};

/* Borrowed from the incident. */
struct mn_handing mn_incident_handing(const struct mn_incident *i);

/* Whether the name is that of whom it was given to, in capital letters or small. */
bool mn_handing_is_to(const struct mn_handing *h, const char *name);

/* Whether the event is about what one person gave another, not about a step of the runbook. */
bool mn_handed_by_hand(const struct mn_event *e);

/* Gives it to that person, who is to acknowledge it until then (-1: not said). What was given
 * before and not acknowledged is no longer. */
enum mn_append mn_record_given(struct mn_store *s, const struct mn_incident *i, const char *to,
                               int64_t due, struct mn_by by, struct mn_diags *d);

/* What was given is taken, or not. */
enum mn_append mn_record_taken(struct mn_store *s, const struct mn_incident *i, bool taken,
                               struct mn_by by, struct mn_diags *d);

/* What was given was not acknowledged in time. */
enum mn_append mn_record_not_taken(struct mn_store *s, const struct mn_incident *i,
                                   struct mn_diags *d);

#endif
