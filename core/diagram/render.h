/* A scene drawn by Graphviz: the only part of the program that knows it. To be called in a worker:
 * Graphviz leaks, and hostile input may crash it. */
#ifndef MN_DIAGRAM_RENDER_H
#define MN_DIAGRAM_RENDER_H

#include "base/buf.h"
#include "diagram/cairo_library.h"
#include "diagram/diagram.h"
#include "diagram/scene.h"

/* Opens fonts and plug-ins by drawing a small picture, so that nothing has to be opened later. */
void mn__render_warm(void);

/* Adds the picture's bytes to out. False when Graphviz cannot do it. */
bool mn__render(const struct mn__scene *s, enum mn_format format, struct mn_buf *out);

/* Draws the scene on a surface, `scale` of its units to a point. False when Graphviz cannot. */
bool mn__render_page(const struct mn__scene *s, cairo_surface_t *surface, double scale);

/* Nodes and arrows to be given places by Graphviz `dot`, in ranks from left to right or from top to
 * bottom. Ranks are given, or -1 where dot shall find them. */
struct mn__graph_node {
    double w, h;
    double x, y; /* the middle: the result, y downwards, from 0 */
    int rank;    /* the result: 0 … */
    bool tiny;   /* a bend of a long edge */
    bool first;  /* must stand in the first rank */
    /* One that stands in another is not placed by itself: it keeps its distance from that one's
     * middle, and w and h are what it takes there. */
    int within; /* 1 + the other's number, 0: none */
    double dx, dy;
};
struct mn__graph_edge {
    int from, to;
    int weight; /* how much it matters that the edge is short and straight */
};

/* Sets x, y of the nodes. False when Graphviz cannot do it. */
bool mn__arrange(struct mn__graph_node *nodes, int n, const struct mn__graph_edge *edges,
                 int n_edges, bool left_to_right, double node_gap, double rank_gap);

#endif
