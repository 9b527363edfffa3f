/* What drawing calls of Graphviz: graphs (cgraph, ag…) and their layout and rendering (gvc, gv…).
 * The one gate to it. */
#ifndef MN_DIAGRAM_GRAPHVIZ_LIBRARY_H
#define MN_DIAGRAM_GRAPHVIZ_LIBRARY_H

#include "diagram/libraries.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#define MN__AG(X)                                                                                  \
    X(ag, attr)                                                                                    \
    X(ag, close)                                                                                   \
    X(ag, edge)                                                                                    \
    X(ag, get)                                                                                     \
    X(ag, node)                                                                                    \
    X(ag, open)                                                                                    \
    X(ag, set)                                                                                     \
    X(ag, seterr)                                                                                  \
    X(ag, strdup_html)                                                                             \
    X(ag, strfree)                                                                                 \
    X(ag, subg)                                                                                    \
    X(ag, subnode)                                                                                 \
    X(Ag, directed) /* a kind of graph, not a function */
MN__LIBRARY(ag, MN__AG);

#define MN__GV(X)                                                                                  \
    X(gv, Context)                                                                                 \
    X(gv, FreeLayout)                                                                              \
    X(gv, FreeRenderData)                                                                          \
    X(gv, Layout)                                                                                  \
    X(gv, RenderContext)                                                                           \
    X(gv, RenderData)
MN__LIBRARY(gv, MN__GV);

#endif
