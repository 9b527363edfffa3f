/* Writing values, and everything that can be reached from them. */
#include "script/walker.h"

#include "script/facts.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

/* Pushes what the table at MN__AT_SEEN or MN__AT_CONSTANT says of the value on top. */
static int look_up(lua_State *L, int table) {
    lua_pushvalue(L, -1);
    return lua_rawget(L, table);
}

/* The number of the object on top, which is numbered now if it is new. */
static lua_Integer number(struct mn__walker *w) {
    lua_State *L = w->L;
    if (look_up(L, MN__AT_SEEN) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushinteger(L, ++w->n);
        lua_rawset(L, MN__AT_SEEN);
        lua_pushvalue(L, -1);
        lua_rawseti(L, MN__AT_QUEUE, w->n);
        return w->n;
    }
    lua_Integer known = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return known;
}

/* What follows, and a number: of a fixed size, so that no two ways to read it are alike. */
void mn__walker_put_number(struct mn__walker *w, char what, int64_t n) {
    char bytes[1 + sizeof n] = {what};
    memcpy(bytes + 1, &n, sizeof n);
    mn_buf_add(w->out, bytes, sizeof bytes);
}

void mn__walker_put_pointer(struct mn__walker *w, char what, const void *p) {
    mn__walker_put_number(w, what, (int64_t)(uintptr_t)p);
}

static void put_string(struct mn__walker *w, const char *s, size_t n) {
    mn__walker_put_number(w, 's', (int64_t)n);
    mn_buf_add(w->out, s, n);
}

static bool is_plain_c(lua_State *L) {
    if (!lua_iscfunction(L, -1))
        return false;
    bool plain = lua_getupvalue(L, -1, 1) == NULL;
    if (!plain)
        lua_pop(L, 1);
    return plain;
}

/* Adds the value on top, and takes it away. */
void mn__walker_put(struct mn__walker *w) {
    lua_State *L = w->L;
    size_t n;
    double number_of;
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        mn_buf_putc(w->out, 'n');
        break;
    case LUA_TBOOLEAN:
        mn_buf_putc(w->out, lua_toboolean(L, -1) ? 't' : 'f');
        break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, -1)) {
            mn__walker_put_number(w, 'i', lua_tointeger(L, -1));
        } else { /* bit for bit: -0.0 is not 0.0 */
            number_of = lua_tonumber(L, -1);
            mn_buf_putc(w->out, 'd');
            mn_buf_add(w->out, &number_of, sizeof number_of);
        }
        break;
    case LUA_TSTRING: {
        const char *s = lua_tolstring(L, -1, &n);
        put_string(w, s, n);
        break;
    }
    default:
        if (is_plain_c(L)) {
            mn__walker_put_pointer(w, 'c', lua_topointer(L, -1));
        } else if (look_up(L, MN__AT_CONSTANT) != LUA_TNIL) {
            lua_pop(L, 1);
            mn__walker_put_pointer(w, 'k', lua_topointer(L, -1));
        } else if (lua_pop(L, 1), look_up(L, MN__AT_FACTS) != LUA_TNIL) {
            mn__walker_put_number(w, 'f',
                                  lua_tointeger(L, -1)); /* as at the start: nothing in it is new */
            lua_pop(L, 1);
        } else {
            lua_pop(L, 1);
            mn__walker_put_number(w, 'o', number(w));
        }
    }
    lua_pop(L, 1);
}

/* ---- functions ---- */

/* The n-th variable that the function on top has from outside: by its identity, and, when it is
 * new, with its value. The variable may still be a local of a level: see put_shared. */
static bool put_variable(struct mn__walker *w, int n) {
    lua_State *L = w->L;
    if (!lua_getupvalue(L, -1, n))
        return false;
    void *id = lua_iscfunction(L, -2) ? NULL : lua_upvalueid(L, -2, n);
    if (!id) { /* a C function's own */
        mn__walker_put(w);
        return true;
    }
    lua_pushlightuserdata(L, id);
    if (look_up(L, MN__AT_SEEN) != LUA_TNIL) {
        mn__walker_put_number(w, 'u', lua_tointeger(L, -1));
        lua_pop(L, 3);
        return true;
    }
    lua_pop(L, 1);
    w->variables =
        mn_grow(w->variables, &w->cap_variables, w->n_variables + 1, sizeof(*w->variables));
    w->variables[w->n_variables++] = n;
    lua_pushinteger(L, (lua_Integer)w->n_variables);
    lua_rawset(L, MN__AT_SEEN);
    lua_pushvalue(L, -2);
    lua_rawseti(L, MN__AT_VARIABLES, (lua_Integer)w->n_variables);
    mn__walker_put_number(w, 'v', (int64_t)w->n_variables);
    mn__walker_put(w);
    return true;
}

