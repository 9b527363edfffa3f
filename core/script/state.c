/* The Lua state of a worker: allocator, allow-list, strict environment, and where errors come from.
 */
#include "script/state.h"
#include "base/unicode.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

/* The modules that make the language and the steps; only they see more than a script does. */
static const char *const INNER[] = {"metronet/base.lua", "metronet/steps.lua"};

/* What scripts do not get, though somebody who knows Lua would look for it. */
static const char *const WITHHELD[] = {
    "_G",           "collectgarbage", "coroutine",  "debug",  "dofile", "getmetatable", "io",
    "load",         "loadfile",       "loadstring", "module", "os",     "package",      "pcall",
    "print",        "rawequal",       "rawget",     "rawlen", "rawset", "setfenv",      "getfenv",
    "setmetatable", "unpack",         "warn",       "xpcall"};

enum { DEEPEST_CALLS = 10000 };

static const char REPORTED = 0; /* its address is the error object of problems already added */
static const char LOADED = 0;   /* registry: modules by name */
static const char WORDS = 0;    /* registry: the table of what scripts see */
static const char ENV = 0;      /* registry: the environment itself */

struct mn__run *mn__run_of(lua_State *L) {
    return *(struct mn__run **)lua_getextraspace(L);
}

bool mn__is_withheld(const char *name) {
    for (size_t i = 0; i < MN_COUNT(WITHHELD); i++)
        if (strcmp(name, WITHHELD[i]) == 0)
            return true;
    return false;
}

/* ---- memory and instructions ---- */

/* Most of what the worker has is for Lua; the rest is for what C makes of it. */
static size_t lua_memory(const struct mn__run *run) {
    return (run->limits.memory_mib << 18) * 3;
}

static void *allocate(void *ud, void *p, size_t old, size_t size) {
    struct mn__run *run = ud;
    size_t had = p ? old : 0;
    if (size == 0) {
        free(p);
        run->memory -= had;
        return NULL;
    }
    if (size > had && size - had > lua_memory(run) - run->memory)
        return NULL;
    void *q = realloc(p, size);
    if (!q)
        return NULL;
    run->memory += size - had;
    if (run->memory > run->memory_peak)
        run->memory_peak = run->memory;
    return q;
}

/* The file that a frame's code comes from: chunks are named "=0", "=1" … */
static int frame_file(const lua_Debug *ar) {
    return ar->source[0] == '=' && ar->source[1] >= '0' && ar->source[1] <= '9'
               ? atoi(ar->source + 1)
               : -1;
}

bool mn__is_inner(const struct mn__run *run, int file) {
    if (file <= 0 || (size_t)file >= run->n_files)
        return false;
    for (size_t i = 0; i < MN_COUNT(INNER); i++)
        if (strcmp(run->names[file], INNER[i]) == 0)
            return true;
    return false;
}

/* The script's innermost line that is being run, from `level` outwards. */
static struct mn__place script_line(const struct mn__run *run, lua_State *L, int *level) {
    lua_Debug ar;
    for (; lua_getstack(L, *level, &ar); (*level)++) {
        lua_getinfo(L, "Sl", &ar);
        int file = frame_file(&ar);
        if (file >= 0 && !mn__is_inner(run, file) && ar.currentline > 0)
            return (struct mn__place){file, ar.currentline, -1, 0};
    }
    return MN__NO_PLACE;
}

/* A call in last place (`return check {…}`) takes the frame of the script away: then the line that
 * ran last is the one that called. */
struct mn__place mn__caller(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Slt", &ar);
        int file = frame_file(&ar);
        if (file >= 0 && !mn__is_inner(run, file))
            return (struct mn__place){file, ar.currentline, -1, 0};
        if (ar.istailcall)
            break;
    }
    return (struct mn__place){run->here->file, run->here->line, -1, 0};
}

static void fail_deep(struct mn__run *run, lua_State *L) {
    mn__problem(&run->problems, MN_D_script_stack, mn__caller(L), MN_NO_ARGS);
    mn__raise(L);
}

static void fail_endless(struct mn__run *run, lua_State *L) {
    char most[32];
    snprintf(most, sizeof(most), "%llu", (unsigned long long)run->limits.instructions / 1000000);
    mn__problem(&run->problems, MN_D_script_endless, mn__caller(L), MN_ARGS(most));
    mn__raise(L);
}

