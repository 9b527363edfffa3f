/* The network as it is loaded: immutable, content-addressed, one free releases all.
 *
 * This room owns reading YAML, checking it, expanding blueprints, look-ups by name and the model's
 * hash. It must not know what fails with what (analysis/), how it is drawn (diagram/) or Lua.
 *
 * Everything is an array, and what refers to something holds its index; -1 is "none". A *component*
 * is anything that can fail: node, link, service or shared-risk group; each has a place in
 * `components` and one in the array of its class. Strings and arrays belong to the model. */
#ifndef MN_MODEL_MODEL_H
#define MN_MODEL_MODEL_H

#include "base/diag.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct mn_ints {
    int n;
    const int *at;
};

struct mn_strings {
    int n;
    const char *const *at;
};

struct mn_name {
    struct mn_text full;
    struct mn_text small; /* `short:`; vi NULL when there is none */
};

/* Who acts: a team, or a role that becomes a team by where the component is. */
struct mn_party {
    enum { MN_PARTY_NONE, MN_PARTY_TEAM, MN_PARTY_ROLE } is;
    int index; /* into teams or roles */
};

/* role → team, as a site, an area or a contract says it. */
struct mn_role_team {
    int role, team;
};
struct mn_role_teams {
    int n;
    const struct mn_role_team *at;
};

struct mn_role {
    const char *id;
    struct mn_name name;
    int team; /* the last resort, or -1 */
    struct mn_loc loc;
};

struct mn_team {
    const char *id;
    struct mn_name name;
    struct mn_text description, contact, hours; /* each may be empty */
    int tier;                                   /* 1, 2, 3; 0 when not said */
    struct mn_strings skills;
    struct mn_loc loc;
};

struct mn_area {
    const char *id;
    struct mn_name name;
    struct mn_role_teams roles;
    struct mn_text note;
    struct mn_loc loc;
};

struct mn_contract {
    const char *id;
    struct mn_name name;
    struct mn_role_teams roles;
    int response_s, restore_s; /* -1 when not said */
    const char *valid_from, *valid_until;
    struct mn_text note;
    struct mn_loc loc;
};

struct mn_repair {
    const char *id;
    struct mn_name name;
    struct mn_text interrupts, undo;
    const char *skill; /* or NULL */
    struct mn_loc loc;
};

/* What a fault does; `down` excludes the others. */
struct mn_effect {
    bool down, intermittent, degrades;
    struct mn_ints blocks;     /* services */
    struct mn_ints shows;      /* symptoms */
    int32_t capacity_left_ppm; /* with degrades: 1000000 = all of it */
    int32_t loss_ppm;
    int32_t delay_ms;
};

struct mn_fault {
    const char *mode; /* "power": the fault is COMPONENT!power */
    struct mn_name name;
    int64_t per_year_ppm;  /* expected number a year, in millionths */
    const char *repair_id; /* never NULL */
    int repair;            /* into repairs, or -1 when the model lists none */
    struct mn_party by;
    int takes_s; /* -1 when not said */
    struct mn_effect effect;
    int symptom; /* what people report when it has happened, into symptoms, or -1 */
    struct mn_loc loc;
};
struct mn_faults {
    int n;
    const struct mn_fault *at;
};

enum mn_class { MN_NODE, MN_LINK, MN_SERVICE, MN_GROUP, MN_CLASSES };

struct mn_kind {
    const char *id;
    struct mn_name name;
    struct mn_text description;
    int cls; /* enum mn_class, or -1: any */
    bool transit;
    const char *symbol; /* how diagrams show it, or NULL */
    int contract;
    struct mn_party by;
    struct mn_faults faults;
    struct mn_loc loc;
};

/* Where a component comes from. */
enum mn_origin { MN_FROM_FILE, MN_FROM_BLUEPRINT, MN_FROM_LINE, MN_FROM_BUT_ADD };

struct mn_component {
    const char *id;
    struct mn_name name; /* its own, or made of its kind's */
    enum mn_class cls;
    int index; /* into nodes, links, services or groups */
    int kind;  /* -1 only for a group or service without one */
    int site;
    struct mn_party by;
    int contract;
    struct mn_faults faults; /* the kind's with the component's own changes */
    struct mn_ints groups;   /* the shared-risk groups it is a member of, as indices into groups */
    struct mn_text note;
    enum mn_origin origin;
    int blueprint;         /* with origin other than MN_FROM_FILE; index into blueprints */
    struct mn_loc loc;     /* where it was defined (in a blueprint: there) */
    struct mn_loc changed; /* where the site's `but: set` or `lines` changed it, or MN_NOWHERE */
};

