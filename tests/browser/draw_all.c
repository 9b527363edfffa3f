/* Draws what the browser tests look at: every view that there is, of every subject of the shipped
 * models in both languages, their worksheets and series, and pictures of made models of very
 * different shape.
 *
 * draw_all DIR PART PARTS [MATCH] writes NAME.svg and NAME.json (the scene) into DIR for each
 * PARTS-th picture, of those with a word of MATCH in their name (without: of all, but of most units
 * every sixth; all but the first of a view, and the worksheets, in one language only), a page about
 * each into pages-PART.pdf, and a line of JSON about each into plan-PART. The first picture of each
 * kind gets a NAME.pdf of its own (without MATCH: in one language of each model). It calls what the
 * program's own worker calls; a process for each picture would take four times as long, and a
 * document for each would take poppler as long again.
 */
#include "base/json.h"
#include "diagram/atlas.h"
#include "diagram/book.h"
#include "diagram/documents.h"
#include "diagram/render.h"
#include "diagram/sheet.h"
#include "property/drawing.h"
#include "property/edited.h"
#include "property/made_model.h"

#include <graphviz/cgraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SUBJECTS = 4000, MOST_PATHS = 10, MOST_KINDS = 12 };

struct work {
    const char *folder, *match;
    int part, parts, n;
    FILE *plan;
    struct mn__book *book;
    int pages;
};

/* A model and how its pictures are called. */
struct source {
    const struct mn_model *m;
    const char *name;
    bool may_refuse;                 /* views that it has nothing for */
    int turn;                        /* which language comes first, by turns */
    bool first[MN_VIEWS][MN_EN + 1]; /* kinds of which one is drawn */
};

static int warnings;

static int warned(char *message) {
    warnings++;
    fprintf(stderr, "Graphviz: %s", message);
    return 0;
}

static const char *subject_id(const struct mn_model *m, struct mn_found f) {
    return f.scope == MN_SCOPE_SITE   ? m->sites[f.index].id
           : f.scope == MN_SCOPE_AREA ? m->areas[f.index].id
                                      : m->components[f.index].id;
}

static void name_picture(const struct source *s, const struct mn_picture *p, char *name,
                         size_t size) {
    snprintf(name, size, "%s-%s", s->name, mn_view_info(p->view)->name);
    for (int i = 0; i < p->n_subjects; i++) {
        size_t used = strlen(name);
        snprintf(name + used, size - used, "-%s", subject_id(s->m, p->subjects[i]));
    }
    size_t used = strlen(name);
    snprintf(name + used, size - used, "%s%s%s%s%s%s%s-%s", p->n_marks ? "-marked" : "",
             p->blank ? "-" : "", p->blank ? mn_blank_name(p->blank) : "", p->key ? "-key" : "",
             p->build_up ? "-steps" : "", p->paper == MN_PAPER_AUTO ? "" : "-",
             p->paper == MN_PAPER_AUTO ? "" : mn_paper_name(p->paper), mn_lang_name(p->lang));
    for (char *c = name; *c; c++)
        if (*c == '/' || *c == ' ')
            *c = '_';
}

/* The units that a sheet of everything, or of an area, must show. */
static json_t *units(const struct mn_model *m, const struct mn_picture *p) {
    json_t *list = json_array();
    for (int i = 0; i < m->n_sites; i++)
        if (m->sites[i].lines.n && (p->n_subjects == 0 || m->sites[i].area == p->subjects[0].index))
            json_array_append_new(list, json_string(m->sites[i].id));
    return list;
}

static json_t *marks(const struct mn_picture *p) {
    json_t *all = json_object();
    for (int i = 0; i < p->n_marks; i++) {
        enum mn_mark_as as = p->marks[i].as;
        if (as != MN_MARK_NONE)
            json_object_set_new(all, mn_mark_name(as),
                                json_pack("{s:s,s:s}", "symbol", mn__mark_symbol(as), "word",
                                          mn__mark_word(as, p->lang)));
    }
    return all;
}

static void write_file(const char *path, const struct mn_buf *bytes) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes->data, 1, bytes->size, f) != bytes->size || fclose(f) != 0) {
        perror(path);
        exit(1);
    }
}

static void write_as(const struct work *w, const char *name, enum mn_format format,
                     const struct mn__scene *scene) {
    char path[700];
    struct mn_buf bytes = MN_BUF_INIT;
    snprintf(path, sizeof path, "%s/%s.%s", w->folder, name, mn_format_name(format));
    if (!mn__render(scene, format, &bytes)) {
        fprintf(stderr, "cannot draw %s\n", path);
        exit(1);
    }
    write_file(path, &bytes);
    mn_buf_fini(&bytes);
}

