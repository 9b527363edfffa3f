/* How to speak, and running the command that was asked for. */
#include "cli/cli.h"

#include "base/mem.h"
#include "cli/args.h"
#include "cli/help.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *mn_cli_option(const struct mn_cli *cli, const char *name) {
    int place;
    if (!cli->option_values || !mn_args_find(cli->command, name, &place))
        return NULL;
    return cli->option_values[place];
}

static void speak(struct mn_cli *cli, FILE *to, enum mn_message m, const char *const *args) {
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, cli->lang, args);
    mn_buf_putc(&b, '\n');
    fputs(mn_buf_text(&b), to);
    mn_buf_fini(&b);
}

void mn_cli_say(struct mn_cli *cli, enum mn_message m, const char *const *args) {
    speak(cli, cli->out, m, args);
}

void mn_cli_tell(struct mn_cli *cli, enum mn_message m, const char *const *args) {
    speak(cli, stderr, m, args);
}

void mn_cli_progress(struct mn_cli *cli, enum mn_message m, int done, int total) {
    struct mn_buf b = MN_BUF_INIT;
    char numbers[2][16];
    if (!isatty(STDERR_FILENO))
        return;
    snprintf(numbers[0], sizeof numbers[0], "%d", done);
    snprintf(numbers[1], sizeof numbers[1], "%d", total);
    if (done < total)
        mn_msg_add(&b, m, cli->lang, MN_ARGS(numbers[0], numbers[1]));
    fprintf(stderr, "\r%s\033[K", mn_buf_text(&b));
    fflush(stderr);
    mn_buf_fini(&b);
}

const char *mn_cli_text(const struct mn_cli *cli, struct mn_text t) {
    return mn_text_in(t, cli->lang);
}

void mn_cli_json(struct mn_cli *cli, json_t *doc) {
    struct mn_buf b = MN_BUF_INIT;
    mn_json_write(&b, doc, 0, false);
    mn_buf_putc(&b, '\n');
    fwrite(mn_buf_text(&b), 1, b.size, cli->out);
    mn_buf_fini(&b);
    json_decref(doc);
}

static json_t *view_json(struct mn_diag_view v) {
    static const char *const severities[] = {"error", "warning", "note"};
    static const char *const tags[] = {"shape", "meaning", "runtime"};
    const struct mn_code_info *info = mn_code_info(v.code);
    json_t *o = json_object();
    json_object_set_new(o, "code", json_string(info->name));
    json_object_set_new(o, "severity", json_string(severities[info->severity]));
    json_object_set_new(o, "tag", json_string(tags[info->tag]));
    json_object_set_new(o, "file", v.file ? json_string(v.file) : json_null());
    json_object_set_new(o, "line", json_integer(v.line));
    json_object_set_new(o, "column", json_integer(v.col));
    json_object_set_new(o, "message",
                        mn_json_text((struct mn_text){v.message[MN_VI], v.message[MN_EN]}));
    return o;
}

json_t *mn_cli_diags_json(const struct mn_cli *cli) {
    json_t *list = json_array();
    mn_diags_sort(cli->diags);
    for (size_t i = 0; i < mn_diags_count(cli->diags); i++) {
        struct mn_diag_view v = mn_diags_view(cli->diags, i);
        json_t *o = view_json(v), *notes = json_array();
        for (size_t n = 0; n < v.notes; n++)
            json_array_append_new(notes, view_json(mn_diags_view_note(cli->diags, i, n)));
        json_object_set_new(o, "notes", notes);
        json_array_append_new(list, o);
    }
    return list;
}

bool mn_cli_flush_diags(struct mn_cli *cli) {
    struct mn_buf b = MN_BUF_INIT;
    bool failed = mn_diags_errors(cli->diags) > 0;
    mn_diags_sort(cli->diags);
    for (size_t i = 0; i < mn_diags_count(cli->diags); i++)
        mn_diags_render(cli->diags, i, cli->lang, cli->colour_err, &b);
    fflush(cli->out);
    fputs(mn_buf_text(&b), stderr);
    mn_buf_fini(&b);
    mn_diags_free(cli->diags);
    cli->diags = mn_diags_new();
    return failed;
}

