/* Inside script/ only: the facts of an incident, made once for many walks.
 *
 * A script may write into them, though none should; then they are no longer what every walk begins
 * with, and are made anew. */
#ifndef MN_SCRIPT_FACTS_H
#define MN_SCRIPT_FACTS_H

#include "script/state.h"

struct mn__facts {
    const void **print; /* what was in them when they were made, in the order in which Lua goes */
    size_t n, cap;
    int ref;     /* registry: the table; 0: not made yet */
    int numbers; /* registry: each of their tables → its number */
};

/* Pushes the facts as they are at the start of a walk. */
void mn__facts_push(struct mn__run *run, lua_State *L, struct mn__facts *f);

/* Are they still as they were? */
bool mn__facts_same(lua_State *L, const struct mn__facts *f);

/* Pushes the table of their tables' numbers. */
void mn__facts_numbers(lua_State *L, const struct mn__facts *f);

#endif
