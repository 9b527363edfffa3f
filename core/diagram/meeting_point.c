/* One bridge point, end to end: the meeting room, the unit's way out, and the network as far as
 * what controls the meeting. A site that is only passed is one box. */
#include "diagram/meeting.h"

#include "analysis/path.h"
#include "diagram/net.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct point {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    struct mn__small small;
    int site, service, ground, endpoint;
    int *node_item, *site_item, *host_ground; /* -1: none */
    bool *host;                               /* of each node: the service runs there */
    /* On small paper what lies between the unit's aggregation point and the control is one box for
     * each way. */
    bool brief;
};

static const struct mn__look in_use = {MN__NO_COLOUR, 0x005F96, 3.6, MN__SOLID, false};
static const struct mn__look other = {MN__NO_COLOUR, MN__DIM, 1.8, MN__DASHED, false};

static int site_of(const struct point *p, int node) {
    return mn__node_site(p->m, node);
}

static const char *local_of(const struct point *p, int node) {
    const char *id = p->m->components[p->m->nodes[node].component].id, *slash = strrchr(id, '/');
    return slash ? slash + 1 : id;
}

static int ground_of(struct point *p, int site) {
    const struct mn_site *s = &p->m->sites[site];
    if (p->host_ground[site] < 0)
        p->host_ground[site] = mn__small_ground(
            &p->small, mn__full_name(s->name, p->sheet->lang),
            mn_arena_printf(p->sheet->scene->arena, "site-%s", s->id), MN__CENTRE_COLOUR);
    return p->host_ground[site];
}

/* What is only passed at another site: one item, which names what lies on the way in use. */
static int pass(struct point *p, int node, bool used) {
    struct mn_arena *a = p->sheet->scene->arena;
    int site = site_of(p, node), at = p->site_item[site];
    const struct mn_site *s = &p->m->sites[site];
    enum mn_mark_as as = (enum mn_mark_as)p->sheet->component_marks[p->m->nodes[node].component];
    if (at < 0) {
        struct mn__item item = mn__room_item(p->sheet, node, local_of(p, node), -1);
        if (p->host_ground[site] >= 0)
            item.frame = p->host_ground[site];
        else
            item.name = mn__full_name(s->name, p->sheet->lang);
        item.id = mn_arena_printf(a, "way-%s", s->id);
        item.cls = "site";
        item.look.line = s->area >= 0 ? mn__area_colour(s->area) : MN__CORE_COLOUR;
        at = p->site_item[site] = mn__small_item(&p->small, item);
    } else {
        struct mn__item *item = &p->small.items[at];
        if (used)
            item->sub = mn_arena_printf(a, "%s · %s", item->sub, local_of(p, node));
        if (item->frame >= 0)
            item->name = mn_msg(MN_M_meeting_inside, p->sheet->lang);
        item->tip = mn_arena_printf(a, "%s · %s", item->tip, local_of(p, node));
        item->mark = as > item->mark ? as : item->mark;
    }
    return at;
}

static int add_node(struct point *p, int node, bool used) {
    int site = site_of(p, node);
    if (p->node_item[node] >= 0)
        return p->node_item[node];
    if (p->host[node]) {
        struct mn__item item =
            mn__room_item(p->sheet, node, p->m->components[p->m->nodes[node].component].id,
                          site >= 0 ? ground_of(p, site) : -1);
        item.look.line = MN__CENTRE_COLOUR;
        item.look.width = 2.4;
        p->node_item[node] = mn__small_item(&p->small, item);
    } else if (site == p->site) {
        struct mn__item item = mn__room_item(p->sheet, node, local_of(p, node), p->ground);
        if (node == p->endpoint)
            item.look.width = 2.4;
        p->node_item[node] = mn__small_item(&p->small, item);
    } else if (site >= 0) {
        p->node_item[node] = pass(p, node, used);
    } else {
        struct mn__item item = mn__room_item(p->sheet, node, "", -1);
        item.sub = p->m->components[p->m->nodes[node].component].id;
        p->node_item[node] = mn__small_item(&p->small, item);
    }
    return p->node_item[node];
}

