/* Frames: which parts of a map are enlarged, and where. */
#include "diagram/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Positions of a frame's window along the longer side. */
enum { CELLS = 100, NEIGHBOURS = 8, MOST_CROWDED = 24 };

/* How far a name of usual length reaches from its dot: in steps of its size, so that one name does
 * not change it. */
static double usual_width(const struct mn__map *map) {
    double sum = 0, size = map->plan.size;
    for (int i = 0; i < map->n; i++)
        if (map->places[i].is == MN__MAP_UNIT)
            sum += map->places[i].name_w + map->places[i].code_w;
    return map->n_units ? (floor(sum / map->n_units / size) + 0.5) * size : 40;
}

/* A place and how many are near it: what is at the same place stands in rows anyhow. */
struct crowd {
    const struct mn__map *map;
    const struct mn__map_place *place;
    double w, h, same; /* kilometres */
    int near;
};

static bool is_near(void *arg, int item) {
    struct crowd *c = arg;
    const struct mn__map_place *o = &c->map->places[item];
    double x = fabs(o->x - c->place->x), y = fabs(o->y - c->place->y);
    if (x < c->w && y < c->h && !(x < c->same && y < c->same))
        c->near += o->is == MN__MAP_UNIT ? 1 : 2;
    return c->near >= NEIGHBOURS + MOST_CROWDED;
}

/* For each unit of a panel: how many neighbours more than its name bears there would be at that
 * scale. */
static void find_crowded(const struct mn__map *map, int panel, double scale, int *crowded) {
    struct crowd c = {.map = map,
                      .w = usual_width(map) * 0.9 / scale,
                      .h = map->plan.size * 3.6 / scale,
                      .same = map->dot / scale};
    struct mn__rect all = {map->min_x, map->min_y, map->max_x - map->min_x,
                           map->max_y - map->min_y};
    struct mn__space space;
    memset(crowded, 0, (size_t)map->n * sizeof *crowded);
    mn__space_init(&space, all, fmax(c.h, fmax(all.w, all.h) / 400));
    for (int i = 0; i < map->n; i++)
        if (map->places[i].located && map->places[i].panel == panel)
            mn__space_add(&space, (struct mn__rect){map->places[i].x, map->places[i].y, 0, 0}, i);
    for (int i = 0; i < map->n; i++) {
        c.place = &map->places[i];
        c.near = 0;
        if (!c.place->located || c.place->is != MN__MAP_UNIT || c.place->panel != panel)
            continue;
        struct mn__rect near = {c.place->x - c.w, c.place->y - c.h, 2 * c.w, 2 * c.h};
        mn__space_any(&space, near, is_near, &c);
        crowded[i] = (int)fmin(fmax(c.near - NEIGHBOURS, 0), MOST_CROWDED);
    }
    mn__space_fini(&space);
}

/* What find_crowded says, as long as nothing is enlarged yet from memory: all plans begin so. */
static void recall_crowded(struct mn__map *map, int panel, double scale, int *crowded) {
    size_t bytes = (size_t)map->n * sizeof *crowded;
    bool whole = panel == 0;
    int i = 0;
    for (int k = 1; k < map->n_panels; k++)
        whole = whole && map->panels[k].is != MN__MAP_FRAME;
    while (i < map->n_crowds && map->crowds[i].scale != scale)
        i++;
    if (!whole || i == (int)MN_COUNT(map->crowds)) {
        find_crowded(map, panel, scale, crowded);
        return;
    }
    struct mn__map_crowd *kept = &map->crowds[i];
    if (i == map->n_crowds) {
        if (!kept->crowded)
            kept->crowded = mn_arena_alloc(map->arena, bytes);
        kept->scale = scale;
        find_crowded(map, panel, scale, kept->crowded);
        map->n_crowds++;
    }
    memcpy(crowded, kept->crowded, bytes);
}

/* The rectangles for the frames: the largest free one, then the next or half of the largest so far.
 */
