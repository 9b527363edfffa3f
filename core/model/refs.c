/* References resolved, and the words for those that lead nowhere. */
#include "model/refs.h"

#include "base/unicode.h"
#include "model/fields.h"

#include <stdlib.h>
#include <string.h>

static const enum mn_code unknown[MN__SECTIONS] = {
    [MN__S_AREAS] = MN_D_unknown_area,
    [MN__S_SITES] = MN_D_unknown_site,
    [MN__S_TEAMS] = MN_D_unknown_team,
    [MN__S_ROLES] = MN_D_unknown_role,
    [MN__S_CONTRACTS] = MN_D_unknown_contract,
    [MN__S_REPAIRS] = MN_D_unknown_repair,
    [MN__S_KINDS] = MN_D_unknown_kind,
    [MN__S_BLUEPRINTS] = MN_D_unknown_blueprint,
    [MN__S_SYMPTOMS] = MN_D_unknown_symptom,
    [MN__S_SEVERITY] = MN_D_unknown_severity,
    [MN__S_REGULATIONS] = MN_D_unknown_regulation,
};

/* Suggestions */

struct words {
    const char **at;
    size_t n, cap;
};

static void add_word(struct words *w, const char *word) {
    w->at = mn_grow(w->at, &w->cap, w->n + 1, sizeof *w->at);
    w->at[w->n++] = word;
}

static void add_section(struct mn__load *l, struct words *w, enum mn__section s) {
    for (size_t i = 0; i < l->defs[s].n && l->suggestions_left; i++) {
        const struct mn__item *id = mn__get(l->defs[s].at[i], MN__K_id);
        add_word(w, id ? id->text : mn__word(l, l->defs[s].at[i]->key));
    }
}

/* The word that was probably meant, or NULL. Comparing with 300,000 ids takes a moment; a file full
 * of mistakes must not take a day. */
static const char *nearest(struct mn__load *l, const char *word, struct words *w) {
    int i = -1;
    if (w->n <= l->suggestions_left) {
        l->suggestions_left -= w->n;
        i = mn_nearest(word, w->at, w->n);
    } else {
        l->suggestions_left = 0;
    }
    const char *near = i < 0 ? NULL : w->at[i];
    free(w->at);
    return near;
}

/* More unknown ids than this are the fault of the file that is missing. */
enum { HELD_MOST = 10 };

void mn__tell_held(struct mn__load *l) {
    for (size_t i = 0; l->n_held <= HELD_MOST && i < l->n_held; i++)
        mn__at(l, l->held[i].code, l->held[i].it, MN_ARGS(l->held[i].word));
}

/* Complains of a word that leads nowhere. While a file is missing, what has no near neighbour is
 * held back: it may be defined there. */
static void lead_nowhere(struct mn__load *l, enum mn_code code, const struct mn__item *it,
                         const char *word, struct words *w) {
    const char *near = nearest(l, word, w);
    l->meant = near;
    if (!near && l->any_missing) {
        if (l->n_held <= HELD_MOST) {
            l->held = mn_grow(l->held, &l->cap_held, l->n_held + 1, sizeof *l->held);
            l->held[l->n_held++] = (struct mn__held){code, it, word};
        }
        return;
    }
    if (mn__at(l, code, it, MN_ARGS(word)) && near)
        mn__note(l, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(near));
}

/* Ids that may be defined where we could not look */

static bool in_id(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
}

static bool holds_word(const struct mn_source *s, const char *word, size_t n) {
    const char *p = s->text, *end = s->text + s->size;
    while (p < end && (p = memmem(p, (size_t)(end - p), word, n))) {
        if ((p == s->text || !in_id(p[-1])) && (p + n == end || !in_id(p[n])))
            return true;
        p++;
    }
    return false;
}

static bool in_broken_file(const struct mn__load *l, const char *word, size_t n) {
    for (size_t i = 0; i < l->n_files; i++) {
        const struct mn_source *s = l->reader.sources[i];
        if (l->file[i].broken && s && (s->size > 1 << 20 || holds_word(s, word, n)))
            return true;
    }
    return false;
}

bool mn__may_exist(struct mn__load *l, const char *id) {
    if (!l->any_broken)
        return false;
    const char *slash = strchr(id, '/');
    return in_broken_file(l, id, strlen(id)) ||
           (slash && in_broken_file(l, id, (size_t)(slash - id)));
}

