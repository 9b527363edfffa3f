/* The runbooks that are shipped, walked through every answer: none leaves an
 * officer without a next step, an honest way to say "cannot tell", a check that
 * it works, or the right word. */
#include "base/files.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/unicode.h"
#include "model/model.h"
#include "runbook/answer.h"
#include "runbook/runbook.h"
#include "script/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What is walked: each runbook on each sort of component that it is for, in
 * topology/tiny. */
static const struct {
    const char *runbook, *component, *site;
} walks[] = {
    {"metronet-line", "26740/line-primary", NULL},
    {"metronet-line", "27676/line-primary", NULL}, /* over the air */
    {"unit-router", "26740/cpe", NULL},
    {"endpoint-no-picture-or-sound", "26740/codec", NULL},
    {"online-meeting", "meeting", "26740"},
    {"signature-token", "26740/token", NULL},
};

enum { MAX_OUTCOMES = 9 };

struct world {
    struct mn_files *topology, *runbooks, *library;
    struct mn_model *model;
    struct mn_catalogue *catalogue;
    struct mn_diags *diags;
    struct mn_arena *arena;
    const struct mn_step **steps; /* every step that was met on the walks */
    size_t n_steps, cap_steps;
};

static void print_diags(struct mn_diags *d) {
    mn_diags_sort(d);
    for (size_t i = 0; i < mn_diags_count(d); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_diags_render(d, i, MN_EN, false, &b);
        print_error("%s\n", mn_buf_text(&b));
        mn_buf_fini(&b);
    }
}

static int open_world(void **state) {
    struct world *w = mn_new0(1, sizeof *w);
    *state = w;
    w->diags = mn_diags_new();
    w->arena = mn_arena_new();
    w->topology = mn_files_dir("topology/tiny", "topology/tiny");
    w->runbooks = mn_files_dir("runbooks", "runbooks");
    w->library = mn_library_files();
    w->model = mn_model_load(w->topology, w->diags);
    w->catalogue = mn_catalogue_load(w->runbooks, w->library, w->diags);
    mn_catalogue_advise(w->catalogue, w->diags);
    print_diags(w->diags);
    return w->model && mn_diags_count(w->diags) == 0 ? 0 : -1; /* no advice either */
}

static int close_world(void **state) {
    struct world *w = *state;
    mn_catalogue_free(w->catalogue);
    mn_model_free(w->model);
    mn_files_free(w->library);
    mn_files_free(w->runbooks);
    mn_files_free(w->topology);
    mn_diags_free(w->diags);
    mn_arena_free(w->arena);
    free(w->steps);
    free(w);
    return 0;
}

static struct mn_subject subject_of(const struct world *w, size_t i) {
    int component = mn_model_component(w->model, walks[i].component);
    assert_true(component >= 0);
    struct mn_subject subject = mn_subject_component(w->model, component);
    if (walks[i].site)
        subject.site = mn_model_site(w->model, walks[i].site);
    return subject;
}

/* What a walk has behind it: whether the latest check that it works said yes, and a sign of danger
 * or of an attack. */
enum { UNCHECKED, WORKS, WORKS_NOT, CHECKS };
enum { STOPPED = CHECKS, BEHIND = 2 * CHECKS };

static int behind_then(const struct mn_flow_node *node, const char *value, int behind) {
    const struct mn_step *s = &node->step;
    if (node->kind == MN_FLOW_ITEM)
        return behind;
    if (s->kind == MN_STEP_VERIFY) {
        bool works = strcmp(value, s->outcomes[0].key) == 0;
        behind = (behind < STOPPED ? 0 : STOPPED) + (works ? WORKS : WORKS_NOT);
    }
    if (s->input == MN_INPUT_CHOICE && behind < STOPPED &&
        (strcmp(value, "security") == 0 || strcmp(value, "danger") == 0))
        behind += STOPPED;
    return behind;
}

/* Every walk that comes here, by what it has behind it: it ends only where it was checked that it
 * works, and after a sign of danger or attack nothing is tried but to cut the machine off. */
