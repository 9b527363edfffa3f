/* Sites: what a row says of itself. What lies in a site is filled with the components. */
#include "model/fields.h"
#include "model/refs.h"
#include "model/values.h"

static bool point_of(const struct mn__item *def, struct mn_site *site) {
    const struct mn__item *at = mn__get(def, MN__K_at);
    if (!mn__is(at, MN__LIST) || at->n != 2 || !mn__is(&at->items[0], MN__SCALAR) ||
        !mn__is(&at->items[1], MN__SCALAR))
        return false;
    return mn__parse_degrees(at->items[0].text, 90, &site->lat_e5) &&
           mn__parse_degrees(at->items[1].text, 180, &site->lon_e5);
}

static bool says(const struct mn__item *def, enum mn__key key) {
    for (uint32_t i = 0; i < def->n; i++) {
        if (def->items[i].key == (uint32_t)key)
            return true;
    }
    return false;
}

void mn__build_sites(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_SITES];
    struct mn_site *sites = MN_ARENA_ARRAY(l->arena, struct mn_site, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i], *plan = mn__get(def, MN__K_blueprint);
        struct mn_site *s = &sites[i];
        *s = (struct mn_site){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .type = mn__string(def, MN__K_type),
            .area = mn__ref(l, MN__S_AREAS, mn__get(def, MN__K_area)),
            .blueprint = plan ? mn__ids_get(&l->defs[MN__S_BLUEPRINTS].ids, plan->atom) : -1,
            .contract = mn__ref(l, MN__S_CONTRACTS, mn__get(def, MN__K_contract)),
            .roles = mn__role_teams(l, def),
            .powered_by =
                mn__component_refs(l, mn__get(def, MN__K_powered_by), (int)i, MN__NODE | MN__GROUP),
            .population = mn__count(def, MN__K_population),
            .note = mn__text(def, MN__K_note),
            .loc = mn__where(l, def),
        };
        s->placed = point_of(def, s);
        if (!says(def, MN__K_type))
            mn__at(l, MN_D_site_without_type, mn__get(def, MN__K_id), MN_ARGS(s->id));
    }
    l->model->pub.sites = sites;
    l->model->pub.n_sites = (int)defs->n;
}
