/* The view map: the network where it lies, from the coordinates of its sites. */
#include "diagram/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Units up to which larger papers are tried: with more it would take seconds. */
enum { MOST_TRIED = 1000 };

/* One in so many lines may be told at its ends instead of drawn. */
enum { MOST_TOLD = 12 };

static bool works(struct mn__map *map, struct mn__map_plan plan) {
    map->plan = plan;
    mn__map_measure(map);
    return mn__map_share(map) && mn__map_arrange(map) && (map->unnamed == 0 || map->brief);
}

/* Names do not lie on each other, so they cannot take more than all the sheet. */
static bool names_exceed(struct mn__map *map) {
    double sum = 0, all = map->sheet->body.w * map->sheet->body.h;
    map->plan.size = map->sheet->least_name;
    mn__map_measure(map);
    for (int i = 0; i < map->n; i++)
        sum +=
            map->places[i].is == MN__MAP_UNIT ? map->places[i].label.w * map->places[i].label.h : 0;
    return sum > all;
}

/* The side for the main panel that leaves frames more room; the left unless it is markedly less. */
static double roomier(struct mn__map *map, struct mn__map_plan plan) {
    double room[2];
    for (int align = 0; align <= 1; align++) {
        plan.align = align;
        map->plan = plan;
        mn__map_measure(map);
        room[align] = mn__map_room(map);
    }
    return room[1] > 1.1 * room[0] ? 1 : 0;
}

/* The plan on either side; false when neither draws all names and nearly all lines. One that only
 * leaves out more lines is kept as the second best. */
static bool works_aligned(struct mn__map *map, struct mn__map_plan plan,
                          struct mn__map_plan *second) {
    double first = plan.frames ? roomier(map, plan) : 0.5;
    for (int turn = 0; turn < 2; turn++) {
        plan.align = turn == 0 ? first : plan.frames ? 1 - first : 0;
        if (!works(map, plan))
            continue;
        if (map->n_told * MOST_TOLD <= map->n_lines)
            return true;
        if (second->size <= 0)
            *second = plan;
    }
    return false;
}

/* Names as large as the paper's other texts, or as near to that as the plan has room for, if need
 * be with a frame more. */
static bool enlarge_names(struct mn__map *map, struct mn__map_plan plan) {
    double u = map->sheet->unit, least = plan.size;
    struct mn__map_plan larger = plan, second = {.size = 0};
    for (larger.size = least * u * u; larger.size > 1.2 * least; larger.size *= 0.85)
        for (int more = 0; more <= 1; more++) {
            larger.frames = plan.frames + more;
            if (works_aligned(map, larger, &second))
                return true;
        }
    larger = plan;
    larger.size = 1.15 * least;
    return (works(map, larger) && map->n_told == 0) || works(map, plan);
}

/* Plans are tried in order until one leaves no name out: first without frames, then with more and
 * more of them. Which one it is depends on where units are crowded, and on their names only when
 * room is short, so that a unit more seldom changes it, and with it the places of all. */
static bool find_plan(struct mn__map *map) {
    static const int frames[] = {0, 1, 2, 3, 4, 6, 8, 12, 16};
    static const double shares[] = {1, 0.85, 0.7}, zooms[] = {2, 2.5, 3, 4.5, MN__MAP_ANY_ZOOM};
    struct mn__map_plan second = {.size = 0}; /* the first that draws not all lines */
    double least = map->sheet->least_name;
    if (names_exceed(map))
        return false;
    for (size_t f = 0; f < MN_COUNT(frames); f++)
        for (size_t share = 0; share < (frames[f] ? MN_COUNT(shares) : 1); share++)
            for (size_t zoom = frames[f] > 1 ? 0 : MN_COUNT(zooms) - 1; zoom < MN_COUNT(zooms);
                 zoom++) {
                struct mn__map_plan plan = {frames[f], shares[share], least, zooms[zoom], 0};
                if (works_aligned(map, plan, &second))
                    return enlarge_names(map, map->plan);
            }
    return second.size > 0 && works(map, second);
}

