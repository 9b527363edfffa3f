/* Composing what to say and what to send. */
#include "incident/message.h"

#include "analysis/availability.h"
#include "analysis/impact.h"
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

#define SAID_CHECKS 3 /* on the telephone only the last ones; all are in the message */

json_t *mn_opening_facts(const struct mn_model *m, struct mn_subject subject, int symptom,
                         const struct mn_toll *toll, const char *reporter) {
    return mn_incident_facts(m, subject, symptom >= 0 ? m->symptoms[symptom].id : NULL,
                             toll->severity >= 0 ? m->severities[toll->severity].id : NULL,
                             reporter);
}

struct mn_subject mn_incident_subject(const struct mn_incident *i, const struct mn_model *m) {
    const char *component = mn_json_string(i->opened, "component");
    const char *site = mn_json_string(json_object_get(i->opened, "site"), "id");
    struct mn_subject s = {component ? mn_model_component(m, component) : -1,
                           site ? mn_model_site(m, site) : -1};
    return s;
}

struct mn_toll mn_toll_of(const struct mn_model *m, struct mn_subject subject, struct mn_arena *a) {
    struct mn_toll t = {.severity = -1};
    int *here = MN_ARENA_ARRAY(a, int, (size_t)m->n_services + 1);
    t.here.at = here;
    if (subject.component < 0)
        return t;
    struct mn_failure f = {subject.component, -1};
    struct mn_avail *before = mn_avail_new(m, NULL, 0), *after = mn_avail_new(m, &f, 1);
    bool *lost = mn_arena_alloc(a, (size_t)m->n_services + 1);
    for (int w = 0; w < m->n_sites; w++) {
        const struct mn_ints uses = m->sites[w].uses;
        int gone = 0, left = 0;
        for (int u = 0; u < uses.n; u++) {
            int s = uses.at[u];
            bool now = mn_available(after, s, w);
            left += now;
            if (now || !mn_available(before, s, w))
                continue;
            gone++;
            lost[s] = true;
            if (w == subject.site)
                here[t.here.n++] = s;
        }
        t.sites += gone > 0;
        t.cut_off += gone > 0 && left == 0;
    }
    int services = 0, main_activities = 0;
    for (int s = 0; s < m->n_services; s++) {
        services += lost[s];
        main_activities += lost[s] && m->services[s].main_activity;
    }
    t.severity = mn_severity_of(m, t.sites, services, main_activities, t.cut_off);
    mn_avail_free(before);
    mn_avail_free(after);
    return t;
}

static const char *name_of(const struct mn_call *c) {
    return c->called ? c->called : c->incident->id;
}

/* "15:02" and "22/11/2026" as mn_time_local has them: "22/11/2026 15:02". */
static void clock_time(const struct mn_call *c, int64_t t, char out[MN_TIME_TEXT]) {
    mn_time_local(t, c->utc_offset, out);
}

static int severity_of(const struct mn_call *c) {
    const char *id = mn_json_string(json_object_get(c->incident->opened, "severity"), "id");
    for (int s = 0; id && s < c->model->n_severities; s++)
        if (strcmp(c->model->severities[s].id, id) == 0)
            return s;
    return -1;
}

int mn_call_levels(const struct mn_call *c, struct mn_next_level *levels, int max) {
    char today[MN_TIME_TEXT];
    mn_time_utc(c->now + (int64_t)c->utc_offset * 60, today);
    today[10] = '\0';
    int component = mn_incident_subject(c->incident, c->model).component, n = 0;
    int policy = mn_model_policy(
        c->model, (struct mn_policy_case){component, severity_of(c), c->team, today});
    for (int l = 0; policy >= 0 && l < c->model->policies[policy].n_levels; l++) {
        const struct mn_level *level = &c->model->policies[policy].levels[l];
        int team = mn_model_resolve(c->model, level->to, component);
        if (team < 0)
            continue;
        if (n < max)
            levels[n] =
                (struct mn_next_level){team, level->acknowledge_s, level->type == MN_HIERARCHIC};
        n++;
    }
    return n;
}

struct mn_next_level mn_call_next(const struct mn_call *c) {
    struct mn_next_level levels[16];
    int n = mn_call_levels(c, levels, 16);
    if (n > 16)
        n = 16;
    int at = -1;
    for (int l = 0; l < n; l++)
        if (levels[l].team == c->team)
            at = l;
    for (int l = at + 1; l < n; l++)
        if (levels[l].team != c->team)
            return (struct mn_next_level){levels[l].team, at >= 0 ? levels[at].wait_s : -1,
                                          levels[l].hierarchic};
    return (struct mn_next_level){-1, -1, false};
}

int mn_call_update_every(const struct mn_call *c) {
    int severity = severity_of(c);
    return severity >= 0 ? c->model->severities[severity].update_every_s : -1;
}

