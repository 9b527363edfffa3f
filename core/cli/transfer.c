/* Incidents as a file for another machine, and such a file into this one's journal. */
#include "cli/transfer.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/write.h"
#include "cli/session.h"
#include "cli/today.h"
#include "incident/offline.h"
#include "incident/transfer.h"

#include <stdlib.h>
#include <string.h>

/* A page's document that is brought in. */
struct bringing {
    struct mn_cli *cli;
    struct mn_today today;
};

static const char *number(struct mn_cli *cli, int64_t n) {
    return mn_arena_printf(cli->arena, "%lld", (long long)n);
}

static bool put(struct mn_cli *cli, const struct mn_buf *text, size_t n) {
    const char *path = mn_cli_option(cli, "output");
    if (!path || strcmp(path, "-") == 0) {
        fwrite(mn_buf_text(text), 1, text->size, cli->out);
        return true;
    }
    bool ok = mn_write_file(path, text, false, cli->diags);
    if (ok && cli->json)
        mn_cli_json(cli, json_pack("{s:s, s:I, s:I}", "file", path, "bytes", (json_int_t)text->size,
                                   "incidents", (json_int_t)n));
    else if (ok)
        mn_cli_tell(cli, MN_M_export_written, MN_ARGS(number(cli, (int64_t)n), path));
    return ok;
}

int mn_transfer_export(struct mn_cli *cli) {
    struct mn_store *store = mn_session_store(cli, MN_STORE_READ);
    struct mn_buf text = MN_BUF_INIT;
    size_t n = 0;
    bool refused = false;
    const char **ids = store ? mn_session_named(cli, store, 1, &n) : NULL;
    bool ok = ids &&
              mn_export(store, ids, &n, MN_VERSION, mn_clock_now(), &text, &refused, cli->diags) &&
              put(cli, &text, n);
    mn_buf_fini(&text);
    mn_store_close(store);
    if (ok)
        return MN_EXIT_DONE;
    refused = refused || mn_session_unknown(cli);
    return mn_cli_failed(cli, refused ? MN_EXIT_NO : MN_EXIT_BROKEN);
}

static void tell(struct mn_cli *cli, const struct mn_imported *results, size_t n) {
    static const struct {
        enum mn_message said;
        const char *name;
    } how[] = {[MN_IMPORTED_NEW] = {MN_M_import_new, "new"},
               [MN_IMPORTED_MORE] = {MN_M_import_more, "more"},
               [MN_IMPORTED_THERE] = {MN_M_import_there, "there"},
               [MN_IMPORTED_LESS] = {MN_M_import_less, "less"}};
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++) {
        const struct mn_imported *r = &results[i];
        json_array_append_new(rows, json_pack("{s:s, s:s, s:I, s:I}", "id", r->id, "result",
                                              how[r->how].name, "events", (json_int_t)r->events,
                                              "difference", (json_int_t)r->added));
        if (r->page && !cli->json)
            mn_cli_say(cli, MN_M_import_page, MN_ARGS(r->page, r->id));
        if (r->page)
            json_object_set_new(json_array_get(rows, i), "page", json_string(r->page));
        if (!cli->json)
            mn_cli_say(cli, how[r->how].said,
                       MN_ARGS(r->id, number(cli, r->events), number(cli, r->added)));
    }
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:O}", "incidents", rows));
    json_decref(rows);
}

/* What a page would be made from today. It may have been made by an earlier program, which did not
 * know all mistakes that today's looks for in a runbook's source. */
static enum mn_offline_found find_today(void *arg, const char *runbook, struct mn_offline_sets *out,
                                        struct mn_diags *d) {
    struct bringing *b = arg;
    (void)d; /* the command's own */
    if (!mn_cli_model(b->cli))
        return MN_OFFLINE_BROKEN;
    struct mn_files *library = mn_library_files();
    struct mn_catalogue *there =
        mn_catalogue_pinned(mn_cli_runbook_files(b->cli), library, b->cli->diags);
    const struct mn_runbook *r = mn_catalogue_find(there, runbook);
    mn_today_fini(&b->today);
    bool taken = r && mn_today_take(b->cli, r, &b->today);
    mn_catalogue_free(there);
    mn_files_free(library);
    if (!taken)
        return r ? MN_OFFLINE_BROKEN : MN_OFFLINE_NO_RUNBOOK;
    *out = (struct mn_offline_sets){mn_cli_model_files(b->cli), b->today.runbook_files,
                                    b->today.library_files};
    return MN_OFFLINE_FOUND;
}

static enum mn_import bring(struct mn_cli *cli, struct mn_store *store,
                            const struct mn_incoming *in, struct mn_imported *results) {
    if (!mn_incoming_page(in))
        return mn_import(store, in, results, cli->diags);
    struct bringing b = {.cli = cli};
    enum mn_import done = mn_offline_import(store, in, find_today, &b, results, cli->diags);
    mn_today_fini(&b.today);
    return done;
}

/* Nothing of the store is touched before the whole document was found good. */
static int import(struct mn_cli *cli, const struct mn_source *source) {
    struct mn_incoming *in = mn_incoming_read(source, cli->diags);
    if (!in)
        return mn_cli_failed(cli, MN_EXIT_NO);
    size_t n = mn_incoming_count(in);
    struct mn_imported *results = MN_ARENA_ARRAY(cli->arena, struct mn_imported, n);
    struct mn_store *store = mn_session_store(cli, MN_STORE_WRITE);
    enum mn_import done = store ? bring(cli, store, in, results) : MN_IMPORT_BROKEN;
    if (done == MN_IMPORT_DONE)
        tell(cli, results, n);
    mn_store_close(store);
    mn_incoming_free(in);
    if (done == MN_IMPORT_DONE)
        return mn_cli_flush_diags(cli) ? MN_EXIT_BROKEN : MN_EXIT_DONE;
    return mn_cli_failed(cli, done == MN_IMPORT_REFUSED ? MN_EXIT_NO : MN_EXIT_BROKEN);
}

int mn_transfer_import(struct mn_cli *cli) {
    struct mn_files *files;
    const struct mn_source *source =
        mn_files_one(cli->args[1], MN_EXPORT_LIMIT, &files, cli->diags);
    int status = source ? import(cli, source) : mn_cli_failed(cli, MN_EXIT_USAGE);
    mn_files_free(files);
    return status;
}
