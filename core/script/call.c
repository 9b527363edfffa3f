/* The primitives under the library: what a runbook says of itself, and a step that is asked. */
#include "base/unicode.h"
#include "script/state.h"

#include <lauxlib.h>
#include <string.h>

static const struct mn__call_spec *checked_call(lua_State *L, const char *name,
                                                struct mn__value *v) {
    struct mn__run *run = mn__run_of(L);
    const struct mn__call_spec *spec = mn__call_spec(name);
    struct mn__check check = {.arena = run->arena, .problems = &run->problems};
    struct mn__place at = mn__caller(L);
    mn__value_of(L, 2, at, v);
    if (run->guards.fields && !mn__spec_check(&check, spec, v, at))
        mn__raise(L);
    return spec;
}

int mn__describe(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    struct mn__value v;
    checked_call(L, "runbook", &v);
    if (run->runbook.id) {
        mn__problem(&run->problems, MN_D_script_two_runbooks, v.at, MN_NO_ARGS);
        return mn__raise(L);
    }
    mn__spec_runbook(run->arena, &v, &run->runbook);
    run->runbook.file = run->names[0];
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    run->description = luaL_ref(L, LUA_REGISTRYINDEX);
    return 1;
}

/* Role or team → team's id; NULL when the role means nobody here. Unknown names are a problem. */
static bool resolve_party(struct mn__run *run, struct mn_step *s, struct mn__place at) {
    const json_t *roles = json_object_get(run->facts, "roles");
    const json_t *teams = json_object_get(run->facts, "teams"), *team;
    if (!s->to)
        return true;
    if ((team = json_object_get(roles, s->to))) {
        s->team = json_string_value(team);
        return true;
    }
    if (json_object_get(teams, s->to)) {
        s->team = s->to;
        return true;
    }
    mn__problem(&run->problems, MN_D_script_unknown_party, at, MN_ARGS(s->to));
    const char *names[512], *key;
    size_t n = 0;
    json_t *value;
    json_object_foreach((json_t *)roles, key, value) if (n < MN_COUNT(names)) names[n++] = key;
    json_object_foreach((json_t *)teams, key, value) if (n < MN_COUNT(names)) names[n++] = key;
    int near = mn_nearest(s->to, names, n);
    if (near >= 0)
        mn__problem_note(&run->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
    return false;
}

static int visit(struct mn__run *run, const char *key) {
    for (size_t i = 0; i < run->n_visits; i++)
        if (strcmp(run->visits[i].key, key) == 0)
            return ++run->visits[i].n;
    run->visits = mn_grow(run->visits, &run->cap_visits, run->n_visits + 1, sizeof(*run->visits));
    run->visits[run->n_visits++] = (struct visits){key, 1};
    return 1;
}

/* A step that was asked on another walk: it is the same on this one. */
static int step_again(lua_State *L, struct mn__run *run) {
    run->step = *run->known[run->n_asked++];
    mn__follow_lines(L, run->n_asked == run->n_known);
    visit(run, run->step.key);
    return lua_yield(L, 0);
}

int mn__step(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    if (run->stepping && run->n_asked < run->n_known)
        return step_again(L, run);
    struct mn__value v;
    struct mn__place at = mn__caller(L);
    if (!run->stepping) {
        mn__problem(&run->problems, MN_D_script_step_outside, at, MN_NO_ARGS);
        return mn__raise(L);
    }
    const struct mn__call_spec *spec = checked_call(L, luaL_checkstring(L, 1), &v);
    struct mn_step *s = &run->step;
    mn__spec_step(run->arena, spec, &v, s);
    if (lua_istable(L, 3) && s->n_outcomes == 0) {
        mn__value_of(L, 3, at, &v);
        mn__spec_outcomes(run->arena, &v, s);
    }
    if (!resolve_party(run, s, at))
        return mn__raise(L);
    s->visit = visit(run, s->key);
    s->record = s->visit == 1 ? s->key : mn_arena_printf(run->arena, "%s#%d", s->key, s->visit);
    s->file = run->names[at.file < 0 ? 0 : at.file];
    s->line = at.line;
    run->step_file = at.file;
    run->step_from = at.from;
    return lua_yield(L, 0);
}

bool mn__is_step(lua_State *co) {
    lua_Debug ar;
    if (!lua_getstack(co, 0, &ar))
        return false;
    lua_getinfo(co, "f", &ar);
    bool is = lua_tocfunction(co, -1) == mn__step;
    lua_pop(co, 1);
    return is;
}

int mn__refuse_text(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    mn__problem(&run->problems, MN_D_script_no_text, mn__caller(L), MN_ARGS(luaL_typename(L, 1)));
    return mn__raise(L);
}