struct mn_failover {
    int after_s; /* -1: not a standby */
    bool manual;
};

struct mn_node {
    int component;
    bool transit;
    const char *local;         /* name within its site ("cpe" of "26740/cpe"), or NULL */
    struct mn_ints powered_by; /* components, any one suffices; the site's where it has none */
    struct mn_ints requires;   /* components, all of them */
    struct mn_failover failover;
    const char *address;
    struct mn_ints links; /* the links that end here, in model order */
};

struct mn_link {
    int component;
    int end[2];          /* nodes */
    const char *port[2]; /* NULL when not said */
    int64_t capacity;    /* bit/s; -1: not limited */
    int32_t delay_ms;    /* -1 when not said */
    const char *line;    /* "primary" when it is a line of its site, or NULL */
    const char *circuit;
};

struct mn_host {
    int node;
    struct mn_failover failover; /* the host entry's, else the node's */
};
/* One entry of `hosts`: some one of these. */
struct mn_host_group {
    int n;
    const struct mn_host *at;
};

struct mn_service {
    int component;
    struct mn_text description;
    int n_hosts;
    const struct mn_host_group *hosts; /* every entry is needed */
    struct mn_ints requires;           /* services */
    struct mn_ints via;                /* nodes, the path passes one of them; n 0: no matter */
    int64_t needs;                     /* bit/s; 0: nothing */
    struct mn_strings endpoint;        /* local names in the site; any one suffices */
    struct mn_strings used_at;         /* types of sites */
    bool main_activity;
    bool meeting;         /* an online meeting system: its endpoints are bridge points */
    struct mn_text owner; /* in words; may be empty */
    int n_lone;
    const struct mn_loc *lone; /* lists of `any_of` with nothing to choose from */
};

struct mn_group {
    int component;
    struct mn_ints members; /* components */
};

struct mn_site {
    const char *id;
    struct mn_name name;
    const char *type;
    int area;
    bool placed;            /* lat, lon are known */
    int32_t lat_e5, lon_e5; /* degrees × 100000 */
    int blueprint;
    int contract;
    struct mn_role_teams roles;
    struct mn_ints powered_by;
    struct mn_ints nodes, links; /* what lies in it, in model order */
    struct mn_ints lines;        /* its links that are lines */
    struct mn_ints uses;         /* services, in model order */
    int population;              /* -1 when not said */
    struct mn_text note;
    struct mn_loc loc;
};

struct mn_blueprint {
    const char *id;
    struct mn_name name; /* vi NULL when not said */
    struct mn_loc loc;
};

struct mn_symptom {
    const char *id;
    struct mn_name name;
    struct mn_text description;
    int service; /* into services, or -1 */
    struct mn_loc loc;
};

enum mn_escalation { MN_FUNCTIONAL, MN_HIERARCHIC };

struct mn_level {
    struct mn_party to;
    enum mn_escalation type;
    int after_s, acknowledge_s; /* -1 when not said */
    struct mn_text by_phone, note;
};

struct mn_policy {
    const char *id;
    struct mn_name name;
    const char *valid_from, *valid_until; /* dates or NULL */
    int regulation;
    struct mn_ints services, kinds, severities, teams; /* applies_to; all n 0: to everything */
    int n_levels;
    const struct mn_level *levels;
    struct mn_loc loc;
};

/* All given minimums must hold; -1: not given. */
struct mn_severity_when {
    int sites, services, main_activities, cut_off;
};

struct mn_severity_level {
    const char *id;
    struct mn_name name;
    struct mn_text description;
    int n_when; /* any of these; 0: always */
    const struct mn_severity_when *when;
    int update_every_s, report_s; /* -1 when not said */
    struct mn_loc loc;
};

struct mn_regulation {
    const char *id;
    struct mn_name title;
    const char *reference, *valid_from, *valid_until;
    bool assumption; /* `standing: assumption`; else it was read in a source */
    struct mn_text note;
    struct mn_loc loc;
};

struct mn_model {
    const char *id;
    struct mn_name name;
    bool illustrative;
    const char *date; /* YYYY-MM-DD */

