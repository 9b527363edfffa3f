/* explore RUNBOOK SUBJECT: every step that answers can lead to. */
#include "base/mem.h"
#include "base/write.h"
#include "cli/choose.h"
#include "cli/commands.h"
#include "cli/explore_chart.h"
#include "cli/explored.h"
#include "cli/offline.h"
#include "cli/put.h"
#include "cli/screen.h"

#include <string.h>

static const char *number(struct mn_cli *cli, size_t n) {
    return mn_arena_printf(cli->arena, "%zu", n);
}

/* What the subject is called; a site as a whole by its name. */
static const char *subject_name(struct mn_cli *cli, struct mn_subject s) {
    const struct mn_model *m = mn_cli_model(cli);
    const struct mn_name *name =
        s.component >= 0 ? &m->components[s.component].name : &m->sites[s.site].name;
    return mn_cli_text(cli, name->full);
}

/* "line/metronet-line.lua:120" */
static const char *place(struct mn_cli *cli, const char *file, int line) {
    return mn_arena_printf(cli->arena, "%s:%d", file ? file : "", line);
}

/* The first line of a step: its words; of an item, what is looked at. */
static const char *words(struct mn_cli *cli, const struct mn_flow_node *node) {
    if (node->kind == MN_FLOW_STEP)
        return mn_cli_text(cli, node->step.text);
    return mn_cli_text(cli, mn_step_choice(&node->step, node->item)->text);
}

/* "Yes / Cannot tell → lights": answers that lead to the same step on one line. */
static void say_edges(struct mn_cli *cli, const struct mn_flow *flow, int i) {
    const struct mn_flow_node *node = &flow->nodes[i];
    struct mn_buf b = MN_BUF_INIT;
    for (size_t k = 0; k < node->n_edges; k++) {
        const struct mn_flow_edge *e = &node->edges[k];
        mn_buf_printf(&b, "%s%s", b.size ? " / " : "", mn_cli_text(cli, e->text));
        if (k + 1 < node->n_edges && e->to >= 0 && node->edges[k + 1].to == e->to)
            continue;
        mn_buf_printf(&b, " → %s",
                      e->to >= 0 ? flow->nodes[e->to].id : mn_msg(MN_M_explore_fails, cli->lang));
        mn_screen_indented(cli, "    ", "      ", mn_buf_text(&b));
        mn_buf_clear(&b);
    }
    mn_buf_fini(&b);
}

static void say_steps(struct mn_cli *cli, const struct mn_flow *flow) {
    for (size_t i = 0; i < flow->n; i++) {
        const struct mn_flow_node *node = &flow->nodes[i];
        mn_screen_blank(cli);
        mn_screen_title(cli, mn_arena_printf(cli->arena, "%s (%s, %s)", node->id,
                                             mn_step_kind_name(node->step.kind),
                                             place(cli, node->step.file, node->step.line)));
        mn_screen_indented(cli, "  ", "  ", words(cli, node));
        say_edges(cli, flow, (int)i);
    }
}

static void say(struct mn_cli *cli, const struct mn_flow *flow, const struct mn_choice_made *made) {
    int steps = 0, ends = 0, least = -1, most = 0;
    for (size_t i = 0; i < flow->n; i++) {
        const struct mn_flow_node *node = &flow->nodes[i];
        steps += node->kind == MN_FLOW_STEP;
        if (node->n_edges)
            continue;
        ends++;
        least = least < 0 || node->depth < least ? node->depth : least;
        most = node->depth > most ? node->depth : most;
    }
    mn_cli_page(cli);
    mn_screen_title(cli, mn_cli_text(cli, made->runbook->title));
    mn_screen_text(cli, subject_name(cli, made->subject));
    mn_screen_blank(cli);
    mn_screen_say(
        cli, MN_M_explore_counts,
        MN_ARGS(number(cli, (size_t)steps), number(cli, (size_t)ends), number(cli, flow->tried)));
    if (ends)
        mn_screen_say(cli, MN_M_explore_walks,
                      MN_ARGS(number(cli, (size_t)least), number(cli, (size_t)most)));
    say_steps(cli, flow);
}

/* Steps that nothing leads to are told: they may be there for other subjects. Loops that nothing
 * leaves are wrong, as is where the runbook fails. */
static bool say_wrong(struct mn_cli *cli, const struct mn_flow *flow) {
    bool wrong = flow->n_failures > 0 || flow->n_loops > 0;
    if (cli->json)
        return wrong;
    if (flow->n_unreached || flow->n_loops)
        mn_screen_blank(cli);
    for (size_t i = 0; i < flow->n_unreached; i++)
        mn_screen_say(
            cli, MN_M_explore_unreached,
            MN_ARGS(place(cli, flow->unreached[i].file, flow->unreached[i].line),
                    flow->unreached[i].key ? flow->unreached[i].key : flow->unreached[i].call));
    for (int loop = 0; loop < flow->n_loops; loop++)
        for (size_t i = 0; i < flow->n; i++)
            if (flow->nodes[i].loop == loop) {
                mn_screen_say(
                    cli, MN_M_explore_endless,
                    MN_ARGS(place(cli, flow->nodes[i].step.file, flow->nodes[i].step.line),
                            flow->nodes[i].id));
                break;
            }
    return wrong;
}

