/* Symbols of kinds, drawn with lines: a model names them (`symbol:`), or the kind's id does. */
#include "diagram/small.h"

#include <math.h>
#include <string.h>

struct pen {
    struct mn__scene *scene;
    int within;
    double x, y, side;
    struct mn__look look;
};

static void mark_icon(struct pen *p, int element) {
    p->scene->elements[element].icon = true;
}

static void path(struct pen *p, const double *xy, int n) {
    struct mn__point points[16];
    double k = p->side / 16;
    for (int i = 0; i < n && i < 16; i++)
        points[i] = (struct mn__point){p->x + xy[2 * i] * k, p->y + xy[2 * i + 1] * k};
    int line = mn__put_line(p->scene, points, n, p->look);
    p->scene->elements[line].within = p->within;
    mark_icon(p, line);
}

/* Coordinates run from 0 to 16. Outlines are lines, for boxes are drawn in whole points only. */
static void rect(struct pen *p, double x, double y, double w, double h, bool filled) {
    double k = p->side / 16;
    struct mn__look look = p->look;
    look.fill = look.line;
    if (filled)
        mark_icon(p,
                  mn__put_box(p->scene, p->within,
                              (struct mn__rect){p->x + x * k, p->y + y * k, w * k, h * k}, look));
    else
        path(p, (const double[]){x, y, x + w, y, x + w, y + h, x, y + h, x, y}, 5);
}

static void oval(struct pen *p, double x, double y, double w, double h) {
    double k = p->side / 16;
    struct mn__look look = p->look;
    look.fill = MN__NO_COLOUR;
    mark_icon(p, mn__put_oval(p->scene, p->within,
                              (struct mn__rect){p->x + x * k, p->y + y * k, w * k, h * k}, look));
}

#define PATH(...)                                                                                  \
    do {                                                                                           \
        const double xy[] = {__VA_ARGS__};                                                         \
        path(p, xy, (int)(sizeof xy / sizeof *xy / 2));                                            \
    } while (0)

static void draw_router(struct pen *p) {
    oval(p, 1, 1, 14, 14);
    PATH(4, 6, 12, 6);
    PATH(9.5, 3.5, 12, 6, 9.5, 8.5);
    PATH(12, 10.5, 4, 10.5);
    PATH(6.5, 8, 4, 10.5, 6.5, 13);
}

static void draw_switch(struct pen *p) {
    rect(p, 0.5, 4.5, 15, 7, false);
    for (int i = 0; i < 4; i++)
        rect(p, 2.3 + i * 3.1, 7, 2, 2.2, true);
}

static void draw_firewall(struct pen *p) {
    rect(p, 1, 2.5, 14, 11, false);
    PATH(1, 6.2, 15, 6.2);
    PATH(1, 9.8, 15, 9.8);
    PATH(6, 2.5, 6, 6.2);
    PATH(10.5, 6.2, 10.5, 9.8);
    PATH(4, 6.2, 4, 9.8);
    PATH(7.5, 9.8, 7.5, 13.5);
}

static void draw_server(struct pen *p) {
    for (int i = 0; i < 3; i++) {
        rect(p, 2, 1.5 + i * 4.5, 12, 4, false);
        PATH(4, 3.5 + i * 4.5, 6, 3.5 + i * 4.5);
    }
}

static void draw_storage(struct pen *p) {
    oval(p, 2, 1.5, 12, 4);
    PATH(2, 3.5, 2, 12.5);
    PATH(14, 3.5, 14, 12.5);
    oval(p, 2, 10.5, 12, 4);
}

static void draw_pc(struct pen *p) {
    rect(p, 1, 2, 14, 9, false);
    PATH(8, 11, 8, 14);
    PATH(4.5, 14, 11.5, 14);
}

static void draw_printer(struct pen *p) {
    rect(p, 1.5, 6, 13, 5.5, false);
    PATH(4, 6, 4, 2, 12, 2, 12, 6);
    PATH(4, 10, 4, 14, 12, 14, 12, 10);
}

static void draw_kiosk(struct pen *p) {
    rect(p, 4, 1, 8, 9, false);
    rect(p, 5.5, 2.8, 5, 3, true);
    PATH(8, 10, 8, 14.5);
    PATH(4.5, 14.5, 11.5, 14.5);
}

static void draw_converter(struct pen *p) {
    rect(p, 0.5, 4, 15, 8, false);
    oval(p, 2.5, 6.3, 3.4, 3.4);
    PATH(7, 8, 13, 8);
    PATH(10.8, 6, 13, 8, 10.8, 10);
}

static void draw_camera(struct pen *p) {
    rect(p, 1, 4.5, 9.5, 7.5, false);
    PATH(10.5, 7, 15, 4.5, 15, 12, 10.5, 9.5);
}

static void draw_wifi(struct pen *p) {
    PATH(1.5, 7, 4.5, 4.4, 8, 3.5, 11.5, 4.4, 14.5, 7);
    PATH(4.3, 9.6, 8, 7.6, 11.7, 9.6);
    rect(p, 7, 11, 2, 2, true);
}

static void draw_power(struct pen *p) {
    rect(p, 1.5, 1.5, 13, 13, false);
    PATH(9, 3, 5.5, 8.5, 10, 8, 6.5, 13);
}

