/* Paths between two places: which nodes a place means, the route in use, the alternative. */
#include "analysis/path.h"

#include "analysis/route.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The result with what owns it. */
struct whole {
    struct mn_paths paths; /* first, so that one is found from the other */
    struct mn_arena *arena;
};

struct finding {
    struct mn_avail *a;
    const struct mn_model *m;
    struct mn_arena *arena;
};

/* Nodes that a place may mean, in order of preference. */
struct choice {
    int n, *nodes;
};

static const struct mn_component *component_of(const struct mn_model *m, struct mn_found place) {
    return place.scope == MN_SCOPE_SITE ? NULL : &m->components[place.index];
}

static int service_of(const struct mn_model *m, struct mn_found place) {
    const struct mn_component *c = component_of(m, place);
    return c && c->cls == MN_SERVICE ? c->index : -1;
}

/* The first of the nodes that works, else the first. */
static struct choice choose_working(struct finding *f, const int *nodes, int n, int service) {
    int *chosen = MN_ARENA_ARRAY(f->arena, int, 1);
    *chosen = nodes[0];
    for (int i = 0; i < n; i++) {
        if (mn_works(f->a, f->m->nodes[nodes[i]].component, service)) {
            *chosen = nodes[i];
            break;
        }
    }
    return (struct choice){1, chosen};
}

/* From where a site uses its services in general. */
static struct choice choose_device(struct finding *f, int site) {
    const struct mn_ints uses = f->m->sites[site].uses;
    const int *first = NULL;
    for (int i = 0; i < uses.n; i++) {
        const int *endpoints = mn__endpoints(f->a, uses.at[i], site);
        for (int k = 1; k <= endpoints[0]; k++) {
            if (!first)
                first = &endpoints[k];
            if (mn_works(f->a, f->m->nodes[endpoints[k]].component, -1))
                return choose_working(f, &endpoints[k], 1, -1);
        }
    }
    return first ? choose_working(f, first, 1, -1) : (struct choice){0, NULL};
}

/* Any node of the site, but only those that carry others' traffic if it has such. */
static struct choice choose_any(struct finding *f, int site) {
    struct mn_ints nodes = f->m->sites[site].nodes;
    struct choice all = {0, MN_ARENA_ARRAY(f->arena, int, (size_t)nodes.n)};
    for (int transit = 1; transit >= 0 && all.n == 0; transit--)
        for (int i = 0; i < nodes.n; i++)
            if (f->m->nodes[nodes.at[i]].transit == transit)
                all.nodes[all.n++] = nodes.at[i];
    return all;
}

/* The nodes that a place means, if it is no service; `service` is what the path is for, or -1. */
static struct choice choose(struct finding *f, struct mn_found place, int service,
                            struct mn_diags *d) {
    const struct mn_component *c = component_of(f->m, place);
    struct choice choice = {0, NULL};
    if (!c && service >= 0) {
        const int *endpoints = mn__endpoints(f->a, service, place.index);
        choice = (struct choice){endpoints[0], (int *)endpoints + 1};
        if (choice.n == 0)
            mn_diag(d, MN_D_path_no_endpoint, MN_NOWHERE,
                    MN_ARGS(f->m->sites[place.index].id,
                            f->m->components[f->m->services[service].component].id));
    } else if (!c) {
        choice = choose_device(f, place.index);
        if (choice.n == 0)
            choice = choose_any(f, place.index);
        if (choice.n == 0)
            mn_diag(d, MN_D_path_empty_site, MN_NOWHERE, MN_ARGS(f->m->sites[place.index].id));
    } else if (c->cls == MN_NODE) {
        choice.n = 1;
        choice.nodes = mn_arena_copy(f->arena, &c->index, sizeof c->index);
    } else if (c->cls == MN_LINK) {
        choice.n = 2;
        choice.nodes = mn_arena_copy(f->arena, f->m->links[c->index].end, 2 * sizeof(int));
    } else {
        mn_diag(d, MN_D_path_no_place, MN_NOWHERE, MN_ARGS(c->id));
    }
    return choice;
}

/* ---- one path ---- */

/* Marks each shared-risk group that takes the component down. */
static void mark_groups(const struct mn_model *m, int component, unsigned char *mark) {
    const struct mn_ints *groups = &m->components[component].groups;
    for (int i = 0; i < groups->n; i++) {
        int group = m->groups[groups->at[i]].component;
        if (mark[group])
            continue;
        mark[group] = MN__SHARED;
        mark_groups(m, group, mark);
    }
}

/* Marks what the route rests on besides its ends: its nodes, its links and their groups. */
static void mark_route(const struct mn_model *m, const struct mn_route *r, unsigned char *mark) {
    for (int i = 1; i < r->n - 1; i++) {
        mark[r->components[i]] = MN__SHARED;
        mark_groups(m, r->components[i], mark);
    }
    if (r->n) {
        mark[r->components[0]] = 0;
        mark[r->components[r->n - 1]] = 0;
    }
}

/* Marks everything that fails with something marked. */
static void mark_members(const struct mn_model *m, unsigned char *mark) {
    for (bool more = true; more;) {
        more = false;
        for (int g = 0; g < m->n_groups; g++) {
            struct mn_ints members = m->groups[g].members;
            for (int i = 0; mark[m->groups[g].component] && i < members.n; i++) {
                if (mark[members.at[i]])
                    continue;
                mark[members.at[i]] = MN__RISK;
                more |= m->components[members.at[i]].cls == MN_GROUP;
            }
        }
    }
}

