/* Drawing the map's panels, once all has its place. */
#include "diagram/map.h"
#include "diagram/type.h"

#include <math.h>
#include <string.h>

#define GROUND 0xF5F8FBu

static struct mn__look line_look(const struct mn__map *map, const struct mn__bundle *b,
                                 enum mn_message *key) {
    const struct mn__net *net = map->net;
    double u = fmin(map->sheet->unit, 1.3);
    bool top = false, core = true;
    for (int end = 0; end < 2; end++) {
        int box = end ? b->b : b->a;
        top = top || (box < net->n_uppers && net->uppers[box].place == MN__TOP);
        core = core && box < net->n_uppers && net->uppers[box].place == MN__CORE;
    }
    *key = top ? MN_M_key_centre : core ? MN_M_key_core : MN_M_key_ring;
    uint32_t colour = top ? MN__CENTRE_COLOUR : core ? MN__CORE_COLOUR : 0x1F4E79;
    return (struct mn__look){MN__NO_COLOUR, colour, (core && !top ? 2.4 : 1.5) * u,
                             top ? MN__DASHED : MN__SOLID, false};
}

static int node_box(const struct mn__net *net, int node) {
    if (net->box[node] >= 0)
        return net->box[node];
    return net->cluster_of_point[node] >= 0 ? net->n_uppers + net->cluster_of_point[node] : -1;
}

/* The strongest mark of the links that a bundle stands for. */
static enum mn_mark_as bundle_mark(const struct mn__map *map, const struct mn__bundle *b) {
    const struct mn_model *m = map->sheet->m;
    enum mn_mark_as as = MN_MARK_NONE;
    for (int i = 0; map->sheet->marked && i < m->n_links; i++) {
        int from = node_box(map->net, m->links[i].end[0]);
        int to = node_box(map->net, m->links[i].end[1]);
        unsigned char mark = map->sheet->component_marks[m->links[i].component];
        if (((from == b->a && to == b->b) || (from == b->b && to == b->a)) && mark > as)
            as = (enum mn_mark_as)mark;
    }
    return as;
}

static void draw_chip(struct mn__map *map, int box, const struct mn__map_line *l) {
    const struct mn__map_place *p = &map->places[l->exit];
    struct mn__look look = {MN__WHITE, p->colour, 0.8, MN__DASHED, true};
    struct mn__rect r = l->chip;
    int b = mn__put_box(map->sheet->scene, box, r, look);
    const char *text = l->told ? mn_arena_printf(map->arena, "↔ %s", p->code) : p->code;
    mn__put_name(map->sheet->scene, b, NULL, "exit", p->name);
    mn__put_text(map->sheet->scene, b, r.x + r.w / 2, r.y + r.h / 2, MN__CENTRE, text,
                 map->badge_size, false, p->colour);
    look.line = MN__GREY;
    mn__key_chip(map->sheet, look, text,
                 mn_msg(l->told ? MN_M_key_map_told : MN_M_key_map_exit, map->sheet->lang));
}

/* The longest piece's middle: where a mark is seen best. */
static struct mn__point longest_middle(const struct mn__map_line *l) {
    int best = 1;
    for (int i = 2; i < l->n; i++)
        if (hypot(l->points[i].x - l->points[i - 1].x, l->points[i].y - l->points[i - 1].y) >
            hypot(l->points[best].x - l->points[best - 1].x,
                  l->points[best].y - l->points[best - 1].y))
            best = i;
    return (struct mn__point){(l->points[best].x + l->points[best - 1].x) / 2,
                              (l->points[best].y + l->points[best - 1].y) / 2};
}

