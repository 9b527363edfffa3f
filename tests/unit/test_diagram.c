/* Pictures: measuring, placing lines, and what comes out. */
#include "diagram/documents.h"
#include "diagram/net.h"
#include "diagram/order.h"
#include "diagram/type.h"
#include "property/made_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
/* cmocka needs those first */
#include <cmocka.h>

static void test_measure(void **state) {
    (void)state;
    /* Advance widths of Noto Sans: A 639, space 260, Ế as E 556. */
    assert_true(mn__text_width("A A", 1000, false) == 639 + 260 + 639);
    assert_true(mn__text_width("Ế", 1000, false) == mn__text_width("E", 1000, false));
    assert_true(mn__text_width("e\u0301", 1000, false) == mn__text_width("e", 1000, false));
    assert_true(mn__text_width("漢", 1000, false) >= 1000);
}

static void test_fit(void **state) {
    (void)state;
    struct mn_arena *a = mn_arena_new();
    const char *name = "Phường Đông Hưng Thuận", *lines[3];
    assert_string_equal(mn__text_fit(a, name, 10, false, 500), name);
    const char *cut = mn__text_fit(a, name, 10, false, 80);
    assert_true(mn__text_width(cut, 10, false) <= 80 && strstr(cut, "…") && strlen(cut) > 8);
    int n = mn__text_wrap(a, name, 10, false, 80, 3, lines);
    assert_int_equal(n, 2);
    for (int i = 0; i < n; i++)
        assert_true(mn__text_width(lines[i], 10, false) <= 80);
    assert_string_equal(mn__text_clean(a, "a\x1b[31mb\tc\u202Ed"), "a\uFFFD[31mb c\uFFFDd");
    assert_true(strlen(mn__text_clean(a, "e\u0301\u0301\u0301\u0301")) == 1 + 2 * 2);
    mn_arena_free(a);
}

static void test_slots(void **state) {
    (void)state;
    for (int n = 1; n < 400; n++) {
        assert_true(mn__slots(n) >= n);
        assert_true(mn__slots(n + 1) >= mn__slots(n));
        assert_true(mn__slots(n) <= 2 * n + 2);
    }
}

/* Lines led through a channel on the levels that it gives: none crosses another. */
static void test_channel(void **state) {
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 2000; round++) {
        double low[8], high[8];
        int level[8], n = 2 + round % 7;
        double at_low = 0, at_high = 0;
        for (int i = 0; i < n; i++) {
            low[i] = at_low += 2 + rand_r(&seed) % 30;
            high[i] = at_high += 2 + rand_r(&seed) % 30;
        }
        int levels = mn__channel(low, high, n, level);
        for (int i = 0; i < n; i++) {
            assert_true(level[i] >= 0 && level[i] < levels);
            for (int k = 0; k < n; k++) {
                double l = low[i] < high[i] ? low[i] : high[i], r = low[i] + high[i] - l;
                /* k's upright pieces: below its level at low[k], above it at high[k]. */
                if (i != k && low[k] > l && low[k] < r && level[k] > level[i])
                    fail_msg("round %d: %d crosses %d from below", round, i, k);
                if (i != k && high[k] > l && high[k] < r && level[k] < level[i])
                    fail_msg("round %d: %d crosses %d from above", round, i, k);
            }
        }
    }
}

static void test_lanes(void **state) {
    (void)state;
    struct mn__span nested[] = {{0, 10, 0}, {2, 5, 0}, {6, 9, 0}};
    assert_int_equal(mn__lanes(nested, 3), 2);
    assert_int_equal(nested[0].depth, 2);
    assert_int_equal(nested[1].depth, 1);
    assert_int_equal(nested[2].depth, 1);
    struct mn__span crossing[] = {{0, 6, 0}, {4, 9, 0}};
    mn__lanes(crossing, 2);
    assert_int_equal(crossing[0].depth + crossing[1].depth, 1); /* one of them is not drawn */
}

