/* impact COMPONENT…: who is cut off, which services are lost where, who only lost redundancy. */
#include "analysis/impact.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "cli/cli.h"
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

enum { LINE = 78, INDENT = 4, FEW = 3 };

struct report {
    struct mn_cli *cli;
    const struct mn_model *m;
    const struct mn_impact *impact;
};

static const char *number(const struct report *r, int n) {
    return mn_arena_printf(r->cli->arena, "%d", n);
}

static const char *component_name(const struct report *r, int component) {
    return mn_cli_text(r->cli, r->m->components[component].name.full);
}

static const char *area_name(const struct report *r, int area) {
    return area < 0 ? mn_msg(MN_M_impact_no_area, r->cli->lang)
                    : mn_cli_text(r->cli, r->m->areas[area].name.full);
}

/* "26740 Sai Gon Ward" */
static const char *site_label(const struct report *r, int site) {
    const struct mn_site *s = &r->m->sites[site];
    return mn_arena_printf(r->cli->arena, "%s %s", s->id, mn_cli_text(r->cli, s->name.full));
}

/* Prints `text` and what ends it, on a new line where it no longer fits; *column goes along. */
static void print_item(const struct report *r, const char *text, const char *end, size_t *column) {
    size_t width = mn_width(text, strlen(text)) + strlen(end);
    if (*column > INDENT && *column + 1 + width > LINE) {
        fprintf(r->cli->out, "\n%*s", INDENT, "");
        *column = INDENT;
    } else if (*column > INDENT) {
        fputc(' ', r->cli->out);
        (*column)++;
    }
    fprintf(r->cli->out, "%s%s", text, end);
    *column += width;
}

/* The sites in model order that are in the list and in the area (-1: in none). */
static int sites_in_area(const struct report *r, struct mn_ints sites, int area, int *out) {
    int n = 0;
    for (int i = 0; i < sites.n; i++)
        if (r->m->sites[sites.at[i]].area == area)
            out[n++] = sites.at[i];
    return n;
}

/* How many sites of the area use anything. */
static int users_in_area(const struct report *r, int area) {
    int n = 0;
    for (int s = 0; s < r->m->n_sites; s++)
        n += r->m->sites[s].area == area && r->m->sites[s].uses.n > 0;
    return n;
}

/* Prints sites area by area, with their codes: "  Area (3/36): 26740 Sai Gon Ward, …". */
static void print_sites(const struct report *r, struct mn_ints sites) {
    int *some = mn_new0((size_t)sites.n, sizeof *some);
    for (int area = -1; area < r->m->n_areas; area++) {
        int n = sites_in_area(r, sites, area, some), all = users_in_area(r, area);
        if (n == 0)
            continue;
        bool whole = n == all && n > FEW;
        struct mn_buf head = MN_BUF_INIT;
        mn_msg_add(&head, whole ? MN_M_impact_area_all : MN_M_impact_area, r->cli->lang,
                   MN_ARGS(area_name(r, area), number(r, n), number(r, all)));
        fprintf(r->cli->out, "  %s\n", mn_buf_text(&head));
        mn_buf_fini(&head);
        if (whole)
            continue;
        size_t column = INDENT;
        fprintf(r->cli->out, "%*s", INDENT, "");
        for (int i = 0; i < n; i++) {
            print_item(r, site_label(r, some[i]), i == n - 1 ? "" : ",", &column);
        }
        fputc('\n', r->cli->out);
    }
    free(some);
}

static void print_section(const struct report *r, enum mn_message title, struct mn_ints sites) {
    if (sites.n == 0)
        return;
    fputc('\n', r->cli->out);
    mn_cli_say(r->cli, title, MN_ARGS(number(r, sites.n)));
    print_sites(r, sites);
}

static void print_failed(const struct report *r) {
    for (int i = 0; i < r->impact->n_failed; i++) {
        struct mn_failure f = r->impact->failed[i];
        struct mn_buf id = MN_BUF_INIT;
        mn_failure_text(r->m, f, &id);
        const struct mn_component *c = &r->m->components[f.component];
        if (f.fault < 0)
            mn_cli_say(r->cli, MN_M_impact_failed,
                       MN_ARGS(mn_buf_text(&id), component_name(r, f.component)));
        else
            mn_cli_say(r->cli, MN_M_impact_failed_mode,
                       MN_ARGS(mn_buf_text(&id), component_name(r, f.component),
                               mn_cli_text(r->cli, c->faults.at[f.fault].name.full)));
        mn_buf_fini(&id);
    }
    if (r->impact->severity >= 0) {
        const struct mn_severity_level *level = &r->m->severities[r->impact->severity];
        mn_cli_say(r->cli, MN_M_impact_severity, MN_ARGS(mn_cli_text(r->cli, level->name.full)));
    }
}

/* The sites that lost something but not everything. */
static struct mn_ints partly_hit(const struct report *r) {
    const struct mn_impact *x = r->impact;
    int *sites = MN_ARENA_ARRAY(r->cli->arena, int, (size_t)x->hit.n), n = 0;
    for (int i = 0, k = 0; i < x->hit.n; i++) {
        if (k < x->cut_off.n && x->cut_off.at[k] == x->hit.at[i])
            k++; /* both are sorted alike */
        else
            sites[n++] = x->hit.at[i];
    }
    return (struct mn_ints){n, sites};
}

/* How many sites use the service, or what requires it. */
static int users_of(const struct report *r, int service) {
    int n = 0;
    for (int s = 0; s < r->m->n_sites; s++)
        for (int i = 0; i < r->m->sites[s].uses.n; i++)
            n += r->m->sites[s].uses.at[i] == service;
    return n;
}

