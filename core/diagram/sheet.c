/* Paper, frame and legend. */
#include "diagram/sheet.h"

#include "diagram/type.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In points, landscape. */
static struct mn__point paper_size(enum mn_paper p) {
    static const struct mn__point sizes[MN_PAPERS] = {
        [MN_SLIDE] = {960, 540},      [MN_A4] = {841.89, 595.28},   [MN_A3] = {1190.55, 841.89},
        [MN_A2] = {1683.78, 1190.55}, [MN_A1] = {2383.94, 1683.78}, [MN_A0] = {3370.39, 2383.94}};
    return sizes[p];
}

uint32_t mn__tint(uint32_t colour, int percent) {
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t c = colour >> shift & 0xFF;
        out |= (255 - (255 - c) * (uint32_t)percent / 100) << shift;
    }
    return out;
}

/* All have at least 4.5 : 1 against white. */
uint32_t mn__area_colour(int area) {
    static const uint32_t colours[] = {0x005F96, 0x00795A, 0x8F5F00, 0x8A2F62, 0x4E5F00, 0x5A4BA8};
    return area < 0 ? MN__DIM : colours[(size_t)area % MN_COUNT(colours)];
}

bool mn__refuse(struct mn__sheet *sheet, enum mn_code code, const char *a, const char *b,
                const char *c) {
    const char *const args[3] = {a, b, c};
    if (sheet->refusal.code >= 0)
        return false;
    sheet->refusal.code = (int)code;
    for (int i = 0; i < 3; i++)
        snprintf(sheet->refusal.args[i], sizeof sheet->refusal.args[i], "%s",
                 args[i] ? args[i] : "");
    return false;
}

