/* What a table that fits says: a step, or a runbook. */
#include "script/spec.h"

#include "base/clock.h"

#include <math.h>
#include <string.h>

const struct mn__value *mn__field(const struct mn__value *table, const char *name) {
    if (table->is != MN__IS_TABLE)
        return NULL;
    for (size_t i = 0; i < table->n_fields; i++)
        if (table->fields[i].name && strcmp(table->fields[i].name, name) == 0)
            return table->fields[i].value.is == MN__IS_NIL ? NULL : &table->fields[i].value;
    return NULL;
}

/* What a step takes from a worker, too (runbook/step.c). */
enum { LONGEST = 1000000000 };

int mn__duration(const char *s) {
    int seconds;
    return mn_parse_duration(s, &seconds) && seconds < LONGEST ? seconds : -1;
}

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
        .deadline_s = deadline ? mn__duration(deadline) : -1,
    };
    if (out->kind == MN_STEP_DELEGATE) {
        out->runbook = get_string(v, "runbook");
        out->subject = get_string(v, "subject");
        out->to = get_string(v, "team");
    }
    if (!out->to)
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
