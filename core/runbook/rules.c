/* Decision lists over what can have come before. */
#include "runbook/rules.h"

#include <stdlib.h>
#include <string.h>

/* Steps that one rule names: more are no help on paper. */
enum { MOST_WORDS = 24 };

enum { NOBODY = -2, SEVERAL = -3 };

struct finding {
    size_t n; /* cases that no rule settles yet */
    struct mn__case *cases;
    const bool *told;
    int n_steps;
    int *places; /* of each value of one thing: where all cases that may have it lead */
    struct mn_arena *a;
    struct mn_fold_way *rules;
    size_t n_rules, cap;
};

static int n_values(const struct finding *d, int given) {
    return given == MN_FOLD_CAME ? d->n_steps : MN_FOLD_NOT_ASKED + 1;
}

static bool may_be(const struct mn__case *c, int given, int value) {
    return given == MN_FOLD_CAME ? c->before[value] : c->latest[given] >> value & 1;
}

static void find_places(struct finding *d, int given) {
    for (int v = 0; v < n_values(d, given); v++) {
        d->places[v] = NOBODY;
        for (size_t i = 0; i < d->n; i++)
            if (may_be(&d->cases[i], given, v))
                d->places[v] = d->places[v] == NOBODY || d->places[v] == d->cases[i].to
                                   ? d->cases[i].to
                                   : SEVERAL;
    }
}

/* Whether every value that the case may have leads only to where the case does. */
static bool settles(const struct finding *d, const struct mn__case *c, int given) {
    for (int v = 0; v < n_values(d, given); v++)
        if (may_be(c, given, v) && d->places[v] != c->to)
            return false;
    return true;
}

/* Looking back at one thing to tell who goes to one place, or, of NOBODY, who goes to any. */
struct choice {
    int given, to;
    size_t settled; /* cases */
    int words;      /* values that are named */
};

static struct choice weigh(const struct finding *d, int given, int to) {
    struct choice c = {given, to, 0, 0};
    for (size_t i = 0; i < d->n; i++)
        c.settled += (to == NOBODY || d->cases[i].to == to) && settles(d, &d->cases[i], given);
    for (int v = 0; v < n_values(d, given); v++)
        c.words += to == NOBODY ? d->places[v] > NOBODY : d->places[v] == to;
    return c;
}

static void weigh_all(struct finding *d, int given, bool whole, struct choice *best) {
    find_places(d, given);
    for (size_t i = 0; i < (whole ? 1 : d->n); i++) {
        struct choice c = weigh(d, given, whole ? NOBODY : d->cases[i].to);
        if (c.words > MOST_WORDS || (whole && c.settled < d->n))
            continue;
        if (c.settled > best->settled || (c.settled == best->settled && c.words < best->words))
            *best = c;
    }
}

/* Nothing settled: there is none. What came right before is the easiest to look back at. */
static struct choice choose(struct finding *d, bool whole) {
    struct choice best = {0};
    if (d->cases[0].before)
        weigh_all(d, MN_FOLD_CAME, whole, &best);
    for (int k = 0; k < d->n_steps && !(whole && best.settled && best.given == MN_FOLD_CAME); k++)
        if (d->told[k])
            weigh_all(d, k, whole, &best);
    if (best.settled)
        find_places(d, best.given);
    return best;
}

static void add(struct finding *d, struct mn_fold_way rule) {
    d->rules = mn_grow(d->rules, &d->cap, d->n_rules + 1, sizeof *d->rules);
    d->rules[d->n_rules++] = rule;
}

/* The rule of the places as they stand; its values are no more possible where it did not hold. */
static void add_rule(struct finding *d, int given, int to) {
    struct mn_fold_way rule = {.to = to, .given = given};
    int n = 0, *came = MN_ARENA_ARRAY(d->a, int, (size_t)d->n_steps);
    for (int v = 0; v < n_values(d, given); v++) {
        if (d->places[v] != to)
            continue;
        if (given == MN_FOLD_CAME)
            came[n++] = v;
        else
            rule.answers |= UINT64_C(1) << v;
    }
    rule.came = (struct mn_ints){n, came};
    add(d, rule);
    size_t left = 0;
    for (size_t i = 0; i < d->n; i++) {
        struct mn__case *c = &d->cases[i];
        if (c->to == to && settles(d, c, given))
            continue;
        for (int k = 0; k < n && c->to == to; k++)
            c->before[came[k]] = false;
        if (given != MN_FOLD_CAME && c->to == to)
            c->latest[given] &= ~rule.answers;
        d->cases[left++] = *c;
    }
    d->n = left;
}

/* Each place that the cases left over lead to. */
static void add_rest(struct finding *d, int given) {
    size_t first = d->n_rules;
    for (size_t i = 0; i < d->n; i++) {
        size_t k = first;
        while (k < d->n_rules && d->rules[k].to != d->cases[i].to)
            k++;
        if (k == d->n_rules)
            add(d, (struct mn_fold_way){.to = d->cases[i].to, .given = given});
    }
}

static bool agree(const struct finding *d) {
    for (size_t i = 1; i < d->n; i++)
        if (d->cases[i].to != d->cases[0].to)
            return false;
    return true;
}

size_t mn__find_rules(struct mn__case *cases, size_t n, const bool *told, int n_steps,
                      struct mn_arena *a, struct mn_fold_way **rules) {
    int most = n_steps > MN_FOLD_NOT_ASKED ? n_steps : MN_FOLD_NOT_ASKED + 1;
    struct finding d = {n, cases, told, n_steps, mn_new0((size_t)most, sizeof(int)), a, NULL, 0, 0};
    struct choice one = choose(&d, true);
    while (d.n && one.settled)
        add_rule(&d, one.given, d.cases[0].to);
    while (!one.settled && d.n && !agree(&d)) {
        struct choice next = choose(&d, false);
        if (!next.settled)
            break;
        add_rule(&d, next.given, next.to);
    }
    if (d.n)
        add_rest(&d, agree(&d) ? MN_FOLD_OTHERWISE : MN_FOLD_DEPENDS);
    *rules = mn_arena_copy(a, d.rules, d.n_rules * sizeof *d.rules);
    free(d.rules);
    free(d.places);
    return d.n_rules;
}
