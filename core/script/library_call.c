/* Calls of the library in a source: what they are given, the keys of steps, and what is done with
 * free text that they give. */
#include "script/lint.h"
#include "script/parser.h"

static void remember_key(struct mn__parser *p, const struct mn__call_spec *spec,
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

void mn__library_call(struct mn__parser *p, const struct mn__token *callee,
                      const struct mn__value *arg, size_t n_args) {
    const struct mn__call_spec *spec = mn__call_spec(mn__parser_word(p, callee));
    struct mn__value none = {.is = MN__IS_NIL, .at = mn__parser_place(p, callee)};
    if (!spec || mn__names_is_local(p, callee))
        return;
    if (n_args == 0)
        arg = &none;
    if (spec->kind >= 0) {
        const struct mn__value *opaque = mn__field(arg, "free");
        p->answer_end = p->at;
        p->answer = opaque && opaque->is == MN__IS_BOOL && opaque->flag ? MN__ORIGIN_FREE
                                                                        : MN__ORIGIN_ANSWER;
    }
    if (p->check->lint)
        mn__lint_call(p->check, spec, arg, mn__parser_place(p, callee));
    const struct mn__value *key = mn__field(arg, "key");
    if (p->check->step && spec->kind >= 0)
        p->check->step(p->check->arg, spec->name, mn__parser_place(p, callee),
                       key && key->is == MN__IS_STRING ? key->s : NULL);
    if (mn__spec_check(p->check, spec, arg, mn__parser_place(p, callee)))
        remember_key(p, spec, arg);
}

bool mn__is_free_text(const struct mn__parser *p, const struct mn__token *first) {
    const struct mn__visible *local =
        first->type == MN__TOKEN_NAME && p->at == first + 1 ? mn__names_find(p, first) : NULL;
    return local ? local->origin == MN__ORIGIN_FREE : mn__parser_origin(p) == MN__ORIGIN_FREE;
}

void mn__check_comparison(const struct mn__parser *p, const struct mn__token *sign,
                          const struct mn__token *left, bool left_free,
                          const struct mn__token *right, bool right_free) {
    if (!sign || !(mn__token_is(sign, "==") || mn__token_is(sign, "~=")))
        return;
    const struct mn__token *free_text = left_free ? left : right_free ? right : NULL;
    if (free_text && !mn__token_is(left, "nil") && !mn__token_is(right, "nil"))
        mn__problem(p->check->problems, MN_D_script_free_compared, mn__parser_place(p, free_text),
                    MN_NO_ARGS);
}
