/* Documents for a screen: well formed whatever a model says, ids, links, fonts inside. */
#include "base/base64.h"
#include "diagram/diagram.h"
#include "diagram/xml.h"
#include "property/made_model.h"
#include "unit/well_formed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
/* cmocka needs those first */
#include <cmocka.h>

static void test_base64(void **state) {
    (void)state;
    /* RFC 4648, section 10 */
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < MN_COUNT(vectors); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_base64(&b, vectors[i][0], strlen(vectors[i][0]));
        assert_string_equal(mn_buf_text(&b), vectors[i][1]);
        mn_buf_fini(&b);
    }
}

static void written(void (*write)(struct mn_buf *, const char *), const char *s, const char *as) {
    struct mn_buf b = MN_BUF_INIT;
    write(&b, s);
    assert_string_equal(mn_buf_text(&b), as);
    mn_buf_fini(&b);
}

static void test_names(void **state) {
    (void)state;
    written(mn__xml_id, "node-26740/cpe", "node-26740__cpe");
    written(mn__xml_id, "link-a.b_c", "link-a_2eb_5fc");
    written(mn__xml_id, "x/_", "x___5f");
    written(mn__xml_id, "x_/", "x_5f__");
    written(mn__xml_id, "x\" onload=Ế", "x_22_20onload_3d_e1_ba_be");
    written(mn__xml_address, "site-26740", "site-26740");
    written(mn__xml_address, "javascript:a()//b?c#d\"%",
            "javascript%3Aa%28%29%2F%2Fb%3Fc%23d%22%25");
    written(mn__xml_text, "<a href=\"x\">&amp;]]>", "&lt;a href=&quot;x&quot;&gt;&amp;amp;]]&gt;");
    written(mn__xml_text, "\x01\x1b\x7f\xC2\x85\xEF\xBF\xBE\xFFz",
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDz");
}

/* Different names stay different: all strings of three of these characters. */
static void test_ids_differ(void **state) {
    (void)state;
    static const char letters[] = "/_-a2f.";
    enum { N = sizeof letters - 1 };
    char *ids[N * N * N];
    for (int i = 0; i < N * N * N; i++) {
        char name[] = {'x', letters[i % N], letters[i / N % N], letters[i / N / N], '\0'};
        struct mn_buf b = MN_BUF_INIT;
        mn__xml_id(&b, name);
        ids[i] = mn_buf_take(&b);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(ids[k], ids[i]);
    }
    for (int i = 0; i < N * N * N; i++)
        free(ids[i]);
}

static void draw(const struct mn_model *m, enum mn_view view, enum mn_format format,
                 struct mn_buf *out) {
    struct mn_diags *d = mn_diags_new();
    struct mn_picture p = {.view = view, .format = format, .links = true};
    p.n_subjects = view == MN_VIEW_SITE;
    p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, 0};
    assert_true(mn_diagram_draw(m, &p, out, d));
    mn_diags_free(d);
}

static const char *const hostile[] = {"\\N \\G \\L \\\\",
                                      "&#60;script&#62; &amp; &lt;",
                                      "<b>x</b><script>alert(1)</script>",
                                      "</title></svg></script><script>alert(1)</script>",
                                      "a\"b'c]]>d",
                                      "\x01\x1b[31m\x7f\xC2\x85",
                                      "\u202Eabc\u202C",
                                      "\u0634\u0628\u0643\u0629 \u05E8\u05E9\u05EA",
                                      "e\u0301\u0302\u0303\u0304\u0305 T\u0323hạnh",
                                      "\U0001F600\U0001F468\u200D\U0001F469\U0010FFFD\uFDD0",
                                      "<!-- -- -->",
                                      "--><!--",
                                      "<![CDATA[x]]>",
                                      "@import url(//x.example);} text{",
                                      "e0\" onload=\"alert(1)",
                                      "http://x.example/ javascript:alert(1)"};

static struct made *hostile_model(const char *name) {
    const struct made_shape shape = {
        .areas = 1, .points = 1, .units = 2, .cores = 1, .backups = 1, .name = name};
    return made_model(&shape);
}

