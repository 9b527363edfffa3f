/* A runbook that is walked while it is being written. Nothing is recorded: the answers are kept
 * here, and given anew to each version of the file. */
#include "cli/watch.h"

#include "base/clock.h"
#include "base/files.h"
#include "cli/choose.h"
#include "cli/screen.h"
#include "cli/walk.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

struct watch {
    struct mn_cli *cli;
    struct mn_reader *r;
    const char *path;
    struct mn_session view; /* only what showing a step takes */
    struct mn_files *files, *library;
    struct mn_catalogue *catalogue;
    const struct mn_runbook *runbook; /* NULL: the file is wrong as it stands */
    struct mn_choice_made made;
    json_t *facts; /* NULL until something is chosen that the runbook is walked for */
    /* Every answer given on this way; the first n are in force, the others do not fit the file as
     * it is now, and are forgotten when another answer is given in their place. */
    struct mn_answer *answers;
    size_t n, n_all, cap;
};

/* ---- the file ---- */

static void drop(struct watch *w) {
    mn_catalogue_free(w->catalogue);
    mn_files_free(w->files);
    w->catalogue = NULL;
    w->files = NULL;
    w->runbook = NULL;
}

/* Reads the file as it is now. What is wrong with it is shown. */
static void load(struct watch *w) {
    struct mn_cli *cli = w->cli;
    struct mn_files *folder;
    drop(w);
    const struct mn_source *source = mn_files_one(w->path, LARGEST_FILE, &folder, cli->diags);
    if (source) {
        const char *slash = strrchr(w->path, '/'), *name = slash ? slash + 1 : w->path;
        w->files = mn_files_memory(mn_files_shown(folder));
        mn_files_put(w->files, name, source->text, source->size);
        w->catalogue = mn_catalogue_load(w->files, w->library, cli->diags);
        if (mn_catalogue_count(w->catalogue) > 0) {
            w->runbook = mn_catalogue_at(w->catalogue, 0);
            mn_catalogue_check(w->catalogue, mn_cli_model(cli), cli->diags);
            mn_catalogue_advise(w->catalogue, cli->diags);
        }
    }
    mn_files_free(folder);
    mn_cli_flush_diags(cli);
}

/* ---- the answers ---- */

static bool evaluate(struct watch *w, size_t n) {
    struct mn_evaluation e = {.runbooks = w->files,
                              .library = w->library,
                              .file = w->runbook->file,
                              .facts = w->facts,
                              .answers = w->answers,
                              .n = n};
    mn_arena_free(w->view.arena);
    w->view.arena = mn_arena_new();
    memset(&w->view.progress, 0, sizeof w->view.progress);
    return mn_evaluate(&e, w->view.arena, &w->view.progress, w->cli->diags);
}

/* Which answers lie behind those that fit, in words. */
static void tell_misfit(struct watch *w) {
    const struct mn_progress *p = &w->view.progress;
    const struct mn_answer *a = &w->answers[p->n_path];
    struct mn_buf why = MN_BUF_INIT;
    mn_difference_tell(p->difference, a, p->step, w->cli->lang, &why);
    mn_screen_say(w->cli, MN_M_watch_misfit,
                  MN_ARGS(mn_arena_printf(w->view.arena, "%zu", p->n_path + 1), a->record, a->value,
                          mn_buf_text(&why)));
    if (w->n_all - p->n_path > 1)
        mn_screen_say(w->cli, MN_M_watch_behind,
                      MN_ARGS(mn_arena_printf(w->view.arena, "%zu", w->n_all - p->n_path - 1)));
    mn_buf_fini(&why);
}

/* The answer, all of it in memory that outlives the evaluation. */
static struct mn_answer keep(struct watch *w, const struct mn_step *step, const char *value,
                             int64_t at) {
    struct mn_arena *a = w->cli->arena;
    struct mn_answer kept = mn_answer_to(step, mn_arena_strdup(a, value), at, w->view.actor, a);
    kept.record = mn_arena_strdup(a, kept.record);
    return kept;
}

