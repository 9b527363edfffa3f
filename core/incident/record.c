/* What can happen in an incident, each as the events that record it. */
#include "incident/record.h"

#include "base/clock.h"
#include "incident/sql.h"

#include <stdio.h>
#include <string.h>

enum mn_append mn_record_event(struct mn_store *s, const struct mn_incident *i,
                               enum mn_event_type type, json_t *payload, struct mn_by by,
                               struct mn_diags *d) {
    struct mn_new_event e = {type, by.at, by.actor, payload};
    enum mn_append result = mn_journal_append(s, i->id, i->seq, &e, 1, d);
    json_decref(payload);
    return result;
}

/* {"id", "name"}, or null when there is no id. */
static json_t *named(const char *id, struct mn_text name) {
    if (!id)
        return json_null();
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(id));
    json_object_set_new(o, "name", mn_json_text(name));
    return o;
}

static json_t *runbook_payload(const struct mn_runbook *r) {
    json_t *runbook = json_object();
    json_object_set_new(runbook, "id", json_string(r->id));
    json_object_set_new(runbook, "version", json_integer(r->version));
    json_object_set_new(runbook, "title", mn_json_text(r->title));
    json_object_set_new(runbook, "file", json_string(r->file));
    return runbook;
}

static json_t *opened_payload(const struct mn_opening *o) {
    const struct mn_model *m = o->model;
    json_t *p = json_object(), *model = json_object();
    json_object_set_new(p, "runbook", runbook_payload(o->runbook));

    json_object_set_new(model, "id", json_string(m->id));
    json_object_set_new(model, "name", mn_json_text(m->name.full));
    json_object_set_new(model, "date", mn_json_string_or_null(m->date));
    json_object_set_new(p, "model", model);

    const struct mn_component *c =
        o->subject.component >= 0 ? &m->components[o->subject.component] : NULL;
    const struct mn_site *site = o->subject.site >= 0 ? &m->sites[o->subject.site] : NULL;
    if (c)
        json_object_set_new(p, "subject", named(c->id, c->name.full));
    else
        json_object_set_new(p, "subject", site ? named(site->id, site->name.full) : json_null());
    json_object_set_new(p, "component", mn_json_string_or_null(c ? c->id : NULL));
    json_object_set_new(p, "site", site ? named(site->id, site->name.full) : json_null());
    const struct mn_symptom *symptom = o->symptom >= 0 ? &m->symptoms[o->symptom] : NULL;
    json_object_set_new(p, "symptom",
                        symptom ? named(symptom->id, symptom->name.full) : json_null());
    const struct mn_severity_level *severity =
        o->severity >= 0 ? &m->severities[o->severity] : NULL;
    json_object_set_new(p, "severity",
                        severity ? named(severity->id, severity->name.full) : json_null());
    json_object_set_new(p, "facts", json_deep_copy(o->facts));
    json_object_set_new(p, "program", json_string(o->program));
    if (o->page)
        json_object_set_new(p, "page", json_pack("{s:s}", "id", o->page));
    if (o->parent)
        json_object_set_new(p, "parent",
                            json_pack("{s:s, s:s}", "incident", o->parent, "key", o->parent_key));
    return p;
}

/* Pins the sets that are given and adds their hashes to the payload as `pins`. */
static bool pin(struct mn_store *s, const struct mn_opening *o, json_t *payload,
                struct mn_diags *d) {
    const struct {
        const char *name;
        const struct mn_files *files;
    } sets[] = {
        {"model", o->model_files}, {"runbook", o->runbook_files}, {"library", o->library_files}};
    json_t *pins = json_object();
    bool ok = true;
    for (size_t i = 0; ok && i < MN_COUNT(sets); i++) {
        char hash[MN_HASH_HEX];
        if (!sets[i].files)
            continue;
        ok = mn_store_pin(s, sets[i].files, hash, d);
        if (ok)
            json_object_set_new(pins, sets[i].name, json_string(hash));
    }
    json_object_set_new(payload, "pins", pins);
    return ok;
}

