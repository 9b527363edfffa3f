/* Whether the journal is what it was: each incident's chain computed again, and compared with a
 * head that was kept elsewhere.
 *
 * Without a head only breaks in the chain show. With one, every change of the events up to it. */
#ifndef MN_INCIDENT_VERIFY_H
#define MN_INCIDENT_VERIFY_H

#include "incident/head.h"
#include "incident/store.h"

enum mn_misfit_kind {
    MN_MISFIT_GONE,       /* the head's incident is not in the journal */
    MN_MISFIT_LISTING,    /* its row in the list of incidents is missing or has another number */
    MN_MISFIT_MISSING,    /* events `event` to `last` are not there, later ones are */
    MN_MISFIT_CUT_OFF,    /* events `event` to `last` (the head's) are not there, nor later ones */
    MN_MISFIT_CHANGED,    /* expected: its hash on record; found: the hash that its contents have */
    MN_MISFIT_MOVED,      /* it was recorded as event `last` */
    MN_MISFIT_UNLINKED,   /* expected: hash of the event before; found: the one that it names */
    MN_MISFIT_OTHER,      /* expected: the head's hash of this event; found: the one on record */
    MN_MISFIT_NO_HASH,    /* no event has the hash that was given; found: the nearest, or "" */
    MN_MISFIT_UNREADABLE, /* its payload is no JSON object */
    MN_MISFIT_PINNED,     /* expected: hash of a pinned content that is missing or changed */
    MN_MISFITS
};

struct mn_misfit {
    enum mn_misfit_kind kind;
    int64_t event, last;                            /* 0: it is about the whole incident */
    char expected[MN_HASH_HEX], found[MN_HASH_HEX]; /* "" where there is none */
};

struct mn_verdict {
    const char *incident;
    int64_t events;         /* the last seq on record, 0: none */
    char hash[MN_HASH_HEX]; /* the last event's, or "" */
    int64_t headed;         /* the event that the head stands for; 0: no head, or it fits nothing */
    struct mn_misfit *misfits;
    size_t n_misfits, cap; /* none: it fits */
};

/* The stable name of a kind: "changed". */
const char *mn_misfit_name(enum mn_misfit_kind kind);

/* Every incident of which there is anything, sorted; the caller frees each and the array. */
bool mn_verify_list(struct mn_store *s, char ***ids, size_t *n, struct mn_diags *d);

/* Remembers the pinned contents that it has looked at. */
struct mn_verifier;
struct mn_verifier *mn_verifier_new(struct mn_store *s);
void mn_verifier_free(struct mn_verifier *v);

/* Checks one incident; `head` may be NULL. The verdict is good until the next call. NULL with a
 * diagnostic when there is no such incident and no head of it either, or the store fails. */
const struct mn_verdict *mn_verify(struct mn_verifier *v, const char *incident,
                                   const struct mn_head *head, struct mn_diags *d);

#endif
