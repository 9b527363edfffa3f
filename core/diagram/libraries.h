/* How a foreign library's functions are listed, so that they can be called without being linked.
 *
 * A list has a row X(prefix, name) for each; from it come a table of pointers with the types of the
 * library's own header, and the names to look up. A call reads as in the library's documentation,
 * with an arrow where the prefix ends: cairo_arc(pen, …) is mn__cairo->arc(pen, …). The tables
 * are filled by mn_diagram_open (diagram.h); before, nothing may be called. */
#ifndef MN_DIAGRAM_LIBRARIES_H
#define MN_DIAGRAM_LIBRARIES_H

#define MN__POINTER(prefix, name) __typeof__(prefix##name) *name;

/* The table of a list: mn__ID, which only the opening writes. */
#define MN__LIBRARY(id, LIST)                                                                      \
    struct mn__##id {                                                                              \
        LIST(MN__POINTER)                                                                          \
    };                                                                                             \
    extern const struct mn__##id *const mn__##id

#endif
