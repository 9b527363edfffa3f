/* Whether a sheet can be read: measured on the scene. */
#ifndef MN_TESTS_LEGIBLE_H
#define MN_TESTS_LEGIBLE_H

#include "diagram/sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct legible {
    const struct mn__sheet *sheet;
    const char *what; /* the picture, for messages */
    int faults;
};

static void fault(struct legible *l, const char *rule, int a, int b) {
    const struct mn__element *e = &l->sheet->scene->elements[a];
    const struct mn__element *o = b >= 0 ? &l->sheet->scene->elements[b] : e;
    if (l->faults++ < 5)
        fprintf(
            stderr,
            "%s: %s: %d \"%s\" %s (%.1f %.1f %.1f %.1f) and %d \"%s\" %s (%.1f %.1f %.1f %.1f)\n",
            l->what, rule, a, e->text ? e->text : "", e->id ? e->id : "", e->at.x, e->at.y, e->at.w,
            e->at.h, b, o->text ? o->text : "", o->id ? o->id : "", o->at.x, o->at.y, o->at.w,
            o->at.h);
}

static bool apart(struct mn__rect a, struct mn__rect b, double by) {
    return a.x + a.w <= b.x + by || b.x + b.w <= a.x + by || a.y + a.h <= b.y + by ||
           b.y + b.h <= a.y + by;
}

static bool holds(struct mn__rect out, struct mn__rect in, double slack) {
    return in.x >= out.x - slack && in.y >= out.y - slack && in.x + in.w <= out.x + out.w + slack &&
           in.y + in.h <= out.y + out.h + slack;
}

/* Whether the segment enters the rectangle (Liang–Barsky clipping). */
static bool enters(struct mn__point a, struct mn__point b, struct mn__rect r) {
    double t0 = 0, t1 = 1, d[2] = {b.x - a.x, b.y - a.y};
    double low[2] = {r.x - a.x, r.y - a.y}, high[2] = {r.x + r.w - a.x, r.y + r.h - a.y};
    for (int i = 0; i < 2; i++) {
        if (fabs(d[i]) < 1e-9) {
            if (low[i] >= 0 || high[i] <= 0)
                return false;
            continue;
        }
        double s = low[i] / d[i], t = high[i] / d[i];
        t0 = fmax(t0, fmin(s, t));
        t1 = fmin(t1, fmax(s, t));
    }
    return t0 < t1;
}

static struct mn__rect shrunk(struct mn__rect r, double by) {
    return (struct mn__rect){r.x + by, r.y + by, fmax(r.w - 2 * by, 0), fmax(r.h - 2 * by, 0)};
}

static double luminance(uint32_t colour) {
    static const double share[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (colour >> (16 - 8 * i) & 0xFF) / 255.0;
        sum += share[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

/* WCAG 2.1 contrast of a text against the box that it stands in. */
static double contrast(const struct mn__scene *s, const struct mn__element *e) {
    uint32_t ground = MN__WHITE;
    for (int b = e->within; b >= 0; b = s->elements[b].within)
        if (s->elements[b].look.fill != MN__NO_COLOUR) {
            ground = s->elements[b].look.fill;
            break;
        }
    double x = luminance(e->look.line), y = luminance(ground);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void check_text(struct legible *l, int i) {
    const struct mn__scene *s = l->sheet->scene;
    const struct mn__element *e = &s->elements[i];
    struct mn__rect all = {0, 0, s->width, s->height};
    if (!holds(all, e->at, -10))
        fault(l, "text leaves the sheet", i, -1);
    if (e->size < l->sheet->least_text - 0.01)
        fault(l, "text is too small", i, -1);
    if (e->within >= 0 && !holds(s->elements[e->within].at, e->at, 0.5))
        fault(l, "text leaves its box", i, e->within);
    if (contrast(s, e) < 4.5)
        fault(l, "text has too little contrast", i, e->within);
    for (int k = 0; k < i; k++)
        if (s->elements[k].is == MN__TEXT && !apart(e->at, s->elements[k].at, 0.5))
            fault(l, "texts overlap", i, k);
}

static void check_box(struct legible *l, int i) {
    const struct mn__scene *s = l->sheet->scene;
    const struct mn__element *e = &s->elements[i];
    struct mn__rect all = {0, 0, s->width, s->height};
    if (e->icon)
        return;
    if (!holds(all, e->at, 0))
        fault(l, "box leaves the sheet", i, -1);
    if (e->within >= 0 && !holds(s->elements[e->within].at, e->at, 0.6))
        fault(l, "box leaves its box", i, e->within);
    for (int k = 0; k < i; k++) {
        const struct mn__element *o = &s->elements[k];
        if (o->icon || (o->is != MN__BOX && o->is != MN__OVAL))
            continue;
        if (!apart(e->at, o->at, 0.6) && !holds(e->at, o->at, 0.6) && !holds(o->at, e->at, 0.6))
            fault(l, "boxes overlap", i, k);
    }
    for (int k = 0; k < s->n; k++)
        if (s->elements[k].is == MN__TEXT && !apart(e->at, s->elements[k].at, 0.5) &&
            !holds(e->at, s->elements[k].at, 0.5))
            fault(l, "a box's edge runs through a text", i, k);
}

static void check_line(struct legible *l, int i) {
    const struct mn__scene *s = l->sheet->scene;
    const struct mn__element *e = &s->elements[i];
    if (e->icon)
        return;
    for (int k = 0; k < s->n; k++) {
        const struct mn__element *o = &s->elements[k];
        bool text = o->is == MN__TEXT, box = (o->is == MN__BOX || o->is == MN__OVAL) && !o->area;
        /* A mark's tile sits on its line, with its symbol. */
        bool tile = o->icon || (text && o->within >= 0 && s->elements[o->within].icon);
        if (tile || (!text && !box))
            continue;
        for (int p = 1; p < e->n; p++)
            if (enters(e->points[p - 1], e->points[p], shrunk(o->at, text ? 0.8 : 1.6)))
                fault(l, text ? "a line runs through a text" : "a line runs through a box", i, k);
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_ids(struct legible *l) {
    const struct mn__scene *s = l->sheet->scene;
    const char **ids = calloc((size_t)s->n + 1, sizeof *ids);
    int n = 0;
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id)
            ids[n++] = s->elements[i].id;
    qsort(ids, (size_t)n, sizeof *ids, by_text);
    for (int i = 1; i < n; i++)
        if (strcmp(ids[i], ids[i - 1]) == 0) {
            fprintf(stderr, "%s: id twice: %s\n", l->what, ids[i]);
            l->faults++;
        }
    free(ids);
}

/* The number of faults; the first five are told on stderr. */
static int illegible(const struct mn__sheet *sheet, const char *what) {
    struct legible l = {sheet, what, 0};
    for (int i = 0; i < sheet->scene->n; i++) {
        enum mn__shape is = sheet->scene->elements[i].is;
        if (is == MN__TEXT)
            check_text(&l, i);
        else if (is == MN__LINE)
            check_line(&l, i);
        else
            check_box(&l, i);
    }
    check_ids(&l);
    return l.faults;
}

#endif
