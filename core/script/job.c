/* The parent's part of a job: hands the sources to a worker, listens, and tells what went wrong. */
#include "script/job.h"
#include "base/worker.h"
#include "base/write.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGEST_FILE = 1 << 20 };

struct mn_limits mn_limits_default(void) {
    return (struct mn_limits){
        .wall_ms = 2000, .cpu_s = 2, .memory_mib = 64, .output_mib = 4, .instructions = 10000000};
}

struct mn__guards mn__guards_all(void) {
    return (struct mn__guards){.text = true,
                               .syntax = true,
                               .tables = true,
                               .fields = true,
                               .kernel = true,
                               .depth = 10000};
}

struct child {
    const struct mn__job *jobs;
    struct mn__run *runs;
    size_t n;
};

/* A line of JSON for each job, as soon as it is done. */
static int work(void *arg, int out) {
    struct child *c = arg;
    setlocale(LC_ALL, "C"); /* how text compares and numbers are written: the same for everybody */
    for (size_t i = 0; i < c->n; i++) {
        struct mn_buf b = MN_BUF_INIT;
        json_t *doc = mn__job_work(&c->jobs[i], &c->runs[i]);
        mn_json_write(&b, doc, 0, false);
        mn_buf_puts(&b, "\n");
        if (!mn_write_all(out, b.data, b.size))
            return 1;
        json_decref(doc);
        mn_buf_fini(&b);
        if (i + 1 < c->n) /* the last ends with the process */
            mn__job_end(&c->runs[i]);
    }
    return 0;
}

/* The sources of the job, read before the fork: the worker opens no file. */
static bool read_sources(const struct mn__job *job, struct mn__run *run, struct mn_diags *d) {
    static const struct mn_source none = {.name = "", .text = ""};
    size_t n;
    const char *const *names = mn_files_glob(job->library, "metronet/*.lua", &n);
    size_t all = 1 + n + job->n_earlier;
    const struct mn_source **files = mn_new0(all, sizeof(*files));
    const char **kept = mn_new0(all, sizeof(*kept));
    bool ok = true;
    files[0] = &none;
    kept[0] = job->file ? job->file : "";
    if (job->file)
        ok = (files[0] = mn_files_read(job->runbooks, job->file, LARGEST_FILE, MN_NOWHERE, d));
    for (size_t i = 0; i < n; i++) {
        kept[i + 1] = names[i];
        files[i + 1] = mn_files_read(job->library, names[i], LARGEST_FILE, MN_NOWHERE, d);
        ok = ok && files[i + 1];
    }
    run->files = files;
    run->names = kept;
    for (size_t i = 0; i < job->n_earlier; i++) {
        kept[1 + n + i] = job->earlier[i];
        files[1 + n + i] =
            mn_files_read(job->runbooks, job->earlier[i], LARGEST_FILE, MN_NOWHERE, d);
        ok = ok && files[1 + n + i];
    }
    run->n_files = all;
    return ok;
}

/* A worker that was ended: its diagnostic, but at the line where the script was. */
static void tell_end(const struct mn__run *run, const struct mn__job *job, struct mn_diags *said,
                     struct mn_diags *d) {
    char seconds[16], mib[16], output[16];
    struct mn_loc at = MN_NOWHERE;
    int file = run->here->file;
    if (file >= 0 && (size_t)file < run->n_files)
        at = mn__line_of(run->files[file], run->here->line);
    snprintf(seconds, sizeof(seconds), "%u", job->limits.cpu_s);
    snprintf(mib, sizeof(mib), "%zu", job->limits.memory_mib);
    snprintf(output, sizeof(output), "%zu", job->limits.output_mib);
    enum mn_code code = mn_diags_count(said) ? mn_diags_view(said, 0).code : MN_D_worker_crashed;
    if (code == MN_D_worker_time)
        mn_diag(d, MN_D_script_time, at, MN_ARGS(seconds));
    else if (code == MN_D_worker_memory)
        mn_diag(d, MN_D_script_memory, at, MN_ARGS(mib));
    else if (code == MN_D_worker_output)
        mn_diag(d, MN_D_script_output, at, MN_ARGS(output));
    else if (code == MN_D_worker_crashed)
        mn_diag(d, MN_D_script_crashed, at, MN_NO_ARGS);
    else
        mn_diags_move(d, said);
}

