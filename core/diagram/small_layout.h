/* Within the placing of small pictures: the layout that its parts fill in turn. Coordinates along
 * the flow are called `along`, those at right angles to it `across`, so that one algorithm serves
 * both directions. */
#ifndef MN_DIAGRAM_SMALL_LAYOUT_H
#define MN_DIAGRAM_SMALL_LAYOUT_H

#include "diagram/render.h"
#include "diagram/small.h"

#define MN__TRACK 8.0

/* A piece of a tie between two neighbouring ranks. */
struct mn__piece {
    int tie, from, to; /* from, to: nodes of the layout: items, then bends */
    double out, in;    /* across, where it leaves and arrives */
    double track;      /* along, where it turns */
};

struct mn__layout {
    struct mn__small *s;
    int n_nodes, n_pieces, n_ranks;
    struct mn__graph_node *nodes; /* items, then bends */
    struct mn__piece *pieces;
    double begin[MN__MOST_RANKS], extent[MN__MOST_RANKS]; /* of ranks, along */
    double space[MN__MOST_RANKS];                         /* after each rank */
    double length, breadth;
};

/* Compares doubles, for qsort. */
int mn__small_by_number(const void *a, const void *b);

double mn__small_across(const struct mn__layout *l, int node);

/* Finds ranks, orders and places across with dot; makes the pieces. False when Graphviz fails. The
 * caller frees nodes and pieces. */
bool mn__small_lay(struct mn__layout *l);
/* Sizes along the flow, once ports are known: of ranks, of the spaces between, of all. */
void mn__small_ranks(struct mn__layout *l);
/* Where each piece leaves and arrives. */
void mn__small_ports(struct mn__layout *l);
/* Counts the trunks after each rank; sets each piece's track to its number among them. */
void mn__small_tracks(struct mn__layout *l, int *count);
/* Items and routes come to stand in the room; then grounds around the items. */
void mn__small_settle(struct mn__layout *l, struct mn__rect room);
void mn__small_grounds(struct mn__small *s, struct mn__rect room);

#endif
