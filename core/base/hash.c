/* SHA-256 by libmd. */
#include "base/hash.h"

#include "base/mem.h"

#include <sha2.h>
#include <stdint.h>
#include <stdlib.h>

struct mn_hash {
    SHA2_CTX context;
};

struct mn_hash *mn_hash_new(void) {
    struct mn_hash *h = mn_new0(1, sizeof *h);
    SHA256Init(&h->context);
    return h;
}

void mn_hash_add(struct mn_hash *h, const void *bytes, size_t n) {
    SHA256Update(&h->context, bytes, n);
}

void mn_hash_end(struct mn_hash *h, char hex[MN_HASH_HEX]) {
    SHA256End(&h->context, hex);
    free(h);
}

void mn_hash_of(const void *bytes, size_t n, char hex[MN_HASH_HEX]) {
    SHA256Data(bytes, n, hex);
}
