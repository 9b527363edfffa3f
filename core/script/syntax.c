/* Walks the source of a script by Lua's grammar (reference manual, section 9), keeping track of
 * what names are visible and what tables are written out. */
#include "script/syntax.h"
#include "base/unicode.h"
#include "script/lint.h"
#include "script/state.h"

#include <stdlib.h>
#include <string.h>

/* Lua itself refuses deeper nesting (LUAI_MAXCCALLS), so only hostile source gets there. */
enum { DEEPEST = 250 };

/* What a local variable was given where it was last assigned. */
enum origin {
    ORIGIN_OTHER,
    ORIGIN_FREE,    /* free text that a person gave */
    ORIGIN_ANSWER,  /* what a person answered otherwise */
    ORIGIN_COUNTER, /* the variable of a numeric loop */
};

struct parser {
    const struct mn__token *at, *first;
    int file, depth;
    int function; /* that is walked: live.h */
    const struct mn__check *check;
    struct mn__words known;
    struct {
        struct visible {
            const struct mn__token *name;
            int live; /* its number for live.h */
            enum origin origin;
        } * at;
        size_t n, cap;
    } locals;
    /* The step's call that was read last: where it ends, and what it gives. */
    const struct mn__token *answer_end;
    enum origin answer;
    const char *changes; /* what was read last that is not the same in every walk */
    struct {
        struct mn__value *at;
        size_t n, cap;
    } keys; /* the literal keys of steps, to find those used twice */
};

static struct mn__value expression(struct parser *p);
static void block(struct parser *p);
static void statement(struct parser *p);

static struct mn__place place(const struct parser *p, const struct mn__token *t) {
    return (struct mn__place){p->file, t->line, t->from, (int)t->n};
}

static bool is(const struct parser *p, const char *word) {
    return mn__token_is(p->at, word);
}

static bool accept(struct parser *p, const char *word) {
    if (!is(p, word))
        return false;
    p->at++;
    return true;
}

/* Past one token, never past the end: whatever the source, the walk ends. */
static const struct mn__token *take(struct parser *p) {
    const struct mn__token *t = p->at;
    if (t->type != MN__TOKEN_END)
        p->at++;
    return t;
}

static bool same(const struct mn__token *t, const char *word) {
    return strlen(word) == t->n && memcmp(word, t->s, t->n) == 0;
}

/* ---- names ---- */

static int here(const struct parser *p) {
    return (int)(p->at - p->first);
}

static void declare(struct parser *p, const struct mn__token *name, enum origin origin) {
    p->locals.at = mn_grow(p->locals.at, &p->locals.cap, p->locals.n + 1, sizeof(*p->locals.at));
    int live = -1;
    if (p->check->live)
        live = mn__live_local(p->check->live, name, p->function, here(p));
    p->locals.at[p->locals.n++] = (struct visible){name, live, origin};
}

/* Names that were declared since then are no longer visible. */
static void forget(struct parser *p, size_t visible) {
    while (p->locals.n > visible) {
        p->locals.n--;
        if (p->check->live)
            mn__live_local_ends(p->check->live, p->locals.at[p->locals.n].live, here(p));
    }
}

static struct visible *find_local(const struct parser *p, const struct mn__token *name) {
    for (size_t i = p->locals.n; i > 0; i--)
        if (p->locals.at[i - 1].name->n == name->n &&
            memcmp(p->locals.at[i - 1].name->s, name->s, name->n) == 0)
            return &p->locals.at[i - 1];
    return NULL;
}

static bool is_local(const struct parser *p, const struct mn__token *name) {
    return find_local(p, name) || same(name, "_ENV");
}

/* What the expression gives that ends here: one step's call and nothing else, or something else. */
static enum origin origin_here(const struct parser *p) {
    return p->answer_end == p->at ? p->answer : ORIGIN_OTHER;
}