/* Whether a word of `match` is in the name; without words all are meant. */
static bool is_wanted(const char *name, const char *match) {
    char word[200];
    int used;
    if (!*match)
        return true;
    for (; sscanf(match, "%199s%n", word, &used) == 1; match += used)
        if (strstr(name, word))
            return true;
    return false;
}

/* Whether this process draws the picture of that name. */
static bool is_ours(struct work *w, const char *name) {
    return is_wanted(name, w->match) && w->n++ % w->parts == w->part;
}

static json_t *entry_of(const struct source *s, const struct mn_picture *p, const char *name) {
    json_t *subjects = json_array();
    for (int i = 0; i < p->n_subjects; i++)
        json_array_append_new(subjects, json_string(subject_id(s->m, p->subjects[i])));
    return json_pack("{s:s,s:s,s:s,s:s,s:b,s:o}", "name", name, "model", s->name, "view",
                     mn_view_info(p->view)->name, "lang", mn_lang_name(p->lang), "may_refuse",
                     s->may_refuse, "subjects", subjects);
}

/* Writes the scene, and the entry with what it tells of it; takes the entry. */
static void put(struct work *w, json_t *entry, const struct mn__scene *scene) {
    const char *name = json_string_value(json_object_get(entry, "name"));
    warnings = 0;
    write_as(w, name, MN_SVG, scene);
    write_as(w, name, MN_JSON, scene);
    if (json_is_true(json_object_get(entry, "first")))
        write_as(w, name, MN_PDF, scene);
    if (!mn__book_page(w->book, scene)) {
        fprintf(stderr, "cannot draw %s as PDF\n", name);
        exit(1);
    }
    json_object_set_new(entry, "part", json_integer(w->part));
    json_object_set_new(entry, "page", json_integer(w->pages++));
    json_object_set_new(entry, "warnings", json_integer(warnings));
    json_dumpf(entry, w->plan, JSON_COMPACT);
    fputc('\n', w->plan);
    json_decref(entry);
}

/* The first picture of its view and language, in the order of asking; by turns, in one of the
 * languages of each model. */
static bool is_first(const struct work *w, struct source *s, const struct mn_picture *p) {
    bool *drawn = &s->first[p->view][p->lang];
    bool first =
        !s->may_refuse && !p->n_marks && !p->before && p->paper == MN_PAPER_AUTO && !*drawn;
    *drawn = *drawn || first;
    return first && (*w->match || ((int)p->view + (int)p->lang + s->turn) % 2 == 0);
}

static void picture(struct work *w, struct source *s, struct mn_picture p) {
    char name[500];
    name_picture(s, &p, name, sizeof name);
    bool first = is_first(w, s, &p);
    if (!is_ours(w, name))
        return;
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(s->m, &p, &refusal);
    if (!sheet && refusal.code == MN_D_diagram_paper && p.paper == MN_PAPER_AUTO) {
        /* It says which paper would do: so it must do. */
        p.paper = (enum mn_paper)mn_paper_parse(refusal.args[1]);
        sheet = mn__sheet_draw(s->m, &p, &refusal);
        name_picture(s, &p, name, sizeof name);
    }
    json_t *entry = entry_of(s, &p, name);
    if (sheet) {
        json_object_update_new(entry, json_pack("{s:s,s:b,s:o,s:o}", "paper",
                                                mn_paper_name(sheet->paper), "first", first,
                                                "units", units(s->m, &p), "marks", marks(&p)));
        put(w, entry, sheet->scene);
        mn__sheet_free(sheet);
        return;
    }
    if (refusal.code == MN_D_diagram_paper) { /* such a picture is asked for, too */
        p.paper = (enum mn_paper)mn_paper_parse(refusal.args[1]);
        name_picture(s, &p, name, sizeof name);
        json_object_set_new(entry, "would", json_string(name));
    }
    json_object_set_new(entry, "refused",
                        json_string(mn_code_info((enum mn_code)refusal.code)->name));
    json_dumpf(entry, w->plan, JSON_COMPACT);
    fputc('\n', w->plan);
    json_decref(entry);
}

/* The sheets that are no whole picture: worksheets, their keys, steps of a series, an atlas's own.
 */
