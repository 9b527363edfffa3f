/* A loaded model: exact look-ups, who is responsible where, and the end of it. */
#include "model/model.h"

#include "model/load.h"

#include <stdlib.h>
#include <string.h>

static const struct mn__model *whole(const struct mn_model *m) {
    return (const struct mn__model *)m;
}

void mn_model_free(struct mn_model *m) {
    if (!m)
        return;
    struct mn__model *model = (struct mn__model *)m;
    struct mn__ids *tables[] = {&model->sites, &model->areas, &model->teams, &model->roles,
                                &model->kinds};
    for (size_t i = 0; i < MN_COUNT(tables); i++)
        mn__ids_fini(tables[i]);
    mn__index_fini(&model->components);
    mn__atoms_free(model->atoms);
    mn_arena_free(model->arena); /* the model itself is in it */
}

bool mn_ints_same(const struct mn_ints *a, const struct mn_ints *b) {
    return a->n == b->n && (a->n == 0 || memcmp(a->at, b->at, sizeof(int) * (size_t)a->n) == 0);
}

static int find(const struct mn_model *m, const struct mn__ids *ids, const char *id) {
    return mn__ids_get(ids, mn__atom_find(whole(m)->atoms, id, strlen(id)));
}

int mn_model_component(const struct mn_model *m, const char *id) {
    return mn__index_get(&whole(m)->components, mn__atom_find(whole(m)->atoms, id, strlen(id)));
}

int mn_model_site(const struct mn_model *m, const char *id) {
    return find(m, &whole(m)->sites, id);
}

int mn_model_area(const struct mn_model *m, const char *id) {
    return find(m, &whole(m)->areas, id);
}

int mn_model_team(const struct mn_model *m, const char *id) {
    return find(m, &whole(m)->teams, id);
}

int mn_model_role(const struct mn_model *m, const char *id) {
    return find(m, &whole(m)->roles, id);
}

static int team_of(struct mn_role_teams roles, int role) {
    for (int i = 0; i < roles.n; i++) {
        if (roles.at[i].role == role)
            return roles.at[i].team;
    }
    return -1;
}

bool mn__has_role(struct mn_role_teams roles, int role) {
    return team_of(roles, role) >= 0;
}

int mn_model_resolve(const struct mn_model *m, struct mn_party p, int component) {
    if (p.is != MN_PARTY_ROLE)
        return p.is == MN_PARTY_TEAM ? p.index : -1;
    int team = -1;
    if (component >= 0) {
        const struct mn_component *c = &m->components[component];
        const struct mn_site *site = c->site >= 0 ? &m->sites[c->site] : NULL;
        if (site)
            team = team_of(site->roles, p.index);
        if (team < 0 && site && site->area >= 0)
            team = team_of(m->areas[site->area].roles, p.index);
        if (team < 0 && c->contract >= 0)
            team = team_of(m->contracts[c->contract].roles, p.index);
    }
    return team >= 0 ? team : m->roles[p.index].team;
}

int mn_model_endpoints(const struct mn_model *m, int site, int service, int *nodes, int max) {
    const struct mn_site *at = &m->sites[site];
    const struct mn_service *s = &m->services[service];
    int n = 0;
    for (int i = 0; i < s->endpoint.n; i++) {
        const char *name = s->endpoint.at[i];
        for (int k = 0; k < at->nodes.n; k++) {
            const char *local = m->nodes[at->nodes.at[k]].local;
            if (!local || *local != *name || strcmp(local, name) != 0)
                continue;
            if (n < max)
                nodes[n] = at->nodes.at[k];
            n++;
        }
    }
    return n;
}

const char *mn_class_name(enum mn_class cls) {
    static const char *const names[] = {"node", "link", "service", "shared-risk"};
    return names[cls];
}
