/* Filling a scene. */
#include "diagram/scene.h"

#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct mn__scene *mn__scene_new(double width, double height) {
    struct mn__scene *s = mn_new0(1, sizeof *s);
    s->arena = mn_arena_new();
    s->width = width;
    s->height = height;
    s->title = s->description = s->date = s->note = "";
    s->lang = "vi";
    return s;
}

void mn__scene_free(struct mn__scene *s) {
    if (!s)
        return;
    mn_arena_free(s->arena);
    free(s->elements);
    free(s);
}

static struct mn__element *add(struct mn__scene *s, enum mn__shape is) {
    s->elements = mn_grow(s->elements, &s->cap, (size_t)s->n + 1, sizeof *s->elements);
    struct mn__element *e = &s->elements[s->n++];
    *e = (struct mn__element){.is = is, .within = -1, .layer = s->layer};
    return e;
}

/* Graphviz draws boxes of whole points only, so all boxes are made so. */
static struct mn__rect whole(struct mn__rect r) {
    double x = round(r.x), y = round(r.y);
    double w = fmax(1, round(r.x + r.w) - x), h = fmax(1, round(r.y + r.h) - y);
    return (struct mn__rect){x, y, w, h};
}

int mn__put_box(struct mn__scene *s, int within, struct mn__rect r, struct mn__look look) {
    struct mn__element *e = add(s, MN__BOX);
    e->within = within;
    e->at = whole(r);
    e->look = look;
    return s->n - 1;
}

int mn__put_oval(struct mn__scene *s, int within, struct mn__rect r, struct mn__look look) {
    int i = mn__put_box(s, within, r, look);
    s->elements[i].is = MN__OVAL;
    return i;
}

int mn__put_line(struct mn__scene *s, const struct mn__point *p, int n, struct mn__look look) {
    struct mn__element *e = add(s, MN__LINE);
    e->look = look;
    e->n = n;
    e->points = mn_arena_copy(s->arena, p, sizeof *p * (size_t)n);
    double x0 = p[0].x, x1 = x0, y0 = p[0].y, y1 = y0;
    for (int i = 1; i < n; i++) {
        x0 = fmin(x0, p[i].x), x1 = fmax(x1, p[i].x);
        y0 = fmin(y0, p[i].y), y1 = fmax(y1, p[i].y);
    }
    e->at = (struct mn__rect){x0, y0, x1 - x0, y1 - y0};
    return s->n - 1;
}

struct mn__point mn__line_end(const struct mn__element *line) {
    struct mn__point end = line->points[line->n - 1], before = line->points[line->n - 2];
    if (!line->arrow)
        return end;
    double dx = end.x - before.x, dy = end.y - before.y, d = fmax(hypot(dx, dy), 0.01);
    double back = fmin(6, d / 2);
    return (struct mn__point){end.x - dx / d * back, end.y - dy / d * back};
}

int mn__put_text(struct mn__scene *s, int within, double x, double y, enum mn__align align,
                 const char *text, double size, bool bold, uint32_t colour) {
    text = mn__text_clean(s->arena, text);
    double w = mn__text_width(text, size, bold);
    struct mn__element *e = add(s, MN__TEXT);
    e->within = within;
    e->text = text;
    e->size = size;
    e->bold = bold;
    e->look.line = colour;
    if (align != MN__LEFT)
        x -= align == MN__CENTRE ? w / 2 : w;
    e->at = (struct mn__rect){x, y - 0.5 * size, w, size};
    return s->n - 1;
}

int mn__put_text_in(struct mn__scene *s, int within, double x, double y, enum mn__align align,
                    double width, const char *text, double size, bool bold, uint32_t colour) {
    text = mn__text_fit(s->arena, mn__text_clean(s->arena, text), size, bold, width);
    return mn__put_text(s, within, x, y, align, text, size, bold, colour);
}

int mn__put_paragraph(struct mn__scene *s, int within, double x, double y, enum mn__align align,
                      double width, int max, const char *text, double size, bool bold,
                      uint32_t colour) {
    const char *lines[16];
    if (max > (int)MN_COUNT(lines))
        max = (int)MN_COUNT(lines);
    text = mn__text_clean(s->arena, text);
    int n = mn__text_wrap(s->arena, text, size, bold, width, max, lines);
    for (int i = 0; i < n; i++)
        mn__put_text(s, within, x, y + (i - (n - 1) / 2.0) * size * 1.2, align, lines[i], size,
                     bold, colour);
    return n;
}

struct mn__scene *mn__scene_like(const struct mn__scene *s) {
    struct mn__scene *like = mn__scene_new(s->width, s->height);
    struct mn_arena *arena = like->arena;
    *like = *s;
    like->arena = arena;
    like->n = 0;
    like->elements = NULL;
    like->cap = 0;
    return like;
}

int mn__find_id(const struct mn__scene *s, const char *id) {
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id && strcmp(s->elements[i].id, id) == 0)
            return i;
    return -1;
}

double mn__text_room(const struct mn__scene *s, int text, double margin) {
    const struct mn__rect *at = &s->elements[text].at;
    double right = s->width - margin;
    for (int i = 0; i < s->n; i++) {
        const struct mn__rect *o = &s->elements[i].at;
        if (i != text && s->elements[i].is == MN__TEXT && o->x > at->x + 1 &&
            o->y < at->y + at->h && at->y < o->y + o->h)
            right = fmin(right, o->x - margin / 2);
    }
    return right - at->x;
}

void mn__put_name(struct mn__scene *s, int element, const char *id, const char *cls,
                  const char *tip) {
    struct mn__element *e = &s->elements[element];
    if (id)
        e->id = mn_arena_strdup(s->arena, id);
    if (cls)
        e->cls = mn_arena_strdup(s->arena, cls);
    if (tip)
        e->tip = mn__text_clean(s->arena, tip);
}

void mn__put_parts(struct mn__scene *s, int element, unsigned parts, const char *answer) {
    struct mn__element *e = &s->elements[element];
    e->parts = parts;
    e->answer = answer ? mn__text_clean(s->arena, answer) : NULL;
}

void mn__put_page(struct mn__scene *s, int element, int page) {
    s->elements[element].page = page;
}
