/* The graph of a runbook says what walking it does: whatever is answered, the steps that are asked
 * are those of the nodes that the answers lead to.
 *
 * Runbooks are made up at random of what could be folded wrongly: locals and shared variables that
 * matter later, loops, several calls on one line, closures, tables under other tables, checklists
 * that are looked at late, free text that is quoted. Each is explored, and walked at random by the
 * graph; the answers are then replayed. The shipped runbooks are too. Prints the seed; SEED=n
 * repeats a run. */
#include "property/chance.h"
#include "script/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MADE = 40, WALKS = 12, LONGEST = 60 };

/* ---- runbooks made up at random ---- */

struct maker {
    struct mn_buf b;
    int keys, depth;
};

static void block(struct maker *m);

/* A call that asks, as an expression whose value is a word. */
static void question(struct maker *m) {
    mn_buf_printf(&m->b, "check { key = 'k%d', vi = 'v', en = 'e' }", m->keys++);
}

static void assignment(struct maker *m) {
    static const char *const TO[] = {"a", "b", "shared", "t.x", "t[a]", "by[t]", "by[list]"};
    mn_buf_printf(&m->b, "%s = ", TO[draw(MN_COUNT(TO))]);
    switch (draw(4)) {
    case 0:
        question(m);
        break;
    case 1:
        mn_buf_puts(&m->b, "b .. ''");
        break;
    case 2:
        mn_buf_puts(&m->b, draw(2) ? "look('p')" : "(shared == 'yes' and 'no' or a)");
        break;
    default:
        mn_buf_printf(&m->b, "'%s'", draw(2) ? "yes" : "no");
    }
    mn_buf_puts(&m->b, "\n");
}

static void condition(struct maker *m) {
    static const char *const OF[] = {"a == 'yes'",       "b == 'no'",          "shared ~= 'no'",
                                     "t.x == 'yes'",     "t[a] == nil",        "by[t] == 'yes'",
                                     "more() == 'once'", "list.one == 'done'", "a == b"};
    mn_buf_puts(&m->b, OF[draw(MN_COUNT(OF))]);
}

static void statement(struct maker *m) {
    switch (draw(m->depth > 2 ? 9 : 13)) {
    case 0:
    case 1:
        assignment(m);
        break;
    case 2: /* two calls on one line are two places */
        mn_buf_puts(&m->b, "look('q') look('q')\n");
        break;
    case 3:
        mn_buf_puts(&m->b, "if ");
        question(m);
        mn_buf_puts(&m->b, " == 'yes' then b = a else a = 'no' end\n");
        break;
    case 4:
        mn_buf_printf(&m->b,
                      "note = ask { key = 'k%d', vi = 'v', en = 'e', free = true }\n"
                      "escalate { key = 'k%d', to = 'operations', vi = 'v', en = 'e', evidence = { "
                      "note, first } }\n",
                      m->keys, m->keys + 1);
        m->keys += 2;
        break;
    case 5:
        mn_buf_printf(&m->b,
                      "n = ask { key = 'k%d', vi = 'v', en = 'e', number = { cuts = { 1, 5 } } }\n"
                      "if n == 2 then t.x = a end\n",
                      m->keys++);
        break;
    case 6:
        mn_buf_printf(
            &m->b,
            "list = checklist { key = 'k%d', vi = 'v', en = 'e', items = { { key = 'one', "
            "vi = '1', en = '1' }, { key = 'two', vi = '2', en = '2' } } }\n",
            m->keys++);
        break;
    case 7: /* used again only in the next round */
        mn_buf_puts(&m->b, "do local c = ");
        question(m);
        mn_buf_puts(&m->b, "\nrepeat if c == 'yes' then a = 'no' else a = 'yes' end\nc = ");
        question(m);
        mn_buf_puts(&m->b, "\nuntil look('r') ~= 'no' end\n");
        break;
    case 8: /* stands before the call, is read after it */
        mn_buf_puts(&m->b, "do local c = ");
        question(m);
        mn_buf_puts(&m->b, "\nif c == look('u') then b = 'no' else b = 'yes' end end\n");
        break;
    case 9:
        mn_buf_puts(&m->b, "repeat local again = ");
        question(m);
        mn_buf_puts(&m->b, "\n");
        block(m);
        mn_buf_puts(&m->b, "until again ~= 'no'\n");
        break;
    case 10:
        mn_buf_printf(&m->b, "for i = 1, %u do\n", 1 + draw(3));
        block(m);
        mn_buf_puts(&m->b, "end\n");
        break;
    case 11:
        mn_buf_puts(&m->b, "do local a, old = b, more\n"
                           "if a == 'yes' then more = function() a = old() return a end end\n");
        block(m);
        mn_buf_puts(&m->b, "end\n");
        break;
    default:
        mn_buf_puts(&m->b, "if ");
        condition(m);
        mn_buf_puts(&m->b, " then\n");
        block(m);
        mn_buf_puts(&m->b, "else\n");
        block(m);
        mn_buf_puts(&m->b, "end\n");
    }
}

