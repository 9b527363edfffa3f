/* A second evaluator of what works while something has failed, written from the words of
 * core/analysis/availability.h and sharing no code with core/analysis: everything is asked anew,
 * every time, in the slowest and plainest way. For small models only. */
#ifndef TESTS_NAIVE_H
#define TESTS_NAIVE_H

#include "analysis/failure.h"
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAIVE_MOST 128 /* components */

/* A failed set: failures as given, and one more component that is down (-1: none). */
struct naive {
    const struct mn_model *m;
    const struct mn_failure *f;
    int n, further;
    signed char works[NAIVE_MOST + 1][NAIVE_MOST]; /* [service + 1][component]; 0: not asked yet */
};

static void naive_init(struct naive *x, const struct mn_model *m, const struct mn_failure *f, int n,
                       int further) {
    x->m = m;
    x->f = f;
    x->n = n;
    x->further = further;
    memset(x->works, 0, sizeof x->works[0] * (size_t)(m->n_services + 1));
}

/* Does what happens to `from` happen to `to`: the same, or a member, or a member's member. */
static bool naive_hits(const struct mn_model *m, int from, int to) {
    if (from == to)
        return true;
    if (m->components[from].cls != MN_GROUP)
        return false;
    const struct mn_ints *members = &m->groups[m->components[from].index].members;
    for (int i = 0; i < members->n; i++)
        if (naive_hits(m, members->at[i], to))
            return true;
    return false;
}

static bool naive_broken(const struct naive *x, int component, int service) {
    if (x->further >= 0 && naive_hits(x->m, x->further, component))
        return true;
    for (int i = 0; i < x->n; i++) {
        if (!naive_hits(x->m, x->f[i].component, component))
            continue;
        if (x->f[i].fault < 0)
            return true;
        const struct mn_effect *e =
            &x->m->components[x->f[i].component].faults.at[x->f[i].fault].effect;
        if (e->down)
            return true;
        for (int k = 0; k < e->blocks.n; k++)
            if (e->blocks.at[k] == service)
                return true;
    }
    return false;
}

/* Enough capacity left on the link for so many bit/s. */
static bool naive_carries(const struct naive *x, int link, int64_t needs) {
    double share = 1;
    for (int i = 0; i < x->n; i++) {
        if (x->f[i].fault < 0 || !naive_hits(x->m, x->f[i].component, x->m->links[link].component))
            continue;
        const struct mn_effect *e =
            &x->m->components[x->f[i].component].faults.at[x->f[i].fault].effect;
        if (e->degrades && e->capacity_left_ppm / 1e6 < share)
            share = e->capacity_left_ppm / 1e6;
    }
    if (x->m->links[link].capacity < 0)
        return needs == 0 || share > 0;
    return (double)x->m->links[link].capacity * share >= (double)needs - 1e-6;
}

static bool naive_works(struct naive *x, int component, int service) {
    signed char *memory = &x->works[service + 1][component];
    if (*memory)
        return *memory > 0;
    bool works = !naive_broken(x, component, service);
    const struct mn_component *c = &x->m->components[component];
    if (works && c->cls == MN_NODE) {
        const struct mn_node *n = &x->m->nodes[c->index];
        int powered = 0, required = 0;
        for (int i = 0; i < n->powered_by.n; i++)
            powered += naive_works(x, n->powered_by.at[i], service);
        for (int i = 0; i < n->requires.n; i++)
            required += naive_works(x, n->requires.at[i], service);
        works = (n->powered_by.n == 0 || powered > 0) && required == n->requires.n;
    }
    *memory = works ? 1 : -1;
    return works;
}

static int naive_site(const struct mn_model *m, int node) {
    return m->components[m->nodes[node].component].site;
}

/* Marks what can be reached from a on an allowed path between a and b: floods link by link. */
static void naive_flood(struct naive *x, int a, int b, int service, int64_t needs, bool *wet) {
    const struct mn_model *m = x->m;
    memset(wet, 0, (size_t)m->n_nodes);
    if (!naive_works(x, m->nodes[a].component, service))
        return;
    wet[a] = true;
    for (bool more = true; more;) {
        more = false;
        for (int l = 0; l < m->n_links; l++) {
            const struct mn_link *link = &m->links[l];
            if (wet[link->end[0]] == wet[link->end[1]])
                continue;
            int next = wet[link->end[0]] ? link->end[1] : link->end[0], site = naive_site(m, next);
            bool allowed = next == a || next == b || m->nodes[next].transit;
            if (site >= 0 && (site == naive_site(m, a) || site == naive_site(m, b)))
                allowed = true;
            if (!allowed || !naive_works(x, link->component, service) ||
                !naive_works(x, m->nodes[next].component, service) || !naive_carries(x, l, needs))
                continue;
            wet[next] = more = true;
        }
    }
}

