/* Heap calls that cannot fail quietly, arenas, and growing arrays. */
#include "base/mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ALIGNMENT 16
#define FIRST_CHUNK 4096
#define HUGE_PAGE (2u << 20)
#define LARGEST_CHUNK (8u << 20)

static _Noreturn void out_of_memory(void) {
    static const char text[] = "metronet: hết bộ nhớ / out of memory\n";
    ssize_t n = write(STDERR_FILENO, text, sizeof text - 1);
    (void)n;
    abort();
}

static size_t checked_bytes(size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    return bytes;
}

void mn_heap_keep(void) {
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 1 << 20);
}

void *mn_new0(size_t count, size_t size) {
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mn_resize(void *p, size_t count, size_t size) {
    size_t bytes = checked_bytes(count, size);
    p = realloc(p, bytes ? bytes : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *mn_strdup(const char *s) {
    size_t n = strlen(s) + 1;
    return memcpy(mn_resize(NULL, n, 1), s, n);
}

void *mn_grow(void *p, size_t *cap, size_t need, size_t size) {
    if (need <= *cap)
        return p;
    size_t wanted = *cap ? *cap * 2 : 8;
    if (wanted < need)
        wanted = need;
    p = mn_resize(p, wanted, size);
    *cap = wanted;
    return p;
}

struct chunk {
    struct chunk *before;
    size_t size, used;
    size_t mapped; /* bytes from mmap, or 0 when it is from the heap */
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct mn_arena {
    struct chunk *last;
};

struct mn_arena *mn_arena_new(void) {
    return mn_new0(1, sizeof(struct mn_arena));
}

void mn_arena_free(struct mn_arena *a) {
    if (!a)
        return;
    for (struct chunk *c = a->last, *before; c; c = before) {
        before = c->before;
        if (c->mapped)
            munmap(c, c->mapped);
        else
            free(c);
    }
    free(a);
}

/* Memory on huge pages where the system has them to give: filling 200 MB of small ones costs more
 * time than what is written there. */
static struct chunk *map_chunk(size_t bytes) {
    size_t wanted = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    unsigned char *p =
        mmap(NULL, wanted + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        out_of_memory();
    size_t before = (HUGE_PAGE - (uintptr_t)p % HUGE_PAGE) % HUGE_PAGE;
    if (before)
        munmap(p, before);
    if (before < HUGE_PAGE)
        munmap(p + before + wanted, HUGE_PAGE - before);
    madvise(p + before, wanted, MADV_HUGEPAGE);
    struct chunk *c = (struct chunk *)(void *)(p + before);
    c->mapped = wanted;
    c->size = wanted - sizeof *c;
    return c;
}

static struct chunk *new_chunk(struct mn_arena *a, size_t need) {
    size_t size = a->last ? a->last->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < need)
        size = need;
    struct chunk *c;
    if (size >= HUGE_PAGE - sizeof *c) {
        c = map_chunk(size + sizeof *c - (size % HUGE_PAGE == 0 && size > need ? sizeof *c : 0));
    } else {
        c = calloc(1, sizeof *c + size);
        if (!c)
            out_of_memory();
        c->size = size;
    }
    c->before = a->last;
    a->last = c;
    return c;
}

void *mn_arena_alloc(struct mn_arena *a, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT - sizeof(struct chunk))
        out_of_memory();
    size_t need = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (need == 0)
        need = ALIGNMENT;
    struct chunk *c = a->last;
    if (!c || c->size - c->used < need)
        c = new_chunk(a, need);
    void *p = c->bytes + c->used;
    c->used += need;
    return p;
}

void *mn_arena_copy(struct mn_arena *a, const void *p, size_t size) {
    void *q = mn_arena_alloc(a, size);
    if (size)
        memcpy(q, p, size);
    return q;
}

char *mn_arena_strndup(struct mn_arena *a, const char *s, size_t n) {
    char *q = mn_arena_alloc(a, n + 1);
    if (n)
        memcpy(q, s, n);
    return q;
}

char *mn_arena_strdup(struct mn_arena *a, const char *s) {
    return mn_arena_strndup(a, s, strlen(s));
}

char *mn_arena_join(struct mn_arena *a, const char *const *parts, size_t n) {
    size_t size = 0;
    for (size_t i = 0; i < n; i++)
        size += strlen(parts[i]);
    char *q = mn_arena_alloc(a, size + 1), *end = q;
    for (size_t i = 0; i < n; i++)
        end = stpcpy(end, parts[i]);
    return q;
}

char *mn_arena_printf(struct mn_arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *q = mn_arena_alloc(a, (size_t)n + 1);
    vsnprintf(q, (size_t)n + 1, format, again);
    va_end(again);
    return q;
}
