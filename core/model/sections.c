/* What all files define, under each key in file order, and the ids: who has which, and who had it
 * first. */
#include "model/load.h"

#include <stdlib.h>

static const struct {
    enum mn__key key;
    enum mn__section section;
} sections[] = {
    {MN__K_areas, MN__S_AREAS},         {MN__K_sites, MN__S_SITES},
    {MN__K_teams, MN__S_TEAMS},         {MN__K_roles, MN__S_ROLES},
    {MN__K_contracts, MN__S_CONTRACTS}, {MN__K_repairs, MN__S_REPAIRS},
    {MN__K_kinds, MN__S_KINDS},         {MN__K_blueprints, MN__S_BLUEPRINTS},
    {MN__K_nodes, MN__S_NODES},         {MN__K_links, MN__S_LINKS},
    {MN__K_services, MN__S_SERVICES},   {MN__K_shared_risk, MN__S_GROUPS},
    {MN__K_symptoms, MN__S_SYMPTOMS},   {MN__K_policies, MN__S_POLICIES},
    {MN__K_severity, MN__S_SEVERITY},   {MN__K_regulations, MN__S_REGULATIONS},
};

/* Of two places, whether a comes after b in file order. */
static bool after(const struct mn__item *a, const struct mn__item *b) {
    if (a->file != b->file)
        return a->file > b->file;
    if (a->line != b->line)
        return a->line > b->line;
    return a->col > b->col;
}

/* Whichever way the two were met, the later one in the files is the second. */
static void taken_twice(struct mn__load *l, const struct mn__item *a, const struct mn__item *b,
                        uint32_t id) {
    const struct mn__item *second = after(a, b) ? a : b, *first = second == a ? b : a;
    if (mn__at(l, MN_D_duplicate_id, second, MN_ARGS(mn__word(l, id))))
        mn__note(l, MN_D_see_also, mn__where(l, first), MN_NO_ARGS);
}

/* The scalar that says a definition's id, or the entry itself when the id is its key. */
static const struct mn__item *id_item(const struct mn__item *def) {
    const struct mn__item *id = mn__get(def, MN__K_id);
    return id ? id : def;
}

static uint32_t id_of(const struct mn__load *l, const struct mn__item *def) {
    const struct mn__item *id = mn__get(def, MN__K_id);
    if (id)
        return id->atom ? id->atom : mn__atom(l->reader.atoms, id->text, id->n);
    return def->key;
}

static void push(struct mn__defs *defs, const struct mn__item *it) {
    defs->at = mn_grow(defs->at, &defs->cap, defs->n + 1, sizeof(const struct mn__item *));
    defs->at[defs->n++] = it;
}

static void gather_file(struct mn__load *l, const struct mn__item *root) {
    const struct mn__item *network = mn__get(root, MN__K_network);
    if (network && l->network)
        taken_twice(l, network, l->network, MN__K_network);
    else if (network)
        l->network = network;
    const struct mn__item *defaults = mn__get(root, MN__K_defaults);
    for (uint32_t i = 0; i < root->n; i++)
        l->doubtful |= root->type == MN__MAP && root->items[i].flags & MN__BAD;
    for (size_t s = 0; s < MN_COUNT(sections); s++) {
        const struct mn__item *list = mn__get(root, sections[s].key);
        struct mn__defs *defs = &l->defs[sections[s].section];
        bool dict = sections[s].key == MN__K_kinds || sections[s].key == MN__K_blueprints;
        for (uint32_t i = 0; list && i < list->n; i++) {
            const struct mn__item *it = &list->items[i];
            if (!mn__is(it, MN__MAP) || (!dict && !mn__get(it, MN__K_id))) {
                l->doubtful = true;
                continue;
            }
            if (sections[s].section == MN__S_SITES && defaults)
                it = mn__with_defaults(l->scratch, it, defaults);
            push(defs, it);
        }
    }
}

/* Gives the definitions of sections that share their ids numbers; of two with one id the first in
 * the files stays. */
static void number(struct mn__load *l, const enum mn__section *which, size_t n_which) {
    struct mn__ids owner = {0};
    const struct mn__item **owners = NULL;
    size_t n = 0, cap = 0;
    for (size_t w = 0; w < n_which; w++) {
        const struct mn__defs *defs = &l->defs[which[w]];
        owners = mn_grow(owners, &cap, n + defs->n, sizeof(const struct mn__item *));
        for (size_t i = 0; i < defs->n; i++) {
            const struct mn__item *it = defs->at[i];
            uint32_t id = id_of(l, it);
            int before = mn__ids_add(&owner, id, (int)n);
            if (before < 0) {
                owners[n++] = it;
                continue;
            }
            taken_twice(l, id_item(it), id_item(owners[before]), id);
            l->doubtful |= which[w] == MN__S_KINDS || which[w] == MN__S_BLUEPRINTS;
            if (after(id_item(owners[before]), id_item(it)))
                owners[before] = it;
        }
    }
    for (size_t w = 0; w < n_which; w++) {
        struct mn__defs *defs = &l->defs[which[w]];
        size_t kept = 0;
        for (size_t i = 0; i < defs->n; i++) {
            uint32_t id = id_of(l, defs->at[i]);
            if (owners[mn__ids_get(&owner, id)] != defs->at[i])
                continue;
            mn__ids_add(&defs->ids, id, (int)kept);
            defs->at[kept++] = defs->at[i];
        }
        defs->n = kept;
    }
    mn__ids_fini(&owner);
    free(owners);
}

bool mn__declare(struct mn__load *l, enum mn_class cls, size_t place) {
    const struct mn__draft *d = &l->drafts[cls].at[place];
    int before = mn__index_add(&l->ids, d->id, (int)(cls | place << 2));
    if (before < 0)
        return true;
    const struct mn__draft *other = &l->drafts[before & 3].at[before >> 2];
    taken_twice(l, d->id_item, other->id_item, d->id);
    l->doubtful |= cls == MN_LINK;
    return false;
}

static void draft_section(struct mn__load *l, enum mn__section s, enum mn_class cls) {
    struct mn__defs *defs = &l->defs[s];
    struct mn__drafts *drafts = &l->drafts[cls];
    drafts->at = mn_grow(drafts->at, &drafts->cap, drafts->n + defs->n, sizeof *drafts->at);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *it = defs->at[i], *ends = mn__get(it, MN__K_ends);
        drafts->at[drafts->n] = (struct mn__draft){
            .item = it,
            .id_item = id_item(it),
            .id = id_of(l, it),
            .ends = mn__is(ends, MN__LIST) && ends->n == 2 ? ends->items : NULL,
            .site = -1,
            .blueprint = -1,
            .origin = MN_FROM_FILE,
        };
        if (mn__declare(l, cls, drafts->n))
            drafts->n++;
    }
}

void mn__gather(struct mn__load *l) {
    for (size_t i = 0; i < l->n_files; i++) {
        if (l->file[i].root)
            gather_file(l, l->file[i].root);
    }
    static const enum mn__section places[] = {MN__S_AREAS, MN__S_SITES, MN__S_TEAMS, MN__S_ROLES};
    number(l, places, MN_COUNT(places));
    for (enum mn__section s = MN__S_CONTRACTS; s < MN__SECTIONS; s++) {
        if (s < MN__S_NODES || s > MN__S_GROUPS)
            number(l, &s, 1);
    }
    draft_section(l, MN__S_NODES, MN_NODE);
    draft_section(l, MN__S_LINKS, MN_LINK);
    draft_section(l, MN__S_SERVICES, MN_SERVICE);
    draft_section(l, MN__S_GROUPS, MN_GROUP);
}
