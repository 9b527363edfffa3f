/* lua: a prompt with the model and the words of runbooks, for whoever writes them. */
#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/walk.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 1 << 20 };

struct prompt {
    struct mn_cli *cli;
    struct mn_reader *answers_from; /* NULL: nobody answers */
    struct mn_session view;         /* only what showing a step takes */
    struct mn_files *sources, *library;
    json_t *facts, *model;
    const char **names; /* of what was typed and ran well, and of what is being run */
    size_t n_names, cap_names;
    struct mn_answer *answers;
    size_t n_answers, cap_answers;
    int typed;
};

/* ---- a step that is asked ---- */

/* The answer to the open step; false: none comes, or with a diagnostic. */
static bool answer(struct prompt *p, const struct mn_step *step) {
    struct mn_cli *cli = p->cli;
    struct mn_arena *a = cli->arena;
    struct mn_line line;
    const char *value;
    if (!p->answers_from) {
        mn_diag(cli->diags, MN_D_lua_asked, MN_NOWHERE, MN_ARGS(step->record));
        return false;
    }
    p->view.progress = (struct mn_progress){.step = step, .n_path = p->n_answers};
    mn_walk_show_step(&p->view);
    if (step->kind == MN_STEP_ESCALATE || step->kind == MN_STEP_HANDOVER)
        mn_walk_outcomes(&p->view, step);
    for (;;) {
        if (mn_reader_line(p->answers_from, mn_msg(MN_M_lua_answer, cli->lang), &line) !=
            MN_READ_LINE)
            return false;
        if (mn_answer_fits(step, line.text, line.from, a, &value, cli->diags))
            break;
        if (mn_reader_strict(p->answers_from))
            return false;
        mn_screen_problems(cli);
    }
    struct mn_answer given =
        mn_answer_to(step, mn_arena_strdup(a, value), mn_clock_now(), p->view.actor, a);
    given.record = mn_arena_strdup(a, given.record);
    p->answers = mn_grow(p->answers, &p->cap_answers, p->n_answers + 1, sizeof *p->answers);
    p->answers[p->n_answers++] = given;
    return true;
}

/* ---- what was typed ---- */

enum ran { RAN, RAN_NOT, RAN_UNFINISHED };

/* Runs the text after all that ran before, answering what it asks. What fails leaves no trace. */
static enum ran run_text(struct prompt *p, const char *name, const char *text, bool whole) {
    struct mn_cli *cli = p->cli;
    size_t answers = p->n_answers;
    struct mn_given given;
    mn_files_put(p->sources, name, text, strlen(text));
    p->names = mn_grow(p->names, &p->cap_names, p->n_names + 1, sizeof *p->names);
    p->names[p->n_names] = name;
    for (;;) {
        struct mn_typed t = {.sources = p->sources,
                             .names = p->names,
                             .n = p->n_names + 1,
                             .library = p->library,
                             .facts = p->facts,
                             .model = p->model,
                             .answers = p->answers,
                             .n_answers = p->n_answers,
                             .whole = whole};
        mn_arena_free(p->view.arena);
        p->view.arena = mn_arena_new();
        bool ok = mn_prompt(&t, p->view.arena, &given, cli->diags);
        if (ok && given.unfinished)
            return RAN_UNFINISHED;
        if (ok && !given.step)
            break;
        if (!ok || !answer(p, given.step)) {
            p->n_answers = answers;
            return RAN_NOT;
        }
    }
    for (size_t i = 0; i < given.n; i++)
        fprintf(cli->out, "%s\n", given.values[i]);
    p->n_names++;
    return RAN;
}

static int run_prompt(struct prompt *p, struct mn_reader *r) {
    struct mn_cli *cli = p->cli;
    struct mn_buf text = MN_BUF_INIT;
    struct mn_line line;
    mn_reader_remember(r);
    mn_screen_say(cli, MN_M_lua_greeting, MN_NO_ARGS);
    while (mn_reader_line(r, text.size ? ">> " : "> ", &line) == MN_READ_LINE) {
        if (text.size)
            mn_buf_putc(&text, '\n');
        mn_buf_puts(&text, line.text);
        if (text.size == 0)
            continue;
        const char *name = mn_arena_printf(cli->arena, "[%d]", ++p->typed);
        /* An empty line ends what is unfinished. */
        if (run_text(p, name, mn_buf_text(&text), !*line.text) == RAN_UNFINISHED)
            continue;
        mn_cli_flush_diags(cli);
        mn_buf_clear(&text);
    }
    mn_buf_fini(&text);
    return MN_EXIT_DONE;
}

