/* observe: what is known beside the incidents goes on record, and is told to those that it
 * concerns. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/session.h"

#include <stdlib.h>
#include <string.h>

static json_t *describe(const struct mn_observation *o) {
    json_t *doc = json_object(), *subject = json_object();
    json_object_set_new(subject, "id", json_string(o->subject));
    json_object_set_new(subject, "name", mn_json_text(o->name));
    json_object_set_new(doc, "number", json_integer(o->number));
    json_object_set_new(doc, "kind", json_string(mn_observed_kind_name(o->kind)));
    json_object_set_new(doc, "subject", subject);
    json_object_set_new(doc, "text", mn_json_text(o->text));
    json_object_set_new(doc, "at", mn_json_time(o->at));
    json_object_set_new(doc, "by", json_string(o->actor));
    json_object_set_new(doc, "from", mn_json_time(o->from));
    json_object_set_new(doc, "until", mn_json_time(o->until));
    json_object_set_new(doc, "ended", mn_json_time(o->ended));
    return doc;
}

static void say_row(struct mn_cli *cli, const struct mn_observation *o) {
    struct mn_buf span = MN_BUF_INIT, row = MN_BUF_INIT;
    int offset = mn_utc_offset();
    mn_observed_span(o->from, o->until, cli->lang, offset, &span);
    mn_msg_add(&row, MN_M_observed_row, cli->lang,
               MN_ARGS(mn_arena_printf(cli->arena, "%d", o->number),
                       mn_msg(mn_observed_kind_text(o->kind), cli->lang), mn_cli_text(cli, o->name),
                       o->subject, mn_cli_text(cli, o->text), mn_buf_text(&span), o->actor));
    if (o->ended >= 0) {
        char at[MN_TIME_TEXT];
        struct mn_buf over = MN_BUF_INIT;
        mn_time_local(o->ended, offset, at);
        mn_msg_add(&over, MN_M_observed_over, cli->lang, MN_ARGS(mn_buf_text(&row), at));
        mn_buf_fini(&row);
        row = over;
    }
    mn_screen_indented(cli, "", "   ", mn_buf_text(&row));
    mn_buf_fini(&span);
    mn_buf_fini(&row);
}

static int list(struct mn_cli *cli, bool all) {
    struct mn_store *store = mn_session_store(cli, MN_STORE_READ);
    struct mn_observations *o = store ? mn_observations_read(store, cli->diags) : NULL;
    json_t *rows = json_array();
    size_t shown = 0;
    for (size_t n = 0; o && n < o->n; n++) {
        if (!all && !mn_observation_holds(&o->at[n], mn_clock_now()))
            continue;
        shown++;
        if (cli->json)
            json_array_append_new(rows, describe(&o->at[n]));
        else
            say_row(cli, &o->at[n]);
    }
    if (o && cli->json)
        mn_cli_json(cli, json_pack("{s:O}", "observations", rows));
    else if (o && shown == 0)
        mn_cli_say(cli, MN_M_observe_none, MN_NO_ARGS);
    json_decref(rows);
    bool ok = o != NULL;
    mn_observations_free(o);
    mn_store_close(store);
    mn_cli_flush_diags(cli);
    return ok ? MN_EXIT_DONE : MN_EXIT_BROKEN;
}

/* The option as a time, or `otherwise`. False with a diagnostic. */
static bool take_time(struct mn_cli *cli, const char *option, int64_t otherwise, int64_t *t) {
    const char *text = mn_cli_option(cli, option);
    *t = otherwise;
    if (!text || mn_time_given(text, mn_clock_now(), mn_utc_offset(), t))
        return true;
    mn_diag(cli->diags, MN_D_observe_time, MN_NOWHERE, MN_ARGS(text));
    return false;
}

/* What is to be recorded, from the arguments. False with a diagnostic. */
static bool take(struct mn_cli *cli, struct mn_observation *o) {
    const struct mn_model *m = mn_cli_model(cli);
    const char *kind = mn_cli_option(cli, "kind"), *en = mn_cli_option(cli, "en");
    struct mn_found found;
    *o = (struct mn_observation){.actor = mn_session_actor(cli), .at = mn_clock_now(), .ended = -1};
    if (!m || !o->actor ||
        !mn_model_lookup(m, cli->args[0], MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &found, cli->diags) ||
        !mn_session_text_ok(cli, cli->args[1], MN_NOWHERE) ||
        (en && !mn_session_text_ok(cli, en, MN_NOWHERE)))
        return false;
    bool site = found.scope == MN_SCOPE_SITE;
    o->subject = site ? m->sites[found.index].id : m->components[found.index].id;
    o->name = site ? m->sites[found.index].name.full : m->components[found.index].name.full;
    o->text = (struct mn_text){cli->args[1], en ? en : cli->args[1]};
    mn_observed_kind_of(kind ? kind : "news", &o->kind);
    if (!take_time(cli, "from", o->at, &o->from) || !take_time(cli, "until", -1, &o->until))
        return false;
    if (o->until >= 0 && o->until <= o->from) {
        mn_diag(cli->diags, MN_D_observe_order, MN_NOWHERE, MN_NO_ARGS);
        return false;
    }
    return true;
}

