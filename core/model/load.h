/* A load under way: the trees of all files, the ids they define, and the model being built.
 *
 * A load goes: read every file and check its shape; gather the definitions and their ids
 * (sections.c); expand blueprints into drafts of components (expand.c); build each array of the
 * model, with references resolved (people.c, kinds.c, components.c, services.c, rules.c); check
 * what only the whole can say (check.c). A step meets only what earlier ones left usable, so that
 * one mistake gives one diagnostic. */
#ifndef MN_MODEL_LOAD_H
#define MN_MODEL_LOAD_H

#include "model/model.h"
#include "model/tree.h"

/* The model with what look-ups need; the public part comes first. */
struct mn__model {
    struct mn_model pub;
    struct mn_arena *arena;
    struct mn__atoms *atoms;
    struct mn__index components;
    struct mn__ids sites, areas, teams, roles, kinds;
};

enum mn__section {
    MN__S_AREAS,
    MN__S_SITES,
    MN__S_TEAMS,
    MN__S_ROLES,
    MN__S_CONTRACTS,
    MN__S_REPAIRS,
    MN__S_KINDS,
    MN__S_BLUEPRINTS,
    MN__S_NODES,
    MN__S_LINKS,
    MN__S_SERVICES,
    MN__S_GROUPS,
    MN__S_SYMPTOMS,
    MN__S_POLICIES,
    MN__S_SEVERITY,
    MN__S_REGULATIONS,
    MN__SECTIONS
};

/* What stands under one top-level key, from all files, in file order. */
struct mn__defs {
    const struct mn__item **at;
    size_t n, cap;
    struct mn__ids ids; /* to the place in `at`; not for components */
};

/* A component before it is built. */
struct mn__draft {
    const struct mn__item *item;    /* a map: kind, name, … */
    const struct mn__item *id_item; /* what to point at when its id is wrong */
    const struct mn__item *changed; /* where its site changed it, or NULL */
    const struct mn__item *ends;    /* of a link: two scalars, or NULL */
    uint32_t id, local, line;       /* atoms; 0 where there is none */
    int32_t site, blueprint;
    uint8_t origin;   /* enum mn_origin */
    bool far_outside; /* ends[1] is not looked for in the site first */
};

struct mn__drafts {
    struct mn__draft *at;
    size_t n, cap;
};

struct mn__file {
    const char *name; /* relative to the model's folder */
    struct mn__item *root;
    bool broken; /* could not be read to its end: what it defines is not known */
};

struct mn__load {
    struct mn_files *files;
    struct mn__reader reader;
    struct mn_arena *scratch; /* until the load ends */
    struct mn_arena *arena;   /* the model's */
    struct mn__model *model;
    struct mn__file *file;
    size_t n_files, cap_files, cap_sources, bytes;
    bool any_broken, any_missing; /* a file not read to its end; one not read at all */
    struct mn__defs defs[MN__SECTIONS];
    struct mn__drafts drafts[MN_CLASSES];
    int first[MN_CLASSES]; /* where each class begins among the components */
    struct mn__index ids;  /* component id → class | place << 2 */
    const struct mn__item *network;
    bool *kind_faults_take_by; /* by kind: some of its faults are repaired by whoever `by` says */
    size_t suggestions_left;
    const char *meant;   /* what the last word that led nowhere was probably meant to be, or NULL */
    bool doubtful;       /* mistakes leave open what is connected to what */
    bool *site_doubtful; /* the same within one site; NULL while there is none */
    struct mn__held {    /* complaints of ids that a missing file may define */
        enum mn_code code;
        const struct mn__item *it;
        const char *word;
    } * held;
    size_t n_held, cap_held;
};

/* Complains at an item, or at its key. True when notes may follow. */
bool mn__at(struct mn__load *l, enum mn_code code, const struct mn__item *it,
            const char *const *args);
bool mn__at_key(struct mn__load *l, enum mn_code code, const struct mn__item *it,
                const char *const *args);
void mn__note(struct mn__load *l, enum mn_code code, struct mn_loc loc, const char *const *args);
struct mn_loc mn__where(const struct mn__load *l, const struct mn__item *it);
const char *mn__word(const struct mn__load *l, uint32_t atom);

/* include.c: reads network.yaml and all that it includes. */
void mn__load_files(struct mn__load *l);

/* sections.c: gathers the definitions of all files and their ids. */
void mn__gather(struct mn__load *l);
/* Adds a component's id; complains when it is taken. */
bool mn__declare(struct mn__load *l, enum mn_class cls, size_t place);

/* expand.c: sites with their defaults; blueprints into drafts. */
void mn__expand(struct mn__load *l);
bool mn__removed_here(const struct mn__load *l, int site, uint32_t local,
                      const struct mn__item **where);

/* The `roles` of a definition (people.c), and a complaint when it ends before it begins. */
struct mn_role_teams mn__role_teams(struct mn__load *l, const struct mn__item *def);
void mn__check_dates(struct mn__load *l, const struct mn__item *def);

/* The faults of a component: its kind's (-1: none) with its own `faults`; `by` repairs where a
 * fault does not say. */
struct mn_faults mn__faults(struct mn__load *l, int kind, const struct mn__item *def,
                            struct mn_party by);

bool mn__has_role(struct mn_role_teams roles, int role); /* model.c */

/* Building, section by section. */
void mn__build_people(struct mn__load *l);     /* people.c: areas, teams, roles, contracts */
void mn__build_kinds(struct mn__load *l);      /* kinds.c: repairs, symptoms, kinds, blueprints */
void mn__build_sites(struct mn__load *l);      /* sites.c */
void mn__build_components(struct mn__load *l); /* components.c: nodes, links, groups */
void mn__build_services(struct mn__load *l);   /* services.c */
void mn__build_rules(struct mn__load *l);      /* rules.c: policies, severity, regulations */

/* check.c: cycles, roles that become no team, sites without the device that a service is used from.
 */
void mn__check_whole(struct mn__load *l);

/* assume.c: makes a model with mistakes fit for further checks; false when too much is open. */
bool mn__assume(struct mn__load *l);
/* Mistakes leave open what is connected in the site (-1: anywhere). */
void mn__doubt_site(struct mn__load *l, int site);

#endif
