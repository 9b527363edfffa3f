/* What Graphviz gets wrong in its output, put right: page size, names, titles, dates, font weight.
 */
#ifndef MN_DIAGRAM_OUTPUT_H
#define MN_DIAGRAM_OUTPUT_H

#include "base/buf.h"
#include "diagram/scene.h"

/* Each adds the document made of Graphviz's to out; false when that is not as expected. */
bool mn__finish_svg(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out);
bool mn__finish_pdf(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out);

#endif
