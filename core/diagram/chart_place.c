/* Placing a flow: rows within boxes, boxes within columns, as large as the paper allows. */
#include "diagram/chart.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How wide a column is at least, in the size of its texts: some forty letters. */
#define COLUMN_EMS 21.0

enum { MOST_ROWS_TEXT = 2 };

double mn__chart_pad(const struct mn__chart *f) {
    return 0.55 * f->size;
}

double mn__chart_chip(const struct mn__chart *f) {
    return ceil(1.55 * f->size);
}

double mn__chart_head_height(const struct mn__chart *f) {
    return mn__chart_chip(f) + 0.25 * f->size;
}

double mn__chart_row_height(const struct mn__chart *f, const struct mn__chart_box *b,
                            const struct mn__chart_row *row) {
    if (b->joined && row->to == b->next && !*row->label)
        return 0;
    return fmax(row->n_lines * 1.25 * f->small + 0.3 * f->small, mn__chart_chip(f) + 1.5);
}

/* Ways to the same place are one row; the one that goes on comes last. */
static void find_rows(struct mn__chart *f, struct mn__chart_box *b) {
    const struct mn_chart_step *s = &f->of->steps[b->step];
    struct mn_arena *a = f->sheet->scene->arena;
    b->rows = MN_ARENA_ARRAY(a, struct mn__chart_row, (size_t)s->n_ways + 1);
    for (int w = 0; w < s->n_ways; w++) {
        const char *answer = mn_text_in(s->ways[w].answer, f->sheet->lang);
        if (s->ways[w].to < 0)
            answer = mn__say(f->sheet, MN_M_chart_fails, MN_ARGS(answer ? answer : ""));
        int k = 0;
        while (k < b->n_rows && b->rows[k].to != s->ways[w].to)
            k++;
        if (k == b->n_rows)
            b->rows[b->n_rows++] =
                (struct mn__chart_row){answer ? answer : "", s->ways[w].to, 0, {0}};
        else if (answer && *answer)
            b->rows[k].label = mn_arena_printf(a, "%s / %s", b->rows[k].label, answer);
    }
    for (int k = 0; k + 1 < b->n_rows; k++)
        if (b->rows[k].to == b->next) {
            struct mn__chart_row next = b->rows[k];
            memmove(&b->rows[k], &b->rows[k + 1], (size_t)(b->n_rows - k - 1) * sizeof b->rows[0]);
            b->rows[b->n_rows - 1] = next;
        }
    if (b->n_rows == 1 && s->n_ways > 1) /* it makes no difference which */
        b->rows[0].label = mn_msg(MN_M_chart_any, f->sheet->lang);
}

enum { MOST_FROM = 4 };

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

/* Breaks the texts of a box into lines of the column's width. */
static void measure(struct mn__chart *f, struct mn__chart_box *b) {
    const struct mn_chart_step *s = &f->of->steps[b->step];
    struct mn_arena *a = f->sheet->scene->arena;
    const char *text = mn_text_in(s->text, f->sheet->lang),
               *who = mn_text_in(s->who, f->sheet->lang);
    double inner = f->column - 2 * mn__chart_pad(f);
    b->n_text = mn__text_wrap(a, mn__text_clean(a, text ? text : ""), f->size, false, inner,
                              (int)MN_COUNT(b->text), b->text);
    b->n_who = who && *who ? 1 : 0;
    if (b->n_who)
        b->who[0] = mn__text_fit(a, mn__text_clean(a, who), f->small, false, inner);
    for (int k = 0; k < b->n_rows; k++) {
        struct mn__chart_row *row = &b->rows[k];
        row->n_lines =
            mn__text_wrap(a, mn__text_clean(a, row->label), f->small, false,
                          inner - mn__chart_chip(f) - 1.6 * f->size, MOST_ROWS_TEXT, row->lines);
    }
    b->joined = b->next >= 0;
}

static double height_of(const struct mn__chart *f, const struct mn__chart_box *b) {
    double h = mn__chart_head_height(f) + b->n_text * 1.25 * f->size + b->n_who * 1.25 * f->small +
               mn__chart_pad(f);
    for (int k = 0; k < b->n_rows; k++)
        h += mn__chart_row_height(f, b, &b->rows[k]);
    return ceil(h + (b->n_rows ? 0.3 * f->size : 0));
}

/* At a column's end a step no longer stands above the next of its strip, which it then has to tell:
 * false when it has no room for that. */
static bool cut(const struct mn__chart *f, struct mn__chart_box *b) {
    b->joined = false;
    b->at.h = height_of(f, b);
    return b->at.y + b->at.h <= f->sheet->body.y + f->sheet->body.h;
}

/* Columns are filled from the top, strip after strip. */
static bool fill(struct mn__chart *f) {
    struct mn__rect body = f->sheet->body;
    double y = body.y, arrow = ceil(1.5 * f->size);
    int column = 0;
    for (int i = 0; i < f->n; i++) {
        struct mn__chart_box *b = &f->boxes[f->order[i]];
        struct mn__chart_box *before = i ? &f->boxes[f->order[i - 1]] : NULL;
        double above = y <= body.y ? 0 : b->head ? 1.2 * f->size : arrow, h = height_of(f, b);
        if (y + above + h > body.y + body.h) {
            if (h > body.h || ++column >= f->columns || (!b->head && !cut(f, before)))
                return false;
            y = body.y;
            above = 0;
        }
        b->at = (struct mn__rect){body.x + column * (f->column + f->gap), y + above, f->column, h};
        y = b->at.y + h;
    }
    return true;
}

static bool fits(struct mn__chart *f, double size, int columns) {
    f->size = size;
    f->small = fmax(0.9 * size, f->sheet->least_text);
    f->gap = ceil(1.4 * size);
    f->columns = columns;
    f->column = floor((f->sheet->body.w - (columns - 1) * f->gap) / columns);
    if (f->column < COLUMN_EMS * size)
        return false;
    for (int i = 0; i < f->n; i++)
        measure(f, &f->boxes[f->order[i]]);
    return fill(f);
}

bool mn__chart_place(struct mn__chart *f) {
    double least = f->sheet->least_name, most = fmax(12 * f->sheet->unit, least);
    for (int i = 0; i < f->n; i++)
        find_rows(f, &f->boxes[f->order[i]]);
    for (int i = 0; i < f->n; i++)
        if (f->boxes[f->order[i]].head)
            f->boxes[f->order[i]].from = lead_here(f, f->order[i]);
    for (double size = most; size > least * 0.98; size *= 0.94)
        for (int columns = (int)(f->sheet->body.w / (COLUMN_EMS * size)); columns > 0; columns--)
            if (fits(f, fmax(size, least), columns))
                return true;
    return fits(f, least, (int)(f->sheet->body.w / ((COLUMN_EMS + 1.4) * least)));
}
