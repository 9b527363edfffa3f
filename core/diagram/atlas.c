/* The atlas as a book: what stands in it, and drawing it page by page. */
#include "diagram/atlas.h"

#include "base/worker.h"
#include "diagram/book.h"
#include "diagram/inside.h"
#include "diagram/net.h"

#include <stdlib.h>
#include <string.h>

static void begin_group(struct mn__atlas *a, const char *title) {
    a->groups[a->n_groups++] = (struct mn__group){title, a->n, 0, false};
}

static void add(struct mn__atlas *a, enum mn_view view, struct mn_found subject,
                const char *title) {
    struct mn_picture p = {.view = view,
                           .n_subjects = subject.scope != 0,
                           .subjects = {subject},
                           .n_marks = a->picture->n_marks,
                           .marks = a->picture->marks,
                           .paper = a->picture->paper ? a->picture->paper : MN_A3,
                           .lang = a->lang,
                           .format = MN_PDF,
                           .page = a->n + 2};
    a->entries[a->n++] =
        (struct mn__entry){p, title, mn_picture_name(a->m, &p, a->arena), NULL, a->n_groups - 1};
    a->groups[a->n_groups - 1].n++;
}

static void add_whole(struct mn__atlas *a, enum mn_view view, enum mn_message title) {
    add(a, view, (struct mn_found){0}, mn_msg(title, a->lang));
}

static void add_units(struct mn__atlas *a, int from, int to, const char *title) {
    const struct mn_model *m = a->m;
    begin_group(a, title);
    a->groups[a->n_groups - 1].chapters = true;
    for (int k = from; k < to; k++) {
        int first = a->n;
        for (int i = 0; i < a->net->clusters[k].n; i++) {
            int site = a->net->clusters[k].units[i];
            if (!m->sites[site].nodes.n)
                continue; /* there is nothing to draw; the index says so */
            a->page_of_site[site] = a->n + 2;
            add(a, MN_VIEW_SITE, (struct mn_found){MN_SCOPE_SITE, site},
                mn__full_name(m->sites[site].name, a->lang));
        }
        if (a->n > first && a->net->clusters[k].point >= 0)
            a->entries[first].chapter = mn__point_name(a->net, a->net->clusters[k].point, a->lang);
        else if (a->n > first)
            a->entries[first].chapter = mn_msg(MN_M_city_no_point, a->lang);
    }
    if (!a->groups[a->n_groups - 1].n)
        a->n_groups--;
}

/* Areas that have units, in the order of the city's sheet; fills `first` with where each one's
 * clusters begin. Returns how many. */
static int find_areas(const struct mn__atlas *a, int *first) {
    int n = 0;
    for (int k = 0; k < a->net->n_clusters; k++)
        if (k == 0 || a->net->clusters[k].area != a->net->clusters[k - 1].area)
            first[n++] = k;
    first[n] = a->net->n_clusters;
    return n;
}

static bool has_places(const struct mn_model *m) {
    for (int s = 0; s < m->n_sites; s++)
        if (m->sites[s].placed && m->sites[s].lines.n)
            return true;
    return false;
}

/* What all units depend on: data centres, meeting systems, and who is told when. */
static void add_systems(struct mn__atlas *a) {
    const struct mn_model *m = a->m;
    begin_group(a, mn_msg(MN_M_atlas_systems, a->lang));
    for (int i = 0; i < m->n_sites; i++)
        if (strcmp(m->sites[i].type, "data-centre") == 0 && mn__hosts_services(m, i))
            add(a, MN_VIEW_DATA_CENTRE, (struct mn_found){MN_SCOPE_SITE, i},
                mn__full_name(m->sites[i].name, a->lang));
    for (int i = 0; i < m->n_services; i++)
        if (m->services[i].meeting)
            add(a, MN_VIEW_MEETING, (struct mn_found){MN_SCOPE_COMPONENT, m->services[i].component},
                mn__full_name(m->components[m->services[i].component].name, a->lang));
    if (m->n_policies)
        add_whole(a, MN_VIEW_ESCALATION, MN_M_atlas_escalation);
    if (!a->groups[a->n_groups - 1].n)
        a->n_groups--;
}

