/* Writes JSON piece by piece to whoever takes it: no spaces, nothing for what is not said. */
#ifndef MN_MODEL_WRITER_H
#define MN_MODEL_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MN__WRITER_PIECE = 1 << 15, MN__WRITER_DEEPEST = 12 };

/* Zeroed but for `take` and `arg` it is ready; with mn__write_end the last piece goes out. */
struct mn__writer {
    const void *subject; /* what is written: for whoever writes it */
    void (*take)(void *arg, const char *bytes, size_t n);
    void *arg;
    size_t n;
    int depth;
    bool first[MN__WRITER_DEEPEST];
    const char *key[MN__WRITER_DEEPEST]; /* the last one of each open map: they are sorted */
    char piece[MN__WRITER_PIECE];
};

/* "{" or "[", and the end of it. */
void mn__write_open(struct mn__writer *w, const char *bracket);
void mn__write_close(struct mn__writer *w, const char *bracket);
/* Before each entry: the key of a map (they must come sorted), or the place in a list. */
void mn__write_key(struct mn__writer *w, const char *name);
void mn__write_item(struct mn__writer *w);
void mn__write_quoted(struct mn__writer *w, const char *s);

/* Fields of a map; nothing when the value is NULL, `unsaid` or false. */
void mn__write_string(struct mn__writer *w, const char *name, const char *value);
void mn__write_number(struct mn__writer *w, const char *name, int64_t value, int64_t unsaid);
void mn__write_flag(struct mn__writer *w, const char *name, bool value);

void mn__write_end(struct mn__writer *w);

#endif
