/* Writing a document as Markdown or as HTML. */
#include "incident/page.h"

#include <string.h>

static const char style[] =
    "body{font:16px/1.5 'Noto Sans',sans-serif;color:#1a1a1a;background:#fff;max-width:60em;"
    "margin:1.5em auto;padding:0 1em}"
    "h1{font-size:1.6em;line-height:1.25}h2{font-size:1.2em;margin-top:2em;border-bottom:1px solid "
    "#999}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "padding:.3em .6em;border:1px solid #bbb}th{background:#f2f2f2;font-weight:600;width:30%}"
    "table.events th{width:auto}td.when{white-space:nowrap}"
    "tr.gone td{color:#555}tr.gone .what{text-decoration:line-through}"
    "pre{white-space:pre-wrap;font:inherit;background:#f7f7f7;border-left:3px solid #999;"
    "margin:.4em 0;padding:.4em .8em}pre.way{font-family:monospace}"
    ".warning{border:2px solid #a40000;padding:.6em 1em;font-weight:600}"
    ".hash{overflow-wrap:anywhere}"
    "figure{margin:1em 0;overflow-x:auto}figure svg{max-width:100%;height:auto}"
    ".sign{display:flex;gap:2em;margin-top:2em;text-align:center}.sign div{flex:1;padding-bottom:6em}"
    "@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}"
    "tr,figure,.sign{break-inside:avoid}}";

static void html_text(struct mn_buf *out, const char *s) {
    for (; *s; s++) {
        switch (*s) {
        case '<':
            mn_buf_puts(out, "&lt;");
            break;
        case '>':
            mn_buf_puts(out, "&gt;");
            break;
        case '&':
            mn_buf_puts(out, "&amp;");
            break;
        case '"':
            mn_buf_puts(out, "&quot;");
            break;
        default:
            if ((unsigned char)*s >= ' ' || *s == '\n')
                mn_buf_putc(out, *s);
        }
    }
}

/* On one line and without anything that Markdown or HTML in it would take for its own. */
static void markdown_text(struct mn_buf *out, const char *s) {
    for (const char *p = s; *p; p++) {
        if (*p == '\n') {
            mn_buf_puts(out, "<br>");
            continue;
        }
        if ((unsigned char)*p < ' ')
            continue;
        if (*p == '<' || *p == '>' || *p == '&') {
            mn_buf_puts(out, *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : "&amp;");
            continue;
        }
        bool first = p == s;
        if (strchr("\\`*_[]|", *p) || (first && strchr("#-+=~", *p)))
            mn_buf_putc(out, '\\');
        mn_buf_putc(out, *p);
    }
}

static void text(const struct mn__page *p, const char *s) {
    if (p->html)
        html_text(p->out, s);
    else
        markdown_text(p->out, s);
}

void mn__page_begin(const struct mn__page *p, const char *title) {
    if (!p->html) {
        mn_buf_puts(p->out, "# ");
        text(p, title);
        mn_buf_puts(p->out, "\n");
        return;
    }
    mn_buf_printf(
        p->out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
        mn_lang_name(p->lang));
    text(p, title);
    mn_buf_puts(p->out, "</title>\n<style>");
    mn_buf_puts(p->out, style);
    mn_buf_puts(p->out, "</style>\n</head>\n<body>\n<h1>");
    text(p, title);
    mn_buf_puts(p->out, "</h1>\n");
}

void mn__page_end(const struct mn__page *p) {
    if (p->html)
        mn_buf_puts(p->out, "</body>\n</html>\n");
}

void mn__page_heading(const struct mn__page *p, enum mn_message m) {
    mn_buf_puts(p->out, p->html ? "<h2>" : "\n## ");
    text(p, mn_msg(m, p->lang));
    mn_buf_puts(p->out, p->html ? "</h2>\n" : "\n");
}

void mn__page_link(const struct mn__page *p, const char *file, const char *words) {
    mn_buf_puts(p->out, "<p><a href=\"");
    text(p, file);
    mn_buf_puts(p->out, "\">");
    text(p, words);
    mn_buf_puts(p->out, "</a></p>\n");
}

void mn__page_paragraph(const struct mn__page *p, const char *s) {
    mn_buf_puts(p->out, p->html ? "<p>" : "\n");
    text(p, s);
    mn_buf_puts(p->out, p->html ? "</p>\n" : "\n");
}

void mn__page_warning(const struct mn__page *p, const char *s) {
    mn_buf_puts(p->out, p->html ? "<p class=\"warning\">" : "\n**");
    text(p, s);
    mn_buf_puts(p->out, p->html ? "</p>\n" : "**\n");
}

void mn__page_facts_begin(const struct mn__page *p) {
    mn_buf_puts(p->out, p->html ? "<table>\n" : "\n| | |\n|---|---|\n");
}

