/* The view of a service: the services that it needs, the machines of which one is enough, and what
 * these stand on. */
#include "diagram/net.h"
#include "diagram/small.h"

#include <stdlib.h>
#include <string.h>

struct tree {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    struct mn__small small;
    int *service;    /* item of each, -1 */
    int *node;       /* item of each, -1 */
    int *foundation; /* of each node: the item that it stands on, -1: not known yet */
    int n_foundations;
    int *wanted; /* of each node: how many choices and foundations would hold it */
};

static const struct mn__look needs = {MN__NO_COLOUR, MN__CENTRE_COLOUR, 2, MN__SOLID, false};
static const struct mn__look runs = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
static const struct mn__look through = {MN__NO_COLOUR, 0x8F5F00, 1.4, MN__DASHED, false};
static const struct mn__look stands = {MN__NO_COLOUR, MN__DIM, 1.4, MN__DOTTED, false};

static void tie(struct tree *t, int from, int to, struct mn__look look, enum mn_message key,
                int weight) {
    for (int i = 0; i < t->small.n_ties; i++)
        if (t->small.ties[i].from == from && t->small.ties[i].to == to)
            return;
    mn__small_tie(&t->small,
                  (struct mn__tie){.from = from, .to = to, .weight = weight, .look = look});
    mn__key_line(t->sheet, look, mn_msg(key, t->sheet->lang));
}

/* What a node stands on: the machines that carry it, any one of which is enough, and what it
 * requires. Returns how many, at most `max`; *carriers: how many of them, first in the list, carry.
 */
static int foundation_of(const struct tree *t, int node, int *nodes, int max, int *carriers) {
    const struct mn_node *n = &t->m->nodes[node];
    const struct mn_ints *lists[2] = {&n->powered_by, &n->requires};
    int count = 0;
    *carriers = 0;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < lists[k]->n && count < max; i++) {
            const struct mn_component *c = &t->m->components[lists[k]->at[i]];
            if (c->cls != MN_NODE || c->index == node || (k == 0 && !t->m->nodes[c->index].links.n))
                continue;
            nodes[count++] = c->index;
            *carriers += k == 0;
        }
    return count;
}

static bool same_foundation(const struct mn_node *a, const struct mn_node *b) {
    return mn_ints_same(&a->powered_by, &b->powered_by) && mn_ints_same(&a->requires, &b->requires);
}

enum { MOST_FOUNDATION = 40 };

static int add_node(struct tree *t, int node, int block, const char *note);

/* A frame around machines: `name` says how many of them are needed. */
static int add_block(struct tree *t, const char *name, uint32_t colour) {
    return mn__small_item(
        &t->small, (struct mn__item){.name = name,
                                     .columns = 1,
                                     .look = {mn__tint(colour, 7), colour, 1.2, MN__SOLID, true},
                                     .ink = colour,
                                     .cls = "choice",
                                     .frame = -1});
}

/* Lines from every machine to what it stands on would hide the rest: both have a letter instead. */
static void stand_on(struct tree *t, int item, int foundation) {
    const char *key = mn_msg(MN_M_key_stands_chip, t->sheet->lang);
    t->small.items[item].chip = t->small.items[foundation].chip;
    mn__key_chip(t->sheet, (struct mn__look){MN__CHIP_FILL, MN__CHIP_LINE, 0.8, MN__SOLID, true},
                 "A", key);
    mn__small_tie(&t->small,
                  (struct mn__tie){.from = item, .to = foundation, .weight = 1, .hidden = true});
}

/* Ties an item to what its node stands on; like machines share one frame. */
static void add_foundation(struct tree *t, int node, int item) {
    int nodes[MOST_FOUNDATION], carriers;
    int n = foundation_of(t, node, nodes, MOST_FOUNDATION, &carriers);
    bool own = n > 1; /* nothing in it is drawn elsewhere */
    for (int i = 0; i < n; i++)
        own = own && t->wanted[nodes[i]] == 1 && t->node[nodes[i]] < 0;
    for (int i = 0; i < t->m->n_nodes && n && t->foundation[node] < 0; i++)
        if (t->foundation[i] >= 0 && same_foundation(&t->m->nodes[i], &t->m->nodes[node]))
            t->foundation[node] = t->foundation[i];
    if (t->foundation[node] < 0 && own) {
        int site = t->m->components[t->m->nodes[nodes[0]].component].site;
        t->foundation[node] = add_block(
            t, site < 0 ? "" : mn__short_name(t->m->sites[site].name, t->sheet->lang), MN__DIM);
        t->small.items[t->foundation[node]].chip =
            mn_arena_printf(t->sheet->scene->arena, "%c", 'A' + t->n_foundations++ % 26);
        for (int i = 0; i < n; i++)
            add_node(t, nodes[i], t->foundation[node],
                     i >= carriers  ? mn_msg(MN_M_service_must, t->sheet->lang)
                     : carriers > 1 ? mn__say(t->sheet, MN_M_service_any_of,
                                              MN_ARGS(mn__number(t->sheet, carriers)))
                                    : NULL);
    }
    if (t->foundation[node] >= 0) {
        stand_on(t, item, t->foundation[node]);
        return;
    }
    for (int i = 0; i < n; i++)
        tie(t, item, add_node(t, nodes[i], -1, NULL), stands, MN_M_key_stands, 1);
}

