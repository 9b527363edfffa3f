/* SHA-256 (FIPS 180-4): content addresses and the journal's chain. The one gate to libmd. */
#ifndef MN_BASE_HASH_H
#define MN_BASE_HASH_H

#include <stddef.h>

#define MN_HASH_HEX 65 /* 64 hexadecimal digits and NUL */

struct mn_hash; /* a hash being computed */

/* In parts, in order; mn_hash_end writes the hash and frees. */
struct mn_hash *mn_hash_new(void);
void mn_hash_add(struct mn_hash *h, const void *bytes, size_t n);
void mn_hash_end(struct mn_hash *h, char hex[MN_HASH_HEX]);

/* Of all n bytes at once. */
void mn_hash_of(const void *bytes, size_t n, char hex[MN_HASH_HEX]);

#endif
