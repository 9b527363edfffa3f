/* Marks: the same everywhere, told by fill, border, pattern and symbol, so that they can be told
 * apart in grey and by people who are blind to some colours. */
#include "diagram/sheet.h"
#include "diagram/type.h"

#include <math.h>
#include <string.h>

/* Any two differ in symbol, and in border, pattern or (as anybody sees it, or in grey) fill. */
static const struct mn__mark_style styles[MN_MARKS] = {
    [MN_MARK_NONE] = {.name = "none",
                      .look = {MN__WHITE, 0x9AA7B4, 0.8, MN__SOLID, false},
                      .ink = MN__DIM},
    [MN_MARK_CLEARED] = {.name = "cleared",
                         .word = MN_M_mark_cleared,
                         .symbol = "OK",
                         .sign = MN__SIGN_TICK,
                         .look = {0xE3F4E8, 0x00663D, 1.8, MN__SOLID, false},
                         .ink = MN__INK,
                         .tile = 0x00663D,
                         .tile_ink = MN__WHITE,
                         .line = {MN__NO_COLOUR, 0x00663D, 2, MN__SOLID, false}},
    [MN_MARK_LOST] = {.name = "lost-redundancy",
                      .word = MN_M_mark_lost,
                      .symbol = "!",
                      .look = {0xFFF1B8, 0x5C4400, 1.3, MN__DASHED, false},
                      .ink = MN__INK,
                      .tile = 0xFFE07A,
                      .tile_ink = 0x3A2B00,
                      .line = {MN__NO_COLOUR, 0x5C4400, 1.6, MN__DASHED, false}},
    [MN_MARK_DEGRADED] = {.name = "degraded",
                          .word = MN_M_mark_degraded,
                          .symbol = "~",
                          .look = {0xDCEBF7, 0x00518A, 1.6, MN__DASHED, false},
                          .hatch = MN__HATCH_FALLING,
                          .hatch_colour = 0xBCD6EC,
                          .ink = MN__INK,
                          .tile = 0x00518A,
                          .tile_ink = MN__WHITE,
                          .line = {MN__NO_COLOUR, 0x00518A, 2.2, MN__DASHED, false}},
    [MN_MARK_SUSPECT] = {.name = "suspect",
                         .word = MN_M_mark_suspect,
                         .symbol = "?",
                         .look = {MN__WHITE, 0x9C2A6B, 2.2, MN__DOTTED, false},
                         .ink = MN__INK,
                         .tile = 0x9C2A6B,
                         .tile_ink = MN__WHITE,
                         .line = {MN__NO_COLOUR, 0x9C2A6B, 2.6, MN__DOTTED, false}},
    [MN_MARK_IN_REPAIR] = {.name = "in-repair",
                           .word = MN_M_mark_in_repair,
                           .symbol = "»",
                           .sign = MN__SIGN_SPANNER,
                           .look = {MN__WHITE, 0x4A3C9E, 1.6, MN__SOLID, false},
                           .hatch = MN__HATCH_RISING,
                           .hatch_colour = 0xC9C3EA,
                           .ink = MN__INK,
                           .tile = 0x4A3C9E,
                           .tile_ink = MN__WHITE,
                           .line = {MN__NO_COLOUR, 0x4A3C9E, 2.6, MN__DASHED, false}},
    [MN_MARK_CUT_OFF] = {.name = "cut-off",
                         .word = MN_M_mark_cut_off,
                         .symbol = "Ø",
                         .sign = MN__SIGN_BARRED,
                         .look = {0x8C2D04, 0x000000, 1.6, MN__SOLID, false},
                         .ink = MN__WHITE,
                         .tile = 0x000000,
                         .tile_ink = MN__WHITE,
                         .line = {MN__NO_COLOUR, 0x8C2D04, 2.2, MN__DASHED, false}},
    [MN_MARK_FAILED] = {.name = "failed",
                        .word = MN_M_mark_failed,
                        .symbol = "×",
                        .look = {0x000000, 0xD55E00, 3, MN__SOLID, false},
                        .ink = MN__WHITE,
                        .tile = 0xF0801F,
                        .tile_ink = 0x000000,
                        .line = {MN__NO_COLOUR, 0xD55E00, 3, MN__DASHED, false}},
    [MN_MARK_CHANGED] = {.name = "changed",
                         .word = MN_M_mark_changed,
                         .symbol = "Δ",
                         .look = {MN__WHITE, 0x5B3A82, 1.6, MN__DOTTED, false},
                         .hatch = MN__HATCH_RISING,
                         .hatch_colour = 0xDDD0F0,
                         .ink = MN__INK,
                         .tile = 0x5B3A82,
                         .tile_ink = MN__WHITE,
                         .line = {MN__NO_COLOUR, 0x5B3A82, 2.2, MN__DOTTED, false}},
    [MN_MARK_ADDED] = {.name = "added",
                       .word = MN_M_mark_added,
                       .symbol = "+",
                       .look = {MN__WHITE, 0x00603E, 1.8, MN__SOLID, false},
                       .hatch = MN__HATCH_FALLING,
                       .hatch_colour = 0xC4E6D0,
                       .ink = MN__INK,
                       .tile = 0x00603E,
                       .tile_ink = MN__WHITE,
                       .line = {MN__NO_COLOUR, 0x00603E, 2.6, MN__SOLID, false}},
    [MN_MARK_REMOVED] = {.name = "removed",
                         .word = MN_M_mark_removed,
                         .symbol = "–",
                         .look = {MN__WHITE, 0x4A4A4A, 1.2, MN__DASHED, false},
                         .hatch = MN__HATCH_RISING,
                         .hatch_colour = 0xD8D8D8,
                         .ink = 0x4A4A4A,
                         .tile = 0x4A4A4A,
                         .tile_ink = MN__WHITE,
                         .line = {MN__NO_COLOUR, 0x4A4A4A, 2.2, MN__DASHED, false}},
    [MN_MARK_HERE] = {.name = "here",
                      .word = MN_M_mark_here,
                      .symbol = "•",
                      .look = {MN__WHITE, 0x000000, 3, MN__SOLID, false},
                      .ink = MN__INK,
                      .tile = MN__WHITE,
                      .tile_ink = 0x000000,
                      .line = {MN__NO_COLOUR, 0x000000, 2.6, MN__SOLID, false}},
};

