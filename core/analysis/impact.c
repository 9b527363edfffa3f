/* The impact of a set of failures.
 *
 * Lost redundancy asks about every single further failure; what makes that quick is that a service
 * stays available as long as nothing fails that one proof of its availability rests on. So a
 * further failure is tried only on the sites whose proofs it touches. */
#include "analysis/impact.h"

#include "analysis/state.h"
#include "analysis/touched.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The result with what owns it. */
struct whole {
    struct mn_impact impact; /* first, so that one is found from the other */
    struct mn_arena *arena;
};

struct work {
    const struct mn_model *m;
    struct mn_avail *before, *after; /* without failures; with them */
    struct mn_arena *arena;          /* the result's */
    struct mn_impact *impact;
    unsigned char *concerned;        /* of a site: the failures could change something there */
    unsigned char *lost, *available; /* of a site: something; something still is */
    unsigned char *redundancy;       /* of a site: it lost redundancy */
};

/* ---- lists sorted by id ---- */

static int compare_sites(const void *a, const void *b, void *model) {
    const struct mn_model *m = model;
    return strcmp(m->sites[*(const int *)a].id, m->sites[*(const int *)b].id);
}

static struct mn_ints keep_sites(const struct work *w, int *sites, int n) {
    qsort_r(sites, (size_t)n, sizeof *sites, compare_sites, (void *)w->m);
    return (struct mn_ints){n, mn_arena_copy(w->arena, sites, (size_t)n * sizeof *sites)};
}

static struct mn_ints marked_sites(const struct work *w, const unsigned char *mark) {
    int *sites = mn_new0((size_t)w->m->n_sites, sizeof *sites), n = 0;
    for (int s = 0; s < w->m->n_sites; s++)
        if (mark[s])
            sites[n++] = s;
    struct mn_ints list = keep_sites(w, sites, n);
    free(sites);
    return list;
}

static const char *service_id(const struct mn_model *m, int service) {
    return m->components[m->services[service].component].id;
}

/* ---- whom it concerns ---- */

/* Marks the sites where the component matters; what fails with it is marked in `seen`. */
static void concern(struct work *w, int component, unsigned char *seen) {
    const struct mn__graph *g = w->after->g;
    const struct mn_component *c = &w->m->components[component];
    if (seen[component])
        return;
    seen[component] = 1;
    if (c->cls == MN_SERVICE || g->hosting[component] || g->office[component] == MN__MANY)
        memset(w->concerned, 1, (size_t)w->m->n_sites);
    else if (g->office[component] >= 0)
        w->concerned[g->office[component]] = 1;
    for (int i = 0; c->cls == MN_GROUP && i < w->m->groups[c->index].members.n; i++)
        concern(w, w->m->groups[c->index].members.at[i], seen);
}

static void find_concerned(struct work *w) {
    unsigned char *seen = mn_new0((size_t)w->m->n_components, 1);
    for (int i = 0; i < w->impact->n_failed; i++)
        concern(w, w->impact->failed[i].component, seen);
    free(seen);
}

/* ---- what is lost ---- */

static bool uses(const struct mn_site *site, int service) {
    for (int i = 0; i < site->uses.n; i++)
        if (site->uses.at[i] == service)
            return true;
    return false;
}

static int compare_losses(const void *a, const void *b, void *model) {
    const struct mn_service_loss *x = a, *y = b;
    return strcmp(service_id(model, x->service), service_id(model, y->service));
}

static void find_losses(struct work *w) {
    const struct mn_model *m = w->m;
    struct mn_service_loss *losses =
        MN_ARENA_ARRAY(w->arena, struct mn_service_loss, (size_t)m->n_services);
    int *sites = mn_new0((size_t)m->n_sites, sizeof *sites), n_losses = 0;
    for (int s = 0; s < m->n_services; s++) {
        int n = 0;
        for (int site = 0; site < m->n_sites; site++) {
            if (!w->concerned[site] || !uses(&m->sites[site], s) ||
                !mn_available(w->before, s, site))
                continue;
            if (mn_available(w->after, s, site)) {
                w->available[site] = 1;
            } else {
                w->lost[site] = 1;
                sites[n++] = site;
            }
        }
        if (n)
            losses[n_losses++] = (struct mn_service_loss){s, keep_sites(w, sites, n)};
    }
    free(sites);
    qsort_r(losses, (size_t)n_losses, sizeof *losses, compare_losses, (void *)m);
    w->impact->n_services = n_losses;
    w->impact->services = losses;
}

static void find_cut_off(struct work *w) {
    unsigned char *cut = mn_new0((size_t)w->m->n_sites, 1);
    for (int s = 0; s < w->m->n_sites; s++)
        cut[s] = w->lost[s] && !w->available[s];
    w->impact->cut_off = marked_sites(w, cut);
    w->impact->hit = marked_sites(w, w->lost);
    free(cut);
}

