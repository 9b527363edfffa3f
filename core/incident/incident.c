/* Folding the events of an incident into what it is now. */
#include "incident/incident.h"

#include "incident/chain.h"
#include "incident/observation.h"
#include "incident/retract.h"
#include "incident/sql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *mn_event_string(const struct mn_event *e, const char *key) {
    const char *s = mn_json_string(e->payload, key);
    return s ? s : "";
}

struct mn_text mn_event_text(const struct mn_event *e, const char *key) {
    return mn_json_get_text(e->payload, key);
}

char *mn_incident_id(struct mn_store *s, const char *text, struct mn_diags *d) {
    char *end;
    const char *dash = strchr(text, '-');
    long year = dash ? strtol(text, &end, 10) : 0;
    const char *digits = dash ? dash + 1 : text;
    bool ok = isdigit((unsigned char)text[0]) && isdigit((unsigned char)digits[0]) &&
              (!dash || end == dash) && strlen(digits) < 10;
    long number = ok ? strtol(digits, &end, 10) : 0;
    if (!ok || *end)
        return mn_strdup(text);
    sqlite3_stmt *q =
        mn__sql(s,
                "SELECT id FROM incident WHERE number = ?1 AND number > 0 AND (?2 = 0 OR year = ?2)"
                " ORDER BY year DESC LIMIT 1",
                d);
    if (!q)
        return NULL;
    mn__sql_int(q, 1, number);
    mn__sql_int(q, 2, year);
    enum mn__row row = mn__sql_step(s, q, d);
    if (row == MN__FAILED)
        return NULL;
    char *id = mn_strdup(row == MN__ROW ? mn__sql_column(q, 0) : text);
    sqlite3_reset(q);
    return id;
}

/* What was decided about something done outside when it was gone back over, or "" where nobody was
 * asked. */
static const char *decision(const struct mn_event *rewound, const char *record) {
    const json_t *confirm = json_object_get(rewound->payload, "confirm"), *one;
    size_t n;
    json_array_foreach(confirm, n, one) {
        const char *of = mn_json_string(one, "record"), *decided = mn_json_string(one, "decision");
        if (of && decided && strcmp(of, record) == 0)
            return decided;
    }
    return "";
}

/* A message is composed anew on another branch, which may have other evidence; a child that stands
 * is the one that is waited for. What was withdrawn is gone, also when the same step is asked
 * again. */
static bool abandons(const struct mn_event *rewound, const struct mn_event *e, json_int_t keep) {
    if (e->type != MN_EVENT_ESCALATED && e->type != MN_EVENT_DELEGATED)
        return false;
    const char *decided = decision(rewound, mn_event_string(e, "key"));
    if (strcmp(decided, MN_WITHDRAWN) == 0)
        return true;
    bool stands = e->type == MN_EVENT_DELEGATED && strcmp(decided, MN_KEPT) == 0;
    return !stands && json_integer_value(json_object_get(e->payload, "after")) > keep;
}

static void rewind_to(struct mn_incident *i, size_t now, json_int_t keep) {
    if (keep < 0 || (size_t)keep > i->n_answers)
        return; /* the chain is checked, so only a faulty program wrote this; the answers stay */
    for (size_t a = (size_t)keep; a < i->n_answers; a++)
        i->abandoned[i->answers[a]] = true;
    i->n_answers = (size_t)keep;
    for (size_t at = 0; at < now; at++)
        if (abandons(&i->journal->events[now], &i->journal->events[at], keep))
            i->abandoned[at] = true;
}

static struct mn_note *note_of(struct mn_incident *i, const struct mn_event *e) {
    json_int_t number = json_integer_value(json_object_get(e->payload, "number"));
    for (size_t n = 0; n < i->n_notes; n++)
        if (i->notes[n].number == number)
            return &i->notes[n];
    return NULL;
}

static void fold(struct mn_incident *i, size_t at) {
    const struct mn_event *e = &i->journal->events[at];
    const json_t *keep = json_object_get(e->payload, "keep");
    struct mn_note *note;
    switch (e->type) {
    case MN_EVENT_OVERDUE:
        if (!json_object_get(e->payload, "answer"))
            break;
        /* fall through */
    case MN_EVENT_ANSWERED:
        i->answers[i->n_answers++] = at;
        i->since = at;
        break;
    case MN_EVENT_REWOUND:
        rewind_to(i, at, json_integer_value(keep));
        i->since = at;
        break;
    case MN_EVENT_NOTED:
        note = &i->notes[i->n_notes++];
        *note = (struct mn_note){(int)i->n_notes, at, at, mn_event_string(e, "text"), false};
        break;
    case MN_EVENT_NOTE_CORRECTED:
        note = note_of(i, e);
        if (note) {
            note->last = at;
            note->text = mn_event_string(e, "text");
            note->corrected = true;
        }
        break;
    case MN_EVENT_UPGRADED:
        i->follows = e->payload;
        i->runbook = json_object_get(e->payload, "runbook");
        i->since = at; /* the open step may be another now: it has its whole time */
        break;
    case MN_EVENT_CANCELLED:
        i->status = MN_INCIDENT_CANCELLED;
        break;
    case MN_EVENT_RESOLVED:
        i->status = MN_INCIDENT_RESOLVED;
        break;
    case MN_EVENT_REOPENED:
        i->status = MN_INCIDENT_OPEN;
        i->since = at;
        if (keep)
            rewind_to(i, at, json_integer_value(keep));
        break;
    default:
        break;
    }
}

