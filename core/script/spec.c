/* The fields of every function that takes a table, and the one check for source and run. */
#include "script/spec.h"
#include "base/unicode.h"

#include <math.h>
#include <string.h>

enum { LONGEST_KEY = 64, LONGEST_TEXT = 4000, MOST_CHOICES = 200 };

#define COMMON                                                                                     \
    {"why", MN__WANT_TEXT, false}, {"help", MN__WANT_TEXT, false},                                 \
        {"at", MN__WANT_COMPONENT, false}, {"minutes", MN__WANT_COUNT, false},                     \
        {"deadline", MN__WANT_DURATION, false}, {                                                  \
        NULL, MN__WANT_KEY, false                                                                  \
    }
#define KEYED                                                                                      \
    {"key", MN__WANT_KEY, true}, {"vi", MN__WANT_STRING, true}, {                                  \
        "en", MN__WANT_STRING, true                                                                \
    }

static const struct mn__field_spec TELL[] = {KEYED, COMMON};
static const struct mn__field_spec ASK[] = {KEYED,
                                            {"outcomes", MN__WANT_CHOICES, false},
                                            {"free", MN__WANT_TRUE, false},
                                            {"number", MN__WANT_NUMBER, false},
                                            {"who", MN__WANT_PARTY, false},
                                            COMMON};
static const struct mn__field_spec CHECK[] = {KEYED,
                                              {"how", MN__WANT_TEXT, false},
                                              {"outcomes", MN__WANT_CHOICES, false},
                                              {"who", MN__WANT_PARTY, false},
                                              COMMON};
static const struct mn__field_spec ACT[] = {KEYED,
                                            {"interrupts", MN__WANT_TEXT, true},
                                            {"undo", MN__WANT_TEXT, true},
                                            {"how", MN__WANT_TEXT, false},
                                            {"outcomes", MN__WANT_CHOICES, false},
                                            {"by", MN__WANT_PARTY, false},
                                            COMMON};
static const struct mn__field_spec CHECKLIST[] = {
    KEYED, {"items", MN__WANT_CHOICES, true}, {"who", MN__WANT_PARTY, false}, COMMON};
static const struct mn__field_spec ESCALATE[] = {
    KEYED, {"to", MN__WANT_PARTY, true}, {"evidence", MN__WANT_EVIDENCE, false}, COMMON};
static const struct mn__field_spec HANDOVER[] = {
    KEYED, {"to", MN__WANT_PARTY, true}, {"evidence", MN__WANT_EVIDENCE, false}, COMMON};
static const struct mn__field_spec VERIFY[] = {
    KEYED, {"how", MN__WANT_TEXT, false}, {"who", MN__WANT_PARTY, false}, COMMON};
static const struct mn__field_spec RESOLVE[] = {{"key", MN__WANT_KEY, false},
                                                {"vi", MN__WANT_STRING, false},
                                                {"en", MN__WANT_STRING, false},
                                                {"cause", MN__WANT_TEXT, false},
                                                COMMON};
static const struct mn__field_spec RUNBOOK[] = {{"id", MN__WANT_ID, true},
                                                {"version", MN__WANT_COUNT, true},
                                                {"title", MN__WANT_TEXT, true},
                                                {"description", MN__WANT_TEXT, true},
                                                {"applies_to", MN__WANT_APPLIES, true},
                                                {"symptoms", MN__WANT_NAMES, false},
                                                {"minutes", MN__WANT_COUNT, false},
                                                {"steps", MN__WANT_FUNCTION, true},
                                                {NULL, MN__WANT_KEY, false}};

static const struct mn__field_spec TEXT[] = {
    {"vi", MN__WANT_STRING, true}, {"en", MN__WANT_STRING, true}, {NULL, MN__WANT_KEY, false}};
static const struct mn__field_spec CHOICE[] = {KEYED, {NULL, MN__WANT_KEY, false}};
static const struct mn__field_spec NUMBER[] = {
    {"cuts", MN__WANT_CUTS, true}, {"unit", MN__WANT_TEXT, false}, {NULL, MN__WANT_KEY, false}};
static const struct mn__field_spec APPLIES[] = {
    {"kind", MN__WANT_NAMES, false},      {"kinds", MN__WANT_NAMES, false},
    {"service", MN__WANT_NAMES, false},   {"services", MN__WANT_NAMES, false},
    {"site_type", MN__WANT_NAMES, false}, {"site_types", MN__WANT_NAMES, false},
    {"area", MN__WANT_NAMES, false},      {"areas", MN__WANT_NAMES, false},
    {NULL, MN__WANT_KEY, false}};

