/* Looking into, layering and locating trees. */
#include "model/tree.h"

#include <string.h>

struct mn__item *mn__get(const struct mn__item *map, enum mn__key key) {
    if (!mn__is(map, MN__MAP))
        return NULL;
    for (uint32_t i = 0; i < map->n; i++) {
        if (map->items[i].key == (uint32_t)key)
            return map->items[i].flags & MN__BAD ? NULL : &map->items[i];
    }
    return NULL;
}

static const struct mn__item *entry(const struct mn__item *map, uint32_t key) {
    for (uint32_t i = 0; i < map->n; i++) {
        if (map->items[i].key == key)
            return &map->items[i];
    }
    return NULL;
}

struct mn__item *mn__merged(struct mn_arena *arena, const struct mn__item *base,
                            const struct mn__item *over) {
    struct mn__item *made = mn_arena_copy(arena, base, sizeof *base);
    if (!mn__is(base, MN__MAP) || !mn__is(over, MN__MAP)) {
        *made = *over;
        return made;
    }
    made->items = MN_ARENA_ARRAY(arena, struct mn__item, (size_t)base->n + over->n);
    made->n = 0;
    for (uint32_t i = 0; i < base->n; i++) {
        const struct mn__item *mine = &base->items[i], *theirs = entry(over, mine->key);
        made->items[made->n++] = theirs ? *mn__merged(arena, mine, theirs) : *mine;
    }
    for (uint32_t i = 0; i < over->n; i++) {
        if (!entry(base, over->items[i].key))
            made->items[made->n++] = over->items[i];
    }
    return made;
}

struct mn__item *mn__with_defaults(struct mn_arena *arena, const struct mn__item *base,
                                   const struct mn__item *fallback) {
    struct mn__item *made = mn_arena_copy(arena, base, sizeof *base);
    made->items = MN_ARENA_ARRAY(arena, struct mn__item, (size_t)base->n + fallback->n);
    if (base->n)
        memcpy(made->items, base->items, base->n * sizeof *base);
    for (uint32_t i = 0; i < fallback->n; i++) {
        if (!entry(base, fallback->items[i].key))
            made->items[made->n++] = fallback->items[i];
    }
    return made;
}

struct mn__item mn__key_item(const struct mn__item *it, const char *text, size_t n) {
    return (struct mn__item){.text = text,
                             .n = (uint32_t)n,
                             .atom = it->key,
                             .line = it->line - it->key_up,
                             .col = it->key_col,
                             .len = it->key_len,
                             .file = it->file,
                             .type = MN__SCALAR};
}

struct mn_loc mn__loc(const struct mn_source *const *sources, const struct mn__item *it) {
    return (struct mn_loc){sources[it->file], (int)it->line, (int)it->col, it->len};
}

struct mn_loc mn__key_loc(const struct mn_source *const *sources, const struct mn__item *it) {
    if (!it->key)
        return mn__loc(sources, it);
    return (struct mn_loc){sources[it->file], (int)(it->line - it->key_up), (int)it->key_col,
                           it->key_len};
}
