/* Documents: Graphviz's SVG made a document that stands alone (page size, names, titles, links,
 * fonts inside), and the scene as data. */
#ifndef MN_DIAGRAM_OUTPUT_H
#define MN_DIAGRAM_OUTPUT_H

#include "base/buf.h"
#include "diagram/scene.h"

/* Adds the <svg> element made of Graphviz's document to out; false when that is not as expected.
 * Links lead to files that end in `suffix`; NULL: there are none. */
bool mn__finish_svg(const struct mn__scene *s, const char *suffix, const char *data, size_t size,
                    struct mn_buf *out);

/* Adds what stands on the sheet and where, as JSON:
 * {"width","height" (points),"title","description","date","lang","elements":[{"is":"box"|"oval"|
 * "text"|"line","at":[x,y,w,h],"within","id","class","title","link","role":"group"|"symbol",
 * "text","size","bold","points","fill","colour","width","dash"}]}. A group only holds others: lines
 * may enter it; "within" is the number of the box that holds the element, or -1. */
bool mn__scene_json(const struct mn__scene *s, struct mn_buf *out);

#endif
