/* The lines between aggregation points, core and data centres on a map. Where an end is on another
 * panel, a line runs to the panel's edge and says there where it goes. */
#include "diagram/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What lines keep off on a panel: dots unless they are many, badges, boxes. */
static int find_rects(const struct mn__map *map, int panel, struct mn__rect *rects) {
    int n = mn__map_boxes(map, panel, rects);
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->panel != panel || (p->is == MN__MAP_UNIT && !mn__map_named(map, p)))
            continue;
        rects[n++] = p->at;
        if (p->label.placed)
            rects[n++] = p->label.at;
    }
    for (int i = 0; i < map->n_lines; i++)
        if (map->lines[i].panel == panel && map->lines[i].chip.w > 0)
            rects[n++] = map->lines[i].chip;
    return n;
}

/* Shortens the line's beginning to the rectangle's edge. */
static void leave(struct mn__map_line *l, struct mn__rect r, bool at_end) {
    int i = at_end ? l->n - 1 : 0, k = at_end ? l->n - 2 : 1;
    double from, to;
    struct mn__point a = l->points[i], b = l->points[k];
    if (mn__clip((struct mn__segment){a, b}, r, &from, &to))
        l->points[i] = (struct mn__point){a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to};
}

/* Where the way from p towards q leaves r. */
static struct mn__point edge(struct mn__point p, struct mn__point q, struct mn__rect r) {
    double from, to;
    if (!mn__clip((struct mn__segment){p, q}, r, &from, &to))
        return p;
    return (struct mn__point){p.x + (q.x - p.x) * to, p.y + (q.y - p.y) * to};
}

/* An end of a line as a panel sees it. */
struct end {
    enum { HERE, ENLARGED, OUTSIDE } is;
    struct mn__point at;
    struct mn__rect box; /* its badge, or the part that is enlarged */
};

static struct end end_on(const struct mn__map *map, int panel, int place) {
    const struct mn__map_place *p = &map->places[place];
    struct end end = {.is = OUTSIDE, .at = mn__map_at(&map->panels[panel], p->x, p->y)};
    if (p->panel == panel) {
        end.is = HERE;
        end.box = p->at;
        end.at = mn__middle(p->at);
    } else if (mn__map_within(map, p, panel)) {
        int child = p->panel;
        while (map->panels[child].parent != panel)
            child = map->panels[child].parent;
        end.is = ENLARGED;
        end.box = map->panels[child].source;
    }
    return end;
}

