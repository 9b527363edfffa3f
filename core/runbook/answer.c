/* Answers: reading what a person gave, and comparing a record with what is asked now. */
#include "runbook/answer.h"
#include "base/unicode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const STATES[] = {"done", "skipped", "cannot"};

/* The text without blanks at both ends. */
static const char *trimmed(const char *s, struct mn_arena *a) {
    size_t n = strlen(s);
    while (n > 0 && strchr(" \t\r\n", s[n - 1]))
        n--;
    while (n > 0 && strchr(" \t\r\n", s[0]))
        s++, n--;
    return mn_arena_strndup(a, s, n);
}

bool mn_number_parse(const char *s, int64_t *millionths) {
    bool negative = *s == '-';
    if (*s == '-' || *s == '+')
        s++;
    int64_t value = 0;
    int digits = 0, places = -1;
    for (; *s; s++) {
        if ((*s == '.' || *s == ',') && places < 0 && digits > 0) {
            places = 0;
            continue;
        }
        if (!isdigit((unsigned char)*s) || places >= 6 || (places < 0 && value >= 1000000000))
            return false;
        value = value * 10 + (*s - '0');
        digits++;
        if (places >= 0)
            places++;
    }
    if (digits == 0 || places == 0)
        return false;
    for (int i = places < 0 ? 0 : places; i < 6; i++)
        value *= 10;
    *millionths = negative ? -value : value;
    return true; /* below ten thousand million, so that it fits */
}

const char *mn_number_text(int64_t millionths, struct mn_arena *a) {
    int64_t v = millionths < 0 ? -millionths : millionths;
    char *text = mn_arena_printf(a, "%s%lld.%06lld", millionths < 0 ? "-" : "",
                                 (long long)(v / 1000000), (long long)(v % 1000000));
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        n--;
    if (text[n - 1] == '.')
        n--;
    text[n] = '\0';
    return text;
}

/* A small positive number and nothing else; 0 when it is not one. */
static size_t counted(const char *s) {
    size_t n = strlen(s), value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isdigit((unsigned char)s[i]) || n > 4)
            return 0;
        value = value * 10 + (size_t)(s[i] - '0');
    }
    return value;
}

/* "1 yes, 2 no": what can be said. */
static const char *possible(const struct mn_choice *at, size_t n, struct mn_arena *a) {
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < n; i++)
        mn_buf_printf(&b, "%s%zu %s", i ? ", " : "", i + 1, at[i].key);
    const char *text = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

static void suggest(const char *given, const struct mn_choice *at, size_t n, struct mn_arena *a,
                    struct mn_diags *d) {
    const char **keys = MN_ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        keys[i] = at[i].key;
    int near = mn_nearest(given, keys, n);
    if (near >= 0)
        mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(keys[near]));
}

static bool fits_choice(const struct mn_step *s, const char *given, struct mn_loc from,
                        struct mn_arena *a, const char **value, struct mn_diags *d) {
    size_t at = counted(given), n;
    const struct mn_choice *offered = mn_step_offered(s, a, &n);
    if (at >= 1 && at <= n) {
        *value = offered[at - 1].key;
        return true;
    }
    for (size_t i = 0; i < n; i++)
        if (strcmp(offered[i].key, given) == 0) {
            *value = offered[i].key;
            return true;
        }
    if (n == 0) {
        mn_diag(d, MN_D_answer_by_itself, from, MN_ARGS(given, s->record));
        return false;
    }
    mn_diag(d, MN_D_answer_choice, from, MN_ARGS(given, s->record, possible(offered, n, a)));
    suggest(given, offered, n, a, d);
    return false;
}

/* A state by its name or first letter; NULL when it is none. */
static const char *state_named(const char *word) {
    for (size_t i = 0; i < MN_COUNT(STATES); i++)
        if (strcmp(word, STATES[i]) == 0 || (word[0] == STATES[i][0] && word[1] == '\0'))
            return STATES[i];
    return NULL;
}

