/* The one idea, tested: a runbook is a function of the answers.
 *
 * The runbooks that are shipped, one that uses everything, and runbooks made up at random are
 * walked on the tiny model by generated answers. A replay gives to the byte what the straight run
 * gave; a shorter record after a rewind what was shown then, also when other answers were given in
 * between; and another process the same under another locale and time zone and with another layout
 * of its memory. Prints the seed; SEED=n repeats a run. */
#include "property/chance.h"
#include "property/made_runbook.h"
#include "script/script.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { LONGEST = 80, WALKS = 4, MADE = 8, MOST = 64 };
enum { SHIPPED, GOOD, MADE_UP, SETS };

struct world {
    struct mn_files *model_files, *runbooks[SETS], *library;
    struct mn_model *model;
    struct mn_catalogue *catalogues[SETS];
    struct mn_diags *d;
    struct {
        struct mn_files *files;
        const struct mn_runbook *runbook;
    } all[MOST];
    size_t n;
};

#define LOCALES "build/locales"

static unsigned start_seed;

static struct mn_files *make_runbooks(void) {
    struct mn_files *files = mn_files_memory("made");
    for (int i = 0; i < MADE; i++) {
        struct made_runbook m = {draw(1 << 15), 0, MN_BUF_INIT};
        char name[32];
        snprintf(name, sizeof name, "made-%d.lua", i);
        made_runbook(&m, i);
        mn_files_put(files, name, mn_buf_text(&m.source), m.source.size);
        mn_buf_fini(&m.source);
    }
    return files;
}

static int open_world(void **state) {
    static const char *const FOLDERS[] = {"runbooks", "tests/script/good"};
    struct world *w = mn_new0(1, sizeof *w);
    *state = w;
    w->d = mn_diags_new();
    w->model_files = mn_files_dir("topology/tiny", "topology/tiny");
    w->library = mn_library_files();
    w->model = mn_model_load(w->model_files, w->d);
    for (size_t f = 0; f < SETS; f++) {
        w->runbooks[f] = f == MADE_UP ? make_runbooks() : mn_files_dir(FOLDERS[f], FOLDERS[f]);
        w->catalogues[f] = mn_catalogue_load(w->runbooks[f], w->library, w->d);
        for (size_t i = 0; i < mn_catalogue_count(w->catalogues[f]) && w->n < MOST; i++) {
            w->all[w->n].files = w->runbooks[f];
            w->all[w->n++].runbook = mn_catalogue_at(w->catalogues[f], i);
        }
    }
    tell(w->d);
    return w->model && mn_diags_errors(w->d) == 0 ? 0 : -1;
}

static int close_world(void **state) {
    struct world *w = *state;
    for (size_t f = 0; f < SETS; f++) {
        mn_catalogue_free(w->catalogues[f]);
        mn_files_free(w->runbooks[f]);
    }
    mn_model_free(w->model);
    mn_files_free(w->model_files);
    mn_files_free(w->library);
    mn_diags_free(w->d);
    free(w);
    return 0;
}

/* One walk of one runbook for one subject. */
struct walk {
    struct world *w;
    struct mn_arena *a;
    struct mn_files *files;
    const struct mn_runbook *runbook;
    json_t *facts;
    struct mn_answer answers[LONGEST];
    size_t n;
};

/* The first subject in model order that the runbook is for. */
static struct mn_subject subject_of(const struct world *w, const struct mn_runbook *r) {
    for (int s = 0; s < w->model->n_sites; s++) {
        struct mn_subject subject = mn_subject_site(s);
        int component;
        if (mn_runbook_applies(r, w->model, subject))
            return subject;
        if (mn_runbook_applies_within(r, w->model, s, &component))
            return (struct mn_subject){component, s};
    }
    for (int c = 0; c < w->model->n_components; c++)
        if (mn_runbook_applies(r, w->model, mn_subject_component(w->model, c)))
            return mn_subject_component(w->model, c);
    return mn_subject_site(-1);
}

static void start(struct walk *k, struct world *w, size_t i) {
    memset(k, 0, sizeof *k);
    k->w = w;
    k->a = mn_arena_new();
    k->files = w->all[i].files;
    k->runbook = w->all[i].runbook;
    struct mn_subject subject = subject_of(w, k->runbook);
    if (subject.component < 0 && subject.site < 0)
        fail_msg("runbook %s applies to nothing in topology/tiny", k->runbook->id);
    k->facts = mn_incident_facts(w->model, subject, NULL, NULL, "tester");
}

