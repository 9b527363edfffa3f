/* The view diff: the newer model's sheet, marked by what differs from an older one and by what that
 * made weaker. Units that are no more stand struck out in their group's reserve. */
#include "analysis/diff.h"

#include "diagram/city.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Height of a row below the title. */
#define ROW 13.0

struct comparing {
    struct mn__city *c;
    const struct mn_diff *diff;
    bool *shown; /* of each difference: the sheet itself shows it */
};

static bool is_unit(const struct mn_model *m, int site) {
    return site >= 0 && m->sites[site].lines.n > 0;
}

/* Where a line of the sheet ends at the node, or -1. */
static int end_at(const struct mn__net *net, int node) {
    return net->box[node] >= 0                ? net->box[node]
           : net->cluster_of_point[node] >= 0 ? net->n_uppers + net->cluster_of_point[node]
                                              : -1;
}

/* Whether the sheet has something for the component itself, beside its unit's cell. */
static bool is_drawn(const struct mn__net *net, int component) {
    const struct mn_component *c = &net->m->components[component];
    if (c->cls == MN_NODE)
        return net->place[c->index] == MN__POINT || net->place[c->index] == MN__CORE ||
               net->place[c->index] == MN__TOP;
    if (c->cls != MN_LINK)
        return false;
    int a = end_at(net, net->m->links[c->index].end[0]);
    int b = end_at(net, net->m->links[c->index].end[1]);
    return a >= 0 && b >= 0 && a != b;
}

static int component_of(const struct mn_model *m, enum mn_section s, int i) {
    switch (s) {
    case MN_SECTION_NODES:
        return m->nodes[i].component;
    case MN_SECTION_LINKS:
        return m->links[i].component;
    case MN_SECTION_SERVICES:
        return m->services[i].component;
    case MN_SECTION_GROUPS:
        return m->groups[i].component;
    default:
        return -1;
    }
}

/* ---- marks ---- */

static void mark_site(struct mn__sheet *sheet, int site, enum mn_mark_as as) {
    mn__mark(sheet, (struct mn_found){MN_SCOPE_SITE, site}, as);
}

static void mark_entry(struct comparing *x, int i) {
    struct mn__sheet *sheet = x->c->sheet;
    const struct mn_diff_entry *e = &x->diff->at[i];
    const struct mn_model *m = x->diff->after;
    enum mn_mark_as as = e->is == MN_DIFF_ADDED ? MN_MARK_ADDED : MN_MARK_CHANGED;
    if (e->section == MN_SECTION_SITES && e->after >= 0) {
        mark_site(sheet, e->after, as);
        x->shown[i] = true;
        return;
    }
    /* What was removed from an office, or altered in it, changes the office. */
    const struct mn_model *of = e->after >= 0 ? m : x->diff->before;
    int component = component_of(of, e->section, e->after >= 0 ? e->after : e->before);
    int site = component < 0 ? -1 : of->components[component].site;
    int now = site < 0 ? -1 : of == m ? site : mn_model_site(m, of->sites[site].id);
    if (is_unit(m, now)) {
        mark_site(sheet, now, MN_MARK_CHANGED);
        x->shown[i] = true;
    } else if (e->after >= 0 && component >= 0 && is_drawn(x->c->net, component)) {
        mn__mark(sheet, (struct mn_found){MN_SCOPE_COMPONENT, component}, as);
        x->shown[i] = true;
    }
}

/* A unit that has both changed and become weaker says the first by a sign in its cell. */
static void mark_weaker(struct comparing *x) {
    struct mn__sheet *sheet = x->c->sheet;
    const struct mn_exposure *e = &x->diff->weaker;
    for (int i = 0; i < e->n_sites; i++) {
        int site = e->sites[i].site;
        const struct mn_site *s = &sheet->m->sites[site];
        if (sheet->site_marks[site] == MN_MARK_CHANGED && s->nodes.n)
            mn__mark(
                sheet,
                (struct mn_found){MN_SCOPE_COMPONENT, sheet->m->nodes[s->nodes.at[0]].component},
                MN_MARK_CHANGED);
        mark_site(sheet, site, MN_MARK_LOST);
    }
}

/* ---- units that are no more ---- */

