/* The canonical form of a suspended script: level by level, each with its function, its place and
 * its values. */
#include "script/suspended.h"

#include "script/facts.h"
#include "script/walker.h"

#include <lauxlib.h>
#include <stdlib.h>

static const char CONSTANTS = 0; /* registry: what has always been there */

/* ---- levels ---- */

const struct mn__local *mn__suspended_locals(const struct mn__run *run, lua_State *co,
                                             lua_Debug *ar) {
    enum { MOST = 256 }; /* Lua takes 200 */
    const char *names[MOST], *name;
    int n = 0;
    lua_getinfo(co, "Sl", ar);
    const struct mn__lines *lines = mn__lines_of(run, ar);
    struct mn__live *live = lines ? run->live[lines - run->lines] : NULL;
    if (!live || ar->currentline < 1 || ar->currentline > lines->n)
        return NULL;
    for (; (name = lua_getlocal(co, ar, n + 1)); n++) {
        lua_pop(co, 1);
        if (n == MOST)
            return NULL;
        names[n] = name;
    }
    return mn__live_at(live, lines->token[ar->currentline - 1], names, n);
}

/* In `f {…} {…}` Lua gives both calls the line of `f`: which of them it is in cannot be told. */
static void refuse_chain(struct mn__run *run, lua_State *L, const lua_Debug *ar) {
    const struct mn__lines *lines = mn__lines_of(run, ar);
    if (!lines || mn__lines_calls(lines, ar->currentline) < 2)
        return;
    const struct mn__token *t = mn__lines_token(lines, ar->currentline);
    int file = (int)(lines - run->lines);
    mn__problem(&run->problems, MN_D_script_chain, (struct mn__place){file, t->line, t->from, 0},
                MN_NO_ARGS);
    mn__raise(L);
}

/* One level: its function, where it is, and its values. Those that are only on the way (the left
 * side of an operator, arguments so far) count too. */
static void put_level(struct mn__walker *w, lua_State *co, lua_Debug *ar) {
    const struct mn__local *locals = mn__suspended_locals(w->run, co, ar);
    lua_getinfo(co, "f", ar);
    lua_xmove(co, w->L, 1);
    refuse_chain(w->run, w->L, ar);
    mn__walker_put_number(w, 'L', ar->currentline);
    mn__walker_put(w);
    for (int n = 1; lua_getlocal(co, ar, n); n++) {
        lua_xmove(co, w->L, 1);
        if (locals && !locals[n - 1].live) {
            lua_pop(w->L, 1);
            mn_buf_putc(w->out, 'x');
        } else {
            mn__walker_put(w);
        }
    }
    mn_buf_putc(w->out, '|');
    for (int n = -1; lua_getlocal(co, ar, n); n--) {
        lua_xmove(co, w->L, 1);
        mn__walker_put(w);
    }
}

/* A function's variable may be a local that a level still has: then a change of one is a change of
 * the other. Lua does not tell, so each local is marked for a moment, and looked for. */
static void put_shared(struct mn__walker *w, lua_State *co) {
    lua_State *L = w->L;
    lua_Debug ar;
    int top = lua_gettop(L), n = 0;
    for (int level = 0; lua_getstack(co, level, &ar); level++) {
        const struct mn__local *locals = mn__suspended_locals(w->run, co, &ar);
        for (int i = 1; lua_getlocal(co, &ar, i); i++) {
            luaL_checkstack(L, 8, NULL);
            lua_xmove(co, L, 1);
            bool live = !locals || locals[i - 1].live;
            lua_pushlightuserdata(co, live ? (void *)(uintptr_t)(++n) : NULL);
            lua_setlocal(co, &ar, i);
        }
    }
    for (size_t v = 0; v < w->n_variables; v++) {
        lua_rawgeti(L, MN__AT_VARIABLES, (lua_Integer)v + 1);
        lua_getupvalue(L, -1, w->variables[v]);
        if (lua_islightuserdata(L, -1) && lua_touserdata(L, -1)) {
            mn__walker_put_number(w, '=', (int64_t)v);
            mn__walker_put_pointer(w, '=', lua_touserdata(L, -1));
        }
        lua_pop(L, 2);
    }
    int at = top;
    for (int level = 0; lua_getstack(co, level, &ar); level++)
        for (int i = 1; lua_getlocal(co, &ar, i); i++) {
            lua_pop(co, 1);
            lua_pushvalue(L, ++at);
            lua_xmove(L, co, 1);
            lua_setlocal(co, &ar, i);
        }
    lua_settop(L, top);
}