int mn_cli_failed(struct mn_cli *cli, enum mn_exit status) {
    mn_cli_flush_diags(cli);
    return status;
}

static void see_help(struct mn_cli *cli) {
    if (cli->command)
        mn_cli_tell(cli, MN_M_usage_see_help, MN_ARGS(cli->command->name));
    else
        mn_cli_tell(cli, MN_M_usage_see_commands, MN_NO_ARGS);
}

int mn_cli_usage(struct mn_cli *cli, enum mn_message m, const char *const *args) {
    mn_cli_tell(cli, m, args);
    see_help(cli);
    return MN_EXIT_USAGE;
}

void mn_cli_page(struct mn_cli *cli) {
    const char *pager = getenv("PAGER");
    int ends[2];
    if (cli->paged || !isatty(STDOUT_FILENO) || (pager && !*pager) || pipe(ends) != 0)
        return;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        setenv("LESS", "FRX", 0);
        setenv("LESSCHARSET", "utf-8", 0);
        /* One that is not installed has read nothing yet: then the list just comes. */
        execl("/bin/sh", "sh", "-c",
              "sh -c \"$0\" 2>/dev/null; status=$?; [ $status = 127 ] && exec cat; exit $status",
              pager ? pager : "less", (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    if (pid < 0) {
        close(ends[1]);
        return;
    }
    dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    signal(SIGPIPE, SIG_IGN); /* the reader may leave early */
    cli->pager = pid;
    cli->paged = true;
}

static enum mn_lang locale_lang(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < MN_COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "en", 2) == 0 ? MN_EN : MN_VI;
    }
    return MN_VI;
}

static bool wants_colour(int fd) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static int finish(struct mn_cli *cli, int status) {
    if (fflush(cli->out) != 0 && errno != EPIPE) {
        mn_cli_tell(cli, MN_M_output_failed, MN_ARGS(mn_text_in(mn_reason(errno), cli->lang)));
        status = MN_EXIT_BROKEN;
    }
    if (cli->paged) {
        fclose(stdout);
        while (waitpid(cli->pager, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (cli->release)
        cli->release(cli);
    mn_diags_free(cli->diags);
    mn_arena_free(cli->arena);
    return status;
}

/* Before all else is understood, so that a mistake in the other words is told in it too. */
static enum mn_lang asked_lang(int argc, const char *const *argv, enum mn_lang otherwise) {
    static const char option[] = "--lang";
    const size_t n = sizeof option - 1;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], option, n) != 0 || (argv[i][n] && argv[i][n] != '='))
            continue;
        const char *value = argv[i][n] ? argv[i] + n + 1 : i + 1 < argc ? argv[++i] : "";
        if (strcmp(value, "en") == 0 || strcmp(value, "vi") == 0)
            otherwise = *value == 'e' ? MN_EN : MN_VI;
    }
    return otherwise;
}

int mn_cli_main(int argc, const char *const *argv) {
    struct mn_cli cli = {.lang = locale_lang(),
                         .out = stdout,
                         .diags = mn_diags_new(),
                         .arena = mn_arena_new(),
                         .colour_out = wants_colour(STDOUT_FILENO),
                         .colour_err = wants_colour(STDERR_FILENO)};
    cli.lang = asked_lang(argc, argv, cli.lang);
    if (!mn_args_parse(&cli, argc, argv)) {
        mn_cli_flush_diags(&cli);
        see_help(&cli);
        return finish(&cli, MN_EXIT_USAGE);
    }
    cli.json = mn_cli_option(&cli, "json") != NULL;
    if (mn_cli_option(&cli, "help") || !cli.command)
        return finish(&cli, mn_help_print(&cli, cli.command));
    const struct mn_command *c = cli.command;
    if (cli.json && c->no_json)
        return finish(&cli, mn_cli_usage(&cli, MN_M_usage_no_json, MN_ARGS(c->name)));
    if (cli.n_args < c->least)
        return finish(&cli, mn_cli_usage(&cli, MN_M_usage_too_few, MN_ARGS(c->name, c->usage)));
    if (c->most >= 0 && cli.n_args > c->most)
        return finish(&cli,
                      mn_cli_usage(&cli, MN_M_usage_too_many, MN_ARGS(c->name, cli.args[c->most])));
    return finish(&cli, c->run(&cli));
}
