/* How a step looks: in 60 columns, read from top to bottom, without colour if need be. */
#include "base/clock.h"
#include "cli/screen.h"
#include "cli/walk.h"

#include <string.h>

static const enum mn_message kinds[MN_STEP_KINDS] = {
    [MN_STEP_TELL] = MN_M_step_tell,           [MN_STEP_ASK] = MN_M_step_ask,
    [MN_STEP_CHECK] = MN_M_step_check,         [MN_STEP_ACT] = MN_M_step_act,
    [MN_STEP_CHECKLIST] = MN_M_step_checklist, [MN_STEP_ESCALATE] = MN_M_step_escalate,
    [MN_STEP_HANDOVER] = MN_M_step_handover,   [MN_STEP_VERIFY] = MN_M_step_verify,
    [MN_STEP_WAIT] = MN_M_step_wait,           [MN_STEP_DELEGATE] = MN_M_step_delegate,
    [MN_STEP_RESOLVE] = MN_M_step_resolve,
};

static void heading(struct mn_session *s, const struct mn_step *step) {
    struct mn_cli *cli = s->cli;
    struct mn_arena *a = s->arena;
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, MN_M_step_heading, cli->lang,
               MN_ARGS(mn_arena_printf(a, "%zu", s->progress.n_path + 1),
                       mn_msg(kinds[step->kind], cli->lang)));
    if (step->visit > 1)
        mn_msg_add(&b, MN_M_step_visit, cli->lang, MN_ARGS(mn_arena_printf(a, "%d", step->visit)));
    if (step->minutes >= 0)
        mn_msg_add(&b, MN_M_step_minutes, cli->lang,
                   MN_ARGS(mn_arena_printf(a, "%d", step->minutes)));
    mn_screen_title(cli, mn_buf_text(&b));
    mn_buf_fini(&b);
}

/* A text under its own word: "Hoàn tác: …". */
static void labelled(struct mn_session *s, enum mn_message m, struct mn_text t) {
    if (t.vi)
        mn_screen_say(s->cli, m, MN_ARGS(mn_cli_text(s->cli, t)));
}

static void where(struct mn_session *s, const struct mn_step *step) {
    struct mn_cli *cli = s->cli;
    int at = step->at ? mn_model_component(s->model, step->at) : -1;
    if (at >= 0)
        mn_screen_say(cli, MN_M_step_at,
                      MN_ARGS(mn_cli_text(cli, s->model->components[at].name.full), step->at));
    int team = step->team ? mn_model_team(s->model, step->team) : -1;
    if (team >= 0 && step->kind != MN_STEP_ESCALATE && step->kind != MN_STEP_HANDOVER)
        mn_screen_say(cli, MN_M_step_who,
                      MN_ARGS(mn_cli_text(cli, s->model->teams[team].name.full)));
}

static void choices(struct mn_session *s, const struct mn_choice *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const char *first = mn_arena_printf(s->arena, "%3zu  ", i + 1);
        mn_screen_indented(s->cli, first, "     ", mn_cli_text(s->cli, list[i].text));
    }
}

void mn_walk_outcomes(struct mn_session *s, const struct mn_step *step) {
    size_t n;
    const struct mn_choice *offered = mn_step_offered(step, s->arena, &n);
    choices(s, offered, n);
    for (size_t i = 0; i < step->n_outcomes; i++) {
        if (mn_step_offers(step, &step->outcomes[i]))
            continue;
        struct mn_buf b = MN_BUF_INIT;
        mn_msg_add(&b, MN_M_step_by_itself, s->cli->lang,
                   MN_ARGS(mn_cli_text(s->cli, step->outcomes[i].text)));
        mn_screen_indented(s->cli, "  –  ", "     ", mn_buf_text(&b));
        mn_buf_fini(&b);
    }
}

static void due(struct mn_session *s) {
    int64_t at;
    bool recorded;
    if (!mn_session_due(s, &at, &recorded))
        return;
    char text[MN_TIME_TEXT];
    mn_time_local(at, s->utc_offset, text);
    mn_screen_say(s->cli,
                  recorded                                 ? MN_M_step_overdue
                  : s->progress.step->kind == MN_STEP_WAIT ? MN_M_step_until
                                                           : MN_M_step_due,
                  MN_ARGS(text));
}

void mn_walk_show_step(struct mn_session *s) {
    const struct mn_step *step = s->progress.step;
    mn_screen_blank(s->cli);
    heading(s, step);
    if (s->incident) /* a runbook that is only tried has no clock */
        due(s);
    where(s, step);
    mn_screen_text(s->cli, mn_cli_text(s->cli, step->text));
    labelled(s, step->kind == MN_STEP_TELL ? MN_M_step_help : MN_M_step_how, step->help);
    labelled(s, MN_M_step_interrupts, step->interrupts);
    labelled(s, MN_M_step_undo, step->undo);
    if (step->kind == MN_STEP_ESCALATE || step->kind == MN_STEP_HANDOVER ||
        step->kind == MN_STEP_DELEGATE)
        return; /* the message, or how the child stands, comes before the choices */
    if (step->n_outcomes || step->n_items)
        mn_screen_blank(s->cli);
    mn_walk_outcomes(s, step);
    choices(s, step->items, step->n_items);
}
