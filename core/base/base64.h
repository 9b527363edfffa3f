/* Base64 (RFC 4648, section 4). */
#ifndef MN_BASE_BASE64_H
#define MN_BASE_BASE64_H

#include "base/buf.h"

#include <stdbool.h>

/* Adds the n bytes, encoded and padded. */
void mn_base64(struct mn_buf *out, const void *bytes, size_t n);

/* Adds what the n digits encode. False when they are not exactly what mn_base64 writes. */
bool mn_base64_decode(struct mn_buf *out, const char *digits, size_t n);

#endif
