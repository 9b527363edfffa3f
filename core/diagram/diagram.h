/* Pictures of the network: (view, subject, marks) → a sheet of paper as SVG, PDF, PNG …
 *
 * This room owns placement, the frame of every sheet, marks, and Graphviz, which runs in a
 * disposable worker. It must not know incidents, runbooks or the terminal, and it asks no clock:
 * the date on a sheet is the model's. The same model and request give the same bytes. */
#ifndef MN_DIAGRAM_DIAGRAM_H
#define MN_DIAGRAM_DIAGRAM_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/mem.h"
#include "model/model.h"

#include <stdbool.h>

enum mn_view {
    MN_VIEW_CITY,        /* everything on one sheet */
    MN_VIEW_AREA,        /* one area */
    MN_VIEW_SITE,        /* what is inside a site */
    MN_VIEW_DATA_CENTRE, /* one data centre, or all of them */
    MN_VIEW_PATH,        /* the ways between a site or node, and a service or node */
    MN_VIEW_SERVICE,     /* what a service stands on */
    MN_VIEW_ESCALATION,  /* who is told when: everywhere, or about one site or component */
    MN_VIEW_IMPACT,      /* what failures take from whom */
    MN_VIEW_MEETING,     /* an online meeting system, or one bridge point of it */
    MN_VIEW_MAP,         /* everything where it lies */
    MN_VIEW_DIFF,        /* what differs from an older model */
    MN_VIEW_ATLAS,       /* all of it as one book, PDF only */
    MN_VIEWS
};

/* What a view is called and what may be named as its subjects. */
struct mn_view_info {
    const char *name;
    enum mn_message about; /* one line for help */
    unsigned subjects;     /* enum mn_scope bits */
    int least, most;       /* how many subjects */
    bool failures;         /* the subjects have failed: ID or ID!mode */
    bool models;           /* the subjects are two models: the older one, the one that is drawn */
};

enum mn_format { MN_SVG, MN_PDF, MN_PNG, MN_DOT, MN_JSON, MN_HTML, MN_FORMATS };

/* What a mark says; drawn by fill, border, pattern, symbol and word, never by colour alone. A later
 * one in this list wins where a thing has several. */
enum mn_mark_as {
    MN_MARK_NONE,
    MN_MARK_CLEARED, /* looked at, nothing wrong with it */
    MN_MARK_CHANGED,
    MN_MARK_LOST, /* lost redundancy: it works, nothing stands behind it */
    MN_MARK_DEGRADED,
    MN_MARK_SUSPECT,
    MN_MARK_IN_REPAIR,
    MN_MARK_CUT_OFF,
    MN_MARK_FAILED,
    MN_MARK_ADDED,
    MN_MARK_REMOVED,
    MN_MARK_HERE, /* you are here */
    MN_MARKS
};

struct mn_mark {
    enum mn_mark_as as;
    struct mn_found what; /* a component or a site */
};

/* In the order of what fits on them. A slide is 16 : 9, to be shown on a screen. */
enum mn_paper { MN_PAPER_AUTO, MN_SLIDE, MN_A4, MN_A3, MN_A2, MN_A1, MN_A0, MN_PAPERS };

enum { MN_MOST_SUBJECTS = 16 };

/* What a worksheet leaves blank. */
enum mn_blank {
    MN_BLANK_NONE,
    MN_BLANK_LABELS, /* which things there are */
    MN_BLANK_ROLES,  /* what they do */
    MN_BLANK_LINES,  /* how they are joined */
    MN_BLANKS
};

/* A chart of steps, each with ways to others: a runbook's. This room knows no more of it. */
enum mn_chart_kind {
    MN_CHART_TELL,
    MN_CHART_ASK,
    MN_CHART_ACT,
    MN_CHART_LIST,
    MN_CHART_CALL, /* others are told, or take over */
    MN_CHART_WAIT,
    MN_CHART_LOOK, /* nobody is asked: an earlier checklist decides */
    MN_CHART_END,
    MN_CHART_KINDS
};
enum { MN_CHART_ALWAYS = -1, MN_CHART_DEPENDS = -2, MN_CHART_CAME = -3, MN_CHART_OTHERWISE = -4 };
struct mn_chart_way {
    struct mn_text answer; /* empty: there is no choice */
    bool also;             /* the answer is that of the way before: the first that holds is taken */
    int to;                /* a step; -1: it goes no further */
    /* An earlier step whose latest answer decides that the answer leads there, and which answers
     * those are; or MN_CHART_ALWAYS; or MN_CHART_CAME, from one of those steps; or
     * MN_CHART_OTHERWISE, when none before it holds; or MN_CHART_DEPENDS on earlier answers that no
     * step tells. */
    int given;
    struct mn_text given_answers;
    struct mn_ints came;
};
/* What only a card has room for: a sentence, or something to be ticked. */
struct mn_chart_line {
    struct mn_text text;
    bool tick;
};
struct mn_chart_step {
    const char *id;
    enum mn_chart_kind kind;
    struct mn_text text, who; /* who: does it or is told; may be empty */
    int minutes;              /* that it takes; -1: not said */
    int n_lines;
    const struct mn_chart_line *lines;
    int n_ways;
    const struct mn_chart_way *ways;
};
struct mn_chart {
    const char *name;            /* for files */
    struct mn_text title, about; /* about: the subtitle */
    int n;                       /* at least 1: the first is where it begins */
    const struct mn_chart_step *steps;
};

