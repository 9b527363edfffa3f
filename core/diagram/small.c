/* Placing small pictures. Coordinates along the flow are called `along`, those at right
 * angles to it `across`, so that one algorithm serves both directions. */
#include "diagram/small.h"

#include "diagram/render.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TRACK 8.0

/* A piece of a tie between two neighbouring ranks. */
struct piece {
    int tie, from, to; /* from, to: nodes of the layout: items, then bends */
    double out, in;    /* across, where it leaves and arrives */
    double track;      /* along, where it turns */
};

struct layout {
    struct mn__small *s;
    int n_nodes, n_pieces, n_ranks;
    struct mn__graph_node *nodes;
    struct piece *pieces;
    double begin[MN__MOST_RANKS], extent[MN__MOST_RANKS]; /* of ranks, along */
    double space[MN__MOST_RANKS];                         /* after each rank */
    double length, breadth;
};

static void *push(void **array, int *n, size_t *cap, const void *item, size_t size) {
    *array = mn_grow(*array, cap, (size_t)*n + 1, size);
    char *at = (char *)*array + (size_t)*n * size;
    memcpy(at, item, size);
    (*n)++;
    return at;
}

int mn__small_item(struct mn__small *s, struct mn__item item) {
    push((void **)&s->items, &s->n_items, &s->cap_items, &item, sizeof item);
    return s->n_items - 1;
}

int mn__small_tie(struct mn__small *s, struct mn__tie tie) {
    if (!tie.label)
        tie.label = "";
    push((void **)&s->ties, &s->n_ties, &s->cap_ties, &tie, sizeof tie);
    return s->n_ties - 1;
}

int mn__small_ground(struct mn__small *s, const char *name, const char *id, uint32_t colour) {
    struct mn__ground ground = {.name = name, .id = id, .colour = colour};
    push((void **)&s->grounds, &s->n_grounds, &s->cap_grounds, &ground, sizeof ground);
    return s->n_grounds - 1;
}

void mn__small_fini(struct mn__small *s) {
    free(s->items);
    free(s->ties);
    free(s->grounds);
    free(s->routes);
}

double mn__small_size(const struct mn__small *s) {
    return fmax(s->size * 0.85, s->sheet->least_text);
}

double mn__small_icon(const struct mn__small *s, const struct mn__item *item) {
    return item->symbol ? s->size * 1.9 : 0;
}

const char *mn__small_sub(const struct mn__small *s, const struct mn__item *item) {
    const char *sub = item->sub ? item->sub : "";
    return item->mark == MN_MARK_NONE
               ? sub
               : mn_arena_printf(s->sheet->scene->arena, "%s%s%s",
                                 mn__mark_word(item->mark, s->sheet->lang), *sub ? " · " : "", sub);
}

static void measure(struct mn__small *s, struct mn__item *item) {
    struct mn_arena *a = s->sheet->scene->arena;
    double most = s->size * (s->down ? 13 : s->tight ? 7 : 9.5), wide = 0, sub = mn__small_size(s);
    item->n_lines = mn__text_wrap(a, mn__text_clean(a, item->name), s->size, true, most,
                                  s->down ? 2 : 3, item->lines);
    for (int i = 0; i < item->n_lines; i++)
        wide = fmax(wide, mn__text_width(item->lines[i], s->size, true));
    const char *line = mn__small_sub(s, item);
    if (*line)
        wide = fmax(wide, fmin(most * 1.2, mn__text_width(line, sub, false)));
    double icon = mn__small_icon(s, item), tile = item->mark ? 16 : 0;
    double high = item->n_lines * s->size * 1.25 + (*line ? sub * 1.3 : 0);
    item->at.w =
        ceil(wide + icon + (icon > 0 ? s->size * 0.6 : 0) + tile + s->size * (s->tight ? 1 : 1.4));
    item->at.h = ceil(fmax(high, icon) + s->size * (s->tight ? 0.7 : 1.1));
}

