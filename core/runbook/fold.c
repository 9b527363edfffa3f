/* Folding a flow to its steps, with what tells its ways apart. */
#include "runbook/fold.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define BIT(i) (UINT64_C(1) << (i))

/* More steps before one than this are no help on paper. */
enum { MOST_BEFORE = 24 };

struct folding {
    const struct mn_flow *flow;
    struct mn_arena *a;
    int n, *step;     /* of each node */
    int *first;       /* node of each step */
    uint64_t *latest; /* of each node, for each step: the answers that can have been the latest */
};

/* All that a person sees of a step but how often it was asked and what is quoted. */
static const char *sight_of(const struct mn_flow_node *node, struct mn_arena *a) {
    static const char *const hidden[] = {"step", "visit", "evidence", "line"};
    json_t *doc = mn_step_json(&node->step);
    struct mn_buf b = MN_BUF_INIT;
    char hash[MN_HASH_HEX];
    for (size_t i = 0; i < MN_COUNT(hidden); i++)
        json_object_del(doc, hidden[i]);
    mn_json_write(&b, doc, 0, true);
    mn_hash_of(b.data, b.size, hash);
    mn_buf_fini(&b);
    json_decref(doc);
    return mn_arena_printf(a, "%s %zu %s", hash, node->n_edges,
                           node->kind == MN_FLOW_ITEM ? node->item : "");
}

static void find_steps(struct folding *f) {
    const char **sights = MN_ARENA_ARRAY(f->a, const char *, f->flow->n);
    for (size_t i = 0; i < f->flow->n; i++) {
        const char *sight = sight_of(&f->flow->nodes[i], f->a);
        int k = 0;
        while (k < f->n && strcmp(sights[k], sight) != 0)
            k++;
        if (k == f->n) {
            sights[f->n] = sight;
            f->first[f->n++] = (int)i;
        }
        f->step[i] = k;
    }
}

static uint64_t *latest_at(const struct folding *f, int node) {
    return f->latest + (size_t)node * (size_t)f->n;
}

/* What may be the latest answers once `edge` was taken from the node; true when that is new at the
 * place that it leads to. */
static bool carry(struct folding *f, int node, size_t edge) {
    const uint64_t *from = latest_at(f, node);
    uint64_t *to = latest_at(f, f->flow->nodes[node].edges[edge].to);
    bool grown = false;
    for (int k = 0; k < f->n; k++) {
        uint64_t now = k != f->step[node]         ? from[k]
                       : edge < MN_FOLD_NOT_ASKED ? BIT(edge)
                                                  : ~BIT(MN_FOLD_NOT_ASKED);
        grown = grown || (now & ~to[k]);
        to[k] |= now;
    }
    return grown;
}

static void find_latest(struct folding *f) {
    size_t n = f->flow->n, begin = 0, count = 1;
    int *queue = mn_new0(n, sizeof *queue);
    bool *waits = mn_new0(n, sizeof *waits);
    for (int k = 0; k < f->n; k++)
        latest_at(f, 0)[k] = BIT(MN_FOLD_NOT_ASKED);
    while (count) {
        int node = queue[begin];
        begin = (begin + 1) % n;
        count--;
        waits[node] = false;
        for (size_t e = 0; e < f->flow->nodes[node].n_edges; e++) {
            int to = f->flow->nodes[node].edges[e].to;
            if (to < 0 || !carry(f, node, e) || waits[to])
                continue;
            queue[(begin + count++) % n] = to;
            waits[to] = true;
        }
    }
    free(queue);
    free(waits);
}

static int target(const struct folding *f, int node, size_t edge) {
    int to = f->flow->nodes[node].edges[edge].to;
    return to < 0 ? -1 : f->step[to];
}

/* With which latest answers to step k each of the ways is taken; false where two share one. */
static bool tells(const struct folding *f, int step, size_t edge, int k, struct mn_fold_way *ways,
                  size_t n) {
    uint64_t all = 0;
    for (size_t w = 0; w < n; w++)
        ways[w].answers = 0;
    for (size_t i = 0; i < f->flow->n; i++) {
        if (f->step[i] != step)
            continue;
        size_t w = 0;
        while (ways[w].to != target(f, (int)i, edge))
            w++;
        ways[w].answers |= latest_at(f, (int)i)[k];
    }
    for (size_t w = 0; w < n; w++) {
        if (all & ways[w].answers)
            return false;
        all |= ways[w].answers;
    }
    return true;
}

