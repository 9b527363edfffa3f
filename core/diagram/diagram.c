/* Drawing a picture in a disposable worker, and the words for views, formats, papers and marks. */
#include "diagram/diagram.h"

#include "base/worker.h"
#include "base/write.h"
#include "diagram/atlas.h"
#include "diagram/build_up.h"
#include "diagram/documents.h"
#include "diagram/link.h"
#include "diagram/render.h"
#include "diagram/sheet.h"
#include "diagram/worksheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const formats[MN_FORMATS] = {
    [MN_SVG] = "svg", [MN_PDF] = "pdf",   [MN_PNG] = "png",
    [MN_DOT] = "dot", [MN_JSON] = "json", [MN_HTML] = "html"};
static const char *const papers[MN_PAPERS] = {
    [MN_PAPER_AUTO] = "auto", [MN_SLIDE] = "slide", [MN_A4] = "A4", [MN_A3] = "A3",
    [MN_A2] = "A2",           [MN_A1] = "A1",       [MN_A0] = "A0"};

static const char *const blanks[MN_BLANKS] = {[MN_BLANK_NONE] = "none",
                                              [MN_BLANK_LABELS] = "labels",
                                              [MN_BLANK_ROLES] = "roles",
                                              [MN_BLANK_LINES] = "lines"};

const char *mn_format_name(enum mn_format f) {
    return formats[f];
}
const char *mn_blank_name(enum mn_blank b) {
    return blanks[b];
}
const char *mn_paper_name(enum mn_paper p) {
    return papers[p];
}

static int word(const char *const *words, int n, const char *s) {
    for (int i = 0; i < n; i++)
        if (strcasecmp(words[i], s) == 0)
            return i;
    return -1;
}

int mn_format_parse(const char *s) {
    return word(formats, MN_FORMATS, s);
}
int mn_blank_parse(const char *s) {
    return word(blanks, MN_BLANKS, s);
}
int mn_paper_parse(const char *s) {
    return word(papers, MN_PAPERS, s);
}

/* The view on a sheet of the picture's paper, with as many rows for the legend as it turns out to
 * need; *ok: whether it could be drawn. */
static struct mn__sheet *draw_view(const struct mn_model *m, const struct mn_picture *p, bool *ok) {
    enum { MOST_ROWS = 12 };
    for (int more = 0;;) {
        struct mn__sheet *sheet = mn__sheet_new(m, p);
        sheet->legend_more = more;
        *ok = mn__view_of(p)->draw(sheet);
        more += sheet->legend_lacks;
        if (*ok && sheet->legend_lacks && more > MOST_ROWS)
            *ok =
                mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
        if (!*ok || !sheet->legend_lacks)
            return sheet;
        mn__sheet_free(sheet);
    }
}

struct mn__sheet *mn__sheet_draw(const struct mn_model *m, const struct mn_picture *p,
                                 struct mn__refusal *refusal) {
    const struct mn__view *view = mn__view_of(p);
    bool grows = !view->large && p->paper == MN_PAPER_AUTO;
    struct mn_picture request = *p;
    *refusal = (struct mn__refusal){.code = -1};
    if (grows)
        request.paper = MN_A4;
    for (;;) {
        bool ok;
        struct mn__sheet *sheet = draw_view(m, &request, &ok);
        enum mn_paper paper = sheet->paper;
        struct mn__refusal problem;
        if (ok) {
            sheet->picture = p;
            mn__link_elements(sheet);
            /* A small picture for which no paper was asked takes the first that it is legible on;
             * else it is said which one would do. */
            if (refusal->code < 0)
                return sheet;
            mn__sheet_free(sheet);
            refusal->code = MN_D_diagram_paper;
            snprintf(refusal->args[1], sizeof refusal->args[1], "%s", mn_paper_name(paper));
            return NULL;
        }
        problem = sheet->refusal;
        mn__sheet_free(sheet);
        if (refusal->code < 0 && (!grows || problem.code != MN_D_diagram_too_large))
            *refusal = problem;
        if (problem.code != MN_D_diagram_too_large || paper + 1 >= MN_PAPERS) {
            if (refusal->code < 0)
                *refusal = problem;
            return NULL;
        }
        request.paper = (enum mn_paper)(paper + 1);
    }
}

/* A card goes on for as many sheets as it takes. */
static bool draw_card(const struct mn_model *m, const struct mn_picture *p, struct mn__pages *pages,
                      struct mn__refusal *refusal) {
    struct mn_picture page = *p;
    int n = 1;
    for (page.page = 1; page.page <= n; page.page++) {
        struct mn__sheet *sheet = mn__sheet_draw(m, &page, refusal);
        if (!sheet)
            return false;
        n = sheet->pages;
        page.paper = sheet->paper;
        mn__pages_add(pages, sheet->scene);
        sheet->scene = NULL;
        mn__sheet_free(sheet);
    }
    return true;
}

