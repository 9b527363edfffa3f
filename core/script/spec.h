/* Inside script/ only: which fields the library's functions take, and checking a call against them.
 *
 * The same check serves the source as it is read (where much is not known yet) and the table that a
 * call really passes, so `metronet check` finds without running what running would find. */
#ifndef MN_SCRIPT_SPEC_H
#define MN_SCRIPT_SPEC_H

#include "runbook/runbook.h"
#include "runbook/step.h"
#include "script/live.h"
#include "script/problem.h"

enum mn__is {
    MN__IS_UNKNOWN, /* an expression whose value only running tells */
    MN__IS_NIL,
    MN__IS_BOOL,
    MN__IS_NUMBER,
    MN__IS_STRING,
    MN__IS_TABLE,
    MN__IS_FUNCTION,
    MN__IS_OPAQUE, /* free text that a person gave */
};

/* A value of a script, out of its source or out of the running Lua. */
struct mn__value {
    enum mn__is is;
    struct mn__place at;
    bool flag;
    bool whole; /* number: an integer */
    double number;
    const char *s;       /* string, or the record key of an opaque value; NULL: not known */
    size_t n;            /* bytes of s */
    size_t least;        /* string that is joined: the characters that it has at least */
    const char *changes; /* what it is made of that is not the same in every walk, or NULL */
    bool open;           /* table: has fields that only running tells */
    size_t n_fields;     /* table, in the order of the source or of their names */
    struct mn__field *fields;
};

struct mn__field {
    const char *name; /* NULL: an item of the list */
    struct mn__place at;
    struct mn__value value;
};

/* What a field must be. */
enum mn__want {
    MN__WANT_KEY,
    MN__WANT_ID,     /* of a runbook: like a key */
    MN__WANT_STRING, /* one language's text */
    MN__WANT_TEXT,   /* {vi = …, en = …} */
    MN__WANT_COUNT,  /* 0, 1, 2 … */
    MN__WANT_TRUE,   /* true, or nothing */
    MN__WANT_NAMES,  /* a string or a list of strings */
    MN__WANT_PARTY,  /* a role or a team */
    MN__WANT_COMPONENT,
    MN__WANT_SUBJECT, /* a component or a site */
    MN__WANT_RUNBOOK, /* the id of one */
    MN__WANT_AWAITED, /* choices, and words for what comes by itself */
    MN__WANT_CHOICES, /* {{key = …, vi = …, en = …} …} */
    MN__WANT_NUMBER,  /* {cuts = {…}, unit = {vi, en}} */
    MN__WANT_CUTS,
    MN__WANT_EVIDENCE, /* list of texts and of answers in free text */
    MN__WANT_DURATION, /* "30m" */
    MN__WANT_APPLIES,
    MN__WANT_FUNCTION,
};

struct mn__field_spec {
    const char *name;
    enum mn__want want;
    bool required;
};

/* A function of the library that takes one table. */
struct mn__call_spec {
    const char *name;
    int kind;                            /* enum mn_step_kind; -1: it is `runbook` */
    const struct mn__field_spec *fields; /* ended by a NULL name */
};

const struct mn__call_spec *mn__call_spec(const char *name);
const struct mn__call_spec *mn__call_specs(size_t *n);

/* Something of the model that a script names. */
struct mn__reference {
    enum mn__want want; /* PARTY, COMPONENT, or NAMES of what a runbook is for */
    const char *name;
    struct mn__place at;
};

struct mn__check {
    struct mn_arena *arena;
    struct mn__problems *problems;
    struct mn__problems *lint; /* where advice goes; NULL: nowhere */
    /* Called for each literal that names something of the model, if set. */
    void (*reference)(void *arg, struct mn__reference r);
    void *arg;
    /* Called for each step that is written in the source, if set; key: NULL when only running
     * tells.
     */
    void (*step)(void *arg, const char *call, struct mn__place at, const char *key);
    struct mn__live *live; /* told of the source's locals, if set */
};

/* The fields of the table that a field must be, ended by a NULL name; NULL: it is no such table. */
const struct mn__field_spec *mn__fields_within(enum mn__want want);

/* Does the table fit the call? `at` is where the call is. Adds a problem for everything that does
 * not. */
bool mn__spec_check(const struct mn__check *c, const struct mn__call_spec *spec,
                    const struct mn__value *v, struct mn__place at);

/* The field, or NULL. */
const struct mn__value *mn__field(const struct mn__value *table, const char *name);

/* Seconds of "90s", "30m", "4h", "2d"; -1 when it is none. */
int mn__duration(const char *s);

/* Of a table that fits: the step (visit, record, team and place are not set) and the runbook. */
void mn__spec_step(struct mn_arena *a, const struct mn__call_spec *spec, const struct mn__value *v,
                   struct mn_step *out);
void mn__spec_outcomes(struct mn_arena *a, const struct mn__value *outcomes, struct mn_step *out);
void mn__spec_runbook(struct mn_arena *a, const struct mn__value *v, struct mn_runbook *out);

#endif
