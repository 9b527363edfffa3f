/* Where an incident has come to: what is on record, evaluated; what came due meanwhile is put on
 * record first. */
#include "base/clock.h"
#include "cli/session.h"

#include <string.h>

/* A runbook that waits a second again and again, while the machine was off for a month: what fell
 * due is recorded in portions. */
#define CATCH_UP 500

bool mn_session_evaluate(struct mn_session *s, const char *file, const json_t *facts,
                         const struct mn_answer *answers, size_t n) {
    struct mn_evaluation e = {.runbooks = s->runbook_files,
                              .library = s->library_files,
                              .file = file,
                              .facts = facts,
                              .answers = answers,
                              .n = n};
    memset(&s->progress, 0, sizeof s->progress);
    return mn_evaluate(&e, s->arena, &s->progress, s->cli->diags);
}

bool mn_session_reload(struct mn_session *s) {
    struct mn_incident *now = mn_incident_load(s->store, s->incident->id, false, s->cli->diags);
    if (!now)
        return false;
    mn_incident_free(s->incident);
    s->incident = now;
    return true;
}

static bool evaluate_record(struct mn_session *s) {
    mn_arena_free(s->arena);
    s->arena = mn_arena_new();
    memset(&s->progress, 0, sizeof s->progress);
    if (!mn_session_reload(s))
        return false;
    struct mn_answer *answers;
    const char *file = mn_json_string(s->incident->runbook, "file");
    if (mn_incident_answers(s->incident, s->arena, &answers, s->cli->diags) &&
        mn_session_evaluate(s, file ? file : "", json_object_get(s->incident->opened, "facts"),
                            answers, s->incident->n_answers))
        return true;
    s->progress.step = NULL;
    return false;
}

/* Who brought the incident to its end: whoever answered last, which may have been the clock. */
static struct mn_by ended_by(const struct mn_session *s) {
    const struct mn_incident *i = s->incident;
    const struct mn_event *last = &i->journal->events[i->since];
    if (strcmp(last->actor, MN_ACTOR_ITSELF) == 0)
        return (struct mn_by){MN_ACTOR_ITSELF, last->at};
    return mn_session_by(s);
}

/* Puts the next thing on record that happens without a person, if there is one: then *more, and all
 * must be looked at again (also when another process was faster). */
static bool go_on(struct mn_session *s, int64_t now, bool *more) {
    enum mn_append added = MN_APPENDED;
    int64_t at;
    bool recorded;
    *more = s->progress.state == MN_PROGRESS_RESOLVED && s->incident->status == MN_INCIDENT_OPEN;
    if (*more) {
        added =
            mn_record_resolved(s->store, s->incident, s->progress.step, ended_by(s), s->cli->diags);
    } else if (mn_session_due(s, &at, &recorded) && at <= now && !recorded) {
        *more = true;
        added = mn_record_overdue(s->store, s->incident, s->progress.step, at, s->cli->diags);
    }
    return added != MN_NOT_APPENDED;
}

bool mn_session_due(const struct mn_session *s, int64_t *at, bool *recorded) {
    return s->progress.state == MN_PROGRESS_OPEN &&
           mn_step_due(s->incident, s->progress.step, at, recorded);
}

bool mn_session_refresh_at(struct mn_session *s, int64_t now) {
    bool more = true;
    for (int n = 0; more; n++) {
        if (!evaluate_record(s))
            return false;
        if (s->looking)
            return true;
        if (n > CATCH_UP) {
            mn_diag(s->cli->diags, MN_D_overdue_many, MN_NOWHERE, MN_ARGS(s->incident->id));
            return false;
        }
        if (!go_on(s, now, &more))
            return false;
    }
    return true;
}

bool mn_session_refresh(struct mn_session *s) {
    return mn_session_refresh_at(s, mn_clock_now());
}
