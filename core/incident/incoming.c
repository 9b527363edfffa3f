/* Looking at a document of incidents, trusting nothing in it. */
#include "incident/incoming.h"

#include "base/base64.h"
#include "base/clock.h"
#include "base/unicode.h"
#include "incident/head.h"
#include "incident/journal.h"
#include "incident/offline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_VALUES 1000000
#define MOST_ERRORS 20           /* more are not looked for */
#define HIGHEST_NUMBER 999999    /* of an incident: the next ones here count on from it */
#define LAST_SECOND 253402300799 /* of the year 9999 */

struct checking {
    struct mn_incoming *in;
    struct mn_diags *d;
    json_t *seen; /* id: its place among the incidents */
};

bool mn__incoming_wrong(const struct mn_incoming *in, struct mn_diags *d, const char *path,
                        enum mn_code code, const char *const *args) {
    mn_diag(d, code, mn_json_place(in->source, path), args);
    return false;
}

static bool wrong(struct checking *c, const char *path, enum mn_code code,
                  const char *const *args) {
    return mn__incoming_wrong(c->in, c->d, path, code, args);
}

static bool enough(const struct checking *c) {
    return mn_diags_errors(c->d) >= MOST_ERRORS;
}

static const char *below(struct checking *c, const char *path, const char *part) {
    return mn_arena_printf(c->in->arena, "%s%s%s", path, *path ? "/" : "", part);
}

static const char *nth(struct checking *c, const char *path, size_t i) {
    return mn_arena_printf(c->in->arena, "%s/%zu", path, i);
}

/* An object with exactly these keys. */
static bool has_keys(struct checking *c, const json_t *o, const char *path, const char *const *keys,
                     size_t n) {
    if (!json_is_object(o))
        return wrong(c, path, MN_D_import_object, MN_NO_ARGS);
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        if (!json_object_get(o, keys[i]))
            ok = wrong(c, path, MN_D_import_lacks, MN_ARGS(keys[i]));
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)o, key, value) {
        size_t i = 0;
        while (i < n && strcmp(keys[i], key) != 0)
            i++;
        if (i < n || enough(c))
            continue;
        ok = wrong(c, below(c, path, key), MN_D_import_unknown, MN_ARGS(key));
        int near = mn_nearest(key, keys, n);
        if (near >= 0)
            mn_diag_note(c->d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(keys[near]));
    }
    return ok;
}

/* The string under key, or NULL with a diagnostic. */
static const char *string_in(struct checking *c, const json_t *o, const char *path,
                             const char *key) {
    const char *text = mn_json_string(o, key);
    if (!text)
        wrong(c, below(c, path, key), MN_D_import_string, MN_ARGS(key));
    return text;
}

static bool number_in(struct checking *c, const json_t *o, const char *path, const char *key,
                      int64_t *value) {
    const json_t *number = json_object_get(o, key);
    *value = json_integer_value(number);
    return json_is_integer(number) ||
           wrong(c, below(c, path, key), MN_D_import_integer, MN_ARGS(key));
}

/* Texts are shown on terminals and in reports: none may hold what drives a terminal. */
static bool plain(const char *text) {
    size_t n = strlen(text), used;
    for (size_t i = 0; i < n; i += used)
        if (mn_is_control(mn_utf8_decode(text + i, n - i, &used)))
            return false;
    return true;
}

static bool all_plain(const json_t *value) {
    const char *key;
    json_t *inner;
    size_t i;
    json_object_foreach((json_t *)value, key, inner) {
        if (!plain(key) || !all_plain(inner))
            return false;
    }
    json_array_foreach(value, i, inner) {
        if (!all_plain(inner))
            return false;
    }
    return !json_is_string(value) || plain(json_string_value(value));
}

static bool check_payload(struct checking *c, const struct mn__link *l, const char *path) {
    json_t *payload = json_loads(l->payload, JSON_REJECT_DUPLICATES, NULL);
    bool ok = json_is_object(payload);
    if (!ok)
        wrong(c, below(c, path, "payload"), MN_D_import_payload, MN_NO_ARGS);
    else if (!all_plain(payload))
        ok = wrong(c, below(c, path, "payload"), MN_D_import_control, MN_NO_ARGS);
    static const char *const sets[] = {"model", "runbook", "library"};
    const json_t *pins = json_object_get(payload, "pins");
    bool opened = strcmp(l->type, mn_event_type_name(MN_EVENT_OPENED)) == 0;
    for (size_t i = 0; ok && opened && i < MN_COUNT(sets); i++)
        if (!mn_json_string(pins, sets[i]))
            ok = wrong(c, below(c, path, "payload"), MN_D_import_no_pin, MN_ARGS(sets[i]));
    json_decref(payload);
    return ok;
}

