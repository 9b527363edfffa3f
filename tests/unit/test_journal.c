/* The store and the journal: what is kept, what is refused, what a changed file shows. */
#include "base/clock.h"
#include "incident/incident.h"
#include "incident/retract.h"
#include "incident/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */

struct place {
    char folder[64], path[96];
    struct mn_diags *d;
};

static int set_up(void **state) {
    struct place *p = mn_new0(1, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/metronet-journal-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->path, sizeof p->path, "%s/journal.db", p->folder);
    p->d = mn_diags_new();
    *state = p;
    return 0;
}

static int tear_down(void **state) {
    struct place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    mn_diags_free(p->d);
    int rc = system(command);
    free(p);
    return rc;
}

static struct mn_store *open_store(struct place *p) {
    struct mn_store *s = mn_store_open(p->path, MN_STORE_WRITE, p->d);
    assert_non_null(s);
    return s;
}

static void create(struct place *p, struct mn_store *s, int year, char id[MN_INCIDENT_ID]) {
    json_t *payload = json_pack("{s:{s:s}}", "runbook", "id", "line");
    struct mn_new_event e = {MN_EVENT_OPENED, NOON, "An", payload};
    assert_true(mn_journal_create(s, year, &e, id, p->d));
    json_decref(payload);
}

static enum mn_append add(struct place *p, struct mn_store *s, const char *id, int64_t expected,
                          enum mn_event_type type, json_t *payload) {
    struct mn_new_event e = {type, NOON + expected, "Bình", payload};
    enum mn_append result = mn_journal_append(s, id, expected, &e, 1, p->d);
    json_decref(payload);
    return result;
}

static json_t *answer(const char *kind, const char *key) {
    return json_pack("{s:{s:s, s:s}, s:{s:s}}", "step", "kind", kind, "key", key, "answer",
                     "outcome", "yes");
}

static bool said(struct place *p, enum mn_code code) {
    for (size_t i = 0; i < mn_diags_count(p->d); i++)
        if (mn_diags_view(p->d, i).code == code)
            return true;
    return false;
}

