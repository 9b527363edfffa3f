/* model/: every mistake that the loader knows, one small file each: which diagnostic, and where.
 *
 * Each case is a file x.yaml beside a small good model; what is expected is written as
 * "code line:col", one after the other in file order. */
#include "base/buf.h"
#include "base/mem.h"
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N "name: {vi: X, en: X}"

static const char base[] =
    "network: {id: t, " N ", status: real, date: 2026-01-01}\n"
    "include: [x.yaml]\n"
    "areas: [{id: north, " N "}]\n"
    "teams: [{id: crew, " N "}]\n"
    "roles: [{id: fixer, " N ", team: crew}, {id: nobody, " N "}]\n"
    "contracts: [{id: deal, " N ", roles: {fixer: crew}}]\n"
    "repairs: [{id: swap, " N "}]\n"
    "symptoms: [{id: slow, " N "}]\n"
    "kinds:\n"
    "  box: {" N ", class: node, transit: true, faults: {hang: {" N ", repair: swap, by: fixer}}}\n"
    "  wire: {" N ", class: link}\n"
    "blueprints:\n"
    "  hut:\n"
    "    nodes: {pc: {kind: box, requires: [hub]}, hub: {kind: box}, ups: {kind: box}}\n"
    "    links: [{id: lan, kind: wire, ends: [pc, hub]}]\n"
    "    lines: {up: {kind: wire, at: hub}}\n"
    "sites: [{id: home, " N ", type: office}]\n"
    "nodes: [{id: alpha, kind: box}, {id: beta, kind: box}]\n"
    "links: [{id: wan, kind: wire, ends: ['alpha:1', beta]}]\n"
    "shared_risk: [{id: duct, " N "}]\n"
    "services: [{id: web, " N ", by: crew, hosts: [alpha], endpoint: pc, used_at: []}]\n"
    "severity: [{id: medium, " N "}]\n"
    "regulations: [{id: law, title: {vi: X, en: X}, reference: X, standing: source}]\n";

struct file {
    const char *name, *text;
    size_t size; /* 0: the text's length */
};

/* All diagnostics as "code line:col", notes as "+code". */
static char *problems(const struct file *files, size_t n) {
    struct mn_files *f = mn_files_memory("m");
    for (size_t i = 0; i < n && files[i].name; i++)
        mn_files_put(f, files[i].name, files[i].text,
                     files[i].size ? files[i].size : strlen(files[i].text));
    struct mn_diags *d = mn_diags_new();
    struct mn_model *m = mn_model_load(f, d);
    assert_int_equal(m == NULL, mn_diags_errors(d) > 0);
    mn_diags_sort(d);
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < mn_diags_count(d); i++) {
        struct mn_diag_view v = mn_diags_view(d, i);
        mn_buf_printf(&b, "%s%s %d:%d", i ? " " : "", mn_code_info(v.code)->name, v.line, v.col);
        for (size_t k = 0; k < v.notes; k++)
            mn_buf_printf(&b, " +%s", mn_code_info(mn_diags_view_note(d, i, k).code)->name);
    }
    mn_model_free(m);
    mn_diags_free(d);
    mn_files_free(f);
    return mn_buf_take(&b);
}

struct problem {
    const char *text, *expected;
};

#define NODE "nodes: [{id: n, kind: box, "
#define SITE "sites: [{id: s, " N ", type: ward, blueprint: hut, lines: {up: alpha}, "
#define SERVICE "services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [], hosts: [alpha], "

