/* An incident told. */
#include "incident/report.h"

#include "base/clock.h"
#include "incident/handing.h"
#include "incident/message.h"
#include "incident/observation.h"
#include "incident/page.h"
#include "incident/retract.h"
#include "incident/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAY_WIDTH 72
#define SHOWN_HASH 8

struct telling {
    const struct mn_report *r;
    struct mn__page page;
    const struct mn_incident *i;
    const struct mn_journal *j;
    enum mn_lang lang;
};

static const char *in(const struct telling *t, struct mn_text text) {
    const char *s = mn_text_in(text, t->lang);
    return s ? s : "";
}

static const char *opened_name(const struct telling *t, const char *key, const char *field) {
    return in(t, mn_json_get_text(json_object_get(t->i->opened, key), field));
}

static void local(const struct telling *t, int64_t at, char out[MN_TIME_TEXT]) {
    mn_time_local(at, t->r->utc_offset, out);
}

static void message_fact(const struct telling *t, enum mn_message name, enum mn_message m,
                         const char *const *args) {
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, m, t->lang, args);
    mn__page_fact(&t->page, name, mn_buf_text(&b));
    mn_buf_fini(&b);
}

/* "2 giờ 05 phút", "7 phút". */
static void duration(const struct telling *t, int64_t seconds, struct mn_buf *out) {
    char days[24], hours[24], minutes[24];
    int64_t m = (seconds + 30) / 60;
    snprintf(days, sizeof days, "%lld", (long long)(m / 1440));
    snprintf(hours, sizeof hours, "%lld", (long long)(m / 60 % 24));
    snprintf(minutes, sizeof minutes, "%lld", (long long)(m % 60));
    if (m >= 1440)
        mn_msg_add(out, MN_M_report_days, t->lang, MN_ARGS(days, hours));
    else if (m >= 60)
        mn_msg_add(out, MN_M_report_hours, t->lang, MN_ARGS(hours, minutes));
    else
        mn_msg_add(out, MN_M_report_minutes, t->lang, MN_ARGS(minutes));
}

static const char *who(const struct telling *t, const char *actor) {
    return strcmp(actor, MN_ACTOR_ITSELF) == 0 ? mn_msg(MN_M_by_itself, t->lang) : actor;
}

/* Everybody who recorded something, each once, in order of appearance. */
static void people(const struct telling *t, struct mn_buf *out) {
    size_t told = 0;
    for (size_t n = 0; n < t->j->n; n++) {
        size_t before = 0;
        if (strcmp(t->j->events[n].actor, MN_ACTOR_ITSELF) == 0)
            continue;
        while (before < n && strcmp(t->j->events[before].actor, t->j->events[n].actor) != 0)
            before++;
        if (before == n)
            mn_buf_printf(out, "%s%s", told++ ? ", " : "", t->j->events[n].actor);
    }
}

static void state(const struct telling *t, struct mn_buf *out) {
    static const enum mn_message states[] = {MN_M_incident_open, MN_M_incident_resolved,
                                             MN_M_incident_cancelled};
    mn_buf_puts(out, mn_msg(states[t->i->status], t->lang));
}

static void name_and_id(const struct telling *t, const char *key, struct mn_buf *out) {
    const json_t *o = json_object_get(t->i->opened, key);
    const char *id = mn_json_string(o, "id");
    if (id)
        mn_buf_printf(out, "%s (%s)", in(t, mn_json_get_text(o, "name")), id);
}

