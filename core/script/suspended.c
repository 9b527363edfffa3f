/* The canonical form of a suspended script.
 *
 * What has an identity (tables, functions, their variables, answers in free text) is numbered in
 * the order in which it is come to, level by level and key by key, so that addresses do not matter
 * but sharing does. Then follows what is in each, in that order. */
#include "script/suspended.h"

#include "script/facts.h"

#include <lauxlib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char CONSTANTS = 0; /* registry: what has always been there */

/* Where things are on the stack of L while walking. */
enum { SEEN = 1, QUEUE, VARIABLES, CONSTANT, FACTS, TOP = FACTS };

struct walker {
    struct mn__run *run;
    lua_State *L;
    struct mn_buf *out;
    lua_Integer n;    /* numbered so far */
    lua_Integer told; /* whose content was added */
    int *variables;   /* upvalues by number: which of the function in VARIABLES */
    size_t n_variables, cap_variables;
};

/* ---- values ---- */

/* Pushes what the table at SEEN or CONSTANT says of the value on top. */
static int look_up(lua_State *L, int table) {
    lua_pushvalue(L, -1);
    return lua_rawget(L, table);
}

/* The number of the object on top, which is numbered now if it is new. */
static lua_Integer number(struct walker *w) {
    lua_State *L = w->L;
    if (look_up(L, SEEN) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushinteger(L, ++w->n);
        lua_rawset(L, SEEN);
        lua_pushvalue(L, -1);
        lua_rawseti(L, QUEUE, w->n);
        return w->n;
    }
    lua_Integer known = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return known;
}

/* What follows, and a number: of a fixed size, so that no two ways to read it are alike. */
static void put_number(struct walker *w, char what, int64_t n) {
    char bytes[1 + sizeof n] = {what};
    memcpy(bytes + 1, &n, sizeof n);
    mn_buf_add(w->out, bytes, sizeof bytes);
}

static void put_pointer(struct walker *w, char what, const void *p) {
    put_number(w, what, (int64_t)(uintptr_t)p);
}

static void put_string(struct walker *w, const char *s, size_t n) {
    put_number(w, 's', (int64_t)n);
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
static void put(struct walker *w) {
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
            put_number(w, 'i', lua_tointeger(L, -1));
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
            put_pointer(w, 'c', lua_topointer(L, -1));
        } else if (look_up(L, CONSTANT) != LUA_TNIL) {
            lua_pop(L, 1);
            put_pointer(w, 'k', lua_topointer(L, -1));
        } else if (lua_pop(L, 1), look_up(L, FACTS) != LUA_TNIL) {
            put_number(w, 'f', lua_tointeger(L, -1)); /* as at the start: nothing in it is new */
            lua_pop(L, 1);
        } else {
            lua_pop(L, 1);
            put_number(w, 'o', number(w));
        }
    }
    lua_pop(L, 1);
}

/* ---- functions ---- */

/* The n-th variable that the function on top has from outside: by its identity, and, when it is
 * new, with its value. The variable may still be a local of a level: see put_shared. */
static bool put_variable(struct walker *w, int n) {
    lua_State *L = w->L;
    if (!lua_getupvalue(L, -1, n))
        return false;
    void *id = lua_iscfunction(L, -2) ? NULL : lua_upvalueid(L, -2, n);
    if (!id) { /* a C function's own */
        put(w);
        return true;
    }
    lua_pushlightuserdata(L, id);
    if (look_up(L, SEEN) != LUA_TNIL) {
        put_number(w, 'u', lua_tointeger(L, -1));
        lua_pop(L, 3);
        return true;
    }
    lua_pop(L, 1);
    w->variables =
        mn_grow(w->variables, &w->cap_variables, w->n_variables + 1, sizeof(*w->variables));
    w->variables[w->n_variables++] = n;
    lua_pushinteger(L, (lua_Integer)w->n_variables);
    lua_rawset(L, SEEN);
    lua_pushvalue(L, -2);
    lua_rawseti(L, VARIABLES, (lua_Integer)w->n_variables);
    put_number(w, 'v', (int64_t)w->n_variables);
    put(w);
    return true;
}

/* The function on top: which it is, by the place where it is written, and its variables. */
static void put_function(struct walker *w) {
    lua_State *L = w->L;
    lua_Debug ar;
    if (lua_iscfunction(L, -1)) {
        put_pointer(w, 'C', (void *)(uintptr_t)lua_tocfunction(L, -1));
    } else {
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &ar);
        put_string(w, ar.source, strlen(ar.source));
        put_number(w, 'F', ar.linedefined);
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
static void put_table(struct walker *w, bool *deferred) {
    lua_State *L = w->L;
    int table = lua_gettop(L);
    struct entry *entries = NULL;
    size_t n = 0, cap = 0;
    put_number(w, 'T', (int64_t)lua_rawlen(L, table));
    if (!lua_getmetatable(L, table))
        lua_pushnil(L);
    put(w);
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
        put(w);
        lua_pushvalue(L, entries[i].key + 1);
        put(w);
    }
    free(entries);
    lua_settop(L, table);
    mn_buf_putc(w->out, '.');
}

/* ---- answers ---- */

/* Which of the answers to a step of its key: "note", 0 for the latest. A script cannot count how
 * often it has asked, so that a loop comes round to the same state. */