/* The group where a group of the older model stands now, or -1. */
static int same_group(const struct mn__net *old, const struct mn__cluster *k,
                      const struct mn__net *new) {
    if (k->area >= 0 && mn_model_area(new->m, old->m->areas[k->area].id) < 0)
        return -1;
    for (int i = 0; i < new->n_clusters; i++) {
        const struct mn__cluster *now = &new->clusters[i];
        bool area = k->area < 0 ? now->area < 0
                                : now->area >= 0 && strcmp(old->m->areas[k->area].id,
                                                           new->m->areas[now->area].id) == 0;
        const char *was =
            k->point < 0 ? "" : old->m->components[old->m->nodes[k->point].component].id;
        const char *is =
            now->point < 0 ? "" : new->m->components[new->m->nodes[now->point].component].id;
        if (area && strcmp(was, is) == 0)
            return i;
    }
    return -1;
}

static void place_removed(struct comparing *x) {
    struct mn__city *c = x->c;
    const struct mn_model *m = x->diff->before;
    struct mn__net *old = mn__net_new(m, c->sheet->lang, c->net->arena);
    int *entry =
        mn_new0((size_t)m->n_sites + 1, sizeof *entry); /* of a site: 1 + where it is told */
    c->ghosts = mn_arena_alloc(c->net->arena, sizeof *c->ghosts * ((size_t)c->net->n_clusters + 1));
    for (int i = 0; i < x->diff->n; i++)
        if (x->diff->at[i].is == MN_DIFF_REMOVED && x->diff->at[i].section == MN_SECTION_SITES)
            entry[x->diff->at[i].before] = i + 1;
    for (int i = 0; i < old->n_clusters; i++) {
        const struct mn__cluster *k = &old->clusters[i];
        int now = same_group(old, k, c->net);
        if (now < 0)
            continue;
        struct mn__city_ghosts *g = &c->ghosts[now];
        int room = c->net->clusters[now].slots - c->net->clusters[now].n;
        g->units = mn_arena_alloc(c->net->arena, sizeof *g->units * (size_t)(k->n + 1));
        for (int u = 0; u < k->n && g->n < room; u++)
            if (entry[k->units[u]]) {
                g->units[g->n++] = (struct mn__city_ghost){
                    m->sites[k->units[u]].id, mn__unit_name(old, k->units[u], c->sheet->lang)};
                x->shown[entry[k->units[u]] - 1] = true;
                c->sheet->used_marks[MN_MARK_REMOVED] = true;
                c->sheet->marked = true;
            }
    }
    free(entry);
}

/* ---- what is said in words ---- */

/* Adds an item to a row that is `width` long, while one more would leave room to say how many are
 * left. False when it does not fit. */
static bool add_item(struct mn__sheet *sheet, const char **row, const char *item, int left,
                     double size, double width) {
    const char *longer =
        mn_arena_printf(sheet->scene->arena, "%s%s%s", *row, **row ? " · " : "", item);
    const char *more = mn__say(sheet, MN_M_changes_more, MN_ARGS(mn__number(sheet, left)));
    double rest = left ? mn__text_width(more, size, false) + 3 * size : 0;
    if (mn__text_width(longer, size, false) + rest > width) {
        *row = mn_arena_printf(
            sheet->scene->arena, "%s%s%s", *row, **row ? " · " : "",
            mn__say(sheet, MN_M_changes_more, MN_ARGS(mn__number(sheet, left + 1))));
        return false;
    }
    *row = longer;
    return true;
}

static const char *weak_points(struct comparing *x, double size, double width) {
    struct mn__sheet *sheet = x->c->sheet;
    const struct mn_exposure *e = &x->diff->weaker;
    const char *row = "";
    if (!e->n_points)
        return mn_msg(MN_M_changes_no_points, sheet->lang);
    width -= mn__text_width(mn_msg(MN_M_changes_points, sheet->lang), size, false) + size;
    for (int i = 0; i < e->n_points; i++) {
        const struct mn_component *c = &sheet->m->components[e->points[i].component];
        const char *item = mn__say(sheet, MN_M_changes_point,
                                   MN_ARGS(c->id, mn__full_name(c->name, sheet->lang),
                                           mn__number(sheet, e->points[i].sites)));
        if (!add_item(sheet, &row, item, e->n_points - i - 1, size, width))
            break;
    }
    return mn_arena_printf(sheet->scene->arena, "%s %s", mn_msg(MN_M_changes_points, sheet->lang),
                           row);
}

