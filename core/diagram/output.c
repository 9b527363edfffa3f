/* Finishing SVG: Graphviz's drawing, with names, titles, links and nesting from the scene. */
#include "diagram/output.h"

#include "base/unicode.h"
#include "diagram/diagram.h"
#include "diagram/fonts.h"
#include "diagram/type.h"
#include "diagram/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where fonts inside a document are not allowed (mail), those that may be installed. */
#define FAMILIES MN__FONT_INSIDE ", " MN__FONT ", DejaVu Sans, sans-serif"

/* A document being written. What stands in a box that means something is nested in its group, so
 * that its title and its link are theirs too. */
struct writer {
    const struct mn__scene *s;
    const struct mn__fonts *fonts;
    const char *suffix;  /* of files that links lead to, or NULL: no links */
    const bool *says_id; /* elements that write their id: the first that has it */
    struct mn_buf *out;
    int n;
    size_t cap;
    struct open {
        int element;
        bool link;
    } * open;
};

static bool starts(const char *s, const char *end, const char *with) {
    size_t n = strlen(with);
    return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

static int compare_ids(const void *a, const void *b) {
    const struct mn__element *const *x = a, *const *y = b;
    int order = strcmp((*x)->id, (*y)->id);
    return order ? order : (*x > *y) - (*x < *y);
}

/* Of elements with the same id the first has it in the document. */
static bool *first_with_id(const struct mn__scene *s) {
    const struct mn__element **named = mn_new0((size_t)s->n + 1, sizeof *named);
    bool *first = mn_new0((size_t)s->n + 1, sizeof *first);
    int n = 0;
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id)
            named[n++] = &s->elements[i];
    qsort(named, (size_t)n, sizeof *named, compare_ids);
    for (int i = 0; i < n; i++)
        first[named[i] - s->elements] = i == 0 || strcmp(named[i]->id, named[i - 1]->id) != 0;
    free(named);
    return first;
}

static bool holds(const struct mn__scene *s, int box, int element) {
    for (int b = s->elements[element].within; b >= 0; b = s->elements[b].within)
        if (b == box)
            return true;
    return false;
}

static void close_group(struct writer *w) {
    mn_buf_puts(w->out, w->open[--w->n].link ? "</g></a>\n" : "</g>\n");
}

static bool in_link(const struct writer *w) {
    for (int i = 0; i < w->n; i++)
        if (w->open[i].link)
            return true;
    return false;
}

static void put(struct mn_buf *out, const char *before, const char *text, const char *after) {
    mn_buf_puts(out, before);
    mn__xml_text(out, text);
    mn_buf_puts(out, after);
}

/* <g …> of an element with its own id, classes and title instead of Graphviz's. */
static void open_group(struct writer *w, int i) {
    const struct mn__element *e = &w->s->elements[i];
    struct mn_buf *out = w->out;
    while (w->n && !holds(w->s, w->open[w->n - 1].element, i))
        close_group(w);
    bool link = e->link && w->suffix && !in_link(w);
    if (link) {
        mn_buf_puts(out, "<a href=\"");
        mn__xml_address(out, e->link);
        mn_buf_printf(out, ".%s\">", w->suffix);
    }
    mn_buf_puts(out, "<g");
    if (w->says_id[i]) {
        mn_buf_puts(out, " id=\"");
        mn__xml_id(out, e->id);
        mn_buf_puts(out, "\"");
    }
    if (e->cls)
        put(out, " class=\"", e->cls, "\"");
    mn_buf_puts(out, ">\n");
    if (e->tip)
        put(out, "<title>", e->tip, "</title>\n");
    w->open = mn_grow(w->open, &w->cap, (size_t)w->n + 1, sizeof *w->open);
    w->open[w->n++] = (struct open){i, link};
}

/* Boxes that mean something stay open for what stands in them. */
static void end_group(struct writer *w) {
    const struct mn__element *e = &w->s->elements[w->open[w->n - 1].element];
    if ((e->is != MN__BOX && e->is != MN__OVAL) || (!e->tip && !e->link))
        close_group(w);
}

/* Whether a text has letters whose width is only assumed, as another font draws them. */
static bool is_guessed(const struct mn__element *e) {
    size_t n = strlen(e->text), used;
    for (size_t i = 0; i < n; i += used)
        if (!mn__text_knows(mn_utf8_decode(e->text + i, n - i, &used), e->bold))
            return true;
    return false;
}