static void test_order(void **state) {
    (void)state;
    /* Two boxes above, three in the middle, joined crosswise: an order without crossings exists. */
    const struct mn__pair upper[] = {{0, 0}, {0, 2}, {1, 1}, {1, 0}};
    const struct mn__pair lower[] = {{0, 0}, {1, 1}, {2, 2}};
    int o[3][3];
    struct mn__rows rows = {.n = {2, 3, 3},
                            .order = {o[0], o[1], o[2]},
                            .n_upper = 4,
                            .n_lower = 3,
                            .upper = upper,
                            .lower = lower};
    mn__order_rows(&rows);
    int at[2][3];
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < rows.n[r]; i++)
            at[r][o[r][i]] = i;
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++)
            assert_false(at[0][upper[i].a] < at[0][upper[k].a] &&
                         at[1][upper[i].b] > at[1][upper[k].b]);
    assert_memory_equal(o[1], o[2], sizeof o[1]);
}

static bool draw(const struct mn_model *m, enum mn_view view, int subject, enum mn_format format,
                 struct mn_buf *out) {
    struct mn_diags *d = mn_diags_new();
    struct mn_picture p = {.view = view, .format = format};
    p.n_subjects = view == MN_VIEW_SITE;
    p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, subject};
    bool ok = mn_diagram_draw(m, &p, out, d);
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < mn_diags_count(d); i++)
        mn_diags_render(d, i, MN_EN, false, &b);
    if (!ok)
        print_error("%s", mn_buf_text(&b));
    mn_buf_fini(&b);
    mn_diags_free(d);
    return ok;
}

static void test_same_bytes(void **state) {
    (void)state;
    const struct made_shape shape = {
        .areas = 2, .points = 3, .units = 9, .cores = 2, .centres = 2, .backups = 1, .ring = true};
    struct made *t = made_model(&shape);
    static const char *const begins[] = {"<?xml",   "%PDF-",       "\x89PNG",
                                         "digraph", "{\n \"width", "<!DO"};
    for (int format = 0; format < MN_FORMATS; format++)
        for (int view = 0; view < 2; view++) {
            struct mn_buf a = MN_BUF_INIT, b = MN_BUF_INIT;
            assert_true(
                draw(&t->m, view ? MN_VIEW_SITE : MN_VIEW_CITY, 3, (enum mn_format)format, &a));
            assert_true(
                draw(&t->m, view ? MN_VIEW_SITE : MN_VIEW_CITY, 3, (enum mn_format)format, &b));
            assert_true(a.size == b.size && memcmp(a.data, b.data, a.size) == 0);
            assert_memory_equal(a.data, begins[format], 4);
            mn_buf_fini(&a);
            mn_buf_fini(&b);
        }
    made_free(t);
}

/* The page is exactly the paper, the date is the model's, and the fonts are in the document. */
static void test_pdf(void **state) {
    (void)state;
    const struct made_shape shape = {.areas = 1, .points = 1, .units = 3};
    struct made *t = made_model(&shape);
    struct mn_buf b = MN_BUF_INIT;
    static const char *const parts[] = {"/MediaBox [ 0 0 1190.55 841.89 ]",
                                        "/CreationDate (20261122", "+NotoSans-Bold", "/FontFile2"};
    assert_true(draw(&t->m, MN_VIEW_CITY, 0, MN_PDF, &b));
    for (size_t i = 0; i < MN_COUNT(parts); i++)
        assert_non_null(memmem(b.data, b.size, parts[i], strlen(parts[i])));
    mn_buf_fini(&b);
    made_free(t);
}

