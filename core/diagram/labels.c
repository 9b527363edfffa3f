/* Placing names. */
#include "diagram/labels.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CLOSE = 16,
    ANGLES = 24,
    RINGS = 9,
    FINER = 2, /* for names that find no place at first: so many times the angles and rings */
    MOST = CLOSE + FINER * ANGLES * FINER * RINGS,
    ROUNDS = 4,
    EVICTED = 3,
    DEPTH = 2,
    HOPELESS = 6, /* one in so many without a place */
    FEW = 4,
    STEPS = 400,
    MORE_STEPS = 5000, /* when a few are left */
    INSISTED = 300
};

/* What a label keeps off its own dot, and off all else. */
#define GAP 1.6
#define CLEAR 0.6

struct candidate {
    struct mn__rect at;
    struct mn__segment leader;
    bool led;
};

struct placing {
    struct mn__label *labels;
    int n;
    const struct mn__obstacle *obstacles;
    struct mn__rect area;
    double reach;
    struct mn__space fixed, placed;
    bool *locked; /* labels that may not be sent away just now */
    struct undo {
        int label;
        struct mn__label before;
        bool locked;
    } * undo;
    int n_undo, steps;
    size_t undo_cap;
    struct candidate **candidates; /* of each label: those that no obstacle bars, best first */
    int *count;
};

/* A candidate against what is fixed, or against other labels. */
struct trial {
    const struct placing *p;
    const struct candidate *c;
    int label;
    int hit[EVICTED], n_hit; /* labels in its way */
    bool all_free;           /* none may be */
    bool may_cross;          /* its leader may cross lines */
};

static struct mn__rect bounds(const struct candidate *c) {
    return c->led ? mn__joined(c->at, mn__segment_bounds(c->leader)) : c->at;
}

static struct mn__rect bounds_of(const struct mn__label *l) {
    return l->led ? mn__joined(l->at, mn__segment_bounds(l->leader)) : l->at;
}

static bool meets_obstacle(void *arg, int item) {
    const struct trial *t = arg;
    const struct mn__obstacle *o = &t->p->obstacles[item];
    const struct candidate *c = t->c;
    if (o->line)
        return mn__segment_meets(o->segment, mn__grown(c->at, CLEAR)) ||
               (c->led && o->owner != t->label && !t->may_cross &&
                mn__segments_cross(o->segment, c->leader));
    if (o->owner == t->label)
        return mn__rects_meet(o->rect, c->at, 0);
    return mn__rects_meet(o->rect, c->at, CLEAR) ||
           (c->led && mn__segment_meets(c->leader, mn__grown(o->rect, CLEAR)));
}

static bool labels_meet(const struct mn__label *l, const struct candidate *c) {
    if (mn__rects_meet(l->at, c->at, CLEAR))
        return true;
    if (l->led && mn__segment_meets(l->leader, mn__grown(c->at, CLEAR)))
        return true;
    if (c->led && mn__segment_meets(c->leader, mn__grown(l->at, CLEAR)))
        return true;
    return l->led && c->led && mn__segments_cross(l->leader, c->leader);
}

static bool meets_label(void *arg, int item) {
    struct trial *t = arg;
    const struct mn__label *l = &t->p->labels[item];
    if (item == t->label || !l->placed || !labels_meet(l, t->c))
        return false;
    for (int i = 0; i < t->n_hit; i++)
        if (t->hit[i] == item)
            return false;
    if (t->all_free || t->n_hit == EVICTED || t->p->locked[item] || !t->p->count[item])
        return true;
    t->hit[t->n_hit++] = item;
    return false;
}

static bool is_free(const struct placing *p, int label, const struct candidate *c) {
    struct trial t = {.p = p, .c = c, .label = label, .all_free = true};
    return !mn__space_any(&p->placed, mn__grown(bounds(c), CLEAR), meets_label, &t);
}

struct offers {
    int n, n_crossing;
    struct candidate clean[MOST], crossing[MOST];
};

