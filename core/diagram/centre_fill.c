/* What stands where in a data centre: machines in the same place of the network share a frame,
 * pairs of a kind stand side by side, virtual servers stand in a grid for each set of hosts. */
#include "diagram/centre.h"

#include <stdlib.h>
#include <string.h>

static const struct mn__look cable = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
static const struct mn__look outward = {MN__NO_COLOUR, 0x005F96, 2.2, MN__SOLID, false};
static const struct mn__look carries = {MN__NO_COLOUR, MN__CENTRE_COLOUR, 1.3, MN__DOTTED, false};

static const struct mn_component *component_of(const struct mn__centre *c, int node) {
    return &c->m->components[c->m->nodes[node].component];
}

static bool is_inside(const struct mn__centre *c, int node) {
    return component_of(c, node)->site == c->site;
}

static int far_end(const struct mn_link *l, int node) {
    return l->end[l->end[0] == node];
}

/* Its own name, else its site's in short and what it is called there. */
static const char *outside_name(struct mn__centre *c, int node) {
    const struct mn_component *of = component_of(c, node);
    const char *local = strrchr(of->id, '/');
    if (mn__has_own_name(c->m, of) || of->site < 0)
        return mn__full_name(of->name, c->sheet->lang);
    return mn_arena_printf(c->sheet->scene->arena, "%s · %s",
                           mn__short_name(c->m->sites[of->site].name, c->sheet->lang),
                           local ? local + 1 : of->id);
}

static int add_node(struct mn__centre *c, int node, int block) {
    struct mn__sheet *sheet = c->sheet;
    struct mn_arena *a = sheet->scene->arena;
    const struct mn_component *of = component_of(c, node);
    bool inside = is_inside(c, node);
    struct mn_failover failover = mn__node_failover(c->m, node);
    bool standby = inside && failover.after_s >= 0;
    const char *name = inside
                           ? mn__device_name(c->m, c->m->nodes[node].component, sheet->lang, false)
                           : outside_name(c, node);
    const char *local = strrchr(of->id, '/'), *note = inside ? mn__services_on(sheet, node) : "";
    if (*note)
        note = mn__say(sheet, MN_M_centre_serves, MN_ARGS(note));
    if (standby)
        note = mn_arena_printf(a, "%s%s%s", mn__standby_text(sheet, &failover), *note ? " · " : "",
                               note);
    struct mn__item item = {
        .name = name,
        .sub = inside && local ? local + 1 : of->id,
        .note = note,
        .symbol = mn__symbol_of(c->m, c->m->nodes[node].component),
        .look = {standby ? 0xF2F5F8 : MN__WHITE, inside ? 0x1F4E79 : MN__CORE_COLOUR, 1.2,
                 standby || !inside ? MN__DASHED : MN__SOLID, true},
        .ink = inside ? MN__INK : MN__CORE_COLOUR,
        .mark = (enum mn_mark_as)sheet->component_marks[c->m->nodes[node].component],
        .id = inside || !c->one_of_many ? mn_arena_printf(a, "node-%s", of->id) : NULL,
        .cls = !inside   ? "node outside"
               : standby ? "node standby"
                         : "node",
        .tip = mn_arena_printf(a, "%s (%s)", name, of->id),
        .parts = mn__device_parts(c->m, c->m->nodes[node].component),
        .block = block + 1,
        .frame = -1,
        .first = !inside};
    if (standby)
        mn__key_box(sheet, (struct mn__look){0xF2F5F8, 0x1F4E79, 1.2, MN__DASHED, true}, "",
                    mn_msg(MN_M_key_standby, sheet->lang));
    return c->item[node] = mn__small_item(&c->small, item);
}

/* Whether two nodes are linked to the same ones nearer to the outside, and to some. */
static bool same_above(const struct mn__centre *c, int a, int b) {
    for (int turn = 0; turn < 2; turn++) {
        const struct mn_ints *links = &c->m->nodes[turn ? b : a].links;
        int from = turn ? b : a, to = turn ? a : b, above = 0;
        for (int i = 0; i < links->n; i++) {
            int other = far_end(&c->m->links[links->at[i]], from);
            if (c->distance[other] < 0 || c->distance[other] >= c->distance[from])
                continue;
            bool found = false;
            for (int k = 0; k < c->m->nodes[to].links.n && !found; k++)
                found = far_end(&c->m->links[c->m->nodes[to].links.at[k]], to) == other;
            if (!found)
                return false;
            above++;
        }
        if (!above)
            return false;
    }
    return true;
}

