/* The page that walks a runbook where this program is not: of the model and runbooks of today. */
#include "cli/offline.h"

#include "base/clock.h"
#include "cli/today.h"
#include "incident/message.h"
#include "incident/offline.h"

bool mn_offline_of(struct mn_cli *cli, const struct mn_choice_made *made, const json_t *facts,
                   const struct mn_flow *flow, struct mn_buf *out) {
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_toll toll = mn_toll_of(m, made->subject, cli->arena);
    struct mn_today today = {0};
    bool ok = mn_today_take(cli, made->runbook, &today);
    struct mn_opening opening = {.model = m,
                                 .runbook = made->runbook,
                                 .subject = made->subject,
                                 .symptom = made->symptom,
                                 .severity = toll.severity,
                                 .facts = facts,
                                 .model_files = mn_cli_model_files(cli),
                                 .runbook_files = today.runbook_files,
                                 .library_files = today.library_files,
                                 .program = MN_VERSION};
    struct mn_offline page = {
        .opening = &opening, .flow = flow, .lang = cli->lang, .utc_offset = mn_utc_offset()};
    ok = ok && mn_offline_page(&page, out, cli->diags);
    mn_today_fini(&today);
    return ok;
}
