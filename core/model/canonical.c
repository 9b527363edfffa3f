/* The canonical form, written straight to whoever takes it: as a JSON tree, a model of 300,000
 * components would need a gigabyte. */
#include "model/canonical.h"

#include "base/mem.h"
#include "model/canonical_values.h"
#include "model/entries.h"
#include "model/writer.h"

#include <stdlib.h>
#include <string.h>

static void contract(struct mn__writer *w, int i) {
    mn__write_string(w, "contract", i < 0 ? NULL : mn__value_model(w)->contracts[i].id);
}

/* A component's faults, unless they are just its kind's. */
static void own_faults(struct mn__writer *w, const struct mn_component *c) {
    const struct mn_fault *kinds =
        c->kind < 0 ? NULL : mn__value_model(w)->kinds[c->kind].faults.at;
    if (c->faults.n && c->faults.at != kinds)
        mn__value_faults(w, c->faults);
}

static const char *kind_id(const struct mn__writer *w, const struct mn_component *c) {
    return c->kind < 0 ? NULL : mn__value_model(w)->kinds[c->kind].id;
}

static const char *site_id(const struct mn__writer *w, const struct mn_component *c) {
    return c->site < 0 ? NULL : mn__value_model(w)->sites[c->site].id;
}

static void node(struct mn__writer *w, const struct mn_node *n) {
    const struct mn_component *c = &mn__value_model(w)->components[n->component];
    mn__write_string(w, "address", n->address);
    mn__value_party(w, "by", c->by);
    contract(w, c->contract);
    mn__value_failover(w, n->failover);
    own_faults(w, c);
    mn__value_refs(w, "groups", MN__IN_GROUPS, c->groups);
    mn__write_string(w, "id", c->id);
    mn__write_string(w, "kind", kind_id(w, c));
    mn__value_name(w, c->name);
    mn__value_text(w, "note", c->note);
    mn__value_refs(w, "powered_by", MN__IN_COMPONENTS, n->powered_by);
    mn__value_refs(w, "requires", MN__IN_COMPONENTS, n->requires);
    mn__write_string(w, "site", site_id(w, c));
}

static void link_(struct mn__writer *w, const struct mn_link *l) {
    const struct mn_component *c = &mn__value_model(w)->components[l->component];
    mn__value_party(w, "by", c->by);
    mn__write_number(w, "capacity", l->capacity, -1);
    mn__write_string(w, "circuit", l->circuit);
    contract(w, c->contract);
    mn__write_number(w, "delay_ms", l->delay_ms, -1);
    mn__write_key(w, "ends");
    mn__write_open(w, "[");
    for (int k = 0; k < 2; k++) {
        mn__write_item(w);
        mn__write_quoted(w, mn__value_id(w, MN__IN_NODES, l->end[k]));
    }
    mn__write_close(w, "]");
    own_faults(w, c);
    mn__value_refs(w, "groups", MN__IN_GROUPS, c->groups);
    mn__write_string(w, "id", c->id);
    mn__write_string(w, "kind", kind_id(w, c));
    mn__write_string(w, "line", l->line);
    mn__value_name(w, c->name);
    mn__value_text(w, "note", c->note);
    mn__write_string(w, "port_a", l->port[0]);
    mn__write_string(w, "port_b", l->port[1]);
    mn__write_string(w, "site", site_id(w, c));
}

static void hosts(struct mn__writer *w, const struct mn_service *s) {
    mn__write_key(w, "hosts");
    mn__write_open(w, "[");
    for (int i = 0; i < s->n_hosts; i++) {
        mn__write_item(w);
        mn__write_open(w, "[");
        for (int k = 0; k < s->hosts[i].n; k++) {
            mn__write_item(w);
            mn__write_open(w, "{");
            mn__value_failover(w, s->hosts[i].at[k].failover);
            mn__write_string(w, "node", mn__value_id(w, MN__IN_NODES, s->hosts[i].at[k].node));
            mn__write_close(w, "}");
        }
        mn__write_close(w, "]");
    }
    mn__write_close(w, "]");
}