/* A site of whose parts some are not known, because what says them was refused. */
bool mn__site_is_open(const struct mn__load *l, int site) {
    const struct mn__item *def = l->defs[MN__S_SITES].at[site];
    const struct mn__item *name = mn__get(def, MN__K_blueprint);
    int blueprint = name ? mn__ids_get(&l->defs[MN__S_BLUEPRINTS].ids, name->atom) : -1;
    for (uint32_t i = 0; i < def->n; i++) {
        const struct mn__item *it = &def->items[i];
        bool part = it->key == MN__K_blueprint || it->key == MN__K_but || it->key == MN__K_lines;
        if (part && it->flags & MN__BAD)
            return true;
    }
    return name && blueprint < 0;
}

/* Is the id that of something in such a site? Then nobody can say. */
static bool in_open_site(const struct mn__load *l, const char *id) {
    const char *slash = strchr(id, '/');
    if (!slash)
        return false;
    uint32_t atom = mn__atom_find(l->reader.atoms, id, (size_t)(slash - id));
    int site = mn__ids_get(&l->defs[MN__S_SITES].ids, atom);
    return site >= 0 && mn__site_is_open(l, site);
}

/* Lists without repetitions; a long list must not take the square of its length. */

struct distinct {
    int *at, n;
    struct mn__ids seen;
};

static void add_distinct(struct distinct *d, int place) {
    if (place < 0 || mn__ids_add(&d->seen, (uint32_t)place + 1, 0) >= 0)
        return;
    d->at[d->n++] = place;
}

static struct mn_ints end_distinct(struct distinct *d) {
    mn__ids_fini(&d->seen);
    return (struct mn_ints){d->n, d->at};
}

/* Sections */

static uint32_t atom_of(const struct mn__load *l, const struct mn__item *it) {
    return it->atom ? it->atom : mn__atom_find(l->reader.atoms, it->text, it->n);
}

int mn__ref(struct mn__load *l, enum mn__section s, const struct mn__item *it) {
    if (!mn__is(it, MN__SCALAR))
        return -1;
    int place = mn__ids_get(&l->defs[s].ids, atom_of(l, it));
    if (place >= 0 || mn__may_exist(l, it->text))
        return place;
    struct words w = {0};
    add_section(l, &w, s);
    lead_nowhere(l, unknown[s], it, it->text, &w);
    return -1;
}

struct mn_party mn__ref_party(struct mn__load *l, const struct mn__item *it) {
    struct mn_party none = {MN_PARTY_NONE, -1};
    if (!mn__is(it, MN__SCALAR))
        return none;
    int team = mn__ids_get(&l->defs[MN__S_TEAMS].ids, atom_of(l, it));
    int role = mn__ids_get(&l->defs[MN__S_ROLES].ids, atom_of(l, it));
    if (team >= 0)
        return (struct mn_party){MN_PARTY_TEAM, team};
    if (role >= 0)
        return (struct mn_party){MN_PARTY_ROLE, role};
    if (!mn__may_exist(l, it->text)) {
        struct words w = {0};
        add_section(l, &w, MN__S_ROLES);
        add_section(l, &w, MN__S_TEAMS);
        lead_nowhere(l, MN_D_unknown_party, it, it->text, &w);
    }
    return none;
}

struct mn_ints mn__refs(struct mn__load *l, enum mn__section s, const struct mn__item *list) {
    if (!mn__is(list, MN__LIST) || list->n == 0)
        return (struct mn_ints){0, NULL};
    struct distinct d = {MN_ARENA_ARRAY(l->arena, int, list->n), 0, {0}};
    for (uint32_t i = 0; i < list->n; i++)
        add_distinct(&d, mn__ref(l, s, &list->items[i]));
    return end_distinct(&d);
}

/* Components */

static int place_of(const struct mn__load *l, uint32_t atom) {
    int packed = mn__index_get(&l->ids, atom);
    return packed < 0 ? -1 : l->first[packed & 3] + (packed >> 2);
}

int mn__find_component(const struct mn__load *l, const char *text, size_t n, int site) {
    if (site >= 0) {
        char id[256];
        const char *at = mn__get(l->defs[MN__S_SITES].at[site], MN__K_id)->text;
        size_t prefix = strlen(at);
        if (prefix + 1 + n < sizeof id) {
            memcpy(id, at, prefix);
            id[prefix] = '/';
            memcpy(id + prefix + 1, text, n);
            int place = place_of(l, mn__atom_find(l->reader.atoms, id, prefix + 1 + n));
            if (place >= 0)
                return place;
        }
    }
    return place_of(l, mn__atom_find(l->reader.atoms, text, n));
}

