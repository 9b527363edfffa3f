/* Words that several views put on a sheet: durations, how a standby takes over. */
#include "diagram/small.h"

const char *mn__duration_text(struct mn__sheet *sheet, int seconds) {
    static const struct {
        int unit;
        enum mn_message words;
    } units[] = {{86400, MN_M_duration_days},
                 {3600, MN_M_duration_hours},
                 {60, MN_M_duration_minutes},
                 {1, MN_M_duration_seconds}};
    size_t i = 0;
    while (units[i].unit > 1 && (seconds < units[i].unit || seconds % units[i].unit))
        i++;
    return mn__say(sheet, units[i].words, MN_ARGS(mn__number(sheet, seconds / units[i].unit)));
}

const char *mn__standby_text(struct mn__sheet *sheet, const struct mn_failover *f) {
    if (f->after_s == 0 && !f->manual)
        return mn_msg(MN_M_standby_at_once, sheet->lang);
    return mn__say(sheet, f->manual ? MN_M_standby_by_hand : MN_M_standby_by_itself,
                   MN_ARGS(mn__duration_text(sheet, f->after_s)));
}
