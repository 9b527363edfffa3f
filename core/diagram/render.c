/* Scene → cgraph → Graphviz → bytes.
 *
 * Everything has its place already: `nop2` draws what it is given. Boxes and texts are nodes; a
 * line is an edge with its points, hung on an invisible node of its own so that it is drawn in its
 * turn. Text reaches Graphviz as plain labels only, never as HTML, nothing that it would interpret.
 */
#include "diagram/render.h"

#include "diagram/book.h"
#include "diagram/fonts.h"
#include "diagram/graphviz_library.h"
#include "diagram/output.h"
#include "diagram/paint.h"
#include "diagram/type.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers for Graphviz are written with a point, whatever the locale: the program never calls
 * setlocale for LC_NUMERIC. */
#define NUMBER "%.2f"

/* Pango sets text on whole pixels at 96 dpi, which makes small text up to 7 % too wide or narrow.
 * Pages are laid out larger and scaled down; in SVG the reader's own program sets the text. */
#define ENLARGED 8.0

static GVC_t *context(void) {
    static GVC_t *gvc; /* one for each worker's life: Graphviz cannot take down and start again */
    if (!gvc) {
        mn__ag->seterr(AGMAX);
        mn__fonts_keep_letters();
        gvc = mn__gv->Context();
    }
    return gvc;
}

static void set(void *object, char *name, const char *value) {
    mn__ag->set(object, name, (char *)value);
}

static void set_number(void *object, char *name, double value) {
    char text[40];
    snprintf(text, sizeof text, NUMBER, value);
    mn__ag->set(object, name, text);
}

static void set_inches(void *object, char *name, double points) {
    char text[40];
    snprintf(text, sizeof text, "%.6f", points / 72);
    mn__ag->set(object, name, text);
}

static void set_colour(void *object, char *name, uint32_t rgb) {
    char text[16];
    if (rgb == MN__NO_COLOUR)
        snprintf(text, sizeof text, "transparent");
    else
        snprintf(text, sizeof text, "#%06X", rgb & 0xFFFFFFu);
    mn__ag->set(object, name, text);
}

static Agraph_t *graph_new(void) {
    static const char *const graph[][2] = {
        {"notranslate", "true"}, {"pad", "0"},        {"margin", "0"},   {"charset", "UTF-8"},
        {"bgcolor", "#FFFFFF"},  {"dpi", "72"},       {"rankdir", "TB"}, {"nodesep", "0.25"},
        {"ranksep", "0.5"},      {"splines", "line"}, {"viewport", ""},  {"fontname", MN__FONT}};
    static const char *const node[][2] = {{"shape", "box"},
                                          {"label", ""},
                                          {"fixedsize", "true"},
                                          {"width", "1"},
                                          {"height", "1"},
                                          {"pos", ""},
                                          {"style", ""},
                                          {"margin", "0"},
                                          {"fontname", MN__FONT},
                                          {"fontsize", "9"},
                                          {"id", ""},
                                          {"color", "#000000"},
                                          {"fillcolor", "#FFFFFF"},
                                          {"penwidth", "1"},
                                          {"fontcolor", "#000000"}};
    static const char *const edge[][2] = {
        {"pos", ""},          {"arrowhead", "none"}, {"arrowsize", "0.6"}, {"id", ""},
        {"color", "#000000"}, {"penwidth", "1"},     {"style", ""},        {"weight", "1"}};
    Agraph_t *g = mn__ag->open("metronet", *mn__ag->directed, NULL);
    for (size_t i = 0; i < MN_COUNT(graph); i++)
        mn__ag->attr(g, AGRAPH, (char *)graph[i][0], (char *)graph[i][1]);
    for (size_t i = 0; i < MN_COUNT(node); i++)
        mn__ag->attr(g, AGNODE, (char *)node[i][0], (char *)node[i][1]);
    for (size_t i = 0; i < MN_COUNT(edge); i++)
        mn__ag->attr(g, AGEDGE, (char *)edge[i][0], (char *)edge[i][1]);
    return g;
}

static void set_place(Agnode_t *n, double x, double y, double w, double h) {
    char pos[80];
    snprintf(pos, sizeof pos, NUMBER "," NUMBER, x, y);
    set(n, "pos", pos);
    set_inches(n, "width", w);
    set_inches(n, "height", h);
}

/* Doubles backslashes (\N is the node's name to Graphviz) and escapes what starts an entity. */
static void set_label(Agnode_t *n, const char *text) {
    struct mn_buf b = MN_BUF_INIT;
    for (; *text; text++) {
        if (*text == '\\')
            mn_buf_puts(&b, "\\\\");
        else if (*text == '&')
            mn_buf_puts(&b, "&amp;");
        else
            mn_buf_putc(&b, *text);
    }
    mn_buf_puts(&b, "\\l");
    set(n, "label", mn_buf_text(&b));
    mn_buf_fini(&b);
}

