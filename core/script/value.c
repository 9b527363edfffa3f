/* Values that pass between Lua and C: tables of calls, facts, answers, and text that cannot be
 * read. */
#include "script/state.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8, MOST_FIELDS = 2000 };

static const char *const FREE_TEXT = "metronet.answer"; /* registry name of its metatable */

/* ---- out of Lua ---- */

static int by_name(const void *a, const void *b) {
    const struct mn__field *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static void value_at(lua_State *L, int index, struct mn__place at, int depth,
                     struct mn__value *out);

static void table_at(lua_State *L, int index, struct mn__place at, int depth,
                     struct mn__value *out) {
    struct mn__run *run = mn__run_of(L);
    struct mn__field *fields = NULL;
    size_t n = 0, cap = 0;
    lua_Integer items = (lua_Integer)lua_rawlen(L, index);
    out->is = MN__IS_TABLE;
    luaL_checkstack(L, 4, NULL);
    for (lua_Integer i = 1; i <= items && n < MOST_FIELDS; i++, n++) {
        fields = mn_grow(fields, &cap, n + 1, sizeof(*fields));
        fields[n] = (struct mn__field){NULL, at, {0}};
        lua_rawgeti(L, index, i);
        value_at(L, lua_gettop(L), at, depth + 1, &fields[n].value);
        lua_pop(L, 1);
    }
    size_t first = n;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        bool item =
            lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= items;
        if (!item && n < MOST_FIELDS) {
            const char *name = lua_type(L, -2) == LUA_TSTRING
                                   ? mn_arena_strdup(run->arena, lua_tostring(L, -2))
                                   : mn_arena_printf(run->arena, "[%s]", luaL_typename(L, -2));
            fields = mn_grow(fields, &cap, n + 1, sizeof(*fields));
            fields[n] = (struct mn__field){name, at, {0}};
            value_at(L, lua_gettop(L), at, depth + 1, &fields[n].value);
            n++;
        }
        lua_pop(L, 1);
    }
    if (n > first)
        qsort(fields + first, n - first, sizeof(*fields), by_name);
    out->n_fields = n;
    out->fields = mn_arena_copy(run->arena, fields, n * sizeof(*fields));
    free(fields);
}

static void value_at(lua_State *L, int index, struct mn__place at, int depth,
                     struct mn__value *out) {
    struct mn__run *run = mn__run_of(L);
    *out = (struct mn__value){.is = MN__IS_UNKNOWN, .at = at};
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        out->is = MN__IS_NIL;
        break;
    case LUA_TBOOLEAN:
        out->is = MN__IS_BOOL;
        out->flag = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        out->is = MN__IS_NUMBER;
        out->number = lua_tonumber(L, index);
        out->whole = lua_isinteger(L, index);
        break;
    case LUA_TSTRING: {
        const char *s = lua_tolstring(L, index, &out->n);
        out->is = MN__IS_STRING;
        out->s = mn_arena_strndup(run->arena, s, out->n);
        break;
    }
    case LUA_TTABLE:
        if (depth < DEEPEST)
            table_at(L, index, at, depth, out);
        else
            out->is = MN__IS_TABLE;
        break;
    case LUA_TUSERDATA: {
        const char **record = luaL_testudata(L, index, FREE_TEXT);
        out->is = record ? MN__IS_OPAQUE : MN__IS_FUNCTION;
        out->s = record ? *record : NULL;
        break;
    }
    default:
        out->is = MN__IS_FUNCTION;
    }
}

void mn__value_of(lua_State *L, int index, struct mn__place at, struct mn__value *out) {
    value_at(L, lua_absindex(L, index), at, 0, out);
}

/* ---- facts ---- */

/* Maps whose keys are data: asking for one that is not there is a question, not a mistake. */
static bool is_map(const char *name) {
    static const char *const MAPS[] = {"lines", "nodes", "roles", "teams"};
    for (size_t i = 0; i < MN_COUNT(MAPS); i++)
        if (strcmp(name, MAPS[i]) == 0)
            return true;
    return false;
}

