/* The boxes above the units on the city's sheet: data centres and other networks, and the core. */
#include "diagram/city.h"

#include "diagram/meeting.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Width of a kind's cell in a box above. */
#define CELL 98.0
/* Width of the cell of what a service runs on, which says how it stands by. */
#define HOST_CELL 168.0

enum mn_mark_as mn__city_node_mark(const struct mn__city *c, int node) {
    return (enum mn_mark_as)c->sheet->component_marks[c->sheet->m->nodes[node].component];
}

enum mn_mark_as mn__city_nodes_mark(const struct mn__city *c, const int *nodes, int n,
                                    const char **share) {
    enum mn_mark_as as = MN_MARK_NONE;
    int count = 0;
    for (int i = 0; i < n; i++)
        if (mn__city_node_mark(c, nodes[i]) > as)
            as = mn__city_node_mark(c, nodes[i]);
    for (int i = 0; i < n; i++)
        count += mn__city_node_mark(c, nodes[i]) == as;
    *share = count == n ? "" : mn_arena_printf(c->net->arena, " %d/%d", count, n);
    return as;
}

/* The kinds of what stands in a box and carries no others' traffic, in model order. */
static int kinds_in(const struct mn__city *c, int upper, int *kinds, int max) {
    const struct mn__upper *u = &c->net->uppers[upper];
    const struct mn_model *m = c->sheet->m;
    int n = 0;
    for (int i = 0; i < u->n; i++) {
        int kind = m->components[m->nodes[u->nodes[i]].component].kind, k = 0;
        if (m->nodes[u->nodes[i]].transit)
            continue;
        while (k < n && kinds[k] != kind)
            k++;
        if (k == n && n < max)
            kinds[n++] = kind;
    }
    return n;
}

/* What the service of the sheet runs on in a box. */
static int hosts_in(const struct mn__city *c, int upper, const struct mn_host **hosts, int max) {
    const struct mn_service *s = &c->sheet->m->services[c->service];
    int n = 0;
    for (int h = 0; h < s->n_hosts; h++)
        for (int i = 0; i < s->hosts[h].n; i++) {
            bool known = c->net->box[s->hosts[h].at[i].node] != upper;
            for (int k = 0; k < n && !known; k++)
                known = hosts[k]->node == s->hosts[h].at[i].node;
            if (!known && n < max)
                hosts[n++] = &s->hosts[h].at[i];
        }
    return n;
}

void mn__measure_top(struct mn__city *c, int upper) {
    struct mn__city_upper *p = &c->uppers[upper];
    double u = c->sheet->unit;
    int kinds[64];
    const struct mn_host *hosts[64];
    bool told = c->only == -2 && !c->counted && c->net->uppers[upper].n > 1;
    p->cells = c->service >= 0 ? hosts_in(c, upper, hosts, 64)
               : told          ? kinds_in(c, upper, kinds, 64)
                               : 0;
    if (!p->cells) {
        p->columns = 0;
        p->at = (struct mn__rect){0, 0, 110 * u, 28 * u};
        return;
    }
    const struct mn__upper *net = &c->net->uppers[upper];
    p->bar = false;
    for (int i = 0; i < net->n; i++)
        p->bar = p->bar || (c->service < 0 && c->sheet->m->nodes[net->nodes[i]].transit);
    p->columns = (p->cells + c->cell_rows - 1) / c->cell_rows;
    int rows = (p->cells + p->columns - 1) / p->columns;
    double width = p->columns * (c->service < 0 ? CELL : HOST_CELL) * u + 12;
    p->at = (struct mn__rect){0, 0, fmax(width, 150 * u), (20 + rows * 15 + (p->bar ? 26 : 4)) * u};
}