static void offer(struct placing *p, int label, struct offers *offers, struct mn__rect at,
                  bool led) {
    const struct mn__label *l = &p->labels[label];
    struct mn__point c = mn__middle(l->anchor);
    struct candidate k = {.at = at, .led = led};
    if (at.x < p->area.x || at.y < p->area.y || at.x + at.w > p->area.x + p->area.w ||
        at.y + at.h > p->area.y + p->area.h)
        return;
    if (led) {
        struct mn__point to = {fmin(fmax(c.x, at.x), at.x + at.w),
                               fmin(fmax(c.y, at.y), at.y + at.h)};
        double length = fmax(hypot(to.x - c.x, to.y - c.y), 0.01);
        /* of a large dot off its corners */
        double r = l->anchor.w > 8 ? 0.72 * l->anchor.w : l->anchor.w / 2 + 0.4;
        if (length - r < 2)
            return;
        double dx = (to.x - c.x) / length, dy = (to.y - c.y) / length;
        k.leader =
            (struct mn__segment){{c.x + dx * r, c.y + dy * r}, {to.x - dx * 0.9, to.y - dy * 0.9}};
    }
    struct mn__rect near = mn__grown(bounds(&k), CLEAR);
    struct trial t = {.p = p, .c = &k, .label = label};
    if (!mn__space_any(&p->fixed, near, meets_obstacle, &t)) {
        offers->clean[offers->n++] = k;
        return;
    }
    t.may_cross = true;
    if (led && !mn__space_any(&p->fixed, near, meets_obstacle, &t))
        offers->crossing[offers->n_crossing++] = k;
}

/* Best first: right of the dot, then left, above, below; then round it with a leader; last those
 * whose leaders cross lines. */
static void find_candidates(struct placing *p, int label, int finer) {
    const struct mn__label *l = &p->labels[label];
    struct mn__point c = mn__middle(l->anchor);
    struct offers offers;
    offers.n = offers.n_crossing = p->count[label] = 0;
    double r = l->anchor.w / 2, w = l->w, h = l->h, far = r + GAP, near = r * 0.6 + GAP * 0.6;
    const struct mn__point close[CLOSE] = {
        {far, -h / 2},          {far, -h * 0.75},  {far, -h * 0.25},      {-far - w, -h / 2},
        {near, -near - h},      {near, near},      {-far - w, -h * 0.75}, {-far - w, -h * 0.25},
        {-near - w, -near - h}, {-near - w, near}, {-w / 2, -far - h},    {-w / 2, far},
        {-w * 0.25, -far - h},  {-w * 0.25, far},  {-w * 0.75, -far - h}, {-w * 0.75, far}};
    for (int i = 0; i < CLOSE; i++)
        offer(p, label, &offers, (struct mn__rect){c.x + close[i].x, c.y + close[i].y, w, h},
              false);
    int rings = RINGS * finer, angles = ANGLES * finer;
    for (int ring = 1; ring <= rings; ring++)
        for (int i = 0; i < angles; i++) {
            /* right and left in turn, from the level ones to the steep */
            int steep = i / 2, angle = (steep + 1) / 2 * (steep % 2 ? 1 : -1) + i % 2 * angles / 2;
            double turn = 2 * 3.14159265358979323846 / angles * angle;
            double out = (double)ring / rings, dx = cos(turn), dy = sin(turn);
            double off = r + 3 + (p->reach - 3) * out * (1 + out) / 2; /* wider apart outwards */
            struct mn__rect at = {c.x + dx * (w / 2 + off) - w / 2,
                                  c.y + dy * (h / 2 + off) - h / 2, w, h};
            offer(p, label, &offers, at, true);
        }
    int n = offers.n, all = n + offers.n_crossing;
    free(p->candidates[label]);
    p->candidates[label] = mn_new0((size_t)all + 1, sizeof *p->candidates[label]);
    memcpy(p->candidates[label], offers.clean, (size_t)n * sizeof *offers.clean);
    memcpy(p->candidates[label] + n, offers.crossing, (size_t)(all - n) * sizeof *offers.crossing);
    p->count[label] = all;
}

static void take(struct placing *p, int label, const struct candidate *c) {
    struct mn__label *l = &p->labels[label];
    l->placed = true;
    l->at = c->at;
    l->led = c->led;
    l->leader = c->leader;
    mn__space_add(&p->placed, bounds(c), label);
}