const struct mn__mark_style *mn__mark_style(enum mn_mark_as as) {
    return &styles[as];
}

const char *mn_mark_name(enum mn_mark_as as) {
    return styles[as].name;
}

int mn_mark_parse(const char *s) {
    for (int i = MN_MARK_NONE + 1; i < MN_MARKS; i++)
        if (strcmp(styles[i].name, s) == 0)
            return i;
    return -1;
}

char *mn_mark_names(const char *between) {
    struct mn_buf b = MN_BUF_INIT;
    for (int i = MN_MARK_NONE + 1; i < MN_MARKS; i++)
        mn_buf_printf(&b, "%s%s", i > MN_MARK_NONE + 1 ? between : "", styles[i].name);
    return mn_buf_take(&b);
}

const char *mn__mark_symbol(enum mn_mark_as as) {
    return styles[as].symbol;
}

const char *mn__mark_word(enum mn_mark_as as, enum mn_lang lang) {
    return as == MN_MARK_NONE ? "" : mn_msg(styles[as].word, lang);
}

enum mn_mark_as mn__site_mark(const struct mn__sheet *sheet, int site) {
    const struct mn_site *s = &sheet->m->sites[site];
    enum mn_mark_as as = (enum mn_mark_as)sheet->site_marks[site];
    for (int i = 0; i < s->nodes.n && !sheet->sites_said; i++) {
        unsigned char mark = sheet->component_marks[sheet->m->nodes[s->nodes.at[i]].component];
        if (mark > as)
            as = (enum mn_mark_as)mark;
    }
    return as;
}

struct mn__look mn__marked(const struct mn__sheet *sheet, enum mn_mark_as as, struct mn__look look,
                           uint32_t *text_colour) {
    if (as == MN_MARK_NONE) {
        if (sheet->marked && look.fill == MN__WHITE) {
            look.line = styles[as].look.line;
            look.width = look.width > 2 ? look.width : fmin(look.width, styles[as].look.width);
            *text_colour = styles[as].ink;
        }
        return look;
    }
    bool rounded = look.rounded;
    look = styles[as].look;
    look.rounded = rounded;
    *text_colour = styles[as].ink;
    return look;
}

/* A line that is part of a symbol: through points about the middle, in half sides of its square. */
static void stroke(struct mn__scene *s, int within, const double *at, int n,
                   struct mn__point middle, double half, double width, uint32_t colour) {
    struct mn__point p[4];
    for (int i = 0; i < n && i < (int)MN_COUNT(p); i++)
        p[i] = (struct mn__point){middle.x + half * at[2 * i], middle.y + half * at[2 * i + 1]};
    int line =
        mn__put_line(s, p, n, (struct mn__look){MN__NO_COLOUR, colour, width, MN__SOLID, false});
    s->elements[line].icon = true;
    s->elements[line].within = within;
}

