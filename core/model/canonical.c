/* The canonical form, written straight to whoever takes it: as a JSON tree, a model of 300,000
 * components would need a gigabyte. */
#include "model/canonical.h"

#include "base/mem.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 15, DEEPEST = 12 };

struct writer {
    const struct mn_model *m;
    void (*take)(void *arg, const char *bytes, size_t n);
    void *arg;
    size_t n;
    int depth;
    bool first[DEEPEST];
    const char *key[DEEPEST]; /* the last one of each open map, to see that they are sorted */
    char piece[PIECE];
};

static void put(struct writer *w, const char *s, size_t n) {
    if (w->n + n > PIECE) {
        w->take(w->arg, w->piece, w->n);
        w->n = 0;
    }
    if (n > PIECE) {
        w->take(w->arg, s, n);
        return;
    }
    memcpy(w->piece + w->n, s, n);
    w->n += n;
}

static void put_string(struct writer *w, const char *s) {
    put(w, "\"", 1);
    for (const char *p = s;; p++) {
        if (*p && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
            continue;
        put(w, s, (size_t)(p - s));
        if (!*p)
            break;
        char escape[8];
        int n = *p == '"' || *p == '\\' ? snprintf(escape, sizeof escape, "\\%c", *p)
                                        : snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*p);
        put(w, escape, (size_t)n);
        s = p + 1;
    }
    put(w, "\"", 1);
}

static void comma(struct writer *w) {
    if (!w->first[w->depth])
        put(w, ",", 1);
    w->first[w->depth] = false;
}

static void open(struct writer *w, const char *bracket) {
    put(w, bracket, 1);
    w->depth++;
    assert(w->depth < DEEPEST);
    w->first[w->depth] = true;
    w->key[w->depth] = "";
}

static void close(struct writer *w, const char *bracket) {
    put(w, bracket, 1);
    w->depth--;
}

static void key(struct writer *w, const char *name) {
    assert(strcmp(w->key[w->depth], name) < 0);
    w->key[w->depth] = name;
    comma(w);
    put_string(w, name);
    put(w, ":", 1);
}

static void item(struct writer *w) {
    comma(w);
}

/* Fields: nothing when the value is not said. */

static void string(struct writer *w, const char *name, const char *value) {
    if (value) {
        key(w, name);
        put_string(w, value);
    }
}

static void number(struct writer *w, const char *name, int64_t value, int64_t unsaid) {
    if (value == unsaid)
        return;
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRId64, value);
    key(w, name);
    put(w, digits, (size_t)n);
}

static void flag(struct writer *w, const char *name, bool value) {
    if (value) {
        key(w, name);
        put(w, "true", 4);
    }
}

static void text_body(struct writer *w, struct mn_text t) {
    string(w, "en", t.en);
    string(w, "vi", t.vi);
}

static void text(struct writer *w, const char *name, struct mn_text t) {
    if (!t.vi)
        return;
    key(w, name);
    open(w, "{");
    text_body(w, t);
    close(w, "}");
}

static void name(struct writer *w, struct mn_name n) {
    if (!n.full.vi)
        return;
    key(w, "name");
    open(w, "{");
    string(w, "en", n.full.en);
    text(w, "short", n.small);
    string(w, "vi", n.full.vi);
    close(w, "}");
}

static void strings(struct writer *w, const char *title, struct mn_strings list) {
    if (!list.n)
        return;
    key(w, title);
    open(w, "[");
    for (int i = 0; i < list.n; i++) {
        item(w);
        put_string(w, list.at[i]);
    }
    close(w, "]");
}

/* What the numbers of a list refer to. */
enum space { COMPONENTS, NODES, SERVICES, GROUPS, KINDS, SEVERITIES, TEAMS, SYMPTOMS };

static const char *id_in(const struct mn_model *m, enum space space, int i) {
    switch (space) {
    case NODES:
        return m->components[m->nodes[i].component].id;
    case SERVICES:
        return m->components[m->services[i].component].id;
    case GROUPS:
        return m->components[m->groups[i].component].id;
    case KINDS:
        return m->kinds[i].id;
    case SEVERITIES:
        return m->severities[i].id;
    case TEAMS:
        return m->teams[i].id;
    case SYMPTOMS:
        return m->symptoms[i].id;
    default:
        return m->components[i].id;
    }
}

static void refs(struct writer *w, const char *title, enum space space, struct mn_ints list) {
    if (!list.n)
        return;
    key(w, title);
    open(w, "[");
    for (int i = 0; i < list.n; i++) {
        item(w);
        put_string(w, id_in(w->m, space, list.at[i]));
    }
    close(w, "]");
}

