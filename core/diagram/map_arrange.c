/* What stands where on the map's panels: dots where they belong, badges beside them, names. */
#include "diagram/map.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Dots that would touch stand below each other, with their names at their right. */
#define APART 1.0

/* Names without a place after which a plan is given up. */
enum { GIVEN_UP = 8 };

/* Room between badges for a line to pass. */
#define BADGES_APART 6.0

/* How far a name may be from its dot. */
#define REACH 66.0
#define FAR_REACH 120.0 /* of few names */

void mn__map_measure(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    double u = sheet->unit, size = map->plan.size;
    if (map->measured == size)
        return;
    map->measured = size;
    map->n_crowds = 0;
    double grown = fmin(size / sheet->least_name, u * u); /* dots and badges go with names */
    map->full_dot = map->dot = round(6 * fmax(fmin(u, 1.25), grown));
    map->badge_size = fmax(8 * fmax(fmin(u, 1.4), grown), sheet->least_name);
    map->badge_h = round(map->badge_size * 1.5);
    for (int i = 0; i < map->n; i++) {
        struct mn__map_place *p = &map->places[i];
        if (p->is != MN__MAP_UNIT) {
            p->code_w = ceil(mn__text_width(p->code, map->badge_size, true) + 7);
            if (p->as)
                p->code_w += fmin(map->badge_h, 14) + 2;
            continue;
        }
        double code = fmax(0.88 * size, sheet->least_text);
        p->name_w = fmin(mn__text_width(p->name, size, false), 24 * size);
        p->code_w = *p->code ? mn__text_width(p->code, code, true) + fmax(2.5, 0.3 * size) : 0;
        p->dot = p->as ? round(size + 2) : map->dot;
        p->label =
            (struct mn__label){.w = p->name_w + p->code_w, .h = fmax(size + 0.6, 1.07 * size)};
        if (p->as || p->line_as) { /* a box, with a tile for the mark of a line */
            p->label.h = round(size + 5);
            p->label.w = ceil(p->label.w + (p->as ? 0 : fmin(p->label.h, 14)) + 8);
        }
    }
}

int mn__map_boxes(const struct mn__map *map, int panel, struct mn__rect *boxes) {
    int n = 0;
    if (panel == 0) {
        boxes[n++] = map->scale_bar;
        if (map->list.at.w > 0)
            boxes[n++] = map->list.at;
        if (map->table.at.w > 0)
            boxes[n++] = map->table.at;
        for (int i = 1; i < map->n_panels; i++)
            boxes[n++] = map->panels[i].at;
    }
    for (int i = 1; i < map->n_panels; i++) {
        if (map->panels[i].is != MN__MAP_FRAME || map->panels[i].parent != panel)
            continue;
        boxes[n++] = map->panels[i].source;
        if (map->panels[i].tag.w > 0)
            boxes[n++] = map->panels[i].tag;
    }
    return n;
}

static bool inside(struct mn__rect out, struct mn__rect in) {
    return in.x >= out.x && in.y >= out.y && in.x + in.w <= out.x + out.w &&
           in.y + in.h <= out.y + out.h;
}

bool mn__map_free(const struct mn__map *map, int panel, struct mn__rect r, int but) {
    struct mn__rect boxes[MN__MAP_BOXES];
    int n = mn__map_boxes(map, panel, boxes);
    if (!inside(map->panels[panel].room, r))
        return false;
    for (int i = 0; i < n; i++)
        if (mn__rects_meet(r, boxes[i], 1))
            return false;
    for (int i = 0; i < map->n; i++)
        if (i != but && map->places[i].panel == panel && map->places[i].at.w > 0 &&
            (mn__rects_meet(r, map->places[i].at,
                            map->places[i].is == MN__MAP_UNIT ? 1.2 : BADGES_APART) ||
             (map->places[i].label.placed && mn__rects_meet(r, map->places[i].label.at, 1.2))))
            return false;
    for (int i = 0; i < map->n_lines; i++)
        if (map->lines[i].panel == panel && map->lines[i].chip.w > 0 &&
            mn__rects_meet(r, map->lines[i].chip, 1.2))
            return false;
    return true;
}

