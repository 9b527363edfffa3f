/* A checklist's answer while a runbook is explored: each item is decided when the script looks at
 * it.
 *
 * Three states to n items are 3^n answers; most are never looked at, and a script that looks asks
 * for one at a time. So it leaves the coroutine at that moment, and is told the item's state. */
#include "script/state.h"

#include <lauxlib.h>
#include <string.h>

static const char *const ITEMS = "metronet.items"; /* registry name of the checklist's userdata */

const struct mn_step *mn__items_of(lua_State *L, int index) {
    const struct mn_step **s = luaL_testudata(L, index, ITEMS);
    return s ? *s : NULL;
}

static const struct mn_choice *item_named(lua_State *L, const struct mn_step *s, int key) {
    return lua_type(L, key) == LUA_TSTRING ? mn_step_choice(s, lua_tostring(L, key)) : NULL;
}

/* Leaves, to be told the item's state. */
static int look_at(lua_State *L, const struct mn_step *s, const struct mn_choice *item,
                   lua_KContext place, lua_KFunction then) {
    struct mn__run *run = mn__run_of(L);
    if (!lua_isyieldable(L)) {
        mn__problem(&run->problems, MN_D_script_item_inside, mn__caller(L), MN_ARGS(item->key));
        return mn__raise(L);
    }
    run->list = s;
    run->item = item->key;
    return lua_yieldk(L, 0, place, then);
}

/* t, key, state: the item is what it was told to be. */
static int decided(lua_State *L, int status, lua_KContext place) {
    (void)status, (void)place;
    lua_settop(L, 3);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, 1);
    return 1;
}

static int read_item(lua_State *L) {
    const struct mn_step *s = mn__items_of(L, lua_upvalueindex(1));
    const struct mn_choice *item = item_named(L, s, 2);
    lua_settop(L, 2);
    if (item)
        return look_at(L, s, item, 0, decided);
    for (size_t i = 0; i < s->n_items; i++) { /* so that a suggestion knows the names */
        lua_pushliteral(L, "");
        lua_setfield(L, 1, s->items[i].key);
    }
    return mn__unknown_member(L);
}

static int write_item(lua_State *L) {
    lua_settop(L, 3);
    if (!item_named(L, mn__items_of(L, lua_upvalueindex(1)), 2))
        return mn__refuse_member(L);
    lua_rawset(L, 1);
    return 0;
}

static int decide_rest(lua_State *L, int status, lua_KContext place) {
    lua_getmetatable(L, 1);
    lua_getfield(L, -1, "items");
    const struct mn_step *s = mn__items_of(L, -1);
    lua_pop(L, 2);
    if (status == LUA_YIELD) /* the state of the item at that place is on top */
        lua_setfield(L, 1, s->items[place - 1].key);
    for (; (size_t)place < s->n_items; place++) {
        lua_pushstring(L, s->items[place].key);
        bool known = lua_rawget(L, 1) != LUA_TNIL;
        lua_pop(L, 1);
        if (!known)
            return look_at(L, s, &s->items[place], place + 1, decide_rest);
    }
    return 0;
}

int mn__decide(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (!lua_getmetatable(L, 1))
        return 0;
    lua_pushliteral(L, "items");
    lua_rawget(L, -2);
    bool undecided = mn__items_of(L, -1) != NULL;
    lua_settop(L, 1);
    return undecided ? decide_rest(L, LUA_OK, 0) : 0;
}

int mn__push_undecided(lua_State *L, const struct mn_step *step) {
    lua_newtable(L);
    lua_createtable(L, 0, 4);
    const struct mn_step **s = lua_newuserdatauv(L, sizeof *s, 0);
    *s = step;
    luaL_newmetatable(L, ITEMS);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "items");
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, read_item, 1);
    lua_setfield(L, -3, "__index");
    lua_pushcclosure(L, write_item, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    return 1;
}
