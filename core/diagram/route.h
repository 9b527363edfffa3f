/* Lines that go round what stands in their way. */
#ifndef MN_DIAGRAM_ROUTE_H
#define MN_DIAGRAM_ROUTE_H

#include "diagram/space.h"

enum { MN__ROUTE_POINTS = 12 };

/* The shortest way from a to b that keeps off the rectangles, `clear` points at least; those that a
 * or b lies in do not count. Returns how many points it has (with a and b); 0 where there is no
 * such way, or it bends too often.
 *
 * A visibility graph (Lozano-Pérez and Wesley, "An algorithm for planning collision-free paths",
 * CACM 22, 1979), made only as far as what blocks the way so far asks for it. */
int mn__route(struct mn__point a, struct mn__point b, const struct mn__rect *rects, int n,
              double clear, struct mn__point points[MN__ROUTE_POINTS]);

#endif
