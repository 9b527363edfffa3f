/* What struct mn_avail holds, for the files that compute it. Only for analysis/.
 *
 * Everything remembered carries the number (epoch) of the failed set it was computed for, so that
 * one more failure costs nothing but a new number, and taking it back brings the old answers back
 * as far as nothing else was written over them. What depends on a part of the network only (the
 * core, the hosts, one office) carries the number of the last failure that touched that part: the
 * set is a stack, so all that lies below that failure is still the same.
 *
 * A *context* is what services have in common about broken components: context 0 for all services
 * that no failure blocks, one more for each that is blocked somewhere. A *class* is a context with
 * a need for capacity: services of one class have the same paths. */
#ifndef MN_ANALYSIS_STATE_H
#define MN_ANALYSIS_STATE_H

#include "analysis/availability.h"
#include "analysis/graph.h"

/* Which transit nodes reach each other, for a class: each has the label of its part, or -1 when it
 * does not work, and its place in the tree that spans the part. */
struct mn__class {
    int64_t needs;
    int context;
    int epoch; /* what `label` was computed for: a core_epoch */
    int *label, *depth, *up_link, *up_node;
};

struct mn__context {
    unsigned char *broken;         /* components blocked for the service; NULL in context 0 */
    int *works;                    /* of a component: 2 * epoch + answer */
    int *usable;                   /* of a node: likewise */
    int works_epoch, usable_epoch; /* when everything was asked, in a deep model */
};

/* Where a node's office meets the transit core, for a class: the transit nodes that it reaches
 * through nothing but its own office. */
struct mn__exits {
    int epoch; /* of the office */
    int n, *at;
};

/* Scratch of one search, and what a proof needs of it: how each node and part was reached. */
struct mn__search {
    int stamp;
    int *node_seen, *node_link, *node_from;
    int *part_seen, *part_node, *part_link, *part_from; /* by label */
    int *queue, *parts;
};

struct mn_avail {
    const struct mn_model *m;
    struct mn__graph *g;
    int epoch, core_epoch, host_epoch, offices_epoch, epochs_used;
    int *office_epoch; /* of a site: the last failure in it alone */

    int *down;              /* of a component: how many failures take it down */
    int32_t *capacity_left; /* of a link, in millionths */

    int n_contexts, n_classes;
    struct mn__context *contexts;
    struct mn__class *classes;
    int *context_of, *class_of; /* of a service */
    int *plain_class;           /* of a context: its class without need */

    int *available;           /* of site * n_services + service: 2 * epoch + answer */
    int **endpoints;          /* likewise: count, then nodes; NULL: not asked yet */
    struct mn_arena *arena;   /* of the endpoints and exits */
    struct mn__exits **exits; /* of a class, NULL until used: of its nodes */

    struct mn__search search;

    int *spread, *spread_seen, spread_stamp; /* scratch: a component and what goes down with it */
    struct mn__undo {
        int first, epoch, core_epoch, host_epoch, offices_epoch;
    } * undo;
    size_t n_undo, cap_undo;
    struct mn__pushed {
        int component, office_epoch; /* what its site's was before */
    } * pushed;
    size_t n_pushed, cap_pushed;

    int proof_stamp, *proof_seen, *proof_usable, *proof_service;
};

/* Not down, and not blocked in the context. */
static inline bool mn__whole(const struct mn_avail *a, int component, int context) {
    return !a->down[component] && (!context || !a->contexts[context].broken[component]);
}

bool mn__works(struct mn_avail *a, int component, int context);
bool mn__usable(struct mn_avail *a, int node, int context);

/* The nodes from which the site uses the service: how many, then which. */
const int *mn__endpoints(struct mn_avail *a, int service, int site);

/* The host of the entry that serves the node `from`: some other than a standby, if there is one. */
const struct mn_host *mn__serving(struct mn_avail *a, int service, int entry, int from);

/* The first endpoint from which every entry of hosts is served, or -1. */
int mn__serving_endpoint(struct mn_avail *a, int service, int site);

/* What the link carries now, in bit/s; INT64_MAX when it is not limited. */
int64_t mn__link_capacity(const struct mn_avail *a, int link);

/* Whether there is a path of the class between the nodes, passing one of `via` if any. The search
 * stays until the next, for mn__path_proof. */
bool mn__reach(struct mn_avail *a, int cls, int from, int to, struct mn_ints via);

/* The same answer, mostly much sooner, but no search is left behind. */
bool mn__reach_soon(struct mn_avail *a, int cls, int from, int to, struct mn_ints via);

/* Calls `use` with the nodes and links of the path that mn__reach found. */
void mn__path_proof(struct mn_avail *a, int cls, int to, struct mn_ints via,
                    void (*use)(void *arg, int component), void *arg);

#endif
