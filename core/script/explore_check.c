/* What exploring every runbook finds: steps that nothing leads to, and loops without an end. */
#include "script/job.h"
#include "script/sorts.h"

#include <string.h>

enum { MOST_SORTS = 40 };

struct check {
    struct mn_files *runbooks, *library;
    const struct mn_model *m;
    struct mn_arena *a;
    struct mn_diags *d;
};

static const struct mn_source *source_of(const struct check *c, const struct mn_runbook *r,
                                         const char *file) {
    struct mn_files *set = strcmp(file, r->file) == 0 ? c->runbooks : c->library;
    return mn_files_read(set, file, (size_t)-1, MN_NOWHERE, c->d);
}

/* The first step of each loop, once for each place. */
static void tell_loops(const struct check *c, const struct mn_runbook *r,
                       const struct mn_flow *flow) {
    for (int loop = 0; loop < flow->n_loops; loop++) {
        size_t i = 0;
        while (flow->nodes[i].loop != loop)
            i++;
        const struct mn_step *s = &flow->nodes[i].step;
        const struct mn_source *source = source_of(c, r, s->file);
        if (!source)
            continue;
        mn_diag(c->d, MN_D_explore_endless_loop, mn__line_of(source, s->line), MN_ARGS(s->key));
        mn__note_answers(flow, (int)i, -1, c->a, c->d);
    }
}

static bool told_before(const struct mn_flow *flow, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(flow->nodes[i].step.key, flow->nodes[n].step.key) == 0)
            return true;
    return false;
}

/* Steps that call nobody where it is known who could be called: at a site. */
static void tell_no_team(const struct check *c, const struct mn_runbook *r,
                         struct mn_subject subject, const struct mn_flow *flow) {
    for (size_t i = 0; i < flow->n && subject.site >= 0; i++) {
        const struct mn_step *s = &flow->nodes[i].step;
        if ((s->kind != MN_STEP_ESCALATE && s->kind != MN_STEP_HANDOVER) || s->team ||
            told_before(flow, i))
            continue;
        const struct mn_source *source = source_of(c, r, s->file);
        if (source)
            mn_diag(c->d, MN_D_explore_no_team, mn__line_of(source, s->line),
                    MN_ARGS(s->key, s->to, c->m->sites[subject.site].id));
    }
}

/* Leaves in *left those that are not reached here either. */
static void keep_unreached(struct mn_flow *left, const struct mn_flow *flow, struct mn_arena *a) {
    struct mn_flow_unreached *kept =
        MN_ARENA_ARRAY(a, struct mn_flow_unreached, left->n_unreached + 1);
    size_t n = 0;
    for (size_t i = 0; i < left->n_unreached; i++)
        for (size_t k = 0; k < flow->n_unreached; k++)
            if (left->unreached[i].from == flow->unreached[k].from)
                kept[n++] = left->unreached[i];
    left->unreached = kept;
    left->n_unreached = n;
}

static void tell_unreached(const struct check *c, const struct mn_runbook *r,
                           const struct mn_flow *left) {
    const struct mn_source *source = source_of(c, r, r->file);
    for (size_t i = 0; source && i < left->n_unreached; i++) {
        const struct mn_flow_unreached *u = &left->unreached[i];
        struct mn__place at = {0, u->line, u->from, u->bytes};
        mn_diag(c->d, MN_D_explore_unreached_step, mn__place_loc(at, &source, 1),
                MN_ARGS(u->key ? u->key : u->call));
    }
}

/* What is left after one more exploration, the first setting it. False when there is no point in
 * another: this one failed. */
static bool explore_one(const struct check *c, const struct mn_runbook *r,
                        struct mn_subject subject, const char *symptom, struct mn_flow *left) {
    json_t *facts = mn_incident_facts(c->m, subject, symptom, NULL, NULL);
    struct mn_exploration e = {
        .runbooks = c->runbooks, .library = c->library, .file = r->file, .facts = facts};
    struct mn_flow flow = {0};
    size_t errors = mn_diags_errors(c->d);
    bool explored = mn_explore(&e, c->a, &flow, c->d);
    json_decref(facts);
    if (!explored || mn_diags_errors(c->d) > errors)
        return false;
    tell_no_team(c, r, subject, &flow);
    if (left->n == 0) {
        *left = flow;
        tell_loops(c, r, &flow);
    } else {
        keep_unreached(left, &flow, c->a);
    }
    return true;
}

/* Further sorts, then further symptoms, are explored only while some step is not reached yet. */
static void check_runbook(const struct check *c, const struct mn_runbook *r) {
    struct mn_subject subjects[MOST_SORTS];
    struct mn_flow left = {0};
    size_t n = mn__sorts(r, c->m, subjects, MOST_SORTS);
    for (size_t i = 0; i < n && (i == 0 || left.n_unreached > 0); i++)
        if (!explore_one(c, r, subjects[i], NULL, &left))
            return;
    for (int i = 0; n > 0 && left.n_unreached > 0 && i < c->m->n_symptoms; i++)
        if (!explore_one(c, r, subjects[0], c->m->symptoms[i].id, &left))
            return;
    tell_unreached(c, r, &left);
}

bool mn_catalogue_explore(const struct mn_catalogue *catalogue, struct mn_files *runbooks,
                          struct mn_files *library, const struct mn_model *m, struct mn_diags *d) {
    struct check c = {runbooks, library, m, mn_arena_new(), d};
    size_t errors = mn_diags_errors(d);
    for (size_t i = 0; i < mn_catalogue_count(catalogue); i++)
        check_runbook(&c, mn_catalogue_at(catalogue, i));
    mn_arena_free(c.a);
    return mn_diags_errors(d) == errors;
}
