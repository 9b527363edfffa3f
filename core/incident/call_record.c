/* A message for somebody: composed, and put on record before it is shown. */
#include "incident/call_record.h"

#include <stdio.h>
#include <string.h>

#define BY_HAND "manual-"

enum mn_append mn_call_record(struct mn_store *s, const struct mn_call *c, const char *key,
                              const char *to, struct mn_by by, struct mn_diags *d) {
    struct mn_buf say[2] = {MN_BUF_INIT, MN_BUF_INIT}, send[2] = {MN_BUF_INIT, MN_BUF_INIT};
    for (int lang = 0; lang < 2; lang++) {
        mn_call_say(c, (enum mn_lang)lang, &say[lang]);
        mn_call_send(c, (enum mn_lang)lang, &send[lang]);
    }
    const struct mn_team *team = c->team >= 0 ? &c->model->teams[c->team] : NULL;
    struct mn_escalation_record r = {
        .key = key,
        .after = c->incident->n_answers,
        .to = to,
        .team = team ? team->id : NULL,
        .name = team ? team->name.full : (struct mn_text){"", ""},
        .say = {mn_buf_text(&say[MN_VI]), mn_buf_text(&say[MN_EN])},
        .send = {mn_buf_text(&send[MN_VI]), mn_buf_text(&send[MN_EN])},
    };
    enum mn_append result = mn_record_escalation(s, c->incident, &r, by, d);
    for (int lang = 0; lang < 2; lang++) {
        mn_buf_fini(&say[lang]);
        mn_buf_fini(&send[lang]);
    }
    return result;
}

bool mn_call_is_by_hand(const char *key) {
    return strncmp(key, BY_HAND, strlen(BY_HAND)) == 0;
}

static bool composed_by_hand(const struct mn_event *e) {
    return e->type == MN_EVENT_ESCALATED && mn_call_is_by_hand(mn_event_string(e, "key"));
}

void mn_call_by_hand_key(const struct mn_incident *i, char key[MN_CALL_KEY]) {
    size_t number = 1;
    for (size_t n = 0; n < i->journal->n; n++)
        number += composed_by_hand(&i->journal->events[n]);
    snprintf(key, MN_CALL_KEY, BY_HAND "%zu", number);
}

const struct mn_event *mn_call_unknown(const struct mn_incident *i) {
    for (size_t n = i->journal->n; n-- > 0;) {
        const struct mn_event *e = &i->journal->events[n];
        if (composed_by_hand(e) && !i->abandoned[n])
            return mn_incident_find(i, MN_EVENT_ACKNOWLEDGED, mn_event_string(e, "key")) ? NULL : e;
    }
    return NULL;
}
