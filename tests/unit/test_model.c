/* model/: what a good model becomes, limits, and look-ups by name. */
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "model/canonical.h"
#include "model/model.h"
#include "model/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct mn_files *files;
static struct mn_diags *diags;

static int setup(void **state) {
    (void)state;
    diags = mn_diags_new();
    files = NULL;
    return 0;
}

static int teardown(void **state) {
    (void)state;
    mn_diags_free(diags);
    mn_files_free(files);
    return 0;
}

static struct mn_model *load_dir(const char *path) {
    mn_files_free(files);
    files = mn_files_dir(path, path);
    struct mn_model *m = mn_model_load(files, diags);
    assert_int_equal(mn_diags_count(diags), 0);
    assert_non_null(m);
    return m;
}

static struct mn_model *load_text(const char *text) {
    mn_files_free(files);
    files = mn_files_memory("m");
    mn_files_put(files, "network.yaml", text, strlen(text));
    return mn_model_load(files, diags);
}

/* The name of the only diagnostic; what it is about is in the cases of test_model_problems. */
static const char *only_problem(void) {
    if (mn_diags_count(diags) != 1)
        return "(not one)";
    return mn_code_info(mn_diags_view(diags, 0).code)->name;
}

static const struct mn_component *component(const struct mn_model *m, const char *id) {
    int c = mn_model_component(m, id);
    if (c < 0)
        fail_msg("no component %s", id);
    return &m->components[c];
}

#define N "name: {vi: X, en: X}"
#define NETWORK "network: {id: t, " N ", status: real, date: 2026-01-01}\n"

/* Expansion */

static void test_tiny(void **state) {
    (void)state;
    struct mn_model *m = load_dir("topology/tiny");
    assert_string_equal(m->id, "tiny");
    assert_true(m->illustrative);

    const struct mn_component *cpe = component(m, "27676/cpe");
    assert_string_equal(m->kinds[cpe->kind].id, "cpe-small"); /* by `but: set` */
    assert_int_equal(cpe->origin, MN_FROM_BLUEPRINT);
    assert_int_equal(cpe->loc.line > 0 && cpe->changed.line > 0, 1);
    assert_string_equal(cpe->loc.source->name, "topology/tiny/kinds.yaml");
    assert_string_equal(cpe->changed.source->name, "topology/tiny/units/island.yaml");
    assert_int_equal(component(m, "26740/cpe")->changed.line, 0);
    assert_int_equal(component(m, "26740/line-primary")->origin, MN_FROM_LINE);
    assert_int_equal(component(m, "27676/switch-2")->origin, MN_FROM_BUT_ADD);
    assert_int_equal(component(m, "dc1/core")->origin, MN_FROM_FILE);
    assert_int_equal(mn_model_component(m, "27676/kiosk"), -1); /* by `but: remove` */
    assert_int_equal(mn_model_component(m, "27676/lan-5"), -1); /* its cable went with it */

    const struct mn_link *line = &m->links[component(m, "27676/line-primary")->index];
    assert_string_equal(line->line, "primary");
    assert_int_equal(line->capacity, 50000000);
    assert_int_equal(line->delay_ms, 15);
    assert_int_equal(line->end[0], component(m, "27676/converter")->index);
    assert_int_equal(line->end[1], component(m, "pop2/agg-a")->index);
    line = &m->links[component(m, "26740/line-backup")->index];
    assert_string_equal(line->port[0], "wan2");
    assert_null(line->port[1]);
    assert_int_equal(line->capacity, 50000000); /* the blueprint's */

    /* both ways of saying who belongs to a group */
    const struct mn_group *duct = &m->groups[component(m, "duct-7")->index];
    assert_int_equal(duct->members.n, 2);
    assert_int_equal(component(m, "ring-2")->groups.n, 1);
    assert_int_equal(component(m, "26740/line-backup")->groups.n, 1);

    /* power: its own, else the site's */
    assert_int_equal(m->nodes[component(m, "pop1/agg-a")->index].powered_by.n, 2);
    assert_int_equal(m->nodes[component(m, "26740/pc")->index].powered_by.n, 1);
    mn_model_free(m);
}

