/* The view map: the network where it lies, from the coordinates of its sites. */
#include "diagram/map.h"

#include <stdlib.h>
#include <string.h>

static bool works(struct mn__map *map, struct mn__map_plan plan) {
    map->plan = plan;
    mn__map_measure(map);
    return mn__map_share(map) && mn__map_arrange(map) && map->unnamed == 0;
}

/* Plans are tried in order until one leaves no name out: first without frames, then with more and
 * more of them. Which one it is depends on where units are crowded, and on their names only when
 * room is short, so that a unit more seldom changes it, and with it the places of all. */
static bool find_plan(struct mn__map *map) {
    static const int frames[] = {0, 1, 2, 3, 4, 6, 8, 12, 16};
    static const double shares[] = {1, 0.85, 0.7}, zooms[] = {2, 2.5, 3, 4.5, MN__MAP_ANY_ZOOM};
    struct mn__map_plan second = {.size = 0}; /* the first that draws not all lines */
    double least = map->sheet->least_name;
    for (size_t f = 0; f < MN_COUNT(frames); f++)
        for (size_t share = 0; share < (frames[f] ? MN_COUNT(shares) : 1); share++)
            for (size_t zoom = frames[f] > 1 ? 0 : MN_COUNT(zooms) - 1; zoom < MN_COUNT(zooms);
                 zoom++)
                for (int align = 0; align <= 1; align++) {
                    struct mn__map_plan plan = {frames[f], shares[share], least, zooms[zoom],
                                                frames[f] ? align
                                                : align   ? 0
                                                          : 0.5};
                    struct mn__map_plan larger = plan;
                    larger.size *= 1.15;
                    if (!works(map, plan))
                        continue;
                    if (map->n_told == 0)
                        return (works(map, larger) && map->n_told == 0) || works(map, plan);
                    if (second.size <= 0)
                        second = plan;
                }
    return second.size > 0 && works(map, second);
}

static void say_title(struct mn__map *map) {
    struct mn__sheet *sheet = map->sheet;
    struct mn__tally n = mn__net_tally(map->net, -2);
    mn__frame(sheet,
              mn__say(sheet, MN_M_map_title, MN_ARGS(mn__full_name(sheet->m->name, sheet->lang))),
              mn__say(sheet, MN_M_map_subtitle,
                      MN_ARGS(mn__number(sheet, n.units), mn__number(sheet, n.points))),
              2);
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
    struct mn_arena *arena = sheet->scene->arena;
    struct mn__map *map = mn_arena_alloc(arena, sizeof *map);
    map->sheet = sheet;
    map->arena = arena;
    map->net = mn__net_new(sheet->m, sheet->lang, arena);
    if (map->net->n_units == 0)
        return mn__refuse(sheet, MN_D_diagram_no_units, NULL, NULL, NULL);
    say_title(map);
    if (!mn__map_gather(map))
        return mn__refuse(sheet, MN_D_diagram_no_places, NULL, NULL, NULL);
    if (!find_plan(map))
        return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    title_frames(map);
    mn__map_draw(map);
    mn__frame_end(sheet);
    return true;
}
