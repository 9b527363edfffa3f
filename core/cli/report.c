/* report: an incident told, as Markdown or as one HTML file. */
#include "incident/report.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/write.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "incident/where.h"

#include <string.h>

/* The model as it was pinned. NULL when the store has lost it: the journal is told all the same,
 * and a diagnostic says what is missing. */
static struct mn_model *pinned_model(struct mn_cli *cli, struct mn_store *store,
                                     const struct mn_incident *i, struct mn_files **files) {
    const char *hash = mn_json_string(json_object_get(i->opened, "pins"), "model");
    *files = mn_store_pinned(store, hash ? hash : "", i->id, cli->diags);
    if (!*files)
        return NULL;
    struct mn_diags *d = mn_diags_new();
    struct mn_model *m = mn_model_load(*files, d);
    if (!m)
        mn_diags_move(cli->diags, d);
    mn_diags_free(d);
    return m;
}

/* Whether the option, or else the file's name, says HTML. False when the name says neither. */
static bool choose_format(struct mn_cli *cli, const char *path, bool *html) {
    static const struct {
        const char *ending;
        bool html;
    } known[] = {{".html", true}, {".htm", true}, {".md", false}, {".markdown", false}};
    const char *format = mn_cli_option(cli, "format"), *dot = path ? strrchr(path, '.') : NULL;
    *html = format && strcmp(format, "html") == 0;
    if (format || !dot || strchr(dot, '/') || strcmp(path, "-") == 0)
        return true;
    for (size_t i = 0; i < MN_COUNT(known); i++) {
        if (strcmp(dot, known[i].ending) == 0) {
            *html = known[i].html;
            return true;
        }
    }
    return false;
}

static bool write_report(struct mn_cli *cli, struct mn_store *store, const struct mn_incident *i,
                         bool html) {
    const char *path = mn_cli_option(cli, "output");
    struct mn_files *files;
    struct mn_model *m = pinned_model(cli, store, i, &files);
    struct mn_buf svg = MN_BUF_INIT, text = MN_BUF_INIT;
    struct mn_subject subject = m ? mn_incident_subject(i, m) : (struct mn_subject){-1, -1};
    if (html && m && (subject.component >= 0 || subject.site >= 0))
        mn_where_picture(m, subject, cli->lang, &svg, cli->diags);
    struct mn_report report = {.incident = i,
                               .model = m,
                               .lang = cli->lang,
                               .utc_offset = mn_utc_offset(),
                               .now = mn_clock_now(),
                               .html = html,
                               .svg = &svg};
    mn_report_write(&report, &text);
    bool ok = true;
    if (path && strcmp(path, "-") != 0) {
        ok = mn_write_file(path, &text, false, cli->diags);
        if (ok)
            mn_cli_tell(cli, MN_M_report_written, MN_ARGS(path));
    } else {
        fwrite(mn_buf_text(&text), 1, text.size, cli->out);
    }
    mn_buf_fini(&svg);
    mn_buf_fini(&text);
    mn_model_free(m);
    mn_files_free(files);
    return ok;
}

static int run(struct mn_cli *cli) {
    const char *path = mn_cli_option(cli, "output");
    bool html;
    if (!choose_format(cli, path, &html))
        return mn_cli_usage(cli, MN_M_report_which_format, MN_ARGS(path));
    struct mn_store *store = mn_session_store(cli, MN_STORE_READ);
    struct mn_incident *i = store ? mn_incident_load(store, cli->args[0], true, cli->diags) : NULL;
    int status = MN_EXIT_BROKEN;
    if (i)
        status = write_report(cli, store, i, html) && !i->journal->broken ? MN_EXIT_DONE
                                                                          : MN_EXIT_BROKEN;
    else if (store && mn_session_unknown(cli))
        status = MN_EXIT_NO;
    mn_incident_free(i);
    mn_store_close(store);
    return mn_cli_flush_diags(cli) && status == MN_EXIT_DONE ? MN_EXIT_BROKEN : status;
}

static const struct mn_option options[] = {{"output", "FILE", MN_M_opt_report_output, NULL},
                                           {"format", "md|html", MN_M_opt_report_format, "md html"},
                                           {"store", "FILE", MN_M_opt_store, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_report = {
    .name = "report",
    .usage = "INCIDENT",
    .least = 1,
    .most = 1,
    .summary = MN_M_report_summary,
    .help = MN_M_report_help,
    .options = options,
    .run = run,
    .no_json = true,
};
