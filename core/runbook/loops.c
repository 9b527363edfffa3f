/* Loops without an end: strongly connected parts of what leads to no end (R. E. Tarjan, Depth-first
 * search and linear graph algorithms, 1972). */
#include "runbook/loops.h"

struct search {
    struct mn_flow_node *nodes;
    const bool *ends; /* an end, or a failure, can be come to */
    int *seen, *low;  /* when a node was come to, from 1, and the earliest that it leads back to */
    int *stack;
    bool *on_stack;
    int n_stack, time, loops;
};

/* Marks what leads to an end, until nothing is new: nodes come after those that lead to them, so
 * going backwards needs few rounds. */
static bool *leads_to_end(const struct mn_flow_node *nodes, int n, struct mn_arena *a) {
    bool *ends = MN_ARENA_ARRAY(a, bool, (size_t)n + 1), more;
    do {
        more = false;
        for (int i = n - 1; i >= 0; i--) {
            bool end = nodes[i].n_edges == 0;
            for (size_t k = 0; k < nodes[i].n_edges; k++)
                end = end || nodes[i].edges[k].to < 0 || ends[nodes[i].edges[k].to];
            more = more || end != ends[i];
            ends[i] = end;
        }
    } while (more);
    return ends;
}

static void visit(struct search *s, int i) {
    bool itself = false;
    s->seen[i] = s->low[i] = ++s->time;
    s->stack[s->n_stack++] = i;
    s->on_stack[i] = true;
    for (size_t k = 0; k < s->nodes[i].n_edges; k++) {
        int to = s->nodes[i].edges[k].to;
        itself = itself || to == i;
        if (!s->seen[to])
            visit(s, to);
        if (s->on_stack[to] && s->low[to] < s->low[i])
            s->low[i] = s->low[to];
    }
    if (s->low[i] != s->seen[i])
        return;
    bool loop = itself || s->stack[s->n_stack - 1] != i;
    int member;
    do {
        member = s->stack[--s->n_stack];
        s->on_stack[member] = false;
        s->nodes[member].loop = loop ? s->loops : -1;
    } while (member != i);
    s->loops += loop;
}

int mn__mark_loops(struct mn_flow_node *nodes, int n, struct mn_arena *a) {
    size_t room = (size_t)n + 1;
    struct search s = {.nodes = nodes,
                       .ends = leads_to_end(nodes, n, a),
                       .seen = MN_ARENA_ARRAY(a, int, room),
                       .low = MN_ARENA_ARRAY(a, int, room),
                       .stack = MN_ARENA_ARRAY(a, int, room),
                       .on_stack = MN_ARENA_ARRAY(a, bool, room)};
    for (int i = 0; i < n; i++)
        nodes[i].loop = -1;
    for (int i = 0; i < n; i++)
        if (!s.ends[i] && !s.seen[i])
            visit(&s, i);
    return s.loops;
}
