/* What a map shows: units, points and boxes above with their coordinates, in kilometres. */
#include "base/unicode.h"
#include "diagram/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS = 16 }; /* of a badge */

/* Kilometres of one degree on a sphere with the earth's mean radius. */
#define DEGREE 111.195

static bool locate(const struct mn_model *m, int site, double *lat, double *lon) {
    if (site < 0 || !m->sites[site].placed)
        return false;
    *lat = m->sites[site].lat_e5 / 1e5;
    *lon = m->sites[site].lon_e5 / 1e5;
    return true;
}

static int shape_of(struct mn__map *map, const char *type) {
    int i = 0;
    while (i < map->n_types && strcmp(map->types[i], type) != 0)
        i++;
    if (i == map->n_types && i < (int)MN_COUNT(map->types))
        map->types[map->n_types++] = type;
    return i % (int)MN_COUNT(map->types);
}

static enum mn_mark_as nodes_mark(const struct mn__map *map, const int *nodes, int n) {
    enum mn_mark_as as = MN_MARK_NONE;
    for (int i = 0; i < n; i++) {
        unsigned char mark = map->sheet->component_marks[map->sheet->m->nodes[nodes[i]].component];
        if (mark > as)
            as = (enum mn_mark_as)mark;
    }
    return as;
}

/* A point is where its site is, or in the middle of its units. */
static void add_point(struct mn__map *map, int cluster) {
    const struct mn_model *m = map->sheet->m;
    const struct mn__net *net = map->net;
    const struct mn__cluster *k = &net->clusters[cluster];
    struct mn__map_place *p = &map->places[map->n];
    *p = (struct mn__map_place){.is = MN__MAP_POINT,
                                .index = cluster,
                                .to = -1,
                                .code = k->code,
                                .colour = mn__area_colour(k->area),
                                .id = m->components[m->nodes[k->point].component].id,
                                .name = mn__point_name(net, k->point, map->sheet->lang)};
    int site = mn__node_site(m, k->point);
    if (site >= 0)
        p->as = (enum mn_mark_as)map->sheet->site_marks[site];
    for (int i = 0; i < m->n_nodes; i++) {
        enum mn_mark_as as = net->point[i] == k->point ? nodes_mark(map, &i, 1) : MN_MARK_NONE;
        p->as = as > p->as ? as : p->as;
    }
    p->located = locate(m, site, &p->lat, &p->lon);
    double lat, lon, sum_lat = 0, sum_lon = 0;
    int count = 0;
    for (int c = 0; c < net->n_clusters && !p->located; c++)
        for (int i = 0; net->clusters[c].point == k->point && i < net->clusters[c].n; i++)
            if (locate(m, net->clusters[c].units[i], &lat, &lon)) {
                sum_lat += lat;
                sum_lon += lon;
                count++;
            }
    if (count) {
        p->located = true;
        p->lat = sum_lat / count;
        p->lon = sum_lon / count;
    }
    map->place_of_box[net->n_uppers + cluster] = map->n++;
}

static void add_upper(struct mn__map *map, int upper) {
    const struct mn_model *m = map->sheet->m;
    const struct mn__upper *u = &map->net->uppers[upper];
    struct mn__map_place *p = &map->places[map->n];
    *p = (struct mn__map_place){
        .is = MN__MAP_UPPER,
        .index = upper,
        .to = -1,
        .code = u->code,
        .colour = u->place == MN__CORE ? MN__CORE_COLOUR : MN__CENTRE_COLOUR,
        .id =
            u->site >= 0 ? m->sites[u->site].id : m->components[m->nodes[u->nodes[0]].component].id,
        .name = u->site >= 0 ? mn__full_name(m->sites[u->site].name, map->sheet->lang)
                             : mn__node_name(m, u->nodes[0], map->sheet->lang, map->arena),
        .as = nodes_mark(map, u->nodes, u->n)};
    if (u->site >= 0) {
        const char *brief = mn__short_name(m->sites[u->site].name, map->sheet->lang);
        p->code = mn_utf8_count(brief, strlen(brief)) <= LETTERS ? brief : p->code;
    }
    if (u->site >= 0 && map->sheet->site_marks[u->site] > p->as)
        p->as = (enum mn_mark_as)map->sheet->site_marks[u->site];
    p->located = locate(m, u->site, &p->lat, &p->lon);
    map->place_of_box[upper] = map->n++;
}

