/* The fonts inside a document: of each font only what its texts use, so that they look the same
 * wherever the document is opened. The one gate to HarfBuzz and fontconfig. */
#ifndef MN_DIAGRAM_FONTS_H
#define MN_DIAGRAM_FONTS_H

#include "base/buf.h"
#include "diagram/scene.h"

/* The family's name in documents: no installed font has it. */
#define MN__FONT_INSIDE "metronet"

struct mn__fonts;

/* Finds the fonts for all texts of the scene: Noto Sans; for characters that it lacks DejaVu Sans,
 * then the other families of Noto Sans. Where no font is installed the document will have none. */
struct mn__fonts *mn__fonts_new(const struct mn__scene *s);
void mn__fonts_free(struct mn__fonts *fonts);

/* Whether a character is drawn; one that no font has is to be drawn as U+FFFD. */
bool mn__fonts_have(const struct mn__fonts *fonts, uint32_t c, bool bold);

/* Adds an @font-face for each font, its data in Base64. */
void mn__fonts_style(const struct mn__fonts *fonts, struct mn_buf *out);

/* From now on the process sets letters one by one, "fi" as two and none moved closer to the next,
 * as texts are measured and as SVG shows them; so what is printed can be searched for "fi". To be
 * called before any text is set. */
void mn__fonts_keep_letters(void);

#endif
