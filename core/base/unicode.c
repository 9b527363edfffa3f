/* UTF-8 text by libunistring, and comparison the way people type Vietnamese. */
#include "base/unicode.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uniconv.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

size_t mn_utf8_check(const char *s, size_t n) {
    const uint8_t *bad = u8_check((const uint8_t *)s, n);
    return bad ? (size_t)((const char *)bad - s) : n;
}

uint32_t mn_utf8_decode(const char *s, size_t n, size_t *used) {
    ucs4_t c;
    int got = u8_mbtoucr(&c, (const uint8_t *)s, n);
    if (got <= 0) {
        *used = 1;
        return 0xFFFD;
    }
    *used = (size_t)got;
    return c;
}

size_t mn_utf8_count(const char *s, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xC0) != 0x80;
    return count;
}

size_t mn_width(const char *s, size_t n) {
    size_t width = 0, used;
    for (size_t i = 0; i < n; i += used) {
        uint32_t c = mn_utf8_decode(s + i, n - i, &used);
        int w = c == '\t' ? 1 : uc_width(c, "UTF-8");
        width += w > 0 ? (size_t)w : 0;
    }
    return width;
}

static uint8_t *normalised(uninorm_t form, const char *s, size_t n, size_t *length) {
    return u8_normalize(form, (const uint8_t *)s, n, NULL, length);
}

bool mn_is_nfc(const char *s, size_t n) {
    bool ascii = true;
    for (size_t i = 0; i < n && ascii; i++)
        ascii = (unsigned char)s[i] < 0x80;
    if (ascii)
        return true;
    size_t length;
    uint8_t *nfc = normalised(UNINORM_NFC, s, n, &length);
    bool same = nfc && length == n && memcmp(nfc, s, n) == 0;
    free(nfc);
    return same;
}

char *mn_nfc(const char *s) {
    size_t n = strlen(s), length;
    if (mn_utf8_check(s, n) != n)
        return NULL;
    uint8_t *nfc = normalised(UNINORM_NFC, s, n, &length);
    if (!nfc)
        return NULL;
    char *copy = mn_resize(NULL, length + 1, 1);
    memcpy(copy, nfc, length);
    copy[length] = '\0';
    free(nfc);
    return copy;
}

char *mn_fold(const char *s) {
    size_t n = strlen(s), length = 0, used;
    uint8_t *nfd = normalised(UNINORM_NFKD, s, n, &length);
    const char *text = nfd ? (const char *)nfd : s;
    if (!nfd)
        length = n;
    struct mn_buf b = MN_BUF_INIT;
    bool gap = false;
    for (size_t i = 0; i < length; i += used) {
        ucs4_t c = mn_utf8_decode(text + i, length - i, &used);
        if (uc_is_general_category(c, UC_NON_SPACING_MARK))
            continue;
        if (c == 0x110 || c == 0x111) /* đ has no decomposition */
            c = 'd';
        c = uc_tolower(c);
        if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
            gap = b.size > 0;
            continue;
        }
        if (gap)
            mn_buf_putc(&b, ' ');
        gap = false;
        uint8_t bytes[6];
        int got = u8_uctomb(bytes, c, sizeof bytes);
        if (got > 0)
            mn_buf_add(&b, bytes, (size_t)got);
    }
    free(nfd);
    return mn_buf_take(&b);
}

/* Marks that make another letter (ă â đ ơ), as a step behind the plain one; 0 for a tone. */
static unsigned char letter_step(ucs4_t mark) {
    return mark == 0x306 ? 1 : mark == 0x302 ? 2 : mark == 0x31B ? 3 : 0;
}

static unsigned char tone_rank(ucs4_t mark) {
    static const ucs4_t tones[] = {0x300, 0x309, 0x303, 0x301, 0x323};
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (mark == tones[i])
            return (unsigned char)(i + 2);
    return 0;
}

char *mn_sort_key(const char *s) {
    size_t length = 0, used;
    uint8_t *nfd = normalised(UNINORM_NFD, s, strlen(s), &length);
    const char *text = nfd ? (const char *)nfd : s;
    struct mn_buf letters = MN_BUF_INIT, tones = MN_BUF_INIT;
    if (!nfd)
        length = strlen(s);
    for (size_t i = 0; i < length; i += used) {
        ucs4_t c = uc_tolower(mn_utf8_decode(text + i, length - i, &used));
        if (uc_is_general_category(c, UC_NON_SPACING_MARK)) {
            if (letters.size && letter_step(c))
                letters.data[letters.size - 1] += (char)letter_step(c);
            else if (tones.size && tone_rank(c))
                tones.data[tones.size - 1] = (char)tone_rank(c);
            continue;
        }
        bool barred = c == 0x111; /* đ has no decomposition */
        if (barred)
            c = 'd';
        if (c >= 'a' && c <= 'z') /* four places for each letter, behind space and digits */
            mn_buf_putc(&letters, (char)(0x40 + (c - 'a') * 4 + barred));
        else if (c < 0x40)
            mn_buf_putc(&letters, (char)c);
        else
            mn_buf_add(&letters, text + i, used);
        while (tones.size < letters.size)
            mn_buf_putc(&tones, 1);
    }
    free(nfd);
    mn_buf_putc(&letters, 1);
    mn_buf_add(&letters, tones.data, tones.size);
    mn_buf_fini(&tones);
    return mn_buf_take(&letters);
}

bool mn_is_control(uint32_t c) {
    if (c == '\n' || c == '\t')
        return false;
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F || c == 0x061C || c == 0xFEFF;
}

/* Decodes into an array that the caller frees. */
static ucs4_t *decoded(const char *s, size_t *count) {
    size_t n = strlen(s), used;
    ucs4_t *out = mn_new0(n + 1, sizeof *out);
    *count = 0;
    for (size_t i = 0; i < n; i += used)
        out[(*count)++] = mn_utf8_decode(s + i, n - i, &used);
    return out;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t mn_edit_distance(const char *a, const char *b, size_t limit) {
    size_t la, lb;
    ucs4_t *x = decoded(a, &la), *y = decoded(b, &lb);
    size_t result = limit + 1;
    size_t *rows = NULL;
    if ((la > lb ? la - lb : lb - la) > limit)
        goto out;
    rows = mn_new0(3 * (lb + 1), sizeof *rows);
    size_t *before = rows, *last = rows + lb + 1, *now = rows + 2 * (lb + 1);
    for (size_t j = 0; j <= lb; j++)
        last[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t best = now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t cost = x[i - 1] != y[j - 1];
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
            best = least(best, now[j]);
        }
        if (best > limit)
            goto out;
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    result = least(last[lb], limit + 1);
out:
    free(rows);
    free(x);
    free(y);
    return result;
}

int mn_nearest(const char *word, const char *const *words, size_t n) {
    size_t limit = mn_utf8_count(word, strlen(word)) / 3;
    if (limit == 0)
        limit = 1;
    int found = -1;
    for (size_t i = 0; i < n; i++) {
        size_t distance = mn_edit_distance(word, words[i], limit);
        if (distance <= limit) {
            found = (int)i;
            if (distance == 0)
                return found;
            limit = distance - 1;
        }
    }
    return found;
}
