/* Sharing out the map's sheet: the main panel, insets for what lies far off, a list of what has no
 * coordinates. */
#include "diagram/map.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The share of names that may be crowded all the same: labels find places for so many. */
#define MOST_LEFT 0.06
/* The same of larger names: a unit more is not to make them smaller. */
#define MOST_LEFT_LARGE 0.025

struct mn__point mn__map_at(const struct mn__map_panel *p, double x, double y) {
    return (struct mn__point){p->origin.x + (x - p->x) * p->scale,
                              p->origin.y + (y - p->y) * p->scale};
}

double mn__map_bar(double scale, double most) {
    double length = pow(10, floor(log10(most / scale)));
    static const double steps[] = {5, 2};
    for (size_t i = 0; i < MN_COUNT(steps); i++)
        if (steps[i] * length * scale <= most)
            return steps[i] * length;
    return length;
}

double mn__map_head(const struct mn__map *map) {
    return 17 * map->sheet->unit;
}

void mn__map_fit(struct mn__map_panel *p, struct mn__rect km, double pad_x, double pad_y) {
    double w = p->room.w - 2 * pad_x, h = p->room.h - 2 * pad_y;
    p->scale = fmin(w / fmax(km.w, 0.2), h / fmax(km.h, 0.2));
    p->x = km.x + km.w / 2;
    p->y = km.y + km.h / 2;
    p->origin = mn__middle(p->room);
}

static void share_main(struct mn__map *map) {
    struct mn__map_panel *p = &map->panels[0];
    double u = map->sheet->unit;
    struct mn__rect km = {map->min_x, map->min_y, map->max_x - map->min_x, map->max_y - map->min_y};
    *p = (struct mn__map_panel){.is = MN__MAP_MAIN, .at = map->sheet->body};
    p->room = mn__grown(p->at, -3);
    mn__map_fit(p, km, 40 * u, 14 * u);
    p->scale *= map->plan.share;
    double spare_x = p->room.w - 2 * 40 * u - km.w * p->scale;
    double spare_y = p->room.h - 2 * 14 * u - km.h * p->scale;
    p->origin.x += spare_x * (map->plan.align - 0.5);
    p->origin.y += spare_y * (map->plan.align - 0.5);
    map->n_panels = 1;
    map->dot = map->full_dot;
}

bool mn__map_within(const struct mn__map *map, const struct mn__map_place *p, int panel) {
    int at = p->panel;
    while (at != panel && map->panels[at].is == MN__MAP_FRAME)
        at = map->panels[at].parent;
    return p->located && at == panel;
}

/* The main panel's dots, with room for their names. */
static void take_dots(const struct mn__map *map, struct mn__vacant *v, double x, double y) {
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->group)
            continue;
        struct mn__point at = mn__map_at(&map->panels[0], p->x, p->y);
        mn__vacant_take(v, (struct mn__rect){at.x - x, at.y - y, 2 * x, 2 * y});
    }
}

double mn__map_row(const struct mn__map *map) {
    return fmax(map->plan.size + 4.5, map->badge_h + 3);
}

bool mn__map_fit_list(struct mn__map *map, struct mn__vacant *v, int n, double widest,
                      const char *head, double share, struct mn__point p,
                      struct mn__map_list *list) {
    double u = map->sheet->unit, row = mn__map_row(map);
    double head_w = mn__text_width(head, fmax(8.5 * u, map->sheet->least_text), true);
    for (list->rows = n; list->rows >= 1; list->rows--) {
        int columns = (n + list->rows - 1) / list->rows;
        list->column = fmax(widest + 10, (head_w + 8) / columns);
        double w = columns * list->column + 6;
        double h = mn__map_head(map) + list->rows * row + 4;
        if (columns > 1 && (columns - 1) * list->rows >= n)
            continue;
        if (h < map->sheet->body.h * share && mn__vacant_near(v, w, h, p, &list->at)) {
            mn__vacant_take(v, mn__grown(list->at, MN__MAP_PAD));
            return true;
        }
    }
    list->at.w = 0;
    return false;
}

static bool share_list(struct mn__map *map, struct mn__vacant *v) {
    double u = map->sheet->unit, widest = 0;
    struct mn__point corner = {map->sheet->body.x, map->sheet->body.y + map->sheet->body.h};
    map->list.at.w = 0;
    if (!map->n_missing)
        return true;
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located)
            widest =
                fmax(widest, p->is == MN__MAP_UNIT
                                 ? p->label.w + p->dot + 4
                                 : p->code_w + 5 + mn__text_width(p->name, map->plan.size, false));
    }
    widest = fmin(widest, 220 * fmax(u, u * u));
    return mn__map_fit_list(map, v, map->n_missing, widest,
                            mn_msg(MN_M_map_missing, map->sheet->lang), 0.6, corner, &map->list);
}

static const char *direction(enum mn_lang lang, double dx, double dy) {
    static const enum mn_message words[] = {
        MN_M_map_east, MN_M_map_southeast, MN_M_map_south, MN_M_map_southwest,
        MN_M_map_west, MN_M_map_northwest, MN_M_map_north, MN_M_map_northeast};
    int eighth = (int)lround(atan2(dy, dx) / (3.14159265358979323846 / 4));
    return mn_msg(words[(eighth + 8) % 8], lang);
}

/* "B. 184 km south of Phường Vũng Tàu": from the nearest unit of the main panel to the nearest of
 * the group. */
