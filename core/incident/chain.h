/* Inside incident/ only: events as they are stored and hashed, to the byte. */
#ifndef MN_INCIDENT_CHAIN_H
#define MN_INCIDENT_CHAIN_H

#include "base/mem.h"
#include "incident/store.h"

#include <stdint.h>

struct mn__link {
    int64_t seq, at;
    const char *actor, *type, *payload, *prev, *hash;
    /* The columns hold nothing that these strings do not show (no NUL, no 65th digit), and no
     * newline where the hash takes one as the end of a part. */
    bool whole;
};

/* What stands for the hash before the first event. */
extern const char mn__chain_start[MN_HASH_HEX];

/* The hash that a link must have by all else in it (journal.h says of which bytes). */
void mn__chain_hash(const char *incident, const struct mn__link *l, char hash[MN_HASH_HEX]);

/* Whether the link is what its hash says. */
bool mn__chain_sound(const char *incident, const struct mn__link *l);

/* The seq of the first link that does not fit those before it, or 0. They begin after `before`, of
 * which seq and hash are looked at; NULL: at the beginning. */
int64_t mn__chain_broken(const char *incident, const struct mn__link *before,
                         const struct mn__link *links, size_t n);

#define MN__FROM_START INT64_MIN /* a number that was tampered with may be any */

/* The events from seq `from` on, in order, in the arena; none when there is no such incident. False
 * with a diagnostic. */
bool mn__chain_read(struct mn_store *s, const char *incident, int64_t from, struct mn_arena *a,
                    struct mn__link **links, size_t *n, struct mn_diags *d);

/* Adds a row each; within a transaction. */
bool mn__chain_add(struct mn_store *s, const char *incident, const struct mn__link *l,
                   struct mn_diags *d);
bool mn__chain_add_incident(struct mn_store *s, const char *id, int64_t year, int64_t number,
                            struct mn_diags *d);

/* One more than the highest number of the year. */
bool mn__chain_next_number(struct mn_store *s, int64_t year, int64_t *number, struct mn_diags *d);

/* The first column of each row: the caller frees each and the array. False with a diagnostic. */
bool mn__chain_ids(struct mn_store *s, const char *sql, char ***ids, size_t *n, struct mn_diags *d);

/* Says that there is no such incident, and which is nearest. */
void mn__chain_unknown(struct mn_store *s, const char *incident, struct mn_diags *d);

#endif
