/* Inside script/ only: what is wrong with a script, found in the worker and told by the parent.
 *
 * A worker has no diagnostics of its own that would reach a person: it hands problems over as JSON,
 * and the parent, which holds the sources, makes located diagnostics of them. */
#ifndef MN_SCRIPT_PROBLEM_H
#define MN_SCRIPT_PROBLEM_H

#include "base/diag.h"
#include "base/json.h"

/* A place in one of the files that the worker was given. bytes 0: the whole line. */
struct mn__place {
    int file; /* -1: nowhere */
    int line; /* from 1; 0: the whole file */
    int from; /* byte offset in the file; -1: not known */
    int bytes;
};

#define MN__NO_PLACE ((struct mn__place){-1, 0, 0, 0})

struct mn__problems {
    json_t *list;
};

void mn__problems_init(struct mn__problems *p);

/* Arguments as for mn_diag. Past some hundred, problems are no longer kept. */
void mn__problem(struct mn__problems *p, enum mn_code code, struct mn__place at,
                 const char *const *args);
/* Goes with the problem added last. */
void mn__problem_note(struct mn__problems *p, enum mn_code code, struct mn__place at,
                      const char *const *args);

/* In the parent: adds the problems of a worker's document as diagnostics. False when the document
 * is not what mn__problems made. */
bool mn__problems_tell(const json_t *list, const struct mn_source *const *files, size_t n,
                       struct mn_diags *d);

/* The place in the files that the worker was given. */
struct mn_loc mn__place_loc(struct mn__place at, const struct mn_source *const *files, size_t n);

/* The whole line of a file, as a place to point at. */
struct mn_loc mn__line_of(const struct mn_source *file, int line);

#endif
