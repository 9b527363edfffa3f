/* Computing chains again and comparing them with heads. */
#include "incident/verify.h"

#include "base/unicode.h"
#include "incident/chain.h"
#include "incident/pins.h"
#include "incident/sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far from where it stands the place is looked for at which an event was recorded. */
#define MOVED_BY 64

struct blob {
    char hash[MN_HASH_HEX];
    bool good;
};

struct mn_verifier {
    struct mn_store *store;
    struct mn_arena *arena; /* of the present verdict */
    struct mn_verdict verdict;
    struct mn__link *links;
    size_t n;
    struct blob *blobs;
    size_t n_blobs, cap_blobs;
};

const char *mn_misfit_name(enum mn_misfit_kind kind) {
    static const char *const names[] = {
        [MN_MISFIT_GONE] = "gone",         [MN_MISFIT_LISTING] = "listing",
        [MN_MISFIT_MISSING] = "missing",   [MN_MISFIT_CUT_OFF] = "cut-off",
        [MN_MISFIT_CHANGED] = "changed",   [MN_MISFIT_MOVED] = "moved",
        [MN_MISFIT_UNLINKED] = "unlinked", [MN_MISFIT_OTHER] = "other-events",
        [MN_MISFIT_NO_HASH] = "no-hash",   [MN_MISFIT_UNREADABLE] = "unreadable",
        [MN_MISFIT_PINNED] = "pinned",
    };
    return names[kind];
}

bool mn_verify_list(struct mn_store *s, char ***ids, size_t *n, struct mn_diags *d) {
    return mn__chain_ids(s, "SELECT id FROM incident UNION SELECT incident FROM event ORDER BY 1",
                         ids, n, d);
}

struct mn_verifier *mn_verifier_new(struct mn_store *s) {
    struct mn_verifier *v = mn_new0(1, sizeof *v);
    v->store = s;
    return v;
}

void mn_verifier_free(struct mn_verifier *v) {
    free(v->verdict.misfits);
    free(v->blobs);
    mn_arena_free(v->arena);
    free(v);
}

static void misfit(struct mn_verifier *v, enum mn_misfit_kind kind, int64_t event, int64_t last,
                   const char *expected, const char *found) {
    struct mn_verdict *t = &v->verdict;
    t->misfits = mn_grow(t->misfits, &t->cap, t->n_misfits + 1, sizeof *t->misfits);
    struct mn_misfit *m = &t->misfits[t->n_misfits++];
    *m = (struct mn_misfit){.kind = kind, .event = event, .last = last};
    snprintf(m->expected, sizeof m->expected, "%s", expected);
    snprintf(m->found, sizeof m->found, "%s", found);
}

/* The seq at which the event would be sound, or 0: an event keeps its hash when it is moved. */
static int64_t recorded_as(const char *incident, struct mn__link l) {
    int64_t stands = l.seq;
    for (l.seq = stands > MOVED_BY ? stands - MOVED_BY : 1; l.seq <= stands + MOVED_BY; l.seq++)
        if (mn__chain_sound(incident, &l))
            return l.seq;
    return 0;
}

static void unsound(struct mn_verifier *v, const struct mn__link *l) {
    const char *incident = v->verdict.incident;
    char really[MN_HASH_HEX];
    int64_t place = recorded_as(incident, *l);
    mn__chain_hash(incident, l, really);
    if (place && place != l->seq)
        misfit(v, MN_MISFIT_MOVED, l->seq, place, "", "");
    else
        misfit(v, MN_MISFIT_CHANGED, l->seq, l->seq, l->hash, really);
}

static void check_chain(struct mn_verifier *v) {
    int64_t due = 1;
    const char *prev = mn__chain_start;
    for (size_t i = 0; i < v->n; i++) {
        const struct mn__link *l = &v->links[i];
        if (l->seq > due)
            misfit(v, MN_MISFIT_MISSING, due, l->seq - 1, "", "");
        if (l->seq < due || !mn__chain_sound(v->verdict.incident, l))
            unsound(v, l);
        else if (l->seq == due && strcmp(l->prev, prev) != 0)
            misfit(v, MN_MISFIT_UNLINKED, l->seq, l->seq, prev, l->prev);
        prev = l->hash;
        due = l->seq < due ? due : l->seq + 1;
    }
}

/* Whether the list of incidents has it, under the year and number that its id says. */
static bool check_listing(struct mn_verifier *v, bool *listed, struct mn_diags *d) {
    sqlite3_stmt *q = mn__sql(v->store, "SELECT year, number FROM incident WHERE id = ?1", d);
    if (!q)
        return false;
    mn__sql_text(q, 1, v->verdict.incident);
    enum mn__row row = mn__sql_step(v->store, q, d);
    if (row == MN__FAILED)
        return false;
    *listed = row == MN__ROW;
    int64_t year, number;
    bool right = *listed && mn_incident_id_parse(v->verdict.incident, &year, &number) &&
                 sqlite3_column_int64(q, 0) == year && sqlite3_column_int64(q, 1) == number;
    sqlite3_reset(q);
    if (!right && (*listed || v->n))
        misfit(v, MN_MISFIT_LISTING, 0, 0, "", "");
    if (*listed && v->n == 0)
        misfit(v, MN_MISFIT_MISSING, 1, 1, "", "");
    return true;
}

