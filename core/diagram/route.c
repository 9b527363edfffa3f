/* Finding ways round rectangles. */
#include "diagram/route.h"

#include <math.h>
#include <stdlib.h>

enum { CORNERS = 60, ROUNDS = 24 };

struct routing {
    const struct mn__rect *rects; /* grown by what is to be clear; without those round a and b */
    int n;
    struct mn__point at[CORNERS + 2]; /* a, b, then corners */
    int n_at;
    int blocker[CORNERS + 2][CORNERS + 2]; /* -2: not known, -1: none */
    bool opened[4096];
};

static bool within(struct mn__point p, struct mn__rect r) {
    return p.x > r.x && p.x < r.x + r.w && p.y > r.y && p.y < r.y + r.h;
}

/* The rectangle that the segment enters first, or -1. */
static int first_blocker(const struct routing *r, int i, int k) {
    struct mn__segment s = {r->at[i], r->at[k]};
    struct mn__rect bounds = mn__segment_bounds(s);
    double nearest = 2, from, to;
    int found = -1;
    for (int j = 0; j < r->n; j++)
        if (mn__rects_meet(bounds, r->rects[j], 0) && mn__clip(s, r->rects[j], &from, &to) &&
            from < nearest) {
            nearest = from;
            found = j;
        }
    return found;
}

static int blocker(struct routing *r, int i, int k) {
    if (r->blocker[i][k] == -2)
        r->blocker[i][k] = r->blocker[k][i] = first_blocker(r, i, k);
    return r->blocker[i][k];
}

/* Shortest way over the corners known so far, blocked pieces counting five times (Dijkstra).
 * Returns how many; the last is b. */
static int shortest(struct routing *r, int way[CORNERS + 2]) {
    double length[CORNERS + 2];
    int before[CORNERS + 2];
    bool done[CORNERS + 2] = {false};
    for (int i = 0; i < r->n_at; i++) {
        length[i] = i ? INFINITY : 0;
        before[i] = -1;
    }
    for (;;) {
        int here = -1;
        for (int i = 0; i < r->n_at; i++)
            if (!done[i] && length[i] < INFINITY && (here < 0 || length[i] < length[here]))
                here = i;
        if (here < 0 || here == 1)
            break;
        done[here] = true;
        for (int i = 0; i < r->n_at; i++) {
            if (done[i])
                continue;
            double d = hypot(r->at[i].x - r->at[here].x, r->at[i].y - r->at[here].y);
            d = (d + 4) * (blocker(r, here, i) >= 0 ? 5 : 1); /* each bend costs a little */
            if (length[here] + d < length[i]) {
                length[i] = length[here] + d;
                before[i] = here;
            }
        }
    }
    int n = 0, back[CORNERS + 2];
    for (int i = 1; i >= 0; i = before[i])
        back[n++] = i;
    for (int i = 0; i < n; i++)
        way[i] = back[n - 1 - i];
    return n;
}

/* The corners of a rectangle become places to pass, unless they lie in another one. */
static bool open_corners(struct routing *r, int rect) {
    if (rect >= (int)MN_COUNT(r->opened) || r->opened[rect] || r->n_at + 4 > CORNERS + 2)
        return false;
    r->opened[rect] = true;
    struct mn__rect off = mn__grown(r->rects[rect], 0.5);
    for (int corner = 0; corner < 4; corner++) {
        struct mn__point p = {off.x + (corner & 1 ? off.w : 0), off.y + (corner & 2 ? off.h : 0)};
        bool clear = true;
        for (int j = 0; j < r->n && clear; j++)
            clear = !within(p, r->rects[j]);
        if (!clear)
            continue;
        for (int i = 0; i <= r->n_at; i++)
            r->blocker[i][r->n_at] = r->blocker[r->n_at][i] = -2;
        r->at[r->n_at++] = p;
    }
    return true;
}

/* The shortest way over corners; its length in points, 0 when none is free. */
static int find_way(struct routing *r, struct mn__point *points) {
    int way[CORNERS + 2];
    for (int round = 0; round < ROUNDS; round++) {
        int count = shortest(r, way);
        bool blocked = false, opened = false;
        for (int i = 1; i < count; i++) {
            int by = blocker(r, way[i - 1], way[i]);
            blocked = blocked || by >= 0;
            opened = (by >= 0 && open_corners(r, by)) || opened;
        }
        if (!blocked && count <= MN__ROUTE_POINTS) {
            for (int i = 0; i < count; i++)
                points[i] = r->at[way[i]];
            return count;
        }
        if (!opened)
            break;
    }
    return 0;
}

int mn__route(struct mn__point a, struct mn__point b, const struct mn__rect *rects, int n,
              double clear, struct mn__point points[MN__ROUTE_POINTS]) {
    struct mn__rect *grown = mn_new0((size_t)n + 1, sizeof *grown);
    struct routing r = {.rects = grown, .n_at = 2, .at = {a, b}};
    for (int i = 0; i < n; i++) {
        struct mn__rect off = mn__grown(rects[i], clear);
        if (within(a, off) || within(b, off)) /* an end that is too near all the same keeps out */
            off = mn__grown(rects[i], fmin(clear, 0.4));
        if (!within(a, off) && !within(b, off))
            grown[r.n++] = off;
    }
    r.blocker[0][1] = r.blocker[1][0] = -2;
    n = find_way(&r, points);
    free(grown);
    return n;
}
