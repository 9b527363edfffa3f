/* What is said when a walk ends: resolved, left, or no longer as its answers were recorded. */
#include "cli/screen.h"
#include "cli/walk.h"

static void advise(struct mn_session *s, const char *command) {
    mn_screen_command(s->cli, mn_arena_printf(s->cli->arena, "metronet %s %s%s", command,
                                              s->incident->id, mn_session_store_option(s->cli)));
}

int mn_walk_finished(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    const struct mn_step *step = s->progress.step;
    mn_screen_blank(cli);
    if (s->incident->status == MN_INCIDENT_CANCELLED) {
        mn_screen_heading(cli, MN_M_walk_cancelled, MN_ARGS(s->incident->id));
    } else {
        mn_screen_heading(cli, MN_M_walk_resolved, MN_ARGS(s->incident->id));
        if (step && step->text.vi)
            mn_screen_text(cli, mn_cli_text(cli, step->text));
        if (step && step->cause.vi)
            mn_screen_say(cli, MN_M_walk_cause, MN_ARGS(mn_cli_text(cli, step->cause)));
    }
    mn_screen_say(cli, MN_M_walk_report, MN_NO_ARGS);
    advise(s, "report");
    return MN_EXIT_DONE;
}

void mn_walk_left(struct mn_session *s) {
    mn_screen_blank(s->cli);
    mn_screen_say(s->cli, MN_M_walk_left, MN_NO_ARGS);
    advise(s, "resume");
}

void mn_walk_diverged(struct mn_session *s) {
    const struct mn_progress *p = &s->progress;
    struct mn_answer *answers;
    if (!mn_incident_answers(s->incident, s->arena, &answers, s->cli->diags))
        return;
    struct mn_buf b = MN_BUF_INIT;
    mn_difference_tell(p->difference, &answers[p->n_path], p->step, s->cli->lang, &b);
    mn_screen_blank(s->cli);
    mn_screen_text(s->cli, mn_buf_text(&b));
    mn_buf_fini(&b);
}
