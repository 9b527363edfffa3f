/* Folding a flow to its steps, with what tells its ways apart. */
#include "runbook/fold.h"

#include "base/hash.h"
#include "runbook/rules.h"

#include <stdlib.h>
#include <string.h>

#define BIT(i) (UINT64_C(1) << (i))

struct folding {
    const struct mn_flow *flow;
    struct mn_arena *a;
    int n, *step;     /* of each node */
    int *first;       /* node of each step */
    uint64_t *latest; /* of each node, for each step: the answers that can have been the latest */
    bool *before;     /* of each node, for each step: whether it can have come right before */
    bool *told;       /* of each step: whether its answers can be looked back at */
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

static bool *before(const struct folding *f, int node) {
    return f->before + (size_t)node * (size_t)f->n;
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

/* Which steps can come right before each node. */
static void find_before(struct folding *f) {
    for (size_t i = 0; i < f->flow->n; i++)
        for (size_t e = 0; e < f->flow->nodes[i].n_edges; e++)
            if (f->flow->nodes[i].edges[e].to >= 0)
                before(f, f->flow->nodes[i].edges[e].to)[f->step[i]] = true;
}

/* What can come before each node of a step, and where the answer leads from there. */
static struct mn__case *find_cases(const struct folding *f, int step, size_t edge, size_t *n) {
    size_t cap = 0, k = (size_t)f->n;
    struct mn__case *cases = NULL;
    *n = 0;
    for (size_t i = 0; i < f->flow->n; i++) {
        if (f->step[i] != step)
            continue;
        cases = mn_grow(cases, &cap, *n + 1, sizeof *cases);
        cases[(*n)++] = (struct mn__case){
            target(f, (int)i, edge),
            mn_arena_copy(f->a, latest_at(f, (int)i), k * sizeof(uint64_t)),
            step ? mn_arena_copy(f->a, before(f, (int)i), k * sizeof(bool)) : NULL,
        };
    }
    return cases;
}

/* The ways of one answer. */
static size_t find_ways_of(const struct folding *f, int step, size_t edge,
                           struct mn_fold_way **ways) {
    size_t n = 0;
    struct mn__case *cases = find_cases(f, step, edge, &n);
    size_t same = 1;
    while (same < n && cases[same].to == cases[0].to)
        same++;
    if (same == n) {
        *ways = MN_ARENA_ARRAY(f->a, struct mn_fold_way, 1);
        **ways = (struct mn_fold_way){.to = cases[0].to, .given = MN_FOLD_ALWAYS};
        n = 1;
    } else {
        n = mn__find_rules(cases, n, f->told, f->n, f->a, ways);
    }
    for (size_t w = 0; w < n; w++)
        (*ways)[w].edge = (int)edge;
    free(cases);
    return n;
}

static void find_ways(struct folding *f, int step, struct mn_fold_step *out) {
    size_t n = 0, cap = 0, n_edges = f->flow->nodes[f->first[step]].n_edges;
    struct mn_fold_way *ways = NULL;
    for (size_t edge = 0; edge < n_edges; edge++) {
        struct mn_fold_way *more = NULL;
        size_t k = find_ways_of(f, step, edge, &more);
        ways = mn_grow(ways, &cap, n + k, sizeof *ways);
        memcpy(ways + n, more, k * sizeof *ways);
        n += k;
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
    f.before = mn_new0(flow->n * (size_t)f.n, sizeof *f.before);
    f.told = mn_new0((size_t)f.n, sizeof *f.told);
    find_latest(&f);
    find_before(&f);
    for (int k = 0; k < f.n; k++)
        f.told[k] = flow->nodes[f.first[k]].n_edges < MN_FOLD_NOT_ASKED;
    struct mn_fold_step *steps = MN_ARENA_ARRAY(a, struct mn_fold_step, (size_t)f.n);
    for (int k = 0; k < f.n; k++)
        find_ways(&f, k, &steps[k]);
    free(f.step);
    free(f.first);
    free(f.latest);
    free(f.before);
    free(f.told);
    return (struct mn_fold){flow, (size_t)f.n, steps};
}
