/* Incidents as one document. */
#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "incident/chain.h"
#include "incident/observation.h"
#include "incident/pins.h"
#include "incident/transfer.h"
#include "incident/verify.h"

#include <stdlib.h>
#include <string.h>

struct exporting {
    struct mn_store *store;
    struct mn_verifier *verifier;
    struct mn_arena *arena;
    const char **ids; /* what was asked for, then the children of what is there */
    size_t n, cap;
    json_t *incidents, *blobs;
    struct mn_diags *d;
};

static bool add_blob(struct exporting *e, const char *hash) {
    if (json_object_get(e->blobs, hash))
        return true;
    struct mn_buf bytes = MN_BUF_INIT, text = MN_BUF_INIT;
    bool ok = mn_store_get(e->store, hash, &bytes, e->d);
    mn_base64(&text, mn_buf_text(&bytes), bytes.size);
    if (ok)
        json_object_set_new(e->blobs, hash, json_string(mn_buf_text(&text)));
    mn_buf_fini(&bytes);
    mn_buf_fini(&text);
    return ok;
}

static bool add_set(struct exporting *e, const char *hash) {
    if (json_object_get(e->blobs, hash))
        return true;
    json_t *list = mn__pin_list(e->store, hash, e->d), *entry;
    bool ok = list && add_blob(e, hash);
    size_t i;
    json_array_foreach(list, i, entry) ok = ok && add_blob(e, mn_json_string(entry, "blob"));
    json_decref(list);
    return ok;
}

static void add_id(struct exporting *e, const char *id) {
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->ids[i], id) == 0)
            return;
    e->ids = mn_grow(e->ids, &e->cap, e->n + 1, sizeof *e->ids);
    e->ids[e->n++] = mn_arena_strdup(e->arena, id);
}

/* What an event brings with it: what it pins, and the child that it opened. */
static bool follow(struct exporting *e, const struct mn__link *l) {
    json_t *payload = json_loads(l->payload, 0, NULL), *hash;
    bool ok = true;
    const char *set, *child = mn_json_string(payload, "child");
    json_object_foreach(json_object_get(payload, "pins"), set, hash) ok =
        ok && add_set(e, json_string_value(hash));
    if (child && strcmp(l->type, "delegated") == 0)
        add_id(e, child);
    json_decref(payload);
    return ok;
}

static json_t *event(const struct mn__link *l) {
    return json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s}", "seq", (json_int_t)l->seq, "at",
                     (json_int_t)l->at, "actor", l->actor, "type", l->type, "payload", l->payload,
                     "prev", l->prev, "hash", l->hash);
}

/* A child that is not in this journal is left out. */
static bool add_incident(struct exporting *e, const char *id, bool child, bool *refused) {
    struct mn__link *links;
    size_t n;
    if (strcmp(id, MN_OBSERVATIONS) == 0) { /* an incident has what concerns it */
        mn__chain_unknown(e->store, id, e->d);
        return false;
    }
    if (!mn__chain_read(e->store, id, MN__FROM_START, e->arena, &links, &n, e->d))
        return false;
    if (child && n == 0)
        return true;
    const struct mn_verdict *t = mn_verify(e->verifier, id, NULL, e->d);
    if (!t)
        return false;
    *refused = t->n_misfits > 0;
    if (*refused)
        mn_diag(e->d, MN_D_head_refused, MN_NOWHERE, MN_ARGS(id));
    json_t *events = json_array();
    bool ok = !*refused;
    for (size_t i = 0; ok && i < n; i++) {
        json_array_append_new(events, event(&links[i]));
        ok = follow(e, &links[i]);
    }
    json_array_append_new(e->incidents, json_pack("{s:s, s:o}", "id", id, "events", events));
    return ok;
}

bool mn_export(struct mn_store *s, const char *const *ids, size_t *n, const char *program,
               int64_t now, struct mn_buf *out, bool *refused, struct mn_diags *d) {
    struct exporting e = {.store = s,
                          .verifier = mn_verifier_new(s),
                          .arena = mn_arena_new(),
                          .incidents = json_array(),
                          .blobs = json_object(),
                          .d = d};
    char at[MN_TIME_TEXT];
    mn_time_utc(now, at);
    bool ok = true;
    *refused = false;
    for (size_t i = 0; i < *n; i++)
        add_id(&e, ids[i]);
    for (size_t i = 0, asked = e.n; ok && i < e.n; i++) /* it grows meanwhile */
        ok = add_incident(&e, e.ids[i], i >= asked, refused);
    *n = json_array_size(e.incidents);
    json_t *doc = json_pack("{s:s, s:s, s:s, s:o, s:o}", "format", MN_EXPORT_FORMAT, "program",
                            program, "exported", at, "incidents", e.incidents, "blobs", e.blobs);
    if (ok)
        mn_json_write(out, doc, 1, false);
    mn_buf_putc(out, '\n');
    json_decref(doc);
    mn_verifier_free(e.verifier);
    free(e.ids);
    mn_arena_free(e.arena);
    return ok;
}
