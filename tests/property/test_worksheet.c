/* Worksheets: every gap has its number, once; the key has as many answers; and nothing of the
 * answers is left on the worksheet, neither to be seen nor in ids, tips, classes or the data. */
#include "base/files.h"
#include "diagram/documents.h"
#include "property/drawing.h"
#include "property/legible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs those first */
#include <cmocka.h>

static struct mn_model *load(const char *path, struct mn_files **files) {
    struct mn_diags *d = mn_diags_new();
    *files = mn_files_dir(path, path);
    struct mn_model *m = mn_model_load(*files, d);
    assert_non_null(m);
    mn_diags_free(d);
    return m;
}

static int gaps_of(const struct mn__scene *s) {
    int n = 0;
    for (int i = 0; i < s->n; i++)
        n += s->elements[i].cls && strcmp(s->elements[i].cls, "gap") == 0;
    return n;
}

/* Numbers 1 … n, and no word of what an element is but the frame's own. */
static int faults_of(const struct mn__scene *s) {
    int faults = 0, n = gaps_of(s), count = 0;
    for (int k = 1; k <= n; k++) {
        char id[24];
        snprintf(id, sizeof id, "gap-%d", k);
        int gap = mn__find_id(s, id);
        faults += gap < 0 || !s->elements[gap].cls || strcmp(s->elements[gap].cls, "gap") != 0;
    }
    for (int i = 0; i < s->n; i++) {
        const struct mn__element *e = &s->elements[i];
        bool own = e->cls && (strcmp(e->cls, "frame") == 0 || strcmp(e->cls, "gap") == 0);
        faults += (e->id || e->cls) && !own;
        faults += e->tip || e->link || e->answer;
        count += e->within >= 0 && s->elements[e->within].cls &&
                 strcmp(s->elements[e->within].cls, "gap") == 0;
    }
    return faults + (count != n); /* a gap holds its number and nothing else */
}

static int try_blank(const struct mn_model *m, struct mn_picture p, enum mn_blank blank) {
    struct mn__pages sheet = {0}, key = {0};
    struct mn__refusal refusal = {.code = -1};
    int faults = 0;
    p.blank = blank;
    bool drawn = mn__pages_draw(m, &p, &sheet, &refusal);
    p.key = true;
    if (mn__pages_draw(m, &p, &key, &refusal) != drawn)
        faults++;
    if (drawn) {
        struct mn__sheet frame = *sheet.kept[0];
        frame.scene = sheet.scenes[0];
        faults += illegible(&frame, "worksheet");
        faults += faults_of(sheet.scenes[0]);
        faults += gaps_of(sheet.scenes[0]) != gaps_of(key.scenes[0]);
        faults += key.n < 2; /* the list */
        for (int i = 0; i < key.n; i++) {
            frame.scene = key.scenes[i];
            faults += illegible(&frame, "key");
        }
    } else {
        faults += refusal.code != MN_D_diagram_no_gaps;
    }
    if (faults)
        fprintf(stderr, "%s without %s: %d faults\n", mn_view_info(p.view)->name,
                mn_blank_name(blank), faults);
    mn__pages_fini(&sheet);
    mn__pages_fini(&key);
    return faults;
}

static int try_views(const struct mn_model *m, enum mn_lang lang, int step) {
    int faults = 0;
    for (int b = MN_BLANK_LABELS; b < MN_BLANKS; b++) {
        enum mn_blank blank = (enum mn_blank)b;
        struct mn_picture p = {.view = MN_VIEW_CITY, .lang = lang};
        faults += try_blank(m, p, blank);
        p.n_subjects = 1;
        p.view = MN_VIEW_AREA;
        p.subjects[0] = (struct mn_found){MN_SCOPE_AREA, 0};
        faults += try_blank(m, p, blank);
        p.view = MN_VIEW_SERVICE;
        for (int i = 0; i < m->n_services; i += 3) {
            p.subjects[0] = (struct mn_found){MN_SCOPE_SERVICE, m->services[i].component};
            faults += try_blank(m, p, blank);
        }
        for (int i = 0; i < m->n_sites; i += step) {
            if (!m->sites[i].uses.n)
                continue;
            p.view = MN_VIEW_SITE;
            p.n_subjects = 1;
            p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, i};
            faults += try_blank(m, p, blank);
            p.view = MN_VIEW_PATH;
            p.n_subjects = 2;
            p.subjects[1] = (struct mn_found){MN_SCOPE_COMPONENT,
                                              m->services[m->sites[i].uses.at[0]].component};
            faults += try_blank(m, p, blank);
        }
    }
    return faults;
}

static void test_tiny(void **state) {
    (void)state;
    struct mn_files *files;
    struct mn_model *m = load("topology/tiny", &files);
    int faults = try_views(m, MN_VI, 1) + try_views(m, MN_EN, 1);
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

static void test_city(void **state) {
    (void)state;
    struct mn_files *files;
    struct mn_model *m = load("topology/hcmc", &files);
    int faults = try_views(m, MN_VI, 40) + try_views(m, MN_EN, 60);
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

/* The city without its units' names has a gap for each, and no document of it has a name. */
static void test_secret(void **state) {
    (void)state;
    struct mn_files *files;
    struct mn_model *m = load("topology/hcmc", &files);
    struct mn_picture p = {.view = MN_VIEW_CITY, .blank = MN_BLANK_LABELS};
    struct mn__pages sheet = {0}, key = {0};
    struct mn__refusal refusal;
    struct mn_documents json = {0}, answers = {0};
    assert_true(mn__pages_draw(m, &p, &sheet, &refusal));
    p.key = true;
    assert_true(mn__pages_draw(m, &p, &key, &refusal));
    assert_true(mn__pages_render(&sheet, MN_JSON, &json));
    assert_true(mn__pages_render(&key, MN_JSON, &answers));
    int units = 0;
    for (int i = 0; i < m->n_sites; i++) {
        const struct mn_site *s = &m->sites[i];
        if (!s->lines.n)
            continue;
        units++;
        assert_null(strstr(mn_buf_text(&json.at[0].bytes), s->name.full.vi));
        assert_null(strstr(mn_buf_text(&json.at[0].bytes), s->id));
        bool told = false;
        for (int k = 0; k < answers.n; k++)
            told = told || strstr(mn_buf_text(&answers.at[k].bytes), s->name.full.vi);
        assert_true(told);
    }
    assert_int_equal(gaps_of(sheet.scenes[0]), units);
    mn_documents_fini(&json);
    mn_documents_fini(&answers);
    mn__pages_fini(&sheet);
    mn__pages_fini(&key);
    mn_model_free(m);
    mn_files_free(files);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tiny), cmocka_unit_test(test_city),
                                       cmocka_unit_test(test_secret)};
    return cmocka_run_group_tests(tests, open_libraries, NULL);
}