static void draw_box(Agnode_t *n, const struct mn__element *e, double height, double k) {
    static const char *const dashes[] = {"", ",dashed", ",dotted"};
    char style[40];
    set_place(n, k * (e->at.x + e->at.w / 2), k * (height - e->at.y - e->at.h / 2), k * e->at.w,
              k * e->at.h);
    if (e->is == MN__OVAL)
        set(n, "shape", "ellipse");
    snprintf(style, sizeof style, "filled%s%s", e->look.rounded ? ",rounded" : "",
             dashes[e->look.dash]);
    set(n, "style", style);
    set_colour(n, "fillcolor", e->look.fill);
    set_colour(n, "color", e->look.width > 0 ? e->look.line : MN__NO_COLOUR);
    set_number(n, "penwidth", k * e->look.width);
}

/* The node is larger than Graphviz may think the text to be, and starts where the text starts. */
static void draw_text(Agnode_t *n, const struct mn__element *e, double height, double k) {
    double w = ceil(e->at.w * 1.15) + 6, h = ceil(e->size * 2);
    double middle = e->at.y + e->at.h / 2 + e->size * 0.107;
    set(n, "shape", "none");
    set_place(n, k * (e->at.x + w / 2), k * (height - middle), k * w, k * h);
    set(n, "fontname", e->bold ? MN__FONT " Bold" : MN__FONT);
    set_number(n, "fontsize", k * e->size);
    set_colour(n, "fontcolor", e->look.line);
    set_label(n, e->text);
}

static void draw_line(Agraph_t *g, Agnode_t *own, Agnode_t *zero, char *name,
                      const struct mn__element *e, double height, double k) {
    static const char *const dashes[] = {"", "dashed", "dotted"};
    struct mn_buf pos = MN_BUF_INIT;
    int n = e->n, last = n - 1;
    set(own, "style", "invis");
    set_place(own, k * e->points[0].x, k * (height - e->points[0].y), 1, 1);
    Agedge_t *edge = mn__ag->edge(g, own, zero, name, 1);
    if (e->arrow) {
        mn_buf_printf(&pos, "e," NUMBER "," NUMBER " ", k * e->points[last].x,
                      k * (height - e->points[last].y));
        set(edge, "arrowhead", "normal");
    }
    for (int i = 0; i < n; i++) {
        struct mn__point at = i == last ? mn__line_end(e) : e->points[i];
        /* A straight piece is a spline whose control points are its ends. */
        int times = e->curve || i == 0 ? 1 : i == last ? 2 : 3;
        if (!e->curve && i == 0)
            times = 2;
        while (times--)
            mn_buf_printf(&pos, NUMBER "," NUMBER " ", k * at.x, k * (height - at.y));
    }
    set(edge, "pos", mn_buf_text(&pos));
    set(edge, "id", name);
    set(edge, "style", dashes[e->look.dash]);
    set_colour(edge, "color", e->look.line);
    set_number(edge, "penwidth", k * e->look.width);
    mn_buf_fini(&pos);
}

static Agraph_t *graph_of(const struct mn__scene *s, int dpi, double k, bool only_texts) {
    Agraph_t *g = graph_new();
    double w = ceil(s->width), h = ceil(s->height);
    set_number(g, "dpi", dpi);
    /* The sheet: `bb` would not set the page's size. */
    char view[120];
    snprintf(view, sizeof view, NUMBER "," NUMBER ",%.6f," NUMBER "," NUMBER, w, h, 1 / k,
             k * w / 2, k * h / 2);
    set(g, "viewport", view);
    if (only_texts)
        set(g, "bgcolor", "transparent");
    Agnode_t *zero = mn__ag->node(g, "zero", 1);
    set(zero, "style", "invis");
    set_place(zero, 1, 1, 1, 1);
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        char name[24];
        if (only_texts && e->is != MN__TEXT)
            continue;
        snprintf(name, sizeof name, "e%d", i);
        Agnode_t *n = mn__ag->node(g, name, 1);
        set(n, "id", name);
        if (e->is == MN__TEXT)
            draw_text(n, e, h, k);
        else if (e->is == MN__LINE)
            draw_line(g, n, zero, name, e, h, k);
        else
            draw_box(n, e, h, k);
    }
    return g;
}

