/* The steps of a build-up, from the layers that elements belong to. */
#include "diagram/build_up.h"

#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RANKS = 8 }; /* steps of a chain */

struct series {
    struct mn__sheet *whole;
    const struct mn__scene *scene; /* of the whole sheet */
    const struct mn__scene *plain; /* the same without marks, or NULL */
    int *plain_of;                 /* for each element of the scene the same one without marks */
    int *layer;                    /* of each element: no earlier than of the box that holds it */
    int n_steps, steps[MN__LAYERS];
};

/* A sheet whose view says nothing of layers: grounds, then what stands on them, then lines. */
static int guessed_layer(const struct mn__scene *s, const struct mn__element *e) {
    if (e->cls && strcmp(e->cls, "frame") == 0)
        return 0;
    if (e->is == MN__LINE && !e->icon)
        return 3;
    if (e->area || (e->is == MN__TEXT && e->within >= 0 && s->elements[e->within].area))
        return 1;
    return e->is == MN__TEXT && e->within < 0 ? 3 : 2;
}

/* Long chains go several ranks at a step. */
static void thin_out(struct series *t) {
    int ranks = 0;
    for (int i = 0; i < t->scene->n; i++)
        if (t->layer[i] < MN__LATE_LAYER && !t->whole->layer_names[t->layer[i]])
            ranks = t->layer[i] > ranks ? t->layer[i] : ranks;
    int at_once = (ranks + MOST_RANKS - 1) / MOST_RANKS;
    for (int i = 0; i < t->scene->n; i++)
        if (at_once > 1 && t->layer[i] > 0 && t->layer[i] <= ranks)
            t->layer[i] = (t->layer[i] + at_once - 1) / at_once;
}

static void read_layers(struct series *t) {
    const struct mn__scene *s = t->scene;
    bool given = false;
    for (int i = 0; i < s->n; i++)
        given = given || (s->elements[i].layer > 0 && s->elements[i].layer < MN__MARK_LAYER);
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        t->layer[i] = e->layer;
        if (!given && e->layer == 0 && i >= t->whole->first_own && i < t->whole->end_own)
            t->layer[i] = guessed_layer(s, e);
        if (!t->plain && t->layer[i] == MN__MARK_LAYER) /* it comes with what it is on */
            t->layer[i] = e->within >= 0 ? t->layer[e->within] : 0;
        if (e->within >= 0 && t->layer[e->within] > t->layer[i])
            t->layer[i] = t->layer[e->within];
    }
    thin_out(t);
    bool used[MN__LAYERS] = {false};
    for (int i = 0; i < s->n; i++)
        used[t->layer[i]] = true;
    for (int l = 1; l < MN__LAYERS; l++)
        if (used[l])
            t->steps[t->n_steps++] = l;
    if (!given && !t->whole->layer_names[1]) {
        static const enum mn_message names[] = {MN_M_layer_grounds, MN_M_layer_things,
                                                MN_M_layer_lines};
        for (int l = 1; l <= 3; l++)
            t->whole->layer_names[l] = mn_msg(names[l - 1], t->whole->lang);
    }
}

/* Finds each element of the marked sheet on the one without marks. Where marks change more than
 * looks (another way is drawn), there is no such sheet: false. */
static bool match(struct series *t) {
    int k = 0;
    for (int i = 0; i < t->scene->n; i++) {
        const struct mn__element *e = &t->scene->elements[i];
        t->plain_of[i] = -1;
        if (e->layer == MN__MARK_LAYER)
            continue;
        if (k == t->plain->n)
            return false;
        const struct mn__element *o = &t->plain->elements[k];
        if (e->is != o->is || (e->id != NULL) != (o->id != NULL) ||
            (e->id && strcmp(e->id, o->id) != 0))
            return false;
        t->plain_of[i] = k++;
    }
    return k == t->plain->n;
}

/* The element as it looks before marks are shown, in its place on the whole sheet. */
static struct mn__element unmarked(const struct series *t, int i) {
    struct mn__element e = t->scene->elements[i];
    if (!t->plain)
        return e;
    const struct mn__element *o = &t->plain->elements[t->plain_of[i]];
    e.look = o->look;
    e.cls = o->cls;
    e.tip = o->tip;
    if (e.is == MN__TEXT && strcmp(e.text, o->text) != 0) { /* a mark's word stands in it */
        e.at = o->at;
        e.text = o->text;
        e.size = o->size;
    }
    return e;
}

