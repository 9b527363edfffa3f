/* Which devices of an office hang on which, and which stand together. */
#include "diagram/office.h"

#include "diagram/inside.h"
#include "diagram/meeting.h"
#include "diagram/net.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NODES = 96, MOST_ENDPOINTS = 16 };

static bool one_of(const char *word, const char *const *words) {
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static const char *const network_symbols[] = {
    "router", "cpe",          "switch", "hub",       "lan",     "firewall", "gateway", "converter",
    "wifi",   "access-point", "radio",  "satellite", "antenna", "mobile",   "4g",      NULL};
static const char *const guard_symbols[] = {"firewall", "gateway", NULL};
static const char *const counter_symbols[] = {"kiosk", "display", "screen", NULL};
static const char *const scanner_symbols[] = {"scanner", NULL};
static const char *const work_symbols[] = {"pc",    "computer", "laptop", "printer",
                                           "phone", "token",    "key",    NULL};

static bool shown_as(const struct mn__office *o, int node, const char *const *symbols) {
    return one_of(mn__symbol_of(o->m, o->m->nodes[node].component), symbols);
}

static const struct mn_ints *inside(const struct mn__office *o) {
    return &o->m->sites[o->site].nodes;
}

/* The other end of a node's `i`-th link when that is drawn within the site, else -1. */
static int neighbour(const struct mn__office *o, int node, int i, const int *item) {
    const struct mn_link *l = &o->m->links[o->m->nodes[node].links.at[i]];
    int other = l->end[l->end[0] == node];
    return mn__node_site(o->m, other) == o->site && item[other] >= 0 ? other : -1;
}

/* Adds a node and what hangs on it, the nearest first, to the queue. */
static void reach(struct mn__office *o, int root, const int *item) {
    int head = o->n;
    if (mn__node_site(o->m, root) != o->site || item[root] < 0 || o->depth[root] > 0)
        return;
    o->depth[root] = 1;
    o->nodes[o->n++] = root;
    while (head < o->n) {
        int node = o->nodes[head++];
        for (int i = 0; i < o->m->nodes[node].links.n; i++) {
            int other = neighbour(o, node, i, item);
            if (other < 0 || o->depth[other] > 0)
                continue;
            o->depth[other] = o->depth[node] + 1;
            o->parent[other] = node;
            o->nodes[o->n++] = other;
        }
    }
}

static bool leads_outside(const struct mn__office *o, int node) {
    for (int i = 0; i < o->m->nodes[node].links.n; i++) {
        const struct mn_link *l = &o->m->links[o->m->nodes[node].links.at[i]];
        if (mn__node_site(o->m, l->end[0]) != o->site || mn__node_site(o->m, l->end[1]) != o->site)
            return true;
    }
    return false;
}

/* Whether each device hangs on one other at most, and whatever it needs is joined to it. */
static bool is_tree(const struct mn__office *o, const int *item) {
    int joined = 0, ends = 0;
    for (int i = 0; i < o->n; i++) {
        const struct mn_node *n = &o->m->nodes[o->nodes[i]];
        joined += o->parent[o->nodes[i]] >= 0;
        for (int k = 0; k < n->links.n; k++)
            ends += neighbour(o, o->nodes[i], k, item) >= 0;
        for (int k = 0; k < n->requires.n; k++) {
            const struct mn_component *c = &o->m->components[n->requires.at[k]];
            bool linked = c->cls != MN_NODE || item[c->index] < 0;
            for (int l = 0; l < n->links.n && !linked; l++)
                linked = neighbour(o, o->nodes[i], l, item) == c->index;
            if (!linked)
                return false;
        }
    }
    return ends == 2 * joined;
}

static void emit(const struct mn__office *o, int node, int *to, int *n) {
    to[(*n)++] = node;
    for (int i = 0; i < inside(o)->n; i++)
        if (o->depth[inside(o)->at[i]] > 1 && o->parent[inside(o)->at[i]] == node)
            emit(o, inside(o)->at[i], to, n);
}

/* Each device is followed by all that hangs on it. */
static void order(struct mn__office *o) {
    int *to = mn_new0((size_t)o->n + 1, sizeof *to), n = 0;
    for (int i = 0; i < o->n; i++)
        if (o->parent[o->nodes[i]] < 0)
            emit(o, o->nodes[i], to, &n);
    memcpy(o->nodes, to, sizeof *to * (size_t)o->n);
    free(to);
}

static bool grow(struct mn__office *o, const int *item) {
    const struct mn_model *m = o->m;
    const struct mn_ints *lines = &m->sites[o->site].lines;
    if (inside(o)->n > MOST_NODES)
        return false;
    for (int i = 0; i < lines->n; i++)
        for (int end = 0; end < 2; end++)
            reach(o, m->links[lines->at[i]].end[end], item);
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < inside(o)->n; i++)
            if (pass || leads_outside(o, inside(o)->at[i]))
                reach(o, inside(o)->at[i], item);
    if (!is_tree(o, item))
        return false;
    order(o);
    return true;
}

