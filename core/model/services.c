/* Services: hosts, requirements, gateways, and which sites use them. */
#include "model/fields.h"
#include "model/refs.h"

#include <stdlib.h>
#include <string.h>

/* A node, or {node: …, failover: …}. False when it leads nowhere. */
static bool host_of(struct mn__load *l, const struct mn__item *it, struct mn_host *host) {
    const struct mn__item *name = mn__is(it, MN__MAP) ? mn__get(it, MN__K_node) : it;
    host->node = mn__ref_component(l, name, -1, MN__NODE);
    host->failover = mn__failover(mn__is(it, MN__MAP) ? it : NULL);
    if (host->node >= 0 && host->failover.after_s < 0)
        host->failover = l->model->pub.nodes[host->node].failover;
    return host->node >= 0;
}

static struct mn_host_group group_of(struct mn__load *l, const struct mn__item *it) {
    const struct mn__item *any = mn__get(it, MN__K_any_of);
    bool many = mn__is(any, MN__LIST);
    uint32_t count = many ? any->n : 1;
    struct mn_host *hosts = MN_ARENA_ARRAY(l->arena, struct mn_host, count);
    int n = 0;
    for (uint32_t i = 0; i < count; i++)
        n += host_of(l, many ? &any->items[i] : it, &hosts[n]);
    return (struct mn_host_group){n == (int)count ? n : 0, hosts};
}

static void build_hosts(struct mn__load *l, struct mn_service *s, const struct mn__item *list) {
    if (!mn__is(list, MN__LIST))
        return;
    struct mn_host_group *groups = MN_ARENA_ARRAY(l->arena, struct mn_host_group, list->n);
    for (uint32_t i = 0; i < list->n; i++)
        groups[i] = group_of(l, &list->items[i]);
    s->hosts = groups;
    s->n_hosts = (int)list->n;
    for (uint32_t i = 0; i < list->n; i++) {
        if (groups[i].n == 0) /* an entry that leads nowhere was told; no more is said of it */
            s->n_hosts = 0;
    }
}

/* A list of `any_of` that names one node only: well formed, but no choice. */
static void note_lone(struct mn__load *l, struct mn_service *s, const struct mn__item *any,
                      struct mn_loc *lone) {
    if (mn__is(any, MN__LIST) && any->n == 1)
        lone[s->n_lone++] = mn__where(l, any);
}

static void note_lone_choices(struct mn__load *l, struct mn_service *s,
                              const struct mn__item *hosts, const struct mn__item *via) {
    uint32_t n = mn__is(hosts, MN__LIST) ? hosts->n : 0;
    struct mn_loc *lone = MN_ARENA_ARRAY(l->arena, struct mn_loc, n + 1);
    for (uint32_t i = 0; i < n; i++)
        note_lone(l, s, mn__get(&hosts->items[i], MN__K_any_of), lone);
    note_lone(l, s, mn__get(via, MN__K_any_of), lone);
    s->lone = lone;
}

static struct mn_ints via_of(struct mn__load *l, const struct mn__item *it) {
    const struct mn__item *any = mn__get(it, MN__K_any_of);
    if (mn__is(any, MN__LIST))
        return mn__component_refs(l, any, -1, MN__NODE);
    int node = mn__ref_component(l, it, -1, MN__NODE);
    return node < 0 ? (struct mn_ints){0, NULL} : mn__ints(l->arena, &node, 1);
}

static bool names(struct mn_strings list, const char *word) {
    for (int i = 0; word && i < list.n; i++) {
        if (strcmp(list.at[i], word) == 0)
            return true;
    }
    return false;
}

/* Services used at sites of its type, with what the site adds and without what it removes. */
static void build_uses(struct mn__load *l, struct mn_site *site, const struct mn__item *def,
                       int *scratch) {
    const struct mn_model *m = &l->model->pub;
    const struct mn__item *uses = mn__get(def, MN__K_uses);
    struct mn_ints add = mn__service_refs(l, mn__get(uses, MN__K_add)),
                   remove = mn__service_refs(l, mn__get(uses, MN__K_remove));
    for (int s = 0; s < m->n_services; s++)
        scratch[s] = names(m->services[s].used_at, site->type);
    for (int i = 0; i < add.n; i++)
        scratch[add.at[i]] = 1;
    for (int i = 0; i < remove.n; i++)
        scratch[remove.at[i]] = 0;
    int n = 0;
    for (int s = 0; s < m->n_services; s++) {
        if (scratch[s])
            scratch[n++] = s;
    }
    site->uses = mn__ints(l->arena, scratch, (size_t)n);
}

void mn__build_services(struct mn__load *l) {
    const struct mn__drafts *drafts = &l->drafts[MN_SERVICE];
    struct mn_service *services = MN_ARENA_ARRAY(l->arena, struct mn_service, drafts->n);
    for (size_t i = 0; i < drafts->n; i++) {
        const struct mn__item *def = drafts->at[i].item;
        struct mn_service *s = &services[i];
        *s = (struct mn_service){
            .component = l->first[MN_SERVICE] + (int)i,
            .description = mn__text(def, MN__K_description),
            .requires = mn__service_refs(l, mn__get(def, MN__K_requires)),
            .via = via_of(l, mn__get(def, MN__K_via)),
            .needs = mn__bits(def, MN__K_needs, 0),
            .endpoint = mn__strings(l->arena, mn__get(def, MN__K_endpoint)),
            .used_at = mn__strings(l->arena, mn__get(def, MN__K_used_at)),
            .main_activity = mn__true(def, MN__K_main_activity),
            .meeting = mn__true(def, MN__K_meeting),
            .owner = mn__text(def, MN__K_owner),
        };
        build_hosts(l, s, mn__get(def, MN__K_hosts));
        note_lone_choices(l, s, mn__get(def, MN__K_hosts), mn__get(def, MN__K_via));
    }
    l->model->pub.services = services;
    l->model->pub.n_services = (int)drafts->n;

    int *scratch = mn_new0(drafts->n, sizeof *scratch);
    for (size_t i = 0; i < l->defs[MN__S_SITES].n; i++)
        build_uses(l, (struct mn_site *)&l->model->pub.sites[i], l->defs[MN__S_SITES].at[i],
                   scratch);
    free(scratch);
}
