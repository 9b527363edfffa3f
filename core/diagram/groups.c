/* The groups of units that a network's sheet has, and their reserve; and how a document tells them.
 */
#include "diagram/diagram.h"
#include "diagram/net.h"

#include <stdio.h>
#include <string.h>

#define NOTE "metronet-groups:"

static const char *group_id(const struct mn_model *m, const struct mn__cluster *k,
                            struct mn_arena *a) {
    return mn_arena_printf(a, "%s:%s", k->area < 0 ? "" : m->areas[k->area].id,
                           k->point < 0 ? "" : m->components[m->nodes[k->point].component].id);
}

int mn_diagram_groups(const struct mn_model *m, enum mn_lang lang, struct mn_arena *a,
                      const struct mn_diagram_group **groups) {
    struct mn__net *net = mn__net_new(m, lang, a);
    struct mn_diagram_group *list =
        MN_ARENA_ARRAY(a, struct mn_diagram_group, (size_t)net->n_clusters + 1);
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *k = &net->clusters[i];
        list[i] = (struct mn_diagram_group){
            .id = group_id(m, k, a),
            .name = k->point >= 0  ? mn__point_name(net, k->point, lang)
                    : k->area >= 0 ? mn__full_name(m->areas[k->area].name, lang)
                                   : mn_msg(MN_M_city_no_area, lang),
            .units = k->n,
            .cells = k->slots};
    }
    *groups = list;
    return net->n_clusters;
}

const char *mn__groups_note(const struct mn_model *m, const struct mn__net *net, int area,
                            struct mn_arena *a) {
    struct mn_buf b = MN_BUF_INIT;
    mn_buf_printf(&b, NOTE " @%s", area >= 0 ? m->areas[area].id : "");
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *k = &net->clusters[i];
        if (area == -2 || k->area == area)
            mn_buf_printf(&b, " %s=%d/%d", group_id(m, k, a), k->n, k->slots);
    }
    mn_buf_puts(&b, ";");
    const char *note = mn_arena_strdup(a, mn_buf_text(&b));
    mn_buf_fini(&b);
    return note;
}

char *mn__note_in(const char *document, size_t size, const char *note, struct mn_arena *a) {
    const char *at = memmem(document, size, note, strlen(note));
    const char *end = at ? memchr(at, ';', size - (size_t)(at - document)) : NULL;
    return end ? mn_arena_strndup(a, at + strlen(note), (size_t)(end - at) - strlen(note)) : NULL;
}

int mn_diagram_groups_told(const char *document, size_t size, struct mn_arena *a,
                           const struct mn_diagram_group **groups, const char **area) {
    char *text = mn__note_in(document, size, NOTE, a), *save;
    *groups = NULL;
    *area = "";
    if (!text)
        return 0;
    struct mn_diagram_group *list =
        MN_ARENA_ARRAY(a, struct mn_diagram_group, strlen(text) / 2 + 1);
    int n = 0;
    for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        char *is = strchr(word, '=');
        if (*word == '@')
            *area = word + 1;
        if (!is || sscanf(is + 1, "%d/%d", &list[n].units, &list[n].cells) != 2)
            continue;
        *is = '\0';
        list[n].id = list[n].name = word;
        n++;
    }
    *groups = list;
    return n;
}
