/* Kinds of components and how they fail: repairs, symptoms, faults and their effects. */
#include "model/fields.h"
#include "model/refs.h"
#include "model/values.h"

#include <string.h>

static void build_repairs(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_REPAIRS];
    struct mn_repair *repairs = MN_ARENA_ARRAY(l->arena, struct mn_repair, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        repairs[i] = (struct mn_repair){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .interrupts = mn__text(def, MN__K_interrupts),
            .undo = mn__text(def, MN__K_undo),
            .skill = mn__string(def, MN__K_skill),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.repairs = repairs;
    l->model->pub.n_repairs = (int)defs->n;
}

static int service_of(struct mn__load *l, const struct mn__item *it) {
    int c = mn__ref_component(l, it, -1, MN__SERVICE);
    return c < 0 ? -1 : c - l->first[MN_SERVICE];
}

static void build_symptoms(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_SYMPTOMS];
    struct mn_symptom *symptoms = MN_ARENA_ARRAY(l->arena, struct mn_symptom, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i];
        symptoms[i] = (struct mn_symptom){
            .id = mn__string(def, MN__K_id),
            .name = mn__name(def, MN__K_name),
            .description = mn__text(def, MN__K_description),
            .service = service_of(l, mn__get(def, MN__K_service)),
            .loc = mn__where(l, def),
        };
    }
    l->model->pub.symptoms = symptoms;
    l->model->pub.n_symptoms = (int)defs->n;
}

static int32_t share(const struct mn__item *map, enum mn__key key, int32_t missing) {
    const char *s = mn__string(map, key);
    int32_t ppm;
    return s && mn__parse_share(s, &ppm) ? ppm : missing;
}

static struct mn_effect effect_of(struct mn__load *l, const struct mn__item *it) {
    struct mn_effect e = {.capacity_left_ppm = 1000000};
    if (!mn__is(it, MN__MAP)) {
        e.intermittent = mn__is(it, MN__SCALAR) && strcmp(it->text, "intermittent") == 0;
        e.down = !e.intermittent;
        return e;
    }
    struct mn_ints blocks = mn__component_refs(l, mn__get(it, MN__K_blocks), -1, MN__SERVICE);
    int *services = MN_ARENA_ARRAY(l->arena, int, (size_t)blocks.n);
    for (int i = 0; i < blocks.n; i++)
        services[i] = blocks.at[i] - l->first[MN_SERVICE];
    e.blocks = (struct mn_ints){blocks.n, services};
    e.shows = mn__refs(l, MN__S_SYMPTOMS, mn__get(it, MN__K_shows));
    e.intermittent = mn__true(it, MN__K_intermittent);
    const struct mn__item *degrades = mn__get(it, MN__K_degrades);
    if (degrades) {
        int32_t delay = mn__delay_ms(degrades, MN__K_delay);
        e.degrades = true;
        e.capacity_left_ppm = share(degrades, MN__K_capacity, 1000000);
        e.loss_ppm = share(degrades, MN__K_loss, 0);
        e.delay_ms = delay < 0 ? 0 : delay;
    }
    return e;
}

static int repair_of(struct mn__load *l, const struct mn__item *it) {
    return l->defs[MN__S_REPAIRS].n ? mn__ref(l, MN__S_REPAIRS, it) : -1;
}

static int64_t per_year(const struct mn__item *def) {
    const char *s = mn__string(def, MN__K_per_year);
    int64_t ppm;
    return s && mn__parse_rate(s, &ppm) ? ppm : 0;
}

static void change_fault(struct mn__load *l, struct mn_fault *f, const struct mn__item *def) {
    if (mn__get(def, MN__K_name))
        f->name = mn__name(def, MN__K_name);
    if (mn__get(def, MN__K_per_year))
        f->per_year_ppm = per_year(def);
    if (mn__get(def, MN__K_repair)) {
        f->repair_id = mn__string(def, MN__K_repair);
        f->repair = repair_of(l, mn__get(def, MN__K_repair));
    }
    if (mn__get(def, MN__K_by))
        f->by = mn__ref_party(l, mn__get(def, MN__K_by));
    if (mn__get(def, MN__K_takes))
        f->takes_s = mn__seconds(def, MN__K_takes);
    if (mn__get(def, MN__K_effect))
        f->effect = effect_of(l, mn__get(def, MN__K_effect));
    if (mn__get(def, MN__K_symptom))
        f->symptom = mn__ref(l, MN__S_SYMPTOMS, mn__get(def, MN__K_symptom));
    f->loc = mn__key_loc(l->reader.sources, def);
}

static struct mn_fault new_fault(struct mn__load *l, const struct mn__item *def) {
    struct mn_fault f = {
        .mode = mn__word(l, def->key),
        .repair = -1,
        .takes_s = -1,
        .symptom = -1,
        .effect = {.down = true, .capacity_left_ppm = 1000000},
    };
    change_fault(l, &f, def);
    return f;
}

static bool has_bad(const struct mn__item *map, enum mn__key key) {
    for (uint32_t i = 0; i < map->n; i++) {
        if (map->items[i].key == (uint32_t)key)
            return map->items[i].flags & MN__BAD;
    }
    return false;
}