/* How far r must go to the right, or down, to lie within an extent. */
static double into(double at, double size, double from, double room) {
    return fmax(from - at, 0) - fmax(at + size - from - room, 0);
}

/* A sign is larger than a dot: beside a panel's edge or a box it gives way. */
static struct mn__rect given_way(const struct mn__map *map, int panel, struct mn__rect r) {
    struct mn__rect boxes[MN__MAP_BOXES], room = map->panels[panel].room;
    int n = mn__map_boxes(map, panel, boxes);
    r.x += into(r.x, r.w, room.x, room.w), r.y += into(r.y, r.h, room.y, room.h);
    for (int i = 0; i < n; i++) {
        struct mn__rect b = mn__grown(boxes[i], 1);
        if (!mn__rects_meet(r, b, 0))
            continue;
        double left = r.x + r.w - b.x, right = b.x + b.w - r.x;
        double up = r.y + r.h - b.y, down = b.y + b.h - r.y;
        if (fmin(left, right) < fmin(up, down))
            r.x += left < right ? -left : right;
        else
            r.y += up < down ? -up : down;
    }
    return r;
}

static struct mn__rect dot_at(const struct mn__map *map, const struct mn__map_place *p) {
    struct mn__point at = mn__map_at(&map->panels[p->panel], p->x, p->y);
    double r = p->dot / 2;
    struct mn__rect dot = {round(at.x - r), round(at.y - r), p->dot, p->dot};
    return p->as ? given_way(map, p->panel, dot) : dot;
}

/* Dots of one panel that touch an earlier one find a place in rows with it. */
struct stacking {
    struct mn__map *map;
    int panel;
    struct mn__space space; /* dots and settled names */
    struct mn__rect r;
    int hit;
    int *slot;               /* of each dot: the next place beside it to try */
    struct mn__rect *origin; /* where the first of each was */
};

static bool touches(void *arg, int item) {
    struct stacking *s = arg;
    const struct mn__map_place *p = &s->map->places[item];
    if (mn__rects_meet(s->r, p->at, APART) ||
        (p->label.placed && mn__rects_meet(s->r, p->label.at, APART))) {
        s->hit = item;
        return true;
    }
    return false;
}

static bool taken(struct stacking *s, struct mn__rect r) {
    s->r = r;
    return mn__space_any(&s->space, mn__grown(r, APART), touches, s);
}

static void settle(struct stacking *s, int place, struct mn__rect at) {
    struct mn__map_place *p = &s->map->places[place];
    p->at = at;
    mn__space_add(&s->space, p->label.placed ? mn__joined(at, p->label.at) : at, place);
}

enum { COLUMNS = 25, ROWS = 201 };

/* The `slot`-th place beside a dot: down and up its column, then the columns right and left. */
static struct mn__rect slot_at(double dot, struct mn__rect head, int slot, double column,
                               double row) {
    int c = slot / ROWS, r = slot % ROWS;
    double x = (c + 1) / 2 * (c % 2 ? 1 : -1), y = (r + 1) / 2 * (r % 2 ? 1 : -1);
    return (struct mn__rect){round(head.x + x * column), round(head.y + y * row), dot, dot};
}

/* Gives the place its dot there and its name at the right, if both are free. */
static bool set_beside(struct stacking *s, int place, struct mn__rect at, bool dot_free) {
    struct mn__map *map = s->map;
    struct mn__map_place *p = &map->places[place];
    struct mn__rect boxes[MN__MAP_BOXES];
    int n_boxes = mn__map_boxes(map, s->panel, boxes);
    struct mn__rect name = {at.x + at.w + 1.6, at.y + at.h / 2 - p->label.h / 2, p->label.w,
                            p->label.h};
    struct mn__rect all = mn__joined(at, name);
    if (!inside(map->panels[s->panel].room, all) || taken(s, dot_free ? all : name))
        return false;
    for (int i = 0; i < n_boxes; i++)
        if (mn__rects_meet(all, boxes[i], 1))
            return false;
    p->label.placed = p->stacked = true;
    p->label.at = name;
    settle(s, place, at);
    return true;
}

