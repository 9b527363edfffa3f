/* What is inside a site: which nodes only give power, how far each is from the outside, what
 * carries what, which services run where. */
#ifndef MN_DIAGRAM_INSIDE_H
#define MN_DIAGRAM_INSIDE_H

#include "diagram/sheet.h"

/* Whether a node of the site carries no traffic and powers others there. */
bool mn__only_power(const struct mn_model *m, int site, int node);

/* Sets distance[] of each node that is drawn (item[] not -1): 0 outside the site, then link by
 * link; -1 where no link leads. With nothing outside it starts at the first node that carries
 * traffic. */
void mn__inside_distances(const struct mn_model *m, int site, const int *item, int *distance);

/* Whether a machine is powered by others that carry traffic themselves: a virtual one. */
bool mn__is_carried(const struct mn_model *m, int node);

/* The short names of the services that run on a node or pass it, their number when there are many,
 * or "". */
const char *mn__services_on(struct mn__sheet *sheet, int node);

/* The failover of a node as a host of some service, else its own; after_s -1: it is no standby. */
struct mn_failover mn__node_failover(const struct mn_model *m, int node);

/* "Chuyển mạch lõi ×2, Tường lửa": the short names of components, the same ones counted. */
const char *mn__counted_names(struct mn__sheet *sheet, const int *components, int n);

/* Whether services run on nodes of the site. */
bool mn__hosts_services(const struct mn_model *m, int site);

#endif
