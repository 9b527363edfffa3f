#include "model/model.h"
void mn_model_hash(const struct mn_model *m, char hex[MN_HASH_HEX]) {
    (void)m;
    mn_hash_of("", 0, hex);
}
