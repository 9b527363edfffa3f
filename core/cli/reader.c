/* Reading answers, and staying alive when the terminal goes. */
#include "cli/reader.h"

#include "base/mem.h"
#include "base/stamp.h"
#include "base/unicode.h"

#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWERS_LIMIT (1u << 20)
#define LINE_LIMIT 65536
#define HISTORY 1000
#define WATCH_MS 200 /* how soon a saved file is noticed */

struct mn_reader {
    struct mn_cli *cli;
    /* a file */
    struct mn_files *files;
    const struct mn_source *source;
    size_t at;
    int number;
    /* standard input */
    EditLine *edit;   /* NULL: plain reading */
    History *history; /* NULL: lines are forgotten */
    const char *prompt;
    struct mn_buf pending; /* read, but not yet a line */
    bool terminal;
    const char *watched; /* NULL: none */
    struct mn_stamp stamp;
    bool saved;
    char *text; /* the line that was given out */
};

/* Signal handlers have no other way to speak: the write end of a pipe that reading polls. */
static int wake[2] = {-1, -1};
static volatile sig_atomic_t stopped;

static void on_signal(int number) {
    int kept = errno;
    char c = number == SIGCONT ? 'c' : 's';
    if (c == 's')
        stopped = 1;
    ssize_t n = write(wake[1], &c, 1);
    (void)n;
    errno = kept;
}

static void catch_signals(void) {
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    struct sigaction sa = {.sa_handler = on_signal};
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGCONT};
    for (size_t i = 0; i < MN_COUNT(caught); i++)
        sigaction(caught[i], &sa, NULL);
    sa.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &sa, NULL); /* a closed output is noticed when it is flushed */
}

static void release_signals(void) {
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGCONT, SIGPIPE};
    for (size_t i = 0; i < MN_COUNT(caught); i++)
        signal(caught[i], SIG_DFL);
    for (int i = 0; i < 2; i++) {
        if (wake[i] >= 0)
            close(wake[i]);
        wake[i] = -1;
    }
    stopped = 0;
}

/* Waits until standard input can be read; false when a signal said to stop, or the watched file was
 * saved. */
static bool wait_for_input(struct mn_reader *r) {
    struct pollfd fds[2] = {{STDIN_FILENO, POLLIN, 0}, {wake[0], POLLIN, 0}};
    for (;;) {
        if (stopped)
            return false;
        r->saved = r->watched && mn_stamp_renew(&r->stamp, r->watched);
        if (r->saved)
            return false;
        int n = poll(fds, 2, r->watched ? WATCH_MS : -1);
        if (n < 0 && errno != EINTR)
            return true;
        char c;
        if (n > 0 && (fds[1].revents & POLLIN) && read(wake[0], &c, 1) == 1 && c == 'c' &&
            r->edit) {
            /* back from Ctrl-Z: the terminal is as the shell left it */
            el_set(r->edit, EL_PREP_TERM, 1);
            el_set(r->edit, EL_REFRESH);
        }
        if (!stopped && n > 0 && fds[0].revents)
            return true;
    }
}

static int next_byte(struct mn_reader *r) {
    unsigned char c;
    if (!wait_for_input(r))
        return -1;
    ssize_t n = read(STDIN_FILENO, &c, 1);
    return n == 1 ? c : -1;
}

/* One character for libedit, decoded here so that it does not depend on the locale. */
static int edit_character(EditLine *edit, wchar_t *out) {
    struct mn_reader *r;
    el_get(edit, EL_CLIENTDATA, &r);
    char bytes[4];
    int c = next_byte(r);
    if (c < 0)
        return stopped || r->saved ? -1 : 0;
    bytes[0] = (char)c;
    size_t want = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4, n = 1;
    while (n < want && (c = next_byte(r)) >= 0)
        bytes[n++] = (char)c;
    size_t used;
    *out = (wchar_t)mn_utf8_decode(bytes, n, &used);
    return 1;
}

static char *edit_prompt(EditLine *edit) {
    struct mn_reader *r;
    el_get(edit, EL_CLIENTDATA, &r);
    return (char *)r->prompt;
}

static bool capable(void) {
    const char *term = getenv("TERM");
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
           strcmp(term, "dumb") != 0;
}

struct mn_reader *mn_reader_stdin(struct mn_cli *cli) {
    struct mn_reader *r = mn_new0(1, sizeof *r);
    r->cli = cli;
    r->terminal = isatty(STDIN_FILENO);
    catch_signals();
    /* libedit keeps characters as the locale has them; this one is there on every system. */
    if (capable() && setlocale(LC_CTYPE, "C.UTF-8"))
        r->edit = el_init("metronet", stdin, stdout, stderr);
    if (r->edit) {
        el_set(r->edit, EL_CLIENTDATA, r);
        el_set(r->edit, EL_PROMPT, edit_prompt);
        el_set(r->edit, EL_EDITOR, "emacs");
        el_set(r->edit, EL_SIGNAL, 0);
        el_set(r->edit, EL_GETCFN, edit_character);
    }
    return r;
}

