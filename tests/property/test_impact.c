/* What works, what a failure takes and which way traffic goes, on thousands of random small models,
 * compared with the plain evaluator of naive.h.
 *
 * MN_SEED chooses the first model (default: a fixed one), MN_MODELS how many (default 10000). */
#include "analysis/availability.h"
#include "analysis/impact.h"
#include "analysis/path.h"
#include "analysis/weak.h"
#include "base/mem.h"
#include "property/naive.h"
#include "property/random_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static uint64_t first_seed(void) {
    const char *s = getenv("MN_SEED");
    return s ? strtoull(s, NULL, 0) : 20260701;
}

static int models(void) {
    const char *s = getenv("MN_MODELS");
    return s ? atoi(s) : 10000;
}

struct sample {
    uint64_t seed, state;
    struct mn_files *files;
    struct mn_model *m;
    struct mn_buf yaml;
};

static void say_diags(struct mn_diags *d) {
    struct mn_buf b = MN_BUF_INIT;
    mn_diags_sort(d);
    for (size_t i = 0; i < mn_diags_count(d); i++)
        mn_diags_render(d, i, MN_EN, false, &b);
    print_error("%s\n", mn_buf_text(&b));
    mn_buf_fini(&b);
}

static void sample_init(struct sample *s, uint64_t seed) {
    *s = (struct sample){.seed = seed, .state = seed};
    random_model(&s->state, &s->yaml);
    s->files = mn_files_memory("random");
    mn_files_put(s->files, "network.yaml", mn_buf_text(&s->yaml), s->yaml.size);
    struct mn_diags *d = mn_diags_new();
    s->m = mn_model_load(s->files, d);
    if (!s->m) {
        say_diags(d);
        fail_msg("MN_SEED=%llu: the model does not load:\n%s", (unsigned long long)seed,
                 mn_buf_text(&s->yaml));
    }
    mn_diags_free(d);
}

static void sample_fini(struct sample *s) {
    mn_model_free(s->m);
    mn_files_free(s->files);
    mn_buf_fini(&s->yaml);
}

static int random_failures(struct sample *s, struct mn_failure *f, int most) {
    int n = random_below(&s->state, most + 1);
    for (int i = 0; i < n; i++) {
        int c = random_below(&s->state, s->m->n_components), faults = s->m->components[c].faults.n;
        f[i] = (struct mn_failure){c, -1};
        if (faults && random_chance(&s->state, 50))
            f[i].fault = random_below(&s->state, faults);
    }
    return n;
}

static _Noreturn void fail_sample(const struct sample *s, const struct mn_failure *f, int n,
                                  const char *what) {
    struct mn_buf failed = MN_BUF_INIT;
    for (int i = 0; i < n; i++) {
        mn_buf_putc(&failed, ' ');
        mn_failure_text(s->m, f[i], &failed);
    }
    print_error("MN_SEED=%llu MN_MODELS=1\n%s\nfailed:%s\n%s\n", (unsigned long long)s->seed,
                mn_buf_text(&s->yaml), mn_buf_text(&failed), what);
    fail();
    abort();
}

/* ---- availability ---- */

static void compare_sets(struct sample *s, struct mn_avail *a, const struct mn_failure *f, int n,
                         int further) {
    static struct naive x;
    naive_init(&x, s->m, f, n, further);
    char what[256];
    for (int w = 0; w < s->m->n_sites; w++) {
        for (int v = 0; v < s->m->n_services; v++) {
            bool want = naive_available(&x, v, w), got = mn_available(a, v, w);
            snprintf(what, sizeof what, "with %s down too: v%d at s%d is %s, not %s",
                     further < 0 ? "nothing" : s->m->components[further].id, v, w,
                     want ? "available" : "unavailable", got ? "available" : "unavailable");
            if (want != got)
                fail_sample(s, f, n, what);
        }
    }
    for (int c = 0; c < s->m->n_components; c++)
        if (mn_works(a, c, -1) != naive_works(&x, c, -1))
            fail_sample(s, f, n, s->m->components[c].id);
    for (int i = 0; i < s->m->n_nodes; i++)
        if (mn_usable(a, i, 0) != naive_usable(&x, i, 0))
            fail_sample(s, f, n, s->m->components[s->m->nodes[i].component].id);
}

static void check_availability(struct sample *s) {
    struct mn_failure f[4];
    for (int round = 0; round < 4; round++) {
        int n = round ? random_failures(s, f, 4) : 0;
        struct mn_avail *a = mn_avail_new(s->m, f, n);
        compare_sets(s, a, f, n, -1);
        for (int i = 0; i < 4; i++) { /* one more goes down, and comes back */
            int further = random_below(&s->state, s->m->n_components);
            mn_avail_push(a, further);
            compare_sets(s, a, f, n, further);
            mn_avail_pop(a);
        }
        compare_sets(s, a, f, n, -1);
        mn_avail_free(a);
    }
}

/* ---- what a proof rests on ---- */

