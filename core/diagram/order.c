/* Orders and lanes. */
#include "diagram/order.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CROSSING = 100, APART = 3, MOST_TRIED = 6 };

/* Positions of the boxes of a row in its order. */
static void positions(const int *order, int n, int *at) {
    for (int i = 0; i < n; i++)
        at[order[i]] = i;
}

static int crossings(const struct mn__pair *p, int n, const int *a, const int *b) {
    int sum = 0;
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++)
            sum += (a[p[i].a] - a[p[k].a]) * (b[p[i].b] - b[p[k].b]) < 0;
    return sum;
}

/* Pairs within a row: neighbours are free, arcs cost by what they span, crossing arcs much. */
static int arcs(const struct mn__pair *p, int n, const int *at) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
        int l = at[p[i].a], r = at[p[i].b];
        if (l > r) {
            int t = l;
            l = r;
            r = t;
        }
        sum += (r - l - 1) * APART;
        for (int k = 0; k < i; k++) {
            int l2 = at[p[k].a], r2 = at[p[k].b];
            if (l2 > r2) {
                int t = l2;
                l2 = r2;
                r2 = t;
            }
            sum += (l < l2 && l2 < r && r < r2) || (l2 < l && l < r2 && r2 < r) ? CROSSING : 0;
        }
    }
    return sum;
}

struct trial {
    struct mn__rows *rows;
    int *at[3], *best[3];
    long cost;
};

static long cost_of(struct trial *t) {
    struct mn__rows *r = t->rows;
    for (int i = 0; i < 3; i++)
        positions(r->order[i], r->n[i], t->at[i]);
    const int *joint = r->n[1] ? t->at[1] : t->at[0];
    return crossings(r->upper, r->n_upper, t->at[0], t->at[1]) * (long)CROSSING +
           crossings(r->lower, r->n_lower, joint, t->at[2]) * (long)CROSSING +
           arcs(r->in[0], r->n_in[0], t->at[0]) + arcs(r->in[1], r->n_in[1], t->at[1]);
}

/* Sorts row r by where the boxes it is joined to stand on average; ties keep their order. */
static void by_neighbours(struct trial *t, int r, int fixed, const struct mn__pair *p, int n,
                          bool second) {
    struct mn__rows *rows = t->rows;
    int count = rows->n[r];
    double *mean = mn_new0((size_t)count + 1, sizeof *mean);
    positions(rows->order[fixed], rows->n[fixed], t->at[fixed]);
    for (int i = 0; i < count; i++) {
        double sum = 0;
        int k = 0;
        for (int j = 0; j < n; j++)
            if ((second ? p[j].b : p[j].a) == i) {
                sum += t->at[fixed][second ? p[j].a : p[j].b];
                k++;
            }
        mean[i] = k ? sum / k : (rows->n[fixed] - 1) / 2.0;
    }
    for (int i = 0; i < count; i++)
        rows->order[r][i] = i;
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0 && mean[rows->order[r][k]] < mean[rows->order[r][k - 1]] - 1e-9;
             k--) {
            int s = rows->order[r][k];
            rows->order[r][k] = rows->order[r][k - 1];
            rows->order[r][k - 1] = s;
        }
    free(mean);
}

/* The next permutation in lexicographic order; false after the last. */
static bool next(int *p, int n) {
    int i = n - 2;
    while (i >= 0 && p[i] > p[i + 1])
        i--;
    if (i < 0)
        return false;
    int k = n - 1;
    while (p[k] < p[i])
        k--;
    int s = p[i];
    p[i] = p[k];
    p[k] = s;
    for (int a = i + 1, b = n - 1; a < b; a++, b--) {
        s = p[a];
        p[a] = p[b];
        p[b] = s;
    }
    return true;
}

static void keep_if_better(struct trial *t) {
    long cost = cost_of(t);
    if (cost >= t->cost)
        return;
    t->cost = cost;
    for (int i = 0; i < 3; i++)
        memcpy(t->best[i], t->rows->order[i], sizeof(int) * (size_t)t->rows->n[i]);
}

/* With the leading row as it stands: the row below follows it, the row above is tried throughout.
 */
