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

/* The ground that an item stands on, or -1: in a block, the block's. */
int mn__small_frame(const struct mn__small *s, int item);
/* The size of an item by its texts, which are broken into lines. */
void mn__small_measure(struct mn__small *s, struct mn__item *item);
/* The size of a block whose items are measured; they become equally wide, in a row equally high. */
void mn__small_block(struct mn__small *s, int block);
/* The middle of an item that is in a block, from the block's middle. */
struct mn__point mn__small_in_block(const struct mn__small *s, int item);
/* What is between the items of a block. */
double mn__small_gap(const struct mn__small *s, const struct mn__item *block);
/* A line between neighbours in a block. */
void mn__small_within(const struct mn__small *s, int tie, struct mn__route *route);
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
