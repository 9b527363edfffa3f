/* The chart of a flow, drawn. */
#include "diagram/chart.h"
#include "diagram/type.h"

#include <string.h>

/* How each kind of step looks; its word stands on every box, colours only help. */
static const struct {
    enum mn_message word, key;
    uint32_t colour;
    double width;
    bool rounded;
} kinds[MN_CHART_KINDS] = {
    [MN_CHART_TELL] = {MN_M_chart_tell, MN_M_key_chart_tell, 0x5A6672, 1, false},
    [MN_CHART_ASK] = {MN_M_chart_ask, MN_M_key_chart_ask, 0x005F96, 1.4, true},
    [MN_CHART_ACT] = {MN_M_chart_act, MN_M_key_chart_act, 0x8A3A00, 1.4, false},
    [MN_CHART_LIST] = {MN_M_chart_list, MN_M_key_chart_list, 0x4B6B00, 1.4, false},
    [MN_CHART_CALL] = {MN_M_chart_call, MN_M_key_chart_call, 0x8A2F62, 1.4, true},
    [MN_CHART_LOOK] = {MN_M_chart_look, MN_M_key_chart_look, 0x6B5B00, 1, false},
    [MN_CHART_WAIT] = {MN_M_chart_wait, MN_M_key_chart_wait, 0x5B3A82, 1.4, true},
    [MN_CHART_END] = {MN_M_chart_end, MN_M_key_chart_end, 0x12263A, 2.6, true},
};

static struct mn__look look_of(enum mn_chart_kind kind) {
    return (struct mn__look){mn__tint(kinds[kind].colour, 6), kinds[kind].colour, kinds[kind].width,
                             MN__SOLID, kinds[kind].rounded};
}

/* A step's number in a circle; filled where the step is, hollow where a way leads to it. */
static void put_number(struct mn__chart *f, int box, double x, double y, int step, bool filled) {
    struct mn__scene *scene = f->sheet->scene;
    double side = mn__chart_chip(f);
    uint32_t colour = kinds[f->of->steps[step].kind].colour;
    const char *number = mn__number(f->sheet, f->boxes[step].number);
    double size = f->boxes[step].number > 99 ? f->sheet->least_text : f->small;
    double w = mn__text_width(number, size, true) + 4;
    struct mn__rect r = {x, y, w > side ? w : side, side};
    int chip = mn__put_oval(
        scene, box, r, (struct mn__look){filled ? colour : MN__WHITE, colour, 1, MN__SOLID, false});
    mn__put_text(scene, chip, r.x + r.w / 2, r.y + r.h / 2, MN__CENTRE, number, size, true,
                 filled ? MN__WHITE : MN__INK);
}

static void draw_head(struct mn__chart *f, int box, const struct mn__chart_box *b) {
    struct mn__sheet *sheet = f->sheet;
    const struct mn_chart_step *s = &f->of->steps[b->step];
    double pad = mn__chart_pad(f), y = b->at.y + 0.15 * f->size + mn__chart_chip(f) / 2;
    double x = b->at.x + pad + mn__chart_chip(f) + pad;
    put_number(f, box, b->at.x + pad, y - mn__chart_chip(f) / 2, b->step, true);
    mn__put_text(sheet->scene, box, x, y, MN__LEFT, mn_msg(kinds[s->kind].word, sheet->lang),
                 f->small, true, kinds[s->kind].colour);
    x += mn__text_width(mn_msg(kinds[s->kind].word, sheet->lang), f->small, true) + 2 * pad;
    if (b->head && *b->from)
        mn__put_text_in(sheet->scene, box, x, y, MN__LEFT,
                        b->at.x + b->at.w - pad - x - (s->minutes < 0 ? 0 : 4.5 * f->small),
                        b->from, f->small, false, MN__DIM);
    if (s->minutes >= 0)
        mn__put_text(sheet->scene, box, b->at.x + b->at.w - pad, y, MN__RIGHT,
                     mn__say(sheet, MN_M_chart_minutes, MN_ARGS(mn__number(sheet, s->minutes))),
                     f->small, false, MN__DIM);
}

/* Its lines from the top y down, with the square to be ticked; returns where they end. */
static double draw_para(struct mn__chart *f, int box, const struct mn__chart_para *p, double x,
                        double y) {
    struct mn__scene *scene = f->sheet->scene;
    double size = mn__chart_para_size(f, p), side = 0.8 * size;
    if (p->tick && p->n) {
        int square = mn__put_box(scene, box, (struct mn__rect){x, y + 0.2 * size, side, side},
                                 (struct mn__look){MN__WHITE, MN__INK, 0.8, MN__SOLID, false});
        scene->elements[square].icon = true;
    }
    for (int i = 0; i < p->n; i++)
        mn__put_text(scene, box, x + mn__chart_tick(f, p), y + (i + 0.5) * 1.25 * size, MN__LEFT,
                     p->lines[i], size, false, p->dim ? MN__DIM : MN__INK);
    return y + mn__chart_para_height(f, p);
}

