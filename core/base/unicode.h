/* UTF-8 text: validity, normal form, display width, accent-free comparison, nearest word.
 *
 * The one gate to libunistring. Everything is UTF-8 whatever the locale. */
#ifndef MN_BASE_UNICODE_H
#define MN_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Byte offset of the first invalid sequence, or n when all n bytes are valid UTF-8. */
size_t mn_utf8_check(const char *s, size_t n);

/* Decodes the character at s (n bytes left, n > 0); stores its bytes in *used. Invalid: U+FFFD, 1.
 */
uint32_t mn_utf8_decode(const char *s, size_t n, size_t *used);

size_t mn_utf8_count(const char *s, size_t n); /* characters */

/* Columns that the text takes on a terminal: combining marks 0, wide characters 2, tab 1. */
size_t mn_width(const char *s, size_t n);

/* Whether the n bytes are valid UTF-8 in normal form C. */
bool mn_is_nfc(const char *s, size_t n);

/* The text in normal form C; the caller frees. NULL when it is not valid UTF-8. */
char *mn_nfc(const char *s);

/* A key for look-ups: lower case, no accents or tones, đ as d, runs of space and punctuation folded
 * to one space, trimmed. So "Hoà Bình", "Hòa Bình" and "hoa-binh" have one key. Caller frees. */
char *mn_fold(const char *s);

/* A key whose byte order is Vietnamese alphabetical order: letters first (a ă â b c d đ e ê …), the
 * tones (level, huyền, hỏi, ngã, sắc, nặng) only between words that are else the same (TCVN 6712
 * puts them so; stock C libraries need a locale for it). The caller frees. */
char *mn_sort_key(const char *s);

/* A control character other than newline or tab, or one that reorders text (bidi controls). */
bool mn_is_control(uint32_t c);

/* Number of single-character edits between a and b (Damerau–Levenshtein, optimal string alignment),
 * or limit + 1 as soon as it is sure to exceed `limit`. */
size_t mn_edit_distance(const char *a, const char *b, size_t limit);

/* Index of the word nearest to `word` and near enough to be meant (a third of its length, at least
 * 1), ties to the first; -1 when there is none. */
int mn_nearest(const char *word, const char *const *words, size_t n);

#endif
