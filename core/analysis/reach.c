/* Paths between two nodes: a search over the parts of the transit core and the nodes of two sites.
 *
 * Whatever is not transit may be passed only in the sites of the two ends. So the transit nodes are
 * put into connected parts once for a class, and a search for one pair touches only its two sites
 * and as many parts as it meets: usually one. */
#include "analysis/state.h"

#include "base/mem.h"

int64_t mn__link_capacity(const struct mn_avail *a, int link) {
    int64_t left = a->capacity_left[link], capacity = a->m->links[link].capacity;
    if (capacity < 0)
        return left > 0 ? INT64_MAX : 0;
    /* floor(capacity * left / 10^6) without overflow; a need is whole, so the floor is exact */
    return capacity / 1000000 * left + capacity % 1000000 * left / 1000000;
}

static bool link_carries(const struct mn_avail *a, const struct mn__class *k, int link) {
    return mn__whole(a, a->m->links[link].component, k->context) &&
           (k->needs <= 0 || mn__link_capacity(a, link) >= k->needs);
}

static void label_part(struct mn_avail *a, struct mn__class *k, int root) {
    const struct mn__graph *g = a->g;
    int *queue = a->search.queue, head = 0, tail = 0;
    k->label[root] = root;
    k->depth[root] = 0;
    k->up_link[root] = k->up_node[root] = -1;
    queue[tail++] = root;
    while (head < tail) {
        int n = queue[head++];
        for (int i = g->start[n]; i < g->start[n + 1]; i++) {
            int other = g->other[i];
            if (!a->m->nodes[other].transit || k->label[other] >= 0 ||
                !link_carries(a, k, g->link[i]) ||
                !mn__works(a, a->m->nodes[other].component, k->context))
                continue;
            k->label[other] = root;
            k->depth[other] = k->depth[n] + 1;
            k->up_link[other] = g->link[i];
            k->up_node[other] = n;
            queue[tail++] = other;
        }
    }
}

static void label_parts(struct mn_avail *a, struct mn__class *k) {
    if (k->epoch == a->core_epoch)
        return;
    k->epoch = a->core_epoch;
    const struct mn_node *nodes = a->m->nodes;
    for (int n = 0; n < a->m->n_nodes; n++)
        k->label[n] = -1;
    for (int n = 0; n < a->m->n_nodes; n++)
        if (nodes[n].transit && k->label[n] < 0 && mn__works(a, nodes[n].component, k->context))
            label_part(a, k, n);
}

/* One search: from where to where, and how far it has come. */
struct tour {
    struct mn_avail *a;
    const struct mn__class *k;
    int from, to;
    struct mn_ints via;
    int n_queue, n_parts;
};

static void meet_part(struct tour *t, int transit_node, int link, int from) {
    struct mn__search *s = &t->a->search;
    int part = t->k->label[transit_node];
    if (part < 0 || s->part_seen[part] == s->stamp)
        return;
    s->part_seen[part] = s->stamp;
    s->part_node[part] = transit_node;
    s->part_link[part] = link;
    s->part_from[part] = from;
    s->parts[t->n_parts++] = part;
}

static void meet_node(struct tour *t, int node, int link, int from) {
    struct mn__search *s = &t->a->search;
    if (s->node_seen[node] == s->stamp ||
        !mn__works(t->a, t->a->m->nodes[node].component, t->k->context))
        return;
    s->node_seen[node] = s->stamp;
    s->node_link[node] = link;
    s->node_from[node] = from;
    s->queue[t->n_queue++] = node;
}

static bool may_pass(const struct tour *t, int node) {
    const int *site = t->a->g->site;
    if (node == t->from || node == t->to)
        return true;
    return site[node] >= 0 && (site[node] == site[t->from] || site[node] == site[t->to]);
}

static bool met(const struct tour *t, int node) {
    const struct mn__search *s = &t->a->search;
    if (!t->a->m->nodes[node].transit)
        return s->node_seen[node] == s->stamp;
    int part = t->k->label[node];
    return part >= 0 && s->part_seen[part] == s->stamp;
}

