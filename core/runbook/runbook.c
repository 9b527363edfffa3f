/* What a runbook says about itself: its JSON, whether it applies, and what it names of the model.
 */
#include "runbook/runbook.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

static bool has(struct mn_strings list, const char *s) {
    for (int i = 0; s && i < list.n; i++)
        if (strcmp(list.at[i], s) == 0)
            return true;
    return false;
}

struct mn_subject mn_subject_component(const struct mn_model *m, int component) {
    return (struct mn_subject){component, m->components[component].site};
}

struct mn_subject mn_subject_site(int site) {
    return (struct mn_subject){-1, site};
}

/* What is said of the site: its type and area. */
static bool site_fits(const struct mn_runbook *r, const struct mn_model *m, int site) {
    if (r->site_types.n && (site < 0 || !has(r->site_types, m->sites[site].type)))
        return false;
    if (r->areas.n &&
        (site < 0 || m->sites[site].area < 0 || !has(r->areas, m->areas[m->sites[site].area].id)))
        return false;
    return true;
}

bool mn_runbook_applies(const struct mn_runbook *r, const struct mn_model *m,
                        struct mn_subject subject) {
    const struct mn_component *c =
        subject.component >= 0 ? &m->components[subject.component] : NULL;
    if (r->kinds.n && (!c || c->kind < 0 || !has(r->kinds, m->kinds[c->kind].id)))
        return false;
    if (r->services.n && (!c || c->cls != MN_SERVICE || !has(r->services, c->id)))
        return false;
    /* A runbook for units as a whole is not one for each cable in them. */
    if (c && !r->kinds.n && !r->services.n)
        return false;
    return site_fits(r, m, subject.site);
}

bool mn_runbook_applies_within(const struct mn_runbook *r, const struct mn_model *m, int site,
                               int *component) {
    const struct mn_site *s = &m->sites[site];
    for (int c = 0; r->kinds.n && c < m->n_components; c++)
        if (m->components[c].site == site &&
            mn_runbook_applies(r, m, (struct mn_subject){c, site})) {
            *component = c;
            return true;
        }
    for (int i = 0; i < s->uses.n; i++) {
        int c = m->services[s->uses.at[i]].component;
        if (mn_runbook_applies(r, m, (struct mn_subject){c, site})) {
            *component = c;
            return true;
        }
    }
    return false;
}

/* ---- JSON ---- */

static void put_strings(json_t *doc, const char *key, struct mn_strings list) {
    if (list.n == 0)
        return;
    json_t *array = json_array();
    for (int i = 0; i < list.n; i++)
        json_array_append_new(array, json_string(list.at[i]));
    json_object_set_new(doc, key, array);
}

json_t *mn_runbook_json(const struct mn_runbook *r) {
    json_t *doc = json_object(), *applies = json_object();
    json_object_set_new(doc, "id", json_string(r->id));
    json_object_set_new(doc, "version", json_integer(r->version));
    json_object_set_new(doc, "title", mn_json_text(r->title));
    json_object_set_new(doc, "description", mn_json_text(r->description));
    put_strings(applies, "kinds", r->kinds);
    put_strings(applies, "services", r->services);
    put_strings(applies, "site_types", r->site_types);
    put_strings(applies, "areas", r->areas);
    json_object_set_new(doc, "applies_to", applies);
    put_strings(doc, "symptoms", r->symptoms);
    if (r->minutes >= 0)
        json_object_set_new(doc, "minutes", json_integer(r->minutes));
    json_object_set_new(doc, "file", json_string(r->file));
    return doc;
}

static bool get_strings(const json_t *doc, const char *key, struct mn_arena *a,
                        struct mn_strings *out) {
    const json_t *list = json_object_get(doc, key);
    size_t n = json_array_size(list);
    if ((list && !json_is_array(list)) || n > 1000)
        return false;
    const char **at = MN_ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *s = json_string_value(json_array_get(list, i));
        if (!s)
            return false;
        at[i] = mn_arena_strdup(a, s);
    }
    *out = (struct mn_strings){(int)n, at};
    return true;
}

