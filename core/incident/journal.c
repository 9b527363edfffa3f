/* Adding events and reading them back, with the chain of hashes. */
#include "incident/journal.h"

#include "base/unicode.h"
#include "incident/chain.h"
#include "incident/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    [MN_EVENT_OPENED] = "opened",
    [MN_EVENT_ANSWERED] = "answered",
    [MN_EVENT_REWOUND] = "rewound",
    [MN_EVENT_OBSERVED] = "observed",
    [MN_EVENT_NOTED] = "noted",
    [MN_EVENT_NOTE_CORRECTED] = "note-corrected",
    [MN_EVENT_ESCALATED] = "escalated",
    [MN_EVENT_ACKNOWLEDGED] = "acknowledged",
    [MN_EVENT_HANDED_OVER] = "handed-over",
    [MN_EVENT_CANCELLED] = "cancelled",
    [MN_EVENT_REOPENED] = "reopened",
    [MN_EVENT_RESOLVED] = "resolved",
    [MN_EVENT_UPGRADED] = "upgraded",
    [MN_EVENT_OVERDUE] = "overdue",
    [MN_EVENT_OBSERVATION_ENDED] = "observation-ended",
    [MN_EVENT_DELEGATED] = "delegated",
    [MN_EVENT_OTHER] = "other",
};

const char *mn_event_type_name(enum mn_event_type type) {
    return names[type];
}

enum mn_event_type mn_event_type_of(const char *name) {
    for (int i = 0; i < MN_EVENT_OTHER; i++)
        if (strcmp(names[i], name) == 0)
            return (enum mn_event_type)i;
    return MN_EVENT_OTHER;
}

bool mn_actor_ok(const char *name) {
    size_t n = strlen(name);
    if (n == 0 || n > 100 || mn_utf8_check(name, n) != n || strspn(name, " ") == n)
        return false;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t c = mn_utf8_decode(name + i, n - i, &used);
        if (c < ' ' || mn_is_control(c))
            return false;
    }
    return true;
}

/* The last event's seq and hash; seq 0 when there is none. */
static bool head(struct mn_store *s, const char *incident, int64_t *seq, char hash[MN_HASH_HEX],
                 struct mn_diags *d) {
    sqlite3_stmt *q =
        mn__sql(s, "SELECT seq, hash FROM event WHERE incident = ?1 ORDER BY seq DESC LIMIT 1", d);
    if (!q)
        return false;
    mn__sql_text(q, 1, incident);
    enum mn__row row = mn__sql_step(s, q, d);
    if (row == MN__FAILED)
        return false;
    *seq = row == MN__ROW ? sqlite3_column_int64(q, 0) : 0;
    snprintf(hash, MN_HASH_HEX, "%s", row == MN__ROW ? mn__sql_column(q, 1) : mn__chain_start);
    sqlite3_reset(q);
    return true;
}

/* `hash` is that of the event before, then the new one's. */
static bool insert(struct mn_store *s, const char *incident, int64_t seq,
                   const struct mn_new_event *e, char hash[MN_HASH_HEX], struct mn_diags *d) {
    struct mn_buf payload = MN_BUF_INIT;
    mn_json_write(&payload, e->payload, 0, true);
    char prev[MN_HASH_HEX];
    memcpy(prev, hash, sizeof prev);
    struct mn__link l = {.seq = seq,
                         .at = e->at,
                         .actor = e->actor,
                         .type = names[e->type],
                         .payload = mn_buf_text(&payload),
                         .prev = prev,
                         .hash = hash};
    mn__chain_hash(incident, &l, hash);
    bool ok = mn__chain_add(s, incident, &l, d);
    mn_buf_fini(&payload);
    return ok;
}

enum mn_append mn__sql_settle(struct mn_store *s, enum mn_append result, struct mn_diags *d) {
    if (result == MN_APPENDED && mn__sql_commit(s, d))
        return MN_APPENDED;
    mn__sql_rollback(s);
    return result == MN_APPENDED ? MN_NOT_APPENDED : result;
}

enum mn_append mn_journal_append(struct mn_store *s, const char *incident, int64_t expected,
                                 const struct mn_new_event *events, size_t n, struct mn_diags *d) {
    if (!mn__sql_begin(s, d))
        return MN_NOT_APPENDED;
    int64_t seq;
    char hash[MN_HASH_HEX];
    bool ok = head(s, incident, &seq, hash, d);
    if (ok && seq != expected) {
        mn__sql_rollback(s);
        return MN_OVERTAKEN;
    }
    for (size_t i = 0; ok && i < n; i++)
        ok = insert(s, incident, ++seq, &events[i], hash, d);
    if (ok && mn__sql_commit(s, d))
        return MN_APPENDED;
    mn__sql_rollback(s);
    return MN_NOT_APPENDED;
}

