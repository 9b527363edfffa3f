/* What a model with mistakes is taken for, so that checks beyond this room need not wait until they
 * are mended: every doubt is decided so that it can cause no complaint. */
#include "model/load.h"

#include <stdlib.h>

void mn__doubt_site(struct mn__load *l, int site) {
    if (site < 0) {
        l->doubtful = true;
        return;
    }
    if (!l->site_doubtful)
        l->site_doubtful = mn_new0(l->defs[MN__S_SITES].n, 1);
    l->site_doubtful[site] = true;
}

/* A link that leads nowhere becomes one that goes nowhere. */
static void tie_loose_ends(struct mn__load *l, struct mn_link *links) {
    const struct mn_model *m = &l->model->pub;
    for (int i = 0; i < m->n_links; i++) {
        int *end = links[i].end;
        if (end[0] >= 0 && end[1] >= 0)
            continue;
        end[0] = end[1] = end[0] >= 0 ? end[0] : end[1] >= 0 ? end[1] : 0;
    }
}

/* Where it is not known what a node is or where it stands, it stands in nobody's way. */
static void open_ways(struct mn__load *l, struct mn_component *components, struct mn_node *nodes) {
    const struct mn_model *m = &l->model->pub;
    for (int i = 0; i < m->n_components; i++) {
        struct mn_component *c = &components[i];
        bool lost = c->cls == MN_NODE && c->site < 0 &&
                    mn__get(l->drafts[MN_NODE].at[c->index].item, MN__K_site);
        if (c->kind < 0 && (c->cls == MN_NODE || c->cls == MN_LINK)) {
            c->kind = 0;
            lost = true;
        }
        if (lost && c->cls == MN_NODE)
            nodes[c->index].transit = true;
    }
}

bool mn__assume(struct mn__load *l) {
    struct mn_model *m = &l->model->pub;
    if (l->doubtful || l->any_broken || m->n_nodes == 0 || m->n_kinds == 0)
        return false;
    tie_loose_ends(l, (struct mn_link *)m->links);
    open_ways(l, (struct mn_component *)m->components, (struct mn_node *)m->nodes);
    for (int i = 0; i < m->n_sites; i++) {
        if (l->site_doubtful && l->site_doubtful[i])
            ((struct mn_site *)m->sites)[i].uses.n = 0;
    }
    return true;
}
