/* Merges stops that go on alike: the coarsest partition in which the same answer leads to the same
 * part (E. F. Moore, Gedanken-experiments on sequential machines, 1956). */
#include "runbook/merge.h"

#include "runbook/loops.h"

#include <stdlib.h>
#include <string.h>

struct merge {
    const struct mn__stop *stops;
    const struct mn_flow_failure *failures;
    int *order; /* stops, like ones together */
    int *part;  /* of each stop */
    int *next;
    size_t n;
};

static int by_text(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "");
}

/* Fails the same way: wherever the walk was. */
static int compare_failures(const struct mn_flow_failure *a, const struct mn_flow_failure *b) {
    int order = by_text(a->code, b->code);
    order = order ? order : by_text(a->file, b->file);
    order = order ? order : a->line - b->line;
    return order ? order : by_text(a->message.en, b->message.en);
}

static int compare(const struct merge *m, int x, int y) {
    const struct mn__stop *a = &m->stops[x], *b = &m->stops[y];
    if (m->part[x] != m->part[y])
        return m->part[x] - m->part[y];
    for (size_t i = 0; i < a->n_edges; i++) { /* the same is asked, so there are as many */
        int to = a->edges[i].to, other = b->edges[i].to;
        int order = (to < 0 ? -1 : m->part[to]) - (other < 0 ? -1 : m->part[other]);
        if (order == 0 && to < 0)
            order = compare_failures(&m->failures[a->edges[i].failure],
                                     &m->failures[b->edges[i].failure]);
        if (order)
            return order;
    }
    return 0;
}

static int by_part(const void *a, const void *b, void *arg) {
    const int *x = a, *y = b;
    int order = compare(arg, *x, *y);
    return order ? order : *x - *y;
}

static int by_look(const void *a, const void *b, void *arg) {
    const struct merge *m = arg;
    const int *x = a, *y = b;
    int order = strcmp(m->stops[*x].look, m->stops[*y].look);
    return order ? order : *x - *y;
}

/* Splits parts until nothing changes; how many there are. */
static int refine(struct merge *m) {
    int parts = 0, before;
    for (size_t i = 0; i < m->n; i++)
        m->order[i] = (int)i;
    qsort_r(m->order, m->n, sizeof(int), by_look, m);
    for (size_t i = 0; i < m->n; i++) {
        parts += i > 0 && strcmp(m->stops[m->order[i]].look, m->stops[m->order[i - 1]].look) != 0;
        m->part[m->order[i]] = parts;
    }
    do {
        before = parts;
        parts = 0;
        qsort_r(m->order, m->n, sizeof(int), by_part, m);
        for (size_t i = 0; i < m->n; i++) {
            parts += i > 0 && compare(m, m->order[i], m->order[i - 1]) != 0;
            m->next[m->order[i]] = parts;
        }
        memcpy(m->part, m->next, m->n * sizeof(int));
    } while (parts != before);
    return parts + 1;
}

/* How often steps of that key were asked on the walk to the node, itself included. */
static int asked_before(const struct mn_flow_node *nodes, int node, const char *key) {
    int times = 0;
    for (; node >= 0; node = nodes[node].before)
        times += nodes[node].kind == MN_FLOW_STEP && strcmp(nodes[node].step.key, key) == 0;
    return times;
}

static const char *record_of(struct mn_arena *a, const char *key, int visit) {
    return visit <= 1 ? key : mn_arena_printf(a, "%s#%d", key, visit);
}

/* What depends on the walk is said of the node's own shortest walk. */
static void number_visits(struct mn_flow_node *nodes, int i, struct mn_arena *a) {
    struct mn_flow_node *node = &nodes[i];
    struct mn_step *s = &node->step;
    struct mn_evidence *evidence =
        mn_arena_copy(a, s->evidence, s->n_evidence * sizeof(*s->evidence));
    for (size_t k = 0; k < s->n_evidence; k++) {
        const char *answer = evidence[k].answer;
        if (!answer)
            continue;
        const char *key = mn_arena_strndup(a, answer, strcspn(answer, "#"));
        evidence[k].answer =
            record_of(a, key, asked_before(nodes, node->before, key) - node->quoted[k]);
    }
    s->evidence = evidence;
    s->visit = asked_before(nodes, i, s->key) - node->back;
    s->record = record_of(a, s->key, s->visit);
}

static const char *id_of(const struct mn_flow_node *nodes, int i, struct mn_arena *a) {
    const struct mn_flow_node *node = &nodes[i];
    const char *key = node->kind == MN_FLOW_STEP
                          ? node->step.key
                          : mn_arena_printf(a, "%s.%s", node->step.key, node->item);
    int same = 1;
    for (int k = 0; k < i; k++) {
        size_t n = strlen(key);
        same += strncmp(nodes[k].id, key, n) == 0 && (!nodes[k].id[n] || nodes[k].id[n] == '~');
    }
    return same == 1 ? key : mn_arena_printf(a, "%s~%d", key, same);
}

void mn__merge_stops(const struct mn__stop *stops, size_t n, const struct mn_flow_failure *failures,
                     size_t n_failures, struct mn_arena *a, struct mn_flow *out) {
    struct merge m = {.stops = stops, .failures = failures, .n = n};
    struct mn_flow_failure *kept = MN_ARENA_ARRAY(a, struct mn_flow_failure, n_failures + 1);
    out->states = n;
    out->failures = kept;
    if (n == 0) {
        out->n_failures = n_failures;
        memcpy(kept, failures, n_failures * sizeof(*kept));
        return;
    }
    m.order = MN_ARENA_ARRAY(a, int, n);
    m.part = MN_ARENA_ARRAY(a, int, n);
    m.next = MN_ARENA_ARRAY(a, int, n);
    int parts = refine(&m);
    int *node_of = MN_ARENA_ARRAY(a, int, (size_t)parts); /* each part's node, by its first stop */
    int *first = MN_ARENA_ARRAY(a, int, (size_t)parts);
    struct mn_flow_node *nodes = MN_ARENA_ARRAY(a, struct mn_flow_node, (size_t)parts);
    for (int p = 0; p < parts; p++)
        node_of[p] = -1;
    for (size_t i = 0; i < n; i++)
        if (node_of[m.part[i]] < 0) {
            node_of[m.part[i]] = (int)out->n;
            first[out->n++] = (int)i;
        }
    for (int i = 0; i < (int)out->n; i++) {
        const struct mn__stop *s = &stops[first[i]];
        struct mn_flow_edge *edges = s->edges;
        for (size_t k = 0; k < s->n_edges; k++) {
            if (edges[k].to >= 0) {
                edges[k].to = node_of[m.part[edges[k].to]];
                continue;
            }
            kept[out->n_failures] = failures[edges[k].failure];
            kept[out->n_failures].node = i;
            edges[k].failure = (int)out->n_failures++;
        }
        nodes[i] = (struct mn_flow_node){
            .kind = s->asked->what == MN_ASKED_ITEM ? MN_FLOW_ITEM : MN_FLOW_STEP,
            .step = s->asked->step,
            .item = s->asked->item,
            .back = s->back,
            .quoted = s->quoted,
            .n_edges = s->n_edges,
            .edges = edges,
            .before = s->before < 0 ? -1 : node_of[m.part[s->before]],
            .edge = s->edge,
            .depth = s->depth,
        };
        number_visits(nodes, i, a);
        nodes[i].id = id_of(nodes, i, a);
    }
    out->nodes = nodes;
    out->n_loops = mn__mark_loops(nodes, (int)out->n, a);
}
