/* The shape of the format: which keys a map has, what type each value is. One table (shapes.c) that
 * says the same as topology/schema.json, and the walk that compares a tree with it. */
#ifndef MN_MODEL_SCHEMA_H
#define MN_MODEL_SCHEMA_H

#include "model/tree.h"

enum mn__type {
    MN__T_MAP,    /* known keys: `fields` */
    MN__T_DICT,   /* ids as keys, each value `of` */
    MN__T_LIST,   /* min … max values, each `of` (`of2` the second, when given) */
    MN__T_EITHER, /* by how it is written: `scalar`, `list` or `map` */
    MN__T_HOST,   /* a map as `fields` that says exactly one of node, any_of */
    MN__T_ID,
    MN__T_COMPONENT,
    MN__T_END,
    MN__T_WORDS,
    MN__T_LONG_WORDS,
    MN__T_PLAIN,
    MN__T_BOOL,
    MN__T_DURATION,
    MN__T_DELAY,
    MN__T_CAPACITY,
    MN__T_DATE,
    MN__T_SHARE,
    MN__T_RATE,
    MN__T_COUNT,
    MN__T_MINIMUM,
    MN__T_LATITUDE,
    MN__T_LONGITUDE,
    MN__T_PATH,
    MN__T_WORD, /* one of `words` */
};

struct mn__field;

struct mn__shape {
    enum mn__type type;
    const struct mn__field *fields;
    uint32_t n_fields;
    const struct mn__shape *of, *of2;
    uint32_t min, max; /* max 0: any number */
    const char *const *words;
    uint32_t n_words;
    const struct mn__shape *scalar, *list, *map;
};

struct mn__field {
    enum mn__key key;
    const struct mn__shape *shape;
    bool required;
};

/* One file of a model. */
extern const struct mn__shape mn__file_shape;

/* Compares the tree with the shape; adds a diagnostic for each difference and marks what cannot be
 * used as bad, so that later passes need not look again. */
void mn__schema_check(struct mn__reader *r, struct mn__item *root);

#endif
