/* The map can be read, whatever the model: all units once, nothing on anything else, and a unit
 * more moves no other's dot. */
#include "property/edited.h"
#include "property/legible.h"
#include "property/made_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs those first */
#include <cmocka.h>

/* Points from a unit beyond which its name matters to no other. */
#define FAR_OFF 150.0

static int elements_of(const struct mn__scene *s, const char *id) {
    int n = 0;
    for (int i = 0; i < s->n; i++)
        n += s->elements[i].id && strcmp(s->elements[i].id, id) == 0;
    return n;
}

/* Faults of the map on that paper: what cannot be read, and units that are not there exactly once.
 */
static int try_map(const struct mn_model *m, const struct mn_picture *p, const char *what) {
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(m, p, &refusal);
    if (!sheet && refusal.code == MN_D_diagram_paper) { /* a paper that does is named */
        struct mn_picture larger = *p;
        larger.paper = (enum mn_paper)mn_paper_parse(refusal.args[1]);
        assert_true(larger.paper > p->paper);
        return try_map(m, &larger, what);
    }
    if (!sheet) {
        fprintf(stderr, "%s: %s %s %s\n", what, mn_code_info((enum mn_code)refusal.code)->name,
                refusal.args[0], refusal.args[1]);
        return 1;
    }
    int faults = illegible(sheet, what);
    for (int i = 0; i < m->n_sites; i++) {
        char id[80];
        snprintf(id, sizeof id, "site-%s", m->sites[i].id);
        if (m->sites[i].lines.n && elements_of(sheet->scene, id) != 1) {
            fprintf(stderr, "%s: %s is there %d times\n", what, id, elements_of(sheet->scene, id));
            faults++;
        }
    }
    mn__sheet_free(sheet);
    return faults;
}

