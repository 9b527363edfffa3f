/* The marks on the sheet of an impact are what the analysis says, and the sheet can be read. */
#include "analysis/impact.h"
#include "property/legible.h"
#include "property/loaded.h"
#include "property/made_model.h"

static const struct mn__element *unit_cell(const struct mn__scene *s, const char *site) {
    char id[120];
    snprintf(id, sizeof id, "site-%s", site);
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id && s->elements[i].cls && strcmp(s->elements[i].id, id) == 0 &&
            strncmp(s->elements[i].cls, "unit", 4) == 0)
            return &s->elements[i];
    return NULL;
}

static bool is_in(struct mn_ints list, int x) {
    for (int i = 0; i < list.n; i++)
        if (list.at[i] == x)
            return true;
    return false;
}

static const char *subtitle(const struct mn__scene *s) {
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id && strcmp(s->elements[i].id, "sheet-subtitle") == 0)
            return s->elements[i].text;
    return "";
}

/* The n-th number in a text. */
static int number_in(const char *s, int n) {
    for (;; s++) {
        s += strcspn(s, "0123456789");
        if (n-- == 0 || !*s)
            return *s ? atoi(s) : -1;
        s += strspn(s, "0123456789");
    }
}

static int compare(const struct mn_model *m, const struct mn__sheet *sheet,
                   const struct mn_impact *x, const char *what) {
    int faults = 0, users = 0;
    for (int i = 0; i < m->n_sites; i++) {
        const struct mn__element *cell = unit_cell(sheet->scene, m->sites[i].id);
        users += m->sites[i].uses.n > 0;
        if (!cell)
            continue;
        const char *wanted = is_in(x->cut_off, i)           ? "unit cut-off"
                             : is_in(x->hit, i)             ? "unit degraded"
                             : is_in(x->lost_redundancy, i) ? "unit lost-redundancy"
                                                            : "unit";
        if (strcmp(cell->cls, wanted) != 0 && faults++ < 3)
            fprintf(stderr, "%s: %s is a %s, not a %s\n", what, m->sites[i].id, cell->cls, wanted);
    }
    int counts[] = {x->cut_off.n, x->hit.n - x->cut_off.n, x->lost_redundancy.n,
                    users - x->hit.n - x->lost_redundancy.n};
    for (int i = 0; i < 4; i++)
        if (number_in(subtitle(sheet->scene), i) != counts[i] && faults++ < 3)
            fprintf(stderr, "%s: \"%s\" should say %d\n", what, subtitle(sheet->scene), counts[i]);
    /* Each failure is named. */
    for (int i = 0; i < x->n_failed; i++) {
        struct mn_buf id = MN_BUF_INIT;
        bool named = false;
        mn_failure_text(m, x->failed[i], &id);
        for (int k = 0; k < sheet->scene->n; k++)
            named = named || (sheet->scene->elements[k].is == MN__TEXT &&
                              strstr(sheet->scene->elements[k].text, mn_buf_text(&id)));
        if (!named && faults++ < 3)
            fprintf(stderr, "%s: %s is not named\n", what, mn_buf_text(&id));
        mn_buf_fini(&id);
    }
    return faults;
}

static int try_failures(const struct mn_model *m, const struct mn_failure *f, int n,
                        enum mn_paper paper, enum mn_lang lang) {
    struct mn_picture p = {.view = MN_VIEW_IMPACT, .paper = paper, .lang = lang, .n_subjects = n};
    struct mn_buf what = MN_BUF_INIT;
    mn_buf_puts(&what, "impact");
    for (int i = 0; i < n; i++) {
        p.subjects[i] = (struct mn_found){MN_SCOPE_COMPONENT, f[i].component};
        p.faults[i] = f[i].fault + 1;
        mn_buf_putc(&what, ' ');
        mn_failure_text(m, f[i], &what);
    }
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(m, &p, &refusal);
    if (!sheet) {
        fprintf(stderr, "%s: %s %s %s\n", mn_buf_text(&what),
                mn_code_info((enum mn_code)refusal.code)->name, refusal.args[0], refusal.args[1]);
        mn_buf_fini(&what);
        return 1;
    }
    struct mn_impact *impact = mn_impact_new(m, f, n);
    int faults = compare(m, sheet, impact, mn_buf_text(&what));
    faults += illegible(sheet, mn_buf_text(&what));
    mn_impact_free(impact);
    mn__sheet_free(sheet);
    mn_buf_fini(&what);
    return faults;
}

/* Every `step`-th component, down and with one of its faults, alone and together with another. */
static int try_model(const struct mn_model *m, int step, enum mn_paper paper) {
    int faults = 0;
    for (int i = 0, k = 0; i < m->n_components; i += step, k++) {
        const struct mn_component *c = &m->components[i];
        struct mn_failure f[2] = {{i, -1}, {(i * 7 + 3) % m->n_components, -1}};
        if (k % 3 == 1 && c->faults.n)
            f[0].fault = k % c->faults.n;
        faults += try_failures(m, f, 1 + k % 2, paper, k % 4 < 2 ? MN_VI : MN_EN);
    }
    return faults;
}

static void shipped(const char *path, int step) {
    struct mn_files *files = mn_files_dir(path, path);
    struct mn_model *m = load(files);
    int faults = try_model(m, step, MN_PAPER_AUTO);
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

static void test_tiny(void **state) {
    (void)state;
    shipped("topology/tiny", 3);
}

static void test_city(void **state) {
    (void)state;
    shipped("topology/hcmc", 397);
}

/* What takes much: whole points, power, ducts, systems; and as many at once as may be. */
static void test_large(void **state) {
    (void)state;
    static const char *const names[] = {"core-vt/power-a", "bridge-south", "h3/agg-a",  "h3/agg-b",
                                        "dc1/storage",     "meeting",      "duct-26743"};
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    struct mn_failure f[MN_MOST_SUBJECTS];
    int faults = 0, n = 0;
    for (size_t i = 0; i < MN_COUNT(names); i++) {
        f[n] = (struct mn_failure){mn_model_component(m, names[i]), -1};
        assert_true(f[n].component >= 0);
        faults += try_failures(m, &f[n], 1, MN_PAPER_AUTO, MN_VI);
        n++;
    }
    faults += try_failures(m, f, n, MN_PAPER_AUTO, MN_EN);
    for (; n < MN_MOST_SUBJECTS; n++)
        f[n] = (struct mn_failure){m->nodes[n * 11].component, -1};
    faults += try_failures(m, f, n, MN_A2, MN_VI);
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

static void test_made(void **state) {
    (void)state;
    static const struct made_shape shapes[] = {
        {.areas = 3,
         .points = 4,
         .units = 20,
         .cores = 3,
         .centres = 2,
         .backups = 1,
         .ring = true},
        {.areas = 1, .points = 1, .units = 1, .cores = 1, .centres = 1},
        {.areas = 2,
         .points = 3,
         .units = 30,
         .cores = 2,
         .centres = 2,
         .backups = 2,
         .name_length = 60},
    };
    int faults = 0;
    for (size_t i = 0; i < MN_COUNT(shapes); i++) {
        struct made *t = made_model(&shapes[i]);
        faults += try_model(&t->m, 1 + t->m.n_components / 12, MN_A2);
        made_free(t);
    }
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tiny), cmocka_unit_test(test_city),
                                       cmocka_unit_test(test_large), cmocka_unit_test(test_made)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
