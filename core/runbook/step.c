/* Steps as data: their names, their JSON, and what answers they take in one comparable string. */
#include "runbook/step.h"
#include "base/unicode.h"

#include <string.h>

static const char *const KINDS[MN_STEP_KINDS] = {"tell",      "ask",      "check",    "act",
                                                 "checklist", "escalate", "handover", "verify",
                                                 "wait",      "delegate", "resolve"};
static const char *const INPUTS[MN_INPUTS] = {"none", "choice", "text", "number", "checklist"};

/* Far above what a runbook needs; a step beyond it did not come from one. */
enum { MOST_CHOICES = 1000, LONGEST_TEXT = 20000 };

const char *mn_step_kind_name(enum mn_step_kind kind) {
    return KINDS[kind];
}

const struct mn_choice *mn_step_choice(const struct mn_step *s, const char *key) {
    for (size_t i = 0; i < s->n_outcomes; i++)
        if (strcmp(s->outcomes[i].key, key) == 0)
            return &s->outcomes[i];
    for (size_t i = 0; i < s->n_items; i++)
        if (strcmp(s->items[i].key, key) == 0)
            return &s->items[i];
    return NULL;
}

bool mn_step_offers(const struct mn_step *s, const struct mn_choice *outcome) {
    const char *key = outcome->key;
    if (s->deadline_s >= 0 && strcmp(key, MN_OUTCOME_OVERDUE) == 0)
        return false;
    if (s->kind == MN_STEP_WAIT)
        return strcmp(key, MN_OUTCOME_NEWS) != 0;
    return s->kind != MN_STEP_DELEGATE ||
           (strcmp(key, MN_OUTCOME_RESOLVED) != 0 && strcmp(key, MN_OUTCOME_CANCELLED) != 0);
}

const struct mn_choice *mn_step_offered(const struct mn_step *s, struct mn_arena *a, size_t *n) {
    struct mn_choice *offered = MN_ARENA_ARRAY(a, struct mn_choice, s->n_outcomes + 1);
    *n = 0;
    for (size_t i = 0; i < s->n_outcomes; i++)
        if (mn_step_offers(s, &s->outcomes[i]))
            offered[(*n)++] = s->outcomes[i];
    return offered;
}

const char *mn_step_outcomes(const struct mn_step *s, struct mn_arena *a) {
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < s->n_outcomes; i++)
        mn_buf_printf(&b, "%s%s", i ? "|" : "", s->outcomes[i].key);
    for (size_t i = 0; i < s->n_items; i++)
        mn_buf_printf(&b, "%s%s", i ? "|" : "", s->items[i].key);
    for (size_t i = 0; i < s->n_cuts; i++)
        mn_buf_printf(&b, "%s%lld", i ? "|" : "", (long long)s->cuts[i]);
    const char *joined = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return joined;
}

/* ---- writing ---- */

static void put_text(json_t *doc, const char *key, struct mn_text t) {
    if (t.vi)
        json_object_set_new(doc, key, mn_json_text(t));
}

static void put_string(json_t *doc, const char *key, const char *s) {
    if (s)
        json_object_set_new(doc, key, json_string(s));
}

static void put_choices(json_t *doc, const char *key, const struct mn_choice *at, size_t n) {
    if (n == 0)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "key", json_string(at[i].key));
        json_object_set_new(one, "text", mn_json_text(at[i].text));
        json_array_append_new(list, one);
    }
    json_object_set_new(doc, key, list);
}

