/* Who acts: areas, teams, roles, contracts, and which team a role is where. */
#include "model/fields.h"
#include "model/refs.h"

#include <string.h>

/* {ROLE: TEAM} */
struct mn_role_teams mn__role_teams(struct mn__load *l, const struct mn__item *def) {
    const struct mn__item *map = mn__get(def, MN__K_roles);
    if (!mn__is(map, MN__MAP))
        return (struct mn_role_teams){0, NULL};
    struct mn_role_team *at = MN_ARENA_ARRAY(l->arena, struct mn_role_team, map->n);
    int n = 0;
    for (uint32_t i = 0; i < map->n; i++) {
        const struct mn__item *it = &map->items[i];
        if (it->flags & MN__BAD)
            continue;
        const char *name = mn__word(l, it->key);
        struct mn__item *key = MN_ARENA_ARRAY(l->scratch, struct mn__item, 1);
        *key = mn__key_item(it, name, strlen(name));
        int role = mn__ref(l, MN__S_ROLES, key), team = mn__ref(l, MN__S_TEAMS, it);
        if (role >= 0 && team >= 0)
            at[n++] = (struct mn_role_team){role, team};
    }
    return (struct mn_role_teams){n, at};
}

void mn__check_dates(struct mn__load *l, const struct mn__item *def) {
    const struct mn__item *from = mn__get(def, MN__K_valid_from),
                          *until = mn__get(def, MN__K_valid_until);
    if (from && until && strcmp(from->text, until->text) > 0)
        mn__at(l, MN_D_dates_reversed, until, MN_ARGS(until->text, from->text));
}

static void build_areas(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_AREAS];
    struct mn_area *areas = MN_ARENA_ARRAY(l->arena, struct mn_area, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        areas[i] = (struct mn_area){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .roles = mn__role_teams(l, def),
            .note = mn__text(def, MN__K_note),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.areas = areas;
    l->model->pub.n_areas = (int)defs->n;
}

static void build_teams(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_TEAMS];
    struct mn_team *teams = MN_ARENA_ARRAY(l->arena, struct mn_team, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        int tier = mn__count(def, MN__K_tier);
        teams[i] = (struct mn_team){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .description = mn__text(def, MN__K_description),
            .contact = mn__text(def, MN__K_contact),
            .hours = mn__text(def, MN__K_hours),
            .tier = tier < 0 ? 0 : tier,
            .skills = mn__strings(l->arena, mn__get(def, MN__K_skills)),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.teams = teams;
    l->model->pub.n_teams = (int)defs->n;
}

static void build_roles(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_ROLES];
    struct mn_role *roles = MN_ARENA_ARRAY(l->arena, struct mn_role, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        roles[i] = (struct mn_role){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .team = mn__ref(l, MN__S_TEAMS, mn__get(def, MN__K_team)),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.roles = roles;
    l->model->pub.n_roles = (int)defs->n;
}

static void build_contracts(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_CONTRACTS];
    struct mn_contract *contracts = MN_ARENA_ARRAY(l->arena, struct mn_contract, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        mn__check_dates(l, def);
        contracts[i] = (struct mn_contract){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .roles = mn__role_teams(l, def),
            .response_s = mn__seconds(def, MN__K_response),
            .restore_s = mn__seconds(def, MN__K_restore),
            .valid_from = mn__string(def, MN__K_valid_from),
            .valid_until = mn__string(def, MN__K_valid_until),
            .note = mn__text(def, MN__K_note),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.contracts = contracts;
    l->model->pub.n_contracts = (int)defs->n;
}

void mn__build_people(struct mn__load *l) {
    build_areas(l);
    build_teams(l);
    build_roles(l);
    build_contracts(l);
}
