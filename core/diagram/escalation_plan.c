/* Fitting ladders, severities and the directory into the sheet. */
#include "diagram/escalation_plan.h"

#include "diagram/net.h"
#include "diagram/type.h"

#include <string.h>

enum { MOST_LINES = 6 };

static double arrow(const struct mn__plan *p) {
    return p->size * 1.5;
}

int mn__plan_lines(const struct mn__plan *p, const char *s, double size, bool bold, double width,
                   int most) {
    const char *lines[16];
    return mn__text_wrap(mn__plan_arena(p), s, size, bold, width, most, lines);
}

static double longest_word(const char *s, double size, bool bold, double most) {
    double longest = 0;
    char word[200];
    while (*s) {
        size_t n = strcspn(s, " ");
        if (n < sizeof word) {
            memcpy(word, s, n);
            word[n] = '\0';
            longest = fmax(longest, mn__text_width(word, size, bold));
        } else {
            longest = most;
        }
        s += n;
        s += strspn(s, " ");
    }
    return fmin(longest, most);
}

static const char *name_of(const struct mn__plan *p, const struct mn__step *step) {
    return p->l->told[step->told].name;
}

/* What a step's box needs besides its texts. */
double mn__plan_around(const struct mn__plan *p) {
    return mn__plan_chip(p) + 3 * mn__plan_pad(p);
}

bool mn__plan_hierarchic(const struct mn__step *step) {
    return step->level->type == MN_HIERARCHIC;
}

/* Gives each step a row: those who can do more first, then those who may decide more. */
static bool give_rows(struct mn__plan *p, struct mn__ladder *ladder) {
    int last[MN__MOST_ROWS];
    ladder->n_rows = 0;
    for (int pass = 0; pass < (p->together ? 1 : 2); pass++) {
        int first = ladder->n_rows;
        for (int i = 0; i < ladder->n; i++) {
            struct mn__step *step = &ladder->steps[i];
            int after = step->level->after_s > 0 ? step->level->after_s : 0, row = first;
            if (!p->together && mn__plan_hierarchic(step) != (pass == 1))
                continue;
            step->column = 0;
            while (p->l->columns[step->column] != after)
                step->column++;
            step->end = p->l->n_columns;
            while (row < ladder->n_rows && ladder->steps[last[row]].column >= step->column)
                row++;
            if (row == MN__MOST_ROWS)
                return false;
            if (row == ladder->n_rows)
                ladder->n_rows++;
            else
                ladder->steps[last[row]].end = step->column;
            step->row = row;
            last[row] = i;
        }
    }
    return true;
}

/* Widens columns until what spans them fits. */
static void widen(struct mn__plan *p, int from, int to, double need) {
    double sum = 0;
    for (int c = from; c < to; c++)
        sum += p->width[c];
    for (int c = from; c < to && sum < need; c++)
        p->width[c] += (need - sum) / (to - from);
}

/* Columns: as wide as words are, then so that names take few lines; false when the sheet is too
 * narrow. */
static bool give_columns(struct mn__plan *p) {
    struct mn__ladders *l = p->l;
    double room = l->sheet->body.w - p->head - 10, most = room / 5, sum = 0;
    for (int c = 0; c < l->n_columns; c++)
        p->width[c] = mn__text_width(mn__time_words(l->sheet, l->columns[c]), p->size, true) +
                      2 * mn__plan_pad(p);
    for (int lines = 0; lines <= 3; lines++) {
        double saved[MN__MOST_COLUMNS];
        memcpy(saved, p->width, sizeof saved);
        for (int i = 0; i < l->n; i++)
            for (int k = 0; k < l->ladders[i].n; k++) {
                const struct mn__step *s = &l->ladders[i].steps[k];
                double need = longest_word(name_of(p, s), p->size, true, most);
                double whole = mn__text_width(name_of(p, s), p->size, true);
                if (lines)
                    need = fmax(need, fmin(most, whole / (4 - lines) * 1.1));
                need = fmax(need + mn__plan_around(p),
                            mn__text_width(s->within, p->small, false) * 0.6);
                widen(p, s->column, s->end, need + arrow(p));
            }
        sum = 0;
        for (int c = 0; c < l->n_columns; c++)
            sum += p->width[c];
        if (sum > room && lines == 0)
            return false;
        if (sum > room) {
            memcpy(p->width, saved, sizeof saved);
            break;
        }
    }
    sum = 0;
    for (int c = 0; c < l->n_columns; c++)
        sum += p->width[c];
    p->x[0] = l->sheet->body.x + p->head + 10;
    for (int c = 0; c < l->n_columns; c++)
        p->x[c + 1] = p->x[c] + p->width[c] + (room - sum) / l->n_columns;
    return true;
}

