/* The one check of a call's table, for the source as it is read and for what running really passes.
 */
#include "base/unicode.h"
#include "script/spec.h"

#include <math.h>
#include <string.h>

enum { LONGEST_KEY = 64, LONGEST_TEXT = 4000, MOST_CHOICES = 200 };

static const struct mn__field_spec TEXT[] = {
    {"vi", MN__WANT_STRING, true}, {"en", MN__WANT_STRING, true}, {NULL, MN__WANT_KEY, false}};
static const struct mn__field_spec CHOICE[] = {{"key", MN__WANT_KEY, true},
                                               {"vi", MN__WANT_STRING, true},
                                               {"en", MN__WANT_STRING, true},
                                               {NULL, MN__WANT_KEY, false}};
static const struct mn__field_spec NUMBER[] = {
    {"cuts", MN__WANT_CUTS, true}, {"unit", MN__WANT_TEXT, false}, {NULL, MN__WANT_KEY, false}};
static const struct mn__field_spec APPLIES[] = {
    {"kind", MN__WANT_NAMES, false},      {"kinds", MN__WANT_NAMES, false},
    {"service", MN__WANT_NAMES, false},   {"services", MN__WANT_NAMES, false},
    {"site_type", MN__WANT_NAMES, false}, {"site_types", MN__WANT_NAMES, false},
    {"area", MN__WANT_NAMES, false},      {"areas", MN__WANT_NAMES, false},
    {NULL, MN__WANT_KEY, false}};

/* Where in the call something is: for messages, "act", "act.undo", "ask.outcomes[2]". */
struct spot {
    const char *path;
    struct mn__place at;
};

const struct mn__field_spec *mn__fields_within(enum mn__want want) {
    switch (want) {
    case MN__WANT_TEXT:
        return TEXT;
    case MN__WANT_CHOICES:
        return CHOICE;
    case MN__WANT_NUMBER:
        return NUMBER;
    case MN__WANT_APPLIES:
        return APPLIES;
    default:
        return NULL;
    }
}

static bool wrong(const struct mn__check *c, enum mn_code code, struct mn__place at,
                  struct spot where) {
    mn__problem(c->problems, code, at, MN_ARGS(where.path));
    return false;
}

static bool check_fields(const struct mn__check *c, const struct mn__field_spec *fields,
                         const struct mn__value *v, struct spot where);

static bool key_characters(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool letter = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9');
        if (!letter && !(i > 0 && (s[i] == '-' || s[i] == '_')))
            return false;
    }
    return n > 0 && n <= LONGEST_KEY;
}

static bool check_string(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    if (v->is == MN__IS_UNKNOWN)
        return true;
    if (v->is == MN__IS_OPAQUE)
        return wrong(c, MN_D_script_opaque_text, v->at, where);
    if (v->is != MN__IS_STRING)
        return wrong(c, MN_D_script_want_string, v->at, where);
    if (!v->s)
        return true;
    if (v->n == 0 || strspn(v->s, " \t\n") == v->n)
        return wrong(c, MN_D_script_empty_text, v->at, where);
    if (v->n > LONGEST_TEXT)
        return wrong(c, MN_D_script_long_text, v->at, where);
    if (mn_utf8_check(v->s, v->n) != v->n)
        return wrong(c, MN_D_script_not_utf8, v->at, where);
    for (size_t i = 0, used; i < v->n; i += used)
        if (v->s[i] == '\0' || mn_is_control(mn_utf8_decode(v->s + i, v->n - i, &used)))
            return wrong(c, MN_D_script_control, v->at, where);
    if (!mn_is_nfc(v->s, v->n))
        return wrong(c, MN_D_script_not_nfc, v->at, where);
    return true;
}

static bool check_key(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    if (v->is == MN__IS_UNKNOWN || (v->is == MN__IS_STRING && !v->s))
        return true;
    if (v->is != MN__IS_STRING)
        return wrong(c, MN_D_script_want_string, v->at, where);
    if (key_characters(v->s, v->n))
        return true;
    mn__problem(c->problems, MN_D_script_bad_key, v->at, MN_ARGS(where.path, v->s));
    return false;
}

