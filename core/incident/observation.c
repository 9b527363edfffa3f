/* Observations: their events, folded. */
#include "incident/observation.h"

#include "base/clock.h"
#include "incident/chain.h"
#include "incident/incident.h"
#include "incident/near.h"
#include "incident/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[MN_OBSERVED_KINDS] = {"outage", "planned", "news"};

const char *mn_observed_kind_name(enum mn_observed_kind kind) {
    return kinds[kind];
}

bool mn_observed_kind_of(const char *name, enum mn_observed_kind *kind) {
    for (int k = 0; k < MN_OBSERVED_KINDS; k++) {
        *kind = (enum mn_observed_kind)k;
        if (strcmp(kinds[k], name) == 0)
            return true;
    }
    return false;
}

static int64_t time_in(const struct mn_event *e, const char *key) {
    const json_t *v = json_object_get(e->payload, key);
    return json_is_integer(v) ? json_integer_value(v) : -1;
}

static struct mn_observation *find(struct mn_observations *o, const struct mn_event *e) {
    json_int_t number = json_integer_value(json_object_get(e->payload, "number"));
    for (size_t n = 0; n < o->n; n++)
        if (o->at[n].number == number)
            return &o->at[n];
    return NULL;
}

static void fold(struct mn_observations *o, const struct mn_event *e) {
    struct mn_observation *known = find(o, e);
    if (e->type == MN_EVENT_OBSERVATION_ENDED && known && known->ended < 0) {
        known->ended = e->at;
        return;
    }
    struct mn_observation new = {
        .number = (int)json_integer_value(json_object_get(e->payload, "number")),
        .subject = mn_json_string(json_object_get(e->payload, "subject"), "id"),
        .name = mn_json_get_text(json_object_get(e->payload, "subject"), "name"),
        .text = mn_event_text(e, "text"),
        .from = time_in(e, "from"),
        .until = time_in(e, "until"),
        .at = e->at,
        .ended = -1,
        .actor = e->actor};
    if (e->type == MN_EVENT_OBSERVED && !known && new.subject &&
        mn_observed_kind_of(mn_event_string(e, "kind"), &new.kind))
        o->at[o->n++] = new;
}

bool mn_observations_seq(struct mn_store *s, int64_t *seq, struct mn_diags *d) {
    sqlite3_stmt *q = mn__sql(s, "SELECT coalesce(max(seq), 0) FROM event WHERE incident = ?1", d);
    if (!q)
        return false;
    mn__sql_text(q, 1, MN_OBSERVATIONS);
    enum mn__row row = mn__sql_step(s, q, d);
    *seq = row == MN__ROW ? sqlite3_column_int64(q, 0) : 0;
    sqlite3_reset(q);
    return row != MN__FAILED;
}

struct mn_observations *mn_observations_read(struct mn_store *s, struct mn_diags *d) {
    int64_t seq;
    if (!mn_observations_seq(s, &seq, d))
        return NULL;
    struct mn_observations *o = mn_new0(1, sizeof *o);
    if (seq == 0)
        return o;
    o->journal = mn_journal_read(s, MN_OBSERVATIONS, d);
    if (o->journal && o->journal->broken) {
        char event[24];
        snprintf(event, sizeof event, "%lld", (long long)o->journal->broken);
        mn_diag(d, MN_D_chain_broken, MN_NOWHERE,
                MN_ARGS(MN_OBSERVATIONS, event, mn_store_path(s)));
    }
    if (!o->journal || o->journal->broken) {
        mn_observations_free(o);
        return NULL;
    }
    o->at = mn_new0(o->journal->n, sizeof *o->at);
    for (size_t n = 0; n < o->journal->n; n++)
        fold(o, &o->journal->events[n]);
    o->seq = o->journal->events[o->journal->n - 1].seq;
    return o;
}

void mn_observations_free(struct mn_observations *o) {
    if (!o)
        return;
    mn_journal_free(o->journal);
    free(o->at);
    free(o);
}

bool mn_observation_holds(const struct mn_observation *o, int64_t now) {
    return o->ended < 0 && (o->until < 0 || o->until > now);
}

static enum mn_append add(struct mn_store *s, const struct mn_observations *o,
                          const struct mn_new_event *e, struct mn_diags *d) {
    int64_t seq;
    if (!mn__sql_begin(s, d))
        return MN_NOT_APPENDED;
    enum mn_append result = MN_NOT_APPENDED;
    if (mn_observations_seq(s, &seq, d) &&
        (seq > 0 || mn__chain_add_incident(s, MN_OBSERVATIONS, 0, 0, d)))
        result = mn_journal_append(s, MN_OBSERVATIONS, o->seq, e, 1, d);
    return mn__sql_settle(s, result, d);
}

