/* Reading sources that are broken in every way: it always ends, inside the source, and says
 * something only about lines that there are. Sources are the shipped runbooks, cut, doubled,
 * swapped and scribbled on. Prints the seed; SEED=n repeats a run. */
#include "script/syntax.h"
#include "script/token.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROUNDS = 300 };

static unsigned seed;

static unsigned draw(unsigned n) {
    seed = seed * 1103515245u + 12345u;
    return n ? (seed >> 8) % n : 0;
}

static char *read_whole(const char *path, size_t *n) {
    struct mn_buf b = MN_BUF_INIT;
    char chunk[4096];
    size_t got;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        mn_buf_add(&b, chunk, got);
    fclose(f);
    *n = b.size;
    return mn_buf_take(&b);
}

/* In a block of exactly its size, so that a sanitizer sees a byte read beyond. */
static void read_source(const char *text, size_t n) {
    static const char *const WORDS[] = {"ask", "check", "string", "string.format", "tell"};
    struct mn_arena *a = mn_arena_new();
    struct mn__problems p;
    char *exact = malloc(n ? n : 1);
    int lines = 1;
    memcpy(exact, text, n);
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n';
    mn__problems_init(&p);
    struct mn__check c = {.arena = a, .problems = &p};
    mn__syntax_refuse(mn__tokens(exact, n, a), 0, &p);
    mn__syntax_check(exact, n, 0, (struct mn__words){WORDS, MN_COUNT(WORDS)}, &c);
    for (size_t i = 0; i < json_array_size(p.list); i++) {
        const json_t *one = json_array_get(p.list, i);
        json_int_t line = json_integer_value(json_object_get(one, "line"));
        json_int_t from = json_integer_value(json_object_get(one, "from"));
        json_int_t bytes = json_integer_value(json_object_get(one, "bytes"));
        assert_in_range(line, 0, lines);
        assert_in_range(from + bytes, 0, n);
    }
    const struct mn__token *t = mn__tokens(exact, n, a);
    for (size_t at = 0; t->type != MN__TOKEN_END; t++) {
        assert_true((size_t)t->from >= at && t->n > 0);
        at = (size_t)t->from + t->n;
        assert_true(at <= n);
    }
    json_decref(p.list);
    free(exact);
    mn_arena_free(a);
}

static void scribble(char *text, size_t n) {
    static const char BYTES[] = "\"'[]{}()=,;:.-<>~#\\\n\0\x80 endo0x";
    for (unsigned times = 1 + draw(8); times > 0; times--)
        text[draw((unsigned)n)] = BYTES[draw(sizeof BYTES)];
}

static void test_broken_sources(void **state) {
    (void)state;
    glob_t g;
    assert_int_equal(glob("runbooks/*/*.lua", 0, NULL, &g), 0);
    for (int round = 0; round < ROUNDS; round++) {
        size_t n;
        char *text = read_whole(g.gl_pathv[draw((unsigned)g.gl_pathc)], &n);
        size_t from = draw((unsigned)n), to = from + draw((unsigned)(n - from));
        switch (draw(4)) {
        case 0: /* cut off */
            n = from;
            break;
        case 1: /* a part left out */
            memmove(text + from, text + to, n - to);
            n -= to - from;
            break;
        case 2: /* from the middle */
            memmove(text, text + from, n - from);
            n -= from;
            break;
        default:
            break;
        }
        if (n > 0 && draw(2))
            scribble(text, n);
        read_source(text, n);
        free(text);
    }
    globfree(&g);
}

static void test_shapes(void **state) {
    (void)state;
    static const char *const UNITS[] = {
        "(",  "{",   "[[",   "[==[", "function() ", "if x then ", "a.",
        "\"", "\\",  "--[",  "0x",   "1e+",         "tell{",      "not ",
        "-",  "::a", "for ", "in ",  "<close>",     "a,",         "\r\n"};
    for (size_t i = 0; i < MN_COUNT(UNITS); i++) {
        struct mn_buf b = MN_BUF_INIT;
        for (int k = 0; k < 4000; k++)
            mn_buf_puts(&b, UNITS[i]);
        read_source(mn_buf_text(&b), b.size);
        mn_buf_fini(&b);
    }
    read_source("", 0);
    read_source("#!shebang", 9);
}

int main(void) {
    const char *given = getenv("SEED");
    seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();
    printf("seed %u\n", seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_broken_sources),
        cmocka_unit_test(test_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
