/* Constructs that Lua 5.4.4 mishandles, and nesting that it does not take, found in the tokens. */
#include "script/syntax.h"
#include "script/token.h"

#include <string.h>

/* `for a in f, s, c, d do`: how many values stand between `in` and `do`. A nested function may hold
 * a `do` of its own, so brackets and blocks are counted. */
static int generic_values(const struct mn__token *t) {
    int values = 1, brackets = 0, blocks = 0;
    for (; t->type != MN__TOKEN_END; t++) {
        if (mn__token_is(t, "function"))
            blocks++;
        else if (blocks > 0 && (mn__token_is(t, "if") || mn__token_is(t, "do")))
            blocks++; /* `for` and `while` are counted by their `do` */
        else if (blocks > 0 && mn__token_is(t, "repeat"))
            blocks++;
        else if (blocks > 0 && (mn__token_is(t, "end") || mn__token_is(t, "until")))
            blocks--;
        else if (mn__token_is(t, "(") || mn__token_is(t, "{") || mn__token_is(t, "["))
            brackets++;
        else if (mn__token_is(t, ")") || mn__token_is(t, "}") || mn__token_is(t, "]"))
            brackets--;
        else if (blocks == 0 && brackets == 0 && mn__token_is(t, ","))
            values++;
        else if (blocks == 0 && brackets == 0 && mn__token_is(t, "do"))
            break;
    }
    return values;
}

bool mn__syntax_refuse(const struct mn__token *t, int file, struct mn__problems *p) {
    bool ok = true;
    const struct mn__token *before = NULL;
    for (; t->type != MN__TOKEN_END; t++) {
        struct mn__place at = {file, t->line, t->from, (int)t->n};
        if (before && before->type == MN__TOKEN_NAME && mn__token_is(t, "<") && t[1].n == 5 &&
            memcmp(t[1].s, "close", 5) == 0 && mn__token_is(t + 2, ">")) {
            at = (struct mn__place){file, t->line, t->from, (t + 2)->from + 1 - t->from};
            mn__problem(p, MN_D_script_close, at, MN_NO_ARGS);
            ok = false;
        }
        if (mn__token_is(t, "in") && generic_values(t + 1) > 3) {
            mn__problem(p, MN_D_script_for_four, at, MN_NO_ARGS);
            ok = false;
        }
        before = t;
    }
    return ok;
}

struct mn__place mn__syntax_deepest(const char *source, size_t size, int file, struct mn_arena *a) {
    static const char *const OPENS[] = {"(", "{", "[", "function", "if", "do", "repeat"};
    static const char *const CLOSES[] = {")", "}", "]", "end", "until"};
    int depth = 0;
    const struct mn__token *t = mn__tokens(source, size, a);
    for (; t->type != MN__TOKEN_END; t++) {
        for (size_t i = 0; i < MN_COUNT(OPENS); i++)
            depth += mn__token_is(t, OPENS[i]);
        for (size_t i = 0; i < MN_COUNT(CLOSES); i++)
            depth -= mn__token_is(t, CLOSES[i]);
        if (depth > 190)
            return (struct mn__place){file, t->line, t->from, (int)t->n};
    }
    return (struct mn__place){file, 0, 0, 0};
}