static void test_words(void **state) {
    (void)state;
    for (int i = 0; i < MN_VIEWS; i++)
        assert_int_equal(mn_view_parse(mn_view_info((enum mn_view)i)->name), i);
    for (int i = 0; i < MN_FORMATS; i++)
        assert_int_equal(mn_format_parse(mn_format_name((enum mn_format)i)), i);
    for (int i = MN_MARK_NONE + 1; i < MN_MARKS; i++)
        assert_int_equal(mn_mark_parse(mn_mark_name((enum mn_mark_as)i)), i);
    assert_int_equal(mn_view_parse("cities"), -1);
    assert_int_equal(mn_mark_parse("none"), -1);
    assert_int_equal(mn_paper_parse("a3"), MN_A3);
}

/* What the parts of a network are follows from its lines and links. */
static void test_parts(void **state) {
    (void)state;
    const struct made_shape shape = {
        .areas = 2, .points = 3, .units = 9, .cores = 2, .centres = 1, .backups = 1, .ring = true};
    struct made *t = made_model(&shape);
    struct mn_arena *a = mn_arena_new();
    const struct mn__net *net = mn__net_new(&t->m, MN_VI, a);
    int places[5] = {0};
    for (int i = 0; i < t->m.n_nodes; i++)
        places[net->place[i]]++;
    assert_int_equal(places[MN__IN_UNIT], 18);
    assert_int_equal(places[MN__POINT], 6);
    assert_int_equal(places[MN__CORE], 2);
    assert_int_equal(places[MN__TOP], 3);
    assert_int_equal(net->n_units, 18);
    assert_int_equal(net->n_clusters, 6);
    assert_int_equal(net->n_uppers, 3);
    for (int i = 0; i < net->n_clusters; i++)
        assert_int_equal(net->clusters[i].n, 3);
    mn_arena_free(a);
    made_free(t);
}

static struct mn__scene *a_page(const char *text, const char *note) {
    struct mn__scene *s = mn__scene_new(200, 100);
    mn__put_text(s, -1, 20, 50, MN__LEFT, text, 10, false, MN__INK);
    s->note = note;
    return s;
}

/* Several sheets are one PDF and as many documents of any other format; the way between processes
 * keeps them, and takes nothing that is cut short. */
static void test_documents(void **state) {
    (void)state;
    struct mn__pages pages = {0};
    struct mn_documents pdf = {0}, json = {0}, copy = {0};
    struct mn_buf packed = MN_BUF_INIT;
    mn__pages_add(&pages, a_page("one", "1/2"));
    mn__pages_add(&pages, a_page("two", ""));
    assert_true(mn__pages_render(&pages, MN_PDF, &pdf));
    assert_int_equal(pdf.n, 1);
    assert_non_null(memmem(pdf.at[0].bytes.data, pdf.at[0].bytes.size, "/Count 2", 8));
    assert_true(mn__pages_render(&pages, MN_JSON, &json));
    assert_int_equal(json.n, 2);
    mn__documents_pack(&json, &packed);
    assert_true(mn__documents_unpack(packed.data, packed.size, &copy));
    assert_int_equal(copy.n, 2);
    assert_string_equal(copy.at[0].note, "1/2");
    assert_string_equal(copy.at[1].note, "");
    for (int i = 0; i < 2; i++)
        assert_string_equal(mn_buf_text(&copy.at[i].bytes), mn_buf_text(&json.at[i].bytes));
    mn_documents_fini(&copy);
    size_t first = 2 * sizeof(size_t) + strlen("1/2") + json.at[0].bytes.size;
    for (size_t cut = 0; cut < packed.size; cut++)
        if (cut != first) {
            assert_false(mn__documents_unpack(packed.data, cut, &copy));
            assert_int_equal(copy.n, 0);
        }
    mn_buf_fini(&packed);
    mn_documents_fini(&pdf);
    mn_documents_fini(&json);
    mn__pages_fini(&pages);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measure),    cmocka_unit_test(test_fit),
        cmocka_unit_test(test_slots),      cmocka_unit_test(test_channel),
        cmocka_unit_test(test_lanes),      cmocka_unit_test(test_order),
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_pdf),
        cmocka_unit_test(test_words),      cmocka_unit_test(test_parts),
        cmocka_unit_test(test_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
