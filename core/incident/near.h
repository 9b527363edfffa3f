/* Whether an observation concerns an incident. */
#ifndef MN_INCIDENT_NEAR_H
#define MN_INCIDENT_NEAR_H

#include "model/model.h"
#include "runbook/runbook.h"

enum mn_near {
    MN_NEAR_NOT,
    MN_NEAR_SAME, /* the same component */
    MN_NEAR_SITE, /* in the same site, or the site itself */
    MN_NEAR_WAY,  /* on a path from the site to a service that it uses, in use or alternative; what
                     that rests on, or a site that it passes; a service that it uses or needs */
};

/* "not", "same", "site", "way". */
const char *mn_near_name(enum mn_near near);

/* How what is called `observed` (id of a component or site; one that the model does not have is not
 * near) lies to the subject of an incident. */
enum mn_near mn_near(const struct mn_model *m, struct mn_subject subject, const char *observed);

#endif
