/* The marks on the sheet of a comparison are what the comparison of the models says. */
#include "analysis/diff.h"
#include "property/edited.h"
#include "property/legible.h"

static const struct mn__element *cell(const struct mn__scene *s, const char *stem,
                                      const char *site) {
    char id[120];
    snprintf(id, sizeof id, "%s-%s", stem, site);
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id && s->elements[i].cls && strcmp(s->elements[i].id, id) == 0 &&
            strncmp(s->elements[i].cls, "unit", 4) == 0)
            return &s->elements[i];
    return NULL;
}

/* Whether the comparison says that something in the unit has changed. */
static bool has_changed(const struct mn_diff *d, const char *site) {
    size_t n = strlen(site);
    for (int i = 0; i < d->n; i++) {
        const char *id = mn_diff_entry_id(d, &d->at[i]);
        bool within = strncmp(id, site, n) == 0 && id[n] == '/';
        bool itself = strcmp(id, site) == 0 && d->at[i].section == MN_SECTION_SITES;
        if (within || (itself && d->at[i].is == MN_DIFF_CHANGED))
            return true;
    }
    return false;
}

static bool is_weaker(const struct mn_diff *d, int site) {
    for (int i = 0; i < d->weaker.n_sites; i++)
        if (d->weaker.sites[i].site == site)
            return true;
    return false;
}

static int compare(const struct mn_diff *d, const struct mn__scene *s, bool room) {
    int faults = 0;
    for (int i = 0; i < d->after->n_sites; i++) {
        const char *id = d->after->sites[i].id;
        const struct mn__element *e = cell(s, "site", id);
        if (!e)
            continue;
        const char *wanted = mn_model_site(d->before, id) < 0 ? "unit added"
                             : is_weaker(d, i)                ? "unit lost-redundancy"
                             : has_changed(d, id)             ? "unit changed"
                                                              : "unit";
        if (strcmp(e->cls, wanted) != 0 && faults++ < 3)
            fprintf(stderr, "%s is a %s, not a %s\n", id, e->cls, wanted);
    }
    for (int i = 0; i < d->before->n_sites; i++) {
        const char *id = d->before->sites[i].id;
        bool gone = d->before->sites[i].lines.n && mn_model_site(d->after, id) < 0;
        if (gone != (cell(s, "gone", id) != NULL) && (room || !gone) && faults++ < 3)
            fprintf(stderr, "%s is%s removed\n", id, gone ? " not shown as" : "");
    }
    return faults;
}

static int try_pair(const struct mn_model *before, const struct mn_model *after,
                    enum mn_paper paper, enum mn_lang lang, bool room) {
    struct mn_picture p = {.view = MN_VIEW_DIFF, .paper = paper, .lang = lang, .before = before};
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(after, &p, &refusal);
    if (!sheet) {
        fprintf(stderr, "%s %s\n", mn_code_info((enum mn_code)refusal.code)->name, refusal.args[1]);
        return 1;
    }
    struct mn_diff *d = mn_diff_new(before, after);
    int faults = compare(d, sheet->scene, room) + illegible(sheet, "diff");
    mn_diff_free(d);
    mn__sheet_free(sheet);
    return faults;
}

static int try_edits(const struct edit *edits, int n, enum mn_paper paper, bool room) {
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc"), *other;
    struct mn_model *m = load(files), *changed = edited_city(edits, n, &other);
    int faults = try_pair(m, changed, paper, MN_VI, room);
    faults += try_pair(changed, m, paper, MN_EN, room);
    mn_model_free(m);
    mn_files_free(files);
    mn_model_free(changed);
    mn_files_free(other);
    return faults;
}

static void test_units(void **state) {
    (void)state;
    static const struct edit edits[] = {
        {.is = ADD_UNIT,
         .id = "99991",
         .text = "Phường Thử Thêm",
         .area = "hcmc",
         .point = "h3/agg-a"},
        {.is = ADD_UNIT,
         .id = "99992",
         .text = "Xã Mới",
         .area = "binh-duong",
         .point = "b1/agg-a"},
        {.is = REMOVE_UNIT, .id = "26743"},
        {.is = REMOVE_UNIT, .id = "27484"},
        {.is = RENAME_UNIT, .id = "26740", .text = "Phường Bến Nghé"},
        {.is = REPLACE_TEXT,
         .id = "[core-bd/power-a, core-bd/power-b], roles",
         .text = "[core-bd/power-a], roles"},
        {.is = REPLACE_TEXT, .id = "takes: 6h", .text = "takes: 7h"},
        /* changed and weaker at once */
        {.is = RENAME_UNIT, .id = "25747", .text = "Phường Đổi Tên"},
    };
    assert_int_equal(try_edits(edits, (int)MN_COUNT(edits), MN_PAPER_AUTO, true), 0);
}

/* More units come and go than the reserve holds: the sheet of the other paper, the rest in words.
 */
static void test_many(void **state) {
    (void)state;
    struct edit edits[30];
    char ids[MN_COUNT(edits)][16];
    for (int i = 0; i < (int)MN_COUNT(edits); i++) {
        snprintf(ids[i], sizeof ids[i], "99%03d", i);
        edits[i] = (struct edit){.is = ADD_UNIT,
                                 .id = ids[i],
                                 .text = "Phường Thử",
                                 .area = "hcmc",
                                 .point = i % 2 ? "h3/agg-a" : "h6/agg-b"};
    }
    assert_int_equal(try_edits(edits, (int)MN_COUNT(edits), MN_A1, false), 0);
}

static void test_other(void **state) {
    (void)state;
    struct mn_files *files[] = {mn_files_dir("topology/hcmc", "topology/hcmc"),
                                mn_files_dir("topology/tiny", "topology/tiny")};
    struct mn_model *city = load(files[0]), *tiny = load(files[1]);
    int faults = try_pair(city, tiny, MN_PAPER_AUTO, MN_VI, false);
    faults += try_pair(tiny, city, MN_A2, MN_VI, false);
    faults += try_pair(tiny, tiny, MN_PAPER_AUTO, MN_EN, true);
    mn_model_free(city);
    mn_model_free(tiny);
    mn_files_free(files[0]);
    mn_files_free(files[1]);
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_units), cmocka_unit_test(test_many),
                                       cmocka_unit_test(test_other)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
