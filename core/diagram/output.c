/* Finishing SVG. */
#include "diagram/output.h"

#include "diagram/type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void xml(struct mn_buf *out, const char *s) {
    for (; *s; s++) {
        const char *entity = *s == '&'   ? "&amp;"
                             : *s == '<' ? "&lt;"
                             : *s == '>' ? "&gt;"
                             : *s == '"' ? "&quot;"
                                         : NULL;
        if (entity)
            mn_buf_puts(out, entity);
        else
            mn_buf_putc(out, *s);
    }
}

static bool starts(const char *s, const char *end, const char *with) {
    size_t n = strlen(with);
    return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

/* Ids in a document: a model's ids with what XML or a selector would trip over replaced. */
static void xml_id(struct mn_buf *out, const char *id) {
    for (; *id; id++)
        mn_buf_putc(out, *id == '/' ? '_' : *id);
}

static bool id_taken(const struct mn__scene *s, int before, const char *id) {
    for (int i = 0; i < before; i++)
        if (s->elements[i].id && strcmp(s->elements[i].id, id) == 0)
            return true;
    return false;
}

/* <g …> of an element with its own id, classes and title instead of Graphviz's. */
static void open_group(const struct mn__scene *s, int i, struct mn_buf *out) {
    const struct mn__element *e = &s->elements[i];
    mn_buf_puts(out, "<g");
    if (e->id && !id_taken(s, i, e->id)) {
        mn_buf_puts(out, " id=\"");
        xml_id(out, e->id);
        mn_buf_puts(out, "\"");
    }
    if (e->cls) {
        mn_buf_puts(out, " class=\"");
        xml(out, e->cls);
        mn_buf_puts(out, "\"");
    }
    mn_buf_puts(out, ">\n");
    if (e->tip) {
        mn_buf_puts(out, "<title>");
        xml(out, e->tip);
        mn_buf_puts(out, "</title>\n");
    }
}

/* One line of the drawing itself. */
static void body_line(const char *s, const char *end, struct mn_buf *out) {
    static const struct {
        const char *from, *to;
    } fixes[] = {
        /* Graphviz makes a family of the weight. Quotes in texts are escaped: no text matches. */
        {"font-family=\"" MN__FONT " Bold\"",
         "font-family=\"" MN__FONT ", DejaVu Sans, sans-serif\" font-weight=\"bold\""},
        {"font-family=\"" MN__FONT "\"", "font-family=\"" MN__FONT ", DejaVu Sans, sans-serif\""},
        {"=\"transparent\"", "=\"none\""},
    };
    while (s < end) {
        size_t i = 0;
        if (*s == 'f' || *s == '=')
            while (i < MN_COUNT(fixes) && !starts(s, end, fixes[i].from))
                i++;
        else
            i = MN_COUNT(fixes);
        if (i < MN_COUNT(fixes)) {
            mn_buf_puts(out, fixes[i].to);
            s += strlen(fixes[i].from);
        } else {
            mn_buf_putc(out, *s++);
        }
    }
    mn_buf_putc(out, '\n');
}

bool mn__finish_svg(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out) {
    const char *end = data + size, *line = data, *next;
    bool inside = false, comment = false;
    mn_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    mn_buf_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2fpt\" height=\"%.2fpt\" "
                  "viewBox=\"0 0 %.2f %.2f\" role=\"img\" aria-labelledby=\"title desc\" "
                  "lang=\"%s\" xml:lang=\"%s\">\n<title id=\"title\">",
                  s->width, s->height, s->width, s->height, s->lang, s->lang);
    xml(out, s->title);
    mn_buf_puts(out, "</title>\n<desc id=\"desc\">");
    xml(out, s->description);
    mn_buf_printf(out, "</desc>\n<g class=\"sheet\" transform=\"translate(0 %.0f)\">\n",
                  (double)(int)(s->height + 0.999999));
    for (; line < end; line = next) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        next = stop ? stop + 1 : end;
        if (!stop)
            stop = end;
        if (comment || starts(line, stop, "<!--")) {
            comment = stop - line < 3 || memcmp(stop - 3, "-->", 3) != 0;
        } else if (starts(line, stop, "<g id=\"e")) {
            int i = atoi(line + strlen("<g id=\"e"));
            if (i < 0 || i >= s->n)
                return false;
            open_group(s, i, out);
            inside = true;
        } else if (inside && starts(line, stop, "</g>")) {
            mn_buf_puts(out, "</g>\n");
            inside = false;
        } else if (inside && !starts(line, stop, "<title>")) {
            body_line(line, stop, out);
        }
    }
    mn_buf_puts(out, "</g>\n</svg>\n");
    return true;
}