struct proof {
    const struct mn_model *m;
    bool used[NAIVE_MOST];
};

static void use(void *arg, int component) {
    struct proof *p = arg;
    p->used[component] = true;
}

/* Nothing may be taken by the failure of what the proof does not rest on. */
static void check_proofs(struct sample *s) {
    struct mn_failure f[3];
    int n = random_failures(s, f, 3);
    struct mn_avail *a = mn_avail_new(s->m, f, n);
    for (int w = 0; w < s->m->n_sites; w++) {
        for (int v = 0; v < s->m->n_services; v++) {
            if (!mn_available(a, v, w))
                continue;
            struct proof p = {.m = s->m};
            mn_avail_proof(a, v, w, use, &p);
            for (int c = 0; c < s->m->n_components; c++) {
                bool touched = false;
                for (int k = 0; k < s->m->n_components; k++)
                    touched |= p.used[k] && naive_hits(s->m, c, k);
                mn_avail_push(a, c);
                if (!touched && !mn_available(a, v, w))
                    fail_sample(s, f, n, s->m->components[c].id);
                mn_avail_pop(a);
            }
        }
    }
    mn_avail_free(a);
}

/* ---- impact ---- */

/* How often each of these came up: a comparison of nothing with nothing proves nothing. */
static struct { int impacts, cut_off, lost_redundancy, services, standby; } met;

static void count(const struct mn_impact *impact) {
    met.impacts++;
    met.cut_off += impact->cut_off.n > 0;
    met.lost_redundancy += impact->lost_redundancy.n > 0;
    met.services += impact->n_services > 0;
    met.standby += impact->n_standby > 0;
}

static void check_impact(struct sample *s) {
    static struct naive_table before, alone[NAIVE_MOST];
    naive_fill(s->m, NULL, 0, -1, &before);
    for (int c = 0; c < s->m->n_components; c++)
        naive_fill(s->m, NULL, 0, c, &alone[c]);
    struct mn_failure f[3];
    for (int round = 0; round < 3; round++) {
        int n = random_failures(s, f, round + 1);
        struct mn_impact *impact = mn_impact_new(s->m, f, n);
        count(impact);
        json_t *got = mn_impact_json(s->m, impact),
               *want = naive_impact(s->m, f, n, &before, alone);
        if (!json_equal(got, want)) {
            struct mn_buf what = MN_BUF_INIT;
            mn_buf_puts(&what, "want ");
            mn_json_write(&what, want, 0, false);
            mn_buf_puts(&what, "\ngot  ");
            mn_json_write(&what, got, 0, false);
            fail_sample(s, f, n, mn_buf_text(&what));
        }
        json_decref(got);
        json_decref(want);
        mn_impact_free(impact);
    }
}

/* ---- paths ---- */

/* From end to end, link by link, and no link twice in a row. */
static bool is_walk(const struct mn_model *m, const struct mn_route *r, int from, int to) {
    if (r->components[0] != m->nodes[from].component ||
        r->components[r->n - 1] != m->nodes[to].component || r->n % 2 == 0)
        return false;
    for (int i = 1; i < r->n; i += 2) {
        const struct mn_component *link = &m->components[r->components[i]];
        if (link->cls != MN_LINK)
            return false;
        const int *end = m->links[link->index].end;
        int a = m->components[r->components[i - 1]].index;
        int b = m->components[r->components[i + 1]].index;
        if (!(end[0] == a && end[1] == b) && !(end[0] == b && end[1] == a))
            return false;
    }
    return true;
}

/* Everything on it works, is allowed and carries enough, and a gateway is passed. */
static bool is_allowed(struct naive *x, const struct mn_route *r, int from, int to, int service) {
    const struct mn_model *m = x->m;
    int64_t needs = service < 0 ? 0 : m->services[service].needs;
    struct mn_ints via = service < 0 ? (struct mn_ints){0, NULL} : m->services[service].via;
    bool passed = via.n == 0;
    for (int i = 0; i < r->n; i++) {
        const struct mn_component *c = &m->components[r->components[i]];
        if (!naive_works(x, r->components[i], service) ||
            (c->cls == MN_LINK && !naive_carries(x, c->index, needs)))
            return false;
        int site = c->site;
        if (c->cls == MN_NODE && !m->nodes[c->index].transit && c->index != from &&
            c->index != to &&
            (site < 0 || (site != naive_site(m, from) && site != naive_site(m, to))))
            return false;
        for (int k = 0; k < via.n; k++)
            passed |= c->cls == MN_NODE && c->index == via.at[k];
    }
    return passed;
}

static void check_route(struct sample *s, struct naive *x, const struct mn_path *p,
                        const struct mn_route *r, int service) {
    if (r->n && !(is_walk(s->m, r, p->from, p->to) && is_allowed(x, r, p->from, p->to, service)))
        fail_sample(s, x->f, x->n, "a route that is no allowed path");
}

