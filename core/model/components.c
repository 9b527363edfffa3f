/* Nodes, links and shared-risk groups, with all that they refer to. */
#include "model/fields.h"
#include "model/refs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct building {
    struct mn__load *l;
    struct mn_component *components;
    struct mn__ids repeated; /* of what a site has several: see kind_in_site */
    struct mn__ids ports;    /* "node:port" → component of the link that has it */
};

/* What a name in a definition is looked for in first: the office that it was expanded into. */
static int scope_of(const struct mn__draft *d) {
    return d->origin == MN_FROM_FILE ? -1 : d->site;
}

static int kind_of(struct building *b, const struct mn__draft *d, enum mn_class cls) {
    const struct mn__item *it = mn__get(d->item, MN__K_kind);
    int kind = mn__ref(b->l, MN__S_KINDS, it);
    if (kind < 0)
        return -1;
    const struct mn_kind *k = &b->l->model->pub.kinds[kind];
    if (k->cls >= 0 && k->cls != (int)cls) {
        if (mn__at(b->l, MN_D_kind_of_another_class, it,
                   MN_ARGS(k->id, mn_class_name((enum mn_class)k->cls), mn_class_name(cls))))
            mn__note(b->l, MN_D_see_also, k->loc, MN_NO_ARGS);
    }
    return kind;
}

/* Its own contract, else its kind's, else its site's. */
static int contract_of(struct building *b, const struct mn__item *def, int kind, int site) {
    const struct mn__item *it = mn__get(def, MN__K_contract);
    int contract = mn__ref(b->l, MN__S_CONTRACTS, it);
    if (contract < 0 && kind >= 0)
        contract = b->l->model->pub.kinds[kind].contract;
    if (contract < 0 && site >= 0)
        contract = b->l->model->pub.sites[site].contract;
    return contract;
}

static const char *joined(struct mn_arena *a, const char *kind, const char *which,
                          const char *site) {
    return which ? mn_arena_join(a, (const char *[]){kind, " (", which, ") – ", site}, 5)
                 : mn_arena_join(a, (const char *[]){kind, " – ", site}, 3);
}

/* What tells one of several alike in a site from the others: a word for the lines that most units
 * have, else its local name, unless that only says the kind again. */
static struct mn_text which_of(const char *local, const char *kind) {
    if (!local || strcmp(local, kind) == 0)
        return (struct mn_text){NULL, NULL};
    if (strcmp(local, "line-primary") == 0)
        return mn_message(MN_M_line_primary);
    if (strcmp(local, "line-backup") == 0)
        return mn_message(MN_M_line_backup);
    return (struct mn_text){local, local};
}

/* A number for (kind, site), or 0 when one of them is not known. */
static uint32_t kind_in_site(const struct building *b, const struct mn__draft *d) {
    const struct mn__item *kind = mn__get(d->item, MN__K_kind);
    const struct mn__item *said = mn__get(d->item, MN__K_site);
    int k = kind ? mn__ids_get(&b->l->defs[MN__S_KINDS].ids, kind->atom) : -1, s = d->site;
    if (s < 0 && said)
        s = mn__ids_get(&b->l->defs[MN__S_SITES].ids, said->atom);
    if (k < 0 || s < 0)
        return 0;
    return (uint32_t)s * (uint32_t)b->l->defs[MN__S_KINDS].n + (uint32_t)k + 1;
}

/* Finds what a site has several of, so that the kind alone does not tell them apart. */
static void find_repeated(struct building *b) {
    for (enum mn_class cls = MN_NODE; cls <= MN_LINK; cls++) {
        for (size_t i = 0; i < b->l->drafts[cls].n; i++) {
            uint32_t key = kind_in_site(b, &b->l->drafts[cls].at[i]);
            if (key)
                mn__ids_set(&b->repeated, key, mn__ids_get(&b->repeated, key) < 0 ? 0 : 1);
        }
    }
}

