/* Painting boxes and lines: corners, dashes and arrowheads are those of Graphviz's SVG, so that
 * what is printed looks like what is on the screen, at any scale. */
#include "diagram/paint.h"

#include <math.h>

enum { CORNER = 12, ARROW = 6 };
static const double ARROW_WIDTH = 0.35; /* half of it, as a share of the length */

static void set_colour(cairo_t *pen, uint32_t rgb) {
    mn__cairo->set_source_rgb(pen, (rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0,
                              (rgb & 0xFF) / 255.0);
}

static void set_dash(cairo_t *pen, enum mn__dash dash) {
    static const double dashed[] = {5, 2}, dotted[] = {1, 5};
    mn__cairo->set_dash(pen, dash == MN__DASHED ? dashed : dotted, dash == MN__SOLID ? 0 : 2, 0);
}

/* A side from one corner's end to the next corner, and round it. */
static void side(cairo_t *pen, double x, double y, double dx, double dy, double r) {
    /* (dx, dy) leads along the side; the way goes on to its right */
    mn__cairo->line_to(pen, x - dx * r, y - dy * r);
    mn__cairo->curve_to(pen, x - dx * r / 2, y - dy * r / 2, x - dy * r / 2, y + dx * r / 2,
                        x - dy * r, y + dx * r);
}

static void rounded(cairo_t *pen, struct mn__rect at) {
    double r = fmin(CORNER, fmin(at.w, at.h) / 3), right = at.x + at.w, bottom = at.y + at.h;
    mn__cairo->move_to(pen, at.x + r, at.y);
    side(pen, right, at.y, 1, 0, r);
    side(pen, right, bottom, 0, 1, r);
    side(pen, at.x, bottom, -1, 0, r);
    side(pen, at.x, at.y, 0, -1, r);
    mn__cairo->close_path(pen);
}

static void oval(cairo_t *pen, struct mn__rect at) {
    mn__cairo->save(pen);
    mn__cairo->translate(pen, at.x + at.w / 2, at.y + at.h / 2);
    mn__cairo->scale(pen, at.w / 2, at.h / 2);
    mn__cairo->arc(pen, 0, 0, 1, 0, 2 * M_PI);
    mn__cairo->close_path(pen);
    mn__cairo->restore(pen);
}

static void paint_box(cairo_t *pen, const struct mn__element *e) {
    if (e->is == MN__OVAL)
        oval(pen, e->at);
    else if (e->look.rounded)
        rounded(pen, e->at);
    else
        mn__cairo->rectangle(pen, e->at.x, e->at.y, e->at.w, e->at.h);
    if (e->look.fill != MN__NO_COLOUR) {
        set_colour(pen, e->look.fill);
        mn__cairo->fill_preserve(pen);
    }
    if (e->look.width > 0 && e->look.line != MN__NO_COLOUR) {
        set_colour(pen, e->look.line);
        set_dash(pen, e->look.dash);
        mn__cairo->set_line_width(pen, e->look.width);
        mn__cairo->stroke(pen);
    }
    mn__cairo->new_path(pen);
}

/* The head's tip points where the line from `from` through `base` leads. */
static void paint_head(cairo_t *pen, struct mn__point base, struct mn__point tip) {
    double d = fmax(hypot(tip.x - base.x, tip.y - base.y), 0.01);
    double x = (tip.x - base.x) / d * ARROW, y = (tip.y - base.y) / d * ARROW;
    mn__cairo->move_to(pen, base.x + y * ARROW_WIDTH, base.y - x * ARROW_WIDTH);
    mn__cairo->line_to(pen, base.x + x, base.y + y);
    mn__cairo->line_to(pen, base.x - y * ARROW_WIDTH, base.y + x * ARROW_WIDTH);
    mn__cairo->close_path(pen);
    mn__cairo->fill_preserve(pen);
    set_dash(pen, MN__SOLID);
    mn__cairo->stroke(pen);
}

static void paint_line(cairo_t *pen, const struct mn__element *e) {
    int last = e->n - 1;
    struct mn__point end = mn__line_end(e);
    const struct mn__point *p = e->points;
    if (e->look.line == MN__NO_COLOUR)
        return;
    set_colour(pen, e->look.line);
    set_dash(pen, e->look.dash);
    mn__cairo->set_line_width(pen, e->look.width);
    mn__cairo->move_to(pen, p[0].x, p[0].y);
    for (int i = 1; i <= last; i += e->curve ? 3 : 1) {
        int to = e->curve ? i + 2 : i;
        struct mn__point at = to == last ? end : p[to];
        if (e->curve)
            mn__cairo->curve_to(pen, p[i].x, p[i].y, p[i + 1].x, p[i + 1].y, at.x, at.y);
        else
            mn__cairo->line_to(pen, at.x, at.y);
    }
    mn__cairo->stroke(pen);
    if (e->arrow)
        paint_head(pen, end, p[last]);
}

void mn__paint_shapes(const struct mn__scene *s, cairo_t *pen) {
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        if (e->is == MN__LINE)
            paint_line(pen, e);
        else if (e->is != MN__TEXT)
            paint_box(pen, e);
    }
}
