/* Rectangles, segments and the buckets that find them. */
#include "diagram/space.h"

#include <math.h>
#include <stdlib.h>

bool mn__rects_meet(struct mn__rect a, struct mn__rect b, double gap) {
    return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap &&
           b.y < a.y + a.h + gap;
}

struct mn__rect mn__grown(struct mn__rect r, double by) {
    return (struct mn__rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

struct mn__rect mn__joined(struct mn__rect a, struct mn__rect b) {
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (struct mn__rect){x, y, fmax(a.x + a.w, b.x + b.w) - x, fmax(a.y + a.h, b.y + b.h) - y};
}

struct mn__point mn__middle(struct mn__rect r) {
    return (struct mn__point){r.x + r.w / 2, r.y + r.h / 2};
}

bool mn__clip(struct mn__segment s, struct mn__rect r, double *from, double *to) {
    double t0 = 0, t1 = 1, d[2] = {s.b.x - s.a.x, s.b.y - s.a.y};
    double low[2] = {r.x - s.a.x, r.y - s.a.y};
    double high[2] = {r.x + r.w - s.a.x, r.y + r.h - s.a.y};
    for (int i = 0; i < 2; i++) {
        if (fabs(d[i]) < 1e-9) {
            if (low[i] >= 0 || high[i] <= 0)
                return false;
            continue;
        }
        t0 = fmax(t0, fmin(low[i] / d[i], high[i] / d[i]));
        t1 = fmin(t1, fmax(low[i] / d[i], high[i] / d[i]));
    }
    *from = t0;
    *to = t1;
    return t0 < t1;
}

bool mn__segment_meets(struct mn__segment s, struct mn__rect r) {
    double from, to, right = r.x + r.w, bottom = r.y + r.h;
    if ((s.a.x <= r.x && s.b.x <= r.x) || (s.a.x >= right && s.b.x >= right) ||
        (s.a.y <= r.y && s.b.y <= r.y) || (s.a.y >= bottom && s.b.y >= bottom))
        return false; /* as most are */
    return mn__clip(s, r, &from, &to);
}

static double side(struct mn__segment s, struct mn__point p) {
    return (s.b.x - s.a.x) * (p.y - s.a.y) - (s.b.y - s.a.y) * (p.x - s.a.x);
}

bool mn__segments_cross(struct mn__segment s, struct mn__segment t) {
    return side(s, t.a) * side(s, t.b) <= 0 && side(t, s.a) * side(t, s.b) <= 0 &&
           mn__rects_meet(mn__segment_bounds(s), mn__segment_bounds(t), 0.01);
}

struct mn__rect mn__segment_bounds(struct mn__segment s) {
    return (struct mn__rect){fmin(s.a.x, s.b.x), fmin(s.a.y, s.b.y), fabs(s.a.x - s.b.x),
                             fabs(s.a.y - s.b.y)};
}

void mn__space_init(struct mn__space *space, struct mn__rect area, double cell) {
    *space = (struct mn__space){.area = area, .cell = cell};
    space->columns = (int)fmin(fmax(ceil(area.w / cell), 1), 1000);
    space->rows = (int)fmin(fmax(ceil(area.h / cell), 1), 1000);
    size_t n = (size_t)space->columns * (size_t)space->rows;
    space->first = mn_new0(n, sizeof *space->first);
    for (size_t i = 0; i < n; i++)
        space->first[i] = -1;
}

void mn__space_fini(struct mn__space *space) {
    free(space->first);
    free(space->links);
    *space = (struct mn__space){.cell = 1};
}

static int bucket(double at, double origin, double cell, int n) {
    double i = floor((at - origin) / cell);
    return i < 0 ? 0 : i >= n ? n - 1 : (int)i;
}

/* Which buckets r spans: what lies outside of the area counts to its edge. */
static void span(const struct mn__space *s, struct mn__rect r, int *x0, int *x1, int *y0, int *y1) {
    *x0 = bucket(r.x, s->area.x, s->cell, s->columns);
    *x1 = bucket(r.x + r.w, s->area.x, s->cell, s->columns);
    *y0 = bucket(r.y, s->area.y, s->cell, s->rows);
    *y1 = bucket(r.y + r.h, s->area.y, s->cell, s->rows);
}

void mn__space_add(struct mn__space *space, struct mn__rect r, int item) {
    int x0, x1, y0, y1;
    span(space, r, &x0, &x1, &y0, &y1);
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            int *first = &space->first[y * space->columns + x];
            space->links =
                mn_grow(space->links, &space->cap, (size_t)space->n + 1, sizeof *space->links);
            space->links[space->n] = (struct mn__space_link){item, *first};
            *first = space->n++;
        }
}

bool mn__space_any(const struct mn__space *space, struct mn__rect r,
                   bool (*seen)(void *arg, int item), void *arg) {
    int x0, x1, y0, y1;
    span(space, r, &x0, &x1, &y0, &y1);
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++)
            for (int i = space->first[y * space->columns + x]; i >= 0; i = space->links[i].next)
                if (seen(arg, space->links[i].item))
                    return true;
    return false;
}
