/* Dots of a map: shapes that are told apart without colour. */
#include "diagram/sheet.h"

enum { SHAPES = 6 };

/* A square on its corner: a line as long as it is wide. */
static int put_diamond(struct mn__scene *scene, struct mn__rect r, uint32_t colour, bool hollow) {
    double x = r.x + r.w / 2, y = r.y + r.h / 2, d = r.w * 0.62;
    struct mn__look look = {MN__NO_COLOUR, colour, hollow ? 1.3 : d * 1.4142, MN__SOLID, false};
    struct mn__point outline[] = {{x, y - d}, {x + d, y}, {x, y + d}, {x - d, y}, {x, y - d}};
    struct mn__point middle[] = {{x - d / 2, y - d / 2}, {x + d / 2, y + d / 2}};
    int e = hollow ? mn__put_line(scene, outline, 5, look) : mn__put_line(scene, middle, 2, look);
    scene->elements[e].at = r;
    scene->elements[e].icon = true;
    return e;
}

int mn__put_dot(struct mn__scene *scene, int within, int shape, struct mn__rect r,
                uint32_t colour) {
    bool hollow = shape % SHAPES > 2;
    struct mn__look look = {hollow ? MN__WHITE : colour, colour, hollow ? 1.3 : 0.5, MN__SOLID,
                            false};
    switch (shape % SHAPES % 3) {
    case 0:
        return mn__put_oval(scene, within, r, look);
    case 1:
        return mn__put_box(scene, within, r, look);
    default:
        return put_diamond(scene, r, colour, hollow);
    }
}
