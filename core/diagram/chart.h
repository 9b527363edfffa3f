/* The chart of a flow of steps: strips of steps that follow each other, set in columns; where a way
 * leads elsewhere, it tells the number of the step. Shared by the files that make it.
 *
 * Boxes and numbered connectors in place of long lines are ISO 5807's: a chart of a hundred steps
 * has no line that crosses another, and fits the columns of any paper. */
#ifndef MN_DIAGRAM_CHART_H
#define MN_DIAGRAM_CHART_H

#include "diagram/sheet.h"

/* A text in a box, broken into lines. */
struct mn__chart_para {
    const char *text;
    bool small, dim, tick; /* tick: a square to be ticked before it */
    int most, n;           /* lines, at most */
    const char **lines;
};

/* A way of a step, of all the answers that have the same ways. */
struct mn__chart_row {
    struct mn__chart_para label;
    const struct mn_chart_way *way; /* of the first of those answers */
    int to;
};

struct mn__chart_box {
    int step, number; /* number: from 1, as they are read */
    int next;         /* the step that its strip goes on with; -1 */
    bool head;        /* it begins a strip */
    const char *from; /* of the head of a strip: which steps lead to it, or "" */
    int n_rows, n_paras;
    struct mn__chart_row *rows; /* the one to `next` last, if it needs no other before */
    struct mn__chart_para *paras;
    int page; /* from 0 */
    struct mn__rect at;
    bool joined; /* the next stands right below */
};

struct mn__chart {
    struct mn__sheet *sheet;
    const struct mn_chart *of;
    struct mn__chart_box *boxes; /* of each step */
    int *order;                  /* the steps as they are read: strip after strip */
    int n;                       /* of them: what can be reached */
    double size, small;          /* of texts */
    double column, gap;          /* the width of a column, between columns */
    int columns;                 /* on a page */
    int pages;
};

/* Reads the strips: which step follows which, and the order. */
void mn__chart_read(struct mn__chart *f);
/* Finds what each box says. */
void mn__chart_texts(struct mn__chart *f);
/* Breaks it into lines of the column's width. */
void mn__chart_measure(struct mn__chart *f, struct mn__chart_box *b);
/* Sets texts and columns as large as the sheet's body allows; false when they would be illegible.
 */
bool mn__chart_place(struct mn__chart *f);
/* Sizes that placing and drawing share. */
double mn__chart_pad(const struct mn__chart *f);
double mn__chart_chip(const struct mn__chart *f);
/* 0 of a row that needs not be told: the only way, to the next below. */
double mn__chart_row_height(const struct mn__chart *f, const struct mn__chart_box *b,
                            const struct mn__chart_row *row);
double mn__chart_head_height(const struct mn__chart *f);
double mn__chart_para_height(const struct mn__chart *f, const struct mn__chart_para *p);
double mn__chart_para_size(const struct mn__chart *f, const struct mn__chart_para *p);
/* How far a text is moved in for the square before it. */
double mn__chart_tick(const struct mn__chart *f, const struct mn__chart_para *p);

#endif