bool mn_record_opened(struct mn_store *s, const struct mn_opening *o, int year, struct mn_by by,
                      char id[MN_INCIDENT_ID], struct mn_diags *d) {
    if (!mn__sql_begin(s, d))
        return false;
    json_t *payload = opened_payload(o);
    bool ok = pin(s, o, payload, d);
    struct mn_new_event e = {MN_EVENT_OPENED, by.at, by.actor, payload};
    ok = ok && mn_journal_create(s, year, &e, id, d) && mn__sql_commit(s, d);
    json_decref(payload);
    if (!ok)
        mn__sql_rollback(s);
    return ok;
}

/* Whether the incident follows those sets already. */
static bool follows(const struct mn_incident *i, const json_t *payload) {
    const json_t *pins = json_object_get(payload, "pins");
    return strcmp(mn_json_string(pins, "runbook"), mn_incident_pin(i, "runbook")) == 0 &&
           strcmp(mn_json_string(pins, "library"), mn_incident_pin(i, "library")) == 0;
}

enum mn_append mn_record_upgraded(struct mn_store *s, const struct mn_incident *i,
                                  const struct mn_opening *to, struct mn_by by, bool *moved,
                                  struct mn_diags *d) {
    *moved = false;
    if (!mn__sql_begin(s, d))
        return MN_NOT_APPENDED;
    json_t *payload = json_object();
    json_object_set_new(payload, "runbook", runbook_payload(to->runbook));
    json_object_set_new(payload, "program", json_string(to->program));
    enum mn_append result = MN_NOT_APPENDED;
    if (pin(s, to, payload, d)) {
        *moved = !follows(i, payload);
        struct mn_new_event e = {MN_EVENT_UPGRADED, by.at, by.actor, payload};
        result = *moved ? mn_journal_append(s, i->id, i->seq, &e, 1, d) : MN_APPENDED;
    }
    json_decref(payload);
    return mn__sql_settle(s, result, d);
}

/* How a person reads the answer, in both languages. */
static json_t *label(const struct mn_step *step, const char *value) {
    struct mn_buf vi = MN_BUF_INIT, en = MN_BUF_INIT;
    mn_answer_text(step, value, MN_VI, &vi);
    mn_answer_text(step, value, MN_EN, &en);
    json_t *t = mn_json_text((struct mn_text){mn_buf_text(&vi), mn_buf_text(&en)});
    mn_buf_fini(&vi);
    mn_buf_fini(&en);
    return t;
}

/* Adds to a payload what is recorded with an answer. */
static void put_answer(json_t *payload, const struct mn_step *step, const char *value,
                       struct mn_by by) {
    struct mn_arena *a = mn_arena_new();
    struct mn_answer answer = mn_answer_to(step, value, by.at, by.actor, a);
    json_object_set_new(payload, "step", mn_step_json(step));
    json_object_set_new(payload, "answer", mn_answer_json(&answer));
    json_object_set_new(payload, "label", label(step, value));
    mn_arena_free(a);
}

enum mn_append mn_record_answer(struct mn_store *s, const struct mn_incident *i,
                                const struct mn_step *step, const char *value, struct mn_by by,
                                struct mn_diags *d) {
    json_t *payload = json_object();
    put_answer(payload, step, value, by);
    struct mn_new_event events[2] = {{MN_EVENT_ANSWERED, by.at, by.actor, payload}};
    size_t n = 1;
    if (step->kind == MN_STEP_ESCALATE && strcmp(value, "acknowledged") == 0) {
        json_t *taken = json_pack("{s:s, s:b}", "key", step->record, "taken", 1);
        events[n++] = (struct mn_new_event){MN_EVENT_ACKNOWLEDGED, by.at, by.actor, taken};
    } else if (step->kind == MN_STEP_HANDOVER) {
        json_t *over = json_object();
        json_object_set_new(over, "key", json_string(step->record));
        json_object_set_new(over, "to", mn_json_string_or_null(step->to));
        json_object_set_new(over, "team", mn_json_string_or_null(step->team));
        json_object_set_new(over, "accepted", json_boolean(strcmp(value, "accepted") == 0));
        events[n++] = (struct mn_new_event){MN_EVENT_HANDED_OVER, by.at, by.actor, over};
    }
    enum mn_append result = mn_journal_append(s, i->id, i->seq, events, n, d);
    while (n > 0)
        json_decref(events[--n].payload);
    return result;
}

