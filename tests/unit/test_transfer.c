/* Incidents that leave one store and come into another: what is brought, what is refused, and that
 * a document from anywhere never leaves half of itself behind. */
#include "incident/incident.h"
#include "incident/sql.h"
#include "incident/transfer.h"
#include "incident/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOON 1795348800 /* 2026-11-22T12:00:00Z */

struct place {
    char folder[64];
    struct mn_diags *d;
    struct mn_store *here, *there;
    struct mn_buf text; /* of an export of what `here` has */
    struct mn_source source;
};

static struct mn_store *open_store(struct place *p, const char *name) {
    char path[96];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    struct mn_store *s = mn_store_open(path, MN_STORE_WRITE, p->d);
    assert_non_null(s);
    return s;
}

/* An incident that pins three sets of small files, and what happened in it. */
static void open_incident(struct place *p, struct mn_store *s, const char *who) {
    static const char *const sets[] = {"model", "runbook", "library"};
    json_t *pins = json_object(), *payload = json_object();
    for (size_t i = 0; i < MN_COUNT(sets); i++) {
        struct mn_files *files = mn_files_memory(sets[i]);
        char hash[MN_HASH_HEX];
        mn_files_put(files, "a", sets[i], strlen(sets[i]));
        mn_files_put(files, "empty", "", 0);
        mn_files_read(files, "a", 100, MN_NOWHERE, p->d);
        mn_files_read(files, "empty", 100, MN_NOWHERE, p->d);
        assert_true(mn_store_pin(s, files, hash, p->d));
        json_object_set_new(pins, sets[i], json_string(hash));
        mn_files_free(files);
    }
    json_object_set_new(payload, "pins", pins);
    struct mn_new_event e = {MN_EVENT_OPENED, NOON, who, payload};
    char id[MN_INCIDENT_ID];
    assert_true(mn_journal_create(s, 2026, &e, id, p->d));
    json_decref(payload);
}

static void add_note(struct place *p, struct mn_store *s, int64_t expected, const char *note) {
    json_t *payload = json_pack("{s:s}", "text", note);
    struct mn_new_event e = {MN_EVENT_NOTED, NOON + expected, "Bình", payload};
    assert_int_equal(mn_journal_append(s, "2026-0001", expected, &e, 1, p->d), MN_APPENDED);
    json_decref(payload);
}

static void export_from(struct place *p, struct mn_store *s, size_t n) {
    static const char *const ids[] = {"2026-0001", "2026-0002"};
    bool refused;
    mn_buf_clear(&p->text);
    assert_true(mn_export(s, ids, &n, "test", NOON, &p->text, &refused, p->d));
    p->source = (struct mn_source){"file", mn_buf_text(&p->text), p->text.size, 0, NULL};
}