/* The name stands here, to be read or written. */
static void use(const struct parser *p, const struct mn__token *name) {
    const struct visible *local = find_local(p, name);
    if (local && p->check->live)
        mn__live_use(p->check->live, local->live, (int)(name - p->first));
}

static bool is_known(const struct parser *p, const char *name) {
    for (size_t i = 0; i < p->known.n; i++)
        if (strcmp(p->known.at[i], name) == 0)
            return true;
    return false;
}

static const char *word(const struct parser *p, const struct mn__token *t) {
    return mn_arena_strndup(p->check->arena, t->s, t->n);
}

/* The visible name nearest to an unknown one. */
static void suggest_name(const struct parser *p, const char *name) {
    size_t n = 0;
    const char **names =
        MN_ARENA_ARRAY(p->check->arena, const char *, p->known.n + p->locals.n + 1);
    for (size_t i = p->locals.n; i > 0; i--)
        names[n++] = word(p, p->locals.at[i - 1].name);
    for (size_t i = 0; i < p->known.n; i++)
        names[n++] = p->known.at[i];
    int near = mn_nearest(name, names, n);
    if (near >= 0)
        mn__problem_note(p->check->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
}

static void use_global(const struct parser *p, const struct mn__token *t) {
    const char *name = word(p, t);
    if (is_known(p, name))
        return;
    if (mn__is_withheld(name)) {
        mn__problem(p->check->problems, MN_D_script_withheld, place(p, t), MN_ARGS(name));
        return;
    }
    mn__problem(p->check->problems, MN_D_script_unknown_global, place(p, t), MN_ARGS(name));
    suggest_name(p, name);
}

/* `string.uper`: a name that the table in the library does not have. */
static void use_member(const struct parser *p, const struct mn__token *table,
                       const struct mn__token *member) {
    const char *whole = mn_arena_printf(p->check->arena, "%s.%s", word(p, table), word(p, member));
    const char *within = mn_arena_printf(p->check->arena, "%s.", word(p, table));
    bool namespace = false;
    for (size_t i = 0; i < p->known.n; i++) {
        if (strcmp(p->known.at[i], whole) == 0)
            return;
        namespace = namespace || strncmp(p->known.at[i], within, strlen(within)) == 0;
    }
    if (!namespace)
        return;
    mn__problem(p->check->problems, MN_D_script_unknown_global, place(p, member), MN_ARGS(whole));
    suggest_name(p, whole);
}

/* ---- calls of the library ---- */

static void remember_key(struct parser *p, const struct mn__call_spec *spec,
                         const struct mn__value *v) {
    const struct mn__value *key = mn__field(v, "key");
    if (spec->kind < 0 || !key || key->is != MN__IS_STRING || !key->s)
        return;
    for (size_t i = 0; i < p->keys.n; i++)
        if (strcmp(p->keys.at[i].s, key->s) == 0) {
            mn__problem(p->check->problems, MN_D_script_same_key, key->at, MN_ARGS(key->s));
            mn__problem_note(p->check->problems, MN_D_see_also, p->keys.at[i].at, MN_NO_ARGS);
            return;
        }
    p->keys.at = mn_grow(p->keys.at, &p->keys.cap, p->keys.n + 1, sizeof(*p->keys.at));
    p->keys.at[p->keys.n++] = *key;
}

static void library_call(struct parser *p, const struct mn__token *callee,
                         const struct mn__value *arg, size_t n_args) {
    const struct mn__call_spec *spec = mn__call_spec(word(p, callee));
    struct mn__value none = {.is = MN__IS_NIL, .at = place(p, callee)};
    if (!spec || is_local(p, callee))
        return;
    if (n_args == 0)
        arg = &none;
    if (spec->kind >= 0) {
        const struct mn__value *opaque = mn__field(arg, "free");
        p->answer_end = p->at;
        p->answer =
            opaque && opaque->is == MN__IS_BOOL && opaque->flag ? ORIGIN_FREE : ORIGIN_ANSWER;
    }
    if (p->check->lint)
        mn__lint_call(p->check, spec, arg, place(p, callee));
    const struct mn__value *key = mn__field(arg, "key");
    if (p->check->step && spec->kind >= 0)
        p->check->step(p->check->arg, spec->name, place(p, callee),
                       key && key->is == MN__IS_STRING ? key->s : NULL);
    if (mn__spec_check(p->check, spec, arg, place(p, callee)))
        remember_key(p, spec, arg);
}

/* ---- expressions ---- */

static struct mn__value unknown(const struct parser *p, const struct mn__token *t) {
    return (struct mn__value){.is = MN__IS_UNKNOWN, .at = place(p, t)};
}

static void function_body(struct parser *p, bool method) {
    static const struct mn__token self = {MN__TOKEN_NAME, "self", 4, 0, 0};
    size_t visible = p->locals.n;
    int outer = p->function;
    if (p->check->live)
        p->function = mn__live_function(p->check->live, here(p));
    if (method)
        declare(p, &self, ORIGIN_OTHER);
    accept(p, "(");
    while (!is(p, ")") && p->at->type != MN__TOKEN_END) {
        const struct mn__token *t = take(p);
        if (t->type == MN__TOKEN_NAME)
            declare(p, t, ORIGIN_OTHER);
    }
    accept(p, ")");
    block(p);
    accept(p, "end");
    forget(p, visible);
    if (p->check->live)
        mn__live_function_ends(p->check->live, p->function, here(p));
    p->function = outer;
}

static void add_field(struct mn__value *table, size_t *cap, struct mn__field f) {
    table->fields = mn_grow(table->fields, cap, table->n_fields + 1, sizeof(*table->fields));
    table->fields[table->n_fields++] = f;
}

static struct mn__value table(struct parser *p) {
    struct mn__value t = {.is = MN__IS_TABLE, .at = place(p, p->at)};
    size_t cap = 0;
    take(p);
    while (!is(p, "}") && p->at->type != MN__TOKEN_END) {
        struct mn__field f = {.at = place(p, p->at)};
        bool computed = false;
        if (p->at->type == MN__TOKEN_NAME && mn__token_is(p->at + 1, "=")) {
            f.name = word(p, take(p));
            take(p);
        } else if (accept(p, "[")) {
            struct mn__value key = expression(p);
            computed = key.is != MN__IS_STRING || !key.s;
            f.name = key.s;
            accept(p, "]");
            accept(p, "=");
        }
        const char *outer = p->changes;
        p->changes = NULL;
        f.value = expression(p);
        f.value.changes = p->changes;
        p->changes = outer ? outer : p->changes;
        /* A call or `...` in last place may give many items. */
        bool many = !f.name && f.value.is == MN__IS_UNKNOWN && is(p, "}");
        if (computed || many)
            t.open = true;
        if (!computed)
            add_field(&t, &cap, f);
        if (!accept(p, ",") && !accept(p, ";"))
            break;
    }
    accept(p, "}");
    struct mn__field *kept =
        mn_arena_copy(p->check->arena, t.fields, t.n_fields * sizeof(*t.fields));
    free(t.fields);
    t.fields = kept;
    return t;
}

static struct mn__value string(struct parser *p) {
    struct mn__value v = {.is = MN__IS_STRING, .at = place(p, p->at)};
    v.s = mn__token_string(take(p), p->check->arena, &v.n);
    return v;
}

/* The arguments of a call; the first one, and how many. */
static struct mn__value arguments(struct parser *p, size_t *n) {
    struct mn__value first = unknown(p, p->at);
    *n = 1;
    if (p->at->type == MN__TOKEN_STRING)
        return string(p);
    if (is(p, "{"))
        return table(p);
    *n = 0;
    take(p);
    while (!is(p, ")") && p->at->type != MN__TOKEN_END) {
        struct mn__value v = expression(p);
        if ((*n)++ == 0)
            first = v;
        if (!accept(p, ","))
            break;
    }
    accept(p, ")");
    return first;
}

static bool call_follows(const struct parser *p) {
    return is(p, "(") || is(p, "{") || p->at->type == MN__TOKEN_STRING;
}

/* A name or (expression) with what follows it. Sets *assigned to the name if it stands alone. */
static struct mn__value suffixed(struct parser *p, const struct mn__token **alone) {
    const struct mn__token *first = p->at, *name = NULL;
    struct mn__value v = unknown(p, first);
    if (accept(p, "(")) {
        v = expression(p);
        accept(p, ")");
    } else {
        name = take(p);
        const struct visible *local = find_local(p, name);
        if (name->type == MN__TOKEN_NAME && !is_local(p, name))
            use_global(p, name);
        use(p, name);
        if (same(name, "incident") || (local && local->origin != ORIGIN_OTHER))
            p->changes = word(p, name);
    }
    for (;;) {
        const struct mn__token *global = name && !is_local(p, name) ? name : NULL;
        if (accept(p, ".")) {
            if (global)
                use_member(p, global, p->at);
            take(p);
        } else if (accept(p, "[")) {
            expression(p);
            accept(p, "]");
        } else if (is(p, ":") || call_follows(p)) {
            size_t n;
            bool method = accept(p, ":");
            if (method)
                take(p);
            struct mn__value arg = arguments(p, &n);
            if (name && !method)
                library_call(p, name, &arg, n);
        } else {
            break;
        }
        name = NULL;
        v = unknown(p, first);
    }
    *alone = name;
    return v;
}

static struct mn__value simple(struct parser *p) {
    const struct mn__token *t = p->at, *alone;
    struct mn__value v = {.at = place(p, t)};
    if (t->type == MN__TOKEN_STRING)
        return string(p);
    if (is(p, "{"))
        return table(p);
    if (t->type == MN__TOKEN_NUMBER) {
        v.is = MN__IS_NUMBER;
        v.number = strtod(mn_arena_strndup(p->check->arena, t->s, t->n), NULL);
        v.whole = memchr(t->s, '.', t->n) == NULL;
        take(p);
    } else if (accept(p, "nil")) {
        v.is = MN__IS_NIL;
    } else if (is(p, "true") || is(p, "false")) {
        v.is = MN__IS_BOOL;
        v.flag = mn__token_is(take(p), "true");
    } else if (accept(p, "function")) {
        function_body(p, false);
        v.is = MN__IS_FUNCTION;
    } else if (t->type == MN__TOKEN_NAME || is(p, "(")) {
        return suffixed(p, &alone);
    } else {
        take(p);
    }
    return v;
}

static bool binary_follows(const struct parser *p) {
    static const char *const OPERATORS[] = {"+",  "-", "*",  "/",  "//", "^",   "%",
                                            "&",  "~", "|",  ">>", "<<", "..",  "<",
                                            "<=", ">", ">=", "==", "~=", "and", "or"};
    for (size_t i = 0; i < MN_COUNT(OPERATORS); i++)
        if (is(p, OPERATORS[i]))
            return true;
    return false;
}

/* One operand of an expression: is it free text that a person gave, and nothing more? */
static bool is_free_text(const struct parser *p, const struct mn__token *first) {
    const struct visible *local =
        first->type == MN__TOKEN_NAME && p->at == first + 1 ? find_local(p, first) : NULL;
    return local ? local->origin == ORIGIN_FREE : origin_here(p) == ORIGIN_FREE;
}

/* `==` and `~=` with free text run, and tell it from everything but nil. */
static void check_comparison(const struct parser *p, const struct mn__token *sign,
                             const struct mn__token *left, bool left_free,
                             const struct mn__token *right, bool right_free) {
    if (!sign || !(mn__token_is(sign, "==") || mn__token_is(sign, "~=")))
        return;
    const struct mn__token *free_text = left_free ? left : right_free ? right : NULL;
    if (free_text && !mn__token_is(left, "nil") && !mn__token_is(right, "nil"))
        mn__problem(p->check->problems, MN_D_script_free_compared, place(p, free_text), MN_NO_ARGS);
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
static struct mn__value expression(struct parser *p) {
    const struct mn__token *first = p->at, *sign = NULL, *left = p->at;
    bool unary = false, joined = true, left_free = false;
    int operators = 0;
    struct pieces pieces = {MN_BUF_INIT, 0, true};
    if (++p->depth > DEEPEST) {
        take(p);
        p->depth--;
        return unknown(p, first);
    }
    struct mn__value v;
    for (;;) {
        while (is(p, "-") || is(p, "not") || is(p, "#") || is(p, "~")) {
            unary = true;
            take(p);
        }
        const struct mn__token *operand = p->at;
        v = simple(p);
        bool free_text = is_free_text(p, operand);
        check_comparison(p, sign, left, left_free, operand, free_text);
        add_piece(&pieces, &v);
        if (!binary_follows(p))
            break;
        joined = joined && is(p, "..");
        operators++;
        left = operand;
        left_free = free_text;
        sign = take(p);
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
static void expressions(struct parser *p, enum origin *origins, size_t n) {
    size_t i = 0;
    do {
        expression(p);
        if (i < n)
            origins[i] = origin_here(p);
        i++;
    } while (accept(p, ","));
}

/* ---- statements ---- */

/* What the function's locals are is not told. */
static void unknown_locals(const struct parser *p) {
    if (p->check->live)
        mn__live_unknown(p->check->live, p->function);
}

static void local_statement(struct parser *p) {
    const struct mn__token *names[256];
    enum origin origins[MN_COUNT(names)] = {ORIGIN_OTHER};
    size_t n = 0;
    if (accept(p, "function")) {
        if (p->at->type == MN__TOKEN_NAME)
            declare(p, take(p), ORIGIN_OTHER);
        function_body(p, false);
        return;
    }
    while (p->at->type == MN__TOKEN_NAME) {
        if (n < MN_COUNT(names))
            names[n++] = p->at;
        take(p);
        if (accept(p, "<")) {
            take(p);
            accept(p, ">");
            unknown_locals(p);
        }
        if (!accept(p, ","))
            break;
    }
    if (accept(p, "="))
        expressions(p, origins, n);
    for (size_t i = 0; i < n; i++)
        declare(p, names[i], origins[i]);
}

static void for_statement(struct parser *p) {
    const struct mn__token *names[256];
    size_t n = 0, visible = p->locals.n;
    while (p->at->type == MN__TOKEN_NAME) {
        if (n < MN_COUNT(names))
            names[n++] = p->at;
        take(p);
        if (!accept(p, ","))
            break;
    }
    enum origin origin = is(p, "=") ? ORIGIN_COUNTER : ORIGIN_OTHER;
    if (accept(p, "=") || accept(p, "in"))
        expressions(p, NULL, 0);
    for (size_t i = 0; i < n; i++)
        declare(p, names[i], origin);
    accept(p, "do");
    block(p);
    accept(p, "end");
    forget(p, visible);
}

static void if_statement(struct parser *p) {
    do {
        expression(p);
        accept(p, "then");
        block(p);
    } while (accept(p, "elseif"));
    if (accept(p, "else"))
        block(p);
    accept(p, "end");
}

static void refuse_global(const struct parser *p, const struct mn__token *name) {
    mn__problem(p->check->problems, MN_D_script_global_assigned, place(p, name),
                MN_ARGS(word(p, name)));
}

static void function_statement(struct parser *p) {
    const struct mn__token *name = take(p);
    bool method = false, member = false;
    use(p, name);
    while (is(p, ".") || is(p, ":")) {
        method = is(p, ":");
        member = true;
        take(p);
        take(p);
    }
    if (!is_local(p, name)) {
        if (member)
            use_global(p, name);
        else
            refuse_global(p, name);
    }
    function_body(p, method);
}

/* A call or an assignment. The names on its left were looked at as uses before it is known which.
 */
static void other_statement(struct parser *p) {
    const struct mn__token *start = p->at, *alone;
    size_t problems = json_array_size(p->check->problems->list);
    const struct mn__token *assigned[64];
    size_t n = 0;
    do {
        suffixed(p, &alone);
        if (alone && n < MN_COUNT(assigned))
            assigned[n++] = alone;
    } while (accept(p, ","));
    if (is(p, "=")) {
        /* An unknown global that is assigned is one problem, not two. */
        bool refused = false;
        for (size_t i = 0; i < n; i++)
            if (assigned[i]->type == MN__TOKEN_NAME && !is_local(p, assigned[i])) {
                while (!refused && json_array_size(p->check->problems->list) > problems)
                    json_array_remove(p->check->problems->list, problems);
                refused = true;
                refuse_global(p, assigned[i]);
            }
        take(p);
        enum origin origins[MN_COUNT(assigned)] = {ORIGIN_OTHER};
        expressions(p, origins, n);
        for (size_t i = 0; i < n; i++) {
            struct visible *local = find_local(p, assigned[i]);
            if (local)
                local->origin = origins[i];
        }
    }
    if (p->at == start)
        take(p); /* no statement of Lua's: only go on */
}

static void any_statement(struct parser *p) {
    size_t visible = p->locals.n;
    if (accept(p, "local"))
        return local_statement(p);
    if (accept(p, "for"))
        return for_statement(p);
    if (accept(p, "if"))
        return if_statement(p);
    if (accept(p, "function"))
        return function_statement(p);
    if (accept(p, "while")) {
        expression(p);
        accept(p, "do");
        block(p);
        accept(p, "end");
    } else if (accept(p, "do")) {
        block(p);
        accept(p, "end");
    } else if (accept(p, "repeat")) {
        /* The condition sees the names of the block. */
        while (!is(p, "until") && p->at->type != MN__TOKEN_END)
            statement(p);
        accept(p, "until");
        expression(p);
        forget(p, visible);
    } else if (accept(p, "return")) {
        if (!is(p, "end") && !is(p, "else") && !is(p, "elseif") && !is(p, "until") && !is(p, ";") &&
            p->at->type != MN__TOKEN_END)
            expressions(p, NULL, 0);
    } else if (accept(p, "goto")) {
        take(p);
        unknown_locals(p);
    } else if (accept(p, "::")) {
        take(p);
        accept(p, "::");
    } else if (!accept(p, ";") && !accept(p, "break")) {
        other_statement(p);
    }
}

static void statement(struct parser *p) {
    bool loop = is(p, "for") || is(p, "while") || is(p, "repeat");
    int from = here(p);
    any_statement(p);
    if (p->check->live && loop)
        mn__live_loop(p->check->live, p->function, from, here(p));
    if (p->check->live)
        mn__live_statement(p->check->live, p->function, from, here(p));
}

static void block(struct parser *p) {
    size_t visible = p->locals.n;
    if (++p->depth > DEEPEST) {
        take(p);
        p->depth--;
        return;
    }
    while (!is(p, "end") && !is(p, "else") && !is(p, "elseif") && !is(p, "until") &&
           p->at->type != MN__TOKEN_END)
        statement(p);
    forget(p, visible);
    p->depth--;
}

void mn__syntax_check(const char *source, size_t size, int file, struct mn__words known,
                      const struct mn__check *c) {
    struct parser p = {
        .at = mn__tokens(source, size, c->arena), .file = file, .check = c, .known = known};
    p.first = p.at;
    if (c->live)
        p.function = mn__live_function(c->live, 0);
    while (p.at->type != MN__TOKEN_END) {
        block(&p);
        take(&p);
    }
    if (c->live)
        mn__live_function_ends(c->live, p.function, here(&p) + 1);
    free(p.locals.at);
    free(p.keys.at);
}
