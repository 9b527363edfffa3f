/* An office on paper: along the top what is outside and the network, from left to right; below in

 * frames side by side the groups that the network feeds, each an indented list. */
#include "diagram/office_layout.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 6 };

/* What is around and between: the head of a frame, its edge, between boxes. */
static double head(const struct mn__office_layout *p) {
    return mn__em(p, 1.8);
}
static double edge(const struct mn__office_layout *p) {
    return mn__em(p, 0.7);
}
static double between(const struct mn__office_layout *p) {
    return mn__em(p, 0.45) + p->more;
}

static struct mn__item *item_of(const struct mn__office_layout *p, int node) {
    return &p->s->items[p->item[node]];
}

/* Breaks an item's texts so that it is no wider than that. */
static void measure(struct mn__office_layout *p, struct mn__item *item, double width) {
    double icon = mn__small_icon(p->s, item);
    double other = icon + (icon > 0 ? mn__em(p, 0.6) : 0) + (item->mark ? 16 : 0) + mn__em(p, 1);
    item->wide = fmax((floor(width) - other) / p->s->size, 1);
    mn__small_measure(p->s, item);
    if (item->at.w > floor(width)) { /* second lines may be a fifth wider */
        item->wide /= 1.2;
        mn__small_measure(p->s, item);
    }
}

/* The same, and a name in two lines no wider than it must be. */
static void measure_closely(struct mn__office_layout *p, struct mn__item *item, double width) {
    double before;
    measure(p, item, width);
    if (item->n_lines != 2 || item->n_subs > 1)
        return;
    do {
        before = item->at.w;
        measure(p, item, before - 1);
    } while (item->n_lines == 2 && item->n_subs <= 1 && item->at.w < before);
    measure(p, item, before);
}

/* ---- the upper part ---- */

static int target_of(const struct mn__office_layout *p, int outside) {
    for (int i = 0; i < p->s->n_ties; i++)
        if (p->s->ties[i].from == outside)
            return p->node[p->s->ties[i].to];
    return -1;
}

/* A device's first child stands beside it, each other one in a row of its own. What is outside
 * stands beside where its line comes in, else in a row of its own below. */
static bool find_rows(struct mn__office_layout *p) {
    const struct mn__office *o = p->o;
    for (int i = 0; i < o->n; i++) {
        int node = o->nodes[i], parent = o->parent[node];
        bool first = parent >= 0;
        if (o->group[node] != 0)
            continue;
        for (int k = 0; k < i && first; k++)
            first = o->group[o->nodes[k]] != 0 || o->parent[o->nodes[k]] != parent;
        p->row[p->item[node]] = first ? p->row[p->item[parent]] : p->rows++;
        p->depth = o->depth[node] > p->depth ? o->depth[node] : p->depth;
        if (p->rows > MN__MOST_ROWS - MN__MOST_OUTSIDE || p->depth > MN__MOST_DEPTH)
            return false;
    }
    for (int i = 0; i < p->s->n_items; i++) {
        if (p->node[i] >= 0)
            continue;
        int target = target_of(p, i);
        if (p->n_outside == MN__MOST_OUTSIDE || target < 0 || o->group[target] != 0)
            return false;
        bool beside = o->depth[target] == 1;
        for (int k = 0; k < p->n_outside && beside; k++)
            beside = p->row[p->outside[k]] != p->row[p->item[target]];
        p->row[i] = beside ? p->row[p->item[target]] : p->rows++;
        p->outside[p->n_outside++] = i;
    }
    return true;
}

static double widest_label(const struct mn__office_layout *p) {
    double w = 0;
    for (int i = 0; i < p->s->n_ties; i++)
        if (p->node[p->s->ties[i].from] < 0)
            w = fmax(w, mn__text_width(p->s->ties[i].label, mn__small_size(p->s), false));
    return fmin(w, mn__em(p, 12));
}

/* How wide the network is without its gaps, when no device is wider than that; breaks its texts.
 * Infinite: names would be broken too often. */