/* ---- the ways in ---- */

static void put_roots(struct mn__walker *w, lua_State *co) {
    lua_Debug ar;
    luaL_checkstack(co, 8, NULL);
    /* The innermost level is C: a step that was asked has nothing more to do, an item that is
     * looked at is written to its table. */
    for (int level = mn__is_step(co) ? 1 : 0; lua_getstack(co, level, &ar); level++)
        put_level(w, co, &ar);
    mn__push_modules(w->L);
    mn__walker_put(w);
    mn__walker_put_all(w);
}

struct request {
    struct mn__walker w;
    lua_State *co; /* NULL: what has always been there, or a value */
    bool value;
    void (*each)(void *arg, lua_State *L, int n);
    void *arg;
};

static void put_always(struct mn__walker *w) {
    lua_State *L = w->L;
    mn__push_environment(L);
    mn__walker_put(w);
    lua_pushliteral(L, "");
    if (lua_getmetatable(L, -1))
        mn__walker_put(w);
    lua_pop(L, 1);
    mn__walker_put_all(w);
    lua_pushvalue(L, MN__AT_SEEN);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &CONSTANTS);
}

/* A function of its own, so that the stack is what `MN__AT_SEEN` and the others say. */
static int work(lua_State *L) {
    struct request *r = lua_touserdata(L, 1);
    lua_settop(L, 2);
    lua_replace(L,
                1); /* the value, if there is one: in the place of MN__AT_SEEN until that is made */
    for (int i = MN__AT_SEEN; i <= MN__AT_VARIABLES; i++)
        lua_newtable(L);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &CONSTANTS) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
    }
    if (r->w.run->shared && r->w.run->shared->ref && mn__facts_same(L, r->w.run->shared))
        mn__facts_numbers(L, r->w.run->shared);
    else
        lua_newtable(L);
    lua_rotate(L, 1, -1); /* the value goes to the top */
    if (!r->value)
        lua_pop(L, 1);
    if (r->co) {
        put_roots(&r->w, r->co);
        put_shared(&r->w, r->co);
    } else if (r->value) {
        mn__walker_put(&r->w);
        mn__walker_put_all(&r->w);
    } else {
        put_always(&r->w);
    }
    for (size_t v = 0; r->each && v < r->w.n_variables; v++) {
        lua_rawgeti(L, MN__AT_VARIABLES, (lua_Integer)v + 1);
        r->each(r->arg, L, r->w.variables[v]);
        lua_settop(L, MN__AT_TOP);
    }
    return 0;
}

/* Takes a value, or nil, from the top. */
static void walk(struct request *r, lua_State *L) {
    lua_pushcfunction(L, work);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, r);
    lua_insert(L, -2);
    lua_call(L, 2, 0);
    free(r->w.variables);
}

void mn__suspended_begin(struct mn__run *run, lua_State *L) {
    struct mn_buf none = MN_BUF_INIT;
    struct request r = {.w = {.run = run, .L = L, .out = &none}};
    lua_pushnil(L);
    walk(&r, L);
    mn_buf_fini(&none);
}

void mn__suspended_add(struct mn__run *run, lua_State *L, lua_State *co, struct mn_buf *out) {
    struct request r = {.w = {.run = run, .L = L, .out = out}, .co = co};
    lua_pushnil(L);
    walk(&r, L);
}

void mn__suspended_value(struct mn__run *run, lua_State *L, struct mn_buf *out) {
    struct request r = {.w = {.run = run, .L = L, .out = out}, .value = true};
    walk(&r, L);
}

void mn__suspended_variables(struct mn__run *run, lua_State *L, lua_State *co,
                             void (*each)(void *arg, lua_State *L, int n), void *arg) {
    struct mn_buf none = MN_BUF_INIT;
    struct request r = {
        .w = {.run = run, .L = L, .out = &none}, .co = co, .each = each, .arg = arg};
    lua_pushnil(L);
    walk(&r, L);
    mn_buf_fini(&none);
}
