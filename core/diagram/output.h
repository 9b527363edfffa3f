/* Documents: Graphviz's SVG made a document that stands alone (page size, names, titles, links,
 * fonts inside), and the scene as data. */
#ifndef MN_DIAGRAM_OUTPUT_H
#define MN_DIAGRAM_OUTPUT_H

#include "base/buf.h"
#include "diagram/scene.h"

/* Adds the document made of Graphviz's to out; false when that is not as expected. Where the scene
 * has links they lead to files of the same format. */
bool mn__finish_svg(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out);

/* The same as an element of an HTML page that has the sheet's title and description itself. */
bool mn__finish_inline_svg(const struct mn__scene *s, const char *data, size_t size,
                           struct mn_buf *out);

/* Adds a page in which the sheet can be moved, enlarged and searched. It holds all that it needs.
 */
bool mn__finish_page(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out);

/* Adds what stands on the sheet and where, as JSON:
 * {"width","height" (points),"title","description","date","lang","elements":[{"is":"box"|"oval"|
 * "text"|"line","at":[x,y,w,h],"within","id","class","title","link","role":"group"|"symbol",
 * "text","size","bold","points","fill","colour","width","dash"}]}. A group only holds others: lines
 * may enter it; "within" is the number of the box that holds the element, or -1. */
bool mn__scene_json(const struct mn__scene *s, struct mn_buf *out);

#endif
