/* diff OLD NEW: what was added, removed, changed, and what became weaker or stronger. */
#include "analysis/diff.h"

#include "base/mem.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/diff_value.h"
#include "cli/groups.h"
#include "diagram/diagram.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 3, MOST_POINTS = 12 };

static const char *number(struct mn_cli *cli, int n) {
    return mn_arena_printf(cli->arena, "%d", n);
}

static const char *said(struct mn_cli *cli, enum mn_message m, const char *const *args) {
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, cli->lang, args);
    const char *text = mn_arena_strdup(cli->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

/* ---- entries ---- */

/* The site's id when the component's id starts with it, for "+ 26740/kiosk" and the like. */
static const char *local_id(const char *id) {
    const char *slash = strchr(id, '/');
    return slash ? slash + 1 : id;
}

/* "26740, 26743, 26746 and 165 more": the sites of those that are like the i-th. */
static const char *alike(struct mn_cli *cli, const struct mn_diff *d, int i, int count) {
    char *text = mn_arena_strdup(cli->arena, "");
    int n = 0;
    for (int k = i; k < d->n && n < FEW; k++)
        if (d->at[k].like == i) {
            const char *id = mn_diff_entry_id(d, &d->at[k]);
            const char *slash = strchr(id, '/');
            text = mn_arena_printf(cli->arena, "%s%s%.*s", text, n++ ? ", " : "",
                                   (int)(slash ? (size_t)(slash - id) : strlen(id)), id);
        }
    if (count > FEW)
        text = mn_arena_printf(cli->arena, "%s %s", text,
                               said(cli, MN_M_diff_and_more, MN_ARGS(number(cli, count - FEW))));
    return text;
}

static void print_difference(struct mn_cli *cli, const struct mn_diff *d, int i) {
    static const char *const signs[] = {"+", "−", "Δ"};
    const struct mn_diff_entry *x = &d->at[i];
    const char *id = mn_diff_entry_id(d, x);
    int count = 0;
    for (int k = i; k < d->n; k++)
        count += d->at[k].like == i;
    bool component = strchr(id, '/') != NULL;
    fprintf(cli->out, "  %s ", signs[x->is]);
    if (count > 1 && component)
        fprintf(cli->out, "*/%s", local_id(id));
    else if (count == 1)
        fprintf(cli->out, "%s %s", id, mn_cli_text(cli, mn_diff_entry_name(d, x).full));
    if (count > 1)
        fprintf(cli->out, "%s%s", component ? " – " : "",
                said(cli, MN_M_diff_alike, MN_ARGS(number(cli, count), alike(cli, d, i, count))));
    if (x->parts)
        fprintf(cli->out, " %s", said(cli, MN_M_diff_parts, MN_ARGS(number(cli, x->parts))));
    if (x->renamed || x->moved)
        fprintf(cli->out, " [%s%s%s]", x->renamed ? mn_msg(MN_M_diff_renamed, cli->lang) : "",
                x->renamed && x->moved ? ", " : "",
                x->moved ? mn_msg(MN_M_diff_moved, cli->lang) : "");
    fputc('\n', cli->out);
    for (int k = 0; k < x->n; k++)
        fprintf(cli->out, "      %s\n", mn_change_text(cli, &x->changes[k]));
}

static enum mn_message section_title(enum mn_section s) {
    static const enum mn_message titles[MN_SECTIONS] = {
        [MN_SECTION_NETWORK] = MN_M_section_network,
        [MN_SECTION_AREAS] = MN_M_section_areas,
        [MN_SECTION_SITES] = MN_M_section_sites,
        [MN_SECTION_NODES] = MN_M_section_nodes,
        [MN_SECTION_LINKS] = MN_M_section_links,
        [MN_SECTION_GROUPS] = MN_M_section_groups,
        [MN_SECTION_SERVICES] = MN_M_section_services,
        [MN_SECTION_TEAMS] = MN_M_section_teams,
        [MN_SECTION_ROLES] = MN_M_section_roles,
        [MN_SECTION_CONTRACTS] = MN_M_section_contracts,
        [MN_SECTION_KINDS] = MN_M_section_kinds,
        [MN_SECTION_REPAIRS] = MN_M_section_repairs,
        [MN_SECTION_SYMPTOMS] = MN_M_section_symptoms,
        [MN_SECTION_POLICIES] = MN_M_section_policies,
        [MN_SECTION_SEVERITY] = MN_M_section_severity,
        [MN_SECTION_REGULATIONS] = MN_M_section_regulations};
    return titles[s];
}

static void print_entries(struct mn_cli *cli, const struct mn_diff *d) {
    int counts[3] = {0};
    for (int i = 0; i < d->n; i++)
        counts[d->at[i].is]++;
    mn_cli_say(cli, MN_M_diff_counts,
               MN_ARGS(number(cli, counts[MN_DIFF_ADDED]), number(cli, counts[MN_DIFF_REMOVED]),
                       number(cli, counts[MN_DIFF_CHANGED])));
    for (int i = 0; i < d->n; i++) {
        if (i == 0 || d->at[i].section != d->at[i - 1].section) {
            fputc('\n', cli->out);
            mn_cli_say(cli, section_title(d->at[i].section), MN_NO_ARGS);
        }
        if (d->at[i].like == i)
            print_difference(cli, d, i);
    }
}

/* ---- weaker, stronger ---- */

static void print_services(struct mn_cli *cli, const struct mn_model *m, enum mn_message title,
                           const struct mn_exposed_service *at, int n) {
    if (!n)
        return;
    mn_cli_say(cli, title, MN_ARGS(number(cli, n)));
    fputs("   ", cli->out);
    for (int i = 0; i < n && i < MOST_POINTS; i++)
        fprintf(cli->out, "%s %s (%d)", i ? ";" : "",
                mn_cli_text(cli, m->components[m->services[at[i].service].component].name.full),
                at[i].sites);
    if (n > MOST_POINTS)
        fprintf(cli->out, "; %s",
                said(cli, MN_M_diff_more_points, MN_ARGS(number(cli, n - MOST_POINTS))));
    fputc('\n', cli->out);
}

static void print_exposure(struct mn_cli *cli, const struct mn_model *m,
                           const struct mn_exposure *e, bool weaker) {
    if (!e->n_points && !e->n_unavailable)
        return;
    fputc('\n', cli->out);
    mn_cli_say(cli, weaker ? MN_M_diff_weaker : MN_M_diff_stronger, MN_NO_ARGS);
    print_services(cli, m, weaker ? MN_M_diff_unavailable : MN_M_diff_available, e->unavailable,
                   e->n_unavailable);
    if (!e->n_points)
        return;
    mn_cli_say(cli, weaker ? MN_M_diff_new_points : MN_M_diff_gone_points,
               MN_ARGS(number(cli, e->n_points)));
    for (int i = 0; i < e->n_points && i < MOST_POINTS; i++) {
        const struct mn_component *c = &m->components[e->points[i].component];
        fprintf(cli->out, "    %s %s: %s\n", c->id, mn_cli_text(cli, c->name.full),
                said(cli, MN_M_diff_point,
                     MN_ARGS(number(cli, e->points[i].sites), number(cli, e->points[i].services))));
    }
    if (e->n_points > MOST_POINTS)
        fprintf(cli->out, "    %s\n",
                said(cli, MN_M_diff_more_points, MN_ARGS(number(cli, e->n_points - MOST_POINTS))));
    mn_cli_say(cli, weaker ? MN_M_diff_lost_sites : MN_M_diff_gained_sites,
               MN_ARGS(number(cli, e->n_sites)));
    fputs("   ", cli->out);
    for (int i = 0; i < e->n_sites && i < MOST_POINTS; i++)
        fprintf(cli->out, "%s %s %s", i ? "," : "", m->sites[e->sites[i].site].id,
                mn_cli_text(cli, m->sites[e->sites[i].site].name.full));
    if (e->n_sites > MOST_POINTS)
        fprintf(cli->out, ", %s",
                said(cli, MN_M_diff_and_more, MN_ARGS(number(cli, e->n_sites - MOST_POINTS))));
    fputc('\n', cli->out);
    print_services(cli, m, weaker ? MN_M_diff_lost_services : MN_M_diff_gained_services,
                   e->services, e->n_services);
}

/* What makes the sheet's boxes move. */
static void print_groups(struct mn_cli *cli, const struct mn_diff *d) {
    const struct mn_diagram_group *before, *after;
    int n_before = mn_diagram_groups(d->before, cli->lang, cli->arena, &before);
    int n_after = mn_diagram_groups(d->after, cli->lang, cli->arena, &after);
    mn_cli_say_groups(cli, MN_M_diff_groups, before, n_before, after, n_after);
}

/* ---- the command ---- */

static const char *short_hash(struct mn_cli *cli, const struct mn_model *m) {
    char hash[MN_HASH_HEX];
    mn_model_hash(m, hash);
    return mn_arena_strndup(cli->arena, hash, 8);
}

static void print_report(struct mn_cli *cli, const struct mn_diff *d) {
    mn_cli_page(cli);
    if (d->same) {
        mn_cli_say(cli, MN_M_diff_same, MN_NO_ARGS);
        return;
    }
    mn_cli_say(cli, MN_M_diff_models,
               MN_ARGS(mn_cli_text(cli, d->before->name.full), short_hash(cli, d->before),
                       mn_cli_text(cli, d->after->name.full), short_hash(cli, d->after)));
    if (d->reordered) {
        mn_cli_say(cli, MN_M_diff_reordered, MN_NO_ARGS);
        return;
    }
    print_entries(cli, d);
    print_exposure(cli, d->after, &d->weaker, true);
    print_exposure(cli, d->before, &d->stronger, false);
    if (!d->weaker.n_points && !d->stronger.n_points && !d->weaker.n_unavailable &&
        !d->stronger.n_unavailable) {
        fputc('\n', cli->out);
        mn_cli_say(cli, MN_M_diff_no_strength, MN_NO_ARGS);
    }
    print_groups(cli, d);
}

static int run(struct mn_cli *cli) {
    cli->model_path = cli->args[1];
    const struct mn_model *before = mn_cli_other_model(cli, cli->args[0]);
    const struct mn_model *after = mn_cli_model(cli);
    if (!before || !after)
        return mn_cli_failed(cli, MN_EXIT_USAGE);
    struct mn_diff *d = mn_diff_new(before, after);
    bool same = d->same;
    if (cli->json)
        mn_cli_json(cli, mn_diff_json(d));
    else
        print_report(cli, d);
    mn_diff_free(d);
    return same ? MN_EXIT_DONE : MN_EXIT_NO;
}

const struct mn_command mn_command_diff = {
    .name = "diff",
    .usage = "OLD-MODEL NEW-MODEL",
    .least = 2,
    .most = 2,
    .summary = MN_M_diff_summary,
    .help = MN_M_diff_help,
    .run = run,
};