static void test_faults(void **state) {
    (void)state;
    struct mn_model *m = load_dir("topology/tiny");
    const struct mn_component *mcu = component(m, "dc1/mcu");
    assert_int_equal(mcu->faults.n, 2);
    assert_string_equal(mcu->faults.at[0].mode, "hang"); /* the kind's, changed */
    assert_int_equal(mcu->faults.at[0].per_year_ppm, 100000);
    assert_int_equal(mcu->faults.at[0].takes_s, 20 * 60);
    assert_string_equal(mcu->faults.at[1].mode, "overload"); /* its own */
    assert_true(mcu->faults.at[1].effect.degrades);
    assert_int_equal(mcu->faults.at[1].effect.loss_ppm, 100000);
    const struct mn_fault *loop = &component(m, "26740/switch")->faults.at[0];
    assert_int_equal(loop->effect.capacity_left_ppm, 100000);
    assert_int_equal(loop->effect.delay_ms, 200);
    assert_true(loop->effect.intermittent && !loop->effect.down);
    assert_int_equal(loop->effect.shows.n, 1);
    const struct mn_fault *config = &component(m, "dc1/core")->faults.at[1];
    assert_int_equal(config->effect.blocks.n, 1);
    assert_string_equal(m->components[m->services[config->effect.blocks.at[0]].component].id,
                        "meeting");
    mn_model_free(m);
}

static void test_who_acts(void **state) {
    (void)state;
    struct mn_model *m = load_dir("topology/tiny");
    static const struct {
        const char *component, *role, *team;
    } cases[] = {
        {"dc1/core", "site", "dc-shift"},               /* the site says */
        {"26740/cpe", "site", "unit-officer"},          /* the role's own */
        {"26740/cpe", "area", "support-hcmc"},          /* the area says */
        {"26740/line-primary", "carrier", "carrier-1"}, /* the kind's contract */
        {"27676/cpe", "carrier", "carrier-1"},          /* the site's contract */
        {"national-db", "operations", "ops-team"},
    };
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct mn_party p = {MN_PARTY_ROLE, mn_model_role(m, cases[i].role)};
        int team = mn_model_resolve(m, p, mn_model_component(m, cases[i].component));
        assert_true(team >= 0);
        assert_string_equal(m->teams[team].id, cases[i].team);
    }
    struct mn_party carrier = {MN_PARTY_ROLE, mn_model_role(m, "carrier")};
    assert_int_equal(mn_model_resolve(m, carrier, -1), -1);
    mn_model_free(m);
}

/* Which ladder holds: by kind or service, by severity, on its days only. */
static void test_policies(void **state) {
    (void)state;
    static const struct {
        const char *model, *component, *severity, *date, *policy;
    } cases[] = {
        {"topology/tiny", "26740/cpe", "high", "2026-11-22", "ladder"},
        {"topology/tiny", "meeting", "medium", "2026-11-22", "ladder"},
        {"topology/tiny", "meeting", "high", "2026-11-22", "ladder-meeting"},
        {"topology/tiny", "meeting", "high", "2028-01-01", "ladder"}, /* no longer in force */
        {"topology/tiny", "meeting", "high", NULL, "ladder-meeting"},
        {"topology/tiny", "meeting", "high", "2025-01-01", NULL}, /* nothing is yet */
        {"topology/hcmc", "26740/token", "low", "2026-11-22", "ladder-signature"},
        {"topology/hcmc", "digital-signature", "low", "2026-11-22", "ladder-signature"},
        {"topology/hcmc", "26740/camera", "low", "2026-11-22", "ladder-meeting"},
        {"topology/hcmc", "26740/pc", "low", "2026-11-22", "ladder"},
        {"topology/hcmc", "26740/line-primary", "low", "2026-11-22", "ladder-carrier"},
    };
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        struct mn_model *m = load_dir(cases[i].model);
        struct mn_policy_case c = {
            .component = mn_model_component(m, cases[i].component),
            .severity = -1,
            .team = -1,
            .date = cases[i].date,
        };
        for (int s = 0; s < m->n_severities; s++)
            if (strcmp(m->severities[s].id, cases[i].severity) == 0)
                c.severity = s;
        assert_true(c.component >= 0 && c.severity >= 0);
        int policy = mn_model_policy(m, c);
        assert_string_equal(policy < 0 ? "" : m->policies[policy].id,
                            cases[i].policy ? cases[i].policy : "");
        mn_model_free(m);
    }
}

