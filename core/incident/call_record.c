/* A message for somebody: composed, and put on record before it is shown. */
#include "incident/call_record.h"

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
