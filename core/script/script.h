/* Runbooks written in Lua: loaded, checked and evaluated in disposable workers.
 *
 * This room owns the Lua state: its allow-list, limits and bindings, and is the only one that
 * includes <lua.h>. It must not know the journal, terminals or diagrams. No error and no longjmp
 * leaves it: what goes wrong in a script is a diagnostic at the script's file and line. */
#ifndef MN_SCRIPT_SCRIPT_H
#define MN_SCRIPT_SCRIPT_H

#include "runbook/answer.h"
#include "runbook/explore.h"
#include "runbook/runbook.h"

/* The library that runbooks are written in, as it is built into the program. The caller frees. */
struct mn_files *mn_library_files(void);

/* What one evaluation may use. */
struct mn_limits {
    unsigned wall_ms, cpu_s;
    size_t memory_mib, output_mib;
    uint64_t instructions; /* of the Lua machine: the limit that is the same on every computer */
};
struct mn_limits mn_limits_default(void); /* 2 s, 2 s, 64 MiB, 4 MiB, 10 million */

struct mn_catalogue;

/* Loads every runbook in the set (all *.lua but those below tests/) in disposable workers. Those
 * that are sound are in the catalogue, in order of id; for the others diagnostics say what is
 * wrong, all at once. Never NULL. Texts that are located stay valid while the sets live. */
struct mn_catalogue *mn_catalogue_load(struct mn_files *runbooks, struct mn_files *library,
                                       struct mn_diags *d);
/* The same of what an incident or a page follows already: it is run and not read, so that what a
 * later program takes for a mistake in the source refuses nothing that went well until then. */
struct mn_catalogue *mn_catalogue_pinned(struct mn_files *runbooks, struct mn_files *library,
                                         struct mn_diags *d);
void mn_catalogue_free(struct mn_catalogue *c);

size_t mn_catalogue_count(const struct mn_catalogue *c);
const struct mn_runbook *mn_catalogue_at(const struct mn_catalogue *c, size_t i);
const struct mn_runbook *mn_catalogue_find(const struct mn_catalogue *c, const char *id);

/* Everything in the runbooks that names something of the model (kinds, teams, roles, components)
 * does name something, or a diagnostic at its line says what it does not, with a suggestion. */
bool mn_catalogue_check(const struct mn_catalogue *c, const struct mn_model *m, struct mn_diags *d);

/* Sets named[team] for each of the model's teams that a runbook, or its library, names. */
void mn_catalogue_teams(const struct mn_catalogue *c, const struct mn_model *m, bool *named);

/* Adds what is no mistake in the runbooks but of no good to an officer, as warnings; once. */
void mn_catalogue_advise(struct mn_catalogue *c, struct mn_diags *d);

/* Runbooks that apply, in order of id: indices for mn_catalogue_at. Writes at most `max`, returns
 * how many there are. For a site (component -1) those too that apply to something in it or that it
 * uses. */
size_t mn_catalogue_applies(const struct mn_catalogue *c, const struct mn_model *m,
                            struct mn_subject subject, size_t *at, size_t max);

/* What is to be evaluated: all of it borrowed. */
struct mn_evaluation {
    struct mn_files *runbooks, *library; /* on disk, or as the incident has pinned them */
    const char *file;                    /* the runbook's name in `runbooks` */
    const json_t *facts;                 /* of mn_incident_facts */
    const struct mn_answer *answers;     /* in order, without what was rewound */
    size_t n;
    bool whole_path; /* the steps that were passed are wanted too, not only the last */
    const struct mn_limits *limits; /* NULL: the default */
};

enum mn_progress_state {
    MN_PROGRESS_OPEN,     /* `step` waits for an answer */
    MN_PROGRESS_RESOLVED, /* the runbook has ended; `step` is its resolve step */
    MN_PROGRESS_DIVERGED, /* answers[n_path] does not fit `step` (NULL with MN_DIFFERENT_END) */
};

/* Where the answers lead to. */
struct mn_progress {
    enum mn_progress_state state;
    const struct mn_step *step;
    size_t n_path;              /* how many steps were passed: answers that fit */
    const struct mn_step *path; /* answers[i] is to path[i]; NULL unless it was asked for */
    enum mn_difference difference;
    struct mn_runbook runbook; /* as it says of itself */
    uint64_t instructions;     /* what it took */
    size_t memory;             /* bytes at most */
};

/* Replays the answers in a disposable worker. False when the runbook failed (a diagnostic says
 * where and why; the incident is as it was). Everything in *out is in the arena. */
bool mn_evaluate(const struct mn_evaluation *e, struct mn_arena *a, struct mn_progress *out,
                 struct mn_diags *d);

/* What is to be explored: all of it borrowed. */
struct mn_exploration {
    struct mn_files *runbooks, *library;
    const char *file;
    const json_t *facts;
    size_t most_states; /* 0: the default, 4000 */
};

/* Tries every answer, in one disposable worker. False when that was not possible: too many states
 * (the diagnostic names what keeps them apart), or a runbook that does not load or never comes to
 * an end. Answers at which the runbook fails do not stop it: each is in the flow, and a diagnostic
 * says where in the runbook and after which answers. Everything in *out is in the arena. */
bool mn_explore(const struct mn_exploration *e, struct mn_arena *a, struct mn_flow *out,
                struct mn_diags *d);

/* Explores each runbook of the catalogue, which came from those files, on something of each sort
 * that it is for, as far as that is needed. True when none fails, no loop is without an end, and
 * every step is reached on something; otherwise a diagnostic at each place. */
bool mn_catalogue_explore(const struct mn_catalogue *c, struct mn_files *runbooks,
                          struct mn_files *library, const struct mn_model *m, struct mn_diags *d);

/* What was typed at a prompt: all of it borrowed. */
struct mn_typed {
    struct mn_files *sources; /* a file for each thing that was typed */
    const char *const *names; /* of those files, in order; the last is what is asked now */
    size_t n;
    struct mn_files *library;
    const json_t *facts, *model; /* of mn_incident_facts and mn_model_facts */
    const struct mn_answer *answers;
    size_t n_answers;
    bool whole; /* nothing follows: the end in the middle of something is an error */
};

/* What it gave. */
struct mn_given {
    bool unfinished;            /* more must be typed */
    const struct mn_step *step; /* that waits for an answer, or NULL */
    size_t n_path;              /* the answers that were used */
    size_t n;
    const char *const *values; /* as text that a person reads, tables in a fixed order */
};

/* Runs what was typed from its beginning in a disposable worker, within the limits of an
 * evaluation: what it assigned before is there again. False with a diagnostic. Everything in *out
 * is in the arena. */
bool mn_prompt(const struct mn_typed *t, struct mn_arena *a, struct mn_given *out,
               struct mn_diags *d);

#endif
