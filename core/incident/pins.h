/* Inside incident/ only: the list of a pinned set of files. */
#ifndef MN_INCIDENT_PINS_H
#define MN_INCIDENT_PINS_H

#include "base/json.h"
#include "incident/store.h"

/* [{"name", "blob"}], new; NULL with a diagnostic when it is missing, changed or no such list. */
json_t *mn__pin_list(struct mn_store *s, const char *hash, struct mn_diags *d);

/* The same from its bytes; NULL when they are no such list. */
json_t *mn__pin_parse(const char *bytes, size_t n);

#endif
