/* The view of a site: what stands in it, from where its lines come in to the devices people use. */

#include "diagram/inside.h"
#include "diagram/net.h"
#include "diagram/office.h"
#include "diagram/site_lists.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct office {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    const struct mn_site *site;
    int index;
    struct mn__small small;
    int *item;     /* of each node; -1: not drawn */
    int *distance; /* of each node from the outside */
    int devices;
    bool grouped; /* it is an office as people know it: then there is a plan */
    struct mn__office plan;
};

static enum mn_mark_as mark_of(const struct office *o, int component) {
    return (enum mn_mark_as)o->sheet->component_marks[component];
}

static const struct mn_component *component_of(const struct office *o, int node) {
    return &o->m->components[o->m->nodes[node].component];
}

static void add_node(struct office *o, int node) {
    struct mn__sheet *sheet = o->sheet;
    struct mn_arena *a = sheet->scene->arena;
    const struct mn_component *c = component_of(o, node);
    bool inside = c->site == o->index;
    const char *name = inside
                           ? mn__device_name(o->m, o->m->nodes[node].component, sheet->lang, false)
                           : mn__node_name(o->m, node, sheet->lang, a);
    const char *local = strrchr(c->id, '/');
    uint32_t colour = inside ? MN__INK : MN__CORE_COLOUR;
    struct mn__item item = {.name = name,
                            .sub = inside ? (local ? local + 1 : c->id) : c->id,
                            .parts = mn__device_parts(o->m, o->m->nodes[node].component),
                            .symbol = mn__symbol_of(o->m, o->m->nodes[node].component),
                            .look = {MN__WHITE, inside ? 0x1F4E79 : MN__CORE_COLOUR, 1.3,
                                     inside ? MN__SOLID : MN__DASHED, true},
                            .ink = colour,
                            .mark = mark_of(o, o->m->nodes[node].component),
                            .id = mn_arena_printf(a, "node-%s", c->id),
                            .cls = inside ? "node" : "node outside",
                            .tip = mn_arena_printf(a, "%s (%s)", name, c->id),
                            .frame = -1,
                            .first = !inside};
    o->item[node] = mn__small_item(&o->small, item);
}

static int line_number(const struct office *o, int link) {
    for (int i = 0; i < o->site->lines.n; i++)
        if (o->site->lines.at[i] == link)
            return i;
    return -1;
}

/* The kind of the site's first line. */
static int usual_kind(const struct office *o) {
    return o->site->lines.n ? o->m->components[o->m->links[o->site->lines.at[0]].component].kind
                            : -1;
}

static void add_link(struct office *o, int link) {
    struct mn__sheet *sheet = o->sheet;
    struct mn_arena *a = sheet->scene->arena;
    const struct mn_link *l = &o->m->links[link];
    const struct mn_component *c = &o->m->components[l->component];
    int from = l->end[0], to = l->end[1], number = line_number(o, link);
    if (o->item[from] < 0 || o->item[to] < 0 || from == to)
        return;
    bool inside = component_of(o, from)->site == o->index && component_of(o, to)->site == o->index;
    if (component_of(o, from)->site != o->index && component_of(o, to)->site != o->index)
        return;
    int df = o->distance[from] < 0 ? 1000 : o->distance[from];
    int dt = o->distance[to] < 0 ? 1000 : o->distance[to];
    if (df > dt) {
        from = l->end[1];
        to = l->end[0];
    }
    struct mn__look look = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
    const char *key = mn_msg(MN_M_key_cable, sheet->lang), *label = "";
    char capacity[24] = "";
    if (!inside) {
        look = number > 0 ? (struct mn__look){MN__NO_COLOUR, MN__DIM, 2.4, MN__DASHED, false}
                          : (struct mn__look){MN__NO_COLOUR, 0x005F96, 3.2, MN__SOLID, false};
        key = mn_msg(number > 0 ? MN_M_key_line_backup : MN_M_key_line_primary, sheet->lang);
        if (number < 0) {
            look.width = 2.2;
            key = mn_msg(MN_M_key_outside, sheet->lang);
        }
        if (l->capacity > 0)
            mn_capacity_text(l->capacity, capacity);
        /* The look tells the usual kind of line; another kind is named. */
        const char *kind = number > 0 && c->kind >= 0 && c->kind != usual_kind(o)
                               ? mn__short_name(o->m->kinds[c->kind].name, sheet->lang)
                               : "";
        label = mn_arena_printf(a, "%s%s%s", capacity, *capacity && *kind ? " · " : "", kind);
    }
    mn__key_line(sheet, look, key);
    mn__small_tie(&o->small,
                  (struct mn__tie){.from = o->item[from],
                                   .to = o->item[to],
                                   .weight = inside       ? 4
                                             : number > 0 ? 1
                                                          : 6,
                                   .look = look,
                                   .label = label,
                                   .id = mn_arena_printf(a, "link-%s", c->id),
                                   .tip = mn_arena_printf(a, "%s (%s)%s%s",
                                                          mn__full_name(c->name, sheet->lang),
                                                          c->id, *capacity ? " · " : "", capacity),
                                   .mark = mark_of(o, l->component)});
}