static bool check_type(struct checking *c, const struct mn__link *l, const char *path) {
    enum mn_event_type type = mn_event_type_of(l->type);
    if (type == MN_EVENT_OTHER) {
        const char *names[MN_EVENT_OTHER];
        for (int i = 0; i < MN_EVENT_OTHER; i++)
            names[i] = mn_event_type_name((enum mn_event_type)i);
        wrong(c, below(c, path, "type"), MN_D_import_type, MN_ARGS(l->type));
        int near = mn_nearest(l->type, names, MN_COUNT(names));
        if (near >= 0)
            mn_diag_note(c->d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(names[near]));
        return false;
    }
    return (type == MN_EVENT_OPENED) == (l->seq == 1) ||
           wrong(c, below(c, path, "type"), MN_D_import_opened, MN_NO_ARGS);
}

/* The event in itself and as the next after `prev`. */
static bool check_link(struct checking *c, const struct mn__incoming_incident *i,
                       const struct mn__link *l, const char *prev, const char *path) {
    char seq[24], really[MN_HASH_HEX];
    int64_t due = l - i->links + 1;
    snprintf(seq, sizeof seq, "%lld", (long long)due);
    if (l->seq != due)
        return wrong(c, below(c, path, "seq"), MN_D_import_seq, MN_ARGS(seq));
    if (l->at < 0 || l->at > LAST_SECOND)
        return wrong(c, below(c, path, "at"), MN_D_import_at, MN_NO_ARGS);
    if (!mn_actor_ok(l->actor))
        return wrong(c, below(c, path, "actor"), MN_D_import_actor, MN_NO_ARGS);
    if (!check_type(c, l, path) || !check_payload(c, l, path))
        return false;
    if (strcmp(l->prev, prev) != 0)
        return wrong(c, below(c, path, "prev"), MN_D_import_prev, MN_ARGS(i->id, seq, prev));
    mn__chain_hash(i->id, l, really);
    return strcmp(l->hash, really) == 0 ||
           wrong(c, below(c, path, "hash"), MN_D_import_hash, MN_ARGS(i->id, seq, really));
}

static bool take_link(struct checking *c, const json_t *event, const char *path,
                      struct mn__link *l) {
    static const char *const keys[] = {"seq", "at", "actor", "type", "payload", "prev", "hash"};
    if (!has_keys(c, event, path, keys, MN_COUNT(keys)) ||
        !number_in(c, event, path, "seq", &l->seq) || !number_in(c, event, path, "at", &l->at))
        return false;
    const char **const texts[] = {&l->actor, &l->type, &l->payload, &l->prev, &l->hash};
    for (size_t i = 0; i < MN_COUNT(texts); i++)
        if (!(*texts[i] = string_in(c, event, path, keys[i + 2])))
            return false;
    l->whole = true;
    return true;
}

/* Up to the first event that is wrong: what comes after one does not fit it. */
static bool check_events(struct checking *c, const json_t *events, const char *path,
                         struct mn__incoming_incident *i) {
    i->n = json_array_size(events);
    if (i->n == 0)
        return wrong(c, path, MN_D_import_no_events, MN_NO_ARGS);
    i->links = MN_ARENA_ARRAY(c->in->arena, struct mn__link, i->n);
    const char *prev = mn__chain_start;
    for (size_t k = 0; k < i->n; k++) {
        const char *at = nth(c, path, k);
        if (!take_link(c, json_array_get(events, k), at, &i->links[k]) ||
            !check_link(c, i, &i->links[k], prev, at))
            return false;
        prev = i->links[k].hash;
    }
    return true;
}

/* "P-7K3F9QXD": as the page makes it. */
static bool is_page_id(const char *id) {
    return strncmp(id, "P-", 2) == 0 && strlen(id) == 10 &&
           strspn(id + 2, "23456789ABCDEFGHJKMNPQRSTUVWXYZ") == 8;
}

static bool check_id(struct checking *c, struct mn__incoming_incident *i, const char *path) {
    if (c->in->page)
        return is_page_id(i->id) || wrong(c, path, MN_D_import_page_id, MN_ARGS(i->id));
    return (mn_incident_id_parse(i->id, &i->year, &i->number) && i->number >= 1 &&
            i->number <= HIGHEST_NUMBER) ||
           wrong(c, path, MN_D_heads_id, MN_ARGS(i->id));
}

static bool check_incident(struct checking *c, size_t k) {
    static const char *const keys[] = {"id", "events"};
    const char *path = nth(c, "incidents", k);
    const json_t *o = json_array_get(json_object_get(c->in->doc, "incidents"), k);
    struct mn__incoming_incident *i = &c->in->incidents[k];
    if (!has_keys(c, o, path, keys, MN_COUNT(keys)) || !(i->id = string_in(c, o, path, "id")))
        return false;
    const char *at = below(c, path, "id");
    if (!check_id(c, i, at))
        return false;
    if (json_object_get(c->seen, i->id))
        return wrong(c, at, MN_D_heads_twice, MN_ARGS(i->id));
    json_object_set_new(c->seen, i->id, json_true());
    return check_events(c, json_object_get(o, "events"), below(c, path, "events"), i);
}