static const char *name_of(const struct mn__job *job) {
    return job->file ? job->file : "lua/metronet";
}

/* What one job's document tells, and whether it is good: NULL otherwise. */
static json_t *settle(const struct mn__job *job, const struct mn__run *run, json_t *doc,
                      struct mn_diags *d) {
    size_t errors = mn_diags_errors(d);
    if (!mn__problems_tell(json_object_get(doc, "problems"), run->files, run->n_files, d) &&
        mn_diags_errors(d) == errors)
        mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(name_of(job)));
    bool good = mn_diags_errors(d) == errors;
    if (good && job->take && !job->take(job->arg, doc, run->files, run->n_files, d))
        mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(name_of(job)));
    if (good)
        return doc;
    json_decref(doc);
    return NULL;
}

/* Takes the line that *text begins with; NULL when it is no whole one, or not JSON. */
static json_t *take_line(const char **text) {
    const char *end = strchr(*text, '\n');
    json_t *doc = end ? json_loadb(*text, (size_t)(end - *text), 0, NULL) : NULL;
    if (end)
        *text = end + 1;
    return doc;
}

/* Runs jobs in one worker until one ends it. Returns how many are settled, at least one: the first
 * too that ended it by itself. One that did so after others may only have come too late, and is
 * left to be tried again. */
static size_t run_some(const struct mn__job *jobs, struct mn__run *runs, size_t n, json_t **docs,
                       struct mn_diags *d) {
    struct child child = {jobs, runs, n};
    struct mn_worker worker = {
        .what = name_of(jobs),
        .wall_ms = jobs->limits.wall_ms,
        .cpu_s = jobs->limits.cpu_s,
        .memory_mib = jobs->limits.memory_mib,
        .output_mib = jobs->limits.output_mib,
        .work = work,
        .arg = &child,
        .open = jobs->guards && !jobs->guards->kernel,
    };
    struct mn_buf out = MN_BUF_INIT;
    struct mn_diags *said = mn_diags_new();
    size_t done = 0;
    int status;
    *runs->here = (struct mn__here){jobs->file ? 0 : -1, 0};
    bool ok = mn_worker_run(&worker, &out, &status, said);
    for (const char *text = mn_buf_text(&out); done < n && (ok || strchr(text, '\n')); done++) {
        json_t *doc = take_line(&text);
        docs[done] = settle(&jobs[done], &runs[done], doc, d);
        if (!docs[done] && jobs[done].task == MN__TASK_LIBRARY)
            done = n - 1; /* each runbook would only fail for the same reason */
    }
    if (done == 0) {
        tell_end(runs, jobs, said, d);
        done = jobs->task == MN__TASK_LIBRARY ? n : 1;
    }
    mn_diags_free(said);
    mn_buf_fini(&out);
    return done;
}

void mn__jobs_run(const struct mn__job *jobs, size_t n, json_t **docs, struct mn_diags *d) {
    struct mn__run *runs = mn_new0(n, sizeof(*runs));
    struct mn__here *here =
        mmap(NULL, sizeof(*here), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (here == MAP_FAILED)
        mn_diag(d, MN_D_worker_start, MN_NOWHERE, MN_ARGS(name_of(jobs), "mmap"));
    for (size_t i = 0; i < n; i++) {
        docs[i] = NULL;
        runs[i].here = here;
    }
    for (size_t i = 0, ready = 0; here != MAP_FAILED && i < n; ready = i) {
        struct mn_diags *unread = mn_diags_new(); /* told in its turn */
        while (ready < n && read_sources(&jobs[ready], &runs[ready], unread))
            ready++;
        while (i < ready)
            i += run_some(jobs + i, runs + i, ready - i, docs + i, d);
        mn_diags_move(d, unread);
        mn_diags_free(unread);
        i += i < n;
    }
    for (size_t i = 0; i < n; i++) {
        free((void *)runs[i].files);
        free((void *)runs[i].names);
    }
    if (here != MAP_FAILED)
        munmap(here, sizeof(*here));
    free(runs);
}

json_t *mn__job_run(const struct mn__job *job, struct mn_diags *d) {
    json_t *doc;
    mn__jobs_run(job, 1, &doc, d);
    return doc;
}
