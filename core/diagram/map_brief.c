/* A map for paper that has no room for the units' names: units as dots, each tied to its point, and
 * a table that counts them. */
#include "diagram/map.h"
#include "diagram/type.h"

#include <math.h>
#include <string.h>

/* One in so many dots may touch another. */
enum { FEW_TOUCH = 12 };

/* Whether dots so large would touch more than a few others. */
static bool dots_crowd(const struct mn__map *map, double dot) {
    int touching = 0;
    for (int i = 0; i < map->n_located; i++) {
        const struct mn__map_place *a = &map->places[map->by_x[i]];
        double apart = a->panel >= 0 ? (dot + 0.5) / map->panels[a->panel].scale : 0;
        for (int k = i + 1; k < map->n_located && a->is == MN__MAP_UNIT; k++) {
            const struct mn__map_place *b = &map->places[map->by_x[k]];
            if (b->x - a->x >= apart)
                break;
            touching += b->is == MN__MAP_UNIT && b->panel == a->panel &&
                        hypot(a->x - b->x, a->y - b->y) < apart;
        }
    }
    return touching * FEW_TOUCH > map->n_units;
}

void mn__map_small_dots(struct mn__map *map) {
    double least = round(2 * map->sheet->unit);
    if (map->sheet->marked) /* room for the names of those that are */
        map->dot = fmin(map->dot, 2 * least);
    while (map->dot > least && dots_crowd(map, map->dot))
        map->dot--;
    for (int i = 0; i < map->n; i++)
        if (map->places[i].is == MN__MAP_UNIT && !map->places[i].as)
            map->places[i].dot = map->dot;
}

bool mn__map_named(const struct mn__map *map, const struct mn__map_place *p) {
    if (!map->brief || p->as || p->line_as || !p->located)
        return true;
    bool inset = map->panels[p->panel].is == MN__MAP_INSET;
    return inset || (p->panel != 0 && !map->names_on);
}

int mn__map_count_named(const struct mn__map *map) {
    int n = 0;
    for (int i = 0; i < map->n; i++)
        n += map->places[i].is == MN__MAP_UNIT &&
             (map->places[i].label.placed || !map->places[i].located);
    return n;
}

/* The rows of the table: each area, then its points if there is room for them. */
static void find_rows(struct mn__map *map, bool points) {
    const struct mn__net *net = map->net;
    map->rows = mn_arena_alloc(map->arena, sizeof *map->rows * 2 * ((size_t)net->n_clusters + 1));
    map->n_rows = 0;
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *k = &net->clusters[i];
        if (i == 0 || net->clusters[i - 1].area != k->area)
            map->rows[map->n_rows++] = (struct mn__map_count){
                k->area >= 0 ? mn__full_name(map->sheet->m->areas[k->area].name, map->sheet->lang)
                             : mn_msg(MN_M_city_no_area, map->sheet->lang),
                NULL, mn__net_tally(net, k->area).units, mn__area_colour(k->area)};
        if (points)
            map->rows[map->n_rows++] = (struct mn__map_count){
                k->point >= 0 ? mn__point_name(net, k->point, map->sheet->lang)
                              : mn_msg(MN_M_city_no_point, map->sheet->lang),
                k->code ? k->code : "", k->n, mn__area_colour(k->area)};
    }
}

static const char *table_head(const struct mn__map *map) {
    return mn_msg(map->table_points ? MN_M_map_table_points : MN_M_map_table, map->sheet->lang);
}

/* Between a row's edge and its name: the colour, or the point's code. */
static double before_name(const struct mn__map *map, const struct mn__map_count *row) {
    double chip = 14;
    for (int i = 0; i < map->n_rows && row->code; i++)
        if (map->rows[i].code)
            chip = fmax(chip, mn__text_width(map->rows[i].code, map->badge_size, true) + 7);
    return row->code ? 12 + chip + 5 : 14;
}

bool mn__map_share_table(struct mn__map *map, struct mn__vacant *v) {
    double widest = 0, size = map->plan.size;
    struct mn__point corner = {map->sheet->body.x + map->sheet->body.w, map->sheet->body.y};
    find_rows(map, map->table_points);
    for (int i = 0; i < map->n_rows; i++) {
        const struct mn__map_count *row = &map->rows[i];
        const char *units = mn__number(map->sheet, row->units);
        widest = fmax(widest, before_name(map, row) + mn__text_width(row->name, size, !row->code) +
                                  10 + mn__text_width(units, size, true));
    }
    return mn__map_fit_list(map, v, map->n_rows, widest, table_head(map), 0.95, corner,
                            &map->table);
}

