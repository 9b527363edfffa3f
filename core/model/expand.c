/* Blueprints: what an office contains, said once, becomes components of each site that uses it.
 *
 * A site's `but` is applied in the order remove, set, add. A removed node takes the links of the
 * blueprint that end at it with it; a line that ends there must be removed or moved by the site. */
#include "base/unicode.h"
#include "model/limits.h"
#include "model/refs.h"

#include <stdio.h>
#include <string.h>

/* One site being expanded. */
struct office {
    struct mn__load *l;
    int site, blueprint;
    const char *id;
    const struct mn__item *def, *plan; /* the site; its blueprint or NULL */
    const struct mn__item *remove, *set, *add;
};

static const struct mn__item *entry(const struct mn__item *map, uint32_t key) {
    for (uint32_t i = 0; mn__is(map, MN__MAP) && i < map->n; i++) {
        if (map->items[i].key == key && !(map->items[i].flags & MN__BAD))
            return &map->items[i];
    }
    return NULL;
}

static const struct mn__item *listed(const struct mn__item *list, uint32_t atom) {
    for (uint32_t i = 0; mn__is(list, MN__LIST) && i < list->n; i++) {
        if (list->items[i].atom == atom)
            return &list->items[i];
    }
    return NULL;
}

bool mn__removed_here(const struct mn__load *l, int site, uint32_t local,
                      const struct mn__item **where) {
    const struct mn__item *but = mn__get(l->defs[MN__S_SITES].at[site], MN__K_but);
    *where = listed(mn__get(but, MN__K_remove), local);
    return *where && local;
}