static void sql(struct place *p, const char *text) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void test_private_to_its_user(void **state) {
    struct place *p = *state;
    struct stat st;
    umask(0);
    char deep[160];
    snprintf(deep, sizeof deep, "%s/a/b/journal.db", p->folder);
    assert_true(mn_store_make_folder(deep, p->d));
    snprintf(deep, sizeof deep, "%s/a/b", p->folder);
    assert_int_equal(stat(deep, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    mn_store_close(open_store(p));
    assert_int_equal(stat(p->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(mn_diags_count(p->d), 0);
    chmod(p->path, 0644);
    mn_store_close(open_store(p));
    assert_true(said(p, MN_D_store_public));
}

static void test_ids_count_within_the_year(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    assert_string_equal(id, "2026-0001");
    create(p, s, 2026, id);
    assert_string_equal(id, "2026-0002");
    create(p, s, 2027, id);
    assert_string_equal(id, "2027-0001");
    struct mn_incident *i = mn_incident_load(s, "2", false, p->d);
    assert_string_equal(i->id, "2026-0002");
    mn_incident_free(i);
    i = mn_incident_load(s, "1", false, p->d);
    assert_string_equal(i->id, "2027-0001");
    mn_incident_free(i);
    i = mn_incident_load(s, "2026-1", false, p->d);
    assert_string_equal(i->id, "2026-0001");
    mn_incident_free(i);
    assert_null(mn_incident_load(s, "2026-0009", false, p->d));
    assert_true(said(p, MN_D_unknown_incident));
    char **ids;
    size_t n;
    assert_true(mn_journal_list(s, &ids, &n, p->d));
    assert_int_equal(n, 3);
    assert_string_equal(ids[2], "2027-0001");
    while (n > 0)
        free(ids[--n]);
    free(ids);
    mn_store_close(s);
}

static void test_fold(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    assert_int_equal(add(p, s, id, 1, MN_EVENT_ANSWERED, answer("check", "lights")), MN_APPENDED);
    assert_int_equal(add(p, s, id, 2, MN_EVENT_ANSWERED, answer("act", "adapter")), MN_APPENDED);
    assert_int_equal(
        add(p, s, id, 3, MN_EVENT_NOTED, json_pack("{s:i, s:s}", "number", 1, "text", "dark")),
        MN_APPENDED);
    assert_int_equal(add(p, s, id, 4, MN_EVENT_NOTE_CORRECTED,
                         json_pack("{s:i, s:s}", "number", 1, "text", "light")),
                     MN_APPENDED);
    struct mn_incident *i = mn_incident_load(s, id, false, p->d);
    assert_int_equal(i->n_answers, 2);
    assert_int_equal(i->n_notes, 1);
    assert_string_equal(i->notes[0].text, "light");
    json_t *confirm = mn_incident_to_confirm(i, 1);
    assert_int_equal(json_array_size(confirm), 1);
    assert_string_equal(mn_json_string(json_array_get(confirm, 0), "key"), "adapter");
    json_decref(confirm);
    mn_incident_free(i);

    assert_int_equal(add(p, s, id, 5, MN_EVENT_REWOUND, json_pack("{s:i}", "keep", 1)),
                     MN_APPENDED);
    assert_int_equal(add(p, s, id, 6, MN_EVENT_ANSWERED, answer("act", "fuse")), MN_APPENDED);
    i = mn_incident_load(s, id, false, p->d);
    assert_int_equal(i->n_answers, 2);
    assert_true(i->abandoned[2]);
    assert_false(i->abandoned[1]);
    assert_int_equal(i->answers[1], 6);
    assert_int_equal(i->status, MN_INCIDENT_OPEN);
    mn_incident_free(i);

    static const struct {
        enum mn_event_type type;
        enum mn_incident_status status;
    } table[] = {{MN_EVENT_CANCELLED, MN_INCIDENT_CANCELLED},
                 {MN_EVENT_REOPENED, MN_INCIDENT_OPEN},
                 {MN_EVENT_RESOLVED, MN_INCIDENT_RESOLVED}};
    for (size_t t = 0; t < MN_COUNT(table); t++) {
        assert_int_equal(add(p, s, id, 7 + (int64_t)t, table[t].type, json_object()), MN_APPENDED);
        i = mn_incident_load(s, id, false, p->d);
        assert_int_equal(i->status, table[t].status);
        mn_incident_free(i);
    }
    mn_store_close(s);
}

/* ---- what was loaded, and what was added since ---- */

static void assert_same(const struct mn_incident *a, const struct mn_incident *b) {
    assert_int_equal(a->journal->n, b->journal->n);
    assert_int_equal(a->seq, b->seq);
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->since, b->since);
    assert_true(json_equal(a->follows, b->follows));
    assert_true(json_equal(a->runbook, b->runbook));
    assert_int_equal(a->n_answers, b->n_answers);
    assert_memory_equal(a->answers, b->answers, a->n_answers * sizeof *a->answers);
    assert_memory_equal(a->abandoned, b->abandoned, a->journal->n * sizeof *a->abandoned);
    assert_int_equal(a->n_notes, b->n_notes);
    for (size_t n = 0; n < a->n_notes; n++) {
        assert_int_equal(a->notes[n].last, b->notes[n].last);
        assert_string_equal(a->notes[n].text, b->notes[n].text);
    }
    for (size_t n = 0; n < a->journal->n; n++) {
        assert_string_equal(a->journal->events[n].hash, b->journal->events[n].hash);
        assert_true(json_equal(a->journal->events[n].payload, b->journal->events[n].payload));
    }
}

static void assert_up_to_date(struct place *p, struct mn_store *s, struct mn_incident *i) {
    assert_true(mn_incident_reload(s, i, p->d));
    struct mn_incident *whole = mn_incident_load(s, i->id, false, p->d);
    assert_same(i, whole);
    mn_incident_free(whole);
}

/* Some event that may follow. */
static json_t *any_event(const struct mn_incident *i, enum mn_event_type *type) {
    static const char *const kinds[] = {"check", "act", "ask"};
    switch (rand() % 8) {
    case 0:
        *type = MN_EVENT_REWOUND;
        return json_pack("{s:i}", "keep", i->n_answers ? rand() % (int)i->n_answers : 0);
    case 1:
        *type = MN_EVENT_NOTED;
        return json_pack("{s:i, s:s}", "number", (int)i->n_notes + 1, "text", "dark");
    case 2:
        *type = MN_EVENT_NOTE_CORRECTED;
        return json_pack("{s:i, s:s}", "number", rand() % ((int)i->n_notes + 1), "text", "light");
    case 3:
        *type = i->status == MN_INCIDENT_OPEN ? MN_EVENT_CANCELLED : MN_EVENT_REOPENED;
        return json_object();
    case 4:
        *type = MN_EVENT_UPGRADED;
        return json_pack("{s:{s:s}}", "runbook", "id", "newer");
    case 5:
        *type = MN_EVENT_ESCALATED;
        return json_pack("{s:s, s:i}", "key", "call#1", "after", (int)i->n_answers);
    default:
        *type = MN_EVENT_ANSWERED;
        return answer(kinds[rand() % 3], "x");
    }
}

static void test_what_was_added(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    struct mn_incident *i = mn_incident_load(s, id, false, p->d);
    srand(4);
    for (int n = 0; n < 200; n++) {
        enum mn_event_type type;
        json_t *payload = any_event(i, &type);
        assert_int_equal(add(p, s, id, n + 1, type, payload), MN_APPENDED);
        if (rand() % 3)
            assert_up_to_date(p, s, i);
    }
    assert_up_to_date(p, s, i);
    assert_up_to_date(p, s, i);
    assert_int_equal(mn_diags_count(p->d), 0);
    mn_incident_free(i);
    mn_store_close(s);
}

/* The journal of another day is put in its place, under a program that has it open. */
static void test_another_history(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    for (int64_t seq = 1; seq < 4; seq++)
        add(p, s, id, seq, MN_EVENT_ANSWERED, answer("ask", "x"));
    struct mn_incident *i = mn_incident_load(s, id, false, p->d);
    sql(p, "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;");

    sql(p, "DELETE FROM event WHERE seq = 4"); /* it ends earlier */
    assert_up_to_date(p, s, i);
    assert_int_equal(i->n_answers, 2);
    add(p, s, id, 3, MN_EVENT_ANSWERED, answer("ask", "y"));
    add(p, s, id, 4, MN_EVENT_ANSWERED, answer("ask", "z"));
    assert_up_to_date(p, s, i);
    sql(p, "DELETE FROM event WHERE seq > 3"); /* it went on another way, as far */
    add(p, s, id, 3, MN_EVENT_ANSWERED, answer("act", "u"));
    add(p, s, id, 4, MN_EVENT_ANSWERED, answer("act", "v"));
    assert_up_to_date(p, s, i);
    assert_int_equal(mn_diags_count(p->d), 0);

    add(p, s, id, 5, MN_EVENT_ANSWERED, answer("ask", "w"));
    sql(p, "UPDATE event SET actor = 'Chi' WHERE seq = 6"); /* what was added is not sound */
    assert_false(mn_incident_reload(s, i, p->d));
    assert_true(said(p, MN_D_chain_broken));
    assert_int_equal(i->seq, 5);
    assert_int_equal(i->n_answers, 4);
    mn_incident_free(i);
    mn_store_close(s);
}

static void test_one_of_two_terminals_wins(void **state) {
    struct place *p = *state;
    struct mn_store *a = open_store(p), *b = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, a, 2026, id);
    assert_int_equal(add(p, a, id, 1, MN_EVENT_ANSWERED, answer("ask", "x")), MN_APPENDED);
    assert_int_equal(add(p, b, id, 1, MN_EVENT_ANSWERED, answer("ask", "x")), MN_OVERTAKEN);
    assert_int_equal(mn_diags_count(p->d), 0);
    assert_int_equal(add(p, b, id, 2, MN_EVENT_ANSWERED, answer("ask", "y")), MN_APPENDED);
    struct mn_journal *j = mn_journal_read(a, id, p->d);
    assert_int_equal(j->n, 3);
    assert_int_equal(j->broken, 0);
    mn_journal_free(j);
    mn_store_close(a);
    mn_store_close(b);
}

/* Many processes add to one incident, each taking what it sees as the head: nothing is lost, no seq
 * is given twice. */
static void test_many_writers(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    mn_store_close(s);
    enum { WRITERS = 4, EACH = 10 };
    for (int w = 0; w < WRITERS; w++) {
        if (fork() > 0)
            continue;
        s = mn_store_open(p->path, MN_STORE_WRITE, p->d);
        int done = 0;
        while (s && done < EACH) {
            struct mn_journal *j = mn_journal_read(s, id, p->d);
            enum mn_append r =
                j ? add(p, s, id, (int64_t)j->n, MN_EVENT_NOTED, json_object()) : MN_NOT_APPENDED;
            mn_journal_free(j);
            if (r == MN_NOT_APPENDED)
                break;
            done += r == MN_APPENDED;
        }
        _exit(done == EACH ? 0 : 1);
    }
    for (int w = 0, status; w < WRITERS; w++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    s = open_store(p);
    struct mn_journal *j = mn_journal_read(s, id, p->d);
    assert_int_equal(j->n, 1 + WRITERS * EACH);
    assert_int_equal(j->broken, 0);
    mn_journal_free(j);
    mn_store_close(s);
}

static void test_changes_show(void **state) {
    static const char *const changes[] = {
        "UPDATE event SET payload = '{}' WHERE seq = 2",
        "UPDATE event SET actor = 'Chi' WHERE seq = 2",
        "UPDATE event SET at = at + 1 WHERE seq = 2",
        "UPDATE event SET type = 'noted' WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
        "UPDATE event SET seq = 9 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3;"
        "UPDATE event SET seq = 3 WHERE seq = 9",
    };
    for (size_t c = 0; c < MN_COUNT(changes); c++) {
        struct place *p = *state;
        struct mn_store *s = open_store(p);
        char id[MN_INCIDENT_ID];
        create(p, s, 2026, id);
        for (int64_t seq = 1; seq < 4; seq++)
            add(p, s, id, seq, MN_EVENT_ANSWERED, answer("ask", seq == 1 ? "x" : "y"));
        mn_store_close(s);
        struct mn_buf b = MN_BUF_INIT;
        mn_buf_puts(&b, "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;");
        mn_buf_puts(&b, changes[c]);
        mn_buf_puts(&b, ";CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
                        " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;"
                        "CREATE TRIGGER event_no_delete BEFORE DELETE ON event"
                        " BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;");
        sql(p, mn_buf_text(&b));
        mn_buf_fini(&b);
        s = open_store(p);
        assert_null(mn_incident_load(s, id, false, p->d));
        assert_true(said(p, MN_D_chain_broken));
        struct mn_incident *i = mn_incident_load(s, id, true, p->d);
        assert_non_null(i);
        assert_true(i->journal->broken >= 2);
        mn_incident_free(i);
        mn_store_close(s);
        unlink(p->path);
        mn_diags_free(p->d);
        p->d = mn_diags_new();
    }
}

static void test_append_only(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    mn_store_close(s);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM event", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_exec(db, "UPDATE incident SET number = 2", NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

static void test_refused(void **state) {
    static const struct {
        const char *sql;
        enum mn_code code;
    } table[] = {
        {"PRAGMA user_version = 99", MN_D_store_newer},
        {"PRAGMA application_id = 7", MN_D_store_foreign},
        {"CREATE VIEW mine AS SELECT 1", MN_D_store_schema},
        {"CREATE TRIGGER evil AFTER INSERT ON event BEGIN SELECT 1; END", MN_D_store_schema},
        {"DROP TRIGGER event_no_delete", MN_D_store_schema},
    };
    for (size_t t = 0; t < MN_COUNT(table); t++) {
        struct place *p = *state;
        mn_store_close(open_store(p));
        sql(p, table[t].sql);
        assert_null(mn_store_open(p->path, MN_STORE_WRITE, p->d));
        assert_true(said(p, table[t].code));
        assert_null(mn_store_open(p->path, MN_STORE_READ, p->d));
        unlink(p->path);
        mn_diags_free(p->d);
        p->d = mn_diags_new();
    }
}

static void test_files_that_are_no_journal(void **state) {
    struct place *p = *state;
    assert_null(mn_store_open(p->folder, MN_STORE_WRITE, p->d));
    assert_true(said(p, MN_D_store_directory));
    assert_null(mn_store_open("/dev/null", MN_STORE_WRITE, p->d));
    assert_true(said(p, MN_D_store_special));
    assert_null(mn_store_open("/nowhere/journal.db", MN_STORE_WRITE, p->d));
    assert_true(said(p, MN_D_store_no_folder));
    FILE *f = fopen(p->path, "w");
    fputs("This is a letter, not a database, and it is long enough to look at: ", f);
    for (int i = 0; i < 100; i++)
        fputs("lorem ipsum dolor sit amet ", f);
    fclose(f);
    assert_null(mn_store_open(p->path, MN_STORE_WRITE, p->d));
    assert_true(said(p, MN_D_store_damaged));
    /* No file to read from is an empty store, and stays no file. */
    unlink(p->path);
    struct mn_store *s = mn_store_open(p->path, MN_STORE_READ, p->d);
    assert_non_null(s);
    char **ids;
    size_t n;
    assert_true(mn_journal_list(s, &ids, &n, p->d));
    assert_int_equal(n, 0);
    free(ids);
    mn_store_close(s);
    assert_int_equal(access(p->path, F_OK), -1);
    mn_store_close(mn_store_open(p->path, MN_STORE_ADD, p->d));
    assert_int_equal(access(p->path, F_OK), -1);
}

static void test_full_disk_loses_nothing(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    char id[MN_INCIDENT_ID];
    create(p, s, 2026, id);
    sqlite3_stmt *q = mn__sql(s, "PRAGMA max_page_count = 40", p->d);
    assert_int_equal(mn__sql_step(s, q, p->d), MN__ROW);
    sqlite3_reset(q);
    char *long_text = mn_new0(1, 4001);
    memset(long_text, 'x', 4000);
    int64_t seq = 1;
    while (add(p, s, id, seq, MN_EVENT_NOTED, json_pack("{s:s}", "text", long_text)) == MN_APPENDED)
        seq++;
    free(long_text);
    assert_true(said(p, MN_D_store_full));
    assert_true(seq > 3);
    struct mn_journal *j = mn_journal_read(s, id, p->d);
    assert_int_equal(j->n, seq);
    assert_int_equal(j->broken, 0);
    mn_journal_free(j);
    mn_store_close(s);
}

static void test_pins(void **state) {
    struct place *p = *state;
    struct mn_store *s = open_store(p);
    struct mn_files *files = mn_files_memory("topology/tiny");
    mn_files_put(files, "network.yaml", "network: x\n", 11);
    mn_files_put(files, "empty.yaml", "", 0);
    mn_files_put(files, "unread.yaml", "y", 1);
    assert_non_null(mn_files_read(files, "network.yaml", 100, MN_NOWHERE, p->d));
    assert_non_null(mn_files_read(files, "empty.yaml", 100, MN_NOWHERE, p->d));
    char pin[MN_HASH_HEX], again[MN_HASH_HEX];
    assert_true(mn_store_pin(s, files, pin, p->d));
    assert_true(mn_store_pin(s, files, again, p->d));
    assert_string_equal(pin, again);
    mn_files_free(files);
    files = mn_store_pinned(s, pin, "pinned", p->d);
    const struct mn_source *file = mn_files_read(files, "network.yaml", 100, MN_NOWHERE, p->d);
    assert_string_equal(file->text, "network: x\n");
    assert_non_null(mn_files_read(files, "empty.yaml", 100, MN_NOWHERE, p->d));
    assert_int_equal(mn_diags_errors(p->d), 0);
    assert_null(mn_files_read(files, "unread.yaml", 100, MN_NOWHERE, p->d));
    mn_files_free(files);
    assert_null(mn_store_pinned(s, again + 1, "pinned", p->d));
    assert_true(said(p, MN_D_blob_missing));
    mn_store_close(s);
}

static void test_actors(void **state) {
    (void)state;
    assert_true(mn_actor_ok("Nguyễn Văn A"));
    assert_false(mn_actor_ok(""));
    assert_false(mn_actor_ok("   "));
    assert_false(mn_actor_ok("a\nb"));
    assert_false(mn_actor_ok("a\tb"));
    assert_false(mn_actor_ok("\xff"));
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_private_to_its_user),
        TEST(test_ids_count_within_the_year),
        TEST(test_fold),
        TEST(test_what_was_added),
        TEST(test_another_history),
        TEST(test_one_of_two_terminals_wins),
        TEST(test_many_writers),
        TEST(test_changes_show),
        TEST(test_append_only),
        TEST(test_refused),
        TEST(test_files_that_are_no_journal),
        TEST(test_full_disk_loses_nothing),
        TEST(test_pins),
        TEST(test_actors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