/* The best free candidate, or NULL. */
static const struct candidate *best(const struct placing *p, int label) {
    for (int i = 0; i < p->count[label]; i++)
        if (is_free(p, label, &p->candidates[label][i]))
            return &p->candidates[label][i];
    return NULL;
}

static void remember(struct placing *p, int label) {
    p->undo = mn_grow(p->undo, &p->undo_cap, (size_t)p->n_undo + 1, sizeof *p->undo);
    p->undo[p->n_undo++] = (struct undo){label, p->labels[label], p->locked[label]};
}

static void roll_back(struct placing *p, int to) {
    while (p->n_undo > to) {
        const struct undo *u = &p->undo[--p->n_undo];
        p->labels[u->label] = u->before;
        p->locked[u->label] = u->locked;
        if (u->before.placed)
            mn__space_add(&p->placed, bounds_of(&u->before), u->label);
    }
}

/* Puts the label at c and whatever stands there elsewhere, which may send others away in turn,
 * `depth` times over. When that cannot be, nothing is changed. */
static bool push_in(struct placing *p, int label, const struct candidate *c, int depth) {
    struct trial t = {.p = p, .c = c, .label = label};
    int start = p->n_undo;
    if (p->steps-- <= 0 || mn__space_any(&p->placed, mn__grown(bounds(c), CLEAR), meets_label, &t))
        return false;
    remember(p, label);
    take(p, label, c);
    p->locked[label] = true;
    for (int i = 0; i < t.n_hit; i++) {
        remember(p, t.hit[i]);
        p->labels[t.hit[i]].placed = false;
    }
    for (int i = 0; i < t.n_hit; i++) {
        int other = t.hit[i];
        const struct candidate *free_one = best(p, other);
        bool done = free_one != NULL;
        if (done)
            take(p, other, free_one);
        for (int k = 0; !done && depth > 0 && k < p->count[other]; k++)
            done = push_in(p, other, &p->candidates[other][k], depth - 1);
        if (!done) {
            roll_back(p, start);
            return false;
        }
        p->locked[other] = true;
    }
    return true;
}

static bool settle(struct placing *p, int label, const struct candidate *c, int depth) {
    bool done = push_in(p, label, c, depth);
    p->n_undo = 0;
    memset(p->locked, 0, (size_t)p->n * sizeof *p->locked);
    return done;
}

/* Whoever can stand better now, does. */
static void stand_better(struct placing *p, int label) {
    for (int k = 0; k < p->count[label] && p->labels[label].placed; k++) {
        const struct candidate *c = &p->candidates[label][k];
        if (memcmp(&c->at, &p->labels[label].at, sizeof c->at) == 0)
            return;
        if (is_free(p, label, c)) {
            take(p, label, c);
            return;
        }
    }
}

/* What it costs to send away all that stand where c would be, or `most` if it is not less. */
static long cost_of(const struct placing *p, int label, const struct candidate *c, const long *dear,
                    long most) {
    long cost = 0;
    struct mn__rect all = bounds(c);
    for (int i = 0; i < p->n && cost < most; i++)
        if (i != label && p->labels[i].placed &&
            mn__rects_meet(bounds_of(&p->labels[i]), all, CLEAR) && labels_meet(&p->labels[i], c))
            cost += p->count[i] ? dear[i] : most;
    return cost < most ? cost : most;
}

/* Puts the label where that costs least, and sends away whoever stands there. */
static void force_in(struct placing *p, int label, long *dear) {
    long least = LONG_MAX / 4;
    const struct candidate *at = NULL;
    for (int k = 0; k < p->count[label] && least > 0; k++) {
        long cost = cost_of(p, label, &p->candidates[label][k], dear, least);
        if (cost < least) {
            least = cost;
            at = &p->candidates[label][k];
        }
    }
    for (int i = 0; at && i < p->n; i++)
        if (i != label && p->labels[i].placed && labels_meet(&p->labels[i], at)) {
            p->labels[i].placed = false;
            dear[i]++;
        }
    if (at)
        take(p, label, at);
}

