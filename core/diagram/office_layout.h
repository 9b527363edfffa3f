/* Within the placing of offices: the layout that its parts fill in turn. */
#ifndef MN_DIAGRAM_OFFICE_LAYOUT_H
#define MN_DIAGRAM_OFFICE_LAYOUT_H

#include "diagram/office.h"
#include "diagram/small_layout.h"

enum { MN__MOST_OUTSIDE = 4, MN__MOST_ROWS = 24, MN__MOST_DEPTH = 12 };

struct mn__office_layout {
    struct mn__small *s;
    const struct mn__office *o;
    const int *item;
    struct mn__rect room;
    double more; /* added to each gap, where there is space to spare */
    int *node;   /* of each item, -1: it is outside */
    int *row;    /* of each item in the upper part */
    int rows, depth;
    double row_h[MN__MOST_ROWS], column_x[MN__MOST_DEPTH + 1], column_w[MN__MOST_DEPTH + 1];
    int n_outside, outside[MN__MOST_OUTSIDE];
    struct mn__rect network; /* the frame about the network */
    int n_feeders, feeders[MN__MOST_GROUPS];
    int n_columns, n_order;
    int order[MN__MOST_GROUPS];  /* groups as they stand, column by column */
    int column[MN__MOST_GROUPS]; /* of each of them */
};

static inline double mn__em(const struct mn__office_layout *p, double n) {
    return p->s->size * n;
}
/* What is before a device in a frame, for the lines that run down there, and how much further each
 * that hangs on it is set in. */
static inline double mn__office_before(const struct mn__office_layout *p) {
    return mn__em(p, 2.3);
}
static inline double mn__office_indent(const struct mn__office_layout *p) {
    return mn__em(p, 2.0);
}

/* Which of the feeders a group hangs on; n_feeders: on none. */
int mn__office_feeder(const struct mn__office_layout *p, int group);

/* Leads the lines once all stands; `lanes`: where the first lane above the frames runs. */
void mn__office_lines(struct mn__office_layout *p, double lanes);

#endif
