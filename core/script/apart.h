/* Inside script/ only: why two states of one step are not the same. */
#ifndef MN_SCRIPT_APART_H
#define MN_SCRIPT_APART_H

#include "script/state.h"

struct mn__variable {
    const char *name;
    struct mn__place at; /* where it is declared, or the function that has it */
    size_t size;         /* of what can be reached from it */
    const char *value;   /* equal when that is equal */
};

/* Every variable of the suspended coroutine, in the arena, in an order that is the same for states
 * with the same functions. May raise. */
const struct mn__variable *mn__variables(struct mn__run *run, lua_State *L, lua_State *co,
                                         struct mn_arena *a, size_t *n);

/* Adds a note to the last problem for each variable that differs, those that hold least first; at
 * most a few. */
void mn__note_apart(struct mn__run *run, const struct mn__variable *const lists[2],
                    const size_t n[2]);

#endif
