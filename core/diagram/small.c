/* What a small picture is made of, how large its boxes are, and with how large texts it fits. */
#include "diagram/small_layout.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void *push(void **array, int *n, size_t *cap, const void *item, size_t size) {
    *array = mn_grow(*array, cap, (size_t)*n + 1, size);
    char *at = (char *)*array + (size_t)*n * size;
    memcpy(at, item, size);
    (*n)++;
    return at;
}

int mn__small_item(struct mn__small *s, struct mn__item item) {
    push((void **)&s->items, &s->n_items, &s->cap_items, &item, sizeof item);
    return s->n_items - 1;
}

int mn__small_tie(struct mn__small *s, struct mn__tie tie) {
    if (!tie.label)
        tie.label = "";
    push((void **)&s->ties, &s->n_ties, &s->cap_ties, &tie, sizeof tie);
    return s->n_ties - 1;
}

int mn__small_ground(struct mn__small *s, const char *name, const char *id, uint32_t colour) {
    struct mn__ground ground = {.name = name, .id = id, .colour = colour};
    push((void **)&s->grounds, &s->n_grounds, &s->cap_grounds, &ground, sizeof ground);
    return s->n_grounds - 1;
}

void mn__small_fini(struct mn__small *s) {
    free(s->items);
    free(s->ties);
    free(s->grounds);
    free(s->routes);
}

int mn__small_frame(const struct mn__small *s, int item) {
    return s->items[s->items[item].block ? s->items[item].block - 1 : item].frame;
}

double mn__small_size(const struct mn__small *s) {
    return fmax(s->size * 0.85, s->sheet->least_text);
}

double mn__small_icon(const struct mn__small *s, const struct mn__item *item) {
    return item->symbol ? s->size * 1.9 : 0;
}

double mn__small_chip(const struct mn__small *s, const struct mn__item *item) {
    return item->chip ? mn__text_width(item->chip, mn__small_size(s), true) + s->size : 0;
}

const char *mn__small_sub(const struct mn__small *s, const struct mn__item *item) {
    const char *sub = item->sub ? item->sub : "";
    return item->mark == MN_MARK_NONE
               ? sub
               : mn_arena_printf(s->sheet->scene->arena, "%s%s%s",
                                 mn__mark_word(item->mark, s->sheet->lang), *sub ? " · " : "", sub);
}

double mn__small_high(const struct mn__small *s, const struct mn__item *item) {
    int second = (item->one_line ? 0 : item->n_subs) + item->n_notes;
    return item->n_lines * s->size * 1.25 + second * mn__small_size(s) * 1.3;
}

bool mn__small_alone(const struct mn__item *item) {
    return item->block == 0;
}

static double widest(const char *const *lines, int n, double size, bool bold) {
    double wide = 0;
    for (int i = 0; i < n; i++)
        wide = fmax(wide, mn__text_width(lines[i], size, bold));
    return wide;
}

/* A second text of several parts breaks between them where that will do. */
static int wrap_sub(struct mn_arena *a, const char *text, double size, double most,
                    const char *lines[2]) {
    text = mn__text_clean(a, text);
    const char *dot = strstr(text, " · ");
    if (dot && mn__text_width(text, size, false) > most) {
        const char *first = mn_arena_strndup(a, text, (size_t)(dot - text));
        const char *rest = dot + strlen(" · ");
        if (mn__text_width(first, size, false) <= most &&
            mn__text_width(rest, size, false) <= most) {
            lines[0] = first;
            lines[1] = rest;
            return 2;
        }
    }
    return mn__text_wrap(a, text, size, false, most, 2, lines);
}

void mn__small_measure(struct mn__small *s, struct mn__item *item) {
    struct mn_arena *a = s->sheet->scene->arena;
    double most = s->size * (s->widest > 0 ? s->widest : s->down ? 13 : s->tight ? 7 : 9.5);
    most *= item->wide > 0 ? item->wide : 1;
    double sub = mn__small_size(s), icon = mn__small_icon(s, item), tile = item->mark ? 16 : 0;
    item->n_lines = mn__text_wrap(a, mn__text_clean(a, item->name), s->size, true, most,
                                  s->down && !(s->widest > 0) ? 2 : 3, item->lines);
    item->n_subs = wrap_sub(a, mn__small_sub(s, item), sub, most * 1.2, item->subs);
    item->n_notes = mn__text_wrap(a, mn__text_clean(a, item->note ? item->note : ""), sub, false,
                                  most * 1.2, MN_COUNT(item->notes), item->notes);
    double wide = widest(item->lines, item->n_lines, s->size, true);
    double second = widest(item->subs, item->n_subs, sub, false);
    item->one_line =
        item->beside && item->n_lines == 1 && item->n_subs == 1 && wide + s->size + second <= most;
    wide = item->one_line ? wide + s->size + second : fmax(wide, second);
    wide = fmax(wide, widest(item->notes, item->n_notes, sub, false));
    double high = mn__small_high(s, item);
    item->at.w = ceil(wide + icon + (icon > 0 ? s->size * 0.6 : 0) + tile +
                      s->size * (s->tight ? 1 : 1.4) + mn__small_chip(s, item));
    item->at.h = ceil(fmax(high, icon) + s->size * (s->tight ? 0.7 : 1.1));
}

/* One try, with texts of s->size. *failed: Graphviz could not do it. */
static bool try_place(struct mn__small *s, struct mn__rect room, bool *failed) {
    struct mn__layout l = {.s = s};
    for (int i = 0; i < s->n_items; i++)
        if (!s->items[i].columns)
            mn__small_measure(s, &s->items[i]);
    for (int i = 0; i < s->n_items; i++)
        if (s->items[i].columns)
            mn__small_block(s, i);
    bool ok = mn__small_lay(&l);
    *failed = !ok;
    if (ok) {
        mn__small_ports(&l);
        mn__small_ranks(&l);
        ok = s->down ? l.length <= room.h && l.breadth <= room.w
                     : l.length <= room.w && l.breadth <= room.h;
    }
    if (ok) {
        mn__small_settle(&l, room);
        mn__small_grounds(s, room);
    }
    free(l.nodes);
    free(l.pieces);
    return ok;
}

bool mn__small_place(struct mn__small *s, struct mn__rect room) {
    struct mn__sheet *sheet = s->sheet;
    double least = sheet->least_name;
    double most = fmax(least, s->most_size > 0 ? s->most_size : 12 * sheet->unit);
    s->room = room;
    if (s->n_grounds) { /* their heads and edges */
        double edge = 14 * sheet->unit;
        room = (struct mn__rect){room.x + edge, room.y + 1.5 * edge, room.w - 2 * edge,
                                 room.h - 2.5 * edge};
    }
    /* Half points from the least up, spacious; before them the same, tight. A larger one that fits
     * has all smaller ones fit, near enough: so the largest is found by halving. */
    int steps = (int)floor((most - least) * 2 + 0.01) + 1, low = -1, high = 2 * steps, tried = -1;
    for (int step = 0; high - low > 1; step = (low + high) / 2) {
        bool failed, fits;
        s->tight = step < steps;
        s->size = least + step % steps * 0.5;
        fits = try_place(s, room, &failed);
        tried = step;
        if (failed)
            return mn__refuse(sheet, MN_D_diagram_failed, NULL, NULL, NULL);
        if (fits)
            low = step;
        else if (step == 0)
            return false;
        else
            high = step;
    }
    if (tried != low) {
        bool failed;
        s->tight = low < steps;
        s->size = least + low % steps * 0.5;
        return try_place(s, room, &failed);
    }
    return true;
}