/* The function on top: which it is, by the place where it is written, and its variables. */
static void put_function(struct mn__walker *w) {
    lua_State *L = w->L;
    lua_Debug ar;
    if (lua_iscfunction(L, -1)) {
        mn__walker_put_pointer(w, 'C', (void *)(uintptr_t)lua_tocfunction(L, -1));
    } else {
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &ar);
        put_string(w, ar.source, strlen(ar.source));
        mn__walker_put_number(w, 'F', ar.linedefined);
    }
    for (int i = 1; put_variable(w, i); i++)
        continue;
}

/* ---- tables ---- */

static bool is_word(lua_State *L, int index) {
    int type = lua_type(L, index);
    return type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN;
}

struct entry {
    int key;  /* where it is on the stack; the value is above it */
    int rank; /* by type */
    lua_Integer whole;
    double number;
    const char *s;
    size_t n;
};

static int by_key(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank - y->rank;
    if (x->s) {
        size_t n = x->n < y->n ? x->n : y->n;
        int order = memcmp(x->s, y->s, n);
        return order ? order : (x->n > y->n) - (x->n < y->n);
    }
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->whole > y->whole) - (x->whole < y->whole);
}

static struct entry entry_at(lua_State *L, int key) {
    struct entry e = {.key = key};
    if (lua_type(L, key) == LUA_TSTRING) {
        e.rank = 3;
        e.s = lua_tolstring(L, key, &e.n);
    } else if (lua_type(L, key) == LUA_TBOOLEAN) {
        e.rank = 2;
        e.whole = lua_toboolean(L, key);
    } else if (lua_isinteger(L, key)) {
        e.whole = lua_tointeger(L, key);
    } else {
        e.rank = 1;
        e.number = lua_tonumber(L, key);
    }
    return e;
}

/* The table on top: its metatable, how long Lua holds it to be (with holes that depends on how it
 * was filled), and its entries in order of their keys. Sets *deferred when it has keys that have
 * only an identity: see put_deferred. */
static void put_table(struct mn__walker *w, bool *deferred) {
    lua_State *L = w->L;
    int table = lua_gettop(L);
    struct entry *entries = NULL;
    size_t n = 0, cap = 0;
    mn__walker_put_number(w, 'T', (int64_t)lua_rawlen(L, table));
    if (!lua_getmetatable(L, table))
        lua_pushnil(L);
    mn__walker_put(w);
    *deferred = false;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        luaL_checkstack(L, 8, NULL);
        if (!is_word(L, -2)) {
            *deferred = true;
            lua_pop(L, 1);
            continue;
        }
        entries = mn_grow(entries, &cap, n + 1, sizeof(*entries));
        entries[n++] = entry_at(L, lua_gettop(L) - 1);
        lua_pushvalue(L, -2);
    }
    if (n > 1)
        qsort(entries, n, sizeof(*entries), by_key);
    for (size_t i = 0; i < n; i++) {
        lua_pushvalue(L, entries[i].key);
        mn__walker_put(w);
        lua_pushvalue(L, entries[i].key + 1);
        mn__walker_put(w);
    }
    free(entries);
    lua_settop(L, table);
    mn_buf_putc(w->out, '.');
}

/* ---- answers ---- */

/* Which of the answers to a step of its key: "note", 0 for the latest. A script cannot count how
 * often it has asked, so that a loop comes round to the same state. */
static void put_answer(struct mn__walker *w, char what, const char *record) {
    size_t n = strcspn(record, "#");
    int visit = record[n] ? (int)strtol(record + n + 1, NULL, 10) : 1, last = 0;
    for (size_t i = 0; i < w->run->n_visits; i++) {
        const char *key = w->run->visits[i].key;
        if (strlen(key) == n && memcmp(key, record, n) == 0)
            last = w->run->visits[i].n;
    }
    put_string(w, record, n);
    mn__walker_put_number(w, what, last - visit);
}

static void put_userdata(struct mn__walker *w) {
    const char *record = mn__free_text(w->L, -1);
    const struct mn_step *list = mn__items_of(w->L, -1);
    if (record)
        put_answer(w, 'O', record);
    else if (list)
        put_answer(w, 'I', list->record);
    else /* of Lua's own, out of reach for scripts */
        mn__walker_put_pointer(w, 'p', lua_touserdata(w->L, -1));
}

