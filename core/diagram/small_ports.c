/* Where the lines of a small picture leave and arrive, and in which order they turn. */
#include "diagram/small_layout.h"

#include <math.h>

static bool same_look(const struct mn__tie *a, const struct mn__tie *b) {
    return a->look.line == b->look.line && a->look.dash == b->look.dash &&
           a->look.width == b->look.width && a->mark == b->mark;
}

/* The tie that matters most among pieces, when one alone does: it keeps the middle. */
static int heaviest(const struct mn__layout *l, const int *pieces, int n) {
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
static bool joins(const struct mn__layout *l, const int *in, int n) {
    for (int i = 1; i < n; i++)
        if (!same_look(&l->s->ties[l->pieces[in[i]].tie], &l->s->ties[l->pieces[in[0]].tie]))
            return false;
    return n > 3;
}

/* How many of the pieces arrive before the i-th, in the order of their origins. */
static int arrivals_before(const struct mn__layout *l, const int *in, int n, int i) {
    int before = 0;
    double at = mn__small_across(l, l->pieces[in[i]].from);
    for (int j = 0; j < n; j++) {
        double other = mn__small_across(l, l->pieces[in[j]].from);
        before += other < at || (other == at && j < i);
    }
    return before;
}

/* Lines that can all arrive at a frame straight from where they leave do so. */
static void arrive_straight(struct mn__layout *l) {
    for (int node = 0; node < l->s->n_items; node++) {
        const struct mn__graph_node *n = &l->nodes[node];
        double half = (l->s->down ? n->w : n->h) / 2 - 8, middle = mn__small_across(l, node);
        bool all = l->s->items[node].columns > 0 && !l->s->items[node].bare;
        for (int i = 0; i < l->n_pieces && all; i++)
            for (int k = 0; k <= i && all && l->pieces[i].to == node; k++)
                all = fabs(l->pieces[i].out - middle) < half &&
                      (k == i || l->pieces[k].to != node ||
                       fabs(l->pieces[i].out - l->pieces[k].out) > 5);
        for (int i = 0; i < l->n_pieces && all; i++)
            if (l->pieces[i].to == node)
                l->pieces[i].in = l->pieces[i].out;
    }
}

/* Ports: ties of one look leave an item together; all arrive apart, in the order of their origins.
 */
void mn__small_ports(struct mn__layout *l) {
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
                    mean[k] += mn__small_across(l, l->pieces[out[i]].to);
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
            l->pieces[out[i]].out = mn__small_across(l, node) + (before - middle) * step;
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
            l->pieces[in[i]].in = mn__small_across(l, node) + (before - middle) * step;
        }
    }
    arrive_straight(l);
    /* What is nearly straight is made straight, where the port alone can be moved. */
    for (int i = 0; i < l->n_pieces; i++) {
        struct mn__piece *p = &l->pieces[i];
        int outs = 0, ins = 0;
        if (fabs(p->out - p->in) < 0.01)
            continue;
        for (int k = 0; k < l->n_pieces; k++) {
            outs += l->pieces[k].from == p->from;
            ins += l->pieces[k].to == p->to;
        }
        const struct mn__graph_node *to = &l->nodes[p->to], *from = &l->nodes[p->from];
        double reach = (s->down ? to->w : to->h) / 2 - 8,
               back = (s->down ? from->w : from->h) / 2 - 8;
        if (ins == 1 && !to->tiny && fabs(p->out - mn__small_across(l, p->to)) < reach)
            p->in = p->out;
        else if (outs == 1 && !from->tiny && fabs(p->in - mn__small_across(l, p->from)) < back)
            p->out = p->in;
    }
}

/* The trunk of a piece: pieces of one look from one node share it. */
static bool same_trunk(const struct mn__layout *l, const struct mn__piece *a,
                       const struct mn__piece *b) {
    return a->from == b->from && same_look(&l->s->ties[a->tie], &l->s->ties[b->tie]);
}

/* Which of two trunks stands nearer to the origins, so that fewer lines cross: among those that go
 * up the upper one, among those that go down the lower one, and up before down. */
static bool nearer(const struct mn__piece *a, bool a_up, const struct mn__piece *b, bool b_up) {
    if (a_up != b_up)
        return a_up;
    return a_up ? a->out < b->out : a->out > b->out;
}

static bool goes_up(const struct mn__layout *l, const struct mn__piece *p) {
    double sum = 0;
    for (int i = 0; i < l->n_pieces; i++)
        if (same_trunk(l, p, &l->pieces[i]))
            sum += l->pieces[i].in - l->pieces[i].out;
    return sum < 0;
}

static bool turns(const struct mn__layout *l, const struct mn__piece *p) {
    for (int i = 0; i < l->n_pieces; i++)
        if (same_trunk(l, p, &l->pieces[i]) && fabs(l->pieces[i].in - l->pieces[i].out) > 0.5)
            return true;
    return false;
}

/* Counts the trunks after each rank; sets each piece's track to its number among them. */
void mn__small_tracks(struct mn__layout *l, int *count) {
    for (int r = 0; r < l->n_ranks; r++)
        count[r] = 0;
    for (int i = 0; i < l->n_pieces; i++) {
        struct mn__piece *p = &l->pieces[i];
        int r = l->nodes[p->from].rank, before = 0, all = 0;
        p->track = 0;
        for (int k = 0; k < l->n_pieces; k++) {
            struct mn__piece *q = &l->pieces[k];
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