/* The uses of devices, before they are put in groups; -1: not known yet. */
static void find_network(const struct mn__office *o, int *use) {
    for (int i = o->n - 1; i >= 0; i--) {
        int node = o->nodes[i];
        if (shown_as(o, node, network_symbols) || leads_outside(o, node))
            use[node] = MN__USE_NETWORK;
        if (use[node] == MN__USE_NETWORK && o->parent[node] >= 0)
            use[o->parent[node]] = MN__USE_NETWORK;
    }
}

static void spread(const struct mn__office *o, int *use, int root, enum mn__office_use as) {
    use[root] = as;
    for (int i = 0; i < o->n; i++)
        if (o->parent[o->nodes[i]] >= 0 && use[o->parent[o->nodes[i]]] == (int)as &&
            (use[o->nodes[i]] < 0 || as == MN__USE_SEPARATE))
            use[o->nodes[i]] = as;
}

/* Of several guards on one device the first is the office's; each other one's network is apart. */
static void find_separate(const struct mn__office *o, int *use) {
    for (int i = 0; i < o->n; i++) {
        int node = o->nodes[i];
        bool other = false;
        for (int k = 0; k < i && o->parent[node] >= 0 && !other; k++)
            other = o->parent[o->nodes[k]] == o->parent[node] &&
                    use[o->nodes[k]] == MN__USE_NETWORK && shown_as(o, o->nodes[k], guard_symbols);
        if (other && use[node] == MN__USE_NETWORK && shown_as(o, node, guard_symbols))
            spread(o, use, node, MN__USE_SEPARATE);
    }
}

/* From where the office joins meetings, and all that this needs. */
static void find_meeting(const struct mn__office *o, int *use) {
    const struct mn_ints *uses = &o->m->sites[o->site].uses;
    for (int i = 0; i < uses->n; i++) {
        int ends[MOST_ENDPOINTS], room[MN__MOST_IN_ROOM];
        if (!o->m->services[uses->at[i]].meeting ||
            !mn_model_endpoints(o->m, o->site, uses->at[i], ends, MOST_ENDPOINTS))
            continue;
        int n = mn__room(o->m, ends[0], room);
        for (int k = 0; k < n; k++)
            if (o->depth[room[k]] > 0 && use[room[k]] < 0)
                spread(o, use, room[k], MN__USE_MEETING);
    }
}

/* What else people use: a device and what hangs on it stand together. */
static void find_places(const struct mn__office *o, int *use) {
    bool counter = false;
    for (int i = 0; i < o->n; i++)
        counter = counter || (use[o->nodes[i]] < 0 && shown_as(o, o->nodes[i], counter_symbols));
    for (int i = 0; i < o->n; i++) {
        int top = o->nodes[i];
        if (use[top] >= 0)
            continue;
        enum mn__office_use as = shown_as(o, top, work_symbols) || shown_as(o, top, scanner_symbols)
                                     ? MN__USE_WORK
                                     : MN__USE_OTHER;
        for (int k = i; k < o->n; k++) {
            int up = o->nodes[k];
            while (up >= 0 && up != top)
                up = o->parent[up];
            if (up == top && (shown_as(o, o->nodes[k], counter_symbols) ||
                              (counter && shown_as(o, o->nodes[k], scanner_symbols))))
                as = MN__USE_COUNTER;
        }
        spread(o, use, top, as);
    }
}

