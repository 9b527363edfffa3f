/* What is right as a model and of no use: definitions that nothing refers to, groups of nothing,
 * lines of a unit that fail together, choices of one. */
#include "base/mem.h"
#include "model/model.h"

#include <stdlib.h>

/* Which teams, contracts, repairs and components something refers to. */
struct used {
    bool *team, *contract, *repair, *component;
};

static void use(bool *used, int i) {
    if (i >= 0)
        used[i] = true;
}

static void use_party(struct used *u, struct mn_party p) {
    if (p.is == MN_PARTY_TEAM)
        use(u->team, p.index);
}

static void use_roles(struct used *u, struct mn_role_teams roles) {
    for (int i = 0; i < roles.n; i++)
        use(u->team, roles.at[i].team);
}

static void use_faults(struct used *u, struct mn_faults faults) {
    for (int i = 0; i < faults.n; i++) {
        use_party(u, faults.at[i].by);
        use(u->repair, faults.at[i].repair);
    }
}

static void use_all(bool *used, struct mn_ints list) {
    for (int i = 0; i < list.n; i++)
        use(used, list.at[i]);
}

static void find_used(const struct mn_model *m, struct used *u) {
    for (int i = 0; i < m->n_roles; i++)
        use(u->team, m->roles[i].team);
    for (int i = 0; i < m->n_areas; i++)
        use_roles(u, m->areas[i].roles);
    for (int i = 0; i < m->n_contracts; i++)
        use_roles(u, m->contracts[i].roles);
    for (int i = 0; i < m->n_sites; i++) {
        use_roles(u, m->sites[i].roles);
        use(u->contract, m->sites[i].contract);
        use_all(u->component, m->sites[i].powered_by);
    }
    for (int i = 0; i < m->n_kinds; i++) {
        use_party(u, m->kinds[i].by);
        use(u->contract, m->kinds[i].contract);
        use_faults(u, m->kinds[i].faults);
    }
    for (int i = 0; i < m->n_components; i++) {
        use_party(u, m->components[i].by);
        use(u->contract, m->components[i].contract);
        use_faults(u, m->components[i].faults);
    }
    for (int i = 0; i < m->n_nodes; i++) {
        use_all(u->component, m->nodes[i].powered_by);
        use_all(u->component, m->nodes[i].requires);
    }
    for (int i = 0; i < m->n_policies; i++) {
        use_all(u->team, m->policies[i].teams);
        for (int k = 0; k < m->policies[i].n_levels; k++)
            use_party(u, m->policies[i].levels[k].to);
    }
}

static void advise_teams(const struct mn_model *m, const struct used *u, const bool *named,
                         struct mn_diags *d) {
    for (int i = 0; i < m->n_teams; i++) {
        if (u->team[i] || (named && named[i]))
            continue;
        mn_diag(d, MN_D_unused, m->teams[i].loc, MN_ARGS(m->teams[i].id));
        if (!named)
            mn_diag_note(d, MN_D_unused_runbooks, MN_NOWHERE, MN_NO_ARGS);
    }
}

static void advise_unused(const struct mn_model *m, const struct used *u, struct mn_diags *d) {
    for (int i = 0; i < m->n_contracts; i++)
        if (!u->contract[i])
            mn_diag(d, MN_D_unused, m->contracts[i].loc, MN_ARGS(m->contracts[i].id));
    for (int i = 0; i < m->n_repairs; i++)
        if (!u->repair[i])
            mn_diag(d, MN_D_unused, m->repairs[i].loc, MN_ARGS(m->repairs[i].id));
    for (int i = 0; i < m->n_groups; i++) {
        const struct mn_component *c = &m->components[m->groups[i].component];
        if (m->groups[i].members.n == 0 && !u->component[m->groups[i].component])
            mn_diag(d, MN_D_empty_group, c->loc, MN_ARGS(c->id));
    }
}

/* The node at the far end of a site's line. */
static int far_end(const struct mn_model *m, const struct mn_link *l) {
    int site = m->components[l->component].site;
    int near = m->components[m->nodes[l->end[0]].component].site == site ? 0 : 1;
    return l->end[1 - near];
}

static void advise_lines(const struct mn_model *m, struct mn_diags *d) {
    for (int i = 0; i < m->n_sites; i++) {
        const struct mn_site *s = &m->sites[i];
        int first = s->lines.n > 1 ? far_end(m, &m->links[s->lines.at[0]]) : -1;
        bool together = first >= 0;
        for (int k = 1; k < s->lines.n; k++)
            together = together && far_end(m, &m->links[s->lines.at[k]]) == first;
        if (together)
            mn_diag(d, MN_D_lines_together, s->loc,
                    MN_ARGS(s->id, m->components[m->nodes[first].component].id));
    }
}

static void advise_choices(const struct mn_model *m, struct mn_diags *d) {
    for (int i = 0; i < m->n_services; i++)
        for (int k = 0; k < m->services[i].n_lone; k++)
            mn_diag(d, MN_D_lone_choice, m->services[i].lone[k], MN_NO_ARGS);
}

void mn_model_advise(const struct mn_model *m, const bool *named, struct mn_diags *d) {
    struct used u = {mn_new0((size_t)m->n_teams + 1, sizeof(bool)),
                     mn_new0((size_t)m->n_contracts + 1, sizeof(bool)),
                     mn_new0((size_t)m->n_repairs + 1, sizeof(bool)),
                     mn_new0((size_t)m->n_components + 1, sizeof(bool))};
    find_used(m, &u);
    advise_teams(m, &u, named, d);
    advise_unused(m, &u, d);
    advise_lines(m, d);
    advise_choices(m, d);
    free(u.team);
    free(u.contract);
    free(u.repair);
    free(u.component);
}