static void add_tie(struct point *p, int component, int from, int to, struct mn__look look,
                    int weight) {
    struct mn_arena *a = p->sheet->scene->arena;
    const struct mn_component *c = &p->m->components[component];
    const struct mn_link *l = &p->m->links[c->index];
    char capacity[24] = "";
    const char *id = mn_arena_printf(a, "link-%s", c->id);
    for (int i = 0; i < p->small.n_ties; i++) {
        const struct mn__tie *t = &p->small.ties[i];
        if ((t->from == from && t->to == to) || (t->from == to && t->to == from))
            return;
        if (t->id && id && strcmp(t->id, id) == 0)
            id = NULL; /* in brief a link may stand for two pieces of the way */
    }
    if (from == to)
        return;
    bool within = site_of(p, l->end[0]) >= 0 && site_of(p, l->end[0]) == site_of(p, l->end[1]);
    within = within || (p->brief && c->site != p->site);
    if (l->capacity > 0)
        mn_capacity_text(l->capacity, capacity);
    const char *kind = c->kind >= 0 ? mn__full_name(p->m->kinds[c->kind].name, p->sheet->lang) : "";
    mn__small_tie(
        &p->small,
        (struct mn__tie){.from = from,
                         .to = to,
                         .weight = weight,
                         .look = look,
                         .label = within ? ""
                                         : mn_arena_printf(a, "%s%s%s", capacity,
                                                           *capacity && *kind ? " · " : "", kind),
                         .id = id,
                         .tip = mn_arena_printf(a, "%s (%s)%s%s",
                                                mn__full_name(c->name, p->sheet->lang), c->id,
                                                *capacity ? " · " : "", capacity),
                         .mark = (enum mn_mark_as)p->sheet->component_marks[component]});
}

static int route_node(const struct point *p, const struct mn_route *r, int i) {
    return p->m->components[r->components[i]].index;
}

/* Whether what the i-th node of a route stands for is drawn by itself even in brief: the unit, the
 * first beyond it, and where the service runs. */
static bool stands_out(const struct point *p, const struct mn_route *r, int i, int first) {
    int site = site_of(p, route_node(p, r, i)), end = site_of(p, route_node(p, r, r->n - 1));
    return i <= first || i == r->n - 1 || (site >= 0 && site == end) ||
           (site >= 0 && site == site_of(p, route_node(p, r, first)));
}

/* One box for all that lies between, named by the places; the same places are the same box. */
static int add_between(struct point *p, const struct mn_route *r, int first) {
    struct mn_arena *a = p->sheet->scene->arena;
    const char *text = "", *last = "";
    enum mn_mark_as mark = MN_MARK_NONE;
    int node = -1;
    for (int i = r->n - 1; i >= 0; i -= 2) {
        int at = route_node(p, r, i), site = site_of(p, at);
        if (stands_out(p, r, i, first))
            continue;
        const char *name = site >= 0 ? mn__short_name(p->m->sites[site].name, p->sheet->lang)
                                     : mn__node_name(p->m, at, p->sheet->lang, a);
        enum mn_mark_as as = (enum mn_mark_as)p->sheet->component_marks[r->components[i]];
        mark = as > mark ? as : mark;
        node = at;
        if (strcmp(name, last) != 0)
            text = mn_arena_printf(a, "%s%s%s", text, *text ? " · " : "", name);
        last = name;
    }
    if (node < 0)
        return -1;
    for (int i = 0; i < p->small.n_items; i++)
        if (strcmp(p->small.items[i].name, text) == 0)
            return i;
    struct mn__item item = mn__room_item(p->sheet, node, "", -1);
    item.name = text;
    item.id = mn_arena_printf(a, "between-%d", p->small.n_items);
    item.cls = "between";
    item.tip = text;
    item.mark = mark;
    item.look.line = MN__CORE_COLOUR;
    return mn__small_item(&p->small, item);
}

/* A route runs from the unit; it is drawn down from what controls the meeting. */
static void add_route(struct point *p, const struct mn_route *r, struct mn__look look, int weight,
                      enum mn_message key) {
    int first = 0,
        *item = mn_arena_alloc(p->sheet->scene->arena, sizeof *item * ((size_t)r->n + 1));
    while (first < r->n - 1 && site_of(p, route_node(p, r, first)) == p->site)
        first += 2;
    int between = p->brief && r->n ? add_between(p, r, first) : -1;
    for (int i = r->n - 1; i >= 0; i -= 2)
        item[i] = between >= 0 && !stands_out(p, r, i, first)
                      ? between
                      : add_node(p, route_node(p, r, i), look.line == in_use.line);
    for (int i = r->n - 2; i >= 1; i -= 2)
        add_tie(p, r->components[i], item[i + 1], item[i - 1], look, weight);
    if (r->n)
        mn__key_line(p->sheet, look, mn_msg(key, p->sheet->lang));
}