static void draw_row(struct mn__map *map, int box, const struct mn__map_count *row, double x,
                     double y) {
    struct mn__scene *s = map->sheet->scene;
    double size = map->plan.size, right = x + map->table.column - 12;
    const char *units = mn__number(map->sheet, row->units);
    struct mn__look look = {row->colour, row->colour, 1, MN__SOLID, row->code != NULL};
    if (row->code && *row->code) {
        double w = mn__text_width(row->code, map->badge_size, true) + 7;
        int b = mn__put_box(s, box,
                            (struct mn__rect){x + 12, y - map->badge_h / 2, w, map->badge_h}, look);
        mn__put_text(s, b, x + 12 + w / 2, y, MN__CENTRE, row->code, map->badge_size, true,
                     MN__WHITE);
    } else if (!row->code) {
        mn__put_box(s, box, (struct mn__rect){x, y - size * 0.45, 10, size * 0.9}, look);
    }
    double from = x + before_name(map, row), wide = mn__text_width(units, size, true) + 6;
    mn__put_text_in(s, box, from, y, MN__LEFT, right - wide - from + 0.1, row->name, size,
                    !row->code, MN__INK);
    mn__put_text(s, box, right, y, MN__RIGHT, units, size, !row->code, MN__INK);
}

void mn__map_draw_table(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    const struct mn__map_list *t = &map->table;
    double u = sheet->unit, row = mn__map_row(map);
    if (t->at.w <= 0)
        return;
    int box = mn__put_box(sheet->scene, -1, t->at,
                          (struct mn__look){MN__WHITE, MN__GREY, 1, MN__SOLID, false});
    sheet->scene->elements[box].area = true;
    mn__put_name(sheet->scene, box, "map-table", "map", NULL);
    mn__put_text_in(sheet->scene, box, t->at.x + 6, t->at.y + 8.5 * u, MN__LEFT, t->at.w - 8,
                    table_head(map), fmax(8.5 * u, sheet->least_text), true, MN__INK);
    for (int i = 0; i < map->n_rows; i++)
        draw_row(map, box, &map->rows[i], t->at.x + 6 + i / t->rows * t->column,
                 t->at.y + 17 * u + (i % t->rows + 0.5) * row);
}

/* From each unit towards where its first line goes, as faint as many lines must be. */
void mn__map_draw_ties(struct mn__map *map, int panel) {
    struct mn__sheet *sheet = map->sheet;
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        const struct mn__map_place *to = p->to >= 0 ? &map->places[p->to] : NULL;
        if (p->is != MN__MAP_UNIT || !p->located || p->panel != panel || !to || !to->located)
            continue;
        struct mn__look look = {MN__NO_COLOUR, mn__tint(p->colour, 55), 0.4 * sheet->unit,
                                MN__SOLID, false};
        struct mn__segment tie = {
            mn__middle(p->at), to->panel == panel ? mn__middle(to->at)
                                                  : mn__map_at(&map->panels[panel], to->x, to->y)};
        double from, end;
        if (!mn__clip(tie, map->panels[panel].room, &from, &end))
            continue;
        tie.b = (struct mn__point){tie.a.x + (tie.b.x - tie.a.x) * end,
                                   tie.a.y + (tie.b.y - tie.a.y) * end};
        int line = mn__put_line(sheet->scene, (struct mn__point[]){tie.a, tie.b}, 2,
                                mn__marked_line(sheet, p->line_as, look));
        sheet->scene->elements[line].icon = true;
        mn__put_name(sheet->scene, line, NULL, "line", NULL);
        look.line = MN__DIM;
        mn__key_line(sheet, look, mn_msg(MN_M_key_map_tie, sheet->lang));
    }
}

void mn__map_key_brief(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    const char *text = mn_msg(MN_M_key_map_dot, sheet->lang);
    if (map->names_on)
        text = mn__say(sheet, MN_M_key_map_dot_on, MN_ARGS(mn_paper_name(map->names_on)));
    mn__key_dot(sheet, 0, MN__INK, text);
}
