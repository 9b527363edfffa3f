/* Hostile runbooks: each ends within its limits with a diagnostic at its line, and harms nobody.
 * Without the guard that is against it, each succeeds.
 *
 * tests/script/hostile/NAME.lua is the body of `steps` (with `-- whole`: of the file). Its first
 * line says which diagnostic is expected, `-- here` stands on the line where it must be, `--
 * answer:` gives the answers, `-- make:` has the source made here. `-- without: GUARD… = WHAT` is
 * what happens when those guards are left out, the worker's outer limits still being there: it is
 * "done", it "hangs", it "grows", or another diagnostic. With `-- words` it begins with all that
 * stock Lua has. */
#include "script/job.h"

#include <dirent.h>
#include <lauxlib.h>
#include <lualib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define LOCKED false /* workers may ask anything of the kernel: the sanitizer does */
#define SLOWER 3
#else
#define LOCKED true
#define SLOWER 1
#endif

#define FOLDER "tests/script/hostile"
#define OTHER "build/hostile-journal.db"
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

static int add_compiled(lua_State *L, const void *p, size_t n, void *source) {
    (void)L;
    mn_buf_add(source, p, n);
    return 0;
}

/* A runbook that resolves at once, as nobody can read it. */
static void compile(struct mn_buf *source) {
    static const char TEXT[] = ABOUT "resolve {} end }";
    lua_State *L = luaL_newstate();
    assert_int_equal(luaL_loadbufferx(L, TEXT, strlen(TEXT), "=0", "t"), LUA_OK);
    assert_int_equal(lua_dump(L, add_compiled, source, false), 0);
    lua_close(L);
}

static void make(const char *what, struct mn_buf *source) {
    mn_buf_clear(source);
    if (!strcmp(what, "parentheses")) {
        mn_buf_puts(source, "return ");
        mn_buf_repeat(source, '(', 100000);
    } else if (!strcmp(what, "bytecode")) {
        compile(source);
    } else if (!strcmp(what, "binary")) {
        mn_buf_add(source, "\0\1\2\3\xff\xfe", 6);
    } else if (!strcmp(what, "large")) {
        mn_buf_puts(source, "-- ");
        mn_buf_repeat(source, 'x', 2 << 20);
    }
}

/* ---- guards that are left out ---- */

enum { OUTER_MS = 1000, OUTER_MIB = 256, OUTER_LUA_MIB = OUTER_MIB / 4 * 3 };

/* All of stock Lua into the table of words on top. */
static void all_words(lua_State *L) {
    int words = lua_gettop(L);
    luaL_openlibs(L);
    lua_pushglobaltable(L);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, words);
    }
    lua_settop(L, words);
}

static bool names(const char *list, const char *name) {
    const char *at = strstr(list, name);
    return at && at < strchr(list, '=');
}

static double seconds_since(struct timespec start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start.tv_sec) + 1e-9 * (double)(now.tv_nsec - start.tv_nsec);
}

/* The job's end in a word. */
static const char *end_of(const struct mn__job *job, struct mn_buf *told) {
    struct mn_diags *d = mn_diags_new();
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    json_t *doc = mn__job_run(job, d);
    double took = seconds_since(start);
    const char *end = doc ? "done" : mn_code_info(mn_diags_view(d, 0).code)->name;
    if (!strcmp(end, "runbook-time") && 1000 * took >= job->limits.wall_ms)
        end = "hangs";
    if (mn_diags_count(d) > 0)
        mn_diags_render(d, 0, MN_EN, false, told);
    /* It took more than the guard lets it have, up to what the outer limit does. */
    char grown[64];
    snprintf(grown, sizeof grown, "needs more than %d MiB", OUTER_LUA_MIB);
    if (!strcmp(end, "runbook-memory") && strstr(mn_buf_text(told), grown))
        end = "grows";
    json_decref(doc);
    mn_diags_free(d);
    return end;
}

