/* The lines of the city's sheet: rings through headers and lanes at the areas' sides, channels
 * between bands, arcs over the top. A line that would cross another becomes a code at both its
 * ends. */
#include "diagram/city_links.h"
#include "diagram/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct mn__look mn__ring_look(const struct mn__city *c) {
    return (struct mn__look){MN__NO_COLOUR, 0x1F4E79, 1.8 * fmin(c->sheet->unit, 1.2), MN__SOLID,
                             false};
}

static struct mn__look core_look(const struct mn__city *c) {
    return (struct mn__look){MN__NO_COLOUR, MN__CORE_COLOUR, 3 * fmin(c->sheet->unit, 1.2),
                             MN__SOLID, false};
}

static struct mn__look centre_look(const struct mn__city *c) {
    return (struct mn__look){MN__NO_COLOUR, MN__CENTRE_COLOUR, 2.2 * fmin(c->sheet->unit, 1.2),
                             MN__SOLID, false};
}

static const char *box_code(const struct mn__city *c, int box) {
    return box < c->net->n_uppers ? c->net->uppers[box].code
                                  : c->net->clusters[box - c->net->n_uppers].code;
}

/* The strongest mark of the links that a bundle stands for. */
enum mn_mark_as mn__bundle_mark(const struct mn__city *c, int a, int b) {
    const struct mn_model *m = c->sheet->m;
    enum mn_mark_as as = MN_MARK_NONE;
    int n = 0, cut = 0;
    if (!c->sheet->marked)
        return as;
    for (int i = 0; i < m->n_links; i++) {
        int end[2];
        for (int k = 0; k < 2; k++) {
            int node = m->links[i].end[k];
            end[k] = c->net->box[node] >= 0 ? c->net->box[node]
                     : c->net->cluster_of_point[node] >= 0
                         ? c->net->n_uppers + c->net->cluster_of_point[node]
                         : -1;
        }
        unsigned char mark = c->sheet->component_marks[m->links[i].component];
        if ((end[0] != a || end[1] != b) && (end[0] != b || end[1] != a))
            continue;
        n++;
        cut += mark == MN_MARK_CUT_OFF;
        if (mark > as)
            as = (enum mn_mark_as)mark;
    }
    if (as == MN_MARK_CUT_OFF && cut < n) { /* the others still carry */
        as = MN_MARK_LOST;
        c->sheet->used_marks[as] = true;
    }
    return as;
}

static void extra_code(struct mn_buf *b, const char *code) {
    mn_buf_puts(b, b->size ? ", " : "↔ ");
    mn_buf_puts(b, code);
}

/* No line: each end says the other's code. */
void mn__note_extra(struct mn__city *c, int a, int b) {
    for (int k = 0; k < 2; k++) {
        int here = k ? b : a, there = k ? a : b;
        if (here < c->net->n_uppers)
            extra_code(&c->uppers[here].extra, box_code(c, there));
        else
            extra_code(&c->extra[here - c->net->n_uppers], box_code(c, there));
    }
}

/* A line with the mark of its bundle, what it is as a tip, and its symbol on `at`. */
void mn__draw_bundle(struct mn__city *c, int a, int b, const struct mn__point *p, int n,
                     struct mn__look look, struct mn__point at) {
    const struct mn__net *net = c->net;
    enum mn_mark_as as = mn__bundle_mark(c, a, b);
    int line = mn__put_line(c->scene, p, n, mn__marked_line(c->sheet, as, look));
    for (int i = 0; i < net->n_bundles; i++)
        if (net->bundles[i].a == (a < b ? a : b) && net->bundles[i].b == (a < b ? b : a)) {
            const struct mn__bundle *k = &net->bundles[i];
            const struct mn_component *link = &net->m->components[net->m->links[k->link].component];
            char capacity[24] = "";
            if (k->capacity > 0)
                mn_capacity_text(k->capacity, capacity);
            mn__put_name(c->scene, line, mn_arena_printf(net->arena, "link-%s", link->id), "link",
                         mn_arena_printf(net->arena, "%s – %s%s%s", box_code(c, k->a),
                                         box_code(c, k->b), *capacity ? " · " : "", capacity));
            mn__put_parts(c->scene, line, MN__WAY, c->scene->elements[line].tip);
        }
    bool straight = n == 2 && p[0].y == p[1].y;
    mn__mark_line(c->sheet, as, at, straight ? fabs(p[1].x - p[0].x) : 12);
}

