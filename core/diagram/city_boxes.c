/* The units on the city's sheet: clusters below their aggregation points, and the cells in them. */
#include "diagram/city.h"

#include "base/unicode.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Width of a mark's sign before a code, to the size of the letters. */
#define SIGN 0.95

/* What neither works nor carries anything now. */
static bool is_dead(enum mn_mark_as as) {
    return as == MN_MARK_FAILED || as == MN_MARK_CUT_OFF;
}

static enum mn_mark_as point_mark(const struct mn__city *c, int point, const char **share) {
    int nodes[64], n = 0;
    *share = "";
    if (point < 0)
        return MN_MARK_NONE;
    nodes[n++] = point;
    for (int i = 0; i < c->sheet->m->n_nodes && n < 64; i++)
        if (i != point && c->net->point[i] == point)
            nodes[n++] = i;
    return mn__city_nodes_mark(c, nodes, n, share);
}

static bool line_is_dead(const struct mn__city *c, int link, int far) {
    int line = c->sheet->m->links[link].component;
    return is_dead((enum mn_mark_as)c->sheet->component_marks[line]) ||
           is_dead(mn__city_node_mark(c, far));
}

/* What stands for a unit's line in its cell. */
struct chip {
    const char *text, *tip;
    struct mn__look look;
    enum mn_mark_as as;
};

static struct chip chip_of(struct mn__city *c, int link, int far) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    const struct mn_component *line = &m->components[m->links[link].component];
    int cluster = c->net->cluster_of_point[far];
    struct chip chip = {.tip = mn_arena_printf(c->net->arena, "%s → %s",
                                               mn__full_name(line->name, sheet->lang),
                                               mn__node_name(m, far, sheet->lang, c->net->arena))};
    chip.as = (enum mn_mark_as)sheet->component_marks[m->links[link].component];
    if (line_is_dead(c, link, far)) {
        chip.as = MN_MARK_FAILED;
        uint32_t text;
        struct mn__look dead = mn__marked(sheet, chip.as, chip.look, &text);
        dead.width = 1.2;
        int layer = c->scene->layer;
        c->scene->layer = MN__MARK_LAYER;
        mn__key_chip(sheet, dead, mn__mark_symbol(chip.as),
                     mn_msg(MN_M_key_dead_backup, sheet->lang));
        c->scene->layer = layer;
    }
    if (cluster >= 0 && line->kind == c->net->common_kind) {
        uint32_t colour = mn__area_colour(c->net->clusters[cluster].area);
        chip.text = c->net->clusters[cluster].code;
        chip.look = (struct mn__look){mn__tint(colour, 16), colour, 0.6, MN__SOLID, false};
        mn__key_chip(sheet, (struct mn__look){0xE4E9EE, MN__GREY, 0.6, MN__SOLID, false}, chip.text,
                     mn_msg(MN_M_key_backup, sheet->lang));
    } else {
        chip.text = line->kind >= 0 ? c->net->kind_code[line->kind] : "?";
        chip.look = (struct mn__look){0xE4E9EE, MN__GREY, 0.6, MN__SOLID, false};
        mn__key_chip(sheet, chip.look, chip.text,
                     line->kind >= 0 ? mn__full_name(m->kinds[line->kind].name, sheet->lang) : "?");
    }
    return chip;
}

static void draw_chip(struct mn__city *c, int cell, struct mn__rect r, const struct chip *chip) {
    uint32_t colour = MN__INK;
    struct mn__look look = chip->look;
    double size = fmax(c->size * 0.9, c->sheet->least_text), sign = 0;
    if (chip->as != MN_MARK_NONE) {
        look = mn__marked(c->sheet, chip->as, look, &colour);
        look.width = fmin(look.width, 1.2);
        sign = SIGN * size;
    }
    int b = mn__put_box(c->scene, cell, r, look);
    mn__put_name(c->scene, b, NULL, "line", chip->tip);
    double w = mn__text_width(chip->text, size, false);
    double x = r.x + fmax(1, (r.w - w - sign) / 2);
    if (chip->as)
        mn__mark_sign(c->sheet, b, chip->as, (struct mn__point){x + sign / 2, r.y + r.h / 2}, size,
                      colour);
    int t = mn__put_text_in(c->scene, b, x + sign, r.y + r.h / 2, MN__LEFT, r.x + r.w - x - sign,
                            chip->text, size, false, colour);
    mn__put_parts(c->scene, t, MN__WAY, chip->text);
}

