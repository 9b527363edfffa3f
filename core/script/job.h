/* Inside script/ only: one worker's task, what the child does and what the parent makes of it. */
#ifndef MN_SCRIPT_JOB_H
#define MN_SCRIPT_JOB_H

#include "script/state.h"

enum mn__task {
    MN__TASK_LIBRARY,  /* read the sources of the library's modules */
    MN__TASK_LOAD,     /* read a runbook's source, run its file, say what it describes */
    MN__TASK_EVALUATE, /* run its file and its steps on the answers */
};

struct mn__job {
    enum mn__task task;
    struct mn_files *runbooks, *library;
    const char *file; /* the runbook; NULL with MN__TASK_LIBRARY */
    const json_t *facts;
    const struct mn_answer *answers;
    size_t n;
    struct mn_limits limits;
    const struct mn__guards *guards; /* NULL: all of them */
};

/* Runs the job in a worker. The document that the child made (new reference), its problems told;
 * NULL when there was any error. */
json_t *mn__job_run(const struct mn__job *job, struct mn_diags *d);

/* The child's part: run->files and so on are set. Returns the document. */
json_t *mn__job_work(const struct mn__job *job, struct mn__run *run);

#endif
