/* Failures as people write them, the choice of routes, sites that lack what they use, and chains of
 * requirements too long for a recursion. What works in general: tests/property/test_impact.c. */
#include "analysis/availability.h"
#include "analysis/check.h"
#include "analysis/impact.h"
#include "analysis/path.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char head[] =
    "network: {id: t, name: {vi: t, en: t}, status: illustrative, date: 2026-01-01}\n"
    "teams: [{id: crew, name: {vi: t, en: t}}]\n"
    "kinds:\n"
    "  box: {name: {vi: hộp, en: box}, class: node,"
    " faults: {hot: {name: {vi: nóng, en: hot}, repair: cool, by: crew},"
    " flaps: {name: {vi: chập chờn, en: flaps}, repair: cool, by: crew, effect: intermittent}}}\n"
    "  hub: {name: {vi: nút, en: hub}, class: node, transit: true}\n"
    "  wire: {name: {vi: dây, en: wire}, class: link}\n"
    "  duct: {name: {vi: ống, en: duct}, class: shared-risk}\n"
    "  app: {name: {vi: ứng dụng, en: app}, class: service}\n";

/* Two lines, the better one longer; two hubs of which one shares a duct with the first line. */
static const char office[] =
    "blueprints:\n"
    "  office:\n"
    "    nodes: {pc: {kind: box}, cpe: {kind: box}}\n"
    "    links: [{id: lan, kind: wire, ends: [pc, cpe]}]\n"
    "    lines: {primary: {kind: wire, at: cpe, capacity: 200M}, backup: {kind: wire, at: cpe,"
    " capacity: 5M}}\n"
    "sites:\n"
    "  - {id: w1, name: {vi: Một, en: One}, type: ward, blueprint: office, powered_by: [mains],"
    " lines: {primary: {to: far, shared_risk: [d1]}, backup: near}}\n"
    "  - {id: w2, name: {vi: Hai, en: Two}, type: ward, blueprint: office, powered_by: [mains],"
    " lines: {primary: far, backup: near}, uses: {add: [heavy]}}\n"
    "  - {id: dc, name: {vi: Trung tâm, en: Centre}, type: pop}\n"
    "nodes:\n"
    "  - {id: far, kind: hub}\n"
    "  - {id: near, kind: hub}\n"
    "  - {id: dc/hub, kind: hub, site: dc}\n"
    "  - {id: dc/vm, kind: box, site: dc}\n"
    "  - {id: dc/gate, kind: box, site: dc}\n"
    "links:\n"
    "  - {id: f1, kind: wire, ends: [far, near], delay: 1ms}\n"
    "  - {id: f2, kind: wire, ends: [far, dc/hub], delay: 9ms, shared_risk: [d1]}\n"
    "  - {id: f3, kind: wire, ends: [far, dc/hub], delay: 2ms}\n"
    "  - {id: n1, kind: wire, ends: [near, dc/hub], delay: 1ms}\n"
    "  - {id: v1, kind: wire, ends: [dc/hub, dc/vm]}\n"
    "  - {id: g1, kind: wire, ends: [dc/hub, dc/gate]}\n"
    "shared_risk:\n"
    "  - {id: d1, name: {vi: Ống, en: Duct}, kind: duct}\n"
    "  - {id: mains, name: {vi: Điện, en: Mains}, kind: duct}\n"
    "services:\n"
    "  - {id: web, kind: app, name: {vi: w, en: w}, by: crew, hosts: [dc/vm], endpoint: pc,"
    " used_at: [ward], needs: 1M, via: dc/gate}\n"
    "  - {id: heavy, kind: app, name: {vi: w, en: w}, by: crew, hosts: [dc/vm], endpoint: pc,"
    " used_at: [], needs: 100M}\n";

struct loaded {
    struct mn_files *files;
    struct mn_model *m;
    struct mn_diags *d;
};

static struct loaded load(const char *const *parts) {
    struct loaded x = {mn_files_memory("test"), NULL, mn_diags_new()};
    struct mn_buf yaml = MN_BUF_INIT;
    for (; *parts; parts++)
        mn_buf_puts(&yaml, *parts);
    mn_files_put(x.files, "network.yaml", mn_buf_text(&yaml), yaml.size);
    x.m = mn_model_load(x.files, x.d);
    if (!x.m) {
        struct mn_buf b = MN_BUF_INIT;
        for (size_t i = 0; i < mn_diags_count(x.d); i++)
            mn_diags_render(x.d, i, MN_EN, false, &b);
        print_error("%s\n", mn_buf_text(&b));
        mn_buf_fini(&b);
    }
    mn_buf_fini(&yaml);
    assert_non_null(x.m);
    return x;
}