/* The step is the same, asked in another way: does the answer still say something to it? */
static bool refit(struct watch *w, struct mn_answer *a, const struct mn_step *step) {
    struct mn_diags *ignored = mn_diags_new();
    const char *value;
    bool fits = step && strcmp(step->record, a->record) == 0 &&
                mn_answer_fits(step, a->value, MN_NOWHERE, w->cli->arena, &value, ignored);
    if (fits)
        *a = keep(w, step, value, a->at);
    mn_diags_free(ignored);
    return fits;
}

/* Gives all answers to the runbook and keeps as many in force as it takes, `most` at most. */
static void fit(struct watch *w, size_t most) {
    w->n = most;
    while (w->runbook && w->facts) {
        if (!evaluate(w, w->n)) {
            mn_cli_flush_diags(w->cli);
            return;
        }
        const struct mn_progress *p = &w->view.progress;
        if (p->state != MN_PROGRESS_DIVERGED)
            return;
        if (!refit(w, &w->answers[p->n_path], p->step)) {
            tell_misfit(w);
            w->n = p->n_path;
        }
    }
}

static void push(struct watch *w, const struct mn_step *step, const char *value) {
    w->n_all = w->n;
    w->answers = mn_grow(w->answers, &w->cap, w->n + 1, sizeof *w->answers);
    w->answers[w->n_all++] = keep(w, step, value, mn_clock_now());
    fit(w, w->n_all);
}

/* ---- the screen ---- */

static void list(struct watch *w) {
    if (w->n == 0)
        mn_screen_say(w->cli, MN_M_walk_no_answers, MN_NO_ARGS);
    for (size_t i = 0; i < w->n; i++)
        mn_screen_indented(
            w->cli, mn_arena_printf(w->view.arena, "%3zu  ", i + 1), "     ",
            mn_arena_printf(w->view.arena, "%s = %s", w->answers[i].record, w->answers[i].value));
}

static void show(struct watch *w) {
    const struct mn_progress *p = &w->view.progress;
    struct mn_cli *cli = w->cli;
    if (!w->runbook || !w->facts || !p->step) {
        mn_screen_say(cli, MN_M_watch_wrong, MN_NO_ARGS);
        return;
    }
    mn_walk_show_step(&w->view);
    if (p->step->kind == MN_STEP_ESCALATE || p->step->kind == MN_STEP_HANDOVER) {
        int team = p->step->team ? mn_model_team(w->view.model, p->step->team) : -1;
        mn_screen_say(cli, MN_M_watch_call,
                      MN_ARGS(team < 0 ? p->step->to
                                       : mn_cli_text(cli, w->view.model->teams[team].name.full)));
        mn_walk_outcomes(&w->view, p->step);
    }
    if (p->state == MN_PROGRESS_RESOLVED)
        mn_screen_say(cli, MN_M_watch_end, MN_NO_ARGS);
}

static void reload(struct watch *w) {
    mn_screen_blank(w->cli);
    mn_screen_heading(w->cli, MN_M_watch_saved, MN_ARGS(w->path));
    load(w);
    fit(w, w->n_all);
}

/* ---- keys ---- */

static void back(struct watch *w, const char *to) {
    char *rest;
    to += strspn(to, " ");
    unsigned long number = *to ? strtoul(to, &rest, 10) : w->n;
    if (w->n == 0)
        mn_diag(w->cli->diags, MN_D_walk_first_step, MN_NOWHERE, MN_NO_ARGS);
    else if (number < 1 || number > w->n)
        mn_diag(w->cli->diags, MN_D_walk_no_such_answer, MN_NOWHERE,
                MN_ARGS(to, mn_arena_printf(w->view.arena, "%zu", w->n)));
    else
        w->n_all = number - 1;
    mn_screen_problems(w->cli);
    fit(w, w->n_all < w->n ? w->n_all : w->n);
}

