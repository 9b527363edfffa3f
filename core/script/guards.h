/* Inside script/ only: what keeps a script in, beside its limits.
 *
 * Every evaluation has all of it. It is data so that a test can leave out one guard and see that
 * what it is there for would otherwise happen. */
#ifndef MN_SCRIPT_GUARDS_H
#define MN_SCRIPT_GUARDS_H

#include <lua.h>
#include <stdbool.h>

struct mn__guards {
    bool text;      /* compiled Lua is refused */
    bool syntax;    /* what Lua 5.4.4 mishandles is refused */
    bool tables;    /* nobody writes to the globals, the library's tables or strings' methods */
    bool fields;    /* what is passed to a step is checked */
    bool kernel;    /* the worker may not open, start or connect to anything */
    unsigned depth; /* calls that may be nested in one another */
    /* Adds words to the allow-list, which is the table on top; NULL: nothing is added. */
    void (*words)(lua_State *L);
};

struct mn__guards mn__guards_all(void);

#endif