static int set_up(void **state) {
    struct place *p = mn_new0(1, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/metronet-transfer-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    p->d = mn_diags_new();
    p->here = open_store(p, "here.db");
    p->there = open_store(p, "there.db");
    open_incident(p, p->here, "An");
    add_note(p, p->here, 1, "“tối”");
    add_note(p, p->here, 2, "hai");
    export_from(p, p->here, 1);
    *state = p;
    return 0;
}

static int tear_down(void **state) {
    struct place *p = *state;
    char command[128];
    mn_store_close(p->here);
    mn_store_close(p->there);
    mn_diags_free(p->d);
    mn_buf_fini(&p->text);
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    free(p);
    return system(command);
}

static void forget(struct place *p) {
    mn_diags_free(p->d);
    p->d = mn_diags_new();
}

static bool said(struct place *p, enum mn_code code) {
    for (size_t i = 0; i < mn_diags_count(p->d); i++)
        if (mn_diags_view(p->d, i).code == code)
            return true;
    return false;
}

/* All that a store holds, as one hash. */
static void content(struct place *p, struct mn_store *s, char hash[MN_HASH_HEX]) {
    struct mn_hash *h = mn_hash_new();
    static const char *const tables[] = {"SELECT * FROM incident ORDER BY id",
                                         "SELECT * FROM event ORDER BY incident, seq",
                                         "SELECT * FROM blob ORDER BY hash"};
    for (size_t t = 0; t < MN_COUNT(tables); t++) {
        sqlite3_stmt *q = mn__sql(s, tables[t], p->d);
        while (mn__sql_step(s, q, p->d) == MN__ROW)
            for (int c = 0; c < sqlite3_column_count(q); c++) {
                const char *text = mn__sql_column(q, c);
                mn_hash_add(h, text, (size_t)sqlite3_column_bytes(q, c));
                mn_hash_add(h, "", 1);
            }
    }
    mn_hash_end(h, hash);
}

static enum mn_import import(struct place *p, struct mn_store *s, struct mn_imported *results) {
    struct mn_incoming *in = mn_incoming_read(&p->source, p->d);
    assert_non_null(in);
    enum mn_import done = mn_import(s, in, results, p->d);
    for (size_t i = 0; i < mn_incoming_count(in); i++)
        results[i].id = NULL; /* it was the document's */
    mn_incoming_free(in);
    return done;
}

static void imports(struct place *p, struct mn_store *s, enum mn_imported_how how, int64_t events,
                    int64_t difference) {
    struct mn_imported result;
    assert_int_equal(import(p, s, &result), MN_IMPORT_DONE);
    assert_int_equal(result.how, how);
    assert_int_equal(result.events, events);
    assert_int_equal(result.added, difference);
}

static void test_comes_whole_and_once(void **state) {
    struct place *p = *state;
    char before[MN_HASH_HEX], after[MN_HASH_HEX];
    imports(p, p->there, MN_IMPORTED_NEW, 3, 3);
    content(p, p->here, before);
    content(p, p->there, after);
    assert_string_equal(before, after);
    imports(p, p->there, MN_IMPORTED_THERE, 3, 0);
    content(p, p->there, after);
    assert_string_equal(before, after);
    struct mn_verifier *v = mn_verifier_new(p->there);
    assert_int_equal(mn_verify(v, "2026-0001", NULL, p->d)->n_misfits, 0);
    mn_verifier_free(v);
    open_incident(p, p->there, "Chi"); /* takes the next number */
    struct mn_incident *i = mn_incident_load(p->there, "2026-0002", false, p->d);
    assert_non_null(i);
    mn_incident_free(i);
}

static void test_the_longer_one_wins_when_one_begins_the_other(void **state) {
    struct place *p = *state;
    imports(p, p->there, MN_IMPORTED_NEW, 3, 3);
    add_note(p, p->there, 3, "ba");
    add_note(p, p->there, 4, "bốn");
    imports(p, p->there, MN_IMPORTED_LESS, 5, 2);
    export_from(p, p->there, 1);
    imports(p, p->here, MN_IMPORTED_MORE, 5, 2);
    char here[MN_HASH_HEX], there[MN_HASH_HEX];
    content(p, p->here, here);
    content(p, p->there, there);
    assert_string_equal(here, there);
}

static void test_what_differs_is_refused_and_nothing_changes(void **state) {
    struct place *p = *state;
    char before[MN_HASH_HEX], after[MN_HASH_HEX];
    struct mn_imported results[2];
    imports(p, p->there, MN_IMPORTED_NEW, 3, 3);
    add_note(p, p->here, 3, "ở đây");
    add_note(p, p->there, 3, "ở kia");
    open_incident(p, p->here, "Chi");
    export_from(p, p->here, 2); /* the second would be new there */
    content(p, p->there, before);
    assert_int_equal(import(p, p->there, results), MN_IMPORT_REFUSED);
    assert_true(said(p, MN_D_import_diverges));
    assert_non_null(strstr(mn_diags_view(p->d, 0).message[MN_EN], "from event 4 on"));
    content(p, p->there, after);
    assert_string_equal(before, after);
    forget(p);
    struct mn_store *third = open_store(p, "third.db");
    open_incident(p, third, "Dung");
    content(p, third, before);
    assert_int_equal(import(p, third, results), MN_IMPORT_REFUSED);
    assert_true(said(p, MN_D_import_taken));
    content(p, third, after);
    assert_string_equal(before, after);
    mn_store_close(third);
}

static void test_a_store_that_was_changed_takes_nothing(void **state) {
    struct place *p = *state;
    struct mn_imported result;
    imports(p, p->there, MN_IMPORTED_NEW, 3, 3);
    char path[96];
    snprintf(path, sizeof path, "%s/there.db", p->folder);
    sqlite3 *db;
    sqlite3_open(path, &db);
    sqlite3_exec(db, "DROP TRIGGER event_no_update; UPDATE event SET actor = 'X' WHERE seq = 2",
                 NULL, NULL, NULL);
    sqlite3_close(db);
    assert_int_equal(import(p, p->there, &result), MN_IMPORT_BROKEN);
    assert_true(said(p, MN_D_chain_broken));
    bool refused;
    size_t n = 1;
    static const char *const ids[] = {"2026-0001"};
    mn_buf_clear(&p->text);
    assert_false(mn_export(p->there, ids, &n, "test", NOON, &p->text, &refused, p->d));
    assert_true(refused);
}

/* One change of the text, and what is said of it. */
static const struct {
    const char *from, *to;
    enum mn_code code;
} mistakes[] = {
    {"metronet-incidents-1", "metronet-incidents-2", MN_D_import_newer},
    {"metronet-incidents-1", "metronet-heads-1", MN_D_import_format},
    {"\"format\": ", "\"fromat\": ", MN_D_import_format},
    {"\"program\": \"test\",", "", MN_D_import_lacks},
    {"\"program\": \"test\"", "\"program\": 1", MN_D_import_string},
    {"\"program\"", "\"programs\": 1, \"program\"", MN_D_import_unknown},
    {"\"exported\": \"2026", "\"exported\": \"năm", MN_D_heads_date},
    {"\"incidents\": [", "\"incidents\": [[], ", MN_D_import_object},
    {"2026-0001", "2026-001", MN_D_heads_id},
    {"2026-0001", "2026-1000000", MN_D_heads_id},
    {"2026-0001", "2026-0002", MN_D_import_hash},
    {"\"events\": [", "\"events\": [], \"event\": [", MN_D_import_unknown},
    {"\"events\": [", "\"events\": [7, ", MN_D_import_object},
    {"\"seq\": 2", "\"seq\": 3", MN_D_import_seq},
    {"\"seq\": 2", "\"seq\": 2.0", MN_D_import_integer},
    {"\"seq\": 2", "\"seq\": 99999999999999999999", MN_D_json_number},
    {"\"at\": 1795348801", "\"at\": -1", MN_D_import_at},
    {"\"at\": 1795348801", "\"at\": 1795348802", MN_D_import_hash},
    {"\"actor\": \"Bình\"", "\"actor\": \"Bình\\n\"", MN_D_import_actor},
    {"\"actor\": \"Bình\"", "\"actor\": \"Bin\"", MN_D_import_hash},
    {"\"type\": \"noted\"", "\"type\": \"note\"", MN_D_import_type},
    {"\"type\": \"noted\"", "\"type\": \"opened\"", MN_D_import_opened},
    {"\"type\": \"opened\"", "\"type\": \"noted\"", MN_D_import_opened},
    {"\"{\\\"text\\\"", "\"{\\\"text\\\":1,\\\"text\\\"", MN_D_import_payload},
    {"\"{\\\"text\\\"", "\"[]{\\\"text\\\"", MN_D_import_payload},
    {"\"{\\\"text\\\":\\\"", "\"{\\\"text\\\":\\\"\\\\u001b[2J", MN_D_import_control},
    {"\\\"model\\\":", "\\\"medol\\\":", MN_D_import_no_pin},
    {"“tối”", "“sáng”", MN_D_import_hash},
    {"\"prev\": \"0", "\"prev\": \"1", MN_D_import_prev},
    {"\"prev\"", "\"prev\": \"\", \"prev\"", MN_D_json_twice},
    {"“tối”", "\\u0000", MN_D_json_nul},
    {"“tối”", "\xff", MN_D_file_not_text},
    {"\"blobs\": {", "\"blobs\": [], \"x\": {", MN_D_import_unknown},
    {"\"bW9kZWw=\"", "\"bW9kZWw\"", MN_D_import_base64},
    {"\"bW9kZWw=\"", "\"bW9kZWx=\"", MN_D_import_base64},
    {"\"bW9kZWw=\"", "\"bW9kZWW=\"", MN_D_import_base64},
    {"\"bW9kZWw=\"", "7", MN_D_import_base64},
    {"\"bW9kZWw=\"", "\"bGlicmFyeQ==\"", MN_D_import_blob},
    {"\"blobs\": {",
     "\"blobs\": {\"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\": \"eA==\",",
     MN_D_import_blob_extra},
};

static void test_each_mistake_is_told_at_its_place(void **state) {
    struct place *p = *state;
    for (size_t m = 0; m < MN_COUNT(mistakes); m++) {
        const char *at = strstr(mn_buf_text(&p->text), mistakes[m].from);
        assert_non_null(at);
        struct mn_buf text = MN_BUF_INIT;
        size_t before = (size_t)(at - p->text.data);
        mn_buf_add(&text, p->text.data, before);
        mn_buf_puts(&text, mistakes[m].to);
        mn_buf_puts(&text, at + strlen(mistakes[m].from));
        struct mn_source source = {"file", mn_buf_text(&text), text.size, 0, NULL};
        assert_null(mn_incoming_read(&source, p->d));
        if (!said(p, mistakes[m].code) || mn_diags_view(p->d, 0).line < 1)
            fail_msg("%s: said %s at line %d", mistakes[m].to,
                     mn_diags_view(p->d, 0).message[MN_EN], mn_diags_view(p->d, 0).line);
        forget(p);
        mn_buf_fini(&text);
    }
}

static void test_lacking_what_it_pins(void **state) {
    struct place *p = *state;
    json_t *doc = json_loads(mn_buf_text(&p->text), 0, NULL), *blob;
    json_t *blobs = json_object_get(doc, "blobs");
    assert_int_equal(json_object_size(blobs), 7); /* three lists, three files, the empty one */
    json_t *all = json_copy(blobs);
    const char *hash;
    json_object_foreach(all, hash, blob) {
        json_object_del(blobs, hash);
        struct mn_buf text = MN_BUF_INIT;
        mn_json_write(&text, doc, 0, false);
        struct mn_source source = {"file", mn_buf_text(&text), text.size, 0, NULL};
        assert_null(mn_incoming_read(&source, p->d));
        assert_true(said(p, MN_D_import_blob_missing));
        forget(p);
        mn_buf_fini(&text);
        json_object_set(blobs, hash, blob);
    }
    json_decref(all);
    json_decref(doc);
}

/* Whatever happens to the file, it is refused, or what is read of it is what was written: the
 * store, which has that incident, is told nothing new. */
static void try_mangled(struct place *p, char *text, size_t n, const char *before) {
    p->source = (struct mn_source){"file", text, n, 0, NULL};
    struct mn_incoming *in = mn_incoming_read(&p->source, p->d);
    if (!in) {
        assert_true(mn_diags_errors(p->d) > 0);
        forget(p);
        return;
    }
    struct mn_imported result = {0};
    char after[MN_HASH_HEX];
    assert_int_equal(mn_import(p->here, in, &result, p->d), MN_IMPORT_DONE);
    assert_int_equal(result.how, MN_IMPORTED_THERE);
    content(p, p->here, after);
    assert_string_equal(before, after);
    mn_incoming_free(in);
}

static void test_mangled(void **state) {
    struct place *p = *state;
    size_t n = p->text.size;
    char *text = mn_new0(n + 2, 1), before[MN_HASH_HEX];
    content(p, p->here, before);
    for (size_t cut = 0; cut < n; cut++) {
        memcpy(text, p->text.data, cut);
        text[cut] = '\0';
        try_mangled(p, text, cut, before);
    }
    static const char put[] = "\0\"{}[]\\,:0 \x80\x1b";
    for (size_t i = 0; i < n; i++) {
        memcpy(text, p->text.data, n + 1);
        text[i] = put[i % (sizeof put - 1)];
        try_mangled(p, text, n, before);
        text[i] = (char)(p->text.data[i] ^ 1 << i % 7);
        try_mangled(p, text, n, before);
        memmove(text + i, p->text.data + i + 1, n - i); /* a byte lost */
        try_mangled(p, text, n - 1, before);
    }
    free(text);
}

/* Few bytes that would take much to look at. */
static void test_bombs(void **state) {
    struct place *p = *state;
    static const struct {
        const char *begin, *again, *end;
        size_t times;
        enum mn_code code;
    } table[] = {
        {"", "[", "", 100000, MN_D_json_deep},
        {"[", "0,", "0]", 2000000, MN_D_json_many},
        {"{\"format\": \"metronet-incidents-1\", \"incidents\": [", "7,", "7]}", 300000,
         MN_D_import_lacks},
        {"{\"format\": \"metronet-incidents-1\", \"program\": \"\", \"exported\": "
         "\"2026-11-22T08:00:00Z\", \"blobs\": {}, \"incidents\": [",
         "7,", "7]}", 300000, MN_D_import_object},
    };
    for (size_t t = 0; t < MN_COUNT(table); t++) {
        struct mn_buf text = MN_BUF_INIT;
        mn_buf_puts(&text, table[t].begin);
        for (size_t i = 0; i < table[t].times; i++)
            mn_buf_puts(&text, table[t].again);
        mn_buf_puts(&text, table[t].end);
        struct mn_source source = {"file", mn_buf_text(&text), text.size, 0, NULL};
        assert_null(mn_incoming_read(&source, p->d));
        assert_true(said(p, table[t].code));
        forget(p);
        mn_buf_fini(&text);
    }
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_comes_whole_and_once),
        TEST(test_the_longer_one_wins_when_one_begins_the_other),
        TEST(test_what_differs_is_refused_and_nothing_changes),
        TEST(test_a_store_that_was_changed_takes_nothing),
        TEST(test_each_mistake_is_told_at_its_place),
        TEST(test_lacking_what_it_pins),
        TEST(test_mangled),
        TEST(test_bombs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