/* False: a file of answers does not fit. *moved: another step is to be shown. */
static bool answer(struct watch *w, struct mn_line line, bool *moved) {
    const struct mn_progress *p = &w->view.progress;
    const char *value, *text = line.text;
    *moved = false;
    if (!w->runbook || !p->step || p->state == MN_PROGRESS_RESOLVED)
        return true;
    if (text[0] == '=')
        text += 1 + strspn(text + 1, " ");
    if (mn_answer_fits(p->step, text, line.from, w->view.arena, &value, w->cli->diags)) {
        push(w, p->step, value);
        *moved = true;
        return true;
    }
    if (mn_reader_strict(w->r))
        return false;
    mn_screen_problems(w->cli);
    return true;
}

/* Until something is chosen that this runbook is for; false: left, or it cannot be. */
static bool choose(struct watch *w, const char *subject, enum mn_read *end) {
    struct mn_cli *cli = w->cli;
    while (!w->runbook) {
        struct mn_line line;
        mn_screen_say(cli, MN_M_watch_wrong, MN_NO_ARGS);
        *end = mn_reader_line(w->r, mn_msg(MN_M_watch_prompt_wrong, cli->lang), &line);
        if (*end == MN_READ_SAVED)
            load(w);
        else if (*end == MN_READ_LINE && strcmp(line.text, "q") == 0)
            *end = MN_READ_END;
        if (*end != MN_READ_LINE && *end != MN_READ_SAVED)
            return false;
    }
    while (!mn_choose_for(cli, w->r, w->runbook, subject, &w->made, end)) {
        if (*end != MN_READ_SAVED)
            return false;
        load(w);
        if (!w->runbook)
            return choose(w, subject, end);
    }
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_toll toll = mn_toll_of(m, w->made.subject, cli->arena);
    w->facts = mn_opening_facts(m, w->made.subject, w->made.symptom, &toll, w->view.actor);
    return true;
}

static int walk(struct watch *w) {
    bool again = true;
    for (;;) {
        struct mn_line line;
        if (again)
            show(w);
        bool open =
            w->runbook && w->view.progress.step && w->view.progress.state == MN_PROGRESS_OPEN;
        enum mn_read got = mn_reader_line(
            w->r, mn_msg(open ? MN_M_watch_prompt : MN_M_watch_prompt_wrong, w->cli->lang), &line);
        again = true;
        if (got == MN_READ_SAVED) {
            reload(w);
        } else if (got != MN_READ_LINE || strcmp(line.text, "q") == 0) {
            return MN_EXIT_DONE;
        } else if (strcmp(line.text, "b") == 0 || mn_walk_is_back(line.text)) {
            back(w, line.text + 1);
        } else if (strcmp(line.text, "l") == 0 || strcmp(line.text, "h") == 0) {
            again = false;
            if (line.text[0] == 'l')
                list(w);
            else
                mn_screen_say(w->cli, MN_M_watch_keys, MN_NO_ARGS);
        } else if (!answer(w, line, &again)) {
            return mn_cli_failed(w->cli, MN_EXIT_NO);
        }
    }
}

int mn_watch(struct mn_cli *cli, struct mn_reader *r, const char *path, const char *subject) {
    struct watch w = {.cli = cli, .r = r, .path = path};
    enum mn_read end = MN_READ_LINE;
    int status = MN_EXIT_BROKEN;
    w.view = (struct mn_session){.cli = cli,
                                 .model = mn_cli_model(cli),
                                 .arena = mn_arena_new(),
                                 .actor = mn_session_actor(cli)};
    w.library = mn_library_files();
    if (w.view.model && w.view.actor) {
        mn_reader_watch(r, path);
        load(&w);
        if (choose(&w, subject, &end)) {
            mn_screen_blank(cli);
            mn_screen_heading(cli, MN_M_watch_begin, MN_ARGS(path));
            mn_screen_say(cli, MN_M_watch_keys, MN_NO_ARGS);
            fit(&w, 0);
            status = walk(&w);
        } else {
            status = end == MN_READ_LINE ? MN_EXIT_NO : MN_EXIT_DONE;
        }
    }
    mn_cli_flush_diags(cli);
    drop(&w);
    mn_files_free(w.library);
    mn_arena_free(w.view.arena);
    json_decref(w.facts);
    free(w.answers);
    return status;
}
