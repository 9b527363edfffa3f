/* Chance for property tests, the same for the same seed; and what went wrong, printed. */
#ifndef MN_TESTS_CHANCE_H
#define MN_TESTS_CHANCE_H

#include "base/diag.h"

#include <stdio.h>

static unsigned seed;

/* A number from 0 to n - 1. */
static unsigned draw(unsigned n) {
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % n;
}

static inline void tell(struct mn_diags *d) {
    mn_diags_sort(d);
    for (size_t i = 0; i < mn_diags_count(d); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_diags_render(d, i, MN_EN, false, &b);
        fputs(mn_buf_text(&b), stderr);
        mn_buf_fini(&b);
    }
}

#endif
