/* What only the whole model can say: requirements that run in a circle, roles that become no team,
 * services used where there is nothing to use them from. */
#include "base/unicode.h"
#include "model/refs.h"

#include <stdlib.h>
#include <string.h>

/* Requirements as a graph: services on services, nodes on what feeds them and what they require. */

struct edge {
    int to;
    const struct mn__item *said;
};

/* The k-th requirement of a component, or -1 past the last. */
static int required(const struct mn_model *m, int component, int k) {
    const struct mn_component *c = &m->components[component];
    struct mn_ints first = {0, NULL}, second = {0, NULL};
    int base = 0;
    if (c->cls == MN_NODE) {
        first = m->nodes[c->index].powered_by;
        second = m->nodes[c->index].requires;
    } else if (c->cls == MN_SERVICE) {
        first = m->services[c->index].requires;
        base = m->n_nodes + m->n_links;
    }
    if (k < first.n)
        return first.at[k] + base;
    return k - first.n < second.n ? second.at[k - first.n] : -1;
}

/* Where the definition of `from` says that it requires `to`. */
static const struct mn__item *where_said(struct mn__load *l, int from, int to) {
    static const enum mn__key keys[] = {MN__K_powered_by, MN__K_requires};
    const struct mn_component *c = &l->model->pub.components[from];
    const struct mn__draft *d = &l->drafts[c->cls].at[c->index];
    int scope = d->origin == MN_FROM_FILE ? -1 : d->site;
    for (size_t i = 0; i < MN_COUNT(keys); i++) {
        const struct mn__item *list = mn__get(d->item, keys[i]);
        for (uint32_t k = 0; list && k < list->n; k++) {
            if (mn__is(&list->items[k], MN__SCALAR) &&
                mn__find_component(l, list->items[k].text, list->items[k].n, scope) == to)
                return &list->items[k];
        }
    }
    return d->id_item;
}

/* Takes the requirement out, so that no later step goes round and round. */
static void forget(struct mn__load *l, int from, int to) {
    const struct mn_model *m = &l->model->pub;
    const struct mn_component *c = &m->components[from];
    struct mn_ints *lists[2] = {NULL, NULL};
    if (c->cls == MN_SERVICE) {
        lists[0] = &((struct mn_service *)m->services)[c->index].requires;
        to -= m->n_nodes + m->n_links;
    } else {
        lists[0] = &((struct mn_node *)m->nodes)[c->index].powered_by;
        lists[1] = &((struct mn_node *)m->nodes)[c->index].requires;
    }
    for (int i = 0; i < 2 && lists[i]; i++) {
        int *at = MN_ARENA_ARRAY(l->arena, int, (size_t)lists[i]->n), n = 0;
        for (int k = 0; k < lists[i]->n; k++) {
            if (lists[i]->at[k] != to)
                at[n++] = lists[i]->at[k];
        }
        *lists[i] = (struct mn_ints){n, at};
    }
}

static void report_cycle(struct mn__load *l, const int *path, int n) {
    const struct mn_model *m = &l->model->pub;
    struct mn_buf b = MN_BUF_INIT;
    int first =
        0; /* begin where model order begins, so that the text does not depend on the walk */
    for (int i = 1; i < n; i++)
        first = path[i] < path[first] ? i : first;
    for (int i = 0; i <= n; i++) {
        mn_buf_puts(&b, i ? " → " : "");
        mn_buf_puts(&b, m->components[path[(first + i) % n]].id);
    }
    mn__at(l, MN_D_requirement_cycle, where_said(l, path[first], path[(first + 1) % n]),
           MN_ARGS(mn_buf_text(&b)));
    mn_buf_fini(&b);
}

/* Depth-first over all requirements, with its own stack: a model may chain 100,000 of them. */
static void check_cycles(struct mn__load *l) {
    const struct mn_model *m = &l->model->pub;
    size_t n = (size_t)m->n_components;
    int *path = mn_new0(n, sizeof *path), *next = mn_new0(n, sizeof *next);
    int *place =
        mn_new0(n, sizeof *place); /* 0 not seen, -1 done, else 1 + its place on the path */
    for (int root = 0; root < m->n_components; root++) {
        if (place[root] || required(m, root, 0) < 0)
            continue;
        int depth = 0;
        path[0] = root;
        place[root] = 1;
        while (depth >= 0) {
            int c = path[depth], to = required(m, c, next[c]++);
            if (to < 0) {
                place[c] = -1;
                depth--;
            } else if (place[to] > 0) {
                report_cycle(l, path + place[to] - 1, depth - place[to] + 2);
                forget(l, c, to);
                next[c] = 0;
            } else if (place[to] == 0) {
                path[++depth] = to;
                place[to] = depth + 1;
            }
        }
    }
    free(path);
    free(next);
    free(place);
}

/* Roles */

static bool is_known_team(struct mn__load *l, struct mn_party p, int component) {
    return p.is != MN_PARTY_ROLE || mn_model_resolve(&l->model->pub, p, component) >= 0;
}