json_t *mn_step_json(const struct mn_step *s) {
    json_t *doc = json_object();
    json_object_set_new(doc, "step", json_string(s->record));
    json_object_set_new(doc, "key", json_string(s->key));
    json_object_set_new(doc, "visit", json_integer(s->visit));
    json_object_set_new(doc, "kind", json_string(KINDS[s->kind]));
    json_object_set_new(doc, "input", json_string(INPUTS[s->input]));
    put_text(doc, "text", s->text);
    put_text(doc, "why", s->why);
    put_text(doc, "help", s->help);
    put_text(doc, "interrupts", s->interrupts);
    put_text(doc, "undo", s->undo);
    put_text(doc, "cause", s->cause);
    put_choices(doc, "outcomes", s->outcomes, s->n_outcomes);
    put_choices(doc, "items", s->items, s->n_items);
    if (s->n_cuts) {
        json_t *cuts = json_array();
        for (size_t i = 0; i < s->n_cuts; i++)
            json_array_append_new(cuts, json_integer(s->cuts[i]));
        json_object_set_new(doc, "cuts", cuts);
    }
    put_text(doc, "unit", s->unit);
    if (s->n_evidence) {
        json_t *list = json_array();
        for (size_t i = 0; i < s->n_evidence; i++) {
            json_t *one = json_object();
            put_text(one, "text", s->evidence[i].text);
            put_string(one, "answer", s->evidence[i].answer);
            json_array_append_new(list, one);
        }
        json_object_set_new(doc, "evidence", list);
    }
    put_string(doc, "at", s->at);
    put_string(doc, "to", s->to);
    put_string(doc, "team", s->team);
    put_string(doc, "runbook", s->runbook);
    put_string(doc, "subject", s->subject);
    if (s->minutes >= 0)
        json_object_set_new(doc, "minutes", json_integer(s->minutes));
    if (s->deadline_s >= 0)
        json_object_set_new(doc, "deadline", json_integer(s->deadline_s));
    put_string(doc, "file", s->file);
    json_object_set_new(doc, "line", json_integer(s->line));
    return doc;
}

/* ---- reading ---- */

/* Text as a runbook may have it; a worker that was taken over gets no escape sequence to a
 * terminal. */
static bool good_string(const char *s, size_t n) {
    if (n == 0 || n > LONGEST_TEXT || strlen(s) != n || mn_utf8_check(s, n) != n)
        return false;
    for (size_t i = 0, used; i < n; i += used)
        if (mn_is_control(mn_utf8_decode(s + i, n - i, &used)))
            return false;
    return true;
}

/* A missing key is fine: *out stays NULL. */
static bool get_string(const json_t *doc, const char *key, struct mn_arena *a, const char **out) {
    const json_t *v = json_object_get(doc, key);
    *out = NULL;
    if (!v)
        return true;
    if (!json_is_string(v) || !good_string(json_string_value(v), json_string_length(v)))
        return false;
    *out = mn_arena_strdup(a, json_string_value(v));
    return true;
}

static bool get_text(const json_t *doc, const char *key, struct mn_arena *a, struct mn_text *out) {
    const json_t *v = json_object_get(doc, key);
    *out = (struct mn_text){NULL, NULL};
    if (!v)
        return true;
    return json_is_object(v) && get_string(v, "vi", a, &out->vi) &&
           get_string(v, "en", a, &out->en) && out->vi && out->en;
}

static bool get_int(const json_t *doc, const char *key, int missing, int least, int *out) {
    const json_t *v = json_object_get(doc, key);
    *out = missing;
    if (!v)
        return true;
    if (!json_is_integer(v) || json_integer_value(v) < least || json_integer_value(v) > 1000000000)
        return false;
    *out = (int)json_integer_value(v);
    return true;
}

static bool get_name(const json_t *doc, const char *key, const char *const *names, size_t n,
                     int *out) {
    const char *name = mn_json_string(doc, key);
    for (size_t i = 0; name && i < n; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (int)i;
            return true;
        }
    return false;
}

/* The array under key, at most MOST_CHOICES long; false when it is something else. */
static bool get_array(const json_t *doc, const char *key, const json_t **out, size_t *n) {
    *out = json_object_get(doc, key);
    *n = 0;
    if (!*out)
        return true;
    *n = json_array_size(*out);
    return json_is_array(*out) && *n <= MOST_CHOICES;
}

