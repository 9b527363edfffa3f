/* What drawing calls of cairo. The one gate to it. */
#ifndef MN_DIAGRAM_CAIRO_LIBRARY_H
#define MN_DIAGRAM_CAIRO_LIBRARY_H

#include "diagram/libraries.h"

#include <cairo-pdf.h>
#include <cairo.h>

#define MN__CAIRO(X)                                                                               \
    X(cairo_, arc)                                                                                 \
    X(cairo_, close_path)                                                                          \
    X(cairo_, create)                                                                              \
    X(cairo_, curve_to)                                                                            \
    X(cairo_, destroy)                                                                             \
    X(cairo_, fill_preserve)                                                                       \
    X(cairo_, image_surface_create)                                                                \
    X(cairo_, line_to)                                                                             \
    X(cairo_, move_to)                                                                             \
    X(cairo_, new_path)                                                                            \
    X(cairo_, paint)                                                                               \
    X(cairo_, pdf_surface_add_outline)                                                             \
    X(cairo_, pdf_surface_create_for_stream)                                                       \
    X(cairo_, pdf_surface_set_metadata)                                                            \
    X(cairo_, pdf_surface_set_size)                                                                \
    X(cairo_, rectangle)                                                                           \
    X(cairo_, restore)                                                                             \
    X(cairo_, save)                                                                                \
    X(cairo_, scale)                                                                               \
    X(cairo_, set_dash)                                                                            \
    X(cairo_, set_line_width)                                                                      \
    X(cairo_, set_source_rgb)                                                                      \
    X(cairo_, show_page)                                                                           \
    X(cairo_, status)                                                                              \
    X(cairo_, stroke)                                                                              \
    X(cairo_, surface_create_for_rectangle)                                                        \
    X(cairo_, surface_destroy)                                                                     \
    X(cairo_, surface_finish)                                                                      \
    X(cairo_, surface_status)                                                                      \
    X(cairo_, surface_write_to_png_stream)                                                         \
    X(cairo_, tag_begin)                                                                           \
    X(cairo_, tag_end)                                                                             \
    X(cairo_, translate)
MN__LIBRARY(cairo, MN__CAIRO);

#endif
