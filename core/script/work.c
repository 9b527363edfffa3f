/* What a worker does with a runbook: read its source, run its file, replay the answers. */
#include "script/facts.h"
#include "script/job.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

struct work {
    const struct mn__job *job;
    struct mn__run *run;
    json_t *doc;
};

static void reference(void *arg, struct mn__reference r) {
    json_t *one = json_object();
    json_object_set_new(one, "want", json_integer(r.want));
    json_object_set_new(one, "name", json_string(r.name));
    json_object_set_new(one, "file", json_integer(r.at.file));
    json_object_set_new(one, "line", json_integer(r.at.line));
    json_object_set_new(one, "from", json_integer(r.at.from));
    json_object_set_new(one, "bytes", json_integer(r.at.bytes));
    json_array_append_new(arg, one);
}

static bool sound(const struct mn__run *run) {
    return json_array_size(run->problems.list) == 0;
}

static void check_source(struct work *w, int file) {
    struct mn__run *run = w->run;
    if (w->job->unread)
        return;
    json_t *references = json_object_get(w->doc, "references");
    struct mn__check check = {.arena = run->arena,
                              .problems = &run->problems,
                              .lint = &run->lint,
                              .reference = reference,
                              .arg = references};
    mn__syntax_check(run->files[file]->text, run->files[file]->size, file, mn__state_words(run),
                     &check);
}

/* Runs the function on top of L to its end in a coroutine, so that a failure leaves its stack to be
 * looked at. What it returned is on top of the coroutine, which is on top of L. */
static lua_State *run_file(struct mn__run *run, lua_State *L) {
    lua_State *co = lua_newthread(L);
    int results;
    lua_insert(L, -2);
    lua_xmove(L, co, 1);
    int status = lua_resume(co, L, 0, &results);
    if (status != LUA_OK) {
        mn__state_failed(run, co, status);
        return NULL;
    }
    lua_settop(co, results ? 1 : 0);
    return co;
}

bool mn__run_runbook(struct mn__run *run, lua_State *L) {
    lua_State *co = run_file(run, L);
    if (!co)
        return false;
    bool returned = run->runbook.id && lua_istable(co, -1);
    if (returned) {
        lua_rawgeti(co, LUA_REGISTRYINDEX, run->description);
        returned = lua_rawequal(co, -1, -2);
    }
    if (!returned)
        mn__problem(&run->problems, MN_D_script_no_runbook, (struct mn__place){0, 0, -1, 0},
                    MN_NO_ARGS);
    return returned;
}

static bool load_runbook(struct work *w, lua_State *L) {
    struct mn__run *run = w->run;
    if (!mn__state_load(run, L, 0))
        return false;
    mn__state_environment(L);
    if (w->job->task == MN__TASK_LOAD)
        check_source(w, 0);
    return sound(run) && mn__run_runbook(run, L);
}

static void put_state(struct work *w, enum mn_progress_state state, enum mn_difference difference) {
    json_object_set_new(w->doc, "state", json_integer(state));
    json_object_set_new(w->doc, "difference", json_integer(difference));
}

/* One step was asked: is it answered? Pushes the answer for going on. */
static bool go_on(struct work *w, lua_State *co, size_t answered, int *pushed) {
    struct mn__run *run = w->run;
    const struct mn_step *s = &run->step;
    if (answered == w->job->n) {
        put_state(w, s->kind == MN_STEP_RESOLVE ? MN_PROGRESS_RESOLVED : MN_PROGRESS_OPEN, MN_SAME);
        json_object_set_new(w->doc, "step", mn_step_json(s));
        return false;
    }
    const struct mn_answer *a = &w->job->answers[answered];
    enum mn_difference difference = mn_answer_differs(a, s);
    if (difference != MN_SAME) {
        put_state(w, MN_PROGRESS_DIVERGED, difference);
        if (difference != MN_DIFFERENT_END)
            json_object_set_new(w->doc, "step", mn_step_json(s));
        return false;
    }
    if (w->job->whole_path)
        json_array_append_new(json_object_get(w->doc, "path"), mn_step_json(s));
    *pushed = mn__push_answer(co, s, a->value);
    return true;
}

/* Runs the coroutine, which has `given` values for its function, through the answers. LUA_OK: it
 * has come to its end and left *results values; LUA_YIELD: the document says where it stands. */
static int drive(struct work *w, lua_State *L, lua_State *co, int given, size_t *answered,
                 int *results) {
    int status;
    for (; (status = lua_resume(co, L, given, results)) == LUA_YIELD; ++*answered) {
        lua_pop(co, *results);
        if (!go_on(w, co, *answered, &given))
            break;
    }
    json_object_set_new(w->doc, "answered", json_integer((json_int_t)*answered));
    return status;
}

lua_State *mn__begin_steps(struct mn__run *run, lua_State *L) {
    lua_State *co = lua_newthread(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, run->description);
    lua_getfield(L, -1, "steps");
    lua_xmove(L, co, 1);
    if (run->shared)
        mn__facts_push(run, co, run->shared);
    else
        mn__push_facts(co, run->facts);
    run->stepping = true;
    return co;
}

