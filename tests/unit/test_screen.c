/* Text on a narrow screen, and text in a report: nothing gets wider, nothing gets out. */
#include "base/unicode.h"
#include "cli/screen.h"
#include "incident/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_wrap(void **state) {
    (void)state;
    static const struct {
        const char *text, *first, *rest, *wrapped;
    } table[] = {
        {"", "", "", "\n"},
        {"one two", "", "", "one two\n"},
        {"", "- ", "  ", "- \n"},
        {"exactly twenty chars", "", "", "exactly twenty chars\n"},
        {"exactly twenty chars more", "", "", "exactly twenty chars\nmore\n"},
        {"  two spaces   between", "", "", "  two spaces\nbetween\n"},
        {"one\ntwo", "1 ", "  ", "1 one\n  two\n"},
        {"one\n", "", "", "one\n"},
        {"a-word-that-is-longer-than-the-line", "", "", "a-word-that-is-longe\nr-than-the-line\n"},
        {"đường truyền đã hoạt động", "", "", "đường truyền đã hoạt\nđộng\n"},
        {"a\tb\rc\033[2Jd\a", "", "",
         "a b\xef\xbf\xbd"
         "c\xef\xbf\xbd[2Jd\xef\xbf\xbd\n"},
        {"left\xe2\x80\xaeright", "", "", "left\xef\xbf\xbdright\n"},
    };
    for (size_t i = 0; i < MN_COUNT(table); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_wrap(&b, table[i].text, 20, table[i].first, table[i].rest);
        assert_string_equal(mn_buf_text(&b), table[i].wrapped);
        mn_buf_fini(&b);
    }
}

static void test_wrap_is_never_wider(void **state) {
    (void)state;
    static const char *const words[] = {
        "một", "hai", "đường-truyền", "x", "  ", "rất-dài-rất-dài-rất-dài-rất-dài", "中文", "\n"};
    unsigned seed = 2026;
    for (int round = 0; round < 500; round++) {
        struct mn_buf text = MN_BUF_INIT, b = MN_BUF_INIT;
        for (int w = 0; w < 12; w++) {
            seed = seed * 1103515245u + 12345u;
            mn_buf_printf(&text, "%s ", words[seed >> 16 & 7]);
        }
        mn_wrap(&b, mn_buf_text(&text), 24, "> ", "  ");
        for (const char *line = mn_buf_text(&b); *line;) {
            size_t n = strcspn(line, "\n");
            assert_true(mn_width(line, n) <= 24);
            line += n + (line[n] == '\n');
        }
        mn_buf_fini(&text);
        mn_buf_fini(&b);
    }
}

static void test_markdown_is_escaped(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    struct mn__page p = {&b, MN_EN, false};
    mn__page_paragraph(&p, "# *a* _b_ `c` [d](e) <f> & g|h\\i\nj\033");
    assert_string_equal(mn_buf_text(&b), "\n\\# \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) &lt;f&gt; &amp; "
                                         "g\\|h\\\\i<br>j\n");
    mn_buf_fini(&b);
}

static void test_html_is_escaped(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    struct mn__page p = {&b, MN_EN, true};
    mn__page_paragraph(&p, "<a href=\"x\">&\033");
    assert_string_equal(mn_buf_text(&b), "<p>&lt;a href=&quot;x&quot;&gt;&amp;</p>\n");
    mn_buf_clear(&b);
    mn__page_lines(&p, "</pre><script>\n\n");
    assert_string_equal(mn_buf_text(&b), "<pre>&lt;/pre&gt;&lt;script&gt;</pre>\n");
    mn_buf_clear(&b);
    struct mn_buf svg = MN_BUF_INIT;
    mn_buf_puts(&svg, "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg></svg>\n");
    mn__page_svg(&p, &svg);
    assert_string_equal(mn_buf_text(&b), "<figure>\n<svg></svg>\n</figure>\n");
    mn_buf_fini(&svg);
    mn_buf_fini(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_wrap_is_never_wider),
        cmocka_unit_test(test_markdown_is_escaped),
        cmocka_unit_test(test_html_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