static int *none(size_t n) {
    int *at = mn_new0(n + 1, sizeof *at);
    memset(at, -1, sizeof *at * (n + 1));
    return at;
}

/* "MCU (mcu-a) – đang dùng; …": all hosts of which one suffices. */
static const char *host_text(struct point *p, const struct mn_host_group *g, int used) {
    struct mn_arena *a = p->sheet->scene->arena;
    const char *text = "";
    for (int i = 0; i < g->n; i++) {
        const struct mn_host *h = &g->at[i];
        int component = p->m->nodes[h->node].component;
        const char *how = h->node == used            ? mn_msg(MN_M_meeting_used, p->sheet->lang)
                          : h->failover.after_s >= 0 ? mn__standby_text(p->sheet, &h->failover)
                                                     : "";
        text = mn_arena_printf(a, "%s%s%s (%s)%s%s", text, *text ? "; " : "",
                               mn__device_name(p->m, component, p->sheet->lang, true),
                               p->m->components[component].id, *how ? " – " : "", how);
    }
    return text;
}

/* The hosts in words, below the picture: what stands by for what. Returns the height it takes. */
static double draw_hosts(struct point *p, const struct mn_paths *paths, bool draw) {
    struct mn__sheet *sheet = p->sheet;
    const struct mn_service *s = &p->m->services[p->service];
    double size = fmax(8.5 * sheet->unit, sheet->least_text), step = size * 1.3, h = 4;
    for (int i = 0; i < s->n_hosts && i < paths->n; i++) {
        const char *lines[4];
        int used = paths->at[i].in_use.n ? paths->at[i].to : -1;
        const char *text =
            mn__say(sheet, s->hosts[i].n > 1 ? MN_M_meeting_hosts : MN_M_meeting_host,
                    MN_ARGS(host_text(p, &s->hosts[i], used)));
        int n = mn__text_wrap(sheet->scene->arena, mn__text_clean(sheet->scene->arena, text), size,
                              false, sheet->body.w, 4, lines);
        for (int k = 0; k < n; k++, h += step)
            if (draw)
                mn__put_text(sheet->scene, -1, sheet->body.x,
                             sheet->body.y + sheet->body.h + h + step / 2, MN__LEFT, lines[k], size,
                             false, MN__INK);
    }
    return h;
}

/* Fills the picture anew. `normal`: the ways without what has failed, or NULL. */
static void fill(struct point *p, const struct mn_paths *paths, const struct mn_paths *normal,
                 bool brief) {
    struct mn__sheet *sheet = p->sheet;
    const struct mn_site *s = &p->m->sites[p->site];
    mn__small_fini(&p->small);
    p->small = (struct mn__small){.sheet = sheet, .down = true};
    p->brief = brief;
    memset(p->node_item, -1, sizeof *p->node_item * (size_t)p->m->n_nodes);
    memset(p->site_item, -1, sizeof *p->site_item * (size_t)p->m->n_sites);
    memset(p->host_ground, -1, sizeof *p->host_ground * (size_t)p->m->n_sites);
    /* Grounds of hosts come first, so that what is passed there stands on them. */
    for (int i = 0; i < paths->n; i++)
        if (paths->at[i].in_use.n && site_of(p, paths->at[i].to) >= 0)
            ground_of(p, site_of(p, paths->at[i].to));
    p->ground = mn__small_ground(&p->small, mn__full_name(s->name, sheet->lang),
                                 mn_arena_printf(sheet->scene->arena, "site-%s", s->id), 0x1F4E79);
    for (int i = 0; i < paths->n; i++)
        add_route(p, &paths->at[i].in_use, in_use, 20, MN_M_key_in_use);
    for (int i = 0; i < paths->n && !normal; i++)
        add_route(p, &paths->at[i].alternative, other, 2, MN_M_key_alternative);
    for (int i = 0; normal && i < normal->n; i++)
        add_route(p, &normal->at[i].in_use, other, 2, MN_M_key_normal);
    mn__room_add(&p->small, p->endpoint, add_node(p, p->endpoint, true), p->ground);
}