static double columns_width(struct mn__office_layout *p, double most) {
    const struct mn__office *o = p->o;
    double all = 0;
    for (int d = 1; d <= p->depth; d++)
        p->column_w[d] = 0;
    for (int i = 0; i < o->n; i++) {
        struct mn__item *item = item_of(p, o->nodes[i]);
        double *w = &p->column_w[o->depth[o->nodes[i]]];
        if (o->group[o->nodes[i]] != 0)
            continue;
        measure_closely(p, item, fmin(most, mn__em(p, 17)));
        if (item->n_lines > 2 && p->s->size > p->s->sheet->least_name)
            return INFINITY; /* smaller texts look better than narrow boxes */
        *w = fmax(*w, item->at.w);
    }
    for (int d = 1; d <= p->depth; d++)
        all += p->column_w[d];
    return all;
}

/* Where the columns of the upper part stand; column 0 is outside. */
static bool find_columns(struct mn__office_layout *p) {
    static const double shares[] = {1.6, 1.4, 1.3, 1.2, 1.1, 1};
    double x = p->room.x, least = mn__em(p, 2.2), all = INFINITY;
    for (int i = 0; i < p->n_outside; i++) {
        measure_closely(p, &p->s->items[p->outside[i]], fmin(p->room.w * 0.17, mn__em(p, 17)));
        p->column_w[0] = fmax(p->column_w[0], p->s->items[p->outside[i]].at.w);
    }
    p->column_x[0] = x;
    if (p->n_outside)
        x += p->column_w[0] + fmax(widest_label(p) + mn__em(p, 1.2) + 6, mn__em(p, 3));
    p->network = (struct mn__rect){x, p->room.y, p->room.x + p->room.w - x, 0};
    double inner = p->network.w - 2 * mn__em(p, 1), gaps = (p->depth - 1) * least;
    double most = (inner - gaps) / p->depth;
    if (most < mn__em(p, 9))
        return false;
    for (size_t i = 0; i < MN_COUNT(shares) && all + gaps > inner; i++)
        all = columns_width(p, most * shares[i]);
    if (all + gaps > inner)
        return false;
    double gap = p->depth > 1 ? (inner - all) / (p->depth - 1) : 0;
    p->column_x[1] = p->network.x + mn__em(p, 1) + (p->depth > 1 ? 0 : (inner - all) / 2);
    for (int d = 2; d <= p->depth; d++)
        p->column_x[d] = p->column_x[d - 1] + p->column_w[d - 1] + gap;
    return true;
}

static double upper_height(struct mn__office_layout *p) {
    double h = 0;
    memset(p->row_h, 0, sizeof p->row_h);
    for (int i = 0; i < p->s->n_items; i++)
        if (p->row[i] >= 0)
            p->row_h[p->row[i]] = fmax(p->row_h[p->row[i]], p->s->items[i].at.h);
    for (int r = 0; r < p->rows; r++)
        h += p->row_h[r] + (r ? between(p) : 0);
    return p->rows ? head(p) + h + edge(p) : 0;
}

/* ---- the frames ---- */

int mn__office_feeder(const struct mn__office_layout *p, int group) {
    for (int i = 0; i < p->n_feeders; i++)
        if (p->feeders[i] == p->o->groups[group].feeder)
            return i;
    return p->n_feeders;
}

/* Those that feed groups, from left to right: their lines then do not cross. */
static void find_feeders(struct mn__office_layout *p) {
    const struct mn__office *o = p->o;
    for (int d = 1; d <= p->depth; d++)
        for (int i = 0; i < o->n; i++) {
            bool feeds = false;
            for (int g = 1; g < o->n_groups; g++)
                feeds = feeds || o->groups[g].feeder == o->nodes[i];
            if (feeds && o->depth[o->nodes[i]] == d)
                p->feeders[p->n_feeders++] = o->nodes[i];
        }
}

static double lanes_height(const struct mn__office_layout *p) {
    return p->rows ? p->n_feeders * MN__TRACK + mn__em(p, 0.7) + 2 * p->more : 0;
}

static int depth_in_group(const struct mn__office *o, int node) {
    int depth = 0;
    while (o->parent[node] >= 0 && o->group[o->parent[node]] == o->group[node]) {
        node = o->parent[node];
        depth++;
    }
    return depth;
}

static double frame_width(const struct mn__office_layout *p, int columns) {
    return fmin((p->room.w - (columns - 1) * mn__em(p, 1)) / columns, mn__em(p, 34));
}

