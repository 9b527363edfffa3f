/* The view of a site: what stands in it, from where its lines come in to the devices people use. */
#include "diagram/inside.h"
#include "diagram/net.h"
#include "diagram/small.h"
#include "diagram/type.h"

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
};

static enum mn_mark_as mark_of(const struct office *o, int component) {
    return (enum mn_mark_as)o->sheet->component_marks[component];
}

static const struct mn_component *component_of(const struct office *o, int node) {
    return &o->m->components[o->m->nodes[node].component];
}

static void add_node(struct office *o, int node, int ground) {
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
                            .frame = ground,
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
    const char *name = mn__full_name(o->site->name, o->sheet->lang);
    int ground = mn__small_ground(
        &o->small, name, mn_arena_printf(o->sheet->scene->arena, "site-%s", o->site->id), 0x1F4E79);
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
                add_node(o, other, -1);
        }
    }
    for (int i = 0; i < o->site->nodes.n; i++)
        if (!mn__only_power(o->m, o->index, o->site->nodes.at[i])) {
            add_node(o, o->site->nodes.at[i], ground);
            o->devices++;
        }
    mn__inside_distances(o->m, o->index, o->item, o->distance);
    for (int i = 0; i < m->n_links; i++)
        add_link(o, i);
    for (int i = 0; i < o->site->nodes.n; i++)
        if (o->item[o->site->nodes.at[i]] >= 0)
            add_needs(o, o->site->nodes.at[i]);
}

/* The names of what a source gives power to in the site. */
static const char *fed_by(struct office *o, int component) {
    int *fed = mn_new0((size_t)o->site->nodes.n + 1, sizeof *fed), n = 0;
    for (int i = 0; i < o->site->nodes.n; i++) {
        const struct mn_node *node = &o->m->nodes[o->site->nodes.at[i]];
        for (int k = 0; k < node->powered_by.n; k++)
            if (node->powered_by.at[k] == component)
                fed[n++] = node->component;
    }
    const char *names = mn__counted_names(o->sheet, fed, n);
    free(fed);
    return names;
}

/* The sources of power of what stands in the site, each once; not the hosts of virtual machines. */
static int sources(const struct office *o, int *of, int max) {
    int n = 0;
    for (int i = 0; i < o->site->nodes.n; i++) {
        const struct mn_ints *p = &o->m->nodes[o->site->nodes.at[i]].powered_by;
        for (int k = 0; k < p->n; k++) {
            const struct mn_component *c = &o->m->components[p->at[k]];
            int j = 0;
            if (c->cls == MN_NODE && o->m->nodes[c->index].links.n)
                continue;
            while (j < n && of[j] != p->at[k])
                j++;
            if (j == n && n < max)
                of[n++] = p->at[k];
        }
    }
    return n;
}

