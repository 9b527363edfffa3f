/* Incidents that leave the store as one document and come into another.
 *
 *     {"format": "metronet-incidents-1", "program": "0.1.0", "exported": "2026-11-22T08:00:00Z",
 *      "incidents": [{"id": "2026-0001", "events": [
 *        {"seq": 1, "at": 1795348800, "actor": "An", "type": "opened", "payload": "{…}",
 *         "prev": "00…", "hash": "5c…"}, …]}, …],
 *      "blobs": {HASH: BASE64, …}}
 *
 * The events are as they are hashed (journal.h): the payload is the string of bytes, not an object.
 * The blobs are every list of pinned files and every file that the events name, no more. */
#ifndef MN_INCIDENT_TRANSFER_H
#define MN_INCIDENT_TRANSFER_H

#include "base/mem.h"
#include "incident/store.h"

#include <stdint.h>

#define MN_EXPORT_FORMAT "metronet-incidents-1"
#define MN_EXPORT_LIMIT (64u << 20) /* bytes */

/* Adds the document of those incidents and of their children, as far as they are in this journal;
 * *n becomes how many that are. False with a diagnostic when an incident does not verify or the
 * store fails; *refused tells these apart. */
bool mn_export(struct mn_store *s, const char *const *ids, size_t *n, const char *program,
               int64_t now, struct mn_buf *out, bool *refused, struct mn_diags *d);

/* A document that was found good in itself. */
struct mn_incoming;

/* Looks at everything that the document alone can show. NULL with a diagnostic for each mistake, at
 * its place. The source must outlive it. */
struct mn_incoming *mn_incoming_read(const struct mn_source *source, struct mn_diags *d);
void mn_incoming_free(struct mn_incoming *in); /* NULL is allowed */

enum mn_imported_how {
    MN_IMPORTED_NEW,
    MN_IMPORTED_MORE,  /* the store had its first events */
    MN_IMPORTED_THERE, /* the store had all of it */
    MN_IMPORTED_LESS,  /* the store has later events too */
};

struct mn_imported {
    const char *id; /* in the journal; as long as the document */
    enum mn_imported_how how;
    int64_t events;   /* in the store now */
    const char *page; /* what it is called on the page that recorded it, or NULL */
    int64_t added; /* from the document; for MN_IMPORTED_LESS: how many the store has beyond it */
};

enum mn_import {
    MN_IMPORT_DONE,
    MN_IMPORT_REFUSED, /* the store has other events under such an id */
    MN_IMPORT_BROKEN,
};

/* Adds what the store lacks, all or nothing. `results` has room for mn_incoming_count. Diagnostics
 * unless done. */
enum mn_import mn_import(struct mn_store *s, const struct mn_incoming *in,
                         struct mn_imported *results, struct mn_diags *d);
size_t mn_incoming_count(const struct mn_incoming *in);

/* Whether it was saved by a page: then mn_offline_import (offline.h) brings it in. */
bool mn_incoming_page(const struct mn_incoming *in);

#endif