static int run_file(struct prompt *p, const char *path) {
    struct mn_files *folder;
    const struct mn_source *source = mn_files_one(path, LARGEST_FILE, &folder, p->cli->diags);
    enum ran ran = source && mn_source_is_text(source, p->cli->diags)
                       ? run_text(p, path, source->text, true)
                       : RAN_NOT;
    mn_files_free(folder);
    return ran == RAN ? MN_EXIT_DONE : mn_cli_failed(p->cli, MN_EXIT_NO);
}

/* ---- the command ---- */

static bool is_file(const char *word) {
    size_t n = strlen(word);
    return n > 4 && strcmp(word + n - 4, ".lua") == 0;
}

/* The facts of the incident that SUBJECT would have; of none without it. */
static bool take_facts(struct prompt *p, const char *subject) {
    struct mn_cli *cli = p->cli;
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_subject s = {-1, -1};
    struct mn_found found;
    if (!m || !p->view.actor)
        return false;
    if (subject) {
        if (!mn_model_lookup(m, subject, MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &found, cli->diags))
            return false;
        s = found.scope == MN_SCOPE_SITE ? mn_subject_site(found.index)
                                         : mn_subject_component(m, found.index);
    }
    p->view.model = m;
    p->facts = mn_incident_facts(m, s, NULL, NULL, p->view.actor);
    p->model = mn_model_facts(m);
    return true;
}

static int run(struct mn_cli *cli) {
    const char *typed = mn_cli_option(cli, "eval"), *file = NULL, *subject = NULL;
    const char *answers = mn_cli_option(cli, "answers");
    for (int i = 0; i < cli->n_args; i++) {
        const char **what = is_file(cli->args[i]) ? &file : &subject;
        if (*what || (file && typed))
            return mn_cli_usage(cli, MN_M_lua_usage, MN_NO_ARGS);
        *what = cli->args[i];
    }
    struct prompt p = {.cli = cli};
    struct mn_reader *r = NULL, *own = NULL;
    int status = MN_EXIT_BROKEN;
    p.view =
        (struct mn_session){.cli = cli, .arena = mn_arena_new(), .actor = mn_session_actor(cli)};
    p.sources = mn_files_memory("");
    p.library = mn_library_files();
    if (take_facts(&p, subject) && (!answers || (r = mn_reader_file(cli, answers)))) {
        mn_cli_flush_diags(cli);
        if (!typed && !file)
            own = mn_reader_stdin(cli);
        p.answers_from = r ? r : own;
        if (typed)
            status = run_text(&p, "-e", typed, true) == RAN ? MN_EXIT_DONE
                                                            : mn_cli_failed(cli, MN_EXIT_NO);
        else
            status = file ? run_file(&p, file) : run_prompt(&p, own);
    }
    mn_reader_free(r);
    mn_reader_free(own);
    mn_cli_flush_diags(cli);
    json_decref(p.facts);
    json_decref(p.model);
    mn_files_free(p.sources);
    mn_files_free(p.library);
    mn_arena_free(p.view.arena);
    free(p.names);
    free(p.answers);
    return status;
}

static const struct mn_option options[] = {{"eval", "LUA", MN_M_opt_eval, NULL},
                                           {"answers", "FILE", MN_M_opt_answers, NULL},
                                           {"as", "NAME", MN_M_opt_as, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_lua = {
    .name = "lua",
    .usage = "[FILE.lua] [SUBJECT]",
    .least = 0,
    .most = 2,
    .summary = MN_M_lua_summary,
    .help = MN_M_lua_help,
    .options = options,
    .run = run,
    .no_json = true,
};
