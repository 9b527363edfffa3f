/* Memory: heap calls that cannot fail quietly, arenas, and growing arrays.
 *
 * A lifetime is an arena: free the arena and everything taken from it is gone. Running out of
 * memory ends the program in one place, with a message, so no caller checks for NULL. */
#ifndef MN_BASE_MEM_H
#define MN_BASE_MEM_H

#include <stddef.h>

/* Once, as the program begins: large pieces of memory come from the heap, which is kept. Mapping
 * and unmapping each by itself takes a third of the time that the city's model needs to load. */
void mn_heap_keep(void);

/* Heap memory, zeroed (`mn_new0`) or resized. Never NULL; release with free(). */
void *mn_new0(size_t count, size_t size);
void *mn_resize(void *p, size_t count, size_t size);
char *mn_strdup(const char *s);

/* Makes room for `need` elements of `size` bytes in *p, whose capacity is *cap; doubles, so that
 * pushing is amortised O(1). Returns the (possibly moved) array. */
void *mn_grow(void *p, size_t *cap, size_t need, size_t size);

struct mn_arena;

struct mn_arena *mn_arena_new(void);
void mn_arena_free(struct mn_arena *a); /* NULL is allowed */

/* Zeroed memory aligned for any type, owned by the arena. */
void *mn_arena_alloc(struct mn_arena *a, size_t size);
void *mn_arena_copy(struct mn_arena *a, const void *p, size_t size);
char *mn_arena_strdup(struct mn_arena *a, const char *s);
char *mn_arena_strndup(struct mn_arena *a, const char *s, size_t n);
/* The parts one after another. */
char *mn_arena_join(struct mn_arena *a, const char *const *parts, size_t n);
char *mn_arena_printf(struct mn_arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define MN_ARENA_ARRAY(arena, type, count) ((type *)mn_arena_alloc(arena, sizeof(type) * (count)))
#define MN_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