struct mn_reader *mn_reader_file(struct mn_cli *cli, const char *path) {
    struct mn_files *files;
    const struct mn_source *source = mn_files_one(path, ANSWERS_LIMIT, &files, cli->diags);
    if (!source || !mn_source_is_text(source, cli->diags)) {
        mn_files_free(files);
        return NULL;
    }
    struct mn_reader *r = mn_new0(1, sizeof *r);
    r->cli = cli;
    r->files = files;
    r->source = source;
    catch_signals();
    return r;
}

void mn_reader_free(struct mn_reader *r) {
    if (!r)
        return;
    if (r->edit)
        el_end(r->edit);
    if (r->history)
        history_end(r->history);
    release_signals();
    mn_files_free(r->files);
    mn_buf_fini(&r->pending);
    free(r->text);
    free(r);
}

void mn_reader_remember(struct mn_reader *r) {
    HistEvent event;
    r->history = r->edit ? history_init() : NULL;
    if (!r->history)
        return;
    history(r->history, &event, H_SETSIZE, HISTORY);
    el_set(r->edit, EL_HIST, history, r->history);
}

void mn_reader_watch(struct mn_reader *r, const char *path) {
    r->watched = path;
    mn_stamp_renew(&r->stamp, path);
}

bool mn_reader_strict(const struct mn_reader *r) {
    return r->source != NULL;
}

/* Keeps the n bytes at s, trimmed and in normal form, as the line that is given out. */
static enum mn_read give(struct mn_reader *r, const char *s, size_t n, struct mn_line *line) {
    while (n > 0 && strchr(" \t\r\n", s[n - 1]))
        n--;
    while (n > 0 && strchr(" \t", *s)) {
        s++;
        n--;
    }
    char *copy = mn_new0(n + 1, 1);
    memcpy(copy, s, n);
    free(r->text);
    r->text = mn_nfc(copy); /* NULL: not UTF-8, so it fits nothing */
    if (!r->text)
        r->text = mn_strdup("\xef\xbf\xbd");
    free(copy);
    line->text = r->text;
    return MN_READ_LINE;
}

static enum mn_read file_line(struct mn_reader *r, struct mn_line *line) {
    while (r->at < r->source->size) {
        const char *s = r->source->text + r->at;
        size_t left = r->source->size - r->at;
        const char *newline = memchr(s, '\n', left);
        size_t n = newline ? (size_t)(newline - s) : left;
        r->at += n + (newline != NULL);
        r->number++;
        size_t blank = strspn(s, " \t\r");
        if (blank >= n || s[blank] == '#')
            continue;
        give(r, s, n, line);
        line->from = (struct mn_loc){r->source, r->number, (int)blank + 1,
                                     (int)mn_utf8_count(r->text, strlen(r->text))};
        return MN_READ_LINE;
    }
    return MN_READ_END;
}

static enum mn_read plain_line(struct mn_reader *r, struct mn_line *line) {
    mn_buf_clear(&r->pending);
    for (;;) {
        int c = next_byte(r);
        if (c < 0 && stopped)
            return MN_READ_STOPPED;
        if (c < 0 && r->saved)
            return MN_READ_SAVED;
        if (c < 0 && r->pending.size == 0)
            return MN_READ_END;
        if (c < 0 || c == '\n')
            return give(r, mn_buf_text(&r->pending), r->pending.size, line);
        if (c != '\0' && r->pending.size < LINE_LIMIT)
            mn_buf_putc(&r->pending, (char)c);
    }
}

static enum mn_read edited_line(struct mn_reader *r, struct mn_line *line) {
    int n = 0;
    /* Before the prompt is printed: what is typed at it must not meet the terminal as the shell had
     * it. */
    el_set(r->edit, EL_PREP_TERM, 1);
    const char *s = el_gets(r->edit, &n);
    HistEvent event;
    if (s && n > 1 && r->history)
        history(r->history, &event, H_ENTER, s);
    if (s && n > 0)
        return give(r, s, (size_t)n, line);
    fputc('\n', r->cli->out);
    return stopped ? MN_READ_STOPPED : r->saved ? MN_READ_SAVED : MN_READ_END;
}

enum mn_read mn_reader_line(struct mn_reader *r, const char *prompt, struct mn_line *line) {
    line->from = MN_NOWHERE;
    line->text = "";
    if (!r->edit)
        fputs(prompt, r->cli->out);
    /* Nobody reads what is asked: then nobody answers either. */
    if (fflush(r->cli->out) != 0)
        return MN_READ_END;
    if (stopped)
        return MN_READ_STOPPED;
    r->prompt = prompt;
    enum mn_read result = r->source ? file_line(r, line)
                          : r->edit ? edited_line(r, line)
                                    : plain_line(r, line);
    /* What was not typed on a terminal is shown, so that the record on the screen is whole. */
    if (!r->terminal || r->source)
        fprintf(r->cli->out, "%s\n", result == MN_READ_LINE ? line->text : "");
    else if (!r->edit && result != MN_READ_LINE)
        fputc('\n', r->cli->out);
    return result;
}
