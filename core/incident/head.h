/* The file of heads: a copy of the last hash of each incident, to be kept elsewhere.
 *
 *     metronet-heads-1 metronet 0.1.0
 *     exported 2026-11-22T08:00:00Z
 *     2026-0001 12 5c2f…
 *     end 1
 *
 * An incident a line: its id, its number of events, the hash of the last one; `end` and the number
 * of incidents close the file, so that one that was cut short shows. Blank lines and lines that
 * begin with # are passed over. */
#ifndef MN_INCIDENT_HEAD_H
#define MN_INCIDENT_HEAD_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/mem.h"

#include <stdint.h>

#define MN_HEADS_FORMAT "metronet-heads-1"

struct mn_head {
    const char *incident;
    int64_t events; /* 0: not known, the hash may be any event's */
    char hash[MN_HASH_HEX];
    struct mn_loc from; /* in the file that it was read from */
};

struct mn_heads {
    int64_t exported;   /* UTC seconds */
    struct mn_head *at; /* sorted by incident when they were read */
    size_t n;
};

void mn_heads_write(const struct mn_heads *h, const char *program, struct mn_buf *out);

/* From the text of a file; what is taken from it is in the arena. False with a diagnostic for every
 * line that is wrong. */
bool mn_heads_read(const struct mn_source *source, struct mn_arena *a, struct mn_heads *h,
                   struct mn_diags *d);

/* The head of that incident among those that were read, or NULL. */
const struct mn_head *mn_heads_find(const struct mn_heads *h, const char *incident);

/* Whether it is a hash as it is printed: 64 digits, capital letters allowed; then in small ones. */
bool mn_hash_parse(const char *text, size_t n, char hash[MN_HASH_HEX]);

/* An id as the journal makes it: year-number, each of four digits or more; or MN_OBSERVATIONS,
 * which has 0 for both. */
bool mn_incident_id_parse(const char *text, int64_t *year, int64_t *number);

#endif
