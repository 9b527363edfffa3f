/* draw: a picture of the network, or of a part of it, into a file. */
#include "analysis/failure.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/put.h"
#include "diagram/diagram.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *topic(int i, enum mn_message *about) {
    if (i >= MN_VIEWS)
        return NULL;
    const struct mn_view_info *view = mn_view_info((enum mn_view)i);
    *about = view->about;
    return view->name;
}

/* All words for views, for a message. */
static const char *view_words(struct mn_cli *cli) {
    char *words = mn_arena_strdup(cli->arena, "");
    for (int i = 0; i < MN_VIEWS; i++)
        words = mn_arena_printf(cli->arena, "%s%s%s", words, i ? ", " : "",
                                mn_view_info((enum mn_view)i)->name);
    return words;
}

/* A path with one end named goes to the first service that is used there. */
static bool find_subjects(struct mn_cli *cli, const struct mn_model *m, struct mn_picture *p) {
    const struct mn_view_info *view = mn_view_info(p->view);
    bool ok = true;
    for (int i = 1; i < cli->n_args && ok && !view->models; i++) {
        struct mn_found *subject = &p->subjects[p->n_subjects];
        struct mn_failure failure;
        if (!view->failures) {
            ok = mn_model_lookup(m, cli->args[i], view->subjects, subject, cli->diags);
        } else if ((ok = mn_failure_parse(m, cli->args[i], &failure, cli->diags))) {
            *subject = (struct mn_found){MN_SCOPE_COMPONENT, failure.component};
            p->faults[p->n_subjects] = failure.fault + 1;
        }
        p->n_subjects++;
    }
    const struct mn_found *from = &p->subjects[0];
    if (ok && p->view == MN_VIEW_PATH && p->n_subjects == 1 && from->scope == MN_SCOPE_SITE &&
        m->sites[from->index].uses.n) {
        int service = m->sites[from->index].uses.at[0];
        p->subjects[p->n_subjects++] =
            (struct mn_found){MN_SCOPE_COMPONENT, m->services[service].component};
    }
    return ok;
}

static void show_progress(void *arg, int done, int total) {
    mn_cli_progress(arg, MN_M_draw_progress, done, total);
}

static int run(struct mn_cli *cli) {
    const char *file = mn_cli_option(cli, "output"), *paper = mn_cli_option(cli, "paper");
    const char *marks = mn_cli_option(cli, "mark"), *dpi = mn_cli_option(cli, "dpi");
    const char *blank = mn_cli_option(cli, "blank");
    int view = mn_view_parse(cli->args[0]), usual = view == MN_VIEW_ATLAS ? MN_PDF : MN_SVG,
        format = mn_cli_picture_format(cli, file, (enum mn_format)usual);
    struct mn_mark *marked = NULL;
    struct mn_picture p = {.view = (enum mn_view)view,
                           .lang = cli->lang,
                           .links = mn_cli_option(cli, "links") != NULL,
                           .progress = show_progress,
                           .progress_arg = cli};
    if (view < 0)
        return mn_cli_usage(cli, MN_M_draw_view, MN_ARGS(cli->args[0], view_words(cli)));
    if (format < 0)
        return MN_EXIT_USAGE;
    if (cli->n_args - 1 > mn_view_info(p.view)->most)
        return mn_cli_usage(cli, MN_M_draw_too_many,
                            MN_ARGS(cli->args[0], cli->args[cli->n_args - 1]));
    p.format = (enum mn_format)format;
    p.build_up = mn_cli_option(cli, "build-up") != NULL;
    p.blank = blank ? (enum mn_blank)mn_blank_parse(blank) : MN_BLANK_NONE;
    p.key = mn_cli_option(cli, "key") != NULL;
    const char *wrong_kind = p.key && !p.blank                       ? "--key"
                             : p.blank && p.build_up                 ? "--blank --build-up"
                             : p.blank && p.format == MN_HTML        ? "--blank html"
                             : p.blank && p.view == MN_VIEW_ATLAS    ? "--blank atlas"
                             : p.build_up && p.view == MN_VIEW_ATLAS ? "--build-up atlas"
                                                                     : NULL;
    if (wrong_kind)
        return mn_cli_usage(cli, p.key && !p.blank ? MN_M_draw_key_alone : MN_M_draw_not_both,
                            MN_ARGS(wrong_kind));
    p.paper = paper ? (enum mn_paper)mn_paper_parse(paper) : MN_PAPER_AUTO;
    if (dpi) {
        char *end;
        long n = strtol(dpi, &end, 10);
        if (*end || n < 30 || n > 600)
            return mn_cli_usage(cli, MN_M_draw_dpi, MN_ARGS(dpi));
        p.dpi = (int)n;
    }
    if (mn_view_info(p.view)->models && cli->n_args == 3) {
        cli->model_path = cli->args[2];
        p.before = mn_cli_other_model(cli, cli->args[1]);
    }
    const struct mn_model *m = mn_cli_model(cli);
    if (!m || mn_diags_errors(cli->diags))
        return mn_cli_failed(cli, MN_EXIT_NO);
    struct mn_documents drawn = {0};
    bool ok = find_subjects(cli, m, &p) &&
              (!marks || mn_marks_parse(m, marks, &marked, &p.n_marks, cli->diags));
    int status = ok ? MN_EXIT_DONE : MN_EXIT_USAGE;
    p.marks = marked;
    if (ok && !mn_diagram_open(cli->diags)) {
        ok = false;
        status = MN_EXIT_BROKEN;
    } else if (ok && !mn_diagram_documents(m, &p, &drawn, cli->diags)) {
        ok = false;
        mn_cli_progress(cli, MN_M_draw_progress, 0, 0);
        /* one that lacks its subject is written wrongly, as is a book that would be no PDF */
        bool wrong = p.n_subjects < mn_view_info(p.view)->least ||
                     (mn_view_info(p.view)->models && !p.before) ||
                     (p.view == MN_VIEW_ATLAS && p.format != MN_PDF);
        status = wrong ? MN_EXIT_USAGE : MN_EXIT_NO;
    }
    if (ok)
        status = mn_cli_put_documents(cli, m, &p, file, &drawn);
    mn_documents_fini(&drawn);
    free(marked);
    return status == MN_EXIT_DONE ? status : mn_cli_failed(cli, (enum mn_exit)status);
}

static const struct mn_option options[] = {
    {"output", "FILE", MN_M_opt_draw_output, NULL},
    {"format", "svg|pdf|png|html|dot|json", MN_M_opt_draw_format, "svg pdf png html dot json"},
    {"paper", "A4|A3|A2|A1|A0|slide", MN_M_opt_draw_paper, "A4 A3 A2 A1 A0 slide"},
    {"mark", "MARK=ID,…", MN_M_opt_draw_mark, NULL},
    {"blank", "labels|roles|lines", MN_M_opt_draw_blank, "labels roles lines"},
    {"key", NULL, MN_M_opt_draw_key, NULL},
    {"build-up", NULL, MN_M_opt_draw_build_up, NULL},
    {"dpi", "N", MN_M_opt_draw_dpi, NULL},
    {"html", NULL, MN_M_opt_draw_html, NULL},
    {"links", NULL, MN_M_opt_draw_links, NULL},
    {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_draw = {
    .name = "draw",
    .usage = "VIEW [SUBJECT…]",
    .least = 1,
    .most = 1 + MN_MOST_SUBJECTS,
    .summary = MN_M_draw_summary,
    .help = MN_M_draw_help,
    .options = options,
    .run = run,
    .topic = topic,
};