static int bits(uint64_t set) {
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* Which steps come right before those nodes of a step from where the answer leads there. */
static struct mn_ints came_from(const struct folding *f, int step, size_t edge, int to) {
    int *steps = MN_ARENA_ARRAY(f->a, int, (size_t)f->n), n = 0;
    for (size_t i = 0; i < f->flow->n; i++)
        for (size_t e = 0; e < f->flow->nodes[i].n_edges; e++) {
            int node = f->flow->nodes[i].edges[e].to, k = 0;
            if (node < 0 || f->step[node] != step || target(f, node, edge) != to)
                continue;
            while (k < n && steps[k] != f->step[i])
                k++;
            if (k == n)
                steps[n++] = f->step[i];
        }
    return (struct mn_ints){n, steps};
}

/* Whether the step that came before tells the ways of one answer apart. */
static bool tell_by_before(const struct folding *f, int step, size_t edge, struct mn_fold_way *ways,
                           size_t n) {
    int total = 0;
    bool *seen = mn_new0((size_t)f->n, sizeof *seen), apart = true;
    for (size_t w = 0; w < n; w++) {
        ways[w].came = came_from(f, step, edge, ways[w].to);
        for (int i = 0; i < ways[w].came.n; i++) {
            apart = apart && !seen[ways[w].came.at[i]];
            seen[ways[w].came.at[i]] = true;
        }
        total += ways[w].came.n;
    }
    free(seen);
    return apart && total <= MOST_BEFORE;
}

/* The earlier step whose latest answer tells the ways of one answer apart: the one that is said in
 * fewest words. */
static void tell_apart(const struct folding *f, int step, size_t edge, struct mn_fold_way *ways,
                       size_t n) {
    int best = MN_FOLD_DEPENDS, least = 0;
    if (step != 0 && tell_by_before(f, step, edge, ways, n)) {
        for (size_t w = 0; w < n; w++)
            ways[w].given = MN_FOLD_CAME;
        return;
    }
    for (int k = 0; k < f->n; k++) {
        if (f->flow->nodes[f->first[k]].n_edges >= MN_FOLD_NOT_ASKED ||
            !tells(f, step, edge, k, ways, n))
            continue;
        int words = 0;
        for (size_t w = 0; w < n; w++)
            words += bits(ways[w].answers);
        if (best < 0 || words < least) {
            best = k;
            least = words;
        }
    }
    if (best >= 0)
        tells(f, step, edge, best, ways, n);
    for (size_t w = 0; w < n; w++)
        ways[w].given = best;
}

static void find_ways(struct folding *f, int step, struct mn_fold_step *out) {
    size_t n = 0, cap = 0, n_edges = f->flow->nodes[f->first[step]].n_edges;
    struct mn_fold_way *ways = NULL;
    for (size_t edge = 0; edge < n_edges; edge++) {
        size_t begin = n;
        for (size_t i = 0; i < f->flow->n; i++) {
            if (f->step[i] != step)
                continue;
            int to = target(f, (int)i, edge);
            size_t w = begin;
            while (w < n && ways[w].to != to)
                w++;
            if (w < n)
                continue;
            ways = mn_grow(ways, &cap, n + 1, sizeof *ways);
            ways[n++] = (struct mn_fold_way){(int)edge, to, MN_FOLD_ALWAYS, 0, {0}};
        }
        if (n - begin > 1)
            tell_apart(f, step, edge, ways + begin, n - begin);
    }
    *out = (struct mn_fold_step){f->first[step], n, mn_arena_copy(f->a, ways, n * sizeof *ways)};
    free(ways);
}

struct mn_fold mn_flow_fold(const struct mn_flow *flow, struct mn_arena *a) {
    struct folding f = {.flow = flow, .a = a};
    if (flow->n == 0)
        return (struct mn_fold){flow, 0, NULL};
    f.step = mn_new0(flow->n, sizeof *f.step);
    f.first = mn_new0(flow->n, sizeof *f.first);
    find_steps(&f);
    f.latest = mn_new0(flow->n * (size_t)f.n, sizeof *f.latest);
    find_latest(&f);
    struct mn_fold_step *steps = MN_ARENA_ARRAY(a, struct mn_fold_step, (size_t)f.n);
    for (int k = 0; k < f.n; k++)
        find_ways(&f, k, &steps[k]);
    free(f.step);
    free(f.first);
    free(f.latest);
    return (struct mn_fold){flow, (size_t)f.n, steps};
}