static bool fits_checklist(const struct mn_step *s, const char *given, struct mn_loc from,
                           struct mn_arena *a, const char **value, struct mn_diags *d) {
    const char **state = MN_ARENA_ARRAY(a, const char *, s->n_items + 1);
    char *words = mn_arena_strdup(a, given), *rest = words;
    size_t place = 0;
    const char *all = state_named(given);
    for (size_t i = 0; all && i < s->n_items; i++)
        state[i] = all;
    for (char *word; !all && (word = strsep(&rest, ", \t\n"));) {
        if (!*word)
            continue;
        char *equals = strchr(word, '=');
        const char *said = state_named(equals ? equals + 1 : word);
        size_t item = place;
        if (equals) {
            *equals = '\0';
            item = counted(word);
            item = item ? item - 1 : s->n_items;
            for (size_t i = 0; i < s->n_items; i++)
                if (strcmp(s->items[i].key, word) == 0)
                    item = i;
        }
        if (item >= s->n_items || state[item] || !said) {
            if (equals)
                *equals = '=';
            mn_diag(d, MN_D_answer_checklist, from,
                    MN_ARGS(word, s->record, possible(s->items, s->n_items, a)));
            if (equals && item >= s->n_items) {
                *equals = '\0';
                suggest(word, s->items, s->n_items, a, d);
            }
            return false;
        }
        state[item] = said;
        place = item + 1;
    }
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < s->n_items; i++) {
        if (!state[i]) {
            mn_diag(d, MN_D_answer_checklist_missing, from, MN_ARGS(s->items[i].key, s->record));
            mn_buf_fini(&b);
            return false;
        }
        mn_buf_printf(&b, "%s%s=%s", i ? "," : "", s->items[i].key, state[i]);
    }
    *value = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return true;
}

/* Free text is kept as it was given, but it must be text and of a size that a person writes. */
static bool fits_text(const struct mn_step *s, const char *given, struct mn_loc from,
                      const char **value, struct mn_diags *d) {
    size_t n = strlen(given);
    bool odd = n == 0 || n > 4000 || mn_utf8_check(given, n) != n;
    for (size_t i = 0, used; !odd && i < n; i += used)
        odd = mn_is_control(mn_utf8_decode(given + i, n - i, &used));
    if (odd) {
        mn_diag(d, MN_D_answer_text, from, MN_ARGS(s->record));
        return false;
    }
    *value = given;
    return true;
}

bool mn_answer_fits(const struct mn_step *s, const char *given, struct mn_loc from,
                    struct mn_arena *a, const char **value, struct mn_diags *d) {
    int64_t number;
    given = trimmed(given, a);
    switch (s->input) {
    case MN_INPUT_CHOICE:
        return fits_choice(s, given, from, a, value, d);
    case MN_INPUT_CHECKLIST:
        return fits_checklist(s, given, from, a, value, d);
    case MN_INPUT_TEXT:
        return fits_text(s, given, from, value, d);
    case MN_INPUT_NUMBER:
        if (mn_number_parse(given, &number)) {
            *value = mn_number_text(number, a);
            return true;
        }
        mn_diag(d, MN_D_answer_number, from, MN_ARGS(given, s->record));
        return false;
    default:
        if (!*given || strcmp(given, "1") == 0 || strcmp(given, "ok") == 0) {
            *value = "ok";
            return true;
        }
        mn_diag(d, MN_D_answer_none, from, MN_ARGS(given, s->record));
        return false;
    }
}

struct mn_answer mn_answer_to(const struct mn_step *s, const char *value, int64_t at,
                              const char *actor, struct mn_arena *a) {
    return (struct mn_answer){
        .record = s->record,
        .kind = s->kind,
        .outcomes = mn_step_outcomes(s, a),
        .value = value,
        .at = at,
        .actor = actor,
    };
}

json_t *mn_answer_json(const struct mn_answer *a) {
    json_t *doc = json_object();
    json_object_set_new(doc, "step", json_string(a->record));
    json_object_set_new(doc, "kind", json_string(mn_step_kind_name(a->kind)));
    json_object_set_new(doc, "outcomes", json_string(a->outcomes));
    json_object_set_new(doc, "value", json_string(a->value));
    json_object_set_new(doc, "at", json_integer(a->at));
    json_object_set_new(doc, "actor", json_string(a->actor ? a->actor : ""));
    return doc;
}

bool mn_answer_from_json(const json_t *doc, struct mn_arena *arena, struct mn_answer *out) {
    const char *record = mn_json_string(doc, "step"), *kind = mn_json_string(doc, "kind");
    const char *outcomes = mn_json_string(doc, "outcomes"), *value = mn_json_string(doc, "value");
    const char *actor = mn_json_string(doc, "actor");
    if (!record || !*record || !kind || !outcomes || !value || !actor ||
        !json_is_integer(json_object_get(doc, "at")))
        return false;
    int k = 0;
    while (k < MN_STEP_KINDS && strcmp(mn_step_kind_name((enum mn_step_kind)k), kind) != 0)
        k++;
    if (k == MN_STEP_KINDS)
        return false;
    *out = (struct mn_answer){
        .record = mn_arena_strdup(arena, record),
        .kind = (enum mn_step_kind)k,
        .outcomes = mn_arena_strdup(arena, outcomes),
        .value = mn_arena_strdup(arena, value),
        .at = json_integer_value(json_object_get(doc, "at")),
        .actor = mn_arena_strdup(arena, actor),
    };
    return true;
}