/* Follows the script: its line, how much it has done, how deep its calls are nested. */
static void follow(lua_State *L, lua_Debug *ar) {
    struct mn__run *run = mn__run_of(L);
    lua_Debug outer;
    switch (ar->event) {
    case LUA_HOOKLINE:
        lua_getinfo(L, "S", ar);
        int file = frame_file(ar);
        if (file >= 0 && !mn__is_inner(run, file)) {
            run->here->file = file;
            run->here->line = ar->currentline;
        }
        break;
    case LUA_HOOKCOUNT:
        run->instructions += 1000;
        if (run->instructions > run->limits.instructions)
            fail_endless(run, L);
        break;
    default:
        /* Lua would go on to two hundred thousand calls, or to the end of the memory. */
        if (++run->calls % 256 == 0 && lua_getstack(L, DEEPEST_CALLS, &outer))
            fail_deep(run, L);
    }
}

/* ---- errors ---- */

int mn__raise(lua_State *L) {
    lua_pushlightuserdata(L, (void *)&REPORTED);
    return lua_error(L);
}

/* Lua's own messages that a person can be told in better words; the rest stays as detail. */
static const struct {
    const char *begins;
    enum mn_code code;
} SAID[] = {
    {"attempt to index a nil value", MN_D_script_index_nil},
    {"attempt to call a nil value", MN_D_script_call_nil},
    {"attempt to call a ", MN_D_script_call_other},
    {"attempt to compare", MN_D_script_compare},
    {"attempt to concatenate", MN_D_script_concatenate},
    {"attempt to perform arithmetic", MN_D_script_arithmetic},
    {"attempt to yield across a C-call boundary", MN_D_script_yield},
    {"attempt to yield from outside a coroutine", MN_D_script_step_outside},
    {"resulting string too large", MN_D_script_string_large},
    {"C stack overflow", MN_D_script_stack},
    {"stack overflow", MN_D_script_stack},
};

static void note_callers(struct mn__run *run, lua_State *L, int level, struct mn__place at) {
    for (int notes = 0; notes < 3; level++) {
        struct mn__place from = script_line(run, L, &level);
        if (from.file < 0)
            return;
        if (from.file == at.file && from.line == at.line)
            continue;
        mn__problem_note(&run->problems, MN_D_script_called_from, from, MN_NO_ARGS);
        notes++;
    }
}

void mn__state_failed(struct mn__run *run, lua_State *L, int status) {
    int level = 0;
    struct mn__place at = script_line(run, L, &level);
    if (at.file < 0)
        at = mn__caller(L);
    if (status == LUA_ERRMEM) {
        char most[32];
        snprintf(most, sizeof(most), "%zu", lua_memory(run) >> 20);
        mn__problem(&run->problems, MN_D_script_memory, at, MN_ARGS(most));
        return;
    }
    if (lua_touserdata(L, -1) == &REPORTED) {
        note_callers(run, L, level + 1, at);
        return;
    }
    if (lua_type(L, -1) != LUA_TSTRING) {
        mn__problem(&run->problems, MN_D_script_error_object, at, MN_ARGS(luaL_typename(L, -1)));
        note_callers(run, L, level + 1, at);
        return;
    }
    const char *message = lua_tostring(L, -1);
    int file, line, skip = 0;
    if (sscanf(message, "%d:%d: %n", &file, &line, &skip) == 2 && skip > 0) {
        message += skip;
        if (file >= 0 && (size_t)file < run->n_files && !mn__is_inner(run, file))
            at = (struct mn__place){file, line, -1, 0};
    }
    enum mn_code code = MN_D_script_error;
    for (size_t i = 0; i < MN_COUNT(SAID) && code == MN_D_script_error; i++)
        if (strncmp(message, SAID[i].begins, strlen(SAID[i].begins)) == 0)
            code = SAID[i].code;
    mn__problem(&run->problems, code, at, MN_ARGS(message));
    if (code != MN_D_script_error)
        mn__problem_note(&run->problems, MN_D_script_detail, MN__NO_PLACE, MN_ARGS(message));
    note_callers(run, L, level + 1, at);
}

/* ---- loading ---- */

