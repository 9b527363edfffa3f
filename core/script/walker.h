/* Inside script/ only: values written in a canonical form, whatever their addresses.
 *
 * What has an identity (tables, functions, their variables, answers in free text) is numbered in
 * the order in which it is come to, so that addresses do not matter but sharing does. Then follows
 * what is in each, in that order. All of it may raise. */
#ifndef MN_SCRIPT_WALKER_H
#define MN_SCRIPT_WALKER_H

#include "script/state.h"

#include <stdint.h>

/* Where things are on the stack of L while walking. */
enum {
    MN__AT_SEEN = 1,
    MN__AT_QUEUE,
    MN__AT_VARIABLES,
    MN__AT_CONSTANT,
    MN__AT_FACTS,
    MN__AT_TOP = MN__AT_FACTS
};

struct mn__walker {
    struct mn__run *run;
    lua_State *L;
    struct mn_buf *out;
    lua_Integer n;    /* numbered so far */
    lua_Integer told; /* whose content was added */
    int *variables;   /* upvalues by number: which of the function in MN__AT_VARIABLES */
    size_t n_variables, cap_variables;
};

/* Writes the value on top of L, which is taken away: what has an identity as its number. */
void mn__walker_put(struct mn__walker *w);
/* What follows, and a number: of a fixed size, so that no two ways to read it are alike. */
void mn__walker_put_number(struct mn__walker *w, char what, int64_t n);
/* An address that is the same in each walk. */
void mn__walker_put_pointer(struct mn__walker *w, char what, const void *p);
/* Writes what is in all that was numbered, and in what is come to from there. */
void mn__walker_put_all(struct mn__walker *w);

#endif
