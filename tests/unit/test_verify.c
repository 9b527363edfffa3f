/* Whatever is changed in the file, a head that was kept elsewhere shows it; the chain alone shows
 * what the documentation says and no more. */
#include "incident/journal.h"
#include "incident/sql.h"
#include "incident/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { INCIDENTS = 2, EVENTS = 5, NOON = 1795348800 };

struct row {
    int64_t seq, at;
    char incident[16], actor[16], type[16], payload[64], prev[MN_HASH_HEX], hash[MN_HASH_HEX];
};

struct place {
    char folder[64], path[96];
    struct mn_diags *d;
    struct mn_store *store; /* opened before anything was changed */
    sqlite3 *db;            /* that of the person who changes it */
    struct mn_arena *a;
    struct mn_heads heads; /* as read from a file of them */
    struct row rows[INCIDENTS * EVENTS];
    size_t n;
};

static void sql(struct place *p, const char *text) {
    char *error = NULL;
    if (sqlite3_exec(p->db, text, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", text, error);
}

static void fill(struct place *p) {
    static const enum mn_event_type types[] = {MN_EVENT_ANSWERED, MN_EVENT_NOTED, MN_EVENT_RESOLVED,
                                               MN_EVENT_REOPENED};
    for (int i = 0; i < INCIDENTS; i++) {
        char id[MN_INCIDENT_ID];
        json_t *payload = json_pack("{s:s, s:i}", "x", "mở", "n", i);
        struct mn_new_event e = {MN_EVENT_OPENED, NOON, "An", payload};
        assert_true(mn_journal_create(p->store, 2026, &e, id, p->d));
        for (int k = 1; k < EVENTS; k++) {
            json_object_set_new(payload, "n", json_integer(10 * k + i));
            e = (struct mn_new_event){types[k - 1], NOON + k, "Bình", payload};
            assert_int_equal(mn_journal_append(p->store, id, k, &e, 1, p->d), MN_APPENDED);
        }
        json_decref(payload);
    }
}

static void read_rows(struct place *p) {
    sqlite3_stmt *q;
    sqlite3_prepare_v2(p->db,
                       "SELECT seq, at, incident, actor, type, payload, prev, hash FROM event"
                       " ORDER BY incident, seq",
                       -1, &q, NULL);
    while (sqlite3_step(q) == SQLITE_ROW) {
        struct row *r = &p->rows[p->n++];
        r->seq = sqlite3_column_int64(q, 0);
        r->at = sqlite3_column_int64(q, 1);
        char *const texts[] = {r->incident, r->actor, r->type, r->payload, r->prev, r->hash};
        for (int c = 0; c < 6; c++)
            strcpy(texts[c], (const char *)sqlite3_column_text(q, c + 2));
    }
    sqlite3_finalize(q);
}

/* The heads go through a file's text, as they do in life. */
static void take_heads(struct place *p) {
    struct mn_head at[INCIDENTS];
    struct mn_heads h = {.exported = NOON, .at = at};
    struct mn_verifier *v = mn_verifier_new(p->store);
    static const char *const ids[] = {"2026-0001", "2026-0002"};
    for (; h.n < INCIDENTS; h.n++) {
        const struct mn_verdict *t = mn_verify(v, ids[h.n], NULL, p->d);
        at[h.n] = (struct mn_head){.incident = ids[h.n], .events = t->events};
        strcpy(at[h.n].hash, t->hash);
    }
    mn_verifier_free(v);
    struct mn_buf text = MN_BUF_INIT;
    mn_heads_write(&h, "test", &text);
    struct mn_source source = {"heads", mn_buf_text(&text), text.size, 0, NULL};
    assert_true(mn_heads_read(&source, p->a, &p->heads, p->d));
    assert_int_equal(p->heads.exported, NOON);
    mn_buf_fini(&text);
}

static int set_up(void **state) {
    struct place *p = mn_new0(1, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/metronet-verify-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->path, sizeof p->path, "%s/journal.db", p->folder);
    p->d = mn_diags_new();
    p->a = mn_arena_new();
    p->store = mn_store_open(p->path, MN_STORE_WRITE, p->d);
    fill(p);
    sqlite3_open(p->path, &p->db);
    read_rows(p);
    take_heads(p);
    sql(p, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"
           "PRAGMA ignore_check_constraints = ON;"
           "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;"
           "DROP TRIGGER incident_no_update; DROP TRIGGER incident_no_delete");
    *state = p;
    return p->n == INCIDENTS * EVENTS ? 0 : -1;
}

static int tear_down(void **state) {
    struct place *p = *state;
    char command[128];
    mn_store_close(p->store);
    sqlite3_close(p->db);
    mn_diags_free(p->d);
    mn_arena_free(p->a);
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    free(p);
    return system(command);
}

/* Puts that row there, replacing one of its incident and seq. */
static void put(struct place *p, const struct row *r) {
    sqlite3_stmt *q;
    sqlite3_prepare_v2(p->db, "INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", -1,
                       &q, NULL);
    sqlite3_bind_text(q, 1, r->incident, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, r->seq);
    sqlite3_bind_int64(q, 3, r->at);
    const char *const texts[] = {r->actor, r->type, r->payload, r->prev, r->hash};
    for (int c = 0; c < 5; c++)
        sqlite3_bind_text(q, c + 4, texts[c], -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_finalize(q);
}

/* The journal as these rows. */
static void write_rows(struct place *p, const struct row *rows, size_t n) {
    sql(p, "BEGIN; DELETE FROM event");
    for (size_t i = 0; i < n; i++)
        put(p, &rows[i]);
    sql(p, "INSERT OR REPLACE INTO incident VALUES ('2026-0001', 2026, 1), ('2026-0002', 2026, 2);"
           "COMMIT");
}

static void restore(struct place *p) {
    write_rows(p, p->rows, p->n);
}

/* The first misfit among all incidents of the store and the heads; MN_MISFITS when all fits. */
static enum mn_misfit_kind first_misfit(struct place *p, bool with_heads) {
    static const struct mn_heads none = {0};
    const struct mn_heads *heads = with_heads ? &p->heads : &none;
    struct mn_verifier *v = mn_verifier_new(p->store);
    enum mn_misfit_kind kind = MN_MISFITS;
    char **ids;
    size_t n;
    assert_true(mn_verify_list(p->store, &ids, &n, p->d));
    for (size_t i = 0; i < n + heads->n; i++) {
        const char *id = i < n ? ids[i] : heads->at[i - n].incident;
        if (kind == MN_MISFITS) {
            const struct mn_verdict *t = mn_verify(v, id, mn_heads_find(heads, id), p->d);
            assert_non_null(t);
            if (t->n_misfits)
                kind = t->misfits[0].kind;
        }
    }
    while (n > 0)
        free(ids[--n]);
    free(ids);
    mn_verifier_free(v);
    return kind;
}

static void found(struct place *p, const char *what, size_t event, size_t more) {
    if (first_misfit(p, true) == MN_MISFITS)
        fail_msg("%s: not found: row %zu, %zu", what, event, more);
}

/* What a person does who knows how hashes are made. */
static void hash_row(struct row *r) {
    char text[512];
    int size =
        snprintf(text, sizeof text, "metronet-event-1\n%s\n%lld\n%lld\n%s\n%s\n%s\n%s", r->incident,
                 (long long)r->seq, (long long)r->at, r->actor, r->type, r->prev, r->payload);
    mn_hash_of(text, (size_t)size, r->hash);
}

static void compute_anew(struct row *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct row *r = &rows[i];
        bool first = i == 0 || strcmp(rows[i - 1].incident, r->incident) != 0;
        r->seq = first ? 1 : rows[i - 1].seq + 1;
        if (first)
            memset(r->prev, '0', sizeof r->prev - 1);
        else
            strcpy(r->prev, rows[i - 1].hash);
        hash_row(r);
    }
}

static void test_fits_as_it_is(void **state) {
    struct place *p = *state;
    assert_int_equal(first_misfit(p, true), MN_MISFITS);
    assert_int_equal(first_misfit(p, false), MN_MISFITS);
    struct row anew[INCIDENTS * EVENTS];
    memcpy(anew, p->rows, sizeof anew);
    compute_anew(anew, p->n); /* this test's own way to the hashes is the program's */
    assert_memory_equal(anew[p->n - 1].hash, p->rows[p->n - 1].hash, MN_HASH_HEX);
    restore(p);
    assert_int_equal(first_misfit(p, true), MN_MISFITS);
}

/* One text column of one event set to those bytes, looked at, and put back. */
static void try_bytes(struct place *p, size_t event, const char *column, const char *bytes,
                      size_t n, size_t at) {
    char text[96];
    const struct row *r = &p->rows[event];
    snprintf(text, sizeof text,
             "UPDATE OR IGNORE event SET %s = ?1 WHERE incident = ?2 AND seq = ?3", column);
    sqlite3_stmt *q;
    sqlite3_prepare_v2(p->db, text, -1, &q, NULL);
    sqlite3_bind_text(q, 1, bytes, (int)n, SQLITE_STATIC);
    sqlite3_bind_text(q, 2, r->incident, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, r->seq);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_finalize(q);
    if (sqlite3_changes(p->db) == 0)
        return; /* another event has that place */
    found(p, column, event, at);
    sql(p, "DELETE FROM event WHERE incident NOT IN ('2026-0001', '2026-0002')");
    put(p, r);
}

static void test_every_byte_of_every_text(void **state) {
    struct place *p = *state;
    for (size_t e = 0; e < p->n; e++) {
        const struct row *r = &p->rows[e];
        const struct {
            const char *name, *text;
        } columns[] = {{"incident", r->incident}, {"actor", r->actor}, {"type", r->type},
                       {"payload", r->payload},   {"prev", r->prev},   {"hash", r->hash}};
        for (size_t c = 0; c < MN_COUNT(columns); c++) {
            size_t n = strlen(columns[c].text);
            char bytes[128];
            for (size_t i = 0; i < n; i++) {
                static const unsigned char by[] = {0x01, 0x80};
                for (size_t b = 0; b < MN_COUNT(by); b++) {
                    memcpy(bytes, columns[c].text, n);
                    bytes[i] = (char)(bytes[i] ^ by[b]);
                    try_bytes(p, e, columns[c].name, bytes, n, i);
                }
            }
            memcpy(bytes, columns[c].text, n + 1);
            bytes[n + 1] = 'x';
            try_bytes(p, e, columns[c].name, bytes, n - 1, n - 1); /* the last one gone */
            try_bytes(p, e, columns[c].name, bytes, n + 1, n);     /* a NUL behind it */
            try_bytes(p, e, columns[c].name, bytes, n + 2, n);     /* and more behind that */
        }
    }
    assert_int_equal(first_misfit(p, true), MN_MISFITS);
}

static void test_every_bit_of_every_number(void **state) {
    struct place *p = *state;
    for (size_t e = 0; e < p->n; e++) {
        for (int bit = 0; bit < 64; bit++) {
            struct row rows[INCIDENTS * EVENTS];
            memcpy(rows, p->rows, sizeof rows);
            rows[e].at ^= (int64_t)((uint64_t)1 << bit);
            put(p, &rows[e]);
            found(p, "at", e, (size_t)bit);
            put(p, &p->rows[e]);
            rows[e] = p->rows[e];
            rows[e].seq ^= (int64_t)((uint64_t)1 << bit);
            write_rows(p, rows, p->n);
            found(p, "seq", e, (size_t)bit);
            restore(p);
        }
    }
}

static void test_removed_and_cut_off(void **state) {
    struct place *p = *state;
    for (size_t from = 0; from < p->n; from++) {
        for (size_t n = 1; from + n <= p->n; n++) {
            struct row rows[INCIDENTS * EVENTS];
            memcpy(rows, p->rows, from * sizeof *rows);
            memcpy(rows + from, p->rows + from + n, (p->n - from - n) * sizeof *rows);
            write_rows(p, rows, p->n - n);
            found(p, "removed", from, n);
            sql(p, "DELETE FROM incident WHERE id NOT IN (SELECT incident FROM event)");
            found(p, "removed with its incident", from, n);
            compute_anew(rows, p->n - n);
            write_rows(p, rows, p->n - n);
            found(p, "removed and computed anew", from, n);
            restore(p);
        }
    }
}

static void test_changed_places(void **state) {
    struct place *p = *state;
    for (size_t a = 0; a < p->n; a++) {
        for (size_t b = a + 1; b < p->n; b++) {
            struct row rows[INCIDENTS * EVENTS];
            memcpy(rows, p->rows, sizeof rows);
            rows[a] = p->rows[b];
            rows[b] = p->rows[a];
            rows[a].seq = p->rows[a].seq;
            rows[b].seq = p->rows[b].seq;
            strcpy(rows[a].incident, p->rows[a].incident);
            strcpy(rows[b].incident, p->rows[b].incident);
            write_rows(p, rows, p->n);
            found(p, "changed places", a, b);
            compute_anew(rows, p->n);
            write_rows(p, rows, p->n);
            found(p, "changed places and computed anew", a, b);
            restore(p);
        }
    }
}

static void test_computed_anew_shows_against_a_head_only(void **state) {
    struct place *p = *state;
    for (size_t e = 0; e < p->n; e++) {
        struct row rows[INCIDENTS * EVENTS + 1];
        memcpy(rows, p->rows, sizeof p->rows);
        rows[e].payload[strlen("{\"n\":")]++;
        compute_anew(rows, p->n);
        write_rows(p, rows, p->n);
        assert_int_equal(first_misfit(p, true), MN_MISFIT_OTHER);
        assert_int_equal(first_misfit(p, false), MN_MISFITS);
        memcpy(rows, p->rows, sizeof p->rows);
        memmove(rows + e + 1, rows + e, (p->n - e) * sizeof *rows); /* said twice */
        compute_anew(rows, p->n + 1);
        write_rows(p, rows, p->n + 1);
        bool at_end = p->rows[e].seq == EVENTS; /* then it is an event that was added since */
        assert_int_equal(first_misfit(p, true), at_end ? MN_MISFITS : MN_MISFIT_OTHER);
        assert_int_equal(first_misfit(p, false), MN_MISFITS);
        restore(p);
    }
    sql(p, "DELETE FROM event WHERE seq > 2");
    assert_int_equal(first_misfit(p, true), MN_MISFIT_CUT_OFF);
    assert_int_equal(first_misfit(p, false), MN_MISFITS);
    sql(p, "DELETE FROM event WHERE incident = '2026-0001';"
           "DELETE FROM incident WHERE id = '2026-0001'");
    assert_int_equal(first_misfit(p, true), MN_MISFIT_CUT_OFF);
    assert_int_equal(first_misfit(p, false), MN_MISFITS);
}

/* An event and its own hash changed: without a head the next one shows it, if there is a next. */
static void test_one_computed_anew_breaks_the_chain(void **state) {
    struct place *p = *state;
    for (size_t e = 0; e < p->n; e++) {
        struct row rows[INCIDENTS * EVENTS];
        memcpy(rows, p->rows, sizeof rows);
        rows[e].at++;
        compute_anew(rows, p->n);
        memcpy(rows + e + 1, p->rows + e + 1, (p->n - e - 1) * sizeof *rows);
        write_rows(p, rows, p->n);
        assert_int_equal(first_misfit(p, false),
                         rows[e].seq == EVENTS ? MN_MISFITS : MN_MISFIT_UNLINKED);
        found(p, "one computed anew", e, 0);
        restore(p);
    }
}

/* Before the first event there is no place for one. */
static void test_an_event_before_the_first(void **state) {
    struct place *p = *state;
    for (int64_t seq = 0; seq > -3; seq--) {
        struct row r = p->rows[0];
        r.seq = seq;
        hash_row(&r);
        put(p, &r);
        struct mn_verifier *v = mn_verifier_new(p->store);
        const struct mn_verdict *t = mn_verify(v, "2026-0001", NULL, p->d);
        assert_int_equal(t->misfits[0].event, seq);
        assert_int_equal(t->n_misfits, 2);
        assert_int_equal(t->misfits[1].kind, MN_MISFIT_UNLINKED); /* the first follows it no more */
        mn_verifier_free(v);
        restore(p);
    }
}

static void test_each_misfit_says_which_event(void **state) {
    static const struct {
        const char *sql;
        enum mn_misfit_kind kind;
        int event, last;
    } table[] = {
        {"UPDATE event SET actor = 'Chi' WHERE seq = 3", MN_MISFIT_CHANGED, 3, 3},
        {"DELETE FROM event WHERE seq = 3", MN_MISFIT_MISSING, 3, 3},
        {"DELETE FROM event WHERE seq < 4", MN_MISFIT_MISSING, 1, 3},
        {"DELETE FROM event WHERE seq > 3", MN_MISFIT_CUT_OFF, 4, 5},
        {"DELETE FROM event WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 5", MN_MISFIT_MOVED,
         4, 5},
        {"DELETE FROM event", MN_MISFIT_MISSING, 1, 1},
        {"DELETE FROM event; DELETE FROM incident", MN_MISFIT_GONE, 1, 5},
        {"UPDATE incident SET number = number + 4", MN_MISFIT_LISTING, 0, 0},
        {"DELETE FROM incident", MN_MISFIT_LISTING, 0, 0},
    };
    struct place *p = *state;
    for (size_t i = 0; i < MN_COUNT(table); i++) {
        sql(p, table[i].sql);
        struct mn_verifier *v = mn_verifier_new(p->store);
        const struct mn_verdict *t = mn_verify(v, "2026-0001", &p->heads.at[0], p->d);
        assert_true(t->n_misfits > 0);
        assert_int_equal(t->misfits[0].kind, table[i].kind);
        assert_int_equal(t->misfits[0].event, table[i].event);
        assert_int_equal(t->misfits[0].last, table[i].last);
        mn_verifier_free(v);
        restore(p);
    }
}

static void test_what_was_added_since_is_fine(void **state) {
    struct place *p = *state;
    json_t *payload = json_pack("{s:s}", "text", "thêm");
    struct mn_new_event e = {MN_EVENT_NOTED, NOON + 9, "An", payload};
    assert_int_equal(mn_journal_append(p->store, "2026-0001", EVENTS, &e, 1, p->d), MN_APPENDED);
    json_decref(payload);
    struct mn_verifier *v = mn_verifier_new(p->store);
    const struct mn_verdict *t = mn_verify(v, "2026-0001", &p->heads.at[0], p->d);
    assert_int_equal(t->n_misfits, 0);
    assert_int_equal(t->headed, EVENTS);
    assert_int_equal(t->events, EVENTS + 1);
    for (size_t k = 0; k < EVENTS; k++) { /* any event's hash, as a report of that time shows it */
        struct mn_head hash = {.incident = "2026-0001"};
        strcpy(hash.hash, p->rows[k].hash);
        t = mn_verify(v, "2026-0001", &hash, p->d);
        assert_int_equal(t->n_misfits, 0);
        assert_int_equal(t->headed, k + 1);
        hash.hash[7] = hash.hash[7] == '0' ? '1' : '0';
        t = mn_verify(v, "2026-0001", &hash, p->d);
        assert_int_equal(t->misfits[0].kind, MN_MISFIT_NO_HASH);
        assert_int_equal(t->misfits[0].event, k + 1); /* mistyped: which is meant */
    }
    mn_verifier_free(v);
}

/* A file of heads that is cut or lacks a line is refused, one with a bit changed at least keeps
 * all. */
static void test_mangled_heads(void **state) {
    struct place *p = *state;
    struct mn_buf good = MN_BUF_INIT;
    mn_heads_write(&p->heads, "test", &good);
    for (size_t cut = 0; cut < good.size - 1; cut++) {
        struct mn_source source = {"heads", good.data, cut, 0, NULL};
        struct mn_heads h;
        assert_false(mn_heads_read(&source, p->a, &h, p->d));
        assert_true(mn_diags_errors(p->d) > 0);
        mn_diags_free(p->d);
        p->d = mn_diags_new();
    }
    for (size_t at = 0; at < good.size; at += strcspn(good.data + at, "\n") + 1) {
        size_t line = strcspn(good.data + at, "\n") + 1;
        char *text = mn_arena_copy(p->a, good.data, good.size + 1);
        memmove(text + at, text + at + line, good.size - at - line + 1);
        struct mn_source source = {"heads", text, good.size - line, 0, NULL};
        struct mn_heads h;
        assert_false(mn_heads_read(&source, p->a, &h, p->d));
    }
    for (size_t i = 0; i < good.size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            char *text = mn_arena_copy(p->a, good.data, good.size + 1);
            text[i] = (char)(text[i] ^ 1 << bit);
            struct mn_source source = {"heads", text, good.size, 0, NULL};
            struct mn_heads h;
            if (mn_heads_read(&source, p->a, &h, p->d))
                assert_int_equal(h.n, INCIDENTS);
            else
                assert_true(mn_diags_errors(p->d) > 0);
        }
    }
    mn_buf_fini(&good);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_fits_as_it_is),
        TEST(test_every_byte_of_every_text),
        TEST(test_every_bit_of_every_number),
        TEST(test_removed_and_cut_off),
        TEST(test_changed_places),
        TEST(test_computed_anew_shows_against_a_head_only),
        TEST(test_one_computed_anew_breaks_the_chain),
        TEST(test_an_event_before_the_first),
        TEST(test_each_misfit_says_which_event),
        TEST(test_what_was_added_since_is_fine),
        TEST(test_mangled_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
