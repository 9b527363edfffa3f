/* What proofs rest on, turned round: for each component the sites that it could take something
 * from. */
#include "analysis/touched.h"

#include "base/mem.h"

#include <stdlib.h>

void mn__touched_init(struct mn__touched *t, const struct mn_model *m) {
    *t = (struct mn__touched){.m = m, .seen = mn_new0((size_t)m->n_components, sizeof(int))};
}

void mn__touched_fini(struct mn__touched *t) {
    free(t->pairs);
    free(t->seen);
}

static void touch(void *arg, int component) {
    struct mn__touched *t = arg;
    const struct mn_component *c = &t->m->components[component];
    if (t->seen[component] == t->site + 1)
        return;
    t->seen[component] = t->site + 1;
    if (c->cls != MN_SERVICE) {
        t->pairs = mn_grow(t->pairs, &t->cap, t->n + 1, sizeof *t->pairs);
        t->pairs[t->n++] = (struct mn__pair){component, t->site};
    }
    for (int i = 0; i < c->groups.n; i++)
        touch(t, t->m->groups[c->groups.at[i]].component);
}

void mn__touched_add(struct mn__touched *t, struct mn_avail *a, int service, int site) {
    t->site = site;
    mn_avail_proof(a, service, site, touch, t);
}

static int compare_pairs(const void *a, const void *b) {
    const struct mn__pair *x = a, *y = b;
    return x->component != y->component ? x->component - y->component : x->site - y->site;
}

void mn__touched_sort(struct mn__touched *t) {
    if (t->n)
        qsort(t->pairs, t->n, sizeof *t->pairs, compare_pairs);
}