/* When the next news is due, by the incident's severity; false when the model does not say. */
static bool next_update(const struct mn_call *c, int64_t *at) {
    int every = mn_call_update_every(c);
    *at = c->now + every;
    return every > 0;
}

static void line(struct mn_buf *out, enum mn_lang lang, enum mn_message m, const char *value) {
    mn_msg_add(out, m, lang, MN_ARGS(value));
    mn_buf_putc(out, '\n');
}

static const char *opened_name(const struct mn_call *c, const char *key, enum mn_lang lang) {
    return mn_text_in(mn_json_get_text(json_object_get(c->incident->opened, key), "name"), lang);
}

const char *mn_call_problem(const struct mn_call *c, enum mn_lang lang) {
    const char *symptom = opened_name(c, "symptom", lang);
    if (*symptom)
        return symptom;
    return mn_text_in(mn_json_get_text(c->incident->runbook, "title"), lang);
}

/* "Phường Sài Gòn (26740)"; empty when the subject lies in no site. */
static void unit(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out) {
    const json_t *site = json_object_get(c->incident->opened, "site");
    const char *id = mn_json_string(site, "id");
    if (id)
        mn_msg_add(out, MN_M_call_unit, lang,
                   MN_ARGS(mn_text_in(mn_json_get_text(site, "name"), lang), id));
}

const char *mn_call_circuit(const struct mn_call *c) {
    int component = mn_incident_subject(c->incident, c->model).component;
    if (component < 0 || c->model->components[component].cls != MN_LINK)
        return NULL;
    return c->model->links[c->model->components[component].index].circuit;
}

/* The question without the colon that a list would follow. */
static const char *question(const json_t *step, enum mn_lang lang, struct mn_buf *kept) {
    const char *text = mn_text_in(mn_json_get_text(step, "text"), lang);
    size_t n = strlen(text);
    while (n > 0 && (text[n - 1] == ':' || text[n - 1] == ' '))
        n--;
    mn_buf_clear(kept);
    mn_buf_add(kept, text, n);
    return mn_buf_text(kept);
}

/* The answers in force that say something about the fault, oldest first, from `first` on. */
static int checks(const struct mn_call *c, enum mn_lang lang, int first, bool times,
                  struct mn_buf *out) {
    /* A ticked list is too long to say; it is in the message that follows the call. */
    static const char *const kinds[] = {"ask", "check", "act", "verify", "checklist"};
    const size_t n_kinds = MN_COUNT(kinds) - (times ? 0 : 1);
    struct mn_buf asked = MN_BUF_INIT;
    int n = 0;
    for (size_t a = 0; a < c->incident->n_answers; a++) {
        const struct mn_event *e = &c->incident->journal->events[c->incident->answers[a]];
        const json_t *step = json_object_get(e->payload, "step");
        const char *kind = mn_json_string(step, "kind");
        bool counts = false;
        for (size_t k = 0; kind && k < n_kinds; k++)
            counts = counts || strcmp(kind, kinds[k]) == 0;
        if (!counts || n++ < first || !out)
            continue;
        char number[16], at[MN_TIME_TEXT], day[MN_TIME_TEXT];
        snprintf(number, sizeof number, "%d", n);
        clock_time(c, e->at, at);
        clock_time(c, c->incident->journal->events[0].at, day);
        /* On the day that the message itself names, the hour is enough. */
        const char *when = strncmp(at, day, strlen("22/11/2026 ")) == 0 ? strchr(at, ' ') + 1 : at;
        mn_msg_add(out, times ? MN_M_call_check_timed : MN_M_call_check, lang,
                   MN_ARGS(number, question(step, lang, &asked),
                           mn_text_in(mn_json_get_text(e->payload, "label"), lang), when));
        mn_buf_putc(out, '\n');
    }
    mn_buf_fini(&asked);
    return n;
}

/* `answers`: what people said in their own words too; in writing that stands among the checks. */
static void evidence(const struct mn_call *c, enum mn_lang lang, bool answers, struct mn_buf *out) {
    for (size_t v = 0; c->step && v < c->step->n_evidence; v++) {
        const struct mn_evidence *e = &c->step->evidence[v];
        if (e->text.vi)
            line(out, lang, MN_M_call_evidence, mn_text_in(e->text, lang));
        for (size_t a = 0; answers && e->answer && a < c->incident->n_answers; a++) {
            const struct mn_event *answered =
                &c->incident->journal->events[c->incident->answers[a]];
            const json_t *answer = json_object_get(answered->payload, "answer");
            const char *record = mn_json_string(answer, "step");
            if (record && strcmp(record, e->answer) == 0)
                line(out, lang, MN_M_call_evidence, mn_json_string(answer, "value"));
        }
    }
}