/* Shapes are painted, then Graphviz draws the texts on `page`, which it then finishes. Its own
 * boxes would have other corners and dashes here than in SVG, as those do not grow with the layout.
 */
static bool draw_on(const struct mn__scene *s, cairo_surface_t *page, double scale) {
    GVC_t *gvc = context();
    Agraph_t *g = graph_of(s, 72, ENLARGED, true);
    cairo_t *pen = mn__cairo->create(page);
    mn__cairo->set_source_rgb(pen, 1, 1, 1);
    mn__cairo->paint(pen);
    mn__cairo->scale(pen, scale, scale);
    mn__paint_shapes(s, pen);
    bool ok = mn__gv->Layout(gvc, g, "nop2") == 0 && mn__gv->RenderContext(gvc, g, "pdf", pen) == 0;
    ok = ok && mn__cairo->status(pen) == CAIRO_STATUS_SUCCESS;
    mn__cairo->destroy(pen);
    mn__gv->FreeLayout(gvc, g);
    mn__ag->close(g);
    return ok;
}

bool mn__render_page(const struct mn__scene *s, cairo_surface_t *surface, double scale) {
    /* Graphviz finishes what it drew on; a part of a surface can be finished without the whole. */
    cairo_surface_t *page = mn__cairo->surface_create_for_rectangle(
        surface, 0, 0, ceil(s->width * scale), ceil(s->height * scale));
    bool ok = draw_on(s, page, scale);
    mn__cairo->surface_destroy(page);
    return ok;
}

/* As text: SVG, a page around it, or DOT. */
static bool render_text(const struct mn__scene *s, enum mn_format format, struct mn_buf *out) {
    GVC_t *gvc = context();
    Agraph_t *g = graph_of(s, 72, 1, false);
    char *data = NULL;
    unsigned size = 0;
    bool ok = mn__gv->Layout(gvc, g, "nop2") == 0 &&
              mn__gv->RenderData(gvc, g, format == MN_DOT ? "dot" : "svg", &data, &size) == 0 &&
              data;
    if (ok && format == MN_SVG)
        ok = mn__finish_svg(s, data, size, out);
    else if (ok && format == MN_HTML)
        ok = mn__finish_page(s, data, size, out);
    else if (ok)
        mn_buf_add(out, data, size);
    mn__gv->FreeRenderData(data);
    mn__gv->FreeLayout(gvc, g);
    mn__ag->close(g);
    return ok;
}

bool mn__render(const struct mn__scene *s, enum mn_format format, struct mn_buf *out) {
    switch (format) {
    case MN_PDF: {
        struct mn__book *book = mn__book_new(s->title, s->date, out);
        return mn__book_page(book, s) & mn__book_end(book);
    }
    case MN_PNG:
        return mn__draw_png(s, out);
    case MN_JSON:
        return mn__scene_json(s, out);
    default:
        return render_text(s, format, out);
    }
}

static void add_cell(struct mn_buf *b, const char *port, double size, bool left_to_right) {
    int n = (int)size;
    if (n > 0)
        mn_buf_printf(b, "%s<TD %s FIXEDSIZE=\"TRUE\" WIDTH=\"%d\" HEIGHT=\"%d\"></TD>%s",
                      left_to_right ? "<TR>" : "", port, left_to_right ? 1 : n,
                      left_to_right ? n : 1, left_to_right ? "</TR>" : "");
}

/* Cells with names for what stands in a node, so that dot counts crossings by where the edges
 * really end. The cells lie across the flow; what stands behind one another shares one. */
