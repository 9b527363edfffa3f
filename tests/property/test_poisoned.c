/* No text of a model breaks a picture: every view of a network all of whose texts are hostile is
 * drawn legibly, or on a larger paper, or refused; its document is well formed and leads nowhere.
 */
#include "diagram/render.h"
#include "property/drawing.h"
#include "property/legible.h"
#include "property/loaded.h"
#include "unit/well_formed.h"

enum { MOST_SUBJECTS = 3 };
static int drawn[MN_VIEWS];

static const char *const poisons[] = {
    "\\N \\G \\L \\\\ \\l %s%n ]]> <!-- --> <b>x</b> &#60;b&#62; &amp; \"q\" 'a' {x|<y>z}",
    "javascript:alert(1)//\"onload=x http://x/ file:///etc/passwd <image href=\"x\"/><script>x</script>",
    "\u202Eabc\u202C \u0627\u0644\u0634\u0628\u0643\u0629 \u05D0\u05D1\u05D2",
    "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B \U0001F468\u200D\U0001F469\u200D\U0001F467 \U0010FFFD",
    "\x01\x02\x1b[31m\x7f\xC2\x85\xEF\xBF\xBE end",
    "\u200B \u00A0",
    NULL /* 5,000 letters without a blank */
};

#define POISON(list, count, field)                                                                 \
    for (int i = 0; i < (count); i++)                                                              \
        *(struct mn_name *)&(list)[i].field = (struct mn_name) {                                   \
            .full = { text, text }                                                                 \
        }
#define POISON_TEXT(list, count, field)                                                            \
    for (int i = 0; i < (count); i++)                                                              \
        *(struct mn_text *)&(list)[i].field = (struct mn_text) {                                   \
            text, text                                                                             \
        }

/* Everything that a person wrote. Ids keep to their letters: the loader sees to that. */
static void poison(struct mn_model *m, const char *text) {
    m->name = (struct mn_name){.full = {text, text}};
    POISON(m->areas, m->n_areas, name);
    POISON(m->sites, m->n_sites, name);
    POISON(m->components, m->n_components, name);
    POISON(m->kinds, m->n_kinds, name);
    POISON(m->teams, m->n_teams, name);
    POISON(m->roles, m->n_roles, name);
    POISON(m->policies, m->n_policies, name);
    POISON(m->severities, m->n_severities, name);
    POISON(m->regulations, m->n_regulations, title);
    POISON_TEXT(m->teams, m->n_teams, contact);
    POISON_TEXT(m->teams, m->n_teams, hours);
    POISON_TEXT(m->severities, m->n_severities, description);
    POISON_TEXT(m->services, m->n_services, owner);
    POISON_TEXT(m->services, m->n_services, description);
    POISON_TEXT(m->components, m->n_components, note);
    for (int k = 0; k < m->n_policies; k++)
        POISON_TEXT(m->policies[k].levels, m->policies[k].n_levels, note);
}

static int try(const struct mn_model *m, const struct mn_picture *p) {
    struct mn__refusal refusal = {.code = -1};
    const char *view = mn_view_info(p->view)->name;
    struct mn__sheet *sheet = mn__sheet_draw(m, p, &refusal);
    if (!sheet && refusal.code == MN_D_diagram_paper) {
        struct mn_picture larger = *p;
        larger.paper = (enum mn_paper)mn_paper_parse(refusal.args[1]);
        sheet = mn__sheet_draw(m, &larger, &refusal);
        assert_non_null(sheet);
    }
    if (!sheet) /* such as a service that is no meeting system */
        return 0;
    int faults = illegible(sheet, view);
    struct mn_buf b = MN_BUF_INIT;
    struct reading r = {.suffix = ".svg"};
    sheet->scene->links = true;
    assert_true(mn__render(sheet->scene, MN_SVG, &b));
    check_xml(&r, mn_buf_text(&b));
    mn_buf_fini(&b);
    assert_true(mn__render(sheet->scene, MN_PDF, &b));
    assert_true(b.size > 1000 && memcmp(b.data, "%PDF", 4) == 0);
    mn_buf_fini(&b);
    mn__sheet_free(sheet);
    drawn[p->view]++;
    return faults;
}

/* Without a subject, and with the first few of each kind that the view takes. */
static int try_view(const struct mn_model *m, enum mn_view view, enum mn_lang lang) {
    const struct mn_view_info *info = mn_view_info(view);
    struct mn_picture p = {.view = view, .lang = lang, .before = info->models ? m : NULL};
    const int counts[][2] = {{MN_SCOPE_AREA, m->n_areas},
                             {MN_SCOPE_SITE, m->n_sites},
                             {MN_SCOPE_COMPONENT, m->n_components},
                             {MN_SCOPE_SERVICE, m->n_services}};
    int faults = 0;
    if (!mn__view_of(&p)->draw)
        return 0;
    faults += info->least == 0 ? try(m, &p) : 0;
    for (size_t s = 0; s < MN_COUNT(counts) && info->most; s++)
        for (int i = 0;
             i < counts[s][1] && i < MOST_SUBJECTS && info->subjects & (unsigned)counts[s][0];
             i++) {
            int of = counts[s][0] == MN_SCOPE_SERVICE ? m->services[i].component : i;
            p.n_subjects = info->least > 1 || view == MN_VIEW_PATH ? 2 : 1;
            p.subjects[0] = (struct mn_found){
                counts[s][0] == MN_SCOPE_SERVICE ? MN_SCOPE_COMPONENT : (enum mn_scope)counts[s][0],
                of};
            p.subjects[1] = (struct mn_found){MN_SCOPE_COMPONENT, m->services[0].component};
            faults += try(m, &p);
        }
    return faults;
}

static void test_views(void **state) {
    (void)state;
    char *huge = mn_new0(5001, 1);
    memset(huge, 'W', 5000);
    int faults = 0;
    for (size_t i = 0; i < MN_COUNT(poisons); i++) {
        struct mn_files *files = mn_files_dir("topology/tiny", "topology/tiny");
        struct mn_model *m = load(files);
        poison(m, poisons[i] ? poisons[i] : huge);
        for (int view = 0; view < MN_VIEWS; view++)
            faults += try_view(m, (enum mn_view)view, (enum mn_lang)(i % 2));
        mn_model_free(m);
        mn_files_free(files);
    }
    free(huge);
    for (int view = 0; view < MN_VIEWS; view++)
        if (view != MN_VIEW_ATLAS && !drawn[view])
            fail_msg("%s was never drawn", mn_view_info((enum mn_view)view)->name);
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_views)};
    return cmocka_run_group_tests(tests, open_libraries, NULL);
}