/* The next free place in the rows round a dot. */
static bool next_slot(struct stacking *s, int place, int head, double column) {
    double dot = s->map->places[place].dot;
    double row = fmax(s->map->places[place].label.h, dot) + 2;
    while (s->slot[head] < COLUMNS * ROWS)
        if (set_beside(s, place, slot_at(dot, s->origin[head], s->slot[head]++, column, row), true))
            return true;
    return false;
}

/* The first of several stays where it is and has its name beside it, too, if there is room. */
static bool stack(struct stacking *s, int place, int head, double column) {
    struct mn__rect at = s->map->places[head].at;
    if (s->slot[head] == 0) {
        s->slot[head] = 1;
        s->origin[head] = at;
        set_beside(s, head, at, false);
    }
    return next_slot(s, place, head, column);
}

/* Dots where they belong; those that would touch another are given it as head. */
static void place_dots(struct mn__map *map, int panel) {
    struct stacking s = {.map = map, .panel = panel};
    mn__space_init(&s.space, map->panels[panel].room, 20);
    for (int i = 0; i < map->n; i++) {
        struct mn__map_place *p = &map->places[i];
        if (p->is != MN__MAP_UNIT || !p->located || p->panel != panel)
            continue;
        struct mn__rect at = dot_at(map, p);
        p->head = !map->brief && taken(&s, at) ? s.hit : -1;
        if (p->head < 0)
            settle(&s, i, at);
    }
    mn__space_fini(&s.space);
}

/* Once badges have their places, the other dots go beside their heads. */
static bool stack_dots(struct mn__map *map, int panel) {
    struct stacking s = {.map = map, .panel = panel};
    double column = 0;
    bool ok = true;
    s.slot = mn_new0((size_t)map->n + 1, sizeof *s.slot);
    s.origin = mn_new0((size_t)map->n + 1, sizeof *s.origin);
    mn__space_init(&s.space, map->panels[panel].room, 20);
    for (int i = 0; i < map->n; i++) {
        struct mn__map_place *p = &map->places[i];
        if (p->panel != panel || !p->located)
            continue;
        if (p->at.w > 0)
            settle(&s, i, p->at);
        if (p->is == MN__MAP_UNIT)
            column = fmax(column, p->label.w + p->dot + 6);
    }
    for (int i = 0; i < map->n && ok; i++)
        if (map->places[i].is == MN__MAP_UNIT && map->places[i].panel == panel &&
            map->places[i].located && map->places[i].head >= 0)
            ok = stack(&s, i, map->places[i].head, column);
    mn__space_fini(&s.space);
    free(s.slot);
    free(s.origin);
    return ok;
}

/* Badges go to the nearest place where they hide no dot. */
static bool place_badge(struct mn__map *map, int place) {
    struct mn__map_place *p = &map->places[place];
    struct mn__point c = mn__map_at(&map->panels[p->panel], p->x, p->y);
    for (double off = 0; off <= 300; off += 2)
        for (int i = 0; i < (off > 0 ? 16 : 1); i++) {
            double turn = i * 3.14159265358979323846 / 8;
            struct mn__rect r = {round(c.x + cos(turn) * off * 1.4 - p->code_w / 2),
                                 round(c.y + sin(turn) * off - map->badge_h / 2), p->code_w,
                                 map->badge_h};
            if (mn__map_free(map, p->panel, r, place)) {
                p->at = r;
                return true;
            }
        }
    return false;
}

