/* One token a line, and back. */
#include "script/lines.h"

#include <stdlib.h>
#include <string.h>

/* How many lines Lua counts in the token: a pair of unlike ends is one (reference manual, 3.1). */
static int line_ends(const struct mn__token *t) {
    int n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->s[i] != '\n' && t->s[i] != '\r')
            continue;
        n++;
        if (i + 1 < t->n && (t->s[i + 1] == '\n' || t->s[i + 1] == '\r') && t->s[i + 1] != t->s[i])
            i++;
    }
    return n;
}

struct mn__lines mn__lines_split(const struct mn__token *tokens, struct mn_arena *a,
                                 struct mn_buf *out) {
    int *at = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0;; i++) {
        size_t ends = (size_t)line_ends(&tokens[i]) + 1;
        at = mn_grow(at, &cap, n + ends, sizeof(*at));
        for (size_t k = 0; k < ends; k++)
            at[n++] = i;
        mn_buf_add(out, tokens[i].s, tokens[i].n);
        if (tokens[i].type == MN__TOKEN_END)
            break;
        mn_buf_putc(out, '\n');
    }
    struct mn__lines lines = {tokens, mn_arena_copy(a, at, n * sizeof(*at)), (int)n};
    free(at);
    return lines;
}

const struct mn__token *mn__lines_token(const struct mn__lines *lines, int told) {
    return told >= 1 && told <= lines->n ? &lines->tokens[lines->token[told - 1]] : NULL;
}

int mn__lines_line(const struct mn__lines *lines, int told) {
    const struct mn__token *t = mn__lines_token(lines, told);
    return t ? t->line : told;
}

/* Past what the bracket at t encloses. */
static const struct mn__token *past_bracket(const struct mn__token *t) {
    int depth = 0;
    for (; t->type != MN__TOKEN_END; t++) {
        if (mn__token_is(t, "(") || mn__token_is(t, "{") || mn__token_is(t, "["))
            depth++;
        else if (mn__token_is(t, ")") || mn__token_is(t, "}") || mn__token_is(t, "]"))
            depth--;
        if (depth == 0)
            return t + 1;
    }
    return t;
}

int mn__lines_calls(const struct mn__lines *lines, int told) {
    const struct mn__token *t = mn__lines_token(lines, told);
    int calls = 0;
    if (!t || (t->type != MN__TOKEN_NAME && !mn__token_is(t, "(")))
        return 0;
    t = t->type == MN__TOKEN_NAME ? t + 1 : past_bracket(t);
    for (;;) {
        if (mn__token_is(t, ".") || mn__token_is(t, ":")) {
            t += t[1].type == MN__TOKEN_END ? 1 : 2;
        } else if (mn__token_is(t, "[")) {
            t = past_bracket(t);
        } else if (mn__token_is(t, "(") || mn__token_is(t, "{") || t->type == MN__TOKEN_STRING) {
            calls++;
            t = t->type == MN__TOKEN_STRING ? t + 1 : past_bracket(t);
        } else {
            return calls;
        }
    }
}