/* How high a frame is; breaks the texts of what is in it. Infinite: it is too narrow. */
static double frame_height(struct mn__office_layout *p, int group, double width) {
    const struct mn__office *o = p->o;
    double h = head(p);
    int n = 0;
    for (int i = 0; i < o->n; i++) {
        if (o->group[o->nodes[i]] != group)
            continue;
        struct mn__item *item = item_of(p, o->nodes[i]);
        double w = width - mn__office_before(p) - edge(p) -
                   depth_in_group(o, o->nodes[i]) * mn__office_indent(p);
        if (w < mn__em(p, 10))
            return INFINITY;
        measure(p, item, w);
        item->at.w = floor(w);
        h += item->at.h + (n++ ? between(p) : 0);
    }
    return h + edge(p);
}

/* Groups of one feeder come one after the other. */
static void order_groups(struct mn__office_layout *p) {
    for (int f = 0; f <= p->n_feeders; f++)
        for (int use = 0; use < MN__USES; use++)
            for (int g = 1; g < p->o->n_groups; g++)
                if (mn__office_feeder(p, g) == f && (int)p->o->groups[g].use == use)
                    p->order[p->n_order++] = g;
}

/* Shares the groups out among that many columns: from one each, the two lowest neighbours of one
 * feeder go together. Returns how high the highest becomes; infinite: it cannot be done. */
static double fill_columns(struct mn__office_layout *p, int columns) {
    double heights[MN__MOST_GROUPS], width = frame_width(p, columns), highest = 0;
    int n = p->n_order;
    for (int i = 0; i < n; i++) {
        p->column[i] = i;
        heights[i] = frame_height(p, p->order[i], width);
    }
    while (n > columns) {
        int best = -1;
        for (int i = 1; i < p->n_order; i++) {
            int a = p->column[i - 1], b = p->column[i];
            if (a != b &&
                mn__office_feeder(p, p->order[i - 1]) == mn__office_feeder(p, p->order[i]) &&
                (best < 0 || heights[a] + heights[b] < heights[best] + heights[best + 1]))
                best = a;
        }
        if (best < 0)
            return INFINITY;
        heights[best] += heights[best + 1] + mn__em(p, 1);
        for (int k = best + 1; k + 1 < n; k++)
            heights[k] = heights[k + 1];
        for (int i = 0; i < p->n_order; i++)
            p->column[i] -= p->column[i] > best;
        n--;
    }
    for (int k = 0; k < n; k++)
        highest = fmax(highest, heights[k]);
    p->n_columns = columns;
    return highest;
}

static double frames_height(struct mn__office_layout *p) {
    int most = p->n_order < MOST_COLUMNS ? p->n_order : MOST_COLUMNS, best = 0;
    double lowest = INFINITY;
    for (int columns = most; columns > 0; columns--) {
        double h = fill_columns(p, columns);
        if (h < lowest) {
            lowest = h;
            best = columns;
        }
    }
    return best ? fill_columns(p, best) : INFINITY;
}

/* ---- coming to stand ---- */

static void settle_upper(struct mn__office_layout *p, double height) {
    double y[MN__MOST_ROWS], at = p->room.y + head(p);
    for (int r = 0; r < p->rows; r++) {
        y[r] = at;
        at += p->row_h[r] + between(p);
    }
    p->network.h = height;
    for (int i = 0; i < p->s->n_items; i++) {
        struct mn__item *item = &p->s->items[i];
        if (p->row[i] < 0)
            continue;
        item->rank = p->node[i] < 0 ? 0 : p->o->depth[p->node[i]];
        item->at.x = round(p->column_x[item->rank]);
        if (!item->rank)
            item->at.w = p->column_w[0];
        item->at.y = y[p->row[i]] + (p->row_h[p->row[i]] - item->at.h) / 2;
    }
}

