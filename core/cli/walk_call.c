/* Passing an incident on: whom to call, what to say, what to send, who is next. */
#include "base/clock.h"
#include "cli/screen.h"
#include "cli/walk.h"
#include "incident/call_record.h"

#include <stdlib.h>
#include <string.h>

static struct mn_call call_of(const struct mn_session *s, const struct mn_step *step, int team) {
    return (struct mn_call){.model = s->model,
                            .incident = s->incident,
                            .step = step,
                            .team = team,
                            .actor = s->actor,
                            .now = mn_clock_now(),
                            .utc_offset = s->utc_offset};
}

/* Who is called, how to reach them, what to say and send, and who is next. */
static void show(struct mn_session *s, const struct mn_call *c, const struct mn_event *e) {
    struct mn_cli *cli = s->cli;
    const struct mn_model *m = s->model;
    mn_screen_blank(cli);
    if (c->team >= 0) {
        const struct mn_team *t = &m->teams[c->team];
        mn_screen_heading(cli, MN_M_call_whom, MN_ARGS(mn_cli_text(cli, t->name.full)));
        if (t->contact.vi)
            mn_screen_say(cli, MN_M_call_contact, MN_ARGS(mn_cli_text(cli, t->contact)));
        if (t->hours.vi)
            mn_screen_say(cli, MN_M_call_hours, MN_ARGS(mn_cli_text(cli, t->hours)));
    } else {
        mn_screen_heading(cli, MN_M_call_nobody, MN_NO_ARGS);
    }
    mn_screen_blank(cli);
    mn_screen_heading(cli, MN_M_call_say, MN_NO_ARGS);
    mn_screen_indented(cli, "  ", "  ", mn_cli_text(cli, mn_event_text(e, "say")));
    mn_screen_heading(cli, MN_M_call_send, MN_NO_ARGS);
    mn_screen_indented(cli, "  ", "  ", mn_cli_text(cli, mn_event_text(e, "send")));
    struct mn_next_level next = mn_call_next(c);
    if (next.team < 0)
        return;
    const struct mn_team *t = &m->teams[next.team];
    const char *name = mn_cli_text(cli, t->name.full);
    if (next.wait_s >= 0)
        mn_screen_say(cli, MN_M_call_next_after,
                      MN_ARGS(mn_arena_printf(s->arena, "%d", (next.wait_s + 59) / 60), name));
    else
        mn_screen_say(cli, MN_M_call_next, MN_ARGS(name));
    if (t->contact.vi)
        mn_screen_say(cli, MN_M_call_contact, MN_ARGS(mn_cli_text(cli, t->contact)));
}

/* Composes a message, puts it on record, and returns the event; NULL when that failed (a
 * diagnostic) or somebody else was faster (*overtaken). */
static const struct mn_event *record(struct mn_session *s, const struct mn_call *c, const char *key,
                                     const char *to, bool *overtaken) {
    enum mn_append result = mn_call_record(s->store, c, key, to, mn_session_by(s), s->cli->diags);
    *overtaken = result == MN_OVERTAKEN;
    char *kept = mn_strdup(key); /* the key may belong to the progress, which is renewed */
    bool ok = result == MN_APPENDED && mn_session_refresh(s);
    const struct mn_event *e = ok ? mn_incident_find(s->incident, MN_EVENT_ESCALATED, kept) : NULL;
    free(kept);
    return e;
}

static bool was_rewound(const struct mn_session *s, const struct mn_event *e) {
    return s->incident->abandoned[e - s->incident->journal->events];
}

static void say_earlier(struct mn_session *s, enum mn_message m, const struct mn_event *e) {
    char at[MN_TIME_TEXT];
    mn_time_local(e->at, s->utc_offset, at);
    mn_screen_blank(s->cli);
    mn_screen_say(s->cli, m, MN_ARGS(at, e->actor));
}

bool mn_walk_call(struct mn_session *s) {
    const struct mn_step *step = s->progress.step;
    int team = step->team ? mn_model_team(s->model, step->team) : -1;
    const struct mn_event *e = mn_incident_find(s->incident, MN_EVENT_ESCALATED, step->record);
    /* A message is composed once: whoever comes back to the step sees the one that may have been
     * sent. Only on another branch, with other evidence, there is another one. */
    if (e && !was_rewound(s, e)) {
        say_earlier(s, MN_M_call_unknown, e);
    } else {
        if (e)
            say_earlier(s, MN_M_call_other_branch, e);
        struct mn_call c = call_of(s, step, team);
        bool overtaken;
        e = record(s, &c, step->record, step->to, &overtaken);
        if (!e && !overtaken)
            return false;
        if (!e) {
            if (!mn_session_refresh(s))
                return false;
            return s->progress.step && s->progress.step->kind == MN_STEP_ESCALATE ? mn_walk_call(s)
                                                                                  : true;
        }
    }
    struct mn_call c = call_of(s, s->progress.step, team);
    show(s, &c, e);
    mn_screen_blank(s->cli);
    if (s->progress.step)
        mn_walk_outcomes(s, s->progress.step);
    return true;
}

/* Which level to call: the list, the first not yet called proposed. -1: no line, or no such level.
 */
