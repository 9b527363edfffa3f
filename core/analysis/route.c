/* The best allowed route between two nodes: Dijkstra's algorithm with costs compared
 * lexicographically (E. W. Dijkstra, "A note on two problems in connexion with graphs", 1959).
 *
 * A route that must pass a gateway is sought among places that are a node and whether a gateway was
 * passed already: place 2 * node, and 2 * node + 1 from the gateway on. */
#include "analysis/route.h"

#include "base/mem.h"

#include <stdlib.h>

bool mn__cost_less(struct mn__cost a, struct mn__cost b) {
    if (a.shared != b.shared)
        return a.shared < b.shared;
    if (a.risks != b.risks)
        return a.risks < b.risks;
    if (a.lines != b.lines)
        return a.lines < b.lines;
    if (a.links != b.links)
        return a.links < b.links;
    return a.delay_ms < b.delay_ms;
}

struct open {
    struct mn__cost cost;
    int place;
};

struct routing {
    struct mn_avail *a;
    const unsigned char *avoid;
    int from, to, service, context;
    struct mn_ints via;
    int64_t needs;
    struct mn__cost *best; /* of a place; links -1: not met */
    int *link, *before;    /* how it was met; link -1: the start, or the gateway's first half */
    unsigned char *closed;
    struct open *heap;
    size_t n, cap;
};

static bool opens_before(struct open a, struct open b) {
    if (mn__cost_less(a.cost, b.cost))
        return true;
    return !mn__cost_less(b.cost, a.cost) && a.place < b.place;
}

static void push(struct routing *r, struct open x) {
    r->heap = mn_grow(r->heap, &r->cap, r->n + 1, sizeof *r->heap);
    size_t i = r->n++;
    for (; i > 0 && opens_before(x, r->heap[(i - 1) / 2]); i = (i - 1) / 2)
        r->heap[i] = r->heap[(i - 1) / 2];
    r->heap[i] = x;
}

static struct open pop(struct routing *r) {
    struct open top = r->heap[0], x = r->heap[--r->n];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= r->n)
            break;
        if (child + 1 < r->n && opens_before(r->heap[child + 1], r->heap[child]))
            child++;
        if (!opens_before(r->heap[child], x))
            break;
        r->heap[i] = r->heap[child];
        i = child;
    }
    r->heap[i] = x;
    return top;
}

static void meet(struct routing *r, int place, struct mn__cost cost, int link, int before) {
    if (r->best[place].links >= 0 && !mn__cost_less(cost, r->best[place]))
        return;
    r->best[place] = cost;
    r->link[place] = link;
    r->before[place] = before;
    push(r, (struct open){cost, place});
}

static bool may_pass(const struct routing *r, int node) {
    const int *site = r->a->g->site;
    return r->a->m->nodes[node].transit || node == r->from || node == r->to ||
           (site[node] >= 0 && (site[node] == site[r->from] || site[node] == site[r->to]));
}

static bool is_gateway(const struct routing *r, int node) {
    for (int i = 0; i < r->via.n; i++)
        if (r->via.at[i] == node)
            return true;
    return false;
}

/* Where in its site's list of lines the link stands. */
static int line_rank(const struct mn_model *m, const struct mn_link *link) {
    int site = m->components[link->component].site;
    if (!link->line || site < 0)
        return 0;
    for (int i = 0; i < m->sites[site].lines.n; i++)
        if (&m->links[m->sites[site].lines.at[i]] == link)
            return i;
    return 0;
}

static void add_avoided(const struct routing *r, int component, struct mn__cost *cost) {
    if (!r->avoid)
        return;
    cost->shared += r->avoid[component] == MN__SHARED;
    cost->risks += r->avoid[component] == MN__RISK;
}

static void leave(struct routing *r, int place) {
    const struct mn_model *m = r->a->m;
    const struct mn__graph *g = r->a->g;
    int node = place / 2;
    if (place % 2 == 0 && is_gateway(r, node))
        meet(r, place + 1, r->best[place], -1, place);
    for (int i = g->start[node]; i < g->start[node + 1]; i++) {
        const struct mn_link *link = &m->links[g->link[i]];
        int other = g->other[i];
        if (!may_pass(r, other) || !mn__whole(r->a, link->component, r->context) ||
            (r->needs > 0 && mn__link_capacity(r->a, g->link[i]) < r->needs) ||
            !mn__works(r->a, m->nodes[other].component, r->context))
            continue;
        struct mn__cost cost = r->best[place];
        add_avoided(r, link->component, &cost);
        add_avoided(r, m->nodes[other].component, &cost);
        cost.lines += line_rank(m, link);
        cost.links++;
        cost.delay_ms += link->delay_ms > 0 ? link->delay_ms : 0;
        meet(r, 2 * other + place % 2, cost, g->link[i], place);
    }
}

static void search(struct routing *r, int goal) {
    meet(r, 2 * r->from, (struct mn__cost){0}, -1, -1);
    while (r->n) {
        struct open x = pop(r);
        if (r->closed[x.place])
            continue;
        r->closed[x.place] = 1;
        if (x.place == goal)
            return;
        leave(r, x.place);
    }
}

static void write_route(const struct routing *r, int goal, struct mn_arena *arena,
                        struct mn_route *route) {
    const struct mn_model *m = r->a->m;
    int n = 2 * r->best[goal].links + 1;
    int *components = MN_ARENA_ARRAY(arena, int, (size_t)n);
    *route = (struct mn_route){n, components, 0, -1};
    for (int place = goal; place >= 0; place = r->before[place]) {
        if (r->link[place] < 0 && r->before[place] >= 0)
            continue; /* the same gateway once more */
        components[--n] = m->nodes[place / 2].component;
        if (r->link[place] < 0)
            continue;
        const struct mn_link *link = &m->links[r->link[place]];
        components[--n] = link->component;
        route->delay_ms += link->delay_ms > 0 ? link->delay_ms : 0;
        int64_t capacity = mn__link_capacity(r->a, r->link[place]);
        if (capacity != INT64_MAX && (route->capacity < 0 || capacity < route->capacity))
            route->capacity = capacity;
    }
}

bool mn__route_find(struct mn_avail *a, int from, int to, int service, const unsigned char *avoid,
                    struct mn_arena *arena, struct mn_route *route, struct mn__cost *cost) {
    *route = (struct mn_route){0, NULL, 0, -1};
    if (!mn_reach(a, from, to, service))
        return false;
    size_t places = 2 * (size_t)a->m->n_nodes;
    struct routing r = {.a = a, .avoid = avoid, .from = from, .to = to, .service = service};
    if (service >= 0) {
        r.context = a->context_of[service];
        r.via = a->m->services[service].via;
        r.needs = a->m->services[service].needs;
    }
    r.best = mn_new0(places, sizeof *r.best);
    r.link = mn_new0(places, sizeof *r.link);
    r.before = mn_new0(places, sizeof *r.before);
    r.closed = mn_new0(places, 1);
    for (size_t i = 0; i < places; i++)
        r.best[i].links = -1;
    int goal = 2 * to + (r.via.n > 0);
    search(&r, goal);
    write_route(&r, goal, arena, route);
    *cost = r.best[goal];
    free(r.best);
    free(r.link);
    free(r.before);
    free(r.closed);
    free(r.heap);
    return true;
}
