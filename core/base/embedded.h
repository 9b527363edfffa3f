/* Files inside the binary: tables made by core/make/embed. */
#ifndef MN_BASE_EMBEDDED_H
#define MN_BASE_EMBEDDED_H

#include <stddef.h>

struct mn_embedded {
    const char *name; /* NULL ends a table */
    const char *text; /* size bytes and a NUL */
    size_t size;
};

/* The Lua library, named as below lua/: "metronet/steps.lua". */
extern const struct mn_embedded mn_library[];

/* The page that a picture is looked at in: "viewer.html" … */
extern const struct mn_embedded mn_viewer[];

/* The page that a runbook is walked on without network: "page.html" … */
extern const struct mn_embedded mn_offline_files[];

/* What `metronet new` begins with: "new/runbook.lua". */
extern const struct mn_embedded mn_templates[];

#endif
