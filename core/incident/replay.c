/* Replaying what a page recorded. */
#include "incident/replay.h"

#include "base/clock.h"
#include "incident/call_record.h"
#include "incident/retract.h"

#include <string.h>

#define LONGEST_TEXT 4000

struct replaying {
    struct mn__replay *r;
    struct mn_diags *d;
    struct mn_arena *arena; /* of one event */
    struct mn_incident *i;
    struct mn_progress progress;
    struct mn_diags *failed;     /* why the runbook fails here, which is no fault of the record */
    const struct mn__link *link; /* the event */
    size_t event;
    json_t *payload;
};

static bool wrong(const struct replaying *p, const char *part, enum mn_code code,
                  const char *const *args) {
    return mn__incoming_wrong(p->r->in, p->d,
                              mn__incoming_path(p->r->in, p->r->which, p->event, part), code, args);
}

static bool lacks(const struct replaying *p, const char *key) {
    return wrong(p, "payload", MN_D_import_page_lacks, MN_ARGS(p->link->type, key));
}

static bool misplaced(const struct replaying *p) {
    bool closed = p->i->status != MN_INCIDENT_OPEN;
    mn_diags_move(p->d, p->failed);
    return wrong(p, "type", closed ? MN_D_import_page_closed : MN_D_import_page_place,
                 MN_ARGS(p->link->type));
}

static struct mn_by by(const struct replaying *p) {
    return (struct mn_by){p->link->actor, p->link->at};
}

/* Where the incident stands now. Where its runbook fails it can be gone back and noted, as on the
 * page. */
static bool look(struct replaying *p) {
    struct mn_answer *answers;
    mn_arena_free(p->arena);
    mn_diags_free(p->failed);
    p->arena = mn_arena_new();
    p->failed = mn_diags_new();
    if (!mn_incident_reload(p->r->store, p->i, p->d) ||
        !mn_incident_answers(p->i, p->arena, &answers, p->d))
        return false;
    struct mn_evaluation e = {.runbooks = p->r->runbook_files,
                              .library = p->r->library_files,
                              .file = p->r->runbook->file,
                              .facts = json_object_get(p->i->opened, "facts"),
                              .answers = answers,
                              .n = p->i->n_answers};
    if (!mn_evaluate(&e, p->arena, &p->progress, p->failed))
        p->progress = (struct mn_progress){.state = MN_PROGRESS_DIVERGED};
    return true;
}

static const struct mn_step *open_step(const struct replaying *p) {
    return p->i->status == MN_INCIDENT_OPEN && p->progress.state == MN_PROGRESS_OPEN
               ? p->progress.step
               : NULL;
}

/* ---- what each event does: false with a diagnostic when it does not fit ---- */

static bool answered(struct replaying *p) {
    const char *key = mn_json_string(p->payload, "step");
    const char *value = mn_json_string(p->payload, "value");
    const struct mn_step *step = open_step(p);
    if (!key || !value)
        return lacks(p, key ? "value" : "step");
    if (!step)
        return misplaced(p);
    if (strcmp(key, step->record) != 0)
        return wrong(p, "payload", MN_D_import_page_step, MN_ARGS(key, step->record));
    struct mn_answer a = mn_answer_to(step, value, p->link->at, p->link->actor, p->arena);
    bool clock = step->deadline_s >= 0 && strcmp(value, MN_OUTCOME_OVERDUE) == 0;
    if (clock || mn_answer_differs(&a, step) != MN_SAME)
        return wrong(p, "payload", MN_D_import_page_value, MN_ARGS(key, value));
    return mn_record_answer(p->r->store, p->i, step, value, by(p), p->d) == MN_APPENDED;
}

static const char *called(const struct replaying *p) {
    return p->r->in->incidents[p->r->which].id;
}

/* Puts the page's decisions on the list of what was done outside: about each of it, and nothing
 * else. A page of the first format only told what to take back: nobody has decided. */
