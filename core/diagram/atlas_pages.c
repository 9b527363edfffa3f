/* The pages that only an atlas has: cover and index. */
#include "diagram/atlas.h"

#include "base/unicode.h"
#include "diagram/net.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row of text at the left, a page number at the right, dots between; all of it leads there. */
static void put_row(struct mn__sheet *sheet, double x, double y, double width, const char *text,
                    bool bold, int page, double size) {
    struct mn__scene *s = sheet->scene;
    const char *number = page ? mn__number(sheet, page) : "–";
    double number_w = mn__text_width(number, size, bold);
    int t =
        mn__put_text_in(s, -1, x, y, MN__LEFT, width - number_w - 12, text, size, bold, MN__INK);
    double end = x + s->elements[t].at.w;
    int n = mn__put_text(s, -1, x + width, y, MN__RIGHT, number, size, bold, MN__INK);
    if (x + width - number_w - 5 > end + 8)
        mn__put_line(s,
                     (struct mn__point[]){{end + 4, y + size * 0.3},
                                          {x + width - number_w - 4, y + size * 0.3}},
                     2, (struct mn__look){MN__NO_COLOUR, MN__GREY, 0.7, MN__DOTTED, false});
    mn__put_page(s, t, page);
    mn__put_page(s, n, page);
}

/* How much the table of contents tells: groups alone, their sheets, and for many units the points
 * that they hang on. */
enum detail { GROUPS, SHEETS, CHAPTERS };

static bool told(const struct mn__group *group, const struct mn__entry *e, enum detail detail) {
    if (group->chapters)
        return detail == CHAPTERS && e->chapter && group->n > 1;
    return detail >= SHEETS;
}

/* Only counts the rows unless `draw`. */
static int contents(const struct mn__atlas *a, struct mn__sheet *sheet, struct mn__rect r,
                    enum detail detail, double size, double row, bool draw) {
    double y = r.y + row / 2, indent = 14 * sheet->unit;
    int rows = 0;
    for (int g = 0; g < a->n_groups; g++) {
        const struct mn__group *group = &a->groups[g];
        if (draw)
            put_row(sheet, r.x, y, r.w, group->title, true, group->first + 2, size);
        rows++, y += row;
        for (int i = 0; i < group->n; i++) {
            const struct mn__entry *e = &a->entries[group->first + i];
            const char *title = e->chapter ? e->chapter : e->title;
            if (!told(group, e, detail))
                continue;
            if (draw)
                put_row(sheet, r.x + indent, y, r.w - indent, title, false, group->first + i + 2,
                        size);
            rows++, y += row;
        }
    }
    if (draw)
        put_row(sheet, r.x, y, r.w, mn_msg(MN_M_atlas_index, a->lang), true, a->n + 2, size);
    return rows + 1;
}

static struct mn__sheet *own_sheet(const struct mn__atlas *a, struct mn_picture *p, int page) {
    *p = *a->picture;
    p->n_subjects = p->n_marks = 0;
    p->paper = p->paper ? p->paper : MN_A3;
    p->page = page;
    return mn__sheet_new(a->m, p);
}

/* A large number with what it counts. */
static void put_figure(struct mn__sheet *sheet, int within, double x, double y, int n,
                       enum mn_message what) {
    double u = sheet->unit;
    mn__put_text(sheet->scene, within, x, y, MN__LEFT, mn__number(sheet, n), 34 * u, true,
                 MN__CENTRE_COLOUR);
    mn__put_text(sheet->scene, within, x, y + 30 * u, MN__LEFT, mn_msg(what, sheet->lang), 11 * u,
                 false, MN__INK);
}