/* Where in its line Lua found the word that a message says it is near. */
static struct mn__place near_word(const struct mn_source *s, int file, int line,
                                  const char *message) {
    struct mn__place at = {file, line, -1, 0};
    const char *near = strstr(message, " near '");
    size_t start = 0, n = near ? strlen(near + 7) : 0;
    if (n < 2)
        return at;
    n--; /* the closing quote */
    for (int l = 1; l < line; l++) {
        const char *end = memchr(s->text + start, '\n', s->size - start);
        if (!end)
            return at;
        start = (size_t)(end - s->text) + 1;
    }
    const char *end = memchr(s->text + start, '\n', s->size - start);
    size_t stop = end ? (size_t)(end - s->text) : s->size;
    for (size_t i = start; i + n <= stop; i++)
        if (memcmp(s->text + i, near + 7, n) == 0) {
            at.from = (int)i;
            at.bytes = (int)n;
            return at;
        }
    return at;
}

static void syntax_problem(struct mn__run *run, lua_State *L, int file) {
    const char *message = lua_tostring(L, -1);
    int at_file, line = 0, skip = 0;
    if (!message)
        message = "?";
    if (sscanf(message, "%d:%d: %n", &at_file, &line, &skip) == 2)
        message += skip;
    if (strstr(message, "C stack overflow") || strstr(message, "too many syntax levels")) {
        mn__problem(
            &run->problems, MN_D_script_nested,
            mn__syntax_deepest(run->files[file]->text, run->files[file]->size, file, run->arena),
            MN_NO_ARGS);
        return;
    }
    mn__problem(&run->problems, MN_D_script_syntax,
                near_word(run->files[file], file, line, message), MN_ARGS(message));
}

bool mn__state_load(struct mn__run *run, lua_State *L, int file) {
    const struct mn_source *s = run->files[file];
    char chunk[16];
    snprintf(chunk, sizeof(chunk), "=%d", file);
    struct mn__place whole = {file, 0, -1, 0};
    run->here->file = file;
    run->here->line = 0;
    if (s->size > 0 && s->text[0] == LUA_SIGNATURE[0]) {
        mn__problem(&run->problems, MN_D_script_binary, whole, MN_NO_ARGS);
        return false;
    }
    size_t good = mn_utf8_check(s->text, s->size);
    if (good < s->size || memchr(s->text, '\0', s->size)) {
        mn__problem(&run->problems, MN_D_script_not_text, whole, MN_NO_ARGS);
        return false;
    }
    int status = luaL_loadbufferx(L, s->text, s->size, chunk, "t");
    if (status == LUA_OK)
        return mn__syntax_refuse(s->text, s->size, file, run->arena, &run->problems);
    if (status == LUA_ERRMEM)
        mn__state_failed(run, L, status);
    else
        syntax_problem(run, L, file);
    lua_pop(L, 1);
    return false;
}

static int find_file(const struct mn__run *run, const char *name) {
    for (size_t i = 1; i < run->n_files; i++)
        if (strcmp(run->names[i], name) == 0)
            return (int)i;
    return -1;
}

/* The library's modules by the names that `require` takes, for a suggestion. */
static void suggest_module(struct mn__run *run, const char *name) {
    const char **names = MN_ARENA_ARRAY(run->arena, const char *, run->n_files + 1);
    size_t n = 0;
    for (size_t i = 1; i < run->n_files; i++)
        if (!mn__is_inner(run, (int)i)) {
            size_t size = strlen(run->names[i]);
            char *module = mn_arena_strndup(run->arena, run->names[i], size - 4); /* .lua */
            for (char *c = module; *c; c++)
                if (*c == '/')
                    *c = '.';
            names[n++] = module;
        }
    int near = mn_nearest(name, names, n);
    if (near >= 0)
        mn__problem_note(&run->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
}

/* require "metronet.passages": a module of the library, once, in the environment of scripts. */
static int require_module(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = luaL_checkstring(L, 1);
    char *path = mn_arena_printf(run->arena, "%s.lua", name);
    for (char *c = path; c < path + strlen(name); c++)
        if (*c == '.')
            *c = '/';
    int file = find_file(run, path);
    if (file < 0 || mn__is_inner(run, file)) {
        mn__problem(&run->problems, MN_D_script_no_module, mn__caller(L), MN_ARGS(name));
        suggest_module(run, name);
        return mn__raise(L);
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &LOADED);
    if (lua_getfield(L, -1, path) != LUA_TNIL) {
        if (lua_toboolean(L, -1))
            return 1;
        mn__problem(&run->problems, MN_D_script_module_circle, mn__caller(L), MN_ARGS(name));
        return mn__raise(L);
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -3, path);
    if (!mn__state_load(run, L, file))
        return mn__raise(L);
    mn__state_environment(L);
    lua_call(L, 0, 1);
    if (!lua_toboolean(L, -1)) {
        mn__problem(&run->problems, MN_D_script_module_nothing, (struct mn__place){file, 0, -1, 0},
                    MN_NO_ARGS);
        return mn__raise(L);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, path);
    return 1;
}

/* ---- what scripts see ---- */

static void suggest_key(lua_State *L, int table, const char *name) {
    struct mn__run *run = mn__run_of(L);
    const char **names = NULL;
    size_t n = 0, cap = 0;
    table = lua_absindex(L, table);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) {
            names = mn_grow(names, &cap, n + 1, sizeof(*names));
            names[n++] = lua_tostring(L, -1);
        }
    }
    /* Fixed order, so that ties always go to the same name. */
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && strcmp(names[k - 1], names[k]) > 0; k--) {
            const char *other = names[k];
            names[k] = names[k - 1];
            names[k - 1] = other;
        }
    int near = mn_nearest(name, names, n);
    if (near >= 0)
        mn__problem_note(&run->problems, MN_D_did_you_mean, MN__NO_PLACE, MN_ARGS(names[near]));
    free(names);
}

