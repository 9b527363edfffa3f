/* The model in its canonical form: JSON without spaces, keys sorted, ids for references, what is
 * not said left out. No file names, positions, comments, or how it was said (blueprints are
 * expanded). */
#ifndef MN_MODEL_CANONICAL_H
#define MN_MODEL_CANONICAL_H

#include "model/model.h"

/* Hands the text over in pieces. */
void mn__canonical(const struct mn_model *m, void (*take)(void *arg, const char *bytes, size_t n),
                   void *arg);

#endif