/* ---- lost redundancy ---- */

/* Whether one more failure, which both sets hold now, takes a service from the site that it does
 * not take alone. */
static bool takes_more(struct work *w, int site) {
    const struct mn_ints *used = &w->m->sites[site].uses;
    for (int i = 0; i < used->n; i++)
        if (!mn_available(w->after, used->at[i], site) &&
            mn_available(w->before, used->at[i], site))
            return true;
    return false;
}

static void try_further(struct work *w, const struct mn__pair *pairs, size_t n) {
    int component = pairs[0].component;
    bool open = false;
    for (size_t i = 0; i < n; i++)
        open |= !w->redundancy[pairs[i].site];
    if (!open)
        return;
    mn_avail_push(w->after, component);
    mn_avail_push(w->before, component);
    for (size_t i = 0; i < n; i++)
        if (!w->redundancy[pairs[i].site] && takes_more(w, pairs[i].site))
            w->redundancy[pairs[i].site] = 1;
    mn_avail_pop(w->before);
    mn_avail_pop(w->after);
}

static void find_lost_redundancy(struct work *w) {
    const struct mn_model *m = w->m;
    struct mn__touched t;
    mn__touched_init(&t, m);
    for (int site = 0; site < m->n_sites; site++) {
        const struct mn_ints *used = &m->sites[site].uses;
        for (int i = 0; i < used->n && w->concerned[site] && !w->lost[site]; i++)
            if (mn_available(w->before, used->at[i], site))
                mn__touched_add(&t, w->after, used->at[i], site);
    }
    mn__touched_sort(&t);
    for (size_t i = 0, end; i < t.n; i = end) {
        for (end = i; end < t.n && t.pairs[end].component == t.pairs[i].component;)
            end++;
        try_further(w, t.pairs + i, end - i);
    }
    mn__touched_fini(&t);
    w->impact->lost_redundancy = marked_sites(w, w->redundancy);
}

/* ---- standby hosts ---- */

/* For each service, whether the site uses it or what it uses requires it. The caller frees. */
static unsigned char *services_behind(const struct mn_model *m, int site) {
    unsigned char *mark = mn_new0((size_t)m->n_services, 1);
    int *list = mn_new0((size_t)m->n_services, sizeof *list), n = 0;
    const struct mn_ints *next = &m->sites[site].uses;
    for (int i = 0;; next = &m->services[list[i++]].requires) {
        for (int k = 0; k < next->n; k++) {
            if (!mark[next->at[k]]) {
                mark[next->at[k]] = 1;
                list[n++] = next->at[k];
            }
        }
        if (i == n)
            break;
    }
    free(list);
    return mark;
}

static bool is_standby(const struct mn_host *h) {
    return h && h->failover.after_s >= 0;
}

/* Adds the standbys of one entry that serve now where another host did before. */
static void find_standby_in(struct work *w, int service, int entry, unsigned char *const *behind,
                            struct mn_standby *list, int *n) {
    const struct mn_model *m = w->m;
    const struct mn_host_group *hosts = &m->services[service].hosts[entry];
    const struct mn_host **now = mn_new0((size_t)m->n_sites, sizeof *now);
    int *sites = mn_new0((size_t)m->n_sites, sizeof *sites);
    for (int s = 0; s < m->n_sites; s++) {
        if (!w->concerned[s] || !behind[s][service])
            continue;
        const struct mn_host *host = mn_serving(w->after, service, s, entry);
        if (is_standby(host) && !is_standby(mn_serving(w->before, service, s, entry)))
            now[s] = host;
    }
    for (int i = 0; i < hosts->n; i++) {
        int found = 0;
        for (int s = 0; s < m->n_sites; s++)
            if (now[s] == &hosts->at[i])
                sites[found++] = s;
        if (found)
            list[(*n)++] = (struct mn_standby){service, &hosts->at[i], keep_sites(w, sites, found)};
    }
    free(sites);
    free(now);
}

static int compare_standbys(const void *a, const void *b, void *model) {
    const struct mn_model *m = model;
    const struct mn_standby *x = a, *y = b;
    int by_service = strcmp(service_id(m, x->service), service_id(m, y->service));
    return by_service ? by_service
                      : strcmp(m->components[m->nodes[x->host->node].component].id,
                               m->components[m->nodes[y->host->node].component].id);
}

