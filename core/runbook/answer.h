/* Answers: what was said to a step, whether it fits, and when a record no longer fits its runbook.
 */
#ifndef MN_RUNBOOK_ANSWER_H
#define MN_RUNBOOK_ANSWER_H

#include "runbook/step.h"

/* An answer on record, with what was asked: enough to see later that the runbook has changed. */
struct mn_answer {
    const char *record; /* the step's key on record: "lights#2" */
    enum mn_step_kind kind;
    const char *outcomes; /* mn_step_outcomes of the step */
    const char *value;    /* in the form that mn_answer_fits gives */
    int64_t at;           /* UTC seconds */
    const char *actor;
};

/* What a person typed (or a file of answers says) as an answer to the step: for a choice the key or
 * the number of an outcome that a person may give, counted from 1; nothing, "1" or "ok" where there
 * is only going on; a number with a point or a comma; for a checklist `done` for all, or a state
 * for each item in order or by name (`a=done, b=skipped`; d, s, c for short). True with *value in
 * the form that is kept on record; otherwise one diagnostic that lists what would fit. `from` is
 * where the answer was written. */
bool mn_answer_fits(const struct mn_step *s, const char *given, struct mn_loc from,
                    struct mn_arena *a, const char **value, struct mn_diags *d);

/* The answer with everything that is recorded with it; `value` is one that fits. */
struct mn_answer mn_answer_to(const struct mn_step *s, const char *value, int64_t at,
                              const char *actor, struct mn_arena *a);

/* {"step","kind","outcomes","value","at","actor"}: new reference; and back (false: does not fit).
 */
json_t *mn_answer_json(const struct mn_answer *a);
bool mn_answer_from_json(const json_t *doc, struct mn_arena *arena, struct mn_answer *out);

/* "done", "skipped", "cannot": NULL past the last; and as a person reads it. */
const char *mn_item_state(size_t i);
struct mn_text mn_item_state_text(const char *state);

/* How a person reads the answer: the outcome's text, "Xong", the number with its unit … */
void mn_answer_text(const struct mn_step *s, const char *value, enum mn_lang lang,
                    struct mn_buf *out);

/* The state of the i-th item in a checklist's value: "done", "skipped" or "cannot". */
const char *mn_answer_item(const struct mn_step *s, const char *value, size_t item);

/* A decimal number in millionths; false when it is none. Point or comma, at most six places. */
bool mn_number_parse(const char *s, int64_t *millionths);
/* The shortest form of one, with a point: what is kept on record. In the arena. */
const char *mn_number_text(int64_t millionths, struct mn_arena *a);

/* How an answer on record differs from the step that is asked now; texts are never compared. */
enum mn_difference {
    MN_SAME,
    MN_DIFFERENT_STEP, /* another key */
    MN_DIFFERENT_KIND,
    MN_DIFFERENT_OUTCOMES,
    MN_DIFFERENT_VALUE, /* the value is none of the outcomes */
    MN_DIFFERENT_END,   /* the runbook ends where an answer is on record */
};

enum mn_difference mn_answer_differs(const struct mn_answer *a, const struct mn_step *asked);

/* Adds in plain words what was recorded and what is asked now (`asked` NULL with MN_DIFFERENT_END).
 */
void mn_difference_tell(enum mn_difference what, const struct mn_answer *a,
                        const struct mn_step *asked, enum mn_lang lang, struct mn_buf *out);

#endif
