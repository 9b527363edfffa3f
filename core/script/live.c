/* Liveness of locals, by where their names stand (a coarse form of what compilers do on a control
 * flow graph: A. Aho et al., Compilers, 2nd edition, 9.2.5). */
#include "script/live.h"

#include <stdlib.h>
#include <string.h>

struct span {
    int function, from, to; /* the last token is before `to` */
};

struct spans {
    struct span *at;
    size_t n, cap;
};

struct local {
    const struct mn__token *name;
    struct span span;
    int *uses;
    size_t n, cap;
};

struct answer {
    int token, n;
    const struct mn__local *locals;
};

struct mn__live {
    struct mn_arena *arena;
    struct spans functions, loops, statements;
    bool *unknown; /* by function */
    size_t cap_unknown;
    struct local *locals;
    size_t n_locals, cap_locals;
    struct answer *answers; /* given so far, by place */
    size_t n_answers, cap_answers;
};

struct mn__live *mn__live_new(struct mn_arena *a) {
    struct mn__live *l = mn_arena_alloc(a, sizeof *l);
    l->arena = a;
    return l;
}

static void add_span(struct spans *s, struct span span) {
    s->at = mn_grow(s->at, &s->cap, s->n + 1, sizeof(*s->at));
    s->at[s->n++] = span;
}

int mn__live_function(struct mn__live *l, int from) {
    int function = (int)l->functions.n;
    add_span(&l->functions, (struct span){function, from, from});
    l->unknown = mn_grow(l->unknown, &l->cap_unknown, l->functions.n, sizeof(*l->unknown));
    l->unknown[function] = false;
    return function;
}

void mn__live_function_ends(struct mn__live *l, int function, int to) {
    l->functions.at[function].to = to;
}

void mn__live_unknown(struct mn__live *l, int function) {
    l->unknown[function] = true;
}

int mn__live_local(struct mn__live *l, const struct mn__token *name, int function, int from) {
    l->locals = mn_grow(l->locals, &l->cap_locals, l->n_locals + 1, sizeof(*l->locals));
    l->locals[l->n_locals] = (struct local){.name = name, .span = {function, from, from}};
    return (int)l->n_locals++;
}

void mn__live_local_ends(struct mn__live *l, int local, int to) {
    l->locals[local].span.to = to;
}

void mn__live_use(struct mn__live *l, int local, int at) {
    struct local *v = &l->locals[local];
    v->uses = mn_grow(v->uses, &v->cap, v->n + 1, sizeof(*v->uses));
    v->uses[v->n++] = at;
}

void mn__live_loop(struct mn__live *l, int function, int from, int to) {
    add_span(&l->loops, (struct span){function, from, to});
}

void mn__live_statement(struct mn__live *l, int function, int from, int to) {
    add_span(&l->statements, (struct span){function, from, to});
}

static bool within(const struct span *s, int token) {
    return s->from <= token && token < s->to;
}

/* The innermost span around the token, of that function (-1: any); NULL when there is none. */
static const struct span *innermost(const struct spans *s, int function, int token) {
    const struct span *found = NULL;
    for (size_t i = 0; i < s->n; i++)
        if ((function < 0 || s->at[i].function == function) && within(&s->at[i], token) &&
            (!found || s->at[i].from >= found->from))
            found = &s->at[i];
    return found;
}

static bool used_within(const struct local *v, int from, int to) {
    for (size_t i = 0; i < v->n; i++)
        if (v->uses[i] >= from && v->uses[i] < to)
            return true;
    return false;
}

static bool is_live(const struct mn__live *l, const struct local *v, int statement, int token) {
    if (used_within(v, statement, v->span.to))
        return true;
    for (size_t i = 0; i < l->loops.n; i++) {
        const struct span *loop = &l->loops.at[i];
        if (loop->function == v->span.function && within(loop, token) &&
            v->span.from <= loop->from && used_within(v, loop->from, loop->to))
            return true;
    }
    return false;
}

static bool same_name(const struct mn__token *t, const char *name) {
    return strlen(name) == t->n && memcmp(name, t->s, t->n) == 0;
}

/* False when the locals are not those of the source. */
static bool tell(const struct mn__live *l, int token, const char *const *names, int n,
                 struct mn__local *out) {
    const struct span *function = innermost(&l->functions, -1, token);
    const struct span *statement =
        function ? innermost(&l->statements, function->function, token) : NULL;
    if (!statement || l->unknown[function->function])
        return false;
    int i = 0;
    for (size_t k = 0; k < l->n_locals; k++) {
        const struct local *v = &l->locals[k];
        if (v->span.function != function->function || !within(&v->span, token))
            continue;
        while (i < n && names[i][0] == '(') /* of Lua's own */
            i++;
        if (i == n || !same_name(v->name, names[i]))
            return false;
        out[i++] = (struct mn__local){is_live(l, v, statement->from, token), v->name};
    }
    while (i < n && names[i][0] == '(')
        i++;
    return i == n;
}

const struct mn__local *mn__live_at(struct mn__live *l, int token, const char *const *names,
                                    int n) {
    for (size_t i = 0; i < l->n_answers; i++)
        if (l->answers[i].token == token && l->answers[i].n == n)
            return l->answers[i].locals;
    struct mn__local *locals = MN_ARENA_ARRAY(l->arena, struct mn__local, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        locals[i].live = true;
    if (!tell(l, token, names, n, locals))
        for (int i = 0; i < n; i++)
            locals[i] = (struct mn__local){true, NULL};
    l->answers = mn_grow(l->answers, &l->cap_answers, l->n_answers + 1, sizeof(*l->answers));
    l->answers[l->n_answers++] = (struct answer){token, n, locals};
    return locals;
}

const struct mn__token *mn__live_declared(const struct mn__live *l, int token, const char *name) {
    const struct local *found = NULL;
    for (size_t i = 0; i < l->n_locals; i++)
        if (within(&l->locals[i].span, token) && same_name(l->locals[i].name, name) &&
            (!found || l->locals[i].span.from >= found->span.from))
            found = &l->locals[i];
    return found ? found->name : NULL;
}
