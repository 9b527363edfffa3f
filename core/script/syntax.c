/* Walks the source of a script by Lua's grammar (reference manual, section 9), keeping track of
 * what names are visible and what tables are written out. */
#include "script/syntax.h"
#include "base/unicode.h"
#include "script/lint.h"
#include "script/parser.h"
#include "script/state.h"

#include <stdlib.h>
#include <string.h>

/* Lua itself refuses deeper nesting (LUAI_MAXCCALLS), so only hostile source gets there. */
enum { DEEPEST = 250 };

static struct mn__value expression(struct mn__parser *p);
static void block(struct mn__parser *p);
static void statement(struct mn__parser *p);

/* ---- expressions ---- */

static struct mn__value unknown(const struct mn__parser *p, const struct mn__token *t) {
    return (struct mn__value){.is = MN__IS_UNKNOWN, .at = mn__parser_place(p, t)};
}

static void function_body(struct mn__parser *p, bool method) {
    static const struct mn__token self = {MN__TOKEN_NAME, "self", 4, 0, 0};
    size_t visible = p->locals.n;
    int outer = p->function;
    if (p->check->live)
        p->function = mn__live_function(p->check->live, mn__parser_here(p));
    if (method)
        mn__names_declare(p, &self, MN__ORIGIN_OTHER);
    mn__parser_accept(p, "(");
    while (!mn__parser_is(p, ")") && p->at->type != MN__TOKEN_END) {
        const struct mn__token *t = mn__parser_take(p);
        if (t->type == MN__TOKEN_NAME)
            mn__names_declare(p, t, MN__ORIGIN_OTHER);
    }
    mn__parser_accept(p, ")");
    block(p);
    mn__parser_accept(p, "end");
    mn__names_forget(p, visible);
    if (p->check->live)
        mn__live_function_ends(p->check->live, p->function, mn__parser_here(p));
    p->function = outer;
}

static void add_field(struct mn__value *table, size_t *cap, struct mn__field f) {
    table->fields = mn_grow(table->fields, cap, table->n_fields + 1, sizeof(*table->fields));
    table->fields[table->n_fields++] = f;
}

static struct mn__value table(struct mn__parser *p) {
    struct mn__value t = {.is = MN__IS_TABLE, .at = mn__parser_place(p, p->at)};
    size_t cap = 0;
    mn__parser_take(p);
    while (!mn__parser_is(p, "}") && p->at->type != MN__TOKEN_END) {
        struct mn__field f = {.at = mn__parser_place(p, p->at)};
        bool computed = false;
        if (p->at->type == MN__TOKEN_NAME && mn__token_is(p->at + 1, "=")) {
            f.name = mn__parser_word(p, mn__parser_take(p));
            mn__parser_take(p);
        } else if (mn__parser_accept(p, "[")) {
            struct mn__value key = expression(p);
            computed = key.is != MN__IS_STRING || !key.s;
            f.name = key.s;
            mn__parser_accept(p, "]");
            mn__parser_accept(p, "=");
        }
        const char *outer = p->changes;
        p->changes = NULL;
        f.value = expression(p);
        f.value.changes = p->changes;
        p->changes = outer ? outer : p->changes;
        /* A call or `...` in last place may give many items. */
        bool many = !f.name && f.value.is == MN__IS_UNKNOWN && mn__parser_is(p, "}");
        if (computed || many)
            t.open = true;
        if (!computed)
            add_field(&t, &cap, f);
        if (!mn__parser_accept(p, ",") && !mn__parser_accept(p, ";"))
            break;
    }
    mn__parser_accept(p, "}");
    struct mn__field *kept =
        mn_arena_copy(p->check->arena, t.fields, t.n_fields * sizeof(*t.fields));
    free(t.fields);
    t.fields = kept;
    return t;
}

static struct mn__value string(struct mn__parser *p) {
    struct mn__value v = {.is = MN__IS_STRING, .at = mn__parser_place(p, p->at)};
    v.s = mn__token_string(mn__parser_take(p), p->check->arena, &v.n);
    return v;
}

/* The arguments of a call; the first one, and how many. */
static struct mn__value arguments(struct mn__parser *p, size_t *n) {
    struct mn__value first = unknown(p, p->at);
    *n = 1;
    if (p->at->type == MN__TOKEN_STRING)
        return string(p);
    if (mn__parser_is(p, "{"))
        return table(p);
    *n = 0;
    mn__parser_take(p);
    while (!mn__parser_is(p, ")") && p->at->type != MN__TOKEN_END) {
        struct mn__value v = expression(p);
        if ((*n)++ == 0)
            first = v;
        if (!mn__parser_accept(p, ","))
            break;
    }
    mn__parser_accept(p, ")");
    return first;
}