static void party(struct writer *w, const char *title, struct mn_party p) {
    if (p.is != MN_PARTY_NONE)
        string(w, title, p.is == MN_PARTY_TEAM ? w->m->teams[p.index].id : w->m->roles[p.index].id);
}

static void contract(struct writer *w, int i) {
    string(w, "contract", i < 0 ? NULL : w->m->contracts[i].id);
}

static void roles(struct writer *w, struct mn_role_teams list) {
    if (!list.n)
        return;
    key(w, "roles");
    open(w, "{");
    for (const char *last = "";;) { /* the next in the alphabet: there are few */
        const struct mn_role_team *next = NULL;
        const char *least = NULL;
        for (int i = 0; i < list.n; i++) {
            const char *id = w->m->roles[list.at[i].role].id;
            if (strcmp(id, last) > 0 && (!least || strcmp(id, least) < 0)) {
                least = id;
                next = &list.at[i];
            }
        }
        if (!next)
            break;
        string(w, least, w->m->teams[next->team].id);
        last = least;
    }
    close(w, "}");
}

static void failover(struct writer *w, struct mn_failover f) {
    if (f.after_s < 0)
        return;
    key(w, "failover");
    open(w, "{");
    number(w, "after_s", f.after_s, -1);
    flag(w, "manual", f.manual);
    close(w, "}");
}

static void effect(struct writer *w, const struct mn_effect *e) {
    key(w, "effect");
    open(w, "{");
    refs(w, "blocks", SERVICES, e->blocks);
    if (e->degrades) {
        number(w, "capacity_left_ppm", e->capacity_left_ppm, 1000000);
        flag(w, "degrades", true);
        number(w, "delay_ms", e->delay_ms, 0);
    }
    flag(w, "down", e->down);
    flag(w, "intermittent", e->intermittent);
    if (e->degrades)
        number(w, "loss_ppm", e->loss_ppm, 0);
    refs(w, "shows", SYMPTOMS, e->shows);
    close(w, "}");
}

static void faults(struct writer *w, struct mn_faults list) {
    key(w, "faults");
    open(w, "[");
    for (int i = 0; i < list.n; i++) {
        const struct mn_fault *f = &list.at[i];
        item(w);
        open(w, "{");
        party(w, "by", f->by);
        effect(w, &f->effect);
        string(w, "mode", f->mode);
        name(w, f->name);
        number(w, "per_year_ppm", f->per_year_ppm, 0);
        string(w, "repair", f->repair_id);
        string(w, "symptom", f->symptom < 0 ? NULL : w->m->symptoms[f->symptom].id);
        number(w, "takes_s", f->takes_s, -1);
        close(w, "}");
    }
    close(w, "]");
}

/* A component's faults, unless they are just its kind's. */
static void own_faults(struct writer *w, const struct mn_component *c) {
    const struct mn_fault *kinds = c->kind < 0 ? NULL : w->m->kinds[c->kind].faults.at;
    if (c->faults.n && c->faults.at != kinds)
        faults(w, c->faults);
}

static const char *kind_id(const struct writer *w, const struct mn_component *c) {
    return c->kind < 0 ? NULL : w->m->kinds[c->kind].id;
}

static const char *site_id(const struct writer *w, const struct mn_component *c) {
    return c->site < 0 ? NULL : w->m->sites[c->site].id;
}

static void node(struct writer *w, const struct mn_node *n) {
    const struct mn_component *c = &w->m->components[n->component];
    string(w, "address", n->address);
    party(w, "by", c->by);
    contract(w, c->contract);
    failover(w, n->failover);
    own_faults(w, c);
    refs(w, "groups", GROUPS, c->groups);
    string(w, "id", c->id);
    string(w, "kind", kind_id(w, c));
    name(w, c->name);
    text(w, "note", c->note);
    refs(w, "powered_by", COMPONENTS, n->powered_by);
    refs(w, "requires", COMPONENTS, n->requires);
    string(w, "site", site_id(w, c));
}

static void link_(struct writer *w, const struct mn_link *l) {
    const struct mn_component *c = &w->m->components[l->component];
    party(w, "by", c->by);
    number(w, "capacity", l->capacity, -1);
    string(w, "circuit", l->circuit);
    contract(w, c->contract);
    number(w, "delay_ms", l->delay_ms, -1);
    key(w, "ends");
    open(w, "[");
    for (int k = 0; k < 2; k++) {
        item(w);
        put_string(w, id_in(w->m, NODES, l->end[k]));
    }
    close(w, "]");
    own_faults(w, c);
    refs(w, "groups", GROUPS, c->groups);
    string(w, "id", c->id);
    string(w, "kind", kind_id(w, c));
    string(w, "line", l->line);
    name(w, c->name);
    text(w, "note", c->note);
    string(w, "port_a", l->port[0]);
    string(w, "port_b", l->port[1]);
    string(w, "site", site_id(w, c));
}