static void follow(struct trial *t) {
    struct mn__rows *r = t->rows;
    int lead = r->n[1] ? 1 : 0;
    by_neighbours(t, 2, lead, r->lower, r->n_lower, true);
    if (lead == 0 || r->n[0] == 0) {
        keep_if_better(t);
        return;
    }
    if (r->n[0] > MOST_TRIED - 1) {
        by_neighbours(t, 0, 1, r->upper, r->n_upper, false);
        keep_if_better(t);
        return;
    }
    for (int i = 0; i < r->n[0]; i++)
        r->order[0][i] = i;
    do
        keep_if_better(t);
    while (next(r->order[0], r->n[0]));
}

void mn__order_rows(struct mn__rows *rows) {
    struct trial t = {.rows = rows, .cost = 1L << 60};
    for (int i = 0; i < 3; i++) {
        t.at[i] = mn_new0((size_t)rows->n[i] + 1, sizeof(int));
        t.best[i] = mn_new0((size_t)rows->n[i] + 1, sizeof(int));
        for (int k = 0; k < rows->n[i]; k++)
            t.best[i][k] = rows->order[i][k] = k;
    }
    int lead = rows->n[1] ? 1 : 0;
    if (rows->n[lead] <= MOST_TRIED) {
        int *p = mn_new0((size_t)rows->n[lead] + 1, sizeof *p);
        for (int k = 0; k < rows->n[lead]; k++)
            p[k] = k;
        do {
            memcpy(rows->order[lead], p, sizeof *p * (size_t)rows->n[lead]);
            follow(&t);
        } while (next(p, rows->n[lead]));
        free(p);
    } else {
        follow(&t);
    }
    for (int i = 0; i < 3; i++) {
        memcpy(rows->order[i], t.best[i], sizeof(int) * (size_t)rows->n[i]);
        free(t.at[i]);
        free(t.best[i]);
    }
}

int mn__channel(const double *low, const double *high, int n, int *level) {
    int levels = 0;
    /* Going right, an earlier one passes over the later ones that start within its span. */
    for (int i = n - 1; i >= 0; i--) {
        level[i] = 0;
        if (high[i] >= low[i])
            for (int k = i + 1; k < n; k++)
                if (high[k] >= low[k] && low[k] < high[i] + 1 && level[k] >= level[i])
                    level[i] = level[k] + 1;
    }
    for (int i = 0; i < n; i++) {
        if (high[i] < low[i])
            for (int k = 0; k < i; k++)
                if (high[k] < low[k] && low[k] > high[i] - 1 && level[k] >= level[i])
                    level[i] = level[k] + 1;
        levels = level[i] + 1 > levels ? level[i] + 1 : levels;
    }
    return levels;
}

int mn__uncrossed(const struct mn__pair *pairs, int n, bool *keep) {
    /* The longest run in which b never falls (quadratic is enough for a row of boxes). */
    int *length = mn_new0((size_t)n + 1, sizeof *length),
        *before = mn_new0((size_t)n + 1, sizeof *before);
    int last = -1, most = 0;
    for (int i = 0; i < n; i++) {
        keep[i] = false;
        length[i] = 1;
        before[i] = -1;
        for (int k = 0; k < i; k++)
            if (pairs[k].b <= pairs[i].b && length[k] + 1 > length[i]) {
                length[i] = length[k] + 1;
                before[i] = k;
            }
        if (length[i] > most) {
            most = length[i];
            last = i;
        }
    }
    for (; last >= 0; last = before[last])
        keep[last] = true;
    free(length);
    free(before);
    return most;
}

int mn__lanes(struct mn__span *spans, int n) {
    int deepest = 0;
    for (int i = 0; i < n; i++)
        spans[i].depth = 0;
    for (int done = 0; done < n; done++) {
        int at = -1; /* the shortest that is left */
        for (int i = 0; i < n; i++)
            if (spans[i].depth == 0 &&
                (at < 0 || spans[i].to - spans[i].from < spans[at].to - spans[at].from))
                at = i;
        struct mn__span *s = &spans[at];
        int depth = 1;
        bool crosses = false;
        for (int i = 0; i < n; i++) {
            const struct mn__span *o = &spans[i];
            if (o->depth <= 0 || o->to <= s->from || o->from >= s->to)
                continue;
            crosses = crosses || o->from < s->from || o->to > s->to;
            depth = o->depth + 1 > depth ? o->depth + 1 : depth;
        }
        s->depth = crosses ? -1 : depth;
        deepest = s->depth > deepest ? s->depth : deepest;
    }
    for (int i = 0; i < n; i++)
        if (spans[i].depth < 0)
            spans[i].depth = 0;
    return deepest;
}