static void put_part(struct work *w, const struct source *s, const struct mn_picture *p,
                     const char *name, const struct mn__scene *scene) {
    json_t *entry = entry_of(s, p, name);
    json_object_update_new(entry, json_pack("{s:b,s:[],s:{}}", "part_of", 1, "units", "marks"));
    put(w, entry, scene);
}

static void series(struct work *w, const struct source *s, struct mn_picture p) {
    char name[500], numbered[520];
    struct mn__pages pages = {0};
    struct mn__refusal refusal = {.code = -1};
    if (!*w->match && ((int)p.view + (int)p.blank + p.key + (int)p.lang) % 2)
        return; /* in one of the languages, by turns */
    name_picture(s, &p, name, sizeof name);
    if (!is_ours(w, name) || !mn__pages_draw(s->m, &p, &pages, &refusal))
        return;
    for (int i = 0; i < pages.n; i++) {
        snprintf(numbered, sizeof numbered, "%s-%d", name, i + 1);
        put_part(w, s, &p, numbered, pages.scenes[i]);
    }
    mn__pages_fini(&pages);
}

/* Each worksheet with its key, and the steps of the picture. */
static void draw_series(struct work *w, struct source *s, struct mn_picture p) {
    for (int blank = MN_BLANK_LABELS; blank < MN_BLANKS; blank++)
        for (int key = 0; key < 2; key++) {
            p.blank = (enum mn_blank)blank;
            p.key = key;
            series(w, s, p);
        }
    p.blank = MN_BLANK_NONE;
    p.key = false;
    p.build_up = true;
    series(w, s, p);
}

static void draw_atlas_pages(struct work *w, const struct source *s, enum mn_lang lang) {
    struct mn_picture p = {.view = MN_VIEW_ATLAS, .lang = lang};
    char name[500], numbered[520];
    name_picture(s, &p, name, sizeof name);
    if (!is_ours(w, name))
        return;
    struct mn__atlas *a = mn__atlas_plan(s->m, &p);
    struct mn__sheet *sheet = mn__atlas_cover(a, 1);
    snprintf(numbered, sizeof numbered, "%s-1", name);
    put_part(w, s, &p, numbered, sheet->scene);
    mn__sheet_free(sheet);
    int page = a->n + 2, from = 0;
    do {
        snprintf(numbered, sizeof numbered, "%s-%d", name, page);
        sheet = mn__atlas_index(a, page++, &from);
        put_part(w, s, &p, numbered, sheet->scene);
        mn__sheet_free(sheet);
    } while (from);
    mn__atlas_free(a);
}

/* The city beside an older one with other units, names and lines. */
static void draw_changes(struct work *w) {
    static const struct edit edits[] = {
        {.is = ADD_UNIT,
         .id = "30001",
         .text = "Phường Mới Thêm",
         .area = "hcmc",
         .point = "h1/agg-a"},
        {.is = REMOVE_UNIT, .id = "26743"},
        {.is = RENAME_UNIT, .id = "26743", .text = "Phường Cũ"},
        {.is = RENAME_UNIT, .id = "27028", .text = "Phường Tên Cũ"}};
    struct mn_files *files;
    struct mn_files *now_files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *before = edited_city(edits, MN_COUNT(edits), &files), *m = load(now_files);
    struct source s = {.m = m, .name = "hcmc"};
    for (int lang = 0; lang <= MN_EN; lang++) {
        struct mn_picture p = {.view = MN_VIEW_DIFF, .before = before, .lang = (enum mn_lang)lang};
        picture(w, &s, p);
    }
    mn_model_free(m);
    mn_model_free(before);
    mn_files_free(files);
    mn_files_free(now_files);
}

/* Whether it is the first site of its type that has, or lacks, lines. */
static bool first_of_type(const struct mn_model *m, int site) {
    for (int i = 0; i < site; i++)
        if (strcmp(m->sites[i].type, m->sites[site].type) == 0 &&
            !m->sites[i].lines.n == !m->sites[site].lines.n)
            return false;
    return true;
}

static bool first_of_kind(const struct mn_model *m, int component) {
    const struct mn_component *c = &m->components[component];
    for (int i = 0; i < component; i++)
        if (m->components[i].cls == c->cls && m->components[i].kind == c->kind)
            return false;
    return true;
}

static bool has_unit(const struct mn_model *m, int area) {
    for (int i = 0; i < m->n_sites; i++)
        if (m->sites[i].area == area && m->sites[i].lines.n)
            return true;
    return false;
}