static void unload(struct loaded *x) {
    mn_model_free(x->m);
    mn_files_free(x->files);
    mn_diags_free(x->d);
}

static struct loaded load_office(void) {
    return load((const char *const[]){head, office, NULL});
}

/* ---- failures ---- */

static void test_failures_are_parsed_and_sorted(void **state) {
    (void)state;
    struct loaded x = load_office();
    static const char *const texts[] = {"w1/pc!hot", "far", "w1/pc", "w1/pc!flaps", "far"};
    struct mn_failure f[5];
    for (int i = 0; i < 5; i++)
        assert_true(mn_failure_parse(x.m, texts[i], &f[i], x.d));
    int n = mn_failure_sort(x.m, f, 5);
    struct mn_buf b = MN_BUF_INIT;
    for (int i = 0; i < n; i++) {
        mn_failure_text(x.m, f[i], &b);
        mn_buf_putc(&b, ' ');
    }
    assert_string_equal(mn_buf_text(&b), "far w1/pc w1/pc!flaps w1/pc!hot ");
    mn_buf_fini(&b);
    assert_int_equal(mn_diags_errors(x.d), 0);
    assert_false(mn_failure_parse(x.m, "w1/pc!cold", &f[0], x.d));
    assert_false(mn_failure_parse(x.m, "no-such!hot", &f[0], x.d));
    assert_int_equal(mn_diags_errors(x.d), 2);
    unload(&x);
}

/* ---- routes ---- */

static struct mn_found place(const struct loaded *x, const char *id) {
    int site = mn_model_site(x->m, id);
    if (site >= 0)
        return (struct mn_found){MN_SCOPE_SITE, site};
    return (struct mn_found){MN_SCOPE_COMPONENT, mn_model_component(x->m, id)};
}

static void add_route(const struct mn_model *m, const struct mn_route *r, struct mn_buf *b) {
    for (int i = 0; i < r->n; i++)
        mn_buf_printf(b, " %s", m->components[r->components[i]].id);
}

/* "in use | alternative | shared" */
static void check_paths(const char *failed, const char *from, const char *to, const char *want) {
    struct loaded x = load_office();
    struct mn_failure f;
    int n = *failed ? mn_failure_parse(x.m, failed, &f, x.d) : 0;
    struct mn_paths *p = mn_paths_new(x.m, &f, n, place(&x, from), place(&x, to), x.d);
    struct mn_buf b = MN_BUF_INIT;
    for (int i = 0; p && i < p->n; i++) {
        add_route(x.m, &p->at[i].in_use, &b);
        mn_buf_puts(&b, " |");
        add_route(x.m, &p->at[i].alternative, &b);
        mn_buf_puts(&b, " |");
        for (int k = 0; k < p->at[i].shared.n; k++)
            mn_buf_printf(&b, " %s", x.m->components[p->at[i].shared.at[k]].id);
    }
    assert_string_equal(mn_buf_text(&b), want);
    mn_buf_fini(&b);
    mn_paths_free(p);
    unload(&x);
}