/* The letter of a frame beside what it enlarges. */
static bool place_tag(struct mn__map *map, int panel) {
    struct mn__map_panel *p = &map->panels[panel];
    struct mn__rect s = p->source;
    double h = map->badge_h, w = h;
    for (int i = 0; i < 24; i++) {
        double along = (i / 4) / 5.0;
        struct mn__rect sides[] = {{s.x + along * (s.w - w), s.y - h - 2, w, h},
                                   {s.x + s.w + 2, s.y + along * (s.h - h), w, h},
                                   {s.x - w - 2, s.y + along * (s.h - h), w, h},
                                   {s.x + along * (s.w - w), s.y + s.h + 2, w, h}};
        struct mn__rect r = sides[i % 4];
        r.x = round(r.x), r.y = round(r.y);
        if (mn__map_free(map, p->parent, r, -1)) {
            p->tag = r;
            return true;
        }
    }
    return false;
}

/* The beginning of a unit's first line, towards its point; all of it when that is near. */
static void place_stub(struct mn__map *map, int place) {
    struct mn__map_place *p = &map->places[place];
    const struct mn__map_place *to = p->to >= 0 ? &map->places[p->to] : NULL;
    struct mn__point c = mn__middle(p->at), end;
    p->stubbed = false;
    if (map->brief || !to || !to->located || p->at.w <= 0 || p->label.placed)
        return;
    end = to->panel == p->panel && to->at.w > 0 ? mn__middle(to->at)
                                                : mn__map_at(&map->panels[p->panel], to->x, to->y);
    double d = hypot(end.x - c.x, end.y - c.y), from, to_edge = 1;
    double r = p->dot > 8 ? 0.72 * p->dot : p->dot / 2 + 0.8; /* of a large one off its corners */
    double length = 6 * fmin(map->sheet->unit, 1.3);
    if (d < 4 * r)
        return;
    if (to->panel == p->panel &&
        mn__clip((struct mn__segment){c, end}, mn__grown(to->at, 0.5), &from, &to_edge))
        d *= from;
    if (d < r + 2 * length)
        length = d - r;
    double dx = end.x - c.x, dy = end.y - c.y, k = hypot(dx, dy);
    dx /= k, dy /= k;
    struct mn__segment stub = {{c.x + dx * r, c.y + dy * r},
                               {c.x + dx * (r + length), c.y + dy * (r + length)}};
    struct mn__rect bounds = mn__segment_bounds(stub);
    if (!inside(map->panels[p->panel].room, bounds))
        return;
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *o = &map->places[i];
        if (i != place && o->panel == p->panel && o->at.w > 0 && mn__rects_meet(bounds, o->at, 2) &&
            mn__segment_meets(stub, mn__grown(o->at, i == p->to ? 0 : 1)))
            return;
        if (o->label.placed && o->panel == p->panel && mn__segment_meets(stub, o->label.at))
            return;
    }
    struct mn__rect boxes[MN__MAP_BOXES];
    int n = mn__map_boxes(map, p->panel, boxes);
    for (int i = 0; i < n; i++)
        if (mn__segment_meets(stub, mn__grown(boxes[i], 1)))
            return;
    for (int i = 0; i < map->n_lines; i++)
        if (map->lines[i].panel == p->panel && map->lines[i].chip.w > 0 &&
            mn__segment_meets(stub, mn__grown(map->lines[i].chip, 1)))
            return;
    p->stubbed = true;
    p->stub = stub;
}

