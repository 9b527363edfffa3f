/* Drawing over an earlier sheet says what had to move. */
#include "cli/over.h"

#include "base/files.h"
#include "base/mem.h"
#include "cli/groups.h"

#include <string.h>

enum { MOST_BYTES = 64 << 20 };

static void read_document(struct mn_cli *cli, const char *text, size_t size,
                          struct mn_earlier *told) {
    told->n_groups = mn_diagram_groups_told(text, size, cli->arena, &told->groups, &told->area);
    told->n_panels = mn_diagram_panels_told(text, size, cli->arena, &told->panels);
}

void mn_cli_earlier(struct mn_cli *cli, const char *file, struct mn_earlier *earlier) {
    struct mn_files *files;
    struct mn_diags *none = mn_diags_new(); /* that there is no such sheet is nothing to tell */
    const struct mn_source *source = mn_files_one(file, MOST_BYTES, &files, none);
    *earlier = (struct mn_earlier){0};
    if (source)
        read_document(cli, source->text, source->size, earlier);
    mn_diags_free(none);
    mn_files_free(files);
}

/* Of the groups that a document tells, what the model calls them; the rest keep their ids. */
static const struct mn_diagram_group *named(struct mn_cli *cli, const struct mn_model *m,
                                            const struct mn_earlier *told) {
    const struct mn_diagram_group *all;
    int n_all = mn_diagram_groups(m, cli->lang, cli->arena, &all);
    struct mn_diagram_group *named =
        MN_ARENA_ARRAY(cli->arena, struct mn_diagram_group, (size_t)told->n_groups);
    for (int i = 0; i < told->n_groups; i++) {
        named[i] = told->groups[i];
        for (int k = 0; k < n_all; k++)
            if (strcmp(all[k].id, named[i].id) == 0)
                named[i].name = all[k].name;
    }
    return named;
}

static const char *place_of(const struct mn_earlier *told, const char *panel) {
    for (int i = 0; i < told->n_panels; i++)
        if (strcmp(told->panels[i].id, panel) == 0)
            return told->panels[i].place;
    return "";
}

static void say_panels(struct mn_cli *cli, const struct mn_earlier *before,
                       const struct mn_earlier *now) {
    struct mn_buf b = MN_BUF_INIT;
    for (int i = 0; i < now->n_panels; i++) {
        const char *id = now->panels[i].id;
        if (strcmp(place_of(before, id), now->panels[i].place) == 0)
            continue;
        mn_buf_puts(&b, b.size ? ", " : "");
        mn_msg_add(&b, strcmp(id, "main") == 0 ? MN_M_draw_over_main : MN_M_draw_over_panel,
                   cli->lang, MN_ARGS(id));
    }
    if (b.size)
        mn_cli_say(cli, MN_M_draw_over_map, MN_ARGS(mn_buf_text(&b)));
    mn_buf_fini(&b);
}

void mn_cli_say_over(struct mn_cli *cli, const struct mn_model *m, const struct mn_earlier *earlier,
                     const struct mn_buf *document) {
    struct mn_earlier now = {0};
    read_document(cli, document->data, document->size, &now);
    if (earlier->n_groups && now.n_groups && strcmp(earlier->area, now.area) == 0)
        mn_cli_say_groups(cli, MN_M_draw_over, earlier->groups, earlier->n_groups,
                          named(cli, m, &now), now.n_groups);
    if (earlier->n_panels)
        say_panels(cli, earlier, &now);
}