static void test_services(void **state) {
    (void)state;
    struct mn_model *m = load_dir("topology/tiny");
    const struct mn_service *queue = &m->services[component(m, "queue")->index];
    assert_int_equal(queue->n_hosts, 1);
    assert_int_equal(queue->hosts[0].n, 2);
    assert_int_equal(queue->hosts[0].at[0].failover.after_s, -1);
    assert_int_equal(queue->hosts[0].at[1].failover.after_s, 3600); /* not the node's 30m */
    assert_true(m->services[component(m, "meeting")->index].meeting);
    assert_false(queue->meeting);
    const struct mn_service *documents = &m->services[component(m, "documents")->index];
    assert_int_equal(documents->hosts[0].at[1].failover.after_s, 1800);
    assert_int_equal(documents->needs, 2000000);
    assert_string_equal(documents->owner.en, "Office of the People's Committee");
    const struct mn_service *national = &m->services[component(m, "national")->index];
    assert_int_equal(national->via.n, 2);

    int island = mn_model_site(m, "27676"), uses_queue = 0;
    for (int i = 0; i < m->sites[island].uses.n; i++)
        uses_queue |= m->sites[island].uses.at[i] == component(m, "queue")->index;
    assert_false(uses_queue);
    int nodes[4];
    assert_int_equal(mn_model_endpoints(m, island, component(m, "meeting")->index, nodes, 4), 2);
    assert_int_equal(nodes[0], component(m, "27676/codec")->index);
    mn_model_free(m);
}

/* A site's own supply does not supply itself. */
static void test_power_of_a_site(void **state) {
    (void)state;
    struct mn_model *m =
        load_text(NETWORK "kinds: {box: {" N "}}\n"
                          "sites: [{id: s, " N ", type: pop, powered_by: [s/ups]}]\n"
                          "nodes: [{id: s/ups, kind: box, site: s, powered_by: [s/mains]},\n"
                          "  {id: s/mains, kind: box, site: s}, {id: s/a, kind: box, site: s},\n"
                          "  {id: s/b, kind: box, site: s, powered_by: []}]\n");
    assert_non_null(m);
    assert_int_equal(m->nodes[component(m, "s/mains")->index].powered_by.n, 0);
    assert_int_equal(m->nodes[component(m, "s/a")->index].powered_by.n, 1);
    assert_int_equal(m->nodes[component(m, "s/b")->index].powered_by.n, 0);
    assert_string_equal(m->nodes[component(m, "s/a")->index].local, "a");
    mn_model_free(m);
}

/* The canonical form */

static void take(void *arg, const char *bytes, size_t n) {
    mn_buf_add(arg, bytes, n);
}