static void cover_panel(const struct mn__atlas *a, struct mn__sheet *sheet, struct mn__rect r) {
    struct mn__scene *s = sheet->scene;
    double u = sheet->unit, x = r.x + 30 * u, w = r.w - 60 * u, big = 32 * u;
    const char *name = mn__full_name(a->m->name, a->lang), *lines[5];
    struct mn__tally tally = mn__net_tally(a->net, -2);
    int n;
    int g = mn__put_box(
        s, -1, r,
        (struct mn__look){mn__tint(MN__CORE_COLOUR, 7), MN__CORE_COLOUR, 1.4, MN__SOLID, false});
    mn__put_name(s, g, "cover", "frame", NULL);
    mn__put_text_in(s, g, x, r.y + 50 * u, MN__LEFT, w, mn_msg(MN_M_atlas_kind, a->lang), 14 * u,
                    true, MN__DIM);
    while ((n = mn__text_wrap(s->arena, name, big, true, w, 5, lines)) > 4 && big > 14 * u)
        big -= 2;
    for (int i = 0; i < n; i++)
        mn__put_text(s, g, x, r.y + 80 * u + big * (0.9 + 1.25 * i), MN__LEFT, lines[i], big, true,
                     MN__INK);
    double y = r.y + r.h * 0.52, third = w / 3;
    put_figure(sheet, g, x, y, tally.units, MN_M_atlas_n_units);
    put_figure(sheet, g, x + third, y, tally.points, MN_M_atlas_n_points);
    put_figure(sheet, g, x + 2 * third, y, tally.centres, MN_M_atlas_n_centres);
    mn__put_paragraph(s, g, x, r.y + r.h - 60 * u, MN__LEFT, w, 6,
                      mn_msg(MN_M_atlas_reading, a->lang), 11 * u, false, MN__INK);
}

struct mn__sheet *mn__atlas_cover(const struct mn__atlas *a, int page) {
    struct mn_picture p;
    struct mn__sheet *sheet = own_sheet(a, &p, page);
    double u = sheet->unit;
    mn__frame(sheet, mn__say(sheet, MN_M_atlas_title, MN_ARGS(mn__full_name(a->m->name, a->lang))),
              mn__say(sheet, MN_M_atlas_subtitle,
                      MN_ARGS(mn__number(sheet, a->net->n_units), mn__number(sheet, a->n + 2))),
              0);
    struct mn__rect b = sheet->body;
    double half = (b.w - 50 * u) / 2;
    cover_panel(a, sheet, (struct mn__rect){b.x, b.y + 8 * u, half, b.h - 8 * u});
    struct mn__rect right = {b.x + half + 50 * u, b.y + 50 * u, half, b.h - 50 * u};
    mn__put_text(sheet->scene, -1, right.x, b.y + 22 * u, MN__LEFT,
                 mn_msg(MN_M_atlas_contents, a->lang), 16 * u, true, MN__INK);
    enum detail detail = CHAPTERS;
    double least = sheet->least_text * 1.5, row;
    while ((row = right.h / contents(a, sheet, right, detail, 0, 0, false)) < least &&
           detail > GROUPS)
        detail--;
    row = fmin(25 * u, row);
    contents(a, sheet, right, detail, fmax(fmin(11.5 * u, row * 0.62), sheet->least_text), row,
             true);
    mn__frame_end(sheet);
    return sheet;
}

struct row {
    const char *key, *head, *text;
    int site;
};

static int by_key(const void *a, const void *b) {
    const struct row *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : x->site - y->site;
}

/* "An Đông (Phường)": the name first that people look for. */
static const char *index_name(const struct mn__atlas *a, int site) {
    const char *name = mn__full_name(a->m->sites[site].name, a->lang), *rest;
    size_t size;
    int word = mn__unit_word(a->net, name, &rest, &size);
    if (word >= 0)
        return mn_arena_printf(a->arena, "%.*s (%s)", (int)size, rest, a->net->words[word]);
    /* A word of one unit only is what its short name leaves out at the front or abbreviates. */
    const char *brief = mn__short_name(a->m->sites[site].name, a->lang), *from = name;
    for (const char *p = strchr(name, ' '); p && from == name; p = strchr(p + 1, ' ')) {
        size_t tail = strlen(p), all = strlen(brief);
        if (all >= tail - 1 && strcmp(brief + all - (tail - 1), p + 1) == 0)
            from = p + 1;
    }
    if (from == name || strcmp(brief, name) == 0)
        return name;
    return mn_arena_printf(a->arena, "%s (%.*s)", from, (int)(from - name - 1), name);
}