static bool decided(const struct replaying *p, json_t *confirm) {
    json_t *given = json_object_get(p->payload, "decided"), *done, *value;
    struct mn_retracting back = {p->link->actor, called(p), p->r->utc_offset};
    size_t n;
    const char *key;
    if (!given)
        return true;
    if (!json_is_object(given))
        return lacks(p, "decided");
    json_array_foreach(confirm, n, done) {
        const char *record = mn_json_string(done, "record"), *said = mn_json_string(given, record);
        bool stands = said && strcmp(said, MN_KEPT) == 0;
        if (!stands && !(said && strcmp(said, MN_WITHDRAWN) == 0))
            return wrong(p, "payload", MN_D_import_page_undecided, MN_ARGS(record));
        mn_retract_decide(done, stands, &back);
    }
    json_object_foreach(given, key, value) {
        for (n = 0; n < json_array_size(confirm); n++)
            if (strcmp(mn_json_string(json_array_get(confirm, n), "record"), key) == 0)
                break;
        if (n == json_array_size(confirm))
            return wrong(p, "payload", MN_D_import_page_not_done, MN_ARGS(key));
    }
    return true;
}

static bool rewound(struct replaying *p, bool again) {
    const json_t *keep = json_object_get(p->payload, "keep");
    json_int_t n = json_integer_value(keep);
    if (!json_is_integer(keep) || n < 0)
        return lacks(p, "keep");
    if ((p->i->status == MN_INCIDENT_OPEN) == again)
        return misplaced(p);
    if ((size_t)n >= p->i->n_answers)
        return lacks(p, "keep");
    if (!again) {
        json_t *confirm = mn_incident_to_confirm(p->i, (size_t)n);
        bool ok = decided(p, confirm) && mn_record_rewind(p->r->store, p->i, (size_t)n, confirm,
                                                          by(p), p->d) == MN_APPENDED;
        json_decref(confirm);
        return ok;
    }
    return mn_record_reopened(p->r->store, p->i, "", by(p), p->d) == MN_APPENDED && look(p) &&
           (p->i->n_answers == (size_t)n || lacks(p, "keep"));
}

static bool noted(struct replaying *p) {
    const char *text = mn_json_string(p->payload, "text");
    if (!text || strspn(text, " ") == strlen(text) || strlen(text) > LONGEST_TEXT ||
        strpbrk(text, "\n\t"))
        return lacks(p, "text");
    const struct mn_step *step = open_step(p);
    return mn_record_note(p->r->store, p->i, text, step ? step->record : NULL, by(p), p->d) ==
           MN_APPENDED;
}

static struct mn_call call_of(const struct replaying *p, const struct mn_step *step) {
    const struct mn_model *m = p->r->model;
    return (struct mn_call){.model = m,
                            .incident = p->i,
                            .step = step,
                            .team = step && step->team ? mn_model_team(m, step->team) : -1,
                            .actor = p->link->actor,
                            .now = p->link->at,
                            .utc_offset = p->r->utc_offset,
                            .called = called(p)};
}

/* One of the levels that could be called at that time; nobody only where there is none. */
static bool by_hand(struct replaying *p, const char *key) {
    char due[MN_CALL_KEY];
    struct mn_call c = call_of(p, NULL);
    struct mn_next_level levels[MN_CALL_LEVELS];
    const char *team = mn_json_string(p->payload, "team");
    int n = mn_call_levels(&c, levels, MN_CALL_LEVELS), l = 0;
    n = n < MN_CALL_LEVELS ? n : MN_CALL_LEVELS;
    mn_call_by_hand_key(p->i, due);
    if (p->i->status != MN_INCIDENT_OPEN)
        return misplaced(p);
    if (strcmp(key, due) != 0)
        return wrong(p, "payload", MN_D_import_page_number, MN_ARGS(due, key));
    if (team)
        c.team = mn_model_team(p->r->model, team);
    while (l < n && levels[l].team != c.team)
        l++;
    if (!team && n > 0)
        return lacks(p, "team");
    if (team && l == n)
        return wrong(p, "payload", MN_D_import_page_level, MN_ARGS(team));
    return mn_call_record(p->r->store, &c, key, NULL, by(p), p->d) == MN_APPENDED;
}