static void finish(struct walk *k) {
    json_decref(k->facts);
    mn_arena_free(k->a);
}

static struct mn_progress evaluate(struct walk *k, size_t n) {
    struct mn_progress p;
    struct mn_evaluation e = {.runbooks = k->files,
                              .library = k->w->library,
                              .file = k->runbook->file,
                              .facts = k->facts,
                              .answers = k->answers,
                              .n = n,
                              .whole_path = true};
    struct mn_diags *d = mn_diags_new();
    if (!mn_evaluate(&e, k->a, &p, d)) {
        tell(d);
        fail_msg("%s failed after %zu answers", k->runbook->id, n);
    }
    mn_diags_free(d);
    assert_int_not_equal(p.state, MN_PROGRESS_DIVERGED);
    assert_int_equal(p.n_path, n);
    return p;
}

static void answer(struct walk *k, const struct mn_step *s, const char *given) {
    struct mn_diags *d = mn_diags_new();
    const char *value;
    bool fits = mn_answer_fits(s, given, MN_NOWHERE, k->a, &value, d);
    tell(d);
    mn_diags_free(d);
    assert_true(fits);
    k->answers[k->n] = mn_answer_to(s, value, 1795334400 + (int64_t)k->n, "tester", k->a);
    k->n++;
}

/* Any answer that fits, in one of the ways that a person gives it. */
static const char *any_answer(struct walk *k, const struct mn_step *s) {
    static const char *const STATES[] = {"done", "skipped", "cannot"};
    struct mn_buf b = MN_BUF_INIT;
    switch (s->input) {
    case MN_INPUT_CHOICE:
        mn_buf_printf(&b, "%u", 1 + draw((unsigned)s->n_outcomes));
        break;
    case MN_INPUT_CHECKLIST:
        for (size_t i = 0; i < s->n_items; i++)
            mn_buf_printf(&b, "%s=%s,", s->items[i].key, STATES[draw(3)]);
        break;
    case MN_INPUT_NUMBER:
        mn_buf_printf(&b, "%u,%u", draw(100), draw(1000));
        break;
    case MN_INPUT_TEXT:
        mn_buf_puts(&b, "từ sáng, lúc 7 giờ 40");
        break;
    default:
        break;
    }
    const char *given = mn_arena_strdup(k->a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return given;
}

static char *bytes_of(const struct mn_step *s) {
    struct mn_buf b = MN_BUF_INIT;
    json_t *doc = mn_step_json(s);
    mn_json_write(&b, doc, 0, false);
    json_decref(doc);
    return mn_buf_take(&b);
}

static void assert_same_step(const struct mn_step *a, const struct mn_step *b) {
    char *x = bytes_of(a), *y = bytes_of(b);
    assert_string_equal(x, y);
    free(x);
    free(y);
}

/* ---- straight run = replay = replay after a rewind ---- */

static void one_walk(struct world *w, size_t runbook) {
    struct walk k;
    struct mn_progress shown[LONGEST + 1];
    start(&k, w, runbook);
    shown[0] = evaluate(&k, 0);
    while (k.n < LONGEST && shown[k.n].state == MN_PROGRESS_OPEN) {
        answer(&k, shown[k.n].step, any_answer(&k, shown[k.n].step));
        shown[k.n] = evaluate(&k, k.n);
    }
    assert_true(k.n > 0);
    /* What the last replay passed is what was shown on the way. */
    for (size_t i = 0; i < k.n; i++)
        assert_same_step(&shown[k.n].path[i], shown[i].step);
    for (int i = 0; i < 3; i++) {
        size_t back = draw((unsigned)k.n);
        struct mn_progress again = evaluate(&k, back);
        assert_int_equal(again.state, shown[back].state);
        assert_same_step(again.step, shown[back].step);
    }
    /* Back, another way for some steps, back again, and the first way once more. */
    size_t back = draw((unsigned)k.n), n = k.n;
    struct mn_answer first[LONGEST];
    memcpy(first, k.answers, sizeof first);
    k.n = back;
    struct mn_progress p = evaluate(&k, back);
    for (int i = 0; i < 4 && k.n < LONGEST && p.state == MN_PROGRESS_OPEN; i++) {
        answer(&k, p.step, any_answer(&k, p.step));
        p = evaluate(&k, k.n);
    }
    memcpy(k.answers, first, sizeof first);
    p = evaluate(&k, n);
    assert_int_equal(p.state, shown[n].state);
    assert_same_step(p.step, shown[n].step);
    for (size_t i = 0; i < n; i++)
        assert_same_step(&p.path[i], shown[i].step);
    finish(&k);
}

static void replays(void **state) {
    struct world *w = *state;
    for (size_t i = 0; i < w->n; i++)
        for (int n = 0; n < (w->all[i].files == w->runbooks[MADE_UP] ? 1 : WALKS); n++)
            one_walk(w, i);
}

/* ---- the same in another process ---- */

/* Writes everything that a walk shows, for another process to compare. */
static void print_walks(struct world *w) {
    for (size_t i = 0; i < w->n; i++) {
        struct walk k;
        start(&k, w, i);
        struct mn_progress p = evaluate(&k, 0);
        while (k.n < LONGEST && p.state == MN_PROGRESS_OPEN) {
            answer(&k, p.step, any_answer(&k, p.step));
            p = evaluate(&k, k.n);
        }
        for (size_t s = 0; s <= p.n_path; s++) {
            char *bytes = bytes_of(s < p.n_path ? &p.path[s] : p.step);
            printf("%s\n", bytes);
            free(bytes);
        }
        finish(&k);
    }
}

/* What another process is given that must make no difference. */
struct other {
    const char *locale, *zone, *before; /* what the command begins with */
};

static char *in_process(struct other o, unsigned with_seed) {
    char self[4096], command[5000];
    struct mn_buf b = MN_BUF_INIT;
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(n > 0);
    self[n] = '\0';
    snprintf(command, sizeof command,
             "env LC_ALL=%s TZ=%s LOCPATH=" LOCALES " PRINT_WALKS=1 SEED=%u %s '%s'", o.locale,
             o.zone, with_seed, o.before, self);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        mn_buf_add(&b, chunk, got);
    assert_int_equal(pclose(f), 0);
    return mn_buf_take(&b);
}

/* A locale that this system can make; the C locale stands in where it has no sources of them. */
static void make_locale(const char *name, const char *source) {
    char command[256];
    mkdir("build", 0777);
    mkdir(LOCALES, 0777);
    snprintf(command, sizeof command,
             "test -d " LOCALES "/%s || localedef -c -i %s -f UTF-8 " LOCALES "/%s 2>/dev/null",
             name, source, name);
    if (system(command) != 0)
        fprintf(stderr, "skipped: locale %s cannot be made here (package locales)\n", name);
}

static void other_processes(void **state) {
    (void)state;
    /* Addresses in order and not at random; a stack that begins elsewhere; memory that is filled.
     */
    static const struct other FIRST = {"C", "UTC", ""},
                              OTHERS[] = {
                                  {"C.UTF-8", "Asia/Ho_Chi_Minh", "setarch -R"},
                                  {"vi_VN.UTF-8", "America/New_York", ""},
                                  {"tr_TR.UTF-8", "UTC", "setarch -L"},
                                  {"de_DE.UTF-8", "Asia/Kathmandu",
                                   "env MALLOC_ARENA_MAX=1 "
                                   "MALLOC_TOP_PAD_=9999999 MALLOC_PERTURB_=85"},
                              };
    unsigned with = start_seed;
    make_locale("vi_VN.UTF-8", "vi_VN");
    make_locale("tr_TR.UTF-8", "tr_TR");
    make_locale("de_DE.UTF-8", "de_DE");
    char *first = in_process(FIRST, with);
    assert_true(strlen(first) > 1000);
    for (size_t i = 0; i < MN_COUNT(OTHERS); i++) {
        char *other = in_process(OTHERS[i], with);
        assert_string_equal(first, other);
        free(other);
    }
    free(first);
}

int main(void) {
    const char *given = getenv("SEED");
    seed = start_seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();
    if (getenv("PRINT_WALKS")) {
        void *state;
        setlocale(LC_ALL, "");
        if (open_world(&state) != 0)
            return 1;
        print_walks(state);
        return close_world(&state);
    }
    printf("seed %u\n", seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replays),
        cmocka_unit_test(other_processes),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
