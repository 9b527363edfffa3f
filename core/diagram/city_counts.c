/* What stands below an aggregation point where there is no room for the units' names, as on a
 * slide: how many units of which type, and how many have which mark. */
#include "diagram/city.h"
#include "diagram/type.h"

#include <string.h>

#define SEPARATOR " · "

/* "Phường ×12 · Xã ×5": units by the words that their names share; the rest by name if they are
 * few.
 */
static const char *types_text(struct mn__city *c, const struct mn__cluster *k) {
    const struct mn_model *m = c->sheet->m;
    int count[MN_COUNT(c->net->words)] = {0}, rest = 0, last = -1;
    struct mn_buf b = MN_BUF_INIT;
    for (int i = 0; i < k->n; i++) {
        const char *name = mn__full_name(m->sites[k->units[i]].name, c->sheet->lang), *bare;
        size_t size;
        int word = mn__unit_word(c->net, name, &bare, &size);
        if (word >= 0) {
            count[word]++;
        } else {
            rest++;
            last = k->units[i];
        }
    }
    for (int w = 0; w < c->net->n_words; w++)
        if (count[w])
            mn_buf_printf(&b, "%s%s ×%d", b.size ? SEPARATOR : "", c->net->words[w], count[w]);
    if (rest == 1)
        mn_buf_printf(&b, "%s%s", b.size ? SEPARATOR : "",
                      mn__unit_name(c->net, last, c->sheet->lang));
    else if (rest)
        mn_buf_printf(&b, "%s%d", b.size ? SEPARATOR "+" : "", rest);
    const char *text = mn_arena_strdup(c->net->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

/* The row-th of the rows, which fill a cluster's columns one after another. */
static struct mn__rect row_at(const struct mn__pack_cluster *p, int row, double top) {
    int high = (MN__COUNT_ROWS + p->columns - 1) / p->columns;
    return (struct mn__rect){p->at.x + 8 + row / high * p->column,
                             top + row % high * p->pitch + 1.5, p->column - 6, p->pitch - 3};
}

static void draw_mark(struct mn__city *c, int box, struct mn__rect r, enum mn_mark_as as, int n) {
    struct mn__sheet *sheet = c->sheet;
    uint32_t colour = MN__INK;
    struct mn__look look = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
    look = mn__marked(sheet, as, look, &colour);
    int b = mn__put_box(c->scene, box, r, look);
    double tile = mn__mark_tile(sheet, b, as), room = r.w - tile - 8;
    const char *word = mn__mark_word(as, sheet->lang);
    const char *text = mn_arena_printf(c->net->arena, "%d: %s", n, word);
    if (mn__text_width(text, c->size, false) > room) /* what is in brackets, the legend says */
        text = mn_arena_printf(c->net->arena, "%d: %.*s", n, (int)strcspn(word, "("), word);
    mn__put_text_in(c->scene, b, r.x + tile + 4, r.y + r.h / 2, MN__LEFT, room, text, c->size,
                    false, colour);
}

void mn__draw_counts(struct mn__city *c, int cluster, int box, double top) {
    struct mn__sheet *sheet = c->sheet;
    const struct mn__cluster *k = &c->net->clusters[cluster];
    const struct mn__pack_cluster *p = mn__cluster_at(c, cluster);
    const char *types = types_text(c, k), *rest = strstr(types, SEPARATOR);
    struct mn__rect r = row_at(p, 0, top);
    int count[MN_MARKS] = {0}, row = 0;
    if (rest && mn__text_width(types, c->size, false) > r.w) { /* the first in a row of its own */
        const char *first = mn_arena_strndup(c->net->arena, types, (size_t)(rest - types));
        mn__put_text_in(c->scene, box, r.x + r.w / 2, r.y + r.h / 2, MN__CENTRE, r.w, first,
                        c->size, false, MN__INK);
        types = rest + strlen(SEPARATOR);
        r = row_at(p, ++row, top);
    }
    mn__put_text_in(c->scene, box, r.x + r.w / 2, r.y + r.h / 2, MN__CENTRE, r.w, types, c->size,
                    false, MN__INK);
    for (int i = 0; i < k->n; i++)
        count[mn__site_mark(sheet, k->units[i])]++;
    for (int as = MN_MARKS - 1; as > MN_MARK_NONE && row + 1 < MN__COUNT_ROWS; as--)
        if (count[as])
            draw_mark(c, box, row_at(p, ++row, top), (enum mn_mark_as)as, count[as]);
    mn__key_chip(sheet, (struct mn__look){MN__WHITE, MN__WHITE, 0, MN__SOLID, false}, "(n)",
                 mn_msg(MN_M_key_counted, sheet->lang));
}