void mn__page_fact(const struct mn__page *p, enum mn_message name, const char *value) {
    if (!value || !*value)
        return;
    mn_buf_puts(p->out, p->html ? "<tr><th>" : "| ");
    text(p, mn_msg(name, p->lang));
    mn_buf_puts(p->out, p->html ? "</th><td class=\"hash\">" : " | ");
    text(p, value);
    mn_buf_puts(p->out, p->html ? "</td></tr>\n" : " |\n");
}

void mn__page_facts_end(const struct mn__page *p) {
    if (p->html)
        mn_buf_puts(p->out, "</table>\n");
}

void mn__page_events_begin(const struct mn__page *p) {
    static const enum mn_message columns[] = {MN_M_report_when, MN_M_report_who, MN_M_report_what};
    mn_buf_puts(p->out, p->html ? "<table class=\"events\">\n<tr>" : "\n|");
    for (size_t c = 0; c < 3; c++) {
        mn_buf_puts(p->out, p->html ? "<th>" : " ");
        text(p, mn_msg(columns[c], p->lang));
        mn_buf_puts(p->out, p->html ? "</th>" : " |");
    }
    mn_buf_puts(p->out, p->html ? "</tr>\n" : "\n|---|---|---|\n");
}

void mn__page_event(const struct mn__page *p, const char *when, const char *who, const char *what,
                    const char *more, bool gone) {
    const char *left = mn_msg(MN_M_report_left, p->lang);
    if (p->html) {
        mn_buf_puts(p->out,
                    gone ? "<tr class=\"gone\"><td class=\"when\">" : "<tr><td class=\"when\">");
        text(p, when);
        mn_buf_puts(p->out, "</td><td>");
        text(p, who);
        mn_buf_puts(p->out, "</td><td><span class=\"what\">");
        text(p, what);
        mn_buf_puts(p->out, "</span>");
        if (gone) {
            mn_buf_putc(p->out, ' ');
            text(p, left);
        }
        if (more && *more)
            mn__page_lines(p, more);
        mn_buf_puts(p->out, "</td></tr>\n");
        return;
    }
    mn_buf_puts(p->out, "| ");
    text(p, when);
    mn_buf_puts(p->out, " | ");
    text(p, who);
    mn_buf_puts(p->out, gone ? " | ~~" : " | ");
    text(p, what);
    if (gone) {
        mn_buf_puts(p->out, "~~ ");
        text(p, left);
    }
    if (more && *more) {
        mn_buf_puts(p->out, "<br>");
        text(p, more);
    }
    mn_buf_puts(p->out, " |\n");
}

void mn__page_events_end(const struct mn__page *p) {
    if (p->html)
        mn_buf_puts(p->out, "</table>\n");
}

void mn__page_lines(const struct mn__page *p, const char *s) {
    size_t n = strlen(s);
    while (n > 0 && s[n - 1] == '\n')
        n--;
    if (p->html) {
        struct mn_buf trimmed = MN_BUF_INIT;
        mn_buf_add(&trimmed, s, n);
        mn_buf_puts(p->out, "<pre>");
        html_text(p->out, mn_buf_text(&trimmed));
        mn_buf_puts(p->out, "</pre>\n");
        mn_buf_fini(&trimmed);
        return;
    }
    /* An indented block: nothing in it is taken for Markdown. */
    mn_buf_putc(p->out, '\n');
    for (const char *end = s + n; s < end;) {
        const char *newline = memchr(s, '\n', (size_t)(end - s));
        size_t line = (size_t)((newline ? newline : end) - s);
        mn_buf_puts(p->out, "    ");
        mn_buf_add(p->out, s, line);
        mn_buf_putc(p->out, '\n');
        s += line + 1;
    }
}

void mn__page_svg(const struct mn__page *p, const struct mn_buf *svg) {
    if (!p->html || !svg || !svg->size)
        return;
    /* Inside HTML the element stands without the prologue of a file. */
    const char *start = strstr(mn_buf_text(svg), "<svg");
    if (!start)
        return;
    mn_buf_puts(p->out, "<figure>\n");
    mn_buf_puts(p->out, start);
    mn_buf_puts(p->out, "</figure>\n");
}

void mn__page_signatures(const struct mn__page *p, const enum mn_message *who, size_t n) {
    mn_buf_puts(p->out, p->html ? "<div class=\"sign\">\n" : "\n|");
    for (size_t i = 0; i < n; i++) {
        mn_buf_puts(p->out, p->html ? "<div>" : " ");
        text(p, mn_msg(who[i], p->lang));
        mn_buf_puts(p->out, p->html ? "</div>\n" : " |");
    }
    if (p->html) {
        mn_buf_puts(p->out, "</div>\n");
        return;
    }
    mn_buf_puts(p->out, "\n|");
    for (size_t i = 0; i < n; i++)
        mn_buf_puts(p->out, "---|");
    mn_buf_puts(p->out, "\n|");
    for (size_t i = 0; i < n; i++)
        mn_buf_puts(p->out, " <br><br><br> |");
    mn_buf_putc(p->out, '\n');
}
