/* resume: come back to an incident, at exactly the step where it was left. */
#include "base/clock.h"
#include "cli/choose.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/today.h"
#include "cli/walk.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_ANSWERS 6 /* what was done is in the report; here only the last of it */

static void greet(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    const struct mn_incident *i = s->incident;
    char at[MN_TIME_TEXT];
    mn_time_local(i->journal->events[0].at, s->utc_offset, at);
    mn_screen_blank(cli);
    mn_screen_heading(cli, MN_M_resume_again, MN_ARGS(i->id));
    mn_screen_say(cli, MN_M_resume_opened, MN_ARGS(at, i->journal->events[0].actor));
    mn_screen_text(cli, mn_cli_text(cli, mn_json_get_text(i->runbook, "title")));
    mn_session_say_subject(s);
    mn_walk_tell_parent(s);
    mn_walk_tell_known(s);
    if (i->n_answers == 0)
        return;
    mn_screen_blank(cli);
    mn_screen_say(cli, MN_M_resume_answers,
                  MN_ARGS(mn_arena_printf(s->arena, "%zu", i->n_answers)));
    mn_walk_answers(s, i->n_answers > SHOWN_ANSWERS ? i->n_answers - SHOWN_ANSWERS : 0);
}

/* The only open incident, or the one that is chosen. NULL: none, left, or a diagnostic. */
static char *open_incident(struct mn_cli *cli, struct mn_store *store, struct mn_reader *r,
                           enum mn_read *end) {
    char **ids;
    size_t n, open = 0;
    *end = MN_READ_LINE;
    if (!mn_journal_list(store, &ids, &n, cli->diags))
        return NULL;
    const char **texts = MN_ARENA_ARRAY(cli->arena, const char *, n + 1);
    char **which = MN_ARENA_ARRAY(cli->arena, char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct mn_incident *incident = mn_incident_load(store, ids[i], true, cli->diags);
        if (incident && incident->status == MN_INCIDENT_OPEN) {
            const json_t *o = incident->opened;
            which[open] = ids[i];
            texts[open++] = mn_arena_printf(
                cli->arena, "%s  %s: %s", ids[i],
                mn_cli_text(cli, mn_json_get_text(json_object_get(o, "site"), "name")),
                mn_cli_text(cli, mn_json_get_text(incident->runbook, "title")));
        }
        mn_incident_free(incident);
    }
    int chosen = open == 1 ? 0 : -1;
    if (open > 1)
        chosen = mn_choose(cli, r, MN_M_resume_which, MN_NO_ARGS, texts, (int)open, end);
    else if (open == 0)
        mn_diag(cli->diags, MN_D_nothing_open, MN_NOWHERE, MN_ARGS(mn_store_path(store)));
    char *id = chosen >= 0 ? mn_strdup(which[chosen]) : NULL;
    for (size_t i = 0; i < n; i++)
        free(ids[i]);
    free(ids);
    return id;
}

/* Records that the incident follows today's runbook, and says so. */
static bool move(struct mn_session *s, const struct mn_runbook *runbook) {
    struct mn_cli *cli = s->cli;
    struct mn_today today;
    bool moved = false;
    enum mn_append added = MN_NOT_APPENDED;
    if (mn_today_take(cli, runbook, &today)) {
        struct mn_opening to = {.runbook = runbook,
                                .runbook_files = today.runbook_files,
                                .library_files = today.library_files,
                                .program = MN_VERSION};
        added =
            mn_record_upgraded(s->store, s->incident, &to, mn_session_by(s), &moved, cli->diags);
    }
    mn_today_fini(&today);
    if (added == MN_OVERTAKEN)
        mn_screen_say(cli, MN_M_resume_overtaken, MN_NO_ARGS);
    if (added == MN_APPENDED)
        mn_screen_say(cli, moved ? MN_M_resume_upgraded : MN_M_resume_current,
                      MN_ARGS(runbook->id, mn_arena_printf(cli->arena, "%d", runbook->version),
                              mn_arena_printf(cli->arena, "%zu", s->incident->n_answers)));
    return added == MN_APPENDED;
}

/* Moves an open incident to its runbook as that is today when the answers fit it; otherwise says
 * which does not, and nothing has changed. False: not moved, with what was said. */
static bool upgrade(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    const struct mn_incident *i = s->incident;
    const struct mn_runbook *runbook;
    struct mn_progress p;
    if (i->status != MN_INCIDENT_OPEN) {
        mn_diag(cli->diags, MN_D_incident_not_open, MN_NOWHERE, MN_ARGS(i->id));
        return false;
    }
    const char *id = mn_json_string(i->runbook, "id");
    struct mn_arena *a = mn_arena_new();
    enum mn_fit fit = mn_today_fits(cli, i, a, &runbook, &p);
    if (fit == MN_FIT_NOT) {
        mn_screen_say(cli, MN_M_resume_differs,
                      MN_ARGS(id ? id : "", mn_arena_printf(a, "%zu", p.n_path + 1)));
        mn_today_show(cli, i, &p, a);
    } else if (fit == MN_FIT_GONE) {
        mn_diag(cli->diags, MN_D_unknown_runbook, MN_NOWHERE, MN_ARGS(id ? id : ""));
    }
    mn_arena_free(a);
    return fit == MN_FIT && move(s, runbook);
}

/* Comes back to the incident, moved to today's runbook if that was asked for. Takes the store. */
static int come_back(struct mn_cli *cli, struct mn_store *store, const char *id,
                     struct mn_reader *r) {
    struct mn_session *s = mn_session_resume(cli, store, id);
    int status = mn_session_unknown(cli) ? MN_EXIT_NO : MN_EXIT_BROKEN;
    if (s && mn_cli_option(cli, "upgrade") && (!upgrade(s) || !mn_session_again(s))) {
        mn_session_free(s);
        return MN_EXIT_NO;
    }
    if (s) {
        greet(s);
        bool asked = mn_walk_handing(s, r) && mn_walk_unknown(s, r);
        /* Where the input has ended, the walk says how to come back. */
        status = !asked && mn_diags_errors(cli->diags) ? MN_EXIT_NO : mn_walk(s, r);
    }
    mn_session_free(s);
    return status;
}

static int run(struct mn_cli *cli) {
    const char *answers = mn_cli_option(cli, "answers");
    struct mn_reader *r = answers ? mn_reader_file(cli, answers) : mn_reader_stdin(cli);
    struct mn_store *store = r ? mn_session_store(cli, MN_STORE_ADD) : NULL;
    enum mn_read end = MN_READ_LINE;
    char *id = NULL;
    if (store)
        id = cli->n_args ? mn_strdup(cli->args[0]) : open_incident(cli, store, r, &end);
    int status = !store ? MN_EXIT_BROKEN : end == MN_READ_LINE ? MN_EXIT_NO : MN_EXIT_DONE;
    if (id) {
        status = come_back(cli, store, id, r);
        store = NULL; /* the session's */
    }
    free(id);
    mn_store_close(store);
    mn_reader_free(r);
    mn_cli_flush_diags(cli);
    return status;
}

static const struct mn_option options[] = {{"answers", "FILE", MN_M_opt_answers, NULL},
                                           {"as", "NAME", MN_M_opt_as, NULL},
                                           {"store", "FILE", MN_M_opt_store, NULL},
                                           {"upgrade", NULL, MN_M_opt_upgrade, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_resume = {
    .name = "resume",
    .usage = "[INCIDENT]",
    .least = 0,
    .most = 1,
    .summary = MN_M_resume_summary,
    .help = MN_M_resume_help,
    .options = options,
    .run = run,
    .no_json = true,
};
