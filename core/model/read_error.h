/* What libyaml could not read, told so that a person finds the place to mend. */
#ifndef MN_MODEL_READ_ERROR_H
#define MN_MODEL_READ_ERROR_H

#include "model/complain.h"

#include <yaml.h>

/* Adds the diagnostic for the error at which the parser stopped; `open` is the innermost bracket
 * that was not closed there, or nowhere. */
void mn__read_error(const yaml_parser_t *parser, const struct mn_source *source, struct mn_loc open,
                    struct mn__complaints *c);

#endif