static void draw_lines(struct mn__map *map, int panel, int box) {
    struct mn__sheet *sheet = map->sheet;
    for (int i = 0; i < map->n_lines; i++) {
        const struct mn__map_line *l = &map->lines[i];
        const struct mn__bundle *b = &map->net->bundles[l->bundle];
        if (l->panel == panel && l->told)
            draw_chip(map, box, l);
        if (l->panel != panel || l->n < 2)
            continue;
        enum mn_message key;
        enum mn_mark_as as = bundle_mark(map, b);
        struct mn__look look = line_look(map, b, &key);
        int line = mn__put_line(sheet->scene, l->points, l->n, mn__marked_line(sheet, as, look));
        const struct mn_component *link = &sheet->m->components[sheet->m->links[b->link].component];
        bool first = true; /* of the pieces of one bundle, one has its id */
        for (int k = 0; k < i; k++)
            first = first && map->lines[k].bundle != l->bundle;
        char capacity[24] = "";
        if (b->capacity > 0)
            mn_capacity_text(b->capacity, capacity);
        mn__put_name(sheet->scene, line,
                     first ? mn_arena_printf(map->arena, "link-%s", link->id) : NULL, "link",
                     mn_arena_printf(map->arena, "%s – %s%s%s",
                                     map->places[map->place_of_box[b->a]].code,
                                     map->places[map->place_of_box[b->b]].code,
                                     *capacity ? " · " : "", capacity));
        mn__key_line(sheet, look, mn_msg(key, sheet->lang));
        if (l->chip.w > 0 && !l->shared)
            draw_chip(map, box, l);
        mn__mark_line(sheet, as, longest_middle(l), 12);
    }
}

static void draw_badge(struct mn__map *map, const struct mn__map_place *p, int box) {
    struct mn__sheet *sheet = map->sheet;
    uint32_t colour = MN__WHITE;
    struct mn__look look = {p->colour, p->colour, 1, MN__SOLID, p->is == MN__MAP_POINT};
    if (p->as != MN_MARK_NONE)
        look = mn__marked(sheet, p->as, look, &colour);
    int b = mn__put_box(sheet->scene, box, p->at, look);
    bool core = p->is == MN__MAP_UPPER && map->net->uppers[p->index].place == MN__CORE;
    const char *prefix = p->is == MN__MAP_POINT ? "point" : core ? "core" : "upper";
    mn__put_name(sheet->scene, b, mn_arena_printf(map->arena, "%s-%s", prefix, p->id), prefix,
                 mn_arena_printf(map->arena, "%s%s%s", p->name, p->as ? ": " : "",
                                 mn__mark_word(p->as, sheet->lang)));
    double tile = mn__mark_tile(sheet, b, p->as);
    int t = mn__put_text(sheet->scene, b, p->at.x + (p->at.w + tile) / 2, p->at.y + p->at.h / 2,
                         MN__CENTRE, p->code, map->badge_size, true, colour);
    mn__put_parts(sheet->scene, t, MN__ROLE, p->name);
    if (p->is == MN__MAP_POINT)
        mn__key_chip(sheet, (struct mn__look){MN__DIM, MN__DIM, 1, MN__SOLID, true}, p->code,
                     mn_msg(MN_M_key_map_point, sheet->lang));
}

static void draw_label(struct mn__map *map, const struct mn__map_place *p, int box) {
    struct mn__sheet *sheet = map->sheet;
    double size = map->plan.size, code = fmax(0.88 * size, sheet->least_text);
    enum mn_mark_as as = p->as ? p->as : p->line_as;
    struct mn__rect r = p->label.at;
    uint32_t colour = MN__INK, code_colour = p->colour;
    double x = r.x, y = r.y + r.h / 2;
    struct mn__look look = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
    if (as) {
        if (p->as)
            look = mn__marked(sheet, as, look, &colour);
        code_colour = colour;
        box = mn__put_box(sheet->scene, box, r, look);
        x = sheet->scene->elements[box].at.x + 3 + (p->as ? 0 : mn__mark_tile(sheet, box, as));
        y = sheet->scene->elements[box].at.y + sheet->scene->elements[box].at.h / 2;
    } else {
        mn__marked(sheet, as, look, &colour);
    }
    int t = mn__put_text_in(sheet->scene, box, x, y, MN__LEFT, p->name_w + 0.1, p->name, size,
                            false, colour);
    mn__put_parts(sheet->scene, t, MN__NAME, NULL);
    if (p->code_w > 0) {
        t = mn__put_text(sheet->scene, box, x + p->name_w + 2.5, y, MN__LEFT, p->code, code, true,
                         code_colour);
        mn__put_parts(sheet->scene, t, MN__WAY, NULL);
    }
}