const char *mn_answer_item(const struct mn_step *s, const char *value, size_t item) {
    if (item >= s->n_items)
        return NULL;
    for (; item > 0 && value; item--)
        if ((value = strchr(value, ',')))
            value++;
    value = value ? strchr(value, '=') : NULL;
    for (size_t i = 0; value && i < MN_COUNT(STATES); i++)
        if (value[1] == STATES[i][0])
            return STATES[i];
    return NULL;
}

const char *mn_item_state(size_t i) {
    return i < MN_COUNT(STATES) ? STATES[i] : NULL;
}

struct mn_text mn_item_state_text(const char *state) {
    if (!state)
        return (struct mn_text){"?", "?"};
    return mn_message(state[0] == 'd'   ? MN_M_answer_done
                      : state[0] == 's' ? MN_M_answer_skipped
                                        : MN_M_answer_cannot);
}

void mn_answer_text(const struct mn_step *s, const char *value, enum mn_lang lang,
                    struct mn_buf *out) {
    const struct mn_choice *c;
    switch (s->input) {
    case MN_INPUT_CHOICE:
        c = mn_step_choice(s, value);
        mn_buf_puts(out, c ? mn_text_in(c->text, lang) : value);
        break;
    case MN_INPUT_NUMBER:
        mn_buf_puts(out, value);
        if (s->unit.vi)
            mn_buf_printf(out, " %s", mn_text_in(s->unit, lang));
        break;
    case MN_INPUT_CHECKLIST:
        for (size_t i = 0; i < s->n_items; i++)
            mn_buf_printf(out, "%s%s: %s", i ? "; " : "", mn_text_in(s->items[i].text, lang),
                          mn_text_in(mn_item_state_text(mn_answer_item(s, value, i)), lang));
        break;
    case MN_INPUT_TEXT:
        mn_buf_puts(out, value);
        break;
    default:
        mn_buf_puts(out, mn_msg(MN_M_answer_read, lang));
    }
}

/* Is the value one that the step could have had? */
static bool value_fits(const struct mn_step *s, const char *value) {
    if (s->input == MN_INPUT_CHOICE)
        return mn_step_choice(s, value) != NULL;
    if (s->input == MN_INPUT_NONE)
        return strcmp(value, "ok") == 0;
    struct mn_arena *a = mn_arena_new();
    struct mn_diags *d = mn_diags_new();
    const char *kept;
    bool fits = mn_answer_fits(s, value, MN_NOWHERE, a, &kept, d) && strcmp(kept, value) == 0;
    mn_diags_free(d);
    mn_arena_free(a);
    return fits;
}

enum mn_difference mn_answer_differs(const struct mn_answer *a, const struct mn_step *asked) {
    if (!asked || asked->kind == MN_STEP_RESOLVE)
        return MN_DIFFERENT_END;
    if (strcmp(a->record, asked->record) != 0)
        return MN_DIFFERENT_STEP;
    if (a->kind != asked->kind)
        return MN_DIFFERENT_KIND;
    struct mn_arena *scratch = mn_arena_new();
    bool same = strcmp(a->outcomes, mn_step_outcomes(asked, scratch)) == 0;
    mn_arena_free(scratch);
    if (!same)
        return MN_DIFFERENT_OUTCOMES;
    if (!value_fits(asked, a->value))
        return MN_DIFFERENT_VALUE;
    return MN_SAME;
}

/* "dark | lit": outcomes as people read them, with room to break a line. */
static const char *spaced(const char *outcomes, struct mn_arena *a) {
    struct mn_buf b = MN_BUF_INIT;
    for (; *outcomes; outcomes++)
        if (*outcomes == '|')
            mn_buf_puts(&b, " | ");
        else
            mn_buf_putc(&b, *outcomes);
    const char *text = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

void mn_difference_tell(enum mn_difference what, const struct mn_answer *a,
                        const struct mn_step *asked, enum mn_lang lang, struct mn_buf *out) {
    static const enum mn_message SAY[] = {
        [MN_DIFFERENT_STEP] = MN_M_differs_step,         [MN_DIFFERENT_KIND] = MN_M_differs_kind,
        [MN_DIFFERENT_OUTCOMES] = MN_M_differs_outcomes, [MN_DIFFERENT_VALUE] = MN_M_differs_value,
        [MN_DIFFERENT_END] = MN_M_differs_end,
    };
    if (what == MN_SAME)
        return;
    struct mn_arena *scratch = mn_arena_new();
    const char *now = asked ? spaced(mn_step_outcomes(asked, scratch), scratch) : "";
    mn_msg_add(out, SAY[what], lang,
               MN_ARGS(a->record, a->value, asked ? asked->record : "", mn_step_kind_name(a->kind),
                       asked ? mn_step_kind_name(asked->kind) : "", spaced(a->outcomes, scratch),
                       now));
    mn_arena_free(scratch);
}
