/* Placing a flow: rows within boxes, boxes within columns, as large as the paper allows. */
#include "diagram/chart.h"

#include <math.h>

/* How wide a column is at least, in the size of its texts: some forty letters. */
#define COLUMN_EMS 21.0

double mn__chart_pad(const struct mn__chart *f) {
    return 0.55 * f->size;
}

double mn__chart_chip(const struct mn__chart *f) {
    return ceil(1.55 * f->size);
}

double mn__chart_head_height(const struct mn__chart *f) {
    return mn__chart_chip(f) + 0.25 * f->size;
}

double mn__chart_para_size(const struct mn__chart *f, const struct mn__chart_para *p) {
    return p->small ? f->small : f->size;
}

double mn__chart_para_height(const struct mn__chart *f, const struct mn__chart_para *p) {
    return p->n * 1.25 * mn__chart_para_size(f, p);
}

double mn__chart_tick(const struct mn__chart *f, const struct mn__chart_para *p) {
    return p->tick ? 1.3 * f->small : 0;
}

double mn__chart_row_height(const struct mn__chart *f, const struct mn__chart_box *b,
                            const struct mn__chart_row *row) {
    if (b->joined && row->to == b->next && !*row->label.text)
        return 0;
    return fmax(mn__chart_para_height(f, &row->label) + 0.3 * f->small, mn__chart_chip(f) + 1.5);
}

static double height_of(const struct mn__chart *f, const struct mn__chart_box *b) {
    double h = mn__chart_head_height(f) + mn__chart_pad(f);
    for (int i = 0; i < b->n_paras; i++)
        h += mn__chart_para_height(f, &b->paras[i]);
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

/* Columns are filled from the top, strip after strip; a card has as many sheets as it takes. */
static bool fill(struct mn__chart *f) {
    struct mn__rect body = f->sheet->body;
    double y = body.y, arrow = ceil(1.5 * f->size);
    int column = 0;
    for (int i = 0; i < f->n; i++) {
        struct mn__chart_box *b = &f->boxes[f->order[i]];
        struct mn__chart_box *before = i ? &f->boxes[f->order[i - 1]] : NULL;
        double above = y <= body.y ? 0 : b->head ? 1.2 * f->size : arrow, h = height_of(f, b);
        if (y + above + h > body.y + body.h) {
            if (h > body.h || (++column >= f->columns && !f->sheet->picture->card) ||
                (!b->head && !cut(f, before)))
                return false;
            y = body.y;
            above = 0;
        }
        b->page = column / f->columns;
        b->at = (struct mn__rect){body.x + column % f->columns * (f->column + f->gap), y + above,
                                  f->column, h};
        y = b->at.y + h;
    }
    f->pages = column / f->columns + 1;
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
        mn__chart_measure(f, &f->boxes[f->order[i]]);
    return fill(f);
}

/* A card is read standing beside a rack: two columns of A4 with texts of 9 points. */
static bool place_card(struct mn__chart *f) {
    int columns = (int)fmax(1, f->sheet->body.w / 250);
    for (; columns > 0; columns--)
        for (double size = 9; size >= f->sheet->least_name; size -= 0.25)
            if (fits(f, size, columns))
                return true;
    return false;
}

bool mn__chart_place(struct mn__chart *f) {
    double least = f->sheet->least_name, most = fmax(12 * f->sheet->unit, least);
    if (f->sheet->picture->card)
        return place_card(f);
    for (double size = most; size > least * 0.98; size *= 0.94)
        for (int columns = (int)(f->sheet->body.w / (COLUMN_EMS * size)); columns > 0; columns--)
            if (fits(f, fmax(size, least), columns))
                return true;
    return fits(f, least, (int)(f->sheet->body.w / ((COLUMN_EMS + 1.4) * least)));
}
