/* Text for a narrow terminal. */
#include "cli/screen.h"

#include "base/unicode.h"

#include <string.h>

/* The text as it may be printed: without control characters other than newline. */
static void clean(struct mn_buf *out, const char *text) {
    size_t n = strlen(text);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t c = mn_utf8_decode(text + i, n - i, &used);
        if (c == '\t')
            mn_buf_putc(out, ' ');
        else if (c != '\n' && (c < ' ' || c == 0x7f || mn_is_control(c)))
            mn_buf_puts(out, "\xef\xbf\xbd");
        else
            mn_buf_add(out, text + i, used);
    }
}

/* Bytes of s (n bytes) that fit into so many columns; at least one character. */
static size_t fitting(const char *s, size_t n, size_t columns) {
    size_t at = 0;
    while (at < n) {
        size_t used;
        mn_utf8_decode(s + at, n - at, &used);
        if (at > 0 && mn_width(s, at + used) > columns)
            break;
        at += used;
    }
    return at;
}

static void wrap_line(struct mn_buf *out, const char *s, size_t n, size_t width, const char *first,
                      const char *rest) {
    const char *prefix = first;
    do {
        mn_buf_puts(out, prefix);
        size_t taken = mn_width(prefix, strlen(prefix));
        size_t room = width > taken + 10 ? width - taken : 10;
        size_t fits = mn_width(s, n) <= room ? n : fitting(s, n, room);
        size_t cut = fits;
        if (fits < n && s[fits] != ' ') {
            while (cut > 0 && s[cut - 1] != ' ')
                cut--;
            if (cut == 0)
                cut = fits;
        }
        size_t shown = cut;
        while (shown > 0 && s[shown - 1] == ' ')
            shown--;
        mn_buf_add(out, s, shown);
        mn_buf_putc(out, '\n');
        while (cut < n && s[cut] == ' ')
            cut++;
        s += cut;
        n -= cut;
        prefix = rest;
    } while (n > 0);
}

void mn_wrap(struct mn_buf *out, const char *text, int width, const char *first, const char *rest) {
    struct mn_buf b = MN_BUF_INIT;
    clean(&b, text);
    const char *s = mn_buf_text(&b), *end = s + b.size;
    do {
        const char *newline = memchr(s, '\n', (size_t)(end - s));
        size_t n = (size_t)((newline ? newline : end) - s);
        wrap_line(out, s, n, (size_t)width, first, rest);
        s = newline ? newline + 1 : end;
        first = rest;
    } while (s < end);
    mn_buf_fini(&b);
}

void mn_screen_indented(struct mn_cli *cli, const char *first, const char *rest, const char *text) {
    struct mn_buf b = MN_BUF_INIT;
    mn_wrap(&b, text, MN_SCREEN_WIDTH, first, rest);
    fputs(mn_buf_text(&b), cli->out);
    mn_buf_fini(&b);
}

void mn_screen_text(struct mn_cli *cli, const char *text) {
    mn_screen_indented(cli, "", "", text);
}

void mn_screen_title(struct mn_cli *cli, const char *text) {
    if (cli->colour_out)
        fputs("\033[1m", cli->out);
    mn_screen_text(cli, text);
    if (cli->colour_out)
        fputs("\033[0m", cli->out);
}

void mn_screen_blank(struct mn_cli *cli) {
    fputc('\n', cli->out);
}

void mn_screen_say(struct mn_cli *cli, enum mn_message m, const char *const *args) {
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, cli->lang, args);
    mn_screen_text(cli, mn_buf_text(&b));
    mn_buf_fini(&b);
}

void mn_screen_heading(struct mn_cli *cli, enum mn_message m, const char *const *args) {
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, cli->lang, args);
    mn_screen_title(cli, mn_buf_text(&b));
    mn_buf_fini(&b);
}

void mn_screen_command(struct mn_cli *cli, const char *command) {
    fprintf(cli->out, "  %s\n", command);
}

void mn_screen_problems(struct mn_cli *cli) {
    for (size_t i = 0; i < mn_diags_count(cli->diags); i++) {
        struct mn_diag_view v = mn_diags_view(cli->diags, i);
        mn_screen_indented(cli, "! ", "  ", v.message[cli->lang]);
        for (size_t n = 0; n < v.notes; n++)
            mn_screen_indented(cli, "  ", "  ",
                               mn_diags_view_note(cli->diags, i, n).message[cli->lang]);
    }
    mn_diags_free(cli->diags);
    cli->diags = mn_diags_new();
}
