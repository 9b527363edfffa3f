/* Incidents as one document. */
#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "incident/chain.h"
#include "incident/observation.h"
#include "incident/pins.h"
#include "incident/transfer.h"
#include "incident/verify.h"

#include <string.h>

struct exporting {
    struct mn_store *store;
    struct mn_verifier *verifier;
    struct mn_arena *arena;
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

static bool add_pins(struct exporting *e, const char *text) {
    json_t *payload = json_loads(text, 0, NULL), *hash;
    bool ok = true;
    const char *set;
    json_object_foreach(json_object_get(payload, "pins"), set, hash) ok =
        ok && add_set(e, json_string_value(hash));
    json_decref(payload);
    return ok;
}

static json_t *event(const struct mn__link *l) {
    return json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:s}", "seq", (json_int_t)l->seq, "at",
                     (json_int_t)l->at, "actor", l->actor, "type", l->type, "payload", l->payload,
                     "prev", l->prev, "hash", l->hash);
}

static bool add_incident(struct exporting *e, const char *id, bool *refused) {
    if (strcmp(id, MN_OBSERVATIONS) == 0) { /* an incident has what concerns it */
        mn__chain_unknown(e->store, id, e->d);
        return false;
    }
    const struct mn_verdict *t = mn_verify(e->verifier, id, NULL, e->d);
    if (!t)
        return false;
    struct mn__link *links;
    size_t n;
    *refused = t->n_misfits > 0;
    if (*refused)
        mn_diag(e->d, MN_D_head_refused, MN_NOWHERE, MN_ARGS(id));
    if (*refused || !mn__chain_read(e->store, id, e->arena, &links, &n, e->d))
        return false;
    json_t *events = json_array();
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        json_array_append_new(events, event(&links[i]));
        ok = add_pins(e, links[i].payload);
    }
    json_array_append_new(e->incidents, json_pack("{s:s, s:o}", "id", id, "events", events));
    return ok;
}

bool mn_export(struct mn_store *s, const char *const *ids, size_t n, const char *program,
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
    for (size_t i = 0; ok && i < n; i++)
        ok = add_incident(&e, ids[i], refused);
    json_t *doc = json_pack("{s:s, s:s, s:s, s:o, s:o}", "format", MN_EXPORT_FORMAT, "program",
                            program, "exported", at, "incidents", e.incidents, "blobs", e.blobs);
    if (ok)
        mn_json_write(out, doc, 1, false);
    mn_buf_putc(out, '\n');
    json_decref(doc);
    mn_verifier_free(e.verifier);
    mn_arena_free(e.arena);
    return ok;
}
