/* What stands where on a flat ground: questions that placing on a map asks over and over. */
#ifndef MN_DIAGRAM_SPACE_H
#define MN_DIAGRAM_SPACE_H

#include "diagram/scene.h"

struct mn__segment {
    struct mn__point a, b;
};

bool mn__rects_meet(struct mn__rect a, struct mn__rect b, double gap);
struct mn__rect mn__grown(struct mn__rect r, double by);
struct mn__rect mn__joined(struct mn__rect a, struct mn__rect b); /* the least that holds both */
struct mn__point mn__middle(struct mn__rect r);
/* The part of the segment that is within the rectangle, as shares of its length (Liang–Barsky
 * clipping); false when there is none. */
bool mn__clip(struct mn__segment s, struct mn__rect r, double *from, double *to);
bool mn__segment_meets(struct mn__segment s, struct mn__rect r);
bool mn__segments_cross(struct mn__segment s, struct mn__segment t);
struct mn__rect mn__segment_bounds(struct mn__segment s);

/* A grid of buckets. Items are numbers that the caller gives; one may be added several times, and
 * comes up again as often as it spans buckets. */
struct mn__space {
    struct mn__rect area;
    double cell;
    int columns, rows;
    int *first; /* of each bucket: into links, or -1 */
    struct mn__space_link {
        int item, next;
    } * links;
    int n;
    size_t cap;
};

void mn__space_init(struct mn__space *space, struct mn__rect area, double cell);
void mn__space_fini(struct mn__space *space);
void mn__space_add(struct mn__space *space, struct mn__rect r, int item);
/* Calls `seen` for items near r until it returns true; then true. */
bool mn__space_any(const struct mn__space *space, struct mn__rect r,
                   bool (*seen)(void *arg, int item), void *arg);

#endif
