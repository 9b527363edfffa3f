/* A step that is another incident: opening it, and how it stands; and the other way round. */
#include "base/clock.h"
#include "cli/screen.h"
#include "cli/walk.h"
#include "incident/delegation.h"

#include <string.h>

static void tell_child(struct mn_session *s, const struct mn_event *e, bool opened) {
    struct mn_cli *cli = s->cli;
    const char *child = mn_event_string(e, "child");
    const char *team = mn_cli_text(cli, mn_event_text(e, "name"));
    struct mn_diags *told = cli->diags;
    cli->diags = mn_diags_new();
    struct mn_incident *i = mn_incident_load(s->store, child, true, cli->diags);
    mn_diags_free(cli->diags);
    cli->diags = told;
    char at[MN_TIME_TEXT];
    mn_time_local(e->at, s->utc_offset, at);
    mn_screen_blank(cli);
    if (!i)
        mn_screen_say(cli, MN_M_delegate_away, MN_ARGS(child));
    else if (opened)
        mn_screen_say(cli, MN_M_delegate_opened, MN_ARGS(child, team));
    else
        mn_screen_say(cli, MN_M_delegate_waits,
                      MN_ARGS(child, team, at, mn_msg(mn_session_status(i), cli->lang)));
    if (i && i->status == MN_INCIDENT_OPEN)
        mn_screen_command(cli, mn_arena_printf(cli->arena, "metronet resume %s%s", child,
                                               mn_session_store_option(cli)));
    mn_incident_free(i);
}

void mn_walk_delegate(struct mn_session *s) {
    bool opened = !mn_delegated(s->incident, s->progress.step);
    if (opened && !mn_session_delegate(s)) {
        mn_screen_blank(s->cli);
        mn_screen_problems(s->cli);
        mn_screen_say(s->cli, MN_M_delegate_failed, MN_NO_ARGS);
    }
    const struct mn_step *step = s->progress.step;
    const struct mn_event *e =
        step && step->kind == MN_STEP_DELEGATE ? mn_delegated(s->incident, step) : NULL;
    if (e)
        tell_child(s, e, opened);
    mn_screen_blank(s->cli);
    if (step && step->kind == MN_STEP_DELEGATE)
        mn_walk_outcomes(s, step);
    else if (step) /* somebody else has gone on */
        mn_walk_show_step(s);
}

void mn_walk_tell_parent(struct mn_session *s) {
    static const enum mn_message texts[] = {[MN_AWAITED] = MN_M_parent_awaits,
                                            [MN_AWAITED_DONE] = MN_M_parent_answered,
                                            [MN_AWAITED_NOT] = MN_M_parent_gone_on,
                                            [MN_AWAITED_AWAY] = MN_M_parent_away};
    const char *parent = mn_incident_parent(s->incident);
    if (parent)
        mn_screen_say(s->cli, texts[mn_incident_awaited(s->store, s->incident)], MN_ARGS(parent));
}
