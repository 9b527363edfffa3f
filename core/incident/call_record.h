/* A message for somebody, put on record. */
#ifndef MN_INCIDENT_CALL_RECORD_H
#define MN_INCIDENT_CALL_RECORD_H

#include "incident/message.h"
#include "incident/record.h"

/* Composes the message in both languages and records it under the key: that of the step, or
 * "manual-N". `to` as the runbook says it, or NULL. As the functions of record.h. */
enum mn_append mn_call_record(struct mn_store *s, const struct mn_call *c, const char *key,
                              const char *to, struct mn_by by, struct mn_diags *d);

#endif
