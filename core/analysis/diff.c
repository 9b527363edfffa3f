/* Comparing two models entry by entry. */
#include "analysis/diff.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct whole {
    struct mn_diff diff; /* first, so that one is found from the other */
    struct mn_arena *arena;
    struct mn_diff_entry *at;
    size_t cap;
};

/* ---- what differs within one entry ---- */

struct changes {
    struct mn_arena *arena;
    struct mn_change *at;
    size_t n, cap;
};

static void note(struct changes *c, const char *path, json_t *from, json_t *to) {
    c->at = mn_grow(c->at, &c->cap, c->n + 1, sizeof *c->at);
    c->at[c->n++] =
        (struct mn_change){mn_arena_strdup(c->arena, path), json_incref(from), json_incref(to)};
}

static const char *join(const struct changes *c, const char *path, const char *key) {
    return *path ? mn_arena_printf(c->arena, "%s.%s", path, key) : key;
}

/* What members of a list are known by: faults by their mode. */
static const char *mode_of(const json_t *item) {
    return json_is_object(item) ? mn_json_string(item, "mode") : NULL;
}

static json_t *with_mode(const json_t *list, const char *mode) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *of = mode_of(json_array_get(list, i));
        if (of && strcmp(of, mode) == 0)
            return json_array_get(list, i);
    }
    return NULL;
}

static bool has_modes(const json_t *list) {
    return json_is_array(list) && mode_of(json_array_get(list, 0));
}

static void compare(struct changes *c, const char *path, json_t *a, json_t *b);

static void compare_lists(struct changes *c, const char *path, json_t *a, json_t *b) {
    for (size_t i = 0; i < json_array_size(a); i++) {
        json_t *item = json_array_get(a, i);
        compare(c, join(c, path, mode_of(item)), item, with_mode(b, mode_of(item)));
    }
    for (size_t i = 0; i < json_array_size(b); i++) {
        json_t *item = json_array_get(b, i);
        if (!with_mode(a, mode_of(item)))
            compare(c, join(c, path, mode_of(item)), NULL, item);
    }
}

static void compare_maps(struct changes *c, const char *path, json_t *a, json_t *b) {
    const char *key;
    json_t *value;
    json_object_foreach(a, key, value)
        compare(c, join(c, path, key), value, json_object_get(b, key));
    json_object_foreach(b, key, value) if (!json_object_get(a, key))
        compare(c, join(c, path, key), NULL, value);
}

/* Texts and lists of plain values are compared whole. */
static void compare(struct changes *c, const char *path, json_t *a, json_t *b) {
    if (a && b && json_equal(a, b))
        return;
    if (json_is_object(a) && json_is_object(b) && !json_object_get(a, "vi"))
        compare_maps(c, path, a, b);
    else if (has_modes(a) && has_modes(b))
        compare_lists(c, path, a, b);
    else
        note(c, path, a, b);
}

static json_t *entry(const struct mn_model *m, enum mn_section s, int i) {
    struct mn_buf b = MN_BUF_INIT;
    mn_model_entry(m, s, i, &b);
    json_t *doc = json_loadb(mn_buf_text(&b), b.size, 0, NULL);
    mn_buf_fini(&b);
    json_object_del(doc, "groups"); /* the groups say whom they have */
    return doc;
}

/* ---- names that the loader makes of the kind's and the site's ---- */

/* The text with the first `old` in it replaced. */
static void replace(struct mn_buf *text, const char *old, const char *new) {
    char *whole = mn_buf_take(text);
    const char *hit = *old ? strstr(whole, old) : NULL;
    if (hit) {
        mn_buf_add(text, whole, (size_t)(hit - whole));
        mn_buf_puts(text, new);
        mn_buf_puts(text, hit + strlen(old));
    } else {
        mn_buf_puts(text, whole);
    }
    free(whole);
}

static const struct mn_component *component_at(const struct mn_model *m, enum mn_section s, int i) {
    return s == MN_SECTION_NODES   ? &m->components[m->nodes[i].component]
           : s == MN_SECTION_LINKS ? &m->components[m->links[i].component]
                                   : NULL;
}

static const char *in(struct mn_text t, int lang) {
    return t.vi ? mn_text_in(t, lang ? MN_EN : MN_VI) : "";
}

