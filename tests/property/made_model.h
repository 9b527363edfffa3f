/* Networks made in memory, of any shape and size: for tests of pictures. */
#ifndef MN_TESTS_MADE_MODEL_H
#define MN_TESTS_MADE_MODEL_H

#include "base/mem.h"
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

struct made_shape {
    int areas, points, units; /* areas; in each: aggregation points and units */
    int extra_units;          /* more units at the first point of the first area */
    int cores, centres;
    int backups;      /* lines of a unit besides the first */
    bool ring;        /* points of an area joined in a ring, else each to its core */
    int name_length;  /* 0: as usual */
    const char *name; /* of every unit, when given */
};

struct made {
    struct mn_model m;
    struct mn_arena *arena;
};

static char *made_text(struct made *t, const char *stem, int n, int length) {
    char *s = mn_arena_printf(t->arena, "%s %d", stem, n);
    while ((int)strlen(s) < length)
        s = mn_arena_printf(t->arena, "%s %s", s, "Tân Đông Hiệp");
    return s;
}

static struct mn_name made_name(const char *s) {
    return (struct mn_name){.full = {s, s}};
}

/* Component records of nodes come first, then links', then services'. */
static int made_node(struct made *t, struct mn_node *nodes, struct mn_component *components,
                     const char *id, const char *name, int kind, int site, bool transit) {
    int i = t->m.n_nodes++;
    nodes[i] = (struct mn_node){.component = i, .transit = transit};
    components[i] = (struct mn_component){.id = id,
                                          .name = made_name(name),
                                          .cls = MN_NODE,
                                          .index = i,
                                          .kind = kind,
                                          .site = site,
                                          .contract = -1,
                                          .blueprint = -1};
    return i;
}

static void made_link(struct made *t, struct mn_link *links, const char *id, int kind, int site,
                      int a, int b, const char *line, struct mn_component *spare) {
    int i = t->m.n_links++;
    links[i] = (struct mn_link){
        .component = i, .end = {a, b}, .capacity = 200000000, .delay_ms = -1, .line = line};
    spare[i] = (struct mn_component){.id = id,
                                     .name = made_name(id),
                                     .cls = MN_LINK,
                                     .index = i,
                                     .kind = kind,
                                     .site = site,
                                     .contract = -1,
                                     .blueprint = -1};
}