static void put_sign(struct mn__scene *s, int within, enum mn_mark_as as, struct mn__point middle,
                     double size, uint32_t colour) {
    static const double tick[] = {-0.9, 0.05, -0.25, 0.7, 0.9, -0.75},
                        bar[] = {-0.7, 0.7, 0.7, -0.7}, handle[] = {-0.85, 0.85, 0.15, -0.15},
                        jaw[] = {-0.05, -0.85, 0.15, -0.15, 0.85, 0.05};
    double half = size * 0.38, width = fmax(size * 0.16, 1);
    switch (styles[as].sign) {
    case MN__SIGN_TICK:
        stroke(s, within, tick, 3, middle, half, width, colour);
        break;
    case MN__SIGN_SPANNER:
        stroke(s, within, handle, 2, middle, half, width * 1.2, colour);
        stroke(s, within, jaw, 3, middle, half, width, colour);
        break;
    case MN__SIGN_BARRED: {
        struct mn__rect r = {middle.x - half, middle.y - half, 2 * half, 2 * half};
        int ring = mn__put_oval(s, within, r,
                                (struct mn__look){MN__NO_COLOUR, colour, width, MN__SOLID, false});
        s->elements[ring].icon = true;
        stroke(s, within, bar, 2, middle, half, width, colour);
        break;
    }
    case MN__SIGN_TEXT:
        mn__put_text(s, within, middle.x, middle.y, MN__CENTRE, styles[as].symbol, size, true,
                     colour);
    }
}

void mn__mark_sign(struct mn__sheet *sheet, int within, enum mn_mark_as as, struct mn__point middle,
                   double size, uint32_t colour) {
    struct mn__scene *s = sheet->scene;
    int layer = s->layer, first = s->n;
    const char *cls = mn_arena_printf(s->arena, "sign-%s", styles[as].name);
    s->layer = MN__MARK_LAYER;
    sheet->drawn_marks[as] = true;
    put_sign(s, within, as, middle, size, colour);
    for (int i = first; i < s->n; i++)
        s->elements[i].cls = cls;
    s->layer = layer;
}

/* Slanting lines over a box, ended by its border. */
static void put_hatch(struct mn__scene *s, int box, const struct mn__mark_style *style) {
    struct mn__rect r = s->elements[box].at;
    double edge = style->look.width / 2, step = 5;
    r = (struct mn__rect){r.x + edge, r.y + edge, r.w - 2 * edge, r.h - 2 * edge};
    for (double c = step; c < r.w + r.h; c += step) {
        /* x - left + y - top = c, for falling lines mirrored */
        double x0 = fmax(0, c - r.h), x1 = fmin(c, r.w), y0 = c - x0, y1 = c - x1;
        if (style->hatch == MN__HATCH_FALLING) {
            x0 = r.w - x0;
            x1 = r.w - x1;
        }
        struct mn__point p[] = {{r.x + x0, r.y + y0}, {r.x + x1, r.y + y1}};
        int line = mn__put_line(
            s, p, 2, (struct mn__look){MN__NO_COLOUR, style->hatch_colour, 1, MN__SOLID, false});
        s->elements[line].icon = true;
        s->elements[line].within = box;
    }
}

double mn__mark_tile(struct mn__sheet *sheet, int box, enum mn_mark_as as) {
    if (as == MN_MARK_NONE)
        return 0;
    struct mn__rect r = sheet->scene->elements[box].at;
    double edge = styles[as].look.width / 2 + 0.5;
    double h = r.h > 60 ? 15 : r.h - 2 * edge; /* of a large box only a corner */
    double w = fmin(fmax(0.75 * h, 7), 14), size = fmin(h, 14) * 0.8;
    if (size < sheet->least_text)
        size = sheet->least_text;
    struct mn__rect tile = {r.x + edge, r.y + edge, w, h};
    int layer = sheet->scene->layer;
    sheet->scene->layer = MN__MARK_LAYER;
    if (styles[as].hatch)
        put_hatch(sheet->scene, box, &styles[as]);
    int t = mn__put_box(sheet->scene, box, tile,
                        (struct mn__look){styles[as].tile, styles[as].tile, 0, MN__SOLID, false});
    mn__mark_sign(sheet, t, as, (struct mn__point){tile.x + w / 2, tile.y + h / 2}, size,
                  styles[as].tile_ink);
    sheet->scene->layer = layer;
    return w + edge;
}

struct mn__look mn__marked_line(const struct mn__sheet *sheet, enum mn_mark_as as,
                                struct mn__look look) {
    (void)sheet;
    if (as == MN_MARK_NONE)
        return look;
    look.line = styles[as].line.line;
    look.width = fmax(styles[as].line.width, look.width);
    look.dash = styles[as].line.dash;
    return look;
}

void mn__mark_line(struct mn__sheet *sheet, enum mn_mark_as as, struct mn__point p, double room) {
    if (as == MN_MARK_NONE)
        return;
    sheet->drawn_marks[as] = true;
    if (room < 7) /* its look must do */
        return;
    double w = fmin(room - 1, 12);
    struct mn__rect r = {p.x - w / 2, p.y - 6, w, 12};
    int layer = sheet->scene->layer;
    sheet->scene->layer = MN__MARK_LAYER;
    int b = mn__put_box(sheet->scene, -1, r,
                        (struct mn__look){styles[as].tile, 0x000000, 1, MN__SOLID, false});
    sheet->scene->elements[b].icon = true;
    mn__mark_sign(sheet, b, as, p, fmin(w, 10), styles[as].tile_ink);
    sheet->scene->layer = layer;
}
