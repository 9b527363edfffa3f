/* Every view of every subject can be read, for the shipped models and for made ones of any shape;
 * and a unit more moves nothing outside its group. */
#include "diagram/inside.h"
#include "property/drawing.h"
#include "property/legible.h"
#include "property/loaded.h"
#include "property/made_model.h"

static int pictures;

static int try_picture(const struct mn_model *m, const struct mn_picture *p, const char *what) {
    struct mn__refusal refusal = {.code = -1};
    struct mn__sheet *sheet = mn__sheet_draw(m, p, &refusal);
    pictures++;
    if (!sheet) {
        fprintf(stderr, "%s: %s %s %s\n", what, mn_code_info((enum mn_code)refusal.code)->name,
                refusal.args[0], refusal.args[1]);
        return 1;
    }
    int faults = illegible(sheet, what);
    mn__sheet_free(sheet);
    return faults;
}

/* Who is told: in all, about each service, each `step`-th unit, and one component of each kind. */
static int try_escalation(const struct mn_model *m, enum mn_lang lang, int step) {
    char what[120];
    struct mn_picture p = {.view = MN_VIEW_ESCALATION, .lang = lang};
    int faults = try_picture(m, &p, "escalation");
    bool *seen = mn_new0((size_t)m->n_kinds + 1, sizeof *seen);
    p.n_subjects = 1;
    for (int i = 0, units = 0; i < m->n_sites; i++) {
        if (m->sites[i].lines.n > 0 && units++ % step)
            continue;
        snprintf(what, sizeof what, "escalation %s", m->sites[i].id);
        p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, i};
        faults += m->sites[i].nodes.n ? try_picture(m, &p, what) : 0;
    }
    for (int i = 0; i < m->n_components; i++) {
        const struct mn_component *c = &m->components[i];
        bool known = c->kind >= 0 && seen[c->kind];
        if (known && c->cls != MN_SERVICE)
            continue;
        if (c->kind >= 0)
            seen[c->kind] = true;
        snprintf(what, sizeof what, "escalation %s", c->id);
        p.subjects[0] = (struct mn_found){MN_SCOPE_COMPONENT, i};
        faults += try_picture(m, &p, what);
    }
    free(seen);
    return faults;
}

/* Each meeting system, and bridge points of each `step`-th unit. */
static int try_meeting(const struct mn_model *m, enum mn_lang lang, int step) {
    char what[120];
    struct mn_picture p = {.view = MN_VIEW_MEETING, .lang = lang};
    int faults = try_picture(m, &p, "meeting"), systems = 0;
    p.n_subjects = 1;
    for (int i = 0; i < m->n_services; i++) {
        if (!m->services[i].meeting)
            continue;
        systems++;
        snprintf(what, sizeof what, "meeting %s", m->components[m->services[i].component].id);
        p.subjects[0] = (struct mn_found){MN_SCOPE_SERVICE, m->services[i].component};
        faults += try_picture(m, &p, what);
    }
    assert_true(systems > 0);
    for (int i = 0, units = 0; i < m->n_sites; i++) {
        if (!m->sites[i].lines.n || units++ % step)
            continue;
        snprintf(what, sizeof what, "bridge point %s", m->sites[i].id);
        p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, i};
        faults += try_picture(m, &p, what);
    }
    return faults;
}

