/* Bringing checked incidents into the store. */
#include "incident/incoming.h"
#include "incident/journal.h"
#include "incident/pins.h"
#include "incident/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the events pin, by hash: as sets (lists of files), and everything. */
struct needs {
    const struct mn_incoming *in;
    struct mn_diags *d;
    json_t *blobs; /* hash: its place among the document's + 1 */
    json_t *sets, *needed;
};

static bool need_blob(struct needs *n, const char *hash, const char *path) {
    json_object_set_new(n->needed, hash, json_true());
    return json_object_get(n->blobs, hash) ||
           mn__incoming_wrong(n->in, n->d, path, MN_D_import_blob_missing, MN_ARGS(hash));
}

static bool need_set(struct needs *n, const char *hash, const char *path) {
    if (json_object_get(n->sets, hash))
        return true;
    json_object_set_new(n->sets, hash, json_true());
    if (!need_blob(n, hash, path))
        return false;
    const struct mn__incoming_blob *blob =
        &n->in->blobs[json_integer_value(json_object_get(n->blobs, hash)) - 1];
    json_t *list = mn__pin_parse(blob->bytes, blob->size), *entry;
    bool ok = list || mn__incoming_wrong(n->in, n->d, path, MN_D_import_set, MN_ARGS(hash));
    size_t i;
    json_array_foreach(list, i, entry) ok = ok && need_blob(n, mn_json_string(entry, "blob"), path);
    json_decref(list);
    return ok;
}

static bool need_pins(struct needs *n, const struct mn__link *l, const char *path) {
    json_t *payload = json_loads(l->payload, 0, NULL), *hash;
    bool ok = true;
    const char *set;
    json_object_foreach(json_object_get(payload, "pins"), set, hash) ok =
        ok && need_set(n, json_is_string(hash) ? json_string_value(hash) : set, path);
    json_decref(payload);
    return ok;
}

static bool all_needed(struct needs *n) {
    const json_t *blobs = json_object_get(n->in->doc, "blobs");
    const char *hash;
    json_t *value;
    json_object_foreach((json_t *)blobs, hash, value) {
        if (json_object_get(n->needed, hash))
            continue;
        struct mn_buf path = MN_BUF_INIT;
        mn_buf_printf(&path, "blobs/%s", hash);
        mn__incoming_wrong(n->in, n->d, mn_buf_text(&path), MN_D_import_blob_extra, MN_ARGS(hash));
        mn_buf_fini(&path);
        return false;
    }
    return true;
}

bool mn__incoming_pins(const struct mn_incoming *in, struct mn_diags *d) {
    struct needs n = {in, d, json_object(), json_object(), json_object()};
    for (size_t i = 0; i < in->n_blobs; i++)
        json_object_set_new(n.blobs, in->blobs[i].hash, json_integer((json_int_t)i + 1));
    bool ok = true;
    for (size_t i = 0; ok && i < in->n; i++) {
        for (size_t k = 0; ok && k < in->incidents[i].n; k++) {
            char path[80];
            snprintf(path, sizeof path, "incidents/%zu/events/%zu/payload", i, k);
            ok = need_pins(&n, &in->incidents[i].links[k], path);
        }
    }
    ok = ok && all_needed(&n);
    json_decref(n.blobs);
    json_decref(n.sets);
    json_decref(n.needed);
    return ok;
}

/* The first of their common events that differs, from 0; or how many they have in common. */
static size_t first_other(const struct mn__incoming_incident *i, const struct mn__link *links,
                          size_t n) {
    size_t k = 0;
    while (k < n && k < i->n && strcmp(links[k].hash, i->links[k].hash) == 0)
        k++;
    return k;
}

/* An id that is taken by other events: nothing is merged, nothing is overwritten. */
static void refuse(const struct mn_incoming *in, size_t place, size_t event, struct mn_diags *d) {
    char path[64], seq[24];
    snprintf(path, sizeof path, "incidents/%zu/%s", place, event ? "events/" : "id");
    if (event)
        snprintf(path + strlen(path), 24, "%zu", event);
    snprintf(seq, sizeof seq, "%zu", event + 1);
    mn__incoming_wrong(in, d, path, event ? MN_D_import_diverges : MN_D_import_taken,
                       MN_ARGS(in->incidents[place].id, seq));
    mn_diag_note(d, event ? MN_D_import_diverges_note : MN_D_import_taken_note, MN_NOWHERE,
                 MN_NO_ARGS);
}

static bool broken_here(struct mn_store *s, const char *id, int64_t event, struct mn_diags *d) {
    char seq[24];
    snprintf(seq, sizeof seq, "%lld", (long long)event);
    mn_diag(d, MN_D_chain_broken, MN_NOWHERE, MN_ARGS(id, seq, mn_store_path(s)));
    return false;
}

bool mn__incoming_add(struct mn_store *s, const struct mn__incoming_incident *i, struct mn_arena *a,
                      struct mn_imported *result, int64_t *other, struct mn_diags *d) {
    struct mn__link *links;
    size_t n;
    *other = -1;
    if (!mn__chain_read(s, i->id, MN__FROM_START, a, &links, &n, d))
        return false;
    int64_t broken = mn__chain_broken(i->id, NULL, links, n);
    if (broken)
        return broken_here(s, i->id, broken, d);
    size_t same = first_other(i, links, n);
    if (same < n && same < i->n) {
        *other = (int64_t)same;
        return true;
    }
    bool ok = n > 0 || mn__chain_add_incident(s, i->id, i->year, i->number, d);
    for (size_t k = same; ok && k < i->n; k++)
        ok = mn__chain_add(s, i->id, &i->links[k], d);
    *result = (struct mn_imported){.id = i->id,
                                   .how = n == 0      ? MN_IMPORTED_NEW
                                          : n < i->n  ? MN_IMPORTED_MORE
                                          : n == i->n ? MN_IMPORTED_THERE
                                                      : MN_IMPORTED_LESS,
                                   .events = (int64_t)(n > i->n ? n : i->n),
                                   .added = (int64_t)(n > i->n ? n - i->n : i->n - n)};
    return ok;
}

enum mn_import mn_import(struct mn_store *s, const struct mn_incoming *in,
                         struct mn_imported *results, struct mn_diags *d) {
    if (!mn__sql_begin(s, d))
        return MN_IMPORT_BROKEN;
    struct mn_arena *a = mn_arena_new();
    bool ok = true, refused = false;
    char hash[MN_HASH_HEX];
    for (size_t i = 0; ok && i < in->n_blobs; i++)
        ok = mn_store_put(s, in->blobs[i].bytes, in->blobs[i].size, hash, d);
    for (size_t i = 0; ok && i < in->n; i++) {
        int64_t other;
        ok = mn__incoming_add(s, &in->incidents[i], a, &results[i], &other, d);
        if (ok && other >= 0)
            refuse(in, i, (size_t)other, d);
        refused = refused || other >= 0;
    }
    mn_arena_free(a);
    if (ok && !refused && mn__sql_commit(s, d))
        return MN_IMPORT_DONE;
    mn__sql_rollback(s);
    return ok && refused ? MN_IMPORT_REFUSED : MN_IMPORT_BROKEN;
}