static bool is_html(const char *file) {
    size_t n = strlen(file);
    return n > 5 && strcmp(file + n - 5, ".html") == 0;
}

/* The page that walks the runbook. */
static enum mn_exit write_page(struct mn_cli *cli, const struct mn_choice_made *made,
                               const json_t *facts, const struct mn_flow *flow, const char *file) {
    struct mn_buf page = MN_BUF_INIT;
    bool ok = mn_offline_of(cli, made, facts, flow, &page) &&
              mn_write_file(file, &page, false, cli->diags);
    if (ok && cli->json)
        mn_cli_json(cli, json_pack("{s:s, s:I}", "file", file, "bytes", (json_int_t)page.size));
    else if (ok)
        mn_cli_say(cli, MN_M_explore_written, MN_ARGS(file));
    mn_buf_fini(&page);
    return ok ? MN_EXIT_DONE : MN_EXIT_BROKEN;
}

/* The graph, in words or as JSON; whether nothing is wrong with it. */
static enum mn_exit tell(struct mn_cli *cli, const struct mn_flow *flow,
                         const struct mn_choice_made *made) {
    if (cli->json)
        mn_cli_json(cli, mn_flow_json(flow));
    else
        say(cli, flow, made);
    return say_wrong(cli, flow) ? MN_EXIT_NO : MN_EXIT_DONE;
}

/* The chart, or a card. */
static enum mn_exit draw(struct mn_cli *cli, const struct mn_flow *flow,
                         const struct mn_choice_made *made, const char *file) {
    const struct mn_model *m = mn_cli_model(cli);
    const char *paper = mn_cli_option(cli, "paper");
    bool card = mn_cli_option(cli, "card") != NULL;
    int format = mn_cli_picture_format(cli, file, card ? MN_PDF : MN_SVG);
    if (format < 0)
        return MN_EXIT_USAGE;
    struct mn_picture p = {.chart =
                               mn_flow_chart(flow, made->runbook, m, made->subject, cli->arena),
                           .card = card,
                           .lang = cli->lang,
                           .paper = paper ? (enum mn_paper)mn_paper_parse(paper) : MN_PAPER_AUTO,
                           .format = (enum mn_format)format};
    struct mn_documents drawn = {0};
    enum mn_exit status = MN_EXIT_NO;
    if (!mn_diagram_open(cli->diags))
        return MN_EXIT_BROKEN;
    if (p.chart && mn_diagram_documents(m, &p, &drawn, cli->diags))
        status = mn_cli_put_documents(cli, m, &p, file, &drawn);
    mn_documents_fini(&drawn);
    return status;
}

static int run(struct mn_cli *cli) {
    const char *file = mn_cli_option(cli, "output");
    struct mn_choice_made made;
    if (mn_cli_option(cli, "all"))
        return mn_explore_folders(cli, cli->n_args ? cli->args[0] : NULL, file);
    if (cli->n_args < 2)
        return mn_cli_usage(cli, MN_M_explore_two, MN_NO_ARGS);
    if (!mn_choose_given(cli, cli->args[0], cli->args[1], &made))
        return mn_cli_failed(cli, mn_cli_model(cli) ? MN_EXIT_USAGE : MN_EXIT_NO);
    mn_cli_flush_diags(cli); /* what is wrong with other runbooks */
    struct mn_explored x = {0};
    enum mn_exit status = MN_EXIT_NO;
    if (mn_explore_made(cli, &made, cli->arena, &x))
        status = file && x.flow.n && is_html(file) ? write_page(cli, &made, x.facts, &x.flow, file)
                 : file || mn_cli_option(cli, "card") ? draw(cli, &x.flow, &made, file)
                                                      : tell(cli, &x.flow, &made);
    mn_cli_flush_diags(cli);
    json_decref(x.facts);
    return status;
}

static const struct mn_option options[] = {
    {"symptom", "ID", MN_M_opt_symptom, NULL},
    {"output", "FILE", MN_M_opt_explore_output, NULL},
    {"card", NULL, MN_M_opt_explore_card, NULL},
    {"all", NULL, MN_M_opt_explore_all, NULL},
    {"format", "svg|pdf|png|html|dot|json", MN_M_opt_draw_format, "svg pdf png html dot json"},
    {"paper", "A4|A3|A2|A1|A0|slide", MN_M_opt_draw_paper, "A4 A3 A2 A1 A0 slide"},
    {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_explore = {
    .name = "explore",
    .usage = "RUNBOOK SUBJECT | --all [SITE]",
    .least = 0,
    .most = 2,
    .summary = MN_M_explore_summary,
    .help = MN_M_explore_help,
    .options = options,
    .run = run,
};
