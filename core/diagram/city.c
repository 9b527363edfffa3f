/* The views city and area: order, bands, packing. */
#include "diagram/city.h"

#include "diagram/order.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_UNIT 0.92 /* as on A4 */

const struct mn__pack_cluster *mn__cluster_at(const struct mn__city *c, int cluster) {
    for (int i = 0; i < c->n_areas; i++)
        if (cluster >= c->areas[i].first && cluster < c->areas[i].first + c->areas[i].n)
            return &c->packs[i].clusters[cluster - c->areas[i].first];
    return NULL;
}

struct mn__rect mn__header_at(const struct mn__city *c, int cluster) {
    const struct mn__pack_cluster *p = mn__cluster_at(c, cluster);
    double u = c->sheet->unit;
    return (struct mn__rect){p->at.x + 5, p->at.y + 5 * u, p->at.w - 10, 17 * u};
}

static void *take(struct mn__city *c, size_t n, size_t size) {
    return mn_arena_alloc(c->net->arena, (n + 1) * size);
}

static bool uses(const struct mn__city *c, int site) {
    const struct mn_ints uses = c->sheet->m->sites[site].uses;
    for (int i = 0; i < uses.n; i++)
        if (uses.at[i] == c->service)
            return true;
    return false;
}

/* Leaves those out who do not use the service. */
static void keep_users(struct mn__city *c) {
    for (int i = 0; i < c->net->n_clusters; i++) {
        struct mn__cluster *k = &c->net->clusters[i];
        int *units = take(c, (size_t)k->n, sizeof *units), n = 0;
        for (int u = 0; u < k->n; u++)
            if (uses(c, k->units[u]))
                units[n++] = k->units[u];
        k->units = units;
        k->n = n;
        k->slots = mn__slots(n);
    }
}

/* Of what is above only the core, what the service runs on, and where its users' lines end. */
static void hide_uppers(struct mn__city *c) {
    const struct mn__net *net = c->net;
    const struct mn_service *s = &c->sheet->m->services[c->service];
    for (int i = 0; i < net->n_uppers; i++)
        c->uppers[i].shown = c->uppers[i].shown && net->uppers[i].place == MN__CORE;
    for (int h = 0; h < s->n_hosts; h++)
        for (int i = 0; i < s->hosts[h].n; i++)
            if (net->box[s->hosts[h].at[i].node] >= 0)
                c->uppers[net->box[s->hosts[h].at[i].node]].shown = true;
    for (int i = 0; i < net->n_clusters; i++)
        for (int u = 0, far; u < net->clusters[i].n; u++)
            for (int l = 0; mn__unit_line(c->sheet->m, net->clusters[i].units[u], l, &far) >= 0;
                 l++)
                if (net->box[far] >= 0)
                    c->uppers[net->box[far]].shown = true;
}

/* Which boxes above are on this sheet: all, or for one area those that its points are joined to. */
static void choose_uppers(struct mn__city *c) {
    const struct mn__net *net = c->net;
    c->uppers = take(c, (size_t)net->n_uppers, sizeof *c->uppers);
    for (int i = 0; i < net->n_uppers; i++) {
        c->uppers[i].shown = c->only == -2;
        c->uppers[i].extra = (struct mn_buf)MN_BUF_INIT;
    }
    for (int i = 0; i < net->n_bundles; i++) {
        const struct mn__bundle *b = &net->bundles[i];
        if (b->a < net->n_uppers && b->b >= net->n_uppers &&
            net->clusters[b->b - net->n_uppers].area == c->only)
            c->uppers[b->a].shown = true;
    }
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *k = &net->clusters[i];
        if (k->area == c->only && k->point >= 0 && net->box[k->point] >= 0)
            c->uppers[net->box[k->point]].shown = true;
    }
    for (int i = 0; i < net->n_uppers; i++)
        c->core = c->core || (c->uppers[i].shown && net->uppers[i].place == MN__CORE);
}

