/* base/: text, Base64, JSON, diagnostics, Unicode, clock, files. */
#include "base/base64.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/write.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_format(void **state) {
    (void)state;
    static const struct {
        const char *template, *expected;
    } cases[] = {{"{0} and {1}", "a and b"},
                 {"{1}{0}{1}", "bab"},
                 {"{2} stays", "{2} stays"},
                 {"a { b {x} {0}", "a { b {x} a"},
                 {"{", "{"}};
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_format(&b, cases[i].template, MN_ARGS("a", "b"));
        assert_string_equal(mn_buf_text(&b), cases[i].expected);
        mn_buf_fini(&b);
    }
}

static void test_fold(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {{"Phường Hòa Bình", "phuong hoa binh"},
                 {"Phường Hoà Bình", "phuong hoa binh"},
                 {"  hoa--binh! ", "hoa binh"},
                 {"ĐẶC KHU Côn Đảo", "dac khu con dao"},
                 {"Ho\xCC\x80"
                  "a",
                  "hoa"},
                 {"", ""}};
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        char *folded = mn_fold(cases[i].text);
        assert_string_equal(folded, cases[i].expected);
        free(folded);
    }
}

static void test_nearest(void **state) {
    (void)state;
    static const char *const words[] = {"check", "list", "show", "resume"};
    assert_int_equal(mn_nearest("chekc", words, 4), 0);
    assert_int_equal(mn_nearest("resum", words, 4), 3);
    assert_int_equal(mn_nearest("xyzzy", words, 4), -1);
    assert_int_equal(mn_edit_distance("ab", "ba", 3), 1);
    assert_int_equal(mn_edit_distance("đường", "duong", 9), 3);
    assert_int_equal(mn_edit_distance("abcdef", "", 3), 4);
}

static void test_width(void **state) {
    (void)state;
    assert_int_equal(mn_width("Mất nguồn", strlen("Mất nguồn")), 9);
    assert_int_equal(mn_width("網", strlen("網")), 2);
    assert_int_equal(mn_width("a\tb", 3), 3);
    assert_true(mn_is_nfc("Hòa", strlen("Hòa")));
    assert_false(mn_is_nfc("Ho\xCC\x80"
                           "a",
                           5));
    assert_int_equal(mn_utf8_check("ab\xFF", 3), 2);
}

static void test_diagnostic(void **state) {
    (void)state;
    static const char text[] = "a: 1\nends: [điểm gôm, b]\n";
    struct mn_source source = {"m.yaml", text, sizeof text - 1, 0, NULL};
    struct mn_diags *d = mn_diags_new();
    mn_diag(d, MN_D_file_missing, (struct mn_loc){&source, 2, 8, 8}, MN_ARGS("điểm gôm"));
    mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS("điểm gom"));
    mn_diag(d, MN_D_file_denied, (struct mn_loc){&source, 1, 1, 1}, MN_ARGS("x"));
    mn_diags_sort(d);
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < mn_diags_count(d); i++)
        mn_diags_render(d, i, MN_EN, false, &b);
    assert_string_equal(mn_buf_text(&b), "m.yaml:1:1: error: no permission to read file \"x\" "
                                         "[file-denied]\n"
                                         "    1 | a: 1\n"
                                         "      | ^\n"
                                         "m.yaml:2:8: error: there is no file \"điểm gôm\" "
                                         "[file-missing]\n"
                                         "    2 | ends: [điểm gôm, b]\n"
                                         "      |        ^~~~~~~~\n"
                                         "note: did you mean \"điểm gom\"?\n");
    mn_buf_fini(&b);
    mn_diags_free(d);
}

static void test_diagnostics_move(void **state) {
    (void)state;
    struct mn_diags *from = mn_diags_new(), *to = mn_diags_new();
    mn_diag(from, MN_D_file_missing, MN_NOWHERE, MN_ARGS("x"));
    mn_diag_note(from, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS("y"));
    mn_diags_move(to, from);
    mn_diags_free(from);
    assert_int_equal(mn_diags_errors(to), 1);
    assert_string_equal(mn_diags_view_note(to, 0, 0).message[MN_EN], "did you mean \"y\"?");
    mn_diags_free(to);
}

static void test_clock(void **state) {
    (void)state;
    char text[MN_TIME_TEXT];
    int64_t t;
    mn_time_utc(1795334400, text);
    assert_true(mn_time_parse(text, &t));
    assert_int_equal(t, 1795334400);
    mn_time_local(0, 420, text);
    assert_string_equal(text, "01/01/1970 07:00");
    assert_false(mn_time_parse("2026-11-22", &t));
}

