/* Opening an incident: for somebody who reports it, or as the child of another one. */
#include "base/clock.h"
#include "cli/session.h"
#include "cli/today.h"
#include "incident/delegation.h"

#include <stdlib.h>
#include <string.h>

/* The observations that concern what an incident begins with, as facts. NULL with a diagnostic. */
static json_t *known(struct mn_session *s, const struct mn_model *m, struct mn_subject subject) {
    struct mn_observations *all = mn_observations_read(s->store, s->cli->diags);
    json_t *list = all ? json_array() : NULL;
    for (size_t n = 0; all && n < all->n; n++) {
        const struct mn_observation *o = &all->at[n];
        enum mn_near near =
            mn_observation_holds(o, mn_clock_now()) ? mn_near(m, subject, o->subject) : MN_NEAR_NOT;
        if (near != MN_NEAR_NOT)
            json_array_append_new(list, mn_observation_fact(o, near));
    }
    mn_observations_free(all);
    return list;
}

/* Puts the opening on record: of a child in its parent too. */
static bool record_opening(struct mn_session *s, const struct mn_opening *o,
                           const struct mn_session *parent, char id[MN_INCIDENT_ID]) {
    struct mn_by by = mn_session_by(s);
    int year = mn_time_year(by.at, s->utc_offset);
    if (!parent)
        return mn_record_opened(s->store, o, year, by, id, s->cli->diags);
    const struct mn_step *step = parent->progress.step;
    int team = step->team ? mn_model_team(parent->model, step->team) : -1;
    struct mn_text name =
        team >= 0 ? parent->model->teams[team].name.full : (struct mn_text){step->to, step->to};
    /* Whoever is overtaken looks again: the other one may have opened it. */
    return mn_record_delegated(s->store, parent->incident, step, name, o, year, by, id,
                               s->cli->diags) != MN_NOT_APPENDED;
}

/* Evaluates the first step and puts the incident on record; `parent`: it is a child of that one's
 * open step. False with a diagnostic. */
static bool open_incident(struct mn_session *s, const struct mn_runbook *runbook,
                          struct mn_subject subject, int symptom, const struct mn_session *parent,
                          char id[MN_INCIDENT_ID]) {
    struct mn_cli *cli = s->cli;
    const struct mn_model *m = s->model = mn_cli_model(cli);
    struct mn_toll toll = mn_toll_of(m, subject, s->arena);
    json_t *facts = mn_opening_facts(m, subject, symptom, &toll, s->actor);
    json_t *now = known(s, m, subject);
    json_object_set_new(facts, "known", now ? now : json_array());
    struct mn_today today = {0};
    bool ok = now && mn_today_take(cli, runbook, &today);
    s->runbook_files = today.runbook_files;
    s->library_files = today.library_files;
    ok = ok && s->actor && mn_session_evaluate(s, runbook->file, facts, NULL, 0);
    if (ok) {
        struct mn_opening opening = {.model = m,
                                     .runbook = runbook,
                                     .subject = subject,
                                     .symptom = symptom,
                                     .severity = toll.severity,
                                     .facts = facts,
                                     .model_files = mn_cli_model_files(cli),
                                     .runbook_files = s->runbook_files,
                                     .library_files = s->library_files,
                                     .program = MN_VERSION};
        ok = record_opening(s, &opening, parent, id);
    }
    json_decref(facts);
    return ok;
}

struct mn_session *mn_session_begin(struct mn_cli *cli, struct mn_store *store,
                                    const struct mn_runbook *runbook, struct mn_subject subject,
                                    int symptom) {
    struct mn_session *s = mn_session_new(cli, store);
    char id[MN_INCIDENT_ID];
    /* What was pinned is what was read: it need not be loaded again. */
    if (open_incident(s, runbook, subject, symptom, NULL, id))
        s->incident = mn_incident_load(store, id, false, cli->diags);
    if (s->incident) {
        if (s->progress.state != MN_PROGRESS_OPEN)
            mn_session_refresh(s);
        return s;
    }
    mn_session_free(s);
    return NULL;
}

/* What the child is about: what the step says, else what the incident is about, in today's model.
 */
static bool child_subject(struct mn_session *s, const struct mn_model *m,
                          struct mn_subject *subject) {
    const char *id = s->progress.step->subject;
    if (!id)
        id = mn_json_string(json_object_get(s->incident->opened, "subject"), "id");
    int component = id ? mn_model_component(m, id) : -1, site = id ? mn_model_site(m, id) : -1;
    *subject = component >= 0 ? mn_subject_component(m, component) : mn_subject_site(site);
    if (component < 0 && site < 0)
        mn_diag(s->cli->diags, MN_D_script_unknown_component, MN_NOWHERE, MN_ARGS(id ? id : ""));
    return component >= 0 || site >= 0;
}

bool mn_session_delegate(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    const struct mn_model *m = mn_cli_model(cli);
    const char *name = s->progress.step->runbook;
    const struct mn_runbook *runbook =
        m && name ? mn_catalogue_find(mn_cli_catalogue(cli), name) : NULL;
    struct mn_subject subject;
    if (m && !runbook)
        mn_diag(cli->diags, MN_D_unknown_runbook, MN_NOWHERE, MN_ARGS(name ? name : ""));
    if (!runbook || !child_subject(s, m, &subject))
        return false;
    int component;
    if (!mn_runbook_applies(runbook, m, subject) &&
        (subject.component >= 0 ||
         !mn_runbook_applies_within(runbook, m, subject.site, &component))) {
        mn_diag(cli->diags, MN_D_runbook_not_for, MN_NOWHERE,
                MN_ARGS(name, subject.component >= 0 ? m->components[subject.component].id
                                                     : m->sites[subject.site].id));
        return false;
    }
    struct mn_session *child = mn_session_new(cli, s->store);
    char id[MN_INCIDENT_ID];
    child->borrowed = true;
    bool ok = open_incident(child, runbook, subject, -1, s, id);
    mn_session_free(child);
    return ok && mn_session_refresh(s);
}