static bool check_incidents(struct checking *c) {
    const json_t *list = json_object_get(c->in->doc, "incidents");
    c->in->n = json_array_size(list);
    if (c->in->n == 0)
        return wrong(c, "incidents", MN_D_import_no_incidents, MN_NO_ARGS);
    c->in->incidents = MN_ARENA_ARRAY(c->in->arena, struct mn__incoming_incident, c->in->n);
    c->seen = json_object();
    bool ok = true;
    for (size_t k = 0; k < c->in->n && !enough(c); k++)
        ok = check_incident(c, k) && ok;
    json_decref(c->seen);
    return ok;
}

static bool check_blob(struct checking *c, const char *hash, const json_t *value,
                       struct mn__incoming_blob *blob) {
    const char *text = json_string_value(value), *path = below(c, "blobs", hash);
    struct mn_buf bytes = MN_BUF_INIT;
    char really[MN_HASH_HEX] = "";
    bool ok = text && mn_base64_decode(&bytes, text, strlen(text));
    mn_hash_of(mn_buf_text(&bytes), bytes.size, really);
    if (!ok)
        wrong(c, path, MN_D_import_base64, MN_NO_ARGS);
    else if (strcmp(really, hash) != 0)
        ok = wrong(c, path, MN_D_import_blob, MN_ARGS(really));
    blob->hash = hash;
    blob->size = bytes.size;
    blob->bytes = bytes.size ? mn_arena_copy(c->in->arena, bytes.data, bytes.size) : "";
    mn_buf_fini(&bytes);
    return ok;
}

static bool check_blobs(struct checking *c) {
    json_t *blobs = json_object_get(c->in->doc, "blobs"), *value;
    if (!json_is_object(blobs))
        return wrong(c, "blobs", MN_D_import_object, MN_NO_ARGS);
    c->in->blobs =
        MN_ARENA_ARRAY(c->in->arena, struct mn__incoming_blob, json_object_size(blobs) + 1);
    bool ok = true;
    const char *hash;
    json_object_foreach(blobs, hash, value) {
        if (!enough(c))
            ok = check_blob(c, hash, value, &c->in->blobs[c->in->n_blobs++]) && ok;
    }
    return ok;
}

static bool check_format(struct checking *c) {
    static const char *const known[] = {MN_EXPORT_FORMAT, MN_OFFLINE_FORMAT, MN_OFFLINE_EARLIER};
    const char *format = mn_json_string(c->in->doc, "format");
    for (size_t i = 0; format && i < MN_COUNT(known); i++) {
        c->in->page = i > 0;
        if (strcmp(format, known[i]) == 0)
            return true;
    }
    for (size_t i = 0; format && i < MN_COUNT(known); i++) {
        size_t family = strlen(known[i]) - 1; /* without the number of the version */
        if (strncmp(format, known[i], family) == 0)
            return wrong(c, "format", MN_D_import_newer, MN_ARGS(format, known[i]));
    }
    return wrong(c, "format", MN_D_import_format, MN_ARGS(format ? format : ""));
}

static bool check_document(struct checking *c) {
    static const char *const keys[] = {"format", "program", "exported", "incidents", "blobs"};
    const json_t *doc = c->in->doc;
    int64_t exported;
    /* Of another format nothing else can be said. */
    if (!check_format(c) || !has_keys(c, doc, "", keys, MN_COUNT(keys) - c->in->page))
        return false;
    const char *at = string_in(c, doc, "", "exported");
    bool ok =
        at && (mn_time_parse(at, &exported) || wrong(c, "exported", MN_D_heads_date, MN_ARGS(at)));
    ok = string_in(c, doc, "", "program") && ok;
    ok = check_incidents(c) && ok;
    if (c->in->page)
        return ok;
    ok = check_blobs(c) && ok;
    return ok && mn__incoming_pins(c->in, c->d);
}

struct mn_incoming *mn_incoming_read(const struct mn_source *source, struct mn_diags *d) {
    json_t *doc = mn_json_read(source, MOST_VALUES, d);
    if (!doc)
        return NULL;
    struct mn_incoming *in = mn_new0(1, sizeof *in);
    in->source = source;
    in->arena = mn_arena_new();
    in->doc = doc;
    struct checking c = {.in = in, .d = d};
    if (check_document(&c))
        return in;
    mn_incoming_free(in);
    return NULL;
}

const char *mn__incoming_path(const struct mn_incoming *in, size_t incident, size_t event,
                              const char *part) {
    return mn_arena_printf(in->arena, "incidents/%zu/events/%zu%s%s", incident, event,
                           *part ? "/" : "", part);
}

bool mn_incoming_page(const struct mn_incoming *in) {
    return in->page;
}

size_t mn_incoming_count(const struct mn_incoming *in) {
    return in->n;
}

void mn_incoming_free(struct mn_incoming *in) {
    if (!in)
        return;
    json_decref(in->doc);
    mn_arena_free(in->arena);
    free(in);
}
