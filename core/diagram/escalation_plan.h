/* How large everything on a sheet of ladders is: found by trying, largest first. */
#ifndef MN_DIAGRAM_ESCALATION_PLAN_H
#define MN_DIAGRAM_ESCALATION_PLAN_H

#include "diagram/escalation.h"

#include <math.h>

enum { MN__MOST_COLUMNS = 40 };

/* Everything that depends on the size of texts and on how much is told. */
struct mn__plan {
    struct mn__ladders *l;
    double size, small; /* of names, of what stands below them */
    bool say;           /* with what to say on the telephone */
    bool together;      /* one row for both kinds of levels, where they follow one another */
    double head, axis, strip, directory; /* width of the lanes' names; heights */
    double x[MN__MOST_COLUMNS + 1];
    double width[MN__MOST_COLUMNS];
    int entries_across;
};

static inline struct mn_arena *mn__plan_arena(const struct mn__plan *p) {
    return p->l->sheet->scene->arena;
}

static inline double mn__plan_pad(const struct mn__plan *p) {
    return p->size * 0.5;
}

static inline double mn__plan_chip(const struct mn__plan *p) {
    return ceil(p->size * 1.55);
}

/* The lines that a text takes at that width, at most `most`. */
int mn__plan_lines(const struct mn__plan *p, const char *s, double size, bool bold, double width,
                   int most);
/* What a step's box needs besides its texts. */
double mn__plan_around(const struct mn__plan *p);
/* Whether the step goes to who may decide more, not to who can do more. */
bool mn__plan_hierarchic(const struct mn__step *step);
/* Width of a step's box: to the next step of its row; the last one is no wider than it needs. */
double mn__plan_box_width(const struct mn__plan *p, const struct mn__step *step);
/* How many lines each of a step's texts takes, and its height. */
double mn__plan_step_height(const struct mn__plan *p, const struct mn__step *step, int *names,
                            int *within, int *say);
/* Height of a lane's name, when and basis. */
double mn__plan_head_height(const struct mn__plan *p, const struct mn__ladder *ladder,
                            int lines[3]);
/* Width of a severity's box. */
double mn__plan_strip_width(const struct mn__plan *p);
/* Width of an entry of the directory. */
double mn__plan_entry_width(const struct mn__plan *p);
/* Height of an entry: its name and what is known of it. */
double mn__plan_entry_height(const struct mn__plan *p, const struct mn__told *told, int *names,
                             int *facts);
/* Height of a row of the directory, from 0. */
double mn__plan_directory_row(const struct mn__plan *p, int row);
/* The largest texts with which all fits, rather with what to say than without.
 * False when not even the smallest do. */
bool mn__plan_choose(struct mn__plan *p);

#endif