bool mn_journal_create(struct mn_store *s, int year, const struct mn_new_event *opened,
                       char id[MN_INCIDENT_ID], struct mn_diags *d) {
    if (!mn__sql_begin(s, d))
        return false;
    int64_t number = 0;
    bool ok = mn__chain_next_number(s, year, &number, d);
    if (ok)
        snprintf(id, MN_INCIDENT_ID, "%04d-%04lld", year, (long long)number);
    ok = ok && mn__chain_add_incident(s, id, year, number, d);
    ok = ok && mn_journal_append(s, id, 0, opened, 1, d) == MN_APPENDED && mn__sql_commit(s, d);
    if (!ok)
        mn__sql_rollback(s);
    return ok;
}

bool mn_journal_list(struct mn_store *s, char ***ids, size_t *n, struct mn_diags *d) {
    return mn__chain_ids(s, "SELECT id FROM incident WHERE number > 0 ORDER BY year, number", ids,
                         n, d);
}

bool mn_journal_heads(struct mn_store *s, struct mn_arena *a, struct mn_heads *h,
                      struct mn_diags *d) {
    sqlite3_stmt *q =
        mn__sql(s,
                "SELECT id, seq, hash FROM incident LEFT JOIN event ON incident = id AND"
                " seq = (SELECT max(seq) FROM event WHERE incident = id)"
                " WHERE number > 0 ORDER BY year, number",
                d);
    *h = (struct mn_heads){0};
    if (!q)
        return false;
    struct mn_head *rows = NULL;
    size_t cap = 0;
    enum mn__row row;
    while ((row = mn__sql_step(s, q, d)) == MN__ROW) {
        rows = mn_grow(rows, &cap, h->n + 1, sizeof *rows);
        struct mn_head *head = &rows[h->n++];
        *head = (struct mn_head){.incident = mn_arena_strdup(a, mn__sql_column(q, 0)),
                                 .events = sqlite3_column_int64(q, 1)};
        snprintf(head->hash, sizeof head->hash, "%s", mn__sql_column(q, 2));
    }
    h->at = h->n ? mn_arena_copy(a, rows, h->n * sizeof *rows) : NULL;
    free(rows);
    return row == MN__DONE;
}

/* A link as an event; false when it does not even have the shape of one. */
static bool take_event(const struct mn__link *l, struct mn_event *e) {
    e->seq = l->seq;
    e->at = l->at;
    e->actor = l->actor;
    e->type_name = l->type;
    e->type = mn_event_type_of(l->type);
    snprintf(e->prev, sizeof e->prev, "%s", l->prev);
    snprintf(e->hash, sizeof e->hash, "%s", l->hash);
    e->payload = json_loads(l->payload, 0, NULL);
    return json_is_object(e->payload);
}

/* Adds the links as events. False with a diagnostic, and none is added, when one has no shape. */
static bool take_events(struct mn_journal *j, const struct mn__link *links, size_t n,
                        struct mn_store *s, struct mn_diags *d) {
    j->events = mn_resize(j->events, j->n + n, sizeof *j->events);
    for (size_t i = 0; i < n; i++) {
        if (take_event(&links[i], &j->events[j->n + i]))
            continue;
        char seq[24];
        snprintf(seq, sizeof seq, "%lld", (long long)links[i].seq);
        mn_diag(d, MN_D_event_damaged, MN_NOWHERE, MN_ARGS(j->incident, seq, mn_store_path(s)));
        for (size_t taken = 0; taken <= i; taken++)
            json_decref(j->events[j->n + taken].payload);
        return false;
    }
    j->n += n;
    return true;
}

struct mn_journal *mn_journal_read(struct mn_store *s, const char *incident, struct mn_diags *d) {
    struct mn_journal *j = mn_new0(1, sizeof *j);
    j->arena = mn_arena_new();
    j->incident = mn_arena_strdup(j->arena, incident);
    struct mn__link *links;
    size_t n;
    bool ok = mn__chain_read(s, incident, MN__FROM_START, j->arena, &links, &n, d);
    if (ok && n == 0)
        mn__chain_unknown(s, incident, d);
    if (ok && n > 0 && take_events(j, links, n, s, d)) {
        j->broken = mn__chain_broken(incident, NULL, links, n);
        return j;
    }
    mn_journal_free(j);
    return NULL;
}

bool mn_journal_more(struct mn_store *s, struct mn_journal *j) {
    const struct mn_event *last = &j->events[j->n - 1];
    struct mn_diags *quiet = mn_diags_new();
    struct mn__link *links;
    size_t n;
    bool ok = mn__chain_read(s, j->incident, last->seq, j->arena, &links, &n, quiet) && n > 0 &&
              links[0].seq == last->seq && strcmp(links[0].hash, last->hash) == 0 &&
              mn__chain_broken(j->incident, &links[0], links + 1, n - 1) == 0 &&
              take_events(j, links + 1, n - 1, s, quiet);
    mn_diags_free(quiet);
    return ok;
}

void mn_journal_free(struct mn_journal *j) {
    if (!j)
        return;
    for (size_t i = 0; i < j->n; i++)
        json_decref(j->events[i].payload);
    free(j->events);
    mn_arena_free(j->arena);
    free(j);
}
