/* Inside script/ only: advice about calls of the library that are no mistakes. */
#ifndef MN_SCRIPT_LINT_H
#define MN_SCRIPT_LINT_H

#include "script/spec.h"

/* Adds to c->lint what would be of no good to an officer: a text too long for a printed card, a key
 * made of what changes, a question that cannot be answered with "I cannot". `at` is the call. */
void mn__lint_call(const struct mn__check *c, const struct mn__call_spec *spec,
                   const struct mn__value *v, struct mn__place at);

#endif