static void draw_cloud(struct pen *p) {
    PATH(4, 12.5, 2, 11.5, 1.2, 9.5, 2.4, 7.4, 4.4, 7, 5.4, 4.6, 8, 3.5, 10.8, 4.6, 11.8, 7, 13.9,
         7.8, 14.8, 9.8, 13.8, 11.8, 12, 12.5, 4, 12.5);
}

static void draw_service(struct pen *p) {
    PATH(3.5, 1.5, 10, 1.5, 12.8, 4.5, 12.8, 14.5, 3.5, 14.5, 3.5, 1.5);
    PATH(5.8, 6.5, 10.4, 6.5);
    PATH(5.8, 9, 10.4, 9);
    PATH(5.8, 11.5, 8.8, 11.5);
}

static void draw_token(struct pen *p) {
    oval(p, 1, 5, 6, 6);
    PATH(7, 8, 15, 8, 15, 11);
    PATH(12, 8, 12, 10.5);
}

static void draw_phone(struct pen *p) {
    rect(p, 4.5, 1, 7, 14, false);
    PATH(7, 13, 9, 13);
}

static void draw_mic(struct pen *p) {
    rect(p, 6, 1.5, 4, 7, false);
    PATH(4, 7.5, 4.8, 10, 8, 11, 11.2, 10, 12, 7.5);
    PATH(8, 11, 8, 14.5);
    PATH(5.5, 14.5, 10.5, 14.5);
}

static void draw_antenna(struct pen *p) {
    PATH(8, 6, 4, 14.5);
    PATH(8, 6, 12, 14.5);
    PATH(5.6, 11, 10.4, 11);
    PATH(4.5, 2, 3.2, 5, 4.5, 8);
    PATH(11.5, 2, 12.8, 5, 11.5, 8);
    oval(p, 6.8, 3.6, 2.6, 2.6);
}

static void draw_plain(struct pen *p) {
    rect(p, 2, 3.5, 12, 9, false);
    PATH(4.5, 10, 6.5, 10);
}

static const struct {
    const char *word; /* in a symbol's or kind's id */
    void (*draw)(struct pen *p);
} symbols[] = {
    {"router", draw_router},     {"cpe", draw_router},
    {"switch", draw_switch},     {"hub", draw_switch},
    {"lan", draw_switch},        {"firewall", draw_firewall},
    {"gateway", draw_firewall},  {"storage", draw_storage},
    {"database", draw_storage},  {"nas", draw_storage},
    {"server", draw_server},     {"host", draw_server},
    {"hypervisor", draw_server}, {"vm", draw_server},
    {"mcu", draw_server},        {"pc", draw_pc},
    {"computer", draw_pc},       {"laptop", draw_pc},
    {"display", draw_pc},        {"screen", draw_pc},
    {"printer", draw_printer},   {"scanner", draw_printer},
    {"kiosk", draw_kiosk},       {"converter", draw_converter},
    {"codec", draw_camera},      {"camera", draw_camera},
    {"endpoint", draw_camera},   {"wifi", draw_wifi},
    {"access-point", draw_wifi}, {"ups", draw_power},
    {"power", draw_power},       {"mains", draw_power},
    {"generator", draw_power},   {"feed", draw_power},
    {"cloud", draw_cloud},       {"internet", draw_cloud},
    {"network", draw_cloud},     {"service", draw_service},
    {"system", draw_service},    {"portal", draw_service},
    {"token", draw_token},       {"key", draw_token},
    {"phone", draw_phone},       {"mic", draw_mic},
    {"microphone", draw_mic},    {"mixer", draw_mic},
    {"speaker", draw_mic},       {"radio", draw_antenna},
    {"mobile", draw_antenna},    {"satellite", draw_antenna},
    {"antenna", draw_antenna},   {"4g", draw_antenna},
    {"dns", draw_server},        {"identity", draw_server},
};

/* Whether `word` is one of the words of an id. */
static bool has_word(const char *id, const char *word) {
    size_t n = strlen(word);
    for (const char *at = strstr(id, word); at; at = strstr(at + 1, word))
        if ((at == id || at[-1] == '-' || at[-1] == '.') &&
            (at[n] == '\0' || at[n] == '-' || at[n] == '.'))
            return true;
    return false;
}

const char *mn__symbol_of(const struct mn_model *m, int component) {
    const struct mn_component *c = &m->components[component];
    if (c->kind >= 0 && m->kinds[c->kind].symbol)
        return m->kinds[c->kind].symbol;
    return c->kind >= 0 ? m->kinds[c->kind].id : c->cls == MN_SERVICE ? "service" : "node";
}

void mn__icon(struct mn__scene *scene, int within, const char *symbol, double x, double y,
              double side, uint32_t colour) {
    struct pen pen = {
        scene, within, x, y, side, {MN__NO_COLOUR, colour, fmax(0.9, side / 16), MN__SOLID, false}};
    for (size_t i = 0; i < MN_COUNT(symbols); i++)
        if (has_word(symbol, symbols[i].word)) {
            symbols[i].draw(&pen);
            return;
        }
    draw_plain(&pen);
}