/* What a view can be asked about: all areas, sites and services; where any component would do, one
 * of each kind. */
static int candidates(const struct mn_model *m, unsigned scopes, struct mn_found *out) {
    int n = 0;
    for (int i = 0; i < m->n_areas && scopes & MN_SCOPE_AREA; i++)
        if (has_unit(m, i))
            out[n++] = (struct mn_found){MN_SCOPE_AREA, i};
    for (int i = 0; i < m->n_sites && scopes & MN_SCOPE_SITE && n < MOST_SUBJECTS; i++)
        if (m->sites[i].nodes.n && (!(scopes & MN_SCOPE_COMPONENT) || first_of_type(m, i)))
            out[n++] = (struct mn_found){MN_SCOPE_SITE, i};
    for (int i = 0; i < m->n_services && scopes & MN_SCOPE_SERVICE; i++)
        out[n++] = (struct mn_found){MN_SCOPE_COMPONENT, m->services[i].component};
    for (int i = 0; i < m->n_components && scopes & MN_SCOPE_COMPONENT && n < MOST_SUBJECTS; i++)
        if (first_of_kind(m, i))
            out[n++] = (struct mn_found){MN_SCOPE_COMPONENT, i};
    return n;
}

typedef void drawing(struct work *w, struct source *s, struct mn_picture p);

/* Ways to services from the units of each type: to each of its services, or to `most`, each from
 * another unit. */
static void draw_paths(struct work *w, struct source *s, struct mn_picture p, int most,
                       drawing *draw) {
    const struct mn_model *m = s->m;
    for (int i = 0; i < m->n_sites; i++) {
        const struct mn_ints *uses = &m->sites[i].uses;
        if (!m->sites[i].lines.n || !first_of_type(m, i))
            continue;
        int step = uses->n / most + 1;
        for (int k = 0, from = i; k < uses->n && from < m->n_sites; k += step, from++) {
            while (from < m->n_sites && strcmp(m->sites[from].type, m->sites[i].type) != 0)
                from++;
            if (from == m->n_sites || k >= m->sites[from].uses.n)
                break;
            p.n_subjects = 2;
            p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, from};
            p.subjects[1] = (struct mn_found){MN_SCOPE_COMPONENT,
                                              m->services[m->sites[from].uses.at[k]].component};
            if (*w->match || k == 0 || (k / step + (int)p.lang) % 2 == 0)
                draw(w, s, p);
        }
    }
}

/* Draws the view of `most` subjects by that function. */
static void draw_view(struct work *w, struct source *s, struct mn_picture p, int most,
                      drawing *draw) {
    static struct mn_found subjects[MOST_SUBJECTS * 2];
    const struct mn_view_info *info = mn_view_info(p.view);
    if (!mn__view_of(&p)->draw || info->models) /* a book of the others; two models: see below */
        return;
    if (p.view == MN_VIEW_PATH) {
        draw_paths(w, s, p, most < MOST_PATHS ? most : MOST_PATHS, draw);
        return;
    }
    if (info->least == 0)
        draw(w, s, p);
    int n = info->most ? candidates(s->m, info->subjects, subjects) : 0;
    int step = info->subjects & MN_SCOPE_COMPONENT ? n / MOST_KINDS + 1 : 1;
    for (int i = 0; i < n && i < most * step; i += step) {
        p.n_subjects = 1;
        p.subjects[0] = subjects[i];
        bool unit = subjects[i].scope == MN_SCOPE_SITE && i > 3;
        if (!*w->match && i > 0 && (i / step + (unit ? 6 : 1) * (int)p.lang) % (unit ? 12 : 2))
            continue; /* a sixth of the units, and all in one of the languages, by turns */
        draw(w, s, p);
    }
}

/* Each view with each mark somewhere: the marks go round the sites and the nodes. */
static void draw_marked(struct work *w, struct source *s, enum mn_lang lang) {
    const struct mn_model *m = s->m;
    struct mn_mark *all = mn_new0((size_t)m->n_sites + (size_t)m->n_components, sizeof *all);
    int n = 0;
    for (int i = 0; i < m->n_sites; i++)
        all[n++] = (struct mn_mark){(enum mn_mark_as)(i % MN_MARKS), {MN_SCOPE_SITE, i}};
    for (int i = 0; i < m->n_nodes + m->n_links; i += 5)
        all[n++] = (struct mn_mark){(enum mn_mark_as)(i % MN_MARKS), {MN_SCOPE_COMPONENT, i}};
    for (int v = 0; v < MN_VIEWS; v++)
        draw_view(
            w, s,
            (struct mn_picture){.view = (enum mn_view)v, .lang = lang, .n_marks = n, .marks = all},
            3, picture);
    free(all);
}

