/* The loop of the walk: show a step, take a line, put what it means on record. */
#include "cli/walk.h"

#include "base/clock.h"
#include "base/unicode.h"
#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>

/* What a line led to. */
enum turn {
    TURN_AGAIN, /* ask again, the same step need not be shown */
    TURN_SHOW,  /* show the step */
    TURN_LEAVE, /* the input has ended, or the person leaves */
    TURN_WRONG, /* a file of answers does not fit */
    TURN_BROKEN,
};

struct walk {
    struct mn_session *s;
    struct mn_reader *r;
    /* a checklist that is being filled in: the state of each item, NULL when open */
    const char **marks;
    size_t n_marks;
    int64_t seen;       /* the last event of which the observations were told */
    const char *marked; /* the record key that the marks belong to */
};

static void flush_diags(struct mn_session *s) {
    mn_cli_flush_diags(s->cli);
}

/* What was typed does not fit: told to the person, who is asked again; in a file of answers an
 * error at its place, which ends the walk. */
static enum turn misfit(struct walk *w) {
    if (mn_reader_strict(w->r)) {
        mn_cli_flush_diags(w->s->cli);
        return TURN_WRONG;
    }
    mn_screen_problems(w->s->cli);
    return TURN_AGAIN;
}

/* After an attempt to record something: looks again, whatever came of it. */
static enum turn after(struct mn_session *s, enum mn_append result) {
    int64_t since = s->incident->seq;
    if (result == MN_NOT_APPENDED) {
        flush_diags(s);
        return TURN_BROKEN;
    }
    bool failed = !s->progress.step, ok = mn_session_refresh(s);
    if (result == MN_OVERTAKEN)
        mn_walk_tell_news(s, since, NULL);
    if (!ok && failed && result == MN_APPENDED) {
        /* a note: that the runbook fails here was said */
        mn_diags_free(s->cli->diags);
        s->cli->diags = mn_diags_new();
    } else if (!ok) {
        flush_diags(s);
    }
    return TURN_SHOW;
}

/* To a person, what would fit is said in terms of the screen, not of the runbook's keys. */
static enum turn ask_again(struct walk *w) {
    struct mn_session *s = w->s;
    static const enum mn_message again[MN_INPUTS] = {
        [MN_INPUT_NONE] = MN_M_walk_again_none,
        [MN_INPUT_CHOICE] = MN_M_walk_again_choice,
        [MN_INPUT_TEXT] = MN_M_walk_again_text,
        [MN_INPUT_NUMBER] = MN_M_walk_again_number,
        [MN_INPUT_CHECKLIST] = MN_M_walk_again_checklist,
    };
    const struct mn_step *step = s->progress.step;
    size_t n = step->n_items;
    if (step->input == MN_INPUT_CHOICE)
        mn_step_offered(step, s->arena, &n);
    if (mn_reader_strict(w->r))
        return misfit(w);
    mn_diags_free(s->cli->diags);
    s->cli->diags = mn_diags_new();
    bool waits = step->input == MN_INPUT_CHOICE && n == 0;
    mn_screen_say(s->cli, waits ? MN_M_walk_again_wait : again[step->input],
                  MN_ARGS(mn_arena_printf(s->arena, "%zu", n)));
    return TURN_AGAIN;
}

/* What the person saw has gone: in a file of answers the rest would meet other steps. */
static enum turn moved(struct walk *w, enum mn_meanwhile what, struct mn_loc from) {
    if (what == MN_MEANWHILE_BROKEN) {
        flush_diags(w->s);
        return TURN_BROKEN;
    }
    if (!mn_reader_strict(w->r))
        return TURN_SHOW;
    mn_diag(w->s->cli->diags, MN_D_walk_late, from, MN_NO_ARGS);
    return misfit(w);
}

/* Somebody else was faster. In a file of answers, what follows was meant for another course, unless
 * the answer was the same. */
static enum turn overtaken(struct walk *w, struct mn_said said, struct mn_loc from) {
    struct mn_session *s = w->s;
    int64_t since = s->incident->seq;
    if (!mn_session_refresh(s)) {
        flush_diags(s);
        return TURN_BROKEN;
    }
    if (mn_walk_tell_news(s, since, &said) || !mn_reader_strict(w->r))
        return TURN_SHOW;
    mn_diag(s->cli->diags, MN_D_walk_overtaken_at, from, MN_NO_ARGS);
    return misfit(w);
}

