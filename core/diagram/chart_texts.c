/* What the boxes of a chart say: the step, and a row for each place that its answers lead to. */
#include "diagram/chart.h"
#include "diagram/type.h"

#include <string.h>

/* Lines of a step's own text on a chart, of a row; a card tells all. */
enum { MOST_TEXT = 6, MOST_ROW = 3, MOST_CARD = 40, MOST_FROM = 4 };

static struct mn__chart_para para(struct mn__chart *f, const char *text, int most, bool small) {
    struct mn_arena *a = f->sheet->scene->arena;
    if (f->sheet->picture->card)
        most = MOST_CARD;
    return (struct mn__chart_para){.text = mn__text_clean(a, text),
                                   .small = small,
                                   .most = most,
                                   .lines = MN_ARENA_ARRAY(a, const char *, (size_t)most)};
}

static const char *in(const struct mn__chart *f, struct mn_text t) {
    const char *text = mn_text_in(t, f->sheet->lang);
    return text ? text : "";
}

/* "12, 14": the numbers of steps. */
static const char *numbers(struct mn__chart *f, const struct mn_ints *steps) {
    struct mn_buf b = MN_BUF_INIT;
    for (int i = 0; i < steps->n; i++)
        mn_buf_printf(&b, "%s%d", i ? ", " : "", f->boxes[steps->at[i]].number);
    const char *text = mn_arena_strdup(f->sheet->scene->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

/* An answer, and on what it depends that it leads there. */
static const char *label_of(struct mn__chart *f, const struct mn_chart_way *way) {
    const char *answer = in(f, way->answer);
    if (way->to < 0)
        answer = mn__say(f->sheet, MN_M_chart_fails, MN_ARGS(answer));
    if (way->given >= 0)
        return mn__say(f->sheet, *answer ? MN_M_chart_given : MN_M_chart_only_given,
                       MN_ARGS(answer, mn__number(f->sheet, f->boxes[way->given].number),
                               in(f, way->given_answers)));
    if (way->given == MN_CHART_CAME)
        return mn__say(f->sheet, *answer ? MN_M_chart_came : MN_M_chart_only_came,
                       MN_ARGS(answer, numbers(f, &way->came)));
    if (way->given == MN_CHART_OTHERWISE)
        return mn__say(f->sheet, *answer ? MN_M_chart_otherwise : MN_M_chart_only_otherwise,
                       MN_ARGS(answer));
    if (way->given == MN_CHART_DEPENDS)
        return mn__say(f->sheet, *answer ? MN_M_chart_depends : MN_M_chart_only_depends,
                       MN_ARGS(answer));
    return answer;
}

static bool same_way(const struct mn__chart *f, const struct mn_chart_way *a,
                     const struct mn_chart_way *b) {
    return a->to == b->to && a->given == b->given &&
           strcmp(in(f, a->given_answers), in(f, b->given_answers)) == 0 &&
           mn_ints_same(&a->came, &b->came);
}

/* How many ways the answer of way w has, from there on. */
static int ways_of(const struct mn_chart_step *s, int w) {
    int n = 1;
    while (w + n < s->n_ways && s->ways[w + n].also)
        n++;
    return n;
}

/* The row from where the same ways stand already; -1. */
static int same_ways(const struct mn__chart *f, const struct mn__chart_box *b,
                     const struct mn_chart_step *s, int w) {
    int n = ways_of(s, w);
    for (int k = 0; k < b->n_rows; k++) {
        const struct mn_chart_way *first = b->rows[k].way;
        int same = 0;
        if (first->also || ways_of(s, (int)(first - s->ways)) != n)
            continue;
        while (same < n && same_way(f, first + same, &s->ways[w + same]))
            same++;
        if (same == n)
            return k;
    }
    return -1;
}

/* The way that goes on right below is told last, where it needs no other to be told before. */
static void next_last(struct mn__chart_box *b) {
    for (int k = b->n_rows - 2; k >= 0 && b->rows[b->n_rows - 1].to != b->next; k--) {
        struct mn__chart_row next = b->rows[k];
        if (next.to != b->next || next.way->given != MN_CHART_ALWAYS)
            continue;
        memmove(&b->rows[k], &b->rows[k + 1], (size_t)(b->n_rows - k - 1) * sizeof b->rows[0]);
        b->rows[b->n_rows - 1] = next;
    }
}

/* Answers that lead to the same places share their rows. */
static void find_rows(struct mn__chart *f, struct mn__chart_box *b) {
    const struct mn_chart_step *s = &f->of->steps[b->step];
    struct mn_arena *a = f->sheet->scene->arena;
    const char **labels = MN_ARENA_ARRAY(a, const char *, (size_t)s->n_ways + 1);
    int answers = 0;
    b->rows = MN_ARENA_ARRAY(a, struct mn__chart_row, (size_t)s->n_ways + 1);
    for (int w = 0; w < s->n_ways; w += ways_of(s, w), answers++) {
        int k = same_ways(f, b, s, w);
        for (int i = 0; i < ways_of(s, w); i++) {
            const struct mn_chart_way *way = &s->ways[w + i];
            const char *answer = in(f, way->answer);
            if (k < 0) {
                labels[b->n_rows] = answer;
                b->rows[b->n_rows++] = (struct mn__chart_row){.way = way, .to = way->to};
            } else if (*answer) {
                labels[k + i] = mn_arena_printf(a, "%s / %s", labels[k + i], answer);
            }
        }
    }
    if (answers > 1 && b->n_rows == ways_of(s, 0) && !f->sheet->picture->card)
        for (int k = 0; k < b->n_rows; k++) /* it makes no difference which */
            labels[k] = mn_msg(MN_M_chart_any, f->sheet->lang);
    for (int k = 0; k < b->n_rows; k++) {
        struct mn_chart_way way = *b->rows[k].way;
        way.answer = (struct mn_text){labels[k], labels[k]};
        b->rows[k].label = para(f, label_of(f, &way), MOST_ROW, true);
        b->rows[k].label.tick = f->sheet->picture->card && *labels[k];
    }
    next_last(b);
}

static void find_paras(struct mn__chart *f, struct mn__chart_box *b) {
    const struct mn_chart_step *s = &f->of->steps[b->step];
    b->paras = MN_ARENA_ARRAY(f->sheet->scene->arena, struct mn__chart_para,
                              (size_t)(f->sheet->picture->card ? s->n_lines : 0) + 2);
    b->paras[b->n_paras++] = para(f, in(f, s->text), MOST_TEXT, false);
    if (*in(f, s->who)) {
        b->paras[b->n_paras] = para(f, in(f, s->who), 1, true);
        b->paras[b->n_paras++].dim = true;
    }
    for (int i = 0; i < s->n_lines && f->sheet->picture->card; i++) {
        b->paras[b->n_paras] = para(f, in(f, s->lines[i].text), 0, true);
        b->paras[b->n_paras++].tick = s->lines[i].tick;
    }
}

/* Which steps lead to the head of a strip. */
static const char *lead_here(struct mn__chart *f, int step) {
    struct mn_buf b = MN_BUF_INIT;
    int n = 0;
    for (int i = 0; i < f->n; i++) {
        const struct mn__chart_box *o = &f->boxes[f->order[i]];
        int k = 0;
        while (k < o->n_rows && o->rows[k].to != step)
            k++;
        if (k == o->n_rows || n++ > MOST_FROM)
            continue;
        mn_buf_puts(&b, n > 1 ? ", " : "");
        mn_buf_puts(&b, n > MOST_FROM ? "…" : mn__number(f->sheet, o->number));
    }
    const char *from = n ? mn__say(f->sheet, MN_M_chart_from, MN_ARGS(mn_buf_text(&b))) : "";
    mn_buf_fini(&b);
    return from;
}

void mn__chart_texts(struct mn__chart *f) {
    for (int i = 0; i < f->n; i++) {
        find_rows(f, &f->boxes[f->order[i]]);
        find_paras(f, &f->boxes[f->order[i]]);
    }
    for (int i = 0; i < f->n; i++)
        if (f->boxes[f->order[i]].head)
            f->boxes[f->order[i]].from = lead_here(f, f->order[i]);
}

static void wrap(struct mn__chart *f, struct mn__chart_para *p, double width) {
    p->n = mn__text_wrap(f->sheet->scene->arena, p->text, mn__chart_para_size(f, p), false,
                         width - mn__chart_tick(f, p), p->most, p->lines);
}

void mn__chart_measure(struct mn__chart *f, struct mn__chart_box *b) {
    double inner = f->column - 2 * mn__chart_pad(f);
    for (int i = 0; i < b->n_paras; i++)
        wrap(f, &b->paras[i], inner);
    for (int k = 0; k < b->n_rows; k++)
        wrap(f, &b->rows[k].label, inner - mn__chart_chip(f) - 1.6 * f->size);
    b->joined = b->next >= 0;
}