static struct made *made_model(const struct made_shape *s) {
    enum { KIND_ROUTER, KIND_CPE, KIND_SERVER, KIND_LINE, KIND_FIBRE, KIND_4G, KINDS };
    struct made *t = mn_new0(1, sizeof *t);
    t->arena = mn_arena_new();
    struct mn_model *m = &t->m;
    int units = s->areas * s->units + s->extra_units, points = s->areas * s->points;
    size_t n_nodes = (size_t)(units + points + s->cores + s->centres * 3 + 1);
    size_t n_links = (size_t)(units * (1 + s->backups) + points * 2 + s->areas * 2 + s->cores * 2 +
                              s->centres * 6 + 2);
    struct mn_node *nodes = MN_ARENA_ARRAY(t->arena, struct mn_node, n_nodes);
    struct mn_link *links = MN_ARENA_ARRAY(t->arena, struct mn_link, n_links);
    struct mn_component *components =
        MN_ARENA_ARRAY(t->arena, struct mn_component, n_nodes + n_links + 1);
    struct mn_component *spare = MN_ARENA_ARRAY(t->arena, struct mn_component, n_links);
    struct mn_site *sites =
        MN_ARENA_ARRAY(t->arena, struct mn_site, (size_t)(units + s->centres + points + 1));
    struct mn_area *areas = MN_ARENA_ARRAY(t->arena, struct mn_area, (size_t)s->areas + 1);
    struct mn_kind *kinds = MN_ARENA_ARRAY(t->arena, struct mn_kind, KINDS);
    static const char *const kind_ids[KINDS] = {"router",        "cpe",   "server",
                                                "metronet-line", "fibre", "mobile-4g"};
    m->id = "made";
    m->name = made_name("Mạng thử");
    m->illustrative = true;
    m->date = "2026-11-22";
    for (int i = 0; i < KINDS; i++)
        kinds[i] = (struct mn_kind){
            .id = kind_ids[i], .name = made_name(kind_ids[i]), .cls = -1, .contract = -1};
    for (int i = 0; i < s->areas; i++)
        areas[i] = (struct mn_area){.id = made_text(t, "area", i, 0),
                                    .name = made_name(made_text(t, "Khu vực", i, 0))};
    int core = m->n_nodes;
    for (int i = 0; i < s->cores; i++)
        made_node(t, nodes, components, mn_arena_printf(t->arena, "core-%d", i),
                  made_text(t, "Lõi P", i, 0), KIND_ROUTER, -1, true);
    int centre = m->n_nodes;
    for (int i = 0; i < s->centres; i++) {
        int site = m->n_sites++;
        sites[site] = (struct mn_site){.id = mn_arena_printf(t->arena, "dc%d", i),
                                       .name = made_name(made_text(t, "Trung tâm dữ liệu", i, 0)),
                                       .type = "data-centre",
                                       .area = -1,
                                       .blueprint = -1,
                                       .contract = -1};
        made_node(t, nodes, components, mn_arena_printf(t->arena, "dc%d/switch", i), "Chuyển mạch",
                  KIND_ROUTER, site, true);
        made_node(t, nodes, components, mn_arena_printf(t->arena, "dc%d/vm", i), "Máy chủ",
                  KIND_SERVER, site, false);
        made_node(t, nodes, components, mn_arena_printf(t->arena, "dc%d/db", i), "Cơ sở dữ liệu",
                  KIND_SERVER, site, false);
    }
    int point = m->n_nodes;
    for (int i = 0; i < points; i++)
        made_node(t, nodes, components, mn_arena_printf(t->arena, "pop%d/agg", i),
                  made_text(t, "Điểm tập trung", i, 0), KIND_ROUTER, -1, true);
    int unit = m->n_nodes, unit_site = m->n_sites;
    for (int i = 0; i < units; i++) {
        int area = i >= s->areas * s->units ? 0 : i / s->units;
        int site = m->n_sites++;
        sites[site] = (struct mn_site){
            .id = mn_arena_printf(t->arena, "%05d", 26000 + i),
            .name = made_name(s->name ? s->name : made_text(t, "P. Tân Định", i, s->name_length)),
            .type = "ward",
            .area = area,
            .blueprint = -1,
            .contract = -1};
        made_node(t, nodes, components, mn_arena_printf(t->arena, "%05d/cpe", 26000 + i), "CPE",
                  KIND_CPE, site, false);
    }
    for (int i = 0; i < s->cores; i++) {
        if (i + 1 < s->cores || s->cores > 2)
            made_link(t, links, mn_arena_printf(t->arena, "ring-%d", i), KIND_FIBRE, -1, core + i,
                      core + (i + 1) % s->cores, NULL, spare);
        if (s->centres)
            made_link(t, links, mn_arena_printf(t->arena, "dc-%d", i), KIND_FIBRE, -1, core + i,
                      centre + 3 * (i % s->centres), NULL, spare);
    }
    for (int i = 0; i < s->centres; i++)
        for (int k = 1; k < 3; k++)
            made_link(t, links, mn_arena_printf(t->arena, "dc%d/lan-%d", i, k), KIND_FIBRE, i,
                      centre + 3 * i, centre + 3 * i + k, NULL, spare);
    for (int a = 0; a < s->areas; a++)
        for (int i = 0; i < s->points; i++) {
            int at = point + a * s->points + i;
            int up = s->cores     ? core + a % s->cores
                     : s->centres ? centre + 3 * (a % s->centres)
                                  : -1;
            if (s->ring && i + 1 < s->points)
                made_link(t, links, mn_arena_printf(t->arena, "agg-%d-%d", a, i), KIND_FIBRE, -1,
                          at, at + 1, NULL, spare);
            if (up >= 0 && (!s->ring || i == 0 || i == s->points - 1))
                made_link(t, links, mn_arena_printf(t->arena, "up-%d-%d", a, i), KIND_FIBRE, -1, at,
                          up, NULL, spare);
        }
    for (int i = 0; i < units; i++) {
        int site = unit_site + i, area = sites[site].area, first = m->n_links;
        bool extra = i >= s->areas * s->units;
        int nth = extra ? 0 : i % s->units;
        int base = s->points ? point + area * s->points : core;
        int n = s->points ? s->points : s->cores ? 1 : 0;
        for (int k = 0; n && k <= s->backups; k++) {
            bool mobile = k && nth % 7 == 3;
            made_link(t, links, mn_arena_printf(t->arena, "%05d/line-%d", 26000 + i, k),
                      mobile ? KIND_4G : KIND_LINE, site, unit + i,
                      mobile && s->cores ? core : base + (extra ? k : nth + k) % n,
                      k ? "backup" : "primary", spare);
        }
        int *own = MN_ARENA_ARRAY(t->arena, int, 2);
        int *lines = MN_ARENA_ARRAY(t->arena, int, (size_t)s->backups + 2);
        own[0] = unit + i;
        for (int k = first; k < m->n_links; k++)
            lines[k - first] = k;
        sites[site].nodes = (struct mn_ints){1, own};
        sites[site].lines = sites[site].links = (struct mn_ints){m->n_links - first, lines};
    }
    for (int i = 0; i < s->centres; i++) {
        int *own = MN_ARENA_ARRAY(t->arena, int, 3);
        for (int k = 0; k < 3; k++)
            own[k] = centre + 3 * i + k;
        sites[i].nodes = (struct mn_ints){3, own};
    }
    for (int i = 0; i < m->n_links; i++) {
        links[i].component = m->n_nodes + i;
        components[m->n_nodes + i] = spare[i];
    }
    for (int i = 0; i < m->n_nodes; i++) {
        int n = 0;
        for (int k = 0; k < m->n_links; k++)
            n += links[k].end[0] == i || links[k].end[1] == i;
        int *of = MN_ARENA_ARRAY(t->arena, int, (size_t)n + 1);
        n = 0;
        for (int k = 0; k < m->n_links; k++)
            if (links[k].end[0] == i || links[k].end[1] == i)
                of[n++] = k;
        nodes[i].links = (struct mn_ints){n, of};
    }
    struct mn_service *service = MN_ARENA_ARRAY(t->arena, struct mn_service, 1);
    struct mn_host_group *group = MN_ARENA_ARRAY(t->arena, struct mn_host_group, 1);
    struct mn_host *hosts = MN_ARENA_ARRAY(t->arena, struct mn_host, (size_t)s->centres + 1);
    for (int i = 0; i < s->centres; i++)
        hosts[i] = (struct mn_host){centre + 3 * i + 1, {-1, false}};
    *group = (struct mn_host_group){s->centres, hosts};
    *service =
        (struct mn_service){.component = m->n_nodes + m->n_links, .n_hosts = 1, .hosts = group};
    components[service->component] = (struct mn_component){.id = "documents",
                                                           .name = made_name("Quản lý văn bản"),
                                                           .cls = MN_SERVICE,
                                                           .kind = -1,
                                                           .site = -1,
                                                           .contract = -1,
                                                           .blueprint = -1};
    m->n_areas = s->areas;
    m->n_kinds = KINDS;
    m->n_services = s->centres > 0;
    m->n_components = m->n_nodes + m->n_links + m->n_services;
    m->areas = areas;
    m->kinds = kinds;
    m->sites = sites;
    m->components = components;
    m->nodes = nodes;
    m->links = links;
    m->services = service;
    return t;
}

static void made_free(struct made *t) {
    mn_arena_free(t->arena);
    free(t);
}

#endif
