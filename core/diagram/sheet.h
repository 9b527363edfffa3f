/* The sheet that every view is drawn on: paper, frame, legend, marks, colours and how boxes look.
 */
#ifndef MN_DIAGRAM_SHEET_H
#define MN_DIAGRAM_SHEET_H

#include "diagram/diagram.h"
#include "diagram/scene.h"

#define MN__INK 0x1B2733u
#define MN__DIM 0x5A6672u
#define MN__GREY 0x8A97A5u
#define MN__WHITE 0xFFFFFFu
#define MN__CORE_COLOUR 0x12263Au
#define MN__CENTRE_COLOUR 0x5B3A82u
#define MN__CHIP_FILL 0xFDF1E7u
#define MN__CHIP_LINE 0x8A3A00u
#define MN__MARGIN 22.0

/* What went wrong, to be said by the process that asked (drawing happens in another). */
struct mn__refusal {
    int code; /* enum mn_code, or -1: nothing */
    char args[3][200];
};

/* Steps of a series that builds a sheet up. Small pictures take one for each rank; what is not in
 * ranks comes after them, marks last. */
enum { MN__LAYERS = 64, MN__LATE_LAYER = MN__LAYERS - 4, MN__MARK_LAYER = MN__LAYERS - 1 };

struct mn__sheet {
    struct mn__scene *scene;
    const struct mn_model *m;
    const struct mn_picture *picture;
    enum mn_lang lang;
    enum mn_paper paper;
    double unit;       /* 1 on A3: how large the frame's own texts are */
    double least_text; /* points, on this paper */
    double least_name;
    struct mn__rect body;          /* what the frame leaves for the view */
    int legend_more, legend_lacks; /* rows kept beyond what the view asks; what that was short of */
    unsigned char *component_marks, *site_marks; /* enum mn_mark_as */
    bool used_marks[MN_MARKS], drawn_marks[MN_MARKS];
    bool marked;     /* there is any: the rest is dimmed */
    bool sites_said; /* the sites' own marks tell how they fare: what is inside adds nothing */

    int pages; /* of a card: how many sheets it takes */
    struct mn__refusal refusal;
    int first_own, end_own; /* the elements between are the view's, the others the frame's */
    const char *layer_names[MN__LAYERS]; /* what is new in each; NULL: the names that it adds */

    int n_legend;
    struct mn__legend {
        enum { MN__KEY_LINE, MN__KEY_BOX, MN__KEY_CHIP, MN__KEY_MARK, MN__KEY_DOT } is;
        struct mn__look look;
        const char *sample, *text;
        enum mn_mark_as mark;
        int layer;
        int shape; /* of a dot */
    } legend[40];
};

/* An empty sheet with marks read. */
struct mn__sheet *mn__sheet_new(const struct mn_model *m, const struct mn_picture *p);
void mn__sheet_free(struct mn__sheet *sheet);

/* Draws title, subtitle, box, date and hash; sets `body`, with `legend_rows` kept for the legend.
 */
void mn__frame(struct mn__sheet *sheet, const char *title, const char *subtitle, int legend_rows);

/* What is drawn from now on is shown from that step of a series on; 0: always. `name` says what
 * is new then, NULL: the names that it adds. */
void mn__layer(struct mn__sheet *sheet, int layer, const char *name);

/* Marks a component or site, unless it bears a stronger mark. */
void mn__mark(struct mn__sheet *sheet, struct mn_found what, enum mn_mark_as as);

/* Adds to the legend what is used; the same twice counts once. */
void mn__key_line(struct mn__sheet *sheet, struct mn__look look, const char *text);
void mn__key_box(struct mn__sheet *sheet, struct mn__look look, const char *sample,
                 const char *text);
void mn__key_chip(struct mn__sheet *sheet, struct mn__look look, const char *sample,
                  const char *text);
/* What a mark means on this sheet, where that is more than its word. */
void mn__key_mark(struct mn__sheet *sheet, enum mn_mark_as as, const char *text);
void mn__key_dot(struct mn__sheet *sheet, int shape, uint32_t colour, const char *text);
/* Draws the legend, marks included, and the line on sources. Called last. */
void mn__frame_end(struct mn__sheet *sheet);

/* The strongest mark of a site: its own and its nodes'. */
enum mn_mark_as mn__site_mark(const struct mn__sheet *sheet, int site);

