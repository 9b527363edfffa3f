/* Disposable workers: work that is not trusted to end or to stay small runs in a forked child.
 *
 * The child has limits on CPU time, wall clock, memory and output, cannot open files for writing,
 * reach the network or start programs, hands its result back over a pipe, and leaves with _exit.
 * The deadline is enforced from outside; a child that is killed costs a diagnostic and nothing
 * else. */
#ifndef MN_BASE_WORKER_H
#define MN_BASE_WORKER_H

#include "base/buf.h"
#include "base/diag.h"

struct mn_worker {
    const char *what;        /* for diagnostics: "kịch bản x", a name without language */
    unsigned wall_ms;        /* the deadline */
    unsigned cpu_s;          /* RLIMIT_CPU */
    size_t memory_mib;       /* address space above what the parent has now */
    size_t output_mib;       /* result */
    void (*warm)(void *arg); /* runs in the child before it is locked, or NULL */
    int (*work)(void *arg, int out); /* writes its result to fd `out`; returns the exit status */
    void *arg;
    bool files; /* may still open files for reading (fonts) */
    bool open;  /* may ask everything of the kernel: only tests, to see what the lock keeps out */
    /* Called in the parent whenever the child has told of more with mn_worker_tell; or NULL. */
    void (*progress)(void *arg, int done, int total);
    void *progress_arg;
};

/* In the child: says how far the work is; `out` as it was given to `work`, or -1: to nobody. */
void mn_worker_tell(int out, int done, int total);

/* Runs the work; its output is added to `out`. Returns true when the child exited by itself with
 * status 0; otherwise a diagnostic says what ended it (exit status other than 0: the output is
 * whatever the child wrote, *status says which, and no diagnostic is added). */
bool mn_worker_run(const struct mn_worker *w, struct mn_buf *out, int *status, struct mn_diags *d);

#endif