/* A piece of a line that is told of elsewhere. */
void mn__put_piece(struct mn__city *c, const struct mn__point *p, int n, struct mn__look look) {
    mn__put_parts(c->scene, mn__put_line(c->scene, p, n, look), MN__WAY, "");
}

bool mn__has_bundle(const struct mn__city *c, int a, int b) {
    for (int i = 0; i < c->net->n_bundles; i++)
        if (c->net->bundles[i].a == (a < b ? a : b) && c->net->bundles[i].b == (a < b ? b : a))
            return true;
    return false;
}

int mn__top_arcs(const struct mn__city *c) {
    int arcs = 0;
    for (int i = 0; i < c->n_row[0]; i++)
        for (int k = i + 2; k < c->n_row[0]; k++)
            arcs += mn__has_bundle(c, c->row[0][i], c->row[0][k]);
    int n = c->n_row[1];
    bool over = n > 2 && c->n_row[0] && mn__has_bundle(c, c->row[1][0], c->row[1][n - 1]);
    return (arcs > 4 ? 4 : arcs) + (over ? 1 : 0);
}

double mn__channel_height(const struct mn__city *c, bool lower) {
    const struct mn__net *net = c->net;
    int n = 0;
    for (int i = 0; i < net->n_bundles; i++) {
        const struct mn__bundle *b = &net->bundles[i];
        bool a_upper = b->a < net->n_uppers, b_upper = b->b < net->n_uppers;
        if (lower)
            n += a_upper && !b_upper;
        else
            n += a_upper && b_upper && net->uppers[b->a].place != net->uppers[b->b].place;
    }
    return (14 + 4 * (n > 5 ? 5 : n)) * c->sheet->unit;
}

/* The box to the right of one that is not the last. */
static int next_in_row(const struct mn__city *c, int r, int upper) {
    int i = 0;
    while (c->row[r][i] != upper)
        i++;
    return c->row[r][i + 1];
}

/* Rows of boxes: neighbours by a straight line, others by arcs over the row as far as these nest.
 */
