/* A growing string of bytes, always ended by a NUL that is not counted. */
#ifndef MN_BASE_BUF_H
#define MN_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct mn_buf {
    char *data; /* NULL until something is added */
    size_t size, cap;
};

#define MN_BUF_INIT                                                                                \
    { NULL, 0, 0 }

/* Frees the memory; the buffer is empty and may be used again. The rest add at the end. */
void mn_buf_fini(struct mn_buf *b);
void mn_buf_clear(struct mn_buf *b); /* empties, keeps the memory */
void mn_buf_add(struct mn_buf *b, const void *bytes, size_t n);
void mn_buf_puts(struct mn_buf *b, const char *s);
void mn_buf_putc(struct mn_buf *b, char c);
void mn_buf_repeat(struct mn_buf *b, char c, size_t times);
void mn_buf_printf(struct mn_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void mn_buf_vprintf(struct mn_buf *b, const char *format, va_list args);

/* The text so far ("" when empty); valid until the next change. */
const char *mn_buf_text(const struct mn_buf *b);

/* Hands the memory to the caller, who frees it, and empties the buffer. Never NULL. */
char *mn_buf_take(struct mn_buf *b);

#endif
