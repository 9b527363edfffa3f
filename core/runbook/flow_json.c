/* A flow as JSON: what `metronet explore --json` prints, and what a worker hands over. */
#include "runbook/answer.h"
#include "runbook/explore.h"

#include <string.h>

enum { MOST = 1000000 };

static const char *const KINDS[] = {"step", "item"};

size_t mn_flow_walk(const struct mn_flow *flow, int node, struct mn_arena *a,
                    const char *const **values, const int **nodes) {
    size_t most = (size_t)flow->nodes[node].depth, at = most;
    const char **value = MN_ARENA_ARRAY(a, const char *, most + 1);
    int *whose = MN_ARENA_ARRAY(a, int, most + 1);
    for (int before = flow->nodes[node].before; before >= 0;
         node = before, before = flow->nodes[node].before) {
        const struct mn_flow_node *from = &flow->nodes[before];
        if (from->kind != MN_FLOW_STEP || at == 0)
            continue;
        value[--at] = from->edges[flow->nodes[node].edge].value;
        whose[at] = before;
    }
    *values = value + at;
    *nodes = whose + at;
    return most - at;
}

/* ---- writing ---- */

static json_t *integer_or_null(int i) {
    return i < 0 ? json_null() : json_integer(i);
}

static json_t *answers_json(const struct mn_flow *flow, int node) {
    json_t *list = json_array();
    struct mn_arena *a = mn_arena_new();
    const char *const *values;
    const int *nodes;
    size_t n = mn_flow_walk(flow, node, a, &values, &nodes);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list,
            json_pack("{s:s,s:s}", "step", flow->nodes[nodes[i]].step.record, "answer", values[i]));
    mn_arena_free(a);
    return list;
}

static json_t *node_json(const struct mn_flow *flow, int i) {
    const struct mn_flow_node *node = &flow->nodes[i];
    json_t *doc = json_object(), *edges = json_array(), *quoted = json_array();
    json_object_set_new(doc, "id", json_string(node->id));
    json_object_set_new(doc, "kind", json_string(KINDS[node->kind]));
    json_object_set_new(doc, "step", mn_step_json(&node->step));
    if (node->kind == MN_FLOW_ITEM) {
        json_object_set_new(doc, "item", json_string(node->item));
        json_object_set_new(doc, "back", json_integer(node->back));
    }
    for (size_t k = 0; k < node->step.n_evidence; k++)
        json_array_append_new(quoted, node->step.evidence[k].answer ? json_integer(node->quoted[k])
                                                                    : json_null());
    if (node->step.n_evidence)
        json_object_set(doc, "quoted", quoted);
    json_decref(quoted);
    for (size_t k = 0; k < node->n_edges; k++) {
        const struct mn_flow_edge *e = &node->edges[k];
        json_t *edge = json_object();
        json_object_set_new(edge, "which", json_integer(e->which));
        json_object_set_new(edge, "answer", json_string(e->value));
        json_object_set_new(edge, "text", mn_json_text(e->text));
        json_object_set_new(edge, "to", integer_or_null(e->to));
        if (e->failure >= 0)
            json_object_set_new(edge, "failure", json_integer(e->failure));
        json_array_append_new(edges, edge);
    }
    json_object_set_new(doc, "edges", edges);
    json_object_set_new(doc, "before", integer_or_null(node->before));
    json_object_set_new(doc, "edge", integer_or_null(node->edge));
    json_object_set_new(doc, "depth", json_integer(node->depth));
    json_object_set_new(doc, "loop", integer_or_null(node->loop));
    json_object_set_new(doc, "answers", answers_json(flow, i));
    return doc;
}

static json_t *failure_json(const struct mn_flow_failure *f) {
    json_t *doc = json_object();
    json_object_set_new(doc, "node", integer_or_null(f->node));
    json_object_set_new(doc, "edge", integer_or_null(f->edge));
    json_object_set_new(doc, "number", json_integer(f->number));
    json_object_set_new(doc, "code", json_string(f->code));
    json_object_set_new(doc, "message", mn_json_text(f->message));
    json_object_set_new(doc, "file", mn_json_string_or_null(f->file));
    json_object_set_new(doc, "line", json_integer(f->line));
    return doc;
}

