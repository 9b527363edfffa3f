/* How long the next step takes on an incident with 50 answers, from the answer until what is asked
 * next is known: recording it (a transaction and its fsync), reading the journal, a fork, and the
 * replay. Beside it bare commits of SQLite, one row each, on the same disk with the same settings.
 *
 *     next_step FOLDER TIMES OTHERS
 *
 * OTHERS: how many other incidents are open. Prints seconds: median and 99th percentile of the
 * step, and median of the commit; then KiB of memory that the process took at most. Run in the
 * repository. */
#include "incident/incident.h"
#include "incident/record.h"
#include "script/script.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ANSWERS = 50 };

static const char RUNBOOK[] =
    "return runbook { id = 'long', version = 1, title = { vi = 'x', en = 'x' },\n"
    "description = { vi = 'x', en = 'x' }, applies_to = { site_types = { 'ward' } },\n"
    "steps = function() repeat until check { key = 'again', vi = 'Tiếp?', en = 'Stop?' } == 'yes'\n"
    "resolve {} end }\n";

struct bench {
    struct mn_store *store;
    struct mn_files *runbooks, *library;
    struct mn_incident *incident;
    struct mn_arena *arena;
    struct mn_progress progress;
    struct mn_diags *d;
    char id[MN_INCIDENT_ID];
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(const struct bench *b, bool ok) {
    if (ok)
        return;
    struct mn_buf told = MN_BUF_INIT;
    for (size_t i = 0; i < mn_diags_count(b->d); i++)
        mn_diags_render(b->d, i, MN_EN, false, &told);
    fprintf(stderr, "next_step: failed\n%s", mn_buf_text(&told));
    exit(1);
}

/* What the walk does after each answer: what was added is read and the runbook evaluated anew. */
static void look(struct bench *b) {
    struct mn_answer *answers;
    if (b->incident)
        must(b, mn_incident_reload(b->store, b->incident, b->d));
    else
        b->incident = mn_incident_load(b->store, b->id, false, b->d);
    must(b, b->incident);
    mn_arena_free(b->arena);
    b->arena = mn_arena_new();
    must(b, mn_incident_answers(b->incident, b->arena, &answers, b->d));
    struct mn_evaluation e = {.runbooks = b->runbooks,
                              .library = b->library,
                              .file = "long.lua",
                              .facts = json_object_get(b->incident->opened, "facts"),
                              .answers = answers,
                              .n = b->incident->n_answers};
    must(b, mn_evaluate(&e, b->arena, &b->progress, b->d));
}

static void answer(struct bench *b) {
    struct mn_by by = {"bench", 1795334400 + (int64_t)b->incident->n_answers};
    must(b,
         mn_record_answer(b->store, b->incident, b->progress.step, "no", by, b->d) == MN_APPENDED);
    look(b);
}

/* Opens n incidents. */
static void begin(struct bench *b, const char *folder, size_t n) {
    struct mn_files *files = mn_files_dir("topology/tiny", "topology/tiny");
    struct mn_model *m = mn_model_load(files, b->d);
    must(b, m);
    b->runbooks = mn_files_memory("bench");
    mn_files_put(b->runbooks, "long.lua", RUNBOOK, strlen(RUNBOOK));
    b->library = mn_library_files();
    struct mn_catalogue *c = mn_catalogue_load(b->runbooks, b->library, b->d);
    must(b, mn_catalogue_count(c) == 1);
    b->arena = mn_arena_new();
    b->store =
        mn_store_open(mn_arena_printf(b->arena, "%s/journal.db", folder), MN_STORE_WRITE, b->d);
    must(b, b->store);
    struct mn_subject subject = mn_subject_site(0);
    json_t *facts = mn_incident_facts(m, subject, NULL, NULL, "bench");
    struct mn_opening o = {.model = m,
                           .runbook = mn_catalogue_at(c, 0),
                           .subject = subject,
                           .symptom = -1,
                           .severity = -1,
                           .facts = facts,
                           .model_files = files,
                           .runbook_files = b->runbooks,
                           .library_files = b->library,
                           .program = "bench"};
    for (size_t i = 0; i < n; i++) /* the last is the one that is answered */
        must(b, mn_record_opened(b->store, &o, 2026, (struct mn_by){"bench", 1795334400}, b->id,
                                 b->d));
    json_decref(facts);
    mn_catalogue_free(c);
    mn_model_free(m);
    mn_files_free(files);
    look(b);
}

static void bare_commit(sqlite3 *db, int64_t n) {
    char sql[128];
    snprintf(sql, sizeof sql, "INSERT INTO t VALUES (%lld, zeroblob(600))", (long long)n);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "next_step: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

static int by_size(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv) {
    size_t times = argc == 4 ? (size_t)atoi(argv[2]) : 0;
    if (times == 0) {
        fprintf(stderr, "usage: next_step FOLDER TIMES OTHERS\n");
        return 2;
    }
    mn_heap_keep();
    struct bench b = {.d = mn_diags_new()};
    double *steps = mn_new0(times, sizeof *steps), *commits = mn_new0(times, sizeof *commits);
    size_t others = (size_t)atoi(argv[3]);
    if (others && fork() == 0) { /* what that takes is not counted */
        begin(&b, argv[1], others);
        _exit(0);
    }
    wait(NULL);
    begin(&b, argv[1], 1);
    sqlite3 *db;
    if (sqlite3_open(mn_arena_printf(b.arena, "%s/bare.db", argv[1]), &db) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA synchronous=FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, x)", NULL,
                     NULL, NULL) != SQLITE_OK)
        return 1;
    while (b.incident->n_answers < ANSWERS)
        answer(&b);
    for (size_t i = 0; i < times; i++) {
        double start = now();
        bare_commit(db, (int64_t)i);
        commits[i] = now() - start;
        start = now();
        answer(&b);
        steps[i] = now() - start;
        struct mn_by by = {"bench", 1795334500};
        json_t *nothing = json_array(); /* a check is not done outside */
        must(&b, mn_record_rewind(b.store, b.incident, ANSWERS, nothing, by, b.d) == MN_APPENDED);
        json_decref(nothing);
        look(&b);
    }
    qsort(steps, times, sizeof *steps, by_size);
    qsort(commits, times, sizeof *commits, by_size);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%f %f %f %ld\n", steps[times / 2], steps[times * 99 / 100], commits[times / 2],
           used.ru_maxrss);
    sqlite3_close(db);
    mn_incident_free(b.incident);
    mn_store_close(b.store);
    mn_files_free(b.runbooks);
    mn_files_free(b.library);
    mn_arena_free(b.arena);
    mn_diags_free(b.d);
    free(steps);
    free(commits);
    return 0;
}
