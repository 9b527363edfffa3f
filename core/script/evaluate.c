/* Evaluation: the answers so far in, the next step out. */
#include "script/job.h"

static bool garbled(const struct mn_evaluation *e, struct mn_diags *d) {
    mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(e->file));
    return false;
}

/* A step for each element; NULL when one does not fit. */
static const struct mn_step *take_path(const json_t *path, struct mn_arena *a) {
    size_t n = json_array_size(path);
    struct mn_step *steps = MN_ARENA_ARRAY(a, struct mn_step, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!mn_step_from_json(json_array_get(path, i), a, &steps[i]))
            return NULL;
    return steps;
}

/* The worker is not trusted: whatever does not fit is refused. */
static bool take(const struct mn_evaluation *e, const json_t *doc, struct mn_arena *a,
                 struct mn_progress *out, struct mn_diags *d) {
    const json_t *state = json_object_get(doc, "state");
    const json_t *difference = json_object_get(doc, "difference");
    const json_t *answered = json_object_get(doc, "answered");
    const json_t *path = json_object_get(doc, "path"), *step = json_object_get(doc, "step");
    *out = (struct mn_progress){.n_path = (size_t)json_integer_value(answered)};
    if (!json_is_integer(state) || !json_is_integer(difference) || !json_is_integer(answered) ||
        json_integer_value(state) < 0 || json_integer_value(state) > MN_PROGRESS_DIVERGED ||
        json_integer_value(difference) < 0 || json_integer_value(difference) > MN_DIFFERENT_END ||
        out->n_path > e->n || (e->whole_path && json_array_size(path) != out->n_path) ||
        !mn_runbook_from_json(json_object_get(doc, "runbook"), a, &out->runbook))
        return garbled(e, d);
    out->state = (enum mn_progress_state)json_integer_value(state);
    out->difference = (enum mn_difference)json_integer_value(difference);
    out->instructions = (uint64_t)json_integer_value(json_object_get(doc, "instructions"));
    out->memory = (size_t)json_integer_value(json_object_get(doc, "memory"));
    bool diverged = out->state == MN_PROGRESS_DIVERGED;
    if (diverged != (out->difference != MN_SAME) || (!diverged && out->n_path != e->n) ||
        (diverged && out->n_path == e->n) || (!step && out->difference != MN_DIFFERENT_END))
        return garbled(e, d);
    if (e->whole_path && !(out->path = take_path(path, a)))
        return garbled(e, d);
    if (step) {
        struct mn_step *asked = MN_ARENA_ARRAY(a, struct mn_step, 1);
        if (!mn_step_from_json(step, a, asked))
            return garbled(e, d);
        out->step = asked;
    }
    return true;
}

bool mn_evaluate(const struct mn_evaluation *e, struct mn_arena *a, struct mn_progress *out,
                 struct mn_diags *d) {
    struct mn__job job = {
        .task = MN__TASK_EVALUATE,
        .runbooks = e->runbooks,
        .library = e->library,
        .file = e->file,
        .facts = e->facts,
        .answers = e->answers,
        .n = e->n,
        .whole_path = e->whole_path,
        .limits = e->limits ? *e->limits : mn_limits_default(),
    };
    json_t *doc = mn__job_run(&job, d);
    if (!doc)
        return false;
    bool ok = take(e, doc, a, out, d);
    json_decref(doc);
    return ok;
}
