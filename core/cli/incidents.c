/* incidents: the list, and what is done to one without walking it. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/session.h"
#include "cli/transfer.h"
#include "incident/delegation.h"
#include "incident/handing.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *const states[] = {"open", "resolved", "cancelled"};

/* Whose child an incident is; what an open one waits for, if that has a deadline or is a child. */
struct next {
    const char *parent, *child; /* in the command's arena, or NULL */
    enum mn_awaited awaited;    /* by the parent */
    struct mn_text responsible; /* the incident's */
    const char *given_to;       /* who has not acknowledged it yet, or NULL; the incident's */
    bool due, overdue;
    int64_t at;
    const char *step; /* in the command's arena */
};

struct listing {
    struct mn_cli *cli;
    struct mn_store *store;
    struct mn_waiting *waiting;
    int status; /* only those; -1: all */
    json_t *rows;
    size_t shown;
};

static void take_waits(struct mn_cli *cli, const struct mn_waits *waits, struct next *next) {
    next->child = waits->child ? mn_arena_strdup(cli->arena, waits->child) : NULL;
    next->due = waits->step != NULL;
    if (!next->due)
        return;
    next->at = waits->at;
    next->overdue = next->at <= mn_clock_now();
    next->step = mn_arena_strdup(cli->arena, waits->step);
}

/* Nothing is put on record; a runbook that fails is not this list's to tell. */
static void look(struct listing *l, const struct mn_head *head, struct next *next) {
    struct mn_diags *told = l->cli->diags;
    l->cli->diags = mn_diags_new();
    struct mn_session *s = mn_session_look(l->cli, l->store, head->incident, false);
    if (s) {
        const struct mn_waits waits = mn_session_waits(s);
        take_waits(l->cli, &waits, next);
        if (s->incident->seq == head->events)
            mn_waiting_keep(l->waiting, head, &waits);
    }
    mn_session_free(s);
    mn_diags_free(l->cli->diags);
    l->cli->diags = told;
}

static struct next next_of(struct listing *l, const struct mn_head *head,
                           const struct mn_incident *i) {
    struct next next = {0};
    struct mn_waits waits;
    const struct mn_handing h = mn_incident_handing(i);
    next.responsible = h.responsible;
    if (h.given && i->status == MN_INCIDENT_OPEN)
        next.given_to = h.to;
    if (mn_incident_parent(i)) {
        next.parent = mn_arena_strdup(l->cli->arena, mn_incident_parent(i));
        next.awaited = mn_incident_awaited(l->store, i);
    }
    if (i->status != MN_INCIDENT_OPEN || i->journal->broken)
        return next;
    if (mn_waiting_find(l->waiting, head, &waits))
        take_waits(l->cli, &waits, &next);
    else
        look(l, head, &next);
    return next;
}

static json_t *next_json(const struct next *next) {
    if (!next->due)
        return json_null();
    return json_pack("{s:s, s:o, s:b}", "step", next->step, "at", mn_json_time(next->at), "overdue",
                     next->overdue);
}

/* {"incident","awaited"}: false when it goes on without. */
static json_t *parent_json(const struct next *next) {
    return next->parent ? json_pack("{s:s, s:b}", "incident", next->parent, "awaited",
                                    next->awaited == MN_AWAITED)
                        : json_null();
}

static void next_text(struct mn_cli *cli, const struct next *next, struct mn_buf *out) {
    char at[MN_TIME_TEXT];
    bool awaited = next->awaited != MN_AWAITED_NOT;
    if (next->parent)
        mn_msg_add(out, awaited ? MN_M_incidents_parent : MN_M_incidents_parent_gone, cli->lang,
                   MN_ARGS(next->parent));
    if (next->given_to)
        mn_msg_add(out, MN_M_incidents_handing, cli->lang,
                   MN_ARGS(mn_cli_text(cli, next->responsible), next->given_to));
    if (next->child)
        mn_msg_add(out, MN_M_incidents_child, cli->lang, MN_ARGS(next->child));
    if (!next->due)
        return;
    mn_time_local(next->at, mn_utc_offset(), at);
    mn_msg_add(out, next->overdue ? MN_M_incidents_overdue : MN_M_incidents_due, cli->lang,
               MN_ARGS(at));
}

static void set_copy(json_t *to, const char *key, const json_t *from) {
    json_object_set(to, key, json_object_get(from, key));
}

/* {"id","status","opened","opened_by","changed","runbook":{id,version,title},"subject":{id,name},
 * "site","symptom","severity","model":{…},"responsible","given_to","due":{"step","at","overdue"} or
 * null, "parent":{"incident","awaited"} or
 * null,"waits_for","answers":n,"notes":n,"events":n,"head","intact"}. */
