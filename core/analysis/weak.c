/* Finding single points of failure, and comparing them. */
#include "analysis/weak.h"

#include "analysis/touched.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The component is down: what that takes from those whose proofs it touches. */
static void try_down(struct mn_avail *a, const struct mn_model *m, const struct mn__pair *pairs,
                     size_t n, struct mn_weaks *weaks) {
    mn_avail_push(a, pairs[0].component);
    for (size_t i = 0; i < n; i++) {
        int site = pairs[i].site;
        for (int s = 0; s < m->n_services; s++) {
            if (!weaks->available[(size_t)site * (size_t)m->n_services + (size_t)s] ||
                mn_available(a, s, site))
                continue;
            weaks->at = mn_grow(weaks->at, &weaks->cap, weaks->n + 1, sizeof *weaks->at);
            weaks->at[weaks->n++] = (struct mn_weak){pairs[0].component, site, s};
        }
    }
    mn_avail_pop(a);
}

void mn_weaks_find(const struct mn_model *m, struct mn_weaks *weaks) {
    struct mn_avail *a = mn_avail_new(m, NULL, 0);
    struct mn__touched t;
    *weaks = (struct mn_weaks){0};
    weaks->available = mn_new0((size_t)m->n_sites * (size_t)m->n_services + 1, 1);
    mn__touched_init(&t, m);
    for (int site = 0; site < m->n_sites; site++)
        for (int i = 0; i < m->sites[site].uses.n; i++) {
            int service = m->sites[site].uses.at[i];
            if (!mn_available(a, service, site))
                continue;
            weaks->available[(size_t)site * (size_t)m->n_services + (size_t)service] = 1;
            mn__touched_add(&t, a, service, site);
        }
    mn__touched_sort(&t);
    for (size_t i = 0, end; i < t.n; i = end) {
        for (end = i; end < t.n && t.pairs[end].component == t.pairs[i].component;)
            end++;
        try_down(a, m, t.pairs + i, end - i, weaks);
    }
    mn__touched_fini(&t);
    mn_avail_free(a);
}

void mn_weaks_fini(struct mn_weaks *weaks) {
    free(weaks->at);
    free(weaks->available);
    *weaks = (struct mn_weaks){0};
}

/* ---- comparing ---- */

/* Where m's things are in the other model, -1: nowhere. */
struct twins {
    int *component, *site, *service;
};

static struct twins find_twins(const struct mn_model *m, const struct mn_model *other) {
    struct twins t = {mn_new0((size_t)m->n_components + 1, sizeof(int)),
                      mn_new0((size_t)m->n_sites + 1, sizeof(int)),
                      mn_new0((size_t)m->n_services + 1, sizeof(int))};
    for (int i = 0; i < m->n_components; i++)
        t.component[i] = mn_model_component(other, m->components[i].id);
    for (int i = 0; i < m->n_sites; i++)
        t.site[i] = mn_model_site(other, m->sites[i].id);
    for (int i = 0; i < m->n_services; i++) {
        int c = t.component[m->services[i].component];
        t.service[i] =
            c >= 0 && other->components[c].cls == MN_SERVICE ? other->components[c].index : -1;
    }
    return t;
}

static bool is_used(const struct mn_model *m, int site, int service) {
    for (int i = 0; i < m->sites[site].uses.n; i++)
        if (m->sites[site].uses.at[i] == service)
            return true;
    return false;
}

static int compare_weaks(const void *a, const void *b) {
    const struct mn_weak *x = a, *y = b;
    return x->component != y->component ? x->component - y->component
           : x->site != y->site         ? x->site - y->site
                                        : x->service - y->service;
}

/* Keeps the weak points, for what both models have, that the other lacks. */
static size_t keep_new(const struct mn_weaks *weaks, const struct mn_model *other,
                       const struct mn_weaks *others, const struct twins *t, struct mn_weak *kept) {
    size_t n = 0;
    for (size_t i = 0; i < weaks->n; i++) {
        const struct mn_weak *w = &weaks->at[i];
        struct mn_weak twin = {t->component[w->component], t->site[w->site],
                               t->service[w->service]};
        if (twin.site < 0 || twin.service < 0 ||
            !others
                 ->available[(size_t)twin.site * (size_t)other->n_services + (size_t)twin.service])
            continue;
        if (twin.component < 0 || !others->n ||
            !bsearch(&twin, others->at, others->n, sizeof twin, compare_weaks))
            kept[n++] = *w;
    }
    return n;
}

static int by_point(const void *a, const void *b, void *model) {
    const struct mn_exposed_point *x = a, *y = b;
    const struct mn_model *m = model;
    return x->sites != y->sites ? y->sites - x->sites
           : x->services != y->services
               ? y->services - x->services
               : strcmp(m->components[x->component].id, m->components[y->component].id);
}

