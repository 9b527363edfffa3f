/* The view of a path: the way in use and the alternative between a unit and a service or device. */
#include "analysis/path.h"
#include "diagram/net.h"
#include "diagram/small.h"
#include "diagram/type.h"

#include <stdlib.h>
#include <string.h>

struct way {
    struct mn__sheet *sheet;
    const struct mn_model *m;
    struct mn__small small;
    int *item;           /* of each node, -1 */
    int *tie;            /* of each link, -1 */
    int *ground;         /* of each site, -1 */
    unsigned char *here; /* of each node: how many of the routes' nodes its site has */
};

static const struct mn__look in_use = {MN__NO_COLOUR, 0x005F96, 4, MN__SOLID, false};
static const struct mn__look other = {MN__NO_COLOUR, MN__DIM, 2, MN__DASHED, false};

static int site_of(const struct way *w, int node) {
    return w->m->components[w->m->nodes[node].component].site;
}

static uint32_t site_colour(const struct way *w, int site) {
    const struct mn_site *s = &w->m->sites[site];
    return s->lines.n ? MN__INK : s->area >= 0 ? mn__area_colour(s->area) : MN__CENTRE_COLOUR;
}

static int add_node(struct way *w, int node, bool end) {
    struct mn_arena *a = w->sheet->scene->arena;
    const struct mn_component *c = &w->m->components[w->m->nodes[node].component];
    if (w->item[node] >= 0)
        return w->item[node];
    int site = c->site, ground = -1;
    const char *name = mn__device_name(w->m, w->m->nodes[node].component, w->sheet->lang, false);
    if (site >= 0 && w->here[site] > 1) {
        if (w->ground[site] < 0)
            w->ground[site] = mn__small_ground(
                &w->small, mn__full_name(w->m->sites[site].name, w->sheet->lang),
                mn_arena_printf(a, "site-%s", w->m->sites[site].id), site_colour(w, site));
        ground = w->ground[site];
    } else {
        name = mn__node_name(w->m, node, w->sheet->lang, a);
    }
    uint32_t colour = site >= 0 ? site_colour(w, site) : MN__CORE_COLOUR;
    struct mn__item item = {
        .name = name,
        .sub = c->id,
        .parts = mn__device_parts(w->m, w->m->nodes[node].component),
        .symbol = mn__symbol_of(w->m, w->m->nodes[node].component),
        .look = {MN__WHITE, colour, end ? 2.6 : 1.2, MN__SOLID, true},
        .ink = MN__INK,
        .mark = (enum mn_mark_as)w->sheet->component_marks[w->m->nodes[node].component],
        .id = mn_arena_printf(a, "node-%s", c->id),
        .cls = "node",
        .tip = mn_arena_printf(a, "%s (%s)", name, c->id),
        .frame = ground};
    return w->item[node] = mn__small_item(&w->small, item);
}

static void add_link(struct way *w, int component, int from, int to, struct mn__look look,
                     int weight) {
    struct mn_arena *a = w->sheet->scene->arena;
    const struct mn_component *c = &w->m->components[component];
    const struct mn_link *l = &w->m->links[c->index];
    char capacity[24] = "";
    if (w->tie[c->index] >= 0)
        return;
    if (l->capacity > 0)
        mn_capacity_text(l->capacity, capacity);
    bool lan = site_of(w, l->end[0]) >= 0 && site_of(w, l->end[0]) == site_of(w, l->end[1]);
    const char *name = mn__full_name(c->name, w->sheet->lang);
    const char *group =
        c->groups.n ? mn__short_name(w->m->components[w->m->groups[c->groups.at[0]].component].name,
                                     w->sheet->lang)
                    : "";
    /* What the line shares with others matters more than its kind, which its tip tells. */
    const char *kind =
        c->kind >= 0 ? mn__short_name(w->m->kinds[c->kind].name, w->sheet->lang) : name;
    const char *label =
        lan ? ""
            : mn_arena_printf(a, "%s%s%s", capacity, *capacity ? " · " : "", *group ? group : kind);
    w->tie[c->index] = mn__small_tie(
        &w->small, (struct mn__tie){.from = from,
                                    .to = to,
                                    .weight = weight,
                                    .look = look,
                                    .label = label,
                                    .id = mn_arena_printf(a, "link-%s", c->id),
                                    .tip = mn_arena_printf(a, "%s (%s)%s%s", name, c->id,
                                                           *capacity ? " · " : "", capacity),
                                    .mark = (enum mn_mark_as)w->sheet->component_marks[component]});
}