static void summary_times(const struct telling *t, struct mn_buf *b) {
    const struct mn_event *end = mn_incident_end(t->i);
    char at[MN_TIME_TEXT];
    local(t, t->j->events[0].at, at);
    message_fact(t, MN_M_report_opened, MN_M_report_at_by, MN_ARGS(at, t->j->events[0].actor));
    if (end) {
        local(t, end->at, at);
        message_fact(t,
                     end->type == MN_EVENT_RESOLVED ? MN_M_report_resolved : MN_M_report_cancelled,
                     MN_M_report_at_by, MN_ARGS(at, who(t, end->actor)));
        mn_buf_clear(b);
        duration(t, end->at - t->j->events[0].at, b);
        mn__page_fact(&t->page, MN_M_report_duration, mn_buf_text(b));
        const json_t *step = json_object_get(end->payload, "step");
        mn__page_fact(&t->page, MN_M_report_cause, in(t, mn_json_get_text(step, "cause")));
        mn__page_fact(&t->page, MN_M_report_result, in(t, mn_json_get_text(step, "text")));
        mn__page_fact(&t->page, MN_M_report_why, mn_event_string(end, "why"));
    }
}

/* What was on record about the present when the incident began. */
static void known(const struct telling *t, struct mn_buf *out) {
    const json_t *facts = json_object_get(t->i->opened, "facts"), *one;
    size_t n;
    json_array_foreach(json_object_get(facts, "known"), n, one) {
        mn_buf_puts(out, n ? "; " : "");
        mn_observed_text(one, t->lang, t->r->utc_offset, out);
    }
}

static void summary(const struct telling *t) {
    struct mn_buf b = MN_BUF_INIT;
    const struct mn__page *p = &t->page;
    const json_t *runbook = t->i->runbook;
    const json_t *model = json_object_get(t->i->opened, "model");
    mn__page_facts_begin(p);
    state(t, &b);
    mn__page_fact(p, MN_M_report_state, mn_buf_text(&b));
    mn_buf_clear(&b);
    name_and_id(t, "site", &b);
    mn__page_fact(p, MN_M_report_unit, mn_buf_text(&b));
    mn_buf_clear(&b);
    name_and_id(t, "subject", &b);
    mn__page_fact(p, MN_M_report_component, mn_buf_text(&b));
    mn__page_fact(p, MN_M_report_symptom, opened_name(t, "symptom", "name"));
    mn__page_fact(p, MN_M_report_severity, opened_name(t, "severity", "name"));
    mn__page_fact(p, MN_M_report_parent,
                  mn_json_string(json_object_get(t->i->opened, "parent"), "incident"));
    summary_times(t, &b);
    mn_buf_clear(&b);
    known(t, &b);
    mn__page_fact(p, MN_M_report_known, mn_buf_text(&b));
    mn_buf_clear(&b);
    const struct mn_handing h = mn_incident_handing(t->i);
    mn__page_fact(p, MN_M_report_responsible, in(t, h.responsible));
    people(t, &b);
    mn__page_fact(p, MN_M_report_people, mn_buf_text(&b));
    const char *offline = mn_json_string(json_object_get(t->i->opened, "page"), "id");
    if (offline)
        message_fact(t, MN_M_report_page, MN_M_report_page_is, MN_ARGS(offline));
    char version[24];
    snprintf(version, sizeof version, "%lld",
             (long long)json_integer_value(json_object_get(runbook, "version")));
    const char *id = mn_json_string(runbook, "id");
    const char *date = mn_json_string(model, "date");
    message_fact(t, MN_M_report_runbook, MN_M_report_runbook_is,
                 MN_ARGS(in(t, mn_json_get_text(runbook, "title")), id ? id : "", version));
    char hash[MN_HASH_HEX] = "";
    if (t->r->model)
        mn_model_hash(t->r->model, hash);
    hash[SHOWN_HASH] = '\0';
    message_fact(t, MN_M_report_model, MN_M_report_model_is,
                 MN_ARGS(opened_name(t, "model", "name"), date ? date : "", hash));
    if (t->r->model && t->r->model->illustrative)
        mn__page_fact(p, MN_M_report_model_status, mn_msg(MN_M_report_illustrative, t->lang));
    char at[MN_TIME_TEXT];
    local(t, t->r->now, at);
    mn__page_fact(p, MN_M_report_made, at);
    mn__page_facts_end(p);
    mn_buf_fini(&b);
}

