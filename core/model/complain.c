/* Each problem once, and not without end. */
#include "model/complain.h"

#include "base/mem.h"
#include "model/limits.h"

#include <stdio.h>
#include <stdlib.h>

void mn__complaints_fini(struct mn__complaints *c) {
    free(c->said);
    c->said = NULL;
    c->n = c->cap = 0;
}

static bool same_place(struct mn_loc a, struct mn_loc b) {
    return a.source == b.source && a.line == b.line && a.col == b.col;
}

bool mn__complain(struct mn__complaints *c, enum mn_code code, struct mn_loc loc,
                  const char *const *args) {
    if (c->n > MN__MAX_DIAGS)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        if (c->said[i].code == code && same_place(c->said[i].loc, loc))
            return false;
    }
    c->said = mn_grow(c->said, &c->cap, c->n + 1, sizeof *c->said);
    c->said[c->n++] = (struct mn__said){code, loc};
    if (c->n > MN__MAX_DIAGS) {
        char text[16];
        snprintf(text, sizeof text, "%d", MN__MAX_DIAGS);
        mn_diag(c->diags, MN_D_too_many_problems, MN_NOWHERE, MN_ARGS(text));
        return false;
    }
    mn_diag(c->diags, code, loc, args);
    return true;
}
