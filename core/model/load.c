/* One load, from network.yaml to a model or to the list of what is wrong. */
#include "model/refs.h"

#include "model/fields.h"

#include <stdlib.h>

bool mn__at(struct mn__load *l, enum mn_code code, const struct mn__item *it,
            const char *const *args) {
    return mn__complain(&l->reader.complaints, code, mn__where(l, it), args);
}

bool mn__at_key(struct mn__load *l, enum mn_code code, const struct mn__item *it,
                const char *const *args) {
    return mn__complain(&l->reader.complaints, code, mn__key_loc(l->reader.sources, it), args);
}

void mn__note(struct mn__load *l, enum mn_code code, struct mn_loc loc, const char *const *args) {
    mn_diag_note(l->reader.complaints.diags, code, loc, args);
}

struct mn_loc mn__where(const struct mn__load *l, const struct mn__item *it) {
    return mn__loc(l->reader.sources, it);
}

const char *mn__word(const struct mn__load *l, uint32_t atom) {
    return mn__atom_text(l->reader.atoms, atom);
}

static void start(struct mn__load *l, struct mn_files *files, struct mn_diags *d) {
    struct mn_arena *arena = mn_arena_new();
    l->files = files;
    l->arena = arena;
    l->scratch = mn_arena_new();
    l->model = mn_arena_alloc(arena, sizeof *l->model);
    l->model->arena = arena;
    l->model->atoms = mn__atoms_new(arena);
    l->model->pub.hash = MN_ARENA_ARRAY(arena, char, MN_HASH_HEX);
    l->reader = (struct mn__reader){
        .arena = l->scratch, .texts = arena, .atoms = l->model->atoms, .complaints = {.diags = d}};
    l->suggestions_left = 3000000;
}

/* What outlives the load moves into the model; the rest goes. */
static void finish(struct mn__load *l) {
    struct mn__model *m = l->model;
    struct {
        enum mn__section section;
        struct mn__ids *keep;
    } kept[] = {{MN__S_SITES, &m->sites},
                {MN__S_AREAS, &m->areas},
                {MN__S_TEAMS, &m->teams},
                {MN__S_ROLES, &m->roles},
                {MN__S_KINDS, &m->kinds}};
    for (size_t i = 0; i < MN_COUNT(kept); i++) {
        *kept[i].keep = l->defs[kept[i].section].ids;
        l->defs[kept[i].section].ids = (struct mn__ids){0};
    }
    m->components = l->ids; /* class and place in it become the place among all components */
    for (size_t i = 0; i < m->components.size; i++) {
        int32_t *packed = &m->components.at[i];
        if (*packed)
            *packed = 1 + l->first[(*packed - 1) & 3] + ((*packed - 1) >> 2);
    }
    for (size_t s = 0; s < MN__SECTIONS; s++) {
        mn__ids_fini(&l->defs[s].ids);
        free(l->defs[s].at);
    }
    for (size_t cls = 0; cls < MN_CLASSES; cls++)
        free(l->drafts[cls].at);
    free(l->file);
    free(l->held);
    free(l->site_doubtful);
    free(l->reader.sources);
    mn__complaints_fini(&l->reader.complaints);
    mn_arena_free(l->scratch);
}

static void build_network(struct mn__load *l) {
    struct mn_model *m = &l->model->pub;
    if (!l->network && !l->any_broken) {
        struct mn_loc loc = {l->reader.sources[0], 0, 0, 0};
        mn__complain(&l->reader.complaints, MN_D_network_missing, loc, MN_NO_ARGS);
    }
    const char *status = mn__string(l->network, MN__K_status);
    m->id = mn__string(l->network, MN__K_id);
    m->name = mn__name(l->network, MN__K_name);
    m->date = mn__string(l->network, MN__K_date);
    m->illustrative = !status || status[0] == 'i';
}

struct mn_model *mn_model_check(struct mn_files *files, struct mn_diags *d,
                                bool (*further)(const struct mn_model *m, struct mn_diags *d)) {
    struct mn__load *l = mn_new0(1, sizeof *l);
    size_t errors = mn_diags_errors(d);
    start(l, files, d);
    mn__load_files(l);
    if (l->reader.sources[0]) {
        mn__gather(l);
        mn__expand(l);
        build_network(l);
        mn__build_people(l);
        mn__build_kinds(l);
        mn__build_sites(l);
        mn__build_components(l);
        mn__build_services(l);
        mn__build_rules(l);
        mn__check_whole(l);
        mn__tell_held(l);
    }
    bool good = mn_diags_errors(d) == errors;
    bool fit = further && l->reader.sources[0] && (good || mn__assume(l));
    struct mn_model *model = &l->model->pub;
    finish(l);
    free(l);
    if (fit)
        further(model, d);
    if (good)
        return model;
    mn_model_free(model);
    return NULL;
}

struct mn_model *mn_model_load(struct mn_files *files, struct mn_diags *d) {
    return mn_model_check(files, d, NULL);
}