static void check_paths_between(struct sample *s, struct naive *x, struct mn_found from,
                                struct mn_found to) {
    struct mn_diags *d = mn_diags_new();
    struct mn_paths *paths = mn_paths_new(s->m, x->f, x->n, from, to, d);
    if (!paths && mn_diags_errors(d) == 0)
        fail_sample(s, x->f, x->n, "no paths, and no word why");
    for (int i = 0; paths && i < paths->n; i++) {
        const struct mn_path *p = &paths->at[i];
        check_route(s, x, p, &p->in_use, paths->service);
        check_route(s, x, p, &p->alternative, paths->service);
        bool nodes = from.scope == MN_SCOPE_COMPONENT &&
                     s->m->components[from.index].cls == MN_NODE &&
                     to.scope == MN_SCOPE_COMPONENT && s->m->components[to.index].cls == MN_NODE;
        struct mn_ints none = {0, NULL};
        if (nodes && (p->in_use.n > 0) != naive_reach(x, p->from, p->to, -1, 0, none))
            fail_sample(s, x->f, x->n, "a route where there is none, or none where there is one");
    }
    if (paths)
        json_decref(mn_paths_json(s->m, paths));
    mn_paths_free(paths);
    mn_diags_free(d);
}

static struct mn_found random_place(struct sample *s) {
    if (random_chance(&s->state, 20))
        return (struct mn_found){MN_SCOPE_SITE, random_below(&s->state, s->m->n_sites)};
    return (struct mn_found){MN_SCOPE_COMPONENT, random_below(&s->state, s->m->n_components)};
}

static void check_paths(struct sample *s) {
    static struct naive x;
    struct mn_failure f[2];
    int n = random_failures(s, f, 2);
    naive_init(&x, s->m, f, n, -1);
    for (int i = 0; i < 12; i++)
        check_paths_between(s, &x, random_place(s), random_place(s));
}

/* ---- weak points ---- */

/* Single points of failure are what the impact of each single failure says. */
static void check_weaks(struct sample *s) {
    const struct mn_model *m = s->m;
    struct mn_weaks weaks;
    size_t found = 0;
    mn_weaks_find(m, &weaks);
    for (int c = 0; c < m->n_components; c++) {
        if (m->components[c].cls == MN_SERVICE)
            continue;
        struct mn_failure f = {c, -1};
        struct mn_impact *impact = mn_impact_new(m, &f, 1);
        for (int i = 0; i < impact->n_services; i++)
            for (int k = 0; k < impact->services[i].sites.n; k++) {
                size_t w = 0;
                while (w < weaks.n && (weaks.at[w].component != c ||
                                       weaks.at[w].service != impact->services[i].service ||
                                       weaks.at[w].site != impact->services[i].sites.at[k]))
                    w++;
                if (w == weaks.n)
                    fail_msg("MN_SEED=%llu: %s is no weak point", (unsigned long long)s->seed,
                             m->components[c].id);
                found++;
            }
        mn_impact_free(impact);
    }
    if (found != weaks.n)
        fail_msg("MN_SEED=%llu: %zu weak points, not %zu", (unsigned long long)s->seed, weaks.n,
                 found);
    /* A model is neither weaker nor stronger than itself. */
    struct mn_arena *arena = mn_arena_new();
    struct mn_exposure e;
    mn_exposure_find(m, &weaks, m, &weaks, arena, &e);
    assert_int_equal(e.n_points + e.n_sites + e.n_services + e.n_unavailable, 0);
    mn_arena_free(arena);
    mn_weaks_fini(&weaks);
}

/* ---- */

static void each_sample(void (*check)(struct sample *s)) {
    uint64_t seed = first_seed();
    int n = models();
    print_message("MN_SEED=%llu MN_MODELS=%d\n", (unsigned long long)seed, n);
    for (int i = 0; i < n; i++) {
        struct sample s;
        sample_init(&s, seed + (uint64_t)i);
        check(&s);
        sample_fini(&s);
    }
}

static void test_availability(void **state) {
    (void)state;
    each_sample(check_availability);
}

static void test_proofs(void **state) {
    (void)state;
    each_sample(check_proofs);
}

static void test_impact(void **state) {
    (void)state;
    each_sample(check_impact);
    print_message(
        "%d impacts: %d with sites cut off, %d lost redundancy, %d services, %d standbys\n",
        met.impacts, met.cut_off, met.lost_redundancy, met.services, met.standby);
    if (models() >= 1000) {
        assert_true(met.cut_off > met.impacts / 50);
        assert_true(met.lost_redundancy > met.impacts / 50);
        assert_true(met.services > met.impacts / 50);
        assert_true(met.standby > met.impacts / 500);
    }
}

static void test_paths(void **state) {
    (void)state;
    each_sample(check_paths);
}

static void test_weaks(void **state) {
    (void)state;
    each_sample(check_weaks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_availability), cmocka_unit_test(test_proofs),
        cmocka_unit_test(test_impact),       cmocka_unit_test(test_paths),
        cmocka_unit_test(test_weaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