bool mn__pages_draw(const struct mn_model *m, const struct mn_picture *p, struct mn__pages *pages,
                    struct mn__refusal *refusal) {
    if (p->card)
        return draw_card(m, p, pages, refusal);
    struct mn__sheet *sheet = mn__sheet_draw(m, p, refusal);
    if (!sheet)
        return false;
    if (p->blank)
        return mn__worksheet(m, p, sheet, pages, refusal);
    if (p->build_up) {
        mn__build_up(m, p, sheet, pages);
        return true;
    }
    mn__pages_add(pages, sheet->scene);
    sheet->scene = NULL;
    mn__sheet_free(sheet);
    return true;
}

struct job {
    const struct mn_model *m;
    const struct mn_picture *p;
};

enum { DRAWN = 0, REFUSED = 1, FAILED = 2 };

static void warm(void *arg) {
    (void)arg;
    mn__render_warm();
}

static bool draw_pages(const struct job *job, struct mn_documents *documents,
                       struct mn__refusal *refusal) {
    struct mn__pages pages = {0};
    bool ok = mn__pages_draw(job->m, job->p, &pages, refusal) &&
              mn__pages_render(&pages, job->p->format, documents);
    mn__pages_fini(&pages);
    return ok;
}

/* In the child: the picture, or what is wrong with what was asked. */
static int draw(void *arg, int out) {
    const struct job *job = arg;
    struct mn__refusal refusal = {.code = -1};
    struct mn_documents documents = {0};
    struct mn_buf bytes = MN_BUF_INIT;
    bool ok =
        mn__view_of(job->p)->draw
            ? draw_pages(job, &documents, &refusal)
            : mn__atlas_draw(job->m, job->p, out, mn__documents_add(&documents, ""), &refusal);
    if (!ok && refusal.code < 0)
        return FAILED;
    if (!ok)
        return mn_write_all(out, &refusal, sizeof refusal) ? REFUSED : FAILED;
    mn__documents_pack(&documents, &bytes);
    return mn_write_all(out, bytes.data, bytes.size) ? DRAWN : FAILED;
}

static void say_refusal(const char *data, struct mn_diags *d) {
    struct mn__refusal c;
    memcpy(&c, data, sizeof c);
    for (size_t i = 0; i < MN_COUNT(c.args); i++)
        c.args[i][sizeof c.args[i] - 1] = '\0';
    bool known = c.code >= 0 && c.code < MN_CODES;
    mn_diag(d, known ? (enum mn_code)c.code : MN_D_diagram_failed, MN_NOWHERE,
            MN_ARGS(c.args[0], c.args[1], c.args[2]));
}

/* Fonts and libraries that Graphviz maps count as memory; a sheet itself takes some tens of MiB. */
bool mn_diagram_documents(const struct mn_model *m, const struct mn_picture *p,
                          struct mn_documents *out, struct mn_diags *d) {
    struct job job = {m, p};
    unsigned seconds = 20;
    if (!mn_diagram_open(d))
        return false;
    if (!mn__view_of(p)->draw) { /* a book of all sheets: PDF only, and time for each page */
        seconds += (unsigned)m->n_sites;
        if (p->format != MN_PDF) {
            mn_diag(d, MN_D_diagram_atlas_format, MN_NOWHERE, MN_NO_ARGS);
            return false;
        }
    }
    struct mn_worker worker = {.what = "Graphviz",
                               .wall_ms = 1000 * seconds,
                               .cpu_s = seconds,
                               .memory_mib = 1024,
                               .output_mib = 128,
                               .warm = warm,
                               .work = draw,
                               .arg = &job,
                               .files = true,
                               .progress = p->progress,
                               .progress_arg = p->progress_arg};
    struct mn_buf bytes = MN_BUF_INIT;
    int status = DRAWN;
    bool ok = mn_worker_run(&worker, &bytes, &status, d);
    if (ok) {
        ok = mn__documents_unpack(bytes.data, bytes.size, out);
        status = ok ? DRAWN : FAILED;
    }
    if (status == REFUSED && bytes.size == sizeof(struct mn__refusal))
        say_refusal(bytes.data, d);
    else if (status != DRAWN)
        mn_diag(d, MN_D_diagram_failed, MN_NOWHERE, MN_NO_ARGS);
    mn_buf_fini(&bytes);
    return ok;
}

bool mn_diagram_draw(const struct mn_model *m, const struct mn_picture *p, struct mn_buf *out,
                     struct mn_diags *d) {
    struct mn_documents documents = {0};
    bool ok = mn_diagram_documents(m, p, &documents, d);
    if (ok)
        mn_buf_add(out, documents.at[0].bytes.data, documents.at[0].bytes.size);
    mn_documents_fini(&documents);
    return ok;
}