static void draw_kind_cells(struct mn__city *c, int upper, int box) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    const struct mn__upper *net = &c->net->uppers[upper];
    const struct mn__city_upper *p = &c->uppers[upper];
    double u = sheet->unit, size = fmax(7.5 * u, sheet->least_text);
    int kinds[64], n = kinds_in(c, upper, kinds, 64);
    int rows = (n + p->columns - 1) / p->columns;
    double cell = (p->at.w - 12) / p->columns;
    int *nodes = mn_arena_alloc(c->net->arena, sizeof *nodes * (size_t)net->n);
    for (int k = 0; k < n; k++) {
        int count = 0;
        for (int i = 0; i < net->n; i++)
            if (m->components[m->nodes[net->nodes[i]].component].kind == kinds[k] &&
                !m->nodes[net->nodes[i]].transit)
                nodes[count++] = net->nodes[i];
        const char *share;
        enum mn_mark_as as = mn__city_nodes_mark(c, nodes, count, &share);
        const char *name =
            kinds[k] >= 0 ? mn__short_name(m->kinds[kinds[k]].name, sheet->lang) : "?";
        const char *times = count > 1 ? mn_arena_printf(c->net->arena, "×%d", count) : "";
        if (*share)
            times = share + 1;
        const char *text = mn_arena_printf(c->net->arena, "%s %s", name, times);
        double times_w = mn__text_width(times, size, false);
        struct mn__rect r = {p->at.x + 6 + (k / rows) * cell + 2,
                             p->at.y + (20 + (k % rows) * 15) * u, cell - 4 * u, 13 * u};
        uint32_t colour = MN__INK;
        struct mn__look look = mn__marked(
            sheet, as, (struct mn__look){MN__WHITE, MN__CENTRE_COLOUR, 0.7, MN__SOLID, false},
            &colour);
        int b = mn__put_box(c->scene, box, r, look);
        mn__put_name(c->scene, b, NULL, "kind", text);
        double tile = mn__mark_tile(sheet, b, as);
        mn__put_text_in(c->scene, b, r.x + 4 + tile, r.y + r.h / 2, MN__LEFT,
                        r.w - 10 - tile - times_w, name, size, false, colour);
        mn__put_parts(c->scene, c->scene->n - 1, MN__ROLE, name);
        if (*times)
            mn__put_text(c->scene, b, r.x + r.w - 4, r.y + r.h / 2, MN__RIGHT, times, size, false,
                         colour);
    }
}

/* Beside the tile of the box's own mark. */
static void draw_hosts(struct mn__city *c, int upper, int box, double tiled) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    const struct mn__city_upper *p = &c->uppers[upper];
    double u = sheet->unit, size = fmax(7.5 * u, sheet->least_name);
    const struct mn_host *hosts[64];
    int n = hosts_in(c, upper, hosts, 64), rows = (n + p->columns - 1) / p->columns;
    double cell = (p->at.w - 12 - tiled) / p->columns;
    for (int i = 0; i < n; i++) {
        int component = m->nodes[hosts[i]->node].component;
        const struct mn_component *host = &m->components[component];
        const char *local = strrchr(host->id, '/');
        const char *name = mn__device_name(m, component, sheet->lang, true);
        const struct mn_failover *f = &hosts[i]->failover;
        const char *standby = f->after_s >= 0 ? mn__standby_text(sheet, f) : "";
        /* The dashed border says that it stands by; when it takes over, the tip says in full. */
        const char *after = *standby ? mn__duration_text(sheet, f->after_s) : "";
        const char *text =
            mn__has_own_name(m, host)
                ? name
                : mn_arena_printf(c->net->arena, "%s (%s)", name, local ? local + 1 : host->id);
        const char *tip = mn_arena_printf(c->net->arena, "%s (%s)%s%s", name, host->id,
                                          *standby ? " – " : "", standby);
        text = mn_arena_printf(c->net->arena, "%s%s%s", text, *after ? " – " : "", after);
        struct mn__rect r = {p->at.x + 6 + tiled + (i / rows) * cell + 2,
                             p->at.y + (20 + (i % rows) * 15) * u, cell - 4 * u, 13 * u};
        uint32_t colour = MN__INK;
        enum mn_mark_as as = mn__city_node_mark(c, hosts[i]->node);
        struct mn__look look = {MN__WHITE, MN__CENTRE_COLOUR, *standby ? 0.9 : 1.4,
                                *standby ? MN__DASHED : MN__SOLID, false};
        mn__key_box(sheet, look, "",
                    mn_msg(*standby ? MN_M_meeting_key_standby : MN_M_key_control, sheet->lang));
        int b = mn__put_box(c->scene, box, r, mn__marked(sheet, as, look, &colour));
        mn__put_name(c->scene, b, mn_arena_printf(c->net->arena, "node-%s", host->id), "host", tip);
        double tile = mn__mark_tile(sheet, b, as);
        int t = mn__put_text_in(c->scene, b, r.x + 5 + tile, r.y + r.h / 2, MN__LEFT,
                                r.w - 10 - tile, text, size, false, colour);
        mn__put_parts(c->scene, t, MN__ROLE, text);
    }
}

