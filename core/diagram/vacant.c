/* Finding free room. */
#include "diagram/vacant.h"

#include <math.h>
#include <stdlib.h>

void mn__vacant_init(struct mn__vacant *v, struct mn__rect area, double cell) {
    *v = (struct mn__vacant){.area = area, .cell = cell};
    v->columns = (int)fmax(floor(area.w / cell), 1);
    v->rows = (int)fmax(floor(area.h / cell), 1);
    v->taken = mn_new0((size_t)v->columns * (size_t)v->rows, sizeof *v->taken);
}

void mn__vacant_fini(struct mn__vacant *v) {
    free(v->taken);
    v->taken = NULL;
}

static int within(double i, int n) {
    return i < 0 ? 0 : i > n ? n : (int)i;
}

void mn__vacant_take(struct mn__vacant *v, struct mn__rect r) {
    int x0 = within(floor((r.x - v->area.x) / v->cell), v->columns);
    int x1 = within(ceil((r.x + r.w - v->area.x) / v->cell), v->columns);
    int y0 = within(floor((r.y - v->area.y) / v->cell), v->rows);
    int y1 = within(ceil((r.y + r.h - v->area.y) / v->cell), v->rows);
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            v->taken[y * v->columns + x] = true;
}

static struct mn__rect cut(struct mn__rect r, double aspect) {
    r.w = fmin(r.w, r.h * aspect);
    r.h = fmin(r.h, r.w * aspect);
    return r;
}

struct mn__rect mn__vacant_largest(const struct mn__vacant *v, double aspect) {
    int *height = mn_new0((size_t)v->columns + 1, sizeof *height);
    int *stack = mn_new0((size_t)v->columns + 2, sizeof *stack);
    struct mn__rect best = {0, 0, 0, 0};
    for (int y = 0; y < v->rows; y++) {
        int n = 0;
        for (int x = 0; x < v->columns; x++)
            height[x] = v->taken[y * v->columns + x] ? 0 : height[x] + 1;
        for (int x = 0; x <= v->columns; x++) {
            int h = x < v->columns ? height[x] : 0;
            while (n && height[stack[n - 1]] >= h) {
                int top = height[stack[--n]], left = n ? stack[n - 1] + 1 : 0;
                struct mn__rect r = {v->area.x + left * v->cell,
                                     v->area.y + (y + 1 - top) * v->cell, (x - left) * v->cell,
                                     top * v->cell};
                if (r.w * r.h <= best.w * best.h + 1) /* cut it is no larger */
                    continue;
                struct mn__rect used = cut(r, aspect);
                if (used.w * used.h > best.w * best.h + 1)
                    best = used;
            }
            stack[n++] = x;
        }
    }
    free(height);
    free(stack);
    return best;
}

bool mn__vacant_near(const struct mn__vacant *v, double w, double h, struct mn__point p,
                     struct mn__rect *found) {
    int across = (int)ceil(w / v->cell), down = (int)ceil(h / v->cell), wide = v->columns + 1;
    double nearest = INFINITY;
    if (across > v->columns || down > v->rows)
        return false;
    /* Taken cells above and to the left of each corner. */
    int *sum = mn_new0((size_t)wide * ((size_t)v->rows + 1), sizeof *sum);
    for (int y = 0; y < v->rows; y++)
        for (int x = 0; x < v->columns; x++)
            sum[(y + 1) * wide + x + 1] = sum[y * wide + x + 1] + sum[(y + 1) * wide + x] -
                                          sum[y * wide + x] + v->taken[y * v->columns + x];
    for (int y = 0; y + down <= v->rows; y++)
        for (int x = 0; x + across <= v->columns; x++) {
            int taken = sum[(y + down) * wide + x + across] - sum[y * wide + x + across] -
                        sum[(y + down) * wide + x] + sum[y * wide + x];
            struct mn__rect r = {v->area.x + x * v->cell, v->area.y + y * v->cell, across * v->cell,
                                 down * v->cell};
            double d = hypot(r.x + r.w / 2 - p.x, r.y + r.h / 2 - p.y);
            if (!taken && d < nearest) {
                nearest = d;
                *found = (struct mn__rect){r.x, r.y, w, h};
            }
        }
    free(sum);
    return nearest < INFINITY;
}
