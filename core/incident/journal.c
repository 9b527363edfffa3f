/* Adding events and reading them back, with the chain of hashes. */
#include "incident/journal.h"

#include "base/unicode.h"
#include "incident/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char no_hash[] = "0000000000000000000000000000000000000000000000000000000000000000";

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
    [MN_EVENT_OTHER] = "other",
};

static enum mn_event_type type_of(const char *name) {
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

static void event_hash(const char *incident, int64_t seq, int64_t at, const char *actor,
                       const char *type, const char *prev, const char *payload,
                       char hash[MN_HASH_HEX]) {
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_printf(&b, "metronet-event-1\n%s\n%lld\n%lld\n%s\n%s\n%s\n", incident, (long long)seq,
                  (long long)at, actor, type, prev);
    mn_buf_puts(&b, payload);
    mn_hash_of(mn_buf_text(&b), b.size, hash);
    mn_buf_fini(&b);
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
    snprintf(hash, MN_HASH_HEX, "%s", row == MN__ROW ? mn__sql_column(q, 1) : no_hash);
    sqlite3_reset(q);
    return true;
}

static bool insert(struct mn_store *s, const char *incident, int64_t seq,
                   const struct mn_new_event *e, char hash[MN_HASH_HEX], struct mn_diags *d) {
    sqlite3_stmt *q =
        mn__sql(s,
                "INSERT INTO event (incident, seq, at, actor, type, payload, prev, hash)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                d);
    if (!q)
        return false;
    struct mn_buf payload = MN_BUF_INIT;
    mn_json_write(&payload, e->payload, 0, true);
    char prev[MN_HASH_HEX];
    memcpy(prev, hash, sizeof prev);
    event_hash(incident, seq, e->at, e->actor, names[e->type], prev, mn_buf_text(&payload), hash);
    mn__sql_text(q, 1, incident);
    mn__sql_int(q, 2, seq);
    mn__sql_int(q, 3, e->at);
    mn__sql_text(q, 4, e->actor);
    mn__sql_text(q, 5, names[e->type]);
    mn__sql_text(q, 6, mn_buf_text(&payload));
    mn__sql_text(q, 7, prev);
    mn__sql_text(q, 8, hash);
    mn_buf_fini(&payload);
    return mn__sql_step(s, q, d) == MN__DONE;
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
    sqlite3_stmt *last = mn__sql(s, "SELECT max(number) FROM incident WHERE year = ?1", d);
    bool ok = last != NULL;
    int64_t number = 0;
    if (ok) {
        mn__sql_int(last, 1, year);
        ok = mn__sql_step(s, last, d) == MN__ROW;
    }
    if (ok) {
        number = sqlite3_column_int64(last, 0) + 1;
        sqlite3_reset(last);
        snprintf(id, MN_INCIDENT_ID, "%04d-%04lld", year, (long long)number);
    }
    sqlite3_stmt *add =
        ok ? mn__sql(s, "INSERT INTO incident (id, year, number) VALUES (?1, ?2, ?3)", d) : NULL;
    ok = add != NULL;
    if (ok) {
        mn__sql_text(add, 1, id);
        mn__sql_int(add, 2, year);
        mn__sql_int(add, 3, number);
        ok = mn__sql_step(s, add, d) == MN__DONE;
    }
    ok = ok && mn_journal_append(s, id, 0, opened, 1, d) == MN_APPENDED && mn__sql_commit(s, d);
    if (!ok)
        mn__sql_rollback(s);
    return ok;
}

bool mn_journal_list(struct mn_store *s, char ***ids, size_t *n, struct mn_diags *d) {
    *ids = NULL;
    *n = 0;
    sqlite3_stmt *q = mn__sql(s, "SELECT id FROM incident ORDER BY year, number", d);
    if (!q)
        return false;
    size_t cap = 0;
    enum mn__row row;
    while ((row = mn__sql_step(s, q, d)) == MN__ROW) {
        *ids = mn_grow(*ids, &cap, *n + 1, sizeof **ids);
        (*ids)[(*n)++] = mn_strdup(mn__sql_column(q, 0));
    }
    if (row == MN__DONE)
        return true;
    for (size_t i = 0; i < *n; i++)
        free((*ids)[i]);
    free(*ids);
    *ids = NULL;
    *n = 0;
    return false;
}

static void unknown_incident(struct mn_store *s, const char *incident, struct mn_diags *d) {
    char **ids;
    size_t n;
    if (!mn_journal_list(s, &ids, &n, d))
        return;
    mn_diag(d, MN_D_unknown_incident, MN_NOWHERE, MN_ARGS(incident, mn_store_path(s)));
    int near = mn_nearest(incident, (const char *const *)ids, n);
    if (near >= 0)
        mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(ids[near]));
    for (size_t i = 0; i < n; i++)
        free(ids[i]);
    free(ids);
}

/* One row into an event; false when it does not even have the shape of one. */
static bool read_event(struct mn_journal *j, sqlite3_stmt *q, const char *prev,
                       struct mn_event *e) {
    e->seq = sqlite3_column_int64(q, 0);
    e->at = sqlite3_column_int64(q, 1);
    e->actor = mn_arena_strdup(j->arena, mn__sql_column(q, 2));
    e->type_name = mn_arena_strdup(j->arena, mn__sql_column(q, 3));
    e->type = type_of(e->type_name);
    snprintf(e->prev, sizeof e->prev, "%s", mn__sql_column(q, 5));
    snprintf(e->hash, sizeof e->hash, "%s", mn__sql_column(q, 6));
    const char *payload = mn__sql_column(q, 4);
    char really[MN_HASH_HEX];
    event_hash(j->incident, e->seq, e->at, e->actor, e->type_name, e->prev, payload, really);
    if (!j->broken &&
        (e->seq != (int64_t)j->n + 1 || strcmp(e->prev, prev) != 0 || strcmp(e->hash, really) != 0))
        j->broken = e->seq;
    e->payload = json_loads(payload, 0, NULL);
    return json_is_object(e->payload);
}

struct mn_journal *mn_journal_read(struct mn_store *s, const char *incident, struct mn_diags *d) {
    sqlite3_stmt *q = mn__sql(s,
                              "SELECT seq, at, actor, type, payload, prev, hash FROM event"
                              " WHERE incident = ?1 ORDER BY seq",
                              d);
    if (!q)
        return NULL;
    struct mn_journal *j = mn_new0(1, sizeof *j);
    j->arena = mn_arena_new();
    j->incident = mn_arena_strdup(j->arena, incident);
    mn__sql_text(q, 1, incident);
    size_t cap = 0;
    char prev[MN_HASH_HEX];
    memcpy(prev, no_hash, sizeof prev);
    enum mn__row row;
    while ((row = mn__sql_step(s, q, d)) == MN__ROW) {
        j->events = mn_grow(j->events, &cap, j->n + 1, sizeof *j->events);
        struct mn_event *e = &j->events[j->n];
        bool shaped = read_event(j, q, prev, e);
        j->n++;
        if (!shaped) {
            char seq[24];
            snprintf(seq, sizeof seq, "%lld", (long long)e->seq);
            mn_diag(d, MN_D_event_damaged, MN_NOWHERE, MN_ARGS(incident, seq, mn_store_path(s)));
            sqlite3_reset(q);
            row = MN__FAILED;
            break;
        }
        memcpy(prev, e->hash, sizeof prev);
    }
    if (row == MN__DONE && j->n == 0)
        unknown_incident(s, incident, d);
    if (row == MN__DONE && j->n > 0)
        return j;
    mn_journal_free(j);
    return NULL;
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
