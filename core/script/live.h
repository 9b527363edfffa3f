/* Inside script/ only: which locals a function may still use after a call in it returns.
 *
 * A local that is not used again cannot influence anything, but Lua keeps it until its block ends;
 * told apart by it, twelve questions in a row would be 3^12 states. Found in the source, and never
 * too little: a local counts as used wherever its name stands from the call's own statement on, or
 * anywhere in a loop around the call that began after the local did. */
#ifndef MN_SCRIPT_LIVE_H
#define MN_SCRIPT_LIVE_H

#include "script/token.h"

struct mn__live;

/* Empty; in the arena. The rest is told by whoever walks the source (syntax.c), by tokens counted
 * from 0. */
struct mn__live *mn__live_new(struct mn_arena *a);

int mn__live_function(struct mn__live *l, int from); /* a function begins; its number */
int mn__live_local(struct mn__live *l, const struct mn__token *name, int function, int from);
void mn__live_local_ends(struct mn__live *l, int local, int to);
void mn__live_use(struct mn__live *l, int local, int at);
void mn__live_loop(struct mn__live *l, int function, int from, int to);
void mn__live_statement(struct mn__live *l, int function, int from, int to);
/* In this function nothing is told: it has a goto, or a constant that Lua may have no local for. */
void mn__live_unknown(struct mn__live *l, int function);
void mn__live_function_ends(struct mn__live *l, int function, int to);

/* What is true of the locals at a call. */
struct mn__local {
    bool live;
    const struct mn__token *declared; /* NULL: not known */
};

/* For the locals that Lua has at the token, in its order and with its names ("(for state)" among
 * them). When they are not the ones of the source, all are live. The answer lives as long as `l`.
 */
const struct mn__local *mn__live_at(struct mn__live *l, int token, const char *const *names, int n);

/* Where the variable of that name is declared that the function which begins at the token has from
 * outside; NULL when there is none. */
const struct mn__token *mn__live_declared(const struct mn__live *l, int token, const char *name);

#endif
