/* Packing: for the largest names that fit. Shelves by dynamic programming over the clusters in
 * their order, columns given one at a time to the area that is tallest. */
#include "diagram/pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 64 };

struct packer {
    const struct mn__pack_rules *rules;
    double pitch, column;
};

static int rows_of(int slots, int columns) {
    return (slots + columns - 1) / columns;
}

/* Gives the clusters from … to - 1 of a shelf `columns` together; returns the rows of the highest.
 */
static int share(const struct mn__pack_area *a, int from, int to, int columns, int *given) {
    int left = columns - (to - from);
    for (int i = from; i < to; i++)
        given[i] = 1;
    for (; left > 0; left--) {
        int high = from;
        for (int i = from; i < to; i++)
            if (rows_of(a->clusters[i].slots, given[i]) >
                rows_of(a->clusters[high].slots, given[high]))
                high = i;
        given[high]++;
    }
    int rows = 0;
    for (int i = from; i < to; i++) {
        int r = rows_of(a->clusters[i].slots, given[i]);
        rows = r > rows ? r : rows;
    }
    return rows;
}

static double shelf_height(const struct packer *p, int rows) {
    return p->rules->head + p->rules->foot + rows * p->pitch;
}

/* The least height of the area with so many columns; sets shelf and columns of its clusters. */
static double shelve(const struct packer *p, struct mn__pack_area *a, int columns) {
    int n = a->n;
    int *given = mn_new0((size_t)n + 1, sizeof *given),
        *from = mn_new0((size_t)n + 1, sizeof *from);
    double *best = mn_new0((size_t)n + 1, sizeof *best);
    for (int j = 1; j <= n; j++) {
        best[j] = INFINITY;
        for (int i = j - 1; i >= 0 && j - i <= columns; i--) {
            double h =
                best[i] + (i ? p->rules->gap : 0) + shelf_height(p, share(a, i, j, columns, given));
            if (h <= best[j] - 0.01) {
                best[j] = h;
                from[j] = i;
            }
        }
    }
    double height = best[n] + p->rules->area_head + p->rules->gap;
    a->columns = columns;
    a->shelves = 0;
    for (int j = n; j > 0; j = from[j]) {
        a->shelves++;
        share(a, from[j], j, columns, given);
        for (int i = from[j]; i < j; i++) {
            a->clusters[i].columns = given[i];
            a->clusters[i].shelf = -a->shelves;
        }
    }
    for (int i = 0; i < n; i++)
        a->clusters[i].shelf += a->shelves;
    free(given);
    free(from);
    free(best);
    return height;
}

/* What an area takes besides its columns: the padding of the shelf with most clusters. */
static double side(const struct packer *p, const struct mn__pack_area *a) {
    int most = 0, count = 0;
    for (int i = 0; i < a->n; i++) {
        count = i && a->clusters[i].shelf == a->clusters[i - 1].shelf ? count + 1 : 1;
        most = count > most ? count : most;
    }
    return 2 * p->rules->area_side + most * 2 * p->rules->pad + (most - 1) * p->rules->gap;
}

/* The least height of areas from … to - 1 side by side in `width`; INFINITY when they do not fit.
 */
static double fit_row(const struct packer *p, struct mn__pack_area *areas, int from, int to,
                      double width) {
    int n = to - from;
    double *height = mn_new0((size_t)n, sizeof *height), total = 0;
    for (int i = 0; i < n; i++) {
        height[i] = shelve(p, &areas[from + i], 1);
        total += side(p, &areas[from + i]) + p->column + (i ? p->rules->area_gap : 0);
    }
    double result = INFINITY;
    while (total <= width) {
        int tall = 0;
        for (int i = 1; i < n; i++)
            if (height[i] > height[tall])
                tall = i;
        result = height[tall];
        struct mn__pack_area *a = &areas[from + tall];
        int columns = a->columns;
        double before = side(p, a) + columns * p->column, now = height[tall], after = before;
        while (now >= height[tall] && columns < MOST_COLUMNS) {
            now = shelve(p, a, ++columns);
            after = side(p, a) + columns * p->column;
            if (total - before + after > width)
                break;
        }
        if (now >= height[tall] || total - before + after > width) {
            /* This one cannot shrink: back to the fewest columns that give its height. */
            for (columns = 1; shelve(p, a, columns) > height[tall] + 0.01;)
                columns++;
            break;
        }
        height[tall] = now;
        total += after - before;
    }
    free(height);
    /* No more columns than that height asks for: like areas look alike. */
    for (int i = from; i < to && !isinf(result); i++)
        for (int columns = 1; shelve(p, &areas[i], columns) > result + 0.01;)
            columns++;
    return result;
}

/* Splits the areas into rows; returns the least height, with start[r] and *rows set. */
static double fit(const struct packer *p, struct mn__pack_area *areas, int n, double width,
                  int *start, int *rows) {
    double *best = mn_new0((size_t)n + 1, sizeof *best);
    int *from = mn_new0((size_t)n + 1, sizeof *from);
    for (int j = 1; j <= n; j++) {
        best[j] = INFINITY;
        for (int i = j - 1; i >= 0; i--) {
            double row = fit_row(p, areas, i, j, width);
            if (isinf(row))
                break;
            double h = best[i] + (i ? p->rules->area_gap : 0) + row;
            if (h < best[j] + 0.01) {
                best[j] = h;
                from[j] = i;
            }
        }
    }
    double height = best[n];
    *rows = 0;
    if (!isinf(height)) {
        for (int j = n; j > 0; j = from[j])
            (*rows)++;
        int r = *rows;
        for (int j = n; j > 0; j = from[j])
            start[--r] = from[j];
    }
    free(best);
    free(from);
    return height;
}

