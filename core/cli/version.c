/* version: what this is and what it stands on. */
#include "cli/cli.h"
#include "cli/commands.h"

static int run(struct mn_cli *cli) {
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:s}", "version", MN_VERSION));
    else
        fprintf(cli->out, "metronet %s\n", MN_VERSION);
    return MN_EXIT_DONE;
}

const struct mn_command mn_command_version = {
    .name = "version",
    .usage = "",
    .least = 0,
    .most = 0,
    .summary = MN_M_version_summary,
    .help = MN_M_version_help,
    .run = run,
};
