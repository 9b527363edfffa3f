/* Two models compared: what was added, removed and changed, property by property, and what became
 * weaker or stronger by that.
 *
 * Entries are the same by id, within their section. The order of entries is not compared, nor where
 * in which file they stand; what blueprints make is compared as it was made.
 *
 * As JSON (metronet diff --json), lists in the order of the newer model:
 *   {"same": BOOL, "reordered": BOOL, "before": HASH, "after": HASH,
 *    "added": [ENTRY …], "removed": [ENTRY …],
 *    "changed": [ENTRY with "renamed": BOOL, "moved": BOOL,
 *                "properties": [{"property": PATH, "from": VALUE or null, "to": VALUE or null} …]
 * …], "weaker": EXPOSURE, "stronger": EXPOSURE} ENTRY = {"section": KEY, "id": ID, "name": {vi,
 * en}} EXPOSURE = {"weak_points": [{"component": ID, "sites": n, "services": n} …], "sites":
 * [{"site": ID, "weak_points": n} …], "services": [{"service": ID, "sites": n} …], "unavailable":
 * [{"service": ID, "sites": n} …]} A PATH is a property as in the model's files, its parts joined
 * by dots. "weaker" is about the newer model; "stronger" counts what the older one had (see
 * weak.h). */
#ifndef MN_ANALYSIS_DIFF_H
#define MN_ANALYSIS_DIFF_H

#include "analysis/weak.h"
#include "base/json.h"
#include "model/entries.h"

struct mn_change {
    const char *property;
    json_t *from, *to; /* NULL: not said */
};

enum mn_diff_is { MN_DIFF_ADDED, MN_DIFF_REMOVED, MN_DIFF_CHANGED };

struct mn_diff_entry {
    enum mn_diff_is is;
    enum mn_section section;
    int before, after; /* places in the section of either model, -1: not in it */
    bool renamed;      /* its name has changed */
    bool moved;        /* it lies or leads elsewhere: another area, site, point, other ends */
    int n;
    const struct mn_change *changes;
    int parts; /* of a site that came or went: the components in it, which are not listed */
    int like;  /* the first difference that is the same in another site; its own place when none */
};

struct mn_diff {
    const struct mn_model *before, *after;
    bool same;      /* to the byte of the canonical form */
    bool reordered; /* not the same, and yet no entry differs */
    int n;
    const struct mn_diff_entry *at; /* by section; in each removed, changed, added */
    struct mn_exposure weaker;      /* indices into `after` */
    struct mn_exposure stronger;    /* indices into `before` */
};

/* Compares. Pure; cannot fail. Borrows the models; the caller frees. */
struct mn_diff *mn_diff_new(const struct mn_model *before, const struct mn_model *after);
void mn_diff_free(struct mn_diff *diff);

/* The id and name of what differs: the newer one's, unless it was removed. */
const char *mn_diff_entry_id(const struct mn_diff *diff, const struct mn_diff_entry *x);
struct mn_name mn_diff_entry_name(const struct mn_diff *diff, const struct mn_diff_entry *x);

/* The document above; new reference. */
json_t *mn_diff_json(const struct mn_diff *diff);

#endif