static int add_node(struct tree *t, int node, int block, const char *note) {
    struct mn_arena *a = t->sheet->scene->arena;
    const struct mn_component *c = &t->m->components[t->m->nodes[node].component];
    if (t->node[node] >= 0)
        return t->node[node];
    bool standby = t->m->nodes[node].failover.after_s >= 0;
    const char *name = mn__device_name(t->m, t->m->nodes[node].component, t->sheet->lang, false);
    const char *site =
        c->site >= 0 ? mn__short_name(t->m->sites[c->site].name, t->sheet->lang) : "";
    bool told = block >= 0 && strcmp(t->small.items[block].name, site) == 0;
    struct mn__item item = {
        .name = name,
        .sub = mn_arena_printf(a, "%s%s%s", c->id, *site && !told ? " · " : "", told ? "" : site),
        .parts = mn__device_parts(t->m, t->m->nodes[node].component),
        .symbol = mn__symbol_of(t->m, t->m->nodes[node].component),
        .look = {MN__WHITE, 0x1F4E79, 1.2, standby ? MN__DASHED : MN__SOLID, true},
        .ink = MN__INK,
        .mark = (enum mn_mark_as)t->sheet->component_marks[t->m->nodes[node].component],
        .id = mn_arena_printf(a, "node-%s", c->id),
        .cls = standby ? "node standby" : "node",
        .tip = mn_arena_printf(a, "%s (%s)", name, c->id),
        .note = note,
        .block = block + 1,
        .frame = -1};
    int at = t->node[node] = mn__small_item(&t->small, item);
    add_foundation(t, node, at);
    return at;
}

/* A small box between a service and the nodes of which one is enough. */
static int add_choice(struct tree *t, const char *name) {
    return mn__small_item(&t->small,
                          (struct mn__item){.name = name,
                                            .sub = "",
                                            .look = {0xE4E9EE, MN__GREY, 1, MN__SOLID, true},
                                            .ink = MN__INK,
                                            .cls = "choice",
                                            .parts = MN__ROLE,
                                            .frame = -1});
}

/* Ties a service to nodes of which one is enough: they share a frame, unless one of them is wanted
 * elsewhere too. Standbys come last. */
static void add_nodes(struct tree *t, int from, const struct mn_host *hosts, int n,
                      enum mn_message name, struct mn__look look, enum mn_message key) {
    bool own = n > 1;
    int to = from;
    for (int i = 0; i < n; i++)
        own = own && t->wanted[hosts[i].node] == 1 && t->node[hosts[i].node] < 0;
    if (n > 1) {
        const char *text = mn__say(t->sheet, name, MN_ARGS(mn__number(t->sheet, n)));
        to = own ? add_block(t, text, look.line) : add_choice(t, text);
        tie(t, from, to, look, key, 6);
    }
    for (int later = 0; later < 2; later++)
        for (int i = 0; i < n; i++) {
            const struct mn_failover *f = &hosts[i].failover;
            if ((f->after_s >= 0) != later)
                continue;
            int at = add_node(t, hosts[i].node, own ? to : -1,
                              later ? mn__standby_text(t->sheet, f) : NULL);
            if (!own)
                tie(t, to, at, look, key, 3);
        }
}

static void add_via(struct tree *t, int from, const struct mn_ints *via) {
    struct mn_host *gates = mn_new0((size_t)via->n + 1, sizeof *gates);
    for (int i = 0; i < via->n; i++)
        gates[i] = (struct mn_host){via->at[i], {-1, false}};
    add_nodes(t, from, gates, via->n, MN_M_service_via_any, through, MN_M_key_via);
    free(gates);
}

