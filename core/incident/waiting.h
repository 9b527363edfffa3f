/* What each incident waits for, as it was worked out last: kept beside the journal, so that looking
 * at ten thousand of them does not evaluate ten thousand runbooks.
 *
 * It is no record: what is kept of an incident holds only while its last event is the one that it
 * had then. The file (the journal's name and ".waiting") can be deleted at any time; one that is
 * damaged or of another program is passed over. */
#ifndef MN_INCIDENT_WAITING_H
#define MN_INCIDENT_WAITING_H

#include "base/diag.h"
#include "incident/head.h"
#include "incident/store.h"

struct mn_waits {
    bool closed;          /* it waits for nothing */
    int64_t observations; /* up to this event of theirs all is told to it; -1: not looked at */

    const char *step; /* the record key of its open step, where that has a deadline; or NULL */
    struct mn_text text;
    int64_t at;    /* the deadline */
    bool recorded; /* that it has passed is on record */

    const char *given, *to; /* the key of what was given and not acknowledged yet, to whom; NULL */
    int64_t until; /* until when it is to be acknowledged, where that is still to be seen */

    const char *child; /* the incident whose end answers the open step; or NULL */
};

/* The first moment at which something happens to it without a person, as far as a clock tells:
 * INT64_MAX: never. */
int64_t mn_waits_next(const struct mn_waits *w);

struct mn_waiting;

/* What is kept beside that journal. Never NULL. */
struct mn_waiting *mn_waiting_read(const struct mn_store *s);
void mn_waiting_free(struct mn_waiting *w);

/* What is kept of the incident, if that is still its head: strings are borrowed. */
bool mn_waiting_find(const struct mn_waiting *w, const struct mn_head *head, struct mn_waits *out);
void mn_waiting_keep(struct mn_waiting *w, const struct mn_head *head, const struct mn_waits *what);

/* On disk, when anything is to be kept that was not there; if that cannot be, nothing is lost but
 * time. */
void mn_waiting_write(const struct mn_waiting *w);

#endif