static void choose_areas(struct mn__city *c) {
    const struct mn__net *net = c->net;
    c->areas = take(c, (size_t)net->n_clusters, sizeof *c->areas);
    for (int i = 0; i < net->n_clusters; i++) {
        int area = net->clusters[i].area;
        if (c->only != -2 && area != c->only)
            continue;
        if (!c->n_areas || c->areas[c->n_areas - 1].area != area)
            c->areas[c->n_areas++] = (struct mn__city_area){.area = area, .first = i};
        c->areas[c->n_areas - 1].n++;
    }
}

/* Orders boxes above, in the core, and areas so that lines between them cross as little as can be.
 */
static void order(struct mn__city *c) {
    const struct mn__net *net = c->net;
    int *index = take(c, (size_t)net->n_uppers, sizeof *index); /* within its row */
    int *area_of = take(c, (size_t)net->n_clusters, sizeof *area_of);
    struct mn__rows rows = {.n = {0, 0, c->n_areas}};
    for (int r = 0; r < 2; r++)
        c->row[r] = take(c, (size_t)net->n_uppers, sizeof *c->row[r]);
    for (int i = 0; i < net->n_uppers; i++)
        if (c->uppers[i].shown) {
            int r = net->uppers[i].place == MN__CORE;
            index[i] = rows.n[r];
            c->row[r][rows.n[r]++] = i;
        }
    for (int a = 0; a < c->n_areas; a++)
        for (int i = 0; i < c->areas[a].n; i++)
            area_of[c->areas[a].first + i] = a;
    struct mn__pair *pairs[4];
    int n[4] = {0};
    for (int k = 0; k < 4; k++)
        pairs[k] = take(c, (size_t)net->n_bundles + (size_t)net->n_clusters, sizeof **pairs);
    for (int i = 0; i < net->n_bundles; i++) {
        const struct mn__bundle *b = &net->bundles[i];
        if (b->a >= net->n_uppers || !c->uppers[b->a].shown)
            continue;
        bool core_a = net->uppers[b->a].place == MN__CORE;
        if (b->b >= net->n_uppers) {
            int cluster = b->b - net->n_uppers;
            if (core_a == c->core && (c->only == -2 || net->clusters[cluster].area == c->only))
                pairs[1][n[1]++] = (struct mn__pair){index[b->a], area_of[cluster]};
        } else if (c->uppers[b->b].shown) {
            bool core_b = net->uppers[b->b].place == MN__CORE;
            if (core_a == core_b)
                pairs[2 + core_a][n[2 + core_a]++] = (struct mn__pair){index[b->a], index[b->b]};
            else
                pairs[0][n[0]++] = core_a ? (struct mn__pair){index[b->b], index[b->a]}
                                          : (struct mn__pair){index[b->a], index[b->b]};
        }
    }
    for (int r = 0; r < 3; r++)
        rows.order[r] = take(c, (size_t)rows.n[r], sizeof(int));
    rows.upper = pairs[0], rows.n_upper = n[0];
    rows.lower = pairs[1], rows.n_lower = n[1];
    rows.in[0] = pairs[2], rows.n_in[0] = n[2];
    rows.in[1] = pairs[3], rows.n_in[1] = n[3];
    mn__order_rows(&rows);
    for (int r = 0; r < 2; r++) {
        int *ordered = take(c, (size_t)rows.n[r], sizeof *ordered);
        for (int i = 0; i < rows.n[r]; i++)
            ordered[i] = c->row[r][rows.order[r][i]];
        c->row[r] = ordered;
        c->n_row[r] = rows.n[r];
    }
    struct mn__city_area *areas = take(c, (size_t)c->n_areas, sizeof *areas);
    for (int i = 0; i < c->n_areas; i++)
        areas[i] = c->areas[rows.order[2][i]];
    c->areas = areas;
}

/* Heights of the bands from the top: boxes above, channel, core, channel; the rest is the areas'.
 */
