/* Diagnostics: what is wrong, where exactly, and what to do about it.
 *
 * One type, one sink. Functions that can fail take a sink and return bool or a pointer; failure
 * means that at least one error was added. Only cli/ prints. The codes are one table (base/text/),
 * which yields the enum, the stable name, both texts and the documentation. */
#ifndef MN_BASE_DIAG_H
#define MN_BASE_DIAG_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* A text that diagnostics can point into: owned by whoever loaded it (see files.h). */
struct mn_source {
    const char *name; /* as it is shown */
    const char *text;
    size_t size;
    int order;       /* diagnostics of one set of files are sorted by this first */
    const void *set; /* which set; the sets come in the order of their first diagnostic */
};

/* A place. Lines and columns count from 1, columns in characters as an editor shows them.
 * line 0: the whole file; source NULL: no place. len: characters to underline, at least 1. */
struct mn_loc {
    const struct mn_source *source;
    int line, col, len;
};

#define MN_NOWHERE ((struct mn_loc){NULL, 0, 0, 0})

enum mn_code {
#define MN_DIAG(ident, code, severity, tag, vi, en) MN_D_##ident,
#define MN_MSG(ident, vi, en)
#include "base/text/all.def"
#undef MN_DIAG
#undef MN_MSG
    MN_CODES
};

enum mn_severity { MN_SEV_ERROR, MN_SEV_WARNING, MN_SEV_NOTE };
/* shape: what a JSON Schema can say; meaning: references, cycles, reachability; runtime: the rest.
 */
enum mn_tag { MN_TAG_SHAPE, MN_TAG_MEANING, MN_TAG_RUNTIME };

struct mn_code_info {
    const char *name; /* stable: "unknown-node" */
    enum mn_severity severity;
    enum mn_tag tag;
    struct mn_text text;
};

/* The code's row of the table. */
const struct mn_code_info *mn_code_info(enum mn_code code);

struct mn_diags;

/* A sink; it owns all that is added to it. */
struct mn_diags *mn_diags_new(void);
void mn_diags_free(struct mn_diags *d);

/* Adds a diagnostic; the arguments (ended by NULL, see MN_ARGS) fill {0}, {1} …; everything is
 * copied, the source line too, so the sink outlives the sources. */
void mn_diag(struct mn_diags *d, enum mn_code code, struct mn_loc loc, const char *const *args);

/* The same where {0} is a name and {1} is why the system refused it (an errno), in each language.
 */
void mn_diag_refused(struct mn_diags *d, enum mn_code code, struct mn_loc loc, const char *name,
                     int error);

/* Adds a note to the diagnostic added last (ignored when there is none). */
void mn_diag_note(struct mn_diags *d, enum mn_code code, struct mn_loc loc,
                  const char *const *args);

size_t mn_diags_count(const struct mn_diags *d); /* errors and warnings, no notes */
size_t mn_diags_errors(const struct mn_diags *d);

/* One diagnostic as it was added; fields are owned by the sink. */
struct mn_diag_view {
    enum mn_code code;
    const char *file; /* NULL: no place */
    int line, col;
    const char *excerpt;    /* the source line, or NULL */
    const char *message[2]; /* by enum mn_lang */
    size_t notes;
};

/* Sorts by place (file order, line, column; ties as added). Call before viewing. */
void mn_diags_sort(struct mn_diags *d);
struct mn_diag_view mn_diags_view(const struct mn_diags *d, size_t i);
struct mn_diag_view mn_diags_view_note(const struct mn_diags *d, size_t i, size_t note);

/* Adds diagnostic i as a person reads it: place, severity, message, code, source line with caret
 * aligned by display width, notes. `colour` uses terminal escapes. */
void mn_diags_render(const struct mn_diags *d, size_t i, enum mn_lang lang, bool colour,
                     struct mn_buf *out);

/* Moves everything in `from` to the end of `to`. */
void mn_diags_move(struct mn_diags *to, struct mn_diags *from);

#endif
