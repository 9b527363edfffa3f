/* Calls of the library in a source: what they are given, and the keys of steps. */
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