static bool naive_reach(struct naive *x, int a, int b, int service, int64_t needs,
                        struct mn_ints via) {
    bool wet[NAIVE_MOST];
    naive_flood(x, a, b, service, needs, wet);
    int passed = 0;
    for (int i = 0; i < via.n; i++)
        passed += wet[via.at[i]];
    return wet[b] && (via.n == 0 || passed > 0);
}

static bool naive_usable(struct naive *x, int node, int service) {
    const struct mn_node *n = &x->m->nodes[node];
    if (!naive_works(x, n->component, service))
        return false;
    for (int i = 0; i < n->requires.n; i++) {
        const struct mn_component *c = &x->m->components[n->requires.at[i]];
        if (!naive_works(x, n->requires.at[i], service))
            return false;
        if (c->cls == MN_NODE &&
            !(naive_usable(x, c->index, service) &&
              naive_reach(x, node, c->index, service, 0, (struct mn_ints){0, NULL})))
            return false;
    }
    return true;
}

static bool naive_requirements_whole(struct naive *x, int service, int for_service) {
    const struct mn_service *s = &x->m->services[service];
    if (naive_broken(x, s->component, for_service))
        return false;
    for (int i = 0; i < s->requires.n; i++)
        if (!naive_requirements_whole(x, s->requires.at[i], for_service))
            return false;
    return true;
}

static bool naive_from(struct naive *x, int service, int node) {
    const struct mn_service *s = &x->m->services[service];
    if (!naive_works(x, x->m->nodes[node].component, service))
        return false;
    for (int e = 0; e < s->n_hosts; e++) {
        bool some = false;
        for (int i = 0; i < s->hosts[e].n && !some; i++)
            some = naive_usable(x, s->hosts[e].at[i].node, service) &&
                   naive_reach(x, node, s->hosts[e].at[i].node, service, s->needs, s->via);
        if (!some)
            return false;
    }
    return true;
}

static bool naive_available(struct naive *x, int service, int site) {
    const struct mn_service *s = &x->m->services[service];
    if (!naive_requirements_whole(x, service, service))
        return false;
    for (int i = 0; i < s->requires.n; i++)
        if (!naive_available(x, s->requires.at[i], site))
            return false;
    for (int i = 0; i < s->endpoint.n; i++) {
        char id[256];
        snprintf(id, sizeof id, "%s/%s", x->m->sites[site].id, s->endpoint.at[i]);
        for (int n = 0; n < x->m->n_nodes; n++)
            if (strcmp(x->m->components[x->m->nodes[n].component].id, id) == 0 &&
                naive_from(x, service, n))
                return true;
    }
    return false;
}

/* ---- impact, by definition ---- */

/* What is available where, one bit for each (service, site) pair that is used. */
struct naive_table {
    bool at[NAIVE_MOST][NAIVE_MOST]; /* [site][service] */
};

static void naive_fill(const struct mn_model *m, const struct mn_failure *f, int n, int further,
                       struct naive_table *t) {
    static struct naive x;
    naive_init(&x, m, f, n, further);
    for (int w = 0; w < m->n_sites; w++)
        for (int i = 0; i < m->sites[w].uses.n; i++)
            t->at[w][m->sites[w].uses.at[i]] = naive_available(&x, m->sites[w].uses.at[i], w);
}

static int naive_compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static json_t *naive_sorted(const char **ids, int n) {
    qsort(ids, (size_t)n, sizeof *ids, naive_compare);
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        if (i == 0 || strcmp(ids[i - 1], ids[i]) != 0)
            json_array_append_new(list, json_string(ids[i]));
    return list;
}

