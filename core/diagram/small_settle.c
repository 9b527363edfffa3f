/* Items, lines and grounds of a small picture come to stand on the paper. */
#include "diagram/small_layout.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct mn__point point(const struct mn__small *s, double along, double at) {
    return s->down ? (struct mn__point){at, along} : (struct mn__point){along, at};
}

static void add_point(struct mn__route *r, struct mn__point p) {
    if (r->n && fabs(r->at[r->n - 1].x - p.x) < 0.3 && fabs(r->at[r->n - 1].y - p.y) < 0.3)
        return;
    if (r->n < (int)MN_COUNT(r->at))
        r->at[r->n++] = p;
}

enum { MOST_CROSSING = 64 };

/* Where lines go through a strip, from left to right: the edges of each. Returns how many edges. */
static int crossings(const struct mn__small *s, struct mn__rect r, double xs[2 * MOST_CROSSING]) {
    int n = 0;
    for (int i = 0; i < s->n_ties; i++)
        for (int k = 1; k < s->routes[i].n && n < 2 * MOST_CROSSING; k++) {
            struct mn__point a = s->routes[i].at[k - 1], b = s->routes[i].at[k];
            double low = fmin(a.x, b.x), high = fmax(a.x, b.x), half = s->ties[i].look.width / 2;
            if (high > r.x && low < r.x + r.w && fmin(a.y, b.y) < r.y + r.h &&
                fmax(a.y, b.y) > r.y) {
                xs[n++] = low - half;
                xs[n++] = high + half;
            }
        }
    qsort(xs, (size_t)n, sizeof *xs, mn__small_by_number);
    return n;
}

/* Where a name of that width goes in a strip, between the lines that cross it: into the first gap
 * that is wide enough, else into the widest. *room: the gap's. */
static double find_gap(const struct mn__small *s, struct mn__rect r, double width, double *room) {
    double xs[2 * MOST_CROSSING] = {0}, pad = s->size * 0.8, best = r.x + pad, from = r.x;
    int n = crossings(s, r, xs);
    *room = 0;
    for (int i = 0; i <= n && *room < width; i++) {
        double to = i < n ? xs[i] : r.x + r.w;
        if (to - from - 2 * pad > *room) {
            *room = to - from - 2 * pad;
            best = from + pad;
        }
        from = fmax(from, to);
    }
    return best;
}

static void place_names(struct mn__small *s) {
    for (int i = 0; i < s->n_items; i++) {
        struct mn__item *b = &s->items[i];
        struct mn__rect head = {b->at.x, b->at.y, b->at.w - mn__small_chip(s, b), s->size * 1.8};
        if (b->columns && !b->bare && *b->name)
            b->name_x =
                find_gap(s, head, mn__text_width(b->name, s->size, true) + 1, &b->name_room);
    }
}

/* Where items and lines come to stand in `room`: spare space is shared out along the flow, and up
 * to a half more across it. */