static void bands(struct mn__city *c) {
    double u = c->sheet->unit, arcs = mn__top_arcs(c) * 7 * u, h = 0;
    struct mn__rect r = c->sheet->body;
    for (int i = 0; i < c->n_row[0]; i++) {
        mn__measure_top(c, c->row[0][i]);
        h = fmax(h, c->uppers[c->row[0][i]].at.h);
    }
    c->top = (struct mn__rect){r.x, r.y + arcs, r.w, h};
    double y = c->top.y + h;
    if (c->n_row[0] && c->n_row[1])
        y += mn__channel_height(c, false);
    c->middle = (struct mn__rect){r.x, y, r.w, c->n_row[1] ? 24 * u : 0};
    y += c->middle.h;
    if (c->n_row[0] + c->n_row[1])
        y += mn__channel_height(c, true);
    c->body = (struct mn__rect){r.x, y, r.w, r.y + r.h - c->below - y};
}

/* Under a cluster's cells: how many of a meeting are there, and the backup lines. */
static double foot_height(const struct mn__city *c) {
    if (c->counted)
        return c->no_feet ? 3 : 25;
    return c->service < 0 ? (c->no_feet ? 3 : 13) : c->no_feet ? 13 : 24;
}

static bool pack(struct mn__city *c) {
    double u = c->sheet->unit, side = MN__CITY_SIDE;
    struct mn__pack_rules rules = {
        .least = c->sheet->least_name,
        .most = c->only == -2 ? 10 * u : 12 * u,
        .em = c->counted ? 9.5 : 9.0 + 2.5 + (c->only == -2 ? 0 : 3) + (c->service < 0 ? 0 : 1.6),
        .cell = 13,
        .area_head = 26 * u,
        .area_side = side,
        .area_gap = 8 * u,
        .head = 27 * u,
        .foot = foot_height(c) * u,
        .pad = 5,
        .gap = 8 * u};
    if (rules.most < rules.least)
        rules.most = rules.least;
    c->packs = take(c, (size_t)c->n_areas, sizeof *c->packs);
    for (int i = 0; i < c->n_areas; i++) {
        struct mn__city_area *a = &c->areas[i];
        a->pack = &c->packs[i];
        a->pack->n = a->n;
        a->pack->clusters = take(c, (size_t)a->n, sizeof *a->pack->clusters);
        for (int k = 0; k < a->n; k++)
            a->pack->clusters[k].slots =
                c->counted ? MN__COUNT_ROWS : c->net->clusters[a->first + k].slots;
    }
    return mn__pack(c->packs, c->n_areas, c->body, &rules, &c->size, &c->area_rows);
}

/* A roll-call is for one day: rather than take larger paper it keeps no places free, and leaves it
 * to the cells to say where backup lines go. */
static bool pack_close(struct mn__city *c) {
    for (int i = 0; i < c->net->n_clusters; i++)
        c->net->clusters[i].slots = c->net->clusters[i].n;
    c->no_feet = true;
    return pack(c);
}

/* Moves boxes of a row apart until none touches its neighbour, keeping them within the band. */
static void spread(struct mn__city *c, int r, double gap) {
    double left = c->sheet->body.x + 18, right = left + c->sheet->body.w - 36, x = left;
    int n = c->n_row[r];
    for (int i = 0; i < n; i++) {
        struct mn__rect *at = &c->uppers[c->row[r][i]].at;
        at->x = fmax(at->x, x);
        x = at->x + at->w + gap;
    }
    x = right;
    for (int i = n - 1; i >= 0; i--) {
        struct mn__rect *at = &c->uppers[c->row[r][i]].at;
        at->x = fmin(at->x, x - at->w);
        x = at->x - gap;
    }
}