static int unknown_global(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    enum mn_code code = mn__is_withheld(name) ? MN_D_script_withheld : MN_D_script_unknown_global;
    mn__problem(&run->problems, code, mn__caller(L), MN_ARGS(name));
    if (code == MN_D_script_unknown_global)
        suggest_key(L, 1, name);
    return mn__raise(L);
}

static int refuse_global(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    mn__problem(&run->problems, MN_D_script_global_assigned, mn__caller(L), MN_ARGS(name));
    return mn__raise(L);
}

/* A field that a strict table does not have. Upvalue 1, if any: names that may be nil. */
static int unknown_member(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    if (lua_istable(L, lua_upvalueindex(1)) && lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 0;
    }
    mn__problem(&run->problems, MN_D_script_unknown_member, mn__caller(L), MN_ARGS(name));
    suggest_key(L, 1, name);
    return mn__raise(L);
}

static int refuse_member(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    mn__problem(&run->problems, MN_D_script_member_assigned, mn__caller(L), MN_ARGS(name));
    return mn__raise(L);
}

/* Metatable {__index = upvalue-carrying unknown_member, …}; the names on top (or nil) are popped.
 */
static void push_strict_with(lua_State *L) {
    lua_createtable(L, 0, 3);
    lua_insert(L, -2);
    lua_pushcclosure(L, unknown_member, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_member);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
}

static const char STRICT = 0; /* registry */

void mn__push_strict(lua_State *L) {
    if (lua_type(L, -1) == LUA_TTABLE) { /* names that may be nil: a metatable of its own */
        push_strict_with(L);
        return;
    }
    lua_pop(L, 1);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &STRICT) != LUA_TNIL)
        return;
    push_strict_with(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &STRICT);
}

/* Replaces the table on top by an empty one that reads from it and refuses to be written. */
static void guard(lua_State *L, lua_CFunction missing, lua_CFunction written) {
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, missing);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2); /* of what is read from */
    lua_newtable(L);
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, written);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

/* ---- the library's primitives ---- */

static const struct mn__call_spec *checked_call(lua_State *L, const char *name,
                                                struct mn__value *v) {
    struct mn__run *run = mn__run_of(L);
    const struct mn__call_spec *spec = mn__call_spec(name);
    struct mn__check check = {run->arena, &run->problems, NULL, NULL};
    struct mn__place at = mn__caller(L);
    mn__value_of(L, 2, at, v);
    if (!mn__spec_check(&check, spec, v, at))
        mn__raise(L);
    return spec;
}