static int by_number(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* Runs dot and numbers the ranks by where it put the items along the flow. */
static bool arrange(struct layout *l, struct mn__graph_edge *edges, int n_edges, int n) {
    struct mn__small *s = l->s;
    if (!mn__arrange(l->nodes, n, edges, n_edges, !s->down, s->size * (s->tight ? 0.8 : 1.3),
                     s->size * 3))
        return false;
    double *along = mn_new0((size_t)n + 1, sizeof *along);
    for (int i = 0; i < n; i++)
        along[i] = s->down ? l->nodes[i].y : l->nodes[i].x;
    qsort(along, (size_t)n, sizeof *along, by_number);
    int ranks = 0;
    for (int i = 0; i < n; i++)
        if (i == 0 || along[i] > along[i - 1] + 0.6)
            along[ranks++] = along[i];
    for (int i = 0; i < n; i++) {
        double at = s->down ? l->nodes[i].y : l->nodes[i].x;
        int r = 0;
        while (r + 1 < ranks && fabs(along[r] - at) > 0.7)
            r++;
        l->nodes[i].rank = r;
    }
    free(along);
    l->n_ranks = ranks;
    return ranks <= MN__MOST_RANKS;
}

/* Long ties get a bend in each rank that they pass, so that dot keeps a way free for them. */
static bool lay(struct layout *l) {
    struct mn__small *s = l->s;
    int n = s->n_items, n_edges = 0;
    l->nodes = mn_new0((size_t)n + (size_t)s->n_ties * MN__MOST_RANKS + 1, sizeof *l->nodes);
    l->pieces = mn_new0((size_t)s->n_ties * MN__MOST_RANKS + 1, sizeof *l->pieces);
    struct mn__graph_edge *edges =
        mn_new0((size_t)s->n_ties * MN__MOST_RANKS + (size_t)n + 1, sizeof *edges);
    for (int i = 0; i < n; i++) {
        l->nodes[i].w = s->items[i].at.w;
        l->nodes[i].h = s->items[i].at.h;
        l->nodes[i].first = s->items[i].first;
    }
    for (int i = 0; i < s->n_ties; i++)
        edges[n_edges++] =
            (struct mn__graph_edge){s->ties[i].from, s->ties[i].to, s->ties[i].weight};
    bool ok = arrange(l, edges, n_edges, n);
    n_edges = 0;
    l->n_nodes = n;
    for (int i = 0; ok && i < s->n_ties; i++) {
        struct mn__tie *t = &s->ties[i];
        if (l->nodes[t->from].rank > l->nodes[t->to].rank) {
            int swap = t->from;
            t->from = t->to;
            t->to = swap;
        }
        int at = t->from;
        for (int r = l->nodes[t->from].rank + 1; r <= l->nodes[t->to].rank; r++) {
            int next = t->to;
            if (r < l->nodes[t->to].rank) {
                next = l->n_nodes++;
                l->nodes[next] = (struct mn__graph_node){.w = 4, .h = 4, .tiny = true};
            }
            l->pieces[l->n_pieces++] = (struct piece){.tie = i, .from = at, .to = next};
            edges[n_edges++] = (struct mn__graph_edge){at, next, t->weight};
            at = next;
        }
    }
    ok = ok && arrange(l, edges, n_edges, l->n_nodes);
    free(edges);
    return ok;
}

static double across(const struct layout *l, int node) {
    return l->s->down ? l->nodes[node].x : l->nodes[node].y;
}

static bool same_look(const struct mn__tie *a, const struct mn__tie *b) {
    return a->look.line == b->look.line && a->look.dash == b->look.dash &&
           a->look.width == b->look.width && a->mark == b->mark;
}

/* The tie that matters most among pieces, when one alone does: it keeps the middle. */
static int heaviest(const struct layout *l, const int *pieces, int n) {
    int best = -1, count = 0, weight = 0;
    for (int i = 0; i < n; i++) {
        int w = l->s->ties[l->pieces[pieces[i]].tie].weight;
        if (w > weight) {
            weight = w;
            best = l->pieces[pieces[i]].tie;
            count = 0;
        }
        count += w == weight;
    }
    return count == 1 ? best : -1;
}

/* Many lines of one look join before they arrive, rather than crowd the item's edge. */
static bool joins(const struct layout *l, const int *in, int n) {
    for (int i = 1; i < n; i++)
        if (!same_look(&l->s->ties[l->pieces[in[i]].tie], &l->s->ties[l->pieces[in[0]].tie]))
            return false;
    return n > 3;
}

/* How many of the pieces arrive before the i-th, in the order of their origins. */
static int arrivals_before(const struct layout *l, const int *in, int n, int i) {
    int before = 0;
    double at = across(l, l->pieces[in[i]].from);
    for (int j = 0; j < n; j++) {
        double other = across(l, l->pieces[in[j]].from);
        before += other < at || (other == at && j < i);
    }
    return before;
}

/* Ports: ties of one look leave an item together; all arrive apart, in the order of their origins.
 */
static void ports(struct layout *l) {
    const struct mn__small *s = l->s;
    for (int node = 0; node < l->n_nodes; node++) {
        int out[64], in[64], looks[64], n_out = 0, n_in = 0, n_looks = 0;
        double span = l->nodes[node].tiny ? 0
                      : s->down           ? l->nodes[node].w - 16
                                          : l->nodes[node].h - 10;
        for (int i = 0; i < l->n_pieces; i++) {
            if (l->pieces[i].from == node && n_out < 64)
                out[n_out++] = i;
            if (l->pieces[i].to == node && n_in < 64)
                in[n_in++] = i;
        }
        for (int i = 0; i < n_out; i++) {
            int k = 0;
            while (k < n_looks && !same_look(&s->ties[l->pieces[out[looks[k]]].tie],
                                             &s->ties[l->pieces[out[i]].tie]))
                k++;
            if (k == n_looks)
                looks[n_looks++] = i;
        }
        /* Looks in the order of where they go on average. */
        double mean[64];
        for (int k = 0; k < n_looks; k++) {
            int count = 0;
            mean[k] = 0;
            for (int i = 0; i < n_out; i++)
                if (same_look(&s->ties[l->pieces[out[looks[k]]].tie],
                              &s->ties[l->pieces[out[i]].tie])) {
                    mean[k] += across(l, l->pieces[out[i]].to);
                    count++;
                }
            mean[k] /= count;
        }
        double step = fmin(14, span / fmax(1, 2 * n_looks - 1)), middle = (n_looks - 1) / 2.0;
        int heavy = heaviest(l, out, n_out);
        for (int k = 0; k < n_looks && heavy >= 0; k++)
            if (same_look(&s->ties[l->pieces[out[looks[k]]].tie], &s->ties[heavy])) {
                middle = 0;
                for (int j = 0; j < n_looks; j++)
                    middle += mean[j] < mean[k] || (j < k && mean[j] == mean[k]);
            }
        for (int i = 0; i < n_out; i++) {
            int k = 0, before = 0;
            while (
                !same_look(&s->ties[l->pieces[out[looks[k]]].tie], &s->ties[l->pieces[out[i]].tie]))
                k++;
            for (int j = 0; j < n_looks; j++)
                before += mean[j] < mean[k] || (j < k && mean[j] == mean[k]);
            l->pieces[out[i]].out = across(l, node) + (before - middle) * step;
        }
        step = fmin(14, span / fmax(1, 2 * n_in - 1));
        middle = (n_in - 1) / 2.0;
        if (joins(l, in, n_in))
            step = 0;
        heavy = heaviest(l, in, n_in);
        for (int i = 0; i < n_in && heavy >= 0; i++)
            if (l->pieces[in[i]].tie == heavy)
                middle = arrivals_before(l, in, n_in, i);
        for (int i = 0; i < n_in; i++) {
            int before = arrivals_before(l, in, n_in, i);
            l->pieces[in[i]].in = across(l, node) + (before - middle) * step;
        }
    }
    /* What is nearly straight is made straight, where the port alone can be moved. */
    for (int i = 0; i < l->n_pieces; i++) {
        struct piece *p = &l->pieces[i];
        int outs = 0, ins = 0;
        for (int k = 0; k < l->n_pieces; k++) {
            outs += l->pieces[k].from == p->from;
            ins += l->pieces[k].to == p->to;
        }
        const struct mn__graph_node *to = &l->nodes[p->to], *from = &l->nodes[p->from];
        double reach = (s->down ? to->w : to->h) / 2 - 8,
               back = (s->down ? from->w : from->h) / 2 - 8;
        if (ins == 1 && !to->tiny && fabs(p->out - across(l, p->to)) < reach)
            p->in = p->out;
        else if (outs == 1 && !from->tiny && fabs(p->in - across(l, p->from)) < back)
            p->out = p->in;
    }
}

/* The trunk of a piece: pieces of one look from one node share it. */
static bool same_trunk(const struct layout *l, const struct piece *a, const struct piece *b) {
    return a->from == b->from && same_look(&l->s->ties[a->tie], &l->s->ties[b->tie]);
}

/* Which of two trunks stands nearer to the origins, so that fewer lines cross: among those that go
 * up the upper one, among those that go down the lower one, and up before down. */
static bool nearer(const struct piece *a, bool a_up, const struct piece *b, bool b_up) {
    if (a_up != b_up)
        return a_up;
    return a_up ? a->out < b->out : a->out > b->out;
}

static bool goes_up(const struct layout *l, const struct piece *p) {
    double sum = 0;
    for (int i = 0; i < l->n_pieces; i++)
        if (same_trunk(l, p, &l->pieces[i]))
            sum += l->pieces[i].in - l->pieces[i].out;
    return sum < 0;
}

static bool turns(const struct layout *l, const struct piece *p) {
    for (int i = 0; i < l->n_pieces; i++)
        if (same_trunk(l, p, &l->pieces[i]) && fabs(l->pieces[i].in - l->pieces[i].out) > 0.5)
            return true;
    return false;
}

/* Counts the trunks after each rank; sets each piece's track to its number among them. */
static void tracks(struct layout *l, int *count) {
    for (int r = 0; r < l->n_ranks; r++)
        count[r] = 0;
    for (int i = 0; i < l->n_pieces; i++) {
        struct piece *p = &l->pieces[i];
        int r = l->nodes[p->from].rank, before = 0, all = 0;
        p->track = 0;
        for (int k = 0; k < l->n_pieces; k++) {
            struct piece *q = &l->pieces[k];
            bool first = true; /* counts each trunk once */
            for (int j = 0; j < k && first; j++)
                first = !same_trunk(l, &l->pieces[j], q);
            if (!first || l->nodes[q->from].rank != r || !turns(l, q))
                continue;
            all++;
            before += !same_trunk(l, p, q) && nearer(q, goes_up(l, q), p, goes_up(l, p));
        }
        p->track = before;
        count[r] = all > count[r] ? all : count[r];
    }
}

/* Sizes along the flow: ranks as large as their largest item, spaces for trunks and labels. */
static void measure_ranks(struct layout *l) {
    const struct mn__small *s = l->s;
    int count[MN__MOST_RANKS];
    tracks(l, count);
    for (int r = 0; r < l->n_ranks; r++) {
        l->extent[r] = 0;
        double label = 0;
        for (int i = 0; i < l->n_pieces; i++) {
            const struct mn__tie *t = &s->ties[l->pieces[i].tie];
            if (l->nodes[l->pieces[i].from].rank == r && l->pieces[i].to == t->to && *t->label)
                label = fmax(label, s->down ? mn__small_size(s) * 1.7
                                            : mn__text_width(t->label, mn__small_size(s), false) +
                                                  (s->n_grounds ? s->size * 0.8 : 0) + 8);
        }
        bool edge = false; /* a ground begins or ends here */
        for (int i = 0; i < l->n_pieces && s->down; i++) {
            const struct mn__tie *t = &s->ties[l->pieces[i].tie];
            edge = edge || (l->nodes[l->pieces[i].from].rank == r &&
                            s->items[t->from].frame != s->items[t->to].frame);
        }
        l->space[r] = s->size * (edge       ? 3.6
                                 : s->down  ? 1.6
                                 : s->tight ? 1.6
                                            : 2.0) +
                      count[r] * TRACK + label;
    }
    for (int i = 0; i < l->n_nodes; i++)
        l->extent[l->nodes[i].rank] =
            fmax(l->extent[l->nodes[i].rank], s->down ? l->nodes[i].h : l->nodes[i].w);
    l->length = 0;
    for (int r = 0; r < l->n_ranks; r++)
        l->length += l->extent[r] + (r + 1 < l->n_ranks ? l->space[r] : 0);
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < l->n_nodes; i++) {
        double half = (s->down ? l->nodes[i].w : l->nodes[i].h) / 2;
        low = fmin(low, across(l, i) - half);
        high = fmax(high, across(l, i) + half);
    }
    l->breadth = high - low;
    for (int i = 0; i < l->n_nodes; i++)
        *(s->down ? &l->nodes[i].x : &l->nodes[i].y) -= low;
}

