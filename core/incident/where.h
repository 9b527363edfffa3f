/* Where the component of an incident lies: the way to it as text, and as a picture. */
#ifndef MN_INCIDENT_WHERE_H
#define MN_INCIDENT_WHERE_H

#include "base/buf.h"
#include "model/model.h"
#include "runbook/runbook.h"

/* Adds the route from the subject's site to a service that it uses, one component a line in at most
 * `width` columns, the failed one marked x and `here` (a component, or -1) marked *. True when the
 * route is the one in reserve: the failed component is not on the one in use. Nothing is added when
 * the subject has no site or there is no route. */
bool mn_where_text(const struct mn_model *m, struct mn_subject subject, int here, enum mn_lang lang,
                   int width, struct mn_buf *out);

/* Adds the picture as SVG, the failed component marked. False with a diagnostic. */
bool mn_where_picture(const struct mn_model *m, struct mn_subject subject, enum mn_lang lang,
                      struct mn_buf *svg, struct mn_diags *d);

#endif
