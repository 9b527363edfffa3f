/* The model's network as flat arrays. */
#include "analysis/graph.h"

#include "base/mem.h"

#include <stdlib.h>

#define DEEPEST_RECURSION 1000

static void add_links(struct mn__graph *g, const struct mn_model *m) {
    for (int l = 0; l < m->n_links; l++)
        for (int side = 0; side < 2; side++)
            g->start[m->links[l].end[side] + 1]++;
    for (int n = 0; n < m->n_nodes; n++)
        g->start[n + 1] += g->start[n];
    int *fill = mn_new0((size_t)m->n_nodes, sizeof *fill);
    for (int l = 0; l < m->n_links; l++) {
        for (int side = 0; side < 2; side++) {
            int n = m->links[l].end[side], i = g->start[n] + fill[n]++;
            g->link[i] = l;
            g->other[i] = m->links[l].end[1 - side];
        }
    }
    free(fill);
}

static bool touches_transit(const struct mn__graph *g, const struct mn_model *m, int n) {
    for (int i = g->start[n]; i < g->start[n + 1]; i++)
        if (m->nodes[g->other[i]].transit)
            return true;
    return false;
}

static void add_edges(struct mn__graph *g, const struct mn_model *m) {
    int total = 0;
    for (int s = 0; s < m->n_sites; s++) {
        g->edge_start[s] = total;
        for (int i = 0; i < m->sites[s].nodes.n; i++) {
            int n = m->sites[s].nodes.at[i];
            if (!m->nodes[n].transit && touches_transit(g, m, n))
                g->edge[total++] = n;
        }
    }
    g->edge_start[m->n_sites] = total;
}

/* What a component needs to work: list 0 its power, list 1 its requirements. */
static struct mn_ints needs(const struct mn_model *m, int component, int list) {
    const struct mn_component *c = &m->components[component];
    if (c->cls != MN_NODE)
        return (struct mn_ints){0, NULL};
    const struct mn_node *n = &m->nodes[c->index];
    return list == 0 ? n->powered_by : n->requires;
}

static struct mn_ints service_needs(const struct mn_model *m, int service, int list) {
    return list == 0 ? m->services[service].requires : (struct mn_ints){0, NULL};
}

/* Writes 0 … n-1 in an order in which what each needs stands before it (by depth-first search with
 * its own stack). Returns the longest chain. What is in a cycle comes somewhere. */
static int sort_by_need(const struct mn_model *m, int n, int *order,
                        struct mn_ints (*needs_of)(const struct mn_model *, int, int)) {
    struct frame {
        int at, list, next;
    };
    struct frame *stack = mn_new0((size_t)n, sizeof *stack);
    unsigned char *seen = mn_new0((size_t)n, 1);
    int done = 0, deepest = 0;
    for (int root = 0; root < n; root++) {
        if (seen[root])
            continue;
        int depth = 0;
        stack[depth++] = (struct frame){root, 0, 0};
        seen[root] = 1;
        while (depth > 0) {
            if (depth > deepest)
                deepest = depth;
            struct frame *f = &stack[depth - 1];
            struct mn_ints list = needs_of(m, f->at, f->list);
            if (f->next < list.n) {
                int other = list.at[f->next++];
                if (!seen[other]) {
                    seen[other] = 1;
                    stack[depth++] = (struct frame){other, 0, 0};
                }
            } else if (f->list == 0) {
                f->list = 1;
                f->next = 0;
            } else {
                order[done++] = f->at;
                depth--;
            }
        }
    }
    free(stack);
    free(seen);
    return deepest;
}

/* Spreads a mark to all that the marked components need. */
static void mark_needs(const struct mn__graph *g, const struct mn_model *m, unsigned char *mark) {
    for (int i = m->n_components - 1; i >= 0; i--) {
        int c = g->order[i];
        for (int list = 0; mark[c] && list < 2; list++) {
            struct mn_ints need = needs(m, c, list);
            for (int k = 0; k < need.n; k++)
                mark[need.at[k]] = 1;
        }
    }
}

static void add_core(struct mn__graph *g, const struct mn_model *m) {
    for (int n = 0; n < m->n_nodes; n++)
        g->core[m->nodes[n].component] = m->nodes[n].transit;
    for (int l = 0; l < m->n_links; l++) {
        const int *end = m->links[l].end;
        g->core[m->links[l].component] = m->nodes[end[0]].transit && m->nodes[end[1]].transit;
    }
    mark_needs(g, m, g->core);
}

