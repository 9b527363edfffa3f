/* Sheets on paper: a PDF of one page or many, with a date that is given, bookmarks and links; and a
 * sheet as PNG. Graphviz draws each sheet, cairo keeps the document around it. */
#ifndef MN_DIAGRAM_BOOK_H
#define MN_DIAGRAM_BOOK_H

#include "base/buf.h"
#include "diagram/scene.h"

struct mn__book;

/* A document whose bytes are added to `out`; `date` is YYYY-MM-DD. */
struct mn__book *mn__book_new(const char *title, const char *date, struct mn_buf *out);

/* A bookmark to the page that is added next, below another (0: at the top). Returns its number. */
int mn__book_bookmark(struct mn__book *book, int under, const char *title);

/* Adds the scene as a page of its own size, its elements leading to the pages that they name. False
 * when it cannot be drawn. */
bool mn__book_page(struct mn__book *book, const struct mn__scene *s);

/* Writes the rest and frees the book. False when something went wrong on any page. */
bool mn__book_end(struct mn__book *book);

/* Adds the scene as PNG of s->dpi. */
bool mn__draw_png(const struct mn__scene *s, struct mn_buf *out);

#endif
