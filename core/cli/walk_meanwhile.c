/* What happened to the incident while a person was looking at a step. */
#include "base/clock.h"
#include "cli/screen.h"
#include "cli/walk.h"

#include <string.h>

static const char *local_time(const struct mn_session *s, int64_t at) {
    char *text = mn_arena_alloc(s->cli->arena, MN_TIME_TEXT);
    mn_time_local(at, s->utc_offset, text);
    return text;
}

static void tell_observed(struct mn_session *s, const json_t *observed) {
    struct mn_buf b = MN_BUF_INIT;
    mn_observed_text(observed, s->cli->lang, s->utc_offset, &b);
    mn_screen_indented(s->cli, "- ", "  ", mn_buf_text(&b));
    mn_buf_fini(&b);
}

void mn_walk_tell_known(struct mn_session *s) {
    const json_t *known = json_object_get(json_object_get(s->incident->opened, "facts"), "known"),
                 *one;
    size_t n;
    if (json_array_size(known) == 0)
        return;
    mn_screen_blank(s->cli);
    mn_screen_heading(s->cli, MN_M_observed_known, MN_NO_ARGS);
    json_array_foreach(known, n, one) tell_observed(s, one);
}

int64_t mn_walk_last_seen(const struct mn_session *s) {
    const struct mn_journal *j = s->incident->journal;
    size_t n = j->n;
    while (n > 1 && strcmp(j->events[n - 1].actor, MN_ACTOR_ITSELF) == 0)
        n--;
    return j->events[n - 1].seq;
}

void mn_walk_tell_observed(struct mn_session *s, int64_t *seen) {
    const struct mn_journal *j = s->incident->journal;
    bool any = false;
    for (size_t n = 0; n < j->n; n++) {
        const struct mn_event *e = &j->events[n];
        if (e->seq <= *seen || e->type != MN_EVENT_OBSERVED)
            continue;
        if (!any)
            mn_screen_blank(s->cli);
        if (!any)
            mn_screen_heading(s->cli, MN_M_observed_told, MN_NO_ARGS);
        any = true;
        tell_observed(s, e->payload);
    }
    *seen = s->incident->seq;
}

static void tell_event(struct mn_session *s, const struct mn_event *e) {
    struct mn_cli *cli = s->cli;
    const char *at = local_time(s, e->at);
    const json_t *step = json_object_get(e->payload, "step");
    const char *asked = mn_cli_text(cli, mn_json_get_text(step ? step : e->payload, "text"));
    if (e->type == MN_EVENT_ANSWERED)
        mn_screen_say(cli, MN_M_walk_news_answered,
                      MN_ARGS(at, e->actor, asked, mn_cli_text(cli, mn_event_text(e, "label"))));
    else if (e->type == MN_EVENT_OVERDUE)
        mn_screen_say(cli, MN_M_walk_news_overdue, MN_ARGS(at, asked));
    else if (e->type == MN_EVENT_OBSERVED)
        tell_observed(s, e->payload);
    else
        mn_screen_say(cli, MN_M_walk_news_other, MN_ARGS(at, e->actor, e->type_name));
}

/* Whether one of the events after that one gives the same answer to the same step. */
static bool given(const struct mn_session *s, int64_t since, const struct mn_said *said) {
    const struct mn_incident *i = s->incident;
    for (size_t n = 0; said && n < i->n_answers; n++) {
        const struct mn_event *e = &i->journal->events[i->answers[n]];
        const json_t *answer = json_object_get(e->payload, "answer");
        const char *step = mn_json_string(answer, "step"), *value = mn_json_string(answer, "value");
        if (e->seq > since && step && value && strcmp(step, said->record) == 0 &&
            strcmp(value, said->value) == 0)
            return true;
    }
    return false;
}

bool mn_walk_tell_news(struct mn_session *s, int64_t since, const struct mn_said *said) {
    const struct mn_journal *j = s->incident->journal;
    bool somebody = false, same = given(s, since, said);
    for (size_t i = 0; i < j->n; i++)
        somebody = somebody ||
                   (j->events[i].seq > since && strcmp(j->events[i].actor, MN_ACTOR_ITSELF) != 0);
    mn_screen_blank(s->cli);
    mn_screen_heading(s->cli, somebody ? MN_M_walk_overtaken : MN_M_walk_meanwhile, MN_NO_ARGS);
    for (size_t i = 0; i < j->n; i++)
        if (j->events[i].seq > since)
            tell_event(s, &j->events[i]);
    mn_screen_say(s->cli, same ? MN_M_walk_same : MN_M_walk_not_recorded, MN_NO_ARGS);
    return same;
}

enum mn_meanwhile mn_walk_meanwhile(struct mn_session *s, int64_t now) {
    int64_t at, seq = s->incident->seq;
    int64_t since = s->incident->journal->events[s->incident->since].seq;
    bool recorded;
    if (!mn_session_due(s, &at, &recorded) || recorded || at > now)
        return MN_MEANWHILE_NOTHING;
    if (!mn_session_refresh_at(s, now))
        return MN_MEANWHILE_BROKEN;
    if (s->incident->status == MN_INCIDENT_OPEN &&
        s->incident->journal->events[s->incident->since].seq == since)
        return MN_MEANWHILE_NOTHING; /* it is late, but still asked */
    mn_walk_tell_news(s, seq, NULL);
    return MN_MEANWHILE_MOVED;
}
