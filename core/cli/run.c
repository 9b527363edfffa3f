/* run: walk a runbook for something that is broken. */
#include "cli/choose.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/walk.h"
#include "cli/watch.h"

#include <string.h>

static void greet(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    const json_t *opened = s->incident->opened;
    mn_screen_blank(cli);
    mn_screen_heading(cli, MN_M_run_opened, MN_ARGS(s->incident->id, s->actor));
    mn_screen_text(cli, mn_cli_text(cli, s->progress.runbook.title));
    mn_session_say_subject(s);
    const char *severity =
        mn_cli_text(cli, mn_json_get_text(json_object_get(opened, "severity"), "name"));
    if (*severity)
        mn_screen_say(cli, MN_M_run_severity, MN_ARGS(severity));
    mn_walk_tell_known(s);
    mn_screen_blank(cli);
    mn_screen_say(cli, MN_M_run_keys, MN_NO_ARGS);
}

static int run(struct mn_cli *cli) {
    if (mn_cli_option(cli, "watch") && (cli->n_args > 1 || mn_cli_option(cli, "store")))
        return mn_cli_usage(cli, MN_M_watch_usage, MN_NO_ARGS);
    const char *answers = mn_cli_option(cli, "answers");
    struct mn_reader *r = answers ? mn_reader_file(cli, answers) : mn_reader_stdin(cli);
    if (!r)
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    const char *watched = mn_cli_option(cli, "watch");
    if (watched) {
        int status = mn_watch(cli, r, watched, cli->n_args ? cli->args[0] : NULL);
        mn_reader_free(r);
        return status;
    }
    struct mn_choice_made made;
    enum mn_read end;
    int status = MN_EXIT_NO;
    /* First what no answer can mend. */
    struct mn_store *store = mn_session_actor(cli) ? mn_session_store(cli, MN_STORE_WRITE) : NULL;
    if (!store) {
        mn_reader_free(r);
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    }
    if (mn_choose_walk(cli, r, &made, &end)) {
        mn_cli_flush_diags(cli);
        struct mn_session *s =
            mn_session_begin(cli, store, made.runbook, made.subject, made.symptom);
        store = NULL; /* the session's */
        status = MN_EXIT_BROKEN;
        if (s) {
            greet(s);
            status = mn_walk(s, r);
        }
        mn_session_free(s);
    } else if (end != MN_READ_LINE) {
        mn_screen_say(cli, MN_M_run_not_opened, MN_NO_ARGS);
        status = MN_EXIT_DONE;
    }
    mn_store_close(store);
    mn_reader_free(r);
    mn_cli_flush_diags(cli);
    return status;
}

static const struct mn_option options[] = {
    {"symptom", "ID", MN_M_opt_symptom, NULL}, {"answers", "FILE", MN_M_opt_answers, NULL},
    {"watch", "FILE", MN_M_opt_watch, NULL},   {"as", "NAME", MN_M_opt_as, NULL},
    {"store", "FILE", MN_M_opt_store, NULL},   {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_run = {
    .name = "run",
    .usage = "[RUNBOOK] [SUBJECT]",
    .least = 0,
    .most = 2,
    .summary = MN_M_run_summary,
    .help = MN_M_run_help,
    .options = options,
    .run = run,
    .no_json = true,
};
