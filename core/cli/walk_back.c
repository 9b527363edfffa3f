/* Going back: to the step before, or to any that was answered. */
#include "base/clock.h"
#include "cli/screen.h"
#include "cli/walk.h"
#include "incident/retract.h"

#include <stdlib.h>
#include <string.h>

bool mn_walk_is_back(const char *text) {
    if (strncmp(text, "b ", 2) != 0)
        return false;
    const char *number = text + strspn(text + 1, " ") + 1;
    return *number && strspn(number, "0123456789") == strlen(number);
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

/* What to do about it, now that it is taken back. */
static void tell_withdrawn(struct mn_session *s, const json_t *done) {
    struct mn_cli *cli = s->cli;
    if (mn_retract_is_act(done)) {
        mn_screen_say(cli, MN_M_retract_undo,
                      MN_ARGS(mn_cli_text(cli, mn_json_get_text(done, "undo"))));
        return;
    }
    mn_screen_heading(cli, MN_M_retract_say, MN_NO_ARGS);
    mn_screen_indented(cli, "  ", "  ", mn_cli_text(cli, mn_json_get_text(done, "said")));
}

static bool ask_decision(struct mn_session *s, struct mn_reader *r, json_t *done,
                         enum mn_read *end) {
    struct mn_cli *cli = s->cli;
    const struct mn_retracting back = {s->actor, s->incident->id, s->utc_offset};
    mn_screen_blank(cli);
    mn_screen_say(cli, mn_retract_is_act(done) ? MN_M_retract_ask_act : MN_M_retract_ask,
                  MN_ARGS(mn_cli_text(cli, mn_json_get_text(done, "text")),
                          mn_cli_text(cli, mn_json_get_text(done, "label")),
                          mn_cli_text(cli, mn_json_get_text(done, "undo"))));
    mn_screen_say(cli, MN_M_retract_choices, MN_NO_ARGS);
    for (;;) {
        struct mn_line line;
        *end = mn_reader_line(r, mn_msg(MN_M_retract_prompt, cli->lang), &line);
        if (*end == MN_READ_LINE && strcmp(line.text, "q") == 0)
            *end = MN_READ_END;
        if (*end != MN_READ_LINE)
            return false;
        bool stands = strcmp(line.text, "1") == 0, withdrawn = strcmp(line.text, "2") == 0;
        if (stands || withdrawn)
            mn_retract_decide(done, stands, &back);
        if (withdrawn)
            tell_withdrawn(s, done);
        if (stands || withdrawn)
            return true;
        mn_diag(cli->diags, MN_D_walk_no_level, line.from, MN_ARGS(line.text, "2"));
        if (mn_reader_strict(r))
            return false;
        mn_screen_problems(cli);
    }
}

json_t *mn_walk_retract(struct mn_session *s, struct mn_reader *r, size_t keep, enum mn_read *end) {
    json_t *confirm = mn_incident_to_confirm(s->incident, keep);
    *end = MN_READ_LINE;
    for (size_t i = 0; i < json_array_size(confirm); i++) {
        if (ask_decision(s, r, json_array_get(confirm, i), end))
            continue;
        json_decref(confirm);
        return NULL;
    }
    return confirm;
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