/* Names of one panel, so far from their dots; returns how many found no place. */
static int place_names(struct mn__map *map, int panel, double reach, bool hard) {
    size_t most =
        2 * (size_t)map->n + MN__MAP_BOXES + (size_t)map->n_lines * (MN__ROUTE_POINTS + 1);
    struct mn__obstacle *obstacles = mn_new0(most, sizeof *obstacles);
    struct mn__label *labels = mn_new0((size_t)map->n + 1, sizeof *labels);
    int *of = mn_new0((size_t)map->n + 1, sizeof *of), n = 0, k = 0;
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->panel != panel)
            continue;
        int owner = -1;
        if (p->is == MN__MAP_UNIT && mn__map_named(map, p)) {
            owner = n;
            of[n] = i;
            labels[n] = p->label;
            labels[n++].anchor = p->at;
        }
        obstacles[k++] = (struct mn__obstacle){.rect = p->at, .owner = owner};
        if (p->stubbed)
            obstacles[k++] =
                (struct mn__obstacle){.line = true, .segment = p->stub, .owner = owner};
    }
    struct mn__rect boxes[MN__MAP_BOXES];
    int n_boxes = mn__map_boxes(map, panel, boxes);
    for (int i = 0; i < n_boxes; i++)
        obstacles[k++] = (struct mn__obstacle){.rect = mn__grown(boxes[i], 1), .owner = -1};
    for (int i = 0; i < map->n_lines; i++) {
        const struct mn__map_line *l = &map->lines[i];
        if (l->panel != panel)
            continue;
        for (int j = 1; j < l->n; j++)
            obstacles[k++] = (struct mn__obstacle){
                .line = true, .segment = {l->points[j - 1], l->points[j]}, .owner = -1};
        if (l->chip.w > 0)
            obstacles[k++] = (struct mn__obstacle){.rect = l->chip, .owner = -1};
    }
    int left = mn__place_labels(labels, n, obstacles, k, map->panels[panel].room, reach, hard);
    for (int i = 0; i < n; i++)
        map->places[of[i]].label = labels[i];
    free(of);
    free(labels);
    free(obstacles);
    return left;
}

/* Where names find no place, the stubs round them give way. */
static bool drop_stubs(struct mn__map *map, int panel) {
    bool dropped = false;
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->panel != panel || p->is != MN__MAP_UNIT || p->label.placed)
            continue;
        for (int k = 0; k < map->n; k++) {
            struct mn__map_place *o = &map->places[k];
            if (o->stubbed && o->panel == panel && mn__rects_meet(mn__grown(p->at, 40), o->at, 0)) {
                o->stubbed = false;
                dropped = true;
            }
        }
    }
    for (int i = 0; i < map->n; i++)
        if (map->places[i].panel == panel && !map->places[i].stacked)
            map->places[i].label.placed = map->places[i].label.led = false;
    return dropped;
}

/* Names of one panel. Where few find no place, others may go farther off; on larger paper from the
 * first, for there larger names are tried. */
static int name_panel(struct mn__map *map, int panel) {
    double least = map->sheet->least_name, size = map->plan.size;
    if (map->brief)
        return place_names(map, panel, FAR_REACH, false);
    if (map->sheet->unit > 1.1)
        return place_names(map, panel, REACH * fmax(size / least, 1), true);
    int left = place_names(map, panel, REACH, false);
    if (left && left <= 2 * GIVEN_UP && drop_stubs(map, panel))
        left = place_names(map, panel, REACH, false);
    if (left && left <= GIVEN_UP && size <= least) {
        drop_stubs(map, panel);
        left = place_names(map, panel, FAR_REACH, true);
    }
    return left;
}

bool mn__map_arrange(struct mn__map *map) {
    map->n_lines = map->n_told = 0;
    map->unnamed = 0;
    for (int i = 0; i < map->n; i++) {
        map->places[i].at.w = 0;
        map->places[i].label.placed = map->places[i].label.led = false;
        map->places[i].stacked = false;
    }
    for (int i = 0; i < map->n_panels; i++)
        place_dots(map, i);
    for (int i = 0; i < map->n; i++)
        if (map->places[i].located && map->places[i].is != MN__MAP_UNIT && !place_badge(map, i))
            return false;
    for (int i = 1; i < map->n_panels; i++) {
        map->panels[i].tag.w = 0;
        if (map->panels[i].is == MN__MAP_FRAME && !place_tag(map, i))
            return false;
    }
    for (int i = 0; i < map->n_panels; i++)
        if (!stack_dots(map, i))
            return false;
    if (!mn__map_lines(map))
        return false;
    for (int i = 0; i < map->n; i++)
        if (map->places[i].is == MN__MAP_UNIT && map->places[i].located)
            place_stub(map, i);
    for (int i = 0; i < map->n_panels; i++) {
        map->unnamed += name_panel(map, i);
        if (map->unnamed > GIVEN_UP && !map->brief)
            break;
    }
    return true;
}