static const char *subtitle(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__tally n = mn__net_tally(map->net, -2);
    const char *units = mn__number(sheet, n.units), *points = mn__number(sheet, n.points);
    int named = map->brief ? mn__map_count_named(map) : 0;
    if (!map->brief)
        return mn__say(sheet, MN_M_map_subtitle, MN_ARGS(units, points));
    if (map->names_on)
        return mn__say(sheet, MN_M_map_subtitle_names,
                       MN_ARGS(units, points, mn_paper_name(map->names_on)));
    return mn__say(sheet, named ? MN_M_map_subtitle_some : MN_M_map_subtitle_none,
                   MN_ARGS(units, points, mn__number(sheet, named)));
}

/* Begins the sheet. Said again of a brief map, once it is known what that names. */
static void say_title(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    sheet->scene->n = 0;
    mn__frame(sheet,
              mn__say(sheet, MN_M_map_title, MN_ARGS(mn__full_name(sheet->m->name, sheet->lang))),
              subtitle(map), 2);
}

static struct mn__map *begin(struct mn__sheet *sheet) {
    struct mn_arena *arena = sheet->scene->arena;
    struct mn__map *map = mn_arena_alloc(arena, sizeof *map);
    map->sheet = sheet;
    map->arena = arena;
    map->net = mn__net_new(sheet->m, sheet->lang, arena);
    say_title(map);
    return map;
}

/* The first larger paper that has room for all names. With very many units none is looked for. */
static enum mn_paper find_larger(const struct mn__sheet *sheet) {
    struct mn_picture larger = *sheet->picture;
    enum mn_paper found = MN_PAPER_AUTO;
    for (int paper = sheet->paper + 1; paper < MN_PAPERS && !found; paper++) {
        larger.paper = (enum mn_paper)paper;
        struct mn__sheet *other = mn__sheet_new(sheet->m, &larger);
        struct mn__map *map = begin(other);
        if (map->net->n_units <= MOST_TRIED && mn__map_gather(map) && find_plan(map))
            found = larger.paper;
        mn__sheet_free(other);
    }
    return found;
}

/* Units as dots without names, for paper that has no room for those. */
static bool find_brief_plan(struct mn__map *map) {
    static const double shares[] = {1, 0.85, 0.7};
    double size = fmax(map->sheet->least_name, 7 * map->sheet->unit);
    map->brief = true;
    map->names_on = find_larger(map->sheet);
    for (int points = map->sheet->picture->blank ? 0 : 1; points >= 0; points--)
        for (int frames = 2; frames >= 0; frames--)
            for (size_t share = 0; share < MN_COUNT(shares); share++)
                for (int align = 0; align <= 1; align++) {
                    map->table_points = points;
                    if (works(map, (struct mn__map_plan){frames, shares[share], size,
                                                         MN__MAP_ANY_ZOOM, align})) {
                        say_title(map);
                        return true;
                    }
                }
    return false;
}

static void title_frames(struct mn__map *map) {
    for (int i = 1; i < map->n_panels; i++) {
        struct mn__map_panel *p = &map->panels[i];
        long units = 0;
        if (p->is != MN__MAP_FRAME)
            continue;
        for (int k = 0; k < map->n; k++)
            units += map->places[k].panel == i && map->places[k].is == MN__MAP_UNIT;
        char *zoom = mn_arena_printf(map->arena, "%.1f", p->scale / map->panels[0].scale);
        if (map->sheet->lang == MN_VI && strchr(zoom, '.'))
            *strchr(zoom, '.') = ',';
        p->title = mn__say(map->sheet, MN_M_map_frame,
                           MN_ARGS(mn_arena_printf(map->arena, "%c", 'A' + i - 1), zoom,
                                   mn__number(map->sheet, units)));
    }
}

bool mn__draw_map(struct mn__sheet *sheet) {
    struct mn__map *map = begin(sheet);
    if (map->net->n_units == 0)
        return mn__refuse(sheet, MN_D_diagram_no_units, NULL, NULL, NULL);
    if (!mn__map_gather(map))
        return mn__refuse(sheet, MN_D_diagram_no_places, NULL, NULL, NULL);
    if (!find_plan(map) && !find_brief_plan(map))
        return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    title_frames(map);
    sheet->scene->layout = mn__map_note(map);
    mn__map_draw(map);
    mn__frame_end(sheet);
    return true;
}
