/* Bringing what a page recorded into the journal. */
#include "incident/message.h"
#include "incident/offline.h"
#include "incident/pins.h"
#include "incident/replay.h"
#include "incident/sql.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

#define MOST_EVENTS 2000

enum { MODEL, RUNBOOK, LIBRARY, SETS };
static const char *const SET_NAMES[SETS] = {"model", "runbook", "library"};

struct importing {
    struct mn_store *store;
    const struct mn_incoming *in;
    mn_offline_today *today;
    void *arg;
    struct mn_diags *d;
    /* of one incident */
    size_t which;
    json_t *opened; /* the page's payload */
    struct mn_files *files[SETS], *own[SETS];
    struct mn_model *model;
    struct mn_catalogue *catalogue;
    struct mn_opening opening;
    int utc_offset;
    bool broken; /* not the document is wrong, but something here */
};

static const struct mn__incoming_incident *page(const struct importing *x) {
    return &x->in->incidents[x->which];
}

static bool wrong(const struct importing *x, enum mn_code code, const char *const *args) {
    return mn__incoming_wrong(x->in, x->d, mn__incoming_path(x->in, x->which, 0, "payload"), code,
                              args);
}

static bool lacks(const struct importing *x, const char *key) {
    return wrong(x, MN_D_import_page_lacks, MN_ARGS(page(x)->links[0].type, key));
}

static const char *pinned(const struct importing *x, int set) {
    return mn_json_string(json_object_get(x->opened, "pins"), SET_NAMES[set]);
}

/* ---- what the page was made from ---- */

/* The set as the store has it, all of it read; NULL when it does not have it. */
static struct mn_files *stored(const struct importing *x, const char *hash) {
    struct mn_diags *quiet = mn_diags_new();
    json_t *list = mn__pin_list(x->store, hash, quiet), *entry;
    struct mn_files *files = list ? mn_store_pinned(x->store, hash, page(x)->id, quiet) : NULL;
    size_t i;
    json_array_foreach(list, i, entry) {
        if (files)
            mn_files_read(files, mn_json_string(entry, "name"), SIZE_MAX, MN_NOWHERE, quiet);
    }
    json_decref(list);
    mn_diags_free(quiet);
    return files;
}

static bool take_files(struct importing *x) {
    bool all = true;
    for (int set = 0; set < SETS; set++) {
        x->files[set] = x->own[set] = stored(x, pinned(x, set));
        all = all && x->files[set];
    }
    if (all)
        return true;
    struct mn_offline_sets today = {NULL, NULL, NULL};
    const char *runbook = mn_json_string(x->opened, "runbook");
    switch (x->today(x->arg, runbook, &today, x->d)) {
    case MN_OFFLINE_NO_RUNBOOK:
        return wrong(x, MN_D_import_page_gone, MN_ARGS(runbook));
    case MN_OFFLINE_BROKEN:
        x->broken = true;
        return false;
    default:
        break;
    }
    struct mn_files *const now[SETS] = {today.model, today.runbook, today.library};
    for (int set = 0; set < SETS; set++)
        if (!x->files[set])
            x->files[set] = now[set];
    return true;
}

static bool take_subject(struct importing *x, struct mn_subject *s) {
    const char *component = mn_json_string(x->opened, "component");
    const char *site = mn_json_string(x->opened, "site");
    *s = (struct mn_subject){component ? mn_model_component(x->model, component) : -1,
                             site ? mn_model_site(x->model, site) : -1};
    if (component && s->component < 0)
        return wrong(x, MN_D_import_page_unknown, MN_ARGS(component));
    if (site && s->site < 0)
        return wrong(x, MN_D_import_page_unknown, MN_ARGS(site));
    return true;
}

static bool take_symptom(struct importing *x, int *symptom) {
    const char *id = mn_json_string(x->opened, "symptom");
    *symptom = x->model->n_symptoms;
    while (id && --*symptom >= 0 && strcmp(x->model->symptoms[*symptom].id, id) != 0) {
    }
    if (!id)
        *symptom = -1;
    return !id || *symptom >= 0 || wrong(x, MN_D_import_page_unknown, MN_ARGS(id));
}