static int choose_rects(const struct mn__map *map, struct mn__vacant *v, struct mn__rect *rects) {
    double gap = MN__MAP_PAD * map->sheet->unit;
    int n = 0;
    while (n < map->plan.frames) {
        struct mn__rect next = mn__vacant_largest(v, 1.9);
        next = mn__grown(next, -gap / 2);
        int largest = 0;
        for (int i = 1; i < n; i++)
            if (rects[i].w * rects[i].h > rects[largest].w * rects[largest].h)
                largest = i;
        if (n && next.w * next.h < rects[largest].w * rects[largest].h * 0.4) {
            struct mn__rect *r = &rects[largest], other = *r;
            if (r->w > r->h) {
                other.w = r->w = (r->w - gap) / 2;
                other.x += r->w + gap;
            } else {
                other.h = r->h = (r->h - gap) / 2;
                other.y += r->h + gap;
            }
            rects[n++] = other;
            continue;
        }
        if (next.w < 110 * map->sheet->unit || next.h < 90 * map->sheet->unit)
            break;
        rects[n++] = next;
        mn__vacant_take(v, mn__grown(next, gap / 2));
    }
    for (int i = 0; i < n; i++)
        if (rects[i].w < 100 * map->sheet->unit || rects[i].h < 80 * map->sheet->unit)
            return 0;
    return n;
}

/* The same from memory, if the plan before it of that alignment had the same. */
static const struct mn__map_rects *recall_rects(struct mn__map *map, struct mn__vacant *v) {
    const struct mn__map_plan *plan = &map->plan;
    struct mn__map_rects *r = &map->rects[plan->align > 0.5];
    const struct mn__map_plan *of = &r->of;
    if (map->brief || of->frames != plan->frames || of->share != plan->share ||
        of->size != plan->size || of->align != plan->align) {
        r->n = choose_rects(map, v, r->at);
        r->of = *plan;
    }
    return r;
}

/* Sums over the cells of a panel: of units that are crowded there and are not at a frame's scale.
 */
struct window {
    struct mn__rect km;
    double cell;
    int columns, rows;
    int *sum;
};

static int counted(const struct window *w, int x, int y, int across, int down) {
    int wide = w->columns + 1;
    return w->sum[(y + down) * wide + x + across] - w->sum[y * wide + x + across] -
           w->sum[(y + down) * wide + x] + w->sum[y * wide + x];
}

static void count_cells(const struct mn__map *map, struct window *w, const int *helped) {
    int wide = w->columns + 1;
    memset(w->sum, 0, sizeof *w->sum * (size_t)wide * (size_t)(w->rows + 1));
    for (int i = 0; i < map->n; i++)
        if (helped[i]) {
            int x = (int)fmin(fmax((map->places[i].x - w->km.x) / w->cell, 0), w->columns - 1);
            int y = (int)fmin(fmax((map->places[i].y - w->km.y) / w->cell, 0), w->rows - 1);
            w->sum[(y + 1) * wide + x + 1] += helped[i];
        }
    for (int y = 1; y <= w->rows; y++)
        for (int x = 1; x <= w->columns; x++)
            w->sum[y * wide + x] += w->sum[(y - 1) * wide + x] + w->sum[y * wide + x - 1] -
                                    w->sum[(y - 1) * wide + x - 1];
}

static struct mn__rect on_panel(const struct mn__map_panel *p, struct mn__rect km) {
    struct mn__point a = mn__map_at(p, km.x, km.y);
    return (struct mn__rect){a.x, a.y, km.w * p->scale, km.h * p->scale};
}

static bool lies_in(const struct mn__map_place *p, struct mn__rect km) {
    return p->x >= km.x && p->x <= km.x + km.w && p->y >= km.y && p->y <= km.y + km.h;
}