/* A word for something that comes by itself: they are in lua/metronet/steps.lua. */
static bool check_awaited(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    if (!v->s || strcmp(v->s, MN_OUTCOME_OVERDUE) == 0 || strcmp(v->s, MN_OUTCOME_NEWS) == 0)
        return true;
    mn__problem(c->problems, MN_D_script_want_awaited, v->at, MN_ARGS(where.path, v->s));
    static const char *const words[] = {MN_OUTCOME_OVERDUE, MN_OUTCOME_NEWS};
    int near = mn_nearest(v->s, words, MN_COUNT(words));
    if (near >= 0)
        mn__problem_note(c->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(words[near]));
    return false;
}

/* The key of a choice, or the word that stands for one. */
static const struct mn__value *choice_key(const struct mn__value *choice) {
    return choice->is == MN__IS_STRING ? choice : mn__field(choice, "key");
}

static bool check_choices(const struct mn__check *c, enum mn__want want, const struct mn__value *v,
                          struct spot where) {
    bool ok = true;
    size_t n = 0;
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__field *f = &v->fields[i];
        if (f->name) {
            mn__problem(c->problems, MN_D_script_want_list, f->at, MN_ARGS(where.path));
            return false;
        }
        n++;
        struct spot at = {mn_arena_printf(c->arena, "%s[%zu]", where.path, n), f->at};
        if (f->value.is == MN__IS_UNKNOWN)
            continue;
        bool word = want == MN__WANT_AWAITED && f->value.is == MN__IS_STRING;
        if (f->value.is != MN__IS_TABLE && !word) {
            ok = wrong(c, MN_D_script_want_choice, f->at, at);
            continue;
        }
        ok &= word ? check_awaited(c, &f->value, at) : check_fields(c, CHOICE, &f->value, at);
        const struct mn__value *key = choice_key(&f->value);
        for (size_t k = 0; key && key->s && k < i; k++) {
            const struct mn__value *other = choice_key(&v->fields[k].value);
            if (other && other->s && strcmp(other->s, key->s) == 0) {
                mn__problem(c->problems, MN_D_script_same_choice, key->at,
                            MN_ARGS(at.path, key->s));
                ok = false;
            }
        }
    }
    if (n == 0 && !v->open)
        return wrong(c, MN_D_script_want_choice, v->at, where);
    if (n > MOST_CHOICES)
        return wrong(c, MN_D_script_many_choices, v->at, where);
    return ok;
}

static bool check_cuts(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    double before = -INFINITY;
    if (v->open)
        return true;
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__value *cut = &v->fields[i].value;
        if (cut->is == MN__IS_UNKNOWN)
            return true;
        if (v->fields[i].name || cut->is != MN__IS_NUMBER || !(cut->number > before) ||
            fabs(cut->number) > 1e9)
            return wrong(c, MN_D_script_want_cuts, v->at, where);
        before = cut->number;
    }
    return v->n_fields > 0 || wrong(c, MN_D_script_want_cuts, v->at, where);
}

static bool check_evidence(const struct mn__check *c, const struct mn__value *v,
                           struct spot where) {
    bool ok = true;
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__field *f = &v->fields[i];
        struct spot at = {mn_arena_printf(c->arena, "%s[%zu]", where.path, i + 1), f->at};
        if (f->name)
            return wrong(c, MN_D_script_want_list, f->at, where);
        if (f->value.is == MN__IS_TABLE)
            ok &= check_fields(c, TEXT, &f->value, at);
        else if (f->value.is != MN__IS_OPAQUE && f->value.is != MN__IS_UNKNOWN)
            ok = wrong(c, MN_D_script_want_evidence, f->at, at);
    }
    return ok;
}

static void refer(const struct mn__check *c, enum mn__want want, const struct mn__value *v) {
    if (c->reference && v->is == MN__IS_STRING && v->s)
        c->reference(c->arg, (struct mn__reference){want, v->s, v->at});
}