static int add_service(struct tree *t, int service, bool root) {
    struct mn_arena *a = t->sheet->scene->arena;
    const struct mn_service *s = &t->m->services[service];
    const struct mn_component *c = &t->m->components[s->component];
    if (t->service[service] >= 0)
        return t->service[service];
    const char *name = mn__full_name(c->name, t->sheet->lang);
    int at = t->service[service] = mn__small_item(
        &t->small,
        (struct mn__item){.name = name,
                          .sub = c->id,
                          .symbol = "service",
                          .look = {root ? mn__tint(MN__CENTRE_COLOUR, 10) : MN__WHITE,
                                   MN__CENTRE_COLOUR, root ? 2.6 : 1.5, MN__SOLID, true},
                          .ink = MN__INK,
                          .mark = (enum mn_mark_as)t->sheet->component_marks[s->component],
                          .id = mn_arena_printf(a, "service-%s", c->id),
                          .cls = "service",
                          .tip = name,
                          .frame = -1});
    for (int i = 0; i < s->requires.n; i++)
        tie(t, at, add_service(t, s->requires.at[i], false), needs, MN_M_key_needs, 3);
    for (int h = 0; h < s->n_hosts; h++)
        add_nodes(t, at, s->hosts[h].at, s->hosts[h].n, MN_M_service_any_of, runs, MN_M_key_runs);
    add_via(t, at, &s->via);
    return at;
}

/* Counts what wants each node, over all services that are reached. */
static void count_wanted(struct tree *t, int service, bool *seen, bool *stood) {
    const struct mn_service *s = &t->m->services[service];
    if (seen[service])
        return;
    seen[service] = true;
    for (int i = 0; i < s->via.n; i++)
        t->wanted[s->via.at[i]]++;
    for (int h = 0; h < s->n_hosts; h++)
        for (int i = 0; i < s->hosts[h].n; i++)
            t->wanted[s->hosts[h].at[i].node]++;
    for (int h = 0; h < s->n_hosts; h++)
        for (int i = 0; i < s->hosts[h].n; i++) {
            int nodes[MOST_FOUNDATION], carriers, node = s->hosts[h].at[i].node;
            int n = foundation_of(t, node, nodes, MOST_FOUNDATION, &carriers);
            bool known = false; /* counted with another that stands on the same */
            for (int k = 0; k < t->m->n_nodes && !known; k++)
                known = stood[k] && same_foundation(&t->m->nodes[k], &t->m->nodes[node]);
            for (int k = 0; k < n && !known; k++)
                t->wanted[nodes[k]]++;
            stood[node] = true;
        }
    for (int i = 0; i < s->requires.n; i++)
        count_wanted(t, s->requires.at[i], seen, stood);
}

static void fill(struct tree *t, int service) {
    bool *seen = mn_new0((size_t)t->m->n_services + 1, sizeof *seen);
    bool *stood = mn_new0((size_t)t->m->n_nodes + 1, sizeof *stood);
    count_wanted(t, service, seen, stood);
    add_service(t, service, true);
    free(seen);
    free(stood);
}

static int *indices(int n) {
    int *at = mn_new0((size_t)n + 1, sizeof *at);
    memset(at, -1, sizeof *at * ((size_t)n + 1));
    return at;
}

bool mn__draw_service(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    struct mn_found f = sheet->picture->subjects[0];
    if ((f.scope != MN_SCOPE_SERVICE && f.scope != MN_SCOPE_COMPONENT) ||
        m->components[f.index].cls != MN_SERVICE)
        return mn__refuse(sheet, MN_D_diagram_subject_service, NULL, NULL, NULL);
    int service = m->components[f.index].index, users = 0;
    struct tree t = {.sheet = sheet, .m = m};
    t.small.sheet = sheet;
    t.service = indices(m->n_services);
    t.node = indices(m->n_nodes);
    t.foundation = indices(m->n_nodes);
    t.wanted = mn_new0((size_t)m->n_nodes + 1, sizeof *t.wanted);
    fill(&t, service);
    for (int i = 0; i < m->n_sites; i++)
        for (int k = 0; k < m->sites[i].uses.n; k++)
            users += m->sites[i].uses.at[k] == service;
    mn__frame(sheet,
              mn__say(sheet, MN_M_service_title,
                      MN_ARGS(mn__full_name(m->components[f.index].name, sheet->lang))),
              mn__say(sheet, MN_M_service_subtitle,
                      MN_ARGS(m->components[f.index].id, mn__number(sheet, users))),
              2);
    bool ok = mn__small_place(&t.small, sheet->body);
    if (ok) {
        mn__small_draw(&t.small);
        mn__frame_end(sheet);
    } else {
        mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    }
    mn__small_fini(&t.small);
    free(t.service);
    free(t.node);
    free(t.foundation);
    free(t.wanted);
    return ok;
}