static void succeeds_without(const char *name, const char *without, bool words,
                             const struct mn_evaluation *e) {
    struct mn__guards guards = mn__guards_all();
    struct mn_limits limits = *e->limits;
    const char *expected = strchr(without, '=') + 2;
    bool hangs = !strcmp(expected, "hangs");
    if (!LOCKED && !strcmp(expected, "runbook-garbled"))
        return; /* an exit of its own is the sanitizer's to look at */
    struct mn_buf told = MN_BUF_INIT;
    guards.text = !names(without, "text");
    guards.syntax = !names(without, "syntax");
    guards.tables = !names(without, "tables");
    guards.fields = !names(without, "fields");
    guards.kernel = !names(without, "kernel");
    if (names(without, "depth"))
        guards.depth = 1000000;
    if (words || names(without, "words"))
        guards.words = all_words;
    if (names(without, "instructions"))
        limits.instructions = UINT64_MAX;
    if (names(without, "memory"))
        limits.memory_mib = OUTER_MIB;
    if (names(without, "output"))
        limits.output_mib = 64;
    limits.wall_ms = hangs ? OUTER_MS : 60000;
    limits.cpu_s = 60;
    struct mn__job job = {.task = MN__TASK_EVALUATE,
                          .runbooks = e->runbooks,
                          .library = e->library,
                          .file = e->file,
                          .facts = e->facts,
                          .answers = e->answers,
                          .n = e->n,
                          .limits = limits,
                          .guards = &guards};
    const char *end = end_of(&job, &told);
    if (strcmp(end, expected) != 0)
        fail_msg("%s without %s, but %s:\n%s", name, without, end, mn_buf_text(&told));
    /* The deadline itself is the guard: an earlier one ends it earlier. */
    if (names(without, "time")) {
        job.limits.wall_ms = OUTER_MS / 4;
        assert_string_equal(end_of(&job, &told), "hangs");
    }
    mn_buf_fini(&told);
}

static bool evaluate_with_words(const struct mn_evaluation *e, struct mn_diags *d) {
    struct mn__guards guards = mn__guards_all();
    guards.words = all_words;
    struct mn__job job = {.task = MN__TASK_EVALUATE,
                          .runbooks = e->runbooks,
                          .library = e->library,
                          .file = e->file,
                          .facts = e->facts,
                          .limits = *e->limits,
                          .guards = &guards};
    json_t *doc = mn__job_run(&job, d);
    json_decref(doc);
    return doc != NULL;
}

/* ---- one runbook ---- */

