/* Units added, removed or renamed move nothing outside their own group, on the city's sheet and on
 * their area's; rows in another order move only what stands in the groups. */
#include "diagram/net.h"
#include "diagram/sheet.h"
#include "property/edited.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs those first */
#include <cmocka.h>

/* The site of the aggregation point that a unit's first line goes to; -1: it has none. */
static int group_of(const struct mn_model *m, int unit) {
    if (unit < 0 || !m->sites[unit].lines.n)
        return -1;
    const struct mn_link *l = &m->links[m->sites[unit].lines.at[0]];
    for (int i = 0; i < 2; i++) {
        int site = m->components[m->nodes[l->end[i]].component].site;
        if (site != unit)
            return site;
    }
    return -1;
}

static int units_in(const struct mn_model *m, int group) {
    int n = 0;
    for (int s = 0; s < m->n_sites; s++)
        n += group_of(m, s) == group;
    return n;
}

/* The unit that an element stands for, itself or by its line; -1: none. */
static int unit_of(const struct mn_model *m, const char *id) {
    if (strncmp(id, "site-", 5) == 0)
        return mn_model_site(m, id + 5);
    int line = strncmp(id, "link-", 5) == 0 ? mn_model_component(m, id + 5) : -1;
    return line >= 0 ? m->components[line].site : -1;
}

/* What stands elsewhere on the second sheet, but for the units of the group (-1: of all groups in
 * the area); NULL when nothing does. Date and hash end at the margin: another model's hash begins
 * elsewhere. */
static const char *first_moved(const struct mn_model *m, const struct mn__scene *a,
                               const struct mn__scene *b, int group, int area) {
    for (int i = 0; i < a->n; i++) {
        const struct mn__element *e = &a->elements[i];
        if (!e->id || strcmp(e->id, "sheet-facts") == 0)
            continue;
        int unit = unit_of(m, e->id);
        if (unit >= 0 && (group < 0 ? m->sites[unit].area == area : group_of(m, unit) == group))
            continue;
        for (int k = 0; k < b->n; k++) {
            const struct mn__element *o = &b->elements[k];
            if (o->id && strcmp(o->id, e->id) == 0 &&
                fabs(e->at.x - o->at.x) + fabs(e->at.y - o->at.y) + fabs(e->at.w - o->at.w) +
                        fabs(e->at.h - o->at.h) >
                    0.01)
                return e->id;
        }
    }
    return NULL;
}

static struct mn__sheet *drawn(const struct mn_model *m, int area) {
    struct mn_picture p = {.view = area < 0 ? MN_VIEW_CITY : MN_VIEW_AREA,
                           .n_subjects = area >= 0,
                           .subjects = {{MN_SCOPE_AREA, area}}};
    struct mn__refusal refusal;
    struct mn__sheet *sheet = mn__sheet_draw(m, &p, &refusal);
    assert_non_null(sheet);
    return sheet;
}

static bool stands(const struct mn__scene *s, const char *id) {
    for (int i = 0; i < s->n; i++)
        if (s->elements[i].id && strcmp(s->elements[i].id, id) == 0)
            return true;
    return false;
}

/* Compares the sheets of the city and of the area before and after. */
static void compare(const struct mn_model *m, const struct edit *edits, int n, int group,
                    const char *added) {
    struct mn_files *files;
    struct mn_model *after = edited_city(edits, n, &files);
    for (int turn = 0; turn < 2; turn++) {
        int area = turn ? m->sites[group].area : -1;
        struct mn__sheet *a = drawn(m, area), *b = drawn(after, area);
        const char *moved = first_moved(m, a->scene, b->scene, group, -1);
        if (moved)
            print_error("%d edits, the first of %s at %s, move %s on the sheet of %s\n", n,
                        edits[0].id, m->sites[group].id, moved, turn ? "the area" : "the city");
        assert_null(moved);
        if (added)
            assert_true(stands(b->scene, added));
        mn__sheet_free(a);
        mn__sheet_free(b);
    }
    mn_model_free(after);
    mn_files_free(files);
}