/* ---- everything that can be reached ---- */

/* What is in the objects that were numbered, in order. Pushes nothing. Numbers of the tables with
 * keys that have only an identity are added to the list. */
struct deferred {
    lua_Integer *at;
    size_t n, cap;
};

static void put_queue(struct mn__walker *w, struct deferred *d) {
    lua_State *L = w->L;
    while (w->told < w->n) {
        bool deferred = false;
        lua_rawgeti(L, MN__AT_QUEUE, ++w->told);
        switch (lua_type(L, -1)) {
        case LUA_TTABLE:
            put_table(w, &deferred);
            break;
        case LUA_TFUNCTION:
            put_function(w);
            break;
        default:
            put_userdata(w);
        }
        lua_pop(L, 1);
        if (deferred) {
            d->at = mn_grow(d->at, &d->cap, d->n + 1, sizeof(*d->at));
            d->at[d->n++] = w->told;
        }
    }
}

struct known_key {
    lua_Integer number;
    int key; /* on the stack; the value is above it */
};

static int by_number(const void *a, const void *b) {
    const struct known_key *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* The number of the object at the index, if it can be reached, else 0. What has always been there
 * comes after all others. */
static lua_Integer reached(lua_State *L, int index) {
    lua_pushvalue(L, index);
    bool constant = is_plain_c(L) || look_up(L, MN__AT_CONSTANT) != LUA_TNIL ||
                    (lua_settop(L, index + 2), look_up(L, MN__AT_FACTS) != LUA_TNIL);
    lua_settop(L, index + 1);
    lua_pushvalue(L, index);
    lua_rawget(L, MN__AT_SEEN);
    lua_Integer known = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return constant ? (lua_Integer)((uintptr_t)lua_topointer(L, index) >> 3) + INT32_MAX : known;
}

/* Entries under keys that can be reached some other way; under the others, no script can ever look
 * anything up. Each is taken once: the table at `taken` tells which were. True if there was one. */
static bool put_reached(struct mn__walker *w, lua_Integer table_number, int taken) {
    lua_State *L = w->L;
    int top = lua_gettop(L), table = top + 1;
    struct known_key *keys = NULL;
    size_t n = 0, cap = 0;
    lua_rawgeti(L, MN__AT_QUEUE, table_number);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        luaL_checkstack(L, 8, NULL);
        int key = lua_gettop(L) - 1;
        lua_Integer known = is_word(L, key) ? 0 : reached(L, key);
        lua_pushvalue(L, key);
        bool new = lua_rawget(L, taken) == LUA_TNIL &&known > 0;
        lua_settop(L, key + (new ? 1 : 0));
        if (!new)
            continue;
        keys = mn_grow(keys, &cap, n + 1, sizeof(*keys));
        keys[n++] = (struct known_key){known, key};
        lua_pushvalue(L, key);
    }
    if (n > 1)
        qsort(keys, n, sizeof(*keys), by_number);
    for (size_t i = 0; i < n; i++) {
        lua_pushvalue(L, keys[i].key);
        lua_pushboolean(L, 1);
        lua_rawset(L, taken);
        mn__walker_put_number(w, 'e', table_number);
        lua_pushvalue(L, keys[i].key);
        mn__walker_put(w);
        lua_pushvalue(L, keys[i].key + 1);
        mn__walker_put(w);
    }
    free(keys);
    lua_settop(L, top);
    return n > 0;
}

void mn__walker_put_all(struct mn__walker *w) {
    struct deferred d = {0};
    int taken = lua_gettop(w->L) + 1;
    bool more;
    lua_newtable(w->L); /* by table: the keys that were taken */
    do {
        more = false;
        put_queue(w, &d);
        for (size_t i = 0; i < d.n; i++) {
            if (lua_rawgeti(w->L, taken, d.at[i]) == LUA_TNIL) {
                lua_newtable(w->L);
                lua_pushvalue(w->L, -1);
                lua_rawseti(w->L, taken, d.at[i]);
                lua_remove(w->L, -2);
            }
            more = put_reached(w, d.at[i], lua_gettop(w->L)) || more;
            lua_pop(w->L, 1);
        }
    } while (more || w->told < w->n);
    lua_pop(w->L, 1);
    free(d.at);
}
