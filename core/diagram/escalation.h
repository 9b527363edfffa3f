/* Who is told when: ladders as they are drawn, each a lane on one axis of time. */
#ifndef MN_DIAGRAM_ESCALATION_H
#define MN_DIAGRAM_ESCALATION_H

#include "diagram/sheet.h"

/* Who is told: one entry of the directory below the lanes. */
struct mn__told {
    const char *name, *id;
    const char *text; /* hours, where they are reached; of a role in several places: who where */
    const char *tip;
};

struct mn__step {
    const struct mn_level *level;
    int told;             /* into the directory */
    const char *within;   /* "taken on within 10 min", or "" */
    const char *say;      /* on the telephone, and the note; "" when the model has none */
    int row, column, end; /* end: the column of the next step in its row, or how many there are */
    /* result */
    struct mn__rect at;
};

enum { MN__MOST_ROWS = 16 };

struct mn__ladder {
    int policy;
    const char *when, *basis;
    bool in_force; /* on the model's day */
    enum mn_mark_as mark;
    int n, n_rows;
    struct mn__step *steps; /* by time */
    /* result */
    struct mn__rect at;
    double row_y[MN__MOST_ROWS], row_h[MN__MOST_ROWS];
};

struct mn__ladders {
    struct mn__sheet *sheet;
    int n, n_told, n_columns;
    struct mn__ladder *ladders;
    struct mn__told *told;
    int *columns;       /* seconds, ascending */
    const char *corner; /* what it is about, above the lanes' names; "" for everything */
    const char *corner_id, *corner_tip, *symbol;
    enum mn_mark_as corner_mark;
    int severity; /* when the subject is down, -1: not known */
};

/* "30 phút", "2 giờ"; at once for nothing. */
const char *mn__time_words(struct mn__sheet *sheet, int seconds);

/* Places and draws all into the sheet's body; false when its texts would be too small. */
bool mn__ladders_draw(struct mn__ladders *l);

#endif
