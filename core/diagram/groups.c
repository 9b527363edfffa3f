/* The groups of units that a network's sheet has, and their reserve. */
#include "diagram/diagram.h"
#include "diagram/net.h"

int mn_diagram_groups(const struct mn_model *m, enum mn_lang lang, struct mn_arena *a,
                      const struct mn_diagram_group **groups) {
    struct mn__net *net = mn__net_new(m, lang, a);
    struct mn_diagram_group *list =
        MN_ARENA_ARRAY(a, struct mn_diagram_group, (size_t)net->n_clusters + 1);
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *k = &net->clusters[i];
        const char *area = k->area < 0 ? "" : m->areas[k->area].id;
        const char *point = k->point < 0 ? "" : m->components[m->nodes[k->point].component].id;
        list[i] = (struct mn_diagram_group){
            .id = mn_arena_printf(a, "%s:%s", area, point),
            .name = k->point >= 0  ? mn__point_name(net, k->point, lang)
                    : k->area >= 0 ? mn__full_name(m->areas[k->area].name, lang)
                                   : mn_msg(MN_M_city_no_area, lang),
            .units = k->n,
            .cells = k->slots};
    }
    *groups = list;
    return net->n_clusters;
}