static void put_answer(struct walker *w, char what, const char *record) {
    size_t n = strcspn(record, "#");
    int visit = record[n] ? (int)strtol(record + n + 1, NULL, 10) : 1, last = 0;
    for (size_t i = 0; i < w->run->n_visits; i++) {
        const char *key = w->run->visits[i].key;
        if (strlen(key) == n && memcmp(key, record, n) == 0)
            last = w->run->visits[i].n;
    }
    put_string(w, record, n);
    put_number(w, what, last - visit);
}

static void put_userdata(struct walker *w) {
    const char *record = mn__free_text(w->L, -1);
    const struct mn_step *list = mn__items_of(w->L, -1);
    if (record)
        put_answer(w, 'O', record);
    else if (list)
        put_answer(w, 'I', list->record);
    else /* of Lua's own, out of reach for scripts */
        put_pointer(w, 'p', lua_touserdata(w->L, -1));
}

/* ---- everything that can be reached ---- */

/* What is in the objects that were numbered, in order. Pushes nothing. Numbers of the tables with
 * keys that have only an identity are added to the list. */
struct deferred {
    lua_Integer *at;
    size_t n, cap;
};

static void put_queue(struct walker *w, struct deferred *d) {
    lua_State *L = w->L;
    while (w->told < w->n) {
        bool deferred = false;
        lua_rawgeti(L, QUEUE, ++w->told);
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
    bool constant = is_plain_c(L) || look_up(L, CONSTANT) != LUA_TNIL ||
                    (lua_settop(L, index + 2), look_up(L, FACTS) != LUA_TNIL);
    lua_settop(L, index + 1);
    lua_pushvalue(L, index);
    lua_rawget(L, SEEN);
    lua_Integer known = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return constant ? (lua_Integer)((uintptr_t)lua_topointer(L, index) >> 3) + INT32_MAX : known;
}

/* Entries under keys that can be reached some other way; under the others, no script can ever look
 * anything up. Each is taken once: the table at `taken` tells which were. True if there was one. */
static bool put_reached(struct walker *w, lua_Integer table_number, int taken) {
    lua_State *L = w->L;
    int top = lua_gettop(L), table = top + 1;
    struct known_key *keys = NULL;
    size_t n = 0, cap = 0;
    lua_rawgeti(L, QUEUE, table_number);
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
        put_number(w, 'e', table_number);
        lua_pushvalue(L, keys[i].key);
        put(w);
        lua_pushvalue(L, keys[i].key + 1);
        put(w);
    }
    free(keys);
    lua_settop(L, top);
    return n > 0;
}

static void put_all(struct walker *w) {
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
static void put_level(struct walker *w, lua_State *co, lua_Debug *ar) {
    const struct mn__local *locals = mn__suspended_locals(w->run, co, ar);
    lua_getinfo(co, "f", ar);
    lua_xmove(co, w->L, 1);
    refuse_chain(w->run, w->L, ar);
    put_number(w, 'L', ar->currentline);
    put(w);
    for (int n = 1; lua_getlocal(co, ar, n); n++) {
        lua_xmove(co, w->L, 1);
        if (locals && !locals[n - 1].live) {
            lua_pop(w->L, 1);
            mn_buf_putc(w->out, 'x');
        } else {
            put(w);
        }
    }
    mn_buf_putc(w->out, '|');
    for (int n = -1; lua_getlocal(co, ar, n); n--) {
        lua_xmove(co, w->L, 1);
        put(w);
    }
}

/* A function's variable may be a local that a level still has: then a change of one is a change of
 * the other. Lua does not tell, so each local is marked for a moment, and looked for. */
static void put_shared(struct walker *w, lua_State *co) {
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
        lua_rawgeti(L, VARIABLES, (lua_Integer)v + 1);
        lua_getupvalue(L, -1, w->variables[v]);
        if (lua_islightuserdata(L, -1) && lua_touserdata(L, -1)) {
            put_number(w, '=', (int64_t)v);
            put_pointer(w, '=', lua_touserdata(L, -1));
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

static void put_roots(struct walker *w, lua_State *co) {
    lua_Debug ar;
    luaL_checkstack(co, 8, NULL);
    /* The innermost level is C: a step that was asked has nothing more to do, an item that is
     * looked at is written to its table. */
    for (int level = mn__is_step(co) ? 1 : 0; lua_getstack(co, level, &ar); level++)
        put_level(w, co, &ar);
    mn__push_modules(w->L);
    put(w);
    put_all(w);
}

struct request {
    struct walker w;
    lua_State *co; /* NULL: what has always been there, or a value */
    bool value;
    void (*each)(void *arg, lua_State *L, int n);
    void *arg;
};

static void put_always(struct walker *w) {
    lua_State *L = w->L;
    mn__push_environment(L);
    put(w);
    lua_pushliteral(L, "");
    if (lua_getmetatable(L, -1))
        put(w);
    lua_pop(L, 1);
    put_all(w);
    lua_pushvalue(L, SEEN);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &CONSTANTS);
}

/* A function of its own, so that the stack is what `SEEN` and the others say. */
static int work(lua_State *L) {
    struct request *r = lua_touserdata(L, 1);
    lua_settop(L, 2);
    lua_replace(L, 1); /* the value, if there is one: in the place of SEEN until that is made */
    for (int i = SEEN; i <= VARIABLES; i++)
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
        put(&r->w);
        put_all(&r->w);
    } else {
        put_always(&r->w);
    }
    for (size_t v = 0; r->each && v < r->w.n_variables; v++) {
        lua_rawgeti(L, VARIABLES, (lua_Integer)v + 1);
        r->each(r->arg, L, r->w.variables[v]);
        lua_settop(L, TOP);
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
