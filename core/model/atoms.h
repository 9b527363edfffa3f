/* Words held once: equal texts have equal numbers, so that keys and ids are compared and looked up
 * without touching their letters. Keys of the format have the numbers of enum mn__key. */
#ifndef MN_MODEL_ATOMS_H
#define MN_MODEL_ATOMS_H

#include "base/mem.h"

#include <stdint.h>

enum mn__key {
    MN__K_none,
#define KEY(ident) MN__K_##ident,
#define KEY_AS(ident, spelling) MN__K_##ident,
#include "model/keys.def"
#undef KEY
#undef KEY_AS
    MN__KEYS
};

struct mn__atoms;

/* A table whose words live in `arena`; the table itself is released by mn__atoms_free. */
struct mn__atoms *mn__atoms_new(struct mn_arena *arena);
void mn__atoms_free(struct mn__atoms *t);

/* The number of the word, which is added when it is new. Never 0. */
uint32_t mn__atom(struct mn__atoms *t, const char *s, size_t n);
/* The number of the word, or 0 when it was never added. */
uint32_t mn__atom_find(const struct mn__atoms *t, const char *s, size_t n);

const char *mn__atom_text(const struct mn__atoms *t, uint32_t atom);
size_t mn__atom_size(const struct mn__atoms *t, uint32_t atom);
/* One more than the largest number given so far. */
uint32_t mn__atoms_count(const struct mn__atoms *t);

/* From atom to a number: one namespace of ids. Zero-initialised is empty; release with fini. */
struct mn__ids {
    struct mn__id {
        uint32_t atom;
        int32_t value;
    } * slots;
    uint32_t n, mask;
};

void mn__ids_fini(struct mn__ids *ids);
/* Adds the atom; returns the value that it has already, or -1 after adding. */
int mn__ids_add(struct mn__ids *ids, uint32_t atom, int value);
/* Gives the atom this value, whether or not it is there. */
void mn__ids_set(struct mn__ids *ids, uint32_t atom, int value);
int mn__ids_get(const struct mn__ids *ids, uint32_t atom); /* -1: not there */

#endif