/* A route runs from the unit up; drawn it runs down to the unit. */
static void add_route(struct way *w, const struct mn_route *r, struct mn__look look, int weight) {
    for (int i = r->n - 1; i >= 0; i -= 2)
        add_node(w, w->m->components[r->components[i]].index, i == 0 || i == r->n - 1);
    for (int i = r->n - 2; i >= 1; i -= 2)
        add_link(w, r->components[i], w->item[w->m->components[r->components[i + 1]].index],
                 w->item[w->m->components[r->components[i - 1]].index], look, weight);
}

static void count_sites(struct way *w, const struct mn_route *r, bool *seen) {
    for (int i = 0; i < r->n; i += 2) {
        int node = w->m->components[r->components[i]].index, site = site_of(w, node);
        if (!seen[node] && site >= 0 && w->here[site] < 255)
            w->here[site]++;
        seen[node] = true;
    }
}

/* What has failed by the marks, as the analysis takes it. */
static int failures(const struct mn__sheet *sheet, struct mn_failure *f) {
    int n = 0;
    for (int i = 0; i < sheet->picture->n_marks; i++) {
        const struct mn_mark *mark = &sheet->picture->marks[i];
        if (mark->as == MN_MARK_FAILED && mark->what.scope != MN_SCOPE_SITE)
            f[n++] = (struct mn_failure){mark->what.index, -1};
    }
    return n;
}

static const char *place_name(struct mn__sheet *sheet, struct mn_found f) {
    return f.scope == MN_SCOPE_SITE
               ? mn__full_name(sheet->m->sites[f.index].name, sheet->lang)
               : mn__full_name(sheet->m->components[f.index].name, sheet->lang);
}

/* Where a site's ground would hold others' devices too it is not drawn: the devices say where they
 * are instead. True when there was such a one. */
static bool say_sites(struct way *w) {
    bool any = false;
    for (int i = 0; i < w->m->n_nodes; i++) {
        struct mn__item *item = w->item[i] >= 0 ? &w->small.items[w->item[i]] : NULL;
        if (item && item->frame >= 0 && w->small.grounds[item->frame].at.w <= 0) {
            item->name = mn__node_name(w->m, i, w->sheet->lang, w->sheet->scene->arena);
            item->frame = -1;
            any = true;
        }
    }
    return any;
}

/* How many components both ways share that lie at neither end. */
static int shared_between(const struct way *w, const struct mn_path *p) {
    int n = 0, from = site_of(w, p->from), to = site_of(w, p->to);
    for (int i = 0; i < p->shared.n; i++) {
        int site = w->m->components[p->shared.at[i]].site;
        n += site < 0 || (site != from && site != to);
    }
    return n;
}

