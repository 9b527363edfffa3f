/* Inside script/ only: the Lua library as core/make/embed builds it into the program. */
#ifndef MN_SCRIPT_LIBRARY_H
#define MN_SCRIPT_LIBRARY_H

#include <stddef.h>

struct mn_library_file {
    const char *name; /* "metronet/steps.lua"; NULL ends the array */
    const char *text;
    size_t size;
};

extern const struct mn_library_file mn_library[];

#endif
