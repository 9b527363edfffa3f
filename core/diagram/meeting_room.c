/* A meeting room, as part of a picture. */
#include "diagram/meeting.h"

#include "diagram/net.h"

#include <string.h>

int mn__meeting_service(const struct mn_model *m, int site) {
    for (int main = 1; main >= 0; main--)
        for (int s = 0; s < m->n_services; s++) {
            bool used = site < 0;
            for (int i = 0; !used && i < m->sites[site].uses.n; i++)
                used = m->sites[site].uses.at[i] == s;
            if (used && m->services[s].meeting && m->services[s].main_activity == main)
                return s;
        }
    return -1;
}

int mn__room(const struct mn_model *m, int endpoint, int nodes[MN__MOST_IN_ROOM]) {
    int n = 0, site = mn__node_site(m, endpoint);
    nodes[n++] = endpoint;
    for (int i = 0; i < n; i++) {
        const struct mn_ints *r = &m->nodes[nodes[i]].requires;
        for (int k = 0; k < r->n; k++) {
            const struct mn_component *c = &m->components[r->at[k]];
            bool known = c->cls != MN_NODE || c->site != site;
            for (int j = 0; j < n && !known; j++)
                known = nodes[j] == c->index;
            if (!known && n < MN__MOST_IN_ROOM)
                nodes[n++] = c->index;
        }
    }
    return n;
}

struct mn__item mn__room_item(struct mn__sheet *sheet, int node, const char *sub, int frame) {
    const struct mn_model *m = sheet->m;
    struct mn_arena *a = sheet->scene->arena;
    int component = m->nodes[node].component;
    const struct mn_component *c = &m->components[component];
    const char *name = mn__device_name(m, component, sheet->lang, false);
    return (struct mn__item){.name = name,
                             .sub = sub,
                             .symbol = mn__symbol_of(m, component),
                             .look = {MN__WHITE, 0x1F4E79, 1.2, MN__SOLID, true},
                             .ink = MN__INK,
                             .mark = (enum mn_mark_as)sheet->component_marks[component],
                             .id = mn_arena_printf(a, "node-%s", c->id),
                             .cls = "node",
                             .tip = mn_arena_printf(a, "%s (%s)", name, c->id),
                             .frame = frame};
}

/* "camera · Điện lưới": what it is called in the site, and its power. */
static const char *local_and_power(struct mn__sheet *sheet, int node) {
    const struct mn_model *m = sheet->m;
    const struct mn_node *n = &m->nodes[node];
    const char *text = n->local ? n->local : m->components[n->component].id;
    for (int i = 0; i < n->powered_by.n; i++) {
        const char *name = mn__device_name(m, n->powered_by.at[i], sheet->lang, true);
        text = mn_arena_printf(sheet->scene->arena, "%s · %s", text, name);
    }
    return text;
}

void mn__room_add(struct mn__small *s, int endpoint, int at, int frame) {
    struct mn__sheet *sheet = s->sheet;
    const struct mn_model *m = sheet->m;
    struct mn_arena *a = sheet->scene->arena;
    int nodes[MN__MOST_IN_ROOM], items[MN__MOST_IN_ROOM], n = mn__room(m, endpoint, nodes);
    struct mn__look cable = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
    struct mn__look needs = {MN__NO_COLOUR, MN__CENTRE_COLOUR, 1.3, MN__DOTTED, false};
    items[0] = at;
    for (int i = 1; i < n; i++)
        items[i] = mn__small_item(
            s, mn__room_item(sheet, nodes[i], local_and_power(sheet, nodes[i]), frame));
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++) {
            bool joined = false;
            const struct mn_node *near = &m->nodes[nodes[i]];
            for (int l = 0; l < near->links.n && !joined; l++) {
                const struct mn_link *link = &m->links[near->links.at[l]];
                const struct mn_component *c = &m->components[link->component];
                if (link->end[0] != nodes[k] && link->end[1] != nodes[k])
                    continue;
                joined = true;
                mn__small_tie(
                    s,
                    (struct mn__tie){
                        .from = items[i],
                        .to = items[k],
                        .weight = 4,
                        .look = cable,
                        .label =
                            c->kind >= 0 ? mn__short_name(m->kinds[c->kind].name, sheet->lang) : "",
                        .id = mn_arena_printf(a, "link-%s", c->id),
                        .tip = mn_arena_printf(a, "%s (%s)", mn__full_name(c->name, sheet->lang),
                                               c->id),
                        .mark = (enum mn_mark_as)sheet->component_marks[link->component]});
                mn__key_line(sheet, cable, mn_msg(MN_M_key_cable, sheet->lang));
            }
            for (int r = 0; r < near->requires.n && !joined; r++)
                if (near->requires.at[r] == m->nodes[nodes[k]].component) {
                    joined = true;
                    mn__small_tie(
                        s, (struct mn__tie){
                               .from = items[i], .to = items[k], .weight = 2, .look = needs});
                    mn__key_line(sheet, needs, mn_msg(MN_M_key_needs, sheet->lang));
                }
        }
}
