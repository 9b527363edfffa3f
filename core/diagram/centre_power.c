/* Power, cooling and building of a data centre: who feeds whom, and what fails as one. */
#include "diagram/centre.h"

#include <stdlib.h>
#include <string.h>

struct supply {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    int site;
    struct mn__small *small;
    int *item; /* of each component, -1 */
};

#define POWER_COLOUR 0xA23B00u
#define RISK_COLOUR 0x4E5F00u

static const struct mn__look feeds = {MN__NO_COLOUR, POWER_COLOUR, 1.6, MN__SOLID, false};

static int add_item(struct supply *p, int component, const char *note, uint32_t colour) {
    struct mn_arena *a = p->sheet->scene->arena;
    const struct mn_component *c = &p->m->components[component];
    const char *name = mn__device_name(p->m, component, p->sheet->lang, false);
    const char *local = strrchr(c->id, '/');
    return p->item[component] = mn__small_item(
               p->small,
               (struct mn__item){.name = name,
                                 .sub = local && c->site == p->site ? local + 1 : c->id,
                                 .note = note,
                                 .wide = colour == RISK_COLOUR ? 1.35 : 0,
                                 .symbol = colour == POWER_COLOUR ? "power" : NULL,
                                 .look = {MN__WHITE, colour, 1.2, MN__SOLID, true},
                                 .ink = MN__INK,
                                 .mark = (enum mn_mark_as)p->sheet->component_marks[component],
                                 .id = mn_arena_printf(a, "power-%s", c->id),
                                 .cls = "power",
                                 .tip = mn_arena_printf(a, "%s (%s)", name, c->id),
                                 .frame = 0});
}

/* The powers of a component, none for what has none of its own. */
static const struct mn_ints *powers(const struct supply *p, int component) {
    static const struct mn_ints none;
    const struct mn_component *c = &p->m->components[component];
    return c->cls == MN_NODE ? &p->m->nodes[c->index].powered_by : &none;
}

/* A source and, above it, what feeds it. */
static void add_source(struct supply *p, int component) {
    const struct mn_ints *of = powers(p, component);
    if (p->item[component] >= 0)
        return;
    int at =
        add_item(p, component, of->n > 1 ? mn_msg(MN_M_centre_any_power, p->sheet->lang) : NULL,
                 POWER_COLOUR);
    for (int i = 0; i < of->n; i++) {
        add_source(p, of->at[i]);
        mn__small_tie(
            p->small,
            (struct mn__tie){.from = p->item[of->at[i]], .to = at, .weight = 2, .look = feeds});
    }
}

static bool is_source(const struct supply *p, int node) {
    return mn__only_power(p->m, p->site, node) || mn__is_carried(p->m, node);
}

/* A box for all that have the same sources. Returns the item. */
static int add_fed(struct supply *p, const struct mn_ints *by, int *fed) {
    const struct mn_ints *nodes = &p->m->sites[p->site].nodes;
    int n = 0;
    for (int i = 0; i < nodes->n; i++)
        if (!is_source(p, nodes->at[i]) && mn_ints_same(&p->m->nodes[nodes->at[i]].powered_by, by))
            fed[n++] = p->m->nodes[nodes->at[i]].component;
    int at = mn__small_item(
        p->small, (struct mn__item){
                      .name = mn__say(p->sheet, MN_M_centre_fed, MN_ARGS(mn__number(p->sheet, n))),
                      .sub = by->n > 1 ? mn_msg(MN_M_centre_any_power, p->sheet->lang) : "",
                      .note = mn__counted_names(p->sheet, fed, n),
                      .wide = 2.2,
                      .look = {MN__CHIP_FILL, POWER_COLOUR, 1, MN__SOLID, true},
                      .ink = MN__INK,
                      .cls = "fed",
                      .parts = MN__ROLE,
                      .frame = 0});
    for (int i = 0; i < by->n; i++) {
        add_source(p, by->at[i]);
        mn__small_tie(
            p->small,
            (struct mn__tie){.from = p->item[by->at[i]], .to = at, .weight = 2, .look = feeds});
    }
    return at;
}

/* Groups of this site that are no source of power: what stands in them fails with them. */
static void add_risks(struct supply *p, int below) {
    for (int g = 0; g < p->m->n_groups; g++) {
        const struct mn_group *group = &p->m->groups[g];
        if (p->m->components[group->component].site != p->site || p->item[group->component] >= 0 ||
            !group->members.n)
            continue;
        int at = add_item(
            p, group->component,
            mn__say(p->sheet, MN_M_centre_risk,
                    MN_ARGS(mn__counted_names(p->sheet, group->members.at, group->members.n))),
            RISK_COLOUR);
        if (below >= 0)
            mn__small_tie(p->small,
                          (struct mn__tie){.from = below, .to = at, .weight = 1, .hidden = true});
        mn__key_box(p->sheet, (struct mn__look){MN__WHITE, RISK_COLOUR, 1.2, MN__SOLID, true}, "",
                    mn_msg(MN_M_key_risk, p->sheet->lang));
    }
}

bool mn__centre_power(struct mn__sheet *sheet, int site, struct mn__small *small) {
    const struct mn_model *m = sheet->m;
    const struct mn_ints *nodes = &m->sites[site].nodes;
    struct supply p = {sheet, m, site, small, NULL};
    int *fed = mn_new0((size_t)nodes->n + 1, sizeof *fed), below = -1;
    p.item = mn_new0((size_t)m->n_components + 1, sizeof *p.item);
    memset(p.item, -1, sizeof *p.item * ((size_t)m->n_components + 1));
    small->sheet = sheet;
    small->down = true;
    small->widest = 10;
    mn__small_ground(small, mn_msg(MN_M_centre_power, sheet->lang), "power", POWER_COLOUR);
    for (int i = 0; i < nodes->n; i++) {
        const struct mn_ints *by = &m->nodes[nodes->at[i]].powered_by;
        bool known = is_source(&p, nodes->at[i]) || !by->n;
        for (int k = 0; k < i && !known; k++)
            known = !is_source(&p, nodes->at[k]) &&
                    mn_ints_same(&m->nodes[nodes->at[k]].powered_by, by);
        if (!known)
            below = add_fed(&p, by, fed);
    }
    if (small->n_ties)
        mn__key_line(sheet, feeds, mn_msg(MN_M_key_feeds, sheet->lang));
    add_risks(&p, below);
    free(fed);
    free(p.item);
    return small->n_items > 0;
}