static int observe(struct mn_cli *cli) {
    struct mn_observation o;
    if (!take(cli, &o))
        return mn_cli_failed(cli, MN_EXIT_NO);
    struct mn_store *store = mn_session_store(cli, MN_STORE_WRITE);
    enum mn_append result = store ? MN_OVERTAKEN : MN_NOT_APPENDED;
    while (result == MN_OVERTAKEN) {
        struct mn_observations *all = mn_observations_read(store, cli->diags);
        result = all ? mn_observe(store, all, &o, cli->diags) : MN_NOT_APPENDED;
        mn_observations_free(all);
    }
    mn_store_close(store);
    if (result != MN_APPENDED)
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    mn_cli_flush_diags(cli);
    if (cli->json)
        mn_cli_json(cli, describe(&o));
    else
        mn_cli_say(cli, MN_M_observe_done,
                   MN_ARGS(mn_arena_printf(cli->arena, "%d", o.number), mn_cli_text(cli, o.name)));
    return MN_EXIT_DONE;
}

/* The one with that number, not yet recorded as over; NULL with a diagnostic. */
static const struct mn_observation *find(struct mn_cli *cli, const struct mn_observations *all) {
    char *rest;
    long number = strtol(cli->args[1], &rest, 10);
    for (size_t n = 0; n < all->n && !*rest; n++)
        if (all->at[n].number == number && all->at[n].ended < 0)
            return &all->at[n];
    mn_diag(cli->diags, MN_D_observe_unknown, MN_NOWHERE, MN_ARGS(cli->args[1]));
    return NULL;
}

static int end(struct mn_cli *cli) {
    const char *actor = mn_session_actor(cli);
    struct mn_store *store = actor ? mn_session_store(cli, MN_STORE_ADD) : NULL;
    enum mn_append result = store ? MN_OVERTAKEN : MN_NOT_APPENDED;
    bool unknown = false;
    while (result == MN_OVERTAKEN) {
        struct mn_observations *all = mn_observations_read(store, cli->diags);
        const struct mn_observation *o = all ? find(cli, all) : NULL;
        unknown = all && !o;
        result = o ? mn_observation_end(store, all, o->number, mn_clock_now(), actor, cli->diags)
                   : MN_NOT_APPENDED;
        mn_observations_free(all);
    }
    mn_store_close(store);
    if (result != MN_APPENDED)
        return mn_cli_failed(cli, unknown ? MN_EXIT_NO : MN_EXIT_BROKEN);
    mn_cli_flush_diags(cli);
    mn_cli_say(cli, MN_M_observe_ended, MN_ARGS(cli->args[1]));
    return MN_EXIT_DONE;
}

static int run(struct mn_cli *cli) {
    if (cli->n_args == 0 || (cli->n_args == 1 && strcmp(cli->args[0], "all") == 0))
        return list(cli, cli->n_args == 1);
    if (cli->n_args == 2 && strcmp(cli->args[0], "end") == 0)
        return end(cli);
    if (cli->n_args == 2)
        return observe(cli);
    return mn_cli_usage(cli, MN_M_observe_usage, MN_NO_ARGS);
}

static const struct mn_option options[] = {
    {"kind", "KIND", MN_M_opt_observe_kind, "outage planned news"},
    {"from", "TIME", MN_M_opt_observe_from, NULL},
    {"until", "TIME", MN_M_opt_observe_until, NULL},
    {"en", "TEXT", MN_M_opt_observe_en, NULL},
    {"as", "NAME", MN_M_opt_as, NULL},
    {"store", "FILE", MN_M_opt_store, NULL},
    {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_observe = {
    .name = "observe",
    .usage = "[all] | SUBJECT TEXT | end N",
    .least = 0,
    .most = 2,
    .summary = MN_M_observe_summary,
    .help = MN_M_observe_help,
    .options = options,
    .subcommands = "all end",
    .run = run,
};
