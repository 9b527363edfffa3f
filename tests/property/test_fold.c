/* Whoever follows a folded flow and looks back where it says so comes where the flow leads. */
#include "property/chance.h"
#include "runbook/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
/* cmocka needs those first */
#include <cmocka.h>

enum { MOST_NODES = 60, MOST_KEYS = 12, MOST_EDGES = 4, WALKS = 20, LENGTH = 80 };

static int any(int n) {
    return (int)draw((unsigned)n);
}

/* Nodes that show one of a few steps; the answers of a step are as many wherever it is asked. */
static struct mn_flow made_flow(struct mn_arena *a) {
    int n = 2 + any(MOST_NODES - 2), keys = 1 + any(MOST_KEYS), edges[MOST_KEYS];
    struct mn_flow_node *nodes = MN_ARENA_ARRAY(a, struct mn_flow_node, (size_t)n);
    for (int k = 0; k < keys; k++)
        edges[k] = 1 + any(MOST_EDGES);
    for (int i = 0; i < n; i++) {
        int key = any(keys);
        struct mn_flow_edge *out = MN_ARENA_ARRAY(a, struct mn_flow_edge, MOST_EDGES);
        for (int e = 0; e < edges[key]; e++)
            out[e] = (struct mn_flow_edge){.which = e, .to = any(9) ? any(n) : -1, .failure = -1};
        const char *name = mn_arena_printf(a, "k%d", key);
        nodes[i] = (struct mn_flow_node){
            .id = mn_arena_printf(a, "n%d", i),
            .step = {.kind = MN_STEP_ASK, .key = name, .record = name, .visit = 1},
            .n_edges = (size_t)edges[key],
            .edges = out};
    }
    return (struct mn_flow){.n = (size_t)n, .nodes = nodes};
}

static int step_of(const struct mn_fold *fold, int node) {
    for (size_t k = 0; k < fold->n; k++)
        if (strcmp(fold->flow->nodes[fold->steps[k].node].step.key,
                   fold->flow->nodes[node].step.key) == 0)
            return (int)k;
    return -1;
}

static bool came(const struct mn_fold_way *way, int before) {
    for (int i = 0; i < way->came.n; i++)
        if (way->came.at[i] == before)
            return true;
    return false;
}

/* Walks at random; how often the fold leads elsewhere, or does not say where. */
static int walk(const struct mn_fold *fold, int *decided, int *lists) {
    int latest[MOST_KEYS], before = -1, node = 0, faults = 0;
    for (int k = 0; k < MOST_KEYS; k++)
        latest[k] = MN_FOLD_NOT_ASKED;
    for (int n = 0; n < LENGTH && node >= 0; n++) {
        int step = step_of(fold, node), edge = any((int)fold->flow->nodes[node].n_edges);
        int next = fold->flow->nodes[node].edges[edge].to;
        int to = next < 0 ? -1 : step_of(fold, next);
        bool found = false;
        for (size_t w = 0; w < fold->steps[step].n_ways && !found; w++) {
            const struct mn_fold_way *way = &fold->steps[step].ways[w];
            bool holds = way->given == MN_FOLD_CAME ? came(way, before)
                         : way->given >= 0          ? way->answers >> latest[way->given] & 1
                                                    : true;
            if (way->edge != edge || !holds)
                continue;
            /* several ways that depend on what cannot be told: one of them has to be it */
            found = way->given != MN_FOLD_DEPENDS || way->to == to;
            faults += found && way->to != to;
            *decided += way->given >= 0 || way->given == MN_FOLD_CAME;
            *lists += way->given == MN_FOLD_OTHERWISE;
        }
        faults += !found;
        latest[step] = edge;
        before = step;
        node = next;
    }
    return faults;
}

static void test_followed(void **state) {
    (void)state;
    int faults = 0, decided = 0, lists = 0;
    for (int k = 0; k < 400; k++) {
        struct mn_arena *a = mn_arena_new();
        seed = (unsigned)k;
        struct mn_flow flow = made_flow(a);
        struct mn_fold fold = mn_flow_fold(&flow, a);
        int wrong = 0;
        for (int w = 0; w < WALKS; w++)
            wrong += walk(&fold, &decided, &lists);
        if (wrong)
            fprintf(stderr, "seed %d: %d wrong turns\n", k, wrong);
        faults += wrong;
        mn_arena_free(a);
    }
    assert_int_equal(faults, 0);
    assert_true(decided > 1000);
    assert_true(lists > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_followed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