static void check_node(const char *runbook, const struct mn_flow_node *node, int behind) {
    const struct mn_step *s = &node->step;
    if (behind >= STOPPED && s->kind == MN_STEP_ACT && strcmp(s->key, "security-unplug") != 0)
        fail_msg("%s: \"%s\" is done after a sign of danger or attack", runbook, s->key);
    if (s->kind == MN_STEP_RESOLVE && behind % CHECKS == UNCHECKED)
        fail_msg("%s: \"%s\" is come to without a check", runbook, node->id);
    if (s->kind == MN_STEP_RESOLVE && behind % CHECKS == WORKS_NOT)
        fail_msg("%s: \"%s\" is come to although the check says no", runbook, node->id);
    if (s->kind != MN_STEP_RESOLVE && node->n_edges == 0)
        fail_msg("%s: it ends at \"%s\"", runbook, node->id);
}

static void check_walks(const char *runbook, const struct mn_flow *flow) {
    size_t n = 0, all = flow->n * BEHIND;
    bool *met = mn_new0(all, sizeof *met);
    size_t *queue = mn_new0(all, sizeof *queue);
    met[UNCHECKED] = true;
    queue[n++] = UNCHECKED; /* node 0 */
    for (size_t at = 0; at < n; at++) {
        const struct mn_flow_node *node = &flow->nodes[queue[at] / BEHIND];
        int behind = (int)(queue[at] % BEHIND);
        check_node(runbook, node, behind);
        for (size_t e = 0; e < node->n_edges; e++) {
            size_t next = (size_t)node->edges[e].to * BEHIND +
                          (size_t)behind_then(node, node->edges[e].value, behind);
            if (!met[next])
                queue[n++] = next;
            met[next] = true;
        }
    }
    free(met);
    free(queue);
}

static void walk_all(struct world *w, size_t i) {
    const struct mn_runbook *r = mn_catalogue_find(w->catalogue, walks[i].runbook);
    if (!r)
        fail_msg("there is no runbook \"%s\"", walks[i].runbook);
    json_t *facts = mn_incident_facts(w->model, subject_of(w, i), NULL, NULL, NULL);
    struct mn_exploration e = {
        .runbooks = w->runbooks, .library = w->library, .file = r->file, .facts = facts};
    struct mn_flow flow;
    bool explored = mn_explore(&e, w->arena, &flow, w->diags);
    print_diags(w->diags);
    assert_true(explored);
    assert_int_equal(flow.n_failures, 0);
    assert_int_equal(flow.n_loops, 0); /* from everywhere some way leads to an end */
    if (strcmp(flow.nodes[0].step.key, "workaround") != 0)
        fail_msg("%s: it does not begin with how to keep working", r->id);
    check_walks(r->id, &flow);
    for (size_t k = 0; k < flow.n; k++) {
        w->steps = mn_grow(w->steps, &w->cap_steps, w->n_steps + 1, sizeof *w->steps);
        w->steps[w->n_steps++] = &flow.nodes[k].step;
    }
    json_decref(facts);
}

static bool is_key(const char *key) {
    return key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0' && key[0] != '-';
}

static void check_text(const struct mn_step *s, struct mn_text t, const char *what) {
    if (!t.vi || !t.en || !*t.vi || !*t.en)
        fail_msg("%s:%d: %s of \"%s\" lacks a language", s->file, s->line, what, s->key);
}

static void check_step(const struct mn_step *s) {
    if (!is_key(s->key))
        fail_msg("%s:%d: key \"%s\" is not in lower-case words", s->file, s->line, s->key);
    check_text(s, s->text, "the text");
    if (s->kind == MN_STEP_ACT) {
        check_text(s, s->interrupts, "what it interrupts");
        check_text(s, s->undo, "how it is undone");
    }
    if ((s->kind == MN_STEP_ESCALATE || s->kind == MN_STEP_HANDOVER) && !s->team)
        fail_msg("%s:%d: \"%s\" goes to no team", s->file, s->line, s->key);
    bool cannot = s->kind != MN_STEP_ASK && s->kind != MN_STEP_CHECK;
    cannot = cannot || s->input == MN_INPUT_TEXT;
    for (size_t i = 0; i < s->n_outcomes; i++) {
        check_text(s, s->outcomes[i].text, "an outcome");
        cannot = cannot || strncmp(s->outcomes[i].key, "cannot", 6) == 0;
    }
    for (size_t i = 0; i < s->n_items; i++)
        check_text(s, s->items[i].text, "an item");
    if (!cannot)
        fail_msg("%s:%d: \"%s\" has no way to say \"cannot tell\"", s->file, s->line, s->key);
    if (s->n_outcomes > MAX_OUTCOMES)
        fail_msg("%s:%d: \"%s\" has more outcomes than number keys", s->file, s->line, s->key);
}