static json_t *describe(const struct mn_incident *i, const struct next *next) {
    const struct mn_journal *j = i->journal;
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(i->id));
    json_object_set_new(o, "status", json_string(states[i->status]));
    json_object_set_new(o, "opened", mn_json_time(j->events[0].at));
    json_object_set_new(o, "opened_by", json_string(j->events[0].actor));
    json_object_set_new(o, "changed", mn_json_time(j->events[j->n - 1].at));
    static const char *const same[] = {"subject", "site", "symptom", "severity", "model"};
    set_copy(o, "runbook", i->follows);
    for (size_t k = 0; k < MN_COUNT(same); k++)
        set_copy(o, same[k], i->opened);
    json_object_set_new(o, "responsible", mn_json_text(next->responsible));
    json_object_set_new(o, "given_to", mn_json_string_or_null(next->given_to));
    json_object_set_new(o, "due", next_json(next));
    json_object_set_new(o, "parent", parent_json(next));
    json_object_set_new(o, "waits_for", mn_json_string_or_null(next->child));
    json_object_set_new(o, "answers", json_integer((json_int_t)i->n_answers));
    json_object_set_new(o, "notes", json_integer((json_int_t)i->n_notes));
    json_object_set_new(o, "events", json_integer((json_int_t)j->n));
    json_object_set_new(o, "head", json_string(j->events[j->n - 1].hash));
    json_object_set_new(o, "intact", json_boolean(!j->broken));
    return o;
}

static void say_row(struct mn_cli *cli, const struct mn_incident *i, const struct next *next) {
    char at[MN_TIME_TEXT];
    mn_time_local(i->journal->events[0].at, mn_utc_offset(), at);
    const struct mn_text none = {"", ""};
    struct mn_text site = none, subject = none, title = none;
    if (json_is_object(json_object_get(i->opened, "site")))
        site = mn_json_get_text(json_object_get(i->opened, "site"), "name");
    subject = mn_json_get_text(json_object_get(i->opened, "subject"), "name");
    title = mn_json_get_text(i->runbook, "title");
    struct mn_buf row = MN_BUF_INIT;
    mn_msg_add(&row, MN_M_incidents_row, cli->lang,
               MN_ARGS(i->id, mn_msg(mn_session_status(i), cli->lang), at,
                       mn_cli_text(cli, *site.vi ? site : subject), mn_cli_text(cli, title),
                       i->journal->broken ? mn_msg(MN_M_incidents_broken, cli->lang) : ""));
    next_text(cli, next, &row);
    mn_screen_indented(cli, "", "           ", mn_buf_text(&row));
    mn_buf_fini(&row);
}

/* Whether it is of those that are listed, as far as that is known without reading it. */
static bool may_be_listed(const struct listing *l, const struct mn_head *head) {
    struct mn_waits waits;
    return l->status < 0 || !mn_waiting_find(l->waiting, head, &waits) ||
           waits.closed == (l->status != MN_INCIDENT_OPEN);
}

static void list_one(struct listing *l, const struct mn_head *head) {
    struct mn_incident *i = mn_incident_load(l->store, head->incident, true, l->cli->diags);
    if (i && i->status != MN_INCIDENT_OPEN && !i->journal->broken && i->seq == head->events)
        mn_waiting_keep(l->waiting, head, &(struct mn_waits){.closed = true});
    if (i && (l->status < 0 || i->status == (enum mn_incident_status)l->status)) {
        struct next next = next_of(l, head, i);
        if (l->cli->json)
            json_array_append_new(l->rows, describe(i, &next));
        else
            say_row(l->cli, i, &next);
        l->shown++;
    }
    mn_incident_free(i);
}

static int list(struct mn_cli *cli, int status) {
    struct listing l = {
        .cli = cli, .store = mn_session_store(cli, MN_STORE_READ), .status = status};
    struct mn_heads heads;
    if (!l.store || !mn_journal_heads(l.store, cli->arena, &heads, cli->diags)) {
        mn_store_close(l.store);
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    }
    l.waiting = mn_waiting_read(l.store);
    l.rows = json_array();
    if (!cli->json)
        mn_cli_page(cli);
    for (size_t k = heads.n; k-- > 0;) /* the newest first */
        if (may_be_listed(&l, &heads.at[k]))
            list_one(&l, &heads.at[k]);
    mn_waiting_write(l.waiting);
    mn_waiting_free(l.waiting);
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:O}", "incidents", l.rows));
    json_decref(l.rows);
    if (!cli->json && l.shown == 0)
        mn_cli_say(cli, MN_M_incidents_none, MN_ARGS(mn_store_path(l.store)));
    mn_store_close(l.store);
    return mn_cli_flush_diags(cli) ? MN_EXIT_BROKEN : MN_EXIT_DONE;
}

