/* How what was observed lies to what is broken. */
#include "incident/near.h"

#include "analysis/path.h"

#include <string.h>

const char *mn_near_name(enum mn_near near) {
    static const char *const names[] = {"not", "same", "site", "way"};
    return names[near];
}

static bool among(struct mn_ints list, int component) {
    for (int i = 0; i < list.n; i++)
        if (list.at[i] == component)
            return true;
    return false;
}

/* Does the component rest on the other: is it that, of its group, powered by it or in need of it?
 */
static bool rests_on(const struct mn_model *m, int component, int other) {
    const struct mn_component *c = &m->components[component];
    bool rests = component == other;
    for (int g = 0; g < c->groups.n; g++)
        rests = rests || m->groups[c->groups.at[g]].component == other;
    if (c->cls == MN_NODE)
        rests = rests || among(m->nodes[c->index].powered_by, other) ||
                among(m->nodes[c->index].requires, other);
    return rests;
}

/* Does the route pass what rests on the component, or the site? */
static bool passes(const struct mn_model *m, const struct mn_route *r, int component, int site) {
    for (int i = 0; i < r->n; i++)
        if (site >= 0 ? m->components[r->components[i]].site == site
                      : rests_on(m, r->components[i], component))
            return true;
    return false;
}

static bool on_way(const struct mn_model *m, int from, int service, int component, int site) {
    struct mn_diags *quiet = mn_diags_new();
    struct mn_found here = {MN_SCOPE_SITE, from};
    struct mn_found there = {MN_SCOPE_COMPONENT, m->services[service].component};
    struct mn_paths *p = mn_paths_new(m, NULL, 0, here, there, quiet);
    bool found = false;
    for (int i = 0; p && i < p->n && !found; i++)
        found = passes(m, &p->at[i].in_use, component, site) ||
                passes(m, &p->at[i].alternative, component, site);
    mn_paths_free(p);
    mn_diags_free(quiet);
    return found;
}

/* On the way to the service, or to one that it needs. */
static bool reaches(const struct mn_model *m, int from, int service, int component, int site) {
    const struct mn_ints requires = m->services[service].requires;
    bool found = on_way(m, from, service, component, site);
    for (int i = 0; i < requires.n && !found; i++)
        found = reaches(m, from, requires.at[i], component, site);
    return found;
}

/* The service, or one that it needs: requirements have no cycles. */
static bool needs(const struct mn_model *m, int service, int observed) {
    const struct mn_ints requires = m->services[service].requires;
    bool found = service == observed;
    for (int i = 0; i < requires.n && !found; i++)
        found = needs(m, requires.at[i], observed);
    return found;
}

enum mn_near mn_near(const struct mn_model *m, struct mn_subject subject, const char *observed) {
    int component = mn_model_component(m, observed);
    int site = component < 0 ? mn_model_site(m, observed) : -1;
    if (component < 0 && site < 0)
        return MN_NEAR_NOT;
    if (component >= 0 && component == subject.component)
        return MN_NEAR_SAME;
    if (subject.site < 0)
        return MN_NEAR_NOT;
    if ((site >= 0 ? site : m->components[component].site) == subject.site)
        return site >= 0 && subject.component < 0 ? MN_NEAR_SAME : MN_NEAR_SITE;
    int service = component >= 0 && m->components[component].cls == MN_SERVICE
                      ? m->components[component].index
                      : -1;
    const struct mn_ints uses = m->sites[subject.site].uses;
    for (int i = 0; i < uses.n; i++)
        if (service >= 0 ? needs(m, uses.at[i], service)
                         : reaches(m, subject.site, uses.at[i], component, site))
            return MN_NEAR_WAY;
    return MN_NEAR_NOT;
}