static bool check_names(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    if (v->is == MN__IS_STRING) {
        refer(c, MN__WANT_NAMES, v);
        return true;
    }
    if (v->is == MN__IS_UNKNOWN)
        return true;
    if (v->is != MN__IS_TABLE || (v->n_fields == 0 && !v->open))
        return wrong(c, MN_D_script_want_names, v->at, where);
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__value *one = &v->fields[i].value;
        if (v->fields[i].name || (one->is != MN__IS_STRING && one->is != MN__IS_UNKNOWN))
            return wrong(c, MN_D_script_want_names, v->fields[i].at, where);
        refer(c, MN__WANT_NAMES, one);
    }
    return true;
}

static bool check_named(const struct mn__check *c, enum mn__want want, const struct mn__value *v,
                        struct spot where) {
    if (v->is == MN__IS_UNKNOWN)
        return true;
    if (v->is != MN__IS_STRING || (v->s && v->n == 0))
        return wrong(c, MN_D_script_want_string, v->at, where);
    refer(c, want, v);
    return true;
}

static bool check_table(const struct mn__check *c, enum mn__want want, const struct mn__value *v,
                        struct spot where) {
    if (v->is == MN__IS_UNKNOWN)
        return true;
    if (v->is != MN__IS_TABLE) {
        enum mn_code code = want == MN__WANT_TEXT ? MN_D_script_want_text : MN_D_script_want_list;
        return wrong(c, code, v->at, where);
    }
    switch (want) {
    case MN__WANT_TEXT:
        return check_fields(c, TEXT, v, where);
    case MN__WANT_CHOICES:
    case MN__WANT_AWAITED:
        return check_choices(c, want, v, where);
    case MN__WANT_NUMBER:
        return check_fields(c, NUMBER, v, where);
    case MN__WANT_CUTS:
        return check_cuts(c, v, where);
    case MN__WANT_EVIDENCE:
        return check_evidence(c, v, where);
    default:
        if (v->n_fields == 0 && !v->open)
            return wrong(c, MN_D_script_applies_empty, v->at, where);
        return check_fields(c, APPLIES, v, where);
    }
}

static bool check_value(const struct mn__check *c, enum mn__want want, const struct mn__value *v,
                        struct spot where) {
    switch (want) {
    case MN__WANT_KEY:
    case MN__WANT_ID:
        return check_key(c, v, where);
    case MN__WANT_STRING:
        return check_string(c, v, where);
    case MN__WANT_COUNT:
        if (v->is == MN__IS_UNKNOWN ||
            (v->is == MN__IS_NUMBER && v->whole && v->number >= 0 && v->number <= 1000000))
            return true;
        return wrong(c, MN_D_script_want_count, v->at, where);
    case MN__WANT_TRUE:
        return v->is == MN__IS_UNKNOWN || v->is == MN__IS_BOOL ||
               wrong(c, MN_D_script_want_true, v->at, where);
    case MN__WANT_NAMES:
        return check_names(c, v, where);
    case MN__WANT_PARTY:
    case MN__WANT_COMPONENT:
    case MN__WANT_SUBJECT:
    case MN__WANT_RUNBOOK:
        return check_named(c, want, v, where);
    case MN__WANT_DURATION:
        if (v->is == MN__IS_UNKNOWN || (v->is == MN__IS_STRING && !v->s))
            return true;
        return (v->is == MN__IS_STRING && mn__duration(v->s) > 0) ||
               wrong(c, MN_D_script_want_duration, v->at, where);
    case MN__WANT_FUNCTION:
        return v->is == MN__IS_UNKNOWN || v->is == MN__IS_FUNCTION ||
               wrong(c, MN_D_script_want_function, v->at, where);
    default:
        return check_table(c, want, v, where);
    }
}

static void suggest_field(const struct mn__check *c, const struct mn__field_spec *fields,
                          const char *name) {
    const char *names[32];
    size_t n = 0;
    for (; n < MN_COUNT(names) && fields[n].name; n++)
        names[n] = fields[n].name;
    int near = mn_nearest(name, names, n);
    if (near >= 0) {
        mn__problem_note(c->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
        return;
    }
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < n; i++)
        mn_buf_printf(&b, "%s%s", i ? ", " : "", names[i]);
    mn__problem_note(c->problems, MN_D_script_fields_are, MN__NO_PLACE, MN_ARGS(mn_buf_text(&b)));
    mn_buf_fini(&b);
}

