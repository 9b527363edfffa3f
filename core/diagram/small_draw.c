/* Drawing small pictures once they are placed; labels go where they are free. */
#include "diagram/small_layout.h"

#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A picture is built up rank by rank. */
static int layer_of(const struct mn__item *item) {
    return item->rank + 1 < MN__LATE_LAYER ? item->rank + 1 : MN__LATE_LAYER - 1;
}

/* A line comes with the later of its ends. */
static int layer_of_tie(const struct mn__small *s, const struct mn__tie *t) {
    int from = layer_of(&s->items[t->from]), to = layer_of(&s->items[t->to]);
    return from > to ? from : to;
}

/* A ground comes with the first that stands on it. */
static int layer_of_ground(const struct mn__small *s, int ground) {
    int layer = MN__LATE_LAYER - 1;
    for (int i = 0; i < s->n_items; i++)
        if (mn__small_frame(s, i) == ground && layer_of(&s->items[i]) < layer)
            layer = layer_of(&s->items[i]);
    return layer;
}

/* The chip at an item's right end. */
static void draw_chip(struct mn__small *s, const struct mn__item *item, int box, uint32_t ink) {
    struct mn__scene *scene = s->sheet->scene;
    double size = mn__small_size(s), w = mn__small_chip(s, item) - s->size * 0.3, h = size * 1.45;
    struct mn__rect r = {item->at.x + item->at.w - w - s->size * 0.35, item->at.y + s->size * 0.35,
                         w, h};
    bool plain = item->mark == MN_MARK_NONE;
    int chip = mn__put_box(scene, box, r,
                           (struct mn__look){plain ? MN__CHIP_FILL : MN__NO_COLOUR,
                                             plain ? MN__CHIP_LINE : ink, 0.8, MN__SOLID, true});
    mn__put_text(scene, chip, r.x + r.w / 2, r.y + r.h / 2, MN__CENTRE, item->chip, size, true,
                 plain ? MN__CHIP_LINE : ink);
}

static void draw_item(struct mn__small *s, struct mn__item *item, int ground) {
    struct mn__sheet *sheet = s->sheet;
    uint32_t ink = item->ink;
    unsigned parts = item->parts ? item->parts : MN__NAME;
    mn__layer(sheet, layer_of(item), NULL);
    struct mn__look look = mn__marked(sheet, item->mark, item->look, &ink);
    int b = mn__put_box(sheet->scene, ground, item->at, look);
    mn__put_name(sheet->scene, b, item->id, item->cls, item->tip);
    double tile = mn__mark_tile(sheet, b, item->mark), icon = mn__small_icon(s, item);
    double x = item->at.x + s->size * (s->tight ? 0.5 : 0.7) + tile, sub = mn__small_size(s);
    double y = item->at.y + (item->at.h - mn__small_high(s, item)) / 2;
    uint32_t dim = item->mark ? ink : MN__DIM;
    if (icon > 0) {
        mn__icon(sheet->scene, b, item->symbol, x, item->at.y + (item->at.h - icon) / 2, icon, ink);
        x += icon + s->size * 0.6;
    }
    for (int i = 0; i < item->n_lines; i++, y += s->size * 1.25) {
        int t = mn__put_text(sheet->scene, b, x, y + s->size * 0.625, MN__LEFT, item->lines[i],
                             s->size, true, ink);
        mn__put_parts(sheet->scene, t, parts, i ? "" : item->name);
    }
    if (item->one_line) {
        int t = mn__put_text(sheet->scene, b, item->at.x + item->at.w - s->size * 0.7,
                             y - s->size * 0.625, MN__RIGHT, item->subs[0], sub, false, dim);
        mn__put_parts(sheet->scene, t, MN__NAME, item->sub);
    }
    for (int i = 0; i < item->n_subs && !item->one_line; i++, y += sub * 1.3) {
        int t = mn__put_text(sheet->scene, b, x, y + sub * 0.65, MN__LEFT, item->subs[i], sub,
                             false, dim);
        mn__put_parts(sheet->scene, t, MN__NAME, i ? "" : item->sub ? item->sub : "");
    }
    for (int i = 0; i < item->n_notes; i++, y += sub * 1.3)
        mn__put_text(sheet->scene, b, x, y + sub * 0.65, MN__LEFT, item->notes[i], sub, false, ink);
    if (item->chip)
        draw_chip(s, item, b, ink);
}