static json_t *unreached_json(const struct mn_flow_unreached *u) {
    json_t *doc = json_object();
    json_object_set_new(doc, "file", json_string(u->file));
    json_object_set_new(doc, "line", json_integer(u->line));
    json_object_set_new(doc, "from", json_integer(u->from));
    json_object_set_new(doc, "bytes", json_integer(u->bytes));
    json_object_set_new(doc, "call", json_string(u->call));
    json_object_set_new(doc, "key", mn_json_string_or_null(u->key));
    return doc;
}

json_t *mn_flow_json(const struct mn_flow *flow) {
    json_t *doc = json_object(), *nodes = json_array(), *failures = json_array(),
           *unreached = json_array();
    for (size_t i = 0; i < flow->n; i++)
        json_array_append_new(nodes, node_json(flow, (int)i));
    for (size_t i = 0; i < flow->n_failures; i++)
        json_array_append_new(failures, failure_json(&flow->failures[i]));
    for (size_t i = 0; i < flow->n_unreached; i++)
        json_array_append_new(unreached, unreached_json(&flow->unreached[i]));
    json_object_set_new(doc, "runbook", json_string(flow->runbook));
    json_object_set_new(doc, "version", json_integer(flow->version));
    json_object_set_new(doc, "states", json_integer((json_int_t)flow->states));
    json_object_set_new(doc, "tried", json_integer((json_int_t)flow->tried));
    json_object_set_new(doc, "loops", json_integer(flow->n_loops));
    json_object_set_new(doc, "failures", failures);
    json_object_set_new(doc, "unreached", unreached);
    json_object_set_new(doc, "nodes", nodes);
    return doc;
}

/* ---- reading ---- */

/* null, or missing: -1. */
static bool get_int(const json_t *doc, const char *key, int most, int *out) {
    const json_t *v = json_object_get(doc, key);
    *out = -1;
    if (!v || json_is_null(v))
        return true;
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > most)
        return false;
    *out = (int)json_integer_value(v);
    return true;
}

static bool get_string(const json_t *doc, const char *key, struct mn_arena *a, const char **out) {
    const char *s = mn_json_string(doc, key);
    *out = s ? mn_arena_strdup(a, s) : NULL;
    return s != NULL;
}

static bool get_text(const json_t *doc, const char *key, struct mn_arena *a, struct mn_text *out) {
    const json_t *t = json_object_get(doc, key);
    return get_string(t, "vi", a, &out->vi) && get_string(t, "en", a, &out->en);
}

static bool get_edge(const json_t *doc, struct mn_arena *a, int nodes, int failures,
                     struct mn_flow_edge *out) {
    *out = (struct mn_flow_edge){0};
    return get_int(doc, "which", MOST, &out->which) && out->which >= 0 &&
           get_string(doc, "answer", a, &out->value) && get_text(doc, "text", a, &out->text) &&
           get_int(doc, "to", nodes - 1, &out->to) &&
           get_int(doc, "failure", failures - 1, &out->failure) &&
           (out->to < 0) != (out->failure < 0);
}

static bool get_quoted(const json_t *doc, struct mn_arena *a, struct mn_flow_node *out) {
    const json_t *list = json_object_get(doc, "quoted");
    int *quoted = MN_ARENA_ARRAY(a, int, out->step.n_evidence + 1);
    if (json_array_size(list) != out->step.n_evidence)
        return false;
    for (size_t i = 0; i < out->step.n_evidence; i++) {
        const json_t *v = json_array_get(list, i);
        if (json_is_integer(v) != (out->step.evidence[i].answer != NULL))
            return false;
        quoted[i] = (int)json_integer_value(v);
    }
    out->quoted = quoted;
    return true;
}

static bool get_node(const json_t *doc, struct mn_arena *a, int i, int nodes, int failures,
                     struct mn_flow_node *out) {
    const char *kind = mn_json_string(doc, "kind");
    const json_t *edges = json_object_get(doc, "edges");
    *out = (struct mn_flow_node){.n_edges = json_array_size(edges)};
    if (!kind || !get_string(doc, "id", a, &out->id) ||
        !mn_step_from_json(json_object_get(doc, "step"), a, &out->step) ||
        !get_quoted(doc, a, out) || !get_int(doc, "before", i - 1, &out->before) ||
        !get_int(doc, "edge", MOST, &out->edge) || !get_int(doc, "depth", MOST, &out->depth) ||
        !get_int(doc, "loop", nodes, &out->loop) || (out->before < 0) != (i == 0))
        return false;
    if (strcmp(kind, KINDS[MN_FLOW_ITEM]) == 0) {
        out->kind = MN_FLOW_ITEM;
        if (!get_string(doc, "item", a, &out->item) || !get_int(doc, "back", MOST, &out->back) ||
            out->back < 0 || !mn_step_choice(&out->step, out->item))
            return false;
    }
    struct mn_flow_edge *e = MN_ARENA_ARRAY(a, struct mn_flow_edge, out->n_edges + 1);
    for (size_t k = 0; k < out->n_edges; k++)
        if (!get_edge(json_array_get(edges, k), a, nodes, failures, &e[k]))
            return false;
    out->edges = e;
    return (out->n_edges == 0) == (out->step.kind == MN_STEP_RESOLVE);
}

