/* Facts that many walks share, and noticing when one has written into them. */
#include "script/facts.h"

#include <lauxlib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pass {
    lua_State *L;
    struct mn__facts *make;       /* NULL: compare */
    const struct mn__facts *with; /* what is compared with */
    size_t at;
    int tables;
    bool same;
};

static void note(struct pass *p, const void *what) {
    if (p->make) {
        struct mn__facts *f = p->make;
        f->print = mn_grow(f->print, &f->cap, f->n + 1, sizeof(*f->print));
        f->print[f->n++] = what;
    } else {
        p->same = p->same && p->at < p->with->n && p->with->print[p->at] == what;
        p->at++;
    }
}

/* A value as one word: what has an address is the same while the address is, for it is kept. */
static const void *word(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        return lua_tostring(L, index);
    case LUA_TNUMBER: /* facts have whole numbers; another number differs from each of them */
        return (const void *)(uintptr_t)(lua_isinteger(L, index) ? 2 * lua_tointeger(L, index)
                                                                 : -1);
    case LUA_TBOOLEAN:
        return (const void *)(uintptr_t)(lua_toboolean(L, index) ? 5 : 3);
    default:
        return lua_topointer(L, index);
    }
}

/* The table on top and those in it. */
static void go_through(struct pass *p) {
    lua_State *L = p->L;
    int table = lua_gettop(L);
    luaL_checkstack(L, 8, NULL);
    if (p->make) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, p->make->numbers);
        lua_pushvalue(L, table);
        lua_pushinteger(L, ++p->tables);
        lua_rawset(L, -3);
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    while (p->same && lua_next(L, table)) {
        note(p, word(L, -2));
        note(p, word(L, -1));
        if (lua_istable(L, -1))
            go_through(p);
        lua_pop(L, 1);
    }
    lua_settop(L, table);
    note(p, NULL); /* so that an entry more is not taken for one of the next table */
}

static void make(struct mn__run *run, lua_State *L, struct mn__facts *f) {
    struct pass p = {.L = L, .make = f, .same = true};
    if (f->ref) {
        luaL_unref(L, LUA_REGISTRYINDEX, f->ref);
        luaL_unref(L, LUA_REGISTRYINDEX, f->numbers);
    }
    lua_newtable(L);
    f->numbers = luaL_ref(L, LUA_REGISTRYINDEX);
    f->n = 0;
    mn__push_facts(L, run->facts);
    go_through(&p);
    f->ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

bool mn__facts_same(lua_State *L, const struct mn__facts *f) {
    struct pass p = {.L = L, .with = f, .same = true};
    lua_rawgeti(L, LUA_REGISTRYINDEX, f->ref);
    go_through(&p);
    lua_pop(L, 1);
    return p.same && p.at == f->n;
}

void mn__facts_push(struct mn__run *run, lua_State *L, struct mn__facts *f) {
    if (!f->ref || !mn__facts_same(L, f))
        make(run, L, f);
    lua_rawgeti(L, LUA_REGISTRYINDEX, f->ref);
}

void mn__facts_numbers(lua_State *L, const struct mn__facts *f) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, f->numbers);
}
