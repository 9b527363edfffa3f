/* Base64 (RFC 4648, section 4). */
#ifndef MN_BASE_BASE64_H
#define MN_BASE_BASE64_H

#include "base/buf.h"

/* Adds the n bytes, encoded and padded. */
void mn_base64(struct mn_buf *out, const void *bytes, size_t n);

#endif
