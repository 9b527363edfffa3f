/* Hostile runbooks: each ends within its limits with a diagnostic at its line, and harms nobody.
 *
 * tests/script/hostile/NAME.lua is the body of `steps` (with `-- whole`: of the file). Its first
 * line says which diagnostic is expected, `-- here` stands on the line where it must be, `--
 * answer:` gives the answers, `-- make:` has the source made here. */
#include "script/script.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define FOLDER "tests/script/hostile"
#define ABOUT                                                                                      \
    "return runbook { id = 'hostile', version = 1, title = { vi = 'x', en = 'x' }, "               \
    "description = { vi = 'x', en = 'x' }, applies_to = { kind = 'router' }, "                     \
    "steps = function(incident) local _ = incident; "

static const char FACTS[] =
    "{\"subject\": {\"id\": \"x\", \"name\": {\"vi\": \"x\", \"en\": \"x\"}, \"kind\": null},"
    " \"symptom\": null, \"roles\": {\"operations\": \"team-1\", \"area\": null},"
    " \"teams\": {\"team-1\": {\"name\": {\"vi\": \"x\", \"en\": \"x\"}}}}";

static char *read_whole(const char *path) {
    struct mn_buf b = MN_BUF_INIT;
    char chunk[4096];
    size_t n;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        mn_buf_add(&b, chunk, n);
    fclose(f);
    return mn_buf_take(&b);
}

/* The rest of the line after `mark`, or NULL. */
static const char *marked(struct mn_arena *a, const char *text, const char *mark) {
    const char *at = strstr(text, mark);
    if (!at)
        return NULL;
    at += strlen(mark);
    return mn_arena_strndup(a, at, strcspn(at, "\n"));
}

static int line_of(const char *text, const char *mark) {
    const char *at = strstr(text, mark);
    int line = 1;
    if (!at)
        return 0;
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

static void make(const char *what, struct mn_buf *source) {
    mn_buf_clear(source);
    if (!strcmp(what, "parentheses")) {
        mn_buf_puts(source, "return ");
        mn_buf_repeat(source, '(', 100000);
    } else if (!strcmp(what, "bytecode")) {
        static const char BYTECODE[] = "\033LuaT\0\x19\x93\r\n\x1a\n\4\x8\x8xV\0\0\0";
        mn_buf_add(source, BYTECODE, sizeof BYTECODE);
    } else if (!strcmp(what, "binary")) {
        mn_buf_add(source, "\0\1\2\3\xff\xfe", 6);
    } else if (!strcmp(what, "large")) {
        mn_buf_puts(source, "-- ");
        mn_buf_repeat(source, 'x', 2 << 20);
    }
}

static void hostile(void **state) {
    const char *name = *state;
    struct mn_arena *a = mn_arena_new();
    struct mn_diags *d = mn_diags_new();
    struct mn_buf source = MN_BUF_INIT, told = MN_BUF_INIT;
    char *text = read_whole(mn_arena_printf(a, FOLDER "/%s.lua", name));
    const char *expected = marked(a, text, "-- expect: "), *given = marked(a, text, "-- answer: ");
    const char *made = marked(a, text, "-- make: ");
    if (strstr(text, "-- whole"))
        mn_buf_puts(&source, text);
    else
        mn_buf_printf(&source, ABOUT "%s\nresolve {} end }", text);
    if (made)
        make(made, &source);

    struct mn_files *runbooks = mn_files_memory("runbooks"), *library = mn_library_files();
    mn_files_put(runbooks, "hostile.lua", mn_buf_text(&source), source.size);
    json_t *facts = json_loads(FACTS, 0, NULL);
    struct mn_answer answer = {given && !strcmp(given, "ok") ? "k" : "note",
                               given && !strcmp(given, "ok") ? MN_STEP_TELL : MN_STEP_ASK,
                               "",
                               given,
                               0,
                               "tester"};
    struct mn_limits limits = mn_limits_default();
    if (strstr(text, "-- little output"))
        limits.output_mib = 1;
    struct mn_evaluation e = {.runbooks = runbooks,
                              .library = library,
                              .file = "hostile.lua",
                              .facts = facts,
                              .answers = &answer,
                              .n = given != NULL,
                              .limits = &limits};
    struct mn_progress progress;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    bool done = mn_evaluate(&e, a, &progress, d);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds =
        (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);

    mn_diags_sort(d);
    for (size_t i = 0; i < mn_diags_count(d); i++)
        mn_diags_render(d, i, MN_EN, false, &told);
    if (done || seconds > 3 || mn_diags_errors(d) != 1 ||
        strcmp(mn_code_info(mn_diags_view(d, 0).code)->name, expected) != 0 ||
        (strstr(text, "-- here") && mn_diags_view(d, 0).line != line_of(text, "-- here")))
        fail_msg("%s: expected %s at line %d within 3 s; after %.1f s %s:\n%s", name, expected,
                 line_of(text, "-- here"), seconds, done ? "done" : "failed", mn_buf_text(&told));

    /* The other incident is as it was: the next evaluation knows nothing of this one. */
    mn_files_put(runbooks, "good.lua", ABOUT "resolve {} end }", strlen(ABOUT "resolve {} end }"));
    e.file = "good.lua";
    e.n = 0;
    assert_true(mn_evaluate(&e, a, &progress, d));
    assert_int_equal(progress.state, MN_PROGRESS_RESOLVED);

    json_decref(facts);
    mn_files_free(runbooks);
    mn_files_free(library);
    mn_buf_fini(&source);
    mn_buf_fini(&told);
    free(text);
    mn_diags_free(d);
    mn_arena_free(a);
}

static int is_script(const struct dirent *e) {
    return strstr(e->d_name, ".lua") != NULL;
}

int main(void) {
    struct dirent **found;
    int n = scandir(FOLDER, &found, is_script, alphasort);
    if (n <= 0) {
        fprintf(stderr, "no %s: run in the repository\n", FOLDER);
        return 1;
    }
    struct CMUnitTest *tests = calloc((size_t)n, sizeof *tests);
    for (int i = 0; i < n; i++) {
        *strrchr(found[i]->d_name, '.') = '\0';
        tests[i] = (struct CMUnitTest){found[i]->d_name, hostile, NULL, NULL, found[i]->d_name};
    }
    int bad = _cmocka_run_group_tests("hostile", tests, (size_t)n, NULL, NULL);
    for (int i = 0; i < n; i++)
        free(found[i]);
    free(found);
    free(tests);
    return bad;
}
