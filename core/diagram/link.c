/* Names of pictures, and links between them. */
#include "diagram/link.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *subject_id(const struct mn_model *m, struct mn_found f) {
    return f.scope == MN_SCOPE_SITE   ? m->sites[f.index].id
           : f.scope == MN_SCOPE_AREA ? m->areas[f.index].id
                                      : m->components[f.index].id;
}

const char *mn_picture_view(const struct mn_picture *p) {
    return !p->chart ? mn_view_info(p->view)->name : p->card ? "card" : "runbook";
}

char *mn_picture_name(const struct mn_model *m, const struct mn_picture *p, struct mn_arena *a) {
    char *name = mn_arena_strdup(a, mn_picture_view(p));
    if (p->chart)
        name = mn_arena_printf(a, "%s-%s", name, p->chart->name);
    int n = p->n_subjects > 4 ? 3 : p->n_subjects; /* of many failures a few name the file */
    for (int i = 0; i < n; i++) {
        name = mn_arena_printf(a, "%s-%s", name, subject_id(m, p->subjects[i]));
        if (p->faults[i])
            name = mn_arena_printf(
                a, "%s!%s", name,
                m->components[p->subjects[i].index].faults.at[p->faults[i] - 1].mode);
    }
    if (n < p->n_subjects)
        name = mn_arena_printf(a, "%s-+%d", name, p->n_subjects - n);
    if (p->blank)
        name = mn_arena_printf(a, "%s-%s%s", name, mn_blank_name(p->blank), p->key ? "-key" : "");
    for (char *c = name; *c; c++)
        if (*c == '/')
            *c = '_';
    return name;
}

/* What an id stands for, found in sorted order: a city's sheet has thousands of elements. */
struct entry {
    const char *id;
    enum mn_view view;
    struct mn_found subject;
};

struct index {
    size_t n;
    struct entry *entries;
};

static int compare(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static void add(struct index *x, const char *id, enum mn_view view, unsigned scope, int index) {
    x->entries[x->n++] = (struct entry){id, view, {scope, index}};
}

/* The view that shows most of a site. */
static enum mn_view view_of(const struct mn_model *m, int site) {
    return strcmp(m->sites[site].type, "data-centre") == 0 ? MN_VIEW_DATA_CENTRE : MN_VIEW_SITE;
}

static void add_sites(const struct mn__sheet *sheet, struct index *x) {
    const struct mn_model *m = sheet->m;
    struct mn_arena *a = sheet->scene->arena;
    for (int i = 0; i < m->n_sites; i++)
        if (m->sites[i].nodes.n)
            add(x, mn_arena_printf(a, "site-%s", m->sites[i].id), view_of(m, i), MN_SCOPE_SITE, i);
    for (int i = 0; i < m->n_nodes; i++) {
        const struct mn_component *c = &m->components[m->nodes[i].component];
        if (c->site >= 0)
            add(x, mn_arena_printf(a, "node-%s", c->id), view_of(m, c->site), MN_SCOPE_SITE,
                c->site);
    }
}

/* An area without units has no sheet. */
static void add_areas(const struct mn__sheet *sheet, struct index *x) {
    const struct mn_model *m = sheet->m;
    for (int i = 0; i < m->n_areas; i++) {
        int site = 0;
        while (site < m->n_sites && (m->sites[site].area != i || !m->sites[site].lines.n))
            site++;
        if (site < m->n_sites)
            add(x, mn_arena_printf(sheet->scene->arena, "area-%s", m->areas[i].id), MN_VIEW_AREA,
                MN_SCOPE_AREA, i);
    }
}

static void add_services(const struct mn__sheet *sheet, struct index *x) {
    const struct mn_model *m = sheet->m;
    for (int i = 0; i < m->n_services; i++) {
        int component = m->services[i].component;
        add(x, mn_arena_printf(sheet->scene->arena, "service-%s", m->components[component].id),
            MN_VIEW_SERVICE, MN_SCOPE_SERVICE, component);
    }
}

void mn__link_elements(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    struct mn_arena *a = sheet->scene->arena;
    const char *here = mn_picture_name(m, sheet->picture, a);
    struct index x = {0, mn_new0((size_t)(m->n_sites + m->n_nodes + m->n_areas + m->n_services) + 1,
                                 sizeof *x.entries)};
    add_sites(sheet, &x);
    add_areas(sheet, &x);
    add_services(sheet, &x);
    qsort(x.entries, x.n, sizeof *x.entries, compare);
    for (int i = 0; i < sheet->scene->n; i++) {
        struct mn__element *e = &sheet->scene->elements[i];
        struct entry wanted = {.id = e->id};
        const struct entry *found =
            e->id ? bsearch(&wanted, x.entries, x.n, sizeof *x.entries, compare) : NULL;
        if (!found)
            continue;
        struct mn_picture p = {.view = found->view, .n_subjects = 1, .subjects = {found->subject}};
        const char *name = mn_picture_name(m, &p, a);
        if (strcmp(name, here) != 0)
            e->link = name;
    }
    free(x.entries);
}
