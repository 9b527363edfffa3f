/* What is known beside the incidents: outages, planned work, news of other faults.
 *
 * The present is an overlay of observations, not a change of the model. They are a chain of events
 * in the store like an incident's, under the name MN_OBSERVATIONS, so that heads and verification
 * hold for them too. Payloads:
 *
 *   observed           number, kind, subject {id, name}, text, from, until: UTC seconds or null
 *   observation-ended  number
 *
 * An incident that one concerns has an `observed` event of its own: see record.h. */
#ifndef MN_INCIDENT_OBSERVATION_H
#define MN_INCIDENT_OBSERVATION_H

#include "incident/journal.h"

#define MN_OBSERVATIONS "observations"

enum mn_observed_kind {
    MN_OBSERVED_OUTAGE,
    MN_OBSERVED_PLANNED,
    MN_OBSERVED_NEWS,
    MN_OBSERVED_KINDS
};

struct mn_observation {
    int number; /* from 1 */
    enum mn_observed_kind kind;
    const char *subject; /* id of a component or site */
    struct mn_text name, text;
    int64_t from, until; /* until -1: not known */
    int64_t at, ended;   /* when it was recorded, and that it is over; ended -1: not recorded */
    const char *actor;
};

struct mn_observations {
    struct mn_journal *journal; /* NULL while there is none */
    struct mn_observation *at;
    size_t n;
    int64_t seq; /* of the last event, 0: none */
};

/* "outage", "planned", "news". */
const char *mn_observed_kind_name(enum mn_observed_kind kind);

/* False: no such kind. */
bool mn_observed_kind_of(const char *name, enum mn_observed_kind *kind);

/* The seq of the last event about them, 0: there is none. False with a diagnostic. */
bool mn_observations_seq(struct mn_store *s, int64_t *seq, struct mn_diags *d);

/* All of them, oldest first; an event that this program does not understand is passed over. NULL
 * with a diagnostic when they cannot be read or the chain is broken. */
struct mn_observations *mn_observations_read(struct mn_store *s, struct mn_diags *d);
void mn_observations_free(struct mn_observations *o); /* NULL is allowed */

/* Neither recorded as over nor past its end. */
bool mn_observation_holds(const struct mn_observation *o, int64_t now);

/* Puts one on record: subject, name, text, kind, from and until are read, by is at and actor; its
 * number is set. Only if nothing was added since `o` was read. */
enum mn_append mn_observe(struct mn_store *s, const struct mn_observations *o,
                          struct mn_observation *added, struct mn_diags *d);

/* An observation as an incident has it, in its `observed` event or among its facts: what, where,
 * how it lies, from when until when, by whom. */
void mn_observed_text(const json_t *observed, enum mn_lang lang, int utc_offset,
                      struct mn_buf *out);

/* "22/11/2026 15:00 to 22/11/2026 17:00", "since 22/11/2026 15:00" (until -1). */
void mn_observed_span(int64_t from, int64_t until, enum mn_lang lang, int utc_offset,
                      struct mn_buf *out);

/* "Known outage". */
enum mn_message mn_observed_kind_text(enum mn_observed_kind kind);

/* That one is over. */
enum mn_append mn_observation_end(struct mn_store *s, const struct mn_observations *o, int number,
                                  int64_t at, const char *actor, struct mn_diags *d);

#endif
