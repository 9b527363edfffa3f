/* Inside script/ only: what can be said of a script from its source, before it runs.
 *
 * Expects source that Lua has loaded without error. Finds globals that do not exist, calls of the
 * library that do not fit, keys used twice, and the two constructs that Lua 5.4.4 mishandles. */
#ifndef MN_SCRIPT_SYNTAX_H
#define MN_SCRIPT_SYNTAX_H

#include "script/spec.h"
#include "script/token.h"

struct mn__words {
    const char *const *at; /* global names, and "string.format" for what is in them */
    size_t n;
};

/* Constructs that are refused wherever they stand: <close>, and a fourth value in a generic for.
 * True when there are none. Runs before every evaluation. */
bool mn__syntax_refuse(const struct mn__token *tokens, int file, struct mn__problems *p);

/* The first opening word or bracket that is nested deeper than Lua takes. */
struct mn__place mn__syntax_deepest(const char *source, size_t size, int file, struct mn_arena *a);

/* Everything else; `known` are the globals that a runbook has. References are handed to c. */
void mn__syntax_check(const char *source, size_t size, int file, struct mn__words known,
                      const struct mn__check *c);

#endif