static void check_hash(struct mn_verifier *v, const char *hash) {
    const char **hashes = MN_ARENA_ARRAY(v->arena, const char *, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        hashes[i] = v->links[i].hash;
        if (strcmp(hashes[i], hash) == 0) {
            v->verdict.headed = v->links[i].seq;
            return;
        }
    }
    int near = mn_nearest(hash, hashes, v->n);
    misfit(v, MN_MISFIT_NO_HASH, near < 0 ? 0 : v->links[near].seq, 0, hash,
           near < 0 ? "" : hashes[near]);
}

static void check_head(struct mn_verifier *v, const struct mn_head *head) {
    struct mn_verdict *t = &v->verdict;
    if (head->events == 0) {
        check_hash(v, head->hash);
        return;
    }
    if (t->events < head->events) {
        misfit(v, v->n ? MN_MISFIT_CUT_OFF : MN_MISFIT_GONE, t->events + 1, head->events,
               head->hash, t->hash);
        return;
    }
    t->headed = head->events;
    for (size_t i = 0; i < v->n; i++)
        if (v->links[i].seq == head->events && strcmp(v->links[i].hash, head->hash) != 0)
            misfit(v, MN_MISFIT_OTHER, head->events, head->events, head->hash, v->links[i].hash);
}

/* Whether the store still has that content as it was; false with a diagnostic when it fails. */
static bool check_blob(struct mn_verifier *v, const char *hash, bool *good, struct mn_diags *d) {
    for (size_t i = 0; i < v->n_blobs; i++) {
        *good = v->blobs[i].good;
        if (strcmp(v->blobs[i].hash, hash) == 0)
            return true;
    }
    struct mn_buf bytes = MN_BUF_INIT;
    struct mn_diags *own = mn_diags_new();
    *good = mn_store_get(v->store, hash, &bytes, own);
    mn_buf_fini(&bytes);
    enum mn_code code = *good ? MN_D_blob_missing : mn_diags_view(own, 0).code;
    bool told = code == MN_D_blob_missing || code == MN_D_blob_changed;
    if (!told)
        mn_diags_move(d, own);
    mn_diags_free(own);
    if (!told)
        return false;
    v->blobs = mn_grow(v->blobs, &v->cap_blobs, v->n_blobs + 1, sizeof *v->blobs);
    struct blob *b = &v->blobs[v->n_blobs++];
    snprintf(b->hash, sizeof b->hash, "%s", hash);
    b->good = *good;
    return true;
}

/* A pinned set: its list and every file of it. */
static bool check_set(struct mn_verifier *v, int64_t event, const char *hash, struct mn_diags *d) {
    bool good;
    if (!check_blob(v, hash, &good, d))
        return false;
    struct mn_diags *own = mn_diags_new(); /* the verdict says it */
    json_t *list = good ? mn__pin_list(v->store, hash, own) : NULL, *entry;
    mn_diags_free(own);
    if (!list)
        misfit(v, MN_MISFIT_PINNED, event, event, hash, "");
    bool ok = true;
    size_t i;
    json_array_foreach(list, i, entry) {
        const char *blob = mn_json_string(entry, "blob");
        ok = ok && check_blob(v, blob, &good, d);
        if (ok && !good)
            misfit(v, MN_MISFIT_PINNED, event, event, blob, "");
    }
    json_decref(list);
    return ok;
}

static bool check_pins(struct mn_verifier *v, struct mn_diags *d) {
    bool ok = true;
    for (size_t i = 0; ok && i < v->n; i++) {
        const struct mn__link *l = &v->links[i];
        json_t *payload = json_loads(l->payload, 0, NULL), *hash;
        if (!json_is_object(payload))
            misfit(v, MN_MISFIT_UNREADABLE, l->seq, l->seq, "", "");
        const char *set;
        json_object_foreach(json_object_get(payload, "pins"), set, hash) ok =
            ok && (!json_is_string(hash) || check_set(v, l->seq, json_string_value(hash), d));
        json_decref(payload);
    }
    return ok;
}

const struct mn_verdict *mn_verify(struct mn_verifier *v, const char *incident,
                                   const struct mn_head *head, struct mn_diags *d) {
    struct mn_verdict *t = &v->verdict;
    mn_arena_free(v->arena);
    v->arena = mn_arena_new();
    t->incident = mn_arena_strdup(v->arena, incident);
    t->events = t->headed = 0;
    t->n_misfits = 0;
    t->hash[0] = '\0';
    bool listed;
    if (!mn__chain_read(v->store, incident, MN__FROM_START, v->arena, &v->links, &v->n, d))
        return NULL;
    if (v->n) {
        t->events = v->links[v->n - 1].seq;
        snprintf(t->hash, sizeof t->hash, "%s", v->links[v->n - 1].hash);
    }
    if (!check_listing(v, &listed, d))
        return NULL;
    if (v->n == 0 && !listed && !(head && head->events)) {
        mn__chain_unknown(v->store, incident, d);
        return NULL;
    }
    check_chain(v);
    /* What is pinned is told only where the events that name it can be trusted. */
    if (t->n_misfits == 0 && !check_pins(v, d))
        return NULL;
    if (head)
        check_head(v, head);
    return t;
}