/* All views and subjects; paths and sites of each `step`-th unit. */
static int try_all(const struct mn_model *m, enum mn_lang lang, int step) {
    int faults = 0;
    char what[120];
    struct mn_picture p = {.view = MN_VIEW_CITY, .lang = lang};
    faults += try_picture(m, &p, "city");
    p.paper = MN_SLIDE;
    faults += try_picture(m, &p, "city on a slide");
    faults += try_escalation(m, lang, step);
    faults += try_meeting(m, lang, step);
    for (int i = 0; i < m->n_areas; i++) {
        bool used = false;
        for (int s = 0; s < m->n_sites; s++)
            used = used || (m->sites[s].area == i && m->sites[s].lines.n);
        snprintf(what, sizeof what, "area %s", m->areas[i].id);
        p = (struct mn_picture){
            .view = MN_VIEW_AREA, .lang = lang, .n_subjects = 1, .subjects = {{MN_SCOPE_AREA, i}}};
        faults += used ? try_picture(m, &p, what) : 0;
    }
    for (int i = 0; i < m->n_services; i++) {
        snprintf(what, sizeof what, "service %s", m->components[m->services[i].component].id);
        p = (struct mn_picture){.view = MN_VIEW_SERVICE,
                                .lang = lang,
                                .n_subjects = 1,
                                .subjects = {{MN_SCOPE_SERVICE, m->services[i].component}}};
        faults += try_picture(m, &p, what);
    }
    for (int i = 0, units = 0; i < m->n_sites; i++) {
        bool unit = m->sites[i].lines.n > 0;
        if (!m->sites[i].nodes.n || (unit && units++ % step))
            continue;
        snprintf(what, sizeof what, "site %s", m->sites[i].id);
        p = (struct mn_picture){
            .view = MN_VIEW_SITE, .lang = lang, .n_subjects = 1, .subjects = {{MN_SCOPE_SITE, i}}};
        faults += try_picture(m, &p, what);
        if (mn__hosts_services(m, i)) {
            snprintf(what, sizeof what, "data centre %s", m->sites[i].id);
            p.view = MN_VIEW_DATA_CENTRE;
            faults += try_picture(m, &p, what);
        }
        for (int k = 0; unit && k < m->sites[i].uses.n && k < 2; k++) {
            int service = m->services[m->sites[i].uses.at[k]].component;
            snprintf(what, sizeof what, "path %s %s", m->sites[i].id, m->components[service].id);
            p = (struct mn_picture){
                .view = MN_VIEW_PATH,
                .lang = lang,
                .n_subjects = 2,
                .subjects = {{MN_SCOPE_SITE, i}, {MN_SCOPE_COMPONENT, service}}};
            faults += try_picture(m, &p, what);
        }
    }
    return faults;
}

