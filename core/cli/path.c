/* path FROM TO: which way the traffic goes, and which way it could. */
#include "analysis/path.h"

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/commands.h"

#include <string.h>

enum { WIDTH = 78 };

struct report {
    struct mn_cli *cli;
    const struct mn_model *m;
    const struct mn_paths *paths;
};

static const char *place_name(const struct report *r, struct mn_found place) {
    const struct mn_name *name = place.scope == MN_SCOPE_SITE ? &r->m->sites[place.index].name
                                                              : &r->m->components[place.index].name;
    const char *id = place.scope == MN_SCOPE_SITE ? r->m->sites[place.index].id
                                                  : r->m->components[place.index].id;
    return mn_arena_printf(r->cli->arena, "%s (%s)", mn_cli_text(r->cli, name->full), id);
}

static const char *node_id(const struct report *r, int node) {
    return r->m->components[r->m->nodes[node].component].id;
}

/* "5 links, 3 ms, 200M" */
static const char *measure(const struct report *r, const struct mn_route *route) {
    struct mn_buf b = MN_BUF_INIT;
    struct mn_arena *a = r->cli->arena;
    mn_msg_add(&b, MN_M_path_links, r->cli->lang, MN_ARGS(mn_arena_printf(a, "%d", route->n / 2)));
    if (route->delay_ms > 0)
        mn_buf_printf(&b, ", %d ms", route->delay_ms);
    if (route->capacity >= 0) {
        char capacity[24];
        mn_capacity_text(route->capacity, capacity);
        mn_buf_printf(&b, ", %s", capacity);
    }
    char *text = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

/* How many components two routes begin with in common. */
static int same_start(const struct mn_route *a, const struct mn_route *b) {
    int n = 0;
    while (n < a->n && n < b->n && a->components[n] == b->components[n])
        n++;
    return n;
}

/* Prints the route; what it begins with in common with `above` (or NULL) is only named. */
static void print_route(const struct report *r, const struct mn_route *route,
                        const struct mn_route *above) {
    struct mn_buf b = MN_BUF_INIT;
    struct mn_route rest = *route;
    int skip = above ? same_start(route, above) - 1 : 0;
    skip -= skip % 2; /* a whole number of nodes and links */
    if (skip > 2) {
        mn_cli_say(r->cli, MN_M_path_as_above,
                   MN_ARGS(r->m->components[route->components[skip]].id));
        rest.components += skip;
        rest.n -= skip;
    }
    mn_route_text(r->m, &rest, NULL, 0, -1, r->cli->lang, WIDTH, &b);
    fputs(mn_buf_text(&b), r->cli->out);
    mn_buf_fini(&b);
}

/* Prints the ids, as many a line as fit. */
static void print_shared(const struct report *r, struct mn_ints shared) {
    size_t column = 0;
    for (int i = 0; i < shared.n; i++) {
        const char *id = r->m->components[shared.at[i]].id;
        size_t width = strlen(id) + 2;
        bool first = i == 0 || column + width > WIDTH;
        fprintf(r->cli->out, "%s%s%s", i ? "," : "", first ? (i ? "\n  " : "  ") : " ", id);
        column = first ? width : column + width;
    }
    fputc('\n', r->cli->out);
}

/* `above` is the path printed before, or NULL. */
static void print_path(const struct report *r, const struct mn_path *p,
                       const struct mn_path *above) {
    fputc('\n', r->cli->out);
    if (r->paths->n > 1)
        mn_cli_say(r->cli, MN_M_path_between, MN_ARGS(node_id(r, p->from), node_id(r, p->to)));
    if (p->in_use.n == 0) {
        mn_cli_say(r->cli, MN_M_path_none, MN_ARGS(node_id(r, p->from), node_id(r, p->to)));
        return;
    }
    mn_cli_say(r->cli, MN_M_path_in_use, MN_ARGS(measure(r, &p->in_use)));
    print_route(r, &p->in_use, above ? &above->in_use : NULL);
    fputc('\n', r->cli->out);
    if (p->alternative.n == 0) {
        mn_cli_say(r->cli, MN_M_path_no_alternative, MN_NO_ARGS);
        return;
    }
    mn_cli_say(r->cli, MN_M_path_alternative, MN_ARGS(measure(r, &p->alternative)));
    print_route(r, &p->alternative, above ? &above->alternative : NULL);
    fputc('\n', r->cli->out);
    mn_cli_say(r->cli, p->shared.n ? MN_M_path_shared : MN_M_path_apart, MN_NO_ARGS);
    if (p->shared.n)
        print_shared(r, p->shared);
}

static void print_report(const struct report *r) {
    mn_cli_page(r->cli);
    mn_cli_say(r->cli, MN_M_path_title,
               MN_ARGS(place_name(r, r->paths->from), place_name(r, r->paths->to)));
    for (int i = 0; i < r->paths->n; i++)
        print_path(r, &r->paths->at[i], i ? &r->paths->at[i - 1] : NULL);
}

/* The value of --failed, "A,B!mode", as failures in the arena. */
static bool parse_failed(struct mn_cli *cli, const struct mn_model *m, struct mn_failure **failed,
                         int *n) {
    const char *value = mn_cli_option(cli, "failed");
    *n = 0;
    if (!value)
        return true;
    *failed = MN_ARENA_ARRAY(cli->arena, struct mn_failure, strlen(value) + 1);
    bool known = true;
    char *rest = mn_arena_strdup(cli->arena, value), *word;
    while ((word = strsep(&rest, ",")))
        known &= mn_failure_parse(m, word, &(*failed)[(*n)++], cli->diags);
    return known;
}

static bool any_route(const struct mn_paths *p) {
    for (int i = 0; i < p->n; i++)
        if (p->at[i].in_use.n)
            return true;
    return false;
}

static int run(struct mn_cli *cli) {
    const struct mn_model *m = mn_cli_model(cli);
    if (!m)
        return mn_cli_failed(cli, MN_EXIT_NO);
    struct mn_found from, to;
    struct mn_failure *failed = NULL;
    int n_failed;
    bool known =
        mn_model_lookup(m, cli->args[0], MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &from, cli->diags);
    known &= mn_model_lookup(m, cli->args[1], MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &to, cli->diags);
    known &= parse_failed(cli, m, &failed, &n_failed);
    struct mn_paths *paths = known ? mn_paths_new(m, failed, n_failed, from, to, cli->diags) : NULL;
    if (!paths)
        return mn_cli_failed(cli, MN_EXIT_USAGE);
    bool found = any_route(paths);
    if (cli->json)
        mn_cli_json(cli, mn_paths_json(m, paths));
    else
        print_report(&(struct report){cli, m, paths});
    mn_paths_free(paths);
    return found ? MN_EXIT_DONE : MN_EXIT_NO;
}

static const struct mn_option options[] = {{"failed", "COMPONENT,...", MN_M_opt_failed, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_path = {
    .name = "path",
    .usage = "FROM TO",
    .least = 2,
    .most = 2,
    .summary = MN_M_path_summary,
    .help = MN_M_path_help,
    .options = options,
    .run = run,
};
