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
/* Makes room for about so many words, so that adding them need not make it piece by piece. */
void mn__atoms_expect(struct mn__atoms *t, size_t words);
void mn__atoms_free(struct mn__atoms *t);

/* The number of the word, which is added when it is new. Never 0. */
uint32_t mn__atom(struct mn__atoms *t, const char *s, size_t n);
/* The number of the word, or 0 when it was never added. */
uint32_t mn__atom_find(const struct mn__atoms *t, const char *s, size_t n);

const char *mn__atom_text(const struct mn__atoms *t, uint32_t atom);
size_t mn__atom_size(const struct mn__atoms *t, uint32_t atom);

/* From atom to a number, for the one namespace that has most of the atoms: an array. */
struct mn__index {
    int32_t *at; /* 1 + the number, 0 where there is none */
    size_t size;
};

void mn__index_fini(struct mn__index *x);
/* As mn__ids_add and mn__ids_get. */
int mn__index_add(struct mn__index *x, uint32_t atom, int value);
int mn__index_get(const struct mn__index *x, uint32_t atom);

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
