/* The facts of an incident: who a role is for it, and which runbooks are for what. */
#include "incident/near.h"
#include "runbook/runbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct world {
    struct mn_files *files;
    struct mn_diags *d;
    struct mn_model *m;
};

static struct world world;

static int open_world(void **state) {
    (void)state;
    world.d = mn_diags_new();
    world.files = mn_files_dir("topology/tiny", "topology/tiny");
    world.m = mn_model_load(world.files, world.d);
    return world.m ? 0 : -1;
}

static int close_world(void **state) {
    (void)state;
    mn_model_free(world.m);
    mn_files_free(world.files);
    mn_diags_free(world.d);
    return 0;
}

static struct mn_subject subject(const char *component, const char *site) {
    struct mn_subject s =
        component ? mn_subject_component(world.m, mn_model_component(world.m, component))
                  : mn_subject_site(-1);
    if (site)
        s.site = mn_model_site(world.m, site);
    return s;
}

/* A role means for the incident what it means at the subject. */
static void test_roles(void **state) {
    (void)state;
    static const char *const SUBJECTS[] = {"26740/cpe", "26740/line-primary", "27676/line-primary"};
    static const char *const LINES[] = {"26740/line-primary", "26740/line-primary",
                                        "27676/line-primary"};
    for (size_t i = 0; i < MN_COUNT(SUBJECTS); i++) {
        struct mn_subject s = subject(SUBJECTS[i], NULL);
        json_t *facts = mn_incident_facts(world.m, s, NULL, NULL, NULL);
        for (int r = 0; r < world.m->n_roles; r++) {
            struct mn_party role = {MN_PARTY_ROLE, r};
            int team = mn_model_resolve(world.m, role, s.component);
            if (team < 0) /* the carrier of a router is that of the unit's line */
                team = mn_model_resolve(world.m, role, mn_model_component(world.m, LINES[i]));
            const char *said =
                mn_json_string(json_object_get(facts, "roles"), world.m->roles[r].id);
            if (team < 0)
                assert_null(said);
            else
                assert_string_equal(said, world.m->teams[team].id);
        }
        json_decref(facts);
    }
}

/* A service has no place of its own: the unit that reports it has. */
static void test_service_at_a_site(void **state) {
    (void)state;
    json_t *facts =
        mn_incident_facts(world.m, subject("meeting", "26740"), "no-sound", "low", "lan");
    json_t *at_site = mn_incident_facts(world.m, subject("26740/cpe", NULL), NULL, NULL, NULL);
    const json_t *about = json_object_get(facts, "subject");
    assert_string_equal(mn_json_string(about, "id"), "meeting");
    assert_string_equal(mn_json_string(about, "class"), "service");
    assert_string_equal(mn_json_string(json_object_get(about, "site"), "id"), "26740");
    assert_true(json_array_size(json_object_get(about, "endpoints")) > 0);
    assert_string_equal(mn_json_string(facts, "symptom"), "no-sound");
    assert_string_equal(mn_json_string(json_object_get(facts, "roles"), "area"),
                        mn_json_string(json_object_get(at_site, "roles"), "area"));
    json_decref(facts);
    json_decref(at_site);
}

/* The same subject gives the same bytes. */
static void test_fixed_order(void **state) {
    (void)state;
    for (int c = 0; c < world.m->n_components; c++) {
        struct mn_buf x = MN_BUF_INIT, y = MN_BUF_INIT;
        json_t *one = mn_incident_facts(world.m, mn_subject_component(world.m, c), NULL, NULL, "x");
        json_t *two = mn_incident_facts(world.m, mn_subject_component(world.m, c), NULL, NULL, "x");
        mn_json_write(&x, one, 0, false);
        mn_json_write(&y, two, 0, false);
        assert_string_equal(mn_buf_text(&x), mn_buf_text(&y));
        json_decref(one);
        json_decref(two);
        mn_buf_fini(&x);
        mn_buf_fini(&y);
    }
}

