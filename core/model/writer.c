/* JSON, piece by piece. */
#include "model/writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void put(struct mn__writer *w, const char *s, size_t n) {
    if (w->n + n > MN__WRITER_PIECE) {
        w->take(w->arg, w->piece, w->n);
        w->n = 0;
    }
    if (n > MN__WRITER_PIECE) {
        w->take(w->arg, s, n);
        return;
    }
    memcpy(w->piece + w->n, s, n);
    w->n += n;
}

void mn__write_quoted(struct mn__writer *w, const char *s) {
    put(w, "\"", 1);
    for (const char *p = s;; p++) {
        if (*p && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
            continue;
        put(w, s, (size_t)(p - s));
        if (!*p)
            break;
        char escape[8];
        int n = *p == '"' || *p == '\\' ? snprintf(escape, sizeof escape, "\\%c", *p)
                                        : snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*p);
        put(w, escape, (size_t)n);
        s = p + 1;
    }
    put(w, "\"", 1);
}

static void comma(struct mn__writer *w) {
    if (!w->first[w->depth])
        put(w, ",", 1);
    w->first[w->depth] = false;
}

void mn__write_open(struct mn__writer *w, const char *bracket) {
    put(w, bracket, 1);
    w->depth++;
    assert(w->depth < MN__WRITER_DEEPEST);
    w->first[w->depth] = true;
    w->key[w->depth] = "";
}

void mn__write_close(struct mn__writer *w, const char *bracket) {
    put(w, bracket, 1);
    w->depth--;
}

void mn__write_key(struct mn__writer *w, const char *name) {
    assert(strcmp(w->key[w->depth], name) < 0);
    w->key[w->depth] = name;
    comma(w);
    mn__write_quoted(w, name);
    put(w, ":", 1);
}

void mn__write_item(struct mn__writer *w) {
    comma(w);
}

/* Fields: nothing when the value is not said. */

void mn__write_string(struct mn__writer *w, const char *name, const char *value) {
    if (value) {
        mn__write_key(w, name);
        mn__write_quoted(w, value);
    }
}

void mn__write_number(struct mn__writer *w, const char *name, int64_t value, int64_t unsaid) {
    if (value == unsaid)
        return;
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRId64, value);
    mn__write_key(w, name);
    put(w, digits, (size_t)n);
}

void mn__write_flag(struct mn__writer *w, const char *name, bool value) {
    if (value) {
        mn__write_key(w, name);
        put(w, "true", 4);
    }
}

void mn__write_end(struct mn__writer *w) {
    w->take(w->arg, w->piece, w->n);
    w->n = 0;
}
