/* Where data lies: the model, the runbooks and what else comes with the program. */
#include "base/mem.h"
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *mn_cli_shared(struct mn_cli *cli, const char *name) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        return name;
    self[n] = '\0';
    /* build/metronet and build/asan/metronet in the checkout, PREFIX/bin/metronet elsewhere. */
    static const char *const places[] = {"../share/metronet", "..", "../.."};
    *strrchr(self, '/') = '\0';
    for (size_t i = 0; i < MN_COUNT(places); i++) {
        const char *path = mn_arena_printf(cli->arena, "%s/%s/%s", self, places[i], name);
        if (access(path, F_OK) == 0)
            return realpath(path, self) ? mn_arena_strdup(cli->arena, self) : path;
    }
    return mn_arena_printf(cli->arena, "%s/%s/%s", self, places[0], name);
}

static const char *data_path(struct mn_cli *cli, const char *option, const char *variable,
                             const char *own) {
    const char *path = mn_cli_option(cli, option);
    if (!path)
        path = getenv(variable);
    return path && *path ? path : mn_cli_shared(cli, own);
}

const char *mn_cli_model_path(struct mn_cli *cli) {
    if (cli->model_path)
        return cli->model_path;
    return data_path(cli, "model", "MN_MODEL", "topology/hcmc");
}

const char *mn_cli_runbooks_path(struct mn_cli *cli) {
    return data_path(cli, "runbooks", "MN_RUNBOOKS", "runbooks");
}

/* As short as the user would write it: relative when it lies below the current folder. */
static const char *as_shown(struct mn_cli *cli, const char *path) {
    char here[4096];
    if (path[0] != '/' || !getcwd(here, sizeof here))
        return path;
    size_t n = strlen(here);
    if (strncmp(path, here, n) != 0 || path[n] != '/')
        return path;
    return mn_arena_strdup(cli->arena, path + n + 1);
}

static void release(struct mn_cli *cli) {
    mn_catalogue_free(cli->catalogue);
    mn_model_free(cli->model);
    mn_files_free(cli->model_files);
    mn_model_free(cli->other_model);
    mn_files_free(cli->other_files);
    mn_files_free(cli->runbook_files);
    mn_files_free(cli->library_files);
}

static struct mn_files *open_folder(struct mn_cli *cli, const char *path) {
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    path = mn_arena_strndup(cli->arena, path, n);
    cli->release = release;
    return mn_files_dir(path, as_shown(cli, path));
}

struct mn_files *mn_cli_model_files(struct mn_cli *cli) {
    if (!cli->model_files)
        cli->model_files = open_folder(cli, mn_cli_model_path(cli));
    return cli->model_files;
}

struct mn_files *mn_cli_runbook_files(struct mn_cli *cli) {
    if (!cli->runbook_files)
        cli->runbook_files = open_folder(cli, mn_cli_runbooks_path(cli));
    return cli->runbook_files;
}

const struct mn_catalogue *mn_cli_catalogue(struct mn_cli *cli) {
    if (!cli->catalogue) {
        cli->library_files = mn_library_files();
        cli->catalogue =
            mn_catalogue_load(mn_cli_runbook_files(cli), cli->library_files, cli->diags);
    }
    return cli->catalogue;
}

const struct mn_model *mn_cli_model(struct mn_cli *cli) {
    if (!cli->model)
        cli->model = mn_model_load(mn_cli_model_files(cli), cli->diags);
    return cli->model;
}

const struct mn_model *mn_cli_other_model(struct mn_cli *cli, const char *path) {
    cli->other_files = open_folder(cli, path);
    cli->other_model = mn_model_load(cli->other_files, cli->diags);
    return cli->other_model;
}