static const char *not_drawn(struct comparing *x, double size, double width) {
    struct mn__sheet *sheet = x->c->sheet;
    static const enum mn_mark_as marks[] = {MN_MARK_ADDED, MN_MARK_REMOVED, MN_MARK_CHANGED};
    const char *row = "", *head = mn_msg(MN_M_changes_besides, sheet->lang);
    int left = 0;
    for (int i = 0; i < x->diff->n; i++)
        left += !x->shown[i];
    if (!left)
        return "";
    width -= mn__text_width(head, size, false) + size;
    for (int i = 0; i < x->diff->n; i++) {
        const struct mn_diff_entry *e = &x->diff->at[i];
        if (x->shown[i])
            continue;
        left--;
        const char *item =
            mn_arena_printf(sheet->scene->arena, "%s %s", mn__mark_symbol(marks[e->is]),
                            mn_diff_entry_id(x->diff, e));
        if (!add_item(sheet, &row, item, left, size, width))
            break;
    }
    return mn_arena_printf(sheet->scene->arena, "%s %s", head, row);
}

static void say_title(struct comparing *x) {
    struct mn__sheet *sheet = x->c->sheet;
    char before[MN_HASH_HEX], after[MN_HASH_HEX];
    int counts[3] = {0};
    for (int i = 0; i < x->diff->n; i++)
        counts[x->diff->at[i].is]++;
    mn_model_hash(x->diff->before, before);
    mn_model_hash(x->diff->after, after);
    before[8] = after[8] = '\0';
    const char *title =
        mn__say(sheet, MN_M_changes_title, MN_ARGS(mn__full_name(sheet->m->name, sheet->lang)));
    const char *subtitle =
        mn__say(sheet, MN_M_changes_counts,
                MN_ARGS(mn__number(sheet, counts[MN_DIFF_ADDED]),
                        mn__number(sheet, counts[MN_DIFF_REMOVED]),
                        mn__number(sheet, counts[MN_DIFF_CHANGED]),
                        mn__number(sheet, x->diff->weaker.n_sites),
                        mn__number(sheet, x->diff->stronger.n_sites), before, after));
    mn__frame(sheet, title, subtitle, 2);
}

static void say_rows(struct comparing *x) {
    struct mn__sheet *sheet = x->c->sheet;
    double u = sheet->unit, size = fmax(8.5 * u, sheet->least_text);
    struct mn__rect *r = &sheet->body;
    const char *rows[] = {weak_points(x, size, r->w), not_drawn(x, size, r->w)};
    for (int i = 0; i < 2; i++)
        if (*rows[i])
            mn__put_text_in(sheet->scene, -1, r->x, r->y + (ROW * i + 5) * u, MN__LEFT, r->w,
                            rows[i], size, false, MN__INK);
    r->y += (2 * ROW + 2) * u;
    r->h -= (2 * ROW + 2) * u;
}

static void frame(struct mn__city *c) {
    struct mn__sheet *sheet = c->sheet;
    struct mn_diff *diff = mn_diff_new(sheet->picture->before, sheet->m);
    struct comparing x = {c, diff, mn_arena_alloc(c->net->arena, (size_t)diff->n + 1)};
    sheet->sites_said = true;
    for (int i = 0; i < diff->n; i++)
        mark_entry(&x, i);
    mark_weaker(&x);
    place_removed(&x);
    say_title(&x);
    say_rows(&x);
    if (diff->weaker.n_sites)
        mn__key_mark(sheet, MN_MARK_LOST, mn_msg(MN_M_changes_weaker, sheet->lang));
    c->no_feet = true; /* their room is taken */
    mn_diff_free(diff);
}

bool mn__draw_diff(struct mn__sheet *sheet) {
    if (!sheet->picture->before)
        return mn__refuse(sheet, MN_D_diagram_subject_models, NULL, NULL, NULL);
    return mn__city_sheet(sheet, -2, -1, frame);
}