static void service(struct mn__writer *w, const struct mn_service *s) {
    const struct mn_component *c = &mn__value_model(w)->components[s->component];
    mn__value_party(w, "by", c->by);
    contract(w, c->contract);
    mn__value_text(w, "description", s->description);
    mn__value_strings(w, "endpoint", s->endpoint);
    own_faults(w, c);
    mn__value_refs(w, "groups", MN__IN_GROUPS, c->groups);
    hosts(w, s);
    mn__write_string(w, "id", c->id);
    mn__write_string(w, "kind", kind_id(w, c));
    mn__write_flag(w, "main_activity", s->main_activity);
    mn__write_flag(w, "meeting", s->meeting);
    mn__value_name(w, c->name);
    mn__write_number(w, "needs", s->needs, 0);
    mn__value_text(w, "owner", s->owner);
    mn__value_refs(w, "requires", MN__IN_SERVICES, s->requires);
    mn__value_strings(w, "used_at", s->used_at);
    mn__value_refs(w, "via", MN__IN_NODES, s->via);
}

static void group(struct mn__writer *w, const struct mn_group *g) {
    const struct mn_component *c = &mn__value_model(w)->components[g->component];
    mn__value_party(w, "by", c->by);
    contract(w, c->contract);
    own_faults(w, c);
    mn__write_string(w, "id", c->id);
    mn__write_string(w, "kind", kind_id(w, c));
    mn__value_refs(w, "members", MN__IN_COMPONENTS, g->members);
    mn__value_name(w, c->name);
    mn__write_string(w, "site", site_id(w, c));
}

static void site(struct mn__writer *w, const struct mn_site *s) {
    mn__write_string(w, "area", s->area < 0 ? NULL : mn__value_model(w)->areas[s->area].id);
    contract(w, s->contract);
    mn__write_string(w, "id", s->id);
    if (s->placed) {
        mn__write_number(w, "lat_e5", s->lat_e5, INT64_MIN);
        mn__write_number(w, "lon_e5", s->lon_e5, INT64_MIN);
    }
    mn__value_name(w, s->name);
    mn__value_text(w, "note", s->note);
    mn__write_number(w, "population", s->population, -1);
    mn__value_refs(w, "powered_by", MN__IN_COMPONENTS, s->powered_by);
    mn__value_roles(w, s->roles);
    mn__write_string(w, "type", s->type);
    mn__value_refs(w, "uses", MN__IN_SERVICES, s->uses);
}

static void area(struct mn__writer *w, const struct mn_area *a) {
    mn__write_string(w, "id", a->id);
    mn__value_name(w, a->name);
    mn__value_text(w, "note", a->note);
    mn__value_roles(w, a->roles);
}

static void contract_(struct mn__writer *w, const struct mn_contract *c) {
    mn__write_string(w, "id", c->id);
    mn__value_name(w, c->name);
    mn__value_text(w, "note", c->note);
    mn__write_number(w, "response_s", c->response_s, -1);
    mn__write_number(w, "restore_s", c->restore_s, -1);
    mn__value_roles(w, c->roles);
    mn__write_string(w, "valid_from", c->valid_from);
    mn__write_string(w, "valid_until", c->valid_until);
}

static void kind(struct mn__writer *w, const struct mn_kind *k) {
    mn__value_party(w, "by", k->by);
    mn__write_string(w, "class", k->cls < 0 ? NULL : mn_class_name((enum mn_class)k->cls));
    contract(w, k->contract);
    mn__value_text(w, "description", k->description);
    if (k->faults.n)
        mn__value_faults(w, k->faults);
    mn__write_string(w, "id", k->id);
    mn__value_name(w, k->name);
    mn__write_string(w, "symbol", k->symbol);
    mn__write_flag(w, "transit", k->transit);
}

static void team(struct mn__writer *w, const struct mn_team *t) {
    mn__value_text(w, "contact", t->contact);
    mn__value_text(w, "description", t->description);
    mn__value_text(w, "hours", t->hours);
    mn__write_string(w, "id", t->id);
    mn__value_name(w, t->name);
    mn__value_strings(w, "skills", t->skills);
    mn__write_number(w, "tier", t->tier, 0);
}

