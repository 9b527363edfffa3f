/* What stands around an incident: severity, escalation policies, the regulations they rest on. */
#include "model/fields.h"
#include "model/refs.h"

#include <string.h>

static void build_regulations(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_REGULATIONS];
    struct mn_regulation *regulations = MN_ARENA_ARRAY(l->arena, struct mn_regulation, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        const char *standing = mn__string(def, MN__K_standing);
        mn__check_dates(l, def);
        regulations[i] = (struct mn_regulation){
            .id = mn__string(def, MN__K_id),
            .title = {mn__text(def, MN__K_title), {NULL, NULL}},
            .reference = mn__string(def, MN__K_reference),
            .valid_from = mn__string(def, MN__K_valid_from),
            .valid_until = mn__string(def, MN__K_valid_until),
            .assumption = standing && strcmp(standing, "assumption") == 0,
            .note = mn__text(def, MN__K_note),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.regulations = regulations;
    l->model->pub.n_regulations = (int)defs->n;
}

static struct mn_severity_when when_of(const struct mn__item *it) {
    return (struct mn_severity_when){mn__count(it, MN__K_sites), mn__count(it, MN__K_services),
                                     mn__count(it, MN__K_main_activities),
                                     mn__count(it, MN__K_cut_off)};
}

static void build_when(struct mn__load *l, struct mn_severity_level *level,
                       const struct mn__item *it) {
    if (!it)
        return;
    bool many = it->type == MN__LIST;
    int n = many ? (int)it->n : 1;
    struct mn_severity_when *when = MN_ARENA_ARRAY(l->arena, struct mn_severity_when, (size_t)n);
    for (int i = 0; i < n; i++)
        when[i] = when_of(many ? &it->items[i] : it);
    level->when = when;
    level->n_when = n;
}

static int rank_of(const char *id) {
    static const char *const ranks[] = {"low", "medium", "high", "urgent"};
    int rank = 0;
    while (rank < (int)MN_COUNT(ranks) && strcmp(ranks[rank], id) != 0)
        rank++;
    return rank;
}

static void build_severities(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_SEVERITY];
    struct mn_severity_level *levels = MN_ARENA_ARRAY(l->arena, struct mn_severity_level, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        levels[i] = (struct mn_severity_level){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .description = mn__text(def, MN__K_description),
            .update_every_s = mn__seconds(def, MN__K_update_every),
            .report_s = mn__seconds(def, MN__K_report),
            .loc = mn__where(l, def),
        };
        build_when(l, &levels[i], mn__get(def, MN__K_when));
        if (i > 0 && rank_of(levels[i].id) < rank_of(levels[i - 1].id))
            mn__at(l, MN_D_severity_order, mn__get(def, MN__K_id),
                   MN_ARGS(levels[i].id, levels[i - 1].id));
    }
    l->model->pub.severities = levels;
    l->model->pub.n_severities = (int)defs->n;
}

static void build_levels(struct mn__load *l, struct mn_policy *p, const struct mn__item *list) {
    if (!mn__is(list, MN__LIST))
        return;
    struct mn_level *levels = MN_ARENA_ARRAY(l->arena, struct mn_level, list->n);
    int before = -1;
    for (uint32_t i = 0; i < list->n; i++) {
        const struct mn__item *it = &list->items[i], *after = mn__get(it, MN__K_after);
        const char *type = mn__string(it, MN__K_type);
        levels[i] = (struct mn_level){
            .to = mn__ref_party(l, mn__get(it, MN__K_to)),
            .type = type && strcmp(type, "hierarchic") == 0 ? MN_HIERARCHIC : MN_FUNCTIONAL,
            .after_s = mn__seconds(it, MN__K_after),
            .acknowledge_s = mn__seconds(it, MN__K_acknowledge),
            .by_phone = mn__text(it, MN__K_by_phone),
            .note = mn__text(it, MN__K_note),
        };
        if (after && levels[i].after_s < before)
            mn__at(l, MN_D_level_order, after, MN_ARGS(after->text));
        if (after)
            before = levels[i].after_s;
    }
    p->levels = levels;
    p->n_levels = (int)list->n;
}

static void build_policies(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_POLICIES];
    struct mn_policy *policies = MN_ARENA_ARRAY(l->arena, struct mn_policy, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i], *to = mn__get(def, MN__K_applies_to);
        mn__check_dates(l, def);
        policies[i] = (struct mn_policy){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .valid_from = mn__string(def, MN__K_valid_from),
            .valid_until = mn__string(def, MN__K_valid_until),
            .regulation = mn__ref(l, MN__S_REGULATIONS, mn__get(def, MN__K_reference)),
            .services = mn__service_refs(l, mn__get(to, MN__K_services)),
            .kinds = mn__refs(l, MN__S_KINDS, mn__get(to, MN__K_kinds)),
            .severities = mn__refs(l, MN__S_SEVERITY, mn__get(to, MN__K_severity)),
            .teams = mn__refs(l, MN__S_TEAMS, mn__get(to, MN__K_teams)),
            .loc = mn__where(l, def),
        };
        build_levels(l, &policies[i], mn__get(def, MN__K_levels));
    }
    l->model->pub.policies = policies;
    l->model->pub.n_policies = (int)defs->n;
}

void mn__build_rules(struct mn__load *l) {
    build_regulations(l);
    build_severities(l);
    build_policies(l);
}