static int by_site(const void *a, const void *b, void *model) {
    const struct mn_exposed_site *x = a, *y = b;
    const struct mn_model *m = model;
    return x->points != y->points ? y->points - x->points
                                  : strcmp(m->sites[x->site].id, m->sites[y->site].id);
}

static int by_service(const void *a, const void *b, void *model) {
    const struct mn_exposed_service *x = a, *y = b;
    const struct mn_model *m = model;
    return x->sites != y->sites ? y->sites - x->sites
                                : strcmp(m->components[m->services[x->service].component].id,
                                         m->components[m->services[y->service].component].id);
}

/* One component's weak points, sorted by site and service. */
static struct mn_exposed_point point_of(const struct mn_model *m, const struct mn_weak *w,
                                        size_t n) {
    struct mn_exposed_point p = {.component = w->component};
    unsigned char *service = mn_new0((size_t)m->n_services + 1, 1);
    for (size_t i = 0; i < n; i++) {
        p.sites += i == 0 || w[i].site != w[i - 1].site;
        p.services += !service[w[i].service];
        service[w[i].service] = 1;
    }
    free(service);
    return p;
}

static void sum_up(const struct mn_model *m, const struct mn_weak *w, size_t n,
                   struct mn_arena *arena, struct mn_exposure *e) {
    int *points = mn_new0((size_t)m->n_sites + 1, sizeof *points);
    unsigned char *exposed = mn_new0((size_t)m->n_sites * (size_t)m->n_services + 1, 1);
    e->points = MN_ARENA_ARRAY(arena, struct mn_exposed_point, (size_t)m->n_components + 1);
    e->sites = MN_ARENA_ARRAY(arena, struct mn_exposed_site, (size_t)m->n_sites + 1);
    e->services = MN_ARENA_ARRAY(arena, struct mn_exposed_service, (size_t)m->n_services + 1);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && w[end].component == w[i].component; end++) {
            points[w[end].site] += end == i || w[end].site != w[end - 1].site;
            exposed[(size_t)w[end].service * (size_t)m->n_sites + (size_t)w[end].site] = 1;
        }
        e->points[e->n_points++] = point_of(m, w + i, end - i);
    }
    for (int s = 0; s < m->n_sites; s++)
        if (points[s])
            e->sites[e->n_sites++] = (struct mn_exposed_site){s, points[s]};
    for (int s = 0; s < m->n_services; s++) {
        int sites = 0;
        for (int i = 0; i < m->n_sites; i++)
            sites += exposed[(size_t)s * (size_t)m->n_sites + (size_t)i];
        if (sites)
            e->services[e->n_services++] = (struct mn_exposed_service){s, sites};
    }
    qsort_r(e->points, (size_t)e->n_points, sizeof *e->points, by_point, (void *)m);
    qsort_r(e->sites, (size_t)e->n_sites, sizeof *e->sites, by_site, (void *)m);
    qsort_r(e->services, (size_t)e->n_services, sizeof *e->services, by_service, (void *)m);
    free(points);
    free(exposed);
}

/* Services that were available at a site in the other model, and are not, though still used. */
static void find_unavailable(const struct mn_model *m, const struct mn_weaks *weaks,
                             const struct mn_model *other, const struct mn_weaks *others,
                             const struct twins *t, struct mn_arena *arena, struct mn_exposure *e) {
    e->unavailable = MN_ARENA_ARRAY(arena, struct mn_exposed_service, (size_t)m->n_services + 1);
    for (int s = 0; s < m->n_services; s++) {
        int sites = 0;
        for (int i = 0; i < m->n_sites && t->service[s] >= 0; i++)
            sites += t->site[i] >= 0 && is_used(m, i, s) &&
                     !weaks->available[(size_t)i * (size_t)m->n_services + (size_t)s] &&
                     others->available[(size_t)t->site[i] * (size_t)other->n_services +
                                       (size_t)t->service[s]];
        if (sites)
            e->unavailable[e->n_unavailable++] = (struct mn_exposed_service){s, sites};
    }
    qsort_r(e->unavailable, (size_t)e->n_unavailable, sizeof *e->unavailable, by_service,
            (void *)m);
}

void mn_exposure_find(const struct mn_model *m, const struct mn_weaks *weaks,
                      const struct mn_model *other, const struct mn_weaks *others,
                      struct mn_arena *arena, struct mn_exposure *exposure) {
    struct twins t = find_twins(m, other);
    struct mn_weak *kept = mn_new0(weaks->n + 1, sizeof *kept);
    *exposure = (struct mn_exposure){0};
    sum_up(m, kept, keep_new(weaks, other, others, &t, kept), arena, exposure);
    find_unavailable(m, weaks, other, others, &t, arena, exposure);
    free(kept);
    free(t.component);
    free(t.site);
    free(t.service);
}
