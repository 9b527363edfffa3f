/* Blocks of small pictures: items in a grid, placed as one. */
#include "diagram/small_layout.h"
#include "diagram/type.h"

#include <math.h>

enum { MOST_ROWS = 256 };

struct grid {
    int n, rows;
    double cell;              /* the width of all */
    double height[MOST_ROWS]; /* of rows */
};

static struct grid measure(const struct mn__small *s, int block) {
    struct grid g = {0, 0, 0, {0}};
    for (int i = 0; i < s->n_items; i++)
        if (s->items[i].block == block + 1) {
            int row = g.n++ / s->items[block].columns;
            if (row >= MOST_ROWS)
                row = MOST_ROWS - 1;
            g.cell = fmax(g.cell, s->items[i].at.w);
            g.height[row] = fmax(g.height[row], s->items[i].at.h);
            g.rows = row + 1;
        }
    return g;
}

double mn__small_gap(const struct mn__small *s, const struct mn__item *block) {
    return ceil(s->size * (block->bare ? 2.4 : 0.8));
}

/* What a block has around its items: at the sides and below, and above them. */
static double edge(const struct mn__small *s, const struct mn__item *block) {
    return block->bare ? mn__small_gap(s, block) / 2 : ceil(s->size * 0.8);
}

static double head(const struct mn__small *s, const struct mn__item *block) {
    return block->bare ? 0 : *block->name ? ceil(s->size * 1.9) : edge(s, block);
}

void mn__small_block(struct mn__small *s, int block) {
    struct mn__item *b = &s->items[block];
    struct grid g = measure(s, block);
    int columns = g.n < b->columns ? g.n : b->columns;
    double gap = mn__small_gap(s, b), sides = 2 * edge(s, b);
    double tile = b->mark ? 16 : 0;
    double name =
        b->bare ? 0 : mn__text_width(b->name, s->size, true) + mn__small_chip(s, b) + tile + sides;
    for (int i = 0, k = 0; i < s->n_items; i++)
        if (s->items[i].block == block + 1) {
            s->items[i].at.w = g.cell;
            s->items[i].at.h = g.height[k++ / b->columns];
        }
    b->at.w = columns * g.cell + (columns - 1) * gap + sides;
    b->at.w = fmax(b->at.w, fmin(name, fmax(b->at.w * 1.6, s->size * 24)));
    b->at.h = head(s, b) + (b->bare ? 0 : edge(s, b)) + (g.rows - 1) * ceil(s->size * 0.8);
    for (int r = 0; r < g.rows; r++)
        b->at.h += g.height[r];
}

struct mn__point mn__small_in_block(const struct mn__small *s, int item) {
    int block = s->items[item].block - 1, number = 0;
    const struct mn__item *b = &s->items[block];
    struct grid g = measure(s, block);
    for (int i = 0; i < item; i++)
        number += s->items[i].block == block + 1;
    int columns = g.n < b->columns ? g.n : b->columns;
    double gap = mn__small_gap(s, b), used = columns * g.cell + (columns - 1) * gap;
    double y = head(s, b) - b->at.h / 2;
    for (int r = 0; r < number / b->columns; r++)
        y += g.height[r] + ceil(s->size * 0.8);
    return (struct mn__point){-used / 2 + g.cell / 2 + number % b->columns * (g.cell + gap),
                              y + g.height[number / b->columns] / 2};
}

void mn__small_within(const struct mn__small *s, int tie, struct mn__route *route) {
    struct mn__rect a = s->items[s->ties[tie].from].at, b = s->items[s->ties[tie].to].at;
    double x = fmax(a.x, b.x) + fmin(a.w, b.w) / 2, y = fmax(a.y, b.y) + fmin(a.h, b.h) / 2;
    double gap = ceil(s->size * 2.4) + 1;
    route->n = 0;
    if (fabs(a.y - b.y) < 1 && fmax(a.x, b.x) - fmin(a.x, b.x) - a.w < gap) {
        bool right = b.x > a.x;
        route->at[route->n++] = (struct mn__point){right ? a.x + a.w : a.x, y};
        route->at[route->n++] = (struct mn__point){right ? b.x : b.x + b.w, y};
    } else if (fabs(a.x - b.x) < 1 && (a.y < b.y ? b.y - a.y - a.h : a.y - b.y - b.h) < gap) {
        bool below = b.y > a.y;
        route->at[route->n++] = (struct mn__point){x, below ? a.y + a.h : a.y};
        route->at[route->n++] = (struct mn__point){x, below ? b.y : b.y + b.h};
    }
}
