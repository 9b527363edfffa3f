/* The lines of an office: all at right angles, along the gaps of the network, in lanes above the
 * frames, and down the left sides of these. */
#include "diagram/office_layout.h"

#include <math.h>
#include <string.h>

static void add_point(struct mn__route *r, double x, double y) {
    if (r->n && fabs(r->at[r->n - 1].x - x) < 0.3 && fabs(r->at[r->n - 1].y - y) < 0.3)
        return;
    r->at[r->n++] = (struct mn__point){x, y};
}

static double middle(const struct mn__item *item) {
    return item->at.y + item->at.h / 2;
}

/* Whether another device of the network stands below one. */
static bool is_above(const struct mn__office_layout *p, int node) {
    bool above = false;
    for (int i = 0; i < p->o->n; i++)
        above = above || (p->o->group[p->o->nodes[i]] == 0 &&
                          p->o->depth[p->o->nodes[i]] == p->o->depth[node] &&
                          p->row[p->item[p->o->nodes[i]]] > p->row[p->item[node]]);
    return above;
}

/* How many lines come up to a device before that one. */
static int from_below(const struct mn__office_layout *p, int item, int tie) {
    int n = 0;
    for (int i = 0; i < tie; i++)
        n += p->s->ties[i].to == item && p->node[p->s->ties[i].from] < 0 &&
             p->row[p->s->ties[i].from] != p->row[item];
    return n;
}

static void come_in(const struct mn__office_layout *p, int tie, struct mn__route *r) {
    const struct mn__item *from = &p->s->items[p->s->ties[tie].from];
    int to = p->s->ties[tie].to;
    const struct mn__item *item = &p->s->items[to];
    double y = middle(from), step = from_below(p, to, tie) * mn__em(p, 0.7);
    add_point(r, from->at.x + from->at.w, y);
    if (p->row[p->s->ties[tie].from] == p->row[to]) {
        add_point(r, item->at.x, y);
    } else if (is_above(p, p->node[to])) {
        double x = item->at.x - mn__em(p, 0.8) - step,
               in = item->at.y + item->at.h * 0.8 - step / 2;
        add_point(r, x, y);
        add_point(r, x, in);
        add_point(r, item->at.x, in);
    } else {
        double x = item->at.x + item->at.w * 0.3 - step;
        add_point(r, x, y);
        add_point(r, x, item->at.y + item->at.h);
    }
}

static void go_on(const struct mn__office_layout *p, int tie, struct mn__route *r) {
    const struct mn__item *from = &p->s->items[p->s->ties[tie].from];
    const struct mn__item *to = &p->s->items[p->s->ties[tie].to];
    double x = p->column_x[from->rank] + p->column_w[from->rank] + mn__em(p, 1.2);
    add_point(r, from->at.x + from->at.w, middle(from));
    add_point(r, x, middle(from));
    add_point(r, x, middle(to));
    add_point(r, to->at.x, middle(to));
}

/* A marked line runs beside those that it would share a lane with. */
static double aside(const struct mn__tie *t) {
    return t->mark ? 3.5 : 0;
}

/* Where the lines to a frame run down, before its devices. */
static double riser(const struct mn__office_layout *p, const struct mn__item *to) {
    return p->s->grounds[to->frame].at.x + mn__office_before(p) * 0.42;
}

/* Where a device's lines leave it downwards: above a frame that it feeds, where it stands there. */
static double way_down(const struct mn__office_layout *p, int item) {
    const struct mn__item *from = &p->s->items[item];
    bool shared = from_below(p, item, p->s->n_ties) > 0;
    double left = from->at.x + from->at.w * (shared ? 0.5 : 0) + mn__em(p, 1);
    double right = from->at.x + from->at.w - mn__em(p, 1);
    for (int i = 0; i < p->s->n_ties; i++) {
        const struct mn__item *to = &p->s->items[p->s->ties[i].to];
        if (p->s->ties[i].from == item && p->o->group[p->node[p->s->ties[i].to]] != 0 &&
            riser(p, to) > left && riser(p, to) < right)
            return riser(p, to);
    }
    return from->at.x + from->at.w * (shared ? 0.7 : 0.5);
}

static void feed(const struct mn__office_layout *p, int tie, double lanes, struct mn__route *r) {
    const struct mn__tie *t = &p->s->ties[tie];
    const struct mn__item *from = &p->s->items[t->from], *to = &p->s->items[t->to];
    double lane = lanes + mn__office_feeder(p, p->o->group[p->node[t->to]]) * MN__TRACK + aside(t);
    double x = way_down(p, t->from) + aside(t), down = riser(p, to) + aside(t), y = from->at.y;
    if (is_above(p, p->node[t->from])) {
        x = p->column_x[from->rank] + p->column_w[from->rank] + mn__em(p, 0.7) + aside(t);
        add_point(r, from->at.x + from->at.w, y + from->at.h * 0.8);
        add_point(r, x, y + from->at.h * 0.8);
    } else {
        add_point(r, x, y + from->at.h);
    }
    add_point(r, x, lane);
    add_point(r, down, lane);
    add_point(r, down, middle(to));
    add_point(r, to->at.x, middle(to));
}

static void hang(const struct mn__office_layout *p, int tie, struct mn__route *r) {
    const struct mn__item *from = &p->s->items[p->s->ties[tie].from];
    const struct mn__item *to = &p->s->items[p->s->ties[tie].to];
    double x = from->at.x + mn__office_indent(p) / 2;
    add_point(r, x, from->at.y + from->at.h);
    add_point(r, x, middle(to));
    add_point(r, to->at.x, middle(to));
}

void mn__office_lines(struct mn__office_layout *p, double lanes) {
    struct mn__small *s = p->s;
    s->routes = mn_resize(s->routes, (size_t)s->n_ties + 1, sizeof *s->routes);
    memset(s->routes, 0, sizeof *s->routes * ((size_t)s->n_ties + 1));
    for (int i = 0; i < s->n_ties; i++) {
        int from = p->node[s->ties[i].from], to = p->node[s->ties[i].to];
        if (from < 0)
            come_in(p, i, &s->routes[i]);
        else if (p->o->group[to] != p->o->group[from])
            feed(p, i, lanes, &s->routes[i]);
        else if (p->o->group[to] == 0)
            go_on(p, i, &s->routes[i]);
        else
            hang(p, i, &s->routes[i]);
    }
}
