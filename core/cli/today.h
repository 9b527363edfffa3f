/* Runbooks as they are today, beside those that incidents have pinned. */
#ifndef MN_CLI_TODAY_H
#define MN_CLI_TODAY_H

#include "cli/cli.h"
#include "incident/incident.h"
#include "script/script.h"

/* One runbook with the library, all of it read: what would be pinned if it began now. */
struct mn_today {
    struct mn_files *runbook_files, *library_files;
};

/* False with a diagnostic. */
bool mn_today_take(struct mn_cli *cli, const struct mn_runbook *runbook, struct mn_today *out);
void mn_today_fini(struct mn_today *today);

/* Whether the answers of an incident fit its runbook as that is today. */
enum mn_fit {
    MN_FIT,        /* *out is where they lead to, in *runbook (NULL when that is gone) */
    MN_FIT_NOT,    /* *out says the first that does not */
    MN_FIT_GONE,   /* there is no such runbook any more */
    MN_FIT_FAILED, /* it fails, or the incident cannot be read: there are diagnostics */
};
enum mn_fit mn_today_fits(struct mn_cli *cli, const struct mn_incident *i, struct mn_arena *a,
                          const struct mn_runbook **runbook, struct mn_progress *out);

/* Prints the first answer that does not fit: what was asked and answered, what is asked now, and in
 * which way the two differ. */
void mn_today_show(struct mn_cli *cli, const struct mn_incident *i, const struct mn_progress *p,
                   struct mn_arena *a);

#endif