void mn__small_settle(struct mn__layout *l, struct mn__rect room) {
    struct mn__small *s = l->s;
    double long_room = s->down ? room.h : room.w, wide_room = s->down ? room.w : room.h;
    double spare = l->n_ranks > 1 ? (long_room - l->length) / (l->n_ranks - 1) : 0;
    spare = fmin(spare, s->size * 5);
    double stretch = fmin(1.5, wide_room / l->breadth);
    double total = l->length + spare * (l->n_ranks - 1);
    double along = (s->down ? room.y : room.x) + (long_room - total) / 2;
    double base = (s->down ? room.x : room.y) + (wide_room - l->breadth * stretch) / 2;
    int count[MN__MOST_RANKS];
    for (int i = 0; i < l->n_nodes; i++) {
        double *at = s->down ? &l->nodes[i].x : &l->nodes[i].y;
        *at = round(base + *at * stretch);
    }
    for (int i = 0; i < s->n_items; i++)
        if (l->nodes[i].within) {
            l->nodes[i].x = l->nodes[l->nodes[i].within - 1].x + l->nodes[i].dx;
            l->nodes[i].y = l->nodes[l->nodes[i].within - 1].y + l->nodes[i].dy;
        }
    mn__small_ports(l);
    mn__small_tracks(l, count);
    for (int r = 0; r < l->n_ranks; r++) {
        l->begin[r] = along;
        l->space[r] += spare;
        along += l->extent[r] + l->space[r];
    }
    for (int i = 0; i < s->n_items; i++) {
        struct mn__item *item = &s->items[i];
        const struct mn__graph_node *n = &l->nodes[i];
        double middle = l->begin[n->rank] + l->extent[n->rank] / 2;
        if (n->within)
            middle += s->down ? n->dy : n->dx;
        struct mn__point p = point(s, middle, mn__small_across(l, i));
        item->rank = n->rank;
        item->at.x = round(p.x - item->at.w / 2);
        item->at.y = round(p.y - item->at.h / 2);
    }
    s->routes = mn_resize(s->routes, (size_t)s->n_ties + 1, sizeof *s->routes);
    memset(s->routes, 0, sizeof *s->routes * ((size_t)s->n_ties + 1));
    for (int i = 0; i < l->n_pieces; i++) {
        const struct mn__piece *p = &l->pieces[i];
        struct mn__route *r = &s->routes[p->tie];
        int rank = l->nodes[p->from].rank;
        double end = l->begin[rank] + l->extent[rank], next = end + l->space[rank];
        double from = end, to = next;
        if (p->from < s->n_items)
            from = s->down ? s->items[p->from].at.y + s->items[p->from].at.h
                           : s->items[p->from].at.x + s->items[p->from].at.w;
        if (p->to < s->n_items)
            to = s->down ? s->items[p->to].at.y : s->items[p->to].at.x;
        double first = end + s->size * (s->n_grounds && s->down ? 1.9 : 1.0);
        /* Ports may have moved since the space was measured: closer tracks rather than too far. */
        double step = fmin(MN__TRACK, (next - 4 - first) / fmax(1, count[rank]));
        double turn = first + (p->track + 0.5) * step;
        add_point(r, point(s, from, p->out));
        if (fabs(p->in - p->out) > 0.5) {
            add_point(r, point(s, turn, p->out));
            add_point(r, point(s, turn, p->in));
        }
        add_point(r, point(s, to, p->in));
    }
    for (int i = 0; i < s->n_ties; i++)
        if (s->routes[i].n == 0 && s->items[s->ties[i].from].block &&
            s->items[s->ties[i].from].block == s->items[s->ties[i].to].block)
            mn__small_within(s, i, &s->routes[i]);
    place_names(s);
}

/* Finds room for a ground's name between the lines that come in from above, else makes some at its
 * left; sets where it starts and how much room it has. */
static void name_ground(const struct mn__small *s, struct mn__ground *ground, struct mn__rect *r,
                        struct mn__rect room) {
    double pad = s->size * 0.8, name = mn__text_width(ground->name, s->size, true) + 1;
    double xs[2 * MOST_CROSSING] = {0};
    struct mn__rect head = {r->x, r->y, r->w, s->size * 1.8};
    ground->name_x = find_gap(s, head, name, &ground->name_room);
    if (ground->name_room >= name)
        return;
    if (!crossings(s, head, xs)) { /* nothing in the way: wider to the right */
        r->w = fmax(r->w, fmin(name + 2 * pad, room.x + room.w - r->x));
        ground->name_x = r->x + pad;
        ground->name_room = r->w - 2 * pad;
    } else {
        double left = fmin(r->x, fmax(xs[0] - name - 2 * pad, room.x - pad));
        if (xs[0] - left - 2 * pad < ground->name_room)
            return;
        r->w += r->x - left;
        r->x = left;
        ground->name_x = left + pad;
        ground->name_room = xs[0] - left - 2 * pad;
    }
}

/* Grounds hold their items and no others. */
void mn__small_grounds(struct mn__small *s, struct mn__rect room) {
    double pad = s->size * 0.8, head = s->size * 1.9;
    for (int g = 0; g < s->n_grounds; g++) {
        struct mn__ground *ground = &s->grounds[g];
        double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
        for (int i = 0; i < s->n_items; i++)
            if (mn__small_frame(s, i) == g) {
                const struct mn__rect *r = &s->items[i].at;
                x0 = fmin(x0, r->x), y0 = fmin(y0, r->y);
                x1 = fmax(x1, r->x + r->w), y1 = fmax(y1, r->y + r->h);
            }
        ground->at = (struct mn__rect){0, 0, 0, 0};
        if (isinf(x0))
            continue;
        struct mn__rect r = {x0 - pad, y0 - head, x1 - x0 + 2 * pad, y1 - y0 + head + pad};
        r.y = fmax(r.y, room.y - head);
        name_ground(s, ground, &r, room);
        bool alone = true;
        for (int i = 0; i < s->n_items && alone; i++) {
            const struct mn__rect *o = &s->items[i].at;
            alone = mn__small_frame(s, i) == g || o->x > r.x + r.w || o->x + o->w < r.x ||
                    o->y > r.y + r.h || o->y + o->h < r.y;
        }
        for (int k = 0; k < g && alone; k++) {
            const struct mn__rect *o = &s->grounds[k].at;
            alone = o->w <= 0 || o->x >= r.x + r.w || o->x + o->w <= r.x || o->y >= r.y + r.h ||
                    o->y + o->h <= r.y;
        }
        if (alone)
            ground->at = r;
    }
}