static int met_of(const struct tour *t, struct mn_ints via) {
    for (int i = 0; i < via.n; i++)
        if (met(t, via.at[i]))
            return via.at[i];
    return -1;
}

static bool arrived(const struct tour *t) {
    return met(t, t->to) && (t->via.n == 0 || met_of(t, t->via) >= 0);
}

/* Meets everything next to a node that is no transit. */
static void leave_node(struct tour *t, int node) {
    const struct mn__graph *g = t->a->g;
    for (int i = g->start[node]; i < g->start[node + 1]; i++) {
        int other = g->other[i];
        if (!link_carries(t->a, t->k, g->link[i]))
            continue;
        if (t->a->m->nodes[other].transit)
            meet_part(t, other, g->link[i], node);
        else if (may_pass(t, other))
            meet_node(t, other, g->link[i], node);
    }
}

/* Meets a node that is no transit, if it hangs on the part. */
static void enter_node(struct tour *t, int part, int node) {
    const struct mn__graph *g = t->a->g;
    if (t->a->search.node_seen[node] == t->a->search.stamp)
        return;
    for (int i = g->start[node]; i < g->start[node + 1]; i++) {
        int other = g->other[i];
        if (t->a->m->nodes[other].transit && t->k->label[other] == part &&
            link_carries(t->a, t->k, g->link[i])) {
            meet_node(t, node, g->link[i], other);
            return;
        }
    }
}

static void leave_part(struct tour *t, int part) {
    const struct mn__graph *g = t->a->g;
    if (!t->a->m->nodes[t->to].transit)
        enter_node(t, part, t->to);
    if (arrived(t))
        return;
    int sites[2] = {g->site[t->from], g->site[t->to]};
    for (int k = 0; k < 2; k++) {
        if (sites[k] < 0 || (k == 1 && sites[1] == sites[0]))
            continue;
        for (int i = g->edge_start[sites[k]]; i < g->edge_start[sites[k] + 1]; i++)
            enter_node(t, part, g->edge[i]);
    }
}

bool mn__reach(struct mn_avail *a, int cls, int from, int to, struct mn_ints via) {
    struct mn__class *k = &a->classes[cls];
    const struct mn_node *nodes = a->m->nodes;
    if (!mn__works(a, nodes[from].component, k->context) ||
        !mn__works(a, nodes[to].component, k->context))
        return false;
    label_parts(a, k);
    a->search.stamp++;
    struct tour t = {.a = a, .k = k, .from = from, .to = to, .via = via};
    if (nodes[from].transit)
        meet_part(&t, from, -1, -1);
    else
        meet_node(&t, from, -1, -1);
    int nodes_left = 0, parts_left = 0;
    while (!arrived(&t)) {
        if (nodes_left < t.n_queue)
            leave_node(&t, a->search.queue[nodes_left++]);
        else if (parts_left < t.n_parts)
            leave_part(&t, a->search.parts[parts_left++]);
        else
            return false;
    }
    return true;
}

/* ---- the quick way ---- */

static int exits_epoch(const struct mn_avail *a, int node) {
    int site = a->g->site[node];
    if (site < 0)
        return a->epoch;
    return a->office_epoch[site] > a->offices_epoch ? a->office_epoch[site] : a->offices_epoch;
}

/* How many links lead from the node's office to the core. */
static int most_exits(const struct mn_avail *a, int node) {
    const struct mn__graph *g = a->g;
    int site = g->site[node], n = 1 + g->start[node + 1] - g->start[node];
    if (site >= 0)
        for (int i = g->edge_start[site]; i < g->edge_start[site + 1]; i++)
            n += g->start[g->edge[i] + 1] - g->start[g->edge[i]];
    return n;
}