static struct row *sorted(const struct mn__atlas *a, int *n) {
    struct row *rows = MN_ARENA_ARRAY(a->arena, struct row, (size_t)a->net->n_units + 1);
    *n = 0;
    for (int k = 0; k < a->net->n_clusters; k++)
        for (int i = 0; i < a->net->clusters[k].n; i++) {
            struct row *r = &rows[(*n)++];
            r->site = a->net->clusters[k].units[i];
            r->text = index_name(a, r->site);
            char *key = mn_sort_key(r->text);
            r->key = mn_arena_strdup(a->arena, key);
            free(key);
        }
    qsort(rows, (size_t)*n, sizeof *rows, by_key);
    /* A heading where the first letter changes: the keys begin with it. */
    for (int i = 0; i < *n; i++) {
        size_t used = 0;
        mn_utf8_decode(rows[i].text, strlen(rows[i].text), &used);
        if (i == 0 || rows[i].key[0] != rows[i - 1].key[0])
            rows[i].head = mn_arena_strndup(a->arena, rows[i].text, used);
    }
    return rows;
}

/* Lays rows from `from` on in columns, with texts of that size; returns the first that does not
 * fit. Draws only if asked. */
static int fill(const struct mn__atlas *a, struct mn__sheet *sheet, const struct row *rows, int n,
                int from, int columns, double size, bool draw) {
    struct mn__scene *s = sheet->scene;
    double pitch = size * 1.75, gap = 22 * sheet->unit,
           code_size = fmax(size * 0.9, sheet->least_text);
    double w = (sheet->body.w - (columns - 1) * gap) / columns;
    int i = from;
    for (int c = 0; c < columns; c++) {
        double top = sheet->body.y + pitch / 2, y = top, x = sheet->body.x + c * (w + gap);
        for (; i < n; i++, y += pitch) {
            /* A heading never stands alone at the foot of a column. */
            double before = rows[i].head && y > top ? 0.6 * pitch : 0;
            double needs = before + (rows[i].head ? 2 : 1) * pitch;
            if (y - pitch / 2 + needs > sheet->body.y + sheet->body.h + 0.1)
                break;
            y += before;
            if (rows[i].head) {
                if (draw)
                    mn__put_text(s, -1, x, y, MN__LEFT, rows[i].head, size * 1.15, true,
                                 MN__CENTRE_COLOUR);
                y += pitch;
            }
            if (!draw)
                continue;
            int k = mn__put_text(s, -1, x, y, MN__LEFT, a->m->sites[rows[i].site].id, code_size,
                                 false, MN__DIM);
            double code = fmax(s->elements[k].at.w, 3.4 * code_size) + 8;
            put_row(sheet, x + code, y, w - code, rows[i].text, false,
                    a->page_of_site[rows[i].site], size);
        }
    }
    return i;
}

struct mn__sheet *mn__atlas_index(const struct mn__atlas *a, int page, int *from) {
    struct mn_picture p;
    struct mn__sheet *sheet = own_sheet(a, &p, page);
    int n, columns = sheet->scene->width > 800 && sheet->least_name < 8 ? 5 : 3;
    struct row *rows = sorted(a, &n);
    mn__frame(sheet, mn_msg(MN_M_atlas_index, a->lang), mn_msg(MN_M_atlas_index_subtitle, a->lang),
              0);
    /* The largest names with which all stand on this sheet, else the smallest. */
    double size = fmax(12 * sheet->unit, sheet->least_name);
    while (size > sheet->least_name && fill(a, sheet, rows, n, *from, columns, size, false) < n)
        size = fmax(size - 0.25, sheet->least_name);
    int next = fill(a, sheet, rows, n, *from, columns, size, true);
    *from = next < n ? next : 0;
    mn__frame_end(sheet);
    return sheet;
}
