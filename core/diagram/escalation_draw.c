/* Placing and drawing ladders: lanes below one axis of time, and who is told below them. */
#include "diagram/escalation.h"

#include "diagram/net.h"
#include "diagram/small.h"
#include "diagram/type.h"

#include <math.h>
#include <string.h>

#define FUNCTIONAL 0x005F96u
#define HIERARCHIC 0x8A2F62u

enum { MOST_LINES = 6, MOST_COLUMNS = 40 };

/* Everything that depends on the size of texts and on how much is told. */
struct plan {
    struct mn__ladders *l;
    double size, small; /* of names, of what stands below them */
    bool say;           /* with what to say on the telephone */
    bool together;      /* one row for both kinds of levels, where they follow one another */
    double head, axis, strip, directory; /* width of the lanes' names; heights */
    double x[MOST_COLUMNS + 1];
    double width[MOST_COLUMNS];
    int entries_across;
    double entry_h;
};

static struct mn_arena *arena(const struct plan *p) {
    return p->l->sheet->scene->arena;
}

static double pad(const struct plan *p) {
    return p->size * 0.5;
}

static double chip(const struct plan *p) {
    return ceil(p->size * 1.55);
}

static double arrow(const struct plan *p) {
    return p->size * 1.5;
}

static int lines_of(const struct plan *p, const char *s, double size, bool bold, double width,
                    int most) {
    const char *lines[16];
    return mn__text_wrap(arena(p), s, size, bold, width, most, lines);
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

static const char *name_of(const struct plan *p, const struct mn__step *step) {
    return p->l->told[step->told].name;
}

/* What a step's box needs besides its texts. */
static double around(const struct plan *p) {
    return chip(p) + 3 * pad(p);
}

static bool hierarchic(const struct mn__step *step) {
    return step->level->type == MN_HIERARCHIC;
}

/* Gives each step a row: those who can do more first, then those who may decide more. */
static bool give_rows(struct plan *p, struct mn__ladder *ladder) {
    int last[MN__MOST_ROWS];
    ladder->n_rows = 0;
    for (int pass = 0; pass < (p->together ? 1 : 2); pass++) {
        int first = ladder->n_rows;
        for (int i = 0; i < ladder->n; i++) {
            struct mn__step *step = &ladder->steps[i];
            int after = step->level->after_s > 0 ? step->level->after_s : 0, row = first;
            if (!p->together && hierarchic(step) != (pass == 1))
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
static void widen(struct plan *p, int from, int to, double need) {
    double sum = 0;
    for (int c = from; c < to; c++)
        sum += p->width[c];
    for (int c = from; c < to && sum < need; c++)
        p->width[c] += (need - sum) / (to - from);
}

/* Columns: as wide as words are, then so that names take few lines; false when the sheet is too
 * narrow. */
static bool give_columns(struct plan *p) {
    struct mn__ladders *l = p->l;
    double room = l->sheet->body.w - p->head - 10, most = room / 5, sum = 0;
    for (int c = 0; c < l->n_columns; c++)
        p->width[c] =
            mn__text_width(mn__time_words(l->sheet, l->columns[c]), p->size, true) + 2 * pad(p);
    for (int lines = 0; lines <= 3; lines++) {
        double saved[MOST_COLUMNS];
        memcpy(saved, p->width, sizeof saved);
        for (int i = 0; i < l->n; i++)
            for (int k = 0; k < l->ladders[i].n; k++) {
                const struct mn__step *s = &l->ladders[i].steps[k];
                double need = longest_word(name_of(p, s), p->size, true, most);
                double whole = mn__text_width(name_of(p, s), p->size, true);
                if (lines)
                    need = fmax(need, fmin(most, whole / (4 - lines) * 1.1));
                need = fmax(need + around(p), mn__text_width(s->within, p->small, false) * 0.6);
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
static double box_width(const struct plan *p, const struct mn__step *step) {
    double span = p->x[step->end] - p->x[step->column] - arrow(p);
    double most = fmax(p->x[step->column + 1] - p->x[step->column] - arrow(p), 16 * p->size);
    double text = mn__text_width(name_of(p, step), p->size, true);
    if (p->say && *step->say)
        most = fmax(most, fmin(40 * p->size, mn__text_width(step->say, p->small, false) / 2.4));
    else
        most = fmin(most, fmax(text, mn__text_width(step->within, p->small, false)) + around(p));
    return step->end < p->l->n_columns ? span : fmin(span, most + pad(p));
}

/* How many lines each of a step's texts takes, and its height. */
static double step_height(const struct plan *p, const struct mn__step *step, int *names,
                          int *within, int *say) {
    double inner = box_width(p, step) - around(p), low = box_width(p, step) - 2 * pad(p);
    *names = lines_of(p, name_of(p, step), p->size, true, inner, MOST_LINES);
    *within = *step->within ? lines_of(p, step->within, p->small, false, inner, 3) : 0;
    *say = p->say && *step->say ? lines_of(p, step->say, p->small, false, low, 14) : 0;
    /* what to say stands below both the number and what is beside it */
    double beside = *names * p->size * 1.2 + *within * p->small * 1.25;
    double above = *say ? fmax(chip(p) + 1, beside) : fmax(chip(p) + 0.4 * p->size, beside);
    return above + *say * p->small * 1.25 + 1.1 * pad(p);
}

/* Height of a lane's name, when and basis. */
static double head_height(const struct plan *p, const struct mn__ladder *ladder, int lines[3]) {
    const struct mn_policy *policy = &p->l->sheet->m->policies[ladder->policy];
    double inner = p->head - 3 * pad(p) - (ladder->mark ? 16 : 0);
    lines[0] = lines_of(p, mn__full_name(policy->name, p->l->sheet->lang), p->size, true, inner, 4);
    lines[1] = lines_of(p, ladder->when, p->small, false, inner, 6);
    lines[2] = lines_of(p, ladder->basis, p->small, false, inner, 4);
    return lines[0] * p->size * 1.2 + (lines[1] + lines[2]) * p->small * 1.25 + 2 * pad(p);
}

static double lane_height(const struct plan *p, struct mn__ladder *ladder) {
    double sum = pad(p);
    int lines[3], names, within, say;
    for (int row = 0; row < ladder->n_rows; row++) {
        ladder->row_h[row] = 0;
        for (int i = 0; i < ladder->n; i++)
            if (ladder->steps[i].row == row)
                ladder->row_h[row] =
                    fmax(ladder->row_h[row],
                         ceil(step_height(p, &ladder->steps[i], &names, &within, &say)));
        sum += ladder->row_h[row] + pad(p);
    }
    return ceil(fmax(sum, head_height(p, ladder, lines) + pad(p)));
}

/* Severities, if the model has some: name, what it means, when to report. */
static double strip_height(const struct plan *p, double width) {
    const struct mn_model *m = p->l->sheet->m;
    int most = 0;
    for (int s = 0; s < m->n_severities; s++) {
        const char *text = mn_text_in(m->severities[s].description, p->l->sheet->lang);
        int n = text && *text ? lines_of(p, text, p->small, false, width - 2 * pad(p), 4) : 0;
        most = n > most ? n : most;
    }
    return m->n_severities ? ceil(p->size * 1.25 + (most + 2) * p->small * 1.25 + pad(p)) : 0;
}

static double strip_width(const struct plan *p) {
    int n = p->l->sheet->m->n_severities;
    return n ? (p->l->sheet->body.w - p->head - 10 - 6 * (n - 1)) / n : 0;
}

static double entry_width(const struct plan *p) {
    return (p->l->sheet->body.w - 12 * (p->entries_across - 1)) / p->entries_across;
}

/* Height of an entry: its name and what is known of it. */
static double entry_height(const struct plan *p, const struct mn__told *told, int *names,
                           int *facts) {
    double inner = entry_width(p) - chip(p) - pad(p);
    *names = lines_of(p, told->name, p->size, true, inner, 3);
    *facts = lines_of(p, told->text, p->small, false, inner, 8);
    return *names * p->size * 1.2 + *facts * p->small * 1.25 + pad(p);
}

static double directory_row(const struct plan *p, int row) {
    double h = 0;
    int names, facts;
    for (int i = row * p->entries_across; i < (row + 1) * p->entries_across; i++)
        if (i < p->l->n_told)
            h = fmax(h, entry_height(p, &p->l->told[i], &names, &facts));
    return ceil(h);
}

/* With as many entries side by side as make it lowest. */
static double directory_height(struct plan *p) {
    double least = 0;
    int best = 1;
    for (int across = 1; across <= 8; across++) {
        double h = p->size * 1.6;
        p->entries_across = across;
        if (across > 1 && entry_width(p) < p->size * 17)
            break;
        for (int row = 0; row * across < p->l->n_told; row++)
            h += directory_row(p, row);
        if (across == 1 || h < least) {
            least = h;
            best = across;
        }
    }
    p->entries_across = best;
    return ceil(least);
}

/* Whether all has room; *left is what remains of the height. */
static bool fits(struct plan *p, double *left) {
    struct mn__ladders *l = p->l;
    double sum = 0;
    p->head = floor(l->sheet->body.w * 0.155);
    if (l->n_columns > MOST_COLUMNS)
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
    p->strip = strip_height(p, strip_width(p));
    p->directory = directory_height(p);
    *left = l->sheet->body.h - sum - p->axis - p->directory - (p->strip > 0 ? p->strip + 6 : 0) - 4;
    return *left >= 0;
}

/* The largest texts with which all fits, rather with what to say than without. */
static bool choose(struct plan *p) {
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

/* Lines of text from the top y down; returns where they end. */
static double put_lines(const struct plan *p, int box, double x, double y, double width, int most,
                        const char *text, double size, bool bold, uint32_t ink) {
    const char *lines[16];
    int n = mn__text_wrap(arena(p), mn__text_clean(arena(p), text), size, bold, width, most, lines);
    double step = size * (bold ? 1.2 : 1.25);
    for (int i = 0; i < n; i++)
        mn__put_text(p->l->sheet->scene, box, x, y + step * (i + 0.5), MN__LEFT, lines[i], size,
                     bold, ink);
    return y + n * step;
}

/* The number of a directory's entry, round for who can do more, square for who may decide more. */
static void put_number(const struct plan *p, int box, double x, double y, int told, bool square,
                       uint32_t colour) {
    struct mn__scene *s = p->l->sheet->scene;
    struct mn__look look = {colour, colour, 0.8, MN__SOLID, false};
    double side = chip(p);
    struct mn__rect r = {x, y, side, side};
    int b = square ? mn__put_box(s, box, r, look) : mn__put_oval(s, box, r, look);
    mn__put_text(s, b, s->elements[b].at.x + s->elements[b].at.w / 2,
                 s->elements[b].at.y + s->elements[b].at.h / 2, MN__CENTRE,
                 mn__number(p->l->sheet, told + 1), fmax(p->size * 0.9, p->l->sheet->least_text),
                 true, MN__WHITE);
}

static struct mn__look step_look(bool square) {
    return square ? (struct mn__look){mn__tint(HIERARCHIC, 7), HIERARCHIC, 1.6, MN__SOLID, false}
                  : (struct mn__look){MN__WHITE, FUNCTIONAL, 1.2, MN__SOLID, true};
}

static void draw_step(const struct plan *p, const struct mn__ladder *ladder, struct mn__step *step,
                      int index) {
    struct mn__sheet *sheet = p->l->sheet;
    const char *policy = sheet->m->policies[ladder->policy].id;
    const struct mn__told *told = &p->l->told[step->told];
    int names, within, say;
    step_height(p, step, &names, &within, &say);
    step->at = (struct mn__rect){p->x[step->column] + 3, ladder->row_y[step->row],
                                 box_width(p, step) - 3, ladder->row_h[step->row]};
    bool square = hierarchic(step);
    int b = mn__put_box(sheet->scene, -1, step->at, step_look(square));
    step->at = sheet->scene->elements[b].at;
    mn__put_name(sheet->scene, b, mn_arena_printf(arena(p), "level-%s-%d", policy, index + 1),
                 square ? "level hierarchic" : "level functional",
                 mn_arena_printf(arena(p), "%s: %s%s%s%s%s",
                                 mn__time_words(sheet, step->level->after_s), told->name,
                                 *step->within ? " · " : "", step->within, *step->say ? " · " : "",
                                 step->say));
    double x = step->at.x + pad(p) - 2, y = step->at.y + 0.55 * pad(p);
    put_number(p, b, x, y, step->told, square, square ? HIERARCHIC : FUNCTIONAL);
    double text = x + chip(p) + pad(p), inner = box_width(p, step) - around(p);
    int first = sheet->scene->n;
    y = put_lines(p, b, text, y, inner, names, told->name, p->size, true, MN__INK);
    for (int i = first; i < sheet->scene->n; i++)
        mn__put_parts(sheet->scene, i, MN__ROLE, i == first ? told->name : "");
    y = put_lines(p, b, text, y, inner, within, step->within, p->small, false, MN__DIM);
    y = fmax(y, step->at.y + 0.55 * pad(p) + chip(p) + 1);
    put_lines(p, b, x, y, box_width(p, step) - 2 * pad(p), say, say ? step->say : "", p->small,
              false, MN__INK);
    mn__key_box(sheet, step_look(square), "",
                mn_msg(square ? MN_M_key_hierarchic : MN_M_key_functional, sheet->lang));
}

/* Arrows from each step to the next of its row. */
static void draw_arrows(const struct plan *p, const struct mn__ladder *ladder) {
    struct mn__look look = {MN__NO_COLOUR, MN__INK, 1.2, MN__SOLID, false};
    for (int i = 0; i < ladder->n; i++)
        for (int k = 0; k < ladder->n; k++) {
            const struct mn__step *a = &ladder->steps[i], *b = &ladder->steps[k];
            if (a->row != b->row || a->end != b->column || k == i)
                continue;
            double y = a->at.y + fmin(a->at.h, b->at.h) / 2;
            int line = mn__put_line(
                p->l->sheet->scene,
                (struct mn__point[]){{a->at.x + a->at.w, y}, {b->at.x - 0.5, y}}, 2, look);
            p->l->sheet->scene->elements[line].arrow = true;
            mn__key_line(p->l->sheet, look, mn_msg(MN_M_key_not_taken, p->l->sheet->lang));
        }
}

static void draw_head(const struct plan *p, struct mn__ladder *ladder) {
    struct mn__sheet *sheet = p->l->sheet;
    const struct mn_policy *policy = &sheet->m->policies[ladder->policy];
    struct mn__rect r = {ladder->at.x, ladder->at.y, p->head, ladder->at.h};
    uint32_t ink = MN__INK;
    struct mn__look look = {0xE4E9EE, MN__GREY, 0.8, MN__SOLID, false};
    const char *name = mn__full_name(policy->name, sheet->lang);
    if (ladder->mark)
        look = mn__marked(sheet, ladder->mark, look, &ink);
    int b = mn__put_box(sheet->scene, -1, r, look), lines[3];
    mn__put_name(sheet->scene, b, mn_arena_printf(arena(p), "policy-%s", policy->id), "policy",
                 mn_arena_printf(arena(p), "%s: %s (%s)", name, ladder->when, ladder->basis));
    double x = r.x + 1.5 * pad(p) + mn__mark_tile(sheet, b, ladder->mark);
    double inner = p->head - 3 * pad(p) - (ladder->mark ? 16 : 0);
    head_height(p, ladder, lines);
    double y = put_lines(p, b, x, r.y + pad(p), inner, lines[0], name, p->size, true, ink);
    y = put_lines(p, b, x, y, inner, lines[1], ladder->when, p->small, false, ink);
    put_lines(p, b, x, y, inner, lines[2], ladder->basis, p->small, false,
              ink == MN__INK ? 0x46515C : ink);
}

static void draw_lane(const struct plan *p, struct mn__ladder *ladder) {
    struct mn__sheet *sheet = p->l->sheet;
    int b = mn__put_box(sheet->scene, -1, ladder->at,
                        (struct mn__look){0xF6F8FA, MN__GREY, 0.8,
                                          ladder->in_force ? MN__SOLID : MN__DASHED, false});
    sheet->scene->elements[b].area = true;
    draw_head(p, ladder);
    double spare = ladder->at.h, y = ladder->at.y;
    for (int row = 0; row < ladder->n_rows; row++)
        spare -= ladder->row_h[row];
    spare /= ladder->n_rows + 1;
    for (int row = 0; row < ladder->n_rows; row++) {
        y += spare;
        ladder->row_y[row] = y;
        y += ladder->row_h[row];
    }
    for (int i = 0; i < ladder->n; i++)
        draw_step(p, ladder, &ladder->steps[i], i);
    draw_arrows(p, ladder);
}

/* Whether a step's box lies on the column's line in this height. */
static bool covered(const struct mn__ladder *ladder, double x, int row) {
    for (int i = 0; i < ladder->n; i++) {
        const struct mn__rect *r = &ladder->steps[i].at;
        if (ladder->steps[i].row == row && r->x < x + 2 && r->x + r->w > x - 2)
            return true;
    }
    return false;
}

/* Dotted lines down from the marks of time, behind which no box is. */
static void draw_marks(const struct plan *p, double top) {
    struct mn__ladders *l = p->l;
    struct mn__look look = {MN__NO_COLOUR, MN__GREY, 0.7, MN__DOTTED, false};
    for (int c = 0; c < l->n_columns; c++) {
        double x = p->x[c], from = top;
        for (int i = 0; i < l->n; i++)
            for (int row = 0; row < l->ladders[i].n_rows; row++) {
                const struct mn__ladder *ladder = &l->ladders[i];
                if (!covered(ladder, x, row))
                    continue;
                double to = ladder->row_y[row] - 1;
                if (to > from + 1)
                    mn__put_line(l->sheet->scene, (struct mn__point[]){{x, from}, {x, to}}, 2,
                                 look);
                from = ladder->row_y[row] + ladder->row_h[row] + 1;
            }
        double to = l->ladders[l->n - 1].at.y + l->ladders[l->n - 1].at.h;
        if (to > from + 1)
            mn__put_line(l->sheet->scene, (struct mn__point[]){{x, from}, {x, to}}, 2, look);
    }
}

/* What the sheet is about, then the axis with its marks. */
static void draw_axis(const struct plan *p, double y) {
    struct mn__ladders *l = p->l;
    struct mn__sheet *sheet = l->sheet;
    struct mn__rect body = sheet->body;
    double line = y + p->axis - 4;
    if (*l->corner) {
        uint32_t ink = MN__INK;
        struct mn__look look = {MN__WHITE, MN__INK, 1.4, MN__SOLID, true};
        if (l->corner_mark)
            look = mn__marked(sheet, l->corner_mark, look, &ink);
        int b =
            mn__put_box(sheet->scene, -1, (struct mn__rect){body.x, y, p->head, p->axis - 4}, look);
        mn__put_name(sheet->scene, b, l->corner_id, "subject", l->corner_tip);
        double x = body.x + pad(p) + mn__mark_tile(sheet, b, l->corner_mark), side = p->size * 1.7;
        if (l->symbol) {
            mn__icon(sheet->scene, b, l->symbol, x, y + (p->axis - 4 - side) / 2, side, ink);
            x += side + pad(p);
        }
        double inner = body.x + p->head - pad(p) - x;
        int n = lines_of(p, mn__text_clean(arena(p), l->corner), p->small, true, inner, 2);
        put_lines(p, b, x, y + (p->axis - 4 - n * p->small * 1.2) / 2, inner, 2, l->corner,
                  p->small, true, ink);
    }
    double title = p->x[l->n_columns] - p->x[0];
    mn__put_text_in(sheet->scene, -1, p->x[0], y + p->small * 0.6, MN__LEFT, title,
                    mn_msg(MN_M_ladder_axis, sheet->lang), p->small, false, MN__DIM);
    struct mn__look look = {MN__NO_COLOUR, MN__INK, 1.6, MN__SOLID, false};
    int axis = mn__put_line(
        sheet->scene, (struct mn__point[]){{p->x[0], line}, {body.x + body.w - 1, line}}, 2, look);
    sheet->scene->elements[axis].arrow = true;
    mn__put_name(sheet->scene, axis, "time", "axis", mn_msg(MN_M_ladder_axis, sheet->lang));
    for (int c = 0; c < l->n_columns; c++) {
        mn__put_line(sheet->scene, (struct mn__point[]){{p->x[c], line - 4}, {p->x[c], line + 3}},
                     2, look);
        mn__put_text(sheet->scene, -1, p->x[c] + 4, line - p->size * 0.75, MN__LEFT,
                     mn__time_words(sheet, l->columns[c]), p->size, true, MN__INK);
    }
}

static const char *severity_facts(struct mn__sheet *sheet, const struct mn_severity_level *s) {
    const char *report = "", *update = "";
    if (s->report_s >= 0)
        report = mn__say(sheet, MN_M_ladder_report, MN_ARGS(mn__time_words(sheet, s->report_s)));
    if (s->update_every_s >= 0)
        update =
            mn__say(sheet, MN_M_ladder_update, MN_ARGS(mn__time_words(sheet, s->update_every_s)));
    return mn_arena_printf(sheet->scene->arena, "%s%s%s", update, *update && *report ? "; " : "",
                           report);
}

static void draw_severities(const struct plan *p, double y) {
    struct mn__sheet *sheet = p->l->sheet;
    const struct mn_model *m = sheet->m;
    double w = strip_width(p), x = sheet->body.x + p->head + 10;
    put_lines(p, -1, sheet->body.x, y + pad(p), p->head - pad(p), 3,
              mn_msg(MN_M_ladder_severities, sheet->lang), p->size, true, MN__INK);
    for (int s = 0; s < m->n_severities; s++, x += w + 6) {
        const struct mn_severity_level *level = &m->severities[s];
        bool here = s == p->l->severity;
        struct mn__look look = {MN__WHITE, here ? MN__INK : MN__GREY, here ? 2.4 : 0.8, MN__SOLID,
                                false};
        int b = mn__put_box(sheet->scene, -1, (struct mn__rect){x, y, w, p->strip}, look);
        const char *name = mn__full_name(level->name, sheet->lang);
        const char *text = mn_text_in(level->description, sheet->lang);
        if (here)
            name = mn__say(sheet, MN_M_ladder_if_down, MN_ARGS(name));
        mn__put_name(sheet->scene, b, mn_arena_printf(arena(p), "severity-%s", level->id),
                     "severity", name);
        double inner = w - 2 * pad(p), at = y + 0.4 * pad(p);
        at = put_lines(p, b, x + pad(p), at, inner, 1, name, p->size, true, MN__INK);
        at = put_lines(p, b, x + pad(p), at, inner, 4, text ? text : "", p->small, false, MN__INK);
        put_lines(p, b, x + pad(p), at, inner, 2, severity_facts(sheet, level), p->small, false,
                  MN__DIM);
    }
}

static void draw_directory(const struct plan *p, double y) {
    struct mn__sheet *sheet = p->l->sheet;
    double w = entry_width(p);
    put_lines(p, -1, sheet->body.x, y, sheet->body.w, 1, mn_msg(MN_M_ladder_directory, sheet->lang),
              p->size, true, MN__INK);
    y += p->size * 1.6;
    for (int i = 0; i < p->l->n_told; i++) {
        const struct mn__told *told = &p->l->told[i];
        double x = sheet->body.x + (i % p->entries_across) * (w + 12);
        int names, facts;
        entry_height(p, told, &names, &facts);
        put_number(p, -1, x, y, i, false, MN__INK);
        mn__put_name(sheet->scene, sheet->scene->n - 2, told->id, "team",
                     told->tip && *told->tip ? told->tip : told->name);
        double text = x + chip(p) + pad(p), inner = w - chip(p) - pad(p);
        double at = put_lines(p, -1, text, y, inner, names, told->name, p->size, true, MN__INK);
        put_lines(p, -1, text, at, inner, facts, told->text, p->small, false, MN__INK);
        if (i % p->entries_across == p->entries_across - 1)
            y += directory_row(p, i / p->entries_across);
    }
}

bool mn__ladders_draw(struct mn__ladders *l) {
    struct mn__rect body = l->sheet->body;
    struct plan p = {.l = l};
    for (int i = 0; i < l->n_told; i++)
        l->told[i].name =
            mn__text_fit(l->sheet->scene->arena,
                         mn__text_clean(l->sheet->scene->arena, l->told[i].name), 10, true, 420);
    if (!choose(&p))
        return false;
    double y = body.y + p.axis;
    for (int i = 0; i < l->n; i++) {
        l->ladders[i].at.x = body.x;
        l->ladders[i].at.y = y;
        l->ladders[i].at.w = body.w;
        y += l->ladders[i].at.h + 5;
    }
    for (int i = 0; i < l->n; i++) { /* built up ladder by ladder */
        const struct mn_policy *policy = &l->sheet->m->policies[l->ladders[i].policy];
        mn__layer(l->sheet, i + 1 < MN__LATE_LAYER ? i + 1 : MN__LATE_LAYER - 1,
                  mn__full_name(policy->name, l->sheet->lang));
        draw_lane(&p, &l->ladders[i]);
    }
    mn__layer(l->sheet, 0, NULL);
    draw_axis(&p, body.y);
    draw_marks(&p, body.y + p.axis);
    if (p.strip > 0) {
        draw_severities(&p, y + 3);
        y += p.strip + 6;
    }
    draw_directory(&p, y + 4);
    return true;
}