/* Where its unit is, the mark's sign: the name may stand far off. */
static int draw_sign(struct mn__map *map, const struct mn__map_place *p, int box) {
    struct mn__sheet *sheet = map->sheet;
    const struct mn__mark_style *style = mn__mark_style(p->as);
    struct mn__look look = style->look;
    look.fill = style->tile;
    int sign = mn__put_box(sheet->scene, box, p->at, look);
    mn__mark_sign(sheet, sign, p->as, mn__middle(p->at), map->plan.size, style->tile_ink);
    return sign;
}

static void draw_unit(struct mn__map *map, const struct mn__map_place *p, int box) {
    struct mn__sheet *sheet = map->sheet;
    const struct mn_site *site = &sheet->m->sites[p->index];
    uint32_t colour = sheet->marked && !p->line_as ? MN__GREY : p->colour;
    int dot = p->as ? draw_sign(map, p, box)
                    : mn__put_dot(sheet->scene, box, map->brief ? 0 : p->shape, p->at, colour);
    sheet->scene->elements[dot].icon = map->brief && !p->as; /* ties run between */
    mn__put_name(sheet->scene, dot, mn_arena_printf(map->arena, "site-%s", site->id),
                 p->as ? mn_arena_printf(map->arena, "unit %s", mn_mark_name(p->as)) : "unit",
                 mn_arena_printf(map->arena, "%s (%s)%s%s%s%s",
                                 mn__full_name(site->name, sheet->lang), site->id,
                                 *p->code ? " → " : "", p->code, p->as ? ": " : "",
                                 mn__mark_word(p->as, sheet->lang)));
}

/* Ties, then dots, badges and names over them. */
static void draw_places(struct mn__map *map, int panel, int box) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__look leader = {MN__NO_COLOUR, MN__GREY, 0.5, MN__SOLID, false};
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->panel != panel || p->is != MN__MAP_UNIT)
            continue;
        if (p->stubbed) {
            struct mn__look stub = {MN__NO_COLOUR, p->colour, 0.9, MN__SOLID, false};
            int line = mn__put_line(sheet->scene, (struct mn__point[]){p->stub.a, p->stub.b}, 2,
                                    mn__marked_line(sheet, p->line_as, stub));
            mn__put_name(sheet->scene, line, NULL, "line", NULL);
            stub.line = MN__DIM;
            mn__key_line(sheet, stub, mn_msg(MN_M_key_map_stub, sheet->lang));
        }
        if (p->label.led) {
            mn__put_line(sheet->scene, (struct mn__point[]){p->label.leader.a, p->label.leader.b},
                         2, leader);
            mn__key_line(sheet, leader, mn_msg(MN_M_key_map_leader, sheet->lang));
        }
    }
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->panel != panel)
            continue;
        if (p->is != MN__MAP_UNIT) {
            draw_badge(map, p, box);
            continue;
        }
        draw_unit(map, p, box);
        if (p->label.placed)
            draw_label(map, p, box);
    }
}

static const char *km_text(struct mn__map *map, double km) {
    const char *text = mn_arena_printf(map->arena, "%.3g", km);
    if (map->sheet->lang == MN_VI)
        for (char *c = (char *)text; *c; c++)
            *c = *c == '.' ? ',' : *c;
    return mn__say(map->sheet, MN_M_map_km, MN_ARGS(text));
}

/* A bar of a round length that ends at x, its text above. */
static void draw_bar(struct mn__map *map, int box, double x, double y, double scale, double most) {
    struct mn__scene *s = map->sheet->scene;
    double km = mn__map_bar(scale, most), w = km * scale, h = 2.5 * map->sheet->unit;
    struct mn__look look = {MN__NO_COLOUR, MN__INK, 1.2, MN__SOLID, false};
    mn__put_line(s, (struct mn__point[]){{x - w, y - h}, {x - w, y}, {x, y}, {x, y - h}}, 4, look);
    double size = fmax(8 * map->sheet->unit, map->sheet->least_text);
    mn__put_text(s, box, x - w - 5, y - h, MN__RIGHT, km_text(map, km), size, false, MN__INK);
}

static void draw_north(struct mn__map *map, int box, double x, double y) {
    struct mn__scene *s = map->sheet->scene;
    double u = map->sheet->unit, size = fmax(8 * u, map->sheet->least_text);
    struct mn__look look = {MN__NO_COLOUR, MN__INK, 1.1, MN__SOLID, false};
    int line = mn__put_line(s, (struct mn__point[]){{x, y}, {x, y - 16 * u}}, 2, look);
    s->elements[line].arrow = true;
    mn__put_text(s, box, x, y - 21 * u, MN__CENTRE, mn_msg(MN_M_map_north_letter, map->sheet->lang),
                 size, true, MN__INK);
}

