/* Whether a document for a screen is well formed and leads nowhere it should not. Fails the test
 * that asks. */
#ifndef MN_TESTS_WELL_FORMED_H
#define MN_TESTS_WELL_FORMED_H

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka needs those first */
#include <cmocka.h>

/* What is known of a document while it is read. */
struct reading {
    const char *suffix; /* of files that it may lead to */
    const char *ids[4000];
    size_t sizes[4000];
    int n, links;
};

static bool spans(const char *s, size_t n, const char *letters) {
    return strspn(s, letters) >= n;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* No attribute runs anything or leads anywhere but to a file beside this one. */
static void check_attribute(struct reading *r, const char *name, size_t n, const char *value,
                            size_t size) {
    assert_false(n > 2 && strncmp(name, "on", 2) == 0);
    assert_false(n == 3 && strncmp(name, "src", n) == 0);
    if (n == 4 && strncmp(name, "href", n) == 0) {
        assert_true(spans(value, size, LETTERS "0123456789-._~%"));
        size_t end = strlen(r->suffix);
        assert_true(size > end && strncmp(value + size - end, r->suffix, end) == 0);
        r->links++;
    }
    if (n == 2 && strncmp(name, "id", n) == 0) {
        assert_true(spans(value, 1, LETTERS) && spans(value, size, LETTERS "0123456789-_"));
        for (int i = 0; i < r->n; i++)
            assert_false(r->sizes[i] == size && memcmp(r->ids[i], value, size) == 0);
        assert_true(r->n < (int)MN_COUNT(r->ids));
        r->ids[r->n] = value;
        r->sizes[r->n++] = size;
    }
}

/* name="value" …, up to the end of the tag. */
static const char *check_attributes(struct reading *r, const char *s) {
    while (*s == ' ') {
        const char *name = ++s;
        size_t n = strcspn(name, "= />");
        assert_true(n > 0 && strncmp(name + n, "=\"", 2) == 0);
        const char *value = name + n + 2;
        size_t size = strcspn(value, "\"<");
        assert_int_equal(value[size], '"');
        check_attribute(r, name, n, value, size);
        s = value + size + 1;
    }
    return s;
}

/* Tags that are known open and close in order; no attribute or text has a bare < or &; ids differ.
 */
static void check_xml(struct reading *r, const char *s) {
    static const char *const tags[] = {"svg", "title", "desc",    "metadata", "style",    "g",
                                       "a",   "text",  "polygon", "ellipse",  "polyline", "path"};
    const char *open[32];
    int depth = 0;
    while (*s) {
        if (*s == '&') {
            size_t n = strcspn(s, ";");
            assert_true(n < 8 && s[n] == ';');
            s += n + 1;
        } else if (strncmp(s, "<?", 2) == 0) {
            s = strstr(s, "?>") + 2;
        } else if (strncmp(s, "</", 2) == 0) {
            size_t n = strcspn(s + 2, ">");
            assert_true(depth > 0 && strncmp(open[depth - 1], s + 2, n) == 0);
            depth--;
            s += n + 3;
        } else if (*s == '<') {
            size_t n = strcspn(s + 1, " />\n"), i = 0;
            while (i < MN_COUNT(tags) && (strlen(tags[i]) != n || memcmp(tags[i], s + 1, n) != 0))
                i++;
            assert_true(i < MN_COUNT(tags) && depth < 32);
            open[depth] = tags[i];
            s = check_attributes(r, s + 1 + n);
            depth += *s != '/';
            s += *s == '/';
            assert_int_equal(*s++, '>');
        } else {
            assert_true((unsigned char)*s >= 0x20 || *s == '\n');
            s++;
        }
    }
    assert_int_equal(depth, 0);
}

#endif