bool mn_step_due(const struct mn_incident *i, const struct mn_step *step, int64_t *at,
                 bool *recorded) {
    const struct mn_event *events = i->journal->events;
    if (i->status != MN_INCIDENT_OPEN || !step || step->deadline_s < 0)
        return false;
    *at = events[i->since].at + step->deadline_s;
    *recorded = false;
    for (size_t n = i->since; n < i->journal->n; n++)
        *recorded = *recorded || (events[n].type == MN_EVENT_OVERDUE &&
                                  strcmp(mn_event_string(&events[n], "key"), step->record) == 0);
    return true;
}

enum mn_append mn_record_overdue(struct mn_store *s, const struct mn_incident *i,
                                 const struct mn_step *step, int64_t at, struct mn_diags *d) {
    struct mn_by by = {MN_ACTOR_ITSELF, at};
    json_t *payload = json_object();
    json_object_set_new(payload, "key", json_string(step->record));
    if (mn_step_choice(step, MN_OUTCOME_OVERDUE))
        put_answer(payload, step, MN_OUTCOME_OVERDUE, by);
    else
        json_object_set_new(payload, "text", mn_json_text(step->text));
    return mn_record_event(s, i, MN_EVENT_OVERDUE, payload, by, d);
}

enum mn_append mn_record_observed(struct mn_store *s, const struct mn_incident *i,
                                  const struct mn_observation *o, enum mn_near near, bool over,
                                  const struct mn_step *wait, int64_t at, struct mn_diags *d) {
    struct mn_by by = {MN_ACTOR_ITSELF, at};
    json_t *payload = json_object();
    json_object_set_new(payload, "number", json_integer(o->number));
    json_object_set_new(payload, "kind", json_string(mn_observed_kind_name(o->kind)));
    json_object_set_new(payload, "subject", named(o->subject, o->name));
    json_object_set_new(payload, "text", mn_json_text(o->text));
    json_object_set_new(payload, "from", json_integer(o->from));
    json_object_set_new(payload, "until", o->until >= 0 ? json_integer(o->until) : json_null());
    json_object_set_new(payload, "by", json_string(o->actor));
    json_object_set_new(payload, "near", json_string(mn_near_name(near)));
    json_object_set_new(payload, "over", json_boolean(over));
    struct mn_new_event events[2] = {{MN_EVENT_OBSERVED, at, by.actor, payload}};
    size_t n = 1;
    if (wait) {
        json_t *answer = json_object();
        put_answer(answer, wait, MN_OUTCOME_NEWS, by);
        events[n++] = (struct mn_new_event){MN_EVENT_ANSWERED, at, by.actor, answer};
    }
    enum mn_append result = mn_journal_append(s, i->id, i->seq, events, n, d);
    while (n > 0)
        json_decref(events[--n].payload);
    return result;
}

json_t *mn_observation_fact(const struct mn_observation *o, enum mn_near near) {
    json_t *doc = json_object();
    json_object_set_new(doc, "number", json_integer(o->number));
    json_object_set_new(doc, "kind", json_string(mn_observed_kind_name(o->kind)));
    json_object_set_new(doc, "subject", json_string(o->subject));
    json_object_set_new(doc, "near", json_string(mn_near_name(near)));
    json_object_set_new(doc, "text", mn_json_text(o->text));
    json_object_set_new(doc, "from", mn_json_time(o->from));
    json_object_set_new(doc, "until", mn_json_time(o->until));
    return doc;
}

enum mn_append mn_record_rewind(struct mn_store *s, const struct mn_incident *i, size_t keep,
                                json_t *confirm, struct mn_by by, struct mn_diags *d) {
    json_t *payload = json_object();
    json_object_set_new(payload, "keep", json_integer((json_int_t)keep));
    json_object_set(payload, "confirm", confirm);
    return mn_record_event(s, i, MN_EVENT_REWOUND, payload, by, d);
}