static bool same(struct mn__rect a, struct mn__rect b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Finds the line's way between its ends, closer to what stands there if it must. */
static bool route(struct mn__map *map, struct mn__map_line *l, struct end from, struct end to) {
    static const double clear[] = {2.6, 1};
    struct mn__rect *rects =
        mn_new0(2 * (size_t)map->n + (size_t)map->n_lines + MN__MAP_BOXES, sizeof *rects);
    int all = find_rects(map, l->panel, rects), n = 0;
    for (int i = 0; i < all; i++)
        if (!same(rects[i], from.box) && !same(rects[i], to.box))
            rects[n++] = rects[i];
    l->n = 0;
    for (size_t i = 0; i < MN_COUNT(clear) && !l->n; i++)
        l->n = mn__route(from.at, to.at, rects, n, clear[i], l->points);
    if (l->n && from.is == HERE)
        leave(l, from.box, false);
    if (l->n && to.is == HERE)
        leave(l, to.box, true);
    free(rects);
    return l->n > 0;
}

/* A chip with the code of a place outside, at the panel's edge where the line leaves. */
static bool place_chip(const struct mn__map *map, struct mn__map_line *l, struct end from,
                       struct end to) {
    struct mn__rect room = map->panels[l->panel].room;
    double w = map->places[l->exit].code_w, h = map->badge_h;
    for (int i = 0; i < map->n_lines; i++)
        if (map->lines[i].panel == l->panel && map->lines[i].exit == l->exit &&
            !map->lines[i].told) {
            l->chip = map->lines[i].chip;
            l->shared = true;
            return true;
        }
    room.x += w / 2 + 1, room.w -= w + 2, room.y += h / 2 + 1, room.h -= h + 2;
    struct mn__point at = edge(from.at, to.at, room);
    for (double off = 0; off <= 90; off += 3)
        for (int i = 0; i < (off > 0 ? 8 : 1); i++) {
            double turn = i * 3.14159265358979323846 / 4;
            struct mn__rect r = {round(at.x + cos(turn) * off - w / 2),
                                 round(at.y + sin(turn) * off - h / 2), w, h};
            if (mn__map_free(map, l->panel, r, -1)) {
                l->chip = r;
                return true;
            }
        }
    return false;
}

/* Whether a line that has its way runs through r. */
static bool on_line(const struct mn__map *map, int panel, struct mn__rect r) {
    for (int i = 0; i < map->n_lines; i++)
        for (int k = 1; k < map->lines[i].n && map->lines[i].panel == panel; k++)
            if (mn__segment_meets(
                    (struct mn__segment){map->lines[i].points[k - 1], map->lines[i].points[k]},
                    mn__grown(r, 1)))
                return true;
    return false;
}

/* No way to draw it: a chip beside a badge says where its line goes. */
static bool tell(struct mn__map *map, const struct mn__map_line *l, int here, int other) {
    const struct mn__map_place *p = &map->places[here];
    struct mn__map_line *told = &map->lines[map->n_lines];
    struct mn__point c = mn__middle(p->at);
    double w = map->places[other].code_w + map->badge_size * 1.4, h = map->badge_h;
    for (double off = 4; off <= 200; off += 3)
        for (int i = 0; i < 12; i++) {
            double turn = i * 3.14159265358979323846 / 6;
            struct mn__rect r = {round(c.x + cos(turn) * (off + (w + p->at.w) / 2) - w / 2),
                                 round(c.y + sin(turn) * (off + h) - h / 2), w, h};
            if (mn__rects_meet(r, p->at, 2) || !mn__map_free(map, l->panel, r, here) ||
                on_line(map, l->panel, r))
                continue;
            *told = (struct mn__map_line){
                .bundle = l->bundle, .panel = l->panel, .exit = other, .chip = r, .told = true};
            map->n_lines++;
            return true;
        }
    return false;
}

/* The piece of a bundle that one panel shows, if any, and the chip at its end. */
static void begin(struct mn__map *map, int bundle, int panel, int a, int b) {
    struct end ends[2] = {end_on(map, panel, a), end_on(map, panel, b)};
    struct mn__map_line *l = &map->lines[map->n_lines];
    if ((ends[0].is == OUTSIDE && ends[1].is == OUTSIDE) ||
        (ends[0].is == ENLARGED && ends[1].is == ENLARGED && same(ends[0].box, ends[1].box)))
        return;
    *l = (struct mn__map_line){.bundle = bundle, .panel = panel, .from = a, .to = b, .exit = -1};
    for (int k = 0; k < 2; k++) {
        if (ends[k].is != OUTSIDE)
            continue;
        if (panel == 0) /* to an inset: said there */
            return;
        l->exit = k ? b : a;
        if (ends[!k].is == ENLARGED)
            ends[!k].at = edge(ends[!k].at, ends[k].at, ends[!k].box);
        if (!place_chip(map, l, ends[!k], ends[k]))
            return;
    }
    map->n_lines++;
}

static bool lay(struct mn__map *map, struct mn__map_line *l) {
    struct end ends[2] = {end_on(map, l->panel, l->from), end_on(map, l->panel, l->to)};
    for (int k = 0; k < 2; k++)
        if (ends[k].is == OUTSIDE)
            ends[k] = (struct end){HERE, mn__middle(l->chip), l->chip};
    struct mn__point toward[2] = {ends[0].at, ends[1].at};
    for (int k = 0; k < 2; k++)
        if (ends[k].is == ENLARGED)
            ends[k].at = edge(toward[k], toward[!k], ends[k].box);
    if (hypot(ends[0].at.x - ends[1].at.x, ends[0].at.y - ends[1].at.y) < 2)
        return true;
    if (route(map, l, ends[0], ends[1]))
        return true;
    map->n_told++;
    return (map->places[l->from].panel != l->panel || tell(map, l, l->from, l->to)) &&
           (map->places[l->to].panel != l->panel || tell(map, l, l->to, l->from));
}

bool mn__map_lines(struct mn__map *map) {
    const struct mn__net *net = map->net;
    map->lines = mn_arena_alloc(map->arena, 3 * sizeof *map->lines * (size_t)map->n_panels *
                                                ((size_t)net->n_bundles + 1));
    for (int i = 0; i < net->n_bundles; i++) {
        int a = map->place_of_box[net->bundles[i].a], b = map->place_of_box[net->bundles[i].b];
        if (a < 0 || b < 0 || !map->places[a].located || !map->places[b].located)
            continue;
        for (int panel = 0; panel < map->n_panels; panel++)
            begin(map, i, panel, a, b);
    }
    int n = map->n_lines;
    for (int i = 0; i < n; i++)
        if (!lay(map, &map->lines[i]))
            return false;
    return true;
}