/* Whether two nodes stand in the same place of the network. */
static bool same_place(const struct mn__centre *c, int a, int b) {
    const struct mn_node *p = &c->m->nodes[a], *q = &c->m->nodes[b];
    bool carried = mn__is_carried(c->m, a);
    if (c->distance[a] != c->distance[b] || carried != mn__is_carried(c->m, b))
        return false;
    if (carried)
        return mn_ints_same(&p->powered_by, &q->powered_by) &&
               mn_ints_same(&p->requires, &q->requires) &&
               (same_above(c, a, b) || c->distance[a] < 0);
    return c->distance[a] > 0 && same_above(c, a, b);
}

/* A link leads inwards inside the set, so that no frame may hold it. */
static bool linked(const struct mn__centre *c, int a, int b) {
    for (int i = 0; i < c->m->nodes[a].links.n; i++)
        if (far_end(&c->m->links[c->m->nodes[a].links.at[i]], a) == b)
            return true;
    return false;
}

static int count_set(const struct mn__centre *c, int of, bool *links) {
    const struct mn_ints *nodes = &c->m->sites[c->site].nodes;
    int n = 0;
    *links = false;
    for (int i = 0; i < nodes->n; i++)
        for (int k = 0; k < i && c->set[nodes->at[i]] == of; k++)
            *links =
                *links || (c->set[nodes->at[k]] == of && linked(c, nodes->at[i], nodes->at[k]));
    for (int i = 0; i < nodes->n; i++)
        n += c->set[nodes->at[i]] == of;
    return n;
}

/* "Máy chủ vật lý host-a, host-b, host-c": what carries, by kind and name at the place. */
static const char *names_of(struct mn__centre *c, const struct mn_ints *components) {
    struct mn_arena *a = c->sheet->scene->arena;
    const char *text = "", *last = "";
    for (int i = 0; i < components->n; i++) {
        const struct mn_component *of = &c->m->components[components->at[i]];
        const char *name = mn__device_name(c->m, components->at[i], c->sheet->lang, true);
        const char *local = strrchr(of->id, '/');
        text = mn_arena_printf(a, "%s%s%s%s%s", text, i ? ", " : "",
                               strcmp(name, last) == 0 ? "" : name,
                               strcmp(name, last) == 0 ? "" : " ", local ? local + 1 : of->id);
        last = name;
    }
    return text;
}

/* The heading of virtual servers: what carries them and what they need. */
static const char *virtual_name(struct mn__centre *c, int node, int n) {
    const struct mn_node *of = &c->m->nodes[node];
    const char *count = mn__number(c->sheet, n), *hosts = names_of(c, &of->powered_by);
    const char *needs = names_of(c, &of->requires);
    if (!of->requires.n)
        return mn__say(c->sheet, MN_M_centre_virtual, MN_ARGS(count, hosts));
    return mn__say(c->sheet, MN_M_centre_virtual_needs, MN_ARGS(count, hosts, needs));
}

static int add_block(struct mn__centre *c, const char *name, int columns, uint32_t colour,
                     bool bare) {
    struct mn__item block = {.name = name,
                             .columns = columns,
                             .bare = bare,
                             .look = {mn__tint(colour, 7), colour, 1.2, MN__SOLID, true},
                             .ink = colour,
                             .cls = "place",
                             .parts = MN__ROLE,
                             .frame = -1};
    return mn__small_item(&c->small, block);
}

enum { MOST_IN_A_ROW = 8 };