static enum turn give_answer(struct walk *w, const char *text, struct mn_loc from) {
    struct mn_session *s = w->s;
    struct mn_by by = mn_session_by(s);
    enum mn_meanwhile meanwhile = mn_walk_meanwhile(s, by.at);
    if (meanwhile != MN_MEANWHILE_NOTHING)
        return moved(w, meanwhile, from);
    const struct mn_step *step = s->progress.step;
    const char *value;
    if (!mn_answer_fits(step, text, from, s->arena, &value, s->cli->diags))
        return ask_again(w);
    struct mn_buf label = MN_BUF_INIT;
    mn_answer_text(step, value, s->cli->lang, &label);
    enum mn_append result = mn_record_answer(s->store, s->incident, step, value, by, s->cli->diags);
    if (result == MN_APPENDED)
        mn_screen_say(s->cli, MN_M_walk_recorded, MN_ARGS(mn_buf_text(&label)));
    w->marked = NULL;
    mn_buf_fini(&label);
    /* What the arena of the progress holds goes when it is renewed. */
    struct mn_arena *a = s->cli->arena;
    if (result == MN_OVERTAKEN)
        return overtaken(
            w, (struct mn_said){mn_arena_strdup(a, step->record), mn_arena_strdup(a, value)}, from);
    return after(s, result);
}

/* One word of a line for a checklist: 3, s3, c3. */
enum mark { MARK_MADE, MARK_NO_ITEM, MARK_OTHER };

static enum mark mark(struct walk *w, const char *word, size_t n) {
    const char *state = word[0] == 's' ? "skipped" : word[0] == 'c' ? "cannot" : "done";
    size_t at = word[0] == 's' || word[0] == 'c', number = 0;
    if (at == n)
        return MARK_OTHER;
    for (; at < n; at++) {
        if (word[at] < '0' || word[at] > '9')
            return MARK_OTHER;
        number = number > w->n_marks ? number : number * 10 + (size_t)(word[at] - '0');
    }
    if (number < 1 || number > w->n_marks)
        return MARK_NO_ITEM;
    w->marks[number - 1] = state;
    return MARK_MADE;
}

static enum turn marks_complete(struct walk *w, struct mn_loc from) {
    const struct mn_step *step = w->s->progress.step;
    struct mn_buf value = MN_BUF_INIT, open = MN_BUF_INIT;
    for (size_t i = 0; i < w->n_marks; i++) {
        if (w->marks[i])
            mn_buf_printf(&value, "%s%s=%s", value.size ? "," : "", step->items[i].key,
                          w->marks[i]);
        else
            mn_buf_printf(&open, "%s%zu", open.size ? ", " : "", i + 1);
    }
    enum turn turn = TURN_AGAIN;
    if (open.size)
        mn_screen_say(w->s->cli, MN_M_walk_items_open, MN_ARGS(mn_buf_text(&open)));
    else
        turn = give_answer(w, mn_buf_text(&value), from);
    mn_buf_fini(&value);
    mn_buf_fini(&open);
    return turn;
}

static enum turn no_item(struct walk *w, const char *line, const char *word, size_t n,
                         struct mn_loc from) {
    struct mn_arena *a = w->s->arena;
    if (from.source) {
        from.col += (int)mn_utf8_count(line, (size_t)(word - line));
        from.len = (int)mn_utf8_count(word, n);
    }
    mn_diag(w->s->cli->diags, MN_D_walk_no_item, from,
            MN_ARGS(mn_arena_strndup(a, word, n), mn_arena_printf(a, "%zu", w->n_marks)));
    return misfit(w);
}

/* A line for a checklist marks some items; when all are marked, that is the answer. What the
 * evaluator itself reads ("done", "a=done,b=skipped") will do as well. */