void mn_call_impact(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out) {
    struct mn_arena *a = mn_arena_new();
    struct mn_subject s = mn_incident_subject(c->incident, c->model);
    struct mn_toll t = mn_toll_of(c->model, s, a);
    struct mn_buf names = MN_BUF_INIT;
    for (int i = 0; i < t.here.n; i++) {
        const struct mn_service *service = &c->model->services[t.here.at[i]];
        const struct mn_name *name = &c->model->components[service->component].name;
        mn_buf_printf(&names, "%s%s", i ? ", " : "", mn_text_in(name->full, lang));
    }
    char sites[16];
    snprintf(sites, sizeof sites, "%d", t.sites);
    if (t.here.n)
        line(out, lang, MN_M_call_lost_here, mn_buf_text(&names));
    if (t.sites > 1 || (t.sites == 1 && !t.here.n))
        line(out, lang, MN_M_call_lost_sites, sites);
    if (t.sites == 0 && s.component >= 0)
        line(out, lang, MN_M_call_lost_nothing, "");
    mn_buf_fini(&names);
    mn_arena_free(a);
}

void mn_call_say(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out) {
    struct mn_buf where = MN_BUF_INIT;
    char at[MN_TIME_TEXT];
    unit(c, lang, &where);
    clock_time(c, c->incident->journal->events[0].at, at);
    mn_msg_add(out, where.size ? MN_M_say_who : MN_M_say_who_only, lang,
               MN_ARGS(c->actor, mn_buf_text(&where)));
    mn_buf_putc(out, '\n');
    mn_msg_add(out, MN_M_say_what, lang,
               MN_ARGS(name_of(c), mn_call_problem(c, lang), opened_name(c, "subject", lang), at));
    mn_buf_putc(out, '\n');
    if (mn_call_circuit(c))
        line(out, lang, MN_M_say_circuit, mn_call_circuit(c));
    if (*opened_name(c, "severity", lang))
        line(out, lang, MN_M_say_severity, opened_name(c, "severity", lang));
    evidence(c, lang, true, out);
    int n = checks(c, lang, 0, false, NULL);
    if (n > 0) {
        line(out, lang, MN_M_say_checked, "");
        checks(c, lang, n > SAID_CHECKS ? n - SAID_CHECKS : 0, false, out);
    }
    mn_msg_add(out, c->step && c->step->kind == MN_STEP_HANDOVER ? MN_M_say_take : MN_M_say_ask,
               lang, MN_NO_ARGS);
    mn_buf_putc(out, '\n');
    int64_t due;
    if (next_update(c, &due)) {
        clock_time(c, due, at);
        line(out, lang, MN_M_say_next, at);
    }
    mn_buf_fini(&where);
}

void mn_call_send(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out) {
    const struct mn_model *m = c->model;
    struct mn_buf where = MN_BUF_INIT;
    char at[MN_TIME_TEXT];
    unit(c, lang, &where);
    mn_msg_add(out, where.size ? MN_M_send_subject : MN_M_send_subject_only, lang,
               MN_ARGS(name_of(c), mn_call_problem(c, lang), mn_buf_text(&where)));
    mn_buf_putc(out, '\n');
    if (c->team >= 0)
        line(out, lang, MN_M_send_to, mn_text_in(m->teams[c->team].name.full, lang));
    if (where.size)
        line(out, lang, MN_M_send_unit, mn_buf_text(&where));
    const char *subject = mn_json_string(json_object_get(c->incident->opened, "subject"), "id");
    mn_msg_add(out, MN_M_send_component, lang,
               MN_ARGS(opened_name(c, "subject", lang), subject ? subject : ""));
    mn_buf_putc(out, '\n');
    if (mn_call_circuit(c))
        line(out, lang, MN_M_send_circuit, mn_call_circuit(c));
    line(out, lang, MN_M_send_symptom, mn_call_problem(c, lang));
    clock_time(c, c->incident->journal->events[0].at, at);
    line(out, lang, MN_M_send_since, at);
    if (*opened_name(c, "severity", lang))
        line(out, lang, MN_M_send_severity, opened_name(c, "severity", lang));
    mn_call_impact(c, lang, out);
    evidence(c, lang, false, out);
    line(out, lang, checks(c, lang, 0, true, NULL) ? MN_M_send_checked : MN_M_send_unchecked, "");
    checks(c, lang, 0, true, out);
    for (size_t n = 0; n < c->incident->n_notes; n++)
        line(out, lang, MN_M_send_note, c->incident->notes[n].text);
    line(out, lang, MN_M_send_from, c->actor);
    int64_t due;
    if (next_update(c, &due)) {
        clock_time(c, due, at);
        line(out, lang, MN_M_send_next, at);
    }
    mn_buf_fini(&where);
}