static bool call_follows(const struct mn__parser *p) {
    return mn__parser_is(p, "(") || mn__parser_is(p, "{") || p->at->type == MN__TOKEN_STRING;
}

/* A name or (expression) with what follows it. Sets *assigned to the name if it stands alone. */
static struct mn__value suffixed(struct mn__parser *p, const struct mn__token **alone) {
    const struct mn__token *first = p->at, *name = NULL;
    struct mn__value v = unknown(p, first);
    if (mn__parser_accept(p, "(")) {
        v = expression(p);
        mn__parser_accept(p, ")");
    } else {
        name = mn__parser_take(p);
        const struct mn__visible *local = mn__names_find(p, name);
        if (name->type == MN__TOKEN_NAME && !mn__names_is_local(p, name))
            mn__names_use_global(p, name);
        mn__names_use(p, name);
        if (mn__parser_same(name, "incident") || (local && local->origin != MN__ORIGIN_OTHER))
            p->changes = mn__parser_word(p, name);
    }
    for (;;) {
        const struct mn__token *global = name && !mn__names_is_local(p, name) ? name : NULL;
        if (mn__parser_accept(p, ".")) {
            if (global)
                mn__names_use_member(p, global, p->at);
            mn__parser_take(p);
        } else if (mn__parser_accept(p, "[")) {
            expression(p);
            mn__parser_accept(p, "]");
        } else if (mn__parser_is(p, ":") || call_follows(p)) {
            size_t n;
            bool method = mn__parser_accept(p, ":");
            if (method)
                mn__parser_take(p);
            struct mn__value arg = arguments(p, &n);
            if (name && !method)
                mn__library_call(p, name, &arg, n);
        } else {
            break;
        }
        name = NULL;
        v = unknown(p, first);
    }
    *alone = name;
    return v;
}

static struct mn__value simple(struct mn__parser *p) {
    const struct mn__token *t = p->at, *alone;
    struct mn__value v = {.at = mn__parser_place(p, t)};
    if (t->type == MN__TOKEN_STRING)
        return string(p);
    if (mn__parser_is(p, "{"))
        return table(p);
    if (t->type == MN__TOKEN_NUMBER) {
        v.is = MN__IS_NUMBER;
        v.number = strtod(mn_arena_strndup(p->check->arena, t->s, t->n), NULL);
        v.whole = memchr(t->s, '.', t->n) == NULL;
        mn__parser_take(p);
    } else if (mn__parser_accept(p, "nil")) {
        v.is = MN__IS_NIL;
    } else if (mn__parser_is(p, "true") || mn__parser_is(p, "false")) {
        v.is = MN__IS_BOOL;
        v.flag = mn__token_is(mn__parser_take(p), "true");
    } else if (mn__parser_accept(p, "function")) {
        function_body(p, false);
        v.is = MN__IS_FUNCTION;
    } else if (t->type == MN__TOKEN_NAME || mn__parser_is(p, "(")) {
        return suffixed(p, &alone);
    } else {
        mn__parser_take(p);
    }
    return v;
}

static bool binary_follows(const struct mn__parser *p) {
    static const char *const OPERATORS[] = {"+",  "-", "*",  "/",  "//", "^",   "%",
                                            "&",  "~", "|",  ">>", "<<", "..",  "<",
                                            "<=", ">", ">=", "==", "~=", "and", "or"};
    for (size_t i = 0; i < MN_COUNT(OPERATORS); i++)
        if (mn__parser_is(p, OPERATORS[i]))
            return true;
    return false;
}

/* The pieces of a string that is joined together, as far as they are literal. */
struct pieces {
    struct mn_buf text;
    size_t least;
    bool literal;
};

static void add_piece(struct pieces *s, const struct mn__value *v) {
    if (v->is == MN__IS_STRING && v->s) {
        mn_buf_add(&s->text, v->s, v->n);
        s->least += mn_utf8_count(v->s, v->n);
    } else {
        s->least += v->is == MN__IS_STRING ? v->least : 0;
        s->literal = false;
    }
}

