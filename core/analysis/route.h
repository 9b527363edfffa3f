/* The best allowed route between two nodes. Only for analysis/. */
#ifndef MN_ANALYSIS_ROUTE_H
#define MN_ANALYSIS_ROUTE_H

#include "analysis/path.h"
#include "analysis/state.h"

/* What the other route has, and what only fails together with something that it has. */
enum { MN__RISK = 1, MN__SHARED = 2 };

/* Compared from the first to the last; see path.h. */
struct mn__cost {
    int shared; /* components marked MN__SHARED */
    int risks;  /* components marked MN__RISK */
    int lines;  /* how far down its site's list each line stands, added up */
    int links;
    int64_t delay_ms;
};

bool mn__cost_less(struct mn__cost a, struct mn__cost b);

/* Finds it for a service (-1: none in particular; no needs, no gateway), avoiding the components
 * that are marked in `avoid` (NULL: none) as far as possible. The route's array is the arena's.
 * False when there is none. */
bool mn__route_find(struct mn_avail *a, int from, int to, int service, const unsigned char *avoid,
                    struct mn_arena *arena, struct mn_route *route, struct mn__cost *cost);

#endif
