/* Inside script/ only: the state of a suspended script, in one form for all that cannot be told
 * apart. */
#ifndef MN_SCRIPT_SUSPENDED_H
#define MN_SCRIPT_SUSPENDED_H

#include "script/state.h"

/* Remembers everything that scripts can reach now: made once, never changed, the same on each walk.
 * Call when the state is open and nothing of a runbook has run. */
void mn__suspended_begin(struct mn__run *run, lua_State *L);

/* Adds the state of the coroutine, which has asked a step or looked at an item: each level's
 * function, place, locals and varargs, all that can be reached from there, and the modules. Equal
 * bytes: whatever is answered from now on, the script does the same. `L` is where to work. May
 * raise. */
void mn__suspended_add(struct mn__run *run, lua_State *L, lua_State *co, struct mn_buf *out);

/* Likewise the value on top of L alone, which is taken away. */
void mn__suspended_value(struct mn__run *run, lua_State *L, struct mn_buf *out);

/* Calls `each` for every variable of a function that the state reaches: the function is on top, and
 * its n-th variable is meant. */
void mn__suspended_variables(struct mn__run *run, lua_State *L, lua_State *co,
                             void (*each)(void *arg, lua_State *L, int n), void *arg);

/* Which of the level's locals may still be used, by their number from 1 on less one; ar, of that
 * level, is filled with where it is. NULL: all of them. */
const struct mn__local *mn__suspended_locals(const struct mn__run *run, lua_State *co,
                                             lua_Debug *ar);

#endif
