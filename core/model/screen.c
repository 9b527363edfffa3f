/* What no text file of a model may hold, found before YAML is read: libyaml would stop at the first
 * such byte, count lines differently, or let through what nobody can see. */
#include "base/unicode.h"
#include "model/tree.h"

#include <stdio.h>
#include <string.h>

/* The place of a byte, and whether to show the line (not when it is binary). */
static struct mn_loc place(const struct mn_source *s, size_t at) {
    struct mn_loc loc = {s, 1, 1, 1};
    size_t start = 0;
    for (size_t i = 0; i < at; i++) {
        if (s->text[i] == '\n') {
            loc.line++;
            start = i + 1;
        }
    }
    loc.col = (int)mn_utf8_count(s->text + start, at - start) + 1;
    return loc;
}

static struct mn_loc whole(const struct mn_source *s) {
    return (struct mn_loc){s, 0, 0, 0};
}

static bool has_prefix(const struct mn_source *s, const char *bytes, size_t n) {
    return s->size >= n && memcmp(s->text, bytes, n) == 0;
}

/* Line breaks to YAML 1.1 that editors do not count as such, and what only pretends to be a space.
 */
static bool refused(uint32_t c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff ||
           (c != '\n' && mn_is_control(c));
}

static bool is_plain(char c) {
    return (unsigned char)c - 0x20u < 0x5fu || c == '\n' || c == '\t';
}

/* The first byte that needs a look: beyond ASCII, or a control character. */
static size_t skip_plain(const char *s, size_t i, size_t n) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    while (i < n) {
        for (uint64_t w; n - i >= sizeof w; i += sizeof w) { /* eight at a time within a line */
            memcpy(&w, s + i, sizeof w);
            if ((w | (w + ones) | ((w - ones * 0x20) & ~w)) & high)
                break;
        }
        for (size_t stop = n - i > 8 ? i + 8 : n; i < stop; i++) {
            if (!is_plain(s[i]))
                return i;
        }
    }
    return n;
}

static void refuse(const struct mn_source *s, size_t at, uint32_t ch, bool invalid,
                   struct mn__complaints *c) {
    char code[16];
    snprintf(code, sizeof code, "U+%04X", (unsigned)ch);
    if (memchr(s->text, '\0', s->size))
        mn__complain(c, MN_D_binary_file, whole(s), MN_NO_ARGS);
    else if (invalid)
        mn__complain(c, MN_D_not_utf8, place(s, at), MN_NO_ARGS);
    else
        mn__complain(c, MN_D_control_character, place(s, at), MN_ARGS(code));
}

bool mn__screen(const struct mn_source *s, struct mn__complaints *c) {
    size_t first = skip_plain(s->text, 0, s->size);
    if (first == s->size)
        return true;
    if (has_prefix(s, "\xff\xfe", 2) || has_prefix(s, "\xfe\xff", 2)) {
        mn__complain(c, MN_D_utf16, whole(s), MN_NO_ARGS);
        return false;
    }
    if (has_prefix(s, "\xef\xbb\xbf", 3)) {
        mn__complain(c, MN_D_byte_order_mark, whole(s), MN_NO_ARGS);
        return false;
    }
    for (size_t i = first; i < s->size; i = skip_plain(s->text, i, s->size)) {
        size_t used;
        uint32_t ch = mn_utf8_decode(s->text + i, s->size - i, &used);
        bool invalid = ch == 0xfffd && used == 1;
        bool line_end = ch == '\r' && i + 1 < s->size && s->text[i + 1] == '\n';
        if (invalid || (refused(ch) && !line_end)) {
            refuse(s, i, ch, invalid, c);
            return false;
        }
        i += used;
    }
    return true;
}