/* How a box with that mark looks, given how it looks without; *text_colour is changed to suit. */
struct mn__look mn__marked(const struct mn__sheet *sheet, enum mn_mark_as as, struct mn__look look,
                           uint32_t *text_colour);
/* How a mark is drawn. */
struct mn__mark_style {
    const char *name;
    enum mn_message word;
    const char *symbol; /* one or two letters of the font */
    enum { MN__SIGN_TEXT, MN__SIGN_TICK, MN__SIGN_SPANNER, MN__SIGN_BARRED } sign; /* as drawn */
    struct mn__look look;                                                          /* of a box */
    enum { MN__HATCH_NONE, MN__HATCH_RISING, MN__HATCH_FALLING } hatch;
    uint32_t hatch_colour, ink; /* ink: of texts on the box */
    uint32_t tile, tile_ink;
    struct mn__look line; /* of a line */
};
const struct mn__mark_style *mn__mark_style(enum mn_mark_as as);

/* "×", "?", "!" …, for where a sign must be letters; NULL for none. */
const char *mn__mark_symbol(enum mn_mark_as as);
/* Draws the sign itself, about `middle`, as large as letters of that size. */
void mn__mark_sign(struct mn__sheet *sheet, int within, enum mn_mark_as as, struct mn__point middle,
                   double size, uint32_t colour);
const char *mn__mark_word(enum mn_mark_as as, enum mn_lang lang);
/* Draws the mark's pattern and, at a box's left end, the tile with its sign; to be called before
 * anything else is drawn on the box. Returns the width it took. */
double mn__mark_tile(struct mn__sheet *sheet, int box, enum mn_mark_as as);

/* A line's look with that mark. */
struct mn__look mn__marked_line(const struct mn__sheet *sheet, enum mn_mark_as as,
                                struct mn__look look);
/* Puts the mark's symbol on a line, at p, where it may be `room` wide. */
void mn__mark_line(struct mn__sheet *sheet, enum mn_mark_as as, struct mn__point p, double room);

/* Area colours in turn; tints are for grounds. */
uint32_t mn__area_colour(int area);
uint32_t mn__tint(uint32_t colour, int percent);

/* Notes the first problem. Always false. */
bool mn__refuse(struct mn__sheet *sheet, enum mn_code code, const char *a, const char *b,
                const char *c);

/* A message with its arguments, in the scene's memory. */
const char *mn__say(struct mn__sheet *sheet, enum mn_message m, const char *const *args);
const char *mn__number(struct mn__sheet *sheet, long n);
/* A date (YYYY-MM-DD) as people of the sheet's language write it. */
const char *mn__date_words(struct mn__sheet *sheet, const char *date);

/* A dot in r: a circle, a square, a diamond, then the same hollow. Returns the element. */
int mn__put_dot(struct mn__scene *scene, int within, int shape, struct mn__rect r, uint32_t colour);

/* A view: its function fills the sheet, or refuses and returns false. */
struct mn__view {
    struct mn_view_info info;
    bool large;    /* shows a whole network: on A3, unless another paper is asked for */
    bool portrait; /* the sheet stands upright */
    bool (*draw)(struct mn__sheet *sheet); /* NULL: it is no single sheet */
};
/* The view that a picture is of: some are another sheet for another subject. */
const struct mn__view *mn__view_of(const struct mn_picture *p);

bool mn__draw_city(struct mn__sheet *sheet);
bool mn__draw_area(struct mn__sheet *sheet);
bool mn__draw_site(struct mn__sheet *sheet);
bool mn__draw_data_centre(struct mn__sheet *sheet);
bool mn__draw_path(struct mn__sheet *sheet);
bool mn__draw_service(struct mn__sheet *sheet);
bool mn__draw_escalation(struct mn__sheet *sheet);
bool mn__draw_impact(struct mn__sheet *sheet);
bool mn__draw_meeting(struct mn__sheet *sheet);
bool mn__draw_bridge_point(struct mn__sheet *sheet);
bool mn__draw_map(struct mn__sheet *sheet);
bool mn__draw_diff(struct mn__sheet *sheet);
bool mn__draw_chart(struct mn__sheet *sheet);

/* The whole scene of a picture; NULL with the refusal filled. The caller frees the sheet. */
struct mn__sheet *mn__sheet_draw(const struct mn_model *m, const struct mn_picture *p,
                                 struct mn__refusal *refusal);

#endif