static void place_uppers(struct mn__city *c) {
    const struct mn__net *net = c->net;
    double u = c->sheet->unit;
    for (int i = 0; i < c->n_row[1]; i++) {
        int upper = c->row[1][i], k = 0;
        double sum = 0;
        for (int b = 0; b < net->n_bundles; b++)
            for (int a = 0; a < c->n_areas && net->bundles[b].a == upper; a++) {
                int cluster = net->bundles[b].b - net->n_uppers;
                if (cluster >= c->areas[a].first && cluster < c->areas[a].first + c->areas[a].n) {
                    sum += c->packs[a].at.x + c->packs[a].at.w / 2;
                    k++;
                }
            }
        double w = fmin(150 * u, (c->middle.w - 36) / c->n_row[1] - 12 * u);
        double x = k ? sum / k : c->middle.x + c->middle.w * (i + 0.5) / c->n_row[1];
        c->uppers[upper].at = (struct mn__rect){x - w / 2, c->middle.y, w, c->middle.h};
        c->uppers[upper].line_y = c->middle.y + c->middle.h / 2;
    }
    spread(c, 1, 12 * u);
    double total = 0;
    for (int i = 0; i < c->n_row[0]; i++)
        total += c->uppers[c->row[0][i]].at.w;
    double gap = (c->top.w - 36 - total) / (c->n_row[0] + 1), x = c->top.x + 18 + gap;
    for (int i = 0; i < c->n_row[0]; i++) {
        struct mn__city_upper *p = &c->uppers[c->row[0][i]];
        bool large = p->cells > 0;
        p->at.x = x;
        p->line_y = c->top.y + c->top.h - 15 * u;
        p->at.y = large ? c->top.y + c->top.h - p->at.h : p->line_y - p->at.h / 2;
        x += p->at.w + gap;
    }
}

static bool fits_above(const struct mn__city *c) {
    double total = 0;
    for (int i = 0; i < c->n_row[0]; i++)
        total += c->uppers[c->row[0][i]].at.w + 14 * c->sheet->unit;
    return total <= c->top.w - 36;
}

void mn__city_layer(struct mn__city *c, enum mn__city_layer layer) {
    static const enum mn_message names[] = {
        [MN__CITY_TOP] = MN_M_layer_top,         [MN__CITY_CORE] = MN_M_layer_core,
        [MN__CITY_POINTS] = MN_M_layer_points,   [MN__CITY_UNITS] = MN_M_layer_units,
        [MN__CITY_BACKUPS] = MN_M_layer_backups,
    };
    mn__layer(c->sheet, (int)layer, mn_msg(names[layer], c->sheet->lang));
}

static void draw_grounds(struct mn__city *c) {
    struct mn__sheet *sheet = c->sheet;
    double u = sheet->unit;
    for (int i = 0; i < c->n_areas; i++) {
        struct mn__rect r = c->packs[i].at;
        int area = c->areas[i].area, units = 0;
        uint32_t colour = mn__area_colour(area);
        for (int k = 0; k < c->areas[i].n; k++)
            units += c->net->clusters[c->areas[i].first + k].n;
        int b = mn__put_box(c->scene, -1, r,
                            (struct mn__look){mn__tint(colour, 8), colour, 1.2, MN__SOLID, false});
        c->scene->elements[b].area = true;
        const char *name = area >= 0 ? mn__full_name(sheet->m->areas[area].name, sheet->lang)
                                     : mn_msg(MN_M_city_no_area, sheet->lang);
        const char *id = area >= 0 ? sheet->m->areas[area].id : "none";
        mn__put_name(c->scene, b, mn_arena_printf(c->net->arena, "area-%s", id), "area", name);
        const char *text = mn_arena_printf(c->net->arena, "%s (%d)", name, units);
        double least = fmax(8 * u, sheet->least_name), size = 11 * u;
        while (size > least && mn__text_width(text, size, true) > r.w - 60)
            size = fmax(size - 0.5, least);
        mn__put_text_in(c->scene, b, r.x + r.w / 2, r.y + 11 * u, MN__CENTRE, r.w - 56, text, size,
                        true, colour);
    }
}

