/* The model's network as flat arrays, and what the other files of the room ask of its shape.
 * Only for analysis/. */
#ifndef MN_ANALYSIS_GRAPH_H
#define MN_ANALYSIS_GRAPH_H

#include "model/model.h"

/* A component that matters inside more than one site. */
#define MN__MANY (-2)

struct mn__graph {
    /* The links at node n: link[i], to node other[i], for i from start[n] to start[n + 1]. */
    int *start, *link, *other;
    int *site; /* of each node, -1: none */
    /* The nodes of site s that are not transit but have a link to one that is: edge[i], for i from
     * edge_start[s] to edge_start[s + 1]. Whoever enters or leaves the site comes through these. */
    int *edge_start, *edge;
    /* Components that decide which transit nodes reach each other: those nodes, the links between
     * them, and all that these need. */
    unsigned char *core;
    /* Components that decide which hosts are usable, and how they are reached: the core, the hosts
     * and all that they require, everything in their sites, and all that these need. */
    unsigned char *hosting;
    unsigned char *host; /* nodes that are hosts, or are required by one */
    /* The site in which a component matters, as a part of an office that is not transit or as what
     * that needs: a site, MN__MANY, or -1. What is neither here nor in `hosting` changes nothing.
     */
    int *office;
    /* Components so that what each needs (power, requirements) stands before it, and services
     * likewise; deep: the longest such chain is too long for a recursion. */
    int *order, *service_order;
    bool deep;
};

struct mn__graph *mn__graph_new(const struct mn_model *m);
void mn__graph_free(struct mn__graph *g);

#endif