/* What a JSON library makes of it with sorted keys is the same text. */
static void test_canonical_form(void **state) {
    (void)state;
    struct mn_model *m = load_dir("topology/tiny");
    struct mn_buf mine = MN_BUF_INIT, again = MN_BUF_INIT;
    mn__canonical(m, take, &mine);
    json_t *doc = json_loadb(mine.data, mine.size, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(doc);
    char *text = json_dumps(doc, JSON_COMPACT | JSON_SORT_KEYS);
    mn_buf_puts(&again, text);
    assert_string_equal(mn_buf_text(&mine), mn_buf_text(&again));
    free(text);
    json_decref(doc);
    mn_buf_fini(&mine);
    mn_buf_fini(&again);
    mn_model_free(m);
}

static void hash_text(const char *text, char hex[MN_HASH_HEX]) {
    struct mn_model *m = load_text(text);
    assert_non_null(m);
    mn_model_hash(m, hex);
    mn_model_free(m);
}

static void test_hash(void **state) {
    (void)state;
    static const char kinds[] = "kinds: {box: {" N "}, wire: {" N ", class: link}}\n";
    struct mn_buf a = MN_BUF_INIT, b = MN_BUF_INIT, c = MN_BUF_INIT;
    mn_buf_printf(&a,
                  NETWORK "%snodes: [{id: s/pc, kind: box, site: s}]\n"
                          "sites: [{id: s, " N ", type: pop}]\n",
                  kinds);
    /* comments, order of keys, places, and saying it by a blueprint make no difference */
    mn_buf_printf(&b,
                  "# x\nsites: [{type: pop, " N ", id: s, blueprint: p}]\n"
                  "blueprints: {p: {nodes: {pc: {kind: box}}}}\n%s" NETWORK,
                  kinds);
    mn_buf_printf(&c,
                  NETWORK "%snodes: [{id: s/pd, kind: box, site: s}]\n"
                          "sites: [{id: s, " N ", type: pop}]\n",
                  kinds);
    char ha[MN_HASH_HEX], hb[MN_HASH_HEX], hc[MN_HASH_HEX];
    hash_text(mn_buf_text(&a), ha);
    hash_text(mn_buf_text(&b), hb);
    hash_text(mn_buf_text(&c), hc);
    assert_string_equal(ha, hb);
    assert_string_not_equal(ha, hc);
    mn_buf_fini(&a);
    mn_buf_fini(&b);
    mn_buf_fini(&c);
}

/* Values */

static void test_values(void **state) {
    (void)state;
    static const struct {
        int64_t bits;
        const char *text;
    } capacities[] = {{64000, "64K"},       {1500000, "1500K"}, {200000000, "200M"},
                      {10000000000, "10G"}, {999, "999"},       {1000001, "1000001"}};
    static const struct {
        int seconds;
        const char *text;
    } durations[] = {{0, "0s"}, {90, "90s"}, {1800, "30m"}, {14400, "4h"}, {172800, "2d"}};
    char text[24];
    int64_t bits, rate;
    int seconds;
    int32_t n;
    for (size_t i = 0; i < MN_COUNT(capacities); i++) {
        mn_capacity_text(capacities[i].bits, text);
        assert_string_equal(text, capacities[i].text);
        assert_true(mn__parse_capacity(text, &bits));
        assert_int_equal(bits, capacities[i].bits);
    }
    for (size_t i = 0; i < MN_COUNT(durations); i++) {
        mn_duration_text(durations[i].seconds, text);
        assert_string_equal(text, durations[i].text);
        assert_true(mn_parse_duration(text, &seconds));
        assert_int_equal(seconds, durations[i].seconds);
    }
    assert_true(mn_parse_duration("999999999d", &seconds) && seconds == INT32_MAX);
    assert_true(mn__parse_capacity("999999999999G", &bits) && bits == INT64_MAX);
    assert_false(mn__parse_capacity("0", &bits));
    assert_false(mn__parse_capacity("10GB", &bits));
    assert_true(mn__parse_share("0.25", &n) && n == 250000);
    assert_true(mn__parse_share("1.0", &n) && n == 1000000);
    assert_false(mn__parse_share("1.1", &n));
    assert_false(mn__parse_share(".5", &n));
    assert_true(mn__parse_rate("0.0000001", &rate) && rate == 0);
    assert_true(mn__parse_rate("2.5", &rate) && rate == 2500000);
    assert_false(mn__parse_rate("1.", &rate));
    assert_true(mn__parse_degrees("-106.704185", 180, &n) && n == -10670418);
    assert_true(mn__parse_degrees("180", 180, &n));
    assert_false(mn__parse_degrees("180.00001", 180, &n));
    assert_true(mn__is_end("a/b:xe-0/1", 10));
    assert_false(mn__is_end("a/b:", 4));
    assert_false(mn__is_component("a/", 2));
    assert_false(mn__is_id("-a", 2));
}

/* Limits */

static void test_too_deep(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_repeat(&b, '[', 100000);
    assert_null(load_text(mn_buf_text(&b)));
    assert_string_equal(only_problem(), "too-deep");
    mn_buf_fini(&b);
}

static void test_alias_bomb(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, "areas: [&a0 [x]");
    for (int i = 1; i < 30; i++)
        mn_buf_printf(&b, ", &a%d [*a%d, *a%d, *a%d]", i, i - 1, i - 1, i - 1);
    mn_buf_puts(&b, "]\n");
    assert_null(load_text(mn_buf_text(&b)));
    assert_string_equal(only_problem(), "too-many-aliases");
    mn_buf_fini(&b);
}

static void test_many_items(void **state) {
    (void)state;
    size_t n = 4000010;
    char *text = mn_resize(NULL, n * 2 + 2, 1);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * 2, i ? "a," : "[ ", 2);
    memcpy(text + n * 2, "]", 2);
    assert_null(load_text(text));
    assert_string_equal(only_problem(), "too-many-items");
    free(text);
}

static void test_aliases(void **state) {
    (void)state;
    struct mn_model *m = load_text(NETWORK "areas: [{id: a, name: &n {vi: X, en: Y}}]\n"
                                           "teams: [{id: b, name: *n}]\n");
    assert_non_null(m);
    assert_string_equal(m->teams[0].name.full.en, "Y");
    mn_model_free(m);
}

static void test_many_problems(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, NETWORK "nodes:\n");
    for (int i = 0; i < 3000; i++)
        mn_buf_printf(&b, "  - {id: n%d, kind: nothing}\n", i);
    assert_null(load_text(mn_buf_text(&b)));
    assert_int_equal(mn_diags_count(diags), 1001);
    mn_diags_sort(diags);
    assert_int_equal(mn_diags_view(diags, 1000).code, MN_D_too_many_problems);
    mn_buf_fini(&b);
}

