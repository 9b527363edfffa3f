/* Which picture shows more of what an element stands for. */
#ifndef MN_DIAGRAM_LINK_H
#define MN_DIAGRAM_LINK_H

#include "diagram/sheet.h"

/* Gives a link to each element whose id says that it stands for an area, a site, a service or a
 * node ("area-", "site-", "service-", "node-" and the model's id), if there is such a picture and
 * it is another than this one. The last step of drawing. */
void mn__link_elements(struct mn__sheet *sheet);

#endif