static void push_json(lua_State *L, const json_t *doc, const char *name) {
    const char *key;
    json_t *value;
    size_t i;
    luaL_checkstack(L, 6, NULL);
    switch (json_typeof(doc)) {
    case JSON_STRING:
        lua_pushlstring(L, json_string_value(doc), json_string_length(doc));
        break;
    case JSON_INTEGER:
        lua_pushinteger(L, json_integer_value(doc));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        lua_pushboolean(L, json_is_true(doc));
        break;
    case JSON_ARRAY:
        lua_createtable(L, (int)json_array_size(doc), 0);
        json_array_foreach(doc, i, value) {
            push_json(L, value, "");
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        break;
    case JSON_OBJECT: {
        bool nulls = false;
        lua_createtable(L, 0, (int)json_object_size(doc));
        json_object_foreach((json_t *)doc, key, value) {
            nulls = nulls || json_is_null(value);
            push_json(L, value, key);
            lua_setfield(L, -2, key);
        }
        if (is_map(name))
            break;
        lua_pushnil(L);
        if (nulls) {
            lua_pop(L, 1);
            lua_newtable(L);
            json_object_foreach((json_t *)doc, key, value) if (json_is_null(value)) {
                lua_pushboolean(L, 1);
                lua_setfield(L, -2, key);
            }
        }
        mn__push_strict(L);
        lua_setmetatable(L, -2);
        break;
    }
    default:
        lua_pushnil(L);
    }
}

void mn__push_facts(lua_State *L, const json_t *facts) {
    json_t *whole = json_copy((json_t *)facts);
    if (!json_object_get(whole,
                         "known")) /* of an incident that began before there was such a fact */
        json_object_set_new(whole, "known", json_array());
    push_json(L, whole, "");
    json_decref(whole);
}

/* ---- answers ---- */

static int refuse_answer(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char **record = luaL_testudata(L, 1, FREE_TEXT);
    if (!record)
        record = luaL_testudata(L, 2, FREE_TEXT);
    mn__problem(&run->problems, MN_D_script_opaque, mn__caller(L), MN_ARGS(record ? *record : "?"));
    return mn__raise(L);
}

void mn__open_values(lua_State *L) {
    static const char *const EVENTS[] = {
        "__index", "__newindex", "__call", "__concat", "__len", "__eq",  "__lt",      "__le",
        "__unm",   "__add",      "__sub",  "__mul",    "__div", "__mod", "__pow",     "__idiv",
        "__band",  "__bor",      "__bxor", "__bnot",   "__shl", "__shr", "__tostring"};
    luaL_newmetatable(L, FREE_TEXT);
    for (size_t i = 0; i < MN_COUNT(EVENTS); i++) {
        lua_pushcfunction(L, refuse_answer);
        lua_setfield(L, -2, EVENTS[i]);
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

static void push_checklist(lua_State *L, const struct mn_step *s, const char *value) {
    lua_createtable(L, 0, (int)s->n_items);
    for (size_t i = 0; i < s->n_items; i++) {
        lua_pushstring(L, mn_answer_item(s, value, i));
        lua_setfield(L, -2, s->items[i].key);
    }
    lua_pushnil(L);
    mn__push_strict(L);
    lua_setmetatable(L, -2);
}

const char *mn__free_text(lua_State *L, int index) {
    const char **record = luaL_testudata(L, index, FREE_TEXT);
    return record ? *record : NULL;
}

int mn__push_answer(lua_State *L, const struct mn_step *s, const char *value) {
    int64_t number = 0;
    lua_Integer interval = 1;
    switch (s->input) {
    case MN_INPUT_CHOICE:
        if (s->kind == MN_STEP_VERIFY)
            lua_pushboolean(L, strcmp(value, "yes") == 0);
        else
            lua_pushstring(L, value);
        return 1;
    case MN_INPUT_TEXT: {
        const char **record = lua_newuserdatauv(L, sizeof(*record), 0);
        *record = s->record;
        luaL_setmetatable(L, FREE_TEXT);
        return 1;
    }
    case MN_INPUT_NUMBER:
        mn_number_parse(value, &number);
        for (size_t i = 0; i < s->n_cuts; i++)
            interval += number >= s->cuts[i];
        lua_pushinteger(L, interval);
        return 1;
    case MN_INPUT_CHECKLIST:
        if (mn__run_of(L)->exploring)
            return mn__push_undecided(L, s);
        push_checklist(L, s, value);
        return 1;
    default:
        return 0;
    }
}