static bool linked(const struct office *o, int a, int b) {
    for (int i = 0; i < o->m->nodes[a].links.n; i++) {
        const struct mn_link *l = &o->m->links[o->m->nodes[a].links.at[i]];
        if (l->end[0] == b || l->end[1] == b)
            return true;
    }
    return false;
}

/* What a device needs of another in the site, where no cable shows it. */
static void add_needs(struct office *o, int node) {
    const struct mn_ints *r = &o->m->nodes[node].requires;
    struct mn__look look = {MN__NO_COLOUR, MN__CENTRE_COLOUR, 1.3, MN__DOTTED, false};
    for (int i = 0; i < r->n; i++) {
        const struct mn_component *c = &o->m->components[r->at[i]];
        if (c->cls != MN_NODE || o->item[c->index] < 0 || linked(o, node, c->index))
            continue;
        mn__key_line(o->sheet, look, mn_msg(MN_M_key_needs, o->sheet->lang));
        mn__small_tie(&o->small, (struct mn__tie){.from = o->item[c->index],
                                                  .to = o->item[node],
                                                  .weight = 1,
                                                  .look = look});
    }
}

static void gather(struct office *o) {
    const struct mn_model *m = o->m;
    for (int i = 0; i < m->n_nodes; i++)
        o->item[i] = -1;
    /* What is outside comes first, so that dot puts it before what it leads to. */
    for (int i = 0; i < o->site->nodes.n; i++) {
        int node = o->site->nodes.at[i];
        const struct mn_node *n = &m->nodes[node];
        for (int k = 0; k < n->links.n; k++) {
            const struct mn_link *l = &m->links[n->links.at[k]];
            int other = l->end[l->end[0] == node];
            const struct mn_component *c = component_of(o, other);
            /* A data centre's own points may be many: a unit's lines to here are not drawn. */
            bool unit_line = c->site >= 0 && c->site != o->index && m->sites[c->site].lines.n > 0;
            if (c->site != o->index && o->item[other] < 0 && !unit_line)
                add_node(o, other);
        }
    }
    for (int i = 0; i < o->site->nodes.n; i++)
        if (!mn__only_power(o->m, o->index, o->site->nodes.at[i])) {
            add_node(o, o->site->nodes.at[i]);
            o->devices++;
        }
    o->grouped = mn__office_read(&o->plan, o->m, o->index, o->item);
    if (o->grouped)
        for (int i = 0; i < m->n_nodes; i++)
            o->distance[i] = o->plan.depth[i] > 0 ? o->plan.depth[i] : 0;
    else
        mn__inside_distances(o->m, o->index, o->item, o->distance);
    for (int i = 0; i < m->n_links; i++)
        add_link(o, i);
    for (int i = 0; i < o->site->nodes.n; i++)
        if (o->item[o->site->nodes.at[i]] >= 0)
            add_needs(o, o->site->nodes.at[i]);
}

/* How high the parts of the sheet are, and how large the lists' texts. */
struct parts {
    double picture, power, services, gap, size;
};

static struct mn__rect part(const struct office *o, double y, double h) {
    return (struct mn__rect){o->sheet->body.x, y, o->sheet->body.w, h};
}

/* The lists' texts are as large as second lines are; what they leave is the picture's. */
static struct parts measure_parts(struct office *o) {
    struct mn__sheet *sheet = o->sheet;
    struct parts p = {.gap = o->small.size * 0.8, .size = mn__small_size(&o->small)};
    p.power = mn__site_power(sheet, o->index, sheet->body, p.size, false);
    p.services = mn__site_services(sheet, o->index, sheet->body, p.size, false);
    p.picture = sheet->body.h - p.power - p.services - (p.power > 0 ? p.gap : 0) -
                (p.services > 0 ? p.gap : 0);
    return p;
}