static uint32_t line_atom(struct mn__load *l, uint32_t name) {
    char text[256];
    int n = snprintf(text, sizeof text, "line-%s", mn__word(l, name));
    return mn__atom(l->reader.atoms, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

/* The node that an end names, without its port. */
static uint32_t end_node(struct mn__load *l, const struct mn__item *end) {
    if (!mn__is(end, MN__SCALAR))
        return 0;
    return mn__atom_find(l->reader.atoms, end->text, strcspn(end->text, ":"));
}

static const struct mn__item *ends_of(const struct mn__item *item) {
    const struct mn__item *ends = mn__get(item, MN__K_ends);
    return mn__is(ends, MN__LIST) && ends->n == 2 ? ends->items : NULL;
}

static uint32_t link_atom(const struct mn__item *link) {
    const struct mn__item *id = mn__get(link, MN__K_id);
    return id ? id->atom : 0;
}

/* Whether the blueprint has a part of that name: a node, a link, or line-NAME. */
static bool has_part(struct mn__load *l, const struct mn__item *plan, uint32_t name) {
    if (entry(mn__get(plan, MN__K_nodes), name))
        return true;
    const struct mn__item *links = mn__get(plan, MN__K_links);
    for (uint32_t i = 0; links && i < links->n; i++) {
        if (link_atom(&links->items[i]) == name)
            return true;
    }
    const struct mn__item *lines = mn__get(plan, MN__K_lines);
    for (uint32_t i = 0; lines && i < lines->n; i++) {
        if (line_atom(l, lines->items[i].key) == name)
            return true;
    }
    return false;
}

static void unknown_part(struct office *o, const struct mn__item *it, uint32_t name, bool at_key) {
    struct mn__load *l = o->l;
    const char *text = mn__word(l, name);
    if (!(at_key ? mn__at_key : mn__at)(l, MN_D_unknown_part, it, MN_ARGS(text)))
        return;
    const char *words[256];
    size_t n = 0;
    const struct mn__item *nodes = mn__get(o->plan, MN__K_nodes),
                          *links = mn__get(o->plan, MN__K_links),
                          *lines = mn__get(o->plan, MN__K_lines);
    for (uint32_t i = 0; nodes && i < nodes->n && n < MN_COUNT(words); i++)
        words[n++] = mn__word(l, nodes->items[i].key);
    for (uint32_t i = 0; links && i < links->n && n < MN_COUNT(words); i++)
        words[n++] = mn__word(l, link_atom(&links->items[i]));
    for (uint32_t i = 0; lines && i < lines->n && n < MN_COUNT(words); i++)
        words[n++] = mn__word(l, line_atom(l, lines->items[i].key));
    int near = mn_nearest(text, words, n);
    if (near >= 0)
        mn__note(l, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(words[near]));
}

/* `remove` and `set` may only name what is there. */
static void check_but(struct office *o) {
    for (uint32_t i = 0; o->remove && i < o->remove->n; i++) {
        const struct mn__item *it = &o->remove->items[i];
        if (mn__is(it, MN__SCALAR) && !has_part(o->l, o->plan, it->atom))
            unknown_part(o, it, it->atom, false);
    }
    for (uint32_t i = 0; o->set && i < o->set->n; i++) {
        const struct mn__item *it = &o->set->items[i];
        if (mn__is(it, MN__MAP) &&
            (!has_part(o->l, o->plan, it->key) || listed(o->remove, it->key)))
            unknown_part(o, it, it->key, true);
    }
}

/* What `set` says of a part may only be said of a part of that class. */
static void check_change(struct office *o, const struct mn__item *change, enum mn_class cls) {
    static const enum mn__key of_links[] = {MN__K_ends, MN__K_capacity, MN__K_delay, MN__K_circuit};
    static const enum mn__key of_nodes[] = {MN__K_powered_by, MN__K_requires, MN__K_failover,
                                            MN__K_address};
    const enum mn__key *keys = cls == MN_NODE ? of_links : of_nodes;
    for (size_t i = 0; i < MN_COUNT(of_links); i++) {
        const struct mn__item *it = mn__get(change, keys[i]);
        if (it)
            mn__at_key(o->l, cls == MN_NODE ? MN_D_key_of_links : MN_D_key_of_nodes, it,
                       MN_ARGS(mn__word(o->l, it->key), mn__word(o->l, change->key)));
    }
}

static struct mn__draft *new_draft(struct office *o, enum mn_class cls, uint32_t local,
                                   enum mn_origin origin) {
    struct mn__drafts *drafts = &o->l->drafts[cls];
    drafts->at = mn_grow(drafts->at, &drafts->cap, drafts->n + 1, sizeof *drafts->at);
    struct mn__draft *d = &drafts->at[drafts->n];
    const char *id =
        mn_arena_join(o->l->scratch, (const char *[]){o->id, "/", mn__word(o->l, local)}, 3);
    *d = (struct mn__draft){
        .id = mn__atom(o->l->reader.atoms, id, strlen(id)),
        .local = local,
        .site = o->site,
        .blueprint = o->blueprint,
        .origin = (uint8_t)origin,
        .id_item = mn__get(o->def, MN__K_id),
    };
    return d;
}

static void declare(struct office *o, enum mn_class cls) {
    struct mn__drafts *drafts = &o->l->drafts[cls];
    if (mn__declare(o->l, cls, drafts->n))
        drafts->n++;
}

static const struct mn__item *changed_by(struct office *o, const struct mn__item *base,
                                         uint32_t name, enum mn_class cls,
                                         const struct mn__item **change) {
    *change = entry(o->set, name);
    if (!*change)
        return base;
    check_change(o, *change, cls);
    return mn__merged(o->l->scratch, base, *change);
}

static void expand_nodes(struct office *o) {
    const struct mn__item *nodes = mn__get(o->plan, MN__K_nodes);
    for (uint32_t i = 0; nodes && i < nodes->n; i++) {
        const struct mn__item *it = &nodes->items[i];
        if (!mn__is(it, MN__MAP) || listed(o->remove, it->key))
            continue;
        struct mn__draft *d = new_draft(o, MN_NODE, it->key, MN_FROM_BLUEPRINT);
        d->item = changed_by(o, it, it->key, MN_NODE, &d->changed);
        declare(o, MN_NODE);
    }
}

static bool ends_at_removed(struct office *o, const struct mn__item *ends) {
    return ends && (listed(o->remove, end_node(o->l, &ends[0])) ||
                    listed(o->remove, end_node(o->l, &ends[1])));
}

static void expand_links(struct office *o) {
    const struct mn__item *links = mn__get(o->plan, MN__K_links);
    for (uint32_t i = 0; links && i < links->n; i++) {
        const struct mn__item *it = &links->items[i];
        uint32_t name = link_atom(it);
        if (!mn__is(it, MN__MAP) || !name || listed(o->remove, name))
            continue;
        const struct mn__item *change, *item = changed_by(o, it, name, MN_LINK, &change);
        if (!mn__get(change, MN__K_ends) && ends_at_removed(o, ends_of(it)))
            continue;
        struct mn__draft *d = new_draft(o, MN_LINK, name, MN_FROM_BLUEPRINT);
        d->item = item;
        d->changed = change;
        d->ends = ends_of(item);
        declare(o, MN_LINK);
    }
}

/* A map with the fields of `to` that a site may say short: `primary: pop1/agg-a`. */
static struct mn__item line_map(struct office *o, const struct mn__item *said) {
    struct mn__item map = *said;
    if (said->type == MN__SCALAR) {
        struct mn__item *to = mn_arena_copy(o->l->scratch, said, sizeof *said);
        to->key = MN__K_to;
        map.type = MN__MAP;
        map.items = to;
        map.n = 1;
    }
    return map;
}

static void expand_line(struct office *o, const struct mn__item *line,
                        const struct mn__item *said) {
    struct mn__load *l = o->l;
    uint32_t name = line_atom(l, line->key);
    if (listed(o->remove, name))
        return;
    if (!said) {
        mn__at(l, MN_D_line_missing, mn__get(o->def, MN__K_id),
               MN_ARGS(mn__word(l, line->key), o->id));
        mn__doubt_site(l, o->site);
        return;
    }
    if (said->flags & MN__BAD)
        return;
    struct mn__item map = line_map(o, said);
    const struct mn__item *change,
        *item = changed_by(o, mn__merged(l->scratch, line, &map), name, MN_LINK, &change);
    struct mn__draft *d = new_draft(o, MN_LINK, name, MN_FROM_LINE);
    d->item = item;
    d->line = line->key;
    d->changed = change ? change : said;
    d->ends = ends_of(item);
    if (!d->ends) {
        const struct mn__item *at = mn__get(line, MN__K_at), *to = mn__get(&map, MN__K_to), *cut;
        if (at && to) {
            struct mn__item *ends = MN_ARENA_ARRAY(l->scratch, struct mn__item, 2);
            ends[0] = *at;
            ends[1] = *to;
            d->ends = ends;
            d->far_outside = true;
        }
        if (at && (cut = listed(o->remove, end_node(l, at)))) {
            mn__at(l, MN_D_line_end_removed, cut, MN_ARGS(cut->text, mn__word(l, line->key)));
            d->ends = NULL;
        }
    }
    declare(o, MN_LINK);
}

static void expand_lines(struct office *o, bool plan_known) {
    const struct mn__item *lines = mn__get(o->plan, MN__K_lines),
                          *said = mn__get(o->def, MN__K_lines);
    for (uint32_t i = 0; said && i < said->n; i++) {
        const struct mn__item *it = &said->items[i];
        if (plan_known && !entry(lines, it->key)) {
            const char *words[64];
            size_t n = 0;
            for (uint32_t k = 0; lines && k < lines->n && n < MN_COUNT(words); k++)
                words[n++] = mn__word(o->l, lines->items[k].key);
            const char *text = mn__word(o->l, it->key);
            if (mn__at_key(o->l, MN_D_unknown_line, it, MN_ARGS(text))) {
                int near = mn_nearest(text, words, n);
                if (near >= 0)
                    mn__note(o->l, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(words[near]));
            }
        }
    }
    bool bad = false; /* `lines` was refused: what it says is not known */
    for (uint32_t i = 0; i < o->def->n; i++)
        bad |= o->def->items[i].key == MN__K_lines && o->def->items[i].flags & MN__BAD;
    for (uint32_t i = 0; lines && i < lines->n && !bad; i++) {
        const struct mn__item *line = &lines->items[i], *to = NULL;
        for (uint32_t k = 0; said && k < said->n; k++)
            to = said->items[k].key == line->key ? &said->items[k] : to;
        if (mn__is(line, MN__MAP))
            expand_line(o, line, to);
    }
}

/* `add: {switch-2: {kind: switch, to: switch}}` makes the node and the link to it. */
static void expand_added(struct office *o, bool plan_known) {
    struct mn__load *l = o->l;
    for (uint32_t i = 0; o->add && i < o->add->n; i++) {
        const struct mn__item *it = &o->add->items[i];
        if (!mn__is(it, MN__MAP))
            continue;
        struct mn__draft *d = new_draft(o, MN_NODE, it->key, MN_FROM_BUT_ADD);
        d->item = d->changed = it;
        const char *local = mn__word(l, it->key);
        struct mn__item *name = MN_ARENA_ARRAY(l->scratch, struct mn__item, 1);
        *name = mn__key_item(it, local, strlen(local));
        d->id_item = name;
        declare(o, MN_NODE);

        const struct mn__item *kind = mn__get(it, MN__K_link), *to = mn__get(it, MN__K_to);
        if (!kind)
            kind = mn__get(o->plan, MN__K_lan_link);
        if (!kind)
            mn__doubt_site(l, o->site);
        if (!kind && plan_known)
            mn__at_key(l, MN_D_no_lan_link, it, MN_ARGS(mn__word(l, it->key)));
        char text[256];
        int n = snprintf(text, sizeof text, "%s-link", mn__word(l, it->key));
        if ((size_t)n >= sizeof text || !kind || !to)
            continue;
        struct mn__item *map = mn_arena_copy(l->scratch, it, sizeof *it);
        map->items = mn_arena_copy(l->scratch, kind, sizeof *kind);
        map->items->key = MN__K_kind;
        map->n = 1;
        struct mn__item *ends = MN_ARENA_ARRAY(l->scratch, struct mn__item, 2);
        ends[0] = *to; /* for its place; the text is the added node's name */
        ends[0].text = local;
        ends[0].n = (uint32_t)strlen(local);
        ends[0].atom = it->key;
        ends[1] = *to;
        struct mn__draft *link =
            new_draft(o, MN_LINK, mn__atom(l->reader.atoms, text, (size_t)n), MN_FROM_BUT_ADD);
        link->item = map;
        link->changed = it;
        link->id_item = name;
        link->ends = ends;
        declare(o, MN_LINK);
    }
}

/* Names within a blueprint are one namespace; kinds and ends must exist whether or not a site uses
 * it. Ends that are no node of the office may be nodes outside. */
static void check_plan(struct mn__load *l, const struct mn__item *plan) {
    const struct mn__item *nodes = mn__get(plan, MN__K_nodes), *links = mn__get(plan, MN__K_links),
                          *lines = mn__get(plan, MN__K_lines);
    struct mn__ids names = {0};
    mn__ref(l, MN__S_KINDS, mn__get(plan, MN__K_lan_link));
    for (uint32_t i = 0; nodes && i < nodes->n; i++) {
        mn__ref(l, MN__S_KINDS, mn__get(&nodes->items[i], MN__K_kind));
        mn__ids_add(&names, nodes->items[i].key, (int)i);
    }
    for (uint32_t i = 0; lines && i < lines->n; i++) {
        mn__ref(l, MN__S_KINDS, mn__get(&lines->items[i], MN__K_kind));
        uint32_t name = line_atom(l, lines->items[i].key);
        if (mn__ids_add(&names, name, 0) >= 0)
            mn__at_key(l, MN_D_duplicate_id, &lines->items[i], MN_ARGS(mn__word(l, name)));
    }
    for (uint32_t i = 0; links && i < links->n; i++) {
        const struct mn__item *link = &links->items[i], *id = mn__get(link, MN__K_id);
        mn__ref(l, MN__S_KINDS, mn__get(link, MN__K_kind));
        if (id && mn__ids_add(&names, id->atom, 0) >= 0)
            mn__at(l, MN_D_duplicate_id, id, MN_ARGS(id->text));
    }
    mn__ids_fini(&names);
}

static void check_local_end(struct mn__load *l, const struct mn__item *plan,
                            const struct mn__item *end) {
    const struct mn__item *nodes = mn__get(plan, MN__K_nodes);
    if (!mn__is(end, MN__SCALAR) || !nodes)
        return;
    size_t n = strcspn(end->text, ":");
    uint32_t name = mn__atom_find(l->reader.atoms, end->text, n);
    for (uint32_t i = 0; i < nodes->n; i++) {
        if (nodes->items[i].key == name)
            return;
    }
    const char *text = mn_arena_strndup(l->scratch, end->text, n);
    if (mn__find_component(l, end->text, n, -1) >= 0 || mn__may_exist(l, text))
        return;
    if (!mn__at(l, MN_D_unknown_end, end, MN_ARGS(text)))
        return;
    const char *words[256];
    size_t count = 0;
    for (uint32_t i = 0; i < nodes->n && count < MN_COUNT(words); i++)
        words[count++] = mn__word(l, nodes->items[i].key);
    int near = mn_nearest(text, words, count);
    if (near >= 0)
        mn__note(l, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(words[near]));
}

static void check_plan_ends(struct mn__load *l, const struct mn__item *plan) {
    const struct mn__item *links = mn__get(plan, MN__K_links), *lines = mn__get(plan, MN__K_lines);
    for (uint32_t i = 0; links && i < links->n; i++) {
        const struct mn__item *ends = ends_of(&links->items[i]);
        for (int k = 0; ends && k < 2; k++)
            check_local_end(l, plan, &ends[k]);
    }
    for (uint32_t i = 0; lines && i < lines->n; i++)
        check_local_end(l, plan, mn__get(&lines->items[i], MN__K_at));
}

static size_t n_drafts(const struct mn__load *l) {
    return l->drafts[MN_NODE].n + l->drafts[MN_LINK].n;
}

void mn__expand(struct mn__load *l) {
    const struct mn__defs *plans = &l->defs[MN__S_BLUEPRINTS];
    for (size_t i = 0; i < plans->n; i++)
        check_plan(l, plans->at[i]);
    for (size_t i = 0; i < l->defs[MN__S_SITES].n; i++) {
        const struct mn__item *def = l->defs[MN__S_SITES].at[i], *but = mn__get(def, MN__K_but);
        const struct mn__item *name = mn__get(def, MN__K_blueprint);
        struct office o = {
            .l = l,
            .site = (int)i,
            .blueprint = mn__ref(l, MN__S_BLUEPRINTS, name),
            .id = mn__get(def, MN__K_id)->text,
            .def = def,
            .remove = mn__get(but, MN__K_remove),
            .set = mn__get(but, MN__K_set),
            .add = mn__get(but, MN__K_add),
        };
        bool known = o.blueprint >= 0 || !name;
        if (o.blueprint >= 0)
            o.plan = plans->at[o.blueprint];
        if (known)
            check_but(&o);
        if (mn__site_is_open(l, o.site))
            mn__doubt_site(l, o.site);
        expand_nodes(&o);
        expand_links(&o);
        expand_lines(&o, known);
        expand_added(&o, known);
        if (n_drafts(l) > MN__MAX_COMPONENTS) {
            char limit[16];
            snprintf(limit, sizeof limit, "%d", MN__MAX_COMPONENTS);
            mn__at(l, MN_D_too_many_components, mn__get(def, MN__K_id), MN_ARGS(limit));
            break;
        }
    }
    int next = 0;
    for (enum mn_class cls = 0; cls < MN_CLASSES; cls++) {
        l->first[cls] = next;
        next += (int)l->drafts[cls].n;
    }
    for (size_t i = 0; i < plans->n; i++)
        check_plan_ends(l, plans->at[i]);
}
