/* tick: records the deadlines that have passed, in all open incidents; for cron. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/session.h"
#include "incident/observation.h"

#include <stdlib.h>
#include <string.h>

/* A deadline, as it is listed. */
struct entry {
    int64_t at;
    const char *incident, *step;
    struct mn_text text;
    bool answered;
};

/* In the command's arena. */
struct entries {
    struct entry *at;
    size_t n, cap;
};

struct work {
    struct mn_cli *cli;
    struct mn_store *store;
    struct mn_waiting *waiting;
    int64_t now, observations; /* the last event about them, 0: none */
    struct entries overdue, due;
};

static void add(struct mn_cli *cli, struct entries *list, struct entry e) {
    struct mn_arena *a = cli->arena;
    list->at = mn_grow(list->at, &list->cap, list->n + 1, sizeof *list->at);
    e.incident = mn_arena_strdup(a, e.incident);
    e.step = mn_arena_strdup(a, e.step);
    e.text = (struct mn_text){mn_arena_strdup(a, e.text.vi), mn_arena_strdup(a, e.text.en)};
    list->at[list->n++] = e;
}

static int by_time(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return strcmp(x->incident, y->incident);
}

/* What was put on record after that event. */
static void take_overdue(struct work *w, const struct mn_incident *i, int64_t before) {
    for (size_t n = 0; n < i->journal->n; n++) {
        const struct mn_event *e = &i->journal->events[n];
        if (e->type != MN_EVENT_OVERDUE || e->seq <= before)
            continue;
        const json_t *step = json_object_get(e->payload, "step");
        add(w->cli, &w->overdue,
            (struct entry){e->at, i->id, mn_event_string(e, "key"),
                           step ? mn_json_get_text(step, "text") : mn_event_text(e, "text"),
                           step != NULL});
    }
}

static void take_due(struct work *w, const char *incident, const struct mn_waits *waits) {
    if (waits->given && waits->until >= 0) {
        const struct mn_text to = {waits->to, waits->to};
        add(w->cli, &w->due,
            (struct entry){waits->until, incident, waits->given,
                           mn_message_with(w->cli->arena, MN_M_handing_due, &to, 1), false});
    }
    if (waits->step && !waits->recorded)
        add(w->cli, &w->due, (struct entry){waits->at, incident, waits->step, waits->text, false});
}

/* Looks at an incident whose head that was. False with a diagnostic: the other incidents go on. */
static bool look(struct work *w, const struct mn_head *head) {
    struct mn_incident *i = mn_incident_load(w->store, head->incident, false, w->cli->diags);
    if (!i)
        return false;
    bool open = i->status == MN_INCIDENT_OPEN;
    mn_incident_free(i);
    if (!open) {
        mn_waiting_keep(w->waiting, head, &(struct mn_waits){.closed = true});
        return true;
    }
    struct mn_session *s = mn_session_look(w->cli, w->store, head->incident, true);
    if (!s)
        return false;
    const struct mn_journal *j = s->incident->journal;
    struct mn_head now = {.incident = head->incident, .events = (int64_t)j->n};
    memcpy(now.hash, j->events[j->n - 1].hash, sizeof now.hash);
    const struct mn_waits waits = mn_session_waits(s);
    take_overdue(w, s->incident, head->events);
    take_due(w, head->incident, &waits);
    mn_waiting_keep(w->waiting, &now, &waits);
    mn_session_free(s);
    return true;
}

static bool tick(struct work *w, const struct mn_head *head) {
    struct mn_waits waits;
    bool known = mn_waiting_find(w->waiting, head, &waits);
    if (known && waits.closed)
        return true;
    if (!known || waits.child || waits.observations != w->observations ||
        mn_waits_next(&waits) <= w->now)
        return look(w, head);
    take_due(w, head->incident, &waits);
    return true;
}

static json_t *list_json(const struct entries *list, bool answered) {
    json_t *rows = json_array();
    for (size_t n = 0; n < list->n; n++) {
        const struct entry *e = &list->at[n];
        char at[MN_TIME_TEXT];
        mn_time_utc(e->at, at);
        json_t *row = json_object();
        json_object_set_new(row, "incident", json_string(e->incident));
        json_object_set_new(row, "step", json_string(e->step));
        json_object_set_new(row, "at", json_string(at));
        json_object_set_new(row, "text", mn_json_text(e->text));
        if (answered)
            json_object_set_new(row, "answered", json_boolean(e->answered));
        json_array_append_new(rows, row);
    }
    return rows;
}

static void say_list(struct mn_cli *cli, enum mn_message m, const struct entries *list) {
    for (size_t n = 0; n < list->n; n++) {
        const struct entry *e = &list->at[n];
        char at[MN_TIME_TEXT];
        struct mn_buf b = MN_BUF_INIT;
        mn_time_local(e->at, mn_utc_offset(), at);
        mn_msg_add(&b, m, cli->lang, MN_ARGS(e->incident, at, mn_cli_text(cli, e->text)));
        mn_screen_indented(cli, "", "           ", mn_buf_text(&b));
        mn_buf_fini(&b);
    }
}

static void say(struct work *w) {
    struct mn_cli *cli = w->cli;
    if (w->overdue.n)
        qsort(w->overdue.at, w->overdue.n, sizeof *w->overdue.at, by_time);
    if (w->due.n)
        qsort(w->due.at, w->due.n, sizeof *w->due.at, by_time);
    if (cli->json) {
        char at[MN_TIME_TEXT];
        mn_time_utc(w->now, at);
        mn_cli_json(cli, json_pack("{s:s, s:o, s:o}", "now", at, "overdue",
                                   list_json(&w->overdue, true), "due", list_json(&w->due, false)));
        return;
    }
    say_list(cli, MN_M_tick_overdue, &w->overdue);
    say_list(cli, MN_M_tick_due, &w->due);
    if (w->overdue.n + w->due.n == 0)
        mn_cli_say(cli, MN_M_tick_none, MN_NO_ARGS);
}

static int run(struct mn_cli *cli) {
    struct work w = {
        .cli = cli, .store = mn_session_store(cli, MN_STORE_ADD), .now = mn_clock_now()};
    struct mn_heads heads;
    if (!w.store || !mn_journal_heads(w.store, cli->arena, &heads, cli->diags) ||
        !mn_observations_seq(w.store, &w.observations, cli->diags)) {
        mn_store_close(w.store);
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    }
    w.waiting = mn_waiting_read(w.store);
    bool ok = true;
    for (size_t k = 0; k < heads.n; k++)
        ok = tick(&w, &heads.at[k]) && ok;
    mn_waiting_write(w.waiting);
    mn_waiting_free(w.waiting);
    mn_store_close(w.store);
    say(&w);
    free(w.overdue.at);
    free(w.due.at);
    mn_cli_flush_diags(cli);
    return ok ? MN_EXIT_DONE : MN_EXIT_BROKEN;
}

static const struct mn_option options[] = {{"store", "FILE", MN_M_opt_store, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_tick = {
    .name = "tick",
    .usage = "",
    .least = 0,
    .most = 0,
    .summary = MN_M_tick_summary,
    .help = MN_M_tick_help,
    .options = options,
    .run = run,
};
