/* Gaps in place of what elements say: found, numbered in reading order, drawn, listed. */
#include "diagram/worksheet.h"

#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GONE = -2 };

struct gap {
    struct mn__rect at;
    int within;         /* the box that holds it, or -1 */
    const char *answer; /* in full */
    const char *shown;  /* as it stood there */
    double size;        /* of its letters */
    int row[2];         /* of its group, and its own within that */
    double x[2];        /* the same */
    int number;
};

struct exercise {
    struct mn__sheet *sheet;
    const struct mn__scene *scene;
    unsigned wanted; /* enum mn__part */
    bool key;
    int n_gaps, n_lines; /* lines: taken away, to be drawn in */
    struct gap *gaps;
    const char **lines;
    int *gap_of; /* of each element: the gap in whose place it stood, -1, or GONE */
};

/* What an element says. A view that does not tell is guessed at: what is bold in a box names it. */
static unsigned parts_of(const struct exercise *t, int i, bool told) {
    const struct mn__scene *s = t->scene;
    const struct mn__element *e = &s->elements[i];
    if (i < t->sheet->first_own || i >= t->sheet->end_own)
        return 0;
    if (told)
        return e->parts;
    if (e->is == MN__LINE)
        return e->icon ? 0 : MN__WAY;
    bool boxed = e->within >= 0 && !s->elements[e->within].area;
    return e->is != MN__TEXT ? 0 : boxed && e->bold ? MN__NAME | MN__ROLE : boxed ? 0 : MN__WAY;
}

static struct mn__rect around(struct mn__rect a, struct mn__rect b) {
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (struct mn__rect){x, y, fmax(a.x + a.w, b.x + b.w) - x, fmax(a.y + a.h, b.y + b.h) - y};
}

/* The gap that the text becomes part of: of what its box says already, or a new one. */
static void leave_blank(struct exercise *t, int i) {
    const struct mn__element *e = &t->scene->elements[i];
    const char *answer = e->answer ? e->answer : e->text;
    if (*answer && strstr(t->scene->title, answer))
        return; /* the sheet is about it */
    bool boxed = e->within >= 0 && !t->scene->elements[e->within].area;
    for (int g = 0; g < t->n_gaps && boxed; g++)
        if (t->gaps[g].within == e->within) {
            t->gaps[g].at = around(t->gaps[g].at, e->at);
            if (*answer)
                t->gaps[g].answer =
                    mn_arena_printf(t->sheet->scene->arena, "%s · %s", t->gaps[g].answer, answer);
            t->gap_of[i] = g;
            return;
        }
    if (!*answer)
        return;
    t->gap_of[i] = t->n_gaps;
    t->gaps[t->n_gaps++] = (struct gap){
        .at = e->at, .within = e->within, .answer = answer, .shown = e->text, .size = e->size};
}

static void find_gaps(struct exercise *t) {
    const struct mn__scene *s = t->scene;
    bool told = false;
    for (int i = 0; i < s->n; i++)
        told = told || s->elements[i].parts;
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        t->gap_of[i] = -1;
        if (!(parts_of(t, i, told) & t->wanted))
            continue;
        if (e->is == MN__TEXT) {
            leave_blank(t, i);
        } else if (e->is == MN__LINE) {
            const char *answer = e->answer ? e->answer : e->tip ? e->tip : "";
            if (*answer)
                t->lines[t->n_lines++] = answer;
            t->gap_of[i] = GONE;
        }
    }
}

/* Room for the widest number. */
static double number_room(const struct exercise *t) {
    return mn__text_width(mn__number(t->sheet, t->n_gaps), t->sheet->least_text, true) + 1;
}