static void row_links(struct mn__city *c, int r, struct mn__look look) {
    double u = c->sheet->unit;
    int n = c->n_row[r], n_spans = 0;
    struct mn__span *spans = mn_new0((size_t)(n * n) + 1, sizeof *spans);
    struct mn__pair *pairs = mn_new0((size_t)(n * n) + 1, sizeof *pairs);
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++) {
            int a = c->row[r][i], b = c->row[r][k];
            const struct mn__rect *ra = &c->uppers[a].at, *rb = &c->uppers[b].at;
            if (!mn__has_bundle(c, a, b))
                continue;
            if (k == i + 1) {
                double y = c->uppers[a].line_y;
                mn__draw_bundle(c, a, b, (struct mn__point[]){{ra->x + ra->w, y}, {rb->x, y}}, 2,
                                look, (struct mn__point){(ra->x + ra->w + rb->x) / 2, y});
            } else if (r == 1 && c->n_row[0] && i == 0 && k == n - 1) {
                /* Round everything above. */
                double y = c->uppers[a].line_y, top = c->sheet->body.y + 3;
                double left = c->sheet->body.x + 5, right = left + c->sheet->body.w - 10;
                struct mn__point p[] = {{ra->x, y},   {left, y},  {left, top},
                                        {right, top}, {right, y}, {rb->x + rb->w, y}};
                mn__draw_bundle(c, a, b, p, 6, look, (struct mn__point){left, (y + top) / 2});
            } else if (r == 0 || !c->n_row[0]) {
                pairs[n_spans] = (struct mn__pair){a, b};
                spans[n_spans++] =
                    (struct mn__span){i + 0.1 * (k - i) / n, k - 0.1 * (k - i) / n, 0};
            } else {
                mn__note_extra(c, a, b);
            }
        }
    mn__lanes(spans, n_spans);
    for (int i = 0; i < n_spans; i++) {
        int a = pairs[i].a, b = pairs[i].b;
        if (spans[i].depth == 0 || spans[i].depth > 4) {
            mn__note_extra(c, a, b);
            continue;
        }
        const struct mn__rect *ra = &c->uppers[a].at, *rb = &c->uppers[b].at;
        double xa = ra->x + ra->w / 2 + 8 * spans[i].depth,
               xb = rb->x + rb->w / 2 - 8 * spans[i].depth;
        double y = c->top.y - 1 - 6 * u * (spans[i].depth - 0.5);
        if (r == 1)
            y = c->middle.y - 5 * spans[i].depth;
        struct mn__point p[] = {{xa, ra->y}, {xa, y}, {xb, y}, {xb, rb->y}};
        /* A mark stands clear of the boxes below: on the way up, or where there is a gap. */
        const struct mn__rect *low = ra->y > rb->y ? ra : rb;
        struct mn__point at = {low == ra ? xa : xb, (y + low->y) / 2};
        if (low->y - y < 16)
            at = (struct mn__point){(ra->x + ra->w + c->uppers[next_in_row(c, r, a)].at.x) / 2, y};
        mn__draw_bundle(c, a, b, p, 4, look, at);
    }
    free(spans);
    free(pairs);
}

static int by_x(const void *a, const void *b) {
    const struct mn__uplink *p = a, *q = b;
    return (p->x > q->x) - (p->x < q->x);
}

/* Where each box stands from left to right in its row. */
static int rank_of(const struct mn__city *c, int upper) {
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < c->n_row[r]; i++)
            if (c->row[r][i] == upper)
                return i;
    return 0;
}

/* Lines that leave downwards get ports along the box's lower edge, in the order of where they go.
 */
static void channel(struct mn__city *c, struct mn__uplink *up, int n, double low_y, double high_y,
                    const int *low_box) {
    double *low = mn_new0((size_t)n + 1, sizeof *low), *high = mn_new0((size_t)n + 1, sizeof *high);
    int *level = mn_new0((size_t)n + 1, sizeof *level);
    for (int i = 0; i < n;) {
        int k = i;
        while (k < n && up[k].upper == up[i].upper)
            k++;
        const struct mn__rect *at = &c->uppers[up[i].upper].at;
        double step = fmin(at->w / (k - i + 1), 26 * c->sheet->unit);
        for (int j = i; j < k; j++) {
            high[j] = at->x + at->w / 2 + step * (j - i - (k - i - 1) / 2.0);
            low[j] = up[j].x;
            if (fabs(high[j] - low[j]) < 2 && low_box)
                low[j] = high[j];
        }
        i = k;
    }
    int levels = mn__channel(low, high, n, level);
    for (int i = 0; i < n; i++) {
        double y = low_y - (low_y - high_y) * (level[i] + 1.0) / (levels + 1);
        const struct mn__rect *at = &c->uppers[up[i].upper].at;
        int other = low_box ? low_box[i] : c->net->n_uppers + up[i].cluster;
        struct mn__point p[] = {
            {low[i], low_y}, {low[i], y}, {high[i], y}, {high[i], at->y + at->h}};
        if (low_box || up[i].cluster >= 0)
            mn__draw_bundle(c, up[i].upper, other, p, 4, up[i].look,
                            (struct mn__point){high[i], (y + at->y + at->h) / 2});
        else
            mn__put_piece(c, p, 4, up[i].look);
    }
    free(low);
    free(high);
    free(level);
}

/* Keeps the lines that do not cross, in order; the others become codes. Returns how many are kept.
 */