static const struct mn__call_spec CALLS[] = {
    {"tell", MN_STEP_TELL, TELL},
    {"ask", MN_STEP_ASK, ASK},
    {"check", MN_STEP_CHECK, CHECK},
    {"act", MN_STEP_ACT, ACT},
    {"checklist", MN_STEP_CHECKLIST, CHECKLIST},
    {"escalate", MN_STEP_ESCALATE, ESCALATE},
    {"handover", MN_STEP_HANDOVER, HANDOVER},
    {"verify", MN_STEP_VERIFY, VERIFY},
    {"resolve", MN_STEP_RESOLVE, RESOLVE},
    {"runbook", -1, RUNBOOK},
};

static const char *const WANTS[] = {
    [MN__WANT_KEY] = "key",
    [MN__WANT_ID] = "id",
    [MN__WANT_STRING] = "string",
    [MN__WANT_TEXT] = "text",
    [MN__WANT_COUNT] = "count",
    [MN__WANT_TRUE] = "true",
    [MN__WANT_NAMES] = "names",
    [MN__WANT_PARTY] = "party",
    [MN__WANT_COMPONENT] = "component",
    [MN__WANT_CHOICES] = "choices",
    [MN__WANT_NUMBER] = "number",
    [MN__WANT_CUTS] = "cuts",
    [MN__WANT_EVIDENCE] = "evidence",
    [MN__WANT_DURATION] = "duration",
    [MN__WANT_APPLIES] = "applies",
    [MN__WANT_FUNCTION] = "function",
};

const struct mn__call_spec *mn__call_spec(const char *name) {
    for (size_t i = 0; i < MN_COUNT(CALLS); i++)
        if (strcmp(CALLS[i].name, name) == 0)
            return &CALLS[i];
    return NULL;
}

const struct mn__call_spec *mn__call_specs(size_t *n) {
    *n = MN_COUNT(CALLS);
    return CALLS;
}

const char *mn__want_name(enum mn__want want) {
    return WANTS[want];
}

const struct mn__value *mn__field(const struct mn__value *table, const char *name) {
    if (table->is != MN__IS_TABLE)
        return NULL;
    for (size_t i = 0; i < table->n_fields; i++)
        if (table->fields[i].name && strcmp(table->fields[i].name, name) == 0)
            return table->fields[i].value.is == MN__IS_NIL ? NULL : &table->fields[i].value;
    return NULL;
}

/* ---- checking ---- */

/* Where in the call something is: for messages, "act", "act.undo", "ask.outcomes[2]". */
struct spot {
    const char *path;
    struct mn__place at;
};

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