/* The group of that use and feeder, made where there is none; -1: there are too many. */
static int group_of(struct mn__office *o, enum mn__office_use use, int feeder) {
    int g = use == MN__USE_NETWORK ? 0 : 1;
    while (g && g < o->n_groups && (o->groups[g].use != use || o->groups[g].feeder != feeder))
        g++;
    if (g < o->n_groups)
        return g;
    if (g == MN__MOST_GROUPS)
        return -1;
    for (int i = 1; i < g; i++)
        if (o->groups[i].use == use)
            o->groups[i].again = o->groups[g].again = true;
    o->groups[g].use = use;
    o->groups[g].feeder = feeder;
    return o->n_groups++;
}

static bool put_in_groups(struct mn__office *o, const int *use) {
    bool people = false;
    o->groups[0].feeder = -1;
    o->n_groups = 1;
    for (int i = 0; i < o->n; i++) {
        int node = o->nodes[i], parent = o->parent[node];
        bool follows = parent >= 0 && use[parent] == use[node];
        o->group[node] =
            follows ? o->group[parent] : group_of(o, (enum mn__office_use)use[node], parent);
        people = people || (use[node] != MN__USE_NETWORK && use[node] != MN__USE_OTHER);
        /* What hangs on a device of another group cannot be shown beside that group. */
        if (o->group[node] < 0 || (!follows && parent >= 0 && use[parent] != MN__USE_NETWORK))
            return false;
    }
    return people;
}

bool mn__office_read(struct mn__office *o, const struct mn_model *m, int site, const int *item) {
    size_t all = (size_t)m->n_nodes + 1;
    *o = (struct mn__office){.m = m, .site = site};
    o->nodes = mn_new0((size_t)m->sites[site].nodes.n + 1, sizeof *o->nodes);
    o->parent = mn_new0(all, sizeof *o->parent);
    o->depth = mn_new0(all, sizeof *o->depth);
    o->group = mn_new0(all, sizeof *o->group);
    memset(o->parent, -1, all * sizeof *o->parent);
    memset(o->depth, -1, all * sizeof *o->depth);
    memset(o->group, -1, all * sizeof *o->group);
    if (!grow(o, item))
        return false;
    int *use = mn_new0(all, sizeof *use);
    memset(use, -1, all * sizeof *use);
    find_network(o, use);
    find_separate(o, use);
    find_meeting(o, use);
    find_places(o, use);
    bool ok = put_in_groups(o, use);
    free(use);
    return ok;
}

void mn__office_free(struct mn__office *o) {
    free(o->nodes);
    free(o->parent);
    free(o->depth);
    free(o->group);
}

/* Who looks after all devices of a group; MN_PARTY_NONE: several, or nobody is named. */
static struct mn_party keeper(const struct mn__office *o, int group) {
    struct mn_party by = {MN_PARTY_NONE, -1};
    bool any = false;
    for (int i = 0; i < o->n; i++) {
        if (o->group[o->nodes[i]] != group)
            continue;
        struct mn_party p = o->m->components[o->m->nodes[o->nodes[i]].component].by;
        if (any && (p.is != by.is || p.index != by.index))
            return (struct mn_party){MN_PARTY_NONE, -1};
        by = p;
        any = true;
    }
    return by;
}

const char *mn__office_name(struct mn__sheet *sheet, const struct mn__office *o, int group) {
    static const enum mn_message names[MN__USES] = {
        [MN__USE_NETWORK] = MN_M_site_network, [MN__USE_SEPARATE] = MN_M_site_separate,
        [MN__USE_WORK] = MN_M_site_work,       [MN__USE_COUNTER] = MN_M_site_counter,
        [MN__USE_MEETING] = MN_M_site_meeting, [MN__USE_OTHER] = MN_M_site_other};
    const struct mn__office_group *g = &o->groups[group];
    struct mn_party by = keeper(o, group);
    const char *name = mn_msg(names[g->use], sheet->lang);
    if (g->use == MN__USE_SEPARATE && by.is != MN_PARTY_NONE)
        return mn__full_name(by.is == MN_PARTY_TEAM ? o->m->teams[by.index].name
                                                    : o->m->roles[by.index].name,
                             sheet->lang);
    if (!g->again || g->feeder < 0)
        return name;
    const struct mn_node *feeder = &o->m->nodes[g->feeder];
    return mn_arena_printf(sheet->scene->arena, "%s · %s", name,
                           feeder->local ? feeder->local : o->m->components[feeder->component].id);
}
