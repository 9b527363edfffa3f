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
    int frame;  /* into grounds, -1: none */
    bool first; /* stands in the first rank */
    /* result */
    struct mn__rect at;
    int rank, n_lines;
    const char *lines[3];
};

/* A line between items; the drawing flows from `from` to `to`. */
struct mn__tie {
    int from, to, weight;
    struct mn__look look;
    const char *label, *id, *tip; /* label may be "" */
    enum mn_mark_as mark;
};

/* A ground behind the items that belong together. */
struct mn__ground {
    const char *name, *id;
    uint32_t colour;
    struct mn__rect at;       /* result; w 0: not drawn, for it would hold others */
    double name_x, name_room; /* result */
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
    bool tight;               /* the last resort on this paper: narrower boxes and spaces */
    struct mn__route *routes; /* result, one for each tie */
};

int mn__small_item(struct mn__small *s, struct mn__item item);
int mn__small_tie(struct mn__small *s, struct mn__tie tie);
int mn__small_ground(struct mn__small *s, const char *name, const char *id, uint32_t colour);

/* Places everything in `room` with texts as large as fit. False when they would be too small. */
bool mn__small_place(struct mn__small *s, struct mn__rect room);
void mn__small_draw(struct mn__small *s);
void mn__small_fini(struct mn__small *s);

/* Draws the symbol of a kind into a square; unknown ones as a plain box. */
void mn__icon(struct mn__scene *scene, int within, const char *symbol, double x, double y,
              double side, uint32_t colour);
/* The symbol that a kind of component is drawn with. */
const char *mn__symbol_of(const struct mn_model *m, int component);

#endif