static void test_long_text(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, NETWORK "teams: [{id: t, name: {en: X, vi: ");
    mn_buf_repeat(&b, 'x', 20001);
    mn_buf_puts(&b, "}}]\n");
    assert_null(load_text(mn_buf_text(&b)));
    assert_string_equal(only_problem(), "long-text");
    mn_buf_fini(&b);
}

static void test_long_chain_of_files(void **state) {
    (void)state;
    files = mn_files_memory("m");
    for (int i = 0; i < 20; i++) {
        struct mn_buf name = MN_BUF_INIT, text = MN_BUF_INIT;
        mn_buf_printf(&name, i ? "f%d.yaml" : "network.yaml", i);
        mn_buf_printf(&text, "%sinclude: [f%d.yaml]\n", i ? "" : NETWORK, i + 1);
        mn_files_put(files, mn_buf_text(&name), mn_buf_text(&text), text.size);
        mn_buf_fini(&name);
        mn_buf_fini(&text);
    }
    assert_null(mn_model_load(files, diags));
    assert_string_equal(only_problem(), "include-too-deep");
}

static void test_many_files(void **state) {
    (void)state;
    files = mn_files_memory("m");
    mn_files_put(files, "network.yaml", NETWORK "include: ['f*']\n", strlen(NETWORK) + 16);
    for (int i = 0; i < 4001; i++) {
        char name[16];
        snprintf(name, sizeof name, "f%d", i);
        mn_files_put(files, name, "areas: []\n", 10);
    }
    assert_null(mn_model_load(files, diags));
    assert_string_equal(only_problem(), "too-many-files");
}

static void test_large_files(void **state) {
    (void)state;
    files = mn_files_memory("m");
    size_t size = 60u << 20;
    char *text = mn_resize(NULL, size, 1);
    memset(text, ' ', size);
    memcpy(text, "areas: []\n#", 11);
    mn_files_put(files, "network.yaml", NETWORK "include: ['f*']\n", strlen(NETWORK) + 16);
    for (int i = 0; i < 5; i++)
        mn_files_put(files, (const char *[]){"f1", "f2", "f3", "f4", "f5"}[i], text, size);
    free(text);
    assert_null(mn_model_load(files, diags));
    assert_string_equal(only_problem(), "model-too-large");
}

/* 2,000 sites of 1,500 nodes each. */
static void test_large_expansion(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, NETWORK "kinds: {k: {" N "}}\nblueprints:\n  p:\n    nodes:\n");
    for (int i = 0; i < 1500; i++)
        mn_buf_printf(&b, "      n%d: {kind: k}\n", i);
    mn_buf_puts(&b, "defaults: {type: ward, blueprint: p}\nsites:\n");
    for (int i = 0; i < 2000; i++)
        mn_buf_printf(&b, "  - {id: s%d, " N "}\n", i);
    assert_null(load_text(mn_buf_text(&b)));
    assert_string_equal(only_problem(), "too-many-components");
    mn_buf_fini(&b);
}

/* Files that could not be read to their end */

static void test_broken_file_is_not_blamed_twice(void **state) {
    (void)state;
    files = mn_files_memory("m");
    static const char network[] = NETWORK "include: [a.yaml, b.yaml]\n",
                      a[] = "kinds:\n  box: {" N "}\n  wire: {" N "\n",
                      b[] = "nodes: [{id: n, kind: box}, {id: o, kind: bax}]\n";
    mn_files_put(files, "network.yaml", network, strlen(network));
    mn_files_put(files, "a.yaml", a, strlen(a));
    mn_files_put(files, "b.yaml", b, strlen(b));
    assert_null(mn_model_load(files, diags));
    assert_int_equal(mn_diags_count(diags), 2); /* the bracket, and bax; box may well be in there */
    mn_diags_sort(diags);
    assert_int_equal(mn_diags_view(diags, 0).code, MN_D_syntax_quote);
    assert_int_equal(mn_diags_view(diags, 1).code, MN_D_unknown_kind);
    assert_int_equal(mn_diags_view(diags, 1).col, 43);
}

static void test_no_network(void **state) {
    (void)state;
    assert_null(load_text("areas: []\n"));
    assert_string_equal(only_problem(), "network-missing");
}

/* Names */