static void block(struct maker *m) {
    m->depth++;
    for (unsigned n = 1 + draw(3); n > 0; n--)
        statement(m);
    m->depth--;
}

static char *made(void) {
    struct maker m = {0};
    mn_buf_puts(
        &m.b,
        "local both = { vi = 'x', en = 'x' }\n"
        "local shared = 'no'\n"
        "return runbook { id = 'made', version = 1, title = both, description = both,\n"
        "applies_to = { kind = 'cpe' }, steps = function(incident)\n"
        "local a, b, n, note, list = 'yes', 'no', 1, nil, { one = 'done', two = 'done' }\n"
        "local t, by = {}, {}\n"
        "local function more() shared = shared == 'no' and 'yes' or 'no' return shared end\n"
        "local function look(key)\n"
        "  local seen = check { key = key, vi = 'v', en = 'e' } if seen == 'yes' then shared = seen "
        "end return seen end\n"
        "local first = ask { key = 'first', vi = 'v', en = 'e', free = true }\n");
    for (unsigned i = 3 + draw(5); i > 0; i--)
        statement(&m);
    mn_buf_puts(&m.b, "if ");
    condition(&m);
    mn_buf_puts(&m.b, " then tell { key = 'last', vi = a, en = b .. shared .. n } end\n"
                      "resolve {} end }\n");
    return mn_buf_take(&m.b);
}

/* ---- walking by the graph ---- */

struct world {
    struct mn_files *topology, *library, *shipped;
    struct mn_model *model;
    struct mn_catalogue *catalogue;
    struct mn_diags *d;
};

struct walk {
    const struct mn_flow *flow;
    struct mn_arena *a;
    struct mn_answer answers[LONGEST];
    int nodes[LONGEST + 1]; /* whose they are; the last: where it ended */
    size_t n;
};

/* How often a step of that key was answered so far, and the last but `back` of those answers. */
static int times(const struct walk *w, const char *key, int back, size_t *which) {
    int n = 0;
    for (size_t i = w->n; i > 0; i--)
        if (strcmp(w->flow->nodes[w->nodes[i - 1]].step.key, key) == 0 && n++ == back && which)
            *which = i - 1;
    return n;
}

static const char *record(const struct walk *w, const char *key, int visit) {
    return visit == 1 ? key : mn_arena_printf(w->a, "%s#%d", key, visit);
}

/* Nobody is asked at items: what the checklist was answered decides. */
static int past_items(const struct walk *w, int i) {
    while (i >= 0 && w->flow->nodes[i].kind == MN_FLOW_ITEM) {
        const struct mn_flow_node *node = &w->flow->nodes[i];
        size_t which = LONGEST, item = 0;
        times(w, node->step.key, node->back, &which);
        assert_true(which < w->n);
        while (strcmp(node->step.items[item].key, node->item) != 0)
            item++;
        const char *state = mn_answer_item(&node->step, w->answers[which].value, item);
        size_t edge = 0;
        while (strcmp(node->edges[edge].value, state) != 0)
            edge++;
        i = node->edges[edge].to;
    }
    return i;
}

/* The step as it is on this walk. */
static struct mn_step here(const struct walk *w, int i) {
    const struct mn_flow_node *node = &w->flow->nodes[i];
    struct mn_step s = node->step;
    struct mn_evidence *evidence =
        mn_arena_copy(w->a, s.evidence, s.n_evidence * sizeof(*s.evidence));
    for (size_t k = 0; k < s.n_evidence; k++)
        if (evidence[k].answer) {
            const char *key =
                mn_arena_strndup(w->a, evidence[k].answer, strcspn(evidence[k].answer, "#"));
            evidence[k].answer = record(w, key, times(w, key, -1, NULL) - node->quoted[k]);
        }
    s.evidence = evidence;
    s.visit = times(w, s.key, -1, NULL) + 1;
    s.record = record(w, s.key, s.visit);
    return s;
}