static bool escalated(struct replaying *p) {
    const char *key = mn_json_string(p->payload, "key");
    const struct mn_step *step = open_step(p);
    if (!key)
        return lacks(p, "key");
    bool asked = step && (step->kind == MN_STEP_ESCALATE || step->kind == MN_STEP_HANDOVER) &&
                 strcmp(key, step->record) == 0;
    if (!asked)
        return mn_call_is_by_hand(key) ? by_hand(p, key) : misplaced(p);
    struct mn_call c = call_of(p, step);
    return mn_call_record(p->r->store, &c, key, step->to, by(p), p->d) == MN_APPENDED;
}

static bool acknowledged(struct replaying *p) {
    const char *key = mn_json_string(p->payload, "key");
    const json_t *taken = json_object_get(p->payload, "taken");
    const struct mn_event *open = mn_call_unknown(p->i);
    if (!key || !json_is_boolean(taken))
        return lacks(p, key ? "taken" : "key");
    if (p->i->status != MN_INCIDENT_OPEN || !open || strcmp(key, mn_event_string(open, "key")) != 0)
        return misplaced(p);
    return mn_record_acknowledged(p->r->store, p->i, key, json_is_true(taken), by(p), p->d) ==
           MN_APPENDED;
}

static bool overdue(struct replaying *p) {
    const char *key = mn_json_string(p->payload, "key");
    const struct mn_step *step = open_step(p);
    int64_t at;
    bool recorded;
    if (!key)
        return lacks(p, "key");
    if (!step || !mn_step_due(p->i, step, &at, &recorded) || recorded || at != p->link->at ||
        strcmp(key, step->record) != 0 || strcmp(p->link->actor, MN_ACTOR_ITSELF) != 0)
        return misplaced(p);
    return mn_record_overdue(p->r->store, p->i, step, at, p->d) == MN_APPENDED;
}

static bool resolved(struct replaying *p) {
    if (p->i->status != MN_INCIDENT_OPEN || p->progress.state != MN_PROGRESS_RESOLVED)
        return misplaced(p);
    return mn_record_resolved(p->r->store, p->i, p->progress.step, by(p), p->d) == MN_APPENDED;
}

/* What fell due before the event would have been put on record before it. */
static bool in_time(struct replaying *p) {
    int64_t at;
    bool recorded;
    const struct mn_step *step = open_step(p);
    if (!step || !mn_step_due(p->i, step, &at, &recorded) || recorded || at > p->link->at)
        return true;
    char text[MN_TIME_TEXT];
    mn_time_utc(at, text);
    return wrong(p, "at", MN_D_import_page_late, MN_ARGS(step->record, text));
}

static bool replay_one(struct replaying *p) {
    enum mn_event_type type = mn_event_type_of(p->link->type);
    if (type != MN_EVENT_OVERDUE && !in_time(p))
        return false;
    switch (type) {
    case MN_EVENT_ANSWERED:
        return answered(p);
    case MN_EVENT_REWOUND:
        return rewound(p, false);
    case MN_EVENT_REOPENED:
        return rewound(p, true);
    case MN_EVENT_NOTED:
        return noted(p);
    case MN_EVENT_ESCALATED:
        return escalated(p);
    case MN_EVENT_ACKNOWLEDGED:
        return acknowledged(p);
    case MN_EVENT_OVERDUE:
        return overdue(p);
    case MN_EVENT_RESOLVED:
        return resolved(p);
    default:
        return misplaced(p);
    }
}

bool mn__replay(struct mn__replay *r, struct mn_arena *a, struct mn_diags *d) {
    const struct mn__incoming_incident *page = &r->in->incidents[r->which];
    struct replaying p = {.r = r, .d = d, .arena = mn_arena_new(), .failed = mn_diags_new()};
    p.i = mn_incident_load(r->store, r->id, false, d);
    bool ok = p.i && look(&p);
    size_t n = ok ? p.i->journal->n : 0;
    r->from = MN_ARENA_ARRAY(a, size_t, page->n * 2 + 2); /* an event makes two at most */
    for (p.event = 1; ok && p.event < page->n; p.event++) {
        p.link = &page->links[p.event];
        p.payload = json_loads(p.link->payload, 0, NULL);
        ok = replay_one(&p) && look(&p);
        for (; ok && n < p.i->journal->n; n++)
            r->from[n] = p.event;
        json_decref(p.payload);
    }
    mn_incident_free(p.i);
    mn_arena_free(p.arena);
    mn_diags_free(p.failed);
    return ok;
}
