/* The boxes and lines of a scene on a cairo page, as its SVG shows them. Texts are not its
 * business.
 */
#ifndef MN_DIAGRAM_PAINT_H
#define MN_DIAGRAM_PAINT_H

#include "diagram/cairo_library.h"
#include "diagram/scene.h"

/* Paints in the scene's points. The pen's colour, path and dashes are left changed. */
void mn__paint_shapes(const struct mn__scene *s, cairo_t *pen);

#endif
