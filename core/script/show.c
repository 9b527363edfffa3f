/* A value of Lua as text that a person reads and Lua could read again: fields in a fixed order. */
#include "base/unicode.h"
#include "script/state.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 6, MOST_SHOWN = 200, LINE = 90 };

/* A key of a table; numbers come first, then words, then false and true. */
struct key {
    int rank; /* 0: number, 1: word, 2: boolean */
    lua_Number number;
    bool whole;
    const char *word;
    size_t n;
};

static int by_order(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank - y->rank;
    if (x->rank != 1)
        return (x->number > y->number) - (x->number < y->number);
    size_t n = x->n < y->n ? x->n : y->n;
    int order = memcmp(x->word, y->word, n);
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

static void show_string(const char *s, size_t n, struct mn_buf *out) {
    mn_buf_putc(out, '"');
    size_t good = mn_utf8_check(s, n); /* all before is text */
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t c = mn_utf8_decode(s + i, n - i, &used);
        if (i >= good) {
            used = 1;
            good = i + 1 + mn_utf8_check(s + i + 1, n - i - 1);
            mn_buf_printf(out, "\\x%02x", (unsigned char)s[i]);
        } else if (c == '\n')
            mn_buf_puts(out, "\\n");
        else if (mn_is_control(c))
            for (size_t b = 0; b < used; b++)
                mn_buf_printf(out, "\\x%02x", (unsigned char)s[i + b]);
        else if (c == '"' || c == '\\')
            mn_buf_printf(out, "\\%c", (char)c);
        else
            mn_buf_add(out, s + i, used);
    }
    mn_buf_putc(out, '"');
}