static json_t *time_or_null(int64_t t) {
    return t >= 0 ? json_integer(t) : json_null();
}

enum mn_append mn_observe(struct mn_store *s, const struct mn_observations *o,
                          struct mn_observation *added, struct mn_diags *d) {
    json_t *payload = json_object(), *subject = json_object();
    added->number = o->n ? o->at[o->n - 1].number + 1 : 1;
    json_object_set_new(subject, "id", json_string(added->subject));
    json_object_set_new(subject, "name", mn_json_text(added->name));
    json_object_set_new(payload, "number", json_integer(added->number));
    json_object_set_new(payload, "kind", json_string(kinds[added->kind]));
    json_object_set_new(payload, "subject", subject);
    json_object_set_new(payload, "text", mn_json_text(added->text));
    json_object_set_new(payload, "from", json_integer(added->from));
    json_object_set_new(payload, "until", time_or_null(added->until));
    struct mn_new_event e = {MN_EVENT_OBSERVED, added->at, added->actor, payload};
    enum mn_append result = add(s, o, &e, d);
    json_decref(payload);
    return result;
}

enum mn_append mn_observation_end(struct mn_store *s, const struct mn_observations *o, int number,
                                  int64_t at, const char *actor, struct mn_diags *d) {
    json_t *payload = json_pack("{s:i}", "number", number);
    struct mn_new_event e = {MN_EVENT_OBSERVATION_ENDED, at, actor, payload};
    enum mn_append result = add(s, o, &e, d);
    json_decref(payload);
    return result;
}

enum mn_message mn_observed_kind_text(enum mn_observed_kind kind) {
    static const enum mn_message texts[] = {MN_M_observed_outage, MN_M_observed_planned,
                                            MN_M_observed_news};
    return texts[kind];
}

void mn_observed_span(int64_t from, int64_t until, enum mn_lang lang, int utc_offset,
                      struct mn_buf *out) {
    char begin[MN_TIME_TEXT], end[MN_TIME_TEXT] = "";
    mn_time_local(from, utc_offset, begin);
    if (until >= 0)
        mn_time_local(until, utc_offset, end);
    mn_msg_add(out, until >= 0 ? MN_M_observed_span : MN_M_observed_since, lang,
               MN_ARGS(begin, end));
}

/* Seconds in an event, UTC text among facts; -1: not known. */
static int64_t either_time(const json_t *v) {
    int64_t t = -1;
    if (json_is_integer(v))
        t = json_integer_value(v);
    else if (json_is_string(v) && !mn_time_parse(json_string_value(v), &t))
        t = -1;
    return t;
}

static enum mn_message near_text(const char *near) {
    static const enum mn_message texts[] = {MN_M_near_same, MN_M_near_site, MN_M_near_way};
    for (int n = MN_NEAR_SAME; near && n <= MN_NEAR_WAY; n++)
        if (strcmp(mn_near_name((enum mn_near)n), near) == 0)
            return texts[n - MN_NEAR_SAME];
    return MN_M_near_way;
}

void mn_observed_text(const json_t *observed, enum mn_lang lang, int utc_offset,
                      struct mn_buf *out) {
    const json_t *subject = json_object_get(observed, "subject");
    const char *id = json_is_string(subject) ? json_string_value(subject) : NULL;
    const char *kind = mn_json_string(observed, "kind"), *by = mn_json_string(observed, "by");
    const char *name = id ? id : mn_text_in(mn_json_get_text(subject, "name"), lang);
    struct mn_buf span = MN_BUF_INIT, text = MN_BUF_INIT;
    enum mn_observed_kind k;
    if (!kind || !mn_observed_kind_of(kind, &k))
        k = MN_OBSERVED_NEWS;
    mn_observed_span(either_time(json_object_get(observed, "from")),
                     either_time(json_object_get(observed, "until")), lang, utc_offset, &span);
    if (by)
        mn_buf_printf(&span, ", %s", by);
    mn_msg_add(&text, MN_M_observed_is, lang,
               MN_ARGS(mn_msg(mn_observed_kind_text(k), lang), name,
                       mn_msg(near_text(mn_json_string(observed, "near")), lang),
                       mn_text_in(mn_json_get_text(observed, "text"), lang), mn_buf_text(&span)));
    if (json_is_true(json_object_get(observed, "over")))
        mn_msg_add(out, MN_M_observed_is_over, lang, MN_ARGS(mn_buf_text(&text)));
    else
        mn_buf_puts(out, mn_buf_text(&text));
    mn_buf_fini(&span);
    mn_buf_fini(&text);
}
