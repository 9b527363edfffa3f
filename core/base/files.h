/* Named read-only texts: a folder on disk, or the same as a bundle in memory.
 *
 * Models, runbooks and the library are read through this, so that what an incident has pinned in
 * its store loads exactly as it did from disk. A set remembers every file that was read from it:
 * that is what has to be pinned. */
#ifndef MN_BASE_FILES_H
#define MN_BASE_FILES_H

#include "base/diag.h"
#include "base/mem.h"

struct mn_files;

/* A folder on disk; `shown` prefixes names in diagnostics ("topology/hcmc"). Fails on first read.
 */
struct mn_files *mn_files_dir(const char *path, const char *shown);

/* A set in memory, filled by mn_files_put (which copies). */
struct mn_files *mn_files_memory(const char *shown);
void mn_files_put(struct mn_files *f, const char *name, const char *text, size_t size);

void mn_files_free(struct mn_files *f);

/* How the set is called in diagnostics: "topology/hcmc". */
const char *mn_files_shown(const struct mn_files *f);

/* Reads (once) the file of that relative name. NULL with a diagnostic at `from` when it cannot be
 * opened, is no regular file or is larger than `limit` bytes. The source lives as long as the set.
 */
const struct mn_source *mn_files_read(struct mn_files *f, const char *name, size_t limit,
                                      struct mn_loc from, struct mn_diags *d);

/* Reads one file that a person named: `path` is how it is shown too. NULL with a diagnostic; *files
 * owns it. */
const struct mn_source *mn_files_one(const char *path, size_t limit, struct mn_files **files,
                                     struct mn_diags *d);

/* The place of that byte; of what follows the text when it is past it. */
struct mn_loc mn_source_at(const struct mn_source *source, size_t offset);

/* Whether it is UTF-8 without a NUL; else false with a diagnostic at the first byte that is not. */
bool mn_source_is_text(const struct mn_source *source, struct mn_diags *d);

/* Names that match a glob pattern (relative, as glob(7)), sorted by bytes, in the set's memory. */
const char *const *mn_files_glob(struct mn_files *f, const char *pattern, size_t *n);

/* What has been read so far, in order of reading. */
size_t mn_files_count(const struct mn_files *f);
const struct mn_source *mn_files_at(const struct mn_files *f, size_t i);
/* The relative name under which the i-th was read. */
const char *mn_files_name(const struct mn_files *f, size_t i);

#endif