static void draw_model(struct work *w, struct source *s, int most) {
    for (int lang = 0; lang <= MN_EN; lang++)
        for (int v = 0; v < MN_VIEWS; v++)
            draw_view(w, s,
                      (struct mn_picture){.view = (enum mn_view)v, .lang = (enum mn_lang)lang},
                      most, picture);
}

static void draw_shipped(struct work *w, const char *path, const char *name, int turn) {
    struct mn_files *files = mn_files_dir(path, path);
    struct mn_model *m = load(files);
    struct source s = {.m = m, .name = name, .turn = turn};
    draw_model(w, &s, MOST_SUBJECTS);
    draw_marked(w, &s, MN_VI);
    for (int paper = MN_SLIDE; paper < MN_PAPERS; paper++)
        for (int v = 0; v < MN_VIEWS; v++)
            draw_view(w, &s,
                      (struct mn_picture){.view = (enum mn_view)v, .paper = (enum mn_paper)paper},
                      1, picture);
    for (int v = 0; v < MN_VIEWS; v++)
        draw_view(w, &s,
                  (struct mn_picture){.view = (enum mn_view)v, .lang = (enum mn_lang)(v % 2)}, 1,
                  draw_series);
    for (int lang = 0; lang <= MN_EN; lang++)
        draw_atlas_pages(w, &s, (enum mn_lang)lang);
    mn_model_free(m);
    mn_files_free(files);
}

static void draw_made(struct work *w) {
    static const struct {
        const char *name;
        struct made_shape shape;
    } cases[] = {
        {"one-area-of-168",
         {.areas = 1, .points = 6, .units = 168, .cores = 1, .centres = 2, .backups = 1}},
        {"one-point", {.areas = 1, .points = 1, .units = 168, .centres = 1}},
        {"40-areas-of-3", {.areas = 40, .points = 1, .units = 3, .cores = 2, .centres = 1}},
        {"three-lines",
         {.areas = 3, .points = 4, .units = 40, .cores = 3, .centres = 2, .backups = 2}},
        {"long-names",
         {.areas = 2,
          .points = 3,
          .units = 30,
          .cores = 2,
          .centres = 2,
          .backups = 1,
          .name_length = 60}},
        {"no-backups", {.areas = 3, .points = 5, .units = 25, .cores = 5, .centres = 4, .ring = 1}},
        {"no-points", {.areas = 4, .units = 12, .cores = 1, .centres = 1, .backups = 1}},
        {"one-unit", {.areas = 1, .points = 1, .units = 1}},
    };
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct made *t = made_model(&cases[i].shape);
        draw_model(w, &(struct source){.m = &t->m, .name = cases[i].name, .may_refuse = true}, 2);
        made_free(t);
    }
}

int main(int argc, char **argv) {
    char path[600];
    if (argc != 4 && argc != 5) {
        fputs("draw_all DIR PART PARTS [MATCH]\n", stderr);
        return 2;
    }
    struct work w = {.folder = argv[1],
                     .match = argc > 4 ? argv[4] : "",
                     .part = atoi(argv[2]),
                     .parts = atoi(argv[3])};
    struct mn_buf pages = MN_BUF_INIT;
    w.book = mn__book_new("pictures", "2026-01-01", &pages);
    snprintf(path, sizeof path, "%s/plan-%d", w.folder, w.part);
    if (!(w.plan = fopen(path, "w"))) {
        perror(path);
        return 1;
    }
    if (open_libraries(NULL) != 0)
        return 1;
    mn__render_warm(); /* which tells Graphviz to be silent */
    agseterrf(warned);
    agseterr(AGWARN);
    draw_shipped(&w, "topology/tiny", "tiny", 0);
    draw_shipped(&w, "topology/hcmc", "hcmc", 1);
    draw_changes(&w);
    draw_made(&w);
    if (w.pages && !mn__book_end(w.book))
        return 1;
    snprintf(path, sizeof path, "%s/pages-%d.pdf", w.folder, w.part);
    write_file(path, &pages);
    mn_buf_fini(&pages);
    return fclose(w.plan) == 0 ? 0 : 1;
}
