/* Which names are visible where, as a source is walked. */
#include "base/unicode.h"
#include "script/live.h"
#include "script/parser.h"
#include "script/state.h"

void mn__names_declare(struct mn__parser *p, const struct mn__token *name, enum mn__origin origin) {
    p->locals.at = mn_grow(p->locals.at, &p->locals.cap, p->locals.n + 1, sizeof(*p->locals.at));
    int live = -1;
    if (p->check->live)
        live = mn__live_local(p->check->live, name, p->function, mn__parser_here(p));
    p->locals.at[p->locals.n++] = (struct mn__visible){name, live, origin};
}

void mn__names_forget(struct mn__parser *p, size_t visible) {
    while (p->locals.n > visible) {
        p->locals.n--;
        if (p->check->live)
            mn__live_local_ends(p->check->live, p->locals.at[p->locals.n].live, mn__parser_here(p));
    }
}

struct mn__visible *mn__names_find(const struct mn__parser *p, const struct mn__token *name) {
    for (size_t i = p->locals.n; i > 0; i--)
        if (p->locals.at[i - 1].name->n == name->n &&
            memcmp(p->locals.at[i - 1].name->s, name->s, name->n) == 0)
            return &p->locals.at[i - 1];
    return NULL;
}

bool mn__names_is_local(const struct mn__parser *p, const struct mn__token *name) {
    return mn__names_find(p, name) || mn__parser_same(name, "_ENV");
}

void mn__names_use(const struct mn__parser *p, const struct mn__token *name) {
    const struct mn__visible *local = mn__names_find(p, name);
    if (local && p->check->live)
        mn__live_use(p->check->live, local->live, (int)(name - p->first));
}

static bool is_known(const struct mn__parser *p, const char *name) {
    for (size_t i = 0; i < p->known.n; i++)
        if (strcmp(p->known.at[i], name) == 0)
            return true;
    return false;
}

/* The visible name nearest to an unknown one. */
static void suggest_name(const struct mn__parser *p, const char *name) {
    size_t n = 0;
    const char **names =
        MN_ARENA_ARRAY(p->check->arena, const char *, p->known.n + p->locals.n + 1);
    for (size_t i = p->locals.n; i > 0; i--)
        names[n++] = mn__parser_word(p, p->locals.at[i - 1].name);
    for (size_t i = 0; i < p->known.n; i++)
        names[n++] = p->known.at[i];
    int near = mn_nearest(name, names, n);
    if (near >= 0)
        mn__problem_note(p->check->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
}

void mn__names_use_global(const struct mn__parser *p, const struct mn__token *t) {
    const char *name = mn__parser_word(p, t);
    if (is_known(p, name))
        return;
    if (mn__is_withheld(name)) {
        mn__problem(p->check->problems, MN_D_script_withheld, mn__parser_place(p, t),
                    MN_ARGS(name));
        return;
    }
    mn__problem(p->check->problems, MN_D_script_unknown_global, mn__parser_place(p, t),
                MN_ARGS(name));
    suggest_name(p, name);
}

void mn__names_use_member(const struct mn__parser *p, const struct mn__token *table,
                          const struct mn__token *member) {
    const char *whole = mn_arena_printf(p->check->arena, "%s.%s", mn__parser_word(p, table),
                                        mn__parser_word(p, member));
    const char *within = mn_arena_printf(p->check->arena, "%s.", mn__parser_word(p, table));
    bool namespace = false;
    for (size_t i = 0; i < p->known.n; i++) {
        if (strcmp(p->known.at[i], whole) == 0)
            return;
        namespace = namespace || strncmp(p->known.at[i], within, strlen(within)) == 0;
    }
    if (!namespace)
        return;
    mn__problem(p->check->problems, MN_D_script_unknown_global, mn__parser_place(p, member),
                MN_ARGS(whole));
    suggest_name(p, whole);
}