static int choose(struct mn_session *s, struct mn_reader *r, const struct mn_next_level *levels,
                  int n, enum mn_read *end) {
    struct mn_cli *cli = s->cli;
    int proposed = 0;
    mn_screen_heading(cli, MN_M_escalate_whom, MN_NO_ARGS);
    for (int l = 0; l < n; l++) {
        const struct mn_team *t = &s->model->teams[levels[l].team];
        bool called = false;
        for (size_t i = 0; i < s->incident->journal->n; i++) {
            const struct mn_event *e = &s->incident->journal->events[i];
            called = called || (e->type == MN_EVENT_ESCALATED &&
                                strcmp(mn_event_string(e, "team"), t->id) == 0);
        }
        if (called && proposed == l && l + 1 < n)
            proposed = l + 1;
        struct mn_buf b = MN_BUF_INIT;
        mn_buf_puts(&b, mn_cli_text(cli, t->name.full));
        if (levels[l].hierarchic)
            mn_msg_add(&b, MN_M_escalate_hierarchic, cli->lang, MN_NO_ARGS);
        if (called)
            mn_msg_add(&b, MN_M_escalate_called, cli->lang, MN_NO_ARGS);
        mn_screen_indented(cli, mn_arena_printf(s->arena, "%3d  ", l + 1), "     ",
                           mn_buf_text(&b));
        mn_buf_fini(&b);
    }
    for (;;) {
        struct mn_buf p = MN_BUF_INIT;
        mn_msg_add(&p, MN_M_escalate_prompt, cli->lang,
                   MN_ARGS(mn_arena_printf(s->arena, "%d", proposed + 1)));
        struct mn_line line;
        *end = mn_reader_line(r, mn_buf_text(&p), &line);
        mn_buf_fini(&p);
        if (*end != MN_READ_LINE)
            return -1;
        if (strcmp(line.text, "b") == 0)
            return -2;
        char *rest;
        long number = *line.text ? strtol(line.text, &rest, 10) : proposed + 1;
        if ((!*line.text || !*rest) && number >= 1 && number <= n)
            return (int)number - 1;
        mn_diag(cli->diags, MN_D_walk_no_level, line.from,
                MN_ARGS(line.text, mn_arena_printf(s->arena, "%d", n)));
        if (mn_reader_strict(r))
            return -1;
        mn_screen_problems(cli);
    }
}

static bool ask_taken(struct mn_session *s, struct mn_reader *r, const char *key,
                      enum mn_read *end) {
    struct mn_cli *cli = s->cli;
    mn_screen_blank(cli);
    mn_screen_say(cli, MN_M_escalate_taken, MN_NO_ARGS);
    for (;;) {
        struct mn_line line;
        *end = mn_reader_line(r, mn_msg(MN_M_escalate_taken_prompt, cli->lang), &line);
        if (*end != MN_READ_LINE)
            return false;
        bool yes = strcmp(line.text, "1") == 0, no = strcmp(line.text, "2") == 0;
        if (strcmp(line.text, "3") == 0 || !*line.text)
            return true;
        if (yes || no) {
            enum mn_append result = mn_record_acknowledged(s->store, s->incident, key, yes,
                                                           mn_session_by(s), cli->diags);
            return result != MN_NOT_APPENDED && mn_session_refresh(s);
        }
        mn_diag(cli->diags, MN_D_walk_no_level, line.from, MN_ARGS(line.text, "3"));
        if (mn_reader_strict(r))
            return false;
        mn_screen_problems(cli);
    }
}

bool mn_walk_escalate(struct mn_session *s, struct mn_reader *r, enum mn_read *end) {
    *end = MN_READ_LINE;
    struct mn_call c = call_of(s, NULL, -1);
    struct mn_next_level levels[MN_CALL_LEVELS];
    int n = mn_call_levels(&c, levels, MN_CALL_LEVELS);
    if (n > MN_CALL_LEVELS)
        n = MN_CALL_LEVELS;
    int chosen = n > 0 ? choose(s, r, levels, n, end) : 0;
    if (chosen == -2)
        return true;
    if (chosen < 0)
        return false;
    c.team = n > 0 ? levels[chosen].team : -1;
    char key[MN_CALL_KEY];
    mn_call_by_hand_key(s->incident, key);
    bool overtaken;
    const struct mn_event *e = record(s, &c, key, NULL, &overtaken);
    if (!e)
        return overtaken && mn_session_refresh(s) ? mn_walk_escalate(s, r, end) : false;
    c.incident = s->incident;
    show(s, &c, e);
    return ask_taken(s, r, key, end);
}

bool mn_walk_unknown(struct mn_session *s, struct mn_reader *r) {
    const struct mn_event *e = mn_call_unknown(s->incident);
    enum mn_read end;
    if (!e || s->incident->status != MN_INCIDENT_OPEN)
        return true;
    char at[MN_TIME_TEXT];
    mn_time_local(e->at, s->utc_offset, at);
    mn_screen_blank(s->cli);
    mn_screen_say(s->cli, MN_M_escalate_unknown,
                  MN_ARGS(at, e->actor, mn_cli_text(s->cli, mn_event_text(e, "name"))));
    return ask_taken(s, r, mn_arena_strdup(s->cli->arena, mn_event_string(e, "key")), &end);
}
