/* Who is responsible, and taking what was given. */
#include "base/clock.h"
#include "cli/choose.h"
#include "cli/screen.h"
#include "cli/walk.h"
#include "incident/handing.h"

#include <string.h>

enum { TAKE, REFUSE, LATER };

/* Again if somebody else was faster, unless there is nothing to take any more. */
static bool record(struct mn_session *s, bool taken) {
    for (enum mn_append result = MN_OVERTAKEN; result == MN_OVERTAKEN;) {
        if (!mn_incident_handing(s->incident).given)
            return true;
        result = mn_record_taken(s->store, s->incident, taken, mn_session_by(s), s->cli->diags);
        if (result == MN_NOT_APPENDED || !mn_session_refresh(s))
            return false;
    }
    const struct mn_handing now = mn_incident_handing(s->incident);
    mn_screen_say(s->cli, taken ? MN_M_handing_taken : MN_M_handing_refused,
                  MN_ARGS(mn_cli_text(s->cli, now.responsible)));
    return true;
}

bool mn_walk_handing(struct mn_session *s, struct mn_reader *r) {
    struct mn_cli *cli = s->cli;
    const struct mn_handing h = mn_incident_handing(s->incident);
    char at[MN_TIME_TEXT];
    enum mn_read end;
    if (!h.given || s->incident->status != MN_INCIDENT_OPEN)
        return true;
    mn_time_local(h.given->at, s->utc_offset, at);
    if (!mn_handing_is_to(&h, s->actor)) {
        mn_screen_blank(cli);
        mn_screen_say(cli, MN_M_handing_given, MN_ARGS(mn_cli_text(cli, h.responsible), h.to, at));
        return true;
    }
    static const enum mn_message choices[] = {
        [TAKE] = MN_M_handing_take, [REFUSE] = MN_M_handing_refuse, [LATER] = MN_M_handing_later};
    const char *texts[MN_COUNT(choices)];
    for (size_t i = 0; i < MN_COUNT(choices); i++)
        texts[i] = mn_msg(choices[i], cli->lang);
    int chosen = mn_choose(cli, r, MN_M_handing_yours, MN_ARGS(h.given->actor, at), texts,
                           MN_COUNT(choices), &end);
    return chosen >= 0 && (chosen == LATER || record(s, chosen == TAKE));
}
