/* What works while something has failed: the one place that decides it.
 *
 * The rules, with S a service, w a site, c a component, n a node:
 *
 * A failure with effect `down` (or a bare component) makes its component *down*. One that `blocks:
 * [S]` *breaks* its component for S only; `degrades: {capacity}` leaves a link that share of its
 * capacity (of several shares the smallest counts; what is not limited stays so unless the share is
 * 0). All else (intermittent, shows, loss, delay) leaves it available: those are symptoms. What
 * happens to a shared-risk group happens to each of its members, and to theirs where a member is a
 * group. "Broken for S" below: down, or blocked for S.
 *
 * *Works(c, S)*: c is not broken for S; if it is a node: some component in `powered_by` works (or
 * there is none listed), and everything in `requires` works. This is what a node needs to carry
 * traffic.
 *
 * *Path(a, b, S)*: from node a to node b over links and nodes that all, both ends too, work for S;
 * every node on it is a or b, lies in the site of a or of b, or is of a transit kind. Links are
 * used both ways. A path may pass a node twice: traffic through a gateway "on a stick" comes back
 * the way it went. From a to a no link is needed.
 *
 * *Usable(h, S)*: h works for S, and everything in its `requires` is usable for S and, if a node,
 * has a path from h (no capacity is asked there, and no gateway).
 *
 * *Available(S, w)*: S and all that it requires, directly or not, are not broken for S; each R in
 * `requires` is available at w by R's own hosts, needs, via and endpoint; and one of the nodes that
 * S's `endpoint` names in w has, for every entry of `hosts`, a path for S to some host of the entry
 * that is usable for S: each link on it has at least `needs` of capacity left, and it passes one of
 * `via`, if given (an end counts as passed). It is one and the same endpoint for all entries. A
 * standby host (`failover`) counts like any other. A site that has none of the named nodes has no
 * S. */
#ifndef MN_ANALYSIS_AVAILABILITY_H
#define MN_ANALYSIS_AVAILABILITY_H

#include "analysis/failure.h"

/* The network with a set of failures. Answers are computed when asked for and remembered until the
 * set changes. Borrows the model. */
struct mn_avail;

struct mn_avail *mn_avail_new(const struct mn_model *m, const struct mn_failure *f, int n);
void mn_avail_free(struct mn_avail *a);

/* Available(service, site), whether or not the site uses it. */
bool mn_available(struct mn_avail *a, int service, int site);

/* Works(component, service); service -1: for none in particular. */
bool mn_works(struct mn_avail *a, int component, int service);

/* Usable(node, service). */
bool mn_usable(struct mn_avail *a, int node, int service);

/* Path(from, to) between nodes for a service with its needs and via, or -1: for none in particular.
 */
bool mn_reach(struct mn_avail *a, int from, int to, int service);

/* The host that serves entry `entry` of the service at the site: the first in the entry that is
 * no standby, else the first standby. NULL when the service is not available there. */
const struct mn_host *mn_serving(struct mn_avail *a, int service, int site, int entry);

/* One more component goes down, for a while: pushes and pops pair up like brackets. */
void mn_avail_push(struct mn_avail *a, int component);
void mn_avail_pop(struct mn_avail *a);

/* Calls `use` with each component that a proof of Available(service, site) rests on (some more than
 * once). The service must be available there. As long as none of these goes down, alone or with a
 * shared-risk group, it stays so. */
void mn_avail_proof(struct mn_avail *a, int service, int site,
                    void (*use)(void *arg, int component), void *arg);

#endif
