/* Going back: to the step before, or to any that was answered. */
#include "base/clock.h"
#include "cli/screen.h"
#include "cli/walk.h"

#include <stdlib.h>
#include <string.h>

bool mn_walk_is_back(const char *text) {
    const char *number = text + 1 + strspn(text + 1, " ");
    return text[0] == 'b' && text[1] == ' ' && *number &&
           strspn(number, "0123456789") == strlen(number);
}

bool mn_walk_back_to(struct mn_session *s, const char *to, struct mn_loc from, size_t *keep) {
    size_t n = s->incident->n_answers;
    to += strspn(to, " ");
    unsigned long step = *to ? strtoul(to, NULL, 10) : n;
    if (n == 0)
        mn_diag(s->cli->diags, MN_D_walk_first_step, from, MN_NO_ARGS);
    else if (step < 1 || step > n)
        mn_diag(s->cli->diags, MN_D_walk_no_such_answer, from,
                MN_ARGS(to, mn_arena_printf(s->arena, "%zu", n)));
    else
        *keep = step - 1;
    return n > 0 && step >= 1 && step <= n;
}

void mn_walk_retract(struct mn_session *s, size_t keep) {
    json_t *confirm = mn_incident_to_confirm(s->incident, keep);
    size_t i;
    json_t *done;
    json_array_foreach(confirm, i, done) {
        const char *kind = mn_json_string(done, "kind");
        bool act = kind && strcmp(kind, "act") == 0;
        mn_screen_blank(s->cli);
        mn_screen_say(s->cli, act ? MN_M_walk_retract_act : MN_M_walk_retract_call,
                      MN_ARGS(mn_cli_text(s->cli, mn_json_get_text(done, "text")),
                              mn_cli_text(s->cli, mn_json_get_text(done, "label")),
                              mn_cli_text(s->cli, mn_json_get_text(done, "undo"))));
    }
    json_decref(confirm);
}

void mn_walk_answers(struct mn_session *s, size_t from) {
    const struct mn_incident *i = s->incident;
    if (i->n_answers == 0)
        mn_screen_say(s->cli, MN_M_walk_no_answers, MN_NO_ARGS);
    for (size_t n = from; n < i->n_answers; n++) {
        const struct mn_event *e = &i->journal->events[i->answers[n]];
        char at[MN_TIME_TEXT];
        mn_time_local(e->at, s->utc_offset, at);
        struct mn_buf b = MN_BUF_INIT;
        const json_t *step = json_object_get(e->payload, "step");
        mn_msg_add(&b, MN_M_resume_answer, s->cli->lang,
                   MN_ARGS(mn_cli_text(s->cli, mn_json_get_text(step, "text")),
                           mn_cli_text(s->cli, mn_event_text(e, "label")),
                           mn_session_who(s->cli, e), at));
        mn_screen_indented(s->cli, mn_arena_printf(s->arena, "%3zu  ", n + 1), "     ",
                           mn_buf_text(&b));
        mn_buf_fini(&b);
    }
}
