/* Inside script/ only: one worker's task, what the child does and what the parent makes of it. */
#ifndef MN_SCRIPT_JOB_H
#define MN_SCRIPT_JOB_H

#include "script/state.h"

enum mn__task {
    MN__TASK_LIBRARY,  /* read the sources of the library's modules */
    MN__TASK_LOAD,     /* read a runbook's source, run its file, say what it describes */
    MN__TASK_EVALUATE, /* run its file and its steps on the answers */
    MN__TASK_EXPLORE,  /* on every answer */
    MN__TASK_PROMPT,   /* run what was typed, on the answers, and show what it gives */
};

struct mn__job {
    enum mn__task task;
    struct mn_files *runbooks, *library;
    const char *file; /* the runbook, or what was typed last; NULL with MN__TASK_LIBRARY */
    const char *const *earlier; /* what was typed before, also in `runbooks` */
    size_t n_earlier;
    const json_t *model; /* of mn_model_facts, with MN__TASK_PROMPT */
    bool unread;         /* with the first two: what only reading the source tells is no matter */
    bool whole;          /* nothing can follow what was typed: that it is unfinished is an error */
    const json_t *facts;
    const struct mn_answer *answers;
    size_t n;
    bool whole_path; /* as in struct mn_evaluation */
    struct mn_limits limits;
    const struct mn__guards *guards; /* NULL: all of them */
    size_t most_states, most_tries;  /* while exploring */
    /* Called in the parent with a document without problems, if set; false when it does not fit. */
    bool (*take)(void *arg, const json_t *doc, const struct mn_source *const *files, size_t n_files,
                 struct mn_diags *d);
    void *arg;
};

/* Runs jobs with the same limits and guards, one after another in as few workers as that takes: one
 * that ends its worker costs the others nothing. docs[i] becomes what job i made, as below. When
 * the library is among them and fails, what comes after it is not run. */
void mn__jobs_run(const struct mn__job *jobs, size_t n, json_t **docs, struct mn_diags *d);

/* Runs the job in a worker. The document that the child made (new reference), its problems told;
 * NULL when there was any error. */
json_t *mn__job_run(const struct mn__job *job, struct mn_diags *d);

/* Runs the file's function, on top of L, which must return what `runbook` made. */
bool mn__run_runbook(struct mn__run *run, lua_State *L);

/* The coroutine that will run its `steps`, with the facts to be given to it; and what to say when
 * it has not left for a step but ended with that status. */
lua_State *mn__begin_steps(struct mn__run *run, lua_State *L);
void mn__steps_ended(struct mn__run *run, lua_State *co, int status);

/* The child's part of exploring: adds to the document. */
void mn__explore_work(const struct mn__job *job, struct mn__run *run, json_t *doc);

/* Adds a note to the last diagnostic: the answers on the node's shortest walk, and that of its edge
 * (-1: none). */
void mn__note_answers(const struct mn_flow *flow, int node, int edge, struct mn_arena *a,
                      struct mn_diags *d);

/* The child's part: run->files and so on are set. Returns the document. */
json_t *mn__job_work(const struct mn__job *job, struct mn__run *run);
/* Frees what that needed, where the worker goes on. */
void mn__job_end(struct mn__run *run);

#endif
