/* Which rank an item of a small picture stands in, and where across it: by Graphviz `dot`. */
#include "diagram/small_layout.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>

int mn__small_by_number(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* Runs dot and numbers the ranks by where it put the items along the flow. */
static bool arrange(struct mn__layout *l, struct mn__graph_edge *edges, int n_edges, int n) {
    struct mn__small *s = l->s;
    if (!mn__arrange(l->nodes, n, edges, n_edges, !s->down, s->size * (s->tight ? 0.8 : 1.3),
                     s->size * 3))
        return false;
    double *along = mn_new0((size_t)n + 1, sizeof *along);
    int alone = 0;
    for (int i = 0; i < n; i++)
        if (!l->nodes[i].within)
            along[alone++] = s->down ? l->nodes[i].y : l->nodes[i].x;
    qsort(along, (size_t)alone, sizeof *along, mn__small_by_number);
    int ranks = 0;
    for (int i = 0; i < alone; i++)
        if (i == 0 || along[i] > along[i - 1] + 0.6)
            along[ranks++] = along[i];
    for (int i = 0; i < n; i++) {
        const struct mn__graph_node *of =
            l->nodes[i].within ? &l->nodes[l->nodes[i].within - 1] : &l->nodes[i];
        double at = s->down ? of->y : of->x;
        int r = 0;
        while (r + 1 < ranks && fabs(along[r] - at) > 0.7)
            r++;
        l->nodes[i].rank = r;
    }
    free(along);
    l->n_ranks = ranks;
    return ranks <= MN__MOST_RANKS;
}

/* A node in a block takes the space between it and the next, too, for dot. */
static void put_in_block(struct mn__layout *l, int item) {
    const struct mn__small *s = l->s;
    struct mn__graph_node *n = &l->nodes[item];
    struct mn__point middle = mn__small_in_block(s, item);
    double gap = mn__small_gap(s, &s->items[s->items[item].block - 1]);
    n->within = s->items[item].block;
    n->dx = middle.x;
    n->dy = middle.y;
    n->w += s->down ? gap : 0;
    n->h += s->down ? 0 : gap;
}

static bool same_block(const struct mn__small *s, const struct mn__tie *t) {
    const struct mn__item *a = &s->items[t->from], *b = &s->items[t->to];
    return t->from == t->to || (a->block && a->block == b->block) || a->block == t->to + 1 ||
           b->block == t->from + 1;
}

/* Hidden ties come first: dot would take them for one with an edge before them that ends at a cell
 * of the same nodes. Returns how many edges there are. */
static int add_hidden(const struct mn__small *s, struct mn__graph_edge *edges) {
    int n = 0;
    for (int i = 0; i < s->n_ties; i++)
        if (s->ties[i].hidden && !same_block(s, &s->ties[i]))
            edges[n++] = (struct mn__graph_edge){s->ties[i].from, s->ties[i].to, s->ties[i].weight};
    return n;
}

/* Long ties get a bend in each rank that they pass, so that dot keeps a way free for them. */
bool mn__small_lay(struct mn__layout *l) {
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
        if (!mn__small_alone(&s->items[i]))
            put_in_block(l, i);
    }
    n_edges = add_hidden(s, edges);
    for (int i = 0; i < s->n_ties; i++)
        if (!same_block(s, &s->ties[i]) && !s->ties[i].hidden)
            edges[n_edges++] =
                (struct mn__graph_edge){s->ties[i].from, s->ties[i].to, s->ties[i].weight};
    bool ok = arrange(l, edges, n_edges, n);
    n_edges = add_hidden(s, edges);
    l->n_nodes = n;
    for (int i = 0; ok && i < s->n_ties; i++) {
        struct mn__tie *t = &s->ties[i];
        if (same_block(s, t))
            continue;
        if (t->hidden)
            continue;
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
            l->pieces[l->n_pieces++] = (struct mn__piece){.tie = i, .from = at, .to = next};
            /* The bends of a long tie want to lie in a line, as dot's own do. */
            int straight = (at >= n ? 3 : 1) * (next >= n ? 3 : 1);
            edges[n_edges++] = (struct mn__graph_edge){at, next, t->weight * straight};
            at = next;
        }
    }
    ok = ok && arrange(l, edges, n_edges, l->n_nodes);
    free(edges);
    return ok;
}

double mn__small_across(const struct mn__layout *l, int node) {
    return l->s->down ? l->nodes[node].x : l->nodes[node].y;
}

/* Sizes along the flow: ranks as large as their largest item, spaces for trunks and labels. */
void mn__small_ranks(struct mn__layout *l) {
    const struct mn__small *s = l->s;
    int count[MN__MOST_RANKS];
    mn__small_tracks(l, count);
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
                            mn__small_frame(s, t->from) != mn__small_frame(s, t->to));
        }
        l->space[r] = s->size * (edge       ? 3.6
                                 : s->down  ? 1.6
                                 : s->tight ? 1.6
                                            : 2.0) +
                      count[r] * MN__TRACK + label;
    }
    for (int i = 0; i < l->n_nodes; i++)
        if (!l->nodes[i].within)
            l->extent[l->nodes[i].rank] =
                fmax(l->extent[l->nodes[i].rank], s->down ? l->nodes[i].h : l->nodes[i].w);
    l->length = 0;
    for (int r = 0; r < l->n_ranks; r++)
        l->length += l->extent[r] + (r + 1 < l->n_ranks ? l->space[r] : 0);
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < l->n_nodes; i++) {
        if (l->nodes[i].within)
            continue;
        double half = (s->down ? l->nodes[i].w : l->nodes[i].h) / 2;
        low = fmin(low, mn__small_across(l, i) - half);
        high = fmax(high, mn__small_across(l, i) + half);
    }
    l->breadth = high - low;
    for (int i = 0; i < l->n_nodes; i++)
        *(s->down ? &l->nodes[i].x : &l->nodes[i].y) -= low;
}