/* Width of a step's box: to the next step of its row; the last one is no wider than it needs. */
double mn__plan_box_width(const struct mn__plan *p, const struct mn__step *step) {
    double span = p->x[step->end] - p->x[step->column] - arrow(p);
    double most = fmax(p->x[step->column + 1] - p->x[step->column] - arrow(p), 16 * p->size);
    double text = mn__text_width(name_of(p, step), p->size, true);
    if (p->say && *step->say)
        most = fmax(most, fmin(40 * p->size, mn__text_width(step->say, p->small, false) / 2.4));
    else
        most = fmin(most,
                    fmax(text, mn__text_width(step->within, p->small, false)) + mn__plan_around(p));
    return step->end < p->l->n_columns ? span : fmin(span, most + mn__plan_pad(p));
}

/* How many lines each of a step's texts takes, and its height. */
double mn__plan_step_height(const struct mn__plan *p, const struct mn__step *step, int *names,
                            int *within, int *say) {
    double inner = mn__plan_box_width(p, step) - mn__plan_around(p),
           low = mn__plan_box_width(p, step) - 2 * mn__plan_pad(p);
    *names = mn__plan_lines(p, name_of(p, step), p->size, true, inner, MOST_LINES);
    *within = *step->within ? mn__plan_lines(p, step->within, p->small, false, inner, 3) : 0;
    *say = p->say && *step->say ? mn__plan_lines(p, step->say, p->small, false, low, 14) : 0;
    /* what to say stands below both the number and what is beside it */
    double beside = *names * p->size * 1.2 + *within * p->small * 1.25;
    double above =
        *say ? fmax(mn__plan_chip(p) + 1, beside) : fmax(mn__plan_chip(p) + 0.4 * p->size, beside);
    return above + *say * p->small * 1.25 + 1.1 * mn__plan_pad(p);
}

/* Height of a lane's name, when and basis. */
double mn__plan_head_height(const struct mn__plan *p, const struct mn__ladder *ladder,
                            int lines[3]) {
    const struct mn_policy *policy = &p->l->sheet->m->policies[ladder->policy];
    double inner = p->head - 3 * mn__plan_pad(p) - (ladder->mark ? 16 : 0);
    lines[0] =
        mn__plan_lines(p, mn__full_name(policy->name, p->l->sheet->lang), p->size, true, inner, 4);
    lines[1] = mn__plan_lines(p, ladder->when, p->small, false, inner, 6);
    lines[2] = mn__plan_lines(p, ladder->basis, p->small, false, inner, 4);
    return lines[0] * p->size * 1.2 + (lines[1] + lines[2]) * p->small * 1.25 + 2 * mn__plan_pad(p);
}

static double lane_height(const struct mn__plan *p, struct mn__ladder *ladder) {
    double sum = mn__plan_pad(p);
    int lines[3], names, within, say;
    for (int row = 0; row < ladder->n_rows; row++) {
        ladder->row_h[row] = 0;
        for (int i = 0; i < ladder->n; i++)
            if (ladder->steps[i].row == row)
                ladder->row_h[row] =
                    fmax(ladder->row_h[row],
                         ceil(mn__plan_step_height(p, &ladder->steps[i], &names, &within, &say)));
        sum += ladder->row_h[row] + mn__plan_pad(p);
    }
    return ceil(fmax(sum, mn__plan_head_height(p, ladder, lines) + mn__plan_pad(p)));
}