static const char *local_name(const struct building *b, const struct mn__draft *d, int site) {
    if (d->local)
        return mn__word(b->l, d->local);
    if (site < 0)
        return NULL;
    const char *id = mn__word(b->l, d->id), *at = b->l->model->pub.sites[site].id;
    size_t n = strlen(at);
    return strncmp(id, at, n) == 0 && id[n] == '/' ? id + n + 1 : NULL;
}

static struct mn_name name_of(struct building *b, const struct mn__draft *d, int kind, int site) {
    struct mn_name own = mn__name(d->item, MN__K_name);
    if (own.full.vi || kind < 0)
        return own;
    const struct mn_kind *k = &b->l->model->pub.kinds[kind];
    if (site < 0 || !k->name.full.vi || !b->l->model->pub.sites[site].name.full.vi)
        return k->name;
    struct mn_text at = b->l->model->pub.sites[site].name.full;
    const char *local = NULL;
    if (mn__ids_get(&b->repeated, kind_in_site(b, d)) > 0)
        local = local_name(b, d, site);
    struct mn_text which = which_of(local, k->id);
    return (struct mn_name){
        {joined(b->l->arena, k->name.full.vi, which.vi, at.vi),
         joined(b->l->arena, k->name.full.en, which.en, at.en)},
        k->name.small.vi ? k->name.small : k->name.full,
    };
}

static int site_of(struct building *b, const struct mn__draft *d) {
    return d->site >= 0 ? d->site : mn__ref(b->l, MN__S_SITES, mn__get(d->item, MN__K_site));
}

static void fill_component(struct building *b, struct mn_component *c, const struct mn__draft *d,
                           enum mn_class cls, int index, int site) {
    struct mn__load *l = b->l;
    int kind = kind_of(b, d, cls);
    const struct mn__item *by = mn__get(d->item, MN__K_by);
    struct mn_party party = mn__ref_party(l, by);
    if (!by && kind >= 0)
        party = l->model->pub.kinds[kind].by;
    *c = (struct mn_component){
        .id = mn__word(l, d->id),
        .name = name_of(b, d, kind, site),
        .cls = cls,
        .index = index,
        .kind = kind,
        .site = site,
        .by = party,
        .contract = contract_of(b, d->item, kind, site),
        .faults = mn__faults(l, kind, d->item, party),
        .note = mn__text(d->item, MN__K_note),
        .origin = (enum mn_origin)d->origin,
        .blueprint = d->blueprint,
        .loc = mn__where(l, d->item),
        .changed = d->changed ? mn__key_loc(l->reader.sources, d->changed) : MN_NOWHERE,
    };
}

/* References of a part of an office to a part that this site has removed: told where it is removed.
 */
static struct mn_ints needed_refs(struct building *b, const struct mn__draft *d, enum mn__key key) {
    struct mn__load *l = b->l;
    const struct mn__item *list = mn__get(d->item, key), *where;
    int scope = scope_of(d);
    for (uint32_t i = 0; scope >= 0 && list && i < list->n; i++) {
        if (mn__removed_here(l, scope, list->items[i].atom, &where)) {
            mn__at(l, MN_D_removed_but_needed, where,
                   MN_ARGS(where->text, mn__word(l, d->local), mn__word(l, (uint32_t)key)));
            return (struct mn_ints){0, NULL};
        }
    }
    return mn__component_refs(l, list, scope, MN__NODE | MN__GROUP);
}

static void build_nodes(struct building *b) {
    struct mn__load *l = b->l;
    const struct mn__drafts *drafts = &l->drafts[MN_NODE];
    struct mn_node *nodes = MN_ARENA_ARRAY(l->arena, struct mn_node, drafts->n);
    l->model->pub.nodes = nodes;
    l->model->pub.n_nodes = (int)drafts->n;
    for (size_t i = 0; i < drafts->n; i++) {
        const struct mn__draft *d = &drafts->at[i];
        struct mn_component *c = &b->components[i];
        int site = site_of(b, d);
        fill_component(b, c, d, MN_NODE, (int)i, site);
        nodes[i] = (struct mn_node){
            .component = (int)i,
            .transit = c->kind >= 0 && l->model->pub.kinds[c->kind].transit,
            .local = local_name(b, d, site),
            .powered_by = needed_refs(b, d, MN__K_powered_by),
            .requires = needed_refs(b, d, MN__K_requires),
            .failover = mn__failover(d->item),
            .address = mn__string(d->item, MN__K_address),
        };
    }
}