static struct mn__point point(const struct mn__small *s, double along, double at) {
    return s->down ? (struct mn__point){at, along} : (struct mn__point){along, at};
}

static void add_point(struct mn__route *r, struct mn__point p) {
    if (r->n && fabs(r->at[r->n - 1].x - p.x) < 0.3 && fabs(r->at[r->n - 1].y - p.y) < 0.3)
        return;
    if (r->n < (int)MN_COUNT(r->at))
        r->at[r->n++] = p;
}

/* Where items and lines come to stand in `room`: spare space is shared out along the flow, and up
 * to a half more across it. */
static void settle(struct layout *l, struct mn__rect room) {
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
    ports(l);
    tracks(l, count);
    for (int r = 0; r < l->n_ranks; r++) {
        l->begin[r] = along;
        l->space[r] += spare;
        along += l->extent[r] + l->space[r];
    }
    for (int i = 0; i < s->n_items; i++) {
        struct mn__item *item = &s->items[i];
        const struct mn__graph_node *n = &l->nodes[i];
        double middle = l->begin[n->rank] + l->extent[n->rank] / 2;
        struct mn__point p = point(s, middle, across(l, i));
        item->rank = n->rank;
        item->at.x = round(p.x - item->at.w / 2);
        item->at.y = round(p.y - item->at.h / 2);
    }
    s->routes = mn_resize(s->routes, (size_t)s->n_ties + 1, sizeof *s->routes);
    memset(s->routes, 0, sizeof *s->routes * ((size_t)s->n_ties + 1));
    for (int i = 0; i < l->n_pieces; i++) {
        const struct piece *p = &l->pieces[i];
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
        double step = fmin(TRACK, (next - 4 - first) / fmax(1, count[rank]));
        double turn = first + (p->track + 0.5) * step;
        add_point(r, point(s, from, p->out));
        if (fabs(p->in - p->out) > 0.5) {
            add_point(r, point(s, turn, p->out));
            add_point(r, point(s, turn, p->in));
        }
        add_point(r, point(s, to, p->in));
    }
}