static void add_unit(struct mn__map *map, int site, int cluster) {
    const struct mn_model *m = map->sheet->m;
    const struct mn__cluster *k = &map->net->clusters[cluster];
    struct mn__map_place *p = &map->places[map->n++];
    int far, line = mn__unit_line(m, site, 0, &far), box = -1;
    if (k->point >= 0)
        box = map->net->cluster_of_point[k->point] >= 0
                  ? map->net->n_uppers + map->net->cluster_of_point[k->point]
                  : map->net->box[k->point];
    *p = (struct mn__map_place){.is = MN__MAP_UNIT,
                                .index = site,
                                .to = box >= 0 ? map->place_of_box[box] : -1,
                                .shape = shape_of(map, m->sites[site].type),
                                .id = m->sites[site].id,
                                .name = mn__unit_name(map->net, site, map->sheet->lang),
                                .code = k->code ? k->code : "",
                                .colour = mn__area_colour(m->sites[site].area),
                                .as = mn__site_mark(map->sheet, site)};
    if (line >= 0)
        p->line_as = (enum mn_mark_as)map->sheet->component_marks[m->links[line].component];
    p->located = locate(m, site, &p->lat, &p->lon);
    map->n_units++;
}

/* Joins what lies near each other and sets apart what lies far off: the longest edges of a shortest
 * tree over all places (Prim, "Shortest connection networks", 1957) are cut where one side is few,
 * the gap is wide, and the rest without it can be drawn markedly larger. */
struct tree {
    int n;
    int *place, *parent;
    double *length;
    int *group;
};

static double distance(const struct mn__map_place *a, const struct mn__map_place *b) {
    return hypot(a->x - b->x, a->y - b->y);
}

static void grow_tree(const struct mn__map *map, struct tree *t) {
    bool *done = mn_new0((size_t)t->n + 1, sizeof *done);
    for (int i = 0; i < t->n; i++) {
        t->length[i] = i ? INFINITY : 0;
        t->parent[i] = -1;
    }
    for (int round = 0; round < t->n; round++) {
        int next = -1;
        for (int i = 0; i < t->n; i++)
            if (!done[i] && (next < 0 || t->length[i] < t->length[next]))
                next = i;
        done[next] = true;
        for (int i = 0; i < t->n; i++) {
            double d = distance(&map->places[t->place[i]], &map->places[t->place[next]]);
            if (!done[i] && d < t->length[i]) {
                t->length[i] = d;
                t->parent[i] = next;
            }
        }
    }
    free(done);
}

/* Marks what hangs on the far side of i's edge, within group 0, as `group`; returns how many. */
static int cut(struct tree *t, int i, int group) {
    int count = 1;
    bool more = true;
    t->group[i] = group;
    while (more) {
        more = false;
        for (int k = 0; k < t->n; k++)
            if (t->group[k] == 0 && t->parent[k] >= 0 && t->group[t->parent[k]] == group &&
                k != i) {
                t->group[k] = group;
                count++;
                more = true;
            }
    }
    return count;
}

static void bounds_of(const struct mn__map *map, const struct tree *t, int group,
                      struct mn__rect *r) {
    double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    for (int i = 0; i < t->n; i++) {
        const struct mn__map_place *p = &map->places[t->place[i]];
        if (t->group[i] != group)
            continue;
        x0 = fmin(x0, p->x), x1 = fmax(x1, p->x);
        y0 = fmin(y0, p->y), y1 = fmax(y1, p->y);
    }
    *r = x0 <= x1 ? (struct mn__rect){x0, y0, x1 - x0, y1 - y0} : (struct mn__rect){0, 0, 0, 0};
}

/* How much larger what is in `small` can be drawn than what is in `large`. */
static double gain(const struct mn__map *map, struct mn__rect large, struct mn__rect small) {
    double w = map->sheet->body.w, h = map->sheet->body.h;
    double before = fmax(large.w / w, large.h / h), after = fmax(small.w / w, small.h / h);
    return before / fmax(after, 1e-3 / w);
}

static void find_groups(struct mn__map *map) {
    struct tree t = {.place = mn_new0((size_t)map->n + 1, sizeof(int)),
                     .parent = mn_new0((size_t)map->n + 1, sizeof(int)),
                     .group = mn_new0((size_t)map->n + 1, sizeof(int)),
                     .length = mn_new0((size_t)map->n + 1, sizeof(double))};
    for (int i = 0; i < map->n; i++)
        if (map->places[i].located)
            t.place[t.n++] = i;
    grow_tree(map, &t);
    int *back = mn_new0((size_t)t.n + 1, sizeof *back);
    for (int tried = 0; tried < 2 * MN__MAP_INSETS && map->n_groups < MN__MAP_INSETS; tried++) {
        int longest = -1, group = map->n_groups + 1, all = 0;
        for (int i = 0; i < t.n; i++) {
            all += t.group[i] == 0;
            if (t.group[i] == 0 && t.parent[i] >= 0 && t.group[t.parent[i]] == 0 &&
                t.length[i] > 0 && (longest < 0 || t.length[i] > t.length[longest]))
                longest = i;
        }
        if (longest < 0)
            break;
        memcpy(back, t.group, (size_t)t.n * sizeof *back);
        struct mn__rect before, after;
        bounds_of(map, &t, 0, &before);
        int count = cut(&t, longest, group);
        if (2 * count > all) /* the few are those on this side */
            for (int i = 0; i < t.n; i++)
                if (back[i] == 0)
                    t.group[i] = t.group[i] == group ? 0 : group;
        count = 2 * count > all ? all - count : count;
        bounds_of(map, &t, 0, &after);
        bool apart = count * 8 <= all && t.length[longest] > 0.15 * hypot(after.w, after.h) &&
                     gain(map, before, after) >= 1.2;
        if (apart) {
            map->n_groups++;
        } else {
            memcpy(t.group, back, (size_t)t.n * sizeof *back);
            t.length[longest] = 0; /* not again */
        }
    }
    for (int i = 0; i < t.n; i++)
        map->places[t.place[i]].group = t.group[i];
    free(back);
    free(t.place);
    free(t.parent);
    free(t.group);
    free(t.length);
}

