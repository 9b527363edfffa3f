/* The variables that keep two states apart. */
#include "script/apart.h"

#include "base/hash.h"
#include "script/suspended.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NOTES = 3 };

struct list {
    struct mn__run *run;
    struct mn_arena *a;
    struct mn__variable *at;
    size_t n, cap;
};

/* The variable whose value is on top of L, which is taken away. A function differs by its own
 * variables, which are told of themselves. */
static void add(struct list *list, lua_State *L, const char *name, struct mn__place at) {
    if (lua_isfunction(L, -1)) {
        lua_pop(L, 1);
        return;
    }
    struct mn_buf b = MN_BUF_INIT;
    char hash[MN_HASH_HEX];
    mn__suspended_value(list->run, L, &b);
    mn_hash_of(b.data, b.size, hash);
    list->at = mn_grow(list->at, &list->cap, list->n + 1, sizeof(*list->at));
    list->at[list->n++] = (struct mn__variable){mn_arena_strdup(list->a, name), at, b.size,
                                                mn_arena_strdup(list->a, hash)};
    mn_buf_fini(&b);
}

static struct mn__place at_token(const struct mn__run *run, const struct mn__lines *lines,
                                 const struct mn__token *t) {
    return t ? (struct mn__place){(int)(lines - run->lines), t->line, t->from, (int)t->n}
             : MN__NO_PLACE;
}

static void add_locals(struct list *list, lua_State *L, lua_State *co) {
    lua_Debug ar;
    const char *name;
    for (int level = 0; lua_getstack(co, level, &ar); level++) {
        const struct mn__local *locals = mn__suspended_locals(list->run, co, &ar);
        const struct mn__lines *lines = mn__lines_of(list->run, &ar);
        for (int i = 1; lines && (name = lua_getlocal(co, &ar, i)); i++) {
            lua_xmove(co, L, 1);
            if (name[0] == '(' || (locals && !locals[i - 1].live))
                lua_pop(L, 1);
            else
                add(list, L, name,
                    at_token(list->run, lines, locals ? locals[i - 1].declared : NULL));
        }
    }
}

static void add_outer(void *arg, lua_State *L, int n) {
    struct list *list = arg;
    lua_Debug ar;
    const char *name = lua_getupvalue(L, -1, n);
    lua_pushvalue(L, -2);
    lua_getinfo(L, ">S", &ar);
    const struct mn__lines *lines = mn__lines_of(list->run, &ar);
    if (!lines || !name || strcmp(name, "_ENV") == 0) {
        lua_pop(L, 1);
        return;
    }
    struct mn__live *live = list->run->live[lines - list->run->lines];
    const struct mn__token *in = mn__lines_token(lines, ar.linedefined);
    const struct mn__token *declared =
        live && in ? mn__live_declared(live, (int)(in - lines->tokens), name) : NULL;
    add(list, L, name, at_token(list->run, lines, declared ? declared : in));
}

const struct mn__variable *mn__variables(struct mn__run *run, lua_State *L, lua_State *co,
                                         struct mn_arena *a, size_t *n) {
    struct list list = {.run = run, .a = a};
    add_locals(&list, L, co);
    mn__suspended_variables(run, L, co, add_outer, &list);
    *n = list.n;
    const struct mn__variable *kept = mn_arena_copy(a, list.at, list.n * sizeof(*list.at));
    free(list.at);
    return kept;
}

static bool same_variable(const struct mn__variable *a, const struct mn__variable *b) {
    return strcmp(a->name, b->name) == 0 && a->at.file == b->at.file && a->at.line == b->at.line;
}

static int by_size(const void *a, const void *b) {
    const struct mn__variable *x = a, *y = b;
    return (x->size > y->size) - (x->size < y->size);
}

void mn__note_apart(struct mn__run *run, const struct mn__variable *const lists[2],
                    const size_t n[2]) {
    struct mn__variable *differ = MN_ARENA_ARRAY(run->sources, struct mn__variable, n[1] + 1);
    size_t n_differ = 0;
    for (size_t i = 0; i < n[1]; i++) {
        bool other = false, same = false;
        for (size_t k = 0; k < n[0]; k++)
            if (same_variable(&lists[1][i], &lists[0][k])) {
                other = true;
                same = same || strcmp(lists[1][i].value, lists[0][k].value) == 0;
            }
        for (size_t k = 0; k < n_differ; k++) /* a local that functions share is listed twice */
            same = same || same_variable(&lists[1][i], &differ[k]);
        if (other && !same)
            differ[n_differ++] = lists[1][i];
    }
    if (n_differ > 0)
        qsort(differ, n_differ, sizeof(*differ), by_size);
    for (size_t i = 0; i < n_differ && i < MOST_NOTES; i++)
        mn__problem_note(&run->problems, MN_D_explore_apart, differ[i].at, MN_ARGS(differ[i].name));
}