static void draw_power(struct office *o, struct mn__rect r, const int *of, int n) {
    struct mn__sheet *sheet = o->sheet;
    double size = fmax(8.5 * sheet->unit, sheet->least_text), gap = 8;
    mn__layer(sheet, MN__LATE_LAYER, mn_msg(MN_M_key_power, sheet->lang));
    double w = (r.w - gap * (n - 1)) / n;
    for (int i = 0; i < n; i++) {
        const struct mn_component *c = &o->m->components[of[i]];
        struct mn__rect at = {r.x + i * (w + gap), r.y, w, r.h};
        uint32_t ink = MN__INK;
        struct mn__look look = {MN__WHITE, 0xA23B00, 1.1, MN__DOTTED, true};
        look = mn__marked(sheet, mark_of(o, of[i]), look, &ink);
        int b = mn__put_box(sheet->scene, -1, at, look);
        const char *name = mn__device_name(o->m, of[i], sheet->lang, false);
        mn__put_name(sheet->scene, b, mn_arena_printf(sheet->scene->arena, "power-%s", c->id),
                     "power", mn_arena_printf(sheet->scene->arena, "%s (%s)", name, c->id));
        double x = at.x + 6 + mn__mark_tile(sheet, b, mark_of(o, of[i]));
        if (w > 90) {
            mn__icon(sheet->scene, b, "power", x, at.y + 5, 14, mark_of(o, of[i]) ? ink : 0xA23B00);
            x += 19;
        }
        double room = at.x + at.w - 6 - x;
        int t =
            mn__put_text_in(sheet->scene, b, x, at.y + 12, MN__LEFT, room, name, size, true, ink);
        mn__put_parts(sheet->scene, t, mn__device_parts(o->m, of[i]), name);
        double note = fmax(sheet->least_text, 7.5 * sheet->unit);
        const char *text = mn__say(sheet, MN_M_site_feeds, MN_ARGS(fed_by(o, of[i])));
        const char *lines[2];
        int k = mn__text_wrap(sheet->scene->arena, text, note, false, room, 2, lines);
        for (int j = 0; j < k; j++)
            mn__put_parts(sheet->scene,
                          mn__put_text(sheet->scene, b, x, at.y + 12 + size * 1.3 + j * note * 1.25,
                                       MN__LEFT, lines[j], note, false,
                                       ink == MN__INK ? MN__DIM : ink),
                          MN__WAY, j ? "" : text);
    }
    mn__key_box(sheet, (struct mn__look){MN__WHITE, 0xA23B00, 1.1, MN__DOTTED, false}, "",
                mn_msg(MN_M_key_power, sheet->lang));
}

static void draw_services(struct office *o, struct mn__rect r) {
    struct mn__sheet *sheet = o->sheet;
    struct mn_buf b = MN_BUF_INIT;
    const char *lines[3];
    mn__layer(sheet, MN__LATE_LAYER + 1, mn_msg(MN_M_layer_services, sheet->lang));
    mn_buf_puts(&b, mn_msg(MN_M_site_uses, sheet->lang));
    for (int i = 0; i < o->site->uses.n; i++) {
        const struct mn_component *c =
            &o->m->components[o->m->services[o->site->uses.at[i]].component];
        mn_buf_puts(&b, i ? " · " : " ");
        mn_buf_puts(&b, mn__short_name(c->name, sheet->lang));
    }
    const char *clean = mn_buf_text(&b);
    double size = fmax(sheet->least_text, 7.5 * sheet->unit);
    int n = mn__text_wrap(sheet->scene->arena, clean, size, false, r.w, 3, lines);
    for (int i = 0; i < n; i++)
        mn__put_text(sheet->scene, -1, r.x, r.y + size * (0.7 + 1.3 * i), MN__LEFT, lines[i], size,
                     false, MN__INK);
    mn_buf_fini(&b);
}

bool mn__draw_site(struct mn__sheet *sheet) {
    if (sheet->picture->subjects[0].scope != MN_SCOPE_SITE)
        return mn__refuse(sheet, MN_D_diagram_subject_site, NULL, NULL, NULL);
    const struct mn_model *m = sheet->m;
    struct office o = {.sheet = sheet, .m = m, .index = sheet->picture->subjects[0].index};
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
        2);
    struct mn__rect room = sheet->body;
    int of[12], n = sources(&o, of, 12);
    double u = sheet->unit;
    struct mn__rect uses = {room.x, room.y + room.h - 34 * u, room.w, 34 * u};
    if (o.site->uses.n)
        room.h -= 38 * u;
    struct mn__rect power = {room.x, room.y + room.h - 50 * u, room.w, 50 * u};
    if (n)
        room.h -= 58 * u;
    bool ok = o.small.n_items > 0;
    if (!ok)
        mn__refuse(sheet, MN_D_diagram_empty_site, name, NULL, NULL);
    else if (!(ok = mn__small_place(&o.small, room)))
        mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    if (ok) {
        mn__small_draw(&o.small);
        if (n)
            draw_power(&o, power, of, n);
        if (o.site->uses.n)
            draw_services(&o, uses);
        mn__frame_end(sheet);
    }
    mn__small_fini(&o.small);
    free(o.item);
    free(o.distance);
    return ok;
}