/* Seconds of "90s", "30m", "4h", "2d"; -1 when it is none. */
static int duration(const char *s) {
    long value = 0;
    size_t i = 0;
    for (; s[i] >= '0' && s[i] <= '9' && i < 6; i++)
        value = value * 10 + (s[i] - '0');
    if (i == 0 || !s[i] || s[i + 1])
        return -1;
    long unit = s[i] == 's' ? 1 : s[i] == 'm' ? 60 : s[i] == 'h' ? 3600 : s[i] == 'd' ? 86400 : 0;
    return unit && value * unit < 1000000000 ? (int)(value * unit) : -1;
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

static bool check_choices(const struct mn__check *c, const struct mn__value *v, struct spot where) {
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
        if (f->value.is != MN__IS_TABLE) {
            ok = wrong(c, MN_D_script_want_choice, f->at, at);
            continue;
        }
        ok &= check_fields(c, CHOICE, &f->value, at);
        const struct mn__value *key = mn__field(&f->value, "key");
        for (size_t k = 0; key && key->s && k < i; k++) {
            const struct mn__value *other = mn__field(&v->fields[k].value, "key");
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
        return check_choices(c, v, where);
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
        return check_named(c, want, v, where);
    case MN__WANT_DURATION:
        if (v->is == MN__IS_UNKNOWN || (v->is == MN__IS_STRING && !v->s))
            return true;
        return (v->is == MN__IS_STRING && duration(v->s) >= 0) ||
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
    if (spec->kind == MN_STEP_RESOLVE)
        ok &= check_resolve(c, v, where);
    if (mn__field(v, "how") && mn__field(v, "help")) /* one of the two would be lost */
        ok = wrong(c, MN_D_script_how_and_help, at, where);
    return ok;
}

/* ---- taking ---- */

static const char *get_string(const struct mn__value *table, const char *name) {
    const struct mn__value *v = mn__field(table, name);
    return v && v->is == MN__IS_STRING ? v->s : NULL;
}

static struct mn_text get_text(const struct mn__value *table, const char *name) {
    const struct mn__value *v = name ? mn__field(table, name) : table;
    if (!v)
        return (struct mn_text){NULL, NULL};
    return (struct mn_text){get_string(v, "vi"), get_string(v, "en")};
}

static int get_count(const struct mn__value *table, const char *name) {
    const struct mn__value *v = mn__field(table, name);
    return v ? (int)v->number : -1;
}

static const struct mn_choice *get_choices(struct mn_arena *a, const struct mn__value *v,
                                           size_t *n) {
    *n = v ? v->n_fields : 0;
    struct mn_choice *at = MN_ARENA_ARRAY(a, struct mn_choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        at[i].key = get_string(&v->fields[i].value, "key");
        at[i].text = get_text(&v->fields[i].value, NULL);
    }
    return at;
}

static void get_number(struct mn_arena *a, const struct mn__value *table, struct mn_step *out) {
    const struct mn__value *v = mn__field(table, "number"), *cuts = v ? mn__field(v, "cuts") : NULL;
    if (!cuts)
        return;
    int64_t *at = MN_ARENA_ARRAY(a, int64_t, cuts->n_fields);
    for (size_t i = 0; i < cuts->n_fields; i++)
        at[i] = llround(cuts->fields[i].value.number * 1e6);
    out->cuts = at;
    out->n_cuts = cuts->n_fields;
    out->unit = get_text(v, "unit");
    out->input = MN_INPUT_NUMBER;
}

static void get_evidence(struct mn_arena *a, const struct mn__value *table, struct mn_step *out) {
    const struct mn__value *v = mn__field(table, "evidence");
    size_t n = v ? v->n_fields : 0;
    struct mn_evidence *at = MN_ARENA_ARRAY(a, struct mn_evidence, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct mn__value *one = &v->fields[i].value;
        if (one->is == MN__IS_OPAQUE)
            at[i].answer = one->s;
        else
            at[i].text = get_text(one, NULL);
    }
    out->evidence = at;
    out->n_evidence = n;
}

void mn__spec_step(struct mn_arena *a, const struct mn__call_spec *spec, const struct mn__value *v,
                   struct mn_step *out) {
    const struct mn__value *free_text = mn__field(v, "free");
    const char *deadline = get_string(v, "deadline");
    *out = (struct mn_step){
        .kind = (enum mn_step_kind)spec->kind,
        .key = get_string(v, "key"),
        .text = get_text(v, NULL),
        .why = get_text(v, "why"),
        .help = get_text(v, mn__field(v, "how") ? "how" : "help"),
        .interrupts = get_text(v, "interrupts"),
        .undo = get_text(v, "undo"),
        .cause = get_text(v, "cause"),
        .at = get_string(v, "at"),
        .minutes = get_count(v, "minutes"),
        .deadline_s = deadline ? duration(deadline) : -1,
    };
    out->to = get_string(v, "to");
    if (!out->to)
        out->to = get_string(v, "by");
    if (!out->to)
        out->to = get_string(v, "who");
    out->outcomes = get_choices(a, mn__field(v, "outcomes"), &out->n_outcomes);
    out->items = get_choices(a, mn__field(v, "items"), &out->n_items);
    get_evidence(a, v, out);
    out->input = out->n_outcomes                ? MN_INPUT_CHOICE
                 : out->n_items                 ? MN_INPUT_CHECKLIST
                 : free_text && free_text->flag ? MN_INPUT_TEXT
                                                : MN_INPUT_NONE;
    get_number(a, v, out);
}

void mn__spec_outcomes(struct mn_arena *a, const struct mn__value *v, struct mn_step *out) {
    out->outcomes = get_choices(a, v, &out->n_outcomes);
    out->input = MN_INPUT_CHOICE;
}

static struct mn_strings get_names(struct mn_arena *a, const struct mn__value *table,
                                   const char *one, const char *many) {
    struct mn_strings out = {0, NULL};
    size_t most = 0;
    const struct mn__value *from[] = {mn__field(table, one), many ? mn__field(table, many) : NULL};
    for (size_t i = 0; i < MN_COUNT(from); i++)
        most += from[i] ? from[i]->n_fields + 1 : 0;
    const char **at = MN_ARENA_ARRAY(a, const char *, most + 1);
    for (size_t i = 0; i < MN_COUNT(from); i++) {
        if (from[i] && from[i]->is == MN__IS_STRING)
            at[out.n++] = from[i]->s;
        for (size_t k = 0; from[i] && k < from[i]->n_fields; k++)
            at[out.n++] = from[i]->fields[k].value.s;
    }
    out.at = at;
    return out;
}

void mn__spec_runbook(struct mn_arena *a, const struct mn__value *v, struct mn_runbook *out) {
    const struct mn__value *applies = mn__field(v, "applies_to");
    *out = (struct mn_runbook){
        .id = get_string(v, "id"),
        .version = get_count(v, "version"),
        .title = get_text(v, "title"),
        .description = get_text(v, "description"),
        .kinds = get_names(a, applies, "kind", "kinds"),
        .services = get_names(a, applies, "service", "services"),
        .site_types = get_names(a, applies, "site_type", "site_types"),
        .areas = get_names(a, applies, "area", "areas"),
        .symptoms = get_names(a, v, "symptoms", NULL),
        .minutes = get_count(v, "minutes"),
        .line = v->at.line,
    };
}