static void test_lookup(void **state) {
    (void)state;
    struct mn_model *m = load_dir("topology/hcmc");
    static const struct {
        const char *text, *id;
        unsigned scopes;
    } good[] = {
        {"26740", "26740", MN_SCOPE_SITE},
        {"Phường Sài Gòn", "26740", MN_SCOPE_SITE},
        {"phuong sai gon", "26740", MN_SCOPE_SITE},
        {"SAI GON", "26740", MN_SCOPE_SITE},
        {"Sai Gon Ward", "26740", MN_SCOPE_SITE},
        {"ward sai gon", "26740", MN_SCOPE_SITE},
        {"Thạnh An", "27676", MN_SCOPE_SITE}, /* the accents tell it from Thanh An */
        {"26740/cpe", "26740/cpe", MN_SCOPE_SITE | MN_SCOPE_COMPONENT},
    };
    for (size_t i = 0; i < MN_COUNT(good); i++) {
        struct mn_found found;
        if (!mn_model_lookup(m, good[i].text, good[i].scopes, &found, diags))
            fail_msg("%s finds nothing", good[i].text);
        assert_string_equal(found.scope == MN_SCOPE_SITE ? m->sites[found.index].id
                                                         : m->components[found.index].id,
                            good[i].id);
    }
    assert_int_equal(mn_diags_count(diags), 0);
    struct mn_found found;
    assert_false(mn_model_lookup(m, "sai gonn", MN_SCOPE_SITE, &found, diags));
    assert_int_equal(mn_diags_view(diags, 0).code, MN_D_lookup_nothing);
    assert_int_equal(mn_diags_view_note(diags, 0, 0).code, MN_D_did_you_mean);
    mn_model_free(m);
}

static void test_lookup_ambiguous(void **state) {
    (void)state;
    struct mn_model *m = load_text(
        NETWORK "sites:\n"
                "- {id: \"1\", name: {vi: Xã Thạnh An, en: Thanh An Commune}, type: pop}\n"
                "- {id: \"2\", name: {vi: Xã Thanh An, en: Thanh An Commune}, type: pop}\n"
                "- {id: \"3\", name: {vi: Xã Hòa Bình, en: Hoa Binh}, type: pop}\n");
    assert_non_null(m);
    struct mn_found found;
    assert_false(mn_model_lookup(m, "thanh an commune", MN_SCOPE_SITE, &found, diags));
    assert_int_equal(mn_diags_view(diags, 0).code, MN_D_lookup_ambiguous);
    assert_int_equal(mn_diags_view(diags, 0).notes, 2);
    assert_int_equal(mn_diags_view_note(diags, 0, 0).code, MN_D_lookup_could_be);
    assert_true(mn_model_lookup(m, "Thạnh An", MN_SCOPE_SITE, &found, diags) && found.index == 0);
    /* whichever way the tone is set */
    assert_true(mn_model_lookup(m, "hoà bình", MN_SCOPE_SITE, &found, diags) && found.index == 2);
    mn_model_free(m);
}

static void test_lookup_many(void **state) {
    (void)state;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_puts(&b, NETWORK "sites:\n");
    for (int i = 0; i < 12; i++)
        mn_buf_printf(&b, "  - {id: s%d, name: {vi: Trạm, en: Station}, type: pop}\n", i);
    struct mn_model *m = load_text(mn_buf_text(&b));
    assert_non_null(m);
    struct mn_found found;
    assert_false(mn_model_lookup(m, "tram", MN_SCOPE_SITE, &found, diags));
    assert_int_equal(mn_diags_view(diags, 0).notes, 11);
    assert_int_equal(mn_diags_view_note(diags, 0, 10).code, MN_D_lookup_more);
    mn_model_free(m);
    mn_buf_fini(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_tiny),
        TEST(test_faults),
        TEST(test_who_acts),
        TEST(test_policies),
        TEST(test_services),
        TEST(test_power_of_a_site),
        TEST(test_canonical_form),
        TEST(test_hash),
        TEST(test_values),
        TEST(test_too_deep),
        TEST(test_alias_bomb),
        TEST(test_many_items),
        TEST(test_aliases),
        TEST(test_many_problems),
        TEST(test_long_text),
        TEST(test_long_chain_of_files),
        TEST(test_many_files),
        TEST(test_large_files),
        TEST(test_large_expansion),
        TEST(test_broken_file_is_not_blamed_twice),
        TEST(test_no_network),
        TEST(test_lookup),
        TEST(test_lookup_ambiguous),
        TEST(test_lookup_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