static void test_added(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    int tried = 0;
    for (int s = 0; s < m->n_sites; s++) {
        char point[80];
        snprintf(point, sizeof point, "%s/agg-a", m->sites[s].id);
        if (mn_model_component(m, point) < 0 || m->sites[s].area < 0)
            continue;
        const char *area = m->areas[m->sites[s].area].id;
        const struct edit edits[] = {{.is = ADD_UNIT,
                                      .id = "99998",
                                      .text = "Phường Thử Thêm",
                                      .area = area,
                                      .point = point},
                                     {.is = ADD_UNIT,
                                      .id = "99999",
                                      .text = "Xã Có Một Cái Tên Rất Dài Để Thử Thêm",
                                      .area = area,
                                      .point = point}};
        compare(m, edits, 1 + tried % 2, s, "site-99998");
        tried++;
    }
    assert_int_equal(tried, 12);
    mn_model_free(m);
    mn_files_free(files);
}

static void test_changed(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    static const char *const names[] = {"Phường Ô", "Phường Có Một Cái Tên Dài Hơn Mọi Tên Khác"};
    int tried = 0;
    for (int s = 0; s < m->n_sites; s++) {
        int group = group_of(m, s);
        int n = group < 0 ? 0 : units_in(m, group);
        if (n < 2 || s % 9)
            continue;
        const struct edit rename = {
            .is = RENAME_UNIT, .id = m->sites[s].id, .text = names[tried % 2]};
        const struct edit removal = {.is = REMOVE_UNIT, .id = m->sites[s].id};
        /* A group that falls to a smaller step of the reserve gives the room back. */
        bool shrinks = mn__slots(n - 1) != mn__slots(n);
        compare(m, tried % 3 && !shrinks ? &removal : &rename, 1, group, NULL);
        tried++;
    }
    assert_true(tried > 12);
    mn_model_free(m);
    mn_files_free(files);
}

/* As many as the reserve's step allows leave at once. */
static void test_together(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    int tried = 0;
    for (int group = 0; group < m->n_sites; group++) {
        int n = units_in(m, group), k = 0;
        struct edit edits[6];
        for (int s = 0; s < m->n_sites && k < (int)MN_COUNT(edits); s++)
            if (group_of(m, s) == group && mn__slots(n - k - 1) == mn__slots(n))
                edits[k++] = (struct edit){.is = REMOVE_UNIT, .id = m->sites[s].id};
        if (n < 2 || k < 2)
            continue;
        compare(m, edits, k, group, NULL);
        tried++;
    }
    assert_true(tried >= 3);
    mn_model_free(m);
    mn_files_free(files);
}

/* The rows of one area's units, the last first. */
static void turn_round(void *arg, const char *name, struct mn_buf *text) {
    struct mn_buf turned = MN_BUF_INIT;
    char *rows[400], *old = mn_buf_take(text);
    int n = 0;
    for (char *line = strtok(old, "\n"); line; line = strtok(NULL, "\n")) {
        if (strcmp(name, arg) == 0 && strncmp(line, "  - {id: \"", 10) == 0 &&
            n < (int)MN_COUNT(rows))
            rows[n++] = line;
        else
            mn_buf_printf(&turned, "%s\n", line);
    }
    while (n > 0)
        mn_buf_printf(&turned, "%s\n", rows[--n]);
    free(old);
    *text = turned;
}

static void test_order(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    for (int area = 0; area < m->n_areas; area++) {
        char name[80];
        snprintf(name, sizeof name, "areas/%s.yaml", m->areas[area].id);
        struct mn_files *turned = mn_files_memory("turned");
        put_folder(turned, "topology/hcmc", "", turn_round, name);
        struct mn_model *after = load(turned);
        struct mn__sheet *a = drawn(m, -1), *b = drawn(after, -1);
        const char *moved = first_moved(m, a->scene, b->scene, -1, area);
        if (moved)
            print_error("the rows of %s in another order move %s\n", name, moved);
        assert_null(moved);
        mn__sheet_free(a);
        mn__sheet_free(b);
        mn_model_free(after);
        mn_files_free(turned);
    }
    mn_model_free(m);
    mn_files_free(files);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_added),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_together),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
