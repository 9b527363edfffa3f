/* Single points of failure, and how they differ between two models: which is weaker, and where.
 *
 * A component (node, link or shared-risk group) is a *weak point* of a site for a service when it
 * alone going down takes the service from the site, which uses it. */
#ifndef MN_ANALYSIS_WEAK_H
#define MN_ANALYSIS_WEAK_H

#include "base/mem.h"
#include "model/model.h"

struct mn_weak {
    int component, site, service;
};

/* All of a model's, sorted by component, site, service. Pure; cannot fail. The caller frees. */
struct mn_weaks {
    size_t n, cap;
    struct mn_weak *at;
    unsigned char
        *available; /* of site × service: used there, and available while nothing failed */
};
void mn_weaks_find(const struct mn_model *m, struct mn_weaks *weaks);
void mn_weaks_fini(struct mn_weaks *weaks);

/* What one model has and the other has not, about sites that use a service in both. */
struct mn_exposure {
    int n_points; /* weak points: those that concern most sites first */
    struct mn_exposed_point {
        int component, sites, services;
    } * points;
    int n_sites; /* sites with such a weak point, those with most first */
    struct mn_exposed_site {
        int site, points;
    } * sites;
    int n_services; /* services with such a weak point, those at most sites first */
    struct mn_exposed_service {
        int service, sites;
    } * services;
    int n_unavailable; /* services that are not available even while nothing has failed */
    struct mn_exposed_service *unavailable;
};

/* What is in `m` and was not in `other`. Things are the same by id; weak points of sites, for
 * services, that are not used in both models do not count. Indices are into m. The arrays are the
 * arena's. */
void mn_exposure_find(const struct mn_model *m, const struct mn_weaks *weaks,
                      const struct mn_model *other, const struct mn_weaks *others,
                      struct mn_arena *arena, struct mn_exposure *exposure);

#endif
