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

double mn__small_size(const struct mn__small *s) {
    return fmax(s->size * 0.85, s->sheet->least_text);
}

double mn__small_icon(const struct mn__small *s, const struct mn__item *item) {
    return item->symbol ? s->size * 1.9 : 0;
}

const char *mn__small_sub(const struct mn__small *s, const struct mn__item *item) {
    const char *sub = item->sub ? item->sub : "";
    return item->mark == MN_MARK_NONE
               ? sub
               : mn_arena_printf(s->sheet->scene->arena, "%s%s%s",
                                 mn__mark_word(item->mark, s->sheet->lang), *sub ? " · " : "", sub);
}

static void measure(struct mn__small *s, struct mn__item *item) {
    struct mn_arena *a = s->sheet->scene->arena;
    double most = s->size * (s->down ? 13 : s->tight ? 7 : 9.5), wide = 0, sub = mn__small_size(s);
    item->n_lines = mn__text_wrap(a, mn__text_clean(a, item->name), s->size, true, most,
                                  s->down ? 2 : 3, item->lines);
    for (int i = 0; i < item->n_lines; i++)
        wide = fmax(wide, mn__text_width(item->lines[i], s->size, true));
    const char *line = mn__small_sub(s, item);
    if (*line)
        wide = fmax(wide, fmin(most * 1.2, mn__text_width(line, sub, false)));
    double icon = mn__small_icon(s, item), tile = item->mark ? 16 : 0;
    double high = item->n_lines * s->size * 1.25 + (*line ? sub * 1.3 : 0);
    item->at.w =
        ceil(wide + icon + (icon > 0 ? s->size * 0.6 : 0) + tile + s->size * (s->tight ? 1 : 1.4));
    item->at.h = ceil(fmax(high, icon) + s->size * (s->tight ? 0.7 : 1.1));
}

/* One try, with texts of s->size. *failed: Graphviz could not do it. */
static bool try_place(struct mn__small *s, struct mn__rect room, bool *failed) {
    struct mn__layout l = {.s = s};
    for (int i = 0; i < s->n_items; i++)
        measure(s, &s->items[i]);
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
    double least = sheet->least_name, most = fmax(least, 12 * sheet->unit);
    if (s->n_grounds) { /* their heads and edges */
        double edge = 14 * sheet->unit;
        room = (struct mn__rect){room.x + edge, room.y + 1.5 * edge, room.w - 2 * edge,
                                 room.h - 2.5 * edge};
    }
    for (int tight = 0; tight < 2; tight++)
        for (double size = most; size >= least - 0.01; size -= 0.5) {
            bool failed;
            s->size = size;
            s->tight = tight;
            if (try_place(s, room, &failed))
                return true;
            if (failed)
                return mn__refuse(sheet, MN_D_diagram_failed, NULL, NULL, NULL);
        }
    return false;
}