/* Folds the journal's events from that one on. */
static void fold_from(struct mn_incident *i, size_t from) {
    const struct mn_journal *j = i->journal;
    i->answers = mn_resize(i->answers, j->n, sizeof *i->answers);
    i->notes = mn_resize(i->notes, j->n, sizeof *i->notes);
    i->abandoned = mn_resize(i->abandoned, j->n, sizeof *i->abandoned);
    memset(i->abandoned + from, 0, (j->n - from) * sizeof *i->abandoned);
    for (size_t at = from; at < j->n; at++)
        fold(i, at);
    i->seq = j->events[j->n - 1].seq;
}

struct mn_incident *mn_incident_load(struct mn_store *s, const char *id, bool tolerant,
                                     struct mn_diags *d) {
    char *whole = mn_incident_id(s, id, d);
    if (whole && strcmp(whole, MN_OBSERVATIONS) == 0) {
        mn__chain_unknown(s, whole, d);
        free(whole);
        return NULL;
    }
    struct mn_journal *j = whole ? mn_journal_read(s, whole, d) : NULL;
    free(whole);
    if (!j)
        return NULL;
    bool opened = j->events[0].type == MN_EVENT_OPENED;
    if ((j->broken && !tolerant) || !opened) {
        char seq[24];
        snprintf(seq, sizeof seq, "%lld", (long long)(j->broken ? j->broken : 1));
        mn_diag(d, MN_D_chain_broken, MN_NOWHERE, MN_ARGS(j->incident, seq, mn_store_path(s)));
        mn_diag_note(d, MN_D_store_damaged_note, MN_NOWHERE, MN_NO_ARGS);
        mn_journal_free(j);
        return NULL;
    }
    struct mn_incident *i = mn_new0(1, sizeof *i);
    i->journal = j;
    i->id = j->incident;
    i->opened = i->follows = j->events[0].payload;
    i->runbook = json_object_get(i->opened, "runbook");
    fold_from(i, 0);
    return i;
}

bool mn_incident_reload(struct mn_store *s, struct mn_incident *i, struct mn_diags *d) {
    size_t had = i->journal->n;
    if (mn_journal_more(s, i->journal)) {
        fold_from(i, had);
        return true;
    }
    struct mn_incident *whole = mn_incident_load(s, i->id, false, d);
    if (!whole)
        return false;
    const struct mn_incident now = *whole;
    *whole = *i;
    *i = now;
    mn_incident_free(whole);
    return true;
}

void mn_incident_free(struct mn_incident *i) {
    if (!i)
        return;
    free(i->answers);
    free(i->abandoned);
    free(i->notes);
    mn_journal_free(i->journal);
    free(i);
}

const char *mn_incident_pin(const struct mn_incident *i, const char *set) {
    const json_t *now = json_object_get(i->follows, "pins"),
                 *first = json_object_get(i->opened, "pins");
    const char *hash = mn_json_string(now, set);
    hash = hash ? hash : mn_json_string(first, set);
    return hash ? hash : "";
}

const struct mn_event *mn_incident_find(const struct mn_incident *i, enum mn_event_type type,
                                        const char *key) {
    for (size_t at = i->journal->n; at-- > 0;) {
        const struct mn_event *e = &i->journal->events[at];
        if (e->type == type && strcmp(mn_event_string(e, "key"), key) == 0)
            return e;
    }
    return NULL;
}

const struct mn_event *mn_incident_end(const struct mn_incident *i) {
    for (size_t n = i->journal->n; i->status != MN_INCIDENT_OPEN && n-- > 0;) {
        const struct mn_event *e = &i->journal->events[n];
        if (e->type == MN_EVENT_RESOLVED || e->type == MN_EVENT_CANCELLED)
            return e;
    }
    return NULL;
}

bool mn_incident_told(const struct mn_incident *i, int observation, bool over) {
    const json_t *known = json_object_get(json_object_get(i->opened, "facts"), "known"), *one;
    size_t n;
    json_array_foreach(known, n, one) {
        if (!over && json_integer_value(json_object_get(one, "number")) == observation)
            return true;
    }
    for (n = 0; n < i->journal->n; n++) {
        const struct mn_event *e = &i->journal->events[n];
        if (e->type == MN_EVENT_OBSERVED &&
            json_integer_value(json_object_get(e->payload, "number")) == observation &&
            json_is_true(json_object_get(e->payload, "over")) == over)
            return true;
    }
    return false;
}
