/* SHA-256 (FIPS 180-4): content addresses and the journal's chain. The one gate to libmd. */
#ifndef MN_BASE_HASH_H
#define MN_BASE_HASH_H

#include <stddef.h>

#define MN_HASH_HEX 65 /* 64 hexadecimal digits and NUL */

struct mn_hash; /* a hash being computed */

struct mn_hash *mn_hash_new(void);
void mn_hash_add(struct mn_hash *h, const void *bytes, size_t n);
void mn_hash_end(struct mn_hash *h, char hex[MN_HASH_HEX]); /* frees h */

void mn_hash_of(const void *bytes, size_t n, char hex[MN_HASH_HEX]);

#endif