static bool same_route(const struct mn_route *a, const struct mn_route *b) {
    return a->n == b->n &&
           memcmp(a->components, b->components, (size_t)a->n * sizeof *a->components) == 0;
}

static void find_shared(struct finding *f, struct mn_path *path, const unsigned char *first) {
    size_t components = (size_t)f->m->n_components;
    unsigned char *second = mn_new0(components, 1);
    mark_route(f->m, &path->alternative, second);
    int *shared = mn_new0(components, sizeof *shared), n = 0;
    for (int c = 0; c < f->m->n_components; c++)
        if (first[c] && second[c])
            shared[n++] = c;
    path->shared = (struct mn_ints){n, mn_arena_copy(f->arena, shared, (size_t)n * sizeof *shared)};
    free(shared);
    free(second);
}

static void find_alternative(struct finding *f, struct mn_path *path, int service) {
    size_t components = (size_t)f->m->n_components;
    unsigned char *first = mn_new0(components, 1), *avoid = mn_new0(components, 1);
    struct mn__cost cost;
    mark_route(f->m, &path->in_use, first);
    memcpy(avoid, first, components);
    mark_members(f->m, avoid);
    mn__route_find(f->a, path->from, path->to, service, avoid, f->arena, &path->alternative, &cost);
    if (same_route(&path->in_use, &path->alternative))
        path->alternative = (struct mn_route){0, NULL, 0, -1};
    else
        find_shared(f, path, first);
    free(avoid);
    free(first);
}

/* The best pair out of two choices; the first of both when none is connected. */
static struct mn_path best_path(struct finding *f, struct choice from, struct choice to,
                                int service) {
    struct mn_path best = {.from = from.nodes[0], .to = to.nodes[0]};
    struct mn__cost least = {0};
    for (int i = 0; i < from.n; i++) {
        for (int k = 0; k < to.n; k++) {
            struct mn_route route;
            struct mn__cost cost;
            if (!mn__route_find(f->a, from.nodes[i], to.nodes[k], service, NULL, f->arena, &route,
                                &cost))
                continue;
            if (best.in_use.n && !mn__cost_less(cost, least))
                continue;
            best = (struct mn_path){.from = from.nodes[i], .to = to.nodes[k], .in_use = route};
            least = cost;
        }
    }
    if (best.in_use.n)
        find_alternative(f, &best, service);
    return best;
}

/* ---- the paths of a service ---- */

/* From the first of the nodes that some host of the entry serves, to that host. */
static struct mn_path entry_path(struct finding *f, struct choice from, int service, int entry) {
    const struct mn_host_group *hosts = &f->m->services[service].hosts[entry];
    struct mn_path path = {.from = from.nodes[0], .to = hosts->at[0].node};
    for (int i = 0; i < from.n; i++) {
        const struct mn_host *host = mn__serving(f->a, service, entry, from.nodes[i]);
        if (!host)
            continue;
        int end = host->node;
        return best_path(f, (struct choice){1, &from.nodes[i]}, (struct choice){1, &end}, service);
    }
    return path;
}

static void reverse_route(struct finding *f, struct mn_route *r) {
    int *components = MN_ARENA_ARRAY(f->arena, int, (size_t)r->n);
    for (int i = 0; i < r->n; i++)
        components[i] = r->components[r->n - 1 - i];
    r->components = components;
}

static void reverse(struct finding *f, struct mn_path *path) {
    int from = path->from;
    path->from = path->to;
    path->to = from;
    reverse_route(f, &path->in_use);
    reverse_route(f, &path->alternative);
}

static bool find(struct finding *f, struct mn_paths *p, struct mn_diags *d) {
    int service = service_of(f->m, p->to);
    bool backwards = service < 0 && service_of(f->m, p->from) >= 0;
    if (backwards)
        service = service_of(f->m, p->from);
    p->service = service;
    struct choice from = choose(f, backwards ? p->to : p->from, service, d);
    if (from.n == 0)
        return false;
    p->n = service < 0 ? 1 : f->m->services[service].n_hosts;
    struct mn_path *paths = MN_ARENA_ARRAY(f->arena, struct mn_path, (size_t)p->n);
    p->at = paths;
    if (service < 0) {
        struct choice to = choose(f, p->to, -1, d);
        if (to.n)
            paths[0] = best_path(f, from, to, -1);
        return to.n > 0;
    }
    for (int i = 0; i < p->n; i++) {
        paths[i] = entry_path(f, from, service, i);
        if (backwards)
            reverse(f, &paths[i]);
    }
    return true;
}

struct mn_paths *mn_paths_new(const struct mn_model *m, const struct mn_failure *failed, int n,
                              struct mn_found from, struct mn_found to, struct mn_diags *d) {
    if (service_of(m, from) >= 0 && service_of(m, to) >= 0) {
        mn_diag(d, MN_D_path_two_services, MN_NOWHERE, MN_NO_ARGS);
        return NULL;
    }
    struct mn_arena *arena = mn_arena_new();
    struct whole *whole = mn_arena_alloc(arena, sizeof *whole);
    *whole = (struct whole){{.from = from, .to = to}, arena};
    struct finding f = {.a = mn_avail_new(m, failed, n), .m = m, .arena = arena};
    bool ok = find(&f, &whole->paths, d);
    mn_avail_free(f.a);
    if (ok)
        return &whole->paths;
    mn_arena_free(arena);
    return NULL;
}

void mn_paths_free(struct mn_paths *p) {
    if (p)
        mn_arena_free(((struct whole *)p)->arena);
}