static bool check_fields(const struct mn__check *c, const struct mn__field_spec *fields,
                         const struct mn__value *v, struct spot where) {
    bool ok = true;
    for (size_t i = 0; i < v->n_fields; i++) {
        const struct mn__field *f = &v->fields[i];
        const struct mn__field_spec *spec = fields;
        if (!f->name) {
            ok = wrong(c, MN_D_script_item_in_fields, f->at, where);
            continue;
        }
        while (spec->name && strcmp(spec->name, f->name) != 0)
            spec++;
        if (!spec->name) {
            mn__problem(c->problems, MN_D_script_unknown_field, f->at,
                        MN_ARGS(where.path, f->name));
            suggest_field(c, fields, f->name);
            ok = false;
            continue;
        }
        if (f->value.is == MN__IS_NIL)
            continue;
        struct spot at = {mn_arena_printf(c->arena, "%s.%s", where.path, f->name), f->at};
        ok &= check_value(c, spec->want, &f->value, at);
    }
    for (; fields->name && !v->open; fields++)
        if (fields->required && !mn__field(v, fields->name)) {
            enum mn_code code = strcmp(fields->name, "vi") == 0   ? MN_D_script_missing_vi
                                : strcmp(fields->name, "en") == 0 ? MN_D_script_missing_en
                                                                  : MN_D_script_missing_field;
            mn__problem(c->problems, code, where.at, MN_ARGS(where.path, fields->name));
            ok = false;
        }
    return ok;
}

/* How `ask` is answered: one of three ways. */
static bool check_ask(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    static const char *const WAYS[] = {"outcomes", "free", "number"};
    int ways = 0;
    for (size_t i = 0; i < MN_COUNT(WAYS); i++) {
        const struct mn__value *way = mn__field(v, WAYS[i]);
        ways += way && !(way->is == MN__IS_BOOL && !way->flag);
    }
    return ways == 1 || (ways == 0 && v->open) || wrong(c, MN_D_script_ask_ways, where.at, where);
}

/* `resolve` may say nothing, but what it says it says in both languages. */
static bool check_resolve(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    bool vi = mn__field(v, "vi"), en = mn__field(v, "en");
    if (vi == en || v->open)
        return true;
    mn__problem(c->problems, vi ? MN_D_script_missing_en : MN_D_script_missing_vi, where.at,
                MN_ARGS(where.path, vi ? "en" : "vi"));
    return false;
}

/* What waits for being overdue must say when that is. */
static bool check_wait(const struct mn__check *c, const struct mn__value *v, struct spot where) {
    const struct mn__value *any_of = mn__field(v, "any_of");
    bool overdue = false;
    for (size_t i = 0; any_of && i < any_of->n_fields; i++) {
        const struct mn__value *key = choice_key(&any_of->fields[i].value);
        overdue = overdue || (key && key->s && strcmp(key->s, MN_OUTCOME_OVERDUE) == 0);
    }
    return !overdue || v->open || mn__field(v, "deadline") ||
           wrong(c, MN_D_script_wait_no_deadline, where.at, where);
}

bool mn__spec_check(const struct mn__check *c, const struct mn__call_spec *spec,
                    const struct mn__value *v, struct mn__place at) {
    struct spot where = {spec->name, at};
    if (v->is == MN__IS_UNKNOWN)
        return true;
    if (v->is != MN__IS_TABLE)
        return wrong(c, MN_D_script_want_table, at, where);
    bool ok = check_fields(c, spec->fields, v, where);
    if (spec->kind == MN_STEP_ASK)
        ok &= check_ask(c, v, where);
    if (spec->kind == MN_STEP_WAIT)
        ok &= check_wait(c, v, where);
    if (spec->kind == MN_STEP_RESOLVE)
        ok &= check_resolve(c, v, where);
    if (mn__field(v, "how") && mn__field(v, "help")) /* one of the two would be lost */
        ok = wrong(c, MN_D_script_how_and_help, at, where);
    return ok;
}
