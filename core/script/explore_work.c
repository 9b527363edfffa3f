/* The child's part of exploring: walks a runbook over and over in one Lua state. */
#include "script/job.h"

#include "base/hash.h"
#include "script/apart.h"
#include "script/facts.h"
#include "script/suspended.h"

#include <lauxlib.h>
#include <malloc.h>
#include <stdlib.h>

struct work {
    struct mn__run *run;
    lua_State *L;
    const struct mn_move *moves;
    size_t n;
    struct mn_asked asked;
    bool apart; /* only asked for the variables */
    const struct mn__variable *variables;
    size_t n_variables;
    struct mn_arena *kept; /* what is in the flow */
    json_t *said;          /* for each failure, its problems */
    json_t *steps;         /* those that are written in the runbook and not reached yet */
};

/* As at the start of a process. */
static void start_anew(struct work *w) {
    struct mn__run *run = w->run;
    const struct mn_step **known = NULL;
    mn_arena_free(run->arena);
    run->arena = mn_arena_new();
    run->problems.list = json_array();
    run->instructions = run->calls = 0;
    run->n_visits = 0;
    run->stepping = false;
    run->item = NULL;
    luaL_unref(w->L, LUA_REGISTRYINDEX, run->description);
    run->description = LUA_NOREF;
    run->runbook.id = NULL;
    mn__forget_modules(w->L);
    known = MN_ARENA_ARRAY(run->arena, const struct mn_step *, w->n + 1);
    run->known = known;
    run->n_known = run->n_asked = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->moves[i].asked->what == MN_ASKED_STEP)
            known[run->n_known++] = &w->moves[i].asked->step;
}

static void reached(struct work *w) {
    size_t i;
    json_t *step;
    json_array_foreach(w->steps, i, step) {
        if (w->run->step_file == 0 &&
            json_integer_value(json_object_get(step, "from")) == w->run->step_from) {
            json_array_remove(w->steps, i);
            return;
        }
    }
}

/* What the coroutine has left for, and its state. */
static void look(struct work *w, lua_State *co) {
    struct mn__run *run = w->run;
    struct mn_buf b = MN_BUF_INIT;
    char hash[MN_HASH_HEX];
    if (!run->item)
        reached(w);
    if (w->apart)
        w->variables = mn__variables(run, w->L, co, w->kept, &w->n_variables);
    mn__suspended_add(run, w->L, co, &b);
    mn_hash_of(b.data, b.size, hash);
    mn_buf_fini(&b);
    w->asked = (struct mn_asked){
        .what = run->item ? MN_ASKED_ITEM : MN_ASKED_STEP,
        .step = run->item ? *run->list : run->step,
        .item = run->item,
        .state = mn_arena_strdup(run->arena, hash),
    };
}

static int give(struct mn__run *run, lua_State *co, const struct mn_move *m) {
    bool item = run->item != NULL;
    run->item = NULL;
    if (!item)
        return mn__push_answer(co, &m->asked->step, m->value);
    lua_pushstring(co, m->value);
    return 1;
}

static int walk_steps(lua_State *L) {
    struct work *w = lua_touserdata(L, 1);
    struct mn__run *run = w->run;
    start_anew(w);
    if (!mn__state_load(run, L, 0))
        return 0;
    mn__state_environment(L);
    if (!mn__run_runbook(run, L))
        return 0;
    lua_State *co = mn__begin_steps(run, L);
    mn__follow_lines(co, w->n == 0); /* what was walked before needs no looking at */
    int given = 1, results, status;
    for (size_t i = 0; (status = lua_resume(co, L, given, &results)) == LUA_YIELD; i++) {
        lua_pop(co, results);
        if (i == w->n) {
            look(w, co);
            return 0;
        }
        given = give(run, co, &w->moves[i]);
    }
    mn__steps_ended(run, co, status);
    return 0;
}

/* The message as the tables have it, and where. */
static struct mn_flow_failure failure(struct work *w, const json_t *problem, int number) {
    struct mn__run *run = w->run;
    enum mn_code code = (enum mn_code)json_integer_value(json_object_get(problem, "code"));
    int file = (int)json_integer_value(json_object_get(problem, "file"));
    const json_t *list = json_object_get(problem, "args");
    const char **args = MN_ARENA_ARRAY(run->arena, const char *, json_array_size(list) + 1),
               *said[2];
    for (size_t i = 0; i < json_array_size(list); i++)
        args[i] = json_string_value(json_array_get(list, i));
    for (int lang = 0; lang < 2; lang++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_format(&b, mn_text_in(mn_code_info(code)->text, (enum mn_lang)lang), args);
        said[lang] = mn_arena_strdup(w->kept, mn_buf_text(&b));
        mn_buf_fini(&b);
    }
    return (struct mn_flow_failure){
        .number = number,
        .code = mn_code_info(code)->name,
        .message = {said[MN_VI], said[MN_EN]},
        .file = file >= 0 ? run->names[file] : NULL,
        .line = (int)json_integer_value(json_object_get(problem, "line")),
    };
}

