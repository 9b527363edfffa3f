/* Pictures of the network: (view, subject, marks) → a sheet of paper as SVG, PDF, PNG or DOT.
 *
 * This room owns placement, the frame of every sheet, marks, and Graphviz, which runs in a
 * disposable worker. It must not know incidents, runbooks or the terminal, and it asks no clock:
 * the date on a sheet is the model's. The same model and request give the same bytes. */
#ifndef MN_DIAGRAM_DIAGRAM_H
#define MN_DIAGRAM_DIAGRAM_H

#include "base/buf.h"
#include "base/diag.h"
#include "model/model.h"

#include <stdbool.h>

enum mn_view {
    MN_VIEW_CITY,    /* everything on one sheet; no subject */
    MN_VIEW_AREA,    /* one area; subject: an area */
    MN_VIEW_SITE,    /* what is inside a site; subject: a site */
    MN_VIEW_PATH,    /* the ways between two; subject: a site or node, other: a service or node */
    MN_VIEW_SERVICE, /* what a service stands on; subject: a service */
    MN_VIEWS
};

enum mn_format { MN_SVG, MN_PDF, MN_PNG, MN_DOT, MN_FORMATS };

/* What a mark says; drawn by fill, border, symbol and word, never by colour alone. A later one in
 * this list wins where a thing has several. */
enum mn_mark_as {
    MN_MARK_NONE,
    MN_MARK_LOST, /* lost redundancy: it works, nothing stands behind it */
    MN_MARK_DEGRADED,
    MN_MARK_SUSPECT,
    MN_MARK_CUT_OFF,
    MN_MARK_FAILED,
    MN_MARK_HERE, /* you are here */
    MN_MARKS
};

struct mn_mark {
    enum mn_mark_as as;
    struct mn_found what; /* a component or a site */
};

enum mn_paper { MN_PAPER_AUTO, MN_A4, MN_A3, MN_A2, MN_A1, MN_A0, MN_PAPERS };

struct mn_picture {
    enum mn_view view;
    struct mn_found subject, other; /* scope 0: none */
    int n_marks;
    const struct mn_mark *marks;
    enum mn_paper paper; /* MN_PAPER_AUTO: A3 for city and area, else A4 */
    enum mn_lang lang;
    enum mn_format format;
    int dpi; /* of PNG; 0: 150 */
};

/* Draws the picture and adds its bytes to `out`. False with a diagnostic when the subject does not
 * suit the view, when the paper is too small (it says which would do), or when drawing was stopped.
 */
bool mn_diagram_draw(const struct mn_model *m, const struct mn_picture *p, struct mn_buf *out,
                     struct mn_diags *d);

/* The picture that shows where a component is: its site, or for what lies between sites the path or
 * the city, with `mark` on it. marks[1] is filled and p points to it. `from` is the site that feels
 * the fault, or -1. */
void mn_diagram_of(const struct mn_model *m, int component, int from, enum mn_mark_as as,
                   struct mn_mark marks[1], struct mn_picture *p);

/* "city", "svg", "A3", "lost-redundancy" …; the parsers return -1 for what they do not know. */
const char *mn_view_name(enum mn_view v);
const char *mn_format_name(enum mn_format f);
const char *mn_paper_name(enum mn_paper p);
const char *mn_mark_name(enum mn_mark_as as);
int mn_view_parse(const char *s);
int mn_format_parse(const char *s);
int mn_paper_parse(const char *s);
int mn_mark_parse(const char *s);

/* Adds the marks of "failed=ID,suspect=ID,…" to *marks (grown; the caller frees it). False with
 * diagnostics when a mark or what it is on is not known. */
bool mn_marks_parse(const struct mn_model *m, const char *text, struct mn_mark **marks, int *n,
                    struct mn_diags *d);

#endif