static void test_hash(void **state) {
    (void)state;
    char hex[MN_HASH_HEX];
    mn_hash_of("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_files(void **state) {
    (void)state;
    struct mn_files *f = mn_files_memory("m");
    struct mn_diags *d = mn_diags_new();
    mn_files_put(f, "areas/b.yaml", "b", 1);
    mn_files_put(f, "areas/a.yaml", "a", 1);
    size_t n;
    const char *const *names = mn_files_glob(f, "areas/*.yaml", &n);
    assert_int_equal(n, 2);
    assert_string_equal(names[0], "areas/a.yaml");
    const struct mn_source *s = mn_files_read(f, names[1], 100, MN_NOWHERE, d);
    assert_string_equal(s->name, "m/areas/b.yaml");
    assert_null(mn_files_read(f, "none.yaml", 100, MN_NOWHERE, d));
    assert_int_equal(mn_diags_errors(d), 1);
    assert_int_equal(mn_files_count(f), 1);
    mn_files_free(f);

    f = mn_files_dir("/dev", "/dev");
    assert_null(mn_files_read(f, "null", 100, MN_NOWHERE, d));
    assert_int_equal(mn_diags_view(d, 1).code, MN_D_file_not_regular);
    mn_files_free(f);
    mn_diags_free(d);
}

struct paths {
    char folder[64], file[80], link[80], fifo[80], none[96];
};

static struct paths paths_new(void) {
    const char *tmp = getenv("TMPDIR");
    struct paths p;
    snprintf(p.folder, sizeof p.folder, "%.40s/mn-write-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p.folder));
    snprintf(p.file, sizeof p.file, "%s/file", p.folder);
    snprintf(p.link, sizeof p.link, "%s/link", p.folder);
    snprintf(p.fifo, sizeof p.fifo, "%s/fifo", p.folder);
    snprintf(p.none, sizeof p.none, "%s/none/file", p.folder);
    return p;
}

/* The file's type and mode; its content in `text`. */
static mode_t look(const char *path, char text[16]) {
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, text, 15);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return st.st_mode;
}

static void test_write_file(void **state) {
    (void)state;
    struct paths p = paths_new();
    struct mn_diags *d = mn_diags_new();
    struct mn_buf bytes = MN_BUF_INIT;
    char text[16];
    mode_t mask = umask(022);
    mn_buf_puts(&bytes, "first");
    assert_true(mn_write_file(p.file, &bytes, false, d));
    assert_int_equal(look(p.file, text), S_IFREG | 0644);
    assert_string_equal(text, "first");

    /* Through a link, which stays; and the file's own mode stays too. */
    assert_int_equal(chmod(p.file, 0640), 0);
    assert_int_equal(symlink("file", p.link), 0);
    mn_buf_clear(&bytes);
    mn_buf_puts(&bytes, "second");
    assert_true(mn_write_file(p.link, &bytes, false, d));
    assert_int_equal(look(p.link, text) & S_IFMT, S_IFLNK);
    assert_int_equal(look(p.file, text), S_IFREG | 0640);
    assert_string_equal(text, "second");

    /* One's own is private and lands where it is named, whatever link somebody laid there. */
    mn_buf_clear(&bytes);
    mn_buf_puts(&bytes, "own");
    assert_true(mn_write_file(p.link, &bytes, true, d));
    assert_int_equal(look(p.link, text), S_IFREG | 0600);
    assert_string_equal(text, "own");
    look(p.file, text);
    assert_string_equal(text, "second");

    /* A pipe is written to, not replaced. */
    assert_int_equal(mkfifo(p.fifo, 0600), 0);
    int fd = open(p.fifo, O_RDWR | O_NONBLOCK);
    assert_true(mn_write_file(p.fifo, &bytes, false, d));
    assert_int_equal(read(fd, text, sizeof text), 3);
    close(fd);
    struct stat st;
    assert_int_equal(lstat(p.fifo, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));

    assert_int_equal(mn_diags_count(d), 0);
    assert_false(mn_write_file(p.none, &bytes, false, d));
    assert_false(mn_write_file(p.folder, &bytes, false, d));
    static const char *const whys[][2] = {
        {"không có tệp hoặc thư mục này", "there is no such file or folder"},
        {"đây là thư mục", "it is a folder"}};
    for (size_t i = 0; i < MN_COUNT(whys); i++)
        for (int lang = MN_VI; lang <= MN_EN; lang++)
            assert_non_null(strstr(mn_diags_view(d, i).message[lang], whys[i][lang]));
    umask(mask);
    mn_buf_fini(&bytes);
    mn_diags_free(d);
    assert_int_equal(unlink(p.file) | unlink(p.link) | unlink(p.fifo) | rmdir(p.folder), 0);
}

static void test_sort_key(void **state) {
    (void)state;
    static const char *const sorted[] = {
        "",         "12",       "An Đông",      "An Lạc", "Anh", "Ăn",      "Âu",     "Ba",
        "Bà",       "Bả",       "Bã",           "Bá",     "Bạ",  "Bà Điểm", "Bàn Cờ", "Bảy",
        "Dĩ An",    "Đa",       "Đất Đỏ",       "Đức",    "E",   "Ê",       "Ông",    "Ơn",
        "Thanh An", "Thạnh An", "Thạnh Mỹ Tây", "U",      "Ư",   "Z"};
    for (size_t i = 1; i < MN_COUNT(sorted); i++) {
        char *a = mn_sort_key(sorted[i - 1]), *b = mn_sort_key(sorted[i]);
        if (strcmp(a, b) >= 0)
            print_error("%s before %s\n", sorted[i - 1], sorted[i]);
        assert_true(strcmp(a, b) < 0);
        free(a);
        free(b);
    }
    char *composed = mn_sort_key("H\u00F2a"), *decomposed = mn_sort_key("Ho\u0300a");
    assert_string_equal(composed, decomposed);
    free(composed);
    free(decomposed);
}

static void test_arena(void **state) {
    (void)state;
    struct mn_arena *a = mn_arena_new();
    char *first = mn_arena_strdup(a, "first");
    for (int i = 0; i < 10000; i++)
        assert_int_equal((uintptr_t)mn_arena_alloc(a, (size_t)i % 100) % 16, 0);
    memset(mn_arena_alloc(a, 5 << 20), 1, 5 << 20);
    assert_string_equal(first, "first");
    assert_string_equal(mn_arena_printf(a, "%d %s", 7, "x"), "7 x");
    mn_arena_free(a);
}

static void test_base64(void **state) {
    (void)state;
    static const char *const table[][2] = {
        {"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
        {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"\xff\xfe", "//4="}};
    for (size_t i = 0; i < MN_COUNT(table); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_base64(&b, table[i][0], strlen(table[i][0]));
        assert_string_equal(mn_buf_text(&b), table[i][1]);
        mn_buf_clear(&b);
        assert_true(mn_base64_decode(&b, table[i][1], strlen(table[i][1])));
        assert_string_equal(mn_buf_text(&b), table[i][0]);
        mn_buf_fini(&b);
    }
    static const char *const wrong[] = {"Z",    "Zg",   "Zg=",    "Zh==", "Zm9=", "Zg==Zg==",
                                        "====", "Z===", "Zm9v\n", "Zm 8", "=m8=", "Zg=A"};
    for (size_t i = 0; i < MN_COUNT(wrong); i++) {
        struct mn_buf b = MN_BUF_INIT;
        assert_false(mn_base64_decode(&b, wrong[i], strlen(wrong[i])));
        mn_buf_fini(&b);
    }
}

static void test_places_in_json(void **state) {
    (void)state;
    static const char text[] =
        "{\n \"đ\": \"a\\\"}\", \"list\": [1, [ 2,3 ] ,\n {\"x\" : true}],\"end\":{} }";
    struct mn_source source = {"file", text, sizeof text - 1, 0, NULL};
    static const struct {
        const char *path;
        int line, col, len;
    } table[] = {
        {"", 1, 1, 1},         {"đ", 2, 7, 6},
        {"list", 2, 23, 1},    {"list/0", 2, 24, 1},
        {"list/1", 2, 27, 1},  {"list/1/1", 2, 31, 1},
        {"list/2/x", 3, 9, 4}, {"end", 3, 22, 1},
        {"list/7", 2, 23, 1},  {"nothing/here", 1, 1, 1},
        {"end/x", 3, 22, 1},   {"đ/x", 2, 7, 6},
    };
    for (size_t i = 0; i < MN_COUNT(table); i++) {
        struct mn_loc loc = mn_json_place(&source, table[i].path);
        if (loc.line != table[i].line || loc.col != table[i].col || loc.len != table[i].len)
            fail_msg("%s: %d:%d, %d", table[i].path, loc.line, loc.col, loc.len);
    }
}

static void test_times_as_people_give_them(void **state) {
    (void)state;
    static const struct {
        const char *given, *utc; /* NULL: no time */
    } cases[] = {{"2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z"},
                 {"15:30", "2026-11-23T08:30:00Z"}, /* in Vietnam the twenty-third has begun */
                 {"22/11/2026 15:30", "2026-11-22T08:30:00Z"},
                 {"4h", "2026-11-22T22:15:30Z"},
                 {"31/11/2026 15:30", NULL},
                 {"15:30x", NULL},
                 {"25:00", NULL},
                 {"", NULL},
                 {"soon", NULL}};
    int64_t now, t;
    char at[MN_TIME_TEXT];
    assert_true(mn_time_parse("2026-11-22T18:15:30Z", &now));
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        bool ok = mn_time_given(cases[i].given, now, 420, &t);
        mn_time_utc(ok ? t : 0, at);
        if (ok != (cases[i].utc != NULL) || (ok && strcmp(at, cases[i].utc) != 0))
            fail_msg("\"%s\": %s", cases[i].given, ok ? at : "no time");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times_as_people_give_them),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_diagnostic),
        cmocka_unit_test(test_diagnostics_move),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_sort_key),
        cmocka_unit_test(test_arena),
        cmocka_unit_test(test_write_file),
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_places_in_json),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