struct mn_picture {
    enum mn_view view;
    const struct mn_chart *chart; /* if given, it is drawn, whatever the view */
    bool card; /* of the chart: to be followed on paper, on as many sheets as it takes */
    int n_subjects;
    struct mn_found subjects[MN_MOST_SUBJECTS];
    int faults[MN_MOST_SUBJECTS];  /* of subjects that failed: 0: down, else 1 + the fault */
    const struct mn_model *before; /* of a diff: the older model */
    int n_marks;
    const struct mn_mark *marks;
    enum mn_paper paper; /* MN_PAPER_AUTO: A3 for large views, else the first that will do */
    enum mn_lang lang;
    enum mn_format format;
    int dpi;       /* of PNG; 0: 150 */
    bool unmarked; /* as if nothing were marked: what a series begins with */
    bool links;    /* on a screen it leads to other pictures, by the names of mn_picture_name */
    enum mn_blank blank;
    bool key;      /* the answers to that */
    bool build_up; /* a series that adds layer after layer; the last is the whole sheet */
    int page;      /* its number in a book, told on the sheet; 0: it stands alone */
    /* Called as an atlas grows, or NULL. */
    void (*progress)(void *arg, int done, int total);
    void *progress_arg;
};

/* What a drawing makes: one document, or several of a series. A PDF is always one, with a page for
 * each sheet. */
struct mn_document {
    char *note; /* its place in a series, in the picture's language; "" when it is alone */
    struct mn_buf bytes;
};
struct mn_documents {
    int n;
    struct mn_document *at;
};
void mn_documents_fini(struct mn_documents *documents);

/* Opens the libraries that draw, once in a process; what draws below does so by itself. False with
 * a diagnostic when one is missing or lacks something: then this computer cannot draw at all. */
bool mn_diagram_open(struct mn_diags *d);

/* Draws the picture and adds what it makes to `out`, which the caller frees. False with a
 * diagnostic when the subject does not suit the view, when the paper is too small (it says which
 * would do), or when drawing was stopped. */
bool mn_diagram_documents(const struct mn_model *m, const struct mn_picture *p,
                          struct mn_documents *out, struct mn_diags *d);

/* The same for a picture that is one document: adds its bytes, of a series the first. */
bool mn_diagram_draw(const struct mn_model *m, const struct mn_picture *p, struct mn_buf *out,
                     struct mn_diags *d);

/* "site"; of a chart "runbook" or "card". */
const char *mn_picture_view(const struct mn_picture *p);

/* "site-26740": how a picture's file is called, without what tells its format. In the arena. */
char *mn_picture_name(const struct mn_model *m, const struct mn_picture *p, struct mn_arena *a);

/* The picture that shows where a component is: its site, or for what lies between sites the path or
 * the city, with `mark` on it. marks[1] is filled and p points to it. `from` is the site that feels
 * the fault, or -1. */
void mn_diagram_of(const struct mn_model *m, int component, int from, enum mn_mark_as as,
                   struct mn_mark marks[1], struct mn_picture *p);

/* "city", "svg", "A3", "lost-redundancy" …; the parsers return -1 for what they do not know. */
const struct mn_view_info *mn_view_info(enum mn_view v);
const char *mn_format_name(enum mn_format f);
const char *mn_paper_name(enum mn_paper p);
const char *mn_mark_name(enum mn_mark_as as);
const char *mn_blank_name(enum mn_blank b);
int mn_view_parse(const char *s);
int mn_format_parse(const char *s);
int mn_paper_parse(const char *s);
int mn_mark_parse(const char *s);
int mn_blank_parse(const char *s);
/* All of a mark's names with `between` them, for a message; the caller frees it. */
char *mn_mark_names(const char *between);

/* A group of units on the sheet of a network: those of one area on one aggregation point. */
struct mn_diagram_group {
    const char *id;   /* of the area, a colon, the point's node; either may be empty */
    const char *name; /* of the point, else of the area */
    int units, cells; /* cells are more than units: a unit more moves nothing outside the group */
};

/* The groups in the order of the sheet; returns how many. The array is the arena's. */
int mn_diagram_groups(const struct mn_model *m, enum mn_lang lang, struct mn_arena *a,
                      const struct mn_diagram_group **groups);

/* The groups that a document told which was drawn earlier, of any format but PNG and DOT; their
 * names are their ids. *area is the area that it shows, "" where it shows all. 0 when it tells
 * none. The array is the arena's. */
int mn_diagram_groups_told(const char *document, size_t size, struct mn_arena *a,
                           const struct mn_diagram_group **groups, const char **area);

/* A panel of a map: all of it, or a part that is enlarged or set apart. */
struct mn_diagram_panel {
    const char *id; /* "main", or the letter that it has */
    const char
        *place; /* which part of the map, where on the sheet, at what scale: to be compared */
};

/* The panels of a map that was drawn earlier, as mn_diagram_groups_told. */
int mn_diagram_panels_told(const char *document, size_t size, struct mn_arena *a,
                           const struct mn_diagram_panel **panels);

/* Adds the marks of "failed=ID,suspect=ID,…" to *marks (grown; the caller frees it). False with
 * diagnostics when a mark or what it is on is not known. */
bool mn_marks_parse(const struct mn_model *m, const char *text, struct mn_mark **marks, int *n,
                    struct mn_diags *d);

#endif
