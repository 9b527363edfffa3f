/* A picture before it is drawn: boxes, texts and lines on a sheet, in points, y downwards.
 *
 * Views fill a scene; render.c draws it; tests measure it. Elements are drawn in their order. */
#ifndef MN_DIAGRAM_SCENE_H
#define MN_DIAGRAM_SCENE_H

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

#define MN__NO_COLOUR 0xFFFFFFFFu

enum mn__shape { MN__BOX, MN__OVAL, MN__TEXT, MN__LINE };
enum mn__dash { MN__SOLID, MN__DASHED, MN__DOTTED };
enum mn__align { MN__LEFT, MN__CENTRE, MN__RIGHT };

struct mn__point {
    double x, y;
};

struct mn__rect {
    double x, y, w, h; /* left, top */
};

/* How a box, oval or line looks; texts use only `line`, as their colour. */
struct mn__look {
    uint32_t fill, line;
    double width;
    enum mn__dash dash;
    bool rounded;
};

struct mn__element {
    enum mn__shape is;
    struct mn__look look;
    struct mn__rect at; /* of a text: what its letters take */
    const char *id;     /* in the document, or NULL */
    const char *cls;    /* words for style sheets, or NULL */
    const char *tip;    /* what it is, in a sentence, or NULL */
    const char *link; /* the picture that shows more of it, as mn_picture_name calls it, or NULL */

    const char *text;
    double size;
    bool bold;
    int within; /* the box that holds this text or box; -1: the sheet */

    int n; /* points of a line */
    const struct mn__point *points;
    bool curve; /* the points are a Bézier spline: 3k + 1 of them */
    bool arrow; /* at its end */

    bool area; /* a box that lines may enter and leave: it only groups */
    bool icon; /* part of a symbol: lines and boxes may touch it */
    int page;  /* of the same book, where a click leads; 0: nowhere */

    int layer;      /* of a series that builds the sheet up: shown from this step on; 0: always */
    unsigned parts; /* enum mn__part: what a worksheet may leave blank */
    const char *answer; /* what to fill in then, in full; NULL: the text; "": goes with another */
};

/* What a text or line says, for worksheets. One may be several. */
enum mn__part {
    MN__NAME = 1, /* which thing it is */
    MN__ROLE = 2, /* what it does: its kind, its place in the network */
    MN__WAY = 4,  /* a line, and what is written on it */
};

struct mn__scene {
    struct mn_arena *arena;
    double width, height;
    int dpi;
    const char *title, *description, *date, *lang; /* for the document; date YYYY-MM-DD */
    const char *note;                              /* its place in a series, or "" */
    const char *layout; /* what the document tells the next that is drawn over it: its groups or
                           a map's panels (mn__groups_note, mn__map_note); or NULL */
    int layer;          /* of the elements that are added now */
    bool links;         /* a document on a screen has them */
    int n;
    struct mn__element *elements;
    size_t cap;
};

struct mn__scene *mn__scene_new(double width, double height);
void mn__scene_free(struct mn__scene *s);

/* Each returns the index of the new element. Strings are copied; texts are cleaned. */
int mn__put_box(struct mn__scene *s, int within, struct mn__rect r, struct mn__look look);
int mn__put_oval(struct mn__scene *s, int within, struct mn__rect r, struct mn__look look);
int mn__put_line(struct mn__scene *s, const struct mn__point *p, int n, struct mn__look look);

/* Where a line itself ends: with an arrow, where the head begins. */
struct mn__point mn__line_end(const struct mn__element *line);

/* One line of text whose middle is at height y, starting, centred or ending at x. */
int mn__put_text(struct mn__scene *s, int within, double x, double y, enum mn__align align,
                 const char *text, double size, bool bold, uint32_t colour);

/* The same, shortened to `width`. */
int mn__put_text_in(struct mn__scene *s, int within, double x, double y, enum mn__align align,
                    double width, const char *text, double size, bool bold, uint32_t colour);

/* At most `max` lines of text around the middle height y. Returns how many there are. */
int mn__put_paragraph(struct mn__scene *s, int within, double x, double y, enum mn__align align,
                      double width, int max, const char *text, double size, bool bold,
                      uint32_t colour);

/* An empty scene of the same size and about the same. What is said of it is borrowed: `s` lives
 * longer. */
struct mn__scene *mn__scene_like(const struct mn__scene *s);

/* The element with that id, or -1. */
int mn__find_id(const struct mn__scene *s, const char *id);

/* How far to the right a text on the bare sheet may reach: to what stands beside it. */
double mn__text_room(const struct mn__scene *s, int text, double margin);

/* Says what an element is, for people with a pointer or a screen reader and for style sheets. */
void mn__put_name(struct mn__scene *s, int element, const char *id, const char *cls,
                  const char *tip);

/* Says what an element is on a worksheet: `parts` of enum mn__part, and what the answer is where
 * that is not the element's own text ("": it belongs to the answer of the text before). */
void mn__put_parts(struct mn__scene *s, int element, unsigned parts, const char *answer);

/* Makes an element lead to a page of the same book. */
void mn__put_page(struct mn__scene *s, int element, int page);

#endif