static struct mn_asked walk(void *arg, const struct mn_move *moves, size_t n) {
    struct work *w = arg;
    lua_State *L = w->L;
    w->moves = moves;
    w->n = n;
    lua_settop(L, 0);
    lua_pushcfunction(L, walk_steps);
    lua_pushlightuserdata(L, w);
    int status = lua_pcall(L, 1, 0, 0);
    if (status != LUA_OK)
        mn__state_failed(w->run, L, status);
    json_t *problems = w->run->problems.list;
    w->run->problems.list = NULL;
    if (json_array_size(problems) == 0) {
        json_decref(problems);
        return w->asked;
    }
    int number = (int)json_array_size(w->said);
    json_array_append_new(w->said, problems);
    return (struct mn_asked){.what = MN_ASKED_FAILED,
                             .failure = failure(w, json_array_get(problems, 0), number)};
}

static void written(void *arg, const char *call, struct mn__place at, const char *key) {
    struct work *w = arg;
    json_array_append_new(w->steps, json_pack("{s:s,s:i,s:i,s:i,s:s,s:s?}", "file",
                                              w->run->names[0], "line", at.line, "from", at.from,
                                              "bytes", at.bytes, "call", call, "key", key));
}

/* Where the locals of the runbook and of the library's modules are used. */
static void read_locals(struct mn__run *run) {
    struct mn__words words = mn__state_words(run);
    run->live = MN_ARENA_ARRAY(run->sources, struct mn__live *, run->n_files);
    for (size_t i = 0; i < run->n_files; i++) {
        if (mn__is_inner(run, (int)i))
            continue;
        run->live[i] = mn__live_new(run->sources);
        struct mn__check check = {
            .arena = run->sources, .problems = &run->problems, .live = run->live[i]};
        if (i > 0)
            mn__syntax_check(run->files[i]->text, run->files[i]->size, (int)i, words, &check);
    }
}

/* Too many states: which step has most of them, and what differs between two of those. */
static void tell_apart(struct work *w, const struct mn_apart *apart, size_t most) {
    const struct mn__variable *lists[2] = {NULL, NULL};
    size_t n[2] = {0, 0};
    struct mn__run *run = w->run;
    w->apart = true;
    for (int i = 0; i < 2; i++) {
        walk(w, apart->moves[i], apart->n[i]);
        lists[i] = w->variables;
        n[i] = w->n_variables;
    }
    const char *limit = mn_arena_printf(run->sources, "%zu", most);
    const char *times = mn_arena_printf(run->sources, "%zu", apart->times);
    run->problems.list = json_array();
    mn__problem(&run->problems, MN_D_explore_many,
                (struct mn__place){run->step_file, w->asked.step.line, -1, 0},
                MN_ARGS(limit, w->asked.step.key, times));
    mn__note_apart(run, lists, n);
}

void mn__explore_work(const struct mn__job *job, struct mn__run *run, json_t *doc) {
    lua_State *L = lua_newthread(run->L);
    struct work w = {.run = run, .L = L, .said = json_array(), .steps = json_array()};
    struct mn_explorer e = {&w, walk, job->most_states, job->most_tries};
    struct mn__check check = {
        .arena = run->sources, .problems = &run->problems, .arg = &w, .step = written};
    struct mn_flow flow = {0};
    struct mn_apart apart = {0};
    w.kept = run->sources;
    run->arena = mn_arena_new();
    run->exploring = true;
    run->shared = mn_arena_alloc(run->sources, sizeof *run->shared);
    run->description = LUA_NOREF;
    read_locals(run);
    check.live = run->live[0];
    mn__syntax_check(run->files[0]->text, run->files[0]->size, 0, mn__state_words(run), &check);
    if (json_array_size(run->problems.list) > 0)
        return;
    json_t *problems = run->problems.list;
    mn__suspended_begin(run, L);
    mallopt(M_MMAP_THRESHOLD, 64 << 20); /* each walk frees what it took, and the next takes it */
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    bool all = mn_explore_walks(&e, w.kept, &flow, &apart);
    if (!all) {
        tell_apart(&w, &apart, job->most_states);
        return;
    }
    run->problems.list = problems;
    flow.runbook = run->runbook.id ? run->runbook.id : "";
    flow.version = run->runbook.version;
    json_t *told = mn_flow_json(&flow);
    json_object_set(told, "unreached", w.steps);
    json_object_set_new(doc, "flow", told);
    json_object_set_new(doc, "said", w.said);
}