/* Whether a component is called otherwise only because its site or kind is. */
static bool follows(const struct mn_model *a, const struct mn_component *x,
                    const struct mn_model *b, const struct mn_component *y) {
    bool same = true;
    for (int k = 0; k < 4 && same; k++) { /* the full name and the short one, each twice */
        struct mn_buf name = MN_BUF_INIT;
        bool small = k > 1;
        mn_buf_puts(&name, in(small ? x->name.small : x->name.full, k % 2));
        if (x->kind >= 0 && y->kind >= 0) {
            struct mn_name old = a->kinds[x->kind].name, new = b->kinds[y->kind].name;
            replace(&name, in(small && old.small.vi ? old.small : old.full, k % 2),
                    in(small && new.small.vi ? new.small : new.full, k % 2));
        }
        if (x->site >= 0 && y->site >= 0)
            replace(&name, in(a->sites[x->site].name.full, k % 2),
                    in(b->sites[y->site].name.full, k % 2));
        same = strcmp(mn_buf_text(&name), in(small ? y->name.small : y->name.full, k % 2)) == 0;
        mn_buf_fini(&name);
    }
    return same;
}

/* ---- entries ---- */

static struct mn_diff_entry *add(struct whole *w, enum mn_diff_is is, enum mn_section s, int before,
                                 int after) {
    w->at = mn_grow(w->at, &w->cap, (size_t)w->diff.n + 1, sizeof *w->at);
    struct mn_diff_entry *x = &w->at[w->diff.n];
    *x = (struct mn_diff_entry){
        .is = is, .section = s, .before = before, .after = after, .like = w->diff.n};
    w->diff.n++;
    return x;
}

static void compare_entry(struct whole *w, enum mn_section s, int before, int after) {
    static const char *const moves[] = {"area", "site", "ends", "lat_e5", "lon_e5"};
    struct mn_buf a = MN_BUF_INIT, b = MN_BUF_INIT;
    mn_model_entry(w->diff.before, s, before, &a);
    mn_model_entry(w->diff.after, s, after, &b);
    bool same = a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
    mn_buf_fini(&a);
    mn_buf_fini(&b);
    if (same)
        return;
    struct changes c = {.arena = w->arena};
    json_t *from = entry(w->diff.before, s, before), *to = entry(w->diff.after, s, after);
    const struct mn_component *x = component_at(w->diff.before, s, before);
    if (x && follows(w->diff.before, x, w->diff.after, component_at(w->diff.after, s, after)))
        json_object_set(to, "name", json_object_get(from, "name"));
    compare(&c, "", from, to);
    json_decref(from);
    json_decref(to);
    if (c.n) {
        struct mn_diff_entry *e = add(w, MN_DIFF_CHANGED, s, before, after);
        e->n = (int)c.n;
        e->changes = mn_arena_copy(w->arena, c.at, c.n * sizeof *c.at);
        for (size_t i = 0; i < c.n; i++) {
            e->renamed = e->renamed || strcmp(c.at[i].property, "name") == 0 ||
                         strcmp(c.at[i].property, "title") == 0;
            for (size_t k = 0; k < MN_COUNT(moves); k++)
                e->moved = e->moved || strcmp(c.at[i].property, moves[k]) == 0;
        }
    }
    free(c.at);
}

