/* Paths between two places: the one in use, and the alternative.
 *
 * The path in use is, among the allowed ones (see availability.h), the one that uses the better
 * lines of the sites at its ends (a site's lines in model order: the primary before the backup),
 * then has the fewest links, then the least delay (unknown counts as none), then comes first in
 * model order. The alternative shares as little as possible with it: nodes, links, and shared-risk
 * groups; then the same order.
 *
 * As JSON (metronet path --json):
 *   {"from": ID, "to": ID, "service": ID or null,
 *    "paths": [{"from": NODE, "to": NODE, "in_use": ROUTE or null, "alternative": ROUTE or null,
 *               "shared": [ID …]} …]}
 *   ROUTE = {"components": [NODE, LINK, NODE …], "links": n, "delay_ms": n, "capacity": bit/s or
 * null} Order is from FROM to TO. There is one path, or for a service one for each entry of its
 * `hosts`. capacity null: not limited. shared: what both rest on besides their ends, in model
 * order. */
#ifndef MN_ANALYSIS_PATH_H
#define MN_ANALYSIS_PATH_H

#include "analysis/failure.h"
#include "base/json.h"

struct mn_route {
    int n;                 /* components; 0: there is no such route */
    const int *components; /* node, link, node, … node: indices into the model's components */
    int delay_ms;          /* of the links that say it */
    int64_t capacity;      /* the least on the way, bit/s; -1: not limited */
};

struct mn_path {
    int from, to; /* nodes */
    struct mn_route in_use, alternative;
    struct mn_ints
        shared; /* components: nodes and links between the ends on both, groups that touch both */
};

struct mn_paths {
    struct mn_found from, to;
    int service; /* into services, -1: none */
    int n;
    const struct mn_path *at;
};

/* Finds the paths while `f` has failed (n 0: nothing). A place is a site or a component:
 *  - a site: the device from which it uses its services (the first that works), or any node of a
 *    site that has none;
 *  - a node: itself; a link: either end;
 *  - a service: its hosts, with its needs and its gateway; the other place's endpoint is the
 * service's. NULL with a diagnostic when a place has no nodes (a shared-risk group, an empty site)
 * or both are services. A path that does not exist has in_use.n = 0, and is no failure. The caller
 * frees. */
struct mn_paths *mn_paths_new(const struct mn_model *m, const struct mn_failure *f, int n,
                              struct mn_found from, struct mn_found to, struct mn_diags *d);
void mn_paths_free(struct mn_paths *p);

/* The document above; new reference. */
json_t *mn_paths_json(const struct mn_model *m, const struct mn_paths *p);

/* Appends the route as text, one component a line, at most `width` columns (at least 40):
 *
 *   ( )  26740/pc     Máy tính
 *    |   26740/lan-3  Cáp mạng nội bộ
 *   (x)  26740/cpe    Thiết bị định tuyến
 *
 * `failed` are components (ends of the route or links) to mark with an x, `here` one to mark with a
 * *, or -1. No colour. */
void mn_route_text(const struct mn_model *m, const struct mn_route *r, const int *failed,
                   int n_failed, int here, enum mn_lang lang, int width, struct mn_buf *out);

#endif
