/* Words held once, and tables from them to numbers. */
#include "model/atoms.h"

#include <stdlib.h>
#include <string.h>

struct atom {
    const char *text;
    uint32_t hash, size;
};

/* Short words that were met lately: keys and kinds repeat without end, and so do neighbours' ids.
 */
enum { RECENT = 256, SHORT = 16 };

struct recent {
    uint64_t letters[2];
    uint32_t size, atom;
};

struct mn__atoms {
    struct mn_arena *arena;
    struct recent recent[RECENT];
    struct atom *at;
    size_t cap;
    uint32_t n;
    uint32_t *slots; /* open addressing, 0 is empty */
    uint32_t mask;
};

/* Eight bytes at a time, then the finaliser of MurmurHash3; the last letter apart, so that node-41
 * and node-42 are neighbours in the table, as they mostly are in the file. */
static uint32_t hash_of(const char *s, size_t n) {
    if (n == 0)
        return 0;
    uint32_t last = (unsigned char)s[--n] & 15;
    uint64_t h = 0x9e3779b97f4a7c15u ^ n, w;
    for (; n >= 8; s += 8, n -= 8) {
        memcpy(&w, s, 8);
        h = (h ^ w) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    w = 0;
    if (n)
        memcpy(&w, s, n);
    h = (h ^ w) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
    return (uint32_t)(h ^ h >> 33) << 4 | last;
}

static void set_slots(struct mn__atoms *t, uint32_t size) {
    free(t->slots);
    t->slots = mn_new0(size, sizeof *t->slots);
    t->mask = size - 1;
    for (uint32_t a = 1; a < t->n; a++) {
        uint32_t i = t->at[a].hash & t->mask;
        while (t->slots[i])
            i = (i + 1) & t->mask;
        t->slots[i] = a;
    }
}

static void grow_slots(struct mn__atoms *t) {
    set_slots(t, t->mask ? (t->mask + 1) * 2 : 1024);
}

void mn__atoms_expect(struct mn__atoms *t, size_t words) {
    size_t size = 1024, most = 1u << 21;
    while (size < words * 2 && size < most)
        size *= 2;
    if (size > (size_t)t->mask + 1)
        set_slots(t, (uint32_t)size);
}

struct mn__atoms *mn__atoms_new(struct mn_arena *arena) {
    static const char *const keys[] = {
        "",
#define KEY(ident) #ident,
#define KEY_AS(ident, spelling) spelling,
#include "model/keys.def"
#undef KEY
#undef KEY_AS
    };
    struct mn__atoms *t = mn_new0(1, sizeof *t);
    t->arena = arena;
    t->n = 1;
    t->at = mn_grow(NULL, &t->cap, 256, sizeof *t->at);
    t->at[0] = (struct atom){"", 0, 0};
    grow_slots(t);
    for (size_t i = 1; i < MN_COUNT(keys); i++)
        mn__atom(t, keys[i], strlen(keys[i]));
    return t;
}

void mn__atoms_free(struct mn__atoms *t) {
    if (!t)
        return;
    free(t->slots);
    free(t->at);
    free(t);
}

/* The slot that holds the word, or the empty one where it belongs. */
static uint32_t slot_of(const struct mn__atoms *t, const char *s, size_t n, uint32_t hash) {
    uint32_t i = hash & t->mask;
    for (; t->slots[i]; i = (i + 1) & t->mask) {
        const struct atom *a = &t->at[t->slots[i]];
        if (a->hash == hash && a->size == n && (n == 0 || memcmp(a->text, s, n) == 0))
            break;
    }
    return i;
}

static uint32_t add(struct mn__atoms *t, const char *s, size_t n) {
    uint32_t hash = hash_of(s, n), i = slot_of(t, s, n, hash);
    if (t->slots[i])
        return t->slots[i];
    if ((uint64_t)t->n * 2 > t->mask) {
        grow_slots(t);
        i = slot_of(t, s, n, hash);
    }
    t->at = mn_grow(t->at, &t->cap, t->n + 1, sizeof *t->at);
    t->at[t->n] = (struct atom){mn_arena_strndup(t->arena, s, n), hash, (uint32_t)n};
    return t->slots[i] = t->n++;
}

uint32_t mn__atom(struct mn__atoms *t, const char *s, size_t n) {
    if (n > SHORT)
        return add(t, s, n);
    uint64_t a = 0, b = 0;
    memcpy(&a, s, n < 8 ? n : 8);
    if (n > 8)
        memcpy(&b, s + 8, n - 8);
    struct recent *r = &t->recent[((a ^ (b + n) << 21) * 0x9e3779b97f4a7c15u) >> 56];
    if (r->atom && r->letters[0] == a && r->letters[1] == b && r->size == n)
        return r->atom;
    *r = (struct recent){{a, b}, (uint32_t)n, add(t, s, n)};
    return r->atom;
}

uint32_t mn__atom_find(const struct mn__atoms *t, const char *s, size_t n) {
    return t->slots[slot_of(t, s, n, hash_of(s, n))];
}

const char *mn__atom_text(const struct mn__atoms *t, uint32_t atom) {
    return t->at[atom].text;
}

size_t mn__atom_size(const struct mn__atoms *t, uint32_t atom) {
    return t->at[atom].size;
}

void mn__index_fini(struct mn__index *x) {
    free(x->at);
    *x = (struct mn__index){0};
}

int mn__index_add(struct mn__index *x, uint32_t atom, int value) {
    if (atom >= x->size) {
        struct mn__index old = *x;
        x->size = (size_t)atom * 2 + 64;
        x->at = mn_new0(x->size, sizeof *x->at); /* pages that are never touched cost nothing */
        if (old.size)
            memcpy(x->at, old.at, old.size * sizeof *x->at);
        free(old.at);
    }
    if (x->at[atom])
        return x->at[atom] - 1;
    x->at[atom] = value + 1;
    return -1;
}

int mn__index_get(const struct mn__index *x, uint32_t atom) {
    return atom < x->size ? x->at[atom] - 1 : -1;
}

void mn__ids_fini(struct mn__ids *ids) {
    free(ids->slots);
    *ids = (struct mn__ids){0};
}

static uint32_t id_slot(const struct mn__ids *ids, uint32_t atom) {
    uint32_t i = (atom * 0x9e3779b1u) & ids->mask;
    while (ids->slots[i].atom && ids->slots[i].atom != atom)
        i = (i + 1) & ids->mask;
    return i;
}

int mn__ids_add(struct mn__ids *ids, uint32_t atom, int value) {
    if (!ids->slots || ids->n * 2 > ids->mask) {
        struct mn__ids old = *ids;
        ids->mask = old.slots ? (old.mask + 1) * 2 - 1 : 63;
        ids->slots = mn_new0(ids->mask + 1, sizeof *ids->slots);
        for (uint32_t i = 0; old.slots && i <= old.mask; i++) {
            if (old.slots[i].atom)
                ids->slots[id_slot(ids, old.slots[i].atom)] = old.slots[i];
        }
        free(old.slots);
    }
    struct mn__id *slot = &ids->slots[id_slot(ids, atom)];
    if (slot->atom)
        return slot->value;
    *slot = (struct mn__id){atom, value};
    ids->n++;
    return -1;
}

void mn__ids_set(struct mn__ids *ids, uint32_t atom, int value) {
    if (mn__ids_add(ids, atom, value) >= 0)
        ids->slots[id_slot(ids, atom)].value = value;
}

int mn__ids_get(const struct mn__ids *ids, uint32_t atom) {
    if (!ids->slots || !atom)
        return -1;
    const struct mn__id *slot = &ids->slots[id_slot(ids, atom)];
    return slot->atom ? slot->value : -1;
}