static void find_exits(struct mn_avail *a, const struct mn__class *k, int from,
                       struct mn__exits *x) {
    const struct mn__graph *g = a->g;
    struct mn__search *s = &a->search;
    x->n = 0;
    if (!mn__works(a, a->m->nodes[from].component, k->context))
        return;
    if (a->m->nodes[from].transit) {
        x->at[x->n++] = from;
        return;
    }
    struct tour t = {.a = a, .k = k, .from = from, .to = from};
    s->stamp++;
    meet_node(&t, from, -1, -1);
    for (int head = 0; head < t.n_queue; head++) {
        int node = s->queue[head];
        for (int i = g->start[node]; i < g->start[node + 1]; i++) {
            int other = g->other[i];
            if (!link_carries(a, k, g->link[i]))
                continue;
            if (a->m->nodes[other].transit)
                x->at[x->n++] = other;
            else if (may_pass(&t, other))
                meet_node(&t, other, g->link[i], node);
        }
    }
}

static const struct mn__exits *exits_of(struct mn_avail *a, int cls, int node) {
    if (!a->exits[cls])
        a->exits[cls] = mn_new0((size_t)a->m->n_nodes, sizeof *a->exits[cls]);
    struct mn__exits *x = &a->exits[cls][node];
    int epoch = exits_epoch(a, node);
    if (x->epoch != epoch) {
        if (!x->at)
            x->at = MN_ARENA_ARRAY(a->arena, int, (size_t)most_exits(a, node));
        find_exits(a, &a->classes[cls], node, x);
        x->epoch = epoch;
    }
    return x;
}

static bool leads_to_part(const struct mn__class *k, const struct mn__exits *x, int part) {
    for (int i = 0; part >= 0 && i < x->n; i++)
        if (k->label[x->at[i]] == part)
            return true;
    return false;
}

static bool parts_meet(const struct mn__class *k, const struct mn__exits *x,
                       const struct mn__exits *y) {
    for (int i = 0; i < y->n; i++)
        if (leads_to_part(k, x, k->label[y->at[i]]))
            return true;
    return false;
}

/* Out of one office, through the core, into another: what nearly every path is. What else there may
 * be is left to the search. */
bool mn__reach_soon(struct mn_avail *a, int cls, int from, int to, struct mn_ints via) {
    struct mn__class *k = &a->classes[cls];
    const struct mn__exits *x = exits_of(a, cls, from), *y = exits_of(a, cls, to);
    label_parts(a, k);
    bool passed = via.n == 0;
    for (int i = 0; i < via.n && !passed; i++)
        passed = a->m->nodes[via.at[i]].transit && leads_to_part(k, x, k->label[via.at[i]]);
    return (passed && parts_meet(k, x, y)) || mn__reach(a, cls, from, to, via);
}

/* ---- what a path rests on ---- */

/* Walks back from `node` to where the search began. */
static void prove_way_to(struct mn_avail *a, const struct mn__class *k, int node,
                         void (*use)(void *arg, int component), void *arg) {
    const struct mn__search *s = &a->search;
    const struct mn_model *m = a->m;
    for (;;) {
        int link, from;
        if (m->nodes[node].transit) {
            /* along the tree, from where the part was left to where it was entered */
            int part = k->label[node], x = node, y = s->part_node[part];
            while (x != y) {
                int *lower = k->depth[x] >= k->depth[y] ? &x : &y;
                use(arg, m->nodes[*lower].component);
                use(arg, m->links[k->up_link[*lower]].component);
                *lower = k->up_node[*lower];
            }
            use(arg, m->nodes[x].component);
            link = s->part_link[part];
            from = s->part_from[part];
        } else {
            use(arg, m->nodes[node].component);
            link = s->node_link[node];
            from = s->node_from[node];
        }
        if (link < 0)
            return;
        use(arg, m->links[link].component);
        node = from;
    }
}

void mn__path_proof(struct mn_avail *a, int cls, int to, struct mn_ints via,
                    void (*use)(void *arg, int component), void *arg) {
    const struct mn__class *k = &a->classes[cls];
    struct tour t = {.a = a, .k = k};
    prove_way_to(a, k, to, use, arg);
    int gateway = met_of(&t, via);
    if (gateway >= 0)
        prove_way_to(a, k, gateway, use, arg);
}