static void impact(const struct telling *t) {
    const struct mn_model *m = t->r->model;
    struct mn_subject s = m ? mn_incident_subject(t->i, m) : (struct mn_subject){-1, -1};
    if (s.component < 0)
        return;
    struct mn_arena *a = mn_arena_new();
    struct mn_toll toll = mn_toll_of(m, s, a);
    struct mn_buf here = MN_BUF_INIT;
    for (int i = 0; i < toll.here.n; i++) {
        int component = m->services[toll.here.at[i]].component;
        mn_buf_printf(&here, "%s%s", i ? ", " : "", in(t, m->components[component].name.full));
    }
    char sites[24], cut_off[24];
    snprintf(sites, sizeof sites, "%d", toll.sites);
    snprintf(cut_off, sizeof cut_off, "%d", toll.cut_off);
    mn__page_heading(&t->page, MN_M_report_impact);
    mn__page_facts_begin(&t->page);
    mn__page_fact(&t->page, MN_M_report_sites, sites);
    mn__page_fact(&t->page, MN_M_report_cut_off, cut_off);
    mn__page_fact(&t->page, MN_M_report_services, mn_buf_text(&here));
    mn__page_facts_end(&t->page);
    mn_buf_fini(&here);
    mn_arena_free(a);
}

static void place(const struct telling *t) {
    const struct mn_model *m = t->r->model;
    struct mn_buf way = MN_BUF_INIT;
    bool reserve = false;
    if (m)
        reserve = mn_where_text(m, mn_incident_subject(t->i, m), -1, t->lang, WAY_WIDTH, &way);
    bool picture = t->r->html && t->r->svg && t->r->svg->size;
    if (picture || way.size)
        mn__page_heading(&t->page, MN_M_report_place);
    if (picture)
        mn__page_svg(&t->page, t->r->svg);
    if (way.size && !picture) {
        mn__page_paragraph(&t->page,
                           mn_msg(reserve ? MN_M_where_alternative : MN_M_where_in_use, t->lang));
        mn__page_lines(&t->page, mn_buf_text(&way));
    }
    mn_buf_fini(&way);
}

/* What an event says, and what stands below it. */
static void tell_answer(const struct telling *t, const struct mn_event *e, struct mn_buf *what) {
    const json_t *step = json_object_get(e->payload, "step");
    mn_msg_add(what, MN_M_report_answered, t->lang,
               MN_ARGS(in(t, mn_json_get_text(step, "text")), in(t, mn_event_text(e, "label"))));
}

static void tell_overdue(const struct telling *t, const struct mn_event *e, struct mn_buf *what) {
    const json_t *step = json_object_get(e->payload, "step");
    mn_msg_add(what, MN_M_report_overdue, t->lang,
               MN_ARGS(in(t, mn_json_get_text(step ? step : e->payload, "text"))));
}

static void tell_rewind(const struct telling *t, const struct mn_event *e, struct mn_buf *what,
                        struct mn_buf *more) {
    char keep[24];
    snprintf(keep, sizeof keep, "%lld",
             (long long)json_integer_value(json_object_get(e->payload, "keep")) + 1);
    mn_msg_add(what, MN_M_report_rewound, t->lang, MN_ARGS(keep));
    size_t i;
    json_t *done;
    json_array_foreach(json_object_get(e->payload, "confirm"), i, done) {
        const char *decided = mn_json_string(done, "decision");
        mn_msg_add(
            more,
            !decided                        ? MN_M_report_confirm
            : strcmp(decided, MN_KEPT) == 0 ? MN_M_report_kept
                                            : MN_M_report_withdrawn,
            t->lang,
            MN_ARGS(in(t, mn_json_get_text(done, "text")), in(t, mn_json_get_text(done, "label"))));
        mn_buf_putc(more, '\n');
    }
}