    int n_areas, n_teams, n_roles, n_contracts, n_repairs, n_kinds, n_blueprints, n_sites;
    int n_components, n_nodes, n_links, n_services, n_groups;
    int n_symptoms, n_policies, n_severities, n_regulations;
    const struct mn_area *areas;
    const struct mn_team *teams;
    const struct mn_role *roles;
    const struct mn_contract *contracts;
    const struct mn_repair *repairs;
    const struct mn_kind *kinds;
    const struct mn_blueprint *blueprints;
    const struct mn_site *sites;
    const struct mn_component *components; /* nodes, then links, services, groups; in file order */
    const struct mn_node *nodes;
    const struct mn_link *links;
    const struct mn_service *services;
    const struct mn_group *groups;
    const struct mn_symptom *symptoms;
    const struct mn_policy *policies;
    const struct mn_severity_level *severities; /* lowest first */
    const struct mn_regulation *regulations;
    char *hash; /* MN_HASH_HEX bytes to keep it in, empty until it is asked for; may be NULL */
};

/* Loads network.yaml and what it includes from `files` (which must outlive the model: locations
 * point into it). NULL when there was any error; warnings do not stop it. All problems are added.
 */
struct mn_model *mn_model_load(struct mn_files *files, struct mn_diags *d);
/* The same, and `further` looks for what this room cannot see, even after errors: then at a model
 * in which what is wrong is taken to be well, so that all is told in one go; it is not asked when
 * too much is open. Its errors do not make the result NULL. */
struct mn_model *mn_model_check(struct mn_files *files, struct mn_diags *d,
                                bool (*further)(const struct mn_model *m, struct mn_diags *d));
void mn_model_free(struct mn_model *m);

/* Adds warnings of what is well formed and of no use: teams, contracts and repairs that nothing
 * refers to, groups of nothing, units whose lines all end at one node, choices of one. What a model
 * was loaded with before is never made an error: an open incident may have pinned it. `named` says
 * of each team whether a runbook names it; NULL: that is not known, and said. */
void mn_model_advise(const struct mn_model *m, const bool *named, struct mn_diags *d);

/* SHA-256 over the expanded model as JSON with sorted keys: no comments, file names or positions.
 */
void mn_model_hash(const struct mn_model *m, char hex[MN_HASH_HEX]);

/* The same numbers in the same order. */
bool mn_ints_same(const struct mn_ints *a, const struct mn_ints *b);

/* Exact look-ups by id; -1 when there is none. */
int mn_model_component(const struct mn_model *m, const char *id);
int mn_model_site(const struct mn_model *m, const char *id);
int mn_model_area(const struct mn_model *m, const char *id);
int mn_model_team(const struct mn_model *m, const char *id);
int mn_model_role(const struct mn_model *m, const char *id);

/* What a person may mean by a code, an id or a name. */
enum mn_scope {
    MN_SCOPE_SITE = 1,
    MN_SCOPE_COMPONENT = 2,
    MN_SCOPE_AREA = 4,
    MN_SCOPE_TEAM = 8,
    MN_SCOPE_SERVICE = 16, /* only components that are services */
};
struct mn_found {
    enum mn_scope scope;
    int index; /* into sites, components, areas or teams */
};

/* Finds what `text` names within the scopes: an exact id or code first, else names (full or short,
 * either language, with or without "Phường"/"Ward" before or after) compared without accents, tones
 * and case. True with exactly one; otherwise a diagnostic lists what it could be, or suggests. */
bool mn_model_lookup(const struct mn_model *m, const char *text, unsigned scopes,
                     struct mn_found *found, struct mn_diags *d);

/* The team that a party is for this component (-1: for the whole network): the site's word, then
 * the area's, then the contract's, then the role's own. -1 when nobody says. */
int mn_model_resolve(const struct mn_model *m, struct mn_party p, int component);

/* What a policy may be asked about; -1 for what is not known. */
struct mn_policy_case {
    int component, severity;
    int team;         /* who has the incident now */
    const char *date; /* YYYY-MM-DD; NULL: any day */
};
/* How closely the policy fits: -1 not at all, else the number of conditions that it names. */
int mn_model_policy_fit(const struct mn_model *m, int policy, struct mn_policy_case c);
/* The policy that fits best, of several the first; -1 when none does. */
int mn_model_policy(const struct mn_model *m, struct mn_policy_case c);

/* The nodes from which a site uses a service (those of `endpoint` that it has). Writes at most
 * `max` and returns how many there are. */
int mn_model_endpoints(const struct mn_model *m, int site, int service, int *nodes, int max);

/* "node", "link", "service", "shared-risk". */
const char *mn_class_name(enum mn_class cls);

/* Writes a capacity as the format has it: 200M, 10G, 1500K. */
void mn_capacity_text(int64_t bits, char out[24]);
/* Writes a duration as the format has it: 90s, 30m, 4h, 2d. */
void mn_duration_text(int seconds, char out[24]);

#endif