static void shipped(const char *path, enum mn_paper least) {
    struct mn_files *files = mn_files_dir(path, path);
    struct mn_model *m = load(files);
    int faults = 0;
    for (int lang = 0; lang < 2; lang++)
        for (enum mn_paper paper = least; paper < MN_PAPERS; paper++) {
            char what[60];
            snprintf(what, sizeof what, "%s %s %d", path, mn_paper_name(paper), lang);
            struct mn_picture p = {.view = MN_VIEW_MAP, .lang = (enum mn_lang)lang, .paper = paper};
            faults += try_map(m, &p, what);
        }
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

static void test_tiny(void **state) {
    (void)state;
    shipped("topology/tiny", MN_SLIDE);
}

static void test_city(void **state) {
    (void)state;
    shipped("topology/hcmc", MN_SLIDE);
}

/* Names find room on A3, not on A4: there units are dots, and it is said where the names are. */
static void test_brief(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    for (enum mn_paper paper = MN_A4; paper <= MN_A3; paper++) {
        struct mn_picture p = {.view = MN_VIEW_MAP, .paper = paper};
        struct mn__refusal refusal = {.code = -1};
        struct mn__sheet *sheet = mn__sheet_draw(m, &p, &refusal);
        assert_non_null(sheet);
        int subtitle = mn__find_id(sheet->scene, "sheet-subtitle");
        bool brief = strstr(sheet->scene->elements[subtitle].text, "A3") != NULL;
        assert_int_equal(brief, paper != MN_A3);
        assert_int_equal(mn__find_id(sheet->scene, "map-table") >= 0, brief);
        mn__sheet_free(sheet);
    }
    mn_model_free(m);
    mn_files_free(files);
}

enum layout { LINE, ONE_PLACE, CLOUD, KNOTS, FAR, SOME, NONE, LAYOUTS };

/* Gives the sites coordinates: no chance but that of a small fixed generator. */
static void scatter(struct made *t, enum layout how) {
    struct mn_site *sites = (struct mn_site *)t->m.sites;
    uint32_t seed = 12345;
    for (int i = 0; i < t->m.n_sites; i++) {
        double r[2];
        for (int k = 0; k < 2; k++) {
            seed = seed * 1664525u + 1013904223u;
            r[k] = (seed >> 8 & 0xFFFF) / 65536.0;
        }
        double lat = 10, lon = 106;
        if (how == LINE)
            lon += 0.01 * i;
        if (how == CLOUD || how == FAR || how == SOME)
            lat += r[0], lon += 1.4 * r[1];
        if (how == KNOTS) /* dense in three places */
            lat += i % 3 * 0.4 + 0.04 * r[0], lon += i % 2 * 0.9 + 0.04 * r[1];
        if (how == FAR && i % 40 == 7)
            lat += 4 + i % 3, lon -= 5;
        sites[i].placed = how != NONE && (how != SOME || i % 3 != 1);
        sites[i].lat_e5 = (int32_t)(lat * 1e5);
        sites[i].lon_e5 = (int32_t)(lon * 1e5);
    }
}

static void test_made(void **state) {
    (void)state;
    static const struct made_shape shapes[] = {
        {.areas = 1, .points = 1, .units = 1},
        {.areas = 1, .points = 2, .units = 12, .centres = 1, .cores = 1},
        {.areas = 3,
         .points = 4,
         .units = 20,
         .cores = 3,
         .centres = 2,
         .backups = 1,
         .ring = true},
        {.areas = 2, .points = 3, .units = 15, .cores = 2, .centres = 2, .name_length = 60},
        {.areas = 8, .points = 0, .units = 10, .cores = 1, .centres = 1},
        {.areas = 12, .points = 3, .units = 40, .cores = 2, .centres = 1, .ring = true},
    };
    int faults = 0;
    for (size_t i = 0; i < MN_COUNT(shapes); i++)
        for (int how = 0; how < LAYOUTS; how++) {
            if (shapes[i].areas > 10 && how != KNOTS) /* so many that one will do */
                continue;
            struct made *t = made_model(&shapes[i]);
            char what[40];
            snprintf(what, sizeof what, "shape %zu, layout %d", i, how);
            scatter(t, (enum layout)how);
            struct mn_picture p = {.view = MN_VIEW_MAP, .paper = MN_A3};
            if (how != NONE) {
                faults += try_map(&t->m, &p, what);
            } else {
                struct mn__refusal refusal = {.code = -1};
                assert_null(mn__sheet_draw(&t->m, &p, &refusal));
                assert_int_equal(refusal.code, MN_D_diagram_no_places);
            }
            made_free(t);
        }
    assert_int_equal(faults, 0);
}

/* One unit more, somewhere among the others: their dots stay; and the same twice is the same. */
static void test_stable(void **state) {
    (void)state;
    struct made_shape shape = {
        .areas = 2, .points = 3, .units = 14, .cores = 2, .centres = 1, .ring = true};
    struct mn_picture p = {.view = MN_VIEW_MAP, .paper = MN_A3};
    struct mn__sheet *sheets[3];
    struct made *models[3];
    for (int k = 0; k < 3; k++) {
        struct mn__refusal refusal = {.code = -1};
        shape.extra_units = k == 2;
        models[k] = made_model(&shape);
        scatter(models[k], CLOUD);
        sheets[k] = mn__sheet_draw(&models[k]->m, &p, &refusal);
        assert_non_null(sheets[k]);
    }
    const struct mn__scene *a = sheets[0]->scene, *same = sheets[1]->scene, *b = sheets[2]->scene;
    assert_int_equal(a->n, same->n);
    for (int i = 0; i < a->n; i++) {
        const struct mn__element *e = &a->elements[i];
        assert_memory_equal(&e->at, &same->elements[i].at, sizeof e->at);
        if (!e->id || strncmp(e->id, "site-", 5) != 0)
            continue;
        int found = 0;
        for (int k = 0; k < b->n; k++)
            if (b->elements[k].id && strcmp(b->elements[k].id, e->id) == 0) {
                assert_memory_equal(&e->at, &b->elements[k].at, sizeof e->at);
                found++;
            }
        assert_int_equal(found, 1);
    }
    for (int k = 0; k < 3; k++) {
        mn__sheet_free(sheets[k]);
        made_free(models[k]);
    }
}

/* Whether something is drawn on the box: a sign is letters or strokes. */
static bool bears_sign(const struct mn__scene *s, int box) {
    struct mn__rect r = s->elements[box].at;
    for (int i = box + 1; i < s->n; i++)
        if ((s->elements[i].is == MN__TEXT || s->elements[i].icon) &&
            holds(r, s->elements[i].at, 0.5))
            return true;
    return false;
}

/* A unit's mark is where the unit is, however far off its name stands: its sign, in the mark's
 * border. */
static void test_marked(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    struct mn_mark *marks = mn_new0((size_t)m->n_sites, sizeof *marks);
    int n = 0, found = 0;
    for (int i = 0; i < m->n_sites; i += 5)
        if (m->sites[i].lines.n) {
            enum mn_mark_as as = (enum mn_mark_as)(1 + n % (MN_MARKS - 1));
            marks[n++] = (struct mn_mark){as, {MN_SCOPE_SITE, i}};
        }
    struct mn_picture p = {.view = MN_VIEW_MAP, .paper = MN_A3, .n_marks = n, .marks = marks};
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(m, &p, &refusal);
    assert_non_null(sheet);
    assert_int_equal(illegible(sheet, "marked"), 0);
    for (int i = 0; i < n; i++) {
        char id[80];
        snprintf(id, sizeof id, "site-%s", m->sites[marks[i].what.index].id);
        int box = mn__find_id(sheet->scene, id);
        assert_true(box >= 0);
        struct mn__look look = sheet->scene->elements[box].look;
        found += bears_sign(sheet->scene, box) && (look.width >= 1.2 || look.dash != MN__SOLID);
    }
    assert_true(n > 20);
    assert_int_equal(found, n);
    mn__sheet_free(sheet);
    free(marks);
    mn_model_free(m);
    mn_files_free(files);
}

/* How many of the elements whose ids begin so stand elsewhere on the second sheet. */
static int moved(const struct mn__scene *a, const struct mn__scene *b, const char *ids) {
    int n = 0;
    for (int i = 0; i < a->n; i++) {
        const struct mn__element *e = &a->elements[i];
        int k = e->id && strncmp(e->id, ids, strlen(ids)) == 0 ? mn__find_id(b, e->id) : -1;
        n += k >= 0 && memcmp(&e->at, &b->elements[k].at, sizeof e->at) != 0;
    }
    return n;
}

/* Of the names far from `at`: how many do. */
static int far_names_moved(const struct mn__scene *a, const struct mn__scene *b,
                           struct mn__rect at) {
    int n = 0;
    for (int i = 0; i < a->n; i++) {
        const struct mn__element *e = &a->elements[i];
        if (e->is != MN__TEXT || e->parts != MN__NAME ||
            hypot(e->at.x - at.x, e->at.y - at.y) < FAR_OFF)
            continue;
        bool found = false;
        for (int k = 0; k < b->n && !found; k++)
            found = b->elements[k].is == MN__TEXT && strcmp(b->elements[k].text, e->text) == 0 &&
                    fabs(b->elements[k].at.x - e->at.x) + fabs(b->elements[k].at.y - e->at.y) < 0.1;
        n += !found;
    }
    return n;
}

/* Where units are added: in the dense centre, elsewhere among others, at the edge. */
static const char *const added_at[] = {
    "10.776, 106.702", "10.79, 106.664", "10.755, 106.671", "10.842, 106.631",
    "10.95, 106.75",   "11.05, 106.65",  "10.62, 107.12",   "10.7, 106.93",
    "11.46, 106.56",   "10.36, 107.08",  "10.48, 107.52",   "11.3, 106.9",
};

enum { EDITS = 26 };

/* The k-th edit: a unit added, then others removed and renamed. */
static struct edit edit_number(const struct mn_model *m, int k) {
    static const char *const names[] = {"Phường Ô", "Phường Có Một Cái Tên Dài Đủ Bốn Mươi Chữ"};
    struct edit e = {.is = ADD_UNIT,
                     .id = "99999",
                     .text = names[k % 2],
                     .area = m->areas[0].id,
                     .point = "h3/agg-a"};
    int added = (int)MN_COUNT(added_at), units = 0;
    if (k < added) {
        e.at = added_at[k];
        return e;
    }
    e.is = k % 3 ? RENAME_UNIT : REMOVE_UNIT;
    for (int s = 0; s < m->n_sites; s++)
        if (m->sites[s].lines.n && units++ == (k - added) * 12)
            e.id = m->sites[s].id;
    return e;
}

/* What one edit moves. */
static void try_edit(const struct mn__sheet *before, const struct mn_picture *p,
                     const struct edit *edit, int *stayed, int *far) {
    struct mn_files *files;
    struct mn_model *after = edited_city(edit, 1, &files);
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(after, p, &refusal);
    char id[80];
    snprintf(id, sizeof id, "site-%s", edit->id);
    assert_non_null(sheet);
    if (moved(before->scene, sheet->scene, "site-") == 0) {
        const struct mn__scene *s = edit->is == ADD_UNIT ? sheet->scene : before->scene;
        (*stayed)++;
        *far += far_names_moved(before->scene, sheet->scene, s->elements[mn__find_id(s, id)].at);
    } else {
        fprintf(stderr, "%s: unit %s, edit %d, moves dots\n", mn_paper_name(p->paper), edit->id,
                (int)edit->is);
        assert_string_not_equal(before->scene->layout, sheet->scene->layout);
    }
    mn__sheet_free(sheet);
    mn_model_free(after);
    mn_files_free(files);
}

/* A unit of the city is added, renamed or removed: all other dots stay, and nearly all names far
 * from it, unless other parts are enlarged then; that is seldom, and the document tells it. */
static void test_edited(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    int tried = 0, stayed = 0, far = 0;
    for (enum mn_paper paper = MN_A3; paper <= MN_A2; paper++) {
        struct mn_picture p = {.view = MN_VIEW_MAP, .paper = paper};
        struct mn__refusal refusal = {.code = -1};
        struct mn__sheet *before = mn__sheet_draw(m, &p, &refusal);
        for (int k = 0; k < EDITS; k++, tried++) {
            struct edit edit = edit_number(m, k);
            try_edit(before, &p, &edit, &stayed, &far);
        }
        mn__sheet_free(before);
    }
    if (stayed * 10 < tried * 9 || far > 3 * stayed)
        print_error("of %d edits %d leave the dots where they are, %d far names move\n", tried,
                    stayed, far);
    assert_true(stayed * 10 >= tried * 9);
    assert_true(far <= 3 * stayed);
    mn_model_free(m);
    mn_files_free(files);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tiny),   cmocka_unit_test(test_city),   cmocka_unit_test(test_brief),
        cmocka_unit_test(test_made),   cmocka_unit_test(test_marked), cmocka_unit_test(test_edited),
        cmocka_unit_test(test_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
