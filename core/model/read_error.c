/* libyaml's few error messages, sorted by what people do wrong. */
#include "model/read_error.h"

#include <stdlib.h>
#include <string.h>

static bool says(const char *problem, const char *words) {
    return problem && strstr(problem, words);
}

/* The source line (without its end) that holds byte `at`. */
static const char *line_around(const struct mn_source *s, size_t at, size_t *size) {
    size_t start = at < s->size ? at : s->size, end = start;
    while (start > 0 && s->text[start - 1] != '\n')
        start--;
    while (end < s->size && s->text[end] != '\n')
        end++;
    *size = end - start;
    return s->text + start;
}

/* marks count characters, the text is bytes */
static size_t byte_at(const char *line, size_t size, size_t column) {
    size_t i = 0;
    while (i < size && column > 0) {
        i++;
        while (i < size && ((unsigned char)line[i] & 0xc0) == 0x80)
            i++;
        column--;
    }
    return i;
}

static const char *nth_line(const struct mn_source *s, size_t line, size_t *size) {
    size_t at = 0;
    for (; line > 0 && at < s->size; at++)
        line -= s->text[at] == '\n';
    return line_around(s, at, size);
}

/* `vi: Lỗi: mất điện`: the parser stops at the second colon of one line. */
static bool cut_at_colon(const char *line, size_t size, size_t at) {
    if (at >= size || line[at] != ':')
        return false;
    for (size_t i = 0; i + 1 < at; i++) {
        if (line[i] == ':' && line[i + 1] == ' ')
            return true;
    }
    return false;
}

static bool only_spaces_before(const char *line, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (line[i] != ' ' && line[i] != '\t')
            return false;
    }
    return true;
}

static enum mn_code classify(const yaml_parser_t *p, const char *line, size_t size, size_t at) {
    if (at < size && line[at] == '\t' && only_spaces_before(line, at))
        return MN_D_syntax_tab;
    if (cut_at_colon(line, size, at))
        return MN_D_text_cut_colon;
    if (says(p->problem, "escape character") || says(p->problem, "escape code") ||
        says(p->problem, "hexdecimal number"))
        return MN_D_syntax_escape;
    if (says(p->problem, "unexpected end of stream") || says(p->problem, "document indicator") ||
        says(p->context, "quoted scalar"))
        return MN_D_syntax_quote;
    if (says(p->problem, "',' or '}'"))
        return MN_D_syntax_brace;
    if (says(p->problem, "',' or ']'"))
        return MN_D_syntax_bracket;
    if (says(p->problem, "cannot start any token") || says(p->problem, "alphabetic or numeric"))
        return MN_D_syntax_character;
    if (says(p->problem, "expected ':'"))
        return MN_D_syntax_no_colon;
    if (says(p->problem, "expected key") || says(p->problem, "'-' indicator") ||
        says(p->problem, "not allowed in this context") || says(p->problem, "<document start>"))
        return MN_D_syntax_indent;
    return MN_D_syntax;
}

/* Whether nothing but space and comments follows. */
static bool ends_there(const struct mn_source *s, const char *at) {
    const char *end = s->text + s->size;
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '#')) {
        if (*at == '#')
            at = memchr(at, '\n', (size_t)(end - at)) ? memchr(at, '\n', (size_t)(end - at)) : end;
        else
            at++;
    }
    return at == end;
}

void mn__read_error(const yaml_parser_t *p, const struct mn_source *source, struct mn_loc open,
                    struct mn__complaints *c) {
    const yaml_mark_t *mark = &p->problem_mark;
    size_t size, at;
    const char *line = nth_line(source, mark->line, &size);
    at = byte_at(line, size, mark->column);
    enum mn_code code = classify(p, line, size, at);
    struct mn_loc loc = {source, (int)mark->line + 1, (int)mark->column + 1, 1};
    if (open.source && ends_there(source, line + at)) {
        code = MN_D_syntax_quote;
        loc = open;
    } else if (code ==
               MN_D_syntax_quote) /* the end of the file tells nothing; where it began does */
        loc.line = (int)p->context_mark.line + 1, loc.col = (int)p->context_mark.column + 1;
    char found[5] = "";
    if (at < size)
        memcpy(found, line + at, byte_at(line + at, size - at, 1) % sizeof found);
    if (!mn__complain(c, code, loc, MN_ARGS(p->problem ? p->problem : "", found)))
        return;
    bool opened = code == MN_D_syntax_brace || code == MN_D_syntax_bracket ||
                  code == MN_D_syntax_indent || code == MN_D_syntax_no_colon;
    if (opened && p->context && p->context_mark.line != mark->line) {
        struct mn_loc began = {source, (int)p->context_mark.line + 1,
                               (int)p->context_mark.column + 1, 1};
        mn_diag_note(c->diags, MN_D_syntax_began, began, MN_NO_ARGS);
    }
}