static bool get_failure(const json_t *doc, struct mn_arena *a, int nodes,
                        struct mn_flow_failure *out) {
    *out = (struct mn_flow_failure){0};
    get_string(doc, "file", a, &out->file);
    return get_int(doc, "node", nodes - 1, &out->node) && get_int(doc, "edge", MOST, &out->edge) &&
           get_int(doc, "number", MOST, &out->number) && out->number >= 0 &&
           get_string(doc, "code", a, &out->code) && get_text(doc, "message", a, &out->message) &&
           get_int(doc, "line", MOST * 1000, &out->line);
}

static bool get_unreached(const json_t *doc, struct mn_arena *a, struct mn_flow_unreached *out) {
    *out = (struct mn_flow_unreached){0};
    get_string(doc, "key", a, &out->key);
    return get_string(doc, "file", a, &out->file) && get_string(doc, "call", a, &out->call) &&
           get_int(doc, "line", MOST * 1000, &out->line) && out->line >= 0 &&
           get_int(doc, "from", MOST * 1000, &out->from) && out->from >= 0 &&
           get_int(doc, "bytes", MOST, &out->bytes) && out->bytes >= 0;
}

/* A node's walk comes from its own edge. */
static bool walks_fit(const struct mn_flow *flow) {
    for (size_t i = 1; i < flow->n; i++) {
        const struct mn_flow_node *node = &flow->nodes[i], *before = &flow->nodes[node->before];
        if (node->edge < 0 || (size_t)node->edge >= before->n_edges ||
            before->edges[node->edge].to != (int)i || node->depth != before->depth + 1)
            return false;
    }
    return flow->n == 0 || flow->nodes[0].depth == 0;
}

bool mn_flow_from_json(const json_t *doc, struct mn_arena *a, struct mn_flow *out) {
    const json_t *nodes = json_object_get(doc, "nodes"),
                 *failures = json_object_get(doc, "failures");
    const json_t *unreached = json_object_get(doc, "unreached");
    int version, states, tried;
    *out = (struct mn_flow){.n = json_array_size(nodes),
                            .n_failures = json_array_size(failures),
                            .n_unreached = json_array_size(unreached)};
    if (!get_string(doc, "runbook", a, &out->runbook) || !get_int(doc, "version", MOST, &version) ||
        !get_int(doc, "states", MOST, &states) || !get_int(doc, "tried", MOST, &tried) ||
        !get_int(doc, "loops", MOST, &out->n_loops) || out->n > MOST || out->n_failures > MOST ||
        (out->n == 0 && out->n_failures == 0))
        return false;
    out->version = version;
    out->states = (size_t)states;
    out->tried = (size_t)tried;
    struct mn_flow_node *node = MN_ARENA_ARRAY(a, struct mn_flow_node, out->n + 1);
    struct mn_flow_failure *failure =
        MN_ARENA_ARRAY(a, struct mn_flow_failure, out->n_failures + 1);
    struct mn_flow_unreached *never =
        MN_ARENA_ARRAY(a, struct mn_flow_unreached, out->n_unreached + 1);
    bool ok = true;
    for (size_t i = 0; ok && i < out->n; i++)
        ok = get_node(json_array_get(nodes, i), a, (int)i, (int)out->n, (int)out->n_failures,
                      &node[i]);
    for (size_t i = 0; ok && i < out->n_failures; i++)
        ok = get_failure(json_array_get(failures, i), a, (int)out->n, &failure[i]);
    for (size_t i = 0; ok && i < out->n_unreached; i++)
        ok = get_unreached(json_array_get(unreached, i), a, &never[i]);
    out->nodes = node;
    out->failures = failure;
    out->unreached = never;
    return ok && walks_fit(out);
}