void mn__steps_ended(struct mn__run *run, lua_State *co, int status) {
    lua_Debug ar;
    if (status != LUA_OK) {
        mn__state_failed(run, co, status);
        return;
    }
    lua_rawgeti(co, LUA_REGISTRYINDEX, run->description);
    lua_getfield(co, -1, "steps");
    lua_getinfo(co, ">S", &ar);
    mn__problem(&run->problems, MN_D_script_no_resolve,
                (struct mn__place){0, mn__lines_line(&run->lines[0], ar.lastlinedefined), -1, 0},
                MN_NO_ARGS);
}

static void walk(struct work *w, lua_State *L) {
    lua_State *co = mn__begin_steps(w->run, L);
    size_t answered = 0;
    int results, status = drive(w, L, co, 1, &answered, &results);
    if (status != LUA_YIELD)
        mn__steps_ended(w->run, co, status);
}

/* What is typed sees the words of scripts, the facts, and what was assigned before. */
static void push_typed_words(struct work *w, lua_State *L) {
    lua_newtable(L);
    mn__push_facts(L, w->run->facts);
    lua_setfield(L, -2, "incident");
    mn__push_facts(L, w->job->model);
    lua_setfield(L, -2, "model");
    lua_createtable(L, 0, 1);
    mn__push_environment(L);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* Runs all that was typed, in order, each within the limits of one evaluation; shows what the last
 * gave. The table of words is on top. */
static void prompt(struct work *w, lua_State *L) {
    struct mn__run *run = w->run;
    size_t earlier = w->job->n_earlier, answered = 0;
    json_t *values = json_array();
    run->stepping = true;
    json_object_set_new(w->doc, "values", values);
    for (size_t i = 0; i <= earlier; i++) {
        int file = i < earlier ? (int)(run->n_files - earlier + i) : 0, results = 0;
        run->instructions = 0;
        if (!mn__state_load_typed(run, L, file))
            return;
        lua_pushvalue(L, -2);
        lua_setupvalue(L, -2, 1);
        lua_State *co = lua_newthread(L);
        lua_insert(L, -2);
        lua_xmove(L, co, 1);
        int status = drive(w, L, co, 0, &answered, &results);
        if (status != LUA_OK && status != LUA_YIELD)
            mn__state_failed(run, co, status);
        if (status != LUA_OK)
            return;
        for (int r = 1; i == earlier && r <= results; r++) {
            struct mn_buf b = MN_BUF_INIT;
            mn__show(co, r, &b);
            json_array_append_new(values, json_string(mn_buf_text(&b)));
            mn_buf_fini(&b);
        }
        lua_pop(L, 1);
    }
}

static int protected(lua_State *L) {
    struct work *w = lua_touserdata(L, 1);
    struct mn__run *run = w->run;
    if (w->job->task == MN__TASK_LIBRARY) {
        for (size_t i = 1; i < run->n_files; i++)
            if (!mn__is_inner(run, (int)i) && mn__state_load(run, L, (int)i))
                check_source(w, (int)i);
        return 0;
    }
    if (w->job->task == MN__TASK_PROMPT) {
        push_typed_words(w, L);
        prompt(w, L);
    } else if (w->job->task == MN__TASK_EXPLORE)
        mn__explore_work(w->job, run, w->doc);
    else if (load_runbook(w, L) && w->job->task == MN__TASK_EVALUATE)
        walk(w, L);
    return 0;
}

json_t *mn__job_work(const struct mn__job *job, struct mn__run *run) {
    struct work w = {job, run, json_object()};
    run->arena = mn_arena_new();
    run->facts = job->facts;
    run->limits = job->limits;
    run->guards = job->guards ? *job->guards : mn__guards_all();
    mn__problems_init(&run->problems);
    mn__problems_init(&run->lint);
    json_object_set_new(w.doc, "references", json_array());
    json_object_set_new(w.doc, "path", json_array());
    if (mn__state_open(run)) {
        /* The one protected entry: nothing that Lua raises gets past this call. */
        lua_pushcfunction(run->L, protected);
        lua_pushlightuserdata(run->L, &w);
        int status = lua_pcall(run->L, 1, 0, 0);
        if (status != LUA_OK)
            mn__state_failed(run, run->L, status);
    }
    if (run->runbook.id) {
        json_t *runbook = mn_runbook_json(&run->runbook);
        json_object_set_new(runbook, "line", json_integer(run->runbook.line));
        json_object_set_new(w.doc, "runbook", runbook);
    }
    if (run->unfinished && job->task == MN__TASK_PROMPT && !job->whole) {
        json_object_set_new(w.doc, "unfinished", json_true());
        json_array_clear(run->problems.list);
    }
    json_object_set_new(w.doc, "problems", run->problems.list);
    json_object_set_new(w.doc, "lint", run->lint.list);
    json_object_set_new(w.doc, "instructions", json_integer((json_int_t)run->instructions));
    json_object_set_new(w.doc, "memory", json_integer((json_int_t)run->memory_peak));
    return w.doc;
}

void mn__job_end(struct mn__run *run) {
    if (run->L)
        lua_close(run->L);
    free(run->visits);
    mn_arena_free(run->arena);
}