/* Marks what feeds a site, directly or through others, so that it does not feed itself. */
static void mark_suppliers(const struct building *b, struct mn_ints from, bool *supplies,
                           int *stack) {
    int n = 0;
    for (;;) {
        for (int i = 0; i < from.n; i++) {
            int c = from.at[i];
            if (c < b->l->model->pub.n_nodes && !supplies[c]) {
                supplies[c] = true;
                stack[n++] = c; /* each node once, so the stack holds as many as there are nodes */
            }
        }
        if (n == 0)
            return;
        from = b->l->model->pub.nodes[stack[--n]].powered_by;
    }
}

/* A node that says nothing of its power has its site's. */
static void inherit_power(struct building *b) {
    struct mn__load *l = b->l;
    struct mn_node *nodes = (struct mn_node *)l->model->pub.nodes;
    bool *supplies = mn_new0(l->drafts[MN_NODE].n, 1);
    int *stack = mn_new0(l->drafts[MN_NODE].n, sizeof *stack);
    for (int s = 0; s < l->model->pub.n_sites; s++)
        mark_suppliers(b, l->model->pub.sites[s].powered_by, supplies, stack);
    for (size_t i = 0; i < l->drafts[MN_NODE].n; i++) {
        int site = b->components[i].site;
        if (site >= 0 && !supplies[i] && !mn__get(l->drafts[MN_NODE].at[i].item, MN__K_powered_by))
            nodes[i].powered_by = l->model->pub.sites[site].powered_by;
    }
    free(supplies);
    free(stack);
}

static void take_port(struct building *b, const struct mn__item *end, int node, uint32_t port,
                      int link) {
    struct mn__load *l = b->l;
    char text[256];
    int n = snprintf(text, sizeof text, "%s:%s", b->components[node].id, mn__word(l, port));
    if (n < 0 || (size_t)n >= sizeof text)
        return;
    int before = mn__ids_add(&b->ports, mn__atom(l->reader.atoms, text, (size_t)n), link);
    if (before >= 0 && mn__at(l, MN_D_port_taken, end, MN_ARGS(text, b->components[before].id)))
        mn__note(l, MN_D_see_also, b->components[before].loc, MN_NO_ARGS);
}

static void fill_ends(struct building *b, struct mn_link *link, const struct mn__draft *d) {
    link->end[0] = link->end[1] = -1;
    for (int k = 0; d->ends && k < 2; k++) {
        uint32_t port;
        int scope = k == 1 && d->far_outside ? -1 : scope_of(d);
        b->l->meant = NULL;
        link->end[k] = mn__ref_end(b->l, &d->ends[k], scope, &port);
        if (link->end[k] < 0 && b->l->meant) { /* a slip: look no further, take what was meant */
            int node = mn__find_component(b->l, b->l->meant, strlen(b->l->meant), scope);
            link->end[k] = node < b->l->first[MN_LINK] ? node : -1;
            port = 0;
        }
        link->port[k] = port ? mn__word(b->l, port) : NULL;
        if (link->end[k] >= 0 && port)
            take_port(b, &d->ends[k], link->end[k], port, link->component);
    }
    if (link->end[0] < 0 || link->end[1] < 0)
        mn__doubt_site(b->l, d->site);
    else if (link->end[0] == link->end[1])
        mn__at(b->l, MN_D_link_to_itself, &d->ends[1], MN_ARGS(b->components[link->end[0]].id));
}