/* The opening of which the page's first event speaks. */
static bool take_opening(struct importing *x) {
    const json_t *offset = json_object_get(x->opened, "offset");
    const char *runbook = mn_json_string(x->opened, "runbook");
    const char *program = mn_json_string(x->opened, "program");
    if (!runbook || !program)
        return lacks(x, runbook ? "program" : "runbook");
    if (!json_is_integer(offset) || llabs(json_integer_value(offset)) > 24 * 60)
        return lacks(x, "offset");
    x->utc_offset = (int)json_integer_value(offset);
    if (!take_files(x))
        return false;
    struct mn_diags *quiet = mn_diags_new(); /* warnings are said where the model is worked on */
    x->model = mn_model_load(x->files[MODEL], quiet);
    if (!x->model)
        mn_diags_move(x->d, quiet);
    mn_diags_free(quiet);
    if (!x->model)
        return false;
    x->catalogue = mn_catalogue_pinned(x->files[RUNBOOK], x->files[LIBRARY], x->d);
    x->opening = (struct mn_opening){.model = x->model,
                                     .runbook = mn_catalogue_find(x->catalogue, runbook),
                                     .model_files = x->files[MODEL],
                                     .runbook_files = x->files[RUNBOOK],
                                     .library_files = x->files[LIBRARY],
                                     .program = mn_arena_strdup(x->in->arena, program),
                                     .page = page(x)->id};
    if (!x->opening.runbook)
        return wrong(x, MN_D_import_page_gone, MN_ARGS(runbook));
    return take_subject(x, &x->opening.subject) && take_symptom(x, &x->opening.symptom);
}

static json_t *facts(struct importing *x) {
    const struct mn_model *m = x->model;
    struct mn_toll toll = mn_toll_of(m, x->opening.subject, x->in->arena);
    x->opening.severity = toll.severity;
    return mn_opening_facts(m, x->opening.subject, x->opening.symptom, &toll, NULL);
}

/* What is here must be what the page was made from. */
static bool same_pins(struct importing *x, struct mn_store *scratch, const char *id) {
    static const enum mn_code codes[SETS] = {MN_D_import_page_model, MN_D_import_page_runbook,
                                             MN_D_import_page_library};
    struct mn_incident *i = mn_incident_load(scratch, id, false, x->d);
    bool ok = i != NULL;
    for (int set = 0; i && set < SETS; set++)
        if (strcmp(mn_incident_pin(i, SET_NAMES[set]), pinned(x, set)) != 0)
            ok = wrong(x, codes[set], MN_ARGS(pinned(x, set), mn_incident_pin(i, SET_NAMES[set])));
    if (i && !ok)
        mn_diag_note(x->d, MN_D_import_page_pins_note, MN_NOWHERE, MN_NO_ARGS);
    mn_incident_free(i);
    return ok;
}

/* ---- where it goes ---- */

/* The incident of the journal that was recorded as that one of a page: its year and number; number
 * 0 when there is none. */
static bool find_there(struct importing *x, int64_t *year, int64_t *number) {
    sqlite3_stmt *q = mn__sql(x->store,
                              "SELECT i.year, i.number FROM event e JOIN incident i"
                              " ON i.id = e.incident WHERE e.seq = 1"
                              " AND json_extract(e.payload, '$.page.id') = ?1",
                              x->d);
    if (!q)
        return false;
    mn__sql_text(q, 1, page(x)->id);
    enum mn__row row = mn__sql_step(x->store, q, x->d);
    *year = row == MN__ROW ? sqlite3_column_int64(q, 0) : 0;
    *number = row == MN__ROW ? sqlite3_column_int64(q, 1) : 0;
    sqlite3_reset(q);
    return row != MN__FAILED;
}

static bool choose_id(struct importing *x, int64_t *year, int64_t *number) {
    if (!find_there(x, year, number))
        return false;
    if (*number)
        return true;
    *year = mn_time_year(page(x)->links[0].at, x->utc_offset);
    return mn__chain_next_number(x->store, *year, number, x->d);
}

/* "An, 2026-11-22T08:00:00Z, answered lights = no". */
static const char *described(struct mn_arena *a, const struct mn__link *l) {
    char at[MN_TIME_TEXT];
    mn_time_utc(l->at, at);
    json_t *payload = json_loads(l->payload, 0, NULL);
    const json_t *answer = json_object_get(payload, "answer");
    const char *step = mn_json_string(answer, "step"), *value = mn_json_string(answer, "value");
    const char *text = mn_json_string(payload, "text"), *key = mn_json_string(payload, "key");
    const char *said =
        step && value
            ? mn_arena_printf(a, "%s, %s, %s: %s = %s", l->actor, at, l->type, step, value)
        : text || key
            ? mn_arena_printf(a, "%s, %s, %s: %s", l->actor, at, l->type, text ? text : key)
            : mn_arena_printf(a, "%s, %s, %s", l->actor, at, l->type);
    json_decref(payload);
    return said;
}

