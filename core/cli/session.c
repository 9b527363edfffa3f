/* An incident that is being worked on. */
#include "cli/session.h"

#include "base/clock.h"
#include "base/unicode.h"
#include "cli/screen.h"
#include "cli/today.h"

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_LIMIT 4000

const char *mn_session_actor(struct mn_cli *cli) {
    const char *name = mn_cli_option(cli, "as");
    if (!name) {
        const struct passwd *me = getpwuid(geteuid());
        name = me ? me->pw_name : getenv("USER");
    }
    if (name && mn_actor_ok(name))
        return name;
    mn_diag(cli->diags, MN_D_bad_actor, MN_NOWHERE, MN_ARGS(name ? name : ""));
    return NULL;
}

enum mn_message mn_session_status(const struct mn_incident *i) {
    static const enum mn_message texts[] = {MN_M_incident_open, MN_M_incident_resolved,
                                            MN_M_incident_cancelled};
    return texts[i->status];
}

const char *mn_session_who(const struct mn_cli *cli, const struct mn_event *e) {
    return strcmp(e->actor, MN_ACTOR_ITSELF) == 0 ? mn_msg(MN_M_by_itself, cli->lang) : e->actor;
}

struct mn_store *mn_session_store(struct mn_cli *cli, enum mn_store_mode mode) {
    const char *path = mn_cli_option(cli, "store");
    signal(SIGXFSZ, SIG_IGN); /* a full quota is the store's to report */
    if (path)
        return mn_store_open(path, mode, cli->diags);
    char *own = mn_store_default_path(cli->diags);
    struct mn_store *s = NULL;
    if (own && (mode != MN_STORE_WRITE || mn_store_make_folder(own, cli->diags)))
        s = mn_store_open(own, mode, cli->diags);
    free(own);
    return s;
}

const char *mn_session_store_option(struct mn_cli *cli) {
    const char *path = mn_cli_option(cli, "store");
    if (!path)
        return "";
    bool plain = strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "./_-+@%,:=") == strlen(path);
    return mn_arena_printf(cli->arena, plain ? " --store %s" : " --store '%s'", path);
}

bool mn_session_unknown(const struct mn_cli *cli) {
    for (size_t i = 0; i < mn_diags_count(cli->diags); i++)
        if (mn_diags_view(cli->diags, i).code == MN_D_unknown_incident)
            return true;
    return false;
}

const char **mn_session_named(struct mn_cli *cli, struct mn_store *store, int first, size_t *n) {
    const char **ids = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)cli->n_args + 1);
    *n = 0;
    for (int a = first; a < cli->n_args; a++) {
        char *id = mn_incident_id(store, cli->args[a], cli->diags);
        if (!id)
            return NULL;
        size_t i = 0;
        while (i < *n && strcmp(ids[i], id) != 0)
            i++;
        if (i == *n)
            ids[(*n)++] = mn_arena_strdup(cli->arena, id);
        free(id);
    }
    return ids;
}

bool mn_session_text_ok(struct mn_cli *cli, const char *text, struct mn_loc from) {
    size_t n = strlen(text);
    bool ok = strspn(text, " ") < n && n <= TEXT_LIMIT && mn_utf8_check(text, n) == n;
    for (size_t i = 0, used; ok && i < n; i += used)
        ok = !mn_is_control(mn_utf8_decode(text + i, n - i, &used));
    if (!ok)
        mn_diag(cli->diags, MN_D_bad_text, from, MN_NO_ARGS);
    return ok;
}

struct mn_by mn_session_by(const struct mn_session *s) {
    return (struct mn_by){s->actor, mn_clock_now()};
}

int mn_session_here(const struct mn_session *s) {
    const struct mn_step *step = s->progress.step;
    int at = step && step->at ? mn_model_component(s->model, step->at) : -1;
    return at >= 0 ? at : mn_incident_subject(s->incident, s->model).component;
}

struct mn_session *mn_session_new(struct mn_cli *cli, struct mn_store *store) {
    struct mn_session *s = mn_new0(1, sizeof *s);
    s->cli = cli;
    s->store = store;
    s->arena = mn_arena_new();
    s->utc_offset = mn_utc_offset();
    s->actor = mn_session_actor(cli);
    return s;
}

static bool take_pinned(struct mn_session *s, const char *set, struct mn_files **files) {
    const char *hash = mn_incident_pin(s->incident, set);
    const char *shown = mn_arena_printf(s->cli->arena, "%s:%s", s->incident->id, set);
    *files = mn_store_pinned(s->store, hash, shown, s->cli->diags);
    return *files != NULL;
}

/* What the incident has pinned, as far as its steps need it. */
static bool load_runbook(struct mn_session *s) {
    return take_pinned(s, "runbook", &s->runbook_files) &&
           take_pinned(s, "library", &s->library_files);
}

static bool load_model(struct mn_session *s) {
    if (!take_pinned(s, "model", &s->model_files))
        return false;
    /* Warnings were said when the incident was opened. */
    struct mn_diags *d = mn_diags_new();
    s->model = s->own_model = mn_model_load(s->model_files, d);
    if (!s->model)
        mn_diags_move(s->cli->diags, d);
    mn_diags_free(d);
    return s->model != NULL;
}

bool mn_session_model(struct mn_session *s) {
    return s->model || load_model(s);
}

static bool load_pinned(struct mn_session *s) {
    return load_model(s) && load_runbook(s);
}

struct mn_session *mn_session_resume(struct mn_cli *cli, struct mn_store *store, const char *id) {
    struct mn_session *s = mn_session_new(cli, store);
    s->incident = s->actor ? mn_incident_load(store, id, false, cli->diags) : NULL;
    if (s->incident && load_pinned(s)) {
        mn_session_refresh(s);
        return s;
    }
    mn_session_free(s);
    return NULL;
}

struct mn_session *mn_session_look(struct mn_cli *cli, struct mn_store *store, const char *id,
                                   bool record) {
    struct mn_session *s = mn_session_new(cli, store);
    s->borrowed = true;
    s->looking = !record;
    s->incident = s->actor ? mn_incident_load(store, id, false, cli->diags) : NULL;
    if (s->incident && load_runbook(s) && mn_session_refresh(s))
        return s;
    mn_session_free(s);
    return NULL;
}

static void drop_pinned(struct mn_session *s) {
    mn_model_free(s->own_model);
    mn_files_free(s->model_files);
    mn_files_free(s->runbook_files);
    mn_files_free(s->library_files);
    s->model = s->own_model = NULL;
    s->model_files = s->runbook_files = s->library_files = NULL;
}

void mn_session_free(struct mn_session *s) {
    if (!s)
        return;
    mn_incident_free(s->incident);
    drop_pinned(s);
    mn_observations_free(s->observations);
    mn_arena_free(s->arena);
    if (!s->borrowed)
        mn_store_close(s->store);
    free(s);
}

bool mn_session_again(struct mn_session *s) {
    drop_pinned(s);
    return mn_incident_reload(s->store, s->incident, s->cli->diags) && load_pinned(s) &&
           mn_session_refresh(s);
}

void mn_session_say_subject(struct mn_session *s) {
    struct mn_cli *cli = s->cli;
    const json_t *opened = s->incident->opened;
    const char *site = mn_cli_text(cli, mn_json_get_text(json_object_get(opened, "site"), "name"));
    const char *subject =
        mn_cli_text(cli, mn_json_get_text(json_object_get(opened, "subject"), "name"));
    if (*site && !strstr(subject, site)) /* most names hold it already */
        mn_screen_say(cli, MN_M_run_subject_at, MN_ARGS(site, subject));
    else
        mn_screen_text(cli, subject);
}