static void shipped(const char *path, int step) {
    struct mn_files *files = mn_files_dir(path, path);
    struct mn_model *m = load(files);
    int faults = try_all(m, MN_VI, step) + try_all(m, MN_EN, step);
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

static void test_tiny(void **state) {
    (void)state;
    shipped("topology/tiny", 1);
}

static void test_city(void **state) {
    (void)state;
    shipped("topology/hcmc", 8);
}

static void test_marked(void **state) {
    (void)state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    struct mn_mark *marks = mn_new0((size_t)m->n_sites + (size_t)m->n_nodes, sizeof *marks);
    int n = 0;
    for (int i = 0; i < m->n_sites; i++)
        marks[n++] = (struct mn_mark){(enum mn_mark_as)(i % MN_MARKS), {MN_SCOPE_SITE, i}};
    for (int i = 0; i < m->n_nodes; i += 7)
        marks[n++] = (struct mn_mark){(enum mn_mark_as)(i % MN_MARKS), {MN_SCOPE_COMPONENT, i}};
    struct mn_picture p = {.view = MN_VIEW_CITY, .n_marks = n, .marks = marks};
    int faults = try_picture(m, &p, "marked city");
    p.paper = MN_SLIDE;
    faults += try_picture(m, &p, "marked city on a slide");
    p.paper = MN_PAPER_AUTO;
    for (int i = 0; i < m->n_sites; i++)
        if (m->sites[i].lines.n && i % 40 == 0) {
            p.view = MN_VIEW_SITE;
            p.n_subjects = 1;
            p.subjects[0] = (struct mn_found){MN_SCOPE_SITE, i};
            faults += try_picture(m, &p, "marked site");
        }
    free(marks);
    mn_model_free(m);
    mn_files_free(files);
    assert_int_equal(faults, 0);
}

/* The name of the frame that a device stands in, or NULL. */
static const char *frame_of(const struct mn__sheet *sheet, const char *site, const char *device) {
    char id[80];
    snprintf(id, sizeof id, "node-%s/%s", site, device);
    int at = mn__find_id(sheet->scene, id),
        frame = at >= 0 ? sheet->scene->elements[at].within : -1;
    return frame >= 0 ? sheet->scene->elements[frame].tip : NULL;
}

/* What stands in an office is grouped by what it is for; and the whole of it fits A4. */
static void test_office(void **state) {
    (void)state;
    static const struct {
        const char *path, *site;
        struct {
            const char *device, *frame;
        } stands[8];
    } cases[] = {
        {"topology/hcmc",
         "26740",
         {{"cpe", "Network equipment"},
          {"wifi", "Network equipment"},
          {"token", "Work places"},
          {"printer", "Work places"},
          {"scanner", "Public-service counter"},
          {"microphone", "Meeting room"},
          {"party-codec", "Party, Front and mass organisations"},
          {"party-switch", "Party, Front and mass organisations"}}},
        {"topology/tiny",
         "27676",
         {{"cpe", "Network equipment"},
          {"switch-2", "Network equipment"},
          {"token", "Work places · switch"},
          {"pc-2", "Work places · switch-2"},
          {"codec", "Meeting room"}}},
        {"topology/tiny", "26740", {{"kiosk", "Public-service counter"}, {"pc", "Work places"}}}};
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct mn_files *files = mn_files_dir(cases[i].path, cases[i].path);
        struct mn_model *m = load(files);
        struct mn_picture p = {.view = MN_VIEW_SITE,
                               .lang = MN_EN,
                               .n_subjects = 1,
                               .subjects = {{MN_SCOPE_SITE, mn_model_site(m, cases[i].site)}}};
        struct mn__refusal refusal;
        struct mn__sheet *sheet = mn__sheet_draw(m, &p, &refusal);
        assert_non_null(sheet);
        assert_int_equal(sheet->paper, MN_A4);
        for (size_t k = 0; k < MN_COUNT(cases[i].stands) && cases[i].stands[k].device; k++) {
            const char *frame = frame_of(sheet, cases[i].site, cases[i].stands[k].device);
            assert_string_equal(frame ? frame : "", cases[i].stands[k].frame);
        }
        mn__sheet_free(sheet);
        mn_model_free(m);
        mn_files_free(files);
    }
}

/* What the model does not have is said, not drawn. */
static void test_refused(void **state) {
    (void)state;
    struct made_shape shape = {.areas = 1, .points = 1, .units = 2, .cores = 1, .centres = 1};
    struct made *t = made_model(&shape);
    static const struct {
        enum mn_view view;
        enum mn_code code;
    } cases[] = {{MN_VIEW_ESCALATION, MN_D_diagram_no_policies},
                 {MN_VIEW_MEETING, MN_D_diagram_no_meeting}};
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct mn_picture p = {.view = cases[i].view};
        struct mn__refusal refusal = {.code = -1};
        assert_null(mn__sheet_draw(&t->m, &p, &refusal));
        assert_int_equal(refusal.code, cases[i].code);
    }
    made_free(t);
}

