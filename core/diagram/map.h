/* The map's sheet: what has coordinates, on panels that each have a scale of their own; shared by
 * the files that make it. */
#ifndef MN_DIAGRAM_MAP_H
#define MN_DIAGRAM_MAP_H

#include "diagram/labels.h"
#include "diagram/net.h"
#include "diagram/route.h"
#include "diagram/sheet.h"
#include "diagram/vacant.h"

/* Between panels. */
#define MN__MAP_PAD 6.0

enum {
    MN__MAP_PANELS = 32,
    MN__MAP_INSETS = 6,
    MN__MAP_BOXES = 3 * MN__MAP_PANELS + 3,
    MN__MAP_ANY_ZOOM = 100,
    MN__MAP_CROWDS = 64
};

/* A unit, an aggregation point, or a box above. */
struct mn__map_place {
    enum { MN__MAP_UNIT, MN__MAP_POINT, MN__MAP_UPPER } is;
    int index; /* a site; a cluster or an upper of the net */
    bool located;
    double lat, lon;
    double x, y; /* kilometres to the east and south */
    int to;      /* of a unit: the place that its first line goes to, or -1 */
    int group;   /* 0: most of all; else one that lies far off, from 1 */
    int shape;   /* of its dot */
    const char *id, *name, *code;
    uint32_t colour;
    enum mn_mark_as as, line_as; /* its mark, that of its first line */

    /* Where it is on the sheet. */
    int panel;
    double dot;         /* of a unit: the side of its dot, or of its mark's sign */
    struct mn__rect at; /* dot, sign or badge */
    bool stacked;       /* beside others at the same place */
    int head;           /* the place that it stands beside then, or -1 */
    bool stubbed;       /* a beginning of its first line is drawn */
    struct mn__segment stub;
    double name_w, code_w;
    struct mn__label label;
};

struct mn__map_panel {
    enum { MN__MAP_MAIN, MN__MAP_FRAME, MN__MAP_INSET } is;
    struct mn__rect at, room; /* all of it; where dots and names may be */
    double x, y;              /* the kilometres that are at `origin` */
    struct mn__point origin;
    double scale;           /* points a kilometre */
    int parent;             /* the panel that a frame enlarges a part of */
    struct mn__rect km;     /* that part */
    struct mn__rect source; /* where it is on that panel */
    struct mn__rect tag;    /* its letter there */
    int group;              /* of an inset */
    const char *title;
};

/* A piece of a bundle on one panel. */
struct mn__map_line {
    int bundle, panel;
    int from, to; /* places */
    int n;
    struct mn__point points[MN__ROUTE_POINTS];
    int exit; /* the place that it goes on to outside the panel, or -1 */
    struct mn__rect chip;
    bool told;   /* only the chip, for want of a way */
    bool shared; /* with an earlier line, which draws it */
};

/* Rows in columns within a box. */
struct mn__map_list {
    struct mn__rect at; /* w 0: none */
    int rows;
    double column;
};

/* Of the table that counts units: an area or, with a code, one of its points. */
struct mn__map_count {
    const char *name, *code;
    long units;
    uint32_t colour;
};

/* How the sheet is shared out. */
struct mn__map_plan {
    int frames;
    double share; /* of the largest scale that fits */
    double size;  /* of names */
    double zoom;  /* the most that the main panel is enlarged by; a part of that may be once more */
    double align; /* where the main panel has room to spare: 0 left, 1 right */
};

struct mn__map {
    struct mn__sheet *sheet;
    struct mn__net *net;
    struct mn_arena *arena;
    int n;
    struct mn__map_place *places; /* points, uppers, units */
    int n_units, n_missing, n_groups;
    int *by_x; /* the places that have coordinates, from west to east */
    int n_located;
    int *place_of_box; /* by box of a bundle */
    const char *types[8];
    int n_types;
    double min_x, min_y, max_x, max_y;         /* of group 0, rounded outwards */
    double dot, full_dot, badge_h, badge_size; /* full: where there is room */

