/* The atlas: one book of all sheets, from the cover to the index. */
#ifndef MN_DIAGRAM_ATLAS_H
#define MN_DIAGRAM_ATLAS_H

#include "base/buf.h"
#include "diagram/sheet.h"

struct mn__entry {
    struct mn_picture picture; /* view MN_VIEW_ATLAS: a page that the atlas draws itself */
    const char *title;
    const char *name;    /* as other sheets call it where they lead to it */
    const char *chapter; /* what begins here within its group, or NULL */
    int group;           /* into mn__atlas.groups */
};

struct mn__group {
    const char *title;
    int first, n;  /* its entries */
    bool chapters; /* too many to be named one by one */
};

/* What stands in an atlas, in order. Page numbers count from 1, the cover. */
struct mn__atlas {
    const struct mn_model *m;
    const struct mn_picture *picture;
    struct mn_arena *arena;
    struct mn__net *net;
    enum mn_lang lang;
    int n, n_groups;
    struct mn__entry *entries;
    struct mn__group *groups;
    int *page_of_site; /* the page of each site's own sheet; 0: none */
};

struct mn__atlas *mn__atlas_plan(const struct mn_model *m, const struct mn_picture *p);
void mn__atlas_free(struct mn__atlas *atlas);

/* Draws the whole book as PDF; tells of each page through `news` (see mn_worker_tell). False with
 * the refusal filled when a page cannot be drawn. */
bool mn__atlas_draw(const struct mn_model *m, const struct mn_picture *p, int news,
                    struct mn_buf *out, struct mn__refusal *refusal);

/* The pages that only an atlas has. The cover; and the units in alphabetical order with their
 * pages, from the `*from`-th on, as many as the sheet holds: *from is set to the next, or to 0 when
 * all are there. */
struct mn__sheet *mn__atlas_cover(const struct mn__atlas *atlas, int page);
struct mn__sheet *mn__atlas_index(const struct mn__atlas *atlas, int page, int *from);

#endif