static bool naive_lost_redundancy(const struct mn_model *m, int site,
                                  const struct naive_table *before, const struct naive_table *both,
                                  const struct naive_table *alone) {
    for (int i = 0; i < m->sites[site].uses.n; i++) {
        int s = m->sites[site].uses.at[i];
        if (before->at[site][s] && alone->at[site][s] && !both->at[site][s])
            return true;
    }
    return false;
}

static const char *naive_severity(const struct mn_model *m, int sites, int services, int mains,
                                  int cut_off) {
    const char *severity = NULL;
    for (int i = 0; i < m->n_severities; i++) {
        bool any = m->severities[i].n_when == 0;
        for (int k = 0; k < m->severities[i].n_when; k++) {
            const struct mn_severity_when *w = &m->severities[i].when[k];
            any |= (w->sites < 0 || sites >= w->sites) &&
                   (w->services < 0 || services >= w->services) &&
                   (w->main_activities < 0 || mains >= w->main_activities) &&
                   (w->cut_off < 0 || cut_off >= w->cut_off);
        }
        if (any)
            severity = m->severities[i].id;
    }
    return severity;
}

/* The document of `metronet impact --json`; alone[c] is the table with component c down. */
static json_t *naive_impact(const struct mn_model *m, const struct mn_failure *f, int n,
                            const struct naive_table *before, const struct naive_table *alone) {
    static struct naive_table after, both;
    naive_fill(m, f, n, -1, &after);
    bool lost[NAIVE_MOST] = {false}, left[NAIVE_MOST] = {false}, redundancy[NAIVE_MOST] = {false};
    const char *ids[NAIVE_MOST];
    char failed[NAIVE_MOST][128];
    json_t *services = json_object();
    int n_lost = 0, n_services = 0, mains = 0, n_cut = 0, n_redundancy = 0;

    for (int s = 0; s < m->n_services; s++) {
        int k = 0;
        for (int w = 0; w < m->n_sites; w++) {
            for (int i = 0; i < m->sites[w].uses.n; i++) {
                if (m->sites[w].uses.at[i] != s)
                    continue;
                left[w] |= after.at[w][s];
                if (before->at[w][s] && !after.at[w][s]) {
                    lost[w] = true;
                    ids[k++] = m->sites[w].id;
                }
            }
        }
        if (k) {
            json_object_set_new(services, m->components[m->services[s].component].id,
                                naive_sorted(ids, k));
            n_services++;
            mains += m->services[s].main_activity;
        }
    }
    for (int c = 0; c < m->n_components; c++) {
        if (m->components[c].cls == MN_SERVICE)
            continue;
        naive_fill(m, f, n, c, &both);
        for (int w = 0; w < m->n_sites; w++)
            if (!lost[w] && naive_lost_redundancy(m, w, before, &both, &alone[c]))
                redundancy[w] = true;
    }

    json_t *doc = json_object();
    for (int i = 0; i < n; i++) {
        const struct mn_component *c = &m->components[f[i].component];
        snprintf(failed[i], sizeof failed[i], "%s%s%s", c->id, f[i].fault < 0 ? "" : "!",
                 f[i].fault < 0 ? "" : c->faults.at[f[i].fault].mode);
        ids[i] = failed[i];
    }
    json_object_set_new(doc, "failed", naive_sorted(ids, n));
    for (int w = 0; w < m->n_sites; w++) {
        n_lost += lost[w];
        if (lost[w] && !left[w])
            ids[n_cut++] = m->sites[w].id;
    }
    json_object_set_new(doc, "cut_off", naive_sorted(ids, n_cut));
    for (int w = 0; w < m->n_sites; w++)
        if (redundancy[w])
            ids[n_redundancy++] = m->sites[w].id;
    json_object_set_new(doc, "lost_redundancy", naive_sorted(ids, n_redundancy));

    json_t *list = json_array();
    int k = 0;
    const char *id;
    json_t *sites;
    json_object_foreach(services, id, sites) ids[k++] = id;
    qsort(ids, (size_t)k, sizeof *ids, naive_compare);
    for (int i = 0; i < k; i++)
        json_array_append_new(list, json_pack("{s:s,s:O}", "service", ids[i], "sites",
                                              json_object_get(services, ids[i])));
    json_object_set_new(doc, "services", list);
    json_decref(services);
    const char *severity = naive_severity(m, n_lost, n_services, mains, n_cut);
    json_object_set_new(doc, "severity", severity ? json_string(severity) : json_null());
    return doc;
}

#endif