/* Places one area's clusters; spare height goes to the rows, up to a half more. */
static void place_area(const struct packer *p, struct mn__pack_area *a) {
    const struct mn__pack_rules *u = p->rules;
    double inner = a->at.w - 2 * u->area_side, rows = 0, fixed = u->area_head + u->gap;
    for (int s = 0; s < a->shelves; s++) {
        int most = 0;
        for (int i = 0; i < a->n; i++)
            if (a->clusters[i].shelf == s) {
                int r = rows_of(a->clusters[i].slots, a->clusters[i].columns);
                most = r > most ? r : most;
            }
        rows += most;
        fixed += u->head + u->foot + (s ? u->gap : 0);
    }
    double pitch = fmin((a->at.h - fixed) / fmax(rows, 1), p->pitch * 1.5);
    a->at.h = fmin(a->at.h, fixed + rows * pitch);
    double y = a->at.y + u->area_head;
    for (int s = 0; s < a->shelves; s++) {
        int count = 0, columns = 0, most = 0;
        for (int i = 0; i < a->n; i++)
            if (a->clusters[i].shelf == s) {
                int r = rows_of(a->clusters[i].slots, a->clusters[i].columns);
                count++;
                columns += a->clusters[i].columns;
                most = r > most ? r : most;
            }
        double column = (inner - count * 2 * u->pad - (count - 1) * u->gap) / columns;
        double x = a->at.x + u->area_side, h = u->head + u->foot + most * pitch;
        /* Every second shelf runs back, so that neighbours in the order are neighbours on paper. */
        for (int k = 0; k < count; k++) {
            int first = 0;
            while (a->clusters[first].shelf != s)
                first++;
            struct mn__pack_cluster *c = &a->clusters[first + (s % 2 ? count - 1 - k : k)];
            c->column = column;
            c->pitch = pitch;
            c->at = (struct mn__rect){x, y, 2 * u->pad + c->columns * column, h};
            x += c->at.w + u->gap;
        }
        y += h + u->gap;
    }
}

static void place(const struct packer *p, struct mn__pack_area *areas, int n, struct mn__rect body,
                  const int *start, int rows, double height) {
    const struct mn__pack_rules *u = p->rules;
    double spare = (body.h - height) / rows, y = body.y;
    for (int r = 0; r < rows; r++) {
        int from = start[r], to = r + 1 < rows ? start[r + 1] : n;
        double h = fit_row(p, areas, from, to, body.w) + spare, used = 0, x = body.x, high = 0;
        int columns = 0;
        for (int i = from; i < to; i++) {
            used += side(p, &areas[i]) + (i > from ? u->area_gap : 0);
            columns += areas[i].columns;
        }
        double column = (body.w - used) / columns;
        for (int i = from; i < to; i++) {
            double w = side(p, &areas[i]) + areas[i].columns * column;
            areas[i].at = (struct mn__rect){x, y, w, h};
            place_area(p, &areas[i]);
            high = fmax(high, areas[i].at.h);
            x += w + u->area_gap;
        }
        for (int i = from; i < to; i++)
            areas[i].at.h = high;
        y += h + u->area_gap;
    }
}

/* The largest size at which the areas fit in at most so many rows; 0 when there is none. */
static double largest(struct mn__pack_area *areas, int n, struct mn__rect body,
                      const struct mn__pack_rules *rules, int most_rows, int *start) {
    for (double f = rules->most; f >= rules->least - 0.001; f -= 0.25) {
        struct packer p = {rules, f * MN__PITCH, f * rules->em + rules->cell};
        int rows = 1;
        double height = most_rows == 1 ? fit_row(&p, areas, 0, n, body.w)
                                       : fit(&p, areas, n, body.w, start, &rows);
        if (height <= body.h && rows <= most_rows)
            return f;
    }
    return 0;
}

bool mn__pack(struct mn__pack_area *areas, int n, struct mn__rect body,
              const struct mn__pack_rules *rules, double *size, int *rows) {
    if (!n)
        return false;
    /* Areas side by side are what people expect: other rows only for much larger names. */
    int *start = mn_new0((size_t)n + 1, sizeof *start);
    double one = largest(areas, n, body, rules, 1, start);
    double any = n > 1 && one < rules->most ? largest(areas, n, body, rules, n, start) : one;
    *size = one >= 0.75 * any ? one : any;
    if (*size > 0) {
        struct packer p = {rules, *size * MN__PITCH, *size * rules->em + rules->cell};
        double height;
        if (*size == one) {
            *rows = 1;
            start[0] = 0;
            height = fit_row(&p, areas, 0, n, body.w);
        } else {
            height = fit(&p, areas, n, body.w, start, rows);
        }
        place(&p, areas, n, body, start, *rows, height);
    }
    free(start);
    return *size > 0;
}
