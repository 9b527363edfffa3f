/* Small pictures: boxes in ranks with lines that run in the spaces between. Graphviz `dot` says
 * which rank and in which order; lines are then led at right angles, so that they cross no box. */
#ifndef MN_DIAGRAM_SMALL_H
#define MN_DIAGRAM_SMALL_H

#include "diagram/sheet.h"

struct mn__item {
    const char *name, *sub; /* sub: a second, smaller line; may be "" */
    const char *symbol;     /* its icon, or NULL */
    struct mn__look look;
    uint32_t ink;
    enum mn_mark_as mark;
    const char *id, *cls, *tip;
    int frame;      /* into grounds, -1: none */
    unsigned parts; /* what its name says, for worksheets; 0: MN__NAME */
    bool first;     /* stands in the first rank */

    const char *note; /* a third text below the second, in full; NULL: none */
    double wide;      /* how much wider than others its texts may be; 0: like others */
    const char *chip; /* a few letters at its right end; NULL: none */
    bool beside;      /* the second line may stand at the right of the name, where both fit */
    /* A block is an item whose items stand in a grid inside it, row by row. Lines go to the block
     * or to what is in it; within it only to neighbours. */
    int columns; /* above 0: it is a block, with so many columns */
    bool bare;   /* a block without frame and name, that only keeps its items side by side */
    int block;   /* 1 + the block that it stands in, 0: none. Blocks hold no blocks. */

    /* result */
    struct mn__rect at;
    int rank, n_lines, n_subs, n_notes;
    bool one_line; /* the second text does stand beside the name */
    const char *lines[3], *subs[2], *notes[6];
    double name_x, name_room; /* of a block: where its name goes */
};

/* A line between items; the drawing flows from `from` to `to`. */
struct mn__tie {
    int from, to, weight;
    struct mn__look look;
    const char *label, *id, *tip; /* label may be "" */
    enum mn_mark_as mark;
    bool hidden; /* only orders the ranks: it is not drawn */
};

/* A ground behind the items that belong together. */
struct mn__ground {
    const char *name, *id;
    uint32_t colour;
    struct mn__rect at;       /* result; w 0: not drawn, for it would hold others */
    double name_x, name_room; /* result */
};

enum { MN__MOST_RANKS = 64 };

/* The way of a tie, as corners; n below 2: it has none. */
struct mn__route {
    int n;
    struct mn__point at[4 * MN__MOST_RANKS];
};

struct mn__small {
    struct mn__sheet *sheet;
    int n_items, n_ties, n_grounds;
    struct mn__item *items;
    struct mn__tie *ties;
    struct mn__ground *grounds;
    size_t cap_items, cap_ties, cap_grounds;
    bool down; /* ranks from top to bottom, else from left to right */
    double size;
    double most_size; /* 0: 12 on A3; the largest texts that are tried */
    double widest;    /* 0: by the direction; how wide names may become, in their size */
    struct mn__rect room;
    bool tight;               /* the last resort on this paper: narrower boxes and spaces */
    struct mn__route *routes; /* result, one for each tie */
};

/* Each adds one and returns its number. */
int mn__small_item(struct mn__small *s, struct mn__item item);
int mn__small_tie(struct mn__small *s, struct mn__tie tie);
int mn__small_ground(struct mn__small *s, const char *name, const char *id, uint32_t colour);

/* What placing and drawing must agree on: the size of second lines and labels, the side of an
 * item's icon (0: none), the width that its chip takes (0: none), and its second line: a mark's
 * word first, for a mark is never told by looks alone. */
double mn__small_size(const struct mn__small *s);
double mn__small_icon(const struct mn__small *s, const struct mn__item *item);
double mn__small_chip(const struct mn__small *s, const struct mn__item *item);
const char *mn__small_sub(const struct mn__small *s, const struct mn__item *item);
/* How high its texts are together. */
double mn__small_high(const struct mn__small *s, const struct mn__item *item);

/* Whether an item stands alone, not in a block: such are what dot places. */
bool mn__small_alone(const struct mn__item *item);

/* Places everything in `room` with texts as large as fit. False when they would be too small. */
bool mn__small_place(struct mn__small *s, struct mn__rect room);
void mn__small_draw(struct mn__small *s);
void mn__small_fini(struct mn__small *s);

/* That a machine is a standby, how it takes over and after how long; `f` is one. */
const char *mn__standby_text(struct mn__sheet *sheet, const struct mn_failover *f);
/* "30 phút": a duration in the largest unit that tells it in whole numbers. */
const char *mn__duration_text(struct mn__sheet *sheet, int seconds);

/* Draws the symbol of a kind into a square; unknown ones as a plain box. */
void mn__icon(struct mn__scene *scene, int within, const char *symbol, double x, double y,
              double side, uint32_t colour);
/* The symbol that a kind of component is drawn with. */
const char *mn__symbol_of(const struct mn_model *m, int component);

#endif
