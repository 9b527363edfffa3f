/* The model's address: the hash of its canonical form. */
#include "model/canonical.h"

#include <string.h>

static void add(void *hash, const char *bytes, size_t n) {
    mn_hash_add(hash, bytes, n);
}

void mn_model_hash(const struct mn_model *m, char hex[MN_HASH_HEX]) {
    if (m->hash && *m->hash) { /* a model does not change, and a book asks for each of its pages */
        memcpy(hex, m->hash, MN_HASH_HEX);
        return;
    }
    struct mn_hash *h = mn_hash_new();
    mn__canonical(m, add, h);
    mn_hash_end(h, hex);
    if (m->hash)
        memcpy(m->hash, hex, MN_HASH_HEX);
}
