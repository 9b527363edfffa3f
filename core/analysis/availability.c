/* What works while something has failed: the rules of availability.h, clause by clause. */
#include "analysis/availability.h"

#include "analysis/state.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define WHOLE 1000000

/* What is remembered is 2 * epoch + answer. */
static bool known(int memory, int epoch) {
    return memory >> 1 == epoch;
}

static int memory_of(bool answer, int epoch) {
    return 2 * epoch + answer;
}

/* ---- what fails ---- */

/* Writes the component, and if it is a group all that fails with it, to a->spread; returns how
 * many. */
static int spread(struct mn_avail *a, int component) {
    int n = 0, stamp = ++a->spread_stamp;
    a->spread[n++] = component;
    a->spread_seen[component] = stamp;
    for (int i = 0; i < n; i++) {
        const struct mn_component *c = &a->m->components[a->spread[i]];
        if (c->cls != MN_GROUP)
            continue;
        struct mn_ints members = a->m->groups[c->index].members;
        for (int k = 0; k < members.n; k++) {
            if (a->spread_seen[members.at[k]] == stamp)
                continue;
            a->spread_seen[members.at[k]] = stamp;
            a->spread[n++] = members.at[k];
        }
    }
    return n;
}

static int new_context(struct mn_avail *a, bool blocks) {
    size_t components = (size_t)a->m->n_components, nodes = (size_t)a->m->n_nodes;
    a->contexts = mn_resize(a->contexts, (size_t)a->n_contexts + 1, sizeof *a->contexts);
    a->contexts[a->n_contexts] = (struct mn__context){
        .broken = blocks ? mn_new0(components, 1) : NULL,
        .works = mn_new0(components, sizeof(int)),
        .usable = mn_new0(nodes, sizeof(int)),
    };
    return a->n_contexts++;
}

static int find_class(struct mn_avail *a, int context, int64_t needs) {
    for (int i = 0; i < a->n_classes; i++)
        if (a->classes[i].context == context && a->classes[i].needs == needs)
            return i;
    size_t nodes = (size_t)a->m->n_nodes;
    a->classes = mn_resize(a->classes, (size_t)a->n_classes + 1, sizeof *a->classes);
    a->classes[a->n_classes] = (struct mn__class){
        .needs = needs,
        .context = context,
        .label = mn_new0(nodes, sizeof(int)),
        .depth = mn_new0(nodes, sizeof(int)),
        .up_link = mn_new0(nodes, sizeof(int)),
        .up_node = mn_new0(nodes, sizeof(int)),
    };
    return a->n_classes++;
}

static void apply_to(struct mn_avail *a, int component, const struct mn_effect *e) {
    const struct mn_component *c = &a->m->components[component];
    for (int i = 0; i < e->blocks.n; i++) {
        int service = e->blocks.at[i];
        if (!a->context_of[service])
            a->context_of[service] = new_context(a, true);
        a->contexts[a->context_of[service]].broken[component] = 1;
    }
    if (e->degrades && c->cls == MN_LINK && e->capacity_left_ppm < a->capacity_left[c->index])
        a->capacity_left[c->index] = e->capacity_left_ppm;
}

static void apply(struct mn_avail *a, struct mn_failure f) {
    static const struct mn_effect down = {.down = true};
    const struct mn_component *c = &a->m->components[f.component];
    const struct mn_effect *e = f.fault < 0 ? &down : &c->faults.at[f.fault].effect;
    int n = spread(a, f.component);
    for (int i = 0; i < n; i++) {
        if (e->down)
            a->down[a->spread[i]]++;
        else
            apply_to(a, a->spread[i], e);
    }
}

/* A component goes down: what may no longer be remembered of what. */
static void touch(struct mn_avail *a, int component) {
    const struct mn__graph *g = a->g;
    if (g->core[component])
        a->core_epoch = a->epoch;
    if (g->hosting[component])
        a->host_epoch = a->epoch;
    if (g->office[component] == MN__MANY)
        a->offices_epoch = a->epoch;
    else if (g->office[component] >= 0)
        a->office_epoch[g->office[component]] = a->epoch;
}