/* Adds all of a set, like kinds together. */
static void add_set(struct mn__centre *c, int of, int columns) {
    const struct mn_ints *nodes = &c->m->sites[c->site].nodes;
    bool links, carried = mn__is_carried(c->m, of);
    int n = count_set(c, of, &links), block = -1;
    if (carried)
        block = add_block(c, virtual_name(c, of, n), n < columns ? n : columns, MN__CENTRE_COLOUR,
                          false);
    else if (n > 2 && !links)
        block = add_block(c, "", n < MOST_IN_A_ROW ? n : MOST_IN_A_ROW, 0x1F4E79, false);
    for (int i = 0; i < nodes->n; i++)
        for (int k = i; k < nodes->n; k++) {
            int first = nodes->at[i], node = nodes->at[k];
            if (c->set[first] == of && c->set[node] == of && c->item[node] < 0 &&
                (k == i ||
                 (!carried && component_of(c, node)->kind == component_of(c, first)->kind)))
                add_node(c, node, block);
        }
}

/* Nodes of one kind equally far from the outside stand side by side. */
static void add_row(struct mn__centre *c, int node) {
    const struct mn_ints *nodes = &c->m->sites[c->site].nodes;
    int same[MOST_IN_A_ROW], n = 0;
    for (int i = 0; i < nodes->n && n < MOST_IN_A_ROW; i++) {
        int other = nodes->at[i];
        if (c->item[other] < 0 && c->set[other] >= 0 &&
            component_of(c, other)->kind == component_of(c, node)->kind &&
            c->distance[other] == c->distance[node])
            same[n++] = other;
    }
    bool chain = true; /* links only between neighbours: others would need a way around */
    for (int i = 0; i < n; i++)
        for (int k = i + 2; k < n; k++)
            chain = chain && !linked(c, same[i], same[k]);
    int block = n > 1 && chain ? add_block(c, "", n, 0x1F4E79, true) : -1;
    for (int i = 0; i < n && block >= 0; i++)
        add_node(c, same[i], block);
    if (block < 0)
        add_node(c, node, -1);
}

/* What stands for a node where lines arrive from above: its frame when all in it get the same. */
static int arrival(const struct mn__centre *c, int node) {
    int block = c->small.items[c->item[node]].block - 1;
    return block >= 0 && !c->small.items[block].bare ? block : c->item[node];
}

/* A node next to the outside that leads nowhere further, such as a gateway, stands before those of
 * its rank that do. */
static bool dead_end(const struct mn__centre *c, int node) {
    for (int i = 0; i < c->m->nodes[node].links.n; i++)
        if (c->distance[far_end(&c->m->links[c->m->nodes[node].links.at[i]], node)] >
            c->distance[node])
            return false;
    return true;
}

static void add_tie(struct mn__centre *c, int from, int to, struct mn__tie tie) {
    tie.from = from;
    tie.to = to;
    for (int i = 0; i < c->small.n_ties; i++)
        if (c->small.ties[i].from == from && c->small.ties[i].to == to) {
            if (tie.mark > c->small.ties[i].mark)
                c->small.ties[i].mark = tie.mark;
            return;
        }
    mn__small_tie(&c->small, tie);
}

static void add_link(struct mn__centre *c, int link) {
    struct mn__sheet *sheet = c->sheet;
    struct mn_arena *a = sheet->scene->arena;
    const struct mn_link *l = &c->m->links[link];
    const struct mn_component *of = &c->m->components[l->component];
    int from = l->end[0], to = l->end[1];
    if (c->item[from] < 0 || c->item[to] < 0 || (!is_inside(c, from) && !is_inside(c, to)))
        return;
    bool out = !is_inside(c, from) || !is_inside(c, to);
    int df = c->distance[from] < 0 ? 1000 : c->distance[from];
    int dt = c->distance[to] < 0 ? 1000 : c->distance[to];
    if (df > dt || (df == dt && dead_end(c, to) && !dead_end(c, from))) {
        from = l->end[1];
        to = l->end[0];
    }
    /* A link between two centres has its id where the first of them is drawn. */
    int far = component_of(c, is_inside(c, from) ? to : from)->site;
    bool named = !out || !c->one_of_many || far < 0 || far > c->site;
    char capacity[24] = "";
    if (out && l->capacity > 0)
        mn_capacity_text(l->capacity, capacity);
    mn__key_line(sheet, out ? outward : cable,
                 mn_msg(out ? MN_M_key_outside : MN_M_key_cable, sheet->lang));
    int at = df == dt ? c->item[to] : arrival(c, to);
    add_tie(c, c->item[from], at,
            (struct mn__tie){.weight = 4,
                             .look = out ? outward : cable,
                             .label = mn_arena_strdup(a, capacity),
                             .id = named ? mn_arena_printf(a, "link-%s", of->id) : NULL,
                             .tip = mn_arena_printf(a, "%s (%s)%s%s",
                                                    mn__full_name(of->name, sheet->lang), of->id,
                                                    *capacity ? " · " : "", capacity),
                             .mark = (enum mn_mark_as)sheet->component_marks[l->component]});
}