/* Both went on: nothing is merged, nothing is overwritten, and both are shown. */
static bool differs(struct importing *x, const struct mn__replay *r,
                    const struct mn__incoming_incident *made, int64_t other) {
    struct mn_arena *a = x->in->arena;
    struct mn__link *links;
    size_t n;
    if (!mn__chain_read(x->store, made->id, MN__FROM_START, a, &links, &n, x->d))
        return false;
    mn__incoming_wrong(x->in, x->d, mn__incoming_path(x->in, x->which, r->from[other], ""),
                       MN_D_import_page_differs, MN_ARGS(page(x)->id, made->id));
    mn_diag_note(
        x->d, MN_D_import_page_here, MN_NOWHERE,
        MN_ARGS(mn_arena_printf(a, "%lld", (long long)other + 1), described(a, &links[other])));
    mn_diag_note(x->d, MN_D_import_page_there, MN_NOWHERE,
                 MN_ARGS(described(a, &made->links[other])));
    mn_diag_note(x->d, MN_D_import_page_differs_note, MN_NOWHERE, MN_NO_ARGS);
    return false;
}

/* Opens the incident under its number in a store of its own, replays it there, and adds what the
 * journal lacks of the result. */
static bool replay_and_add(struct importing *x, struct mn_store *scratch,
                           struct mn_imported *result) {
    struct mn_arena *a = x->in->arena;
    const struct mn__link *first = &page(x)->links[0];
    struct mn__incoming_incident made = {0};
    struct mn_by by = {first->actor, first->at};
    char id[MN_INCIDENT_ID], hash[MN_HASH_HEX];
    if (!choose_id(x, &made.year, &made.number)) {
        x->broken = true;
        return false;
    }
    /* The number follows the highest that is there. */
    bool ok = made.number == 1 ||
              mn__chain_add_incident(scratch, "before", made.year, made.number - 1, x->d);
    json_t *given = facts(x);
    x->opening.facts = given;
    ok = ok && mn_record_opened(scratch, &x->opening, (int)made.year, by, id, x->d);
    json_decref(given);
    if (!ok || !same_pins(x, scratch, id))
        return false;
    made.id = mn_arena_strdup(a, id);
    struct mn__replay r = {.in = x->in,
                           .which = x->which,
                           .model = x->model,
                           .runbook = x->opening.runbook,
                           .runbook_files = x->files[RUNBOOK],
                           .library_files = x->files[LIBRARY],
                           .store = scratch,
                           .id = made.id,
                           .utc_offset = x->utc_offset};
    int64_t other = -1;
    if (!mn__replay(&r, a, x->d) ||
        !mn__chain_read(scratch, made.id, MN__FROM_START, a, &made.links, &made.n, x->d))
        return false;
    for (int set = 0; ok && set < SETS; set++)
        ok = mn_store_pin(x->store, x->files[set], hash, x->d);
    ok = ok && mn__incoming_add(x->store, &made, a, result, &other, x->d);
    x->broken = !ok;
    result->page = page(x)->id;
    return ok && (other < 0 || differs(x, &r, &made, other));
}

static bool import_one(struct importing *x, struct mn_imported *result) {
    if (page(x)->n > MOST_EVENTS)
        return wrong(x, MN_D_import_page_long, MN_ARGS(page(x)->id, "2000"));
    x->opened = json_loads(page(x)->links[0].payload, 0, NULL);
    struct mn_store *scratch = mn_store_scratch(x->d);
    bool ok = scratch && take_opening(x) && replay_and_add(x, scratch, result);
    mn_store_close(scratch);
    mn_catalogue_free(x->catalogue);
    mn_model_free(x->model);
    json_decref(x->opened);
    for (int set = 0; set < SETS; set++)
        mn_files_free(x->own[set]);
    x->catalogue = NULL;
    x->model = NULL;
    return ok;
}

enum mn_import mn_offline_import(struct mn_store *s, const struct mn_incoming *in,
                                 mn_offline_today *today, void *arg, struct mn_imported *results,
                                 struct mn_diags *d) {
    struct importing x = {.store = s, .in = in, .today = today, .arg = arg, .d = d};
    if (!mn__sql_begin(s, d))
        return MN_IMPORT_BROKEN;
    bool ok = true;
    for (x.which = 0; ok && x.which < in->n; x.which++)
        ok = import_one(&x, &results[x.which]);
    if (ok && mn__sql_commit(s, d))
        return MN_IMPORT_DONE;
    mn__sql_rollback(s);
    return ok || x.broken ? MN_IMPORT_BROKEN : MN_IMPORT_REFUSED;
}
