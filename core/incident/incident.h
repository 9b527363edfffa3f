/* What an incident is at this moment: the journal's events, folded.
 *
 * Nothing is stored but events, so that what is shown and what is on record cannot differ. Payloads
 * (a text is {"vi": …, "en": …}):
 *
 *   opened          runbook {id, version, title, file}, model {id, name, date}, subject {id,
 *                   name}, component: id or null, site, symptom, severity: {id, name} or null,
 *                   facts (what the runbook is given), pins {model, runbook, library}, program,
 *                   page {id}: only of one that was recorded on a page (offline.h), parent
 *                   {incident, key}: only of a child
 *
 *   answered        step (as it was asked), answer (as the evaluator takes it), label (text)
 *
 *   rewound         keep: number of answers that stay in force; confirm: what was done outside,
 *                   each with the decision whether it stands (retract.h)
 *
 *   noted           number, text, step: key or null
 *
 *   note-corrected  number, text
 *
 *   escalated       key (step#visit, or "manual-N"), to, team, say, send, why: text or null
 *
 *   acknowledged    key
 *
 *   handed-over     key, to, team, accepted
 *
 *   cancelled, reopened   why; reopened: keep too
 *
 *   resolved        step
 *
 *   upgraded        runbook, pins {runbook, library}, program: in place of those of `opened`
 *
 *   observed        number, kind, subject {id, name}, text, from, until, by, near, over: an
 *                   observation that concerns the incident (observation.h, near.h), or that it is
 *                   over
 *
 *   delegated       key, after, child, to, team, name, text
 *
 *   overdue         key: the step's record key; at is its deadline, the actor MN_ACTOR_ITSELF.
 *                   With step, answer, label as in `answered` when being overdue is what answers it
 */
#ifndef MN_INCIDENT_INCIDENT_H
#define MN_INCIDENT_INCIDENT_H

#include "incident/journal.h"

enum mn_incident_status { MN_INCIDENT_OPEN, MN_INCIDENT_RESOLVED, MN_INCIDENT_CANCELLED };

struct mn_note {
    int number;       /* from 1 */
    size_t event;     /* into the journal's events: where it was noted */
    size_t last;      /* the event that holds its present text: itself or the last correction */
    const char *text; /* as it reads now */
    bool corrected;
};

struct mn_incident {
    struct mn_journal *journal; /* owned */
    const char *id;
    enum mn_incident_status status;
    const json_t *opened; /* payload of the first event */
    /* The payload that says which runbook it follows now, as `opened` does, and that runbook. */
    const json_t *follows, *runbook;

    size_t *answers; /* events in force, in order: `answered`, or `overdue` with an answer */
    size_t n_answers;
    size_t
        since; /* the event that led to where the runbook stands: its open step waits since then */
    bool *abandoned; /* for each event: an answer or escalation that was rewound over */

    struct mn_note *notes;
    size_t n_notes;

    int64_t seq; /* of the last event: what mn_journal_append expects */
};

/* The whole id for one that may be short: "7" or "2026-7" is the newest incident that fits; the
 * text itself where none does. The caller frees. NULL with a diagnostic. */
char *mn_incident_id(struct mn_store *s, const char *text, struct mn_diags *d);

/* NULL with a diagnostic when there is no such incident, it cannot be read or does not hold
 * together. `id` may be short. A broken chain is an error unless `tolerant`: then journal->broken
 * says where, and it is told all the same. */
struct mn_incident *mn_incident_load(struct mn_store *s, const char *id, bool tolerant,
                                     struct mn_diags *d);
void mn_incident_free(struct mn_incident *i);

/* Brings what was loaded (with a sound chain) to what the journal holds now, by what was added
 * since. False with a diagnostic as above; then it is as it was. */
bool mn_incident_reload(struct mn_store *s, struct mn_incident *i, struct mn_diags *d);

/* The payload of an event: strings and texts, "" or an empty text when missing. Borrowed. */
const char *mn_event_string(const struct mn_event *e, const char *key);
struct mn_text mn_event_text(const struct mn_event *e, const char *key);

/* The hash of a pinned set: "model", "runbook" or "library"; "" when there is none. */
const char *mn_incident_pin(const struct mn_incident *i, const char *set);

/* The last event of that type with that `key` in its payload, rewound over or not; or NULL. */
const struct mn_event *mn_incident_find(const struct mn_incident *i, enum mn_event_type type,
                                        const char *key);

/* The event that closed it, or NULL while it is open. */
const struct mn_event *mn_incident_end(const struct mn_incident *i);

/* Whether the incident knows of that observation, or knows that it is over: since it began, or by
 * an event. */
bool mn_incident_told(const struct mn_incident *i, int observation, bool over);

#endif
