/* The impact of a set of failures: who is cut off, which services are lost where, who only lost
 * redundancy, and how severe that is by the model's rules.
 *
 * It compares with the model without failures: what was unavailable before is not listed.
 *  - lost: a site uses the service, it was available there and no longer is;
 *  - cut off: the site lost something, and nothing that it uses is available;
 *  - lost redundancy: the failures take nothing from the site, but some single further failure (a
 *    node, a link or a shared-risk group going down) takes a service from it that neither the
 * failures nor that one alone take.
 *
 * As JSON (metronet impact --json), lists sorted by the bytes of the ids:
 *   {"failed": [ID or ID!mode …], "cut_off": [SITE …], "lost_redundancy": [SITE …],
 *    "services": [{"service": ID, "sites": [SITE …]} …], "severity": ID or null}
 * severity is null when no rule of the model holds. */
#ifndef MN_ANALYSIS_IMPACT_H
#define MN_ANALYSIS_IMPACT_H

#include "analysis/failure.h"
#include "base/json.h"

struct mn_service_loss {
    int service;          /* into services */
    struct mn_ints sites; /* sorted by id, never empty */
};

/* A service that goes on only because standby hosts took over. */
struct mn_standby {
    int service;
    const struct mn_host *host; /* the standby; the model's */
    struct mn_ints sites;       /* where it serves now, sorted by id */
};

struct mn_impact {
    int n_failed;
    const struct mn_failure *failed; /* sorted, no repetitions */
    struct mn_ints cut_off;          /* sites, sorted by id */
    struct mn_ints lost_redundancy;
    struct mn_ints hit; /* the sites that lost something, cut off or not */
    int n_services;
    const struct mn_service_loss *services; /* sorted by id */
    int n_standby;
    const struct mn_standby *standby; /* sorted by service, then host */
    int severity;                     /* into severities, -1: no rule holds */
};

/* Computes it. Pure; cannot fail. The caller frees. */
struct mn_impact *mn_impact_new(const struct mn_model *m, const struct mn_failure *f, int n);
void mn_impact_free(struct mn_impact *impact);

/* The document above; new reference. */
json_t *mn_impact_json(const struct mn_model *m, const struct mn_impact *impact);

/* The highest severity whose rule holds for so many sites that lost something, services lost
 * somewhere, main activities among them, and sites cut off; -1: none. */
int mn_severity_of(const struct mn_model *m, int sites, int services, int main_activities,
                   int cut_off);

#endif
