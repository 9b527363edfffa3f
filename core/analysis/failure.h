/* What has failed: a component that is down, or one of its faults, and what that does.
 *
 * The room analysis/ says what fails with what: pure functions over the model, which it neither
 * loads nor changes; it knows no pictures, scripts, incidents or commands. */
#ifndef MN_ANALYSIS_FAILURE_H
#define MN_ANALYSIS_FAILURE_H

#include "model/model.h"

struct mn_failure {
    int component;
    int fault; /* into the component's faults; -1: it is down, for whatever reason */
};

/* Reads "ID" or "ID!mode"; instead of the id a name will do (see mn_model_lookup). False with a
 * diagnostic when there is no such component, or the component has no such fault. */
bool mn_failure_parse(const struct mn_model *m, const char *text, struct mn_failure *f,
                      struct mn_diags *d);

/* Appends "ID" or "ID!mode". */
void mn_failure_text(const struct mn_model *m, struct mn_failure f, struct mn_buf *out);

/* Sorts by what mn_failure_text writes (bytes) and drops repetitions; returns how many are left. */
int mn_failure_sort(const struct mn_model *m, struct mn_failure *f, int n);

#endif
