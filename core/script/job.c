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
    const struct mn__job *job;
    struct mn__run run;
};

static int work(void *arg, int out) {
    struct child *c = arg;
    struct mn_buf b = MN_BUF_INIT;
    setlocale(LC_ALL, "C"); /* how text compares and numbers are written: the same for everybody */
    json_t *doc = mn__job_work(c->job, &c->run);
    mn_json_write(&b, doc, 0, false);
    return mn_write_all(out, b.data, b.size) ? 0 : 1;
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

json_t *mn__job_run(const struct mn__job *job, struct mn_diags *d) {
    struct child child = {.job = job};
    struct mn__here *here =
        mmap(NULL, sizeof(*here), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct mn_worker worker = {
        .what = job->file ? job->file : "lua/metronet",
        .wall_ms = job->limits.wall_ms,
        .cpu_s = job->limits.cpu_s,
        .memory_mib = job->limits.memory_mib,
        .output_mib = job->limits.output_mib,
        .work = work,
        .arg = &child,
        .open = job->guards && !job->guards->kernel,
    };
    struct mn_buf out = MN_BUF_INIT;
    struct mn_diags *said = mn_diags_new();
    json_t *doc = NULL;
    int status;
    if (here == MAP_FAILED) {
        mn_diag(d, MN_D_worker_start, MN_NOWHERE, MN_ARGS(worker.what, "mmap"));
        goto out;
    }
    *here = (struct mn__here){job->file ? 0 : -1, 0};
    child.run.here = here;
    if (!read_sources(job, &child.run, d))
        goto out;
    if (!mn_worker_run(&worker, &out, &status, said)) {
        tell_end(&child.run, job, said, d);
        goto out;
    }
    doc = json_loadb(mn_buf_text(&out), out.size, 0, NULL);
    size_t errors = mn_diags_errors(d);
    if (!mn__problems_tell(json_object_get(doc, "problems"), child.run.files, child.run.n_files,
                           d) &&
        mn_diags_errors(d) == errors)
        mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(worker.what));
    bool good = mn_diags_errors(d) == errors;
    if (good && job->take && !job->take(job->arg, doc, child.run.files, child.run.n_files, d))
        mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(worker.what));
    if (!good) {
        json_decref(doc);
        doc = NULL;
    }
out:
    if (here != MAP_FAILED)
        munmap(here, sizeof(*here));
    free((void *)child.run.files);
    free((void *)child.run.names);
    mn_diags_free(said);
    mn_buf_fini(&out);
    return doc;
}