static const char *short_area_name(const struct report *r, int area) {
    if (area >= 0 && r->m->areas[area].name.small.vi)
        return mn_cli_text(r->cli, r->m->areas[area].name.small);
    return area_name(r, area);
}

/* "all 168 sites", "12 sites (Area 8, Other area 4)", or which when they are few. */
static const char *where(const struct report *r, struct mn_ints sites, int service) {
    struct mn_buf areas = MN_BUF_INIT, text = MN_BUF_INIT;
    int *some = mn_new0((size_t)sites.n, sizeof *some);
    for (int i = 0; sites.n <= FEW && i < sites.n; i++)
        mn_buf_printf(&areas, "%s%s", i ? ", " : "", site_label(r, sites.at[i]));
    for (int area = -1; sites.n > FEW && area < r->m->n_areas; area++) {
        int n = sites_in_area(r, sites, area, some);
        if (n)
            mn_buf_printf(&areas, "%s%s %d", areas.size ? ", " : "", short_area_name(r, area), n);
    }
    bool all = sites.n > FEW && sites.n == users_of(r, service);
    mn_msg_add(&text, all ? MN_M_impact_where_all : MN_M_impact_where, r->cli->lang,
               MN_ARGS(number(r, sites.n), mn_buf_text(&areas)));
    char *kept = mn_arena_strdup(r->cli->arena, mn_buf_text(&text));
    mn_buf_fini(&areas);
    mn_buf_fini(&text);
    free(some);
    return kept;
}

/* Prints the services from `first` on that were lost at the same sites, and ticks them off. */
static void print_same_sites(const struct report *r, int first, bool *printed) {
    const struct mn_service_loss *losses = r->impact->services;
    struct mn_ints sites = losses[first].sites;
    int last = first;
    for (int i = first; i < r->impact->n_services; i++) {
        if (!mn_ints_same(&losses[i].sites, &sites))
            continue;
        printed[i] = true;
        last = i;
    }
    fprintf(r->cli->out, "  %s:\n%*s", where(r, sites, losses[first].service), INDENT, "");
    size_t column = INDENT;
    for (int i = first; i <= last; i++) {
        if (!mn_ints_same(&losses[i].sites, &sites))
            continue;
        const struct mn_service *s = &r->m->services[losses[i].service];
        print_item(r,
                   mn_arena_printf(r->cli->arena, "%s%s", component_name(r, s->component),
                                   s->main_activity ? " *" : ""),
                   i == last ? "" : ";", &column);
    }
    fputc('\n', r->cli->out);
}

/* The services, those lost at the same sites together. */
static void print_services(const struct report *r) {
    int n = r->impact->n_services;
    if (n == 0)
        return;
    fputc('\n', r->cli->out);
    mn_cli_say(r->cli, MN_M_impact_services, MN_ARGS(number(r, n)));
    bool *printed = mn_new0((size_t)n, sizeof *printed);
    for (int i = 0; i < n; i++)
        if (!printed[i])
            print_same_sites(r, i, printed);
    free(printed);
}

static void print_standbys(const struct report *r) {
    if (r->impact->n_standby == 0)
        return;
    fputc('\n', r->cli->out);
    mn_cli_say(r->cli, MN_M_impact_standby, MN_NO_ARGS);
    for (int i = 0; i < r->impact->n_standby; i++) {
        const struct mn_standby *x = &r->impact->standby[i];
        char after[24];
        mn_duration_text(x->host->failover.after_s, after);
        mn_cli_say(r->cli,
                   x->host->failover.manual ? MN_M_impact_standby_manual
                                            : MN_M_impact_standby_itself,
                   MN_ARGS(component_name(r, r->m->services[x->service].component),
                           r->m->components[r->m->nodes[x->host->node].component].id, after,
                           where(r, x->sites, x->service)));
    }
}

static void print_rest(const struct report *r) {
    int users = 0;
    for (int s = 0; s < r->m->n_sites; s++)
        users += r->m->sites[s].uses.n > 0;
    int rest = users - r->impact->hit.n - r->impact->lost_redundancy.n;
    fputc('\n', r->cli->out);
    if (rest == users)
        mn_cli_say(r->cli, MN_M_impact_nothing, MN_NO_ARGS);
    else
        mn_cli_say(r->cli, MN_M_impact_rest, MN_ARGS(number(r, rest), number(r, users)));
}

static void print_report(const struct report *r) {
    mn_cli_page(r->cli);
    print_failed(r);
    print_section(r, MN_M_impact_cut_off, r->impact->cut_off);
    print_section(r, MN_M_impact_partly, partly_hit(r));
    print_services(r);
    print_section(r, MN_M_impact_redundancy, r->impact->lost_redundancy);
    print_standbys(r);
    print_rest(r);
}

static int run(struct mn_cli *cli) {
    const struct mn_model *m = mn_cli_model(cli);
    if (!m)
        return mn_cli_failed(cli, MN_EXIT_NO);
    struct mn_failure *f = MN_ARENA_ARRAY(cli->arena, struct mn_failure, (size_t)cli->n_args);
    bool known = true;
    for (int i = 0; i < cli->n_args; i++)
        known &= mn_failure_parse(m, cli->args[i], &f[i], cli->diags);
    if (!known)
        return mn_cli_failed(cli, MN_EXIT_USAGE);
    struct mn_impact *impact = mn_impact_new(m, f, cli->n_args);
    if (cli->json)
        mn_cli_json(cli, mn_impact_json(m, impact));
    else
        print_report(&(struct report){cli, m, impact});
    mn_impact_free(impact);
    return MN_EXIT_DONE;
}

const struct mn_command mn_command_impact = {
    .name = "impact",
    .usage = "COMPONENT...",
    .least = 1,
    .most = -1,
    .summary = MN_M_impact_summary,
    .help = MN_M_impact_help,
    .run = run,
};