/* What of a panel is enlarged elsewhere: its units as small dots, and the frame's letter. */
static void draw_sources(struct mn__map *map, int panel, int box) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__scene *s = sheet->scene;
    for (int i = 1; i < map->n_panels; i++) {
        const struct mn__map_panel *f = &map->panels[i];
        if (f->is != MN__MAP_FRAME || f->parent != panel)
            continue;
        struct mn__look look = {0xDFE8F1, MN__INK, 1, MN__DASHED, false};
        int source = mn__put_box(s, box, f->source, look);
        s->elements[source].area = true;
        for (int k = 0; k < map->n; k++) {
            const struct mn__map_place *place = &map->places[k];
            if (place->is != MN__MAP_UNIT || !mn__map_within(map, place, i))
                continue;
            struct mn__point at = mn__map_at(&map->panels[panel], place->x, place->y);
            struct mn__rect r = {at.x - 1, at.y - 1, 2, 2};
            int small = mn__put_oval(
                s, source, r, (struct mn__look){place->colour, place->colour, 0, MN__SOLID, false});
            s->elements[small].icon = true;
        }
        int tag =
            mn__put_box(s, box, f->tag, (struct mn__look){MN__INK, MN__INK, 1, MN__SOLID, false});
        const char *letter = mn_arena_printf(map->arena, "%c", 'A' + i - 1);
        mn__put_text(s, tag, f->tag.x + f->tag.w / 2, f->tag.y + f->tag.h / 2, MN__CENTRE, letter,
                     map->badge_size, true, MN__WHITE);
        mn__key_box(sheet, look, "", mn_msg(MN_M_key_map_source, sheet->lang));
    }
}

static void draw_main(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__scene *s = sheet->scene;
    const struct mn__map_panel *p = &map->panels[0];
    double u = sheet->unit;
    int box = mn__put_box(s, -1, p->at, (struct mn__look){GROUND, MN__GREY, 0.8, MN__SOLID, false});
    s->elements[box].area = true;
    mn__put_name(s, box, "map-main", "map", sheet->scene->title);
    draw_sources(map, 0, box);
    if (map->brief)
        mn__map_draw_ties(map, 0);
    draw_lines(map, 0, box);
    draw_places(map, 0, box);
    struct mn__rect bar = map->scale_bar;
    draw_north(map, box, bar.x + 8 * u, bar.y + bar.h - 2);
    draw_bar(map, box, bar.x + bar.w - 4, bar.y + bar.h - 4, p->scale, bar.w - 56 * u);
}

static void draw_panel(struct mn__map *map, int panel) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__scene *s = sheet->scene;
    const struct mn__map_panel *p = &map->panels[panel];
    double u = sheet->unit, size = fmax((p->is == MN__MAP_FRAME ? 9 : 8) * u, sheet->least_text);
    bool frame = p->is == MN__MAP_FRAME;
    int box = mn__put_box(s, -1, p->at,
                          (struct mn__look){MN__WHITE, MN__INK, frame ? 1.2 : 1,
                                            frame ? MN__SOLID : MN__DASHED, false});
    s->elements[box].area = true;
    mn__put_name(s, box, mn_arena_printf(map->arena, "map-%c", 'a' + panel - 1), "map", NULL);
    double bar = 0, y = p->at.y + 8.5 * u;
    int many = 0;
    for (int i = 0; i < map->n; i++)
        many += map->places[i].located && map->places[i].panel == panel;
    if (frame) {
        bar = mn__text_width(p->title, size, true) + 120 * u + 14 <= p->at.w ? 120 * u : 0;
        if (bar > 0) /* the title says the scale, too */
            draw_bar(map, box, p->at.x + p->at.w - 8, y + 3 * u, p->scale, 70 * u);
        mn__put_text_in(s, box, p->at.x + 7, y, MN__LEFT, p->at.w - bar - 14, p->title, size, true,
                        MN__INK);
    } else {
        const char *lines[2];
        int n = mn__text_wrap(map->arena, p->title, size, true, p->at.w - 12, 2, lines);
        for (int i = 0; i < n; i++)
            mn__put_text(s, box, p->at.x + 6, p->at.y + 3 * u + (i + 0.5) * size * 1.2, MN__LEFT,
                         lines[i], size, true, MN__INK);
    }
    draw_sources(map, panel, box);
    if (map->brief)
        mn__map_draw_ties(map, panel);
    draw_lines(map, panel, box);
    draw_places(map, panel, box);
}

