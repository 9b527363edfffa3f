/* The page that walks a runbook where the network and this program are not: one HTML file.
 *
 * It holds the flow of steps, what messages are made of, pictures, and the hashes of the files that
 * all of it came from. What a person does on it, it keeps in the browser, as events in a chain of
 * hashes of its own (offline/record.js), and saves as a document that comes into the journal:
 *
 *     {"format": "metronet-page-2", "program": "0.1.0", "exported": "2026-11-22T08:00:00Z",
 *      "incidents": [{"id": "P-7K3F9QXD", "events": [
 *        {"seq": 1, "at": 1795348800, "actor": "An", "type": "opened", "payload": "{…}",
 *         "prev": "00…", "hash": "5c…"}, …]}]}
 *
 * The chain is as the journal's (journal.h), the payloads say only what replaying cannot tell:
 *
 *   opened      runbook: id, component, site, symptom: id or null, pins {model, runbook, library},
 *               offset (minutes east of UTC), program
 *   answered    step: record key, value
 *   rewound     keep, decided: of what was done outside from there on, by record key, "kept" or
 *               "withdrawn". Without decided it comes from a page of the first format, on which
 *               nobody was asked
 *   reopened    keep
 *   noted       text
 *   escalated   key: that of the open step, whose message was shown; or of one by hand
 *               ("manual-N"), with team: its id, null where there is no level
 *   acknowledged   key: of one by hand, taken: whether somebody took it
 *   overdue     key: that of the open step, whose deadline passed
 *   resolved    nothing */
#ifndef MN_INCIDENT_OFFLINE_H
#define MN_INCIDENT_OFFLINE_H

#include "incident/record.h"
#include "incident/transfer.h"
#include "runbook/explore.h"

#define MN_OFFLINE_FORMAT "metronet-page-2"
#define MN_OFFLINE_EARLIER "metronet-page-1" /* the same, with less in it */

struct mn_offline {
    const struct mn_opening *opening; /* what an incident would begin with */
    const struct mn_flow *flow;       /* explored with the opening's facts */
    enum mn_lang lang;                /* which the page begins in */
    int utc_offset;                   /* minutes */
};

/* Adds the page. The same input gives the same bytes. A picture that cannot be drawn or is too
 * large is left out, and the page says so. False with a diagnostic, also where this computer cannot
 * draw at all. */
bool mn_offline_page(const struct mn_offline *o, struct mn_buf *out, struct mn_diags *d);

/* What a page made here today would be made from; borrowed. */
struct mn_offline_sets {
    struct mn_files *model, *runbook, *library;
};
enum mn_offline_found { MN_OFFLINE_FOUND, MN_OFFLINE_NO_RUNBOOK, MN_OFFLINE_BROKEN };
/* Finds these for the runbook of that id; a diagnostic when something is broken. */
typedef enum mn_offline_found mn_offline_today(void *arg, const char *runbook,
                                               struct mn_offline_sets *out, struct mn_diags *d);

/* Adds what the journal lacks of a document that a page saved, all or nothing, as mn_import. What
 * the page was made from must be in the store, or be what `today` finds. All is replayed before:
 * what comes into the journal is what the program would have recorded itself, with the page's times
 * and people. An incident gets a number of the journal when it is first brought in, and keeps it.
 */
enum mn_import mn_offline_import(struct mn_store *s, const struct mn_incoming *in,
                                 mn_offline_today *today, void *arg, struct mn_imported *results,
                                 struct mn_diags *d);

#endif
