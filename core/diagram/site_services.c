/* The services that are used at a site, in columns, by where they run. */
#include "diagram/net.h"
#include "diagram/site_lists.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 6, MOST_COLUMNS = 6, MOST_LINES = 3 };

#define BEFORE_HEADING 0.5 /* lines */

/* Where a service runs: sites, in the model's order; nodes that are in none as -2 - node. */
struct places {
    int n, at[MOST_PLACES];
    bool any; /* one of them is enough */
};

struct row {
    const char *lines[MOST_LINES];
    int n_lines, service; /* service -1: it is a heading */
    int column;           /* where it stands */
    double line;
};

struct list {
    struct mn__sheet *sheet;
    double size;
    int n;
    bool brief;
    double width, high; /* of a column; high: in lines */
    struct row *rows;
};

static int by_number(const void *a, const void *b) {
    int p = *(const int *)a, q = *(const int *)b;
    return (p > q) - (p < q);
}

static int place_of(const struct mn_model *m, int node) {
    int site = mn__node_site(m, node);
    return site >= 0 ? site : -2 - node;
}

static bool holds(const struct mn_model *m, const struct mn_host_group *hosts, int place) {
    bool found = false;
    for (int i = 0; i < hosts->n; i++)
        found = found || place_of(m, hosts->at[i].node) == place;
    return found;
}

static struct places places_of(const struct mn_model *m, const struct mn_service *s) {
    struct places p = {0, {0}, true};
    for (int h = 0; h < s->n_hosts; h++)
        for (int i = 0; i < s->hosts[h].n; i++) {
            int place = place_of(m, s->hosts[h].at[i].node), k = 0;
            while (k < p.n && p.at[k] != place)
                k++;
            if (k == p.n && p.n < MOST_PLACES)
                p.at[p.n++] = place;
        }
    qsort(p.at, (size_t)p.n, sizeof *p.at, by_number);
    for (int h = 0; h < s->n_hosts; h++)
        for (int k = 0; k < p.n; k++)
            p.any = p.any && holds(m, &s->hosts[h], p.at[k]);
    return p;
}

static const char *place_name(struct mn__sheet *sheet, int place, bool brief) {
    if (place < 0)
        return mn__node_name(sheet->m, -2 - place, sheet->lang, sheet->scene->arena);
    struct mn_name name = sheet->m->sites[place].name;
    return brief ? mn__short_name(name, sheet->lang) : mn__full_name(name, sheet->lang);
}

static const char *heading(struct mn__sheet *sheet, const struct places *p, bool brief) {
    const char *names = NULL;
    for (int i = 0; i < p->n; i++) {
        const char *name = place_name(sheet, p->at[i], brief);
        names = names ? mn__say(sheet, p->any ? MN_M_site_or : MN_M_site_and, MN_ARGS(names, name))
                      : name;
    }
    return names ? names : mn_msg(MN_M_site_runs_nowhere, sheet->lang);
}

/* Further lines are set in, so that they do not look like a service more. */
static double set_in(const struct list *l, const struct row *r, int line) {
    return r->service < 0 ? 0 : l->size * (line ? 1.8 : 0.8);
}

static void add_row(struct list *l, int service, const char *text) {
    struct row *r = &l->rows[l->n++];
    struct mn_arena *a = l->sheet->scene->arena;
    bool head = service < 0;
    r->service = service;
    text = mn__text_clean(a, text);
    bool fits = mn__text_width(text, l->size, head) <= l->width - set_in(l, r, 0);
    r->n_lines =
        mn__text_wrap(a, text, l->size, head, l->width - set_in(l, r, !fits), MOST_LINES, r->lines);
    if (head && r->n_lines && strstr(r->lines[r->n_lines - 1], MN__ELLIPSIS))
        l->brief = true;
}

/* Headings and services; those that run in the same places are together. */
static void fill_rows(struct list *l, const struct mn_ints *uses) {
    const struct mn_model *m = l->sheet->m;
    bool *done = mn_new0((size_t)uses->n + 1, sizeof *done);
    l->n = 0;
    for (int i = 0; i < uses->n; i++) {
        struct places p = places_of(m, &m->services[uses->at[i]]);
        if (done[i])
            continue;
        add_row(l, -1, heading(l->sheet, &p, l->brief));
        for (int k = i; k < uses->n; k++) {
            struct places q = places_of(m, &m->services[uses->at[k]]);
            if (done[k] || q.n != p.n || q.any != p.any ||
                (p.n && memcmp(q.at, p.at, sizeof *p.at * (size_t)p.n) != 0))
                continue;
            done[k] = true;
            add_row(l, uses->at[k],
                    mn__full_name(m->components[m->services[uses->at[k]].component].name,
                                  l->sheet->lang));
        }
    }
    free(done);
}

