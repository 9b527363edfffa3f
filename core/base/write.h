/* Writing: whole buffers to a descriptor, whole files under a name. */
#ifndef MN_BASE_WRITE_H
#define MN_BASE_WRITE_H

#include "base/buf.h"
#include "base/diag.h"

/* Writes all n bytes to fd. False, with errno, when the other side does not take them. */
bool mn_write_all(int fd, const void *bytes, size_t n);

/* Makes that file hold those bytes, so that whoever looks finds the old content or the new one,
 * never half: written beside it, then renamed. A link is followed and keeps pointing; what is no
 * regular file (a terminal, a pipe, /dev/stdout) is written to as it is. `own`: for the user's eyes
 * only, and a link is replaced, not followed. False with a diagnostic. */
bool mn_write_file(const char *path, const struct mn_buf *bytes, bool own, struct mn_diags *d);

#endif