static void test_hostile_svg(void **state) {
    (void)state;
    char *huge = mn_new0(5001, 1);
    memset(huge, '<', 5000);
    for (size_t i = 0; i <= MN_COUNT(hostile); i++) {
        struct made *t = hostile_model(i < MN_COUNT(hostile) ? hostile[i] : huge);
        for (int view = 0; view < 2; view++) {
            struct mn_buf b = MN_BUF_INIT;
            struct reading r = {.suffix = ".svg"};
            draw(&t->m, view ? MN_VIEW_SITE : MN_VIEW_CITY, MN_SVG, &b);
            check_xml(&r, mn_buf_text(&b));
            assert_true(r.n > 5 && (view || r.links > 2));
            assert_true(b.size < 200000);
            mn_buf_fini(&b);
        }
        made_free(t);
    }
    free(huge);
}

static int count_in(const char *s, const char *end, const char *what) {
    int n = 0;
    while ((s = strstr(s, what)) && s < end) {
        n++;
        s++;
    }
    return n;
}

/* Around the picture the page is the same for every model, but for words. */
static void test_hostile_page(void **state) {
    (void)state;
    static const char *const signs[] = {"<", ">", "\"", "{{", "<script>", "</script>"};
    int before[MN_COUNT(signs)] = {0};
    for (size_t i = 0; i < MN_COUNT(hostile); i++) {
        struct made *t = hostile_model(hostile[i]);
        struct mn_buf b = MN_BUF_INIT;
        draw(&t->m, MN_VIEW_SITE, MN_HTML, &b);
        char *page = b.data, *svg = strstr(page, "<svg"), *end = strstr(page, "</svg>\n");
        assert_true(svg && end && !strstr(svg + 1, "<svg") && !strstr(end + 1, "</svg>"));
        for (size_t k = 0; k < MN_COUNT(signs); k++) {
            int n = count_in(page, svg, signs[k]) + count_in(end, page + b.size, signs[k]);
            assert_true(i == 0 || n == before[k]);
            before[k] = n;
        }
        end[strlen("</svg>")] = '\0';
        struct reading r = {.suffix = ".html"};
        check_xml(&r, svg);
        mn_buf_fini(&b);
        made_free(t);
    }
    assert_int_equal(before[3], 0); /* every place of the template is filled */
    assert_int_equal(before[4], 1);
    assert_int_equal(before[5], 1);
}

static int count(const struct mn_buf *b, const char *what) {
    return count_in(mn_buf_text(b), b->data + b->size, what);
}

/* Both weights are inside, and a third font for what they lack; what no font has is drawn as the
 * replacement character, and is in the title as it is. */
static void test_fonts(void **state) {
    (void)state;
    struct made *t = hostile_model("Xã Thạnh An \u0634\u0628\u0643\u0629");
    struct mn_buf b = MN_BUF_INIT;
    draw(&t->m, MN_VIEW_CITY, MN_SVG, &b);
    assert_int_equal(
        count(&b, "@font-face{font-family:metronet;font-weight:400;src:url(data:font/"), 2);
    assert_int_equal(count(&b, ";font-weight:700;src:url(data:font/ttf;base64,AAEAAA"), 1);
    assert_int_equal(count(&b, "url("), 3);
    assert_true(count(&b, " textLength=") > 0);
    mn_buf_fini(&b);
    made_free(t);

    t = hostile_model("Xã \U0010FFFDAn\uFE0F");
    draw(&t->m, MN_VIEW_CITY, MN_SVG, &b);
    assert_int_equal(count(&b, ">Xã \U0010FFFDAn\uFE0F<"), 0);
    assert_true(count(&b, ">Xã \uFFFDAn") > 0);
    assert_true(count(&b, "Xã \U0010FFFDAn\uFE0F (") > 0);
    mn_buf_fini(&b);
    made_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base64),       cmocka_unit_test(test_names),
        cmocka_unit_test(test_ids_differ),   cmocka_unit_test(test_hostile_svg),
        cmocka_unit_test(test_hostile_page), cmocka_unit_test(test_fonts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