/* Places by their names in full, unless one of those is too long. */
static void fill(struct list *l, const struct mn_ints *uses) {
    l->brief = false;
    fill_rows(l, uses);
    if (l->brief)
        fill_rows(l, uses);
}

/* Where each row stands, with so many lines in a column: a heading stays with what comes first
 * below it, and apart from what is above. Returns how many columns that takes. */
static int flow(struct list *l, double high) {
    int column = 0;
    double used = 0;
    for (int i = 0; i < l->n; i++) {
        bool head = l->rows[i].service < 0;
        double n = l->rows[i].n_lines, with = head && i + 1 < l->n ? l->rows[i + 1].n_lines : 0;
        double above = head && used > 0 ? BEFORE_HEADING : 0;
        if (n + with > high)
            return MOST_COLUMNS + 1;
        if (used > 0 && used + above + n + with > high) {
            column++;
            used = above = 0;
        }
        l->rows[i].column = column;
        l->rows[i].line = used + above;
        used += above + n;
    }
    return column + 1;
}

/* As many columns as make it lowest; of equals the fewest. */
static void choose(struct list *l, const struct mn_ints *uses, double room) {
    int best = 1;
    double lowest = INFINITY;
    for (int pass = 0; pass < 2; pass++)
        for (int k = pass ? best : 1; k <= (pass ? best : MOST_COLUMNS); k++) {
            l->width = (room - (k - 1) * l->size * 1.5) / k;
            if (k > 1 && l->width < l->size * 15)
                break;
            fill(l, uses);
            for (l->high = 1; flow(l, l->high) > k;)
                l->high += BEFORE_HEADING;
            if (l->high < lowest - 0.01) {
                lowest = l->high;
                best = k;
            }
        }
}

static void draw_row(struct list *l, const struct row *r, double x, double y) {
    struct mn__scene *s = l->sheet->scene;
    const struct mn_model *m = l->sheet->m;
    bool head = r->service < 0;
    for (int i = 0; i < r->n_lines; i++) {
        int t = mn__put_text(s, -1, x + set_in(l, r, i), y + l->size * 1.3 * (i + 0.5), MN__LEFT,
                             r->lines[i], l->size, head, head ? MN__CENTRE_COLOUR : MN__INK);
        if (head || i)
            continue;
        const struct mn_component *c = &m->components[m->services[r->service].component];
        mn__put_name(s, t, mn_arena_printf(s->arena, "service-%s", c->id), "service",
                     mn__full_name(c->name, l->sheet->lang));
    }
}

double mn__site_services(struct mn__sheet *sheet, int site, struct mn__rect r, double size,
                         bool draw) {
    const struct mn_ints *uses = &sheet->m->sites[site].uses;
    struct list l = {.sheet = sheet, .size = size};
    double pad = size * 0.8, head = size * 2;
    if (!uses->n)
        return 0;
    size_t most = 2 * (size_t)uses->n + 1;
    l.rows = mn_new0(most, sizeof *l.rows);
    choose(&l, uses, r.w - 2 * pad);
    double height = ceil(head + l.high * size * 1.3 + size * 0.5);
    if (draw) {
        mn__layer(sheet, MN__LATE_LAYER + 1, mn_msg(MN_M_layer_services, sheet->lang));
        int b =
            mn__put_box(sheet->scene, -1, (struct mn__rect){r.x, r.y, r.w, height},
                        (struct mn__look){MN__NO_COLOUR, MN__CENTRE_COLOUR, 1.1, MN__SOLID, true});
        sheet->scene->elements[b].area = true;
        mn__put_text_in(sheet->scene, b, r.x + pad, r.y + size * 0.95, MN__LEFT, r.w - 2 * pad,
                        mn_msg(MN_M_site_uses, sheet->lang), size, true, MN__CENTRE_COLOUR);
        for (int i = 0; i < l.n; i++)
            draw_row(&l, &l.rows[i], r.x + pad + l.rows[i].column * (l.width + size * 1.5),
                     r.y + head + l.rows[i].line * size * 1.3);
    }
    free(l.rows);
    return height;
}
