/* Which steps stand below each other: each step's strip goes on with the way that most depends on.
 */
#include "diagram/chart.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct mn__chart *f;
    int *parent; /* by which each is reached first; -2: not yet */
    int *weight; /* how many are reached first through it */
};

/* The tree of shortest walks: what leads to a step soonest. */
static void find_parents(struct reading *r, int *queue) {
    const struct mn_chart *of = r->f->of;
    int n = 0;
    for (int i = 0; i < of->n; i++)
        r->parent[i] = -2;
    r->parent[0] = -1;
    queue[n++] = 0;
    for (int at = 0; at < n; at++)
        for (int w = 0; w < of->steps[queue[at]].n_ways; w++) {
            int to = of->steps[queue[at]].ways[w].to;
            if (to < 0 || r->parent[to] != -2)
                continue;
            r->parent[to] = queue[at];
            queue[n++] = to;
        }
    while (n--) {
        int step = queue[n];
        r->weight[step]++;
        if (r->parent[step] >= 0)
            r->weight[r->parent[step]] += r->weight[step];
    }
}

/* The heaviest of those that the step leads to first; the earlier way where two are equal. */
static int heaviest(const struct reading *r, int step) {
    const struct mn_chart_step *s = &r->f->of->steps[step];
    int best = -1;
    for (int w = 0; w < s->n_ways; w++) {
        int to = s->ways[w].to;
        if (to >= 0 && r->parent[to] == step && (best < 0 || r->weight[to] > r->weight[best]))
            best = to;
    }
    return best;
}

/* A strip, then the strips that branch off it, from its end back: those read next belong to what
 * was read last. Numbers stay near each other so. */
static void read_strip(const struct reading *r, int head) {
    struct mn__chart *f = r->f;
    int first = f->n;
    f->boxes[head].head = true;
    for (int step = head; step >= 0; step = f->boxes[step].next) {
        f->boxes[step].step = step;
        f->boxes[step].next = heaviest(r, step);
        f->order[f->n++] = step;
        f->boxes[step].number = f->n;
    }
    for (int i = f->n - 1; i >= first; i--) {
        const struct mn_chart_step *s = &f->of->steps[f->order[i]];
        for (int w = 0; w < s->n_ways; w++) {
            int to = s->ways[w].to;
            if (to >= 0 && r->parent[to] == f->order[i] && to != f->boxes[f->order[i]].next &&
                !f->boxes[to].number)
                read_strip(r, to);
        }
    }
}

void mn__chart_read(struct mn__chart *f) {
    size_t n = (size_t)f->of->n;
    struct reading r = {.f = f};
    int *queue = mn_new0(n, sizeof *queue);
    r.parent = mn_new0(n, sizeof *r.parent);
    r.weight = mn_new0(n, sizeof *r.weight);
    find_parents(&r, queue);
    read_strip(&r, 0);
    free(queue);
    free(r.parent);
    free(r.weight);
}
