/* Rows of boxes joined by lines: in which order they stand, and how the lines run so that none
 * crosses another. */
#ifndef MN_DIAGRAM_ORDER_H
#define MN_DIAGRAM_ORDER_H

#include <stdbool.h>

struct mn__pair {
    int a, b;
};

/* Finds orders for three rows (above, middle, below): `order[r]` is a permutation of 0 … n[r] - 1,
 * given in model order. Pairs join above–middle, middle–below, and boxes within the upper two. The
 * middle may be empty: then pairs `across` join above–below. Few crossings first, then the order as
 * given. */
struct mn__rows {
    int n[3];
    int *order[3];
    int n_upper, n_lower, n_in[2];
    const struct mn__pair *upper; /* above, middle */
    const struct mn__pair *lower; /* middle, below; above, below when the middle is empty */
    const struct mn__pair *in[2];
};
void mn__order_rows(struct mn__rows *rows);

/* Connections through the space between two rows, from `low` to `high` positions, sorted so that
 * both grow. Sets each one's level (0: nearest to the lower row) and returns how many levels there
 * are. */
int mn__channel(const double *low, const double *high, int n, int *level);

/* Of pairs (a, b) sorted by a then b, keeps the most that do not cross; returns how many are kept.
 */
int mn__uncrossed(const struct mn__pair *pairs, int n, bool *keep);

/* Intervals beside a column of boxes, joined by lines at different distances. Sets depth (1:
 * nearest); depth 0: it would cross another. Returns the greatest. */
struct mn__span {
    double from, to; /* from < to */
    int depth;
};
int mn__lanes(struct mn__span *spans, int n);

#endif