static const struct problem cases[] = {
    {"areas: []\n", ""},
    /* the file as such */
    {"", "empty-file 0:0"},
    {"# nothing\n", "empty-file 0:0"},
    {"\xff\xfe"
     "a",
     "utf-16 0:0"},
    {"\xef\xbb\xbf"
     "areas: []\n",
     "byte-order-mark 0:0"},
    {"areas: []\n# \xc3(\n", "not-utf-8 2:3"},
    {"areas: []\n# ph\xc6\xb0\xe1\xbb\x9dng\x07\n", "control-character 2:9"},
    {"areas: []\r\nteams: []\r\n", ""},
    {"areas: []\rteams: []\n", "control-character 1:10"},
    {"# \xe2\x80\xa8\n", "control-character 1:3"}, /* a line break that no editor shows */
    {"# \xe2\x80\xae\n", "control-character 1:3"}, /* text that runs backwards */
    {"teams: [{id: x, name: {vi: \"\\0\", en: X}}]\n", "control-character 1:28"},
    {"teams: [{id: x, name: {vi: \"\\x07\", en: X}}]\n", "control-character 1:28"},
    /* YAML */
    {"areas: *none\n", "unknown-anchor 1:8"},
    {"areas: !!seq []\n", "tag 1:8"},
    {"areas: []\n---\nteams: []\n", "several-documents 2:1"},
    {"defaults: {<<: {}}\n", "merge-key 1:12"},
    {"? [a]\n: b\n", "key-not-text 1:3"},
    {"areas: []\nteams: []\nareas: []\n", "duplicate-key 3:1 +see-also"},
    {"areas:\n\t- x\n", "syntax-tab 2:1"},
    {"areas: [\n", "syntax-quote 1:8"},
    {"areas: \"x\n", "syntax-quote 1:8"},
    {"areas: \"a\\q\"\n", "syntax-escape 1:10"},
    {"areas: \"a\\x1\"\n", "syntax-escape 1:12"},
    {"teams: [{id: x, name: {vi: X, en: X]\n", "syntax-brace 1:36"},
    {"areas: [a, b}\n", "syntax-bracket 1:13"},
    {"areas: @x\n", "syntax-character 1:8"},
    {"areas: []\nteams []\nroles: []\n", "syntax-no-colon 3:1 +syntax-began"},
    {"areas:\n  - id: x\n name: y\n", "syntax-indent 3:2 +syntax-began"},
    {"%YAML 9.9\n---\nareas: []\n", "syntax 1:1"},
    {"teams:\n  - id: x\n    name:\n      vi: L\xe1\xbb\x97i: m\xe1\xba\xa5t \xc4\x91i\xe1\xbb\x87n\n"
     "      en: X\n",
     "text-cut-colon 4:14"},
    {"teams: [{id: x, name: {vi: A: b, en: X}}]\n", "text-cut-colon 1:29"},
    {"teams: [{id: x, name: {vi: A, b, en: X}}]\n", "text-cut-comma 1:31 +quote-text"},
    {"teams: [{id: x, name: {vi: A, b, c, en: X}}]\n", "text-cut-comma 1:31 +quote-text"},
    /* shape */
    {"teams: {a: b}\n", "expected-list 1:8"},
    {"kinds: [a]\n", "expected-map 1:8"},
    {"- a\n", "expected-map 1:1"},
    {"nodes: [{id: [n], kind: box}]\n", "expected-value 1:14"},
    {"nodes:\n", "missing-value 1:7"},
    {"defaults: {type: null}\n", "missing-value 1:18"},
    {"defaults: {type: ~}\n", "missing-value 1:18"},
    {"nodez: []\n", "unknown-key 1:1 +did-you-mean"},
    {"defaults: {typ: ward}\n", "unknown-key 1:12 +did-you-mean"},
    {"nodes: [{id: n}]\n", "missing-key 1:9"},
    {"teams: [{id: x, name: {vi: X}}]\n", "missing-language 1:23"},
    {"defaults: {but: {}}\n", "empty-map 1:17"},
    {"links: [{id: x, kind: wire, ends: [alpha]}]\n", "list-length 1:35"},
    {"defaults: {at: [1, 2, 3]}\n", "list-length 1:16"},
    {"services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [], hosts: []}]\n",
     "list-too-short 1:86"},
    {"services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [],\n"
     "  hosts: [{node: alpha, any_of: [beta, crew]}]}]\n",
     "host-node-or-any 2:11"},
    {"services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [],\n"
     "  hosts: [{any_of: [beta]}], via: {any_of: [alpha]}}]\n",
     ""},
    {"services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [],\n"
     "  hosts: [{any_of: []}]}]\n",
     "list-too-short 2:20"},
    {"services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [],\n  hosts: [{}]}]\n",
     "missing-key 2:11"},
    {"defaults: {type: wards}\n", "unknown-word 1:18 +did-you-mean"},
    {"teams: [{id: x, name: {vi: '', en: X}}]\n", "empty-text 1:28"},
    {"teams: [{id: x, name: {vi: \"a\\nb\", en: X}}]\n", "line-break 1:28"},
    {"teams: [{id: x, name: {vi: X, en: X}, hours: {vi: \"a\\nb\", en: X}}]\n", ""},
    {"teams: [{id: x, name: {vi: e\xcc\x81, en: X}}]\n", "not-nfc 1:28"},
    {"teams: [{id: X, " N "}]\n", "bad-id 1:14"},
    {"teams: [{id: true, " N "}]\n", "bad-id 1:14"},
    {"kinds: {A: {" N "}}\n", "bad-id 1:9"},
    {"nodes: [{id: a/b/c, kind: box}]\n", "bad-component 1:14"},
    {"links: [{id: x, kind: wire, ends: [alpha, 'beta:']}]\n", "bad-end 1:43"},
    {"kinds: {k: {" N ", transit: maybe}}\n", "bad-boolean 1:44"},
    {"contracts: [{id: c, " N ", roles: {}, restore: 4}]\n", "bad-duration 1:63"},
    {"links: [{id: x, kind: wire, ends: [alpha, beta], delay: 2us}]\n", "bad-delay 1:57"},
    {"links: [{id: x, kind: wire, ends: [alpha, beta], capacity: 2m}]\n", "bad-capacity 1:60"},
    {"contracts: [{id: c, " N ", roles: {}, valid_from: 1/2/2026}]\n", "bad-date 1:66"},
    {"contracts: [{id: c, " N ", roles: {}, valid_from: 2026-02-30}]\n", "no-such-date 1:66"},
    {"contracts: [{id: c, " N ", roles: {}, valid_from: 2028-02-29}]\n", ""},
    {NODE "faults: {hang: {per_year: x}}}]\n", "bad-number 1:54"},
    {NODE "faults: {hang: {effect: {degrades: {loss: 1.5}}}}}]\n", "bad-share 1:70"},
    {"defaults: {population: -3}\n", "bad-count 1:24"},
    {"severity: [{id: high, " N ", when: {sites: 0}}]\n", "bad-minimum 1:59"},
    {"defaults: {at: [91, 0]}\n", "bad-latitude 1:17"},
    {"defaults: {at: [10.5, 181]}\n", "bad-longitude 1:23"},
    /* ids and references */
    {"nodes: [{id: alpha, kind: box}]\n", "duplicate-id 1:14 +see-also"},
    {"services: [{id: wan, " N ", by: crew, endpoint: pc, used_at: [], hosts: [alpha]}]\n",
     "duplicate-id 1:17 +see-also"},
    {"areas: [{id: crew, " N "}]\n", "duplicate-id 1:14 +see-also"},
    {"network: {id: t, " N ", status: real, date: 2026-01-01}\n", "duplicate-id 1:10 +see-also"},
    {"links: [{id: x, kind: wire, ends: [alpha, bet]}]\n", "unknown-node 1:43 +did-you-mean"},
    {"links: [{id: x, kind: wire, ends: [alpha, web]}]\n", "unknown-node 1:43 +is-another-class"},
    {SERVICE "via: gamma}]\n", "not-a-node 1:100"},
    {SERVICE "requires: [webb]}]\n", "unknown-service 1:106 +did-you-mean"},
    {NODE "shared_risk: [ducts]}]\n", "unknown-group 1:42 +did-you-mean"},
    {NODE "requires: [web]}]\n", "unknown-supply 1:39 +is-another-class"},
    {"shared_risk: [{id: g, " N ", members: [gamma]}]\n", "unknown-component 1:55"},
    {"defaults: {area: north}\nsites: [{id: s, " N ", type: pop, area: nort}]\n",
     "unknown-area 2:56 +did-you-mean"},
    {NODE "site: hom}]\n", "unknown-site 1:34 +did-you-mean"},
    {"roles: [{id: r, " N ", team: crow}]\n", "unknown-team 1:45 +did-you-mean"},
    {"areas: [{id: a, " N ", roles: {fixr: crew}}]\n", "unknown-role 1:47 +did-you-mean"},
    {NODE "by: fixers}]\n", "unknown-party 1:32 +did-you-mean"},
    {NODE "contract: deel}]\n", "unknown-contract 1:38 +did-you-mean"},
    {NODE "faults: {hang: {repair: swop}}}]\n", "unknown-repair 1:52 +did-you-mean"},
    {"nodes: [{id: n, kind: boxx}]\n", "unknown-kind 1:23 +did-you-mean"},
    {"sites: [{id: s, " N ", type: ward, blueprint: hat}]\n",
     "unknown-blueprint 1:62 +did-you-mean"},
    {NODE "faults: {hang: {symptom: slo}}}]\n", "unknown-symptom 1:53 +did-you-mean"},
    {"policies: [{id: p, " N ", kind: escalation, valid_from: 2026-01-01,\n"
     "  applies_to: {severity: [high]}, levels: [{to: crew, type: functional, after: 1h}]}]\n",
     "unknown-severity 2:27"},
    {"policies: [{id: p, " N ", kind: escalation, valid_from: 2026-01-01, reference: low,\n"
     "  levels: [{to: crew, type: functional, after: 1h}]}]\n",
     "unknown-regulation 1:95 +did-you-mean"},
    {"nodes: [{id: n, kind: wire}]\n", "kind-of-another-class 1:23 +see-also"},
    /* links */
    {"links: [{id: x, kind: wire, ends: [alpha, alpha]}]\n", "link-to-itself 1:43"},
    {"links: [{id: x, kind: wire, ends: ['alpha:1', beta]}]\n", "port-taken 1:36 +see-also"},
    /* sites and blueprints */
    {"sites: [{id: s, " N "}]\n", "site-without-type 1:14"},
    {SITE "but: {remove: [puc]}}]\n", "unknown-part 1:102 +did-you-mean"},
    {SITE "but: {set: {line-upp: {kind: wire}}}}]\n", "unknown-part 1:99 +did-you-mean"},
    {"sites: [{id: s, " N ", type: ward, lines: {up: alpha}}]\n", "unknown-line 1:59"},
    {"sites: [{id: s, " N ", type: ward, blueprint: hut}]\n", "line-missing 1:14"},
    {SITE "but: {remove: [hub]}}]\n", "line-end-removed 1:102 removed-but-needed 1:102"},
    {SITE "but: {remove: [ups, lan, line-up]}}]\n", ""},
    {SITE "but: {set: {pc: {capacity: 1M}}}}]\n", "key-of-links 1:104"},
    {SITE "but: {set: {line-up: {address: x}}}}]\n", "key-of-nodes 1:109"},
    {SITE "but: {add: {tv: {kind: box, to: hub}}}}]\n", "no-lan-link 1:99"},
    {SITE "but: {add: {tv: {kind: box, to: hub, link: wire}}}}]\n", ""},
    {"sites: [{id: s, " N ", type: pop, uses: {add: [web]}}]\n", "no-endpoint 1:14"},
    {"blueprints: {x: {nodes: {pc: {kind: box}}, links: [{id: l, kind: wire, ends: [pc, pd]}]}}\n",
     "unknown-node 1:83 +did-you-mean"},
    /* people, faults, rules */
    {NODE "by: nobody}]\n", "role-without-team 1:9 +role-hint"},
    {NODE "faults: {hang: {by: nobody}}}]\n", "role-without-team 1:37 +role-hint"},
    {"policies: [{id: p, " N ", kind: escalation, valid_from: 2026-01-01,\n"
     "  levels: [{to: nobody, type: functional, after: 1h}]}]\n",
     "role-nobody 1:12"},
    {NODE "faults: {new: {per_year: 1}}}]\n", "fault-incomplete 1:37"},
    {"nodes: [{id: p, kind: box, requires: [q]}, {id: q, kind: box, powered_by: [p]}]\n",
     "requirement-cycle 1:39"},
    {"services: [{id: s, " N ", by: crew, endpoint: pc, used_at: [], hosts: [alpha],\n"
     "  requires: [s]}]\n",
     "requirement-cycle 2:14"},
    {"contracts: [{id: c, " N ", roles: {}, valid_from: 2026-02-01, valid_until: 2026-01-01}]\n",
     "dates-reversed 1:91"},
    {"severity: [{id: low, " N "}]\n", "severity-order 1:17"},
    {"policies: [{id: p, " N ", kind: escalation, valid_from: 2026-01-01, levels: [\n"
     "  {to: crew, type: functional, after: 2h}, {to: crew, type: functional, after: 1h}]}]\n",
     "level-order 2:80"},
    /* include */
    {"include: [network.yaml]\n", "include-cycle 1:11"},
    {"include: [\"*.yaml\"]\n", ""},
    {"include: [none-*.yaml]\n", "include-nothing 1:11"},
    {"include: [../x.yaml]\n", "include-outside 1:11"},
    {"include: [/etc/passwd]\n", "include-outside 1:11"},
    {"include: [none.yaml]\n", "file-missing 1:11"},
};

static void test_each_problem(void **state) {
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        const struct file files[] = {{"network.yaml", base, 0}, {"x.yaml", cases[i].text, 0}};
        char *found = problems(files, 2);
        if (strcmp(found, cases[i].expected) != 0) {
            printf("%s    expected: %s\n    found:    %s\n", cases[i].text, cases[i].expected,
                   found);
            bad++;
        }
        free(found);
    }
    assert_int_equal(bad, 0);
}

static void test_binary(void **state) {
    (void)state;
    const struct file files[] = {{"network.yaml", "a\0b", 3}};
    char *found = problems(files, 1);
    assert_string_equal(found, "binary-file 0:0");
    free(found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_problem),
        cmocka_unit_test(test_binary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