static void test_routes(void **state) {
    (void)state;
    static const struct {
        const char *failed, *from, *to, *want;
    } rows[] = {
        /* the primary line though it is no shorter, the quicker of two parallel fibres, and the
         * alternative by the other line */
        {"", "w1/pc", "dc/vm",
         " w1/pc w1/lan w1/cpe w1/line-primary far f3 dc/hub v1 dc/vm |"
         " w1/pc w1/lan w1/cpe w1/line-backup near n1 dc/hub v1 dc/vm |"
         " dc/hub w1/cpe v1 w1/lan"},
        /* of two alternatives, not the one in the duct of the line in use */
        {"near", "w1/pc", "dc/vm",
         " w1/pc w1/lan w1/cpe w1/line-primary far f3 dc/hub v1 dc/vm |"
         " w1/pc w1/lan w1/cpe w1/line-primary far f2 dc/hub v1 dc/vm |"
         " far dc/hub w1/cpe v1 w1/lan w1/line-primary d1"},
        {"far", "w1/pc", "dc/vm",
         " w1/pc w1/lan w1/cpe w1/line-backup near n1 dc/hub v1 dc/vm | |"},
        {"w1/cpe", "w1/pc", "dc/vm", " | |"},
        /* there and back: a gateway on a stick */
        {"f2", "w2", "web",
         " w2/pc w2/lan w2/cpe w2/line-primary far f3 dc/hub g1 dc/gate g1 dc/hub v1 dc/vm |"
         " w2/pc w2/lan w2/cpe w2/line-backup near n1 dc/hub g1 dc/gate g1 dc/hub v1 dc/vm |"
         " dc/hub dc/gate w2/cpe v1 g1 w2/lan"},
        /* the backup line is too small for it */
        {"far", "heavy", "w2", " | |"},
        {"near", "heavy", "w2/pc",
         " dc/vm v1 dc/hub f3 far w2/line-primary w2/cpe w2/lan w2/pc |"
         " dc/vm v1 dc/hub f2 far w2/line-primary w2/cpe w2/lan w2/pc |"
         " far dc/hub w2/cpe v1 w2/lan w2/line-primary"},
        /* a site: its device, or what carries traffic there; a link: its nearer end */
        {"w1/line-primary", "w1", "dc",
         " w1/pc w1/lan w1/cpe w1/line-backup near n1 dc/hub |"
         " w1/pc w1/lan w1/cpe w1/line-backup near f1 far f3 dc/hub | near w1/cpe w1/lan w1/line-backup"},
        {"", "near", "f2", " near f1 far | near n1 dc/hub f3 far |"},
        {"", "d1", "near", ""},
        {"", "web", "heavy", ""},
        {"", "near", "near", " near | |"},
    };
    for (size_t i = 0; i < MN_COUNT(rows); i++)
        check_paths(rows[i].failed, rows[i].from, rows[i].to, rows[i].want);
}

static void test_a_route_as_text_fits(void **state) {
    (void)state;
    struct loaded x = load_office();
    struct mn_paths *p = mn_paths_new(x.m, NULL, 0, place(&x, "w1/pc"), place(&x, "near"), x.d);
    struct mn_buf b = MN_BUF_INIT;
    int failed = mn_model_component(x.m, "w1/line-backup");
    mn_route_text(x.m, &p->at[0].in_use, &failed, 1, mn_model_component(x.m, "w1/cpe"), MN_EN, 40,
                  &b);
    assert_non_null(strstr(mn_buf_text(&b), "( )  w1/pc "));
    assert_non_null(strstr(mn_buf_text(&b), " |   w1/lan "));
    assert_non_null(strstr(mn_buf_text(&b), "(*)  w1/cpe "));
    mn_buf_fini(&b);
    mn_paths_free(p);
    unload(&x);
}

/* ---- impact ---- */

static void check_impact(struct loaded *x, const char *failed, const char *want) {
    struct mn_failure f;
    assert_true(mn_failure_parse(x->m, failed, &f, x->d));
    struct mn_impact *impact = mn_impact_new(x->m, &f, 1);
    json_t *doc = mn_impact_json(x->m, impact);
    char *text = json_dumps(doc, JSON_COMPACT);
    assert_string_equal(text, want);
    free(text);
    json_decref(doc);
    mn_impact_free(impact);
}

/* A supply of two offices that no host needs. */
static void test_what_two_offices_need(void **state) {
    (void)state;
    struct loaded x = load_office();
    check_impact(&x, "mains",
                 "{\"failed\":[\"mains\"],\"cut_off\":[\"w1\",\"w2\"],\"lost_redundancy\":[],"
                 "\"services\":[{\"service\":\"heavy\",\"sites\":[\"w2\"]},"
                 "{\"service\":\"web\",\"sites\":[\"w1\",\"w2\"]}],\"severity\":null}");
    unload(&x);
}

/* The host has two supplies of which one is blocked for one service: that service rests on the
 * other supply, though the service it requires rests on the first. */