static void test_made(void **state) {
    (void)state;
    static const struct {
        struct made_shape shape;
        enum mn_paper paper;
    } cases[] = {
        {{.areas = 1,
          .points = 6,
          .units = 168,
          .cores = 1,
          .centres = 2,
          .backups = 1,
          .ring = true},
         MN_A3},
        {{.areas = 1, .points = 1, .units = 168, .centres = 1}, MN_A3},
        {{.areas = 40, .points = 1, .units = 3, .cores = 2, .centres = 1}, MN_A2},
        {{.areas = 3,
          .points = 4,
          .units = 40,
          .cores = 3,
          .centres = 2,
          .backups = 3,
          .ring = true},
         MN_A2},
        {{.areas = 2,
          .points = 3,
          .units = 30,
          .cores = 2,
          .centres = 2,
          .backups = 1,
          .name_length = 60},
         MN_A3},
        {{.areas = 4, .points = 0, .units = 12, .cores = 1, .centres = 1, .backups = 1}, MN_A3},
        {{.areas = 3, .points = 5, .units = 25, .cores = 5, .centres = 4, .ring = true}, MN_A3},
        {{.areas = 6, .points = 2, .units = 9, .cores = 8, .centres = 3, .backups = 2}, MN_A3},
        {{.areas = 1, .points = 1, .units = 1}, MN_A4},
    };
    int faults = 0;
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct made *t = made_model(&cases[i].shape);
        struct mn_picture p = {.view = MN_VIEW_CITY, .paper = cases[i].paper};
        char what[40];
        snprintf(what, sizeof what, "made %zu", i);
        faults += try_picture(&t->m, &p, what);
        p = (struct mn_picture){.view = MN_VIEW_AREA,
                                .paper = MN_A2,
                                .n_subjects = 1,
                                .subjects = {{MN_SCOPE_AREA, 0}}};
        snprintf(what, sizeof what, "made %zu, area 0", i);
        faults += try_picture(&t->m, &p, what);
        made_free(t);
    }
    assert_int_equal(faults, 0);
}

/* Labels that break programs: drawn within their boxes like any other. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const names[] = {
        "\\N \\L \\\\ &#60;b&#62; <b>x</b> \"q\" 'a' ]]> <!-- --> &amp;",
        "\u202Eabc\u202C \u0627\u0644\u0634\u0628\u0643\u0629",
        "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F600\U0001F600\U0001F600",
        "\x01\x02\x1b[31m\x7f",
        "中文漢字 かな 한국어",
        "javascript:alert(1) http://x/ file:///etc/passwd"};
    char *huge = mn_new0(5001, 1);
    memset(huge, 'W', 5000);
    int faults = 0;
    for (size_t i = 0; i <= MN_COUNT(names); i++) {
        struct made_shape shape = {.areas = 1,
                                   .points = 2,
                                   .units = 6,
                                   .cores = 1,
                                   .centres = 1,
                                   .backups = 1,
                                   .name = i < MN_COUNT(names) ? names[i] : huge};
        struct made *t = made_model(&shape);
        for (int site = 0; site < t->m.n_sites; site++) {
            struct mn_picture p = {
                .view = MN_VIEW_SITE, .n_subjects = 1, .subjects = {{MN_SCOPE_SITE, site}}};
            faults += try_picture(&t->m, &p, "hostile site");
        }
        struct mn_picture p = {.view = MN_VIEW_CITY};
        faults += try_picture(&t->m, &p, "hostile city");
        made_free(t);
    }
    free(huge);
    assert_int_equal(faults, 0);
}

/* Every unit stands on the city's sheet exactly once, and on that of the meeting system. */
static void complete(enum mn_view view) {
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *m = load(files);
    struct mn_picture p = {.view = view};
    struct mn__refusal refusal;
    struct mn__sheet *sheet = mn__sheet_draw(m, &p, &refusal);
    assert_non_null(sheet);
    int units = 0;
    for (int i = 0; i < m->n_sites; i++) {
        char id[80];
        int count = 0;
        snprintf(id, sizeof id, "site-%s", m->sites[i].id);
        for (int k = 0; k < sheet->scene->n; k++)
            count += sheet->scene->elements[k].id && strcmp(sheet->scene->elements[k].id, id) == 0;
        if (m->sites[i].lines.n) {
            assert_int_equal(count, 1);
            units++;
        }
    }
    assert_int_equal(units, 168);
    assert_true(sheet->scene->width == 1190.55 && sheet->scene->height == 841.89);
    mn__sheet_free(sheet);
    mn_model_free(m);
    mn_files_free(files);
}

static void test_complete(void **state) {
    (void)state;
    complete(MN_VIEW_CITY);
    complete(MN_VIEW_MEETING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tiny),     cmocka_unit_test(test_city),
        cmocka_unit_test(test_marked),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_made),     cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_complete), cmocka_unit_test(test_office),
    };
    int failed = cmocka_run_group_tests(tests, open_libraries, NULL);
    printf("%d pictures\n", pictures);
    return failed;
}