static void draw_list(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__scene *s = sheet->scene;
    double u = sheet->unit, size = map->plan.size, row = mn__map_row(map);
    if (map->list.at.w <= 0)
        return;
    int box = mn__put_box(s, -1, map->list.at,
                          (struct mn__look){MN__WHITE, MN__GREY, 1, MN__DOTTED, false});
    s->elements[box].area = true;
    mn__put_name(s, box, "map-list", "map", NULL);
    mn__put_text_in(s, box, map->list.at.x + 6, map->list.at.y + 8.5 * u, MN__LEFT,
                    map->list.at.w - 8, mn_msg(MN_M_map_missing, sheet->lang),
                    fmax(8.5 * u, sheet->least_text), true, MN__INK);
    int k = 0;
    for (int i = 0; i < map->n; i++) {
        struct mn__map_place *p = &map->places[i];
        if (p->located)
            continue;
        double x = map->list.at.x + 6 + (k / map->list.rows) * map->list.column;
        double y = map->list.at.y + 17 * u + (k % map->list.rows + 0.5) * row;
        k++;
        if (p->is == MN__MAP_UNIT) {
            p->at = (struct mn__rect){round(x), round(y - p->dot / 2), p->dot, p->dot};
            p->label.at = (struct mn__rect){p->at.x + p->at.w + 2, y - p->label.h / 2, p->label.w,
                                            p->label.h};
            draw_unit(map, p, box);
            draw_label(map, p, box);
            continue;
        }
        p->at = (struct mn__rect){x, round(y - map->badge_h / 2), p->code_w, map->badge_h};
        draw_badge(map, p, box);
        mn__put_text_in(s, box, x + p->code_w + 4, y, MN__LEFT, map->list.column - p->code_w - 12,
                        p->name, size, false, MN__INK);
    }
}

static enum mn_message type_words(const char *type) {
    static const struct {
        const char *type;
        enum mn_message words;
    } types[] = {{"ward", MN_M_key_ward},
                 {"commune", MN_M_key_commune},
                 {"special-zone", MN_M_key_special_zone},
                 {"office", MN_M_key_office},
                 {"data-centre", MN_M_key_data_centre}};
    for (size_t i = 0; i < MN_COUNT(types); i++)
        if (strcmp(types[i].type, type) == 0)
            return types[i].words;
    return MN_M_key_other_site;
}

static void key_units(struct mn__map *map) {
    const struct mn_model *m = map->sheet->m;
    if (map->brief) { /* areas are in the table */
        mn__map_key_brief(map);
        return;
    }
    for (int i = 0; i < map->n_types; i++)
        mn__key_dot(map->sheet, i, MN__INK, mn_msg(type_words(map->types[i]), map->sheet->lang));
    for (int a = 0; a < m->n_areas; a++)
        for (int i = 0; i < map->n; i++)
            if (map->places[i].is == MN__MAP_UNIT && m->sites[map->places[i].index].area == a) {
                uint32_t colour = mn__area_colour(a);
                mn__key_box(map->sheet, (struct mn__look){colour, colour, 0, MN__SOLID, false}, "",
                            mn__full_name(m->areas[a].name, map->sheet->lang));
                break;
            }
    for (int i = 0; i < map->n; i++)
        if (map->places[i].is == MN__MAP_UNIT && *map->places[i].code) {
            mn__key_chip(map->sheet, (struct mn__look){MN__WHITE, MN__WHITE, 0, MN__SOLID, false},
                         map->places[i].code, mn_msg(MN_M_key_map_code, map->sheet->lang));
            break;
        }
}

void mn__map_draw(struct mn__map *map) {
    key_units(map);
    draw_main(map);
    for (int i = 1; i < map->n_panels; i++)
        draw_panel(map, i);
    draw_list(map);
    mn__map_draw_table(map);
}
