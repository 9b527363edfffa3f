/* Free room on a sheet: a grid of cells, taken or not. */
#ifndef MN_DIAGRAM_VACANT_H
#define MN_DIAGRAM_VACANT_H

#include "diagram/scene.h"

struct mn__vacant {
    struct mn__rect area;
    double cell;
    int columns, rows;
    bool *taken;
};

void mn__vacant_init(struct mn__vacant *v, struct mn__rect area, double cell);
void mn__vacant_fini(struct mn__vacant *v);
void mn__vacant_take(struct mn__vacant *v, struct mn__rect r);

/* The largest free rectangle; what is longer than `aspect` times its width, or wider, is cut. w 0:
 * there is none. (A histogram a row: Vandevoorde, "The maximal rectangle problem", Dr. Dobb's
 * Journal, 1998.) */
struct mn__rect mn__vacant_largest(const struct mn__vacant *v, double aspect);

/* Free room of w × h with its middle nearest to p; false when there is none. */
bool mn__vacant_near(const struct mn__vacant *v, double w, double h, struct mn__point p,
                     struct mn__rect *found);

#endif
