/* What is no mistake of a runbook, but of no good to whoever has it before them at night. */
#include "script/lint.h"

#include "base/unicode.h"

#include <stdio.h>
#include <string.h>

/* What a printed card and a narrow screen have room for, in characters. */
enum { CARD_TEXT = 320, CARD_CHOICE = 100 };

static void advise(const struct mn__check *c, enum mn_code code, struct mn__place at,
                   const char *const *args) {
    mn__problem(c->lint, code, at, args);
}

static void check_length(const struct mn__check *c, const struct mn__value *v, size_t room) {
    size_t n = v->s ? mn_utf8_count(v->s, v->n) : v->least;
    if (v->is == MN__IS_STRING && n > room)
        advise(
            c, MN_D_lint_long, v->at,
            MN_ARGS(mn_arena_printf(c->arena, "%zu", n), mn_arena_printf(c->arena, "%zu", room)));
}

static void check_texts(const struct mn__check *c, const struct mn__value *v, size_t room) {
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__field *f = &v->fields[i];
        bool choices = f->name && (!strcmp(f->name, "outcomes") || !strcmp(f->name, "items"));
        if (f->value.is == MN__IS_TABLE)
            check_texts(c, &f->value, choices ? CARD_CHOICE : room);
        else if (f->name && (!strcmp(f->name, "vi") || !strcmp(f->name, "en")))
            check_length(c, &f->value, room);
    }
}

static void check_keys(const struct mn__check *c, const struct mn__value *v) {
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__field *f = &v->fields[i];
        if (f->value.is == MN__IS_TABLE)
            check_keys(c, &f->value);
        else if (f->name && !strcmp(f->name, "key") && f->value.changes)
            advise(c, MN_D_lint_key, f->at, MN_ARGS(f->value.changes));
    }
}

/* A question that names its answers has one for who does not know, or cannot. */
static void check_way_out(const struct mn__check *c, const struct mn__call_spec *spec,
                          const struct mn__value *v, struct mn__place at) {
    const struct mn__value *outcomes = mn__field(v, "outcomes");
    if ((spec->kind != MN_STEP_ASK && spec->kind != MN_STEP_CHECK && spec->kind != MN_STEP_ACT) ||
        !outcomes || outcomes->is != MN__IS_TABLE || outcomes->open)
        return;
    for (size_t i = 0; i < outcomes->n_fields; i++) {
        const struct mn__value *key = mn__field(&outcomes->fields[i].value, "key");
        if (outcomes->fields[i].value.is != MN__IS_TABLE || !key || !key->s ||
            strncmp(key->s, "cannot", 6) == 0)
            return;
    }
    advise(c, MN_D_lint_no_way_out, at, MN_ARGS(spec->name));
}

void mn__lint_call(const struct mn__check *c, const struct mn__call_spec *spec,
                   const struct mn__value *v, struct mn__place at) {
    if (v->is != MN__IS_TABLE)
        return;
    check_texts(c, v, CARD_TEXT);
    if (spec->kind < 0)
        return;
    check_keys(c, v);
    check_way_out(c, spec, v, at);
}