/* What is done to one incident: whether it may be (else a diagnostic), how it is recorded, what is
 * said then. */
struct deed {
    const char *name;
    int args; /* with the name */
    bool (*may)(struct mn_cli *cli, const struct mn_incident *i);
    enum mn_append (*record)(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                             struct mn_by by);
    enum mn_message done;
};

static bool refuse(struct mn_cli *cli, enum mn_code code, const char *const *args) {
    mn_diag(cli->diags, code, MN_NOWHERE, args);
    return false;
}

static bool may_cancel(struct mn_cli *cli, const struct mn_incident *i) {
    const char *why = mn_cli_option(cli, "why");
    if (i->status != MN_INCIDENT_OPEN)
        return refuse(cli, MN_D_incident_not_open, MN_ARGS(i->id));
    if (!why || !*why)
        return refuse(cli, MN_D_incident_no_why, MN_ARGS(i->id));
    return mn_session_text_ok(cli, why, MN_NOWHERE);
}

static bool may_reopen(struct mn_cli *cli, const struct mn_incident *i) {
    const char *why = mn_cli_option(cli, "why");
    if (i->status == MN_INCIDENT_OPEN)
        return refuse(cli, MN_D_incident_open_already, MN_ARGS(i->id));
    return !why || mn_session_text_ok(cli, why, MN_NOWHERE);
}

static bool may_note(struct mn_cli *cli, const struct mn_incident *i) {
    (void)i;
    return mn_session_text_ok(cli, cli->args[2], MN_NOWHERE);
}

static bool may_correct(struct mn_cli *cli, const struct mn_incident *i) {
    char *end;
    long number = strtol(cli->args[2], &end, 10);
    if (*end || number < 1 || (size_t)number > i->n_notes)
        return refuse(cli, MN_D_walk_no_such_note,
                      MN_ARGS(mn_arena_printf(cli->arena, "%zu", i->n_notes)));
    return mn_session_text_ok(cli, cli->args[3], MN_NOWHERE);
}

/* Whoever is to take it must be the one it was given to. */
static bool may_take(struct mn_cli *cli, const struct mn_incident *i) {
    const struct mn_handing h = mn_incident_handing(i);
    const char *actor = mn_session_actor(cli);
    if (i->status != MN_INCIDENT_OPEN)
        return refuse(cli, MN_D_incident_not_open, MN_ARGS(i->id));
    if (!h.given)
        return refuse(cli, MN_D_handing_nothing, MN_ARGS(i->id));
    return (actor && mn_handing_is_to(&h, actor)) ||
           refuse(cli, MN_D_handing_other, MN_ARGS(i->id, h.to, actor ? actor : ""));
}

static bool may_give(struct mn_cli *cli, const struct mn_incident *i) {
    const char *to = mn_cli_option(cli, "to"), *within = mn_cli_option(cli, "within");
    int seconds;
    if (i->status != MN_INCIDENT_OPEN)
        return refuse(cli, MN_D_incident_not_open, MN_ARGS(i->id));
    if (!to)
        return refuse(cli, MN_D_handing_no_to, MN_NO_ARGS);
    if (!mn_actor_ok(to))
        return refuse(cli, MN_D_bad_actor, MN_ARGS(to));
    return !within || (mn_parse_duration(within, &seconds) && seconds > 0) ||
           refuse(cli, MN_D_handing_time, MN_ARGS(within));
}

static enum mn_append give(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                           struct mn_by by) {
    const char *within = mn_cli_option(cli, "within");
    int seconds = 0;
    int64_t due = within && mn_parse_duration(within, &seconds) ? by.at + seconds : -1;
    return mn_record_given(s, i, mn_cli_option(cli, "to"), due, by, cli->diags);
}

static enum mn_append accept(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                             struct mn_by by) {
    return mn_record_taken(s, i, true, by, cli->diags);
}

static enum mn_append decline(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                              struct mn_by by) {
    return mn_record_taken(s, i, false, by, cli->diags);
}

static enum mn_append cancel(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                             struct mn_by by) {
    return mn_record_cancelled(s, i, mn_cli_option(cli, "why"), by, cli->diags);
}

static enum mn_append reopen(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                             struct mn_by by) {
    const char *why = mn_cli_option(cli, "why");
    return mn_record_reopened(s, i, why ? why : "", by, cli->diags);
}

static enum mn_append note(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                           struct mn_by by) {
    return mn_record_note(s, i, cli->args[2], NULL, by, cli->diags);
}