static void tell(const struct telling *t, const struct mn_event *e, struct mn_buf *what,
                 struct mn_buf *more) {
    char number[24];
    snprintf(number, sizeof number, "%lld",
             (long long)json_integer_value(json_object_get(e->payload, "number")));
    bool yes = json_is_true(
        json_object_get(e->payload, e->type == MN_EVENT_HANDED_OVER ? "accepted" : "taken"));
    switch (e->type) {
    case MN_EVENT_OPENED:
        mn_msg_add(what, MN_M_report_event_opened, t->lang,
                   MN_ARGS(opened_name(t, "runbook", "title")));
        break;
    case MN_EVENT_ANSWERED:
        tell_answer(t, e, what);
        break;
    case MN_EVENT_REWOUND:
        tell_rewind(t, e, what, more);
        break;
    case MN_EVENT_NOTED:
        mn_msg_add(what, MN_M_report_noted, t->lang, MN_ARGS(number, mn_event_string(e, "text")));
        break;
    case MN_EVENT_NOTE_CORRECTED:
        mn_msg_add(what, MN_M_report_corrected, t->lang,
                   MN_ARGS(number, mn_event_string(e, "text")));
        break;
    case MN_EVENT_ESCALATED:
        mn_msg_add(what, MN_M_report_escalated, t->lang, MN_ARGS(in(t, mn_event_text(e, "name"))));
        break;
    case MN_EVENT_ACKNOWLEDGED:
        if (mn_handed_by_hand(e)) {
            mn_buf_puts(what,
                        mn_msg(yes ? MN_M_report_given_taken : MN_M_report_given_refused, t->lang));
            break;
        }
        mn_buf_puts(what, mn_msg(yes ? MN_M_report_taken : MN_M_report_not_taken, t->lang));
        break;
    case MN_EVENT_HANDED_OVER:
        if (mn_handed_by_hand(e)) {
            mn_msg_add(what, MN_M_report_given, t->lang, MN_ARGS(mn_event_string(e, "to")));
            break;
        }
        mn_buf_puts(what, mn_msg(yes ? MN_M_report_handed : MN_M_report_not_handed, t->lang));
        break;
    case MN_EVENT_CANCELLED:
        mn_msg_add(what, MN_M_report_event_cancelled, t->lang, MN_ARGS(mn_event_string(e, "why")));
        break;
    case MN_EVENT_REOPENED:
        mn_msg_add(what, MN_M_report_event_reopened, t->lang, MN_ARGS(mn_event_string(e, "why")));
        break;
    case MN_EVENT_UPGRADED:
        snprintf(number, sizeof number, "%lld",
                 (long long)json_integer_value(
                     json_object_get(json_object_get(e->payload, "runbook"), "version")));
        mn_msg_add(what, MN_M_report_event_upgraded, t->lang, MN_ARGS(number));
        break;
    case MN_EVENT_OBSERVED:
        mn_observed_text(e->payload, t->lang, t->r->utc_offset, what);
        break;
    case MN_EVENT_DELEGATED:
        mn_msg_add(what, MN_M_report_delegated, t->lang,
                   MN_ARGS(in(t, mn_event_text(e, "name")), mn_event_string(e, "child")));
        break;
    case MN_EVENT_OVERDUE:
        tell_overdue(t, e, what);
        break;
    case MN_EVENT_RESOLVED:
        mn_buf_puts(what, mn_msg(MN_M_report_event_resolved, t->lang));
        break;
    default:
        mn_buf_puts(what, e->type_name);
        break;
    }
}

static void timeline(const struct telling *t) {
    mn__page_heading(&t->page, MN_M_report_timeline);
    mn__page_events_begin(&t->page);
    for (size_t n = 0; n < t->j->n; n++) {
        const struct mn_event *e = &t->j->events[n];
        struct mn_buf what = MN_BUF_INIT, more = MN_BUF_INIT;
        char at[MN_TIME_TEXT];
        local(t, e->at, at);
        tell(t, e, &what, &more);
        mn__page_event(&t->page, at, who(t, e->actor), mn_buf_text(&what), mn_buf_text(&more),
                       t->i->abandoned[n]);
        mn_buf_fini(&what);
        mn_buf_fini(&more);
    }
    mn__page_events_end(&t->page);
}

