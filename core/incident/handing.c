/* Giving an incident to somebody, folded from its events. */
#include "incident/handing.h"

#include "base/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys of steps hold no colon. */
#define KEY "handover:"

bool mn_handed_by_hand(const struct mn_event *e) {
    return strncmp(mn_event_string(e, "key"), KEY, strlen(KEY)) == 0;
}

/* Somebody of the team who answered, else the team: only the giver has said that it accepts. */
static struct mn_text taker(const struct mn_incident *i, const struct mn_event *e) {
    const struct mn_event *call =
        mn_incident_find(i, MN_EVENT_ESCALATED, mn_event_string(e, "key"));
    if (call && strcmp(call->actor, e->actor) == 0)
        return mn_event_text(call, "name");
    return (struct mn_text){e->actor, e->actor};
}

static void fold(const struct mn_incident *i, const struct mn_event *e, struct mn_handing *h) {
    const json_t *due = json_object_get(e->payload, "due");
    bool here =
        h->given && strcmp(mn_event_string(e, "key"), mn_event_string(h->given, "key")) == 0;
    switch (e->type) {
    case MN_EVENT_HANDED_OVER:
        if (mn_handed_by_hand(e)) {
            h->given = e;
            h->to = mn_event_string(e, "to");
            h->due = json_is_integer(due) ? json_integer_value(due) : -1;
            h->overdue = false;
        } else if (!i->abandoned[e - 1 -
                                 i->journal->events] && /* the answer, which stands before */
                   json_is_true(json_object_get(e->payload, "accepted"))) {
            h->responsible = taker(i, e);
            h->given = NULL;
        }
        break;
    case MN_EVENT_ACKNOWLEDGED:
        if (here && json_is_true(json_object_get(e->payload, "taken")))
            h->responsible = (struct mn_text){e->actor, e->actor};
        if (here)
            h->given = NULL;
        break;
    case MN_EVENT_OVERDUE:
        h->overdue = h->overdue || here;
        break;
    default:
        break;
    }
}

struct mn_handing mn_incident_handing(const struct mn_incident *i) {
    const struct mn_event *events = i->journal->events;
    struct mn_handing h = {.responsible = {events[0].actor, events[0].actor}, .due = -1};
    for (size_t n = 1; n < i->journal->n; n++)
        fold(i, &events[n], &h);
    return h;
}

bool mn_handing_is_to(const struct mn_handing *h, const char *name) {
    if (!h->given)
        return false;
    char *a = mn_fold(h->to), *b = mn_fold(name);
    bool same = strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

enum mn_append mn_record_given(struct mn_store *s, const struct mn_incident *i, const char *to,
                               int64_t due, struct mn_by by, struct mn_diags *d) {
    char key[40];
    size_t number = 1;
    for (size_t n = 0; n < i->journal->n; n++)
        number += i->journal->events[n].type == MN_EVENT_HANDED_OVER &&
                  mn_handed_by_hand(&i->journal->events[n]);
    snprintf(key, sizeof key, KEY "%zu", number);
    json_t *payload = json_object();
    json_object_set_new(payload, "key", json_string(key));
    json_object_set_new(payload, "to", json_string(to));
    json_object_set_new(payload, "due", due >= 0 ? json_integer(due) : json_null());
    json_object_set_new(payload, "accepted", json_null());
    return mn_record_event(s, i, MN_EVENT_HANDED_OVER, payload, by, d);
}

enum mn_append mn_record_taken(struct mn_store *s, const struct mn_incident *i, bool taken,
                               struct mn_by by, struct mn_diags *d) {
    const struct mn_handing h = mn_incident_handing(i);
    return mn_record_event(
        s, i, MN_EVENT_ACKNOWLEDGED,
        json_pack("{s:s, s:b}", "key", mn_event_string(h.given, "key"), "taken", taken), by, d);
}

enum mn_append mn_record_not_taken(struct mn_store *s, const struct mn_incident *i,
                                   struct mn_diags *d) {
    const struct mn_handing h = mn_incident_handing(i);
    json_t *payload = json_object();
    json_object_set_new(payload, "key", json_string(mn_event_string(h.given, "key")));
    json_object_set_new(payload, "text",
                        mn_json_message(MN_M_handing_late, &(struct mn_text){h.to, h.to}, 1));
    return mn_record_event(s, i, MN_EVENT_OVERDUE, payload, (struct mn_by){MN_ACTOR_ITSELF, h.due},
                           d);
}
