/* A YAML file as a tree of maps, lists and scalars that know where they stand. Every scalar is a
 * string; what it means is for schema.h to say. */
#ifndef MN_MODEL_TREE_H
#define MN_MODEL_TREE_H

#include "base/diag.h"
#include "base/mem.h"
#include "model/atoms.h"
#include "model/complain.h"

#include <stdbool.h>

enum mn__item_type { MN__SCALAR, MN__LIST, MN__MAP };

enum mn__item_flag {
    MN__PLAIN = 1, /* written without quotes */
    MN__EMPTY = 2, /* nothing is written where the value should be */
    MN__FLOW = 4,  /* [a, b] or {a: b} */
    MN__BAD = 8,   /* a diagnostic was given: not to be used */
};

/* Children lie side by side. Entries of a map carry their keys. A large model has two million of
 * these: they are kept small. */
struct mn__item {
    union {
        const char *text;
        struct mn__item *items;
    };
    uint32_t n;    /* bytes of the text, or number of children */
    uint32_t atom; /* of a scalar; 0 when it can be no id */
    uint32_t key;  /* atom; 0 in a list */
    uint32_t line, col, key_col;
    uint16_t key_up; /* lines that the key stands above the value */
    uint16_t file;
    uint8_t len, key_len; /* characters to underline */
    uint8_t type, flags;
};

/* What reading a file gives. */
struct mn__tree {
    struct mn__item *root; /* NULL: nothing usable */
    bool partial;          /* a syntax error cut it short; the root holds what came before */
};

/* What reading needs: where items and words go, and the files by number. */
struct mn__reader {
    struct mn_arena *arena; /* for items */
    struct mn_arena *texts; /* for long texts; words are in `atoms` */
    struct mn__atoms *atoms;
    const struct mn_source **sources; /* by mn__item.file */
    struct mn__complaints complaints;
    size_t items;   /* read so far, over all files */
    size_t aliased; /* items that aliases repeated so far, over all files */
};

/* Reads the text of sources[file]. All that is wrong with it as YAML is added to the diagnostics.
 */
struct mn__tree mn__read(struct mn__reader *r, uint16_t file);

/* Refuses what no text file of a model may hold (bytes that are not UTF-8, a byte order mark,
 * control characters). False after a diagnostic. */
bool mn__screen(const struct mn_source *source, struct mn__complaints *c);

/* The usable value under a key: NULL when it is missing or bad, or `map` is no map. */
struct mn__item *mn__get(const struct mn__item *map, enum mn__key key);

static inline bool mn__is(const struct mn__item *it, enum mn__item_type type) {
    return it && it->type == type && !(it->flags & MN__BAD);
}

/* `over` on top of `base`: maps are merged, all else replaced. Shares what it does not change. */
struct mn__item *mn__merged(struct mn_arena *arena, const struct mn__item *base,
                            const struct mn__item *over);

/* A map like `base` with the entries of `fallback` whose keys it lacks. */
struct mn__item *mn__with_defaults(struct mn_arena *arena, const struct mn__item *base,
                                   const struct mn__item *fallback);

struct mn_loc mn__loc(const struct mn_source *const *sources, const struct mn__item *it);
/* The key of an entry, as if it stood there as a value. */
struct mn__item mn__key_item(const struct mn__item *it, const char *text, size_t n);

struct mn_loc mn__key_loc(const struct mn_source *const *sources, const struct mn__item *it);

#endif