static void hosts(struct writer *w, const struct mn_service *s) {
    key(w, "hosts");
    open(w, "[");
    for (int i = 0; i < s->n_hosts; i++) {
        item(w);
        open(w, "[");
        for (int k = 0; k < s->hosts[i].n; k++) {
            item(w);
            open(w, "{");
            failover(w, s->hosts[i].at[k].failover);
            string(w, "node", id_in(w->m, NODES, s->hosts[i].at[k].node));
            close(w, "}");
        }
        close(w, "]");
    }
    close(w, "]");
}

static void service(struct writer *w, const struct mn_service *s) {
    const struct mn_component *c = &w->m->components[s->component];
    party(w, "by", c->by);
    contract(w, c->contract);
    text(w, "description", s->description);
    strings(w, "endpoint", s->endpoint);
    own_faults(w, c);
    refs(w, "groups", GROUPS, c->groups);
    hosts(w, s);
    string(w, "id", c->id);
    string(w, "kind", kind_id(w, c));
    flag(w, "main_activity", s->main_activity);
    name(w, c->name);
    number(w, "needs", s->needs, 0);
    text(w, "owner", s->owner);
    refs(w, "requires", SERVICES, s->requires);
    strings(w, "used_at", s->used_at);
    refs(w, "via", NODES, s->via);
}

static void group(struct writer *w, const struct mn_group *g) {
    const struct mn_component *c = &w->m->components[g->component];
    party(w, "by", c->by);
    contract(w, c->contract);
    own_faults(w, c);
    string(w, "id", c->id);
    string(w, "kind", kind_id(w, c));
    refs(w, "members", COMPONENTS, g->members);
    name(w, c->name);
    string(w, "site", site_id(w, c));
}

static void site(struct writer *w, const struct mn_site *s) {
    string(w, "area", s->area < 0 ? NULL : w->m->areas[s->area].id);
    contract(w, s->contract);
    string(w, "id", s->id);
    if (s->placed) {
        number(w, "lat_e5", s->lat_e5, INT64_MIN);
        number(w, "lon_e5", s->lon_e5, INT64_MIN);
    }
    name(w, s->name);
    text(w, "note", s->note);
    number(w, "population", s->population, -1);
    refs(w, "powered_by", COMPONENTS, s->powered_by);
    roles(w, s->roles);
    string(w, "type", s->type);
    refs(w, "uses", SERVICES, s->uses);
}

static void area(struct writer *w, const struct mn_area *a) {
    string(w, "id", a->id);
    name(w, a->name);
    text(w, "note", a->note);
    roles(w, a->roles);
}

static void contract_(struct writer *w, const struct mn_contract *c) {
    string(w, "id", c->id);
    name(w, c->name);
    text(w, "note", c->note);
    number(w, "response_s", c->response_s, -1);
    number(w, "restore_s", c->restore_s, -1);
    roles(w, c->roles);
    string(w, "valid_from", c->valid_from);
    string(w, "valid_until", c->valid_until);
}

static void kind(struct writer *w, const struct mn_kind *k) {
    party(w, "by", k->by);
    string(w, "class", k->cls < 0 ? NULL : mn_class_name((enum mn_class)k->cls));
    contract(w, k->contract);
    text(w, "description", k->description);
    if (k->faults.n)
        faults(w, k->faults);
    string(w, "id", k->id);
    name(w, k->name);
    string(w, "symbol", k->symbol);
    flag(w, "transit", k->transit);
}

static void team(struct writer *w, const struct mn_team *t) {
    text(w, "contact", t->contact);
    text(w, "description", t->description);
    text(w, "hours", t->hours);
    string(w, "id", t->id);
    name(w, t->name);
    strings(w, "skills", t->skills);
    number(w, "tier", t->tier, 0);
}

static void role(struct writer *w, const struct mn_role *r) {
    string(w, "id", r->id);
    name(w, r->name);
    string(w, "team", r->team < 0 ? NULL : w->m->teams[r->team].id);
}

static void repair(struct writer *w, const struct mn_repair *r) {
    string(w, "id", r->id);
    text(w, "interrupts", r->interrupts);
    name(w, r->name);
    string(w, "skill", r->skill);
    text(w, "undo", r->undo);
}

