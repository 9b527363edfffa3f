/* tick: records the deadlines that have passed, in all open incidents; for cron. */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/session.h"
#include "incident/handing.h"

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

static void take(struct work *w, const struct mn_session *s, int64_t before) {
    const struct mn_journal *j = s->incident->journal;
    for (size_t n = 0; n < j->n; n++) {
        const struct mn_event *e = &j->events[n];
        if (e->type != MN_EVENT_OVERDUE || e->seq <= before)
            continue;
        const json_t *step = json_object_get(e->payload, "step");
        add(w->cli, &w->overdue,
            (struct entry){e->at, s->incident->id, mn_event_string(e, "key"),
                           step ? mn_json_get_text(step, "text") : mn_event_text(e, "text"),
                           step != NULL});
    }
    const struct mn_handing h = mn_incident_handing(s->incident);
    if (s->incident->status == MN_INCIDENT_OPEN && h.given && h.due >= 0 && !h.overdue) {
        struct mn_buf vi = MN_BUF_INIT, en = MN_BUF_INIT;
        mn_msg_add(&vi, MN_M_handing_due, MN_VI, MN_ARGS(h.to));
        mn_msg_add(&en, MN_M_handing_due, MN_EN, MN_ARGS(h.to));
        add(w->cli, &w->due,
            (struct entry){h.due,
                           s->incident->id,
                           mn_event_string(h.given, "key"),
                           {mn_buf_text(&vi), mn_buf_text(&en)},
                           false});
        mn_buf_fini(&vi);
        mn_buf_fini(&en);
    }
    int64_t at;
    bool recorded;
    const struct mn_step *step = s->progress.step;
    if (mn_session_due(s, &at, &recorded) && !recorded)
        add(w->cli, &w->due, (struct entry){at, s->incident->id, step->record, step->text, false});
}

/* False with a diagnostic: the other incidents go on. */
static bool tick(struct work *w, const char *id) {
    struct mn_incident *i = mn_incident_load(w->store, id, false, w->cli->diags);
    if (!i)
        return false;
    int64_t before = i->seq;
    bool open = i->status == MN_INCIDENT_OPEN;
    mn_incident_free(i);
    if (!open)
        return true;
    struct mn_session *s = mn_session_look(w->cli, w->store, id, true);
    if (s)
        take(w, s, before);
    mn_session_free(s);
    return s != NULL;
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

static void say(struct work *w, int64_t now) {
    struct mn_cli *cli = w->cli;
    if (w->overdue.n)
        qsort(w->overdue.at, w->overdue.n, sizeof *w->overdue.at, by_time);
    if (w->due.n)
        qsort(w->due.at, w->due.n, sizeof *w->due.at, by_time);
    if (cli->json) {
        char at[MN_TIME_TEXT];
        mn_time_utc(now, at);
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
    struct work w = {.cli = cli, .store = mn_session_store(cli, MN_STORE_ADD)};
    char **ids;
    size_t n;
    if (!w.store || !mn_journal_list(w.store, &ids, &n, cli->diags)) {
        mn_store_close(w.store);
        return mn_cli_failed(cli, MN_EXIT_BROKEN);
    }
    bool ok = true;
    for (size_t k = 0; k < n; k++) {
        ok = tick(&w, ids[k]) && ok;
        free(ids[k]);
    }
    free(ids);
    mn_store_close(w.store);
    say(&w, mn_clock_now());
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
