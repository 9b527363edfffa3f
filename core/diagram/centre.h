/* Within the view of data centres: one centre's machines as items of a small picture. */
#ifndef MN_DIAGRAM_CENTRE_H
#define MN_DIAGRAM_CENTRE_H

#include "diagram/inside.h"
#include "diagram/net.h"
#include "diagram/small.h"

struct mn__centre {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    int site;
    struct mn__small small;
    bool one_of_many; /* others are on the sheet: what is outside may stand there more than once */
    int *item;        /* of each node, -1: not drawn */
    int *distance;    /* of each node from the outside */
    int *set;         /* of each node: the lowest node of those that stand in its place, -1: none */
};

/* Items, blocks and ties of the site; `columns` of virtual servers side by side. */
void mn__centre_fill(struct mn__centre *c, int columns);

/* Power, cooling and what else fails as one, as a picture of its own. False when there is none. */
bool mn__centre_power(struct mn__sheet *sheet, int site, struct mn__small *small);

#endif