static void say_title(struct mn__city *c) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    struct mn__tally n = mn__net_tally(c->net, c->only);
    const char *title = mn__full_name(m->name, sheet->lang), *subtitle;
    if (c->only == -2) {
        subtitle = mn__say(sheet, MN_M_city_subtitle,
                           MN_ARGS(mn__number(sheet, n.units), mn__number(sheet, n.points),
                                   mn__number(sheet, n.centres), mn__number(sheet, n.backed)));
    } else {
        title = mn__say(sheet, MN_M_area_title,
                        MN_ARGS(mn__full_name(m->areas[c->only].name, sheet->lang)));
        subtitle = mn__say(sheet, MN_M_area_subtitle,
                           MN_ARGS(mn__number(sheet, n.units), mn__number(sheet, n.points),
                                   mn__number(sheet, n.backed)));
    }
    mn__frame(sheet, title, subtitle, 2);
}

/* Bands and boxes; false when they do not fit. */
static bool fit(struct mn__city *c) {
    /* The boxes above as low as their width allows. */
    for (c->cell_rows = c->service < 0 ? 3 : 1; c->cell_rows <= 9; c->cell_rows++) {
        bands(c);
        if (fits_above(c))
            break;
    }
    bool last = c->service >= 0 && c->sheet->unit <= LEAST_UNIT;
    return fits_above(c) && (pack(c) || (last && pack_close(c)));
}

/* Frame and all in it; false when it does not fit. */
static bool arrange(struct mn__city *c, void (*frame)(struct mn__city *)) {
    frame(c);
    c->counted = false;
    if (fit(c))
        return true;
    /* There is no larger slide: on it the units and devices of a whole network are counted. */
    c->counted = c->sheet->paper == MN_SLIDE && c->only == -2 && c->service < 0;
    return c->counted && fit(c);
}

bool mn__city_sheet(struct mn__sheet *sheet, int only, int service,
                    void (*frame)(struct mn__city *c)) {
    struct mn__net *net = mn__net_new(sheet->m, sheet->lang, sheet->scene->arena);
    struct mn__city c = {
        .sheet = sheet, .net = net, .scene = sheet->scene, .only = only, .service = service};
    c.extra = take(&c, (size_t)net->n_clusters, sizeof *c.extra);
    if (service >= 0)
        keep_users(&c);
    choose_uppers(&c);
    if (service >= 0)
        hide_uppers(&c);
    choose_areas(&c);
    if (!c.n_areas)
        return mn__refuse(sheet, MN_D_diagram_no_units, NULL, NULL, NULL);
    order(&c);
    /* Heads and frame grow with the paper, unless the names need the room. */
    int before = c.scene->n, keys = sheet->n_legend;
    while (!arrange(&c, frame)) {
        c.scene->n = before;
        sheet->n_legend = keys;
        if (sheet->unit <= LEAST_UNIT)
            return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL,
                              NULL);
        sheet->unit = fmax(LEAST_UNIT, sheet->unit * 0.85);
    }
    if (!c.counted)
        c.scene->layout = mn__groups_note(sheet->m, net, only, c.scene->arena);
    place_uppers(&c);
    mn__city_layer(&c, MN__CITY_POINTS);
    draw_grounds(&c);
    mn__draw_links(&c);
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < c.n_row[r]; i++) {
            mn__city_layer(&c, r ? MN__CITY_CORE : MN__CITY_TOP);
            mn__draw_upper(&c, c.row[r][i]);
        }
    for (int a = 0; a < c.n_areas; a++)
        for (int i = 0; i < c.areas[a].n; i++)
            mn__draw_cluster(&c, c.areas[a].first + i);
    mn__frame_end(sheet);
    for (int i = 0; i < net->n_uppers; i++)
        mn_buf_fini(&c.uppers[i].extra);
    for (int i = 0; i < net->n_clusters; i++)
        mn_buf_fini(&c.extra[i]);
    return true;
}

bool mn__draw_city(struct mn__sheet *sheet) {
    return mn__city_sheet(sheet, -2, -1, say_title);
}

bool mn__draw_area(struct mn__sheet *sheet) {
    if (sheet->picture->subjects[0].scope != MN_SCOPE_AREA)
        return mn__refuse(sheet, MN_D_diagram_subject_area, NULL, NULL, NULL);
    return mn__city_sheet(sheet, sheet->picture->subjects[0].index, -1, say_title);
}
