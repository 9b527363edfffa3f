/* Marks: the same everywhere, told by fill, border and symbol, so that they can be told apart in
 * grey. */
#include "diagram/sheet.h"
#include "diagram/type.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name, *symbol;
    struct mn__look look;
    uint32_t text, tile, tile_text, line;
    double line_width;
    enum mn__dash line_dash;
} styles[MN_MARKS] = {
    [MN_MARK_NONE] = {"none", NULL, {0, 0, 0, MN__SOLID, false}, 0, 0, 0, 0, 0, MN__SOLID},
    [MN_MARK_LOST] = {"lost-redundancy",
                      "!",
                      {0xFFF1B8, 0x5C4400, 1.3, MN__DASHED, false},
                      MN__INK,
                      0xFFE07A,
                      0x3A2B00,
                      0x5C4400,
                      1.6,
                      MN__DASHED},
    [MN_MARK_DEGRADED] = {"degraded",
                          "~",
                          {0xDCEBF7, 0x00518A, 1.6, MN__DASHED, false},
                          MN__INK,
                          0x00518A,
                          0xFFFFFF,
                          0x00518A,
                          2.2,
                          MN__DASHED},
    [MN_MARK_SUSPECT] = {"suspect",
                         "?",
                         {0xFFFFFF, 0x9C2A6B, 2.2, MN__DOTTED, false},
                         MN__INK,
                         0x9C2A6B,
                         0xFFFFFF,
                         0x9C2A6B,
                         2.6,
                         MN__DOTTED},
    [MN_MARK_CUT_OFF] = {"cut-off",
                         "×",
                         {0x8C2D04, 0x000000, 1.6, MN__SOLID, false},
                         0xFFFFFF,
                         0x000000,
                         0xFFFFFF,
                         0x8C2D04,
                         2.2,
                         MN__DASHED},
    [MN_MARK_FAILED] = {"failed",
                        "×",
                        {0x000000, 0xD55E00, 3, MN__SOLID, false},
                        0xFFFFFF,
                        0xD55E00,
                        0x000000,
                        0xD55E00,
                        3,
                        MN__DASHED},
    [MN_MARK_HERE] = {"here",
                      "•",
                      {0xFFFFFF, 0x000000, 2.6, MN__SOLID, false},
                      MN__INK,
                      0xFFFFFF,
                      0x000000,
                      0x000000,
                      2.6,
                      MN__SOLID},
};

const char *mn_mark_name(enum mn_mark_as as) {
    return styles[as].name;
}

int mn_mark_parse(const char *s) {
    for (int i = MN_MARK_NONE + 1; i < MN_MARKS; i++)
        if (strcmp(styles[i].name, s) == 0)
            return i;
    return -1;
}

const char *mn__mark_symbol(enum mn_mark_as as) {
    return styles[as].symbol;
}

const char *mn__mark_word(enum mn_mark_as as, enum mn_lang lang) {
    static const enum mn_message words[MN_MARKS] = {
        [MN_MARK_LOST] = MN_M_mark_lost,       [MN_MARK_DEGRADED] = MN_M_mark_degraded,
        [MN_MARK_SUSPECT] = MN_M_mark_suspect, [MN_MARK_CUT_OFF] = MN_M_mark_cut_off,
        [MN_MARK_FAILED] = MN_M_mark_failed,   [MN_MARK_HERE] = MN_M_mark_here};
    return as == MN_MARK_NONE ? "" : mn_msg(words[as], lang);
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
            look.line = 0x9AA7B4;
            look.width = look.width > 2 ? look.width : fmin(look.width, 0.8);
            *text_colour = MN__DIM;
        }
        return look;
    }
    bool rounded = look.rounded;
    look = styles[as].look;
    look.rounded = rounded;
    *text_colour = styles[as].text;
    return look;
}

double mn__mark_tile(struct mn__sheet *sheet, int box, enum mn_mark_as as) {
    if (as == MN_MARK_NONE)
        return 0;
    struct mn__rect r = sheet->scene->elements[box].at;
    double edge = styles[as].look.width / 2 + 0.5;
    double h = r.h > 60 ? 17 : r.h - 2 * edge; /* of a large box only a corner */
    double w = fmin(fmax(0.75 * h, 7), 14), size = fmin(h, 14) * 0.8;
    if (size < sheet->least_text)
        size = sheet->least_text;
    struct mn__rect tile = {r.x + edge, r.y + edge, w, h};
    int layer = sheet->scene->layer;
    sheet->scene->layer = MN__MARK_LAYER;
    int t = mn__put_box(sheet->scene, box, tile,
                        (struct mn__look){styles[as].tile, styles[as].tile, 0, MN__SOLID, false});
    mn__put_text(sheet->scene, t, tile.x + w / 2, tile.y + h / 2, MN__CENTRE, styles[as].symbol,
                 size, true, styles[as].tile_text);
    sheet->scene->layer = layer;
    return w + edge;
}

struct mn__look mn__marked_line(const struct mn__sheet *sheet, enum mn_mark_as as,
                                struct mn__look look) {
    (void)sheet;
    if (as == MN_MARK_NONE)
        return look;
    look.line = styles[as].line;
    look.width = fmax(styles[as].line_width, look.width);
    look.dash = styles[as].line_dash;
    return look;
}

void mn__mark_line(struct mn__sheet *sheet, enum mn_mark_as as, struct mn__point p, double room) {
    if (as == MN_MARK_NONE || room < 7)
        return;
    double w = fmin(room - 1, 12);
    struct mn__rect r = {p.x - w / 2, p.y - 6, w, 12};
    int layer = sheet->scene->layer;
    sheet->scene->layer = MN__MARK_LAYER;
    int b = mn__put_box(sheet->scene, -1, r,
                        (struct mn__look){styles[as].tile, 0x000000, 1, MN__SOLID, false});
    sheet->scene->elements[b].icon = true;
    mn__put_text(sheet->scene, b, p.x, p.y, MN__CENTRE, styles[as].symbol, fmin(w, 10), true,
                 styles[as].tile_text);
    sheet->scene->layer = layer;
}
