/* Parts of the model as JSON. */
#include "cli/describe.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static json_t *component_ids(const struct mn_model *m, struct mn_ints list) {
    json_t *ids = json_array();
    for (int i = 0; i < list.n; i++)
        json_array_append_new(ids, json_string(m->components[list.at[i]].id));
    return ids;
}

static const char *node_id(const struct mn_model *m, int node) {
    return m->components[m->nodes[node].component].id;
}

static json_t *capacity(int64_t bits) {
    char text[24];
    if (bits < 0)
        return json_null();
    mn_capacity_text(bits, text);
    return json_string(text);
}

/* What stands beside a name where it is said: its short form, and a note. */
static void add_remarks(json_t *o, const struct mn_name *name, struct mn_text note) {
    if (name->small.vi)
        json_object_set_new(o, "short", mn_json_text(name->small));
    if (note.vi)
        json_object_set_new(o, "note", mn_json_text(note));
}

json_t *mn_describe_site(const struct mn_model *m, int site) {
    const struct mn_site *s = &m->sites[site];
    json_t *o = json_object(), *lines = json_array(), *uses = json_array();
    json_object_set_new(o, "id", json_string(s->id));
    json_object_set_new(o, "name", mn_json_text(s->name.full));
    json_object_set_new(o, "type", json_string(s->type));
    json_object_set_new(o, "area", s->area < 0 ? json_null() : json_string(m->areas[s->area].id));
    if (s->placed)
        json_object_set_new(o, "at", json_pack("[f,f]", s->lat_e5 / 1e5, s->lon_e5 / 1e5));
    for (int i = 0; i < s->lines.n; i++)
        json_array_append_new(lines,
                              json_string(m->components[m->links[s->lines.at[i]].component].id));
    for (int i = 0; i < s->uses.n; i++)
        json_array_append_new(uses,
                              json_string(m->components[m->services[s->uses.at[i]].component].id));
    json_object_set_new(o, "lines", lines);
    json_object_set_new(o, "uses", uses);
    add_remarks(o, &s->name, s->note);
    return o;
}

int mn_describe_owner(const struct mn_model *m, int component) {
    const struct mn_component *c = &m->components[component];
    struct mn_party by = c->by;
    if (by.is == MN_PARTY_NONE && c->kind >= 0)
        by = m->kinds[c->kind].by;
    return by.is == MN_PARTY_NONE ? -1 : mn_model_resolve(m, by, component);
}

static void add_node(json_t *o, const struct mn_model *m, const struct mn_node *n) {
    json_t *links = json_array();
    for (int i = 0; i < n->links.n; i++)
        json_array_append_new(links,
                              json_string(m->components[m->links[n->links.at[i]].component].id));
    json_object_set_new(o, "links", links);
    json_object_set_new(o, "transit", json_boolean(n->transit));
    json_object_set_new(o, "powered_by", component_ids(m, n->powered_by));
    json_object_set_new(o, "requires", component_ids(m, n->requires));
    if (n->address)
        json_object_set_new(o, "address", json_string(n->address));
}

static void add_link(json_t *o, const struct mn_model *m, const struct mn_link *l) {
    json_object_set_new(o, "ends",
                        json_pack("[s,s]", node_id(m, l->end[0]), node_id(m, l->end[1])));
    json_object_set_new(o, "capacity", capacity(l->capacity));
    json_object_set_new(o, "circuit", mn_json_string_or_null(l->circuit));
}

static json_t *host(const struct mn_model *m, const struct mn_host *h) {
    json_t *o = json_pack("{s:s}", "node", node_id(m, h->node));
    json_object_set_new(o, "standby", json_boolean(h->failover.after_s >= 0));
    return o;
}

static json_t *words(struct mn_strings list) {
    json_t *out = json_array();
    for (int i = 0; i < list.n; i++)
        json_array_append_new(out, json_string(list.at[i]));
    return out;
}