/* Width of the codes in a cluster's cells. */
static double chip_width(struct mn__city *c, const struct mn__cluster *k) {
    double size = fmax(c->size * 0.9, c->sheet->least_text), w = 1.2 * size;
    int far;
    for (int i = 0; i < k->n; i++)
        for (int l = 1, link; (link = mn__unit_line(c->sheet->m, k->units[i], l, &far)) >= 0; l++) {
            struct chip chip = chip_of(c, link, far);
            double sign = chip.as ? SIGN * size : 0;
            w = fmax(w, mn__text_width(chip.text, size, false) + sign);
        }
    return ceil(w + 4);
}

static const char *unit_name(struct mn__city *c, int site, double size, double width) {
    const char *full = mn__full_name(c->sheet->m->sites[site].name, c->sheet->lang);
    return c->only != -2 && mn__text_width(full, size, false) <= width
               ? full
               : mn__unit_name(c->net, site, c->sheet->lang);
}

/* Says in the legend which word a letter stands for. */
static void key_words(struct mn__city *c, int site, const char *name) {
    const struct mn_site *s = &c->sheet->m->sites[site];
    const char *full = mn__full_name(s->name, c->sheet->lang), *bare;
    static const struct mn__look plain = {MN__WHITE, MN__WHITE, 0, MN__SOLID, false};
    size_t size, used;
    int k = mn__unit_word(c->net, full, &bare, &size);
    if (k < 0 || strcmp(name, full) == 0 || (s->name.small.vi && !strstr(name, ".")))
        return;
    const char *word = c->net->words[k];
    mn_utf8_decode(word, strlen(word), &used);
    mn__key_chip(c->sheet, plain, mn_arena_printf(c->net->arena, "%.*s.", (int)used, word), word);
}

static void draw_unit(struct mn__city *c, int box, int site, struct mn__rect r, double chip_w) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn_model *m = sheet->m;
    const struct mn_site *s = &m->sites[site];
    int n_chips = s->lines.n > 1 ? s->lines.n - 1 : 1, far = -1;
    if (n_chips > 2)
        n_chips = 2;
    enum mn_mark_as as = mn__site_mark(sheet, site), inner = MN_MARK_NONE;
    int primary = mn__unit_line(m, site, 0, &far);
    if (primary >= 0)
        inner = (enum mn_mark_as)sheet->component_marks[m->links[primary].component];
    for (int i = 0; i < s->nodes.n; i++)
        if (mn__city_node_mark(c, s->nodes.at[i]) > inner)
            inner = mn__city_node_mark(c, s->nodes.at[i]);
    uint32_t colour = MN__INK;
    struct mn__look look = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
    look = mn__marked(sheet, as, look, &colour);
    int b = mn__put_box(c->scene, box, r, look);
    mn__put_name(c->scene, b, mn_arena_printf(c->net->arena, "site-%s", s->id),
                 as ? mn_arena_printf(c->net->arena, "unit %s", mn_mark_name(as)) : "unit",
                 mn_arena_printf(c->net->arena, "%s (%s)%s%s", mn__full_name(s->name, sheet->lang),
                                 s->id, as ? ": " : "", mn__mark_word(as, sheet->lang)));
    double left = r.x + 2.5 + mn__mark_tile(sheet, b, as ? as : inner);
    if (as == MN_MARK_LOST && inner == MN_MARK_CHANGED) { /* both are to be told */
        const char *sign = mn__mark_symbol(inner);
        mn__put_text(c->scene, b, left, r.y + r.h / 2, MN__LEFT, sign, sheet->least_text, true,
                     colour);
        left += mn__text_width(sign, sheet->least_text, true) + 2;
    }
    double right = r.x + r.w - n_chips * chip_w - 1.5;
    int kind = primary >= 0 ? m->components[m->links[primary].component].kind : -1;
    if (kind >= 0 && kind != c->net->common_kind) {
        struct chip chip = {.text = c->net->kind_code[kind],
                            .tip = mn__full_name(m->kinds[kind].name, sheet->lang),
                            .look = {0xE4E9EE, MN__GREY, 0.6, MN__SOLID, false}};
        if (line_is_dead(c, primary, far))
            chip.as = MN_MARK_FAILED;
        double size = fmax(c->size * 0.9, sheet->least_text);
        double marked = chip.as ? mn__text_width("×", size, false) : 0;
        double w = ceil(mn__text_width(chip.text, size, false) + marked + 4);
        draw_chip(c, b, (struct mn__rect){ceil(left), r.y + 1, w, r.h - 2}, &chip);
        mn__key_chip(sheet, chip.look, chip.text, chip.tip);
        left = ceil(left) + w + 2;
    }
    double size = c->size;
    if (c->service >= 0) {
        double side = round(fmin(r.h - 4, size * 1.1));
        struct mn__look tick = {MN__WHITE, MN__INK, 0.8, MN__SOLID, false};
        int t = mn__put_box(
            c->scene, b, (struct mn__rect){ceil(left), r.y + (r.h - side) / 2, side, side}, tick);
        mn__put_name(c->scene, t, NULL, "tick", NULL);
        mn__key_box(sheet, tick, "", mn_msg(MN_M_key_present, sheet->lang));
        left = ceil(left) + side + 3;
    }
    if (c->only != -2) { /* an area's sheet has room for codes */
        double small = fmax(0.75 * size, sheet->least_text);
        double w = mn__text_width(s->id, small, false);
        if (w < size * 3.6) {
            mn__put_text(c->scene, b, right - 1, r.y + r.h / 2, MN__RIGHT, s->id, small, false,
                         as ? colour : MN__DIM);
            right -= w + 4;
        }
    }
    const char *name = unit_name(c, site, size, right - left);
    key_words(c, site, name);
    while (size > sheet->least_name && mn__text_width(name, size, false) > right - left)
        size = fmax(size - 0.25, sheet->least_name);
    int t = mn__put_text_in(c->scene, b, left, r.y + r.h / 2, MN__LEFT, right - left, name, size,
                            false, colour);
    mn__put_parts(c->scene, t, MN__NAME, mn__full_name(s->name, sheet->lang));
    mn__city_layer(c, MN__CITY_BACKUPS);
    if (s->lines.n == 1) {
        struct mn__look none = {MN__WHITE, MN__GREY, 0.6, MN__DASHED, false};
        struct chip chip = {
            .text = "–", .tip = mn_msg(MN_M_key_no_backup, sheet->lang), .look = none};
        draw_chip(c, b, (struct mn__rect){r.x + r.w - chip_w, r.y, chip_w, r.h}, &chip);
        mn__key_chip(sheet, none, "–", chip.tip);
    }
    for (int i = 0; i < n_chips && i + 1 < s->lines.n; i++) {
        int link = mn__unit_line(m, site, i + 1, &far);
        struct chip chip = chip_of(c, link, far);
        if (i == 1 && s->lines.n > 3)
            chip.text = mn_arena_printf(c->net->arena, "+%d", s->lines.n - 2);
        draw_chip(c, b, (struct mn__rect){r.x + r.w - (n_chips - i) * chip_w, r.y, chip_w, r.h},
                  &chip);
    }
}

