/* A runbook that was chosen, explored. */
#include "cli/explored.h"

#include "incident/message.h"

bool mn_explore_made(struct mn_cli *cli, const struct mn_choice_made *made, struct mn_arena *a,
                     struct mn_explored *out) {
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_toll toll = mn_toll_of(m, made->subject, a);
    struct mn_files *library = mn_library_files();
    out->facts = mn_opening_facts(m, made->subject, made->symptom, &toll, NULL);
    struct mn_exploration e = {.runbooks = mn_cli_runbook_files(cli),
                               .library = library,
                               .file = made->runbook->file,
                               .facts = out->facts};
    bool ok = mn_explore(&e, a, &out->flow, cli->diags);
    mn_files_free(library);
    return ok;
}
