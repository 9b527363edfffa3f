/* One step of a runbook: what a person is asked or told, and which answers fit.
 *
 * This room owns steps, answers, what a runbook says about itself and the facts of an incident. It
 * must not know Lua (script/), the journal (incident/) or terminals (cli/). */
#ifndef MN_RUNBOOK_STEP_H
#define MN_RUNBOOK_STEP_H

#include "base/diag.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

enum mn_step_kind {
    MN_STEP_TELL,
    MN_STEP_ASK,
    MN_STEP_CHECK,
    MN_STEP_ACT,
    MN_STEP_CHECKLIST,
    MN_STEP_ESCALATE,
    MN_STEP_HANDOVER,
    MN_STEP_VERIFY,
    MN_STEP_WAIT,     /* for one of several things; some come by themselves */
    MN_STEP_DELEGATE, /* opens a child incident, whose end is the answer */
    MN_STEP_RESOLVE,  /* ends the walk; takes no answer */
    MN_STEP_KINDS
};

/* Outcomes that nobody chooses: of a step whose deadline passes; of a wait, when an observation
 * arrives that concerns the incident; of a delegation, when the child is closed. */
#define MN_OUTCOME_OVERDUE "overdue"
#define MN_OUTCOME_NEWS "news"
#define MN_OUTCOME_RESOLVED "resolved"
#define MN_OUTCOME_CANCELLED "cancelled"

/* What an answer looks like. */
enum mn_input {
    MN_INPUT_NONE,      /* "ok": read and go on */
    MN_INPUT_CHOICE,    /* the key of an outcome */
    MN_INPUT_TEXT,      /* any text, one line or more, not empty */
    MN_INPUT_NUMBER,    /* decimal, at most six places */
    MN_INPUT_CHECKLIST, /* item=state,item=state in the order of the items */
    MN_INPUTS
};

/* An outcome of a choice, or an item of a checklist. */
struct mn_choice {
    const char *key;
    struct mn_text text;
};

/* What is quoted in an escalation: a text, or the free text that answered an earlier step. */
struct mn_evidence {
    struct mn_text text;
    const char *answer; /* record key of that step, or NULL */
};

/* Strings are UTF-8, checked; empty texts have vi == NULL. All belongs to the arena it came from.
 */
struct mn_step {
    enum mn_step_kind kind;
    enum mn_input input;
    const char *key;                 /* as the runbook says it, stable between versions: "lights" */
    int visit;                       /* 1 the first time that this key is reached, then 2 … */
    const char *record;              /* the key on record: "lights", the second time "lights#2" */
    struct mn_text text, why, help;  /* help: `help` or `how` */
    struct mn_text interrupts, undo; /* act only, always there */
    struct mn_text cause;            /* resolve only */
    size_t n_outcomes;               /* choice only */
    const struct mn_choice *outcomes;
    size_t n_items; /* checklist only */
    const struct mn_choice *items;
    size_t n_cuts; /* number only: ascending, in millionths; k cuts make k + 1 intervals */
    const int64_t *cuts;
    struct mn_text unit; /* number only, may be empty */
    size_t n_evidence;
    const struct mn_evidence *evidence;
    const char *at;      /* component that it is about, or NULL */
    const char *to;      /* team or role as the runbook says it (`to`, `by`, `who`), or NULL */
    const char *team;    /* the team's id that it means for this incident, or NULL */
    const char *runbook; /* delegate only: the child's */
    const char *subject; /* delegate only: component or site of the child; NULL: the incident's */
    int minutes;         /* how long it takes; -1 when not said */
    int deadline_s;      /* -1 when there is none */
    const char *file;    /* where the runbook asks it */
    int line;
};

/* "tell", "ask" …: names that stand in JSON, never shown to officers. */
const char *mn_step_kind_name(enum mn_step_kind kind);

/* The answers that can be given, in one string that is compared when answers are replayed: outcome
 * or item keys joined by "|", a number's cuts, "" for the rest. In the arena. */
const char *mn_step_outcomes(const struct mn_step *s, struct mn_arena *a);

/* Whether a person may give that outcome, which is not where it comes by itself: see above;
 * `overdue` only of a step that has a deadline. */
bool mn_step_offers(const struct mn_step *s, const struct mn_choice *outcome);

/* The outcomes that a person may give, in order, in the arena; *n how many. */
const struct mn_choice *mn_step_offered(const struct mn_step *s, struct mn_arena *a, size_t *n);

/* New reference. */
json_t *mn_step_json(const struct mn_step *s);

/* Reads what mn_step_json wrote; it may come from a process that is not trusted. False when
 * anything does not fit (no diagnostic: the caller knows what the document is). */
bool mn_step_from_json(const json_t *doc, struct mn_arena *a, struct mn_step *out);

/* The step's text for that outcome or item key, or NULL when it has none. */
const struct mn_choice *mn_step_choice(const struct mn_step *s, const char *key);

#endif
