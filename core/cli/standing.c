/* Where an incident has come to: what is on record, evaluated; what came due meanwhile is put on
 * record first. */
#include "base/clock.h"
#include "cli/session.h"
#include "incident/delegation.h"
#include "incident/handing.h"

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

static bool evaluate_record(struct mn_session *s) {
    mn_arena_free(s->arena);
    s->arena = mn_arena_new();
    memset(&s->progress, 0, sizeof s->progress);
    if (!mn_incident_reload(s->store, s->incident, s->cli->diags))
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

/* What happens to an incident without a person. */
struct happening {
    enum { NOTHING, THE_END, OVERDUE, NOT_TAKEN, CHILD_CLOSED, NEWS } what;
    int64_t at;
    const char *outcome; /* of a child */
    const struct mn_observation *observed;
    enum mn_near near;
    bool over;
};

/* Of two happenings the earlier; what came at the moment of a deadline came in time. */
static void take_earlier(struct happening *first, struct happening other) {
    if (first->what == NOTHING || other.at < first->at ||
        (other.at == first->at && (first->what == OVERDUE || first->what == NOT_TAKEN)))
        *first = other;
}

/* The observations as they are now, read again only when one was added. False with a diagnostic. */
static bool take_observations(struct mn_session *s) {
    int64_t seq;
    if (!mn_observations_seq(s->store, &seq, s->cli->diags))
        return false;
    if (s->observations ? s->observations->seq == seq : seq == 0)
        return true;
    mn_observations_free(s->observations);
    s->observations = mn_observations_read(s->store, s->cli->diags);
    return s->observations != NULL;
}

/* The first observation that the incident has not been told of. Those that do not concern it are
 * not looked at again. False with a diagnostic. */
static bool find_news(struct mn_session *s, int64_t now, struct happening *first) {
    if (!take_observations(s))
        return false;
    const struct mn_observations *all = s->observations;
    int64_t since = s->incident->journal->events[s->incident->since].at;
    bool any = false;
    for (size_t n = 0; all && all->seq > s->considered && n < all->n; n++) {
        const struct mn_observation *o = &all->at[n];
        bool told = mn_incident_told(s->incident, o->number, false), over = told && o->ended >= 0;
        if (over ? mn_incident_told(s->incident, o->number, true)
                 : told || !mn_observation_holds(o, now))
            continue;
        if (!mn_session_model(s))
            return false;
        enum mn_near near =
            mn_near(s->model, mn_incident_subject(s->incident, s->model), o->subject);
        if (near == MN_NEAR_NOT)
            continue;
        int64_t at = over ? o->ended : o->at;
        any = true;
        take_earlier(first, (struct happening){.what = NEWS,
                                               .at = at > since ? at : since,
                                               .observed = o,
                                               .near = near,
                                               .over = over});
    }
    if (all && !any)
        s->considered = all->seq;
    return true;
}

static bool find_happening(struct mn_session *s, int64_t now, struct happening *first) {
    const struct mn_step *step = s->progress.step;
    struct happening other = {.what = OVERDUE};
    bool recorded;
    *first = (struct happening){.what = NOTHING};
    if (s->incident->status != MN_INCIDENT_OPEN)
        return true;
    if (s->progress.state == MN_PROGRESS_RESOLVED) {
        first->what = THE_END;
        return true;
    }
    if (mn_session_due(s, &other.at, &recorded) && other.at <= now && !recorded)
        take_earlier(first, other);
    const struct mn_handing h = mn_incident_handing(s->incident);
    other = (struct happening){.what = NOT_TAKEN, .at = h.due};
    if (h.given && h.due >= 0 && h.due <= now && !h.overdue)
        take_earlier(first, other);
    other.what = CHILD_CLOSED;
    if (s->progress.state == MN_PROGRESS_OPEN && step->kind == MN_STEP_DELEGATE &&
        mn_delegated_end(s->store, s->incident, step, &other.outcome, &other.at)) {
        int64_t since = s->incident->journal->events[s->incident->since].at;
        other.at = other.at > since ? other.at : since; /* gone back to after it was closed */
        take_earlier(first, other);
    }
    return find_news(s, now, first);
}

static enum mn_append record(struct mn_session *s, const struct happening *h) {
    const struct mn_step *step = s->progress.step;
    struct mn_diags *d = s->cli->diags;
    bool waits = s->progress.state == MN_PROGRESS_OPEN && step->kind == MN_STEP_WAIT &&
                 mn_step_choice(step, MN_OUTCOME_NEWS);
    switch (h->what) {
    case THE_END:
        return mn_record_resolved(s->store, s->incident, step, ended_by(s), d);
    case OVERDUE:
        return mn_record_overdue(s->store, s->incident, step, h->at, d);
    case NOT_TAKEN:
        return mn_record_not_taken(s->store, s->incident, d);
    case CHILD_CLOSED:
        return mn_record_answer(s->store, s->incident, step, h->outcome,
                                (struct mn_by){MN_ACTOR_ITSELF, h->at}, d);
    default:
        return mn_record_observed(s->store, s->incident, h->observed, h->near, h->over,
                                  waits ? step : NULL, h->at, d);
    }
}

void mn_session_tell_parent(struct mn_cli *cli, struct mn_store *store, const char *parent) {
    struct mn_diags *told = cli->diags;
    cli->diags = mn_diags_new();
    mn_session_free(mn_session_look(cli, store, parent, true));
    mn_diags_free(cli->diags);
    cli->diags = told;
}

/* Puts the next thing on record that happens without a person, if there is one: then *more, and all
 * must be looked at again (also when another process was faster). */
static bool go_on(struct mn_session *s, int64_t now, bool *more) {
    struct happening next;
    if (!find_happening(s, now, &next))
        return false;
    *more = next.what != NOTHING;
    enum mn_append added = *more ? record(s, &next) : MN_APPENDED;
    const char *parent = mn_incident_parent(s->incident);
    if (next.what == THE_END && added == MN_APPENDED && parent)
        mn_session_tell_parent(s->cli, s->store, parent);
    return added != MN_NOT_APPENDED;
}

bool mn_session_due(const struct mn_session *s, int64_t *at, bool *recorded) {
    return s->progress.state == MN_PROGRESS_OPEN &&
           mn_step_due(s->incident, s->progress.step, at, recorded);
}

struct mn_waits mn_session_waits(const struct mn_session *s) {
    const struct mn_step *step = s->progress.step;
    const struct mn_incident *i = s->incident;
    struct mn_waits w = {.closed = i->status != MN_INCIDENT_OPEN,
                         .observations = s->looking        ? -1
                                         : s->observations ? s->observations->seq
                                                           : 0};
    if (w.closed)
        return w;
    const struct mn_handing h = mn_incident_handing(i);
    if (h.given) {
        w.given = mn_event_string(h.given, "key");
        w.to = h.to;
        w.until = h.overdue ? -1 : h.due;
    }
    if (mn_session_due(s, &w.at, &w.recorded)) {
        w.step = step->record;
        w.text = step->text;
    }
    const struct mn_event *child =
        step && step->kind == MN_STEP_DELEGATE ? mn_delegated(i, step) : NULL;
    w.child = child ? mn_event_string(child, "child") : NULL;
    return w;
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
