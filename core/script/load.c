/* Loads sources: a runbook, the modules that make the language, and those that scripts require. */
#include "base/unicode.h"
#include "script/state.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

/* The modules that make the language and the steps; only they see more than a script does. */
static const char *const INNER[] = {"metronet/base.lua", "metronet/steps.lua"};

static const char LOADED = 0; /* registry: modules by name */
static const char READ = 0;   /* registry: functions by file */

bool mn__is_inner(const struct mn__run *run, int file) {
    if (file <= 0 || (size_t)file >= run->n_files)
        return false;
    for (size_t i = 0; i < MN_COUNT(INNER); i++)
        if (strcmp(run->names[file], INNER[i]) == 0)
            return true;
    return false;
}

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

/* Takes from *s what stands before `mark`, and the mark. NULL, with *s unchanged, without it. */
static const char *before(struct mn_arena *a, const char **s, const char *mark) {
    const char *at = strstr(*s, mark);
    if (!at)
        return NULL;
    const char *part = mn_arena_strndup(a, *s, (size_t)(at - *s));
    *s = at + strlen(mark);
    return part;
}

/* Lua speaks English; what it says most is said in both languages, the rest is quoted. */
static void tell_syntax(struct mn__run *run, struct mn__place at, const char *message) {
    const char *rest = message, *missing = before(run->arena, &rest, " expected");
    const char *what = missing ? before(run->arena, &rest, " (to close ") : NULL;
    const char *opened = what ? before(run->arena, &rest, " at line ") : NULL;
    const char *line = opened ? before(run->arena, &rest, ")") : NULL;
    const char *said = before(run->arena, &rest, " near ");
    if (missing && line && said)
        mn__problem(&run->problems, MN_D_script_syntax_open, at,
                    MN_ARGS(missing, opened, line, rest));
    else if (missing && said && strcmp(missing, "<eof>") == 0)
        mn__problem(&run->problems, MN_D_script_syntax_symbol, at, MN_ARGS(rest));
    else if (missing && !what && said)
        mn__problem(&run->problems, MN_D_script_syntax_missing, at, MN_ARGS(missing, rest));
    else if (said && strcmp(said, "unexpected symbol") == 0)
        mn__problem(&run->problems, MN_D_script_syntax_symbol, at, MN_ARGS(rest));
    else if (said && strcmp(said, "unfinished string") == 0)
        mn__problem(&run->problems, MN_D_script_syntax_string, at, MN_ARGS(rest));
    else
        mn__problem(&run->problems, MN_D_script_syntax, at, MN_ARGS(message));
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
    size_t n = strlen(message);
    run->unfinished = n >= 5 && strcmp(message + n - 5, "<eof>") == 0;
    tell_syntax(run, near_word(run->files[file], file, line, message), message);
}

/* Lua takes no line of '#' out of a buffer, which is no token either. `before` stands before the
 * first token, on its line. */
static int load_split(struct mn__run *run, lua_State *L, int file, const struct mn__token *tokens,
                      const char *chunk, const char *before) {
    const struct mn_source *s = run->files[file];
    struct mn_buf b = MN_BUF_INIT;
    if (s->size > 0 && s->text[0] == '#')
        return luaL_loadbufferx(L, s->text, s->size, chunk, "t");
    mn_buf_puts(&b, before);
    run->lines[file] = mn__lines_split(tokens, run->sources, &b);
    int status = luaL_loadbufferx(L, mn_buf_text(&b), b.size, chunk, "t");
    mn_buf_fini(&b);
    return status;
}

static bool load(struct mn__run *run, lua_State *L, int file) {
    const struct mn_source *s = run->files[file];
    char chunk[16];
    snprintf(chunk, sizeof(chunk), "=%d", file);
    struct mn__place whole = {file, 0, -1, 0};
    run->here->file = file;
    run->here->line = run->told = 0;
    bool compiled = s->size > 0 && s->text[0] == LUA_SIGNATURE[0];
    if (compiled && run->guards.text) {
        mn__problem(&run->problems, MN_D_script_binary, whole, MN_NO_ARGS);
        return false;
    }
    size_t good = mn_utf8_check(s->text, s->size);
    if (!compiled && (good < s->size || memchr(s->text, '\0', s->size))) {
        mn__problem(&run->problems, MN_D_script_not_text, whole, MN_NO_ARGS);
        return false;
    }
    const struct mn__token *tokens = mn__tokens(s->text, s->size, run->sources);
    int status = compiled ? luaL_loadbufferx(L, s->text, s->size, chunk, "b")
                          : load_split(run, L, file, tokens, chunk, "");
    if (status == LUA_ERRSYNTAX && !compiled) { /* said of the source as it is */
        lua_pop(L, 1);
        run->lines[file].n = 0;
        status = luaL_loadbufferx(L, s->text, s->size, chunk, "t");
    }
    if (status == LUA_OK)
        return compiled || !run->guards.syntax || mn__syntax_refuse(tokens, file, &run->problems);
    if (status == LUA_ERRMEM)
        mn__state_failed(run, L, status);
    else
        syntax_problem(run, L, file);
    lua_pop(L, 1);
    return false;
}

/* While exploring a file is read once, and its function run for each walk. */
static bool push_read(lua_State *L, int file) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &READ) == LUA_TTABLE) {
        lua_rawgeti(L, -1, file);
        lua_remove(L, -2);
    }
    if (lua_isfunction(L, -1))
        return true;
    lua_pop(L, 1);
    return false;
}

static void keep_read(lua_State *L, int file) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &READ) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &READ);
    }
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, file);
    lua_pop(L, 1);
}

bool mn__state_load(struct mn__run *run, lua_State *L, int file) {
    if (run->exploring && push_read(L, file))
        return true;
    bool ok = load(run, L, file);
    if (ok && run->exploring)
        keep_read(L, file);
    return ok;
}

bool mn__state_load_typed(struct mn__run *run, lua_State *L, int file) {
    const struct mn_source *s = run->files[file];
    const struct mn__token *tokens = mn__tokens(s->text, s->size, run->sources);
    char chunk[16];
    snprintf(chunk, sizeof(chunk), "=%d", file);
    if (load_split(run, L, file, tokens, chunk, "return ") == LUA_OK)
        return mn__syntax_refuse(tokens, file, &run->problems);
    lua_pop(L, 1);
    return mn__state_load(run, L, file);
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
int mn__require(lua_State *L) {
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

void mn__forget_modules(lua_State *L) {
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &LOADED);
}

void mn__push_modules(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &LOADED);
}

bool mn__add_inner(struct mn__run *run, lua_State *L) {
    mn__forget_modules(L);
    for (size_t i = 0; i < MN_COUNT(INNER); i++)
        if (!add_module(run, L, INNER[i]))
            return false;
    return true;
}
