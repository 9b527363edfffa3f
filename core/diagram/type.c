/* Measuring and fitting text. */
#include "diagram/type.h"

#include "base/buf.h"
#include "base/unicode.h"

#include <stdint.h>
#include <string.h>

enum { MAX_CHARACTERS = 400, MAX_MARKS = 2 };

struct range {
    uint32_t first, last;
    int offset; /* of its first width in `widths` */
};

#define W(regular, bold) {regular, bold},
#define WIDTHS(first, last)
static const uint16_t widths[][2] = {
#include "diagram/widths.def"
};
#undef W
#undef WIDTHS

/* The ranges' order and sizes give the offsets. */
#define W(regular, bold)
#define WIDTHS(first, last) {first, last, 0},
static const struct range ranges[] = {
#include "diagram/widths.def"
};
#undef W
#undef WIDTHS

bool mn__text_is_mark(uint32_t c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5BD) ||
           (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) ||
           (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
           (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xFE20 && c <= 0xFE2F) || c == 0x200B || c == 0x200C || c == 0x200D ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

/* From the table, in thousandths of an em; 0: not in it. */
static int known_advance(uint32_t c, bool bold) {
    int offset = 0;
    for (size_t i = 0; i < MN_COUNT(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return widths[offset + (int)(c - ranges[i].first)][bold];
        offset += (int)(ranges[i].last - ranges[i].first) + 1;
    }
    return 0;
}

bool mn__text_knows(uint32_t c, bool bold) {
    return known_advance(c, bold) > 0 || mn__text_is_mark(c);
}

/* What the font lacks comes from another one: taken as wide as those get. */
static int advance(uint32_t c, bool bold) {
    int known = known_advance(c, bold);
    if (known)
        return known;
    if (mn__text_is_mark(c))
        return 0;
    if (c >= 0x2190 && c <= 0x2199) /* arrows are DejaVu's, all as wide */
        return 838;
    return c >= 0x1F000 ? 1400 : 1050;
}

double mn__text_width(const char *s, double size, bool bold) {
    size_t n = strlen(s), used;
    int64_t sum = 0;
    for (size_t i = 0; i < n; i += used)
        sum += advance(mn_utf8_decode(s + i, n - i, &used), bold);
    return (double)sum * size / 1000;
}

char *mn__text_clean(struct mn_arena *a, const char *s) {
    struct mn_buf b = MN_BUF_INIT;
    size_t n = strlen(s), used;
    int marks = 0, count = 0;
    for (size_t i = 0; i < n; i += used) {
        uint32_t c = mn_utf8_decode(s + i, n - i, &used);
        marks = mn__text_is_mark(c) ? marks + 1 : 0;
        if (marks > MAX_MARKS)
            continue;
        if (++count > MAX_CHARACTERS) {
            mn_buf_puts(&b, MN__ELLIPSIS);
            break;
        }
        if (c == '\n' || c == '\t' || c == '\r')
            mn_buf_putc(&b, ' ');
        else if (c == 0xFFFD || c == 0xFFFE || c == 0xFFFF || mn_is_control(c))
            mn_buf_puts(&b, "\xEF\xBF\xBD");
        else
            mn_buf_add(&b, s + i, used);
    }
    char *copy = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return copy;
}

/* Bytes of the longest beginning that fits `width`, never inside a character or before its marks.
 */
static size_t prefix(const char *s, double size, bool bold, double width) {
    size_t n = strlen(s), used, fits = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i += used) {
        uint32_t c = mn_utf8_decode(s + i, n - i, &used);
        sum += advance(c, bold) * size / 1000;
        if (sum > width)
            break;
        fits = i + used;
    }
    return fits;
}

const char *mn__text_fit(struct mn_arena *a, const char *s, double size, bool bold, double width) {
    if (mn__text_width(s, size, bold) <= width)
        return s;
    size_t n = prefix(s, size, bold, width - mn__text_width(MN__ELLIPSIS, size, bold));
    while (n && s[n - 1] == ' ')
        n--;
    return mn_arena_printf(a, "%.*s" MN__ELLIPSIS, (int)n, s);
}

int mn__text_wrap(struct mn_arena *a, const char *s, double size, bool bold, double width, int max,
                  const char **lines) {
    int count = 0;
    while (*s == ' ')
        s++;
    while (*s && count < max) {
        if (count == max - 1 || mn__text_width(s, size, bold) <= width) {
            lines[count++] = mn__text_fit(a, s, size, bold, width);
            break;
        }
        size_t n = prefix(s, size, bold, width), cut = n;
        if (s[n] != ' ')
            while (cut && s[cut - 1] != ' ')
                cut--;
        if (!cut && !(cut = n)) /* a word wider than the line is cut; a character never is */
            mn_utf8_decode(s, strlen(s), &cut);
        size_t end = cut;
        while (end && s[end - 1] == ' ')
            end--;
        lines[count++] = mn_arena_strndup(a, s, end);
        s += cut;
        while (*s == ' ')
            s++;
    }
    return count;
}