void mn_avail_push(struct mn_avail *a, int component) {
    a->undo = mn_grow(a->undo, &a->cap_undo, a->n_undo + 1, sizeof *a->undo);
    a->undo[a->n_undo++] = (struct mn__undo){(int)a->n_pushed, a->epoch, a->core_epoch,
                                             a->host_epoch, a->offices_epoch};
    int n = spread(a, component);
    a->pushed = mn_grow(a->pushed, &a->cap_pushed, a->n_pushed + (size_t)n, sizeof *a->pushed);
    a->epoch = ++a->epochs_used;
    for (int i = 0; i < n; i++) {
        int c = a->spread[i], office = a->g->office[c];
        a->pushed[a->n_pushed++] =
            (struct mn__pushed){c, office >= 0 ? a->office_epoch[office] : 0};
        a->down[c]++;
        touch(a, c);
    }
}

void mn_avail_pop(struct mn_avail *a) {
    struct mn__undo undo = a->undo[--a->n_undo];
    while (a->n_pushed > (size_t)undo.first) {
        struct mn__pushed p = a->pushed[--a->n_pushed];
        int office = a->g->office[p.component];
        a->down[p.component]--;
        if (office >= 0)
            a->office_epoch[office] = p.office_epoch;
    }
    a->epoch = undo.epoch;
    a->core_epoch = undo.core_epoch;
    a->host_epoch = undo.host_epoch;
    a->offices_epoch = undo.offices_epoch;
}

/* ---- from birth to death ---- */

struct mn_avail *mn_avail_new(const struct mn_model *m, const struct mn_failure *f, int n) {
    size_t components = (size_t)m->n_components, nodes = (size_t)m->n_nodes;
    size_t services = (size_t)m->n_services, pairs = (size_t)m->n_sites * services;
    struct mn_avail *a = mn_new0(1, sizeof *a);
    a->m = m;
    a->g = mn__graph_new(m);
    /* 0 is what zeroed memory remembers */
    a->epoch = a->core_epoch = a->host_epoch = a->offices_epoch = a->epochs_used = 1;
    a->office_epoch = mn_new0((size_t)m->n_sites, sizeof *a->office_epoch);
    a->arena = mn_arena_new();
    a->down = mn_new0(components, sizeof *a->down);
    a->capacity_left = mn_new0((size_t)m->n_links, sizeof *a->capacity_left);
    for (int l = 0; l < m->n_links; l++)
        a->capacity_left[l] = WHOLE;
    a->context_of = mn_new0(services, sizeof *a->context_of);
    a->class_of = mn_new0(services, sizeof *a->class_of);
    a->available = mn_new0(pairs, sizeof *a->available);
    a->endpoints = mn_new0(pairs, sizeof *a->endpoints);
    a->spread = mn_new0(components, sizeof *a->spread);
    a->spread_seen = mn_new0(components, sizeof *a->spread_seen);
    a->proof_seen = mn_new0(components, sizeof *a->proof_seen);
    a->proof_usable = mn_new0(nodes, sizeof *a->proof_usable);
    a->proof_service = mn_new0(services, sizeof *a->proof_service);
    int **scratch[] = {&a->search.node_seen, &a->search.node_link, &a->search.node_from,
                       &a->search.part_seen, &a->search.part_node, &a->search.part_link,
                       &a->search.part_from, &a->search.queue,     &a->search.parts};
    for (size_t i = 0; i < MN_COUNT(scratch); i++)
        *scratch[i] = mn_new0(nodes, sizeof(int));
    new_context(a, false);
    for (int i = 0; i < n; i++)
        apply(a, f[i]);
    for (int s = 0; s < m->n_services; s++)
        a->class_of[s] = find_class(a, a->context_of[s], m->services[s].needs);
    a->plain_class = mn_new0((size_t)a->n_contexts, sizeof *a->plain_class);
    for (int i = 0; i < a->n_contexts; i++)
        a->plain_class[i] = find_class(a, i, 0);
    a->exits = mn_new0((size_t)a->n_classes, sizeof *a->exits);
    return a;
}

