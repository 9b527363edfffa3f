/* Between the files that draw the city's lines. */
#ifndef MN_DIAGRAM_CITY_LINKS_H
#define MN_DIAGRAM_CITY_LINKS_H

#include "diagram/city.h"

/* A line from an area's lane up to a box above. */
struct mn__uplink {
    int upper, cluster; /* cluster -1: the trunk of several */
    double x;           /* of its lane; where it leaves the area */
    struct mn__look look;
};

struct mn__look mn__ring_look(const struct mn__city *c);
/* The strongest mark of the links that a bundle stands for. */
enum mn_mark_as mn__bundle_mark(const struct mn__city *c, int a, int b);
/* A line with the mark of its bundle, what it is as a tip, and its symbol on `at`. */
void mn__draw_bundle(struct mn__city *c, int a, int b, const struct mn__point *p, int n,
                     struct mn__look look, struct mn__point at);
/* A piece of a line that is told of elsewhere. */
void mn__put_piece(struct mn__city *c, const struct mn__point *p, int n, struct mn__look look);
bool mn__has_bundle(const struct mn__city *c, int a, int b);
/* No line: each end says the other's code. */
void mn__note_extra(struct mn__city *c, int a, int b);

/* Draws the lines between the points of one area, in lanes at its sides, and adds those that leave
 * it upwards to `up`. */
void mn__area_links(struct mn__city *c, int area, struct mn__uplink *up, int *n_up);

#endif