const char *mn__say(struct mn__sheet *sheet, enum mn_message m, const char *const *args) {
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, sheet->lang, args);
    const char *text = mn_arena_strdup(sheet->scene->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

const char *mn__number(struct mn__sheet *sheet, long n) {
    return mn_arena_printf(sheet->scene->arena, "%ld", n);
}

void mn__mark(struct mn__sheet *sheet, struct mn_found what, enum mn_mark_as as) {
    unsigned char *at = what.scope == MN_SCOPE_SITE ? &sheet->site_marks[what.index]
                                                    : &sheet->component_marks[what.index];
    if (sheet->picture->unmarked)
        return;
    if (as > *at)
        *at = (unsigned char)as;
    sheet->used_marks[as] = true;
    sheet->marked = sheet->marked || as != MN_MARK_NONE;
}

static void read_marks(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    struct mn_arena *a = sheet->scene->arena;
    unsigned char *components = mn_arena_alloc(a, (size_t)m->n_components + 1);
    sheet->component_marks = components;
    sheet->site_marks = mn_arena_alloc(a, (size_t)m->n_sites + 1);
    for (int i = 0; i < sheet->picture->n_marks; i++)
        mn__mark(sheet, sheet->picture->marks[i].what, sheet->picture->marks[i].as);
    /* What happens to a group happens to its members. */
    for (int g = 0; g < m->n_groups; g++) {
        unsigned char as = components[m->groups[g].component];
        for (int i = 0; i < m->groups[g].members.n && as; i++)
            if (as > components[m->groups[g].members.at[i]])
                components[m->groups[g].members.at[i]] = as;
    }
}

struct mn__sheet *mn__sheet_new(const struct mn_model *m, const struct mn_picture *p) {
    const struct mn__view *view = mn__view_of(p);
    struct mn__sheet *sheet = mn_new0(1, sizeof *sheet);
    sheet->m = m;
    sheet->picture = p;
    sheet->lang = p->lang;
    sheet->refusal.code = -1;
    sheet->paper = p->paper != MN_PAPER_AUTO ? p->paper : view->large ? MN_A3 : MN_A4;
    struct mn__point size = paper_size(sheet->paper);
    bool upright = view->portrait && sheet->paper != MN_SLIDE;
    sheet->scene = upright ? mn__scene_new(size.y, size.x) : mn__scene_new(size.x, size.y);
    sheet->scene->dpi = p->dpi > 0 ? p->dpi : 150;
    sheet->scene->lang = mn_lang_name(p->lang);
    sheet->scene->links = p->links;
    sheet->scene->date = m->date ? m->date : "";
    bool little = sheet->paper == MN_A4 || sheet->paper == MN_SLIDE;
    sheet->unit = little ? 0.92 : sqrt(size.y / 841.89);
    sheet->least_text = little ? 8 : 6.5;
    sheet->least_name = little ? 8 : 7;
    read_marks(sheet);
    return sheet;
}

void mn__sheet_free(struct mn__sheet *sheet) {
    if (!sheet)
        return;
    mn__scene_free(sheet->scene);
    free(sheet);
}

const char *mn__date_words(struct mn__sheet *sheet, const char *d) {
    if (strlen(d) != 10 || sheet->lang != MN_VI)
        return d;
    return mn_arena_printf(sheet->scene->arena, "%.2s/%.2s/%.4s", d + 8, d + 5, d);
}

/* Rows for the words of all marks that were asked for, beyond what they may share with other
 * entries: a row of several, half of a single one. */
static int further_mark_rows(const struct mn__sheet *sheet, int rows) {
    const struct mn__scene *s = sheet->scene;
    bool asked[MN_MARKS] = {false};
    double size = fmax(9 * sheet->unit, sheet->least_text), w = 0;
    for (int i = 0; i < sheet->picture->n_marks; i++)
        asked[sheet->picture->marks[i].as] = true;
    for (int as = MN_MARK_NONE + 1; as < MN_MARKS; as++)
        if (asked[as])
            w += 51 * sheet->unit +
                 mn__text_width(mn__mark_word((enum mn_mark_as)as, sheet->lang), size, false);
    w /= s->width - 2 * MN__MARGIN - 70 * sheet->unit;
    return (int)(rows > 1 ? w : w + 0.5);
}

/* Where the one who fills in a worksheet writes name, unit and date. */
static void name_line(struct mn__sheet *sheet, double y) {
    static const enum mn_message words[] = {MN_M_worksheet_name, MN_M_worksheet_unit,
                                            MN_M_worksheet_date};
    static const double shares[] = {0.42, 0.38, 0.2};
    struct mn__scene *s = sheet->scene;
    double x = MN__MARGIN, all = s->width - 2 * MN__MARGIN;
    double size = fmax(9.5 * sheet->unit, sheet->least_text);
    for (size_t i = 0; i < MN_COUNT(words); i++) {
        const char *word = mn_msg(words[i], sheet->lang);
        double end = x + shares[i] * all, from = x + mn__text_width(word, size, true) + 5;
        mn__put_text(s, -1, x, y, MN__LEFT, word, size, true, MN__INK);
        mn__put_line(s, (struct mn__point[]){{from, y + size * 0.55}, {end - 12, y + size * 0.55}},
                     2, (struct mn__look){MN__NO_COLOUR, MN__INK, 0.7, MN__DOTTED, false});
        x = end;
    }
}

void mn__frame(struct mn__sheet *sheet, const char *title, const char *subtitle, int legend_rows) {
    struct mn__scene *s = sheet->scene;
    double u = sheet->unit, left = MN__MARGIN, right = s->width - MN__MARGIN, y = MN__MARGIN;
    char hash[MN_HASH_HEX];
    mn_model_hash(sheet->m, hash);
    hash[8] = '\0';
    s->title = title = mn__text_clean(s->arena, title);
    subtitle = mn__text_clean(s->arena, subtitle);
    const char *paper = mn_paper_name(sheet->paper);
    const char *facts =
        mn__say(sheet, sheet->paper == MN_SLIDE ? MN_M_frame_facts_slide : MN_M_frame_facts,
                MN_ARGS(mn__date_words(sheet, s->date), hash, paper));
    if (sheet->picture->page)
        facts = mn__say(sheet, MN_M_frame_page,
                        MN_ARGS(facts, mn__number(sheet, sheet->picture->page)));
    const char *box = mn_msg(MN_M_frame_illustrative, sheet->lang);
    double small = fmax(8.5 * u, sheet->least_text), box_w = 0;
    double facts_w = mn__text_width(facts, small, false);
    if (sheet->m->illustrative) {
        box_w = fmax(mn__text_width(box, 9 * u, true) + 24 * u, facts_w);
        struct mn__rect r = {right - box_w, y, box_w, 20 * u};
        int b = mn__put_box(s, -1, r, (struct mn__look){MN__WHITE, MN__INK, 1.4, MN__SOLID, false});
        mn__put_name(s, b, "illustrative", "frame", NULL);
        mn__put_text(s, b, r.x + r.w / 2, r.y + r.h / 2, MN__CENTRE, box, 9 * u, true, MN__INK);
    }
    double room = right - left - fmax(box_w, facts_w) - 16;
    double size = 20 * u;
    while (size > 13 * u && mn__text_width(title, size, true) > room)
        size -= 0.5;
    int t = mn__put_text_in(s, -1, left, y + 11 * u, MN__LEFT, room, title, size, true, MN__INK);
    mn__put_name(s, t, "sheet-title", "frame", NULL);
    t = mn__put_text_in(s, -1, left, y + 34 * u, MN__LEFT, room, subtitle, 10.5 * u, false,
                        MN__DIM);
    mn__put_name(s, t, "sheet-subtitle", "frame", NULL);
    t = mn__put_text(s, -1, right, y + 34 * u, MN__RIGHT, facts, small, false, MN__DIM);
    mn__put_name(s, t, "sheet-facts", "frame", NULL);
    s->description =
        mn_arena_printf(s->arena, "%s. %s%s%s", subtitle, facts, sheet->m->illustrative ? ". " : "",
                        sheet->m->illustrative ? box : "");
    double top = y + 48 * u, source = s->height - MN__MARGIN - small * 1.2;
    if (sheet->picture->blank) {
        top += 24 * u;
        if (!sheet->picture->key)
            name_line(sheet, top - 12 * u);
    }
    legend_rows += further_mark_rows(sheet, legend_rows) + sheet->legend_more;
    double legend = legend_rows * 16 * u + 8 * u;
    sheet->body = (struct mn__rect){left, top, right - left, source - 8 * u - legend - 8 * u - top};
    sheet->first_own = s->n;
}

void mn__layer(struct mn__sheet *sheet, int layer, const char *name) {
    sheet->scene->layer = layer;
    if (name)
        sheet->layer_names[layer] = name;
}

static struct mn__legend *key(struct mn__sheet *sheet, const char *text) {
    for (int i = 0; i < sheet->n_legend; i++)
        if (strcmp(sheet->legend[i].text, text) == 0)
            return NULL;
    if (sheet->n_legend == (int)MN_COUNT(sheet->legend))
        return NULL;
    struct mn__legend *k = &sheet->legend[sheet->n_legend++];
    memset(k, 0, sizeof *k);
    k->text = mn_arena_strdup(sheet->scene->arena, text);
    k->layer = sheet->scene->layer;
    return k;
}

void mn__key_line(struct mn__sheet *sheet, struct mn__look look, const char *text) {
    struct mn__legend *k = key(sheet, text);
    if (k) {
        k->is = MN__KEY_LINE;
        k->look = look;
    }
}

static void key_with(struct mn__sheet *sheet, int is, struct mn__look look, const char *sample,
                     const char *text) {
    struct mn__legend *k = key(sheet, text);
    if (!k)
        return;
    k->is = is == MN__KEY_BOX ? MN__KEY_BOX : MN__KEY_CHIP;
    k->look = look;
    k->sample = mn_arena_strdup(sheet->scene->arena, sample);
}

void mn__key_box(struct mn__sheet *sheet, struct mn__look look, const char *sample,
                 const char *text) {
    key_with(sheet, MN__KEY_BOX, look, sample, text);
}

void mn__key_chip(struct mn__sheet *sheet, struct mn__look look, const char *sample,
                  const char *text) {
    key_with(sheet, MN__KEY_CHIP, look, sample, text);
}

/* The step in which an entry is needed: a line's with the first line that looks like it. */
static int entry_layer(const struct mn__sheet *sheet, const struct mn__legend *k) {
    const struct mn__scene *s = sheet->scene;
    int layer = k->is == MN__KEY_MARK ? MN__MARK_LAYER : k->layer;
    bool found = false;
    for (int i = 0; i < s->n && k->is == MN__KEY_LINE; i++) {
        const struct mn__element *e = &s->elements[i];
        if (e->is == MN__LINE && e->look.line == k->look.line && e->look.dash == k->look.dash &&
            fabs(e->look.width - k->look.width) < 0.01 && (!found || e->layer < layer)) {
            layer = e->layer;
            found = true;
        }
    }
    return layer;
}

void mn__key_mark(struct mn__sheet *sheet, enum mn_mark_as as, const char *text) {
    for (int i = 0; i < sheet->n_legend; i++)
        if (sheet->legend[i].is == MN__KEY_MARK && sheet->legend[i].mark == as)
            return;
    struct mn__legend *k = key(sheet, text);
    if (k) {
        k->is = MN__KEY_MARK;
        k->layer = MN__MARK_LAYER;
        k->mark = as;
    }
}

void mn__key_dot(struct mn__sheet *sheet, int shape, uint32_t colour, const char *text) {
    struct mn__legend *k = key(sheet, text);
    if (!k)
        return;
    k->is = MN__KEY_DOT;
    k->shape = shape;
    k->look.line = colour;
}

/* Draws one entry's sample at x and returns its width; with draw false only measures. */
static double sample(struct mn__sheet *sheet, const struct mn__legend *k, double x, double y,
                     double size, bool draw) {
    struct mn__scene *s = sheet->scene;
    double h = size * 1.5, w = 30 * sheet->unit;
    uint32_t colour = k->is == MN__KEY_CHIP ? MN__INK : MN__INK;
    struct mn__look look = k->look;
    if (k->is == MN__KEY_CHIP || (k->is == MN__KEY_BOX && *k->sample))
        w = mn__text_width(k->sample, fmax(size * 0.92, sheet->least_text), false) + 8;
    if (k->is == MN__KEY_DOT)
        w = round(7 * sheet->unit);
    if (!draw)
        return w;
    if (k->is == MN__KEY_DOT) {
        mn__put_dot(s, -1, k->shape, (struct mn__rect){round(x), round(y - w / 2), w, w},
                    k->look.line);
        return w;
    }
    if (k->is == MN__KEY_LINE) {
        mn__put_line(s, (struct mn__point[]){{x, y}, {x + w, y}}, 2, look);
        return w;
    }
    if (k->is == MN__KEY_MARK) {
        struct mn__look plain = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
        look = mn__marked(sheet, k->mark, plain, &colour);
        h = fmax(h, 1.7 * sheet->least_text); /* for the sign within the thickest border */
        int b = mn__put_box(s, -1, (struct mn__rect){x, y - h / 2, w, h}, look);
        mn__mark_tile(sheet, b, k->mark);
        return w;
    }
    int b = mn__put_box(s, -1, (struct mn__rect){x, y - h / 2, w, h}, look);
    bool dark = (look.fill >> 8 & 0xFF) < 0x80;
    if (*k->sample)
        mn__put_text(s, b, x + w / 2, y, MN__CENTRE, k->sample,
                     fmax(size * 0.92, sheet->least_text), false, dark ? MN__WHITE : colour);
    return w;
}

/* Places the entries at that size; returns the number of rows. */
static int flow(struct mn__sheet *sheet, struct mn__rect r, double size, double row, bool draw) {
    double x0 = r.x + 10, x, y = r.y + row / 2 + 4 * sheet->unit;
    const char *head = mn_msg(MN_M_frame_legend, sheet->lang);
    if (draw)
        mn__put_text(sheet->scene, -1, x0, y, MN__LEFT, head, size, true, MN__INK);
    x0 += mn__text_width(head, size, true) + 14;
    x = x0;
    int rows = 1;
    for (int i = 0; i < sheet->n_legend; i++) {
        const struct mn__legend *k = &sheet->legend[i];
        double w = sample(sheet, k, 0, 0, size, false) + 5 + mn__text_width(k->text, size, false);
        if (x > x0 && x + w > r.x + r.w - 8) {
            x = x0;
            y += row;
            rows++;
        }
        if (draw) {
            sheet->scene->layer = k->layer;
            double sw = sample(sheet, k, x, y, size, true);
            mn__put_text_in(sheet->scene, -1, x + sw + 5, y, MN__LEFT, r.x + r.w - 6 - x - sw - 5,
                            k->text, size, false, MN__INK);
        }
        x += w + 16 * sheet->unit;
    }
    sheet->scene->layer = 0;
    return rows;
}

/* Where the view's own elements end. */
static double lowest(const struct mn__sheet *sheet) {
    double y = sheet->body.y;
    for (int i = sheet->first_own; i < sheet->end_own; i++)
        y = fmax(y, sheet->scene->elements[i].at.y + sheet->scene->elements[i].at.h);
    return y;
}

/* As high as its rows, in the lower part of the place kept for it; on large sheets all of that, so
 * that a row more moves nothing. */
static void draw_legend(struct mn__sheet *sheet, struct mn__rect r) {
    struct mn__scene *s = sheet->scene;
    double u = sheet->unit, size = fmax(9 * u, sheet->least_text), row = 16 * u, high;
    while ((high = flow(sheet, r, size, row, false) * row + 8 * u) > r.h + 0.1 &&
           size > sheet->least_text) {
        size = fmax(size - 0.25, sheet->least_text);
        row = fmax(size * 1.75, row - 0.5);
    }
    if (high < r.h && !mn__view_of(sheet->picture)->large)
        r = (struct mn__rect){r.x, r.y + r.h - high, r.w, high};
    double more = fmin(high - r.h, r.y - lowest(sheet) - 4);
    if (more > 0.1) /* it takes what the view left free above it */
        r = (struct mn__rect){r.x, r.y - more, r.w, r.h + more};
    if (high > r.h + 0.1)
        sheet->legend_lacks = (int)ceil((high - r.h) / (16 * u));
    int b = mn__put_box(s, -1, r, (struct mn__look){MN__WHITE, MN__GREY, 0.8, MN__SOLID, false});
    s->elements[b].area = true;
    mn__put_name(s, b, "legend", "frame", NULL);
    flow(sheet, r, size, row, true);
}

/* The legend says the marks that are to be seen: not one that a stronger one hides. */
static void key_marks(struct mn__sheet *sheet) {
    int n = 0;
    for (int i = 0; i < sheet->n_legend; i++)
        if (sheet->legend[i].is != MN__KEY_MARK || sheet->drawn_marks[sheet->legend[i].mark])
            sheet->legend[n++] = sheet->legend[i];
    sheet->n_legend = n;
    for (int as = MN_MARK_NONE + 1; as < MN_MARKS; as++)
        if (sheet->drawn_marks[as])
            mn__key_mark(sheet, (enum mn_mark_as)as,
                         mn__mark_word((enum mn_mark_as)as, sheet->lang));
}

void mn__frame_end(struct mn__sheet *sheet) {
    struct mn__scene *s = sheet->scene;
    sheet->end_own = s->n;
    double u = sheet->unit, small = fmax(8.5 * u, sheet->least_text);
    double source = s->height - MN__MARGIN - small * 0.6;
    double top = sheet->body.y + sheet->body.h + 8 * u;
    struct mn__rect r = {MN__MARGIN, top, s->width - 2 * MN__MARGIN,
                         source - small * 0.6 - 8 * u - top};
    key_marks(sheet);
    for (int i = 0; i < sheet->n_legend; i++)
        sheet->legend[i].layer = entry_layer(sheet, &sheet->legend[i]);
    s->layer = 0;
    if (sheet->n_legend)
        draw_legend(sheet, r);
    const char *note =
        mn__say(sheet, sheet->m->illustrative ? MN_M_frame_source_illustrative : MN_M_frame_source,
                MN_ARGS(mn_text_in(sheet->m->name.full, sheet->lang)));
    int b = mn__put_text_in(s, -1, MN__MARGIN, source, MN__LEFT, s->width - 2 * MN__MARGIN, note,
                            small, false, MN__DIM);
    mn__put_name(s, b, "sheet-source", "frame", NULL);
}
