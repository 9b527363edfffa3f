/* Inside script/ only: the Lua state of one worker, what a script finds in it, and its errors.
 *
 * Everything here runs in a worker, which ends without cleaning up: what is taken from the arena or
 * the heap is not given back, and a Lua error loses nothing that matters. */
#ifndef MN_SCRIPT_STATE_H
#define MN_SCRIPT_STATE_H

#include "runbook/explore.h"
#include "script/guards.h"
#include "script/lines.h"
#include "script/script.h"
#include "script/spec.h"
#include "script/syntax.h"

#include <lua.h>

/* Where the script is: shared with the parent, so that it can say where a killed worker was. */
struct mn__here {
    int file, line;
};

struct mn__run {
    lua_State *L;
    struct mn_arena *arena;
    struct mn__problems problems;
    struct mn__problems lint; /* advice about the source */
    /* files[0] is the runbook (its text may be empty), the others the library in order of name. */
    const struct mn_source *const *files;
    const char *const *names; /* "line/metronet-line.lua", "metronet/steps.lua" */
    size_t n_files;
    struct mn__lines *lines; /* of each file that was loaded */
    struct mn_limits limits;
    struct mn__guards guards;
    size_t memory, memory_peak;
    uint64_t instructions, calls;
    volatile struct mn__here *here;
    int told;            /* the line of here->file that Lua told last */
    const json_t *facts; /* NULL while only loading */

    struct mn_runbook runbook; /* what `runbook` was given; id NULL: not called yet */
    int description;           /* registry reference of that table */
    bool stepping;             /* inside `steps` */
    bool unfinished;           /* the source ends in the middle of something */
    struct mn_step step;       /* what was asked last */
    int step_file, step_from;  /* where: the file, and the byte at which the call begins, or -1 */
    struct visits {
        const char *key;
        int n;
    } * visits;
    size_t n_visits, cap_visits;

    /* While exploring only. */
    bool exploring;
    struct mn__facts *shared; /* the facts, for all walks */
    struct mn__live **live;   /* of each file that scripts come from; NULL: it has none */
    struct mn_arena *sources; /* of what is read from the files once */
    /* Steps that are known to be asked: they are not looked at again; and how many were so far. */
    const struct mn_step *const *known;
    size_t n_known, n_asked;
    const struct mn_step *list; /* the checklist … */
    const char *item;           /* … an item of which is looked at; NULL: a step is asked */
};

/* A state with the library loaded and nothing else. False when a problem was added. */
bool mn__state_open(struct mn__run *run);

/* The names that a script may use, "string.format" among them. */
struct mn__words mn__state_words(struct mn__run *run);

/* A module of the library that makes the language itself, and sees what scripts do not. */
bool mn__is_inner(const struct mn__run *run, int file);

/* A name of Lua's that scripts do not get. */
bool mn__is_withheld(const char *name);

/* Loads that file as a function onto L, text only. False when a problem was added. */
bool mn__state_load(struct mn__run *run, lua_State *L, int file);

/* The same for what was typed at a prompt: an expression gives its value. */
bool mn__state_load_typed(struct mn__run *run, lua_State *L, int file);

/* The environment of scripts: given to the function on top, or pushed. */
void mn__state_environment(lua_State *L);
void mn__push_environment(lua_State *L);

/* The modules that were required, by name: the table is pushed, or made empty. */
void mn__push_modules(lua_State *L);
void mn__forget_modules(lua_State *L);

/* Is it a step that the coroutine has left for? */
bool mn__is_step(lua_State *co);

/* Turns the error on top of L into a problem at the line of the script that it comes from. */
void mn__state_failed(struct mn__run *run, lua_State *L, int status);

/* Of the run that L belongs to; and the place of the script's line that is calling. */
struct mn__run *mn__run_of(lua_State *L);
struct mn__place mn__caller(lua_State *L);

/* Raises after a problem was added; does not return. */
int mn__raise(lua_State *L);

/* What is at the index, as far down as it goes. */
void mn__value_of(lua_State *L, int index, struct mn__place at, struct mn__value *out);

/* Pushes the facts: tables that know their own fields. */
void mn__push_facts(lua_State *L, const json_t *facts);

/* Adds the value at the index as text that a person reads, fields in a fixed order. */
void mn__show(lua_State *L, int index, struct mn_buf *out);

/* Pushes what a step's call returns for that answer; returns how many values (0 or 1). */
int mn__push_answer(lua_State *L, const struct mn_step *step, const char *value);

/* The record key of an answer in free text; NULL: it is something else. And the checklist of what
 * is kept in an undecided answer. */
const char *mn__free_text(lua_State *L, int index);
const struct mn_step *mn__items_of(lua_State *L, int index);

/* While exploring: pushes what a checklist's call returns, a table whose items are decided when
 * they are looked at. The coroutine then yields with run->item set, to be resumed with the state.
 * The step must live as long as the table. */
int mn__push_undecided(lua_State *L, const struct mn_step *step);

/* The metatable of tables in which a missing field is an error, onto L. */
void mn__push_strict(lua_State *L);

/* Metatable of answers in free text; for mn__state_open. */
void mn__open_values(lua_State *L);

/* Bytes that Lua may take. */
size_t mn__lua_memory(const struct mn__run *run);

/* The lines of the file that a level's code comes from (ar has what "S" gives); NULL: of none. */
const struct mn__lines *mn__lines_of(const struct mn__run *run, const lua_Debug *ar);

/* The hook: follows the script's line, and ends it when it does too much. */
void mn__follow(lua_State *L, lua_Debug *ar);

/* Sets the hook of this coroutine and of those that it makes; without lines it is faster, and where
 * it was is only known as far as its calls tell. */
void mn__follow_lines(lua_State *L, bool lines);

/* Runs the inner modules; what they return goes, name by name, into the table on top of L. */
bool mn__add_inner(struct mn__run *run, lua_State *L);

/* Replaces the table on top by an empty one that reads from it; what it lacks and what is written
 * to it go to the two functions. */
void mn__guard(lua_State *L, lua_CFunction missing, lua_CFunction written);
int mn__unknown_global(lua_State *L);
int mn__refuse_global(lua_State *L);
int mn__unknown_member(lua_State *L);
int mn__refuse_member(lua_State *L);

/* What the inner modules get as `host`:
 * describe("runbook", table): what a runbook says of itself; returns the table.
 * step(kind, table, outcomes): asks, by leaving the coroutine; what it is resumed with is the
 * answer. The outcomes are what holds where the table gives none. refuse_text(value): raises for
 * what has only an address. require(name): a module of the library, once, in the environment of
 * scripts. decide(table): all items of a checklist's answer are decided before it is gone through.
 */
int mn__describe(lua_State *L);
int mn__step(lua_State *L);
int mn__refuse_text(lua_State *L);
int mn__require(lua_State *L);
int mn__decide(lua_State *L);

#endif
