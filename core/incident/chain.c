/* Rows of events, and the hash that each must have. */
#include "incident/chain.h"

#include "base/unicode.h"
#include "incident/journal.h"
#include "incident/sql.h"

#include <stdlib.h>
#include <string.h>

const char mn__chain_start[MN_HASH_HEX] =
    "0000000000000000000000000000000000000000000000000000000000000000";

void mn__chain_hash(const char *incident, const struct mn__link *l, char hash[MN_HASH_HEX]) {
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_printf(&b, "metronet-event-1\n%s\n%lld\n%lld\n%s\n%s\n%s\n", incident, (long long)l->seq,
                  (long long)l->at, l->actor, l->type, l->prev);
    mn_buf_puts(&b, l->payload);
    mn_hash_of(mn_buf_text(&b), b.size, hash);
    mn_buf_fini(&b);
}

bool mn__chain_sound(const char *incident, const struct mn__link *l) {
    char really[MN_HASH_HEX];
    mn__chain_hash(incident, l, really);
    return l->whole && strcmp(l->hash, really) == 0;
}

int64_t mn__chain_broken(const char *incident, const struct mn__link *before,
                         const struct mn__link *links, size_t n) {
    const char *prev = before ? before->hash : mn__chain_start;
    int64_t seq = before ? before->seq : 0;
    for (size_t i = 0; i < n; i++) {
        const struct mn__link *l = &links[i];
        if (l->seq != ++seq || strcmp(l->prev, prev) != 0 || !mn__chain_sound(incident, l))
            return l->seq;
        prev = l->hash;
    }
    return 0;
}

/* A text column; not whole when it holds more than the string shows, or not `length` bytes. */
static const char *column(sqlite3_stmt *q, int c, size_t length, struct mn_arena *a, bool *whole) {
    const char *text = mn_arena_strdup(a, mn__sql_column(q, c));
    size_t n = strlen(text);
    *whole = *whole && (size_t)sqlite3_column_bytes(q, c) == n && (!length || n == length);
    return text;
}

bool mn__chain_read(struct mn_store *s, const char *incident, int64_t from, struct mn_arena *a,
                    struct mn__link **links, size_t *n, struct mn_diags *d) {
    sqlite3_stmt *q = mn__sql(s,
                              "SELECT seq, at, actor, type, payload, prev, hash FROM event"
                              " WHERE incident = ?1 AND seq >= ?2 ORDER BY seq",
                              d);
    if (!q)
        return false;
    mn__sql_text(q, 1, incident);
    mn__sql_int(q, 2, from);
    struct mn__link *rows = NULL;
    size_t count = 0, cap = 0;
    enum mn__row row;
    while ((row = mn__sql_step(s, q, d)) == MN__ROW) {
        rows = mn_grow(rows, &cap, count + 1, sizeof *rows);
        struct mn__link *l = &rows[count++];
        l->whole = true;
        l->seq = sqlite3_column_int64(q, 0);
        l->at = sqlite3_column_int64(q, 1);
        l->actor = column(q, 2, 0, a, &l->whole);
        l->type = column(q, 3, 0, a, &l->whole);
        l->payload = column(q, 4, 0, a, &l->whole);
        l->prev = column(q, 5, MN_HASH_HEX - 1, a, &l->whole);
        l->hash = column(q, 6, MN_HASH_HEX - 1, a, &l->whole);
        l->whole = l->whole && !strchr(l->actor, '\n') && !strchr(l->type, '\n');
    }
    *links = count ? mn_arena_copy(a, rows, count * sizeof *rows) : NULL;
    *n = count;
    free(rows);
    return row == MN__DONE;
}

bool mn__chain_add(struct mn_store *s, const char *incident, const struct mn__link *l,
                   struct mn_diags *d) {
    sqlite3_stmt *q =
        mn__sql(s,
                "INSERT INTO event (incident, seq, at, actor, type, payload, prev, hash)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                d);
    if (!q)
        return false;
    mn__sql_text(q, 1, incident);
    mn__sql_int(q, 2, l->seq);
    mn__sql_int(q, 3, l->at);
    const char *const texts[] = {l->actor, l->type, l->payload, l->prev, l->hash};
    for (int i = 0; i < (int)MN_COUNT(texts); i++)
        mn__sql_text(q, 4 + i, texts[i]);
    return mn__sql_step(s, q, d) == MN__DONE;
}

bool mn__chain_add_incident(struct mn_store *s, const char *id, int64_t year, int64_t number,
                            struct mn_diags *d) {
    sqlite3_stmt *q = mn__sql(s, "INSERT INTO incident (id, year, number) VALUES (?1, ?2, ?3)", d);
    if (!q)
        return false;
    mn__sql_text(q, 1, id);
    mn__sql_int(q, 2, year);
    mn__sql_int(q, 3, number);
    return mn__sql_step(s, q, d) == MN__DONE;
}

bool mn__chain_next_number(struct mn_store *s, int64_t year, int64_t *number, struct mn_diags *d) {
    sqlite3_stmt *last = mn__sql(s, "SELECT max(number) FROM incident WHERE year = ?1", d);
    if (!last)
        return false;
    mn__sql_int(last, 1, year);
    if (mn__sql_step(s, last, d) != MN__ROW)
        return false;
    *number = sqlite3_column_int64(last, 0) + 1;
    sqlite3_reset(last);
    return true;
}

bool mn__chain_ids(struct mn_store *s, const char *sql, char ***ids, size_t *n,
                   struct mn_diags *d) {
    *ids = NULL;
    *n = 0;
    sqlite3_stmt *q = mn__sql(s, sql, d);
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

void mn__chain_unknown(struct mn_store *s, const char *incident, struct mn_diags *d) {
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
