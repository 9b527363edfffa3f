/* The atlas: every unit has its page and its row in the index, and the book is as planned. */
#include "diagram/atlas.h"
#include "diagram/net.h"
#include "property/drawing.h"
#include "property/legible.h"
#include "property/loaded.h"
#include "property/made_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs those first */
#include <cmocka.h>

static struct mn_model *shipped(const char *path) {
    struct mn_files *files = mn_files_dir(path, path);
    struct mn_model *m = load(files);
    mn_files_free(files);
    return m;
}

/* How often the document holds the bytes. */
static int occurrences(const struct mn_buf *b, const char *what) {
    int n = 0;
    const char *p = b->data, *end = b->data + b->size;
    while ((p = memmem(p, (size_t)(end - p), what, strlen(what)))) {
        n++;
        p++;
    }
    return n;
}

static void check_pages(const struct mn_model *m, enum mn_paper paper, const char *what) {
    for (int lang = 0; lang < 2; lang++) {
        struct mn_picture p = {
            .view = MN_VIEW_ATLAS, .format = MN_PDF, .paper = paper, .lang = (enum mn_lang)lang};
        struct mn__atlas *a = mn__atlas_plan(m, &p);
        struct mn__sheet *cover = mn__atlas_cover(a, 1);
        assert_int_equal(illegible(cover, what), 0);
        mn__sheet_free(cover);
        int from = 0, page = a->n + 2;
        int *seen = calloc((size_t)a->n + 3, sizeof *seen);
        do {
            struct mn__sheet *index = mn__atlas_index(a, page++, &from);
            assert_int_equal(illegible(index, what), 0);
            for (int i = 0; i < index->scene->n; i++)
                if (index->scene->elements[i].page)
                    seen[index->scene->elements[i].page]++;
            mn__sheet_free(index);
        } while (from);
        int units = 0;
        for (int s = 0; s < m->n_sites; s++)
            if (a->page_of_site[s]) {
                const struct mn__entry *e = &a->entries[a->page_of_site[s] - 2];
                assert_int_equal(e->picture.subjects[0].index, s);
                assert_int_equal(e->picture.page, a->page_of_site[s]);
                assert_int_equal(seen[a->page_of_site[s]], 2); /* its name and its number */
                units++;
            }
        assert_int_equal(units, a->net->n_units);
        free(seen);
        mn__atlas_free(a);
    }
}

static void test_city(void **state) {
    (void)state;
    struct mn_model *m = shipped("topology/hcmc");
    check_pages(m, MN_PAPER_AUTO, "atlas of the city");
    check_pages(m, MN_A4, "atlas of the city, A4");
    mn_model_free(m);
}

static void test_made(void **state) {
    (void)state;
    static const struct made_shape shapes[] = {
        {.areas = 40, .points = 1, .units = 3, .cores = 2, .centres = 1},
        {.areas = 2, .points = 3, .units = 400, .cores = 2, .centres = 2, .name_length = 60}};
    for (size_t i = 0; i < MN_COUNT(shapes); i++) {
        struct made *t = made_model(&shapes[i]);
        check_pages(&t->m, MN_PAPER_AUTO, "made atlas");
        made_free(t);
    }
}

/* The book itself: as many pages as planned, a bookmark to each, the same bytes twice. */
static void test_book(void **state) {
    (void)state;
    struct mn_model *m = shipped("topology/tiny");
    struct mn_picture p = {.view = MN_VIEW_ATLAS, .format = MN_PDF};
    struct mn__atlas *a = mn__atlas_plan(m, &p);
    struct mn__refusal refusal;
    struct mn_buf first = MN_BUF_INIT, second = MN_BUF_INIT;
    assert_true(mn__atlas_draw(m, &p, -1, &first, &refusal));
    assert_true(mn__atlas_draw(m, &p, -1, &second, &refusal));
    assert_true(first.size == second.size && memcmp(first.data, second.data, first.size) == 0);
    assert_int_equal(occurrences(&first, "/Type /Page %"), a->n + 2);
    /* Each page has a bookmark, and each group one more; each link leads to a page. */
    assert_int_equal(occurrences(&first, "/Dest ["), a->n + 2 + a->n_groups);
    assert_int_equal(occurrences(&first, "/Dest (page-"), occurrences(&first, "/Subtype /Link"));
    assert_true(occurrences(&first, "/Subtype /Link") > 2 * a->net->n_units);
    mn_buf_fini(&first);
    mn_buf_fini(&second);
    mn__atlas_free(a);
    mn_model_free(m);
}

static void test_formats(void **state) {
    (void)state;
    struct mn_model *m = shipped("topology/tiny");
    struct mn_picture p = {.view = MN_VIEW_ATLAS, .format = MN_SVG};
    struct mn_diags *d = mn_diags_new();
    struct mn_buf b = MN_BUF_INIT;
    assert_false(mn_diagram_draw(m, &p, &b, d));
    assert_int_equal(mn_diags_view(d, 0).code, MN_D_diagram_atlas_format);
    mn_diags_free(d);
    mn_model_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_city),
        cmocka_unit_test(test_made),
        cmocka_unit_test(test_book),
        cmocka_unit_test(test_formats),
    };
    return cmocka_run_group_tests(tests, open_libraries, NULL);
}
