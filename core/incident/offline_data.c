/* The data of the page of a runbook: its steps, its messages, what it came from. */
#include "incident/offline_data.h"

#include "incident/where.h"

#include <string.h>

#define WAY_WIDTH 60

#define TEXT(name)                                                                                 \
    { #name, MN_M_##name }
static const struct {
    const char *name;
    enum mn_message text;
} TEXTS[] = {
    /* as in the walk on a terminal */
    TEXT(step_heading),
    TEXT(step_visit),
    TEXT(step_minutes),
    TEXT(step_due),
    TEXT(step_until),
    TEXT(step_overdue),
    TEXT(step_at),
    TEXT(step_who),
    TEXT(step_how),
    TEXT(step_help),
    TEXT(step_interrupts),
    TEXT(step_undo),
    TEXT(step_by_itself),
    TEXT(step_tell),
    TEXT(step_ask),
    TEXT(step_check),
    TEXT(step_act),
    TEXT(step_checklist),
    TEXT(step_escalate),
    TEXT(step_handover),
    TEXT(step_verify),
    TEXT(step_wait),
    TEXT(step_delegate),
    TEXT(step_resolve),
    TEXT(walk_why_after),
    TEXT(walk_no_why),
    TEXT(walk_resolved),
    TEXT(walk_cause),
    TEXT(walk_failed),
    TEXT(walk_no_answers),
    TEXT(by_itself),
    TEXT(answer_done),
    TEXT(answer_skipped),
    TEXT(answer_cannot),
    TEXT(answer_read),
    TEXT(run_subject_at),
    TEXT(run_severity),
    TEXT(retract_ask),
    TEXT(retract_ask_act),
    TEXT(retract_call),
    TEXT(retract_unknown),
    TEXT(retract_undo),
    TEXT(retract_say),
    TEXT(retract_message),
    TEXT(escalate_whom),
    TEXT(escalate_hierarchic),
    TEXT(escalate_called),
    TEXT(escalate_unknown),
    /* as in messages */
    TEXT(call_whom),
    TEXT(call_nobody),
    TEXT(call_contact),
    TEXT(call_hours),
    TEXT(call_say),
    TEXT(call_send),
    TEXT(call_next),
    TEXT(call_next_after),
    TEXT(call_unknown),
    TEXT(call_other_branch),
    TEXT(call_unit),
    TEXT(call_check),
    TEXT(call_check_timed),
    TEXT(call_evidence),
    TEXT(say_who),
    TEXT(say_who_only),
    TEXT(say_what),
    TEXT(say_circuit),
    TEXT(say_severity),
    TEXT(say_checked),
    TEXT(say_ask),
    TEXT(say_take),
    TEXT(say_next),
    TEXT(send_subject),
    TEXT(send_subject_only),
    TEXT(send_to),
    TEXT(send_unit),
    TEXT(send_component),
    TEXT(send_circuit),
    TEXT(send_symptom),
    TEXT(send_since),
    TEXT(send_severity),
    TEXT(send_checked),
    TEXT(send_unchecked),
    TEXT(send_note),
    TEXT(send_from),
    TEXT(send_next),
    /* as in reports */
    TEXT(report_answered),
    TEXT(report_overdue),
    TEXT(report_rewound),
    TEXT(report_noted),
    TEXT(report_escalated),
    TEXT(report_taken),
    TEXT(report_not_taken),
    TEXT(report_confirm),
    TEXT(report_kept),
    TEXT(report_withdrawn),
    TEXT(report_event_opened),
    TEXT(report_event_reopened),
    TEXT(report_event_resolved),
    TEXT(report_illustrative),
    TEXT(where_in_use),
    TEXT(where_alternative),
    /* the page's own */
    TEXT(page_language),
    TEXT(page_offline),
    TEXT(page_made),
    TEXT(page_name),
    TEXT(page_name_why),
    TEXT(page_name_wrong),
    TEXT(page_begin),
    TEXT(page_kept),
    TEXT(page_open),
    TEXT(page_closed),
    TEXT(page_continue),
    TEXT(page_other),
    TEXT(page_answer_text),
    TEXT(page_answer_number),
    TEXT(page_answer_number_unit),
    TEXT(page_answer),
    TEXT(page_go_on),
    TEXT(page_all_done),
    TEXT(page_wrong_text),
    TEXT(page_wrong_number),
    TEXT(page_wrong_items),
    TEXT(page_back),
    TEXT(page_back_to),
    TEXT(page_decide),
    TEXT(page_decide_of),
    TEXT(page_stands),
    TEXT(page_undo),
    TEXT(page_withdraw),
    TEXT(page_stay),
    TEXT(page_now),
    TEXT(page_escalate),
    TEXT(page_escalate_not),
    TEXT(page_taken),
    TEXT(page_later),
    TEXT(page_note),
    TEXT(page_note_text),
    TEXT(page_note_add),
    TEXT(page_why),
    TEXT(page_record),
    TEXT(page_pictures),
    TEXT(page_no_pictures),
    TEXT(page_enlarge),
    TEXT(page_fit),
    TEXT(page_print),
    TEXT(page_save),
    TEXT(page_saved),
    TEXT(page_save_copy),
    TEXT(page_import),
    TEXT(page_person),
    TEXT(page_person_change),
    TEXT(page_home),
    TEXT(page_recorded),
    TEXT(page_not_kept),
    TEXT(page_full),
    TEXT(page_elsewhere),
    TEXT(page_reopen),
    TEXT(page_keys),
    TEXT(page_number),
    TEXT(page_unsaved),
    TEXT(page_answers),
    TEXT(page_tools),
    TEXT(page_abandoned),
    TEXT(page_head),
};

static json_t *texts(void) {
    json_t *doc = json_object();
    for (size_t i = 0; i < MN_COUNT(TEXTS); i++)
        json_object_set_new(doc, TEXTS[i].name, mn_json_text(mn_message(TEXTS[i].text)));
    return doc;
}

/* The flow as `explore --json` has it, without what only a reader of that needs. */
static json_t *flow(const struct mn_flow *f) {
    static const char *const node_keys[] = {"id", "before", "edge", "depth", "loop", "answers"};
    static const char *const step_keys[] = {"step", "visit", "file", "line"};
    json_t *doc = mn_flow_json(f), *node, *edge;
    size_t i, k;
    json_array_foreach(json_object_get(doc, "nodes"), i, node) {
        for (k = 0; k < MN_COUNT(node_keys); k++)
            json_object_del(node, node_keys[k]);
        for (k = 0; k < MN_COUNT(step_keys); k++)
            json_object_del(json_object_get(node, "step"), step_keys[k]);
        json_array_foreach(json_object_get(node, "edges"), k, edge) {
            json_object_del(edge, "answer");
            json_object_del(edge, "text");
        }
    }
    json_object_del(doc, "unreached");
    return doc;
}

static json_t *team(const struct mn_model *m, const char *id) {
    const struct mn_team *t = &m->teams[mn_model_team(m, id)];
    return json_pack("{s:o, s:o, s:o}", "name", mn_json_text(t->name.full), "contact",
                     mn_json_text(t->contact), "hours", mn_json_text(t->hours));
}

static void need_team(const struct mn_model *m, json_t *teams, const char *id) {
    if (id && mn_model_team(m, id) >= 0 && !json_object_get(teams, id))
        json_object_set_new(teams, id, team(m, id));
}

/* The teams that steps and messages name, and the components at which steps are. */
static void add_names(json_t *doc, const struct mn_offline *o, const json_t *calls) {
    const struct mn_model *m = o->opening->model;
    json_t *teams = json_object(), *components = json_object(), *list, *entry;
    const char *key;
    size_t i;
    for (i = 0; i < o->flow->n; i++) {
        const struct mn_step *s = &o->flow->nodes[i].step;
        int at = s->at ? mn_model_component(m, s->at) : -1;
        need_team(m, teams, s->team);
        if (at >= 0)
            json_object_set_new(components, s->at, mn_json_text(m->components[at].name.full));
    }
    /* Every team that may be called has an entry, "" where nobody is known; whom to call after it
     * is one of the levels of some policy. */
    json_object_foreach(json_object_get(calls, "next"), key, list) {
        need_team(m, teams, key);
        json_array_foreach(list, i, entry)
            need_team(m, teams, mn_json_string(json_object_get(entry, "to"), "team"));
    }
    json_object_set_new(doc, "teams", teams);
    json_object_set_new(doc, "components", components);
}

static json_t *way(const struct mn_offline *o) {
    json_t *doc = json_object();
    bool reserve = false;
    for (int lang = 0; lang < 2; lang++) {
        struct mn_buf b = MN_BUF_INIT;
        if (o->opening->subject.site >= 0)
            reserve = mn_where_text(o->opening->model, o->opening->subject, -1, (enum mn_lang)lang,
                                    WAY_WIDTH, &b);
        json_object_set_new(doc, mn_lang_name((enum mn_lang)lang), json_string(mn_buf_text(&b)));
        mn_buf_fini(&b);
    }
    json_object_set_new(doc, "reserve", json_boolean(reserve));
    return doc;
}

/* What an incident would begin with, found by recording it where nothing is kept. */
static struct mn_incident *opened(const struct mn_offline *o, struct mn_diags *d) {
    struct mn_store *scratch = mn_store_scratch(d);
    char id[MN_INCIDENT_ID];
    struct mn_by nobody = {"-", 0};
    struct mn_incident *i = NULL;
    if (scratch && mn_record_opened(scratch, o->opening, 1970, nobody, id, d))
        i = mn_incident_load(scratch, id, false, d);
    mn_store_close(scratch);
    return i;
}

json_t *mn__offline_data(const struct mn_offline *o, struct mn_diags *d) {
    struct mn_incident *i = opened(o, d);
    if (!i)
        return NULL;
    const struct mn_model *m = o->opening->model;
    char hash[MN_HASH_HEX];
    mn_model_hash(m, hash);
    json_t *doc = json_object(), *first = json_copy((json_t *)i->opened);
    json_t *calls = mn__offline_calls(o, i);
    json_object_del(first, "facts");
    json_object_set_new(doc, "format", json_string(MN_OFFLINE_FORMAT));
    json_object_set_new(doc, "lang", json_string(mn_lang_name(o->lang)));
    json_object_set_new(doc, "offset", json_integer(o->utc_offset));
    json_object_set_new(doc, "illustrative", json_boolean(m->illustrative));
    json_object_set_new(doc, "model_hash", json_string(hash));
    json_object_set_new(doc, "opened", first);
    json_object_set_new(doc, "description", mn_json_text(o->opening->runbook->description));
    json_object_set_new(doc, "flow", flow(o->flow));
    json_object_set_new(doc, "way", way(o));
    add_names(doc, o, calls);
    json_object_set_new(doc, "call", calls);
    json_object_set_new(doc, "texts", texts());
    mn_incident_free(i);
    return doc;
}