static enum turn give_marks(struct walk *w, const char *text, struct mn_loc from) {
    const struct mn_step *step = w->s->progress.step;
    if (!w->marked || strcmp(w->marked, step->record) != 0) {
        struct mn_arena *a = w->s->cli->arena; /* longer than the progress: a note renews that */
        w->marked = mn_arena_strdup(a, step->record);
        w->n_marks = step->n_items;
        w->marks = mn_arena_alloc(a, sizeof *w->marks * (step->n_items + 1));
    }
    size_t made = 0;
    for (const char *p = text; *p;) {
        p += strspn(p, " ,;");
        size_t n = strcspn(p, " ,;");
        enum mark what = n ? mark(w, p, n) : MARK_MADE;
        if (what == MARK_OTHER)
            return made ? no_item(w, text, p, n, from) : give_answer(w, text, from);
        if (what == MARK_NO_ITEM)
            return no_item(w, text, p, n, from);
        made += n > 0;
        p += n;
    }
    return made ? marks_complete(w, from) : give_answer(w, text, from);
}

static enum turn go_back(struct walk *w, const char *to, struct mn_loc from) {
    struct mn_session *s = w->s;
    struct mn_by by = mn_session_by(s);
    enum mn_meanwhile meanwhile = mn_walk_meanwhile(s, by.at);
    size_t keep;
    if (meanwhile != MN_MEANWHILE_NOTHING)
        return moved(w, meanwhile, from);
    if (!mn_walk_back_to(s, to, from, &keep))
        return misfit(w);
    enum mn_read end;
    json_t *confirm = mn_walk_retract(s, w->r, keep, &end);
    if (!confirm)
        return end == MN_READ_LINE ? misfit(w) : TURN_LEAVE;
    w->marked = NULL;
    enum mn_append result =
        mn_record_rewind(s->store, s->incident, keep, confirm, by, s->cli->diags);
    json_decref(confirm);
    return after(s, result);
}

/* Asks for one more line; false when there is none. */
static bool one_more(struct walk *w, enum mn_message prompt, struct mn_line *line,
                     enum turn *turn) {
    if (mn_reader_line(w->r, mn_msg(prompt, w->s->cli->lang), line) == MN_READ_LINE)
        return true;
    *turn = TURN_LEAVE;
    return false;
}

static enum turn note(struct walk *w, const char *text, struct mn_line line) {
    struct mn_session *s = w->s;
    enum turn turn = TURN_AGAIN;
    if (!*text) {
        if (!one_more(w, MN_M_walk_prompt_note, &line, &turn))
            return turn;
        text = line.text;
    }
    if (!*text) {
        mn_screen_say(s->cli, MN_M_walk_no_note, MN_NO_ARGS);
        return TURN_AGAIN;
    }
    if (!mn_session_text_ok(s->cli, text, line.from))
        return misfit(w);
    const struct mn_step *step = s->progress.step;
    enum mn_append result = mn_record_note(s->store, s->incident, text, step ? step->record : NULL,
                                           mn_session_by(s), s->cli->diags);
    enum turn next = after(s, result);
    if (result != MN_APPENDED)
        return next;
    const char *number = mn_arena_printf(s->arena, "%zu", s->incident->n_notes);
    mn_screen_say(s->cli, MN_M_walk_noted, MN_ARGS(number));
    return TURN_AGAIN;
}

static void list_notes(struct mn_session *s) {
    for (size_t n = 0; n < s->incident->n_notes; n++) {
        const struct mn_note *note = &s->incident->notes[n];
        const char *first = mn_arena_printf(s->arena, "%3d  ", note->number);
        mn_screen_indented(s->cli, first, "     ", note->text);
    }
}

/* `n! 2 text`, or `n!` alone: lists the notes and asks. */
static enum turn correct(struct walk *w, const char *text, struct mn_line line) {
    struct mn_session *s = w->s;
    enum turn turn = TURN_AGAIN;
    if (!*text) {
        list_notes(s);
        if (s->incident->n_notes && !one_more(w, MN_M_walk_prompt_correct, &line, &turn))
            return turn;
        text = s->incident->n_notes ? line.text : "";
    }
    char *rest;
    long number = strtol(text, &rest, 10);
    rest += strspn(rest, " ");
    if (number < 1 || (size_t)number > s->incident->n_notes || !*rest) {
        const char *last = mn_arena_printf(s->arena, "%zu", s->incident->n_notes);
        mn_diag(s->cli->diags, MN_D_walk_no_such_note, line.from, MN_ARGS(last));
        return misfit(w);
    }
    if (!mn_session_text_ok(s->cli, rest, line.from))
        return misfit(w);
    char *kept = mn_strdup(rest);
    enum mn_append result = mn_record_correction(s->store, s->incident, (int)number, kept,
                                                 mn_session_by(s), s->cli->diags);
    free(kept);
    enum turn next = after(s, result);
    if (result != MN_APPENDED)
        return next;
    mn_screen_say(s->cli, MN_M_walk_corrected, MN_NO_ARGS);
    return TURN_AGAIN;
}

