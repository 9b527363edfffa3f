/* What the page of a runbook composes its messages of, and whom to call. */
#include "incident/call_record.h"
#include "incident/message.h"
#include "incident/offline_data.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

#define HALF_DAY 43200

struct making {
    const struct mn_offline *o;
    struct mn_call call;
    int64_t *days; /* noons of the days on which another policy may begin to hold, ascending */
    size_t n;
};

static int64_t noon(const struct making *k, const char *date) {
    char text[MN_TIME_TEXT];
    int64_t at = 0;
    snprintf(text, sizeof text, "%sT12:00:00Z", date);
    mn_time_parse(text, &at);
    return at - (int64_t)k->o->utc_offset * 60;
}

static int compare(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void take_days(struct making *k) {
    const struct mn_model *m = k->call.model;
    k->days = mn_new0(2 * (size_t)m->n_policies + 1, sizeof *k->days);
    k->days[k->n++] = HALF_DAY;
    for (int p = 0; p < m->n_policies; p++) {
        if (m->policies[p].valid_from)
            k->days[k->n++] = noon(k, m->policies[p].valid_from);
        if (m->policies[p].valid_until)
            k->days[k->n++] = noon(k, m->policies[p].valid_until) + 2 * HALF_DAY;
    }
    qsort(k->days, k->n, sizeof *k->days, compare);
}

/* What `of` gives for the call on each day from which it is another. */
static json_t *by_day(struct making *k, int team, json_t *of(const struct mn_call *c)) {
    json_t *list = json_array(), *last = NULL;
    k->call.team = team;
    for (size_t i = 0; i < k->n; i++) {
        k->call.now = k->days[i];
        json_t *to = of(&k->call);
        if (last && json_equal(last, to)) {
            json_decref(to);
            continue;
        }
        json_array_append_new(
            list,
            json_pack("{s:I, s:o}", "from", (json_int_t)(i ? k->days[i] - HALF_DAY : 0), "to", to));
        last = to;
    }
    return list;
}

/* Whom to call when the team of the call does not answer. */
static json_t *next_after(const struct mn_call *c) {
    struct mn_next_level next = mn_call_next(c);
    return next.team < 0 ? json_null()
                         : json_pack("{s:s, s:i}", "team", c->model->teams[next.team].id, "wait",
                                     next.wait_s);
}

/* Whom one can call by hand. */
static json_t *levels(const struct mn_call *c) {
    struct mn_next_level all[MN_CALL_LEVELS];
    int n = mn_call_levels(c, all, MN_CALL_LEVELS);
    json_t *list = json_array();
    for (int l = 0; l < n && l < MN_CALL_LEVELS; l++)
        json_array_append_new(list, json_pack("{s:s, s:b}", "team", c->model->teams[all[l].team].id,
                                              "upward", all[l].hierarchic));
    return list;
}

static void need_next(struct making *k, json_t *doc, const char *team) {
    const char *key = team ? team : "";
    if (!json_object_get(doc, key))
        json_object_set_new(doc, key,
                            by_day(k, team ? mn_model_team(k->call.model, team) : -1, next_after));
}

/* Of all that may be called: by the flow's steps, and by hand. */
static json_t *all_next(struct making *k, const json_t *by_hand) {
    json_t *doc = json_object();
    const json_t *from, *level;
    size_t i, l;
    need_next(k, doc, NULL);
    for (i = 0; i < k->o->flow->n; i++) {
        const struct mn_step *s = &k->o->flow->nodes[i].step;
        if (s->kind == MN_STEP_ESCALATE || s->kind == MN_STEP_HANDOVER)
            need_next(k, doc, s->team);
    }
    json_array_foreach(by_hand, i, from) {
        json_array_foreach(json_object_get(from, "to"), l, level)
            need_next(k, doc, mn_json_string(level, "team"));
    }
    return doc;
}

static json_t *both(const struct mn_call *c, bool impact) {
    struct mn_buf b[2] = {MN_BUF_INIT, MN_BUF_INIT};
    for (int lang = 0; lang < 2; lang++)
        if (impact)
            mn_call_impact(c, (enum mn_lang)lang, &b[lang]);
        else
            mn_buf_puts(&b[lang], mn_call_problem(c, (enum mn_lang)lang));
    json_t *text =
        json_pack("{s:s, s:s}", "vi", mn_buf_text(&b[MN_VI]), "en", mn_buf_text(&b[MN_EN]));
    mn_buf_fini(&b[0]);
    mn_buf_fini(&b[1]);
    return text;
}

json_t *mn__offline_calls(const struct mn_offline *o, const struct mn_incident *opened) {
    struct making k = {.o = o,
                       .call = {.model = o->opening->model,
                                .incident = opened,
                                .team = -1,
                                .actor = "",
                                .utc_offset = o->utc_offset}};
    take_days(&k);
    json_t *doc = json_object();
    int update = mn_call_update_every(&k.call);
    json_object_set_new(doc, "problem", both(&k.call, false));
    json_object_set_new(doc, "impact", both(&k.call, true));
    json_object_set_new(doc, "circuit", mn_json_string_or_null(mn_call_circuit(&k.call)));
    json_object_set_new(doc, "update", update > 0 ? json_integer(update) : json_null());
    json_object_set_new(doc, "levels", by_day(&k, -1, levels));
    json_object_set_new(doc, "next", all_next(&k, json_object_get(doc, "levels")));
    free(k.days);
    return doc;
}
