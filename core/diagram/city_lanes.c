/* The lines within an area: rings through the headers of its points, and lanes at its sides. */
#include "diagram/city_links.h"
#include "diagram/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 3 };
#define LANE 6.0

enum side { LEFT, RIGHT };

/* One area while its lines are drawn. */
struct laying {
    struct mn__city *c;
    const struct mn__city_area *area;
    struct mn__rect at;
    int n;
    struct wish {
        int a, b; /* boxes; a's header, and b's or, above, the area's upper edge */
        enum side side;
        bool up;
        double ya, yb;
    } wishes[64];
};

static bool edge_of_shelf(const struct laying *l, int i, enum side side) {
    const struct mn__pack_cluster *k = l->area->pack->clusters;
    for (int j = 0; j < l->area->n; j++)
        if (k[j].shelf == k[i].shelf &&
            (side == LEFT ? k[j].at.x < k[i].at.x : k[j].at.x > k[i].at.x))
            return false;
    return true;
}

static bool side_used(const struct laying *l, int box, enum side side) {
    for (int i = 0; i < l->n; i++)
        if (l->wishes[i].side == side &&
            (l->wishes[i].a == box || (!l->wishes[i].up && l->wishes[i].b == box)))
            return true;
    return false;
}

static bool wish(struct laying *l, int a, int b, enum side side, bool up) {
    if (l->n == (int)MN_COUNT(l->wishes))
        return false;
    int base = l->c->net->n_uppers;
    struct mn__rect ha = mn__header_at(l->c, a - base);
    struct wish w = {.a = a, .b = b, .side = side, .up = up};
    w.ya = ha.y + ha.h * (up ? 0.3 : 0.7);
    w.yb = l->at.y - 100;
    if (!up) {
        struct mn__rect hb = mn__header_at(l->c, b - base);
        w.yb = hb.y + hb.h * 0.3;
        if (ha.y > hb.y) {
            w.ya = ha.y + ha.h * 0.3;
            w.yb = hb.y + hb.h * 0.7;
        }
    }
    l->wishes[l->n++] = w;
    return true;
}

/* Between points of the area: neighbours on a shelf straight, others by a lane at the side. */
static void point_links(struct laying *l) {
    struct mn__city *c = l->c;
    int base = c->net->n_uppers + l->area->first;
    for (int i = 0; i < l->area->n; i++)
        for (int k = i + 1; k < l->area->n; k++) {
            const struct mn__pack_cluster *pi = &l->area->pack->clusters[i];
            const struct mn__pack_cluster *pk = &l->area->pack->clusters[k];
            if (!mn__has_bundle(c, base + i, base + k) ||
                c->net->clusters[l->area->first + i].visiting ||
                c->net->clusters[l->area->first + k].visiting)
                continue;
            if (k == i + 1 && pi->shelf == pk->shelf) {
                struct mn__rect a = mn__header_at(c, l->area->first + i);
                struct mn__rect b = mn__header_at(c, l->area->first + k);
                if (a.x > b.x) {
                    struct mn__rect t = a;
                    a = b;
                    b = t;
                }
                double y = a.y + a.h / 2;
                mn__draw_bundle(c, base + i, base + k,
                                (struct mn__point[]){{a.x + a.w, y}, {b.x, y}}, 2, mn__ring_look(c),
                                (struct mn__point){(a.x + a.w + b.x) / 2, y});
                continue;
            }
            enum side turn = k == i + 1 && pi->shelf % 2 == 0 ? RIGHT : LEFT;
            bool done = false;
            for (int t = 0; t < 2 && !done; t++, turn = turn == LEFT ? RIGHT : LEFT)
                if (edge_of_shelf(l, i, turn) && edge_of_shelf(l, k, turn))
                    done = wish(l, base + i, base + k, turn, false);
            if (!done)
                mn__note_extra(c, base + i, base + k);
        }
}

/* The box above that a cluster is joined to `i`-th, or -1. A cluster of a point that stands above
 * itself is joined to that. */
static int joined(const struct mn__city *c, int cluster, int i) {
    const struct mn__net *net = c->net;
    const struct mn__cluster *k = &net->clusters[cluster];
    if (k->visiting)
        return i == 0 && k->point >= 0 && net->box[k->point] >= 0 ? net->box[k->point] : -1;
    for (int b = 0; b < net->n_bundles; b++)
        if (net->bundles[b].b == net->n_uppers + cluster && net->bundles[b].a < net->n_uppers &&
            c->uppers[net->bundles[b].a].shown && i-- == 0)
            return net->bundles[b].a;
    return -1;
}

/* All the area's points hang on one box above and on nothing else: a trunk with branches. */
static bool is_star(const struct laying *l, int *upper) {
    const struct mn__city *c = l->c;
    int count = 0;
    *upper = -1;
    for (int i = 0; i < l->area->n; i++) {
        int up = joined(c, l->area->first + i, 0);
        if (up < 0)
            continue;
        if ((*upper >= 0 && up != *upper) || joined(c, l->area->first + i, 1) >= 0)
            return false;
        *upper = up;
        count++;
        for (int k = 0; k < l->area->n; k++)
            if (k != i && mn__has_bundle(c, c->net->n_uppers + l->area->first + i,
                                         c->net->n_uppers + l->area->first + k))
                return false;
    }
    return count > 1;
}