static enum mn_append correct(struct mn_cli *cli, struct mn_store *s, const struct mn_incident *i,
                              struct mn_by by) {
    char *end;
    long number = strtol(cli->args[2], &end, 10);
    if (*end || number < 0 || number > INT_MAX)
        number = 0; /* no note has that number: it is told so */
    return mn_record_correction(s, i, (int)number, cli->args[3], by, cli->diags);
}

static const struct deed deeds[] = {{"handover", 2, may_give, give, MN_M_incidents_given},
                                    {"accept", 2, may_take, accept, MN_M_incidents_accepted},
                                    {"refuse", 2, may_take, decline, MN_M_incidents_not_accepted},
                                    {"cancel", 2, may_cancel, cancel, MN_M_incidents_cancelled},
                                    {"reopen", 2, may_reopen, reopen, MN_M_incidents_reopened},
                                    {"note", 3, may_note, note, MN_M_incidents_noted},
                                    {"correct", 4, may_correct, correct, MN_M_incidents_corrected}};

/* Does it, again if somebody else was faster: these do not depend on what was added meanwhile, but
 * for what each looks at itself. */
static int run_deed(struct mn_cli *cli, const struct deed *deed) {
    const char *actor = mn_session_actor(cli);
    struct mn_store *store = actor ? mn_session_store(cli, MN_STORE_ADD) : NULL;
    enum mn_append result = MN_NOT_APPENDED;
    bool refused = false;
    const char *id = cli->args[1], *parent = NULL;
    for (result = MN_OVERTAKEN; store && result == MN_OVERTAKEN;) {
        struct mn_incident *i = mn_incident_load(store, id, false, cli->diags);
        if (!i)
            break;
        id = mn_arena_strdup(cli->arena, i->id);
        parent = mn_incident_parent(i) ? mn_arena_strdup(cli->arena, mn_incident_parent(i)) : NULL;
        refused = !deed->may(cli, i);
        result = refused ? MN_NOT_APPENDED
                         : deed->record(cli, store, i, (struct mn_by){actor, mn_clock_now()});
        mn_incident_free(i);
    }
    if (result == MN_APPENDED && parent)
        mn_session_tell_parent(cli, store, parent);
    mn_store_close(store);
    if (result == MN_APPENDED) {
        mn_cli_flush_diags(cli);
        const char *to = mn_cli_option(cli, "to");
        mn_cli_say(cli, deed->done, MN_ARGS(id, mn_session_store_option(cli), to ? to : ""));
        return MN_EXIT_DONE;
    }
    return mn_cli_failed(cli, mn_session_unknown(cli) || refused ? MN_EXIT_NO : MN_EXIT_BROKEN);
}

static int run(struct mn_cli *cli) {
    if (cli->n_args == 0)
        return list(cli, -1);
    for (int s = 0; s < (int)MN_COUNT(states); s++)
        if (cli->n_args == 1 && strcmp(cli->args[0], states[s]) == 0)
            return list(cli, s);
    if (cli->n_args == 1 && strcmp(cli->args[0], "list") == 0)
        return list(cli, -1);
    for (size_t i = 0; i < MN_COUNT(deeds); i++) {
        if (strcmp(cli->args[0], deeds[i].name) != 0)
            continue;
        if (cli->n_args != deeds[i].args)
            return mn_cli_usage(cli, MN_M_incidents_usage, MN_NO_ARGS);
        return run_deed(cli, &deeds[i]);
    }
    if (cli->n_args > 1 && strcmp(cli->args[0], "export") == 0)
        return mn_transfer_export(cli);
    if (cli->n_args == 2 && strcmp(cli->args[0], "import") == 0)
        return mn_transfer_import(cli);
    return mn_cli_usage(cli, MN_M_incidents_usage, MN_NO_ARGS);
}

static const struct mn_option options[] = {{"why", "TEXT", MN_M_opt_why, NULL},
                                           {"to", "NAME", MN_M_opt_to, NULL},
                                           {"within", "TIME", MN_M_opt_within, NULL},
                                           {"as", "NAME", MN_M_opt_as, NULL},
                                           {"output", "FILE", MN_M_opt_export_output, NULL},
                                           {"store", "FILE", MN_M_opt_store, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_incidents = {
    .name = "incidents",
    .usage =
        "[open|resolved|cancelled] | handover ID --to NAME | accept ID | refuse ID | cancel ID --why TEXT"
        " | reopen ID | note ID TEXT | correct ID N TEXT"
        " | export ID… [-o FILE] | import FILE",
    .least = 0,
    .most = -1,
    .summary = MN_M_incidents_summary,
    .help = MN_M_incidents_help,
    .options = options,
    .subcommands =
        "list open resolved cancelled handover accept refuse cancel reopen note correct export import",
    .run = run,
};