static const char *far_text(struct mn__map *map, int group) {
    const struct mn__map_place *here = NULL, *there = NULL;
    for (int units = 1; units >= 0 && !here; units--)
        for (int i = 0; i < map->n; i++)
            for (int k = 0; k < map->n; k++) {
                const struct mn__map_place *a = &map->places[i], *b = &map->places[k];
                if (!a->located || !b->located || a->group || b->group != group ||
                    (units && (a->is != MN__MAP_UNIT)))
                    continue;
                if (!here || hypot(a->x - b->x, a->y - b->y) <
                                 hypot(here->x - there->x, here->y - there->y)) {
                    here = a;
                    there = b;
                }
            }
    if (!here)
        return "";
    double km = hypot(here->x - there->x, here->y - there->y);
    return mn__say(map->sheet, MN_M_map_far,
                   MN_ARGS(mn_arena_printf(map->arena, "%c", 'A' + map->n_panels - 1), here->name,
                           mn_arena_printf(map->arena, km < 10 ? "%.1f" : "%.0f", km),
                           direction(map->sheet->lang, there->x - here->x, there->y - here->y)));
}

static bool share_insets(struct mn__map *map, struct mn__vacant *v) {
    double u = map->sheet->unit;
    for (int group = 1; group <= map->n_groups; group++) {
        struct mn__map_panel *p = &map->panels[map->n_panels];
        struct mn__rect km = {0, 0, 0, 0};
        int n = 0;
        double width = 0;
        for (int i = 0; i < map->n; i++)
            if (map->places[i].located && map->places[i].group == group) {
                struct mn__rect at = {map->places[i].x, map->places[i].y, 0, 0};
                km = n++ ? mn__joined(km, at) : at;
                width = fmax(width, map->places[i].label.w);
                map->places[i].panel = map->n_panels;
            }
        *p = (struct mn__map_panel){.is = MN__MAP_INSET, .group = group};
        p->title = far_text(map, group);
        double scale = map->panels[0].scale;
        double w = fmax(fmin(km.w * scale, 220 * u) + 2 * width + 30, 130 * u);
        double h = fmin(km.h * scale, 130 * u) + (n > 1 ? 34 : 26) * u;
        double size = fmax(8 * u, map->sheet->least_text);
        const char *lines[2];
        int rows = mn__text_wrap(map->arena, p->title, size, true, w - 12, 2, lines);
        double head = rows * size * 1.2 + 5 * u;
        struct mn__point to = mn__middle(km);
        if (n == 0 || map->n_panels + 1 >= MN__MAP_PANELS)
            return false;
        to = mn__map_at(&map->panels[0], to.x, to.y);
        to.x = fmin(fmax(to.x, map->sheet->body.x), map->sheet->body.x + map->sheet->body.w);
        to.y = fmin(fmax(to.y, map->sheet->body.y), map->sheet->body.y + map->sheet->body.h);
        if (!mn__vacant_near(v, w, h + head, to, &p->at))
            return false;
        p->room = (struct mn__rect){p->at.x + 3, p->at.y + head, p->at.w - 6, p->at.h - head - 3};
        mn__map_fit(p, km, width + 4, 10 * u);
        p->scale = fmin(p->scale, fmax(scale, 1e-3));
        mn__vacant_take(v, mn__grown(p->at, MN__MAP_PAD));
        map->n_panels++;
    }
    return true;
}

/* What is small may come nearer to dots, whose names then go the other way. */
static bool share_small(struct mn__map *map, struct mn__vacant *v) {
    double u = map->sheet->unit;
    struct mn__point corner = {map->sheet->body.x, map->sheet->body.y + map->sheet->body.h};
    take_dots(map, v, (map->brief ? 9 : 14) * u, 9 * u);
    if (map->table.at.w > 0)
        mn__vacant_take(v, mn__grown(map->table.at, MN__MAP_PAD));
    for (int i = 1; i < map->n_panels; i++) {
        mn__vacant_take(v, mn__grown(map->panels[i].at, MN__MAP_PAD));
        if (map->panels[i].parent == 0)
            mn__vacant_take(v, mn__grown(map->panels[i].source, 14 * u));
    }
    bool ok = mn__vacant_near(v, 120 * u, 30 * u, corner, &map->scale_bar);
    mn__vacant_take(v, mn__grown(map->scale_bar, MN__MAP_PAD));
    return ok && share_insets(map, v) && share_list(map, v);
}

/* The main panel, and what is free on it for frames. */
static void begin_share(struct mn__map *map, struct mn__vacant *v) {
    double u = map->sheet->unit;
    for (int i = 0; i < map->n; i++)
        map->places[i].panel = map->places[i].group ? -1 : 0;
    share_main(map);
    mn__vacant_init(v, mn__grown(map->panels[0].room, -2), 5 * u);
    take_dots(map, v, (map->brief ? 9 : 30) * u, 10 * u);
}

double mn__map_room(struct mn__map *map) {
    struct mn__vacant v;
    begin_share(map, &v);
    double room = mn__map_frame_room(map, &v);
    mn__vacant_fini(&v);
    return room;
}

bool mn__map_share(struct mn__map *map) {
    double u = map->sheet->unit;
    bool large = map->plan.size > 1.2 * map->sheet->least_name;
    struct mn__vacant v;
    begin_share(map, &v);
    bool ok = !map->brief || mn__map_share_table(map, &v);
    ok = ok && (map->plan.frames == 0 || mn__map_frames(map, &v));
    ok = ok && (map->brief || mn__map_crowded(map) < (large ? MOST_LEFT_LARGE : MOST_LEFT));
    mn__vacant_fini(&v);
    if (map->brief)
        mn__map_small_dots(map);
    mn__vacant_init(&v, mn__grown(map->panels[0].room, -2), 5 * u);
    ok = ok && share_small(map, &v);
    mn__vacant_fini(&v);
    return ok;
}