static void add_ground(struct mn__office_layout *p, int group, struct mn__rect at) {
    static const uint32_t colours[MN__USES] = {
        [MN__USE_NETWORK] = 0x1F4E79, [MN__USE_SEPARATE] = 0x8A2F62, [MN__USE_WORK] = 0x00795A,
        [MN__USE_COUNTER] = 0x8F5F00, [MN__USE_MEETING] = 0x5A4BA8,  [MN__USE_OTHER] = MN__DIM};
    struct mn__sheet *sheet = p->s->sheet;
    enum mn__office_use use = p->o->groups[group].use;
    const char *id = mn_arena_printf(sheet->scene->arena, "group-%d", group);
    int g = mn__small_ground(p->s, mn__office_name(sheet, p->o, group), id, colours[use]);
    struct mn__ground *ground = &p->s->grounds[g];
    double left = group ? mn__office_before(p) : mn__em(p, 1);
    ground->at = at;
    ground->name_x = at.x + left;
    ground->name_room = at.w - left - edge(p);
    for (int i = 0; i < p->o->n; i++)
        if (p->o->group[p->o->nodes[i]] == group)
            item_of(p, p->o->nodes[i])->frame = g;
}

/* A frame ends with the column, the last one at the bottom. */
static void settle_frames(struct mn__office_layout *p, double top, double bottom) {
    double width = frame_width(p, p->n_columns), y = top;
    for (int i = 0; i < p->n_order; i++) {
        double x = p->room.x + p->column[i] * (width + mn__em(p, 1));
        bool last = i + 1 == p->n_order || p->column[i + 1] != p->column[i];
        double h = frame_height(p, p->order[i], width), at = y + head(p);
        for (int k = 0; k < p->o->n; k++) {
            int node = p->o->nodes[k];
            struct mn__item *item = item_of(p, node);
            if (p->o->group[node] != p->order[i])
                continue;
            item->rank = p->o->depth[node];
            item->at.x =
                round(x + mn__office_before(p) + depth_in_group(p->o, node) * mn__office_indent(p));
            item->at.y = round(at);
            at += item->at.h + between(p);
        }
        add_ground(p, p->order[i], (struct mn__rect){x, y, width, last ? bottom - y : h});
        y = last ? top : y + h + mn__em(p, 1);
    }
}

/* ---- all ---- */

static void start(struct mn__office_layout *p) {
    size_t n = (size_t)p->s->n_items + 1;
    p->node = mn_new0(n, sizeof *p->node);
    p->row = mn_new0(n, sizeof *p->row);
    memset(p->node, -1, n * sizeof *p->node);
    memset(p->row, -1, n * sizeof *p->row);
    for (int i = 0; i < p->o->n; i++)
        p->node[p->item[p->o->nodes[i]]] = p->o->nodes[i];
    p->s->down = false;
    p->s->tight = true;
    p->s->widest = 1;
    p->s->n_grounds = 0;
    p->s->room = p->room;
}

/* Spare height is shared out among the gaps, as far as what belongs together stays together. */
static void share_out(struct mn__office_layout *p, double spare) {
    int gaps = p->rows ? p->rows + 1 : 0, most = 1;
    for (int c = 0; c < p->n_columns; c++) {
        int n = 0;
        for (int i = 0; i < p->n_order; i++)
            for (int k = 0; k < p->o->n && p->column[i] == c; k++)
                n += p->o->group[p->o->nodes[k]] == p->order[i];
        most = n > most ? n : most;
    }
    p->more = fmin(fmax(spare, 0) / (gaps + most), mn__em(p, 1.5));
}

static void settle(struct mn__office_layout *p, double frames) {
    double upper = upper_height(p), lanes = p->room.y + upper, top = lanes + lanes_height(p);
    settle_upper(p, upper);
    if (p->depth)
        add_ground(p, 0, p->network);
    settle_frames(p, top, top + frames);
    mn__office_lines(p, lanes + mn__em(p, 0.35) + MN__TRACK / 2 + p->more);
}

bool mn__office_place(struct mn__small *s, const struct mn__office *o, const int *item,
                      struct mn__rect room) {
    struct mn__office_layout p = {.s = s, .o = o, .item = item, .room = room};
    start(&p);
    bool ok = find_rows(&p) && (!p.depth || find_columns(&p));
    if (ok) {
        find_feeders(&p);
        order_groups(&p);
        double frames = frames_height(&p), need = upper_height(&p) + lanes_height(&p) + frames;
        ok = need <= room.h;
        if (ok) {
            share_out(&p, room.h - need);
            settle(&p, fill_columns(&p, p.n_columns));
        }
    }
    free(p.node);
    free(p.row);
    return ok;
}