/* One line of the drawing itself. */
static void body_line(struct writer *w, const char *s, const char *end) {
    static const struct {
        const char *from, *to;
    } fixes[] = {
        /* Graphviz makes a family of the weight. Quotes in texts are escaped: no text matches. */
        {" font-family=\"" MN__FONT " Bold\"", " font-weight=\"bold\""},
        {" font-family=\"" MN__FONT "\"", ""},
        {"=\"transparent\"", "=\"none\""},
    };
    const struct mn__element *e = &w->s->elements[w->open[w->n - 1].element];
    if (starts(s, end, "<text ") && is_guessed(e)) {
        mn_buf_printf(w->out, "<text textLength=\"%.2f\" lengthAdjust=\"spacingAndGlyphs\"",
                      e->at.w);
        s += strlen("<text");
    }
    for (size_t used; s < end; s += used) {
        size_t i = 0;
        uint32_t c = mn_utf8_decode(s, (size_t)(end - s), &used);
        while (i < MN_COUNT(fixes) && !starts(s, end, fixes[i].from))
            i++;
        if (i < MN_COUNT(fixes)) {
            mn_buf_puts(w->out, fixes[i].to);
            used = strlen(fixes[i].from);
        } else if (c < 0x80 || mn__fonts_have(w->fonts, c, e->bold)) {
            mn_buf_add(w->out, s, used);
        } else if (!mn__text_is_mark(c)) {
            mn_buf_puts(w->out, "\xEF\xBF\xBD");
        }
    }
    mn_buf_putc(w->out, '\n');
}

/* What is in an image is not offered to a keyboard or a screen reader: with links or in a page it
 * is a group. A page says the title itself; here it would be a tooltip over the whole sheet. */
static void begin(struct writer *w, bool inside) {
    const struct mn__scene *s = w->s;
    mn_buf_printf(w->out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2fpt\" height=\"%.2fpt\" "
                  "viewBox=\"0 0 %.2f %.2f\" lang=\"%s\" xml:lang=\"%s\" role=\"%s\"",
                  s->width, s->height, s->width, s->height, s->lang, s->lang,
                  w->suffix || inside ? "group" : "img");
    if (inside) {
        put(w->out, " aria-label=\"", s->title, "\">\n");
    } else {
        mn_buf_puts(w->out, " aria-labelledby=\"sheet_name\" aria-describedby=\"sheet_facts\">\n");
        put(w->out, "<title id=\"sheet_name\">", s->title, "</title>\n");
        put(w->out, "<desc id=\"sheet_facts\">", s->description, "</desc>\n");
    }
    if (s->layout)
        put(w->out, "<metadata>", s->layout, "</metadata>\n");
    mn_buf_puts(w->out, "<style>\n");
    mn__fonts_style(w->fonts, w->out);
    mn_buf_printf(w->out,
                  "</style>\n<g class=\"sheet\" font-family=\"" FAMILIES
                  "\" transform=\"translate(0 %.0f)\">\n",
                  (double)(int)(s->height + 0.999999));
}

/* Goes through Graphviz's document, a group for each element. */
static bool write_body(struct writer *w, const char *data, size_t size) {
    const char *end = data + size, *line = data, *next;
    bool inside = false, comment = false;
    for (; line < end; line = next) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        next = stop ? stop + 1 : end;
        if (!stop)
            stop = end;
        if (comment || starts(line, stop, "<!--")) {
            comment = stop - line < 3 || memcmp(stop - 3, "-->", 3) != 0;
        } else if (starts(line, stop, "<g id=\"e")) {
            long i = strtol(line + strlen("<g id=\"e"), NULL, 10);
            if (i < 0 || i >= w->s->n)
                return false;
            open_group(w, (int)i);
            inside = true;
        } else if (inside && starts(line, stop, "</g>")) {
            end_group(w);
            inside = false;
        } else if (inside && !starts(line, stop, "<title>")) {
            body_line(w, line, stop);
        }
    }
    while (w->n)
        close_group(w);
    return true;
}

static bool write_svg(const struct mn__scene *s, bool inside, const char *data, size_t size,
                      struct mn_buf *out) {
    struct mn__fonts *fonts = mn__fonts_new(s);
    bool *first = first_with_id(s);
    struct writer w = {.s = s, .fonts = fonts, .says_id = first, .out = out};
    if (s->links)
        w.suffix = mn_format_name(inside ? MN_HTML : MN_SVG);
    begin(&w, inside);
    bool ok = write_body(&w, data, size);
    mn_buf_puts(out, "</g>\n</svg>\n");
    free(w.open);
    free(first);
    mn__fonts_free(fonts);
    return ok;
}

bool mn__finish_svg(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out) {
    mn_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return write_svg(s, false, data, size, out);
}

bool mn__finish_inline_svg(const struct mn__scene *s, const char *data, size_t size,
                           struct mn_buf *out) {
    return write_svg(s, true, data, size, out);
}