void mn_avail_free(struct mn_avail *a) {
    if (!a)
        return;
    for (int i = 0; i < a->n_contexts; i++) {
        free(a->contexts[i].broken);
        free(a->contexts[i].works);
        free(a->contexts[i].usable);
    }
    for (int i = 0; i < a->n_classes; i++) {
        free(a->classes[i].label);
        free(a->classes[i].depth);
        free(a->classes[i].up_link);
        free(a->classes[i].up_node);
        free(a->exits[i]);
    }
    void *owned[] = {a->contexts,         a->exits,
                     a->office_epoch,     a->classes,
                     a->context_of,       a->class_of,
                     a->plain_class,      a->down,
                     a->capacity_left,    a->available,
                     a->endpoints,        a->spread,
                     a->spread_seen,      a->undo,
                     a->pushed,           a->proof_seen,
                     a->proof_usable,     a->proof_service,
                     a->search.node_seen, a->search.node_link,
                     a->search.node_from, a->search.part_seen,
                     a->search.part_node, a->search.part_link,
                     a->search.part_from, a->search.queue,
                     a->search.parts};
    for (size_t i = 0; i < MN_COUNT(owned); i++)
        free(owned[i]);
    mn_arena_free(a->arena);
    mn__graph_free(a->g);
    free(a);
}

/* ---- components and hosts ---- */

static bool needs_met(struct mn_avail *a, const struct mn_node *n, int context) {
    bool power = n->powered_by.n == 0;
    for (int i = 0; i < n->powered_by.n && !power; i++)
        power = mn__works(a, n->powered_by.at[i], context);
    for (int i = 0; i < n->requires.n && power; i++)
        if (!mn__works(a, n->requires.at[i], context))
            return false;
    return power;
}

static bool compute_works(struct mn_avail *a, int component, int context) {
    const struct mn_component *c = &a->m->components[component];
    return mn__whole(a, component, context) &&
           (c->cls != MN_NODE || needs_met(a, &a->m->nodes[c->index], context));
}

/* Where chains of needs are too long for a recursion: everything once, what is needed first. Not
 * together, because this may be asked in the middle of a search. */
static void remember_works(struct mn_avail *a, int context) {
    struct mn__context *k = &a->contexts[context];
    if (!a->g->deep || k->works_epoch == a->epoch)
        return;
    k->works_epoch = a->epoch;
    for (int i = 0; i < a->m->n_components; i++)
        mn__works(a, a->g->order[i], context);
}

static void remember_usable(struct mn_avail *a, int context) {
    struct mn__context *k = &a->contexts[context];
    if (!a->g->deep || k->usable_epoch == a->epoch)
        return;
    k->usable_epoch = a->epoch;
    for (int i = 0; i < a->m->n_components; i++) {
        const struct mn_component *c = &a->m->components[a->g->order[i]];
        if (c->cls == MN_NODE)
            mn__usable(a, c->index, context);
    }
}

bool mn__works(struct mn_avail *a, int component, int context) {
    int *memory = &a->contexts[context].works[component];
    if (known(*memory, a->epoch))
        return *memory & 1;
    remember_works(a, context);
    *memory = memory_of(false, a->epoch); /* ends a cycle, which a checked model does not have */
    *memory = memory_of(compute_works(a, component, context), a->epoch);
    return *memory & 1;
}

static bool compute_usable(struct mn_avail *a, int node, int context) {
    const struct mn_node *n = &a->m->nodes[node];
    if (!mn__works(a, n->component, context))
        return false;
    for (int i = 0; i < n->requires.n; i++) {
        const struct mn_component *c = &a->m->components[n->requires.at[i]];
        if (c->cls == MN_NODE &&
            (!mn__usable(a, c->index, context) ||
             !mn__reach(a, a->plain_class[context], node, c->index, (struct mn_ints){0, NULL})))
            return false;
    }
    return true;
}

bool mn__usable(struct mn_avail *a, int node, int context) {
    int *memory = &a->contexts[context].usable[node];
    int epoch = a->g->host[node] ? a->host_epoch : a->epoch;
    if (known(*memory, epoch))
        return *memory & 1;
    remember_usable(a, context);
    *memory = memory_of(false, epoch);
    *memory = memory_of(compute_usable(a, node, context), epoch);
    return *memory & 1;
}

/* ---- services ---- */

const int *mn__endpoints(struct mn_avail *a, int service, int site) {
    size_t at = (size_t)site * (size_t)a->m->n_services + (size_t)service;
    if (!a->endpoints[at]) {
        int few[8], n = mn_model_endpoints(a->m, site, service, few, MN_COUNT(few));
        int *list = MN_ARENA_ARRAY(a->arena, int, (size_t)n + 1);
        list[0] = n;
        if (n <= (int)MN_COUNT(few))
            memcpy(list + 1, few, (size_t)n * sizeof *few);
        else
            mn_model_endpoints(a->m, site, service, list + 1, n);
        a->endpoints[at] = list;
    }
    return a->endpoints[at];
}

