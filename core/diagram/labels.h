/* Names beside the dots of a map, none on another, none on a line. */
#ifndef MN_DIAGRAM_LABELS_H
#define MN_DIAGRAM_LABELS_H

#include "diagram/space.h"

struct mn__label {
    struct mn__rect anchor; /* the dot */
    double w, h;
    bool placed; /* result; given true: `at` is settled */
    struct mn__rect at;
    bool led; /* it stands off and is tied by a line */
    struct mn__segment leader;
};

/* What names keep off. `owner`: the label whose own dot or stub it is, or -1. */
struct mn__obstacle {
    bool line; /* `segment`, else `rect` */
    struct mn__rect rect;
    struct mn__segment segment;
    int owner;
};

/* Places the labels within `area`, at most `reach` points from their dots; the same input gives the
 * same places. Returns how many found none.
 *
 * Candidate positions and their ranking follow Christensen, Marks and Shieber, "An empirical study
 * of algorithms for point-feature label placement", ACM Transactions on Graphics 14 (1995), with
 * further ones tied by a leader; instead of their annealing, which needs chance, those with the
 * least choice come first, and one that finds no place may send others to their next best. `hard`:
 * where that fails, it is tried longer, with others sent farther. */
int mn__place_labels(struct mn__label *labels, int n, const struct mn__obstacle *obstacles,
                     int n_obstacles, struct mn__rect area, double reach, bool hard);

#endif
