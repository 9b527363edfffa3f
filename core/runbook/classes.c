/* Every class of answers to a step, each with one answer of it. */
#include "runbook/classes.h"

#include "runbook/answer.h"

#include <string.h>

/* "từ 10 đến dưới 60 phút": the interval below the i-th cut, or above all of them. */
static struct mn_text interval_text(const struct mn_step *s, size_t i, struct mn_arena *a) {
    enum mn_message m = i == 0           ? MN_M_interval_below
                        : i == s->n_cuts ? MN_M_interval_from
                                         : MN_M_interval_between;
    const char *low = i > 0 ? mn_number_text(s->cuts[i - 1], a) : "";
    const char *high = i < s->n_cuts ? mn_number_text(s->cuts[i], a) : "";
    const char *said[2];
    for (int lang = 0; lang < 2; lang++) {
        struct mn_buf b = MN_BUF_INIT;
        const char *unit =
            s->unit.vi ? mn_arena_printf(a, " %s", mn_text_in(s->unit, (enum mn_lang)lang)) : "";
        mn_msg_add(&b, m, (enum mn_lang)lang, MN_ARGS(low, high, unit));
        said[lang] = mn_arena_strdup(a, mn_buf_text(&b));
        mn_buf_fini(&b);
    }
    return (struct mn_text){said[MN_VI], said[MN_EN]};
}

/* A number of the interval, and one that a person might give. */
static const char *interval_value(const struct mn_step *s, size_t i, struct mn_arena *a) {
    if (i > 0)
        return mn_number_text(s->cuts[i - 1], a);
    return mn_number_text(s->cuts[0] > 0 ? 0 : s->cuts[0] - 1000000, a);
}

static const char *all_done(const struct mn_step *s, struct mn_arena *a) {
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < s->n_items; i++)
        mn_buf_printf(&b, "%s%s=done", i ? "," : "", s->items[i].key);
    const char *value = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return value;
}

static size_t count(const struct mn_asked *asked) {
    if (asked->what == MN_ASKED_FAILED)
        return 0;
    if (asked->what == MN_ASKED_ITEM)
        return 3;
    if (asked->step.kind == MN_STEP_RESOLVE)
        return 0;
    return asked->step.input == MN_INPUT_CHOICE   ? asked->step.n_outcomes
           : asked->step.input == MN_INPUT_NUMBER ? asked->step.n_cuts + 1
                                                  : 1;
}

struct mn_flow_edge *mn__answer_classes(const struct mn_asked *asked, struct mn_arena *a,
                                        size_t *n) {
    const struct mn_step *s = &asked->step;
    *n = count(asked);
    struct mn_flow_edge *edges = MN_ARENA_ARRAY(a, struct mn_flow_edge, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct mn_flow_edge *e = &edges[i];
        *e = (struct mn_flow_edge){.which = (int)i, .to = -1, .failure = -1};
        if (asked->what == MN_ASKED_ITEM) {
            e->value = mn_item_state(i);
            e->text = mn_item_state_text(e->value);
        } else if (s->input == MN_INPUT_CHOICE) {
            e->value = s->outcomes[i].key;
            e->text = s->outcomes[i].text;
        } else if (s->input == MN_INPUT_NUMBER) {
            e->value = interval_value(s, i, a);
            e->text = interval_text(s, i, a);
        } else if (s->input == MN_INPUT_TEXT) {
            e->value = "-";
            e->text = mn_message(MN_M_any_words);
        } else {
            e->value = s->input == MN_INPUT_CHECKLIST ? all_done(s, a) : "ok";
            e->text =
                mn_message(s->input == MN_INPUT_CHECKLIST ? MN_M_any_items : MN_M_answer_read);
        }
    }
    return edges;
}