static void draw_lists(struct office *o, struct parts p) {
    double bottom = o->sheet->body.y + o->sheet->body.h;
    double services = bottom - p.services;
    double power = (p.services > 0 ? services - p.gap : bottom) - p.power;
    mn__site_power(o->sheet, o->index, part(o, power, p.power), p.size, true);
    mn__site_services(o->sheet, o->index, part(o, services, p.services), p.size, true);
}

/* An office, with texts as large as all of it fits; if need be with ids beside names. */
static bool place_office(struct office *o, struct parts *p) {
    struct mn__sheet *sheet = o->sheet;
    double least = sheet->least_name, most = fmax(least, 13 * sheet->unit);
    for (int beside = 0; beside < 2; beside++) {
        for (int i = 0; i < o->small.n_items; i++)
            o->small.items[i].beside = beside;
        for (double size = most; size > least - 0.5; size -= 0.5) {
            o->small.size = fmax(size, least);
            *p = measure_parts(o);
            if (mn__office_place(&o->small, &o->plan, o->item, part(o, sheet->body.y, p->picture)))
                return true;
        }
    }
    return false;
}

/* Any other site, and an office of unusual shape: what stands in it on one ground, in ranks. */
static bool place_other(struct office *o, struct parts *p) {
    struct mn__sheet *sheet = o->sheet;
    for (int i = 0; i < o->small.n_items; i++) {
        o->small.items[i].wide = 0;
        o->small.items[i].beside = false;
    }
    o->small.widest = 0;
    o->small.n_grounds = 0;
    const char *name = mn__full_name(o->site->name, sheet->lang);
    const char *id = mn_arena_printf(sheet->scene->arena, "site-%s", o->site->id);
    int ground = mn__small_ground(&o->small, name, id, 0x1F4E79);
    for (int i = 0; i < o->site->nodes.n; i++)
        if (o->item[o->site->nodes.at[i]] >= 0)
            o->small.items[o->item[o->site->nodes.at[i]]].frame = ground;
    o->small.size = fmax(sheet->least_name, 9 * sheet->unit);
    *p = measure_parts(o);
    return mn__small_place(&o->small, part(o, sheet->body.y, p->picture));
}

bool mn__draw_site(struct mn__sheet *sheet) {
    if (sheet->picture->subjects[0].scope != MN_SCOPE_SITE)
        return mn__refuse(sheet, MN_D_diagram_subject_site, NULL, NULL, NULL);
    const struct mn_model *m = sheet->m;
    if (mn__hosts_services(m, sheet->picture->subjects[0].index)) /* no office: by its tiers */
        return mn__draw_data_centre(sheet);
    struct office o = {.sheet = sheet, .m = m, .index = sheet->picture->subjects[0].index};
    struct parts parts = {0};
    o.site = &m->sites[o.index];
    o.small.sheet = sheet;
    o.item = mn_new0((size_t)m->n_nodes + 1, sizeof *o.item);
    o.distance = mn_new0((size_t)m->n_nodes + 1, sizeof *o.distance);
    gather(&o);
    const char *name = mn__full_name(o.site->name, sheet->lang);
    mn__frame(
        sheet, mn__say(sheet, MN_M_site_title, MN_ARGS(name)),
        mn__say(sheet, MN_M_site_subtitle,
                MN_ARGS(o.site->id, mn__number(sheet, o.devices),
                        mn__number(sheet, o.site->lines.n), mn__number(sheet, o.site->uses.n))),
        sheet->picture->n_marks ? 2 : 1);
    bool ok = o.small.n_items > 0;
    if (!ok)
        mn__refuse(sheet, MN_D_diagram_empty_site, name, NULL, NULL);
    else if (!(ok = (o.grouped && place_office(&o, &parts)) || place_other(&o, &parts)))
        mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    if (ok) {
        mn__small_draw(&o.small);
        draw_lists(&o, parts);
        mn__frame_end(sheet);
    }
    mn__small_fini(&o.small);
    mn__office_free(&o.plan);
    free(o.item);
    free(o.distance);
    return ok;
}
