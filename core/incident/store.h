/* Where incidents are kept: one SQLite file that is private to its user.
 *
 * This room owns SQL, the journal of events, what an incident is at any moment, its messages and
 * its report. It must not know Lua, terminals or the clock: times are handed in.
 *
 * The file uses a rollback journal with synchronous=EXTRA: FULL, and the folder is synced too when
 * the rollback journal goes, so that what was acknowledged survives a power cut. (Not WAL: the
 * packaged SQLite 3.40.1 is in the range of a known fault with several connections.) Several
 * processes may have it open. Events are only ever added; triggers in the file itself refuse
 * anything else. */
#ifndef MN_INCIDENT_STORE_H
#define MN_INCIDENT_STORE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/files.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stddef.h>

struct mn_store;

enum mn_store_mode {
    MN_STORE_READ,  /* a file that does not exist is an empty store; nothing is created or added */
    MN_STORE_ADD,   /* likewise, but there can be added to what exists */
    MN_STORE_WRITE, /* created when missing (mode 0600), brought to the current version */
};

/* $XDG_STATE_HOME/metronet/journal.db, else ~/.local/state/metronet/journal.db. The caller frees;
 * NULL with a diagnostic when the environment says neither. */
char *mn_store_default_path(struct mn_diags *d);

/* Creates the folder that the file lies in (mode 0700), with its parents. */
bool mn_store_make_folder(const char *path, struct mn_diags *d);

/* NULL with a diagnostic when the file is a folder, another program's, damaged, of a newer version,
 * or cannot be written though it must. */
struct mn_store *mn_store_open(const char *path, enum mn_store_mode mode, struct mn_diags *d);
/* A store in memory, to find out what would be recorded. */
struct mn_store *mn_store_scratch(struct mn_diags *d);
void mn_store_close(struct mn_store *s); /* NULL is allowed */

const char *mn_store_path(const struct mn_store *s);

/* A blob by its SHA-256; the same bytes are kept once. `put` is on disk when it returns, or with
 * the transaction that it is part of. */
bool mn_store_put(struct mn_store *s, const void *bytes, size_t n, char hash[MN_HASH_HEX],
                  struct mn_diags *d);

/* Adds the blob's bytes to out; false with a diagnostic when it is missing or does not match. */
bool mn_store_get(struct mn_store *s, const char *hash, struct mn_buf *out, struct mn_diags *d);

/* Pins every file that has been read from `files`: each a blob, and a list of them that is a blob
 * too, whose hash stands for the set. */
bool mn_store_pin(struct mn_store *s, const struct mn_files *files, char hash[MN_HASH_HEX],
                  struct mn_diags *d);

/* The set of files as it was pinned, in memory; names in diagnostics start with `shown`. */
struct mn_files *mn_store_pinned(struct mn_store *s, const char *hash, const char *shown,
                                 struct mn_diags *d);

#endif
