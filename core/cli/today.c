/* Recorded answers against today's runbooks. */
#include "cli/today.h"

#include "base/mem.h"
#include "cli/screen.h"
#include "incident/record.h"

#include <stdlib.h>
#include <string.h>

/* The one runbook as a set of its own, from what was already read: what is pinned is what was run.
 */
static struct mn_files *only(struct mn_files *files, const char *name, struct mn_diags *d) {
    const struct mn_source *source = mn_files_read(files, name, SIZE_MAX, MN_NOWHERE, d);
    if (!source)
        return NULL;
    size_t folder = strlen(source->name) - strlen(name);
    char *shown = mn_strdup(source->name);
    shown[folder > 0 ? folder - 1 : 0] = '\0';
    struct mn_files *one = mn_files_memory(shown);
    free(shown);
    mn_files_put(one, name, source->text, source->size);
    mn_files_read(one, name, SIZE_MAX, MN_NOWHERE, d);
    return one;
}

/* The library, all of it read, so that all of it is pinned. */
static struct mn_files *whole_library(struct mn_diags *d) {
    static const char *const patterns[] = {"*.lua", "*/*.lua"};
    struct mn_files *library = mn_library_files();
    for (size_t p = 0; p < MN_COUNT(patterns); p++) {
        size_t n;
        const char *const *names = mn_files_glob(library, patterns[p], &n);
        for (size_t i = 0; i < n; i++)
            mn_files_read(library, names[i], SIZE_MAX, MN_NOWHERE, d);
    }
    return library;
}

bool mn_today_take(struct mn_cli *cli, const struct mn_runbook *runbook, struct mn_today *out) {
    out->runbook_files = only(mn_cli_runbook_files(cli), runbook->file, cli->diags);
    out->library_files = whole_library(cli->diags);
    return out->runbook_files != NULL;
}

void mn_today_fini(struct mn_today *today) {
    mn_files_free(today->runbook_files);
    mn_files_free(today->library_files);
    *today = (struct mn_today){0};
}

enum mn_fit mn_today_fits(struct mn_cli *cli, const struct mn_incident *i, struct mn_arena *a,
                          const struct mn_runbook **runbook, struct mn_progress *out) {
    const char *id = mn_json_string(i->runbook, "id");
    struct mn_answer *answers;
    *runbook = mn_catalogue_find(mn_cli_catalogue(cli), id ? id : "");
    if (!*runbook)
        return MN_FIT_GONE;
    if (!mn_incident_answers(i, a, &answers, cli->diags))
        return MN_FIT_FAILED;
    struct mn_evaluation e = {.runbooks = mn_cli_runbook_files(cli),
                              .library = cli->library_files, /* the catalogue's */
                              .file = (*runbook)->file,
                              .facts = json_object_get(i->opened, "facts"),
                              .answers = answers,
                              .n = i->n_answers};
    if (!mn_evaluate(&e, a, out, cli->diags))
        return MN_FIT_FAILED;
    return out->state == MN_PROGRESS_DIVERGED ? MN_FIT_NOT : MN_FIT;
}

void mn_today_show(struct mn_cli *cli, const struct mn_incident *i, const struct mn_progress *p,
                   struct mn_arena *a) {
    struct mn_answer *answers;
    const struct mn_event *e = &i->journal->events[i->answers[p->n_path]];
    const json_t *step = json_object_get(e->payload, "step");
    struct mn_buf b = MN_BUF_INIT;
    if (!mn_incident_answers(i, a, &answers, cli->diags))
        return;
    mn_difference_tell(p->difference, &answers[p->n_path], p->step, cli->lang, &b);
    mn_screen_indented(cli, "  ", "  ", mn_buf_text(&b));
    mn_buf_clear(&b);
    mn_msg_add(&b, MN_M_today_recorded, cli->lang,
               MN_ARGS(answers[p->n_path].record, mn_cli_text(cli, mn_json_get_text(step, "text")),
                       mn_cli_text(cli, mn_event_text(e, "label"))));
    mn_screen_indented(cli, "  - ", "    ", mn_buf_text(&b));
    mn_buf_clear(&b);
    if (p->step)
        mn_msg_add(&b, MN_M_today_asked, cli->lang,
                   MN_ARGS(p->step->key, mn_cli_text(cli, p->step->text)));
    else
        mn_buf_puts(&b, mn_msg(MN_M_today_ends, cli->lang));
    mn_screen_indented(cli, "  - ", "    ", mn_buf_text(&b));
    mn_buf_fini(&b);
}