static void role(struct mn__writer *w, const struct mn_role *r) {
    mn__write_string(w, "id", r->id);
    mn__value_name(w, r->name);
    mn__write_string(w, "team", r->team < 0 ? NULL : mn__value_model(w)->teams[r->team].id);
}

static void repair(struct mn__writer *w, const struct mn_repair *r) {
    mn__write_string(w, "id", r->id);
    mn__value_text(w, "interrupts", r->interrupts);
    mn__value_name(w, r->name);
    mn__write_string(w, "skill", r->skill);
    mn__value_text(w, "undo", r->undo);
}

static void symptom(struct mn__writer *w, const struct mn_symptom *s) {
    mn__value_text(w, "description", s->description);
    mn__write_string(w, "id", s->id);
    mn__value_name(w, s->name);
    mn__write_string(w, "service",
                     s->service < 0 ? NULL : mn__value_id(w, MN__IN_SERVICES, s->service));
}

static void policy(struct mn__writer *w, const struct mn_policy *p) {
    mn__write_string(w, "id", p->id);
    mn__value_refs(w, "kinds", MN__IN_KINDS, p->kinds);
    mn__write_key(w, "levels");
    mn__write_open(w, "[");
    for (int i = 0; i < p->n_levels; i++) {
        const struct mn_level *l = &p->levels[i];
        mn__write_item(w);
        mn__write_open(w, "{");
        mn__write_number(w, "acknowledge_s", l->acknowledge_s, -1);
        mn__write_number(w, "after_s", l->after_s, -1);
        mn__value_text(w, "by_phone", l->by_phone);
        mn__write_flag(w, "hierarchic", l->type == MN_HIERARCHIC);
        mn__value_text(w, "note", l->note);
        mn__value_party(w, "to", l->to);
        mn__write_close(w, "}");
    }
    mn__write_close(w, "]");
    mn__value_name(w, p->name);
    mn__write_string(w, "reference",
                     p->regulation < 0 ? NULL : mn__value_model(w)->regulations[p->regulation].id);
    mn__value_refs(w, "services", MN__IN_SERVICES, p->services);
    mn__value_refs(w, "severities", MN__IN_SEVERITIES, p->severities);
    mn__value_refs(w, "teams", MN__IN_TEAMS, p->teams);
    mn__write_string(w, "valid_from", p->valid_from);
    mn__write_string(w, "valid_until", p->valid_until);
}

static void severity(struct mn__writer *w, const struct mn_severity_level *s) {
    mn__value_text(w, "description", s->description);
    mn__write_string(w, "id", s->id);
    mn__value_name(w, s->name);
    mn__write_number(w, "report_s", s->report_s, -1);
    mn__write_number(w, "update_every_s", s->update_every_s, -1);
    if (!s->n_when)
        return;
    mn__write_key(w, "when");
    mn__write_open(w, "[");
    for (int i = 0; i < s->n_when; i++) {
        mn__write_item(w);
        mn__write_open(w, "{");
        mn__write_number(w, "cut_off", s->when[i].cut_off, -1);
        mn__write_number(w, "main_activities", s->when[i].main_activities, -1);
        mn__write_number(w, "services", s->when[i].services, -1);
        mn__write_number(w, "sites", s->when[i].sites, -1);
        mn__write_close(w, "}");
    }
    mn__write_close(w, "]");
}

static void regulation(struct mn__writer *w, const struct mn_regulation *r) {
    mn__write_flag(w, "assumption", r->assumption);
    mn__write_string(w, "id", r->id);
    mn__value_text(w, "note", r->note);
    mn__write_string(w, "reference", r->reference);
    mn__value_text(w, "title", r->title.full);
    mn__write_string(w, "valid_from", r->valid_from);
    mn__write_string(w, "valid_until", r->valid_until);
}