static void build_links(struct building *b) {
    struct mn__load *l = b->l;
    const struct mn__drafts *drafts = &l->drafts[MN_LINK];
    struct mn_link *links = MN_ARENA_ARRAY(l->arena, struct mn_link, drafts->n);
    for (size_t i = 0; i < drafts->n; i++) {
        const struct mn__draft *d = &drafts->at[i];
        int place = l->first[MN_LINK] + (int)i, site = d->site;
        links[i] = (struct mn_link){
            .component = place,
            .capacity = mn__bits(d->item, MN__K_capacity, -1),
            .delay_ms = mn__delay_ms(d->item, MN__K_delay),
            .line = d->line ? mn__word(l, d->line) : NULL,
            .circuit = mn__string(d->item, MN__K_circuit),
        };
        fill_ends(b, &links[i], d);
        if (l->model->pub.n_sites && site < 0 && links[i].end[0] >= 0 && links[i].end[1] >= 0 &&
            b->components[links[i].end[0]].site == b->components[links[i].end[1]].site)
            site = b->components[links[i].end[0]].site;
        fill_component(b, &b->components[place], d, MN_LINK, (int)i, site);
    }
    mn__ids_fini(&b->ports);
    l->model->pub.links = links;
    l->model->pub.n_links = (int)drafts->n;
}

/* For each node the links that end at it, in model order. */
static void list_links(struct building *b) {
    struct mn_model *m = &b->l->model->pub;
    struct mn_node *nodes = (struct mn_node *)m->nodes;
    int *all = MN_ARENA_ARRAY(b->l->arena, int, (size_t)m->n_links * 2), next = 0;
    for (int i = 0; i < m->n_links; i++) {
        for (int k = 0; k < 2; k++) {
            if (m->links[i].end[k] >= 0)
                nodes[m->links[i].end[k]].links.n++;
        }
    }
    for (int i = 0; i < m->n_nodes; i++) {
        nodes[i].links.at = all + next;
        next += nodes[i].links.n;
        nodes[i].links.n = 0;
    }
    for (int i = 0; i < m->n_links; i++) {
        for (int k = 0; k < 2; k++) {
            if (m->links[i].end[k] < 0)
                continue;
            struct mn_ints *list = &nodes[m->links[i].end[k]].links;
            ((int *)list->at)[list->n++] = i;
        }
    }
}

/* Membership is said by the group or by the member; both lists come of both. */
struct membership {
    int group, component;
};

static int by_group(const void *a, const void *b) {
    const struct membership *x = a, *y = b;
    return x->group != y->group ? (x->group < y->group ? -1 : 1)
                                : (x->component > y->component) - (x->component < y->component);
}

static int by_component(const void *a, const void *b) {
    const struct membership *x = a, *y = b;
    return x->component != y->component ? (x->component < y->component ? -1 : 1)
                                        : (x->group > y->group) - (x->group < y->group);
}

static void share_out(struct building *b, struct mn_group *groups, struct membership *all,
                      size_t n) {
    struct mn_arena *arena = b->l->arena;
    if (!n)
        return;
    qsort(all, n, sizeof *all, by_group);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || by_group(&all[i], &all[kept - 1]) != 0)
            all[kept++] = all[i];
    }
    int *members = MN_ARENA_ARRAY(arena, int, kept), *of = MN_ARENA_ARRAY(arena, int, kept);
    for (size_t i = 0; i < kept; i++) {
        struct mn_ints *list = &groups[all[i].group].members;
        if (!list->at)
            list->at = members + i;
        members[i] = all[i].component;
        list->n++;
    }
    qsort(all, kept, sizeof *all, by_component);
    for (size_t i = 0; i < kept; i++) {
        struct mn_ints *list = &b->components[all[i].component].groups;
        if (!list->at)
            list->at = of + i;
        of[i] = all[i].group;
        list->n++;
    }
}