/* Severities, if the model has some: name, what it means, when to report. */
static double strip_height(const struct mn__plan *p, double width) {
    const struct mn_model *m = p->l->sheet->m;
    int most = 0;
    for (int s = 0; s < m->n_severities; s++) {
        const char *text = mn_text_in(m->severities[s].description, p->l->sheet->lang);
        int n = text && *text
                    ? mn__plan_lines(p, text, p->small, false, width - 2 * mn__plan_pad(p), 4)
                    : 0;
        most = n > most ? n : most;
    }
    return m->n_severities ? ceil(p->size * 1.25 + (most + 2) * p->small * 1.25 + mn__plan_pad(p))
                           : 0;
}

double mn__plan_strip_width(const struct mn__plan *p) {
    int n = p->l->sheet->m->n_severities;
    return n ? (p->l->sheet->body.w - p->head - 10 - 6 * (n - 1)) / n : 0;
}

double mn__plan_entry_width(const struct mn__plan *p) {
    return (p->l->sheet->body.w - 12 * (p->entries_across - 1)) / p->entries_across;
}

/* Height of an entry: its name and what is known of it. */
double mn__plan_entry_height(const struct mn__plan *p, const struct mn__told *told, int *names,
                             int *facts) {
    double inner = mn__plan_entry_width(p) - mn__plan_chip(p) - mn__plan_pad(p);
    *names = mn__plan_lines(p, told->name, p->size, true, inner, 3);
    *facts = mn__plan_lines(p, told->text, p->small, false, inner, 8);
    return *names * p->size * 1.2 + *facts * p->small * 1.25 + mn__plan_pad(p);
}

double mn__plan_directory_row(const struct mn__plan *p, int row) {
    double h = 0;
    int names, facts;
    for (int i = row * p->entries_across; i < (row + 1) * p->entries_across; i++)
        if (i < p->l->n_told)
            h = fmax(h, mn__plan_entry_height(p, &p->l->told[i], &names, &facts));
    return ceil(h);
}

/* With as many entries side by side as make it lowest. */
static double directory_height(struct mn__plan *p) {
    double least = 0;
    int best = 1;
    for (int across = 1; across <= 8; across++) {
        double h = p->size * 1.6;
        p->entries_across = across;
        if (across > 1 && mn__plan_entry_width(p) < p->size * 17)
            break;
        for (int row = 0; row * across < p->l->n_told; row++)
            h += mn__plan_directory_row(p, row);
        if (across == 1 || h < least) {
            least = h;
            best = across;
        }
    }
    p->entries_across = best;
    return ceil(least);
}

/* Whether all has room; *left is what remains of the height. */
static bool fits(struct mn__plan *p, double *left) {
    struct mn__ladders *l = p->l;
    double sum = 0;
    p->head = floor(l->sheet->body.w * 0.155);
    if (l->n_columns > MN__MOST_COLUMNS)
        return false;
    for (int i = 0; i < l->n; i++)
        if (!give_rows(p, &l->ladders[i]))
            return false;
    if (!give_columns(p))
        return false;
    for (int i = 0; i < l->n; i++) {
        l->ladders[i].at.h = lane_height(p, &l->ladders[i]);
        sum += l->ladders[i].at.h + 5;
    }
    p->axis = ceil(p->size * 3.4);
    p->strip = strip_height(p, mn__plan_strip_width(p));
    p->directory = directory_height(p);
    *left = l->sheet->body.h - sum - p->axis - p->directory - (p->strip > 0 ? p->strip + 6 : 0) - 4;
    return *left >= 0;
}

/* The largest texts with which all fits, rather with what to say than without. */
bool mn__plan_choose(struct mn__plan *p) {
    struct mn__sheet *sheet = p->l->sheet;
    double least = fmax(sheet->least_name, sheet->least_text), left;
    for (int detail = 0; detail < 3; detail++)
        for (double size = 10.5 * sheet->unit; size > least - 0.24; size -= 0.25) {
            p->size = fmax(size, least);
            p->small = fmax(p->size * 0.9, sheet->least_text);
            p->say = detail == 0;
            p->together = detail == 2;
            if (fits(p, &left)) {
                /* what is left over goes to the lanes, for the eye and for notes by hand */
                double more = floor(fmin(left / p->l->n, 2.5 * p->size));
                for (int i = 0; i < p->l->n; i++)
                    p->l->ladders[i].at.h += more;
                return true;
            }
        }
    return false;
}