/* What the whole is matters only as far as it is one literal or a concatenation. */
static struct mn__value expression(struct mn__parser *p) {
    const struct mn__token *first = p->at, *sign = NULL, *left = p->at;
    bool unary = false, joined = true, left_free = false;
    int operators = 0;
    struct pieces pieces = {MN_BUF_INIT, 0, true};
    if (++p->depth > DEEPEST) {
        mn__parser_take(p);
        p->depth--;
        return unknown(p, first);
    }
    struct mn__value v;
    for (;;) {
        while (mn__parser_is(p, "-") || mn__parser_is(p, "not") || mn__parser_is(p, "#") ||
               mn__parser_is(p, "~")) {
            unary = true;
            mn__parser_take(p);
        }
        const struct mn__token *operand = p->at;
        v = simple(p);
        bool free_text = mn__is_free_text(p, operand);
        mn__check_comparison(p, sign, left, left_free, operand, free_text);
        add_piece(&pieces, &v);
        if (!binary_follows(p))
            break;
        joined = joined && mn__parser_is(p, "..");
        operators++;
        left = operand;
        left_free = free_text;
        sign = mn__parser_take(p);
    }
    p->depth--;
    if (operators > 0 || unary)
        v = unknown(p, first);
    if (operators > 0 && joined && !unary) {
        v.is = MN__IS_STRING;
        v.least = pieces.least;
        v.n = pieces.text.size;
        if (pieces.literal)
            v.s = mn_arena_strndup(p->check->arena, mn_buf_text(&pieces.text), v.n);
    }
    mn_buf_fini(&pieces.text);
    return v;
}

/* Expressions with commas; the origin of each of the first `n`. */
static void expressions(struct mn__parser *p, enum mn__origin *origins, size_t n) {
    size_t i = 0;
    do {
        expression(p);
        if (i < n)
            origins[i] = mn__parser_origin(p);
        i++;
    } while (mn__parser_accept(p, ","));
}

/* ---- statements ---- */

/* What the function's locals are is not told. */
static void unknown_locals(const struct mn__parser *p) {
    if (p->check->live)
        mn__live_unknown(p->check->live, p->function);
}

static void local_statement(struct mn__parser *p) {
    const struct mn__token *names[256];
    enum mn__origin origins[MN_COUNT(names)] = {MN__ORIGIN_OTHER};
    size_t n = 0;
    if (mn__parser_accept(p, "function")) {
        if (p->at->type == MN__TOKEN_NAME)
            mn__names_declare(p, mn__parser_take(p), MN__ORIGIN_OTHER);
        function_body(p, false);
        return;
    }
    while (p->at->type == MN__TOKEN_NAME) {
        if (n < MN_COUNT(names))
            names[n++] = p->at;
        mn__parser_take(p);
        if (mn__parser_accept(p, "<")) {
            mn__parser_take(p);
            mn__parser_accept(p, ">");
            unknown_locals(p);
        }
        if (!mn__parser_accept(p, ","))
            break;
    }
    if (mn__parser_accept(p, "="))
        expressions(p, origins, n);
    for (size_t i = 0; i < n; i++)
        mn__names_declare(p, names[i], origins[i]);
}

static void for_statement(struct mn__parser *p) {
    const struct mn__token *names[256];
    size_t n = 0, visible = p->locals.n;
    while (p->at->type == MN__TOKEN_NAME) {
        if (n < MN_COUNT(names))
            names[n++] = p->at;
        mn__parser_take(p);
        if (!mn__parser_accept(p, ","))
            break;
    }
    enum mn__origin origin = mn__parser_is(p, "=") ? MN__ORIGIN_COUNTER : MN__ORIGIN_OTHER;
    if (mn__parser_accept(p, "=") || mn__parser_accept(p, "in"))
        expressions(p, NULL, 0);
    for (size_t i = 0; i < n; i++)
        mn__names_declare(p, names[i], origin);
    mn__parser_accept(p, "do");
    block(p);
    mn__parser_accept(p, "end");
    mn__names_forget(p, visible);
}

static void if_statement(struct mn__parser *p) {
    do {
        expression(p);
        mn__parser_accept(p, "then");
        block(p);
    } while (mn__parser_accept(p, "elseif"));
    if (mn__parser_accept(p, "else"))
        block(p);
    mn__parser_accept(p, "end");
}

static void refuse_global(const struct mn__parser *p, const struct mn__token *name) {
    mn__problem(p->check->problems, MN_D_script_global_assigned, mn__parser_place(p, name),
                MN_ARGS(mn__parser_word(p, name)));
}

static void function_statement(struct mn__parser *p) {
    const struct mn__token *name = mn__parser_take(p);
    bool method = false, member = false;
    mn__names_use(p, name);
    while (mn__parser_is(p, ".") || mn__parser_is(p, ":")) {
        method = mn__parser_is(p, ":");
        member = true;
        mn__parser_take(p);
        mn__parser_take(p);
    }
    if (!mn__names_is_local(p, name)) {
        if (member)
            mn__names_use_global(p, name);
        else
            refuse_global(p, name);
    }
    function_body(p, method);
}

