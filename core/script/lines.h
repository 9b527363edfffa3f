/* Inside script/ only: sources are loaded with one token a line, so that a line is an exact place.
 *
 * Lua tells of a running function only its line, so that `ask {…} ask {…}` on one line would be one
 * place. Written anew with each token on a line of its own, every call has its own line; whatever
 * reaches a person is taken back to the line that it has in the source. */
#ifndef MN_SCRIPT_LINES_H
#define MN_SCRIPT_LINES_H

#include "base/buf.h"
#include "script/token.h"

struct mn__lines {
    const struct mn__token *tokens;
    const int *token; /* by the line that Lua tells, from 1: the token that stands there */
    int n;            /* lines; 0: the source was loaded as it is */
};

/* Adds the source to `out`, written anew; the tokens of mn__tokens are kept, and the rest is in the
 * arena. */
struct mn__lines mn__lines_split(const struct mn__token *tokens, struct mn_arena *a,
                                 struct mn_buf *out);

/* The token at the line that Lua tells; NULL when there is none. */
const struct mn__token *mn__lines_token(const struct mn__lines *lines, int told);

/* The source's line for a line that Lua tells. */
int mn__lines_line(const struct mn__lines *lines, int told);

/* How many calls Lua takes to be at that line: those of one chain, `f(…)(…)`. */
int mn__lines_calls(const struct mn__lines *lines, int told);

#endif
