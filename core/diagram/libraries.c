/* Opening the libraries that draw: with the first picture, since most commands draw none.
 *
 * Linked they would be loaded at each start, with 21 others that they need, which makes a start
 * twice as long. They are opened before the worker is forked, once for all pictures that follow. */
#include "diagram/libraries.h"

#include "base/mem.h"
#include "diagram/cairo_library.h"
#include "diagram/diagram.h"
#include "diagram/font_libraries.h"
#include "diagram/graphviz_library.h"

#include <assert.h>
#include <dlfcn.h>
#include <sonames.h> /* made by core/make/sonames */
#include <string.h>

struct library {
    const char *soname;  /* that of the build, whose header tells the types */
    const char *package; /* Debian's */
    const char *const *names;
    size_t n;
    void *table; /* as many pointers, in the order of the names */
};

/* The tables are this process's own, written once, like those that the dynamic linker fills for a
 * library that is linked. */
#define MN__NAME(prefix, name) #prefix #name,
#define TABLE(id, LIST)                                                                            \
    static struct mn__##id id;                                                                     \
    const struct mn__##id *const mn__##id = &id;                                                   \
    static const char *const id##_names[] = {LIST(MN__NAME)};                                      \
    static_assert(sizeof id == MN_COUNT(id##_names) * sizeof(void *), "pointers only")

TABLE(fc, MN__FC);
TABLE(hb, MN__HB);
TABLE(hb_subset, MN__HB_SUBSET);
TABLE(cairo, MN__CAIRO);
TABLE(ag, MN__AG);
TABLE(gv, MN__GV);

#define LIBRARY(id, soname, package)                                                               \
    { soname, package, id##_names, MN_COUNT(id##_names), &id }

/* What others need comes first, so that the one that is missing is named. */
static const struct library libraries[] = {
    LIBRARY(fc, MN_SONAME_fontconfig, "libfontconfig1"),
    LIBRARY(hb, MN_SONAME_harfbuzz, "libharfbuzz0b"),
    LIBRARY(hb_subset, MN_SONAME_harfbuzz_subset, "libharfbuzz-subset0"),
    LIBRARY(cairo, MN_SONAME_cairo, "libcairo2"),
    LIBRARY(ag, MN_SONAME_cgraph, "libcgraph6"),
    LIBRARY(gv, MN_SONAME_gvc, "libgvc6"),
};

/* It is never closed: what Graphviz has loaded in turn could not be closed with it. */
static bool open_library(const struct library *l) {
    void *handle = dlopen(l->soname, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; handle && i < l->n; i++) {
        void *address = dlsym(handle, l->names[i]);
        if (!address)
            return false;
        memcpy((char *)l->table + i * sizeof address, &address, sizeof address);
    }
    return handle != NULL;
}

bool mn_diagram_open(struct mn_diags *d) {
    static bool open;
    for (size_t i = 0; !open && i < MN_COUNT(libraries); i++)
        if (!open_library(&libraries[i])) {
            const char *reason = dlerror(); /* names the file, and the function if that is it */
            mn_diag(d, MN_D_diagram_library, MN_NOWHERE,
                    MN_ARGS(libraries[i].soname, libraries[i].package, reason ? reason : "dlsym"));
            return false;
        }
    open = true;
    return true;
}