#define NAMES(...)                                                                                 \
    {                                                                                              \
        MN_COUNT(((const char *[]){__VA_ARGS__})), (const char *[]) {                              \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static void test_applies(void **state) {
    (void)state;
    const struct mn_runbook router = {.id = "r", .kinds = NAMES("cpe", "cpe-small")};
    const struct mn_runbook meeting = {.id = "m", .services = NAMES("meeting")};
    const struct mn_runbook wards = {.id = "w", .site_types = NAMES("ward")};
    const struct mn_runbook ward_router = {
        .id = "b", .kinds = NAMES("cpe"), .site_types = NAMES("commune")};
    const struct {
        const struct mn_runbook *r;
        const char *component, *site;
        bool applies;
    } CASES[] = {{&router, "26740/cpe", NULL, true},      {&router, "26740/switch", NULL, false},
                 {&router, NULL, "26740", false},         {&meeting, "meeting", NULL, true},
                 {&meeting, "meeting", "26740", true},    {&meeting, "documents", "26740", false},
                 {&meeting, "26740/cpe", NULL, false},    {&wards, NULL, "26740", true},
                 {&wards, NULL, "27676", false},          {&wards, "26740/cpe", NULL, false},
                 {&ward_router, "26740/cpe", NULL, false}};
    for (size_t i = 0; i < MN_COUNT(CASES); i++) {
        bool applies =
            mn_runbook_applies(CASES[i].r, world.m, subject(CASES[i].component, CASES[i].site));
        if (applies != CASES[i].applies)
            fail_msg("case %zu: %s", i, applies ? "applies" : "does not apply");
    }
    int component = -1;
    assert_true(
        mn_runbook_applies_within(&router, world.m, mn_model_site(world.m, "26740"), &component));
    assert_string_equal(world.m->components[component].id, "26740/cpe");
    assert_true(
        mn_runbook_applies_within(&meeting, world.m, mn_model_site(world.m, "26740"), &component));
    assert_string_equal(world.m->components[component].id, "meeting");
    assert_false(
        mn_runbook_applies_within(&router, world.m, mn_model_site(world.m, "dc1"), &component));
}

static void test_what_concerns_an_incident(void **state) {
    (void)state;
    static const struct {
        const char *component, *site, *observed;
        enum mn_near near;
    } cases[] = {
        {"26740/line-primary", NULL, "26740/line-primary", MN_NEAR_SAME},
        {NULL, "26740", "26740", MN_NEAR_SAME},
        {"26740/line-primary", NULL, "26740", MN_NEAR_SITE},
        {"26740/line-primary", NULL, "26740/pc", MN_NEAR_SITE},
        {NULL, "26740", "26740/pc", MN_NEAR_SITE},
        {"26740/line-primary", NULL, "dc1/core", MN_NEAR_WAY},
        {"26740/line-primary", NULL, "dc1", MN_NEAR_WAY},
        {"26740/line-primary", NULL, "pop2/agg-a", MN_NEAR_WAY},  /* only of the alternative */
        {"26740/line-primary", NULL, "dc1/cooling", MN_NEAR_WAY}, /* a group of what is passed */
        {"26740/line-primary", NULL, "dc1/ups", MN_NEAR_WAY},     /* what powers it */
        {"26740/line-primary", NULL, "dc1/storage", MN_NEAR_WAY}, /* what it needs */
        {"26740/line-primary", NULL, "documents", MN_NEAR_WAY},   /* a service that is used */
        {"26740/line-primary", NULL, "dns", MN_NEAR_WAY},         /* one that it needs */
        {"26740/line-primary", NULL, "27676", MN_NEAR_NOT},
        {"26740/line-primary", NULL, "27676/cpe", MN_NEAR_NOT},
        {"26740/line-primary", NULL, "no/such", MN_NEAR_NOT},
        {"dc1/core", "", "27676", MN_NEAR_NOT},
    };
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct mn_subject s =
            cases[i].component
                ? mn_subject_component(world.m, mn_model_component(world.m, cases[i].component))
                : mn_subject_site(mn_model_site(world.m, cases[i].site));
        enum mn_near near = mn_near(world.m, s, cases[i].observed);
        if (near != cases[i].near)
            fail_msg("%s of %s: %s", cases[i].observed,
                     cases[i].component ? cases[i].component : cases[i].site, mn_near_name(near));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_concerns_an_incident),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_service_at_a_site),
        cmocka_unit_test(test_fixed_order),
        cmocka_unit_test(test_applies),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
