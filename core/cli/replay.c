/* replay: every recorded incident against today's runbooks. */
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/today.h"

#include <stdlib.h>
#include <string.h>

/* How an incident came through, for the report. */
struct outcome {
    enum mn_fit fit;
    int version;      /* of today's runbook; 0: there is none */
    const char *step; /* that is open now, or that was asked instead; "" */
};

static const char *number(struct mn_cli *cli, size_t n) {
    return mn_arena_printf(cli->arena, "%zu", n);
}

/* {"id","runbook":{id,version},"today":version or null,"result","answers","at","step"}: `at` is the
 * answer that does not fit, from 1, or null. */
static json_t *describe(const struct mn_incident *i, const struct outcome *o, size_t at) {
    static const char *const results[] = {"fits", "differs", "gone", "fails"};
    json_t *doc = json_object(), *runbook = json_object();
    json_object_set_new(doc, "id", json_string(i->id));
    json_object_set(runbook, "id", json_object_get(i->runbook, "id"));
    json_object_set(runbook, "version", json_object_get(i->runbook, "version"));
    json_object_set_new(doc, "runbook", runbook);
    json_object_set_new(doc, "today", o->version ? json_integer(o->version) : json_null());
    json_object_set_new(doc, "result", json_string(results[o->fit]));
    json_object_set_new(doc, "answers", json_integer((json_int_t)i->n_answers));
    json_object_set_new(doc, "at",
                        o->fit == MN_FIT_NOT ? json_integer((json_int_t)at + 1) : json_null());
    json_object_set_new(doc, "step", *o->step ? json_string(o->step) : json_null());
    return doc;
}

static void say(struct mn_cli *cli, const struct mn_incident *i, const struct outcome *o,
                const struct mn_progress *p, struct mn_arena *a) {
    static const enum mn_message texts[] = {MN_M_replay_fits, MN_M_replay_differs, MN_M_replay_gone,
                                            MN_M_replay_fails};
    const char *id = mn_json_string(i->runbook, "id");
    mn_cli_say(cli, texts[o->fit],
               MN_ARGS(i->id, id ? id : "", number(cli, i->n_answers), number(cli, p->n_path + 1)));
    if (o->fit == MN_FIT_NOT)
        mn_today_show(cli, i, p, a);
}

static bool replay(struct mn_cli *cli, struct mn_store *store, const char *id, json_t *rows,
                   int counts[]) {
    struct mn_incident *i = mn_incident_load(store, id, false, cli->diags);
    if (!i)
        return false;
    struct mn_arena *a = mn_arena_new();
    const struct mn_runbook *today;
    struct mn_progress p = {0};
    struct outcome o = {.step = ""};
    o.fit = mn_today_fits(cli, i, a, &today, &p);
    o.version = today ? today->version : 0;
    if (p.step && o.fit != MN_FIT_FAILED)
        o.step = p.step->key;
    counts[o.fit]++;
    if (cli->json)
        json_array_append_new(rows, describe(i, &o, p.n_path));
    else
        say(cli, i, &o, &p, a);
    mn_cli_flush_diags(cli);
    mn_arena_free(a);
    mn_incident_free(i);
    return true;
}

/* Those that are named, or all, in the arena. NULL with a diagnostic. */
static const char **incidents(struct mn_cli *cli, struct mn_store *store, size_t *n) {
    if (!mn_cli_option(cli, "all"))
        return mn_session_named(cli, store, 0, n);
    char **all;
    if (!mn_journal_list(store, &all, n, cli->diags))
        return NULL;
    const char **ids = MN_ARENA_ARRAY(cli->arena, const char *, *n + 1);
    for (size_t k = 0; k < *n; k++) {
        ids[k] = mn_arena_strdup(cli->arena, all[k]);
        free(all[k]);
    }
    free(all);
    return ids;
}

static int run(struct mn_cli *cli) {
    if (!cli->n_args == !mn_cli_option(cli, "all"))
        return mn_cli_usage(cli, MN_M_replay_which, MN_NO_ARGS);
    struct mn_store *store = mn_session_store(cli, MN_STORE_READ);
    size_t n = 0;
    const char **ids = store ? incidents(cli, store, &n) : NULL;
    if (!ids) {
        mn_store_close(store);
        return mn_cli_failed(cli, mn_session_unknown(cli) ? MN_EXIT_NO : MN_EXIT_BROKEN);
    }
    mn_cli_catalogue(cli); /* what is wrong with the runbooks themselves is said first */
    mn_cli_flush_diags(cli);
    json_t *rows = json_array();
    int counts[MN_FIT_FAILED + 1] = {0};
    bool ok = true;
    for (size_t k = 0; k < n; k++)
        ok = replay(cli, store, ids[k], rows, counts) && ok;
    mn_store_close(store);
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:o}", "incidents", rows));
    else
        json_decref(rows);
    if (!cli->json && ok)
        mn_cli_say(cli, MN_M_replay_sum,
                   MN_ARGS(number(cli, n), number(cli, (size_t)counts[MN_FIT]),
                           number(cli, n - (size_t)counts[MN_FIT])));
    int status = counts[MN_FIT] == (int)n ? MN_EXIT_DONE : MN_EXIT_NO;
    return ok ? status : mn_cli_failed(cli, mn_session_unknown(cli) ? MN_EXIT_NO : MN_EXIT_BROKEN);
}

static const struct mn_option options[] = {{"all", NULL, MN_M_opt_replay_all, NULL},
                                           {"store", "FILE", MN_M_opt_store, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_replay = {
    .name = "replay",
    .usage = "[INCIDENT…]",
    .least = 0,
    .most = -1,
    .summary = MN_M_replay_summary,
    .help = MN_M_replay_help,
    .options = options,
    .run = run,
};