/* Finds room for a ground's name between the lines that come in from above, else makes some at its
 * left; sets where it starts and how much room it has. */
static void name_ground(const struct mn__small *s, struct mn__ground *ground, struct mn__rect *r,
                        struct mn__rect room, double pad) {
    double name = mn__text_width(ground->name, s->size, true) + 2 * pad + 1, xs[66] = {0};
    int n = 0;
    for (int i = 0; i < s->n_ties; i++)
        for (int k = 1; k < s->routes[i].n && n < 64; k++) {
            struct mn__point a = s->routes[i].at[k - 1], b = s->routes[i].at[k];
            double low = fmin(a.x, b.x), high = fmax(a.x, b.x);
            if (high > r->x && low < r->x + r->w && fmin(a.y, b.y) < r->y + s->size * 1.8 &&
                fmax(a.y, b.y) > r->y) {
                xs[n++] = low;
                if (high > low + 1 && n < 64)
                    xs[n++] = high;
            }
        }
    qsort(xs, (size_t)n, sizeof *xs, by_number);
    xs[n] = r->x + r->w + (n ? pad : 0);
    n++;
    double from = r->x;
    for (int i = 0; i < n; i++) {
        if (xs[i] - from >= name) {
            ground->name_x = from + pad;
            ground->name_room = xs[i] - from - 2 * pad;
            return;
        }
        from = xs[i];
    }
    if (n == 1) { /* nothing in the way: wider to the right */
        r->w = fmin(name, room.x + room.w - r->x);
        ground->name_room = r->w - 2 * pad;
    } else {
        double left = fmax(fmin(r->x, xs[0] - name), room.x - pad);
        r->w += r->x - left;
        r->x = left;
        ground->name_room = xs[0] - left - 2 * pad;
    }
    ground->name_x = r->x + pad;
}

