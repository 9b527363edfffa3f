/* The sheet of a whole network, or of one area: its parts, shared by the files that draw them. */
#ifndef MN_DIAGRAM_CITY_H
#define MN_DIAGRAM_CITY_H

#include "diagram/net.h"
#include "diagram/pack.h"
#include "diagram/sheet.h"

/* What an area leaves free at its sides, for lanes. */
#define MN__CITY_SIDE 20.0

/* A box above the units, placed. */
struct mn__city_upper {
    bool shown;
    struct mn__rect at;
    double line_y; /* where lines to its neighbours run */
    int cells, columns;
    bool bar;            /* there is something in it that carries others' traffic */
    struct mn_buf extra; /* codes of neighbours to whom no line could be drawn */
};

/* An area on the sheet. */
struct mn__city_area {
    int area;     /* of the model, or -1 */
    int first, n; /* its clusters in the net */
    struct mn__pack_area *pack;
};

/* A unit of an older model that is no more. */
struct mn__city_ghost {
    const char *id, *name;
};
struct mn__city_ghosts {
    int n;
    struct mn__city_ghost *units;
};

struct mn__city {
    struct mn__sheet *sheet;
    struct mn__net *net;
    struct mn__scene *scene;
    int only; /* the area that the sheet is about; -2: all */
    /* The meeting system that the sheet is about, with its users only, each with a box to tick, and
     * what it runs on; -1: it is about everything. */
    int service;
    double below; /* height that the frame keeps for itself below the areas */
    bool core;    /* there is a row of core boxes */
    int n_areas;
    struct mn__city_area *areas;       /* from left to right */
    struct mn__pack_area *packs;       /* in the same order */
    struct mn__city_upper *uppers;     /* by index in the net */
    struct mn_buf *extra;              /* of clusters, by index in the net */
    int *row[2], n_row[2];             /* uppers above and in the core, from left to right */
    struct mn__rect top, middle, body; /* bands; channels lie between them */
    int area_rows;
    int cell_rows;                  /* of the boxes above */
    double size;                    /* of names */
    struct mn__city_ghosts *ghosts; /* of clusters, drawn in their reserve; or NULL */
    bool no_feet;                   /* clusters do not say how many backup lines go where */
    bool counted;                   /* units are counted, not named */
};

/* The steps in which the sheet is built up. */
enum mn__city_layer {
    MN__CITY_TOP = 1,
    MN__CITY_CORE,
    MN__CITY_POINTS,
    MN__CITY_UNITS,
    MN__CITY_BACKUPS,
};
/* What is drawn from now on belongs to that step. */
void mn__city_layer(struct mn__city *c, enum mn__city_layer layer);

/* Draws all of it, or of one area (-2: all), or of what one meeting system (-1: none) is made of;
 * `frame` draws the sheet's frame around it and may take
 * more of the body away from above. False after refusing. */
bool mn__city_sheet(struct mn__sheet *sheet, int only, int service,
                    void (*frame)(struct mn__city *c));

/* A cluster's header, where lines to its point end. */
struct mn__rect mn__header_at(const struct mn__city *c, int cluster);
const struct mn__pack_cluster *mn__cluster_at(const struct mn__city *c, int cluster);

enum mn_mark_as mn__city_node_mark(const struct mn__city *c, int node);
/* The strongest mark of several nodes; *share says "1/2" where not all have it, else "". */
enum mn_mark_as mn__city_nodes_mark(const struct mn__city *c, const int *nodes, int n,
                                    const char **share);

/* Measures a box above (sets w, h, cells, columns). */
void mn__measure_top(struct mn__city *c, int upper);
void mn__draw_upper(struct mn__city *c, int upper);
void mn__draw_cluster(struct mn__city *c, int cluster);

/* Where units are counted: their types and marks in rows, from height `top` on. */
enum { MN__COUNT_ROWS = 4 };
void mn__draw_counts(struct mn__city *c, int cluster, int box, double top);

/* Draws all lines between boxes; what cannot be drawn without crossing is noted in `extra`. */
void mn__draw_links(struct mn__city *c);
/* Height that the lines between two bands need. */
double mn__channel_height(const struct mn__city *c, bool lower);
int mn__top_arcs(const struct mn__city *c);

#endif