    struct mn__map_plan plan;
    double measured; /* the size of names that places have their widths for */
    struct mn__map_crowd {
        double scale;
        int *crowded;         /* of each place */
    } crowds[MN__MAP_CROWDS]; /* of the main panel without frames, for that size of names */
    int n_crowds;
    struct mn__map_rects {
        struct mn__map_plan of;
        int n;
        struct mn__rect at[MN__MAP_PANELS];
    } rects[2]; /* free ones for frames, of the last plans */
    int n_panels;
    struct mn__map_panel panels[MN__MAP_PANELS];
    int n_lines, n_told;
    struct mn__map_line *lines;
    struct mn__rect scale_bar;
    struct mn__map_list list, table; /* of what has no coordinates; of how many units there are */
    int unnamed;

    bool brief;             /* most units are dots without names */
    enum mn_paper names_on; /* the paper that names them; MN_PAPER_AUTO: not known */
    bool table_points;      /* the table counts by point, too */
    struct mn__map_count *rows;
    int n_rows;
};

/* Finds what there is and where; false when nothing has coordinates. */
bool mn__map_gather(struct mn__map *map);

struct mn__point mn__map_at(const struct mn__map_panel *p, double x, double y);

/* The sizes of names and badges for map->plan.size. */
void mn__map_measure(struct mn__map *map);
/* Room for frames with map->plan, in square points. */
double mn__map_room(struct mn__map *map);
/* Panels for map->plan; false when they do not fit. */
bool mn__map_share(struct mn__map *map);
/* Of that, what its frames take of what is vacant. */
double mn__map_frame_room(struct mn__map *map, struct mn__vacant *v);
/* Frames enlarge parts of the main panel, or of earlier frames; false when they do not fit. */
bool mn__map_frames(struct mn__map *map, struct mn__vacant *v);
/* The share of names that are crowded where they are. */
double mn__map_crowded(const struct mn__map *map);
/* Fits an extent into the panel's room, its middle on the room's. */
void mn__map_fit(struct mn__map_panel *p, struct mn__rect km, double pad_x, double pad_y);
/* Height of a panel's title. */
double mn__map_head(const struct mn__map *map);
/* Dots, badges, lines and names on the panels; false when a badge finds no place. */
bool mn__map_arrange(struct mn__map *map);
/* False when a line finds no way. */
bool mn__map_lines(struct mn__map *map);
void mn__map_draw(struct mn__map *map);
/* What a document tells of the panels: for the next that is drawn over it. In the arena. */
const char *mn__map_note(const struct mn__map *map);

/* Whether r is free of dots, badges and boxes of that panel. `but`: a place that does not count. */
bool mn__map_free(const struct mn__map *map, int panel, struct mn__rect r, int but);
/* Whether the place is on the panel, or on a frame that enlarges a part of it. */
bool mn__map_within(const struct mn__map *map, const struct mn__map_place *p, int panel);
/* Boxes that stand on a panel: at most MN__MAP_BOXES; returns how many. */
int mn__map_boxes(const struct mn__map *map, int panel, struct mn__rect *boxes);

/* Height of a row of a list. */
double mn__map_row(const struct mn__map *map);
/* Room for that many rows, in as few columns as `share` of the body's height allows, near p; false
 * when there is none. */
bool mn__map_fit_list(struct mn__map *map, struct mn__vacant *v, int rows, double widest,
                      const char *head, double share, struct mn__point p,
                      struct mn__map_list *list);

/* Of a brief map: dots as large as units lie apart; room for the table; and what is drawn. */
void mn__map_small_dots(struct mn__map *map);
bool mn__map_share_table(struct mn__map *map, struct mn__vacant *v);
void mn__map_draw_table(struct mn__map *map);
void mn__map_draw_ties(struct mn__map *map, int panel);
void mn__map_key_brief(struct mn__map *map);
/* Whether the unit's name is to be written: on a brief map where it has a mark or stands apart, and
 * if no paper has room for all names, in frames, too. */
bool mn__map_named(const struct mn__map *map, const struct mn__map_place *p);
/* How many have found a place. */
int mn__map_count_named(const struct mn__map *map);

/* A length for a scale bar: 1, 2 or 5 times a power of ten, in kilometres. */
double mn__map_bar(double scale, double most);

#endif