static void set_ports(Agraph_t *g, Agnode_t *holder, const struct mn__graph_node *nodes, int n,
                      int of, bool left_to_right) {
    struct mn_buf b = MN_BUF_INIT;
    double size = left_to_right ? nodes[of].h : nodes[of].w, at = 0;
    char port[32];
    mn_buf_puts(&b, "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">");
    mn_buf_puts(&b, left_to_right ? "" : "<TR>");
    for (int i = 0; i < n; i++) {
        const struct mn__graph_node *in = &nodes[i];
        double middle = size / 2 + (left_to_right ? in->dy : in->dx);
        double half = (left_to_right ? in->h : in->w) / 2;
        if (in->within != of + 1 || middle - half < at - 1)
            continue;
        add_cell(&b, "", middle - half - at, left_to_right);
        snprintf(port, sizeof port, "PORT=\"p%d\"", (int)middle);
        add_cell(&b, port, 2 * half, left_to_right);
        at = middle + half;
    }
    if (at > 0) {
        add_cell(&b, "", size - at, left_to_right);
        mn_buf_puts(&b, left_to_right ? "</TABLE>" : "</TR></TABLE>");
        char *label = mn__ag->strdup_html(g, (char *)mn_buf_text(&b));
        mn__ag->set(holder, "label", label);
        mn__ag->strfree(g, label);
    }
    mn_buf_fini(&b);
}

/* The node of the graph that an edge's end is at; *port: the cell in it, or empty. */
static int graph_end(const struct mn__graph_node *nodes, int node, bool left_to_right,
                     char port[24]) {
    int holder = nodes[node].within - 1;
    *port = '\0';
    if (holder < 0)
        return node;
    snprintf(port, 24, "p%d",
             (int)(left_to_right ? nodes[holder].h / 2 + nodes[node].dy
                                 : nodes[holder].w / 2 + nodes[node].dx));
    return holder;
}

bool mn__arrange(struct mn__graph_node *nodes, int n, const struct mn__graph_edge *edges,
                 int n_edges, bool left_to_right, double node_gap, double rank_gap) {
    GVC_t *gvc = context();
    Agraph_t *g = graph_new();
    char name[24];
    set(g, "rankdir", left_to_right ? "LR" : "TB");
    set_inches(g, "nodesep", node_gap);
    set_inches(g, "ranksep", rank_gap);
    mn__ag->attr(g, AGEDGE, "tailport", "");
    mn__ag->attr(g, AGEDGE, "headport", "");
    Agnode_t **made = mn_new0((size_t)n + 1, sizeof *made);
    for (int i = 0; i < n; i++) {
        if (nodes[i].within)
            continue;
        snprintf(name, sizeof name, "n%d", i);
        made[i] = mn__ag->node(g, name, 1);
        set_inches(made[i], "width", nodes[i].w);
        set_inches(made[i], "height", nodes[i].h);
        set_ports(g, made[i], nodes, n, i, left_to_right);
    }
    for (int i = 0; i < n_edges; i++) {
        char tail[24], head[24];
        int from = graph_end(nodes, edges[i].from, left_to_right, tail);
        int to = graph_end(nodes, edges[i].to, left_to_right, head);
        snprintf(name, sizeof name, "e%d", i);
        Agedge_t *e = mn__ag->edge(g, made[from], made[to], name, 1);
        snprintf(name, sizeof name, "%d", edges[i].weight);
        set(e, "weight", name);
        set(e, "tailport", tail);
        set(e, "headport", head);
    }
    Agraph_t *first = mn__ag->subg(g, "first", 1);
    mn__ag->attr(g, AGRAPH, "rank", "");
    mn__ag->set(first, "rank", "min");
    for (int i = 0; i < n; i++)
        if (nodes[i].first && !nodes[i].within)
            mn__ag->subnode(first, made[i], 1);
    char *data = NULL;
    unsigned size = 0;
    /* Rendering as dot text writes the places back into `pos`. */
    bool ok =
        mn__gv->Layout(gvc, g, "dot") == 0 && mn__gv->RenderData(gvc, g, "dot", &data, &size) == 0;
    double top = 0;
    for (int i = 0; ok && i < n; i++) {
        if (nodes[i].within)
            continue;
        ok = sscanf(mn__ag->get(made[i], "pos"), "%lf,%lf", &nodes[i].x, &nodes[i].y) == 2;
        top = fmax(top, nodes[i].y + nodes[i].h / 2);
    }
    for (int i = 0; ok && i < n; i++)
        nodes[i].y = top - nodes[i].y;
    for (int i = 0; ok && i < n; i++)
        if (nodes[i].within) {
            nodes[i].x = nodes[nodes[i].within - 1].x + nodes[i].dx;
            nodes[i].y = nodes[nodes[i].within - 1].y + nodes[i].dy;
        }
    mn__gv->FreeRenderData(data);
    mn__gv->FreeLayout(gvc, g);
    mn__ag->close(g);
    free(made);
    return ok;
}

void mn__render_warm(void) {
    struct mn__scene *s = mn__scene_new(40, 40);
    struct mn_buf out = MN_BUF_INIT;
    struct mn__graph_node nodes[2] = {{.w = 9, .h = 9}, {.w = 9, .h = 9}};
    mn__put_text(s, -1, 5, 15, MN__LEFT, "Đường", 9, false, 0);
    mn__put_text(s, -1, 5, 25, MN__LEFT, "Đường", 9, true, 0);
    mn__render(s, MN_PNG, &out);
    mn__render(s, MN_SVG, &out);
    mn__arrange(nodes, 2, (struct mn__graph_edge[]){{0, 1, 1}}, 1, true, 9, 9);
    mn_buf_fini(&out);
    mn__scene_free(s);
}