static bool get_choices(const json_t *doc, const char *key, struct mn_arena *a,
                        const struct mn_choice **out, size_t *n) {
    const json_t *list;
    if (!get_array(doc, key, &list, n))
        return false;
    struct mn_choice *at = MN_ARENA_ARRAY(a, struct mn_choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const json_t *one = json_array_get(list, i);
        if (!get_string(one, "key", a, &at[i].key) || !at[i].key ||
            !get_text(one, "text", a, &at[i].text) || !at[i].text.vi)
            return false;
    }
    *out = at;
    return true;
}

static bool get_cuts(const json_t *doc, struct mn_arena *a, struct mn_step *s) {
    const json_t *list;
    if (!get_array(doc, "cuts", &list, &s->n_cuts))
        return false;
    int64_t *cuts = MN_ARENA_ARRAY(a, int64_t, s->n_cuts + 1);
    for (size_t i = 0; i < s->n_cuts; i++) {
        const json_t *one = json_array_get(list, i);
        if (!json_is_integer(one))
            return false;
        cuts[i] = json_integer_value(one);
        if (i > 0 && cuts[i] <= cuts[i - 1])
            return false;
    }
    s->cuts = cuts;
    return true;
}

static bool get_evidence(const json_t *doc, struct mn_arena *a, struct mn_step *s) {
    const json_t *list;
    if (!get_array(doc, "evidence", &list, &s->n_evidence))
        return false;
    struct mn_evidence *at = MN_ARENA_ARRAY(a, struct mn_evidence, s->n_evidence + 1);
    for (size_t i = 0; i < s->n_evidence; i++) {
        const json_t *one = json_array_get(list, i);
        if (!get_text(one, "text", a, &at[i].text) ||
            !get_string(one, "answer", a, &at[i].answer) || (!at[i].text.vi && !at[i].answer))
            return false;
    }
    s->evidence = at;
    return true;
}

bool mn_step_from_json(const json_t *doc, struct mn_arena *a, struct mn_step *out) {
    struct mn_step s = {0};
    int kind, input;
    if (!json_is_object(doc) || !get_name(doc, "kind", KINDS, MN_STEP_KINDS, &kind) ||
        !get_name(doc, "input", INPUTS, MN_INPUTS, &input))
        return false;
    s.kind = (enum mn_step_kind)kind;
    s.input = (enum mn_input)input;
    bool ok =
        get_string(doc, "key", a, &s.key) && s.key && get_string(doc, "step", a, &s.record) &&
        s.record && get_int(doc, "visit", 1, 1, &s.visit) && get_text(doc, "text", a, &s.text) &&
        s.text.vi && get_text(doc, "why", a, &s.why) && get_text(doc, "help", a, &s.help) &&
        get_text(doc, "interrupts", a, &s.interrupts) && get_text(doc, "undo", a, &s.undo) &&
        get_text(doc, "cause", a, &s.cause) && get_text(doc, "unit", a, &s.unit) &&
        get_choices(doc, "outcomes", a, &s.outcomes, &s.n_outcomes) &&
        get_choices(doc, "items", a, &s.items, &s.n_items) && get_cuts(doc, a, &s) &&
        get_evidence(doc, a, &s) && get_string(doc, "at", a, &s.at) &&
        get_string(doc, "to", a, &s.to) && get_string(doc, "team", a, &s.team) &&
        get_string(doc, "runbook", a, &s.runbook) && get_string(doc, "subject", a, &s.subject) &&
        get_int(doc, "minutes", -1, 0, &s.minutes) &&
        get_int(doc, "deadline", -1, 0, &s.deadline_s) && get_string(doc, "file", a, &s.file) &&
        get_int(doc, "line", 0, 0, &s.line);
    if (!ok || (s.input == MN_INPUT_CHOICE) != (s.n_outcomes > 0) ||
        (s.input == MN_INPUT_CHECKLIST) != (s.n_items > 0) ||
        (s.input == MN_INPUT_NUMBER) != (s.n_cuts > 0))
        return false;
    *out = s;
    return true;
}