/* Labels without a place take others', which do the same in turn; who was sent away becomes dearer
 * each time (Morris, "The breakout method for escaping from local minima", 1993). Returns how many
 * are without one after so many turns. */
static int insist(struct placing *p) {
    long *dear = mn_new0((size_t)p->n + 1, sizeof *dear);
    int left = 1;
    for (int i = 0; i < p->n; i++)
        dear[i] = 1;
    for (int turn = 0; turn < INSISTED && left; turn++) {
        int next = -1;
        left = 0;
        for (int i = 0; i < p->n; i++)
            if (!p->labels[i].placed) {
                next = next < 0 || dear[i] < dear[next] ? i : next;
                left++;
            }
        if (left)
            force_in(p, next, dear);
    }
    for (int i = 0; i < p->n && !left; i++)
        stand_better(p, i);
    free(dear);
    return left;
}

struct turn {
    int label, choices;
};

static int by_choice(const void *a, const void *b) {
    const struct turn *s = a, *t = b;
    return s->choices != t->choices ? (s->choices > t->choices) - (s->choices < t->choices)
                                    : (s->label > t->label) - (s->label < t->label);
}

static int close_choices(const struct placing *p, int label) {
    int n = 0;
    for (int i = 0; i < p->count[label]; i++)
        n += p->candidates[label][i].led ? 1 : 8;
    return n;
}

static int place(struct placing *p, bool hard) {
    struct turn *turns = mn_new0((size_t)p->n + 1, sizeof *turns);
    int left = 0;
    for (int i = 0; i < p->n; i++)
        turns[i] = (struct turn){i, close_choices(p, i)};
    qsort(turns, (size_t)p->n, sizeof *turns, by_choice);
    for (int i = 0; i < p->n; i++) {
        const struct candidate *c =
            p->labels[turns[i].label].placed ? NULL : best(p, turns[i].label);
        if (c)
            take(p, turns[i].label, c);
    }
    for (int i = 0; i < p->n; i++)
        left += !p->labels[i].placed;
    bool hopeless = left > p->n / HOPELESS + 2;
    if (hard || hopeless) {
        free(turns);
        return hard && left && !hopeless ? insist(p) : left;
    }
    p->steps = left > FEW ? STEPS : MORE_STEPS;
    for (int i = 0; i < p->n; i++)
        if (!p->labels[i].placed)
            find_candidates(p, i, FINER);
    for (int round = 0; round < ROUNDS; round++) {
        left = 0;
        for (int i = 0; i < p->n; i++) {
            int label = turns[i].label;
            for (int k = 0; k < p->count[label] && !p->labels[label].placed; k++)
                settle(p, label, &p->candidates[label][k], DEPTH);
            left += !p->labels[label].placed;
        }
        for (int i = 0; i < p->n; i++)
            stand_better(p, turns[i].label);
        if (!left)
            break;
    }
    free(turns);
    return left;
}

int mn__place_labels(struct mn__label *labels, int n, const struct mn__obstacle *obstacles,
                     int n_obstacles, struct mn__rect area, double reach, bool hard) {
    struct placing p = {
        .labels = labels, .n = n, .obstacles = obstacles, .area = area, .reach = reach};
    p.candidates = mn_new0((size_t)n + 1, sizeof *p.candidates);
    p.count = mn_new0((size_t)n + 1, sizeof *p.count);
    p.locked = mn_new0((size_t)n + 1, sizeof *p.locked);
    mn__space_init(&p.fixed, area, 24);
    mn__space_init(&p.placed, area, 24);
    for (int i = 0; i < n_obstacles; i++)
        mn__space_add(
            &p.fixed,
            obstacles[i].line ? mn__segment_bounds(obstacles[i].segment) : obstacles[i].rect, i);
    for (int i = 0; i < n; i++) {
        if (labels[i].placed)
            mn__space_add(&p.placed, labels[i].at, i);
        else
            find_candidates(&p, i, hard ? FINER : 1);
    }
    int left = place(&p, hard);
    for (int i = 0; i < n; i++)
        free(p.candidates[i]);
    free(p.candidates);
    free(p.count);
    free(p.locked);
    free(p.undo);
    mn__space_fini(&p.fixed);
    mn__space_fini(&p.placed);
    return left;
}
