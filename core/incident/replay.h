/* Inside incident/ only: the events that a page recorded, replayed as the program itself would have
 * recorded them. */
#ifndef MN_INCIDENT_REPLAY_H
#define MN_INCIDENT_REPLAY_H

#include "incident/incoming.h"
#include "incident/offline.h"
#include "script/script.h"

struct mn__replay {
    const struct mn_incoming *in;
    size_t which; /* of its incidents */
    const struct mn_model *model;
    const struct mn_runbook *runbook;
    struct mn_files *runbook_files, *library_files;
    struct mn_store *store; /* in memory, where the incident was opened */
    const char *id;         /* that it has there */
    int utc_offset;         /* of the page */
    size_t *from; /* for each event of the result, in the arena: which of the page's it is */
};

/* Replays every event but the first. Each answer must be one to the step that the runbook comes to;
 * each deadline must be where it was. False with a diagnostic at the first that does not fit. */
bool mn__replay(struct mn__replay *r, struct mn_arena *a, struct mn_diags *d);

#endif
