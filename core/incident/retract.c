/* What was done outside, and what is decided about it when it is gone back over. */
#include "incident/retract.h"

#include "base/clock.h"
#include "runbook/step.h"

#include <string.h>

/* Answers by which nothing was done outside. */
static bool nothing_done(const char *value) {
    static const char *const nothing[] = {"cannot", "no-answer", "refused"};
    for (size_t n = 0; value && n < MN_COUNT(nothing); n++)
        if (strcmp(value, nothing[n]) == 0)
            return true;
    return false;
}

static json_t *done_by_answer(const struct mn_event *e) {
    static const char *const outside[] = {"act", "escalate", "handover", "delegate"};
    static const char *const fields[] = {"key", "kind", "text", "undo"};
    json_t *step = json_object_get(e->payload, "step"), *entry = NULL;
    const json_t *answer = json_object_get(e->payload, "answer");
    const char *kind = mn_json_string(step, "kind");
    for (size_t k = 0; kind && k < MN_COUNT(outside); k++)
        if (strcmp(kind, outside[k]) == 0 && !nothing_done(mn_json_string(answer, "value")))
            entry = json_object();
    for (size_t f = 0; entry && f < MN_COUNT(fields); f++)
        json_object_set(entry, fields[f], json_object_get(step, fields[f]));
    if (entry) {
        json_object_set(entry, "record", json_object_get(answer, "step"));
        json_object_set(entry, "label", json_object_get(e->payload, "label"));
        json_object_set_new(entry, "at", json_integer(e->at));
    }
    return entry;
}

static bool answered(const struct mn_incident *i, const char *record) {
    for (size_t n = 0; n < i->n_answers; n++) {
        const struct mn_event *e = &i->journal->events[i->answers[n]];
        const char *step = mn_json_string(json_object_get(e->payload, "answer"), "step");
        if (step && strcmp(step, record) == 0)
            return true;
    }
    return false;
}

static struct mn_text same(const char *text) {
    return (struct mn_text){text, text};
}

/* What such an event was, in both languages. */
static json_t *event_told(const struct mn_event *e, bool call) {
    const struct mn_text args[] = {mn_event_text(e, "name"), same(mn_event_string(e, "child"))};
    return mn_json_message(call ? MN_M_retract_call : MN_M_report_delegated, args, MN_COUNT(args));
}

/* A message that was composed or a child that was opened, and it is not on record what came of it.
 */
static json_t *done_unanswered(const struct mn_incident *i, size_t at, size_t keep) {
    const struct mn_event *e = &i->journal->events[at];
    bool call = e->type == MN_EVENT_ESCALATED;
    const char *key = mn_event_string(e, "key");
    if ((!call && e->type != MN_EVENT_DELEGATED) || i->abandoned[at] || answered(i, key) ||
        json_integer_value(json_object_get(e->payload, "after")) <= (json_int_t)keep)
        return NULL;
    const struct mn_event *taken = mn_incident_find(i, MN_EVENT_ACKNOWLEDGED, key);
    if (taken && !json_is_true(json_object_get(taken->payload, "taken")))
        return NULL;
    json_t *entry = json_object();
    json_object_set_new(entry, "key", json_string(key));
    json_object_set_new(entry, "record", json_string(key));
    json_object_set_new(entry, "kind", json_string(call ? "escalate" : "delegate"));
    json_object_set_new(entry, "text", event_told(e, call));
    json_object_set_new(entry, "label",
                        mn_json_text(mn_message(taken ? MN_M_report_taken : MN_M_retract_unknown)));
    json_object_set_new(entry, "at", json_integer(e->at));
    return entry;
}

json_t *mn_incident_to_confirm(const struct mn_incident *i, size_t keep) {
    json_t *list = json_array();
    for (size_t a = keep; a < i->n_answers; a++) {
        json_t *entry = done_by_answer(&i->journal->events[i->answers[a]]);
        if (entry)
            json_array_append_new(list, entry);
    }
    for (size_t at = 0; at < i->journal->n; at++) {
        json_t *entry = done_unanswered(i, at, keep);
        if (entry)
            json_array_append_new(list, entry);
    }
    return list;
}

/* The ready message that something is withdrawn, in both languages. */
static json_t *withdrawal(const json_t *done, const struct mn_retracting *r) {
    char at[MN_TIME_TEXT];
    mn_time_local(json_integer_value(json_object_get(done, "at")), r->utc_offset, at);
    const struct mn_text args[] = {same(r->actor), same(r->called), same(at),
                                   mn_json_get_text(done, "text")};
    return mn_json_message(MN_M_retract_message, args, MN_COUNT(args));
}

bool mn_retract_is_act(const json_t *done) {
    const char *kind = mn_json_string(done, "kind");
    return kind && strcmp(kind, mn_step_kind_name(MN_STEP_ACT)) == 0;
}

void mn_retract_decide(json_t *done, bool stands, const struct mn_retracting *r) {
    json_object_set_new(done, "decision", json_string(stands ? MN_KEPT : MN_WITHDRAWN));
    if (!stands && !mn_retract_is_act(done))
        json_object_set_new(done, "said", withdrawal(done, r));
}