static bool draw(struct way *w, const struct mn_paths *normal, const struct mn_paths *now) {
    struct mn__sheet *sheet = w->sheet;
    struct mn_arena *a = sheet->scene->arena;
    bool *seen = mn_new0((size_t)w->m->n_nodes + 1, sizeof *seen);
    int ways = 0, lost = 0;
    for (int i = 0; i < normal->n; i++) {
        count_sites(w, &now->at[i].in_use, seen);
        count_sites(w, &normal->at[i].in_use, seen);
        if (normal == now)
            count_sites(w, &now->at[i].alternative, seen);
    }
    free(seen);
    for (int i = 0; i < now->n; i++) {
        add_route(w, &now->at[i].in_use, in_use, 20);
        lost += now->at[i].in_use.n == 0;
    }
    for (int i = 0; i < normal->n; i++) {
        add_route(w, &normal->at[i].in_use, other, 8);
        if (normal == now)
            add_route(w, &now->at[i].alternative, other, 2);
        ways = now->at[i].alternative.n && ways < 2 ? 2
               : now->at[i].in_use.n && ways < 1    ? 1
                                                    : ways;
    }
    if (!w->small.n_items)
        return mn__refuse(sheet, MN_D_diagram_no_path, place_name(sheet, normal->from),
                          place_name(sheet, normal->to), NULL);
    if (normal->service >= 0) {
        const struct mn_component *c = &w->m->components[w->m->services[normal->service].component];
        int top = mn__small_item(
            &w->small, (struct mn__item){
                           .name = mn__full_name(c->name, sheet->lang),
                           .sub = c->id,
                           .symbol = "service",
                           .look = {MN__WHITE, MN__CENTRE_COLOUR, 2.6, MN__SOLID, true},
                           .ink = MN__INK,
                           .mark = (enum mn_mark_as)sheet
                                       ->component_marks[w->m->services[normal->service].component],
                           .id = mn_arena_printf(a, "service-%s", c->id),
                           .cls = "service",
                           .tip = mn__full_name(c->name, sheet->lang),
                           .frame = -1});
        struct mn__look runs = {MN__NO_COLOUR, MN__CENTRE_COLOUR, 1.4, MN__DOTTED, false};
        for (int i = 0; i < normal->n; i++)
            for (int k = 0; k < 3; k++) {
                const struct mn_route *r = k == 0   ? &now->at[i].in_use
                                           : k == 1 ? &normal->at[i].in_use
                                                    : &now->at[i].alternative;
                int item = r->n ? w->item[w->m->components[r->components[r->n - 1]].index] : -1;
                for (int t = 0; t < w->small.n_ties && item >= 0; t++)
                    if (w->small.ties[t].from == top && w->small.ties[t].to == item)
                        item = -1;
                if (item >= 0)
                    mn__small_tie(
                        &w->small,
                        (struct mn__tie){.from = top, .to = item, .weight = 10, .look = runs});
            }
        mn__key_line(sheet, runs, mn_msg(MN_M_key_runs, sheet->lang));
    }
    const char *from = place_name(sheet, normal->from), *to = place_name(sheet, normal->to);
    int shared = shared_between(w, &normal->at[0]);
    const char *subtitle = lost            ? mn_msg(MN_M_ways_none, sheet->lang)
                           : normal != now ? mn_msg(MN_M_ways_now, sheet->lang)
                           : ways == 2
                               ? mn__say(sheet, shared ? MN_M_ways_two_shared : MN_M_ways_two,
                                         MN_ARGS(mn__number(sheet, shared)))
                               : mn_msg(MN_M_ways_one, sheet->lang);
    mn__frame(sheet, mn__say(sheet, MN_M_ways_title, MN_ARGS(from, to)), subtitle, 2);
    mn__key_line(sheet, in_use,
                 mn_msg(normal == now ? MN_M_key_in_use : MN_M_key_in_use_now, sheet->lang));
    bool second = false;
    for (int i = 0; i < w->small.n_ties; i++)
        second = second || w->small.ties[i].look.line == other.line;
    if (second)
        mn__key_line(sheet, other,
                     mn_msg(normal == now ? MN_M_key_alternative : MN_M_key_normal, sheet->lang));
    bool placed = mn__small_place(&w->small, sheet->body);
    if (placed && say_sites(w))
        placed = mn__small_place(&w->small, sheet->body);
    if (!placed)
        return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    mn__small_draw(&w->small);
    mn__frame_end(sheet);
    return true;
}

bool mn__draw_path(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    const struct mn_picture *p = sheet->picture;
    if (p->n_subjects < 2)
        return mn__refuse(sheet, MN_D_diagram_subject_path, NULL, NULL, NULL);
    struct mn_diags *d = mn_diags_new();
    struct mn_failure *f = mn_new0((size_t)p->n_marks + 1, sizeof *f);
    int n = failures(sheet, f);
    /* A service stands at the upper end, whichever was named first. */
    bool turned = p->subjects[0].scope != MN_SCOPE_SITE &&
                  m->components[p->subjects[0].index].cls == MN_SERVICE;
    struct mn_found from = p->subjects[turned], to = p->subjects[!turned];
    struct mn_paths *normal = mn_paths_new(m, NULL, 0, from, to, d);
    struct mn_paths *now = n && normal ? mn_paths_new(m, f, n, from, to, d) : NULL;
    bool ok = false;
    if (normal) {
        struct way w = {.sheet = sheet, .m = m};
        w.small.sheet = sheet;
        w.small.down = true;
        w.item = mn_new0((size_t)m->n_nodes + 1, sizeof *w.item);
        w.tie = mn_new0((size_t)m->n_links + 1, sizeof *w.tie);
        w.ground = mn_new0((size_t)m->n_sites + 1, sizeof *w.ground);
        w.here = mn_new0((size_t)m->n_sites + 1, 1);
        memset(w.item, -1, sizeof *w.item * ((size_t)m->n_nodes + 1));
        memset(w.tie, -1, sizeof *w.tie * ((size_t)m->n_links + 1));
        memset(w.ground, -1, sizeof *w.ground * ((size_t)m->n_sites + 1));
        ok = draw(&w, normal, now && now->n == normal->n ? now : normal);
        mn__small_fini(&w.small);
        free(w.item);
        free(w.tie);
        free(w.ground);
        free(w.here);
    } else {
        mn__refuse(sheet, MN_D_diagram_no_path, place_name(sheet, p->subjects[0]),
                   place_name(sheet, p->subjects[1]), NULL);
    }
    mn_paths_free(now);
    mn_paths_free(normal);
    mn_diags_free(d);
    free(f);
    return ok;
}
