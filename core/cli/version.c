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
    "version", "", 0, 0, MN_M_version_summary, MN_M_version_help, NULL, NULL, run, false};
