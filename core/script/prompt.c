/* A prompt: what was typed in, what it gives out. */
#include "script/job.h"

/* The worker is not trusted: whatever does not fit is refused. */
static bool take(const struct mn_typed *t, const json_t *doc, struct mn_arena *a,
                 struct mn_given *out) {
    const json_t *values = json_object_get(doc, "values"), *step = json_object_get(doc, "step");
    *out = (struct mn_given){.unfinished = json_is_true(json_object_get(doc, "unfinished")),
                             .n_path = (size_t)json_integer_value(json_object_get(doc, "answered")),
                             .n = json_array_size(values)};
    const char **texts = MN_ARENA_ARRAY(a, const char *, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        const char *text = json_string_value(json_array_get(values, i));
        if (!text)
            return false;
        texts[i] = mn_arena_strdup(a, text);
    }
    out->values = texts;
    struct mn_step *asked = MN_ARENA_ARRAY(a, struct mn_step, 1);
    if (step && !mn_step_from_json(step, a, asked))
        return false;
    out->step = step ? asked : NULL;
    return out->n_path <= t->n_answers;
}

bool mn_prompt(const struct mn_typed *t, struct mn_arena *a, struct mn_given *out,
               struct mn_diags *d) {
    struct mn__job job = {
        .task = MN__TASK_PROMPT,
        .runbooks = t->sources,
        .library = t->library,
        .file = t->names[t->n - 1],
        .earlier = t->names,
        .n_earlier = t->n - 1,
        .facts = t->facts,
        .model = t->model,
        .answers = t->answers,
        .n = t->n_answers,
        .whole = t->whole,
        .limits = mn_limits_default(),
    };
    json_t *doc = mn__job_run(&job, d);
    if (!doc)
        return false;
    bool ok = take(t, doc, a, out);
    if (!ok)
        mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(job.file));
    json_decref(doc);
    return ok;
}
