/* Inside incident/ only: a document of incidents, checked. */
#ifndef MN_INCIDENT_INCOMING_H
#define MN_INCIDENT_INCOMING_H

#include "base/json.h"
#include "incident/chain.h"
#include "incident/transfer.h"

struct mn__incoming_incident {
    const char *id;
    int64_t year, number;
    struct mn__link *links;
    size_t n;
};

struct mn__incoming_blob {
    const char *hash;
    const char *bytes;
    size_t size;
};

struct mn_incoming {
    const struct mn_source *source;
    struct mn_arena *arena;
    bool page;   /* it was saved by a page: no contents, and events that are to be replayed */
    json_t *doc; /* owns the strings */
    struct mn__incoming_incident *incidents;
    size_t n;
    struct mn__incoming_blob *blobs;
    size_t n_blobs;
};

/* Where that event stands in the document, or with "seq", "payload" … a part of it. In its arena.
 */
const char *mn__incoming_path(const struct mn_incoming *in, size_t incident, size_t event,
                              const char *part);

/* Adds to the journal what it lacks of these events; within a transaction. Where it has others,
 * nothing, and *other is the first that differs, from 0; else -1. False with a diagnostic when the
 * store fails. */
bool mn__incoming_add(struct mn_store *s, const struct mn__incoming_incident *i, struct mn_arena *a,
                      struct mn_imported *result, int64_t *other, struct mn_diags *d);

/* The contents that the events pin are in the document, and no others; else false with diagnostics.
 */
bool mn__incoming_pins(const struct mn_incoming *in, struct mn_diags *d);

/* A diagnostic at a place in the document. Always false. */
bool mn__incoming_wrong(const struct mn_incoming *in, struct mn_diags *d, const char *path,
                        enum mn_code code, const char *const *args);

#endif