/* Where in by_x the places begin that are not to the west of x. */
static int first_from(const struct mn__map *map, double x) {
    int low = 0, high = map->n_located;
    while (low < high) {
        int middle = (low + high) / 2;
        if (map->places[map->by_x[middle]].x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many dots of the panel the window's edge would run through: small ones within, whole ones
 * without. And how far its middle is from that of what it holds, as a share of its size. */
static int on_edge(const struct mn__map *map, int panel, struct mn__rect km, double *off) {
    double scale = map->panels[panel].scale, x = 0, y = 0;
    struct mn__rect without = mn__grown(km, (map->dot / 2 + 1.2) / scale);
    struct mn__rect within = mn__grown(km, -1.6 / scale);
    int hits = 0, n = 0;
    for (int i = first_from(map, without.x); i < map->n_located; i++) {
        const struct mn__map_place *p = &map->places[map->by_x[i]];
        if (p->x > without.x + without.w)
            break;
        if (p->is != MN__MAP_UNIT || p->panel != panel || !lies_in(p, without))
            continue;
        hits += !map->brief && !lies_in(p, within); /* small dots may be cut */
        x += p->x, y += p->y, n++;
    }
    struct mn__point middle = mn__middle(km);
    *off = n ? hypot((x / n - middle.x) / km.w, (y / n - middle.y) / km.h) : 1;
    return hits;
}

static bool holds(struct mn__rect out, struct mn__rect in) {
    return in.x >= out.x && in.y >= out.y && in.x + in.w <= out.x + out.w &&
           in.y + in.h <= out.y + out.h;
}

/* Whether a frame's source would meet another box of the panel. It may take in an earlier one. */
static bool clashes(const struct mn__map *map, int panel, struct mn__rect source) {
    if (panel && !holds(mn__grown(map->panels[panel].room, -2), source))
        return true;
    for (int i = 1; i < map->n_panels; i++)
        if ((panel == 0 && mn__rects_meet(source, map->panels[i].at, 4)) ||
            (map->panels[i].is == MN__MAP_FRAME && map->panels[i].parent == panel &&
             mn__rects_meet(source, map->panels[i].source, 16) &&
             !holds(source, mn__grown(map->panels[i].source, 8))))
            return true;
    return false;
}

/* A way to enlarge: which part of which panel, and what it is worth. */
struct choice {
    int panel;
    struct mn__rect km;
    double worth;
};

/* The cells of one panel for one magnification; false when so little is not to be shown. */
static bool open_window(const struct mn__map *map, int panel, struct mn__rect room, double zoom,
                        struct window *win, int *across, int *down) {
    const struct mn__map_panel *p = &map->panels[panel];
    win->km = panel ? p->km
                    : (struct mn__rect){map->min_x, map->min_y, map->max_x - map->min_x,
                                        map->max_y - map->min_y};
    win->cell = fmax(win->km.w, win->km.h) / CELLS;
    win->columns = (int)ceil(win->km.w / win->cell);
    win->rows = (int)ceil(win->km.h / win->cell);
    *across = (int)fmin(floor((room.w - 24) / (p->scale * zoom) / win->cell), win->columns);
    *down = (int)fmin(floor((room.h - 12) / (p->scale * zoom) / win->cell), win->rows);
    return *across >= 2 && *down >= 2;
}

/* Looks for the part of a panel that a frame with that room shows best: among magnifications and
 * places, that which frees names from most neighbours; of equals the least magnified, then the best
 * centred. Two passes, for only the best few are worth a close look. */
static void choose_window(struct mn__map *map, int panel, struct mn__rect room,
                          struct choice *best) {
    static const double zooms[] = {1.6, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 16, 20, 26, 34, 48, 64};
    const struct mn__map_panel *p = &map->panels[panel];
    struct window win = {.cell = 0};
    int *crowded = mn_new0((size_t)map->n + 1, sizeof *crowded), across, down;
    int *helped = mn_new0((size_t)map->n + 1, sizeof *helped);
    double most = best->worth;
    win.sum = mn_new0((CELLS + 2) * (CELLS + 2), sizeof *win.sum);
    recall_crowded(map, panel, p->scale, crowded);
    for (int pass = 0; pass < 2; pass++)
        for (size_t z = 0; z < MN_COUNT(zooms); z++) {
            if (panel == 0 && zooms[z] > map->plan.zoom)
                break;
            if (!open_window(map, panel, room, zooms[z], &win, &across, &down))
                break;
            recall_crowded(map, panel, p->scale * zooms[z], helped);
            for (int i = 0; i < map->n; i++)
                helped[i] = crowded[i] - helped[i];
            count_cells(map, &win, helped);
            for (int y = 0; y + down <= win.rows; y++)
                for (int x = 0; x + across <= win.columns; x++) {
                    int freed = counted(&win, x, y, across, down);
                    if (pass == 0)
                        most = fmax(most, freed);
                    if (pass == 0 || freed < most * 0.95 || freed <= best->worth)
                        continue;
                    struct mn__rect r = {win.km.x + x * win.cell, win.km.y + y * win.cell,
                                         across * win.cell, down * win.cell};
                    double off, hits = on_edge(map, panel, r, &off);
                    double worth = freed - 8 * hits - 0.4 * off;
                    if (worth > best->worth && !clashes(map, panel, on_panel(p, r)))
                        *best = (struct choice){panel, r, worth};
                }
        }
    free(crowded);
    free(helped);
    free(win.sum);
}

/* Moves each edge of the window a little so that it runs through no dot; false when one does. */
static bool settle_edges(const struct mn__map *map, int panel, struct mn__rect *km) {
    double step = 0.5 / map->panels[panel].scale, off;
    int hits = on_edge(map, panel, *km, &off);
    for (int edge = 0; edge < 8 && hits; edge++) {
        struct mn__rect start = *km;
        for (int i = 1; i < 60 && hits; i++) {
            double by = (i % 2 ? 1 : -1) * (double)((i + 1) / 2) * step;
            struct mn__rect r = start;
            if (edge % 4 == 0)
                r.x += by, r.w -= by;
            else if (edge % 4 == 1)
                r.w += by;
            else if (edge % 4 == 2)
                r.y += by, r.h -= by;
            else
                r.h += by;
            int now = on_edge(map, panel, r, &off);
            if (now < hits) {
                *km = r;
                hits = now;
            }
        }
    }
    return hits == 0;
}

double mn__map_crowded(const struct mn__map *map) {
    int *crowded = mn_new0((size_t)map->n + 1, sizeof *crowded), n = 0;
    for (int panel = 0; panel < map->n_panels; panel++) {
        find_crowded(map, panel, map->panels[panel].scale, crowded);
        for (int i = 0; i < map->n; i++)
            n += map->places[i].panel == panel && crowded[i] > 0;
    }
    free(crowded);
    return (double)n / fmax(map->n_units, 1);
}

double mn__map_frame_room(struct mn__map *map, struct mn__vacant *v) {
    const struct mn__map_rects *r = recall_rects(map, v);
    double sum = 0;
    for (int i = 0; i < r->n; i++)
        sum += r->at[i].w * r->at[i].h;
    return sum;
}

bool mn__map_frames(struct mn__map *map, struct mn__vacant *v) {
    double u = fmin(map->sheet->unit, 1);
    const struct mn__map_rects *free_rects = recall_rects(map, v);
    const struct mn__rect *rects = free_rects->at;
    int n = free_rects->n;
    if (n < map->plan.frames)
        return false;
    for (int i = 0; i < n; i++) /* all are in the way of windows */
        map->panels[1 + i] = (struct mn__map_panel){.is = MN__MAP_INSET, .at = rects[i]};
    map->n_panels += n;
    for (int i = 1; i <= n; i++) {
        struct mn__map_panel *p = &map->panels[i];
        struct choice best = {-1, {0, 0, 0, 0}, 1};
        p->room = (struct mn__rect){p->at.x + 3, p->at.y + mn__map_head(map), p->at.w - 6,
                                    p->at.h - mn__map_head(map) - 3};
        for (int parent = 0; parent < i; parent++) /* or of what was enlarged before */
            choose_window(map, parent, p->room, &best);
        if (best.panel < 0)
            return false;
        p->km = best.km;
        p->parent = best.panel;
        if (!settle_edges(map, p->parent, &p->km) && !map->brief)
            return false;
        p->is = MN__MAP_FRAME;
        p->source = on_panel(&map->panels[p->parent], p->km);
        mn__map_fit(p, p->km, 12 * u, 6 * u);
        for (int k = 0; k < map->n; k++)
            if (map->places[k].located && map->places[k].panel == p->parent &&
                lies_in(&map->places[k], p->km))
                map->places[k].panel = i;
        for (int k = 1; k < i; k++) { /* what it takes in is enlarged from here */
            struct mn__map_panel *inner = &map->panels[k];
            if (inner->parent == p->parent && holds(p->km, inner->km)) {
                inner->parent = i;
                inner->source = on_panel(p, inner->km);
            }
        }
    }
    return true;
}
