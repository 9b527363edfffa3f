/* Exploring: every answer to a runbook in one worker, and what it found. */
#include "script/job.h"

#include <stdio.h>
#include <string.h>

enum { MOST_STATES = 4000, TRIES_A_STATE = 12 };

/* Much more than one step may take: it is all of them. */
static struct mn_limits limits(void) {
    struct mn_limits l = mn_limits_default();
    l.wall_ms = 120000; /* other work on the computer does not stop it */
    l.cpu_s = 20;
    l.memory_mib = 512;
    l.output_mib = 64;
    return l;
}

struct request {
    struct mn_arena *a;
    struct mn_flow *out;
};

/* "workaround: ok, what: down" */
void mn__note_answers(const struct mn_flow *flow, int node, int edge, struct mn_arena *a,
                      struct mn_diags *d) {
    const char *const *values;
    const int *nodes;
    struct mn_buf b = MN_BUF_INIT;
    size_t n = node < 0 ? 0 : mn_flow_walk(flow, node, a, &values, &nodes);
    for (size_t i = 0; i < n; i++)
        mn_buf_printf(&b, "%s%s: %s", i ? ", " : "", flow->nodes[nodes[i]].step.key, values[i]);
    if (node >= 0 && edge >= 0) {
        const struct mn_flow_node *last = &flow->nodes[node];
        mn_buf_printf(&b, "%s%s%s%s: %s", n ? ", " : "", last->step.key, last->item ? "." : "",
                      last->item ? last->item : "", last->edges[edge].value);
    }
    if (b.size)
        mn_diag_note(d, MN_D_explore_answers, MN_NOWHERE, MN_ARGS(mn_buf_text(&b)));
    else
        mn_diag_note(d, MN_D_explore_answers_none, MN_NOWHERE, MN_NO_ARGS);
    mn_buf_fini(&b);
}

static bool take(void *arg, const json_t *doc, const struct mn_source *const *files, size_t n_files,
                 struct mn_diags *d) {
    struct request *r = arg;
    if (!mn_flow_from_json(json_object_get(doc, "flow"), r->a, r->out))
        return false;
    for (size_t i = 0; i < r->out->n_failures; i++) {
        const struct mn_flow_failure *f = &r->out->failures[i];
        const json_t *said = json_array_get(json_object_get(doc, "said"), (size_t)f->number);
        if (json_array_size(said) == 0 || !mn__problems_tell(said, files, n_files, d))
            return false;
        if (f->node >= 0 && (f->edge < 0 || (size_t)f->edge >= r->out->nodes[f->node].n_edges))
            return false;
        mn__note_answers(r->out, f->node, f->edge, r->a, d);
    }
    return true;
}

bool mn_explore(const struct mn_exploration *e, struct mn_arena *a, struct mn_flow *out,
                struct mn_diags *d) {
    struct request request = {a, out};
    size_t most = e->most_states ? e->most_states : MOST_STATES;
    struct mn__job job = {
        .task = MN__TASK_EXPLORE,
        .runbooks = e->runbooks,
        .library = e->library,
        .file = e->file,
        .facts = e->facts,
        .limits = limits(),
        .most_states = most,
        .most_tries = most * TRIES_A_STATE,
        .take = take,
        .arg = &request,
    };
    *out = (struct mn_flow){0};
    json_t *doc = mn__job_run(&job, d);
    bool made = doc != NULL && out->n > 0;
    json_decref(doc);
    return made;
}
