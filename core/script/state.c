/* The Lua state of a worker: its memory, what it is opened with, and the words that scripts get. */
#include "script/state.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

static const char WORDS = 0; /* registry: the table of what scripts see */
static const char ENV = 0;   /* registry: the environment itself */

struct mn__run *mn__run_of(lua_State *L) {
    return *(struct mn__run **)lua_getextraspace(L);
}

/* Most of what the worker has is for Lua; the rest is for what C makes of it. */
size_t mn__lua_memory(const struct mn__run *run) {
    return (run->limits.memory_mib << 18) * 3;
}

static void *allocate(void *ud, void *p, size_t old, size_t size) {
    struct mn__run *run = ud;
    size_t had = p ? old : 0;
    if (size == 0) {
        free(p);
        run->memory -= had;
        return NULL;
    }
    if (size > had && size - had > mn__lua_memory(run) - run->memory)
        return NULL;
    void *q = realloc(p, size);
    if (!q)
        return NULL;
    run->memory += size - had;
    if (run->memory > run->memory_peak)
        run->memory_peak = run->memory;
    return q;
}

static void open_inner(lua_State *L) {
    static const luaL_Reg LIBS[] = {{"_G", luaopen_base},
                                    {LUA_STRLIBNAME, luaopen_string},
                                    {LUA_TABLIBNAME, luaopen_table},
                                    {LUA_MATHLIBNAME, luaopen_math},
                                    {LUA_UTF8LIBNAME, luaopen_utf8}};
    static const luaL_Reg HOST[] = {{"describe", mn__describe},       {"step", mn__step},
                                    {"refuse_text", mn__refuse_text}, {"require", mn__require},
                                    {"decide", mn__decide},           {NULL, NULL}};
    for (size_t i = 0; i < MN_COUNT(LIBS); i++) {
        luaL_requiref(L, LIBS[i].name, LIBS[i].func, 1);
        lua_pop(L, 1);
    }
    lua_newtable(L);
    luaL_setfuncs(L, HOST, 0);
    lua_setglobal(L, "host");
}

/* The tables in the table on top become guarded; strings get the guarded `string` as methods. */
static void guard_tables(lua_State *L) {
    static const char *const TABLES[] = {"string", "table", "math", "utf8"};
    lua_newtable(L); /* the words, with the tables as they are */
    lua_pushnil(L);
    while (lua_next(L, -3)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, -4);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &WORDS);
    for (size_t i = 0; i < MN_COUNT(TABLES) && mn__run_of(L)->guards.tables; i++) {
        lua_getfield(L, -1, TABLES[i]);
        mn__guard(L, mn__unknown_member, mn__refuse_member);
        if (i == 0) {
            lua_pushliteral(L, "");
            lua_getmetatable(L, -1);
            lua_pushvalue(L, -3);
            lua_setfield(L, -2, "__index");
            lua_pushboolean(L, 0);
            lua_setfield(L, -2, "__metatable");
            lua_pop(L, 2);
        }
        lua_setfield(L, -2, TABLES[i]);
    }
}

static int open_all(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    open_inner(L);
    mn__open_values(L);
    lua_newtable(L);
    if (!mn__add_inner(run, L))
        return mn__raise(L);
    guard_tables(L);
    if (run->guards.words)
        run->guards.words(L);
    if (run->guards.tables)
        mn__guard(L, mn__unknown_global, mn__refuse_global);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &ENV);
    return 0;
}

bool mn__state_open(struct mn__run *run) {
    run->sources = run->arena;
    run->lines = MN_ARENA_ARRAY(run->sources, struct mn__lines, run->n_files);
    lua_State *L = run->L = lua_newstate(allocate, run);
    if (!L) {
        mn__problem(&run->problems, MN_D_script_memory, MN__NO_PLACE, MN_ARGS("0"));
        return false;
    }
    *(struct mn__run **)lua_getextraspace(L) = run;
    mn__follow_lines(L, true);
    lua_pushcfunction(L, open_all);
    int status = lua_pcall(L, 0, 0, 0);
    if (status == LUA_OK)
        return true;
    mn__state_failed(run, L, status);
    return false;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the names in the table on top, each after `within`. */
static void add_words(lua_State *L, struct mn_arena *a, const char *within, const char ***names,
                      size_t *n, size_t *cap) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        const char *name = mn_arena_printf(a, "%s%s", within, lua_tostring(L, -2));
        *names = mn_grow(*names, cap, *n + 1, sizeof(**names));
        (*names)[(*n)++] = name;
        if (lua_istable(L, -1) && !*within)
            add_words(L, a, mn_arena_printf(a, "%s.", name), names, n, cap);
        lua_pop(L, 1);
    }
}

struct mn__words mn__state_words(struct mn__run *run) {
    const char **names = NULL;
    size_t n = 0, cap = 0;
    lua_rawgetp(run->L, LUA_REGISTRYINDEX, &WORDS);
    add_words(run->L, run->arena, "", &names, &n, &cap);
    lua_pop(run->L, 1);
    qsort(names, n, sizeof(*names), by_name);
    struct mn__words words = {mn_arena_copy(run->arena, names, n * sizeof(*names)), n};
    free(names);
    return words;
}

void mn__push_environment(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &ENV);
}

void mn__state_environment(lua_State *L) {
    mn__push_environment(L);
    lua_setupvalue(L, -2, 1);
}