static bool get_text(const json_t *doc, const char *key, struct mn_arena *a, struct mn_text *out) {
    const json_t *t = json_object_get(doc, key);
    const char *vi = mn_json_string(t, "vi"), *en = mn_json_string(t, "en");
    if (!vi || !en)
        return false;
    *out = (struct mn_text){mn_arena_strdup(a, vi), mn_arena_strdup(a, en)};
    return true;
}

bool mn_runbook_from_json(const json_t *doc, struct mn_arena *a, struct mn_runbook *out) {
    const char *id = mn_json_string(doc, "id"), *file = mn_json_string(doc, "file");
    const json_t *version = json_object_get(doc, "version"), *line = json_object_get(doc, "line");
    const json_t *minutes = json_object_get(doc, "minutes");
    const json_t *applies = json_object_get(doc, "applies_to");
    struct mn_runbook r = {0};
    if (!id || !file || !json_is_integer(version) || !json_is_object(applies) ||
        !get_text(doc, "title", a, &r.title) || !get_text(doc, "description", a, &r.description) ||
        !get_strings(applies, "kinds", a, &r.kinds) ||
        !get_strings(applies, "services", a, &r.services) ||
        !get_strings(applies, "site_types", a, &r.site_types) ||
        !get_strings(applies, "areas", a, &r.areas) ||
        !get_strings(doc, "symptoms", a, &r.symptoms))
        return false;
    r.id = mn_arena_strdup(a, id);
    r.file = mn_arena_strdup(a, file);
    r.version = (int)json_integer_value(version);
    r.line = json_is_integer(line) ? (int)json_integer_value(line) : 0;
    r.minutes = json_is_integer(minutes) ? (int)json_integer_value(minutes) : -1;
    *out = r;
    return true;
}

/* ---- against the model ---- */

struct names {
    const char **at;
    size_t n, cap;
};

static void add_name(struct names *names, const char *name) {
    if (!name)
        return;
    names->at = mn_grow(names->at, &names->cap, names->n + 1, sizeof(*names->at));
    names->at[names->n++] = name;
}

static bool check_list(const struct mn_runbook *r, struct mn_strings list, const char *field,
                       const struct names *known, struct mn_name_places where, struct mn_diags *d) {
    bool ok = true;
    for (int i = 0; i < list.n; i++) {
        size_t k = 0;
        while (k < known->n && strcmp(known->at[k], list.at[i]) != 0)
            k++;
        if (k < known->n)
            continue;
        ok = false;
        mn_diag(d, MN_D_runbook_reference, where.of(where.arg, list.at[i]),
                MN_ARGS(r->id, field, list.at[i]));
        int near = mn_nearest(list.at[i], known->at, known->n);
        if (near >= 0)
            mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(known->at[near]));
    }
    return ok;
}

bool mn_runbook_check(const struct mn_runbook *r, const struct mn_model *m,
                      struct mn_name_places where, struct mn_diags *d) {
    struct names kinds = {0}, services = {0}, types = {0}, areas = {0}, symptoms = {0};
    for (int i = 0; i < m->n_kinds; i++)
        add_name(&kinds, m->kinds[i].id);
    for (int i = 0; i < m->n_services; i++)
        add_name(&services, m->components[m->services[i].component].id);
    for (int i = 0; i < m->n_sites; i++)
        add_name(&types, m->sites[i].type);
    for (int i = 0; i < m->n_areas; i++)
        add_name(&areas, m->areas[i].id);
    for (int i = 0; i < m->n_symptoms; i++)
        add_name(&symptoms, m->symptoms[i].id);
    bool ok = check_list(r, r->kinds, "applies_to.kind", &kinds, where, d);
    ok &= check_list(r, r->services, "applies_to.service", &services, where, d);
    ok &= check_list(r, r->site_types, "applies_to.site_type", &types, where, d);
    ok &= check_list(r, r->areas, "applies_to.area", &areas, where, d);
    ok &= check_list(r, r->symptoms, "symptoms", &symptoms, where, d);
    free(kinds.at), free(services.at), free(types.at), free(areas.at), free(symptoms.at);
    return ok;
}