/* Grounds hold their items and no others. */
static void place_grounds(struct mn__small *s, struct mn__rect room) {
    double pad = s->size * 0.8, head = s->size * 1.9;
    for (int g = 0; g < s->n_grounds; g++) {
        struct mn__ground *ground = &s->grounds[g];
        double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
        for (int i = 0; i < s->n_items; i++)
            if (s->items[i].frame == g) {
                const struct mn__rect *r = &s->items[i].at;
                x0 = fmin(x0, r->x), y0 = fmin(y0, r->y);
                x1 = fmax(x1, r->x + r->w), y1 = fmax(y1, r->y + r->h);
            }
        ground->at = (struct mn__rect){0, 0, 0, 0};
        if (isinf(x0))
            continue;
        struct mn__rect r = {x0 - pad, y0 - head, x1 - x0 + 2 * pad, y1 - y0 + head + pad};
        r.y = fmax(r.y, room.y - head);
        name_ground(s, ground, &r, room, pad);
        bool alone = true;
        for (int i = 0; i < s->n_items && alone; i++) {
            const struct mn__rect *o = &s->items[i].at;
            alone = s->items[i].frame == g || o->x > r.x + r.w || o->x + o->w < r.x ||
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

/* One try, with texts of s->size. *failed: Graphviz could not do it. */
static bool try_place(struct mn__small *s, struct mn__rect room, bool *failed) {
    struct layout l = {.s = s};
    for (int i = 0; i < s->n_items; i++)
        measure(s, &s->items[i]);
    bool ok = lay(&l);
    *failed = !ok;
    if (ok) {
        ports(&l);
        measure_ranks(&l);
        ok = s->down ? l.length <= room.h && l.breadth <= room.w
                     : l.length <= room.w && l.breadth <= room.h;
    }
    if (ok) {
        settle(&l, room);
        place_grounds(s, room);
    }
    free(l.nodes);
    free(l.pieces);
    return ok;
}

bool mn__small_place(struct mn__small *s, struct mn__rect room) {
    struct mn__sheet *sheet = s->sheet;
    double least = sheet->least_name, most = fmax(least, 12 * sheet->unit);
    if (s->n_grounds) { /* their heads and edges */
        double edge = 14 * sheet->unit;
        room = (struct mn__rect){room.x + edge, room.y + 1.5 * edge, room.w - 2 * edge,
                                 room.h - 2.5 * edge};
    }
    for (int tight = 0; tight < 2; tight++)
        for (double size = most; size >= least - 0.01; size -= 0.5) {
            bool failed;
            s->size = size;
            s->tight = tight;
            if (try_place(s, room, &failed))
                return true;
            if (failed)
                return mn__refuse(sheet, MN_D_diagram_failed, NULL, NULL, NULL);
        }
    return false;
}
