/* check: is the model right, and are the runbooks? */
#include "analysis/check.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/commands.h"

static void say_counts(struct mn_cli *cli, const struct mn_model *m) {
    struct mn_arena *a = cli->arena;
    mn_cli_say(cli, MN_M_check_good,
               MN_ARGS(mn_cli_text(cli, m->name.full), mn_arena_printf(a, "%d", m->n_sites),
                       mn_arena_printf(a, "%d", m->n_components),
                       mn_arena_printf(a, "%d", m->n_services)));
    if (!mn_cli_option(cli, "hash"))
        return;
    char hash[MN_HASH_HEX];
    mn_model_hash(m, hash);
    mn_cli_say(cli, MN_M_check_hash, MN_ARGS(hash));
}

/* A runbook with a mistake is not in the catalogue: then it is not known what it names. */
static void advise_model(struct mn_cli *cli, const struct mn_model *m,
                         const struct mn_catalogue *runbooks) {
    bool *named = NULL;
    if (runbooks && mn_diags_errors(cli->diags) == 0) {
        named = MN_ARENA_ARRAY(cli->arena, bool, (size_t)m->n_teams + 1);
        mn_catalogue_teams(runbooks, m, named);
    }
    mn_model_advise(m, named, cli->diags);
}

static int run(struct mn_cli *cli) {
    if (cli->n_args == 1)
        cli->model_path = cli->args[0];
    cli->model = mn_model_check(mn_cli_model_files(cli), cli->diags, mn_analysis_check);
    const struct mn_model *m = cli->model;
    const struct mn_catalogue *runbooks =
        mn_cli_option(cli, "model-only") ? NULL : mn_cli_catalogue(cli);
    if (m && runbooks && mn_catalogue_check(runbooks, m, cli->diags) &&
        mn_cli_option(cli, "explore")) {
        struct mn_files *library = mn_library_files();
        mn_catalogue_explore(runbooks, mn_cli_runbook_files(cli), library, m, cli->diags);
        mn_files_free(library);
    }
    if (m)
        advise_model(cli, m, runbooks);
    if (runbooks)
        mn_catalogue_advise(cli->catalogue, cli->diags);
    size_t errors = mn_diags_errors(cli->diags);
    bool good = m && errors == 0;
    if (cli->json) {
        mn_cli_json(cli,
                    json_pack("{s:b,s:o}", "valid", good, "diagnostics", mn_cli_diags_json(cli)));
        return good ? MN_EXIT_DONE : MN_EXIT_NO;
    }
    mn_cli_flush_diags(cli);
    if (!good)
        mn_cli_tell(cli, MN_M_check_bad, MN_ARGS(mn_arena_printf(cli->arena, "%zu", errors)));
    else
        say_counts(cli, m);
    if (good && runbooks)
        mn_cli_say(cli, MN_M_check_runbooks,
                   MN_ARGS(mn_arena_printf(cli->arena, "%zu", mn_catalogue_count(runbooks))));
    return good ? MN_EXIT_DONE : MN_EXIT_NO;
}

static const struct mn_option options[] = {{"model-only", NULL, MN_M_opt_model_only, NULL},
                                           {"hash", NULL, MN_M_opt_hash, NULL},
                                           {"explore", NULL, MN_M_opt_check_explore, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_check = {
    .name = "check",
    .usage = "[MODEL]",
    .least = 0,
    .most = 1,
    .summary = MN_M_check_summary,
    .help = MN_M_check_help,
    .options = options,
    .run = run,
};
