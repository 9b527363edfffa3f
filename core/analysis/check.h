/* What is wrong with a model that only shows when one asks what works: called by `metronet check`
 * after a model was loaded. */
#ifndef MN_ANALYSIS_CHECK_H
#define MN_ANALYSIS_CHECK_H

#include "model/model.h"

/* Adds an error at each site that has no way to the hosts of services that it uses, even when
 * nothing has failed. (That it has the device to use them from, the loader has checked.) True when
 * there was none. */
bool mn_analysis_check(const struct mn_model *m, struct mn_diags *d);

#endif