static void find_standbys(struct work *w) {
    const struct mn_model *m = w->m;
    size_t hosts = 0;
    for (int s = 0; s < m->n_services; s++)
        for (int e = 0; e < m->services[s].n_hosts; e++)
            hosts += (size_t)m->services[s].hosts[e].n;
    struct mn_standby *list = MN_ARENA_ARRAY(w->arena, struct mn_standby, hosts);
    unsigned char **behind = mn_new0((size_t)m->n_sites, sizeof *behind);
    int n = 0;
    for (int s = 0; s < m->n_sites; s++)
        behind[s] = services_behind(m, s);
    for (int s = 0; s < m->n_services; s++)
        for (int e = 0; e < m->services[s].n_hosts; e++)
            find_standby_in(w, s, e, behind, list, &n);
    for (int s = 0; s < m->n_sites; s++)
        free(behind[s]);
    free(behind);
    qsort_r(list, (size_t)n, sizeof *list, compare_standbys, (void *)m);
    w->impact->n_standby = n;
    w->impact->standby = list;
}

/* ---- how severe ---- */

static bool holds(const struct mn_severity_when *when, int sites, int services, int main_activities,
                  int cut_off) {
    return sites >= when->sites && services >= when->services &&
           main_activities >= when->main_activities && cut_off >= when->cut_off;
}

int mn_severity_of(const struct mn_model *m, int sites, int services, int main_activities,
                   int cut_off) {
    for (int i = m->n_severities - 1; i >= 0; i--) {
        const struct mn_severity_level *level = &m->severities[i];
        if (level->n_when == 0)
            return i;
        for (int k = 0; k < level->n_when; k++)
            if (holds(&level->when[k], sites, services, main_activities, cut_off))
                return i;
    }
    return -1;
}

static int severity(const struct mn_model *m, const struct mn_impact *impact) {
    int main_activities = 0;
    for (int i = 0; i < impact->n_services; i++)
        main_activities += m->services[impact->services[i].service].main_activity;
    return mn_severity_of(m, impact->hit.n, impact->n_services, main_activities, impact->cut_off.n);
}

/* ---- all together ---- */

struct mn_impact *mn_impact_new(const struct mn_model *m, const struct mn_failure *f, int n) {
    struct mn_arena *arena = mn_arena_new();
    struct whole *whole = mn_arena_alloc(arena, sizeof *whole);
    whole->arena = arena;
    struct mn_failure *failed = mn_arena_copy(arena, f, (size_t)n * sizeof *f);
    whole->impact.n_failed = mn_failure_sort(m, failed, n);
    whole->impact.failed = failed;

    struct work w = {.m = m, .arena = arena, .impact = &whole->impact};
    w.before = mn_avail_new(m, NULL, 0);
    w.after = mn_avail_new(m, failed, whole->impact.n_failed);
    w.lost = mn_new0((size_t)m->n_sites, 1);
    w.available = mn_new0((size_t)m->n_sites, 1);
    w.redundancy = mn_new0((size_t)m->n_sites, 1);
    w.concerned = mn_new0((size_t)m->n_sites, 1);
    find_concerned(&w);
    find_losses(&w);
    find_cut_off(&w);
    find_lost_redundancy(&w);
    find_standbys(&w);
    whole->impact.severity = severity(m, &whole->impact);
    free(w.concerned);
    free(w.lost);
    free(w.available);
    free(w.redundancy);
    mn_avail_free(w.before);
    mn_avail_free(w.after);
    return &whole->impact;
}

void mn_impact_free(struct mn_impact *impact) {
    if (impact)
        mn_arena_free(((struct whole *)impact)->arena);
}

static json_t *site_ids(const struct mn_model *m, struct mn_ints sites) {
    json_t *list = json_array();
    for (int i = 0; i < sites.n; i++)
        json_array_append_new(list, json_string(m->sites[sites.at[i]].id));
    return list;
}

json_t *mn_impact_json(const struct mn_model *m, const struct mn_impact *impact) {
    json_t *failed = json_array(), *services = json_array();
    for (int i = 0; i < impact->n_failed; i++) {
        struct mn_buf id = MN_BUF_INIT;
        mn_failure_text(m, impact->failed[i], &id);
        json_array_append_new(failed, json_string(mn_buf_text(&id)));
        mn_buf_fini(&id);
    }
    for (int i = 0; i < impact->n_services; i++) {
        const struct mn_service_loss *loss = &impact->services[i];
        json_array_append_new(services,
                              json_pack("{s:s, s:o}", "service", service_id(m, loss->service),
                                        "sites", site_ids(m, loss->sites)));
    }
    json_t *severity =
        impact->severity < 0 ? json_null() : json_string(m->severities[impact->severity].id);
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "failed", failed, "cut_off",
                     site_ids(m, impact->cut_off), "lost_redundancy",
                     site_ids(m, impact->lost_redundancy), "services", services, "severity",
                     severity);
}