/* Cuts a rectangle about a gap so that it ends half way to the texts above and below the gap. */
static void keep_texts(const struct exercise *t, int g, struct mn__rect *at) {
    const struct mn__rect *gap = &t->gaps[g].at;
    double top = at->y, bottom = at->y + at->h;
    for (int i = 0; i < t->scene->n; i++) {
        const struct mn__rect *o = &t->scene->elements[i].at;
        if (t->scene->elements[i].is != MN__TEXT || t->gap_of[i] == g || o->x >= at->x + at->w ||
            at->x >= o->x + o->w)
            continue;
        if (o->y >= gap->y + gap->h - 1.5)
            bottom = fmin(bottom, (fmax(o->y, gap->y + gap->h) + gap->y + gap->h) / 2);
        else if (o->y + o->h <= gap->y + 1.5)
            top = fmax(top, (fmin(o->y + o->h, gap->y) + gap->y) / 2);
    }
    at->y = top;
    at->h = bottom - top;
}

static bool touches(struct mn__rect a, struct mn__rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* A gap in no box has the size of its text, or of the number that takes its place; one that grows
 * into what stands beside it moves aside. */
static struct mn__rect room_for_number(const struct exercise *t, int g) {
    const struct mn__rect *gap = &t->gaps[g].at;
    double more = fmax(0, number_room(t) - 0.5 - gap->w);
    struct mn__rect wide = {gap->x - more / 2, gap->y - 1, gap->w + more, gap->h + 2};
    keep_texts(t, g, &wide);
    for (int i = t->sheet->first_own; i < t->sheet->end_own && more > 0; i++) {
        const struct mn__element *e = &t->scene->elements[i];
        if ((e->is != MN__BOX && e->is != MN__OVAL) || e->area || touches(e->at, *gap) ||
            !touches(e->at, wide))
            continue;
        wide.x = e->at.x > gap->x ? e->at.x - wide.w - 0.5 : e->at.x + e->at.w + 0.5;
    }
    return wide;
}

/* A gap in a box is as wide as the box has room, so that its width gives nothing away. */
static void widen(struct exercise *t, int g) {
    struct gap *gap = &t->gaps[g];
    const struct mn__scene *s = t->scene;
    double middle = gap->at.y + gap->at.h / 2, high = fmax(gap->at.h + 2, 12);
    if (gap->within < 0 || s->elements[gap->within].area) {
        gap->at = room_for_number(t, g);
        return;
    }
    struct mn__rect box = s->elements[gap->within].at;
    double edge = s->elements[gap->within].look.width / 2 + 0.6;
    double left = box.x + edge + 1, right = box.x + box.w - edge - 1;
    high = fmin(high, box.h - 2 * edge);
    struct mn__rect at = {gap->at.x, middle - high / 2, gap->at.w, high};
    at.y = fmin(fmax(at.y, box.y + edge), box.y + box.h - edge - high);
    for (int i = 0; i < s->n; i++) {
        const struct mn__rect *o = &s->elements[i].at;
        bool beside = o->y < at.y + at.h && at.y < o->y + o->h && o->x >= box.x &&
                      o->x + o->w <= box.x + box.w && o->w < box.w - 1;
        if (!beside || t->gap_of[i] == g || i == gap->within)
            continue;
        if (o->x + o->w <= gap->at.x + 1.5)
            left = fmax(left, o->x + o->w + 1);
        else if (o->x >= gap->at.x + gap->at.w - 1.5)
            right = fmin(right, o->x - 1);
    }
    if (floor(right) - ceil(left) < number_room(t)) { /* a chip: all of it, border and all */
        left = box.x;
        right = box.x + box.w;
    }
    at.x = left;
    at.w = right - left;
    keep_texts(t, g, &at);
    gap->at = (struct mn__rect){ceil(left), ceil(at.y), floor(right) - ceil(left),
                                floor(at.y + at.h) - ceil(at.y)};
}

/* ---- numbers ---- */

/* The largest group that a gap stands in: an area, a site. */
static struct mn__rect group_of(const struct exercise *t, const struct gap *gap) {
    struct mn__rect group = gap->at;
    for (int i = t->sheet->first_own; i < t->sheet->end_own; i++) {
        const struct mn__rect *o = &t->scene->elements[i].at;
        bool inside = gap->at.x >= o->x && gap->at.y >= o->y &&
                      gap->at.x + gap->at.w <= o->x + o->w && gap->at.y + gap->at.h <= o->y + o->h;
        if (t->scene->elements[i].area && inside && o->w * o->h > group.w * group.h)
            group = *o;
    }
    return group;
}

static int by_number(const void *a, const void *b) {
    const double *p = a, *q = b;
    return (*p > *q) - (*p < *q);
}

/* In which row a height is: heights nearer than half a line are one. */
static int row_of(const double *heights, int n, double y, double apart) {
    int row = 0;
    double last = -INFINITY;
    for (int i = 0; i < n && heights[i] <= y; i++)
        if (heights[i] - last > apart) {
            row++;
            last = heights[i];
        }
    return row;
}

static int by_place(const void *a, const void *b) {
    const struct gap *p = a, *q = b;
    for (int k = 0; k < 2; k++) {
        if (p->row[k] != q->row[k])
            return p->row[k] - q->row[k];
        if (p->x[k] < q->x[k] || p->x[k] > q->x[k])
            return p->x[k] < q->x[k] ? -1 : 1;
    }
    return p->number - q->number;
}

/* Group after group, within one row after row. */
static void number_gaps(struct exercise *t) {
    double *heights[2];
    for (int k = 0; k < 2; k++)
        heights[k] = mn_new0((size_t)t->n_gaps + 1, sizeof **heights);
    for (int g = 0; g < t->n_gaps; g++) {
        struct mn__rect group = group_of(t, &t->gaps[g]);
        heights[0][g] = group.y;
        heights[1][g] = t->gaps[g].at.y;
        t->gaps[g].x[0] = group.x;
        t->gaps[g].x[1] = t->gaps[g].at.x;
    }
    double *sorted = mn_new0((size_t)t->n_gaps + 1, sizeof *sorted);
    for (int k = 0; k < 2; k++) {
        memcpy(sorted, heights[k], sizeof *sorted * (size_t)t->n_gaps);
        qsort(sorted, (size_t)t->n_gaps, sizeof *sorted, by_number);
        for (int g = 0; g < t->n_gaps; g++)
            t->gaps[g].row[k] = row_of(sorted, t->n_gaps, heights[k][g], 6);
    }
    int *moved = mn_new0((size_t)t->n_gaps + 1, sizeof *moved);
    for (int g = 0; g < t->n_gaps; g++)
        t->gaps[g].number = g;
    qsort(t->gaps, (size_t)t->n_gaps, sizeof *t->gaps, by_place);
    for (int g = 0; g < t->n_gaps; g++) {
        moved[t->gaps[g].number] = g;
        t->gaps[g].number = g + 1;
    }
    for (int i = 0; i < t->scene->n; i++)
        if (t->gap_of[i] >= 0)
            t->gap_of[i] = moved[t->gap_of[i]];
    for (int k = 0; k < 2; k++)
        free(heights[k]);
    free(sorted);
    free(moved);
}

/* ---- drawing ---- */

static double number_width(const struct exercise *t, const struct gap *gap) {
    return mn__text_width(mn__number(t->sheet, gap->number), t->sheet->least_text, true);
}

/* Whether a word can be written by hand into the gap beside its number. */
static bool has_room(const struct exercise *t, const struct gap *gap) {
    return gap->at.w - number_width(t, gap) - 5 >= 24 && gap->at.h >= 9;
}

static void put_gap(const struct exercise *t, const struct gap *gap, int within,
                    struct mn__scene *s) {
    const char *number = mn__number(t->sheet, gap->number);
    double least = t->sheet->least_text, w = number_width(t, gap);
    double y = gap->at.y + gap->at.h / 2;
    int b = mn__put_box(s, within, gap->at,
                        (struct mn__look){MN__WHITE, MN__INK, 0.7, MN__SOLID, false});
    mn__put_name(s, b, mn_arena_printf(s->arena, "gap-%s", number), "gap", NULL);
    double x = gap->at.w < w + 4 ? gap->at.x + (gap->at.w - w) / 2 : gap->at.x + 2;
    mn__put_text(s, b, x, y, MN__LEFT, number, least, true, MN__INK);
    double room = gap->at.x + gap->at.w - 2 - (x + w + 3);
    if (t->key && room > 3 * least) {
        double size = fmax(fmin(gap->size, gap->at.h * 0.8), least);
        bool fits = mn__text_width(gap->answer, size, false) <= room;
        mn__put_text_in(s, b, x + w + 3, y, MN__LEFT, room, fits ? gap->answer : gap->shown, size,
                        false, MN__INK);
    }
}

/* An element without what could tell more than is to be seen. */
static struct mn__element bare(const struct mn__element *e, bool frame, const int *new_index) {
    return (struct mn__element){.is = e->is,
                                .look = e->look,
                                .at = e->at,
                                .id = frame ? e->id : NULL,
                                .cls = frame ? e->cls : NULL,
                                .text = e->text,
                                .size = e->size,
                                .bold = e->bold,
                                .within = e->within >= 0 ? new_index[e->within] : -1,
                                .n = e->n,
                                .points = e->points,
                                .curve = e->curve,
                                .arrow = e->arrow,
                                .area = e->area,
                                .icon = e->icon};
}

static void say_in_subtitle(struct mn__scene *s, const char *text) {
    int i = mn__find_id(s, "sheet-subtitle");
    if (i < 0)
        return;
    double room = mn__text_room(s, i, MN__MARGIN);
    struct mn__element *e = &s->elements[i];
    e->text = mn__text_fit(s->arena, mn__text_clean(s->arena, text), e->size, true, room);
    e->at.w = mn__text_width(e->text, e->size, true);
    e->bold = true;
    e->look.line = MN__INK;
}

/* "Worksheet: 12 gaps to fill in." and what else there is to do. */
static const char *task(const struct exercise *t) {
    struct mn__sheet *sheet = t->sheet;
    const char *gaps = mn__number(sheet, t->n_gaps), *lines = mn__number(sheet, t->n_lines);
    bool both = t->n_lines && t->n_gaps;
    enum mn_message m = t->key && t->n_lines    ? MN_M_worksheet_key_lines
                        : t->key                ? MN_M_worksheet_key
                        : both                  ? MN_M_worksheet_gaps_lines
                        : t->n_lines            ? MN_M_worksheet_lines
                        : t->wanted == MN__NAME ? MN_M_worksheet_labels
                        : t->wanted == MN__ROLE ? MN_M_worksheet_roles
                                                : MN_M_worksheet_ways;
    return mn__say(sheet, m, MN_ARGS(gaps, lines));
}

static struct mn__scene *exercise_scene(const struct exercise *t) {
    struct mn__scene *s = mn__scene_like(t->scene);
    int *new_index = mn_new0((size_t)t->scene->n + 1, sizeof *new_index);
    for (int i = 0; i < t->scene->n; i++) {
        const struct mn__element *e = &t->scene->elements[i];
        bool frame = i < t->sheet->first_own || i >= t->sheet->end_own;
        new_index[i] = -1;
        if (t->gap_of[i] >= 0 || (t->gap_of[i] == GONE && !t->key))
            continue;
        s->elements = mn_grow(s->elements, &s->cap, (size_t)s->n + 1, sizeof *s->elements);
        new_index[i] = s->n;
        s->elements[s->n++] = bare(e, frame, new_index);
    }
    for (int g = 0; g < t->n_gaps; g++) {
        int within = t->gaps[g].within;
        put_gap(t, &t->gaps[g], within >= 0 ? new_index[within] : -1, s);
    }
    free(new_index);
    s->note = s->description = task(t);
    say_in_subtitle(s, s->note);
    return s;
}

/* ---- lists ---- */

/* The next page of numbered answers, or of lines to write them on; from the k-th. Returns where the
 * following begins. */
static int list_page(const struct exercise *t, const struct mn_model *m, const struct mn_picture *p,
                     int k, struct mn__pages *pages) {
    struct mn_picture request = *p;
    request.paper = t->sheet->paper;
    struct mn__sheet *sheet = mn__sheet_new(m, &request);
    struct mn__scene *s = sheet->scene;
    mn__frame(sheet, t->scene->title, task(t), 0);
    struct mn__rect r = sheet->body;
    double size = fmax(9.5 * sheet->unit, sheet->least_name), pitch = size * (t->key ? 1.6 : 2.4);
    int columns = (int)fmax(1, floor(r.w / (24 * size))), rows = (int)floor(r.h / pitch);
    int all = t->n_gaps + (t->key ? t->n_lines : 0), from = k;
    for (; k < all && k - from < columns * rows; k++) {
        int column = (k - from) / rows, row = (k - from) % rows;
        double w = r.w / columns, x = r.x + column * w, y = r.y + (row + 0.5) * pitch;
        bool gap = k < t->n_gaps;
        const char *number = gap ? mn__number(sheet, k + 1) : "–";
        mn__put_text(s, -1, x + 2.2 * size, y, MN__RIGHT, number, size, true, MN__INK);
        x += 2.8 * size;
        w -= 4 * size;
        if (t->key)
            mn__put_text_in(s, -1, x, y, MN__LEFT, w,
                            gap ? t->gaps[k].answer : t->lines[k - t->n_gaps], size, false,
                            MN__INK);
        else
            mn__put_line(s, (struct mn__point[]){{x, y + size * 0.5}, {x + w, y + size * 0.5}}, 2,
                         (struct mn__look){MN__NO_COLOUR, MN__GREY, 0.7, MN__SOLID, false});
    }
    mn__frame_end(sheet);
    s->note = s->description = task(t);
    mn__pages_add(pages, s);
    sheet->scene = NULL;
    mn__sheet_free(sheet);
    return k;
}

static void add_lists(const struct exercise *t, const struct mn_model *m,
                      const struct mn_picture *p, struct mn__pages *pages) {
    bool narrow = false;
    for (int g = 0; g < t->n_gaps; g++)
        narrow = narrow || !has_room(t, &t->gaps[g]);
    if (!t->key && !narrow)
        return;
    int all = t->n_gaps + (t->key ? t->n_lines : 0);
    for (int k = 0; k < all;)
        k = list_page(t, m, p, k, pages);
}

bool mn__worksheet(const struct mn_model *m, const struct mn_picture *p, struct mn__sheet *sheet,
                   struct mn__pages *pages, struct mn__refusal *refusal) {
    static const unsigned wanted[] = {
        [MN_BLANK_LABELS] = MN__NAME, [MN_BLANK_ROLES] = MN__ROLE, [MN_BLANK_LINES] = MN__WAY};
    struct exercise t = {
        .sheet = sheet, .scene = sheet->scene, .wanted = wanted[p->blank], .key = p->key};
    size_t n = (size_t)sheet->scene->n + 1;
    t.gaps = mn_new0(n, sizeof *t.gaps);
    t.lines = mn_new0(n, sizeof *t.lines);
    t.gap_of = mn_new0(n, sizeof *t.gap_of);
    find_gaps(&t);
    bool ok = t.n_gaps + t.n_lines > 0;
    if (ok) {
        for (int g = 0; g < t.n_gaps; g++)
            widen(&t, g);
        number_gaps(&t);
        mn__pages_add(pages, exercise_scene(&t));
        add_lists(&t, m, p, pages);
    } else {
        mn__refuse(sheet, MN_D_diagram_no_gaps, mn_blank_name(p->blank), NULL, NULL);
        *refusal = sheet->refusal;
    }
    mn__pages_keep(pages, sheet);
    free(t.gaps);
    free(t.lines);
    free(t.gap_of);
    return ok;
}