static void draw_ghost(struct mn__city *c, int box, const struct mn__city_ghost *ghost,
                       struct mn__rect r) {
    struct mn__sheet *sheet = c->sheet;
    uint32_t colour = MN__INK;
    struct mn__look look = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
    look = mn__marked(sheet, MN_MARK_REMOVED, look, &colour);
    int b = mn__put_box(c->scene, box, r, look);
    mn__put_name(c->scene, b, mn_arena_printf(c->net->arena, "gone-%s", ghost->id),
                 mn_arena_printf(c->net->arena, "unit %s", mn_mark_name(MN_MARK_REMOVED)),
                 mn_arena_printf(c->net->arena, "%s (%s): %s", ghost->name, ghost->id,
                                 mn__mark_word(MN_MARK_REMOVED, sheet->lang)));
    double left = r.x + 2.5 + mn__mark_tile(sheet, b, MN_MARK_REMOVED);
    int t = mn__put_text_in(c->scene, b, left, r.y + r.h / 2, MN__LEFT, r.x + r.w - 2 - left,
                            ghost->name, sheet->least_name, false, colour);
    struct mn__rect at = c->scene->elements[t].at;
    int strike = mn__put_line(
        c->scene, (struct mn__point[]){{at.x - 1, r.y + r.h / 2}, {at.x + at.w + 1, r.y + r.h / 2}},
        2, (struct mn__look){MN__NO_COLOUR, colour, 0.9, MN__SOLID, false});
    c->scene->elements[strike].icon = true;
}