static void symptom(struct writer *w, const struct mn_symptom *s) {
    text(w, "description", s->description);
    string(w, "id", s->id);
    name(w, s->name);
    string(w, "service", s->service < 0 ? NULL : id_in(w->m, SERVICES, s->service));
}

static void policy(struct writer *w, const struct mn_policy *p) {
    string(w, "id", p->id);
    refs(w, "kinds", KINDS, p->kinds);
    key(w, "levels");
    open(w, "[");
    for (int i = 0; i < p->n_levels; i++) {
        const struct mn_level *l = &p->levels[i];
        item(w);
        open(w, "{");
        number(w, "acknowledge_s", l->acknowledge_s, -1);
        number(w, "after_s", l->after_s, -1);
        text(w, "by_phone", l->by_phone);
        flag(w, "hierarchic", l->type == MN_HIERARCHIC);
        text(w, "note", l->note);
        party(w, "to", l->to);
        close(w, "}");
    }
    close(w, "]");
    name(w, p->name);
    string(w, "reference", p->regulation < 0 ? NULL : w->m->regulations[p->regulation].id);
    refs(w, "services", SERVICES, p->services);
    refs(w, "severities", SEVERITIES, p->severities);
    refs(w, "teams", TEAMS, p->teams);
    string(w, "valid_from", p->valid_from);
    string(w, "valid_until", p->valid_until);
}

static void severity(struct writer *w, const struct mn_severity_level *s) {
    text(w, "description", s->description);
    string(w, "id", s->id);
    name(w, s->name);
    number(w, "report_s", s->report_s, -1);
    number(w, "update_every_s", s->update_every_s, -1);
    if (!s->n_when)
        return;
    key(w, "when");
    open(w, "[");
    for (int i = 0; i < s->n_when; i++) {
        item(w);
        open(w, "{");
        number(w, "cut_off", s->when[i].cut_off, -1);
        number(w, "main_activities", s->when[i].main_activities, -1);
        number(w, "services", s->when[i].services, -1);
        number(w, "sites", s->when[i].sites, -1);
        close(w, "}");
    }
    close(w, "]");
}

static void regulation(struct writer *w, const struct mn_regulation *r) {
    flag(w, "assumption", r->assumption);
    string(w, "id", r->id);
    text(w, "note", r->note);
    string(w, "reference", r->reference);
    text(w, "title", r->title.full);
    string(w, "valid_from", r->valid_from);
    string(w, "valid_until", r->valid_until);
}

#define ALL(title, array, count, one)                                                              \
    do {                                                                                           \
        key(w, title);                                                                             \
        open(w, "[");                                                                              \
        for (int i = 0; i < (count); i++) {                                                        \
            item(w);                                                                               \
            open(w, "{");                                                                          \
            one(w, &(array)[i]);                                                                   \
            close(w, "}");                                                                         \
        }                                                                                          \
        close(w, "]");                                                                             \
    } while (0)

static void whole(struct writer *w, const struct mn_model *m) {
    open(w, "{");
    ALL("areas", m->areas, m->n_areas, area);
    ALL("contracts", m->contracts, m->n_contracts, contract_);
    string(w, "date", m->date);
    string(w, "id", m->id);
    flag(w, "illustrative", m->illustrative);
    ALL("kinds", m->kinds, m->n_kinds, kind);
    ALL("links", m->links, m->n_links, link_);
    name(w, m->name);
    ALL("nodes", m->nodes, m->n_nodes, node);
    ALL("policies", m->policies, m->n_policies, policy);
    ALL("regulations", m->regulations, m->n_regulations, regulation);
    ALL("repairs", m->repairs, m->n_repairs, repair);
    ALL("roles", m->roles, m->n_roles, role);
    ALL("services", m->services, m->n_services, service);
    ALL("severity", m->severities, m->n_severities, severity);
    ALL("shared_risk", m->groups, m->n_groups, group);
    ALL("sites", m->sites, m->n_sites, site);
    ALL("symptoms", m->symptoms, m->n_symptoms, symptom);
    ALL("teams", m->teams, m->n_teams, team);
    close(w, "}");
}

void mn__canonical(const struct mn_model *m, void (*take)(void *arg, const char *bytes, size_t n),
                   void *arg) {
    struct writer *w = mn_new0(1, sizeof *w);
    w->m = m;
    w->take = take;
    w->arg = arg;
    w->key[0] = "";
    w->first[0] = true;
    whole(w, m);
    take(arg, w->piece, w->n);
    free(w);
}
