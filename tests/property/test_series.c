/* A sheet built up step by step: nothing moves, nothing goes, each step adds something and says so,
 * and the last is the whole sheet; for every view of the shipped models and of made ones. */
#include "base/files.h"
#include "diagram/documents.h"
#include "property/drawing.h"
#include "property/made_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
/* cmocka needs those first */
#include <cmocka.h>

static bool is_subtitle(const struct mn__element *e) {
    return e->id && strcmp(e->id, "sheet-subtitle") == 0;
}

static bool same_place(const struct mn__element *a, const struct mn__element *b) {
    return a->is == b->is && a->at.x == b->at.x && a->at.y == b->at.y && a->at.w == b->at.w &&
           a->at.h == b->at.h;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether all of `before` is in `after`, in its order and place; a text only may be another where
 * marks come. */
static int moved(const struct mn__scene *before, const struct mn__scene *after, bool marks) {
    int k = 0, moves = 0;
    for (int i = 0; i < before->n; i++) {
        const struct mn__element *e = &before->elements[i];
        if (is_subtitle(e))
            continue;
        int from = k;
        while (k < after->n &&
               !(same_place(e, &after->elements[k]) && same_text(e->text, after->elements[k].text)))
            k++;
        if (k < after->n) {
            k++;
            continue;
        }
        k = from;
        if (!(marks && e->is == MN__TEXT)) {
            moves++;
            fprintf(stderr, "%s: %s %s is not in the next step\n", before->note, e->id ? e->id : "",
                    e->text ? e->text : "");
        }
    }
    return moves;
}

static bool same_element(const struct mn__element *a, const struct mn__element *b) {
    return same_place(a, b) && same_text(a->text, b->text) && same_text(a->id, b->id) &&
           same_text(a->tip, b->tip) && same_text(a->cls, b->cls) && a->within == b->within &&
           a->look.fill == b->look.fill && a->look.line == b->look.line &&
           a->look.width == b->look.width && a->look.dash == b->look.dash && a->bold == b->bold;
}

/* Draws the series and returns how much of it is wrong. */
static int try_series(const struct mn_model *m, struct mn_picture p, int least) {
    struct mn__pages pages = {0};
    struct mn__refusal refusal;
    struct mn__sheet *whole = mn__sheet_draw(m, &p, &refusal);
    int faults = 0;
    if (!whole)
        return 0; /* what cannot be drawn is told elsewhere */
    p.build_up = true;
    if (!mn__pages_draw(m, &p, &pages, &refusal))
        fail_msg("no series: %s", mn_code_info((enum mn_code)refusal.code)->name);
    faults += pages.n < least;
    for (int i = 0; i + 1 < pages.n; i++) {
        bool marks = i + 2 == pages.n && p.n_marks;
        faults += moved(pages.scenes[i], pages.scenes[i + 1], marks);
        faults += pages.scenes[i + 1]->n <= pages.scenes[i]->n;
        faults += strcmp(pages.scenes[i]->note, pages.scenes[i + 1]->note) == 0;
    }
    const struct mn__scene *last = pages.scenes[pages.n - 1];
    faults += last->n != whole->scene->n;
    for (int i = 0; i < last->n && i < whole->scene->n; i++)
        faults += !is_subtitle(&last->elements[i]) &&
                  !same_element(&last->elements[i], &whole->scene->elements[i]);
    if (faults)
        fprintf(stderr, "view %s, %d steps: %d faults\n", mn_view_info(p.view)->name, pages.n,
                faults);
    mn__pages_fini(&pages);
    mn__sheet_free(whole);
    return faults;
}

static int try_views(const struct mn_model *m, enum mn_lang lang, int n_marks,
                     const struct mn_mark *marks) {
    struct mn_picture p = {.view = MN_VIEW_CITY, .lang = lang, .n_marks = n_marks, .marks = marks};
    int faults = try_series(m, p, 3);
    p.n_subjects = 1;
    p.view = MN_VIEW_AREA;
    for (int i = 0; i < m->n_areas; i++) {
        p.subjects[0] = (struct mn_found){MN_SCOPE_AREA, i};
        faults += try_series(m, p, 2);
    }
    p.view = MN_VIEW_SITE;
    for (int i = 0; i < m->n_sites; i += 1 + m->n_sites / 6) {
        p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, i};
        faults += try_series(m, p, 2);
    }
    p.view = MN_VIEW_SERVICE;
    for (int i = 0; i < m->n_services; i++) {
        p.subjects[0] = (struct mn_found){MN_SCOPE_SERVICE, m->services[i].component};
        faults += try_series(m, p, 2);
    }
    p.view = MN_VIEW_PATH;
    p.n_subjects = 2;
    for (int i = 0; i < m->n_sites; i += 1 + m->n_sites / 6)
        if (m->sites[i].uses.n) {
            int service = m->services[m->sites[i].uses.at[0]].component;
            p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, i};
            p.subjects[1] = (struct mn_found){MN_SCOPE_COMPONENT, service};
            faults += try_series(m, p, 3);
        }
    return faults;
}

/* The model with and without marks on every seventh node and third site. */
static int try_model(const struct mn_model *m) {
    struct mn_mark *marks = mn_new0((size_t)m->n_sites + (size_t)m->n_nodes, sizeof *marks);
    int n = 0;
    for (int i = 0; i < m->n_sites; i += 3)
        marks[n++] =
            (struct mn_mark){(enum mn_mark_as)(1 + i % (MN_MARKS - 1)), {MN_SCOPE_SITE, i}};
    for (int i = 0; i < m->n_nodes; i += 7)
        marks[n++] = (struct mn_mark){(enum mn_mark_as)(1 + i % (MN_MARKS - 1)),
                                      {MN_SCOPE_COMPONENT, m->nodes[i].component}};
    int faults = try_views(m, MN_VI, 0, NULL) + try_views(m, MN_EN, n, marks);
    free(marks);
    return faults;
}

static void shipped(const char *path) {
    struct mn_files *files = mn_files_dir(path, path);
    struct mn_diags *d = mn_diags_new();
    struct mn_model *m = mn_model_load(files, d);
    assert_non_null(m);
    int faults = try_model(m);
    mn_model_free(m);
    mn_diags_free(d);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

static void test_tiny(void **state) {
    (void)state;
    shipped("topology/tiny");
}

static void test_city(void **state) {
    (void)state;
    shipped("topology/hcmc");
}

static void test_made(void **state) {
    (void)state;
    static const struct made_shape shapes[] = {
        {.areas = 1,
         .points = 6,
         .units = 60,
         .cores = 1,
         .centres = 2,
         .backups = 1,
         .ring = true},
        {.areas = 6, .points = 2, .units = 9, .cores = 3, .centres = 3, .backups = 2}};
    for (size_t i = 0; i < MN_COUNT(shapes); i++) {
        struct made *t = made_model(&shapes[i]);
        assert_int_equal(try_model(&t->m), 0);
        made_free(t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tiny), cmocka_unit_test(test_city),
                                       cmocka_unit_test(test_made)};
    return cmocka_run_group_tests(tests, open_libraries, NULL);
}
