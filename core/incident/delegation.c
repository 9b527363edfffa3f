/* Opening a child, and what its end means for the parent. */
#include "incident/delegation.h"

#include "incident/sql.h"

#include <string.h>

const struct mn_event *mn_delegated(const struct mn_incident *parent, const struct mn_step *step) {
    const struct mn_event *e = mn_incident_find(parent, MN_EVENT_DELEGATED, step->record);
    return e && !parent->abandoned[e - parent->journal->events] ? e : NULL;
}

static json_t *delegated_payload(const struct mn_incident *parent, const struct mn_step *step,
                                 struct mn_text team, const char *child) {
    json_t *p = json_object();
    json_object_set_new(p, "key", json_string(step->record));
    json_object_set_new(p, "after", json_integer((json_int_t)parent->n_answers));
    json_object_set_new(p, "child", json_string(child));
    json_object_set_new(p, "to", mn_json_string_or_null(step->to));
    json_object_set_new(p, "team", mn_json_string_or_null(step->team));
    json_object_set_new(p, "name", mn_json_text(team));
    json_object_set_new(p, "text", mn_json_text(step->text));
    return p;
}

enum mn_append mn_record_delegated(struct mn_store *s, const struct mn_incident *parent,
                                   const struct mn_step *step, struct mn_text team,
                                   const struct mn_opening *child, int year, struct mn_by by,
                                   char id[MN_INCIDENT_ID], struct mn_diags *d) {
    struct mn_opening opening = *child;
    opening.parent = parent->id;
    opening.parent_key = step->record;
    if (!mn__sql_begin(s, d))
        return MN_NOT_APPENDED;
    enum mn_append result = MN_NOT_APPENDED;
    if (mn_record_opened(s, &opening, year, by, id, d)) {
        json_t *payload = delegated_payload(parent, step, team, id);
        struct mn_new_event e = {MN_EVENT_DELEGATED, by.at, by.actor, payload};
        result = mn_journal_append(s, parent->id, parent->seq, &e, 1, d);
        json_decref(payload);
    }
    return mn__sql_settle(s, result, d);
}

/* Without a word when it is not there or does not hold together: it is told where it is opened. */
static struct mn_incident *load_quietly(struct mn_store *s, const char *id) {
    struct mn_diags *quiet = mn_diags_new();
    struct mn_incident *i = mn_incident_load(s, id, false, quiet);
    mn_diags_free(quiet);
    return i;
}

bool mn_delegated_end(struct mn_store *s, const struct mn_incident *parent,
                      const struct mn_step *step, const char **outcome, int64_t *at) {
    const struct mn_event *e = mn_delegated(parent, step);
    struct mn_incident *child = e ? load_quietly(s, mn_event_string(e, "child")) : NULL;
    const struct mn_event *end = child ? mn_incident_end(child) : NULL;
    if (end) {
        *outcome = end->type == MN_EVENT_RESOLVED ? MN_OUTCOME_RESOLVED : MN_OUTCOME_CANCELLED;
        *at = end->at;
    }
    mn_incident_free(child);
    return end != NULL;
}

const char *mn_incident_parent(const struct mn_incident *i) {
    return mn_json_string(json_object_get(i->opened, "parent"), "incident");
}

/* The value that answers the step in force, or NULL. */
static const char *answer_to(const struct mn_incident *i, const char *record) {
    for (size_t n = 0; n < i->n_answers; n++) {
        const struct mn_event *e = &i->journal->events[i->answers[n]];
        const json_t *answer = json_object_get(e->payload, "answer");
        const char *step = mn_json_string(answer, "step");
        if (step && strcmp(step, record) == 0)
            return mn_json_string(answer, "value");
    }
    return NULL;
}

enum mn_awaited mn_incident_awaited(struct mn_store *s, const struct mn_incident *child) {
    const char *id = mn_incident_parent(child);
    struct mn_incident *parent = id ? load_quietly(s, id) : NULL;
    if (!parent)
        return MN_AWAITED_AWAY;
    enum mn_awaited awaited = MN_AWAITED_NOT;
    for (size_t n = 0; n < parent->journal->n; n++) {
        const struct mn_event *e = &parent->journal->events[n];
        if (e->type != MN_EVENT_DELEGATED || parent->abandoned[n] ||
            strcmp(mn_event_string(e, "child"), child->id) != 0)
            continue;
        const char *value = answer_to(parent, mn_event_string(e, "key"));
        bool done = value && (strcmp(value, MN_OUTCOME_RESOLVED) == 0 ||
                              strcmp(value, MN_OUTCOME_CANCELLED) == 0);
        if (done)
            awaited = MN_AWAITED_DONE;
        else if (!value && parent->status == MN_INCIDENT_OPEN)
            awaited = MN_AWAITED;
    }
    mn_incident_free(parent);
    return awaited;
}