/* Places in a section, sorted by id. */
static int by_id(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct place {
    const char *id; /* first: sorted by it */
    int at;
};

static struct place *sorted(const struct mn_model *m, enum mn_section s, int n) {
    struct place *places = mn_new0((size_t)n + 1, sizeof *places);
    for (int i = 0; i < n; i++)
        places[i] = (struct place){mn_model_entry_id(m, s, i), i};
    qsort(places, (size_t)n, sizeof *places, by_id);
    return places;
}

/* A component lies in a site that the other model has not: it comes and goes with that. */
static bool goes_with_site(const struct mn_model *m, enum mn_section s, int i,
                           const struct mn_model *other) {
    int component = s == MN_SECTION_NODES   ? m->nodes[i].component
                    : s == MN_SECTION_LINKS ? m->links[i].component
                                            : -1;
    int site = component < 0 ? -1 : m->components[component].site;
    return site >= 0 && mn_model_site(other, m->sites[site].id) < 0;
}

static int *twins(const struct mn_model *m, const struct mn_model *other, enum mn_section s) {
    int n = mn_model_count(m, s), n_other = mn_model_count(other, s);
    struct place *a = sorted(m, s, n), *b = sorted(other, s, n_other);
    int *twin = mn_new0((size_t)n + 1, sizeof *twin);
    bool one = s == MN_SECTION_NETWORK; /* the model itself, whatever its id */
    for (int i = 0, k = 0; i < n; i++) {
        while (k < n_other && strcmp(b[k].id, a[i].id) < 0)
            k++;
        bool found = k < n_other && strcmp(b[k].id, a[i].id) == 0;
        twin[a[i].at] = one ? 0 : found ? b[k].at : -1;
    }
    free(a);
    free(b);
    return twin;
}

static void compare_section(struct whole *w, enum mn_section s) {
    const struct mn_model *a = w->diff.before, *b = w->diff.after;
    int *after = twins(a, b, s), *before = twins(b, a, s);
    for (int i = 0; i < mn_model_count(a, s); i++)
        if (after[i] < 0 && !goes_with_site(a, s, i, b)) {
            struct mn_diff_entry *x = add(w, MN_DIFF_REMOVED, s, i, -1);
            x->parts = s == MN_SECTION_SITES ? a->sites[i].nodes.n + a->sites[i].links.n : 0;
        }
    for (int i = 0; i < mn_model_count(b, s); i++)
        if (before[i] >= 0)
            compare_entry(w, s, before[i], i);
    for (int i = 0; i < mn_model_count(b, s); i++)
        if (before[i] < 0 && !goes_with_site(b, s, i, a)) {
            struct mn_diff_entry *x = add(w, MN_DIFF_ADDED, s, -1, i);
            x->parts = s == MN_SECTION_SITES ? b->sites[i].nodes.n + b->sites[i].links.n : 0;
        }
    free(after);
    free(before);
}

/* ---- what is the same in many sites ---- */

/* The site that the difference is about or lies in, or NULL. */
static const char *site_of(const struct mn_diff *d, const struct mn_diff_entry *x) {
    const struct mn_model *m = x->after >= 0 ? d->after : d->before;
    int i = x->after >= 0 ? x->after : x->before;
    if (x->section == MN_SECTION_SITES)
        return x->is == MN_DIFF_CHANGED ? m->sites[i].id : NULL;
    int component = x->section == MN_SECTION_NODES   ? m->nodes[i].component
                    : x->section == MN_SECTION_LINKS ? m->links[i].component
                                                     : -1;
    int site = component < 0 ? -1 : m->components[component].site;
    return site < 0 ? NULL : m->sites[site].id;
}

/* Adds the text with the site's own id taken out. */
static void add_without(struct mn_buf *b, const char *text, const char *site) {
    size_t n = strlen(site);
    for (const char *hit; (hit = strstr(text, site)); text = hit + n) {
        mn_buf_add(b, text, (size_t)(hit - text));
        mn_buf_putc(b, '*');
    }
    mn_buf_puts(b, text);
}

/* All that is said of it but for the site: NULL when there is none. */
static const char *pattern(struct whole *w, const struct mn_diff_entry *x) {
    const char *site = site_of(&w->diff, x);
    if (!site)
        return NULL;
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_printf(&b, "%d %d ", (int)x->is, (int)x->section);
    add_without(&b, mn_diff_entry_id(&w->diff, x), site);
    for (int i = 0; i < x->n; i++) {
        const json_t *values[] = {x->changes[i].from, x->changes[i].to};
        mn_buf_printf(&b, "\n%s", x->changes[i].property);
        for (int k = 0; k < 2; k++) {
            struct mn_buf value = MN_BUF_INIT;
            if (values[k]) {
                json_t *list = json_pack("[O]", values[k]);
                mn_json_write(&value, list, 0, true);
                json_decref(list);
            }
            mn_buf_putc(&b, ' ');
            add_without(&b, mn_buf_text(&value), site);
            mn_buf_fini(&value);
        }
    }
    const char *text = mn_arena_strdup(w->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

static int by_pattern(const void *a, const void *b) {
    const struct place *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : x->at - y->at;
}

static void find_alike(struct whole *w) {
    struct place *places = mn_new0((size_t)w->diff.n + 1, sizeof *places);
    int n = 0;
    for (int i = 0; i < w->diff.n; i++) {
        const char *text = pattern(w, &w->at[i]);
        if (text)
            places[n++] = (struct place){text, i};
    }
    qsort(places, (size_t)n, sizeof *places, by_pattern);
    for (int i = 1; i < n; i++)
        if (strcmp(places[i].id, places[i - 1].id) == 0)
            w->at[places[i].at].like = w->at[places[i - 1].at].like;
    free(places);
}

/* ---- all together ---- */

struct mn_diff *mn_diff_new(const struct mn_model *before, const struct mn_model *after) {
    struct mn_arena *arena = mn_arena_new();
    struct whole *w = mn_arena_alloc(arena, sizeof *w);
    w->arena = arena;
    w->diff.before = before;
    w->diff.after = after;
    char a[MN_HASH_HEX], b[MN_HASH_HEX];
    mn_model_hash(before, a);
    mn_model_hash(after, b);
    w->diff.same = strcmp(a, b) == 0;
    if (w->diff.same)
        return &w->diff;
    for (int s = 0; s < MN_SECTIONS; s++)
        compare_section(w, (enum mn_section)s);
    find_alike(w);
    w->diff.at = w->at;
    w->diff.reordered = w->diff.n == 0;
    struct mn_weaks of_before, of_after;
    mn_weaks_find(before, &of_before);
    mn_weaks_find(after, &of_after);
    mn_exposure_find(after, &of_after, before, &of_before, arena, &w->diff.weaker);
    mn_exposure_find(before, &of_before, after, &of_after, arena, &w->diff.stronger);
    mn_weaks_fini(&of_before);
    mn_weaks_fini(&of_after);
    return &w->diff;
}

void mn_diff_free(struct mn_diff *diff) {
    if (!diff)
        return;
    struct whole *w = (struct whole *)diff;
    for (int i = 0; i < diff->n; i++)
        for (int k = 0; k < diff->at[i].n; k++) {
            json_decref(diff->at[i].changes[k].from);
            json_decref(diff->at[i].changes[k].to);
        }
    free(w->at);
    mn_arena_free(w->arena);
}

const char *mn_diff_entry_id(const struct mn_diff *diff, const struct mn_diff_entry *x) {
    return x->after >= 0 ? mn_model_entry_id(diff->after, x->section, x->after)
                         : mn_model_entry_id(diff->before, x->section, x->before);
}

struct mn_name mn_diff_entry_name(const struct mn_diff *diff, const struct mn_diff_entry *x) {
    return x->after >= 0 ? mn_model_entry_name(diff->after, x->section, x->after)
                         : mn_model_entry_name(diff->before, x->section, x->before);
}

/* ---- as JSON ---- */

static json_t *service_counts(const struct mn_model *m, const struct mn_exposed_service *at,
                              int n) {
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:s,s:i}", "service",
                                        m->components[m->services[at[i].service].component].id,
                                        "sites", at[i].sites));
    return list;
}

