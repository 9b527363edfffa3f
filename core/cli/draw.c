/* draw: a picture of the network, or of a part of it, into a file. */
#include "base/mem.h"
#include "base/write.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "diagram/diagram.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What may be named as the subject of each view. */
static const unsigned subjects[MN_VIEWS] = {[MN_VIEW_AREA] = MN_SCOPE_AREA,
                                            [MN_VIEW_SITE] = MN_SCOPE_SITE,
                                            [MN_VIEW_PATH] = MN_SCOPE_SITE | MN_SCOPE_COMPONENT,
                                            [MN_VIEW_SERVICE] = MN_SCOPE_SERVICE};

/* The part of a file's name after its last dot, "" when there is none. */
static const char *extension(const char *path) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    return dot && (!slash || dot > slash + 1) && dot != path ? dot + 1 : "";
}

/* The format that was asked for, or the file name's, or SVG. -1 after saying what is wrong. */
static int choose_format(struct mn_cli *cli, const char *file) {
    const char *given = mn_cli_option(cli, "format");
    if (given)
        return mn_format_parse(given); /* one of the choices */
    if (!file || strcmp(file, "-") == 0 || !*extension(file))
        return MN_SVG;
    int format = mn_format_parse(extension(file));
    if (format < 0)
        mn_cli_usage(cli, MN_M_draw_extension, MN_ARGS(file));
    return format;
}

static const char *subject_id(const struct mn_model *m, struct mn_found f) {
    return f.scope == MN_SCOPE_SITE   ? m->sites[f.index].id
           : f.scope == MN_SCOPE_AREA ? m->areas[f.index].id
                                      : m->components[f.index].id;
}

/* "site-26740.svg": in the working folder. */
static const char *default_file(struct mn_cli *cli, const struct mn_model *m,
                                const struct mn_picture *p) {
    const char *view = mn_view_name(p->view), *format = mn_format_name(p->format);
    char *name =
        p->other.scope ? mn_arena_printf(cli->arena, "%s-%s-%s.%s", view, subject_id(m, p->subject),
                                         subject_id(m, p->other), format)
        : p->subject.scope
            ? mn_arena_printf(cli->arena, "%s-%s.%s", view, subject_id(m, p->subject), format)
            : mn_arena_printf(cli->arena, "%s.%s", view, format);
    for (char *c = name; *c; c++)
        if (*c == '/')
            *c = '_';
    return name;
}

/* A path with one end named goes to the first service that is used there. */
static bool find_subjects(struct mn_cli *cli, const struct mn_model *m, struct mn_picture *p) {
    bool ok = true;
    if (cli->n_args > 1)
        ok = mn_model_lookup(m, cli->args[1], subjects[p->view], &p->subject, cli->diags);
    if (ok && cli->n_args > 2)
        ok = mn_model_lookup(m, cli->args[2], subjects[p->view], &p->other, cli->diags);
    if (ok && p->view == MN_VIEW_PATH && cli->n_args == 2 && p->subject.scope == MN_SCOPE_SITE &&
        m->sites[p->subject.index].uses.n) {
        int service = m->sites[p->subject.index].uses.at[0];
        p->other = (struct mn_found){MN_SCOPE_COMPONENT, m->services[service].component};
    }
    return ok;
}

static int say(struct mn_cli *cli, const char *file, const struct mn_picture *p, size_t size) {
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:s,s:s,s:s,s:I}", "file", file, "view", mn_view_name(p->view),
                                   "format", mn_format_name(p->format), "bytes", (json_int_t)size));
    else
        mn_cli_say(cli, MN_M_draw_done, MN_ARGS(file));
    return MN_EXIT_DONE;
}

static int run(struct mn_cli *cli) {
    const char *file = mn_cli_option(cli, "output"), *paper = mn_cli_option(cli, "paper");
    const char *marks = mn_cli_option(cli, "mark"), *dpi = mn_cli_option(cli, "dpi");
    int view = mn_view_parse(cli->args[0]), format = choose_format(cli, file);
    struct mn_mark *marked = NULL;
    struct mn_picture p = {.view = (enum mn_view)view, .lang = cli->lang};
    if (view < 0)
        return mn_cli_usage(cli, MN_M_draw_view, MN_ARGS(cli->args[0]));
    if (format < 0)
        return MN_EXIT_USAGE;
    if (cli->n_args - 1 > (view == MN_VIEW_CITY ? 0 : view == MN_VIEW_PATH ? 2 : 1))
        return mn_cli_usage(cli, MN_M_draw_too_many,
                            MN_ARGS(cli->args[0], cli->args[cli->n_args - 1]));
    p.format = (enum mn_format)format;
    p.paper = paper ? (enum mn_paper)mn_paper_parse(paper) : MN_PAPER_AUTO;
    if (dpi) {
        char *end;
        long n = strtol(dpi, &end, 10);
        if (*end || n < 30 || n > 600)
            return mn_cli_usage(cli, MN_M_draw_dpi, MN_ARGS(dpi));
        p.dpi = (int)n;
    }
    const struct mn_model *m = mn_cli_model(cli);
    if (!m)
        return mn_cli_failed(cli, MN_EXIT_NO);
    struct mn_buf bytes = MN_BUF_INIT;
    bool ok = find_subjects(cli, m, &p) &&
              (!marks || mn_marks_parse(m, marks, &marked, &p.n_marks, cli->diags));
    int status = ok ? MN_EXIT_DONE : MN_EXIT_USAGE;
    p.marks = marked;
    if (ok && !mn_diagram_draw(m, &p, &bytes, cli->diags)) {
        ok = false;
        /* city needs no subject; of the others, one that names none is written wrongly */
        status = cli->n_args == 1 && view != MN_VIEW_CITY ? MN_EXIT_USAGE : MN_EXIT_NO;
    }
    if (ok && file && strcmp(file, "-") == 0) {
        ok = fwrite(bytes.data, 1, bytes.size, cli->out) == bytes.size && fflush(cli->out) == 0;
        if (!ok)
            mn_diag_refused(cli->diags, MN_D_file_write, MN_NOWHERE, "-", errno);
    } else if (ok) {
        if (!file)
            file = default_file(cli, m, &p);
        ok = mn_write_file(file, &bytes, false, cli->diags);
        if (ok)
            say(cli, file, &p, bytes.size);
    }
    if (!ok && status == MN_EXIT_DONE)
        status = MN_EXIT_BROKEN;
    mn_buf_fini(&bytes);
    free(marked);
    return ok ? MN_EXIT_DONE : mn_cli_failed(cli, (enum mn_exit)status);
}

static const struct mn_option options[] = {
    {"output", "FILE", MN_M_opt_draw_output, NULL},
    {"format", "svg|pdf|png|dot", MN_M_opt_draw_format, "svg pdf png dot"},
    {"paper", "A4|A3|A2|A1|A0", MN_M_opt_draw_paper, "A4 A3 A2 A1 A0"},
    {"mark", "MARK=ID,…", MN_M_opt_draw_mark, NULL},
    {"dpi", "N", MN_M_opt_draw_dpi, NULL},
    {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_draw = {
    "draw",  "VIEW [SUBJECT [OTHER]]",      1,   3,    MN_M_draw_summary, MN_M_draw_help,
    options, "city area site path service", run, false};
