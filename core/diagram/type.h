/* How wide a text is, and how it is made to fit: measured from the font's own advance widths, so
 * that a sheet is the same on every machine, whatever fonts it has. */
#ifndef MN_DIAGRAM_TYPE_H
#define MN_DIAGRAM_TYPE_H

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

#define MN__FONT "Noto Sans"
#define MN__ELLIPSIS "…"

/* Width in points at that size. Kerning is not counted: it takes away, rarely adds (under 1 %). */
double mn__text_width(const char *s, double size, bool bold);

/* Whether that is the font's own width, not one assumed for a character that it lacks. */
bool mn__text_knows(uint32_t c, bool bold);

/* Whether it is drawn on the letter before it and takes no room. */
bool mn__text_is_mark(uint32_t c);

/* A copy that is safe to draw: control and bidi characters as U+FFFD, newlines as spaces, at most
 * two combining marks in a row, at most 400 characters. */
char *mn__text_clean(struct mn_arena *a, const char *s);

/* The text, or as much of it as fits `width` with an ellipsis. */
const char *mn__text_fit(struct mn_arena *a, const char *s, double size, bool bold, double width);

/* Breaks at spaces into at most `max` lines that fit `width`, the last one shortened. Returns how
 * many. */
int mn__text_wrap(struct mn_arena *a, const char *s, double size, bool bold, double width, int max,
                  const char **lines);

#endif