static void add_hosts(struct mn__graph *g, const struct mn_model *m) {
    for (int s = 0; s < m->n_services; s++)
        for (int e = 0; e < m->services[s].n_hosts; e++)
            for (int i = 0; i < m->services[s].hosts[e].n; i++)
                g->host[m->services[s].hosts[e].at[i].node] = 1;
    for (int i = m->n_components - 1; i >= 0; i--) {
        const struct mn_component *c = &m->components[g->order[i]];
        if (c->cls != MN_NODE || !g->host[c->index])
            continue;
        const struct mn_ints *requires = &m->nodes[c->index].requires;
        for (int k = 0; k < requires->n; k++) {
            const struct mn_component *other = &m->components[requires->at[k]];
            if (other->cls == MN_NODE)
                g->host[other->index] = 1;
        }
    }
}

static void add_hosting(struct mn__graph *g, const struct mn_model *m) {
    unsigned char *home = mn_new0((size_t)m->n_sites, 1); /* of a host */
    unsigned char *near = mn_new0((size_t)m->n_nodes, 1); /* a host, or beside one */
    for (int n = 0; n < m->n_nodes; n++)
        if (g->host[n] && g->site[n] >= 0)
            home[g->site[n]] = 1;
    for (int n = 0; n < m->n_nodes; n++)
        near[n] = g->host[n] || (g->site[n] >= 0 && home[g->site[n]]);
    for (int c = 0; c < m->n_components; c++)
        g->hosting[c] = g->core[c];
    for (int n = 0; n < m->n_nodes; n++)
        g->hosting[m->nodes[n].component] |= near[n];
    for (int l = 0; l < m->n_links; l++)
        g->hosting[m->links[l].component] |= near[m->links[l].end[0]] | near[m->links[l].end[1]];
    mark_needs(g, m, g->hosting);
    free(home);
    free(near);
}

static void matters_in(struct mn__graph *g, int component, int site) {
    int *office = &g->office[component];
    if (site != -1)
        *office = *office == -1 || *office == site ? site : MN__MANY;
}

static void add_offices(struct mn__graph *g, const struct mn_model *m) {
    for (int c = 0; c < m->n_components; c++)
        g->office[c] = -1;
    for (int n = 0; n < m->n_nodes; n++) {
        if (m->nodes[n].transit)
            continue;
        matters_in(g, m->nodes[n].component, g->site[n]);
        for (int i = g->start[n]; i < g->start[n + 1]; i++)
            matters_in(g, m->links[g->link[i]].component, g->site[n]);
    }
    for (int i = m->n_components - 1; i >= 0; i--) {
        int c = g->order[i];
        for (int list = 0; list < 2; list++) {
            struct mn_ints need = needs(m, c, list);
            for (int k = 0; k < need.n; k++)
                matters_in(g, need.at[k], g->office[c]);
        }
    }
}

struct mn__graph *mn__graph_new(const struct mn_model *m) {
    struct mn__graph *g = mn_new0(1, sizeof *g);
    size_t nodes = (size_t)m->n_nodes, links = (size_t)m->n_links;
    g->start = mn_new0(nodes + 1, sizeof *g->start);
    g->link = mn_new0(2 * links, sizeof *g->link);
    g->other = mn_new0(2 * links, sizeof *g->other);
    g->site = mn_new0(nodes, sizeof *g->site);
    g->edge_start = mn_new0((size_t)m->n_sites + 1, sizeof *g->edge_start);
    g->edge = mn_new0(nodes, sizeof *g->edge);
    g->core = mn_new0((size_t)m->n_components, sizeof *g->core);
    g->hosting = mn_new0((size_t)m->n_components, sizeof *g->hosting);
    g->host = mn_new0(nodes, sizeof *g->host);
    g->office = mn_new0((size_t)m->n_components, sizeof *g->office);
    g->order = mn_new0((size_t)m->n_components, sizeof *g->order);
    g->service_order = mn_new0((size_t)m->n_services, sizeof *g->service_order);
    for (int n = 0; n < m->n_nodes; n++)
        g->site[n] = m->components[m->nodes[n].component].site;
    add_links(g, m);
    add_edges(g, m);
    int deepest = sort_by_need(m, m->n_components, g->order, needs);
    int deepest_service = sort_by_need(m, m->n_services, g->service_order, service_needs);
    g->deep = deepest > DEEPEST_RECURSION || deepest_service > DEEPEST_RECURSION;
    add_core(g, m);
    add_hosts(g, m);
    add_hosting(g, m);
    add_offices(g, m);
    return g;
}

void mn__graph_free(struct mn__graph *g) {
    if (!g)
        return;
    free(g->start);
    free(g->link);
    free(g->other);
    free(g->site);
    free(g->edge_start);
    free(g->edge);
    free(g->core);
    free(g->hosting);
    free(g->host);
    free(g->office);
    free(g->order);
    free(g->service_order);
    free(g);
}
