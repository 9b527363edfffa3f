/* new: a commented, working start for something that an engineer writes. */
#include "base/embedded.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "base/write.h"
#include "cli/cli.h"
#include "cli/commands.h"

#include <string.h>
#include <unistd.h>

/* What stands for @NAME@ in the template. */
struct filling {
    const char *name, *value;
};

/* Adds the line without what is for the other language: a comment begins with `--vi` or `--en`. */
static void add_line(struct mn_cli *cli, const char *line, size_t n, const struct filling *fill,
                     size_t n_fill, struct mn_buf *out) {
    const char *own = cli->lang == MN_VI ? "--vi" : "--en", *end = line + n;
    size_t indent = strspn(line, " ");
    bool marked = n >= indent + 4 &&
                  (memcmp(line + indent, "--vi", 4) == 0 || memcmp(line + indent, "--en", 4) == 0);
    if (marked && memcmp(line + indent, own, 4) != 0)
        return;
    if (marked) {
        mn_buf_add(out, line, indent + 2);
        line += indent + 4;
    }
    while (line < end) {
        size_t i = 0;
        while (i < n_fill && strncmp(line, fill[i].name, strlen(fill[i].name)) != 0)
            i++;
        if (i < n_fill)
            mn_buf_puts(out, fill[i].value);
        else
            mn_buf_putc(out, *line);
        line += i < n_fill ? strlen(fill[i].name) : 1;
    }
    mn_buf_putc(out, '\n');
}

static void fill_template(struct mn_cli *cli, const char *text, const struct filling *fill,
                          size_t n_fill, struct mn_buf *out) {
    while (*text) {
        size_t n = strcspn(text, "\n");
        add_line(cli, text, n, fill, n_fill, out);
        text += n + (text[n] == '\n');
    }
}

/* The kind that it is for: the one that is named, or the model's first that can fail. NULL with a
 * diagnostic. */
static const char *choose_kind(struct mn_cli *cli, const struct mn_model *m) {
    const char **ids = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)m->n_kinds + 1);
    const char *given = cli->n_args > 2 ? cli->args[2] : NULL, *first = NULL;
    for (int i = 0; i < m->n_kinds; i++) {
        ids[i] = m->kinds[i].id;
        if (given && strcmp(given, ids[i]) == 0)
            return ids[i];
        if (!first && m->kinds[i].faults.n)
            first = ids[i];
    }
    if (!given && first)
        return first;
    mn_diag(cli->diags, MN_D_unknown_kind_given, MN_NOWHERE, MN_ARGS(given ? given : ""));
    int near = given ? mn_nearest(given, ids, (size_t)m->n_kinds) : -1;
    if (near >= 0)
        mn_diag_note(cli->diags, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(ids[near]));
    return NULL;
}

static bool name_ok(const char *name) {
    size_t n = strlen(name);
    return n > 0 && n <= 60 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == n &&
           *name != '-' && name[n - 1] != '-';
}

/* Where it goes: --output, else NAME.lua in the folder of --runbooks, else in the working one. */
static const char *choose_file(struct mn_cli *cli, const char *name, const char **folder) {
    const char *file = mn_cli_option(cli, "output"), *books = mn_cli_option(cli, "runbooks");
    if (!file)
        file =
            mn_arena_printf(cli->arena, "%s%s%s.lua", books ? books : "", books ? "/" : "", name);
    const char *slash = strrchr(file, '/');
    *folder =
        slash ? mn_arena_strndup(cli->arena, file, (size_t)(slash - file) + (slash == file)) : ".";
    return file;
}

static int run(struct mn_cli *cli) {
    const char *name = cli->args[1], *folder, *file = choose_file(cli, name, &folder);
    if (strcmp(cli->args[0], "runbook") != 0)
        return mn_cli_usage(cli, MN_M_new_what, MN_ARGS(cli->args[0]));
    if (!name_ok(name))
        return mn_cli_usage(cli, MN_M_new_name, MN_ARGS(name));
    const struct mn_model *m = mn_cli_model(cli);
    const char *kind = m ? choose_kind(cli, m) : NULL;
    if (!kind)
        return mn_cli_failed(cli, m ? MN_EXIT_USAGE : MN_EXIT_NO);
    if (access(file, F_OK) == 0) {
        mn_diag(cli->diags, MN_D_new_exists, MN_NOWHERE, MN_ARGS(file));
        return mn_cli_failed(cli, MN_EXIT_NO);
    }
    const struct filling fill[] = {{"@ID@", name},
                                   {"@KIND@", kind},
                                   {"@FOLDER@", folder},
                                   {"@TO@", m->n_roles   ? m->roles[0].id
                                            : m->n_teams ? m->teams[0].id
                                                         : "operations"}};
    struct mn_buf b = MN_BUF_INIT;
    fill_template(cli, mn_templates[0].text, fill, MN_COUNT(fill), &b);
    bool ok = mn_write_file(file, &b, false, cli->diags);
    mn_buf_fini(&b);
    if (!ok)
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    mn_cli_say(cli, MN_M_new_done, MN_ARGS(file, name, folder));
    return MN_EXIT_DONE;
}

static const struct mn_option options[] = {{"output", "FILE", MN_M_opt_new_output, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_new = {
    .name = "new",
    .usage = "runbook NAME [KIND]",
    .least = 2,
    .most = 3,
    .summary = MN_M_new_summary,
    .help = MN_M_new_help,
    .options = options,
    .run = run,
    .no_json = true,
};
