/* The whole model as data, for looking around in it: who is there, of which kind, and where. */
#include "runbook/runbook.h"

static json_t *named(const char *id, struct mn_text name) {
    json_t *doc = json_object();
    json_object_set_new(doc, "id", json_string(id));
    json_object_set_new(doc, "name", mn_json_text(name));
    return doc;
}

static json_t *sites(const struct mn_model *m) {
    json_t *all = json_object();
    for (int i = 0; i < m->n_sites; i++) {
        const struct mn_site *s = &m->sites[i];
        json_t *doc = named(s->id, s->name.full);
        json_object_set_new(doc, "type", mn_json_string_or_null(s->type));
        json_object_set_new(doc, "area",
                            mn_json_string_or_null(s->area < 0 ? NULL : m->areas[s->area].id));
        json_object_set_new(all, s->id, doc);
    }
    return all;
}

static json_t *components(const struct mn_model *m) {
    json_t *all = json_object();
    for (int i = 0; i < m->n_components; i++) {
        const struct mn_component *c = &m->components[i];
        json_t *doc = named(c->id, c->name.full);
        int team = mn_model_resolve(m, c->by, i);
        json_object_set_new(doc, "class", json_string(mn_class_name(c->cls)));
        json_object_set_new(doc, "kind",
                            mn_json_string_or_null(c->kind < 0 ? NULL : m->kinds[c->kind].id));
        json_object_set_new(doc, "site",
                            mn_json_string_or_null(c->site < 0 ? NULL : m->sites[c->site].id));
        json_object_set_new(doc, "team",
                            mn_json_string_or_null(team < 0 ? NULL : m->teams[team].id));
        json_object_set_new(all, c->id, doc);
    }
    return all;
}

#define NAMED(list, n)                                                                             \
    static json_t *list(const struct mn_model *m) {                                                \
        json_t *all = json_object();                                                               \
        for (int i = 0; i < m->n; i++)                                                             \
            json_object_set_new(all, m->list[i].id, named(m->list[i].id, m->list[i].name.full));   \
        return all;                                                                                \
    }
NAMED(areas, n_areas)
NAMED(kinds, n_kinds)
NAMED(teams, n_teams)
NAMED(roles, n_roles)
NAMED(symptoms, n_symptoms)

json_t *mn_model_facts(const struct mn_model *m) {
    json_t *doc = named(m->id, m->name.full);
    json_object_set_new(doc, "areas", areas(m));
    json_object_set_new(doc, "sites", sites(m));
    json_object_set_new(doc, "components", components(m));
    json_object_set_new(doc, "kinds", kinds(m));
    json_object_set_new(doc, "teams", teams(m));
    json_object_set_new(doc, "roles", roles(m));
    json_object_set_new(doc, "symptoms", symptoms(m));
    return doc;
}