/* The frame of a block; its name comes last, with the grounds'. -1: it has none. */
static int draw_block(struct mn__small *s, const struct mn__item *item, int ground) {
    struct mn__scene *scene = s->sheet->scene;
    uint32_t ink = item->ink;
    if (item->bare)
        return ground;
    mn__layer(s->sheet, layer_of(item), NULL);
    int b =
        mn__put_box(scene, ground, item->at, mn__marked(s->sheet, item->mark, item->look, &ink));
    scene->elements[b].area = true;
    mn__put_name(scene, b, item->id, item->cls, item->tip);
    if (item->chip)
        draw_chip(s, item, b, ink);
    return b;
}

static bool meets(struct mn__rect a, struct mn__rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool within(struct mn__rect out, struct mn__rect in) {
    return in.x > out.x && in.y > out.y && in.x + in.w < out.x + out.w &&
           in.y + in.h < out.y + out.h;
}

/* Whether a label would stay clear of all that is drawn: items, edges of grounds, lines, marks and
 * other labels. */
static bool is_free(const struct mn__small *s, struct mn__rect r, struct mn__rect room) {
    const struct mn__scene *scene = s->sheet->scene;
    if (!within(room, r))
        return false;
    for (int g = 0; g < s->n_grounds; g++) {
        const struct mn__ground *o = &s->grounds[g];
        struct mn__rect name = {o->at.x, o->at.y, o->at.w, s->size * 1.8};
        if (o->at.w > 0 && meets(r, o->at) && (!within(o->at, r) || meets(name, r)))
            return false;
    }
    for (int i = 0; i < s->n_items; i++)
        if (meets(r, s->items[i].at))
            return false;
    for (int i = 0; i < s->n_ties; i++)
        for (int k = 1; k < s->routes[i].n; k++) {
            struct mn__point a = s->routes[i].at[k - 1], b = s->routes[i].at[k];
            double half = s->ties[i].look.width / 2 + 0.4;
            struct mn__rect line = {fmin(a.x, b.x) - half, fmin(a.y, b.y) - half,
                                    fabs(a.x - b.x) + 2 * half, fabs(a.y - b.y) + 2 * half};
            if (meets(r, line))
                return false;
        }
    for (int i = 0; i < scene->n; i++) {
        const struct mn__element *e = &scene->elements[i];
        if (e->is != MN__LINE && (e->is == MN__TEXT || e->icon) && meets(r, e->at))
            return false;
    }
    return true;
}

/* Finds a place for a text of that width beside a line: at its pieces from the end to the
 * beginning, on one side or the other. */
static bool find_place(const struct mn__small *s, const struct mn__route *route, double w,
                       struct mn__rect room, struct mn__rect *at) {
    static const double shares[] = {0.85, 0.5, 0.15, 0.7, 0.3};
    double h = mn__small_size(s) * 1.3, off = 5;
    for (int k = route->n - 1; k > 0; k--) {
        struct mn__point a = route->at[k - 1], b = route->at[k];
        bool upright = fabs(a.x - b.x) < 1;
        if (upright != s->down || fabs(a.x - b.x) + fabs(a.y - b.y) < h)
            continue;
        for (size_t i = 0; i < MN_COUNT(shares); i++)
            for (int side = 0; side < 2; side++) {
                double x = a.x + (b.x - a.x) * shares[i], y = a.y + (b.y - a.y) * shares[i];
                *at = upright
                          ? (struct mn__rect){side ? x - off - 1.02 * w : x + off, y - h / 2, w, h}
                          : (struct mn__rect){x - w / 2, side ? y + 2.5 : y - 2.5 - h, w, h};
                if (is_free(s, *at, room))
                    return true;
            }
    }
    return false;
}

/* Labels are put where they are free, if need be without their last words, if need be not at all:
 * the line's tip says everything. */
static void draw_label(struct mn__small *s, int tie, struct mn__rect room) {
    struct mn__scene *scene = s->sheet->scene;
    char *text = mn__text_clean(scene->arena, s->ties[tie].label);
    struct mn__rect at;
    while (*text) {
        double w = mn__text_width(text, mn__small_size(s), false);
        if (find_place(s, &s->routes[tie], w, room, &at)) {
            int t = mn__put_text(scene, -1, at.x, at.y + at.h / 2, MN__LEFT, text,
                                 mn__small_size(s), false, MN__INK);
            mn__put_parts(scene, t, MN__WAY, s->ties[tie].label);
            return;
        }
        char *dot = NULL;
        for (char *d = text; (d = strstr(d, " · ")); d++)
            dot = d;
        if (!dot)
            return;
        *dot = '\0';
    }
}

/* What a line says it is, else what it joins. */
static const char *tip_of(const struct mn__small *s, const struct mn__tie *t) {
    return t->tip ? t->tip
                  : mn_arena_printf(s->sheet->scene->arena, "%s → %s", s->items[t->from].name,
                                    s->items[t->to].name);
}

void mn__small_draw(struct mn__small *s) {
    struct mn__sheet *sheet = s->sheet;
    int *boxes = mn_new0((size_t)s->n_grounds + 1, sizeof *boxes);
    int *frames = mn_new0((size_t)s->n_items + 1, sizeof *frames);
    for (int g = 0; g < s->n_grounds; g++) {
        const struct mn__ground *ground = &s->grounds[g];
        boxes[g] = -1;
        if (ground->at.w <= 0)
            continue;
        mn__layer(sheet, layer_of_ground(s, g), NULL);
        boxes[g] = mn__put_box(
            sheet->scene, -1, ground->at,
            (struct mn__look){mn__tint(ground->colour, 7), ground->colour, 1.2, MN__SOLID, true});
        sheet->scene->elements[boxes[g]].area = true;
        mn__put_name(sheet->scene, boxes[g], ground->id, "ground", ground->name);
    }
    for (int i = 0; i < s->n_items; i++)
        if (s->items[i].columns)
            frames[i] =
                draw_block(s, &s->items[i], s->items[i].frame >= 0 ? boxes[s->items[i].frame] : -1);
    for (int i = 0; i < s->n_ties; i++) {
        const struct mn__tie *t = &s->ties[i];
        const struct mn__route *r = &s->routes[i];
        if (r->n < 2)
            continue;
        mn__layer(sheet, layer_of_tie(s, t), NULL);
        int line =
            mn__put_line(sheet->scene, r->at, r->n, mn__marked_line(sheet, t->mark, t->look));
        const char *from = s->items[t->from].name, *to = s->items[t->to].name, *tip = tip_of(s, t);
        mn__put_name(sheet->scene, line, t->id, "link", tip);
        mn__put_parts(sheet->scene, line, MN__WAY,
                      *from && *to ? mn_arena_printf(sheet->scene->arena, "%s – %s", from, to)
                                   : tip);
    }
    for (int i = 0; i < s->n_items; i++)
        if (!s->items[i].columns)
            draw_item(s, &s->items[i],
                      s->items[i].block        ? frames[s->items[i].block - 1]
                      : s->items[i].frame >= 0 ? boxes[s->items[i].frame]
                                               : -1);
    for (int i = 0; i < s->n_ties; i++) {
        const struct mn__tie *t = &s->ties[i];
        const struct mn__route *r = &s->routes[i];
        if (r->n < 2)
            continue;
        int longest = 1; /* the piece with most room for the mark */
        for (int k = 2; k < r->n; k++)
            if (fabs(r->at[k].x - r->at[k - 1].x) + fabs(r->at[k].y - r->at[k - 1].y) >
                fabs(r->at[longest].x - r->at[longest - 1].x) +
                    fabs(r->at[longest].y - r->at[longest - 1].y) + 1)
                longest = k;
        struct mn__point a = r->at[longest - 1], b = r->at[longest];
        mn__mark_line(sheet, t->mark, (struct mn__point){(a.x + b.x) / 2, (a.y + b.y) / 2}, 14);
    }
    for (int i = 0; i < s->n_ties; i++)
        if (s->routes[i].n >= 2) {
            mn__layer(sheet, layer_of_tie(s, &s->ties[i]), NULL);
            draw_label(s, i, s->room);
        }
    for (int g = 0; g < s->n_grounds; g++)
        if (boxes[g] >= 0) {
            mn__layer(sheet, layer_of_ground(s, g), NULL);
            mn__put_text_in(sheet->scene, boxes[g], s->grounds[g].name_x,
                            s->grounds[g].at.y + s->size * 0.95, MN__LEFT, s->grounds[g].name_room,
                            s->grounds[g].name, s->size, true, s->grounds[g].colour);
        }
    for (int i = 0; i < s->n_items; i++) {
        const struct mn__item *b = &s->items[i];
        if (b->columns && !b->bare && *b->name) {
            mn__layer(sheet, layer_of(b), NULL);
            mn__put_text_in(sheet->scene, frames[i], b->name_x, b->at.y + s->size * 0.95, MN__LEFT,
                            b->name_room, b->name, s->size, true, b->ink);
        }
    }
    mn__layer(sheet, 0, NULL);
    free(boxes);
    free(frames);
}
