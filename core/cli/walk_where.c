/* Where we are: the way as text, and a picture in a file beside the store. */
#include "base/write.h"
#include "cli/screen.h"
#include "cli/walk.h"
#include "incident/where.h"

#include <string.h>

/* Beside the store and named after it, as private as the store is. */
static void write_picture(struct mn_session *s, const struct mn_buf *svg) {
    struct mn_cli *cli = s->cli;
    const char *store = mn_store_path(s->store);
    size_t n = strlen(store);
    if (n > 3 && strcmp(store + n - 3, ".db") == 0)
        n -= 3;
    const char *path = mn_arena_printf(cli->arena, "%.*s-%s.svg", (int)n, store, s->incident->id);
    if (!mn_write_file(path, svg, true, cli->diags))
        return;
    mn_screen_say(cli, MN_M_where_picture, MN_NO_ARGS);
    fprintf(cli->out, "  %s\n", path); /* whole, so that it can be copied */
}

void mn_walk_where(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    struct mn_subject subject = mn_incident_subject(s->incident, s->model);
    struct mn_buf route = MN_BUF_INIT, svg = MN_BUF_INIT;
    mn_screen_blank(cli);
    bool reserve =
        mn_where_text(s->model, subject, mn_session_here(s), cli->lang, MN_SCREEN_WIDTH, &route);
    if (route.size) {
        mn_screen_say(cli, reserve ? MN_M_where_alternative : MN_M_where_in_use, MN_NO_ARGS);
        fputs(mn_buf_text(&route), cli->out);
    }
    if ((subject.component >= 0 || subject.site >= 0) &&
        mn_where_picture(s->model, subject, cli->lang, &svg, cli->diags))
        write_picture(s, &svg);
    mn_buf_fini(&route);
    mn_buf_fini(&svg);
}