enum mn_append mn_record_note(struct mn_store *s, const struct mn_incident *i, const char *text,
                              const char *step, struct mn_by by, struct mn_diags *d) {
    json_t *payload = json_object();
    json_object_set_new(payload, "number", json_integer((json_int_t)i->n_notes + 1));
    json_object_set_new(payload, "text", json_string(text));
    json_object_set_new(payload, "step", mn_json_string_or_null(step));
    return mn_record_event(s, i, MN_EVENT_NOTED, payload, by, d);
}

enum mn_append mn_record_correction(struct mn_store *s, const struct mn_incident *i, int number,
                                    const char *text, struct mn_by by, struct mn_diags *d) {
    return mn_record_event(s, i, MN_EVENT_NOTE_CORRECTED,
                           json_pack("{s:i, s:s}", "number", number, "text", text), by, d);
}

enum mn_append mn_record_escalation(struct mn_store *s, const struct mn_incident *i,
                                    const struct mn_escalation_record *e, struct mn_by by,
                                    struct mn_diags *d) {
    json_t *payload = json_object();
    json_object_set_new(payload, "key", json_string(e->key));
    json_object_set_new(payload, "after", json_integer((json_int_t)e->after));
    json_object_set_new(payload, "to", mn_json_string_or_null(e->to));
    json_object_set_new(payload, "team", mn_json_string_or_null(e->team));
    json_object_set_new(payload, "name", mn_json_text(e->name));
    json_object_set_new(payload, "say", mn_json_text(e->say));
    json_object_set_new(payload, "send", mn_json_text(e->send));
    return mn_record_event(s, i, MN_EVENT_ESCALATED, payload, by, d);
}

enum mn_append mn_record_acknowledged(struct mn_store *s, const struct mn_incident *i,
                                      const char *key, bool taken, struct mn_by by,
                                      struct mn_diags *d) {
    return mn_record_event(s, i, MN_EVENT_ACKNOWLEDGED,
                           json_pack("{s:s, s:b}", "key", key, "taken", taken), by, d);
}

enum mn_append mn_record_resolved(struct mn_store *s, const struct mn_incident *i,
                                  const struct mn_step *step, struct mn_by by, struct mn_diags *d) {
    return mn_record_event(s, i, MN_EVENT_RESOLVED, json_pack("{s:o}", "step", mn_step_json(step)),
                           by, d);
}

enum mn_append mn_record_cancelled(struct mn_store *s, const struct mn_incident *i, const char *why,
                                   struct mn_by by, struct mn_diags *d) {
    return mn_record_event(s, i, MN_EVENT_CANCELLED, json_pack("{s:s}", "why", why), by, d);
}

enum mn_append mn_record_reopened(struct mn_store *s, const struct mn_incident *i, const char *why,
                                  struct mn_by by, struct mn_diags *d) {
    json_t *payload = json_pack("{s:s}", "why", why);
    if (i->status == MN_INCIDENT_RESOLVED && i->n_answers > 0) {
        size_t keep = i->n_answers - 1;
        for (size_t a = i->n_answers; a-- > 0;) {
            const json_t *step = json_object_get(i->journal->events[i->answers[a]].payload, "step");
            const char *kind = mn_json_string(step, "kind");
            if (kind && strcmp(kind, mn_step_kind_name(MN_STEP_VERIFY)) == 0) {
                keep = a;
                break;
            }
        }
        json_object_set_new(payload, "keep", json_integer((json_int_t)keep));
    }
    return mn_record_event(s, i, MN_EVENT_REOPENED, payload, by, d);
}

bool mn_incident_answers(const struct mn_incident *i, struct mn_arena *a,
                         struct mn_answer **answers, struct mn_diags *d) {
    *answers = MN_ARENA_ARRAY(a, struct mn_answer, i->n_answers + 1);
    for (size_t n = 0; n < i->n_answers; n++) {
        const struct mn_event *e = &i->journal->events[i->answers[n]];
        if (mn_answer_from_json(json_object_get(e->payload, "answer"), a, &(*answers)[n]))
            continue;
        char seq[24];
        snprintf(seq, sizeof seq, "%lld", (long long)e->seq);
        mn_diag(d, MN_D_event_unreadable, MN_NOWHERE, MN_ARGS(i->id, seq));
        return false;
    }
    return true;
}