static void build_groups(struct building *b) {
    struct mn__load *l = b->l;
    const struct mn__drafts *drafts = &l->drafts[MN_GROUP];
    struct mn_group *groups = MN_ARENA_ARRAY(l->arena, struct mn_group, drafts->n);
    struct membership *all = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < drafts->n; i++) {
        const struct mn__draft *d = &drafts->at[i];
        int place = l->first[MN_GROUP] + (int)i;
        groups[i].component = place;
        fill_component(b, &b->components[place], d, MN_GROUP, (int)i, site_of(b, d));
        struct mn_ints members = mn__component_refs(l, mn__get(d->item, MN__K_members), -1,
                                                    MN__NODE | MN__LINK | MN__SERVICE);
        all = mn_grow(all, &cap, n + (size_t)members.n, sizeof *all);
        for (int k = 0; k < members.n; k++)
            all[n++] = (struct membership){(int)i, members.at[k]};
    }
    for (enum mn_class cls = MN_NODE; cls <= MN_LINK; cls++) {
        for (size_t i = 0; i < l->drafts[cls].n; i++) {
            const struct mn__item *list = mn__get(l->drafts[cls].at[i].item, MN__K_shared_risk);
            if (!list)
                continue;
            struct mn_ints in =
                mn__component_refs(l, list, scope_of(&l->drafts[cls].at[i]), MN__GROUP);
            all = mn_grow(all, &cap, n + (size_t)in.n, sizeof *all);
            for (int k = 0; k < in.n; k++)
                all[n++] =
                    (struct membership){in.at[k] - l->first[MN_GROUP], l->first[cls] + (int)i};
        }
    }
    share_out(b, groups, all, n);
    free(all);
    l->model->pub.groups = groups;
    l->model->pub.n_groups = (int)drafts->n;
}

/* What lies in each site. */
static void list_in_sites(struct building *b) {
    struct mn_model *m = &b->l->model->pub;
    struct mn_site *sites = (struct mn_site *)m->sites;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < m->n_nodes + m->n_links; i++) {
            int s = b->components[i].site;
            if (s < 0)
                continue;
            bool node = i < m->n_nodes, line = !node && m->links[i - m->n_nodes].line;
            struct mn_ints *list = node ? &sites[s].nodes : &sites[s].links;
            if (pass)
                ((int *)list->at)[list->n] = node ? i : i - m->n_nodes;
            list->n++;
            if (pass && line)
                ((int *)sites[s].lines.at)[sites[s].lines.n] = i - m->n_nodes;
            sites[s].lines.n += line;
        }
        for (int s = 0; s < m->n_sites && !pass; s++) {
            struct mn_ints *lists[] = {&sites[s].nodes, &sites[s].links, &sites[s].lines};
            for (size_t k = 0; k < MN_COUNT(lists); k++) {
                if (lists[k]->n)
                    lists[k]->at = MN_ARENA_ARRAY(b->l->arena, int, (size_t)lists[k]->n);
                lists[k]->n = 0;
            }
        }
    }
}

/* Services are components too; what is theirs alone is filled in services.c. */
static void build_service_components(struct building *b) {
    struct mn__load *l = b->l;
    for (size_t i = 0; i < l->drafts[MN_SERVICE].n; i++)
        fill_component(b, &b->components[l->first[MN_SERVICE] + (int)i],
                       &l->drafts[MN_SERVICE].at[i], MN_SERVICE, (int)i, -1);
}

void mn__build_components(struct mn__load *l) {
    struct building b = {.l = l};
    struct mn_model *m = &l->model->pub;
    m->n_components = l->first[MN_GROUP] + (int)l->drafts[MN_GROUP].n;
    b.components = MN_ARENA_ARRAY(l->arena, struct mn_component, (size_t)m->n_components);
    m->components = b.components;
    find_repeated(&b);
    build_nodes(&b);
    inherit_power(&b);
    build_links(&b);
    build_service_components(&b);
    build_groups(&b);
    mn__ids_fini(&b.repeated);
    list_links(&b);
    list_in_sites(&b);
}