/* Any answer of the edge's class. */
static const char *any_of(const struct walk *w, const struct mn_step *s,
                          const struct mn_flow_edge *e) {
    static const char *const STATES[] = {"done", "skipped", "cannot"};
    struct mn_buf b = MN_BUF_INIT;
    if (s->input == MN_INPUT_CHECKLIST)
        for (size_t i = 0; i < s->n_items; i++)
            mn_buf_printf(&b, "%s%s=%s", i ? "," : "", s->items[i].key, STATES[draw(3)]);
    else if (s->input == MN_INPUT_NUMBER && e->which > 0 && draw(2))
        mn_buf_printf(&b, "%lld.25", (long long)(s->cuts[e->which - 1] / 1000000));
    else
        mn_buf_puts(&b, e->value);
    const char *value = mn_arena_strdup(w->a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return value;
}

static void assert_same(const struct mn_step *expected, const struct mn_step *asked) {
    json_t *x = mn_step_json(expected), *y = mn_step_json(asked);
    char *a = json_dumps(x, JSON_SORT_KEYS), *b = json_dumps(y, JSON_SORT_KEYS);
    assert_string_equal(a, b);
    free(a);
    free(b);
    json_decref(x);
    json_decref(y);
}

static void walk_at_random(const struct mn_flow *flow, struct mn_evaluation e, const char *source) {
    struct walk w = {.flow = flow, .a = mn_arena_new()};
    struct mn_step shown[LONGEST + 1];
    struct mn_progress p;
    struct mn_diags *d = mn_diags_new();
    size_t longest = 1 + draw(LONGEST);
    bool failed = false;
    for (;;) {
        int at = w.nodes[w.n] = past_items(&w, w.n ? w.nodes[w.n] : 0);
        const struct mn_flow_node *node = &flow->nodes[at];
        failed = at < 0;
        if (failed)
            break;
        shown[w.n] = here(&w, at);
        if (w.n == longest || node->n_edges == 0)
            break;
        const struct mn_flow_edge *edge = &node->edges[draw((unsigned)node->n_edges)];
        w.answers[w.n] =
            mn_answer_to(&shown[w.n], any_of(&w, &shown[w.n], edge), 1795334400, "t", w.a);
        w.nodes[++w.n] = edge->to;
        if (edge->to < 0) {
            failed = true;
            break;
        }
    }
    e.answers = w.answers;
    e.n = w.n;
    e.whole_path = true;
    bool evaluated = mn_evaluate(&e, w.a, &p, d);
    if (evaluated == failed)
        tell(d), puts(source);
    assert_int_not_equal(evaluated, failed);
    if (evaluated && p.state == MN_PROGRESS_DIVERGED)
        puts(source);
    for (size_t i = 0; evaluated && i <= w.n; i++)
        assert_same(&shown[i], i < p.n_path ? &p.path[i] : p.step);
    mn_diags_free(d);
    mn_arena_free(w.a);
}

/* Explores, and walks. False when there are too many states. */
static bool follow(struct world *w, struct mn_files *files, const char *file,
                   struct mn_subject subject, const char *source, size_t most) {
    struct mn_arena *a = mn_arena_new();
    struct mn_diags *d = mn_diags_new();
    json_t *facts = mn_incident_facts(w->model, subject, NULL, NULL, NULL);
    struct mn_exploration x = {.runbooks = files,
                               .library = w->library,
                               .file = file,
                               .facts = facts,
                               .most_states = most};
    struct mn_evaluation e = {
        .runbooks = files, .library = w->library, .file = file, .facts = facts};
    struct mn_flow flow;
    bool explored = mn_explore(&x, a, &flow, d);
    bool many = mn_diags_count(d) && mn_diags_view(d, 0).code == MN_D_explore_many;
    if (!explored && !many)
        tell(d), puts(source);
    assert_true(explored || many);
    for (int i = 0; explored && i < WALKS; i++)
        walk_at_random(&flow, e, source);
    json_decref(facts);
    mn_diags_free(d);
    mn_arena_free(a);
    return explored;
}

static void made_runbooks(void **state) {
    struct world *w = *state;
    int explored = 0, tried = 0;
    /* Those with too many states are only seen to be refused: others take their place. */
    for (; explored <= MADE / 2 && tried < 5 * MADE; tried++) {
        char *source = made();
        struct mn_files *files = mn_files_memory("made");
        mn_files_put(files, "made.lua", source, strlen(source));
        struct mn_subject subject =
            mn_subject_component(w->model, mn_model_component(w->model, "26740/cpe"));
        explored += follow(w, files, "made.lua", subject, source, 600);
        mn_files_free(files);
        free(source);
    }
    printf("explored %d of %d\n", explored, tried);
    assert_true(explored > MADE / 2);
}

/* What makes two walks to `mid` differ only by what is the same thing as what. */
static void things_that_are_the_same(void **state) {
    static const char *const BODIES[] = {
        /* two functions with one variable, or one each */
        "local function pair() local x = 0 return function() x = x + 1 end, function() return x end "
        "end local grow, look = pair() if first() then local _ _, look = pair() end mid() grow() "
        "if look() == 1 then yes() else no() end",
        /* a variable of the level itself */
        "local x = 0 local y = 0 local function see() return x end local function other() "
        "local z = y return function() return z end end if first() then see = other() end mid() "
        "x = x + 1 if see() == 1 then yes() else no() end",
        /* a table that is a key */
        "local one, two, t = {}, {}, {} t[first() and one or two] = true mid() "
        "if t[one] then yes() elseif t[two] then no() end",
        /* a table that two names have */
        "local a, b = {}, {} if first() then b = a end mid() a.x = 1 "
        "if b.x then yes() else no() end",
    };
    struct world *w = *state;
    for (size_t i = 0; i < MN_COUNT(BODIES); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_buf_printf(
            &b,
            "local function first() return check { key = 'first', vi = 'x', en = 'x' } == "
            "'yes' end local function mid() tell { key = 'mid', vi = 'x', en = 'x' } end "
            "local function yes() tell { key = 'one', vi = 'x', en = 'x' } end "
            "local function no() tell { key = 'other', vi = 'x', en = 'x' } end "
            "return runbook { id = 'same', version = 1, title = { vi = 'x', en = 'x' }, "
            "description = { vi = 'x', en = 'x' }, applies_to = { kind = 'cpe' }, "
            "steps = function() %s resolve {} end }",
            BODIES[i]);
        struct mn_files *files = mn_files_memory("same");
        mn_files_put(files, "same.lua", mn_buf_text(&b), b.size);
        struct mn_subject subject =
            mn_subject_component(w->model, mn_model_component(w->model, "26740/cpe"));
        assert_true(follow(w, files, "same.lua", subject, BODIES[i], 0));
        mn_files_free(files);
        mn_buf_fini(&b);
    }
}

static void shipped_runbooks(void **state) {
    static const char *const ON[][2] = {{"metronet-line", "26740/line-primary"},
                                        {"unit-router", "26740/cpe"},
                                        {"endpoint-no-picture-or-sound", "26740/codec"},
                                        {"signature-token", "26740/token"}};
    struct world *w = *state;
    for (size_t i = 0; i < MN_COUNT(ON); i++) {
        const struct mn_runbook *r = mn_catalogue_find(w->catalogue, ON[i][0]);
        assert_non_null(r);
        struct mn_subject subject =
            mn_subject_component(w->model, mn_model_component(w->model, ON[i][1]));
        assert_true(follow(w, w->shipped, r->file, subject, r->file, 0));
    }
}

static int open_world(void **state) {
    struct world *w = mn_new0(1, sizeof *w);
    *state = w;
    w->d = mn_diags_new();
    w->topology = mn_files_dir("topology/tiny", "topology/tiny");
    w->shipped = mn_files_dir("runbooks", "runbooks");
    w->library = mn_library_files();
    w->model = mn_model_load(w->topology, w->d);
    w->catalogue = mn_catalogue_load(w->shipped, w->library, w->d);
    tell(w->d);
    return w->model && mn_diags_errors(w->d) == 0 ? 0 : -1;
}

static int close_world(void **state) {
    struct world *w = *state;
    mn_catalogue_free(w->catalogue);
    mn_model_free(w->model);
    mn_files_free(w->topology);
    mn_files_free(w->shipped);
    mn_files_free(w->library);
    mn_diags_free(w->d);
    free(w);
    return 0;
}

int main(void) {
    const char *given = getenv("SEED");
    seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)getpid();
    printf("seed %u\n", seed);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_runbooks),
        cmocka_unit_test(things_that_are_the_same),
        cmocka_unit_test(shipped_runbooks),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