/* From the machines that carry virtual servers, and from what these need, to their frame. */
static void add_carriers(struct mn__centre *c, int node) {
    const struct mn_node *n = &c->m->nodes[node];
    const struct mn_ints *lists[2] = {&n->powered_by, &n->requires};
    int to = arrival(c, node);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < lists[k]->n; i++) {
            const struct mn_component *of = &c->m->components[lists[k]->at[i]];
            if (of->cls != MN_NODE || c->item[of->index] < 0 || linked(c, node, of->index) ||
                of->index == node)
                continue;
            mn__key_line(c->sheet, carries, mn_msg(MN_M_key_carries, c->sheet->lang));
            add_tie(c, c->item[of->index], to, (struct mn__tie){.weight = 1, .look = carries});
        }
}

/* Frames whose machines have to do with each other want to stand below one another. */
static void align(struct mn__centre *c) {
    for (int i = 0, n = c->small.n_ties; i < n; i++) {
        int from = c->small.items[c->small.ties[i].from].block - 1, to = c->small.ties[i].to;
        if (from >= 0 && c->small.items[to].columns)
            mn__small_tie(&c->small,
                          (struct mn__tie){.from = from, .to = to, .weight = 20, .hidden = true});
    }
}

static void add_outside(struct mn__centre *c) {
    const struct mn_ints *nodes = &c->m->sites[c->site].nodes;
    for (int i = 0; i < nodes->n; i++) {
        const struct mn_node *n = &c->m->nodes[nodes->at[i]];
        for (int k = 0; k < n->links.n; k++) {
            int other = far_end(&c->m->links[n->links.at[k]], nodes->at[i]);
            int site = component_of(c, other)->site;
            /* Lines of units that come in here may be many: they are not drawn. */
            bool unit = site >= 0 && c->m->sites[site].lines.n > 0;
            if (!is_inside(c, other) && c->item[other] < 0 && !unit)
                add_node(c, other, -1);
        }
    }
}

void mn__centre_fill(struct mn__centre *c, int columns) {
    const struct mn_ints *nodes = &c->m->sites[c->site].nodes;
    for (int i = 0; i < c->m->n_nodes; i++)
        c->item[i] = c->set[i] = -1;
    add_outside(c);
    /* Distances need to know what is drawn: everything but what gives power. */
    for (int i = 0; i < nodes->n; i++)
        if (!mn__only_power(c->m, c->site, nodes->at[i]))
            c->item[nodes->at[i]] = 0;
    mn__inside_distances(c->m, c->site, c->item, c->distance);
    for (int i = 0; i < nodes->n; i++) {
        int node = nodes->at[i];
        if (c->item[node] < 0)
            continue;
        c->item[node] = -1;
        c->set[node] = node;
        for (int k = 0; k < i && c->set[node] == node; k++)
            if (c->set[nodes->at[k]] == nodes->at[k] && same_place(c, nodes->at[k], node))
                c->set[node] = nodes->at[k];
    }
    for (int i = 0; i < nodes->n; i++) {
        int node = nodes->at[i];
        bool links;
        if (c->set[node] < 0 || c->item[node] >= 0)
            continue;
        if (mn__is_carried(c->m, node) || (count_set(c, c->set[node], &links) > 2 && !links))
            add_set(c, c->set[node], columns);
        else
            add_row(c, node);
    }
    for (int i = 0; i < c->m->n_links; i++)
        add_link(c, i);
    for (int i = 0; i < nodes->n; i++)
        if (c->item[nodes->at[i]] >= 0)
            add_carriers(c, nodes->at[i]);
    align(c);
}