static void why(struct mn_session *s) {
    const struct mn_step *step = s->progress.step;
    struct mn_cli *cli = s->cli;
    if (step && step->why.vi)
        mn_screen_text(cli, mn_cli_text(cli, step->why));
    else
        mn_screen_say(cli, MN_M_walk_no_why, MN_NO_ARGS);
    if (s->progress.n_path == 0)
        return;
    const struct mn_event *last =
        &s->incident->journal->events[s->incident->answers[s->incident->n_answers - 1]];
    const char *asked =
        mn_cli_text(cli, mn_json_get_text(json_object_get(last->payload, "step"), "text"));
    mn_screen_say(cli, MN_M_walk_why_after,
                  MN_ARGS(asked, mn_cli_text(cli, mn_event_text(last, "label"))));
}

static void help(struct mn_session *s) {
    static const enum mn_message keys[] = {
        MN_M_walk_help_number,  MN_M_walk_help_enter, MN_M_walk_help_b,
        MN_M_walk_help_b_to,    MN_M_walk_help_l,     MN_M_walk_help_n,
        MN_M_walk_help_correct, MN_M_walk_help_d,     MN_M_walk_help_e,
        MN_M_walk_help_why,     MN_M_walk_help_q,     MN_M_walk_help_literal};
    static const char *const names[] = {"1 2 3", "Enter", "b", "b 3", "l", "n",
                                        "n!",    "d",     "e", "?",   "q", "="};
    for (size_t k = 0; k < MN_COUNT(keys); k++) {
        const char *first = mn_arena_printf(s->arena, "  %-6s ", names[k]);
        mn_screen_indented(s->cli, first, "         ", mn_msg(keys[k], s->cli->lang));
    }
}

static enum turn command(struct walk *w, const char *text, struct mn_line line, bool *was) {
    *was = true;
    if (strcmp(text, "b") == 0 || mn_walk_is_back(text))
        return go_back(w, text + 1, line.from);
    if (strcmp(text, "l") == 0) {
        mn_walk_answers(w->s, 0);
        return TURN_AGAIN;
    }
    if (strncmp(text, "n!", 2) == 0) {
        char *rest = mn_arena_strdup(w->s->cli->arena, text + 2 + strspn(text + 2, " "));
        return correct(w, rest, line);
    }
    if (strcmp(text, "n") == 0 || strncmp(text, "n ", 2) == 0) {
        char *rest = mn_arena_strdup(w->s->cli->arena, text + 1 + strspn(text + 1, " "));
        return note(w, rest, line);
    }
    if (strcmp(text, "d") == 0) {
        mn_walk_where(w->s);
        mn_screen_problems(w->s->cli);
        return TURN_AGAIN;
    }
    if (strcmp(text, "e") == 0) {
        enum mn_read end = MN_READ_LINE;
        if (mn_walk_escalate(w->s, w->r, &end))
            return TURN_SHOW;
        if (end != MN_READ_LINE)
            return TURN_LEAVE;
        flush_diags(w->s);
        return mn_reader_strict(w->r) ? TURN_WRONG : TURN_BROKEN;
    }
    if (strcmp(text, "?") == 0) {
        why(w->s);
        return TURN_AGAIN;
    }
    if (strcmp(text, "h") == 0) {
        help(w->s);
        return TURN_AGAIN;
    }
    if (strcmp(text, "q") == 0)
        return TURN_LEAVE;
    *was = false;
    return TURN_AGAIN;
}

