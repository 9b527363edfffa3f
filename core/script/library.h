/* The Lua library inside the binary: lua/metronet, one entry a file. */
#ifndef MN_SCRIPT_LIBRARY_H
#define MN_SCRIPT_LIBRARY_H

#include <stddef.h>

struct mn_library_file {
    const char *name; /* "metronet/steps.lua" */
    const char *text;
    size_t size;
};

/* Ended by a NULL name. Made by core/make/embed. */
extern const struct mn_library_file mn_library[];

#endif