static void draw_top(struct mn__city *c, int upper) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    const struct mn__upper *net = &c->net->uppers[upper];
    struct mn__city_upper *p = &c->uppers[upper];
    double u = sheet->unit;
    const char *name = net->site >= 0 ? mn__full_name(m->sites[net->site].name, sheet->lang)
                                      : mn__node_name(m, net->nodes[0], sheet->lang, c->net->arena);
    const char *id = net->site >= 0 ? m->sites[net->site].id
                                    : m->components[m->nodes[net->nodes[0]].component].id;
    enum mn_mark_as as =
        net->site >= 0 ? (enum mn_mark_as)sheet->site_marks[net->site] : MN_MARK_NONE;
    bool small = p->cells == 0;
    for (int i = 0; small && i < net->n; i++)
        if (mn__city_node_mark(c, net->nodes[i]) > as)
            as = mn__city_node_mark(c, net->nodes[i]);
    uint32_t colour = MN__CENTRE_COLOUR;
    struct mn__look look = {small ? MN__WHITE : mn__tint(MN__CENTRE_COLOUR, 8), MN__CENTRE_COLOUR,
                            1.3, net->hosts ? MN__SOLID : MN__DASHED, true};
    look = mn__marked(sheet, as, look, &colour);
    if (as == MN_MARK_NONE)
        look.dash = net->hosts ? MN__SOLID : MN__DASHED;
    int b = mn__put_box(c->scene, -1, p->at, look);
    const char *brief =
        net->site >= 0 ? mn__short_name(m->sites[net->site].name, sheet->lang) : name;
    if (mn__text_width(name, 9 * u, true) > p->at.w - (as ? 44 : 16))
        name = brief;
    const char *tip = p->extra.size
                          ? mn_arena_printf(c->net->arena, "%s %s", name, mn_buf_text(&p->extra))
                          : name;
    mn__put_name(c->scene, b, mn_arena_printf(c->net->arena, "site-%s", id), "upper", tip);
    double tile = mn__mark_tile(sheet, b, as), mid = p->at.x + p->at.w / 2;
    if (small) {
        int n = mn__put_paragraph(c->scene, b, mid + tile / 2, p->at.y + p->at.h / 2, MN__CENTRE,
                                  p->at.w - 10 - tile, 2, tip, fmax(7.5 * u, sheet->least_name),
                                  false, colour);
        for (int i = 0; i < n; i++)
            mn__put_parts(c->scene, c->scene->n - n + i, MN__ROLE, i ? "" : tip);
        return;
    }
    int t = mn__put_text_in(c->scene, b, mid + tile / 2, p->at.y + 10 * u, MN__CENTRE,
                            p->at.w - 16 - tile, tip, fmax(9 * u, sheet->least_name), true, colour);
    mn__put_parts(c->scene, t, MN__ROLE, tip);
    if (c->service < 0)
        draw_kind_cells(c, upper, b);
    else
        draw_hosts(c, upper, b, tile);
    struct mn_buf names = MN_BUF_INIT;
    int *carriers = mn_arena_alloc(c->net->arena, sizeof *carriers * (size_t)net->n), n = 0;
    for (int i = 0; i < net->n; i++) {
        int node = net->nodes[i];
        if (!m->nodes[node].transit)
            continue;
        carriers[n++] = node;
        int kind = m->components[m->nodes[node].component].kind, same = 0;
        for (int k = 0; k < i; k++)
            same += m->nodes[net->nodes[k]].transit &&
                    m->components[m->nodes[net->nodes[k]].component].kind == kind;
        if (same)
            continue;
        if (names.size)
            mn_buf_puts(&names, " · ");
        mn_buf_puts(&names, mn__short_name(kind >= 0 ? m->kinds[kind].name
                                                     : m->components[m->nodes[node].component].name,
                                           sheet->lang));
    }
    if (names.size && p->bar) {
        const char *share, *text = mn_buf_text(&names);
        as = mn__city_nodes_mark(c, carriers, n, &share);
        if (as && *share)
            text = mn_arena_printf(c->net->arena, "%s%s: %s", mn__mark_word(as, sheet->lang), share,
                                   text);
        struct mn__rect r = {p->at.x + 8, p->line_y - 9 * u, p->at.w - 16, 18 * u};
        colour = MN__WHITE;
        struct mn__look bar = {MN__CENTRE_COLOUR, MN__CENTRE_COLOUR, 1, MN__SOLID, false};
        bar = mn__marked(sheet, as, bar, &colour);
        int k = mn__put_box(c->scene, b, r, bar);
        tile = mn__mark_tile(sheet, k, as);
        t = mn__put_text_in(c->scene, k, mid + tile / 2, p->line_y, MN__CENTRE, r.w - 10 - 2 * tile,
                            text, fmax(8.5 * u, sheet->least_text), true, colour);
        mn__put_parts(c->scene, t, MN__ROLE, mn_buf_text(&names));
    }
    mn_buf_fini(&names);
}