static bool serves(struct mn_avail *a, int service, const struct mn_host *h, int from) {
    return mn__usable(a, h->node, a->context_of[service]) &&
           mn__reach_soon(a, a->class_of[service], from, h->node, a->m->services[service].via);
}

const struct mn_host *mn__serving(struct mn_avail *a, int service, int entry, int from) {
    const struct mn_host_group *hosts = &a->m->services[service].hosts[entry];
    for (int standby = 0; standby < 2; standby++)
        for (int i = 0; i < hosts->n; i++)
            if ((hosts->at[i].failover.after_s >= 0) == standby &&
                serves(a, service, &hosts->at[i], from))
                return &hosts->at[i];
    return NULL;
}

static bool works_from(struct mn_avail *a, int service, int from) {
    const struct mn_service *s = &a->m->services[service];
    if (!mn__works(a, a->m->nodes[from].component, a->context_of[service]))
        return false;
    for (int i = 0; i < s->n_hosts; i++)
        if (!mn__serving(a, service, i, from))
            return false;
    return true;
}

int mn__serving_endpoint(struct mn_avail *a, int service, int site) {
    const int *endpoints = mn__endpoints(a, service, site);
    for (int i = 1; i <= endpoints[0]; i++)
        if (works_from(a, service, endpoints[i]))
            return endpoints[i];
    return -1;
}

/* Whether something that the service requires is blocked for the service itself. */
static bool requires_blocked(struct mn_avail *a, int service) {
    int context = a->context_of[service], n = 0;
    if (!context)
        return false;
    const struct mn_service *services = a->m->services;
    int stamp = ++a->spread_stamp;
    bool blocked = false;
    a->spread[n++] = services[service].component;
    a->spread_seen[a->spread[0]] = stamp;
    for (int i = 0; i < n && !blocked; i++) {
        blocked = !mn__whole(a, a->spread[i], context);
        const struct mn_ints *needs = &services[a->m->components[a->spread[i]].index].requires;
        for (int k = 0; k < needs->n; k++) {
            int c = services[needs->at[k]].component;
            if (a->spread_seen[c] != stamp) {
                a->spread_seen[c] = stamp;
                a->spread[n++] = c;
            }
        }
    }
    return blocked;
}

static bool compute_available(struct mn_avail *a, int service, int site) {
    const struct mn_service *s = &a->m->services[service];
    if (!mn__whole(a, s->component, a->context_of[service]) || requires_blocked(a, service))
        return false;
    for (int i = 0; i < s->requires.n; i++)
        if (!mn_available(a, s->requires.at[i], site))
            return false;
    return mn__serving_endpoint(a, service, site) >= 0;
}

bool mn_available(struct mn_avail *a, int service, int site) {
    size_t n_services = (size_t)a->m->n_services;
    int *row = a->available + (size_t)site * n_services, *memory = &row[service];
    if (known(*memory, a->epoch))
        return *memory & 1;
    if (a->g->deep) {
        for (int i = 0; a->g->service_order[i] != service; i++) {
            int other = a->g->service_order[i];
            if (!known(row[other], a->epoch))
                row[other] = memory_of(compute_available(a, other, site), a->epoch);
        }
    }
    *memory = memory_of(false, a->epoch);
    *memory = memory_of(compute_available(a, service, site), a->epoch);
    return *memory & 1;
}

const struct mn_host *mn_serving(struct mn_avail *a, int service, int site, int entry) {
    if (!mn_available(a, service, site))
        return NULL;
    return mn__serving(a, service, entry, mn__serving_endpoint(a, service, site));
}

/* ---- the same questions from outside ---- */

static int context_for(const struct mn_avail *a, int service) {
    return service < 0 ? 0 : a->context_of[service];
}

bool mn_works(struct mn_avail *a, int component, int service) {
    return mn__works(a, component, context_for(a, service));
}

bool mn_usable(struct mn_avail *a, int node, int service) {
    return mn__usable(a, node, context_for(a, service));
}

bool mn_reach(struct mn_avail *a, int from, int to, int service) {
    if (service < 0)
        return mn__reach(a, a->plain_class[0], from, to, (struct mn_ints){0, NULL});
    return mn__reach(a, a->class_of[service], from, to, a->m->services[service].via);
}
