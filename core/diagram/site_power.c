/* What gives power to the devices of a site, in a band. */
#include "diagram/inside.h"
#include "diagram/net.h"
#include "diagram/site_lists.h"
#include "diagram/small.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_SOURCES = 12, MOST_LINES = 3 };

#define COLOUR 0xA23B00u

/* The names of what a source gives power to in the site. */
static const char *fed_by(struct mn__sheet *sheet, int site, int component) {
    const struct mn_ints *inside = &sheet->m->sites[site].nodes;
    int *fed = mn_new0((size_t)inside->n + 1, sizeof *fed), n = 0;
    for (int i = 0; i < inside->n; i++) {
        const struct mn_node *node = &sheet->m->nodes[inside->at[i]];
        for (int k = 0; k < node->powered_by.n; k++)
            if (node->powered_by.at[k] == component)
                fed[n++] = node->component;
    }
    const char *names = mn__counted_names(sheet, fed, n);
    free(fed);
    return names;
}

/* The sources of power of what stands in the site, each once; not the hosts of virtual machines. */
static int sources(const struct mn_model *m, int site, int of[MOST_SOURCES]) {
    int n = 0;
    for (int i = 0; i < m->sites[site].nodes.n; i++) {
        const struct mn_ints *p = &m->nodes[m->sites[site].nodes.at[i]].powered_by;
        for (int k = 0; k < p->n; k++) {
            const struct mn_component *c = &m->components[p->at[k]];
            int j = 0;
            if (c->cls == MN_NODE && m->nodes[c->index].links.n)
                continue;
            while (j < n && of[j] != p->at[k])
                j++;
            if (j == n && n < MOST_SOURCES)
                of[n++] = p->at[k];
        }
    }
    return n;
}

struct source {
    int component;
    enum mn_mark_as mark;
    const char *name, *feeds;
    const char *lines[MOST_LINES];
    int n_lines;
    struct mn__rect at;
};

static struct source read_source(struct mn__sheet *sheet, int site, int component) {
    const char *feeds = mn__say(sheet, MN_M_site_feeds, MN_ARGS(fed_by(sheet, site, component)));
    return (struct source){.component = component,
                           .mark = (enum mn_mark_as)sheet->component_marks[component],
                           .name = mn__device_name(sheet->m, component, sheet->lang, false),
                           .feeds = feeds};
}

/* What is at the left of the texts: icon, edge and the tile of a mark. */
static double before(const struct source *s, double size) {
    return size * 3 + (s->mark ? 16 : 0);
}

/* Those with longer texts are wider. */
static double share_width(struct source *s, int n, struct mn__sheet *sheet, struct mn__rect r,
                          double size) {
    double gap = size, all = 0, x = r.x, highest = 0;
    for (int i = 0; i < n; i++)
        all += fmin(mn__text_width(s[i].feeds, size, false), r.w) + 12 * size;
    for (int i = 0; i < n; i++) {
        double text = fmin(mn__text_width(s[i].feeds, size, false), r.w) + 12 * size;
        double w = (r.w - gap * (n - 1)) * text / all;
        s[i].n_lines = mn__text_wrap(sheet->scene->arena, s[i].feeds, size, false,
                                     w - before(&s[i], size) - size * 0.6, MOST_LINES, s[i].lines);
        s[i].at = (struct mn__rect){x, r.y, w, 0};
        highest = fmax(highest, size * (1.3 * (s[i].n_lines + 1) + 0.7));
        x += w + gap;
    }
    for (int i = 0; i < n; i++)
        s[i].at.h = ceil(highest);
    return ceil(highest);
}

static void draw_source(struct mn__sheet *sheet, const struct source *s, double size) {
    struct mn__scene *scene = sheet->scene;
    const struct mn_component *c = &sheet->m->components[s->component];
    uint32_t ink = MN__INK;
    struct mn__look look = mn__marked(
        sheet, s->mark, (struct mn__look){MN__WHITE, COLOUR, 1.1, MN__DOTTED, true}, &ink);
    int b = mn__put_box(scene, -1, s->at, look);
    mn__put_name(scene, b, mn_arena_printf(scene->arena, "power-%s", c->id), "power",
                 mn_arena_printf(scene->arena, "%s (%s)", s->name, c->id));
    double tile = mn__mark_tile(sheet, b, s->mark), x = s->at.x + before(s, size);
    double room = s->at.x + s->at.w - size * 0.6 - x, y = s->at.y + size;
    mn__icon(scene, b, "power", s->at.x + size * 0.6 + tile, s->at.y + size * 0.5, size * 1.7,
             s->mark ? ink : COLOUR);
    const char *name = s->mark ? mn_arena_printf(scene->arena, "%s · %s", s->name,
                                                 mn__mark_word(s->mark, sheet->lang))
                               : s->name;
    int t = mn__put_text_in(scene, b, x, y, MN__LEFT, room, name, size, true, ink);
    mn__put_parts(scene, t, mn__device_parts(sheet->m, s->component), s->name);
    for (int i = 0; i < s->n_lines; i++) {
        t = mn__put_text(scene, b, x, y + size * 1.3 * (i + 1), MN__LEFT, s->lines[i], size, false,
                         ink == MN__INK ? MN__DIM : ink);
        mn__put_parts(scene, t, MN__WAY, i ? "" : s->feeds);
    }
}

double mn__site_power(struct mn__sheet *sheet, int site, struct mn__rect r, double size,
                      bool draw) {
    int of[MOST_SOURCES], n = sources(sheet->m, site, of);
    struct source s[MOST_SOURCES];
    for (int i = 0; i < n; i++)
        s[i] = read_source(sheet, site, of[i]);
    if (!n)
        return 0;
    double height = share_width(s, n, sheet, r, size);
    if (!draw)
        return height;
    mn__layer(sheet, MN__LATE_LAYER, mn_msg(MN_M_key_power, sheet->lang));
    for (int i = 0; i < n; i++)
        draw_source(sheet, &s[i], size);
    mn__key_box(sheet, (struct mn__look){MN__WHITE, COLOUR, 1.1, MN__DOTTED, false}, "",
                mn_msg(MN_M_key_power, sheet->lang));
    return height;
}