/* A call or an assignment. The names on its left were looked at as uses before it is known which.
 */
static void other_statement(struct mn__parser *p) {
    const struct mn__token *start = p->at, *alone;
    size_t problems = json_array_size(p->check->problems->list);
    const struct mn__token *assigned[64];
    size_t n = 0;
    do {
        suffixed(p, &alone);
        if (alone && n < MN_COUNT(assigned))
            assigned[n++] = alone;
    } while (mn__parser_accept(p, ","));
    if (mn__parser_is(p, "=")) {
        /* An unknown global that is assigned is one problem, not two. */
        bool refused = false;
        for (size_t i = 0; i < n; i++)
            if (assigned[i]->type == MN__TOKEN_NAME && !mn__names_is_local(p, assigned[i])) {
                while (!refused && json_array_size(p->check->problems->list) > problems)
                    json_array_remove(p->check->problems->list, problems);
                refused = true;
                refuse_global(p, assigned[i]);
            }
        mn__parser_take(p);
        enum mn__origin origins[MN_COUNT(assigned)] = {MN__ORIGIN_OTHER};
        expressions(p, origins, n);
        for (size_t i = 0; i < n; i++) {
            struct mn__visible *local = mn__names_find(p, assigned[i]);
            if (local)
                local->origin = origins[i];
        }
    }
    if (p->at == start)
        mn__parser_take(p); /* no statement of Lua's: only go on */
}

static void any_statement(struct mn__parser *p) {
    size_t visible = p->locals.n;
    if (mn__parser_accept(p, "local"))
        return local_statement(p);
    if (mn__parser_accept(p, "for"))
        return for_statement(p);
    if (mn__parser_accept(p, "if"))
        return if_statement(p);
    if (mn__parser_accept(p, "function"))
        return function_statement(p);
    if (mn__parser_accept(p, "while")) {
        expression(p);
        mn__parser_accept(p, "do");
        block(p);
        mn__parser_accept(p, "end");
    } else if (mn__parser_accept(p, "do")) {
        block(p);
        mn__parser_accept(p, "end");
    } else if (mn__parser_accept(p, "repeat")) {
        /* The condition sees the names of the block. */
        while (!mn__parser_is(p, "until") && p->at->type != MN__TOKEN_END)
            statement(p);
        mn__parser_accept(p, "until");
        expression(p);
        mn__names_forget(p, visible);
    } else if (mn__parser_accept(p, "return")) {
        if (!mn__parser_is(p, "end") && !mn__parser_is(p, "else") && !mn__parser_is(p, "elseif") &&
            !mn__parser_is(p, "until") && !mn__parser_is(p, ";") && p->at->type != MN__TOKEN_END)
            expressions(p, NULL, 0);
    } else if (mn__parser_accept(p, "goto")) {
        mn__parser_take(p);
        unknown_locals(p);
    } else if (mn__parser_accept(p, "::")) {
        mn__parser_take(p);
        mn__parser_accept(p, "::");
    } else if (!mn__parser_accept(p, ";") && !mn__parser_accept(p, "break")) {
        other_statement(p);
    }
}

static void statement(struct mn__parser *p) {
    bool loop = mn__parser_is(p, "for") || mn__parser_is(p, "while") || mn__parser_is(p, "repeat");
    int from = mn__parser_here(p);
    any_statement(p);
    if (p->check->live && loop)
        mn__live_loop(p->check->live, p->function, from, mn__parser_here(p));
    if (p->check->live)
        mn__live_statement(p->check->live, p->function, from, mn__parser_here(p));
}

static void block(struct mn__parser *p) {
    size_t visible = p->locals.n;
    if (++p->depth > DEEPEST) {
        mn__parser_take(p);
        p->depth--;
        return;
    }
    while (!mn__parser_is(p, "end") && !mn__parser_is(p, "else") && !mn__parser_is(p, "elseif") &&
           !mn__parser_is(p, "until") && p->at->type != MN__TOKEN_END)
        statement(p);
    mn__names_forget(p, visible);
    p->depth--;
}

void mn__syntax_check(const char *source, size_t size, int file, struct mn__words known,
                      const struct mn__check *c) {
    struct mn__parser p = {
        .at = mn__tokens(source, size, c->arena), .file = file, .check = c, .known = known};
    p.first = p.at;
    if (c->live)
        p.function = mn__live_function(c->live, 0);
    while (p.at->type != MN__TOKEN_END) {
        block(&p);
        mn__parser_take(&p);
    }
    if (c->live)
        mn__live_function_ends(c->live, p.function, mn__parser_here(&p) + 1);
    free(p.locals.at);
    free(p.keys.at);
}