static void test_services_may_rest_on_different_things(void **state) {
    (void)state;
    static const char model[] =
        "sites: [{id: w, name: {vi: w, en: w}, type: ward}]\n"
        "nodes:\n"
        "  - {id: p1, kind: box, faults: {odd: {name: {vi: o, en: o}, repair: cool, by: crew,"
        " effect: {blocks: [top]}}}}\n"
        "  - {id: p2, kind: box}\n"
        "  - {id: w/pc, kind: box, site: w}\n"
        "  - {id: vm, kind: box, powered_by: [p1, p2]}\n"
        "links: [{id: l, kind: wire, ends: [w/pc, vm]}]\n"
        "services:\n"
        "  - {id: base, name: {vi: b, en: b}, by: crew, hosts: [vm], endpoint: pc, used_at: []}\n"
        "  - {id: top, name: {vi: t, en: t}, by: crew, hosts: [vm], endpoint: pc, used_at: [ward],"
        " requires: [base]}\n";
    struct loaded x = load((const char *const[]){head, model, NULL});
    check_impact(&x, "p1!odd",
                 "{\"failed\":[\"p1!odd\"],\"cut_off\":[],\"lost_redundancy\":[\"w\"],"
                 "\"services\":[],\"severity\":null}");
    unload(&x);
}

/* ---- the check of a model ---- */

static void check_codes(const char *const *parts, const char *want) {
    struct loaded x = load(parts);
    mn_diags_free(x.d);
    x.d = mn_diags_new();
    struct mn_buf b = MN_BUF_INIT;
    bool good = mn_analysis_check(x.m, x.d);
    assert_int_equal(good, mn_diags_errors(x.d) == 0);
    for (size_t i = 0; i < mn_diags_count(x.d); i++) {
        struct mn_diag_view v = mn_diags_view(x.d, i);
        mn_buf_printf(&b, "%s: %s\n", mn_code_info(v.code)->name, v.message[MN_EN]);
    }
    assert_string_equal(mn_buf_text(&b), want);
    mn_buf_fini(&b);
    unload(&x);
}

static void test_a_site_has_what_it_uses(void **state) {
    (void)state;
    check_codes((const char *const[]){head, office, NULL}, "");
    check_codes((const char *const[]){head, office,
                                      "  - {id: lost, kind: app, name: {vi: w, en: w}, by: crew,"
                                      " hosts: [dc/vm], endpoint: pc, used_at: [ward],"
                                      " needs: 1G}\n",
                                      NULL},
                "no-way: \"w1\" has no way to a host of: lost\n"
                "no-way: \"w2\" has no way to a host of: lost\n");
}

/* ---- very long chains ---- */

static void test_chains_of_any_length(void **state) {
    (void)state;
    enum { LENGTH = 30000 };
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, "sites: [{id: w, name: {vi: w, en: w}, type: ward}]\nnodes:\n"
                    "  - {id: w/pc, kind: box, site: w}\n  - {id: n0, kind: hub}\n");
    for (int i = 1; i < LENGTH; i++)
        mn_buf_printf(&b, "  - {id: n%d, kind: hub, powered_by: [n%d]}\n", i, i - 1);
    mn_buf_printf(&b,
                  "links: [{id: l, kind: wire, ends: [w/pc, n%d]}]\nservices:\n"
                  "  - {id: s, name: {vi: s, en: s}, by: crew, hosts: [n%d], endpoint: pc, "
                  "used_at: [ward]}\n",
                  LENGTH - 1, LENGTH - 1);
    struct loaded x = load((const char *const[]){head, mn_buf_text(&b), NULL});
    struct mn_avail *a = mn_avail_new(x.m, NULL, 0);
    assert_true(mn_available(a, 0, 0));
    mn_avail_push(a, mn_model_component(x.m, "n0"));
    assert_false(mn_available(a, 0, 0));
    mn_avail_pop(a);
    assert_true(mn_available(a, 0, 0));
    mn_avail_free(a);
    mn_buf_fini(&b);
    unload(&x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failures_are_parsed_and_sorted),
        cmocka_unit_test(test_routes),
        cmocka_unit_test(test_a_route_as_text_fits),
        cmocka_unit_test(test_what_two_offices_need),
        cmocka_unit_test(test_services_may_rest_on_different_things),
        cmocka_unit_test(test_a_site_has_what_it_uses),
        cmocka_unit_test(test_chains_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
