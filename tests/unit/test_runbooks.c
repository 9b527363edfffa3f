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

enum { MAX_ANSWERS = 60, MAX_OUTCOMES = 9 };

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

/* An answer to a step, as a place in the graph of a runbook: the same answer to
 * the same step, come to from the same answer before, is the same place. Retry
 * loops so become cycles. */
struct place {
    const char *name; /* "fibre-look=bent" */
    int before;       /* the place that was reached first on the way here, or -1 */
    struct mn_answer answer;
    size_t depth;

    bool ends; /* a resolve is reachable */
};

struct link {
    int from, to;
};

struct walk {
    struct world *w;
    struct mn_arena *arena;
    const char *runbook, *file;
    json_t *facts;
    struct place *places;
    size_t n_places, cap_places;
    struct link *links;
    size_t n_links, cap_links;
    size_t resolved;
};

static struct mn_subject subject_of(const struct world *w, size_t i) {
    int component = mn_model_component(w->model, walks[i].component);
    assert_true(component >= 0);
    struct mn_subject subject = mn_subject_component(w->model, component);
    if (walks[i].site)
        subject.site = mn_model_site(w->model, walks[i].site);
    return subject;
}

static size_t answers_to(const struct walk *k, int place, struct mn_answer *out) {
    size_t n = place < 0 ? 0 : k->places[place].depth;
    for (int p = place; p >= 0; p = k->places[p].before)
        out[k->places[p].depth - 1] = k->places[p].answer;
    return n;
}

static void add_link(struct walk *k, int from, int to) {
    k->links = mn_grow(k->links, &k->cap_links, k->n_links + 1, sizeof *k->links);
    k->links[k->n_links++] = (struct link){from, to};
}

static void add_place(struct walk *k, int before, const struct mn_step *s, const char *given) {
    const char *value = NULL;
    bool fits = mn_answer_fits(s, given, MN_NOWHERE, k->arena, &value, k->w->diags);
    if (!fits)
        print_diags(k->w->diags);
    assert_true(fits);
    const char *name = mn_arena_printf(k->arena, "%s=%s", s->key, value);
    const char *came = before < 0 ? "" : k->places[before].name;
    for (size_t i = 0; i < k->n_places; i++) {
        const struct place *p = &k->places[i];
        const char *its = p->before < 0 ? "" : k->places[p->before].name;
        if (strcmp(p->name, name) == 0 && strcmp(its, came) == 0) {
            add_link(k, before, (int)i);
            return;
        }
    }
    k->places = mn_grow(k->places, &k->cap_places, k->n_places + 1, sizeof *k->places);
    k->places[k->n_places] = (struct place){
        .name = name,
        .before = before,
        .answer = mn_answer_to(s, value, 1790000000, "officer", k->arena),
        .depth = (before < 0 ? 0 : k->places[before].depth) + 1,
    };
    add_link(k, before, (int)k->n_places);
    k->n_places++;
}

/* A walk that has ended well: it was checked that it works, and after a sign of
 * danger or of an attack nothing was tried but to cut the machine off. */
static void check_path(const struct walk *k, const struct mn_progress *p,
                       const struct mn_answer *answers) {
    const struct mn_step *last_verify = NULL;
    const char *verified = NULL, *stopped = NULL;
    for (size_t i = 0; i < p->n_path; i++) {
        const struct mn_step *s = &p->path[i];
        if (s->kind == MN_STEP_VERIFY) {
            last_verify = s;
            verified = answers[i].value;
        }
        if (stopped && s->kind == MN_STEP_ACT && strcmp(s->key, "security-unplug") != 0)
            fail_msg("%s: \"%s\" is done after \"%s\"", k->runbook, s->key, stopped);
        if (s->input == MN_INPUT_CHOICE &&
            (strcmp(answers[i].value, "security") == 0 || strcmp(answers[i].value, "danger") == 0))
            stopped = answers[i].value;
    }
    if (!last_verify)
        fail_msg("%s: it is resolved without a check", k->runbook);
    if (strcmp(verified, last_verify->outcomes[0].key) != 0)
        fail_msg("%s: it is resolved although \"%s\" says no", k->runbook, last_verify->key);
    if (p->step->kind != MN_STEP_RESOLVE)
        fail_msg("%s: it ends without a resolve step", k->runbook);
}

static void walk_on(struct walk *k, int place) {
    struct mn_answer answers[MAX_ANSWERS];
    size_t n = answers_to(k, place, answers);
    const struct mn_evaluation evaluation = {
        .runbooks = k->w->runbooks,
        .library = k->w->library,
        .file = k->file,
        .facts = k->facts,
        .answers = answers,
        .n = n,
    };
    struct mn_progress progress;
    bool evaluated = mn_evaluate(&evaluation, k->arena, &progress, k->w->diags);
    if (!evaluated)
        print_diags(k->w->diags);
    assert_true(evaluated);
    if (progress.state == MN_PROGRESS_DIVERGED)
        fail_msg("%s: its own answers do not fit after %zu steps", k->runbook, progress.n_path);
    k->w->steps = mn_grow(k->w->steps, &k->w->cap_steps, k->w->n_steps + 1, sizeof *k->w->steps);
    k->w->steps[k->w->n_steps++] = progress.step;

    if (progress.state == MN_PROGRESS_RESOLVED) {
        check_path(k, &progress, answers);
        k->places[place].ends = true;
        k->resolved++;
    } else {
        const struct mn_step *s = progress.step;
        if (n + 1 >= MAX_ANSWERS)
            fail_msg("%s: no end after %zu answers, at \"%s\"", k->runbook, n, s->key);
        if (place < 0 && (s->kind != MN_STEP_TELL || strcmp(s->key, "workaround") != 0))
            fail_msg("%s: it does not begin with how to keep working", k->runbook);
        switch (s->input) {
        case MN_INPUT_CHOICE:
            for (size_t i = 0; i < s->n_outcomes; i++)
                add_place(k, place, s, s->outcomes[i].key);
            break;
        case MN_INPUT_CHECKLIST:
            add_place(k, place, s, "done");
            break;
        case MN_INPUT_NUMBER:
            add_place(k, place, s, "0");
            break;
        case MN_INPUT_TEXT:
            add_place(k, place, s, "không rõ");
            break;
        default:
            add_place(k, place, s, "ok");
            break;
        }
    }
}

/* From every place some way leads to the end. */
static void check_ends(struct walk *k) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < k->n_links; i++) {
            struct link l = k->links[i];
            if (l.from >= 0 && k->places[l.to].ends && !k->places[l.from].ends)
                changed = k->places[l.from].ends = true;
        }
    }
    for (size_t i = 0; i < k->n_places; i++)
        if (!k->places[i].ends)
            fail_msg("%s: no way ends after %s", k->runbook, k->places[i].name);
}

static void walk_all(struct world *w, size_t i) {
    const struct mn_runbook *r = mn_catalogue_find(w->catalogue, walks[i].runbook);
    if (!r)
        fail_msg("there is no runbook \"%s\"", walks[i].runbook);
    struct mn_subject subject = subject_of(w, i);
    struct walk k = {.w = w,
                     .arena = w->arena,
                     .runbook = walks[i].runbook,
                     .file = r->file,
                     .facts = mn_incident_facts(w->model, subject, NULL, NULL, NULL)};
    walk_on(&k, -1);
    for (size_t p = 0; p < k.n_places; p++)
        walk_on(&k, (int)p);
    check_ends(&k);
    assert_true(k.resolved > 0);
    json_decref(k.facts);
    free(k.places);
    free(k.links);
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