static enum mn_class class_of(const struct mn__load *l, int component) {
    enum mn_class cls = MN_CLASSES - 1;
    while (cls > 0 && component < l->first[cls])
        cls--;
    return cls;
}

static enum mn_code unknown_component(unsigned classes) {
    switch (classes) {
    case MN__NODE:
        return MN_D_unknown_node;
    case MN__SERVICE:
        return MN_D_unknown_service;
    case MN__GROUP:
        return MN_D_unknown_group;
    case MN__NODE | MN__GROUP:
        return MN_D_unknown_node_or_group;
    default:
        return MN_D_unknown_component;
    }
}

static void no_component(struct mn__load *l, const struct mn__item *it, const char *text,
                         enum mn_code code, int site, unsigned classes, int found) {
    if (found < 0 && (mn__may_exist(l, text) || in_open_site(l, text) ||
                      (site >= 0 && mn__site_is_open(l, site))))
        return;
    if (found >= 0) {
        enum mn_class cls = class_of(l, found);
        const struct mn__draft *d = &l->drafts[cls].at[found - l->first[cls]];
        if (mn__at(l, code, it, MN_ARGS(text)))
            mn__note(l, MN_D_is_another_class, mn__where(l, d->id_item),
                     MN_ARGS(text, mn_class_name(cls)));
        return;
    }
    struct words w = {0};
    for (enum mn_class cls = 0; cls < MN_CLASSES; cls++) {
        for (size_t i = 0; classes >> cls & 1 && i < l->drafts[cls].n && l->suggestions_left; i++) {
            const struct mn__draft *d = &l->drafts[cls].at[i];
            if (site >= 0 && d->site == site && d->local)
                add_word(&w, mn__word(l, d->local));
            if (d->site < 0 || d->origin == MN_FROM_FILE || strchr(text, '/'))
                add_word(&w, mn__word(l, d->id));
        }
    }
    lead_nowhere(l, code, it, text, &w);
}

static int ref_named(struct mn__load *l, const struct mn__item *it, const char *text, size_t n,
                     enum mn_code code, int site, unsigned classes) {
    int place = mn__find_component(l, text, n, site);
    if (place >= 0 && classes >> class_of(l, place) & 1)
        return place;
    const char *name = mn_arena_strndup(l->scratch, text, n);
    no_component(l, it, name, code, site, classes, place);
    return -1;
}

int mn__ref_component(struct mn__load *l, const struct mn__item *it, int site, unsigned classes) {
    if (!mn__is(it, MN__SCALAR))
        return -1;
    return ref_named(l, it, it->text, it->n, unknown_component(classes), site, classes);
}

int mn__ref_end(struct mn__load *l, const struct mn__item *it, int site, uint32_t *port) {
    *port = 0;
    if (!mn__is(it, MN__SCALAR))
        return -1;
    const char *colon = memchr(it->text, ':', it->n);
    size_t n = colon ? (size_t)(colon - it->text) : it->n;
    if (colon)
        *port = mn__atom(l->reader.atoms, colon + 1, it->n - n - 1);
    if (!colon && site < 0 && it->atom) { /* the usual case in a large flat model */
        int packed = mn__index_get(&l->ids, atom_of(l, it));
        if (packed >= 0 && (packed & 3) == MN_NODE)
            return packed >> 2;
    }
    return ref_named(l, it, it->text, n, MN_D_unknown_end, site, MN__NODE);
}

struct mn_ints mn__component_refs(struct mn__load *l, const struct mn__item *list, int site,
                                  unsigned classes) {
    if (!mn__is(list, MN__LIST) || list->n == 0)
        return (struct mn_ints){0, NULL};
    struct distinct d = {MN_ARENA_ARRAY(l->arena, int, list->n), 0, {0}};
    for (uint32_t i = 0; i < list->n; i++)
        add_distinct(&d, mn__ref_component(l, &list->items[i], site, classes));
    return end_distinct(&d);
}

struct mn_ints mn__service_refs(struct mn__load *l, const struct mn__item *list) {
    struct mn_ints components = mn__component_refs(l, list, -1, MN__SERVICE);
    int *at = (int *)components.at;
    for (int i = 0; i < components.n; i++)
        at[i] -= l->first[MN_SERVICE];
    return components;
}