static void test_every_answer_leads_on(void **state) {
    struct world *w = *state;
    for (size_t i = 0; i < MN_COUNT(walks); i++)
        walk_all(w, i);
    for (size_t i = 0; i < w->n_steps; i++)
        check_step(w->steps[i]);
}

static void test_each_applies_where_it_is_walked(void **state) {
    struct world *w = *state;
    for (size_t i = 0; i < MN_COUNT(walks); i++) {
        const struct mn_runbook *r = mn_catalogue_find(w->catalogue, walks[i].runbook);
        assert_non_null(r);
        if (!mn_runbook_applies(r, w->model, subject_of(w, i)))
            fail_msg("%s does not apply to %s", walks[i].runbook, walks[i].component);
    }
    assert_true(mn_catalogue_check(w->catalogue, w->model, w->diags));
}

/* What they name of the model is in the city too, and its one line by satellite has its runbook. */
static void test_the_city_has_what_they_name(void **state) {
    struct world *w = *state;
    struct mn_files *files = mn_files_dir("topology/hcmc", "topology/hcmc");
    struct mn_model *city = mn_model_load(files, w->diags);
    bool fits = city && mn_catalogue_check(w->catalogue, city, w->diags);
    if (!fits)
        print_diags(w->diags);
    assert_true(fits);
    int line = mn_model_component(city, "26732/line-primary");
    assert_true(line >= 0);
    assert_true(mn_runbook_applies(mn_catalogue_find(w->catalogue, "metronet-line"), city,
                                   mn_subject_component(city, line)));
    mn_model_free(city);
    mn_files_free(files);
}

/* ---- words
 * ----------------------------------------------------------------------------------
 */

struct term {
    const char *en;       /* folded, with a space before and after */
    const char *forms[8]; /* Vietnamese forms, any of which will do; the first is
                             the glossary's */
    size_t n_forms;
};

struct glossary {
    struct mn_arena *arena;
    struct term *terms;
    size_t n, cap;
    size_t used; /* how often a term was met */
};

/* Splits a line of CSV in place, quotes understood; returns the number of
 * fields. */
static size_t csv_fields(char *line, char **fields, size_t max) {
    size_t n = 0;
    char *in = line;
    while (n < max) {
        char *out = in, *start = in;
        bool quoted = false;
        for (; *in && (quoted || *in != ','); in++) {
            if (*in == '"' && quoted && in[1] == '"')
                *out++ = *in++;
            else if (*in == '"')
                quoted = !quoted;
            else
                *out++ = *in;
        }
        bool more = *in == ',';
        *out = '\0';
        fields[n++] = start;
        if (!more)
            break;
        in++;
    }
    return n;
}

/* Calls `row` with the fields of each line that is neither a comment nor the
 * heading. */
static bool read_csv(const char *path, void (*row)(char **fields, size_t n, void *data),
                     void *data) {
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    char line[1024];
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *fields[4];
        if (line[0] == '#' || strncmp(line, "en,vi,", 6) == 0)
            continue;
        size_t n = csv_fields(line, fields, MN_COUNT(fields));
        if (n >= 2)
            row(fields, n, data);
    }
    fclose(f);
    return true;
}

static void add_term(char **fields, size_t n, void *data) {
    struct glossary *g = data;
    g->terms = mn_grow(g->terms, &g->cap, g->n + 1, sizeof *g->terms);
    char *folded = mn_fold(fields[0]);
    struct term t = {.en = mn_arena_printf(g->arena, " %s ", folded)};
    free(folded);
    t.forms[t.n_forms++] = mn_arena_strdup(g->arena, fields[1]);
    if (n > 2)
        for (char *rest = fields[2], *form; (form = strtok_r(rest, "|", &rest)) && t.n_forms < 8;)
            t.forms[t.n_forms++] = mn_arena_strdup(g->arena, form);
    g->terms[g->n++] = t;
}

