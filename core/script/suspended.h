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

#endif
