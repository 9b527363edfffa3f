/* The view of a service: the services that it needs, and the hosts that all of them run on. */
#include "diagram/net.h"
#include "diagram/small.h"

#include <stdlib.h>
#include <string.h>

struct tree {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    struct mn__small small;
    int *service; /* item of each, -1 */
    int *node;
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

static int add_node(struct tree *t, int node, const char *how) {
    struct mn_arena *a = t->sheet->scene->arena;
    const struct mn_component *c = &t->m->components[t->m->nodes[node].component];
    if (t->node[node] >= 0)
        return t->node[node];
    const char *name = mn__device_name(t->m, t->m->nodes[node].component, t->sheet->lang, false);
    const char *site =
        c->site >= 0 ? mn__short_name(t->m->sites[c->site].name, t->sheet->lang) : "";
    struct mn__item item = {
        .name = name,
        .sub = mn_arena_printf(a, "%s%s%s%s", c->id, how, *site ? " · " : "", site),
        .parts = mn__device_parts(t->m, t->m->nodes[node].component),
        .symbol = mn__symbol_of(t->m, t->m->nodes[node].component),
        .look = {MN__WHITE, 0x1F4E79, 1.2, MN__SOLID, true},
        .ink = MN__INK,
        .mark = (enum mn_mark_as)t->sheet->component_marks[t->m->nodes[node].component],
        .id = mn_arena_printf(a, "node-%s", c->id),
        .cls = "node",
        .tip = mn_arena_printf(a, "%s (%s)", name, c->id),
        .frame = -1};
    int at = t->node[node] = mn__small_item(&t->small, item);
    const struct mn_ints *r = &t->m->nodes[node].requires;
    for (int i = 0; i < r->n; i++) {
        const struct mn_component *needed = &t->m->components[r->at[i]];
        if (needed->cls == MN_NODE)
            tie(t, at, add_node(t, needed->index, ""), stands, MN_M_key_stands, 2);
    }
    return at;
}

/* A small box between a service and the nodes of which one is enough. */
static int add_choice(struct tree *t, enum mn_message m, int n) {
    return mn__small_item(
        &t->small, (struct mn__item){.name = mn__say(t->sheet, m, MN_ARGS(mn__number(t->sheet, n))),
                                     .sub = "",
                                     .look = {0xE4E9EE, MN__GREY, 1, MN__SOLID, true},
                                     .ink = MN__INK,
                                     .cls = "choice",
                                     .parts = MN__ROLE,
                                     .frame = -1});
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
    for (int h = 0; h < s->n_hosts; h++) {
        const struct mn_host_group *g = &s->hosts[h];
        int from = at;
        if (g->n > 1) {
            from = add_choice(t, MN_M_service_any_of, g->n);
            tie(t, at, from, runs, MN_M_key_runs, 3);
        }
        for (int i = 0; i < g->n; i++) {
            bool standby = g->at[i].failover.after_s >= 0;
            tie(t, from,
                add_node(t, g->at[i].node,
                         standby ? mn_msg(MN_M_service_standby, t->sheet->lang) : ""),
                runs, MN_M_key_runs, 2);
        }
    }
    if (s->via.n) {
        int from = at;
        if (s->via.n > 1) {
            from = add_choice(t, MN_M_service_via_any, s->via.n);
            tie(t, at, from, through, MN_M_key_via, 1);
        }
        for (int i = 0; i < s->via.n; i++)
            tie(t, from, add_node(t, s->via.at[i], ""), through, MN_M_key_via, 1);
    }
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
    t.service = mn_new0((size_t)m->n_services + 1, sizeof *t.service);
    t.node = mn_new0((size_t)m->n_nodes + 1, sizeof *t.node);
    memset(t.service, -1, sizeof *t.service * ((size_t)m->n_services + 1));
    memset(t.node, -1, sizeof *t.node * ((size_t)m->n_nodes + 1));
    add_service(&t, service, true);
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
    return ok;
}
