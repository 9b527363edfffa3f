/* Names that do not exist, and tables that are not to be written: told at the script's line. */
#include "base/unicode.h"
#include "script/state.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* What scripts do not get, though somebody who knows Lua would look for it. */
static const char *const WITHHELD[] = {
    "_G",           "collectgarbage", "coroutine",  "debug",  "dofile", "getmetatable", "io",
    "load",         "loadfile",       "loadstring", "module", "os",     "package",      "pcall",
    "print",        "rawequal",       "rawget",     "rawlen", "rawset", "setfenv",      "getfenv",
    "setmetatable", "unpack",         "warn",       "xpcall"};

bool mn__is_withheld(const char *name) {
    for (size_t i = 0; i < MN_COUNT(WITHHELD); i++)
        if (strcmp(name, WITHHELD[i]) == 0)
            return true;
    return false;
}

static void suggest_key(lua_State *L, int table, const char *name) {
    struct mn__run *run = mn__run_of(L);
    const char **names = NULL;
    size_t n = 0, cap = 0;
    table = lua_absindex(L, table);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            names = mn_grow(names, &cap, n + 1, sizeof(*names));
            names[n++] = lua_tostring(L, -1);
        }
    }
    /* Fixed order, so that ties always go to the same name. */
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && strcmp(names[k - 1], names[k]) > 0; k--) {
            const char *other = names[k];
            names[k] = names[k - 1];
            names[k - 1] = other;
        }
    int near = mn_nearest(name, names, n);
    if (near >= 0)
        mn__problem_note(&run->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
    free(names);
}

int mn__unknown_global(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    enum mn_code code = mn__is_withheld(name) ? MN_D_script_withheld : MN_D_script_unknown_global;
    mn__problem(&run->problems, code, mn__caller(L), MN_ARGS(name));
    if (code == MN_D_script_unknown_global)
        suggest_key(L, 1, name);
    return mn__raise(L);
}

int mn__refuse_global(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    mn__problem(&run->problems, MN_D_script_global_assigned, mn__caller(L), MN_ARGS(name));
    return mn__raise(L);
}

/* A field that a strict table does not have. Upvalue 1, if any: names that may be nil. */
int mn__unknown_member(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    if (lua_istable(L, lua_upvalueindex(1)) && lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 0;
    }
    mn__problem(&run->problems, MN_D_script_unknown_member, mn__caller(L), MN_ARGS(name));
    suggest_key(L, 1, name);
    return mn__raise(L);
}

int mn__refuse_member(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    mn__problem(&run->problems, MN_D_script_member_assigned, mn__caller(L), MN_ARGS(name));
    return mn__raise(L);
}

/* Takes the names that may be nil (a table, or nil) from the top, and puts the metatable there. */
static void push_strict_with(lua_State *L) {
    lua_createtable(L, 0, 3);
    lua_insert(L, -2);
    lua_pushcclosure(L, mn__unknown_member, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, mn__refuse_member);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

static const char STRICT = 0; /* registry */

void mn__push_strict(lua_State *L) {
    if (lua_type(L, -1) == LUA_TTABLE) { /* names that may be nil: a metatable of its own */
        push_strict_with(L);
        return;
    }
    lua_pop(L, 1);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &STRICT) != LUA_TNIL)
        return;
    push_strict_with(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &STRICT);
}

/* Replaces the table on top by an empty one that reads from it and refuses to be written. */
void mn__guard(lua_State *L, lua_CFunction missing, lua_CFunction written) {
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, missing);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2); /* of what is read from */
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, written);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}