static void draw_core(struct mn__city *c, int upper) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    const struct mn__upper *net = &c->net->uppers[upper];
    struct mn__city_upper *p = &c->uppers[upper];
    const char *share;
    enum mn_mark_as as = mn__city_nodes_mark(c, net->nodes, net->n, &share);
    uint32_t colour = MN__WHITE;
    struct mn__look look = {MN__CORE_COLOUR, MN__CORE_COLOUR, 1, MN__SOLID, true};
    look = as ? mn__marked(sheet, as, look, &colour) : look;
    int b = mn__put_box(c->scene, -1, p->at, look);
    const char *name = net->site >= 0 ? mn__full_name(m->sites[net->site].name, sheet->lang)
                                      : mn__node_name(m, net->nodes[0], sheet->lang, c->net->arena);
    const char *id = net->site >= 0 ? m->sites[net->site].id
                                    : m->components[m->nodes[net->nodes[0]].component].id;
    const char *text = mn_arena_printf(
        c->net->arena, "%s%s%s%s%s%s", as ? mn__mark_word(as, sheet->lang) : "", share,
        as ? ": " : "", name, p->extra.size ? " " : "", mn_buf_text(&p->extra));
    mn__put_name(c->scene, b, mn_arena_printf(c->net->arena, "core-%s", id), "core", text);
    double tile = mn__mark_tile(sheet, b, as), size = 9.5 * sheet->unit;
    double least = fmax(7.5 * sheet->unit, sheet->least_name);
    if (as && mn__text_width(text, least, true) > p->at.w - 12 - tile)
        text += strlen(mn__mark_word(as, sheet->lang)) + (*share ? 1 : 2); /* the tile says it */
    while (size > least && mn__text_width(text, size, true) > p->at.w - 12 - tile)
        size = fmax(size - 0.25, least);
    int t = mn__put_text_in(c->scene, b, p->at.x + (p->at.w + tile) / 2, p->at.y + p->at.h / 2,
                            MN__CENTRE, p->at.w - 12 - tile, text, size, true, colour);
    mn__put_parts(c->scene, t, MN__ROLE, name);
}

void mn__draw_upper(struct mn__city *c, int upper) {
    if (c->net->uppers[upper].place == MN__CORE)
        draw_core(c, upper);
    else
        draw_top(c, upper);
}
