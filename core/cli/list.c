/* list: what the model or the folder of runbooks holds, one line each. */
#include "base/mem.h"
#include "base/unicode.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/describe.h"
#include "model/entries.h"

#include <stdlib.h>
#include <string.h>

/* One list: how many rows there are, and a row as JSON; or a section of the model, whose rows are
 * as its files say them. The text row is the id, the name and `columns`. */
struct list {
    const char *what;
    int (*count)(struct mn_cli *cli);
    json_t *(*row)(struct mn_cli *cli, int i); /* {"id", "name", …} */
    const char *columns[4];  /* keys of the row shown after id and name; ended by NULL */
    enum mn_section section; /* when count is NULL */
};

static int count_sites(struct mn_cli *cli) {
    return cli->model->n_sites;
}
static int count_components(struct mn_cli *cli) {
    return cli->model->n_components;
}
static int count_services(struct mn_cli *cli) {
    return cli->model->n_services;
}
static int count_teams(struct mn_cli *cli) {
    return cli->model->n_teams;
}

static json_t *site_row(struct mn_cli *cli, int i) {
    return mn_describe_site(cli->model, i);
}
static json_t *component_row(struct mn_cli *cli, int i) {
    return mn_describe_component(cli->model, i);
}
static json_t *service_row(struct mn_cli *cli, int i) {
    int component = cli->model->services[i].component;
    json_t *row = mn_describe_component(cli->model, component);
    json_object_set_new(row, "faults", mn_describe_faults(cli->model, component));
    return row;
}
static json_t *team_row(struct mn_cli *cli, int i) {
    return mn_describe_team(cli->model, i);
}

static int count_runbooks(struct mn_cli *cli) {
    return (int)mn_catalogue_count(mn_cli_catalogue(cli));
}
static json_t *runbook_row(struct mn_cli *cli, int i) {
    json_t *row = mn_runbook_json(mn_catalogue_at(mn_cli_catalogue(cli), (size_t)i));
    json_object_set(row, "name", json_object_get(row, "title"));
    return row;
}

static const struct list lists[] = {
    {.what = "sites", .count = count_sites, .row = site_row, .columns = {"type", "area", NULL}},
    {.what = "components",
     .count = count_components,
     .row = component_row,
     .columns = {"class", "kind", "site", NULL}},
    {.what = "services",
     .count = count_services,
     .row = service_row,
     .columns = {"kind", "team", NULL}},
    {.what = "teams", .count = count_teams, .row = team_row},
    {.what = "runbooks", .count = count_runbooks, .row = runbook_row, .columns = {"file", NULL}},
    {.what = "areas", .section = MN_SECTION_AREAS},
    {.what = "roles", .section = MN_SECTION_ROLES, .columns = {"team", NULL}},
    {.what = "contracts", .section = MN_SECTION_CONTRACTS, .columns = {"valid_until", NULL}},
    {.what = "kinds", .section = MN_SECTION_KINDS, .columns = {"class", "by", NULL}},
    {.what = "repairs", .section = MN_SECTION_REPAIRS, .columns = {"skill", NULL}},
    {.what = "symptoms", .section = MN_SECTION_SYMPTOMS, .columns = {"service", NULL}},
    {.what = "policies",
     .section = MN_SECTION_POLICIES,
     .columns = {"valid_from", "valid_until", NULL}},
    {.what = "severity", .section = MN_SECTION_SEVERITY},
    {.what = "regulations", .section = MN_SECTION_REGULATIONS, .columns = {"reference", NULL}},
};

static int count_rows(struct mn_cli *cli, const struct list *list) {
    return list->count ? list->count(cli) : mn_model_count(cli->model, list->section);
}

static json_t *row_at(struct mn_cli *cli, const struct list *list, int i) {
    if (list->row)
        return list->row(cli, i);
    struct mn_buf entry = MN_BUF_INIT;
    mn_model_entry(cli->model, list->section, i, &entry);
    json_t *row = json_loads(mn_buf_text(&entry), 0, NULL);
    mn_buf_fini(&entry);
    if (json_object_get(row, "title")) /* a regulation has no other name */
        json_object_set(row, "name", json_object_get(row, "title"));
    return row;
}

static const char *cell(const struct mn_cli *cli, const json_t *row, const char *key) {
    const json_t *value = json_object_get(row, key);
    if (json_is_object(value))
        value = json_object_get(value, mn_lang_name(cli->lang));
    return json_is_string(value) ? json_string_value(value) : "";
}

static bool matches(const json_t *row, const char *filter) {
    if (!filter)
        return true;
    struct mn_buf b = MN_BUF_INIT;
    mn_json_write(&b, row, 0, false);
    char *folded = mn_fold(mn_buf_text(&b));
    bool found = strstr(folded, filter) != NULL;
    free(folded);
    mn_buf_fini(&b);
    return found;
}

static void print_rows(struct mn_cli *cli, const json_t *rows, const char *const *columns) {
    const char *keys[8] = {"id", "name"};
    size_t n = 2, widths[8] = {0};
    for (; *columns; columns++)
        keys[n++] = *columns;
    size_t i;
    const json_t *row;
    json_array_foreach(rows, i, row) {
        for (size_t k = 0; k < n; k++) {
            const char *text = cell(cli, row, keys[k]);
            size_t width = mn_width(text, strlen(text));
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    json_array_foreach(rows, i, row) {
        struct mn_buf line = MN_BUF_INIT;
        for (size_t k = 0; k < n; k++) {
            const char *text = cell(cli, row, keys[k]);
            mn_buf_puts(&line, text);
            mn_buf_repeat(&line, ' ', widths[k] + 2 - mn_width(text, strlen(text)));
        }
        while (line.size && line.data[line.size - 1] == ' ')
            line.data[--line.size] = '\0';
        fprintf(cli->out, "%s\n", mn_buf_text(&line));
        mn_buf_fini(&line);
    }
}

static int print_list(struct mn_cli *cli, const char *what, json_t *rows,
                      const char *const *columns) {
    if (cli->json) {
        mn_cli_json(cli, json_pack("{s:o}", what, rows));
        return MN_EXIT_DONE;
    }
    if (json_array_size(rows) == 0)
        mn_cli_say(cli, MN_M_list_none, MN_NO_ARGS);
    mn_cli_page(cli);
    print_rows(cli, rows, columns);
    json_decref(rows);
    return MN_EXIT_DONE;
}

static int run(struct mn_cli *cli) {
    const struct list *list = NULL;
    for (size_t i = 0; i < MN_COUNT(lists); i++)
        if (strcmp(lists[i].what, cli->args[0]) == 0)
            list = &lists[i];
    if (!list)
        return mn_cli_usage(cli, MN_M_list_unknown, MN_ARGS(cli->args[0]));
    if (!mn_cli_model(cli))
        return mn_cli_failed(cli, MN_EXIT_NO);
    char *filter = cli->n_args > 1 ? mn_fold(cli->args[1]) : NULL;
    json_t *rows = json_array();
    int n = count_rows(cli, list);
    for (int i = 0; i < n; i++) {
        json_t *row = row_at(cli, list, i);
        if (matches(row, filter))
            json_array_append(rows, row);
        json_decref(row);
    }
    free(filter);
    return print_list(cli, list->what, rows, list->columns);
}

const struct mn_command mn_command_list = {
    .name = "list",
    .usage = "WHAT [FILTER]",
    .least = 1,
    .most = 2,
    .summary = MN_M_list_summary,
    .help = MN_M_list_help,
    .subcommands = "sites components services teams runbooks areas roles contracts kinds repairs "
                   "symptoms policies severity regulations",
    .run = run,
};