/* Where a component's word on its repair is: its own file, its blueprint, or its kind. */
static void report_role(struct mn__load *l, struct mn_party p, struct mn_loc loc,
                        const char *what) {
    const struct mn_model *m = &l->model->pub;
    if (mn__complain(&l->reader.complaints, MN_D_role_without_team, loc,
                     MN_ARGS(m->roles[p.index].id, what)))
        mn__note(l, MN_D_role_hint, m->roles[p.index].loc, MN_ARGS(m->roles[p.index].id));
}

/* Components of a kind in one site with one contract answer alike: ask once. */
struct asked {
    const void *faults;
    int site, contract, role;
};

static bool same(const struct asked *a, const struct asked *b) {
    return a->faults == b->faults && a->site == b->site && a->contract == b->contract &&
           a->role == b->role;
}

static uint32_t slot_of(const struct asked *a, uint32_t mask) {
    uint64_t h = (uint64_t)(uintptr_t)a->faults;
    h = (h ^ (uint32_t)a->site) * 0x9e3779b97f4a7c15u;
    h = (h ^ (uint32_t)a->contract ^ (uint64_t)(uint32_t)a->role << 32) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32) & mask;
}

static void check_roles_of(struct mn__load *l, int component) {
    const struct mn_component *c = &l->model->pub.components[component];
    bool own_told = false;
    for (int i = 0; i < c->faults.n; i++) {
        const struct mn_fault *f = &c->faults.at[i];
        if (is_known_team(l, f->by, component))
            continue;
        const char *what = mn_arena_printf(l->scratch, "%s!%s", c->id, f->mode);
        report_role(l, f->by, f->loc, what);
        own_told |= f->by.is == c->by.is && f->by.index == c->by.index;
    }
    if (!own_told && !is_known_team(l, c->by, component))
        report_role(l, c->by, c->loc, c->id);
}

static void check_roles(struct mn__load *l) {
    const struct mn_model *m = &l->model->pub;
    uint32_t mask = 1023;
    struct asked *seen = mn_new0(mask + 1, sizeof *seen);
    bool *used = mn_new0(mask + 1, 1); /* a cache: on collision the newer stays */
    for (int i = 0; i < m->n_components; i++) {
        const struct mn_component *c = &m->components[i];
        struct asked ask = {c->faults.at, c->site, c->contract,
                            c->by.is == MN_PARTY_ROLE ? c->by.index : -1};
        uint32_t slot = slot_of(&ask, mask);
        if (used[slot] && same(&seen[slot], &ask))
            continue;
        used[slot] = true;
        seen[slot] = ask;
        check_roles_of(l, i);
    }
    free(seen);
    free(used);
    for (int i = 0; i < m->n_policies; i++) {
        for (int k = 0; k < m->policies[i].n_levels; k++) {
            struct mn_party to = m->policies[i].levels[k].to;
            if (to.is != MN_PARTY_ROLE || m->roles[to.index].team >= 0)
                continue;
            bool somewhere = false;
            for (int s = 0; s < m->n_areas && !somewhere; s++)
                somewhere = mn__has_role(m->areas[s].roles, to.index);
            for (int s = 0; s < m->n_sites && !somewhere; s++)
                somewhere = mn__has_role(m->sites[s].roles, to.index);
            for (int s = 0; s < m->n_contracts && !somewhere; s++)
                somewhere = mn__has_role(m->contracts[s].roles, to.index);
            if (!somewhere)
                mn__complain(&l->reader.complaints, MN_D_role_nobody, m->policies[i].loc,
                             MN_ARGS(m->roles[to.index].id, m->policies[i].id));
        }
    }
}

/* Endpoints */

static void check_endpoints(struct mn__load *l) {
    const struct mn_model *m = &l->model->pub;
    for (int i = 0; i < m->n_sites; i++) {
        const struct mn__item *plan = mn__get(l->defs[MN__S_SITES].at[i], MN__K_blueprint);
        if (plan && m->sites[i].blueprint < 0)
            continue; /* what is in the site is not known */
        struct mn_buf b = MN_BUF_INIT;
        struct mn_ints *uses = &((struct mn_site *)m->sites)[i].uses;
        int n = uses->n;
        uses->n = 0;
        for (int k = 0; k < n; k++) {
            int service = uses->at[k];
            if (m->services[service].endpoint.n == 0 ||
                mn_model_endpoints(m, i, service, NULL, 0) > 0) {
                ((int *)uses->at)[uses->n++] = service;
                continue;
            }
            mn_buf_puts(&b, b.size ? ", " : "");
            mn_buf_puts(&b, m->components[m->services[service].component].id);
        }
        if (b.size)
            mn__at(l, MN_D_no_endpoint, mn__get(l->defs[MN__S_SITES].at[i], MN__K_id),
                   MN_ARGS(m->sites[i].id, mn_buf_text(&b)));
        mn_buf_fini(&b);
    }
}

void mn__check_whole(struct mn__load *l) {
    check_cycles(l);
    check_roles(l);
    check_endpoints(l);
}