static int keep_uncrossed(struct mn__city *c, struct mn__uplink *up, int n, int *low_box) {
    struct mn__pair *pairs = mn_new0((size_t)n + 1, sizeof *pairs);
    bool *keep = mn_new0((size_t)n + 1, sizeof *keep);
    int kept = 0;
    for (int i = 0; i < n; i++)
        pairs[i] = (struct mn__pair){i, rank_of(c, up[i].upper)};
    mn__uncrossed(pairs, n, keep);
    for (int i = 0; i < n; i++) {
        if (!keep[i]) {
            if (low_box || up[i].cluster >= 0)
                mn__note_extra(c, up[i].upper,
                               low_box ? low_box[i] : c->net->n_uppers + up[i].cluster);
            continue;
        }
        if (low_box)
            low_box[kept] = low_box[i];
        up[kept++] = up[i];
    }
    free(pairs);
    free(keep);
    return kept;
}

/* Lines between the boxes above and the core. */
static void upper_links(struct mn__city *c) {
    const struct mn__net *net = c->net;
    struct mn__uplink *up = mn_new0((size_t)net->n_bundles + 1, sizeof *up);
    int *low_box = mn_new0((size_t)net->n_bundles + 1, sizeof *low_box), n = 0;
    for (int r = 0; r < c->n_row[1]; r++)
        for (int t = 0; t < c->n_row[0]; t++)
            if (mn__has_bundle(c, c->row[1][r], c->row[0][t])) {
                up[n] = (struct mn__uplink){.upper = c->row[0][t], .look = centre_look(c)};
                low_box[n++] = c->row[1][r];
            }
    n = keep_uncrossed(c, up, n, low_box);
    for (int i = 0; i < n;) { /* ports along the core box's upper edge */
        int k = i;
        while (k < n && low_box[k] == low_box[i])
            k++;
        const struct mn__rect *at = &c->uppers[low_box[i]].at;
        double step = fmin(at->w / (k - i + 1), 26 * c->sheet->unit);
        for (int j = i; j < k; j++)
            up[j].x = at->x + at->w / 2 + step * (j - i - (k - i - 1) / 2.0);
        i = k;
    }
    channel(c, up, n, c->middle.y, c->top.y + c->top.h, low_box);
    free(up);
    free(low_box);
}

void mn__draw_links(struct mn__city *c) {
    const struct mn__net *net = c->net;
    struct mn__sheet *sheet = c->sheet;
    size_t most = (size_t)net->n_bundles + (size_t)net->n_clusters + 1;
    struct mn__uplink *up = mn_new0(most, sizeof *up);
    int n_up = 0;
    mn__city_layer(c, MN__CITY_TOP);
    row_links(c, 0, centre_look(c));
    mn__city_layer(c, MN__CITY_CORE);
    row_links(c, 1, core_look(c));
    upper_links(c);
    mn__city_layer(c, MN__CITY_POINTS);
    for (int a = 0; a < c->n_areas; a++)
        mn__area_links(c, a, up, &n_up);
    qsort(up, (size_t)n_up, sizeof *up, by_x);
    n_up = keep_uncrossed(c, up, n_up, NULL);
    double above = c->core ? c->middle.y + c->middle.h : c->top.y + c->top.h;
    channel(c, up, n_up, c->body.y, above, NULL);
    free(up);
    /* Links between points of different areas, and from points to what stands higher than the core.
     */
    for (int i = 0; i < net->n_bundles; i++) {
        const struct mn__bundle *b = &net->bundles[i];
        if (b->a >= net->n_uppers &&
            net->clusters[b->a - net->n_uppers].area != net->clusters[b->b - net->n_uppers].area)
            mn__note_extra(c, b->a, b->b);
    }
    if (c->n_row[1] > 1)
        mn__key_line(sheet, core_look(c), mn_msg(MN_M_key_core, sheet->lang));
    if (c->n_row[0] > 0 && c->only == -2)
        mn__key_line(sheet, centre_look(c), mn_msg(MN_M_key_centre, sheet->lang));
    mn__key_line(sheet, mn__ring_look(c), mn_msg(MN_M_key_ring, sheet->lang));
}