static void star(struct laying *l, int upper, struct mn__uplink *up, int *n_up) {
    struct mn__city *c = l->c;
    double u = c->sheet->unit, x = l->at.x + MN__CITY_SIDE - 2 * LANE, lowest = 0;
    for (int s = 0; s < l->area->pack->shelves; s++) {
        double right = 0, y = 0;
        for (int i = 0; i < l->area->n; i++) {
            if (l->area->pack->clusters[i].shelf != s || joined(c, l->area->first + i, 0) < 0)
                continue;
            struct mn__rect h = mn__header_at(c, l->area->first + i);
            y = l->area->pack->clusters[i].at.y - 5 * u;
            right = fmax(right, h.x + h.w / 2);
            mn__draw_bundle(c, upper, c->net->n_uppers + l->area->first + i,
                            (struct mn__point[]){{h.x + h.w / 2, y}, {h.x + h.w / 2, h.y}}, 2,
                            mn__ring_look(c), (struct mn__point){h.x + h.w / 2, y});
        }
        if (right > 0) {
            mn__put_piece(c, (struct mn__point[]){{x, y}, {right, y}}, 2, mn__ring_look(c));
            lowest = y;
        }
    }
    mn__put_piece(c, (struct mn__point[]){{x, l->at.y}, {x, lowest}}, 2, mn__ring_look(c));
    up[(*n_up)++] =
        (struct mn__uplink){.upper = upper, .cluster = -1, .x = x, .look = mn__ring_look(c)};
}

/* From points up to the boxes above: where a header stands at the end of its shelf, by a lane. */
static void lane_uplinks(struct laying *l) {
    struct mn__city *c = l->c;
    int base = c->net->n_uppers;
    for (int i = 0; i < l->area->n; i++) {
        int cluster = l->area->first + i, up;
        for (int k = 0; (up = joined(c, cluster, k)) >= 0; k++) {
            bool direct = c->net->uppers[up].place == (c->core ? MN__CORE : MN__TOP);
            bool done = false;
            if (direct && c->area_rows == 1) {
                /* The side towards the box, unless it is taken. */
                const struct mn__rect *at = &c->uppers[up].at;
                enum side first =
                    at->x + at->w / 2 < l->at.x + l->at.w / 2 - 1 || (i == 0 && k == 0) ? LEFT
                                                                                        : RIGHT;
                for (int t = 0; t < 4 && !done; t++) {
                    enum side side = t % 2 ? (first == LEFT ? RIGHT : LEFT) : first;
                    if (edge_of_shelf(l, i, side) &&
                        (t >= 2 || !side_used(l, base + cluster, side)))
                        done = wish(l, base + cluster, up, side, true);
                }
            }
            if (!done)
                mn__note_extra(c, base + cluster, up);
        }
    }
}

static void draw_wishes(struct laying *l, struct mn__uplink *up, int *n_up) {
    struct mn__city *c = l->c;
    for (int side = LEFT; side <= RIGHT; side++) {
        struct mn__span spans[MN_COUNT(l->wishes)];
        int of[MN_COUNT(l->wishes)], n = 0;
        for (int i = 0; i < l->n; i++)
            if (l->wishes[i].side == (enum side)side) {
                const struct wish *w = &l->wishes[i];
                of[n] = i;
                spans[n++] = (struct mn__span){fmin(w->ya, w->yb), fmax(w->ya, w->yb), 0};
            }
        mn__lanes(spans, n);
        for (int i = 0; i < n; i++) {
            const struct wish *w = &l->wishes[of[i]];
            if (spans[i].depth == 0 || spans[i].depth > DEEPEST) {
                mn__note_extra(c, w->a, w->b);
                continue;
            }
            struct mn__rect a = mn__header_at(c, w->a - c->net->n_uppers);
            double x = side == LEFT ? l->at.x + MN__CITY_SIDE - LANE * spans[i].depth
                                    : l->at.x + l->at.w - MN__CITY_SIDE + LANE * spans[i].depth;
            double ax = side == LEFT ? a.x : a.x + a.w;
            if (w->up) {
                struct mn__look look =
                    mn__marked_line(c->sheet, mn__bundle_mark(c, w->a, w->b), mn__ring_look(c));
                mn__put_piece(c, (struct mn__point[]){{ax, w->ya}, {x, w->ya}, {x, l->at.y}}, 3,
                              look);
                up[(*n_up)++] = (struct mn__uplink){.upper = w->b,
                                                    .cluster = w->a - c->net->n_uppers,
                                                    .x = x,
                                                    .look = mn__ring_look(c)};
                continue;
            }
            struct mn__rect b = mn__header_at(c, w->b - c->net->n_uppers);
            double bx = side == LEFT ? b.x : b.x + b.w;
            struct mn__point p[] = {{ax, w->ya}, {x, w->ya}, {x, w->yb}, {bx, w->yb}};
            mn__draw_bundle(c, w->a, w->b, p, 4, mn__ring_look(c),
                            (struct mn__point){x, (w->ya + w->yb) / 2});
        }
    }
}

void mn__area_links(struct mn__city *c, int area, struct mn__uplink *up, int *n_up) {
    struct laying l = {.c = c, .area = &c->areas[area], .at = c->packs[area].at};
    int upper;
    if (c->area_rows == 1 && is_star(&l, &upper) &&
        c->net->uppers[upper].place == (c->core ? MN__CORE : MN__TOP)) {
        star(&l, upper, up, n_up);
        return;
    }
    point_links(&l);
    lane_uplinks(&l);
    draw_wishes(&l, up, n_up);
}