/* describe("runbook", table): what a runbook says of itself; returns the table. */
static int describe(lua_State *L) {
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

/* step("check", table, outcomes): asks, by leaving the coroutine; what it is resumed with is the
 * answer. The outcomes are what holds where the table gives none. */
static int step(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
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
    return lua_yield(L, 0);
}

/* The value's text, for messages; raises for what has only an address. */
static int refuse_text(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    mn__problem(&run->problems, MN_D_script_no_text, mn__caller(L), MN_ARGS(luaL_typename(L, 1)));
    return mn__raise(L);
}

/* ---- opening ---- */

static void open_inner(lua_State *L) {
    static const luaL_Reg LIBS[] = {{"_G", luaopen_base},
                                    {LUA_STRLIBNAME, luaopen_string},
                                    {LUA_TABLIBNAME, luaopen_table},
                                    {LUA_MATHLIBNAME, luaopen_math},
                                    {LUA_UTF8LIBNAME, luaopen_utf8}};
    static const luaL_Reg HOST[] = {{"describe", describe},
                                    {"step", step},
                                    {"refuse_text", refuse_text},
                                    {"require", require_module},
                                    {NULL, NULL}};
    for (size_t i = 0; i < MN_COUNT(LIBS); i++) {
        luaL_requiref(L, LIBS[i].name, LIBS[i].func, 1);
        lua_pop(L, 1);
    }
    lua_newtable(L);
    luaL_setfuncs(L, HOST, 0);
    lua_setglobal(L, "host");
}

/* What an inner module returns goes, name by name, into the table on top. */
static bool add_module(struct mn__run *run, lua_State *L, const char *name) {
    int file = find_file(run, name);
    if (file < 0) {
        mn__problem(&run->problems, MN_D_script_no_module, MN__NO_PLACE, MN_ARGS(name));
        return false;
    }
    if (!mn__state_load(run, L, file))
        return false;
    int status = lua_pcall(L, 0, 1, 0);
    if (status != LUA_OK || !lua_istable(L, -1)) {
        mn__state_failed(run, L, status);
        return false;
    }
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, -5);
    }
    lua_pop(L, 1);
    return true;
}

/* The tables in the table on top become guarded; strings get the guarded `string` as methods. */
static void guard_tables(lua_State *L) {
    static const char *const TABLES[] = {"string", "table", "math", "utf8"};
    lua_newtable(L); /* the words, with the tables as they are */
    lua_pushnil(L);
    while (lua_next(L, -3)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, -4);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &WORDS);
    for (size_t i = 0; i < MN_COUNT(TABLES); i++) {
        lua_getfield(L, -1, TABLES[i]);
        guard(L, unknown_member, refuse_member);
        if (i == 0) {
            lua_pushliteral(L, "");
            lua_getmetatable(L, -1);
            lua_pushvalue(L, -3);
            lua_setfield(L, -2, "__index");
            lua_pushboolean(L, 0);
            lua_setfield(L, -2, "__metatable");
            lua_pop(L, 2);
        }
        lua_setfield(L, -2, TABLES[i]);
    }
}

static int open_all(lua_State *L) {
    struct mn__run *run = mn__run_of(L);
    open_inner(L);
    mn__open_values(L);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &LOADED);
    lua_newtable(L);
    for (size_t i = 0; i < MN_COUNT(INNER); i++)
        if (!add_module(run, L, INNER[i]))
            return mn__raise(L);
    guard_tables(L);
    guard(L, unknown_global, refuse_global);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &ENV);
    return 0;
}

bool mn__state_open(struct mn__run *run) {
    lua_State *L = run->L = lua_newstate(allocate, run);
    if (!L) {
        mn__problem(&run->problems, MN_D_script_memory, MN__NO_PLACE, MN_ARGS("0"));
        return false;
    }
    *(struct mn__run **)lua_getextraspace(L) = run;
    lua_sethook(L, follow, LUA_MASKCOUNT | LUA_MASKCALL | LUA_MASKLINE, 1000);
    lua_pushcfunction(L, open_all);
    int status = lua_pcall(L, 0, 0, 0);
    if (status == LUA_OK)
        return true;
    mn__state_failed(run, L, status);
    return false;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the names in the table on top, each after `within`. */
static void add_words(lua_State *L, struct mn_arena *a, const char *within, const char ***names,
                      size_t *n, size_t *cap) {
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        const char *name = mn_arena_printf(a, "%s%s", within, lua_tostring(L, -2));
        *names = mn_grow(*names, cap, *n + 1, sizeof(**names));
        (*names)[(*n)++] = name;
        if (lua_istable(L, -1) && !*within)
            add_words(L, a, mn_arena_printf(a, "%s.", name), names, n, cap);
        lua_pop(L, 1);
    }
}

struct mn__words mn__state_words(struct mn__run *run) {
    const char **names = NULL;
    size_t n = 0, cap = 0;
    lua_rawgetp(run->L, LUA_REGISTRYINDEX, &WORDS);
    add_words(run->L, run->arena, "", &names, &n, &cap);
    lua_pop(run->L, 1);
    qsort(names, n, sizeof(*names), by_name);
    struct mn__words words = {mn_arena_copy(run->arena, names, n * sizeof(*names)), n};
    free(names);
    return words;
}

void mn__state_environment(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &ENV);
    lua_setupvalue(L, -2, 1);
}