/* A fault that the kind does not have must be whole. */
static void check_whole_fault(struct mn__load *l, const struct mn__item *def) {
    static const enum mn__key needed[] = {MN__K_name, MN__K_repair};
    for (size_t i = 0; i < MN_COUNT(needed); i++) {
        if (!mn__get(def, needed[i]) && !has_bad(def, needed[i])) {
            mn__at_key(l, MN_D_fault_incomplete, def,
                       MN_ARGS(mn__word(l, def->key), mn__word(l, (uint32_t)needed[i])));
            return;
        }
    }
}

static bool some_without_by(const struct mn__item *map) {
    for (uint32_t i = 0; map && i < map->n; i++) {
        if (!mn__get(&map->items[i], MN__K_by))
            return true;
    }
    return false;
}

struct mn_faults mn__faults(struct mn__load *l, int kind, const struct mn__item *def,
                            struct mn_party by) {
    struct mn_faults base = {0, NULL};
    if (kind >= 0)
        base = l->model->pub.kinds[kind].faults;
    const struct mn__item *own = mn__get(def, MN__K_faults);
    bool other_by = kind >= 0 && l->kind_faults_take_by[kind] && mn__get(def, MN__K_by);
    if (!own && !other_by)
        return base;
    struct mn_fault *at =
        MN_ARENA_ARRAY(l->arena, struct mn_fault, (size_t)base.n + (own ? own->n : 0));
    int n = base.n;
    if (n)
        memcpy(at, base.at, sizeof *at * (size_t)n);
    if (other_by) {
        const struct mn__item *kinds = mn__get(l->defs[MN__S_KINDS].at[kind], MN__K_faults);
        for (int i = 0, k = 0; kinds && (uint32_t)k < kinds->n && i < n; k++) {
            if (!mn__is(&kinds->items[k], MN__MAP))
                continue;
            if (!mn__get(&kinds->items[k], MN__K_by))
                at[i].by = by;
            i++;
        }
    }
    for (uint32_t i = 0; own && i < own->n; i++) {
        const struct mn__item *it = &own->items[i];
        const char *mode = mn__word(l, it->key);
        int k = 0;
        if (!mn__is(it, MN__MAP))
            continue;
        while (k < base.n && strcmp(at[k].mode, mode) != 0)
            k++;
        if (k < base.n) {
            change_fault(l, &at[k], it);
            continue;
        }
        if (kind >= 0 || !mn__get(def, MN__K_kind)) /* what an unknown kind has is not known */
            check_whole_fault(l, it);
        at[n] = new_fault(l, it);
        if (!mn__get(it, MN__K_by))
            at[n].by = by;
        n++;
    }
    return (struct mn_faults){n, at};
}

static struct mn_faults faults_of_kind(struct mn__load *l, const struct mn__item *map,
                                       struct mn_party by) {
    if (!mn__is(map, MN__MAP))
        return (struct mn_faults){0, NULL};
    struct mn_fault *at = MN_ARENA_ARRAY(l->arena, struct mn_fault, map->n);
    int n = 0;
    for (uint32_t i = 0; i < map->n; i++) {
        if (!mn__is(&map->items[i], MN__MAP))
            continue;
        at[n] = new_fault(l, &map->items[i]);
        if (!mn__get(&map->items[i], MN__K_by))
            at[n].by = by;
        n++;
    }
    return (struct mn_faults){n, at};
}

static int class_named(const char *name) {
    for (enum mn_class cls = 0; name && cls < MN_CLASSES; cls++) {
        if (strcmp(mn_class_name(cls), name) == 0)
            return (int)cls;
    }
    return -1;
}

static void build_kinds(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_KINDS];
    struct mn_kind *kinds = MN_ARENA_ARRAY(l->arena, struct mn_kind, defs->n);
    l->kind_faults_take_by = MN_ARENA_ARRAY(l->scratch, bool, defs->n);
    for (size_t i = 0; i < defs->n; i++) {
        const struct mn__item *def = defs->at[i], *faults = mn__get(def, MN__K_faults);
        struct mn_party by = mn__ref_party(l, mn__get(def, MN__K_by));
        kinds[i] = (struct mn_kind){
            .id = mn__word(l, def->key),
            .name = mn__name(def, MN__K_name),
            .description = mn__text(def, MN__K_description),
            .cls = class_named(mn__string(def, MN__K_class_)),
            .transit = mn__true(def, MN__K_transit) || has_bad(def, MN__K_transit),
            .symbol = mn__string(def, MN__K_symbol),
            .contract = mn__ref(l, MN__S_CONTRACTS, mn__get(def, MN__K_contract)),
            .by = by,
            .faults = faults_of_kind(l, faults, by),
            .loc = mn__key_loc(l->reader.sources, def),
        };
        l->kind_faults_take_by[i] = some_without_by(faults);
    }
    l->model->pub.kinds = kinds;
    l->model->pub.n_kinds = (int)defs->n;
}

static void build_blueprints(struct mn__load *l) {
    const struct mn__defs *defs = &l->defs[MN__S_BLUEPRINTS];
    struct mn_blueprint *plans = MN_ARENA_ARRAY(l->arena, struct mn_blueprint, defs->n);
    for (size_t i = 0; i < defs->n; i++)
        plans[i] =
            (struct mn_blueprint){mn__word(l, defs->at[i]->key), mn__name(defs->at[i], MN__K_name),
                                  mn__key_loc(l->reader.sources, defs->at[i])};
    l->model->pub.blueprints = plans;
    l->model->pub.n_blueprints = (int)defs->n;
}

void mn__build_kinds(struct mn__load *l) {
    build_repairs(l);
    build_symptoms(l);
    build_kinds(l);
    build_blueprints(l);
}