/* The fields of one entry. */
static void fields(struct mn__writer *w, enum mn_section section, int i) {
    const struct mn_model *m = mn__value_model(w);
    switch (section) {
    case MN_SECTION_NETWORK:
        mn__write_string(w, "date", m->date);
        mn__write_string(w, "id", m->id);
        mn__write_flag(w, "illustrative", m->illustrative);
        mn__value_name(w, m->name);
        break;
    case MN_SECTION_AREAS:
        area(w, &m->areas[i]);
        break;
    case MN_SECTION_SITES:
        site(w, &m->sites[i]);
        break;
    case MN_SECTION_NODES:
        node(w, &m->nodes[i]);
        break;
    case MN_SECTION_LINKS:
        link_(w, &m->links[i]);
        break;
    case MN_SECTION_GROUPS:
        group(w, &m->groups[i]);
        break;
    case MN_SECTION_SERVICES:
        service(w, &m->services[i]);
        break;
    case MN_SECTION_TEAMS:
        team(w, &m->teams[i]);
        break;
    case MN_SECTION_ROLES:
        role(w, &m->roles[i]);
        break;
    case MN_SECTION_CONTRACTS:
        contract_(w, &m->contracts[i]);
        break;
    case MN_SECTION_KINDS:
        kind(w, &m->kinds[i]);
        break;
    case MN_SECTION_REPAIRS:
        repair(w, &m->repairs[i]);
        break;
    case MN_SECTION_SYMPTOMS:
        symptom(w, &m->symptoms[i]);
        break;
    case MN_SECTION_POLICIES:
        policy(w, &m->policies[i]);
        break;
    case MN_SECTION_SEVERITY:
        severity(w, &m->severities[i]);
        break;
    case MN_SECTION_REGULATIONS:
        regulation(w, &m->regulations[i]);
        break;
    case MN_SECTIONS:
        break;
    }
}

static void all(struct mn__writer *w, enum mn_section section) {
    mn__write_key(w, mn_section_name(section));
    mn__write_open(w, "[");
    for (int i = 0; i < mn_model_count(mn__value_model(w), section); i++) {
        mn__write_item(w);
        mn__write_open(w, "{");
        fields(w, section, i);
        mn__write_close(w, "}");
    }
    mn__write_close(w, "]");
}

/* Keys are in the order of the alphabet: those of the network's own among the sections. */
static void whole(struct mn__writer *w, const struct mn_model *m) {
    mn__write_open(w, "{");
    all(w, MN_SECTION_AREAS);
    all(w, MN_SECTION_CONTRACTS);
    mn__write_string(w, "date", m->date);
    mn__write_string(w, "id", m->id);
    mn__write_flag(w, "illustrative", m->illustrative);
    all(w, MN_SECTION_KINDS);
    all(w, MN_SECTION_LINKS);
    mn__value_name(w, m->name);
    all(w, MN_SECTION_NODES);
    all(w, MN_SECTION_POLICIES);
    all(w, MN_SECTION_REGULATIONS);
    all(w, MN_SECTION_REPAIRS);
    all(w, MN_SECTION_ROLES);
    all(w, MN_SECTION_SERVICES);
    all(w, MN_SECTION_SEVERITY);
    all(w, MN_SECTION_GROUPS);
    all(w, MN_SECTION_SITES);
    all(w, MN_SECTION_SYMPTOMS);
    all(w, MN_SECTION_TEAMS);
    mn__write_close(w, "}");
}

static void add_bytes(void *arg, const char *bytes, size_t n) {
    mn_buf_add(arg, bytes, n);
}

void mn_model_entry(const struct mn_model *m, enum mn_section s, int i, struct mn_buf *out) {
    struct mn__writer *w = mn_new0(1, sizeof *w);
    w->subject = m;
    w->take = add_bytes;
    w->arg = out;
    mn__write_open(w, "{");
    fields(w, s, i);
    mn__write_close(w, "}");
    mn__write_end(w);
    free(w);
}

void mn__canonical(const struct mn_model *m, void (*take)(void *arg, const char *bytes, size_t n),
                   void *arg) {
    struct mn__writer *w = mn_new0(1, sizeof *w);
    w->subject = m;
    w->take = take;
    w->arg = arg;
    whole(w, m);
    mn__write_end(w);
    free(w);
}
