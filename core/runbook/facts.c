/* The facts of an incident: what a runbook may know of the model, as data in a fixed order. */
#include "runbook/runbook.h"

/* Nothing is said by leaving a key out: a runbook that misspells a key is told so, and a key
 * without a value is null. */

static json_t *id_or_null(const struct mn_model *m, int component) {
    return component < 0 ? json_null() : json_string(m->components[component].id);
}

static json_t *team_or_null(const struct mn_model *m, int team) {
    return team < 0 ? json_null() : json_string(m->teams[team].id);
}

static json_t *ids(const struct mn_model *m, struct mn_ints components) {
    json_t *list = json_array();
    for (int i = 0; i < components.n; i++)
        json_array_append_new(list, id_or_null(m, components.at[i]));
    return list;
}

static json_t *link_facts(const struct mn_model *m, const struct mn_link *l) {
    const struct mn_component *c = &m->components[l->component];
    char capacity[24];
    mn_capacity_text(l->capacity, capacity);
    json_t *doc = json_object(), *ends = json_array();
    for (int i = 0; i < 2; i++)
        json_array_append_new(ends, id_or_null(m, m->nodes[l->end[i]].component));
    json_object_set_new(doc, "id", json_string(c->id));
    json_object_set_new(doc, "name", mn_json_text(c->name.full));
    json_object_set_new(doc, "kind", json_string(m->kinds[c->kind].id));
    json_object_set_new(doc, "ends", ends);
    json_object_set_new(doc, "circuit", mn_json_string_or_null(l->circuit));
    json_object_set_new(doc, "capacity", l->capacity < 0 ? json_null() : json_string(capacity));
    json_object_set_new(doc, "team", team_or_null(m, mn_model_resolve(m, c->by, l->component)));
    return doc;
}

static json_t *area_facts(const struct mn_model *m, int area) {
    if (area < 0)
        return json_null();
    json_t *doc = json_object();
    json_object_set_new(doc, "id", json_string(m->areas[area].id));
    json_object_set_new(doc, "name", mn_json_text(m->areas[area].name.full));
    return doc;
}

static json_t *site_facts(const struct mn_model *m, int site) {
    if (site < 0)
        return json_null();
    const struct mn_site *s = &m->sites[site];
    json_t *doc = json_object(), *nodes = json_object(), *lines = json_object(),
           *uses = json_array();
    for (int i = 0; i < s->nodes.n; i++) {
        const struct mn_node *n = &m->nodes[s->nodes.at[i]];
        if (n->local)
            json_object_set_new(nodes, n->local, id_or_null(m, n->component));
    }
    for (int i = 0; i < s->lines.n; i++) {
        const struct mn_link *l = &m->links[s->lines.at[i]];
        json_object_set_new(lines, l->line, link_facts(m, l));
    }
    for (int i = 0; i < s->uses.n; i++)
        json_array_append_new(uses, id_or_null(m, m->services[s->uses.at[i]].component));
    json_object_set_new(doc, "id", json_string(s->id));
    json_object_set_new(doc, "name", mn_json_text(s->name.full));
    json_object_set_new(doc, "type", json_string(s->type));
    json_object_set_new(doc, "area", area_facts(m, s->area));
    json_object_set_new(doc, "lines", lines);
    json_object_set_new(doc, "nodes", nodes);
    json_object_set_new(doc, "uses", uses);
    json_object_set_new(doc, "note", mn_json_text(s->note));
    return doc;
}

static json_t *fault_facts(const struct mn_model *m, int component) {
    const struct mn_component *c = &m->components[component];
    json_t *list = json_array();
    for (int i = 0; i < c->faults.n; i++) {
        const struct mn_fault *f = &c->faults.at[i];
        json_t *doc = json_object();
        json_object_set_new(doc, "mode", json_string(f->mode));
        json_object_set_new(doc, "name", mn_json_text(f->name.full));
        json_object_set_new(doc, "repair", mn_json_string_or_null(f->repair_id));
        json_object_set_new(doc, "team", team_or_null(m, mn_model_resolve(m, f->by, component)));
        json_array_append_new(list, doc);
    }
    return list;
}

static json_t *endpoint_facts(const struct mn_model *m, struct mn_subject subject) {
    const struct mn_component *c =
        subject.component >= 0 ? &m->components[subject.component] : NULL;
    json_t *list = json_array();
    if (!c || c->cls != MN_SERVICE || subject.site < 0)
        return list;
    int nodes[16];
    int n = mn_model_endpoints(m, subject.site, c->index, nodes, MN_COUNT(nodes));
    for (int i = 0; i < n && i < (int)MN_COUNT(nodes); i++)
        json_array_append_new(list, id_or_null(m, m->nodes[nodes[i]].component));
    return list;
}