static void notes(const struct telling *t) {
    if (t->i->n_notes == 0)
        return;
    mn__page_heading(&t->page, MN_M_report_notes);
    mn__page_events_begin(&t->page);
    for (size_t n = 0; n < t->i->n_notes; n++) {
        const struct mn_note *note = &t->i->notes[n];
        const struct mn_event *e = &t->j->events[note->last];
        char at[MN_TIME_TEXT];
        struct mn_buf what = MN_BUF_INIT, more = MN_BUF_INIT;
        local(t, e->at, at);
        mn_buf_printf(&what, "%d. %s", note->number, note->text);
        if (note->corrected)
            mn_msg_add(&more, MN_M_report_was, t->lang,
                       MN_ARGS(mn_event_string(&t->j->events[note->event], "text")));
        mn__page_event(&t->page, at, e->actor, mn_buf_text(&what), mn_buf_text(&more), false);
        mn_buf_fini(&what);
        mn_buf_fini(&more);
    }
    mn__page_events_end(&t->page);
}

/* What was passed on, word for word. */
static void messages(const struct telling *t) {
    bool any = false;
    for (size_t n = 0; n < t->j->n; n++) {
        const struct mn_event *e = &t->j->events[n];
        if (e->type != MN_EVENT_ESCALATED)
            continue;
        if (!any)
            mn__page_heading(&t->page, MN_M_report_messages);
        any = true;
        struct mn_buf b = MN_BUF_INIT;
        char at[MN_TIME_TEXT];
        local(t, e->at, at);
        mn_msg_add(&b, MN_M_report_message, t->lang,
                   MN_ARGS(at, in(t, mn_event_text(e, "name")), e->actor));
        mn__page_paragraph(&t->page, mn_buf_text(&b));
        mn__page_lines(&t->page, in(t, mn_event_text(e, "send")));
        mn_buf_fini(&b);
    }
}

static void record(const struct telling *t) {
    char events[24];
    snprintf(events, sizeof events, "%zu", t->j->n);
    mn__page_heading(&t->page, MN_M_report_record);
    mn__page_facts_begin(&t->page);
    mn__page_fact(&t->page, MN_M_report_events, events);
    mn__page_fact(&t->page, MN_M_report_head, t->j->events[t->j->n - 1].hash);
    mn__page_facts_end(&t->page);
    mn__page_paragraph(&t->page, mn_msg(MN_M_report_head_means, t->lang));
}

void mn_report_write(const struct mn_report *r, struct mn_buf *out) {
    struct telling t = {.r = r,
                        .page = {out, r->lang, r->html},
                        .i = r->incident,
                        .j = r->incident->journal,
                        .lang = r->lang};
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, MN_M_report_title, r->lang, MN_ARGS(r->incident->id));
    mn__page_begin(&t.page, mn_buf_text(&b));
    if (t.j->broken) {
        char seq[24];
        snprintf(seq, sizeof seq, "%lld", (long long)t.j->broken);
        mn_buf_clear(&b);
        mn_msg_add(&b, MN_M_report_broken, r->lang, MN_ARGS(seq));
        mn__page_warning(&t.page, mn_buf_text(&b));
    }
    mn_buf_fini(&b);
    summary(&t);
    impact(&t);
    place(&t);
    timeline(&t);
    messages(&t);
    notes(&t);
    record(&t);
    static const enum mn_message signers[] = {MN_M_report_sign_author, MN_M_report_sign_handler,
                                              MN_M_report_sign_head};
    mn__page_heading(&t.page, MN_M_report_signatures);
    mn__page_signatures(&t.page, signers, MN_COUNT(signers));
    mn__page_end(&t.page);
}
