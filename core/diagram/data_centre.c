/* The view of a data centre: from the networks outside through its tiers to virtual servers, with
 * power and cooling in a band of their own. */
#include "diagram/centre.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How many virtual servers side by side, and how wide their names may be. */
struct shape {
    int columns;
    double widest;
};

static bool try_shape(struct mn__centre *c, struct shape shape, struct mn__rect room) {
    mn__small_fini(&c->small);
    memset(&c->small, 0, sizeof c->small);
    c->small.sheet = c->sheet;
    c->small.down = true;
    c->small.widest = shape.widest;
    mn__centre_fill(c, shape.columns);
    return mn__small_place(&c->small, room);
}

/* Takes the shape that gives the largest texts. */
static bool place(struct mn__centre *c, struct mn__rect room) {
    static const struct shape shapes[] = {{6, 11}, {5, 10}, {7, 10}, {6, 9}, {7, 8}};
    double best_size = 0;
    size_t best = 0;
    for (size_t i = 0; i < MN_COUNT(shapes); i++)
        if (try_shape(c, shapes[i], room) && c->small.size > best_size + 0.01) {
            best_size = c->small.size;
            best = i;
        }
    return best_size > 0 && try_shape(c, shapes[best], room);
}

/* Both pictures in the sheet's body: the band at the right, else below. */
static bool place_both(struct mn__centre *c, struct mn__small *power, bool band) {
    struct mn__rect room = c->sheet->body;
    static const double shares[] = {0.28};
    if (!band)
        return place(c, room);
    for (size_t i = 0; i <= MN_COUNT(shares); i++) {
        struct mn__rect net = room, side = room;
        if (i < MN_COUNT(shares)) {
            side.w = room.w * shares[i];
            side.x = room.x + room.w - side.w;
            net.w = room.w - side.w - 10;
        } else {
            side.h = room.h * 0.33;
            side.y = room.y + room.h - side.h;
            net.h = room.h - side.h - 10;
        }
        if (!place(c, net))
            continue;
        power->most_size = c->small.size;
        if (mn__small_place(power, side))
            return true;
    }
    return false;
}

static struct mn__centre new_centre(struct mn__sheet *sheet, int site, bool one_of_many) {
    struct mn__centre c = {.sheet = sheet, .m = sheet->m, .site = site, .one_of_many = one_of_many};
    size_t n = (size_t)sheet->m->n_nodes + 1;
    c.item = mn_new0(n, sizeof *c.item);
    c.distance = mn_new0(n, sizeof *c.distance);
    c.set = mn_new0(n, sizeof *c.set);
    return c;
}

static void free_centre(struct mn__centre *c) {
    mn__small_fini(&c->small);
    free(c->item);
    free(c->distance);
    free(c->set);
}

static bool draw_one(struct mn__sheet *sheet, int site) {
    const struct mn_model *m = sheet->m;
    const struct mn_site *of = &m->sites[site];
    const char *name = mn__full_name(of->name, sheet->lang);
    if (!mn__hosts_services(m, site))
        return mn__refuse(sheet, MN_D_diagram_no_hosts, name, NULL, NULL);
    struct mn__centre c = new_centre(sheet, site, false);
    struct mn__small power = {0};
    int virtuals = 0, machines = 0;
    for (int i = 0; i < of->nodes.n; i++) {
        virtuals += mn__is_carried(m, of->nodes.at[i]);
        machines += !mn__is_carried(m, of->nodes.at[i]);
    }
    mn__frame(sheet, mn__say(sheet, MN_M_centre_title, MN_ARGS(name)),
              mn__say(sheet, MN_M_centre_subtitle,
                      MN_ARGS(of->id, mn__number(sheet, machines), mn__number(sheet, virtuals))),
              2);
    bool band = mn__centre_power(sheet, site, &power);
    bool ok = place_both(&c, &power, band);
    if (ok) {
        mn__small_draw(&c.small);
        if (band)
            mn__small_draw(&power);
        mn__frame_end(sheet);
    } else {
        mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    }
    free_centre(&c);
    mn__small_fini(&power);
    return ok;
}

/* The model's data centres: sites of that type in which services run; where there are none, all
 * sites in which services run that are no units. Returns how many; `sites` has room for all. */
static int find_centres(const struct mn_model *m, int *sites) {
    int n = 0;
    for (int typed = 1; typed >= 0 && !n; typed--)
        for (int i = 0; i < m->n_sites; i++)
            if (mn__hosts_services(m, i) &&
                (typed ? strcmp(m->sites[i].type, "data-centre") == 0 : !m->sites[i].lines.n))
                sites[n++] = i;
    return n;
}

/* One of several, in its strip of the sheet, with its name above. */
static bool draw_strip(struct mn__sheet *sheet, int site, struct mn__rect strip) {
    const struct mn_site *of = &sheet->m->sites[site];
    struct mn_arena *a = sheet->scene->arena;
    struct mn__centre c = new_centre(sheet, site, true);
    double size = 11 * sheet->unit, pad = 8 * sheet->unit;
    struct mn__rect room = {strip.x + pad, strip.y + size * 2, strip.w - 2 * pad,
                            strip.h - size * 2 - pad};
    bool ok = place(&c, room);
    if (ok) {
        int box =
            mn__put_box(sheet->scene, -1, strip,
                        (struct mn__look){MN__NO_COLOUR, MN__CENTRE_COLOUR, 1.4, MN__SOLID, true});
        sheet->scene->elements[box].area = true;
        const char *name = mn__full_name(of->name, sheet->lang);
        mn__put_name(sheet->scene, box, mn_arena_printf(a, "site-%s", of->id), "ground", name);
        mn__put_text_in(sheet->scene, box, strip.x + pad, strip.y + size, MN__LEFT,
                        strip.w - 2 * pad, mn_arena_printf(a, "%s · %s", name, of->id), size, true,
                        MN__CENTRE_COLOUR);
        mn__small_draw(&c.small);
    }
    free_centre(&c);
    return ok;
}

/* All of them side by side; each shows the others among what is outside. */
static bool draw_all(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    int *sites = mn_new0((size_t)m->n_sites + 1, sizeof *sites), n = find_centres(m, sites);
    bool ok = n > 0;
    if (!ok)
        mn__refuse(sheet, MN_D_diagram_no_centres, NULL, NULL, NULL);
    mn__frame(sheet, mn_msg(MN_M_centres_title, sheet->lang),
              mn__say(sheet, MN_M_centres_subtitle, MN_ARGS(mn__number(sheet, n))), 2);
    struct mn__rect strip = sheet->body;
    double gap = 14 * sheet->unit;
    strip.w = (sheet->body.w - gap * (n - 1)) / (n ? n : 1);
    for (int i = 0; i < n && ok; i++, strip.x += strip.w + gap)
        if (!(ok = draw_strip(sheet, sites[i], strip)))
            mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    if (ok)
        mn__frame_end(sheet);
    free(sites);
    return ok;
}

bool mn__draw_data_centre(struct mn__sheet *sheet) {
    if (!sheet->picture->n_subjects)
        return draw_all(sheet);
    if (sheet->picture->subjects[0].scope != MN_SCOPE_SITE)
        return mn__refuse(sheet, MN_D_diagram_subject_site, NULL, NULL, NULL);
    return draw_one(sheet, sheet->picture->subjects[0].index);
}