/* The names of what a step adds, as many as fit the width. */
static const char *new_names(const struct series *t, int layer, struct mn__scene *s, double size,
                             double width) {
    const char *text = "";
    int more = 0;
    for (int i = 0; i < t->scene->n; i++) {
        const struct mn__element *e = &t->scene->elements[i];
        if (t->layer[i] != layer || e->is != MN__TEXT || !(e->parts & (MN__NAME | MN__ROLE)) ||
            !e->bold || (e->answer && !*e->answer))
            continue;
        const char *name = e->answer ? e->answer : e->text;
        bool again = false;
        for (int k = 0; k < i && !again; k++) {
            const struct mn__element *o = &t->scene->elements[k];
            again = t->layer[k] == layer && o->answer && strcmp(o->answer, name) == 0;
        }
        if (again)
            continue;
        const char *longer = mn_arena_printf(s->arena, "%s%s%s", text, *text ? ", " : "", name);
        if (!more && mn__text_width(longer, size, false) < width)
            text = longer;
        else
            more++;
    }
    if (more)
        text = mn__say(t->whole, MN_M_layer_more, MN_ARGS(text, mn__number(t->whole, more)));
    return *text ? text : mn_msg(MN_M_layer_lines, t->whole->lang);
}

/* Writes in the subtitle's place which step it is and what is new. */
static void say_step(const struct series *t, int step, struct mn__scene *s) {
    int i = mn__find_id(s, "sheet-subtitle");
    const char *name = t->whole->layer_names[t->steps[step]];
    double size = i >= 0 ? s->elements[i].size : 10;
    double room = i >= 0 ? mn__text_room(s, i, MN__MARGIN) : s->width;
    if (!name)
        name = new_names(t, t->steps[step], s, size, room - 16 * size);
    s->note =
        mn__say(t->whole, MN_M_layer_step,
                MN_ARGS(mn__number(t->whole, step + 1), mn__number(t->whole, t->n_steps), name));
    s->description = mn_arena_printf(s->arena, "%s. %s", s->note, s->description);
    if (i < 0)
        return;
    struct mn__element *e = &s->elements[i];
    e->text = mn__text_fit(s->arena, mn__text_clean(s->arena, s->note), size, true, room);
    e->at.w = mn__text_width(e->text, size, true);
    e->bold = true;
    e->look.line = MN__INK;
}

static struct mn__scene *step_scene(const struct series *t, int step) {
    struct mn__scene *s = mn__scene_like(t->scene);
    int *new_index = mn_new0((size_t)t->scene->n + 1, sizeof *new_index);
    bool all = step + 1 == t->n_steps;
    for (int i = 0; i < t->scene->n; i++) {
        new_index[i] = -1;
        if (!all && t->layer[i] > t->steps[step])
            continue;
        s->elements = mn_grow(s->elements, &s->cap, (size_t)s->n + 1, sizeof *s->elements);
        struct mn__element e = all ? t->scene->elements[i] : unmarked(t, i);
        e.within = e.within >= 0 ? new_index[e.within] : -1;
        new_index[i] = s->n;
        s->elements[s->n++] = e;
    }
    free(new_index);
    say_step(t, step, s);
    return s;
}

/* The picture without marks, on the same paper. */
static struct mn__sheet *draw_plain(const struct mn_model *m, const struct mn_picture *p,
                                    enum mn_paper paper) {
    struct mn_picture request = *p;
    struct mn__refusal refusal;
    request.unmarked = true;
    request.paper = paper;
    return mn__sheet_draw(m, &request, &refusal);
}

void mn__build_up(const struct mn_model *m, const struct mn_picture *p, struct mn__sheet *whole,
                  struct mn__pages *pages) {
    struct series t = {.whole = whole, .scene = whole->scene};
    struct mn__sheet *plain = whole->marked ? draw_plain(m, p, whole->paper) : NULL;
    t.layer = mn_new0((size_t)t.scene->n + 1, sizeof *t.layer);
    t.plain_of = mn_new0((size_t)t.scene->n + 1, sizeof *t.plain_of);
    t.plain = plain ? plain->scene : NULL;
    if (plain && !match(&t))
        t.plain = NULL;
    whole->layer_names[MN__MARK_LAYER] = mn_msg(MN_M_layer_marks, whole->lang);
    read_layers(&t);
    if (!t.n_steps)
        t.steps[t.n_steps++] = 0;
    for (int k = 0; k < t.n_steps; k++)
        mn__pages_add(pages, step_scene(&t, k));
    mn__pages_keep(pages, whole);
    if (plain)
        mn__pages_keep(pages, plain);
    free(t.layer);
    free(t.plain_of);
}
