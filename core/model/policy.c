/* Which policy holds: of those in force the one that fits the case most closely. */
#include "model/model.h"

#include <string.h>

static bool lists(struct mn_ints list, int value) {
    for (int i = 0; i < list.n; i++)
        if (list.at[i] == value)
            return true;
    return false;
}

int mn_model_policy_fit(const struct mn_model *m, int policy, struct mn_policy_case c) {
    const struct mn_policy *p = &m->policies[policy];
    const struct mn_component *k = c.component >= 0 ? &m->components[c.component] : NULL;
    int fit = 0;
    if (c.date && ((p->valid_from && strcmp(c.date, p->valid_from) < 0) ||
                   (p->valid_until && strcmp(c.date, p->valid_until) > 0)))
        return -1;
    /* Services and kinds both say what it is about; nothing is of both. */
    if (p->services.n || p->kinds.n) {
        bool service = k && k->cls == MN_SERVICE && lists(p->services, k->index);
        if (!service && (!k || !lists(p->kinds, k->kind)))
            return -1;
        fit++;
    }
    if (p->severities.n) {
        if (!lists(p->severities, c.severity))
            return -1;
        fit++;
    }
    if (p->teams.n) {
        if (!lists(p->teams, c.team))
            return -1;
        fit++;
    }
    return fit;
}

int mn_model_policy(const struct mn_model *m, struct mn_policy_case c) {
    int best = -1, best_fit = -1;
    for (int p = 0; p < m->n_policies; p++) {
        int fit = mn_model_policy_fit(m, p, c);
        if (fit > best_fit) {
            best_fit = fit;
            best = p;
        }
    }
    return best;
}
