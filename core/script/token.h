/* Inside script/ only: Lua 5.4 source as a row of tokens (Lua reference manual, section 3.1). */
#ifndef MN_SCRIPT_TOKEN_H
#define MN_SCRIPT_TOKEN_H

#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

enum mn__token_type {
    MN__TOKEN_END,
    MN__TOKEN_NAME,
    MN__TOKEN_KEYWORD,
    MN__TOKEN_STRING,
    MN__TOKEN_NUMBER,
    MN__TOKEN_OP,
};

struct mn__token {
    enum mn__token_type type;
    const char *s; /* its bytes in the source */
    size_t n;
    int line; /* where it ends */
    int from; /* byte offset */
};

/* The tokens of the source, ended by one of type END; in the arena. Source that Lua itself would
 * not load may give any tokens, but never reads outside of it. */
const struct mn__token *mn__tokens(const char *source, size_t size, struct mn_arena *a);

bool mn__token_is(const struct mn__token *t, const char *word); /* a keyword or an operator */

/* What a string token stands for (its escapes resolved), and its size. */
const char *mn__token_string(const struct mn__token *t, struct mn_arena *a, size_t *n);

#endif