static void hostile(void **state) {
    const char *name = *state;
    struct mn_arena *a = mn_arena_new();
    struct mn_diags *d = mn_diags_new();
    struct mn_buf source = MN_BUF_INIT, told = MN_BUF_INIT;
    char *text = read_whole(mn_arena_printf(a, FOLDER "/%s.lua", name));
    const char *expected = marked(a, text, "-- expect: "), *given = marked(a, text, "-- answer: ");
    const char *made = marked(a, text, "-- make: "), *without = marked(a, text, "-- without: ");
    bool words = strstr(text, "-- words") != NULL;
    if (!LOCKED && (words || (without && names(without, "memory")))) {
        free(text);
        mn_diags_free(d);
        mn_arena_free(a);
        skip();
    }
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
    limits.wall_ms *= SLOWER;
    limits.cpu_s *= SLOWER;
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
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    bool done = words ? evaluate_with_words(&e, d) : mn_evaluate(&e, a, &progress, d);
    double seconds = seconds_since(start);

    mn_diags_sort(d);
    for (size_t i = 0; i < mn_diags_count(d); i++)
        mn_diags_render(d, i, MN_EN, false, &told);
    if (done || seconds > 3 * SLOWER || mn_diags_errors(d) != 1 ||
        strcmp(mn_code_info(mn_diags_view(d, 0).code)->name, expected) != 0 ||
        (strstr(text, "-- here") && mn_diags_view(d, 0).line != line_of(text, "-- here")))
        fail_msg("%s: expected %s at line %d within %d s; after %.1f s %s:\n%s", name, expected,
                 line_of(text, "-- here"), 3 * SLOWER, seconds, done ? "done" : "failed",
                 mn_buf_text(&told));
    if (without)
        succeeds_without(name, without, words, &e);

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

/* Runbooks that are loaded in one worker: one that ends it costs the others nothing, wherever among
 * them it stands, and is told at its line. */
static void among_others(void **state) {
    (void)state;
    static const char hangs[] = "local s = string.rep('a', 3000)\n"
                                "string.find(s, '.-.-.-.-.-.-.-.-b')\n";
    static const struct {
        const char *name, *text;
    } files[] = {
        {"a.lua", ABOUT "resolve {} end }"}, {"b.lua", hangs}, {"c.lua", ABOUT "resolve {} end }"},
        {"d.lua", "error('bad', 0)"},        {"e.lua", hangs}, {"f.lua", ABOUT "resolve {} end }"}};
    struct mn_files *runbooks = mn_files_memory("runbooks"), *library = mn_library_files();
    struct mn_diags *d = mn_diags_new();
    struct mn__job jobs[MN_COUNT(files)];
    json_t *docs[MN_COUNT(files)];
    for (size_t i = 0; i < MN_COUNT(files); i++) {
        mn_files_put(runbooks, files[i].name, files[i].text, strlen(files[i].text));
        jobs[i] = (struct mn__job){.task = MN__TASK_LOAD,
                                   .runbooks = runbooks,
                                   .library = library,
                                   .file = files[i].name,
                                   .limits = mn_limits_default()};
        jobs[i].limits.wall_ms = OUTER_MS / 4;
    }
    mn__jobs_run(jobs, MN_COUNT(files), docs, d);
    for (size_t i = 0; i < MN_COUNT(files); i++) {
        assert_int_equal(docs[i] != NULL, files[i].text[0] == 'r');
        json_decref(docs[i]);
    }
    assert_int_equal(mn_diags_count(d), 3);
    static const char *const told[] = {"b.lua", "d.lua", "e.lua"};
    for (size_t i = 0; i < MN_COUNT(told); i++) {
        struct mn_diag_view v = mn_diags_view(d, i);
        struct mn_buf b = MN_BUF_INIT;
        mn_diags_render(d, i, MN_EN, false, &b);
        assert_non_null(strstr(mn_buf_text(&b), told[i]));
        mn_buf_fini(&b);
        if (i != 1) {
            assert_int_equal(v.code, MN_D_script_time);
            assert_int_equal(v.line, 2);
        }
    }
    mn_diags_free(d);
    mn_files_free(runbooks);
    mn_files_free(library);
}

/* What a page was made from is run though today's program takes something in its source for a
 * mistake; a runbook that cannot be run is refused all the same. */
static void pinned_is_run(void **state) {
    (void)state;
    static const char text[] =
        ABOUT "local n = ask { key = 'n', vi = 'a', en = 'a', free = true }\n"
              "if n == 'x' then tell { key = 'never', vi = 'a', en = 'a' } end resolve {} end }";
    struct mn_files *runbooks = mn_files_memory("runbooks"), *library = mn_library_files();
    struct mn_diags *d = mn_diags_new();
    mn_files_put(runbooks, "earlier.lua", text, strlen(text));
    struct mn_catalogue *c = mn_catalogue_load(runbooks, library, d);
    assert_int_equal(mn_catalogue_count(c), 0);
    assert_int_equal(mn_diags_view(d, 0).code, MN_D_script_free_compared);
    mn_catalogue_free(c);
    mn_files_put(runbooks, "broken.lua", "error('bad', 0)", strlen("error('bad', 0)"));
    c = mn_catalogue_pinned(runbooks, library, d);
    assert_int_equal(mn_catalogue_count(c), 1);
    assert_string_equal(mn_catalogue_at(c, 0)->file, "earlier.lua");
    assert_int_equal(mn_diags_count(d), 2);
    mn_catalogue_free(c);
    mn_diags_free(d);
    mn_files_free(runbooks);
    mn_files_free(library);
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
    struct CMUnitTest *tests = calloc((size_t)n + 2, sizeof *tests);
    for (int i = 0; i < n; i++) {
        *strrchr(found[i]->d_name, '.') = '\0';
        tests[i] = (struct CMUnitTest){found[i]->d_name, hostile, NULL, NULL, found[i]->d_name};
    }
    tests[n] = (struct CMUnitTest)cmocka_unit_test(among_others);
    tests[n + 1] = (struct CMUnitTest)cmocka_unit_test(pinned_is_run);
    FILE *other = fopen(OTHER, "w");
    if (!other || fputs("another incident", other) < 0 || fclose(other) != 0)
        return 1;
    int bad = _cmocka_run_group_tests("hostile", tests, (size_t)n + 2, NULL, NULL);
    for (int i = 0; i < n; i++)
        free(found[i]);
    free(found);
    free(tests);
    return bad;
}