/* "H4×9  H3×5  4G×3": the backup lines of the cluster, bundled. */
static const char *foot_text(struct mn__city *c, const struct mn__cluster *k) {
    const struct mn_model *m = c->sheet->m;
    const char *codes[32];
    int counts[32], n = 0, far, none = 0;
    struct mn_buf b = MN_BUF_INIT;
    for (int i = 0; i < k->n; i++) {
        none += m->sites[k->units[i]].lines.n == 1;
        for (int l = 1, link; (link = mn__unit_line(m, k->units[i], l, &far)) >= 0; l++) {
            const char *code = chip_of(c, link, far).text;
            int j = 0;
            while (j < n && strcmp(codes[j], code) != 0)
                j++;
            if (j == n && n < 32) {
                codes[n] = code;
                counts[n++] = 0;
            }
            if (j < n)
                counts[j]++;
        }
    }
    while (n > 0) { /* most first */
        int most = 0;
        for (int j = 1; j < n; j++)
            if (counts[j] > counts[most])
                most = j;
        mn_buf_printf(&b, "%s×%d   ", codes[most], counts[most]);
        n--;
        for (int j = most; j < n; j++) {
            codes[j] = codes[j + 1];
            counts[j] = counts[j + 1];
        }
    }
    if (none && b.size)
        mn_buf_printf(&b, "–×%d   ", none);
    while (b.size && b.data[b.size - 1] == ' ')
        b.data[--b.size] = '\0';
    const char *text = mn_arena_strdup(c->net->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

static void draw_header(struct mn__city *c, int cluster, int box) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn__cluster *k = &c->net->clusters[cluster];
    struct mn__rect h = mn__header_at(c, cluster);
    double u = sheet->unit;
    uint32_t area = mn__area_colour(k->area), colour = MN__WHITE;
    struct mn__look look = {area, area, 1, MN__SOLID, true};
    const char *share, *name = mn_msg(MN_M_city_no_point, sheet->lang);
    enum mn_mark_as as = point_mark(c, k->point, &share);
    if (k->point < 0 || k->visiting) {
        look = (struct mn__look){MN__WHITE, area, 1.2, MN__DASHED, true};
        colour = area;
    }
    if (k->point >= 0)
        name = mn__point_name(c->net, k->point, sheet->lang);
    if (as != MN_MARK_NONE) /* unmarked headers keep their colour: they are the map's landmarks */
        look = mn__marked(sheet, as, look, &colour);
    int b = mn__put_box(c->scene, box, h, look);
    size_t prefix = strlen(c->net->prefix);
    if (k->point >= 0 && prefix && strncmp(name, c->net->prefix, prefix) == 0)
        name += prefix;
    const char *code = k->code && k->code_used && !strstr(name, k->code) ? k->code : "";
    const char *text = mn_arena_printf(
        c->net->arena, "%s%s%s%s%s%s (%d)%s%s", as ? mn__mark_word(as, sheet->lang) : "",
        as ? share : "", as ? ": " : "", code, *code ? " · " : "", name, k->n,
        c->extra[cluster].size ? " " : "", mn_buf_text(&c->extra[cluster]));
    if (k->point >= 0 && !k->visiting)
        mn__put_name(c->scene, b,
                     mn_arena_printf(c->net->arena, "node-%s",
                                     sheet->m->components[sheet->m->nodes[k->point].component].id),
                     "point", text);
    double tile = mn__mark_tile(sheet, b, as), room = h.w - 12 - tile;
    if (as && mn__text_width(text, 7.5 * u, true) > room) /* the tile says it already */
        text += strlen(mn__mark_word(as, sheet->lang)) + strlen(share) + 2;
    double least = fmax(7 * u, sheet->least_name), size = fmax(fmin(9.5 * u, h.h * 0.55), least);
    while (size > least && mn__text_width(text, size, true) > room)
        size = fmax(size - 0.25, least);
    int t = mn__put_text_in(c->scene, b, h.x + (h.w + tile) / 2, h.y + h.h / 2, MN__CENTRE, room,
                            text, size, true, colour);
    if (k->point >= 0)
        mn__put_parts(c->scene, t, MN__ROLE,
                      mn_arena_printf(c->net->arena, "%s%s%s", code, *code ? " · " : "", name));
}

/* Says of a line drawn which of the model's it is. */
static void name_line(struct mn__city *c, int line, int link) {
    const struct mn_component *l = &c->sheet->m->components[c->sheet->m->links[link].component];
    mn__put_name(c->scene, line, mn_arena_printf(c->net->arena, "link-%s", l->id), "line",
                 mn__full_name(l->name, c->sheet->lang));
}

void mn__draw_cluster(struct mn__city *c, int cluster) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn__cluster *k = &c->net->clusters[cluster];
    const struct mn__pack_cluster *p = mn__cluster_at(c, cluster);
    struct mn__rect h = mn__header_at(c, cluster);
    double u = sheet->unit, small = fmax(7 * u, sheet->least_text);
    uint32_t area = mn__area_colour(k->area);
    mn__city_layer(c, MN__CITY_POINTS);
    int box = mn__put_box(c->scene, -1, p->at,
                          (struct mn__look){MN__WHITE, mn__tint(area, 45), 0.8, MN__SOLID, true});
    c->scene->elements[box].area = true;
    double top = h.y + h.h + 4 * u, cell_h = fmin(p->pitch - 2.5, c->size * 2.1);
    int ghosts = c->ghosts ? c->ghosts[cluster].n : 0, far;
    /* Even columns; the reserve is below. */
    int rows = (k->n + ghosts + p->columns - 1) / p->columns;
    struct mn__look spine = {MN__NO_COLOUR, k->point >= 0 ? MN__DIM : mn__tint(MN__DIM, 40), 1,
                             MN__SOLID, false};
    if (k->point < 0)
        spine.dash = MN__DASHED;
    struct mn__look dead_spine = spine;
    dead_spine.dash = MN__DASHED;
    mn__city_layer(c, MN__CITY_BACKUPS); /* with what it adds to the legend */
    double chips = c->counted ? 0 : chip_width(c, k);
    bool dead = true; /* all primary lines of the column */
    mn__city_layer(c, MN__CITY_UNITS);
    if (c->counted)
        mn__draw_counts(c, cluster, box, top);
    for (int i = 0; i < k->n && !c->counted; i++) {
        int column = i / rows, row = i % rows;
        mn__city_layer(c, MN__CITY_UNITS);
        double x = p->at.x + 5 + column * p->column, y = top + (row + 0.5) * p->pitch;
        int primary = mn__unit_line(sheet->m, k->units[i], 0, &far);
        enum mn_mark_as as =
            primary >= 0
                ? (enum mn_mark_as)sheet->component_marks[sheet->m->links[primary].component]
                : MN_MARK_NONE;
        bool dead_line = primary >= 0 && line_is_dead(c, primary, far);
        dead = (dead || row == 0) && dead_line;
        if (row == rows - 1 || i == k->n - 1)
            mn__put_line(c->scene, (struct mn__point[]){{x + 3, h.y + h.h}, {x + 3, y}}, 2,
                         dead ? dead_spine : spine);
        struct mn__look stub = as          ? mn__marked_line(sheet, as, spine)
                               : dead_line ? dead_spine
                                           : spine;
        int line = mn__put_line(c->scene, (struct mn__point[]){{x + 3, y}, {x + 8, y}}, 2, stub);
        if (primary >= 0)
            name_line(c, line, primary);
        draw_unit(c, box, k->units[i],
                  (struct mn__rect){x + 8, y - cell_h / 2, p->column - 10, cell_h}, chips);
    }
    for (int i = k->n; i < k->n + ghosts; i++) {
        double x = p->at.x + 5 + (i / rows) * p->column, y = top + (i % rows + 0.5) * p->pitch;
        draw_ghost(c, box, &c->ghosts[cluster].units[i - k->n],
                   (struct mn__rect){x + 8, y - cell_h / 2, p->column - 10, cell_h});
    }
    mn__city_layer(c, MN__CITY_POINTS);
    draw_header(c, cluster, box);
    mn__city_layer(c, MN__CITY_BACKUPS);
    const char *foot = k->n && !c->no_feet ? foot_text(c, k) : "";
    if (c->service >= 0 && k->n)
        mn__put_text_in(c->scene, box, p->at.x + p->at.w / 2,
                        p->at.y + p->at.h - (c->no_feet ? 6.5 : 17) * u, MN__CENTRE, p->at.w - 14,
                        mn__say(sheet, MN_M_meeting_present, MN_ARGS(mn__number(sheet, k->n))),
                        small, true, MN__INK);
    if (*foot) {
        mn__key_chip(sheet, (struct mn__look){MN__WHITE, MN__WHITE, 0, MN__SOLID, false},
                     mn_arena_printf(c->net->arena, "%.*s", (int)strcspn(foot, " "), foot),
                     mn_msg(MN_M_key_bundle, sheet->lang));
        int n = mn__put_paragraph(c->scene, box, p->at.x + p->at.w / 2,
                                  p->at.y + p->at.h - (c->counted ? 13 : 6.5) * u, MN__CENTRE,
                                  p->at.w - 14, c->counted ? 2 : 1, foot, small, false, MN__DIM);
        for (int i = 0; i < n; i++)
            mn__put_parts(c->scene, c->scene->n - n + i, MN__WAY, i ? "" : foot);
    }
    if (!c->counted)
        mn__key_line(sheet, (struct mn__look){MN__NO_COLOUR, MN__DIM, 1, MN__SOLID, false},
                     mn_msg(MN_M_key_primary, sheet->lang));
}
