/* From the graph of a runbook to the chart that is drawn of it. */
#include "cli/explore_chart.h"

#include "runbook/fold.h"

#include <string.h>

struct charting {
    const struct mn_fold *fold;
    const struct mn_model *m;
    struct mn_arena *a;
};

static const enum mn_chart_kind kinds[MN_STEP_KINDS] = {
    [MN_STEP_TELL] = MN_CHART_TELL,      [MN_STEP_ASK] = MN_CHART_ASK,
    [MN_STEP_CHECK] = MN_CHART_ASK,      [MN_STEP_ACT] = MN_CHART_ACT,
    [MN_STEP_CHECKLIST] = MN_CHART_LIST, [MN_STEP_ESCALATE] = MN_CHART_CALL,
    [MN_STEP_HANDOVER] = MN_CHART_CALL,  [MN_STEP_VERIFY] = MN_CHART_ASK,
    [MN_STEP_WAIT] = MN_CHART_WAIT,      [MN_STEP_DELEGATE] = MN_CHART_CALL,
    [MN_STEP_RESOLVE] = MN_CHART_END,
};

static const struct mn_flow_node *node_of(const struct charting *c, int step) {
    return &c->fold->flow->nodes[c->fold->steps[step].node];
}

/* “Yes” / “Cannot tell”: in that language, those of the edges. */
static const char *answers_in(const struct charting *c, const struct mn_flow_node *node,
                              uint64_t answers, enum mn_lang lang) {
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < node->n_edges && i < MN_FOLD_NOT_ASKED; i++)
        if (answers >> i & 1)
            mn_buf_printf(&b, "%s“%s”", b.size ? " / " : "", mn_text_in(node->edges[i].text, lang));
    if (answers >> MN_FOLD_NOT_ASKED & 1)
        mn_buf_printf(&b, "%s%s", b.size ? " / " : "", mn_msg(MN_M_chart_not_asked, lang));
    const char *text = mn_arena_strdup(c->a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

static struct mn_chart_way way_of(const struct charting *c, int step, const struct mn_fold_way *w) {
    const struct mn_flow_node *node = node_of(c, step);
    bool choice = node->kind == MN_FLOW_ITEM || node->n_edges > 1;
    struct mn_chart_way way = {.to = w->to, .given = w->given, .came = w->came};
    if (choice)
        way.answer = node->edges[w->edge].text;
    if (w->given >= 0)
        way.given_answers =
            (struct mn_text){answers_in(c, node_of(c, w->given), w->answers, MN_VI),
                             answers_in(c, node_of(c, w->given), w->answers, MN_EN)};
    return way;
}

static struct mn_text team_text(const struct charting *c, const struct mn_team *t) {
    struct mn_text text = {0};
    for (int lang = MN_VI; lang <= MN_EN; lang++) {
        const char *name = mn_text_in(t->name.full, (enum mn_lang)lang),
                   *contact = mn_text_in(t->contact, (enum mn_lang)lang);
        *(lang == MN_VI ? &text.vi : &text.en) = mn_arena_printf(
            c->a, "%s%s%s", name ? name : t->id, contact ? ": " : "", contact ? contact : "");
    }
    return text;
}

static void add_line(struct mn_chart_step *s, struct mn_chart_line *lines, struct mn_text text,
                     bool tick) {
    if (text.vi && *text.vi)
        lines[s->n_lines++] = (struct mn_chart_line){text, tick};
}

/* What a card tells besides: how, what it interrupts, how it is undone, the items of a list. */
static void find_lines(const struct charting *c, const struct mn_step *from,
                       struct mn_chart_step *s) {
    struct mn_chart_line *lines =
        MN_ARENA_ARRAY(c->a, struct mn_chart_line, from->n_items + from->n_evidence + 8);
    const struct {
        enum mn_message as;
        struct mn_text text;
    } told[] = {
        {from->kind == MN_STEP_TELL ? MN_M_step_help : MN_M_step_how, from->help},
        {MN_M_step_interrupts, from->interrupts},
        {MN_M_step_undo, from->undo},
        {MN_M_card_why, from->why},
    };
    for (size_t i = 0; i < MN_COUNT(told); i++)
        if (told[i].text.vi)
            add_line(s, lines, mn_message_with(c->a, told[i].as, &told[i].text, 1), false);
    for (size_t i = 0; i < from->n_items; i++)
        add_line(s, lines, from->items[i].text, true);
    if (from->kind == MN_STEP_ESCALATE || from->kind == MN_STEP_HANDOVER)
        add_line(s, lines, mn_message(MN_M_card_say), false);
    if (from->input == MN_INPUT_TEXT)
        add_line(s, lines, mn_message(MN_M_card_write), false);
    if (from->input == MN_INPUT_NUMBER)
        add_line(s, lines, mn_message_with(c->a, MN_M_card_number, &from->unit, 1), false);
    s->lines = lines;
}

static struct mn_chart_step step_of(const struct charting *c, int i) {
    const struct mn_fold_step *folded = &c->fold->steps[i];
    const struct mn_flow_node *node = node_of(c, i);
    struct mn_chart_step s = {.id = node->id,
                              .kind = kinds[node->step.kind],
                              .text = node->step.text,
                              .minutes = node->step.minutes,
                              .n_ways = (int)folded->n_ways};
    struct mn_chart_way *ways = MN_ARENA_ARRAY(c->a, struct mn_chart_way, folded->n_ways + 1);
    for (size_t w = 0; w < folded->n_ways; w++)
        ways[w] = way_of(c, i, &folded->ways[w]);
    for (size_t w = 1; w < folded->n_ways; w++)
        ways[w].also = folded->ways[w].edge == folded->ways[w - 1].edge;
    s.ways = ways;
    if (node->kind == MN_FLOW_ITEM) {
        s.kind = MN_CHART_LOOK;
        s.text = mn_step_choice(&node->step, node->item)->text;
        s.minutes = -1;
        return s;
    }
    int team = node->step.team ? mn_model_team(c->m, node->step.team) : -1;
    if (team >= 0)
        s.who = team_text(c, &c->m->teams[team]);
    if (node->step.cause.vi)
        s.who = mn_message_with(c->a, MN_M_walk_cause, &node->step.cause, 1);
    find_lines(c, &node->step, &s);
    return s;
}

const struct mn_chart *mn_flow_chart(const struct mn_flow *flow, const struct mn_runbook *runbook,
                                     const struct mn_model *m, struct mn_subject subject,
                                     struct mn_arena *a) {
    struct mn_fold fold = mn_flow_fold(flow, a);
    struct charting c = {&fold, m, a};
    const struct mn_component *on =
        subject.component >= 0 ? &m->components[subject.component] : NULL;
    const char *id = on ? on->id : m->sites[subject.site].id;
    if (fold.n == 0)
        return NULL;
    struct mn_chart_step *steps = MN_ARENA_ARRAY(a, struct mn_chart_step, fold.n);
    for (size_t i = 0; i < fold.n; i++)
        steps[i] = step_of(&c, (int)i);
    struct mn_chart *chart = MN_ARENA_ARRAY(a, struct mn_chart, 1);
    *chart = (struct mn_chart){.name = mn_arena_printf(a, "%s-%s", runbook->id, id),
                               .title = runbook->title,
                               .n = (int)fold.n,
                               .steps = steps};
    struct mn_text name = on ? on->name.full : m->sites[subject.site].name.full;
    chart->about = (struct mn_text){mn_arena_printf(a, "%s (%s)", name.vi, id),
                                    mn_arena_printf(a, "%s (%s)", name.en, id)};
    return chart;
}
