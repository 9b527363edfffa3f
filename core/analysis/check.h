/* What is wrong with a model that only shows when one asks what works: called by `metronet check`
 * after a model was loaded. */
#ifndef MN_ANALYSIS_CHECK_H
#define MN_ANALYSIS_CHECK_H

#include "model/model.h"

/* Adds an error at the site for services that it uses but cannot have even when nothing has failed:
 * the site lacks the device, or there is no way to a host. True when there was none. */
bool mn_analysis_check(const struct mn_model *m, struct mn_diags *d);

#endif
