/* Sections of a model: how many entries they have, and what these are called. */
#include "model/entries.h"

const char *mn_section_name(enum mn_section s) {
    static const char *const names[MN_SECTIONS] = {
        [MN_SECTION_NETWORK] = "network",   [MN_SECTION_AREAS] = "areas",
        [MN_SECTION_SITES] = "sites",       [MN_SECTION_NODES] = "nodes",
        [MN_SECTION_LINKS] = "links",       [MN_SECTION_GROUPS] = "shared_risk",
        [MN_SECTION_SERVICES] = "services", [MN_SECTION_TEAMS] = "teams",
        [MN_SECTION_ROLES] = "roles",       [MN_SECTION_CONTRACTS] = "contracts",
        [MN_SECTION_KINDS] = "kinds",       [MN_SECTION_REPAIRS] = "repairs",
        [MN_SECTION_SYMPTOMS] = "symptoms", [MN_SECTION_POLICIES] = "policies",
        [MN_SECTION_SEVERITY] = "severity", [MN_SECTION_REGULATIONS] = "regulations"};
    return names[s];
}

int mn_model_count(const struct mn_model *m, enum mn_section s) {
    const int counts[MN_SECTIONS] = {[MN_SECTION_NETWORK] = 1,
                                     [MN_SECTION_AREAS] = m->n_areas,
                                     [MN_SECTION_SITES] = m->n_sites,
                                     [MN_SECTION_NODES] = m->n_nodes,
                                     [MN_SECTION_LINKS] = m->n_links,
                                     [MN_SECTION_GROUPS] = m->n_groups,
                                     [MN_SECTION_SERVICES] = m->n_services,
                                     [MN_SECTION_TEAMS] = m->n_teams,
                                     [MN_SECTION_ROLES] = m->n_roles,
                                     [MN_SECTION_CONTRACTS] = m->n_contracts,
                                     [MN_SECTION_KINDS] = m->n_kinds,
                                     [MN_SECTION_REPAIRS] = m->n_repairs,
                                     [MN_SECTION_SYMPTOMS] = m->n_symptoms,
                                     [MN_SECTION_POLICIES] = m->n_policies,
                                     [MN_SECTION_SEVERITY] = m->n_severities,
                                     [MN_SECTION_REGULATIONS] = m->n_regulations};
    return counts[s];
}

static const struct mn_component *component_at(const struct mn_model *m, enum mn_section s, int i) {
    int component = s == MN_SECTION_NODES      ? m->nodes[i].component
                    : s == MN_SECTION_LINKS    ? m->links[i].component
                    : s == MN_SECTION_SERVICES ? m->services[i].component
                                               : m->groups[i].component;
    return &m->components[component];
}

/* Id and name of an entry of any section: here, so that the list stands once. */
static const char *describe(const struct mn_model *m, enum mn_section s, int i,
                            struct mn_name *name) {
#define SAY(array)                                                                                 \
    do {                                                                                           \
        *name = m->array[i].name;                                                                  \
        return m->array[i].id;                                                                     \
    } while (0)
    switch (s) {
    case MN_SECTION_NETWORK:
        *name = m->name;
        return m->id;
    case MN_SECTION_AREAS:
        SAY(areas);
    case MN_SECTION_SITES:
        SAY(sites);
    case MN_SECTION_TEAMS:
        SAY(teams);
    case MN_SECTION_ROLES:
        SAY(roles);
    case MN_SECTION_CONTRACTS:
        SAY(contracts);
    case MN_SECTION_KINDS:
        SAY(kinds);
    case MN_SECTION_REPAIRS:
        SAY(repairs);
    case MN_SECTION_SYMPTOMS:
        SAY(symptoms);
    case MN_SECTION_POLICIES:
        SAY(policies);
    case MN_SECTION_SEVERITY:
        SAY(severities);
    case MN_SECTION_REGULATIONS:
        *name = m->regulations[i].title;
        return m->regulations[i].id;
    default:
        *name = component_at(m, s, i)->name;
        return component_at(m, s, i)->id;
    }
#undef SAY
}

const char *mn_model_entry_id(const struct mn_model *m, enum mn_section s, int i) {
    struct mn_name name;
    return describe(m, s, i, &name);
}

struct mn_name mn_model_entry_name(const struct mn_model *m, enum mn_section s, int i) {
    struct mn_name name;
    describe(m, s, i, &name);
    return name;
}