/* Equirectangular projection with the true scale on the map's middle parallel (Snyder, "Map
 * projections: a working manual", 1987, chapter 12). */
static void project(struct mn__map *map) {
    double low = 90, high = -90;
    for (int i = 0; i < map->n; i++)
        if (map->places[i].located) {
            low = fmin(low, map->places[i].lat);
            high = fmax(high, map->places[i].lat);
        }
    /* In steps, so that a unit more does not turn it. */
    double middle = round((low + high) / 2 * 4) / 4;
    double narrow = fmax(cos(middle * 3.14159265358979323846 / 180), 0.01);
    for (int i = 0; i < map->n; i++) {
        map->places[i].x = map->places[i].lon * DEGREE * narrow;
        map->places[i].y = -map->places[i].lat * DEGREE;
    }
}

/* The extent of what is drawn together, rounded outwards: a unit more seldom changes the scale. */
static void find_extent(struct mn__map *map) {
    double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    for (int i = 0; i < map->n; i++) {
        const struct mn__map_place *p = &map->places[i];
        if (!p->located || p->group)
            continue;
        x0 = fmin(x0, p->x), x1 = fmax(x1, p->x);
        y0 = fmin(y0, p->y), y1 = fmax(y1, p->y);
    }
    double span = fmax(fmax(x1 - x0, y1 - y0), 1);
    double step = exp2(ceil(log2(span / 48)));
    map->min_x = floor(x0 / step) * step;
    map->max_x = fmax(ceil(x1 / step) * step, map->min_x + step);
    map->min_y = floor(y0 / step) * step;
    map->max_y = fmax(ceil(y1 / step) * step, map->min_y + step);
}

struct across {
    double x;
    int place;
};

static int by_x(const void *a, const void *b) {
    const struct across *s = a, *t = b;
    return s->x != t->x ? (s->x > t->x) - (s->x < t->x)
                        : (s->place > t->place) - (s->place < t->place);
}

static void sort_by_x(struct mn__map *map) {
    struct across *order = mn_new0((size_t)map->n + 1, sizeof *order);
    map->by_x = mn_arena_alloc(map->arena, sizeof *map->by_x * ((size_t)map->n + 1));
    for (int i = 0; i < map->n; i++)
        if (map->places[i].located)
            order[map->n_located++] = (struct across){map->places[i].x, i};
    qsort(order, (size_t)map->n_located, sizeof *order, by_x);
    for (int i = 0; i < map->n_located; i++)
        map->by_x[i] = order[i].place;
    free(order);
}

bool mn__map_gather(struct mn__map *map) {
    const struct mn_model *m = map->sheet->m;
    const struct mn__net *net = map->net;
    size_t boxes = (size_t)net->n_uppers + (size_t)net->n_clusters;
    int *cluster = mn_new0((size_t)m->n_sites + 1, sizeof *cluster), located = 0;
    map->places =
        mn_arena_alloc(map->arena, sizeof *map->places * (boxes + (size_t)m->n_sites + 1));
    map->place_of_box = mn_arena_alloc(map->arena, sizeof *map->place_of_box * (boxes + 1));
    for (size_t i = 0; i < boxes; i++)
        map->place_of_box[i] = -1;
    for (int i = 0; i < net->n_clusters; i++) {
        for (int k = 0; k < net->clusters[i].n; k++)
            cluster[net->clusters[i].units[k]] = i + 1;
        if (net->clusters[i].point >= 0 && !net->clusters[i].visiting)
            add_point(map, i);
    }
    for (int i = 0; i < net->n_uppers; i++)
        add_upper(map, i);
    for (int i = 0; i < m->n_sites; i++)
        if (cluster[i])
            add_unit(map, i, cluster[i] - 1);
    free(cluster);
    for (int i = 0; i < map->n; i++) {
        located += map->places[i].located;
        map->n_missing += !map->places[i].located;
    }
    if (!located)
        return false;
    project(map);
    sort_by_x(map);
    find_groups(map);
    find_extent(map);
    return true;
}