/* Does the text hold the form, perhaps with a capital first letter? */
static bool holds(const char *text, const char *form) {
    if (strstr(text, form))
        return true;
    char capital[128];
    snprintf(capital, sizeof capital, "%s", form);
    if ((unsigned char)form[0] == 0xC4 && (unsigned char)form[1] == 0x91)
        capital[1] = (char)0x90; /* đ, Đ */
    else if (form[0] >= 'a' && form[0] <= 'z')
        capital[0] = (char)(form[0] - 'a' + 'A');
    return strstr(text, capital) != NULL;
}

static void check_words(const struct mn_step *s, struct mn_text t, struct glossary *g) {
    if (!t.vi || !t.en)
        return;
    char *folded = mn_fold(t.en);
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_printf(&b, " %s ", folded);
    free(folded);
    for (size_t i = 0; i < g->n; i++) {
        if (!strstr(mn_buf_text(&b), g->terms[i].en))
            continue;
        bool found = false;
        for (size_t form = 0; form < g->terms[i].n_forms; form++)
            found = found || holds(t.vi, g->terms[i].forms[form]);
        if (!found)
            fail_msg("%s:%d: \"%s\" is there in English, \"%s\" is not in "
                     "Vietnamese\n  %s\n  %s",
                     s->file, s->line, g->terms[i].en, g->terms[i].forms[0], t.en, t.vi);
        g->used++;
    }
    mn_buf_fini(&b);
}

static void check_step_words(const struct mn_step *s, struct glossary *g) {
    const struct mn_text texts[] = {s->text, s->why, s->help, s->interrupts, s->undo, s->cause};
    for (size_t i = 0; i < MN_COUNT(texts); i++)
        check_words(s, texts[i], g);
    for (size_t i = 0; i < s->n_outcomes; i++)
        check_words(s, s->outcomes[i].text, g);
    for (size_t i = 0; i < s->n_items; i++)
        check_words(s, s->items[i].text, g);
}

static void test_words_are_the_glossarys(void **state) {
    struct glossary g = {.arena = mn_arena_new()};
    assert_true(read_csv("tests/data/glossary.csv", add_term, &g));
    assert_true(g.n > 20);
    struct world *w = *state;
    for (size_t i = 0; i < w->n_steps; i++)
        check_step_words(w->steps[i], &g);
    assert_true(g.used > 100); /* else nothing was compared */
    free(g.terms);
    mn_arena_free(g.arena);
}

/* Our copy says what the project's glossary says, wherever that has the word:
 * "bridge point (meeting site)" and "carrier / telecom operator" count by their
 * first words. */
static void compare_term(char **fields, size_t n, void *data) {
    (void)n;
    struct glossary *g = data;
    const char *const asides[] = {" (", " / "};
    for (size_t i = 0; i < MN_COUNT(asides); i++) {
        char *aside = strstr(fields[0], asides[i]);
        if (aside)
            *aside = '\0';
    }
    char *folded = mn_fold(fields[0]);
    char *padded = mn_arena_printf(g->arena, " %s ", folded);
    free(folded);
    for (size_t i = 0; i < g->n; i++)
        if (strcmp(g->terms[i].en, padded) == 0) {
            assert_string_equal(g->terms[i].forms[0], fields[1]);
            g->used++;
        }
}

static void test_the_copied_words_are_the_glossarys(void **state) {
    (void)state;
    struct glossary g = {.arena = mn_arena_new()};
    assert_true(read_csv("tests/data/glossary.csv", add_term, &g));
    bool there = read_csv("../shared/data/glossary.csv", compare_term, &g);
    free(g.terms);
    mn_arena_free(g.arena);
    if (!there)
        skip();
    assert_true(g.used > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_applies_where_it_is_walked),
        cmocka_unit_test(test_the_city_has_what_they_name),
        cmocka_unit_test(test_every_answer_leads_on),
        cmocka_unit_test(test_words_are_the_glossarys),
        cmocka_unit_test(test_the_copied_words_are_the_glossarys),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