static json_t *subject_facts(const struct mn_model *m, struct mn_subject subject, json_t *site) {
    const struct mn_component *c =
        subject.component >= 0 ? &m->components[subject.component] : NULL;
    const struct mn_site *s = subject.site >= 0 ? &m->sites[subject.site] : NULL;
    const struct mn_link *l = c && c->cls == MN_LINK ? &m->links[c->index] : NULL;
    const struct mn_node *n = c && c->cls == MN_NODE ? &m->nodes[c->index] : NULL;
    const struct mn_kind *k = c && c->kind >= 0 ? &m->kinds[c->kind] : NULL;
    json_t *doc = json_object(), *ends = json_array();
    for (int i = 0; l && i < 2; i++)
        json_array_append_new(ends, id_or_null(m, m->nodes[l->end[i]].component));
    struct mn_text name = c ? c->name.full : s ? s->name.full : m->name.full;
    json_object_set_new(doc, "id", json_string(c ? c->id : s ? s->id : m->id));
    json_object_set_new(doc, "class", json_string(c ? mn_class_name(c->cls) : "site"));
    json_object_set_new(doc, "kind", k ? json_string(k->id) : json_null());
    json_object_set_new(doc, "kind_name", k ? mn_json_text(k->name.full) : json_null());
    json_object_set_new(doc, "name", mn_json_text(name));
    json_object_set_new(doc, "site", site);
    json_object_set_new(doc, "line", mn_json_string_or_null(l ? l->line : NULL));
    json_object_set_new(doc, "circuit", mn_json_string_or_null(l ? l->circuit : NULL));
    json_object_set_new(doc, "ends", ends);
    json_object_set_new(doc, "address", mn_json_string_or_null(n ? n->address : NULL));
    json_object_set_new(doc, "powered_by", n ? ids(m, n->powered_by) : json_array());
    json_object_set_new(doc, "endpoints", endpoint_facts(m, subject));
    json_object_set_new(doc, "team",
                        team_or_null(m, c ? mn_model_resolve(m, c->by, subject.component) : -1));
    json_object_set_new(doc, "faults", c ? fault_facts(m, subject.component) : json_array());
    json_object_set_new(doc, "note", mn_json_text(c ? c->note : (struct mn_text){NULL, NULL}));
    return doc;
}

/* A component by which a role is resolved: the subject, else anything in its site. */
static int near_component(const struct mn_model *m, struct mn_subject subject) {
    if (subject.component >= 0 && (m->components[subject.component].site >= 0 || subject.site < 0))
        return subject.component;
    if (subject.site >= 0 && m->sites[subject.site].nodes.n > 0)
        return m->nodes[m->sites[subject.site].nodes.at[0]].component;
    return subject.component;
}

/* What a role means here: where it is decides first, then the subject's own contract, then the
 * site's lines, the primary before the backup: whoever mends a unit's router may have to call the
 * carrier of its line. */
static int role_team(const struct mn_model *m, struct mn_subject subject, int role) {
    struct mn_party party = {MN_PARTY_ROLE, role};
    int team = mn_model_resolve(m, party, near_component(m, subject));
    if (team == m->roles[role].team) /* neither site nor area says */
        team = mn_model_resolve(m, party, subject.component);
    const struct mn_ints lines =
        subject.site >= 0 ? m->sites[subject.site].lines : (struct mn_ints){0, NULL};
    for (int i = 0; team < 0 && i < lines.n; i++)
        team = mn_model_resolve(m, party, m->links[lines.at[i]].component);
    return team;
}

static json_t *team_facts(const struct mn_model *m, int team) {
    const struct mn_team *t = &m->teams[team];
    json_t *doc = json_object();
    json_object_set_new(doc, "name", mn_json_text(t->name.full));
    json_object_set_new(doc, "contact", mn_json_text(t->contact));
    json_object_set_new(doc, "hours", mn_json_text(t->hours));
    json_object_set_new(doc, "tier", t->tier ? json_integer(t->tier) : json_null());
    return doc;
}

json_t *mn_incident_facts(const struct mn_model *m, struct mn_subject subject, const char *symptom,
                          const char *severity, const char *reporter) {
    json_t *doc = json_object(), *roles = json_object(), *teams = json_object();
    for (int i = 0; i < m->n_roles; i++)
        json_object_set_new(roles, m->roles[i].id, team_or_null(m, role_team(m, subject, i)));
    for (int i = 0; i < m->n_teams; i++)
        json_object_set_new(teams, m->teams[i].id, team_facts(m, i));
    json_t *site = site_facts(m, subject.site);
    json_object_set_new(doc, "subject", subject_facts(m, subject, json_incref(site)));
    json_object_set_new(doc, "site", site);
    json_object_set_new(doc, "symptom", mn_json_string_or_null(symptom));
    json_object_set_new(doc, "severity", mn_json_string_or_null(severity));
    json_object_set_new(doc, "reporter", mn_json_string_or_null(reporter));
    json_object_set_new(doc, "roles", roles);
    json_object_set_new(doc, "teams", teams);
    json_object_set_new(doc, "known", json_array()); /* whoever has observations puts them here */
    return doc;
}
