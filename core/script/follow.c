/* Follows a running script: where it is, how much it has done, and where its errors come from. */
#include "script/state.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char REPORTED = 0; /* its address is the error object of problems already added */

/* The file that a frame's code comes from: chunks are named "=0", "=1" … */
static int frame_file(const lua_Debug *ar) {
    return ar->source[0] == '=' && ar->source[1] >= '0' && ar->source[1] <= '9'
               ? (int)strtol(ar->source + 1, NULL, 10)
               : -1;
}

const struct mn__lines *mn__lines_of(const struct mn__run *run, const lua_Debug *ar) {
    int file = frame_file(ar);
    return file >= 0 && (size_t)file < run->n_files ? &run->lines[file] : NULL;
}

/* The line that Lua tells, as a person knows it; `from` is the exact place in it. */
static struct mn__place place(const struct mn__run *run, int file, int told) {
    if (file < 0)
        return MN__NO_PLACE;
    const struct mn__token *t = mn__lines_token(&run->lines[file], told);
    return (struct mn__place){file, t ? t->line : told, t ? t->from : -1, 0};
}

/* The script's innermost line that is being run, from `level` outwards. */
static struct mn__place script_line(const struct mn__run *run, lua_State *L, int *level) {
    lua_Debug ar;
    for (; lua_getstack(L, *level, &ar); (*level)++) {
        lua_getinfo(L, "Sl", &ar);
        int file = frame_file(&ar);
        if (file >= 0 && !mn__is_inner(run, file) && ar.currentline > 0)
            return place(run, file, ar.currentline);
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
            return place(run, file, ar.currentline);
        if (ar.istailcall)
            break;
    }
    return place(run, run->here->file, run->told);
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
void mn__follow(lua_State *L, lua_Debug *ar) {
    struct mn__run *run = mn__run_of(L);
    lua_Debug outer;
    switch (ar->event) {
    case LUA_HOOKLINE:
        lua_getinfo(L, "S", ar);
        int file = frame_file(ar);
        if (file >= 0 && !mn__is_inner(run, file)) {
            run->here->file = file;
            run->told = ar->currentline;
            run->here->line = mn__lines_line(&run->lines[file], ar->currentline);
        }
        break;
    case LUA_HOOKCOUNT:
        run->instructions += 1000;
        if (run->instructions > run->limits.instructions)
            fail_endless(run, L);
        break;
    default:
        /* Lua would go on to two hundred thousand calls, or to the end of the memory. */
        if (++run->calls % 256 == 0 && lua_getstack(L, (int)run->guards.depth, &outer))
            fail_deep(run, L);
    }
}

void mn__follow_lines(lua_State *L, bool lines) {
    int mask = LUA_MASKCOUNT | LUA_MASKCALL | (lines ? LUA_MASKLINE : 0);
    lua_sethook(L, mn__follow, mask, 1000);
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
        snprintf(most, sizeof(most), "%zu", mn__lua_memory(run) >> 20);
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
            at = place(run, file, line);
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