/* An answer and where it leads. */
static void draw_row(struct mn__chart *f, int box, const struct mn__chart_box *b,
                     const struct mn__chart_row *row, double y) {
    struct mn__scene *scene = f->sheet->scene;
    double pad = mn__chart_pad(f), h = mn__chart_row_height(f, b, row);
    double chip = mn__chart_chip(f), right = b->at.x + b->at.w - pad, middle = y + h / 2;
    struct mn__look thin = {MN__NO_COLOUR, MN__GREY, 0.5, MN__SOLID, false};
    int rule = mn__put_line(scene, (struct mn__point[]){{b->at.x + pad, y}, {right, y}}, 2, thin);
    scene->elements[rule].icon = true;
    draw_para(f, box, &row->label, b->at.x + pad,
              middle - mn__chart_para_height(f, &row->label) / 2);
    if (row->to < 0)
        return;
    struct mn__look arrow = {MN__NO_COLOUR, MN__INK, 1, MN__SOLID, false};
    int line = mn__put_line(
        scene,
        (struct mn__point[]){{right - chip - 1.4 * f->size, middle}, {right - chip - 1, middle}}, 2,
        arrow);
    scene->elements[line].arrow = scene->elements[line].icon = true;
    put_number(f, box, right - chip, middle - chip / 2, row->to, false);
}

static void draw_box(struct mn__chart *f, struct mn__chart_box *b) {
    struct mn__sheet *sheet = f->sheet;
    const struct mn_chart_step *s = &f->of->steps[b->step];
    const char *text = mn_text_in(s->text, sheet->lang);
    int box = mn__put_box(sheet->scene, -1, b->at, look_of(s->kind));
    b->at = sheet->scene->elements[box].at;
    mn__put_name(sheet->scene, box, mn_arena_printf(sheet->scene->arena, "step-%s", s->id), "step",
                 mn_arena_printf(sheet->scene->arena, "%d. %s", b->number, text ? text : ""));
    mn__key_box(sheet, look_of(s->kind), "", mn_msg(kinds[s->kind].key, sheet->lang));
    draw_head(f, box, b);
    double y = b->at.y + mn__chart_head_height(f);
    for (int i = 0; i < b->n_paras; i++)
        y = draw_para(f, box, &b->paras[i], b->at.x + mn__chart_pad(f), y);
    y += mn__chart_pad(f);
    for (int k = 0; k < b->n_rows; k++) {
        double h = mn__chart_row_height(f, b, &b->rows[k]);
        if (h > 0)
            draw_row(f, box, b, &b->rows[k], y);
        y += h;
    }
}

/* Down to the step that stands right below. */
static void draw_arrow(struct mn__chart *f, const struct mn__chart_box *b) {
    const struct mn__chart_box *next = &f->boxes[b->next];
    struct mn__look look = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
    double x = b->at.x + b->at.w / 2;
    int line =
        mn__put_line(f->sheet->scene,
                     (struct mn__point[]){{x, b->at.y + b->at.h}, {x, next->at.y - 0.5}}, 2, look);
    f->sheet->scene->elements[line].arrow = true;
}

/* Who follows the card, and when: room on every sheet, to be filled in on the first. */
static void draw_fields(struct mn__sheet *sheet) {
    double size = 9, h = 2 * size;
    if (sheet->picture->page == 1)
        mn__put_text_in(sheet->scene, -1, sheet->body.x, sheet->body.y + h / 2, MN__LEFT,
                        sheet->body.w, mn_msg(MN_M_card_fields, sheet->lang), size, false, MN__INK);
    sheet->body.y += h + 2;
    sheet->body.h -= h + 2;
}

bool mn__draw_chart(struct mn__sheet *sheet) {
    const struct mn_chart *of = sheet->picture->chart;
    struct mn_arena *a = sheet->scene->arena;
    struct mn__chart f = {.sheet = sheet, .of = of};
    const char *title = mn_text_in(of->title, sheet->lang),
               *about = mn_text_in(of->about, sheet->lang);
    f.boxes = MN_ARENA_ARRAY(a, struct mn__chart_box, (size_t)of->n);
    f.order = MN_ARENA_ARRAY(a, int, (size_t)of->n);
    mn__frame(sheet, title ? title : "", about ? about : "", sheet->picture->card ? 3 : 1);
    if (sheet->picture->card)
        draw_fields(sheet);
    mn__chart_read(&f);
    mn__chart_texts(&f);
    if (!mn__chart_place(&f))
        return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    sheet->pages = f.pages;
    int page = sheet->picture->card ? sheet->picture->page - 1 : 0;
    for (int i = 0; i < f.n; i++)
        if (f.boxes[f.order[i]].page == page)
            draw_box(&f, &f.boxes[f.order[i]]);
    for (int i = 0; i < f.n; i++)
        if (f.boxes[f.order[i]].page == page && f.boxes[f.order[i]].joined)
            draw_arrow(&f, &f.boxes[f.order[i]]);
    mn__key_chip(sheet, (struct mn__look){MN__WHITE, MN__INK, 1, MN__SOLID, true}, "7",
                 mn_msg(MN_M_key_chart_to, sheet->lang));
    mn__frame_end(sheet);
    return true;
}
