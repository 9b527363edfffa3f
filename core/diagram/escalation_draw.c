/* Drawing ladders: lanes below one axis of time, and who is told below them. */
#include "diagram/escalation_plan.h"

#include "diagram/net.h"
#include "diagram/small.h"
#include "diagram/type.h"

#include <string.h>

#define FUNCTIONAL 0x005F96u
#define HIERARCHIC 0x8A2F62u

/* Lines of text from the top y down; returns where they end. */
static double put_lines(const struct mn__plan *p, int box, double x, double y, double width,
                        int most, const char *text, double size, bool bold, uint32_t ink) {
    const char *lines[16];
    int n = mn__text_wrap(mn__plan_arena(p), mn__text_clean(mn__plan_arena(p), text), size, bold,
                          width, most, lines);
    double step = size * (bold ? 1.2 : 1.25);
    for (int i = 0; i < n; i++)
        mn__put_text(p->l->sheet->scene, box, x, y + step * (i + 0.5), MN__LEFT, lines[i], size,
                     bold, ink);
    return y + n * step;
}

/* The number of a directory's entry, round for who can do more, square for who may decide more. */
static void put_number(const struct mn__plan *p, int box, double x, double y, int told, bool square,
                       uint32_t colour) {
    struct mn__scene *s = p->l->sheet->scene;
    struct mn__look look = {colour, colour, 0.8, MN__SOLID, false};
    double side = mn__plan_chip(p);
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

static void draw_step(const struct mn__plan *p, const struct mn__ladder *ladder,
                      struct mn__step *step, int index) {
    struct mn__sheet *sheet = p->l->sheet;
    const char *policy = sheet->m->policies[ladder->policy].id;
    const struct mn__told *told = &p->l->told[step->told];
    int names, within, say;
    mn__plan_step_height(p, step, &names, &within, &say);
    step->at = (struct mn__rect){p->x[step->column] + 3, ladder->row_y[step->row],
                                 mn__plan_box_width(p, step) - 3, ladder->row_h[step->row]};
    bool square = mn__plan_hierarchic(step);
    int b = mn__put_box(sheet->scene, -1, step->at, step_look(square));
    step->at = sheet->scene->elements[b].at;
    mn__put_name(sheet->scene, b,
                 mn_arena_printf(mn__plan_arena(p), "level-%s-%d", policy, index + 1),
                 square ? "level hierarchic" : "level functional",
                 mn_arena_printf(mn__plan_arena(p), "%s: %s%s%s%s%s",
                                 mn__time_words(sheet, step->level->after_s), told->name,
                                 *step->within ? " · " : "", step->within, *step->say ? " · " : "",
                                 step->say));
    double x = step->at.x + mn__plan_pad(p) - 2, y = step->at.y + 0.55 * mn__plan_pad(p);
    put_number(p, b, x, y, step->told, square, square ? HIERARCHIC : FUNCTIONAL);
    double text = x + mn__plan_chip(p) + mn__plan_pad(p),
           inner = mn__plan_box_width(p, step) - mn__plan_around(p);
    int first = sheet->scene->n;
    y = put_lines(p, b, text, y, inner, names, told->name, p->size, true, MN__INK);
    for (int i = first; i < sheet->scene->n; i++)
        mn__put_parts(sheet->scene, i, MN__ROLE, i == first ? told->name : "");
    y = put_lines(p, b, text, y, inner, within, step->within, p->small, false, MN__DIM);
    y = fmax(y, step->at.y + 0.55 * mn__plan_pad(p) + mn__plan_chip(p) + 1);
    put_lines(p, b, x, y, mn__plan_box_width(p, step) - 2 * mn__plan_pad(p), say,
              say ? step->say : "", p->small, false, MN__INK);
    mn__key_box(sheet, step_look(square), "",
                mn_msg(square ? MN_M_key_hierarchic : MN_M_key_functional, sheet->lang));
}

/* Arrows from each step to the next of its row. */
static void draw_arrows(const struct mn__plan *p, const struct mn__ladder *ladder) {
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

static void draw_head(const struct mn__plan *p, struct mn__ladder *ladder) {
    struct mn__sheet *sheet = p->l->sheet;
    const struct mn_policy *policy = &sheet->m->policies[ladder->policy];
    struct mn__rect r = {ladder->at.x, ladder->at.y, p->head, ladder->at.h};
    uint32_t ink = MN__INK;
    struct mn__look look = {0xE4E9EE, MN__GREY, 0.8, MN__SOLID, false};
    const char *name = mn__full_name(policy->name, sheet->lang);
    if (ladder->mark)
        look = mn__marked(sheet, ladder->mark, look, &ink);
    int b = mn__put_box(sheet->scene, -1, r, look), lines[3];
    mn__put_name(
        sheet->scene, b, mn_arena_printf(mn__plan_arena(p), "policy-%s", policy->id), "policy",
        mn_arena_printf(mn__plan_arena(p), "%s: %s (%s)", name, ladder->when, ladder->basis));
    double x = r.x + 1.5 * mn__plan_pad(p) + mn__mark_tile(sheet, b, ladder->mark);
    double inner = p->head - 3 * mn__plan_pad(p) - (ladder->mark ? 16 : 0);
    mn__plan_head_height(p, ladder, lines);
    double y = put_lines(p, b, x, r.y + mn__plan_pad(p), inner, lines[0], name, p->size, true, ink);
    y = put_lines(p, b, x, y, inner, lines[1], ladder->when, p->small, false, ink);
    put_lines(p, b, x, y, inner, lines[2], ladder->basis, p->small, false,
              ink == MN__INK ? 0x46515C : ink);
}

static void draw_lane(const struct mn__plan *p, struct mn__ladder *ladder) {
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
static void draw_marks(const struct mn__plan *p, double top) {
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
static void draw_axis(const struct mn__plan *p, double y) {
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
        double x = body.x + mn__plan_pad(p) + mn__mark_tile(sheet, b, l->corner_mark),
               side = p->size * 1.7;
        if (l->symbol) {
            mn__icon(sheet->scene, b, l->symbol, x, y + (p->axis - 4 - side) / 2, side, ink);
            x += side + mn__plan_pad(p);
        }
        double inner = body.x + p->head - mn__plan_pad(p) - x;
        int n = mn__plan_lines(p, mn__text_clean(mn__plan_arena(p), l->corner), p->small, true,
                               inner, 2);
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

static void draw_severities(const struct mn__plan *p, double y) {
    struct mn__sheet *sheet = p->l->sheet;
    const struct mn_model *m = sheet->m;
    double w = mn__plan_strip_width(p), x = sheet->body.x + p->head + 10;
    put_lines(p, -1, sheet->body.x, y + mn__plan_pad(p), p->head - mn__plan_pad(p), 3,
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
        mn__put_name(sheet->scene, b, mn_arena_printf(mn__plan_arena(p), "severity-%s", level->id),
                     "severity", name);
        double inner = w - 2 * mn__plan_pad(p), at = y + 0.4 * mn__plan_pad(p);
        at = put_lines(p, b, x + mn__plan_pad(p), at, inner, 1, name, p->size, true, MN__INK);
        at = put_lines(p, b, x + mn__plan_pad(p), at, inner, 4, text ? text : "", p->small, false,
                       MN__INK);
        put_lines(p, b, x + mn__plan_pad(p), at, inner, 2, severity_facts(sheet, level), p->small,
                  false, MN__DIM);
    }
}

static void draw_directory(const struct mn__plan *p, double y) {
    struct mn__sheet *sheet = p->l->sheet;
    double w = mn__plan_entry_width(p);
    put_lines(p, -1, sheet->body.x, y, sheet->body.w, 1, mn_msg(MN_M_ladder_directory, sheet->lang),
              p->size, true, MN__INK);
    y += p->size * 1.6;
    for (int i = 0; i < p->l->n_told; i++) {
        const struct mn__told *told = &p->l->told[i];
        double x = sheet->body.x + (i % p->entries_across) * (w + 12);
        int names, facts;
        mn__plan_entry_height(p, told, &names, &facts);
        put_number(p, -1, x, y, i, false, MN__INK);
        mn__put_name(sheet->scene, sheet->scene->n - 2, told->id, "team",
                     told->tip && *told->tip ? told->tip : told->name);
        double text = x + mn__plan_chip(p) + mn__plan_pad(p),
               inner = w - mn__plan_chip(p) - mn__plan_pad(p);
        double at = put_lines(p, -1, text, y, inner, names, told->name, p->size, true, MN__INK);
        put_lines(p, -1, text, at, inner, facts, told->text, p->small, false, MN__INK);
        if (i % p->entries_across == p->entries_across - 1)
            y += mn__plan_directory_row(p, i / p->entries_across);
    }
}

bool mn__ladders_draw(struct mn__ladders *l) {
    struct mn__rect body = l->sheet->body;
    struct mn__plan p = {.l = l};
    for (int i = 0; i < l->n_told; i++)
        l->told[i].name =
            mn__text_fit(l->sheet->scene->arena,
                         mn__text_clean(l->sheet->scene->arena, l->told[i].name), 10, true, 420);
    if (!mn__plan_choose(&p))
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
