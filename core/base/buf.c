/* A growing string of bytes. */
#include "base/buf.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct mn_buf *b, size_t more) {
    b->data = mn_grow(b->data, &b->cap, b->size + more + 1, 1);
}

void mn_buf_fini(struct mn_buf *b) {
    free(b->data);
    *b = (struct mn_buf)MN_BUF_INIT;
}

void mn_buf_clear(struct mn_buf *b) {
    b->size = 0;
    if (b->data)
        b->data[0] = '\0';
}

void mn_buf_add(struct mn_buf *b, const void *bytes, size_t n) {
    reserve(b, n);
    if (n)
        memcpy(b->data + b->size, bytes, n);
    b->size += n;
    b->data[b->size] = '\0';
}

void mn_buf_puts(struct mn_buf *b, const char *s) {
    mn_buf_add(b, s, strlen(s));
}

void mn_buf_putc(struct mn_buf *b, char c) {
    mn_buf_add(b, &c, 1);
}

void mn_buf_repeat(struct mn_buf *b, char c, size_t times) {
    reserve(b, times);
    memset(b->data + b->size, c, times);
    b->size += times;
    b->data[b->size] = '\0';
}

void mn_buf_vprintf(struct mn_buf *b, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    reserve(b, (size_t)n);
    vsnprintf(b->data + b->size, (size_t)n + 1, format, again);
    va_end(again);
    b->size += (size_t)n;
}

void mn_buf_printf(struct mn_buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    mn_buf_vprintf(b, format, args);
    va_end(args);
}

const char *mn_buf_text(const struct mn_buf *b) {
    return b->data ? b->data : "";
}

char *mn_buf_take(struct mn_buf *b) {
    if (!b->data)
        reserve(b, 0), b->data[0] = '\0';
    char *data = b->data;
    *b = (struct mn_buf)MN_BUF_INIT;
    return data;
}