static bool draw(struct point *p, const struct mn_paths *paths, const struct mn_paths *normal) {
    struct mn__sheet *sheet = p->sheet;
    const struct mn_model *m = p->m;
    const struct mn_site *s = &m->sites[p->site];
    const char *service =
        mn__full_name(m->components[m->services[p->service].component].name, sheet->lang);
    bool lost = false, alternative = false, placed = false;
    int room[MN__MOST_IN_ROOM];
    for (int i = 0; i < paths->n; i++) {
        lost = lost || !paths->at[i].in_use.n;
        alternative = alternative || paths->at[i].alternative.n;
    }
    const char *ways = mn_msg(lost          ? MN_M_meeting_cut
                              : alternative ? MN_M_meeting_backed
                                            : MN_M_ways_one,
                              sheet->lang);
    mn__frame(sheet,
              mn__say(sheet, MN_M_meeting_point_title,
                      MN_ARGS(mn__full_name(s->name, sheet->lang), service)),
              mn__say(sheet, MN_M_meeting_point_subtitle,
                      MN_ARGS(s->id, mn__number(sheet, mn__room(m, p->endpoint, room)), ways)),
              sheet->marked ? 2 : 1);
    sheet->body.h -= draw_hosts(p, paths, false);
    for (int brief = 0; brief < 2 && !placed; brief++) {
        fill(p, paths, normal, brief);
        placed = mn__small_place(&p->small, sheet->body);
    }
    if (!placed)
        return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    mn__small_draw(&p->small);
    sheet->body.h += draw_hosts(p, paths, true);
    mn__frame_end(sheet);
    return true;
}

bool mn__draw_bridge_point(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    int site = sheet->picture->subjects[0].index, nodes[1];
    int service = mn__meeting_service(m, site), n = 0;
    const char *name = mn__full_name(m->sites[site].name, sheet->lang);
    if (service < 0 || !mn_model_endpoints(m, site, service, nodes, 1))
        return mn__refuse(sheet, MN_D_diagram_no_bridge_point, name, NULL, NULL);
    struct mn_diags *d = mn_diags_new();
    struct mn_failure *f = mn_new0((size_t)sheet->picture->n_marks + 1, sizeof *f);
    for (int i = 0; i < sheet->picture->n_marks; i++) {
        const struct mn_mark *mark = &sheet->picture->marks[i];
        if (mark->as == MN_MARK_FAILED && mark->what.scope != MN_SCOPE_SITE)
            f[n++] = (struct mn_failure){mark->what.index, -1};
    }
    const struct mn_found from = {MN_SCOPE_SITE, site},
                          to = {MN_SCOPE_COMPONENT, m->services[service].component};
    struct mn_paths *paths = mn_paths_new(m, f, n, from, to, d);
    struct mn_paths *normal = n ? mn_paths_new(m, NULL, 0, from, to, d) : NULL;
    struct point p = {.sheet = sheet, .m = m, .site = site, .service = service};
    bool ok = false;
    p.endpoint = paths && paths->n ? paths->at[0].from : nodes[0];
    p.node_item = none((size_t)m->n_nodes);
    p.site_item = none((size_t)m->n_sites);
    p.host_ground = none((size_t)m->n_sites);
    p.host = mn_new0((size_t)m->n_nodes + 1, sizeof *p.host);
    for (int h = 0; h < m->services[service].n_hosts; h++)
        for (int i = 0; i < m->services[service].hosts[h].n; i++)
            p.host[m->services[service].hosts[h].at[i].node] = true;
    if (paths)
        ok = draw(&p, paths, normal);
    else
        mn__refuse(sheet, MN_D_diagram_no_bridge_point, name, NULL, NULL);
    mn__small_fini(&p.small);
    mn_paths_free(paths);
    mn_paths_free(normal);
    mn_diags_free(d);
    free(f);
    free(p.node_item);
    free(p.site_item);
    free(p.host_ground);
    free(p.host);
    return ok;
}