static bool is_name(const struct key *k) {
    static const char *const WORDS[] = {"and",   "break", "do",       "else", "elseif", "end",
                                        "false", "for",   "function", "goto", "if",     "in",
                                        "local", "nil",   "not",      "or",   "repeat", "return",
                                        "then",  "true",  "until",    "while"};
    for (size_t i = 0; i < k->n; i++) {
        char c = k->word[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    for (size_t i = 0; i < MN_COUNT(WORDS); i++)
        if (strcmp(WORDS[i], k->word) == 0)
            return false;
    return k->n > 0;
}

static void push_key(lua_State *L, const struct key *k) {
    if (k->rank == 1)
        lua_pushlstring(L, k->word, k->n);
    else if (k->rank == 2)
        lua_pushboolean(L, k->number != 0);
    else if (k->whole)
        lua_pushinteger(L, (lua_Integer)k->number);
    else
        lua_pushnumber(L, k->number);
}

/* The keys after the list's items, in order; *others: keys that have only an address. */
static struct key *keys_of(lua_State *L, int t, lua_Integer items, size_t *n, size_t *others) {
    struct key *keys = NULL;
    size_t cap = 0;
    *n = *others = 0;
    lua_pushnil(L);
    while (lua_next(L, t)) {
        lua_pop(L, 1);
        struct key k = {0};
        if (lua_type(L, -1) == LUA_TNUMBER) {
            k.number = lua_tonumber(L, -1);
            k.whole = lua_isinteger(L, -1);
            if (k.whole && k.number >= 1 && k.number <= (lua_Number)items)
                continue;
        } else if (lua_type(L, -1) == LUA_TSTRING) {
            k.rank = 1;
            k.word = lua_tolstring(L, -1, &k.n);
        } else if (lua_type(L, -1) == LUA_TBOOLEAN) {
            k.rank = 2;
            k.number = lua_toboolean(L, -1);
        } else {
            ++*others;
            continue;
        }
        keys = mn_grow(keys, &cap, *n + 1, sizeof *keys);
        keys[(*n)++] = k;
    }
    if (*n)
        qsort(keys, *n, sizeof *keys, by_order);
    return keys;
}

static void show(lua_State *L, int index, int depth, struct mn_buf *out);

static void show_field(lua_State *L, int t, const struct key *k, int depth, struct mn_buf *out) {
    if (k && k->rank == 1 && is_name(k)) {
        mn_buf_printf(out, "%s = ", k->word);
    } else if (k) {
        mn_buf_putc(out, '[');
        push_key(L, k);
        show(L, lua_gettop(L), depth, out);
        lua_pop(L, 1);
        mn_buf_puts(out, "] = ");
    }
    show(L, t, depth, out);
}

/* Each field as text; together on a line where they fit, else one a line. */
static void show_table(lua_State *L, int t, int depth, struct mn_buf *out) {
    lua_Integer items = (lua_Integer)lua_rawlen(L, t);
    size_t n, others, width = 0, shown = 0;
    struct key *keys = keys_of(L, t, items, &n, &others);
    size_t all = (size_t)items + n, most = all < MOST_SHOWN ? all : MOST_SHOWN;
    struct mn_buf *fields = mn_new0(most + 1, sizeof *fields);
    bool lines = false;
    luaL_checkstack(L, 6, NULL);
    for (; shown < most; shown++) {
        bool item = shown < (size_t)items;
        const struct key *k = item ? NULL : &keys[shown - (size_t)items];
        if (item) {
            lua_rawgeti(L, t, (lua_Integer)shown + 1);
        } else {
            push_key(L, k);
            lua_rawget(L, t);
        }
        show_field(L, lua_gettop(L), k, depth + 1, &fields[shown]);
        lua_pop(L, 1);
        const char *text = mn_buf_text(&fields[shown]);
        width += mn_width(text, strlen(text)) + 2;
        lines = lines || strchr(text, '\n');
    }
    lines = lines || width + 2 * (size_t)depth > LINE;
    mn_buf_putc(out, '{');
    for (size_t i = 0; i < shown; i++) {
        mn_buf_puts(out, lines ? "\n" : i ? ", " : " ");
        if (lines)
            mn_buf_repeat(out, ' ', 2 * ((size_t)depth + 1));
        mn_buf_puts(out, mn_buf_text(&fields[i]));
        if (lines)
            mn_buf_putc(out, ',');
        mn_buf_fini(&fields[i]);
    }
    if (all > shown || others) {
        mn_buf_puts(out, lines ? "\n" : " ");
        if (lines)
            mn_buf_repeat(out, ' ', 2 * ((size_t)depth + 1));
        mn_buf_printf(out, "--[[ + %zu ]]", all - shown + others);
    }
    if (lines) {
        mn_buf_putc(out, '\n');
        mn_buf_repeat(out, ' ', 2 * (size_t)depth);
    } else if (all || others) {
        mn_buf_putc(out, ' ');
    }
    mn_buf_putc(out, '}');
    free(fields);
    free(keys);
}

static void show(lua_State *L, int index, int depth, struct mn_buf *out) {
    struct mn__value v;
    size_t n;
    const char *s;
    int reads;
    luaL_checkstack(L, 6, NULL);
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        s = lua_tolstring(L, index, &n);
        show_string(s, n, out);
        break;
    case LUA_TNUMBER:
        lua_pushvalue(L, index); /* a key that is changed in place confuses its table */
        mn_buf_puts(out, lua_tostring(L, -1));
        lua_pop(L, 1);
        break;
    case LUA_TBOOLEAN:
        mn_buf_puts(out, lua_toboolean(L, index) ? "true" : "false");
        break;
    case LUA_TNIL:
        mn_buf_puts(out, "nil");
        break;
    case LUA_TTABLE:
        if (depth >= DEEPEST) {
            mn_buf_puts(out, "{ … }");
            break;
        }
        /* A library's table is an empty one that reads from another. */
        reads = luaL_getmetafield(L, index, "__index");
        show_table(L, reads == LUA_TTABLE ? lua_gettop(L) : index, depth, out);
        if (reads != LUA_TNIL)
            lua_pop(L, 1);
        break;
    case LUA_TUSERDATA:
        mn__value_of(L, index, MN__NO_PLACE, &v);
        mn_buf_printf(out, "--[[ %s ]]", v.s ? v.s : "userdata");
        break;
    default:
        mn_buf_printf(out, "--[[ %s ]]", luaL_typename(L, index));
    }
}

void mn__show(lua_State *L, int index, struct mn_buf *out) {
    int top = lua_gettop(L);
    show(L, lua_absindex(L, index), 0, out);
    lua_settop(L, top);
}
