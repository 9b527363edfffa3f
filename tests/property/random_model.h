/* Small random models as YAML, with every feature that decides what works. */
#ifndef TESTS_RANDOM_MODEL_H
#define TESTS_RANDOM_MODEL_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* splitmix64 (S. Vigna, public domain) */
static uint64_t random_next(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 … n-1 */
static int random_below(uint64_t *state, int n) {
    return (int)(random_next(state) % (uint64_t)n);
}

static bool random_chance(uint64_t *state, int percent) {
    return random_below(state, 100) < percent;
}

struct random_model {
    uint64_t *r;
    struct mn_buf *out;
    int n_sites, n_nodes, n_links, n_groups, n_services;
    bool rich;          /* in ways around a failure: more hubs, links, hosts, members of groups */
    char node[16][16];  /* ids */
    int node_site[16];  /* -1: none */
    bool ward[4];       /* of a site: its type is `ward`, else `pop` */
    unsigned locals[4]; /* of a site: which of random_locals it has */
    bool by_wards[4];   /* of a service: used at wards, else at pops */
    unsigned endpoints[4]; /* of a service: which of random_locals */
};

static const char *const random_locals[] = {"pc", "tv", "fw", "sw", "a", "b"};
static const char *const random_needs[] = {"0", "1M", "5M", "10M"};

static void random_kind_faults(struct random_model *g) {
    struct mn_buf *o = g->out;
    mn_buf_puts(o, "faults: {dead: {name: {vi: x, en: x}, repair: mend}, "
                   "flap: {name: {vi: x, en: x}, repair: mend, effect: intermittent}, "
                   "looks: {name: {vi: x, en: x}, repair: mend, effect: {shows: [odd]}}");
    mn_buf_printf(o, ", deny: {name: {vi: x, en: x}, repair: mend, effect: {blocks: [v%d",
                  random_below(g->r, g->n_services));
    if (g->n_services > 1 && random_chance(g->r, 30))
        mn_buf_printf(o, "]}}, deny-2: {name: {vi: x, en: x}, repair: mend, effect: {blocks: [v%d",
                      random_below(g->r, g->n_services));
    mn_buf_puts(o, "]}}");
    static const char *const shares[] = {"0", "0.1", "0.5"};
    mn_buf_printf(o,
                  ", slow: {name: {vi: x, en: x}, repair: mend, effect: {degrades: {capacity: "
                  "%s}}}}",
                  shares[random_below(g->r, 3)]);
}

static void random_kinds(struct random_model *g) {
    static const char *const kinds[][3] = {{"box", "node", ""},
                                           {"hub", "node", "transit: true, "},
                                           {"wire", "link", ""},
                                           {"duct", "shared-risk", ""},
                                           {"app", "service", ""}};
    mn_buf_puts(g->out, "kinds:\n");
    for (int i = 0; i < 5; i++) {
        mn_buf_printf(g->out, "  %s: {name: {vi: %s, en: %s}, class: %s, by: crew, %s", kinds[i][0],
                      kinds[i][0], kinds[i][0], kinds[i][1], kinds[i][2]);
        random_kind_faults(g);
        mn_buf_puts(g->out, "}\n");
    }
}

/* Whether the site has a device to use the service from. */
static bool random_can_use(const struct random_model *g, int site, int service) {
    return g->locals[site] & g->endpoints[service];
}

static void random_sites(struct random_model *g) {
    mn_buf_puts(g->out, "sites:\n");
    for (int s = 0; s < g->n_sites; s++) {
        mn_buf_printf(g->out, "  - {id: s%d, name: {vi: Nơi %d, en: Place %d}, type: %s", s, s, s,
                      g->ward[s] ? "ward" : "pop");
        if (g->n_groups && random_chance(g->r, 25))
            mn_buf_printf(g->out, ", powered_by: [g%d]", random_below(g->r, g->n_groups));
        for (int add = 0; add < 2; add++) {
            bool any = false;
            for (int v = 0; v < g->n_services; v++) {
                bool used = g->by_wards[v] == g->ward[s], can = random_can_use(g, s, v);
                if (add ? used || !can || random_chance(g->r, 75)
                        : !used || (can && random_chance(g->r, 90)))
                    continue;
                static const char *const keys[] = {", uses: {remove: [", ", uses: {add: ["};
                mn_buf_printf(g->out, "%sv%d", any ? ", " : keys[add], v);
                any = true;
            }
            if (any) {
                mn_buf_puts(g->out, "]}");
                break; /* one or the other */
            }
        }
        mn_buf_puts(g->out, "}\n");
    }
}

/* "key: [a, b]" of up to two nodes before `node`, or groups. */
static void random_supplies(struct random_model *g, const char *key, int node) {
    int first = -1;
    for (int i = 0; i < 2; i++) {
        int x = random_below(g->r, node + g->n_groups);
        if (x == first)
            break;
        mn_buf_printf(g->out, i ? ", " : ", %s: [", key);
        if (x < node)
            mn_buf_puts(g->out, g->node[x]);
        else
            mn_buf_printf(g->out, "g%d", x - node);
        first = x;
        if (random_chance(g->r, 60))
            break;
    }
    mn_buf_putc(g->out, ']');
}

static void random_nodes(struct random_model *g) {
    mn_buf_puts(g->out, "nodes:\n");
    for (int n = 0; n < g->n_nodes; n++) {
        int site = random_below(g->r, g->n_sites + 2) - 2, local = random_below(g->r, 6);
        for (int k = 0; site >= 0 && k < 6 && (g->locals[site] & 1u << local); k++)
            local = (local + 1) % 6;
        if (site < 0 || (g->locals[site] & 1u << local)) {
            site = -1;
            snprintf(g->node[n], sizeof g->node[n], "x%d", n);
        } else {
            g->locals[site] |= 1u << local;
            snprintf(g->node[n], sizeof g->node[n], "s%d/%s", site, random_locals[local]);
        }
        g->node_site[n] = site;
        mn_buf_printf(g->out, "  - {id: %s, kind: %s", g->node[n],
                      random_chance(g->r, site < 0  ? 80
                                          : g->rich ? 60
                                                    : 25)
                          ? "hub"
                          : "box");
        if (site >= 0)
            mn_buf_printf(g->out, ", site: s%d", site);
        if (n + g->n_groups && random_chance(g->r, 15))
            random_supplies(g, "powered_by", n);
        if (n + g->n_groups && random_chance(g->r, 20))
            random_supplies(g, "requires", n);
        if (random_chance(g->r, 10))
            mn_buf_puts(g->out, ", failover: {after: 5m, manual: true}");
        mn_buf_puts(g->out, "}\n");
    }
}

static void random_links(struct random_model *g) {
    mn_buf_puts(g->out, "links:\n");
    for (int l = 0; l < g->n_links; l++) {
        /* at first a tree, so that much is connected; then whatever comes */
        int a = l + 1 < g->n_nodes ? l + 1 : random_below(g->r, g->n_nodes);
        int b = l + 1 < g->n_nodes ? random_below(g->r, l + 1) : random_below(g->r, g->n_nodes);
        if (a == b)
            b = (a + 1) % g->n_nodes;
        mn_buf_printf(g->out, "  - {id: l%d, kind: wire, ends: [%s, %s]", l, g->node[a],
                      g->node[b]);
        if (random_chance(g->r, g->rich ? 20 : 40))
            mn_buf_printf(g->out, ", capacity: %s", random_needs[1 + random_below(g->r, 3)]);
        if (random_chance(g->r, 30))
            mn_buf_printf(g->out, ", delay: %dms", 1 + random_below(g->r, 9));
        mn_buf_puts(g->out, "}\n");
    }
}

static void random_groups(struct random_model *g) {
    mn_buf_puts(g->out, g->n_groups ? "shared_risk:\n" : "");
    for (int i = 0; i < g->n_groups; i++) {
        mn_buf_printf(g->out, "  - {id: g%d, kind: duct, name: {vi: g, en: g}", i);
        int members = random_below(g->r, g->rich ? 6 : 4), last = -1;
        for (int k = 0; k < members; k++) {
            int x = random_below(g->r, g->n_nodes + g->n_links + g->n_services);
            if (x <= last) /* ascending: no repetition */
                continue;
            mn_buf_puts(g->out, last < 0 ? ", members: [" : ", ");
            last = x;
            if (x < g->n_nodes)
                mn_buf_puts(g->out, g->node[x]);
            else if ((x -= g->n_nodes) < g->n_links)
                mn_buf_printf(g->out, "l%d", x);
            else
                mn_buf_printf(g->out, "v%d", x - g->n_links);
        }
        mn_buf_puts(g->out, last < 0 ? "}\n" : "]}\n");
    }
}

/* A node in or out of a list already begun. */
static void random_hosts(struct random_model *g) {
    int entries = 1 + random_chance(g->r, 35);
    mn_buf_puts(g->out, "hosts: [");
    for (int e = 0; e < entries; e++) {
        int n = 1 + random_chance(g->r, 50) + random_chance(g->r, 20) + g->rich;
        int first = random_below(g->r, g->n_nodes);
        n = n < g->n_nodes ? n : g->n_nodes;
        mn_buf_printf(g->out, "%s%s", e ? ", " : "", n > 1 ? "{any_of: [" : "");
        for (int i = 0; i < n; i++) {
            const char *id = g->node[(first + i) % g->n_nodes];
            if (random_chance(g->r, 25))
                mn_buf_printf(g->out, "%s{node: %s, failover: {after: 1h}}", i ? ", " : "", id);
            else
                mn_buf_printf(g->out, "%s%s", i ? ", " : "", id);
        }
        mn_buf_puts(g->out, n > 1 ? "]}" : "");
    }
    mn_buf_puts(g->out, "]");
}

static void random_services(struct random_model *g) {
    mn_buf_puts(g->out, "services:\n");
    for (int s = 0; s < g->n_services; s++) {
        mn_buf_printf(g->out, "  - {id: v%d, kind: app, name: {vi: v, en: v}, by: crew, ", s);
        random_hosts(g);
        if (s && random_chance(g->r, 40))
            mn_buf_printf(g->out, ", requires: [v%d]", random_below(g->r, s));
        if (random_chance(g->r, 25)) {
            int x = random_below(g->r, g->n_nodes), y = random_below(g->r, g->n_nodes);
            if (x == y)
                mn_buf_printf(g->out, ", via: %s", g->node[x]);
            else
                mn_buf_printf(g->out, ", via: {any_of: [%s, %s]}", g->node[x], g->node[y]);
        }
        if (random_chance(g->r, 50))
            mn_buf_printf(g->out, ", needs: %s", random_needs[1 + random_below(g->r, 3)]);
        mn_buf_puts(g->out, ", endpoint: [");
        for (int i = 0, some = 0; i < 6; i++)
            if (g->endpoints[s] & 1u << i)
                mn_buf_printf(g->out, "%s%s", some++ ? ", " : "", random_locals[i]);
        mn_buf_printf(g->out, "], used_at: [%s], main_activity: %s}\n",
                      g->by_wards[s] ? "ward" : "pop", random_chance(g->r, 50) ? "true" : "false");
    }
}

static void random_uses(struct random_model *g) {
    for (int s = 0; s < g->n_sites; s++)
        g->ward[s] = random_chance(g->r, 75);
    for (int v = 0; v < g->n_services; v++) {
        g->by_wards[v] = random_chance(g->r, 80);
        g->endpoints[v] = 1u << random_below(g->r, 6);
        for (int i = 0; i < 2; i++)
            if (random_chance(g->r, 60))
                g->endpoints[v] |= 1u << random_below(g->r, 6);
    }
}

/* Writes a model's network.yaml. */
static void random_model(uint64_t *r, struct mn_buf *out) {
    struct random_model g = {.r = r, .out = out};
    g.n_sites = 1 + random_below(r, 4);
    g.n_nodes = 3 + random_below(r, 8);
    g.rich = random_chance(r, 40);
    g.n_links = g.n_nodes - 1 + random_below(r, 6) + (g.rich ? 6 : 0);
    g.n_groups = random_below(r, 4);
    g.n_services = 1 + random_below(r, 4);
    mn_buf_puts(out, "network: {id: random, name: {vi: n, en: n}, status: illustrative, date: "
                     "2026-01-01}\n"
                     "teams: [{id: crew, name: {vi: t, en: t}}]\n"
                     "symptoms: [{id: odd, name: {vi: s, en: s}}]\n"
                     "severity:\n");
    if (random_chance(r, 70))
        mn_buf_puts(out, "  - {id: low, name: {vi: s, en: s}}\n");
    mn_buf_puts(out, "  - {id: medium, name: {vi: s, en: s}, when: {services: 1}}\n"
                     "  - {id: high, name: {vi: s, en: s}, when: [{main_activities: 1, sites: 2}, "
                     "{cut_off: 1}]}\n"
                     "  - {id: urgent, name: {vi: s, en: s}, when: {main_activities: 2, services: "
                     "2}}\n");
    random_uses(&g);
    random_kinds(&g);
    random_nodes(&g);
    random_sites(&g);
    random_links(&g);
    random_groups(&g);
    random_services(&g);
}

#endif
