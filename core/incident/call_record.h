/* A message for somebody, put on record. */
#ifndef MN_INCIDENT_CALL_RECORD_H
#define MN_INCIDENT_CALL_RECORD_H

#include "incident/message.h"
#include "incident/record.h"

/* Composes the message in both languages and records it under the key: that of the step, or
 * "manual-N". `to` as the runbook says it, or NULL. As the functions of record.h. */
enum mn_append mn_call_record(struct mn_store *s, const struct mn_call *c, const char *key,
                              const char *to, struct mn_by by, struct mn_diags *d);

/* Passing on by hand, at any moment, without a step that says so. */

#define MN_CALL_LEVELS 16 /* more of them are not offered */
#define MN_CALL_KEY 32

/* The key of the next message that is composed by hand. */
void mn_call_by_hand_key(const struct mn_incident *i, char key[MN_CALL_KEY]);

bool mn_call_is_by_hand(const char *key);

/* The last message that was composed by hand, when it is not on record what came of it; or NULL. */
const struct mn_event *mn_call_unknown(const struct mn_incident *i);

#endif