struct mn__atlas *mn__atlas_plan(const struct mn_model *m, const struct mn_picture *p) {
    struct mn_arena *arena = mn_arena_new();
    struct mn__atlas *a = mn_arena_alloc(arena, sizeof *a);
    *a = (struct mn__atlas){.m = m, .picture = p, .arena = arena, .lang = p->lang};
    a->net = mn__net_new(m, p->lang, arena);
    a->entries = MN_ARENA_ARRAY(arena, struct mn__entry, 2 * (size_t)m->n_sites + 16);
    a->groups = MN_ARENA_ARRAY(arena, struct mn__group, (size_t)m->n_areas + 16);
    a->page_of_site = MN_ARENA_ARRAY(arena, int, (size_t)m->n_sites + 1);
    int *first = MN_ARENA_ARRAY(arena, int, (size_t)a->net->n_clusters + 2);
    int n_areas = find_areas(a, first);
    begin_group(a, mn_msg(MN_M_atlas_network, a->lang));
    add_whole(a, MN_VIEW_CITY, MN_M_atlas_city);
    if (has_places(m))
        add_whole(a, MN_VIEW_MAP, MN_M_atlas_map);
    for (int i = 0; i < n_areas; i++) {
        int area = a->net->clusters[first[i]].area;
        if (area >= 0)
            add(a, MN_VIEW_AREA, (struct mn_found){MN_SCOPE_AREA, area},
                mn__full_name(m->areas[area].name, a->lang));
    }
    add_systems(a);
    for (int i = 0; i < n_areas; i++) {
        int area = a->net->clusters[first[i]].area;
        const char *name = area >= 0 ? mn__full_name(m->areas[area].name, a->lang)
                                     : mn_msg(MN_M_city_no_area, a->lang);
        add_units(a, first[i], first[i + 1],
                  mn_arena_printf(arena, "%s – %s", mn_msg(MN_M_atlas_units, a->lang), name));
    }
    return a;
}

void mn__atlas_free(struct mn__atlas *a) {
    if (a)
        mn_arena_free(a->arena);
}

/* On the atlas's paper, or where that is too small on the first that will do. */
static struct mn__sheet *draw_entry(const struct mn__atlas *a, const struct mn__entry *e,
                                    struct mn__refusal *refusal) {
    struct mn__sheet *sheet = mn__sheet_draw(a->m, &e->picture, refusal);
    if (!sheet && refusal->code == MN_D_diagram_paper) {
        struct mn_picture larger = e->picture;
        larger.paper = (enum mn_paper)mn_paper_parse(refusal->args[1]);
        sheet = mn__sheet_draw(a->m, &larger, refusal);
    }
    return sheet;
}

/* Where a sheet leads to another that is in the book, it leads to that page. */
static void lead_to_pages(const struct mn__atlas *a, struct mn__scene *s) {
    for (int i = 0; i < s->n; i++)
        for (int k = 0; s->elements[i].link && k < a->n; k++)
            if (strcmp(s->elements[i].link, a->entries[k].name) == 0)
                mn__put_page(s, i, k + 2);
}

/* Draws a sheet as the next page, and frees it. */
static bool put_page(const struct mn__atlas *a, struct mn__book *book, struct mn__sheet *sheet) {
    lead_to_pages(a, sheet->scene);
    bool ok = mn__book_page(book, sheet->scene);
    mn__sheet_free(sheet);
    return ok;
}

static bool draw_entries(const struct mn__atlas *a, struct mn__book *book, int news, int pages,
                         struct mn__refusal *refusal) {
    int under = 0;
    for (int i = 0; i < a->n; i++) {
        const struct mn__entry *e = &a->entries[i];
        struct mn__sheet *sheet = draw_entry(a, e, refusal);
        if (!sheet)
            return false;
        if (i == a->groups[e->group].first)
            under = mn__book_bookmark(book, 0, a->groups[e->group].title);
        mn__book_bookmark(book, under, e->title);
        if (!put_page(a, book, sheet))
            return false;
        mn_worker_tell(news, i + 2, pages);
    }
    return true;
}

bool mn__atlas_draw(const struct mn_model *m, const struct mn_picture *p, int news,
                    struct mn_buf *out, struct mn__refusal *refusal) {
    struct mn__atlas *a = mn__atlas_plan(m, p);
    refusal->code = -1;
    if (!a->net->n_units) {
        refusal->code = MN_D_diagram_no_units;
        mn__atlas_free(a);
        return false;
    }
    struct mn__sheet *cover = mn__atlas_cover(a, 1);
    struct mn__book *book = mn__book_new(cover->scene->title, m->date, out);
    mn__book_bookmark(book, 0, mn_msg(MN_M_atlas_cover, a->lang));
    bool ok = put_page(a, book, cover) && draw_entries(a, book, news, a->n + 2, refusal);
    int from = 0, page = a->n + 2;
    while (ok) {
        struct mn__sheet *sheet = mn__atlas_index(a, page, &from);
        if (page == a->n + 2)
            mn__book_bookmark(book, 0, mn_msg(MN_M_atlas_index, a->lang));
        ok = put_page(a, book, sheet);
        page++;
        if (!from)
            break;
    }
    ok = mn__book_end(book) && ok;
    mn__atlas_free(a);
    return ok;
}
