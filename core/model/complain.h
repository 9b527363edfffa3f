/* The room's way to the diagnostics: each problem once, and not without end. */
#ifndef MN_MODEL_COMPLAIN_H
#define MN_MODEL_COMPLAIN_H

#include "base/diag.h"

/* A blueprint's mistake shows in every site that uses it, but is one mistake. */
struct mn__complaints {
    struct mn_diags *diags;
    struct mn__said {
        enum mn_code code;
        struct mn_loc loc;
    } * said;
    size_t n, cap;
};

void mn__complaints_fini(struct mn__complaints *c);

/* Adds the diagnostic unless it was added for that place before, or there are too many. True when
 * it was added, so that notes may follow. */
bool mn__complain(struct mn__complaints *c, enum mn_code code, struct mn_loc loc,
                  const char *const *args);

#endif
