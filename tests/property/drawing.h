/* For tests that draw in their own process, as otherwise only a worker does. */
#ifndef MN_TESTS_DRAWING_H
#define MN_TESTS_DRAWING_H

#include "diagram/diagram.h"

/* To be called before; the setup of a group of tests. 0, or not when a library is missing. */
static int open_libraries(void **state) {
    struct mn_diags *d = mn_diags_new();
    bool ok = mn_diagram_open(d);
    (void)state;
    mn_diags_free(d);
    return ok ? 0 : -1;
}

#endif