static json_t *exposure(const struct mn_model *m, const struct mn_exposure *e) {
    json_t *points = json_array(), *sites = json_array();
    for (int i = 0; i < e->n_points; i++)
        json_array_append_new(points,
                              json_pack("{s:s,s:i,s:i}", "component",
                                        m->components[e->points[i].component].id, "sites",
                                        e->points[i].sites, "services", e->points[i].services));
    for (int i = 0; i < e->n_sites; i++)
        json_array_append_new(sites, json_pack("{s:s,s:i}", "site", m->sites[e->sites[i].site].id,
                                               "weak_points", e->sites[i].points));
    return json_pack("{s:o,s:o,s:o,s:o}", "weak_points", points, "sites", sites, "services",
                     service_counts(m, e->services, e->n_services), "unavailable",
                     service_counts(m, e->unavailable, e->n_unavailable));
}

json_t *mn_diff_json(const struct mn_diff *diff) {
    json_t *lists[] = {json_array(), json_array(), json_array()};
    for (int i = 0; i < diff->n; i++) {
        const struct mn_diff_entry *x = &diff->at[i];
        json_t *o = json_pack("{s:s,s:s,s:o}", "section", mn_section_name(x->section), "id",
                              mn_diff_entry_id(diff, x), "name",
                              mn_json_text(mn_diff_entry_name(diff, x).full));
        if (x->is == MN_DIFF_CHANGED) {
            json_t *properties = json_array();
            for (int k = 0; k < x->n; k++) {
                const struct mn_change *c = &x->changes[k];
                json_array_append_new(properties,
                                      json_pack("{s:s,s:O?,s:O?}", "property", c->property, "from",
                                                c->from, "to", c->to));
            }
            json_object_set_new(o, "renamed", json_boolean(x->renamed));
            json_object_set_new(o, "moved", json_boolean(x->moved));
            json_object_set_new(o, "properties", properties);
        }
        json_array_append_new(lists[x->is], o);
    }
    char before[MN_HASH_HEX], after[MN_HASH_HEX];
    mn_model_hash(diff->before, before);
    mn_model_hash(diff->after, after);
    return json_pack("{s:b,s:b,s:s,s:s,s:o,s:o,s:o,s:o,s:o}", "same", diff->same, "reordered",
                     diff->reordered, "before", before, "after", after, "added",
                     lists[MN_DIFF_ADDED], "removed", lists[MN_DIFF_REMOVED], "changed",
                     lists[MN_DIFF_CHANGED], "weaker", exposure(diff->after, &diff->weaker),
                     "stronger", exposure(diff->before, &diff->stronger));
}
