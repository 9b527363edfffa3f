/* Inside incident/ only: what the page of a runbook is made of. */
#ifndef MN_INCIDENT_OFFLINE_DATA_H
#define MN_INCIDENT_OFFLINE_DATA_H

#include "incident/offline.h"

/* Everything that the script of the page needs, `pictures` how many it has. New reference; NULL
 * with a diagnostic. */
json_t *mn__offline_data(const struct mn_offline *o, struct mn_diags *d);

/* What messages are made of, beside answers and time, and whom they are for: {"impact", "problem":
 * texts, "circuit", "update": seconds or null, "levels": whom one can call by hand, [{"from": time,
 * "to": [{"team", "upward"}]}], "next": when that team does not answer, {TEAM or "": [{"from":
 * time, "to": {"team", "wait"} or null}]}}. The incident is one that has just been opened. New
 * reference. */
json_t *mn__offline_calls(const struct mn_offline *o, const struct mn_incident *opened);

/* Adds the pictures of the subject as figures, in both languages. */
void mn__offline_pictures(const struct mn_offline *o, struct mn_buf *out);

#endif