static enum turn take(struct walk *w, struct mn_line line) {
    struct mn_session *s = w->s;
    bool was;
    enum turn turn = command(w, line.text, line, &was);
    if (was)
        return turn;
    if (!s->progress.step) {
        mn_screen_say(s->cli, MN_M_walk_failed_keys, MN_NO_ARGS);
        return mn_reader_strict(w->r) ? TURN_WRONG : TURN_AGAIN;
    }
    const char *text = line.text;
    enum mn_step_kind kind = s->progress.step->kind;
    if (!*text && (kind == MN_STEP_WAIT || kind == MN_STEP_DELEGATE))
        return after(s, MN_APPENDED); /* to look again */
    if (text[0] == '=')
        text += 1 + strspn(text + 1, " ");
    if (s->progress.step->input == MN_INPUT_CHECKLIST)
        return give_marks(w, text, line.from);
    return give_answer(w, text, line.from);
}

static const char *prompt(const struct mn_session *s) {
    const struct mn_step *step = s->progress.step;
    enum mn_message m = MN_M_walk_prompt_failed;
    const char *detail = "";
    if (step) {
        static const enum mn_message prompts[MN_INPUTS] = {
            [MN_INPUT_NONE] = MN_M_walk_prompt_none,
            [MN_INPUT_CHOICE] = MN_M_walk_prompt_choice,
            [MN_INPUT_TEXT] = MN_M_walk_prompt_text,
            [MN_INPUT_NUMBER] = MN_M_walk_prompt_number,
            [MN_INPUT_CHECKLIST] = MN_M_walk_prompt_checklist,
        };
        m = prompts[step->input];
        size_t n = 0;
        if (step->input == MN_INPUT_CHOICE)
            mn_step_offered(step, s->arena, &n);
        if (step->kind == MN_STEP_WAIT || step->kind == MN_STEP_DELEGATE)
            m = n ? MN_M_walk_prompt_wait : MN_M_walk_prompt_wait_only;
        if (step->input == MN_INPUT_CHOICE)
            detail = mn_arena_printf(s->arena, "%zu", n);
        else if (step->input == MN_INPUT_NUMBER && step->unit.vi)
            detail = mn_cli_text(s->cli, step->unit);
    }
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, s->cli->lang, MN_ARGS(detail));
    const char *text = mn_arena_strdup(s->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

/* Shows where the incident stands. False when a step could not be prepared. */
static bool show(struct walk *w) {
    struct mn_session *s = w->s;
    const struct mn_step *step = s->progress.step;
    if (!step) {
        mn_screen_blank(s->cli);
        mn_screen_say(s->cli, MN_M_walk_failed, MN_NO_ARGS);
        return true;
    }
    mn_walk_tell_observed(s, &w->seen);
    mn_walk_show_step(s);
    if (step->kind == MN_STEP_DELEGATE) {
        mn_walk_delegate(s);
        return true;
    }
    return (step->kind != MN_STEP_ESCALATE && step->kind != MN_STEP_HANDOVER) || mn_walk_call(s);
}

int mn_walk(struct mn_session *s, struct mn_reader *r) {
    struct walk w = {.s = s, .r = r, .seen = mn_walk_last_seen(s)};
    mn_cli_flush_diags(s->cli);
    for (enum turn turn = TURN_SHOW;;) {
        if (turn == TURN_SHOW) {
            if (s->incident->status != MN_INCIDENT_OPEN)
                return mn_walk_finished(s);
            if (s->progress.state == MN_PROGRESS_DIVERGED) {
                mn_walk_diverged(s);
                mn_walk_left(s);
                return MN_EXIT_BROKEN;
            }
            if (!show(&w)) {
                flush_diags(s);
                mn_walk_left(s);
                return MN_EXIT_BROKEN;
            }
        }
        struct mn_line line;
        turn = mn_reader_line(r, prompt(s), &line) == MN_READ_LINE ? take(&w, line) : TURN_LEAVE;
        if (turn == TURN_LEAVE || turn == TURN_WRONG || turn == TURN_BROKEN) {
            mn_walk_left(s);
            return turn == TURN_LEAVE   ? MN_EXIT_DONE
                   : turn == TURN_WRONG ? MN_EXIT_NO
                                        : MN_EXIT_BROKEN;
        }
    }
}