static void add_service(json_t *o, const struct mn_model *m, const struct mn_service *s) {
    json_t *hosts = json_array(), *requires = json_array(), *via = json_array();
    for (int i = 0; i < s->n_hosts; i++) {
        json_t *any_of = json_array();
        for (int k = 0; k < s->hosts[i].n; k++)
            json_array_append_new(any_of, host(m, &s->hosts[i].at[k]));
        json_array_append_new(hosts, json_pack("{s:o}", "any_of", any_of));
    }
    for (int i = 0; i < s->requires.n; i++)
        json_array_append_new(
            requires, json_string(m->components[m->services[s->requires.at[i]].component].id));
    for (int i = 0; i < s->via.n; i++)
        json_array_append_new(via, json_string(node_id(m, s->via.at[i])));
    json_object_set_new(o, "description", mn_json_text(s->description));
    json_object_set_new(o, "owner", mn_json_text(s->owner));
    json_object_set_new(o, "hosts", hosts);
    json_object_set_new(o, "requires", requires);
    json_object_set_new(o, "via", via);
    json_object_set_new(o, "needs", s->needs > 0 ? capacity(s->needs) : json_null());
    json_object_set_new(o, "endpoint", words(s->endpoint));
    json_object_set_new(o, "used_at", words(s->used_at));
    json_object_set_new(o, "main_activity", json_boolean(s->main_activity));
    json_object_set_new(o, "meeting", json_boolean(s->meeting));
}

json_t *mn_describe_component(const struct mn_model *m, int component) {
    const struct mn_component *c = &m->components[component];
    json_t *o = json_object(), *groups = json_array();
    int team = mn_describe_owner(m, component);
    json_object_set_new(o, "id", json_string(c->id));
    json_object_set_new(o, "name", mn_json_text(c->name.full));
    json_object_set_new(o, "class", json_string(mn_class_name(c->cls)));
    json_object_set_new(o, "kind", c->kind < 0 ? json_null() : json_string(m->kinds[c->kind].id));
    json_object_set_new(o, "site", c->site < 0 ? json_null() : json_string(m->sites[c->site].id));
    json_object_set_new(o, "team", team < 0 ? json_null() : json_string(m->teams[team].id));
    for (int i = 0; i < c->groups.n; i++)
        json_array_append_new(groups,
                              json_string(m->components[m->groups[c->groups.at[i]].component].id));
    json_object_set_new(o, "shared_risk", groups);
    switch (c->cls) {
    case MN_NODE:
        add_node(o, m, &m->nodes[c->index]);
        break;
    case MN_LINK:
        add_link(o, m, &m->links[c->index]);
        break;
    case MN_SERVICE:
        add_service(o, m, &m->services[c->index]);
        break;
    case MN_GROUP:
        json_object_set_new(o, "members", component_ids(m, m->groups[c->index].members));
        break;
    case MN_CLASSES:
        break;
    }
    add_remarks(o, &c->name, c->note);
    return o;
}

json_t *mn_describe_team(const struct mn_model *m, int team) {
    const struct mn_team *t = &m->teams[team];
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(t->id));
    json_object_set_new(o, "name", mn_json_text(t->name.full));
    json_object_set_new(o, "tier", t->tier ? json_integer(t->tier) : json_null());
    json_object_set_new(o, "description", mn_json_text(t->description));
    json_object_set_new(o, "contact", mn_json_text(t->contact));
    json_object_set_new(o, "hours", mn_json_text(t->hours));
    json_object_set_new(o, "skills", words(t->skills));
    add_remarks(o, &t->name, (struct mn_text){NULL, NULL});
    return o;
}

json_t *mn_describe_faults(const struct mn_model *m, int component) {
    const struct mn_component *c = &m->components[component];
    json_t *list = json_array();
    for (int i = 0; i < c->faults.n; i++) {
        const struct mn_fault *f = &c->faults.at[i];
        int team = mn_model_resolve(m, f->by, component);
        char takes[24];
        json_t *o = json_object();
        json_object_set_new(o, "id", json_sprintf("%s!%s", c->id, f->mode));
        json_object_set_new(o, "name", mn_json_text(f->name.full));
        json_object_set_new(o, "repair", json_string(f->repair_id));
        json_object_set_new(o, "team", team < 0 ? json_null() : json_string(m->teams[team].id));
        if (f->takes_s >= 0)
            mn_duration_text(f->takes_s, takes);
        json_object_set_new(o, "takes", f->takes_s >= 0 ? json_string(takes) : json_null());
        json_object_set_new(o, "per_year", json_real((double)f->per_year_ppm / 1e6));
        json_array_append_new(list, o);
    }
    return list;
}

const char *mn_describe_type(const char *type, enum mn_lang lang) {
    static const struct {
        const char *type;
        enum mn_message words;
    } types[] = {{"ward", MN_M_type_ward},
                 {"commune", MN_M_type_commune},
                 {"special-zone", MN_M_type_special_zone},
                 {"data-centre", MN_M_type_data_centre},
                 {"pop", MN_M_type_pop},
                 {"office", MN_M_type_office}};
    for (size_t i = 0; i < MN_COUNT(types); i++)
        if (strcmp(types[i].type, type) == 0)
            return mn_msg(types[i].words, lang);
    return type;
}
