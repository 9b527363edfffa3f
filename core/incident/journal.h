/* The append-only journal: what happened in an incident, by whom, when, in an order that shows when
 * it was changed.
 *
 * Each event carries the SHA-256 of the one before it. Its own hash is over these bytes, in which
 * only the last part can hold a newline:
 *
 *     metronet-event-1 LF incident LF seq LF at LF actor LF type LF prev LF payload
 *
 * seq and at (UTC seconds) are decimal, prev is 64 zeros for the first event, payload is JSON on
 * one line with sorted keys, as it is stored. A changed, removed or reordered event breaks the
 * chain; events cut off the end, or a chain computed anew, show only against a copy of the head. */
#ifndef MN_INCIDENT_JOURNAL_H
#define MN_INCIDENT_JOURNAL_H

#include "base/json.h"
#include "base/mem.h"
#include "incident/head.h"
#include "incident/store.h"

#include <stdint.h>

enum mn_event_type {
    MN_EVENT_OPENED,
    MN_EVENT_ANSWERED,
    MN_EVENT_REWOUND,
    MN_EVENT_OBSERVED,
    MN_EVENT_NOTED,
    MN_EVENT_NOTE_CORRECTED,
    MN_EVENT_ESCALATED,
    MN_EVENT_ACKNOWLEDGED,
    MN_EVENT_HANDED_OVER,
    MN_EVENT_CANCELLED,
    MN_EVENT_REOPENED,
    MN_EVENT_RESOLVED,
    MN_EVENT_UPGRADED,
    MN_EVENT_OVERDUE,
    MN_EVENT_OBSERVATION_ENDED,
    MN_EVENT_DELEGATED,
    MN_EVENT_OTHER, /* of a later program: kept, shown by its name */
};

struct mn_event {
    enum mn_event_type type;
    int64_t seq; /* from 1, without gaps */
    int64_t at;  /* UTC seconds */
    const char *actor, *type_name;
    json_t *payload; /* an object */
    char prev[MN_HASH_HEX], hash[MN_HASH_HEX];
};

/* Who acts where no person did: a deadline that passed, an observation that arrived, a child that
 * was closed. */
#define MN_ACTOR_ITSELF "metronet"

/* "note-corrected"; MN_EVENT_OTHER for a name that is none. */
const char *mn_event_type_name(enum mn_event_type type);
enum mn_event_type mn_event_type_of(const char *name);

/* A name that can stand in the journal: not empty, one line, no control characters, at most 100
 * bytes. */
bool mn_actor_ok(const char *name);

/* What is to be added; the payload is borrowed. */
struct mn_new_event {
    enum mn_event_type type;
    int64_t at;
    const char *actor;
    json_t *payload;
};

enum mn_append {
    MN_APPENDED,
    MN_OVERTAKEN, /* somebody else added events after `expected`; nothing was written, no diagnostic
                   */
    MN_NOT_APPENDED,
};

/* Adds the events after seq `expected`, all or none; on disk when it returns. */
enum mn_append mn_journal_append(struct mn_store *s, const char *incident, int64_t expected,
                                 const struct mn_new_event *events, size_t n, struct mn_diags *d);

#define MN_INCIDENT_ID 40

/* A new incident with its first event; `year` and the next number in it make the id "2026-0001". */
bool mn_journal_create(struct mn_store *s, int year, const struct mn_new_event *opened,
                       char id[MN_INCIDENT_ID], struct mn_diags *d);

struct mn_journal {
    struct mn_arena *arena;
    const char *incident;
    struct mn_event *events;
    size_t n;
    int64_t broken; /* seq of the first event that does not fit the chain, or 0 */
};

/* All events of the incident in order, the chain checked. NULL with a diagnostic when there is no
 * such incident (the nearest is suggested) or it cannot be read. */
struct mn_journal *mn_journal_read(struct mn_store *s, const char *incident, struct mn_diags *d);
void mn_journal_free(struct mn_journal *j);

/* Reads what was added since, and checks that it goes on from there. False, and all as it was, when
 * the store no longer holds what was read before, or what was added cannot be read or does not fit
 * the chain: reading it whole tells. */
bool mn_journal_more(struct mn_store *s, struct mn_journal *j);

/* Ids of all incidents, oldest first; the caller frees each and the array. False with a diagnostic.
 */
bool mn_journal_list(struct mn_store *s, char ***ids, size_t *n, struct mn_diags *d);

/* The heads of all incidents as they are stored, oldest first, in the arena: nothing is verified,
 * an incident without events has an empty hash. False with a diagnostic. */
bool mn_journal_heads(struct mn_store *s, struct mn_arena *a, struct mn_heads *h,
                      struct mn_diags *d);

#endif
