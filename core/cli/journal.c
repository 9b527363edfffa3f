/* journal: whether the record is what it was, and its heads to compare it with later. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/write.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "incident/verify.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADS_LIMIT (16u << 20)

/* What is compared with: a file of heads, one hash, or nothing. */
struct against {
    struct mn_files *files;
    struct mn_heads heads;
    bool from_file;
    struct mn_head hash; /* of a report */
};

struct work {
    struct mn_cli *cli;
    struct mn_store *store;
    struct mn_verifier *verifier;
    const char **ids; /* in the arena */
    size_t n;
    struct against against;
};

static const char *number(struct mn_cli *cli, int64_t n) {
    return mn_arena_printf(cli->arena, "%lld", (long long)n);
}

/* Reads --head. False with a diagnostic when it is neither a file of heads nor a hash. */
static bool take_head(struct mn_cli *cli, const char *head, struct against *a) {
    size_t digits = strspn(head, "0123456789abcdefABCDEF");
    if (mn_hash_parse(head, strlen(head), a->hash.hash))
        return true;
    if (digits >= 8 && !head[digits] && access(head, F_OK) != 0) {
        mn_diag(cli->diags, MN_D_head_not_hash, MN_NOWHERE,
                MN_ARGS(head, number(cli, (int64_t)digits)));
        return false;
    }
    const struct mn_source *source = mn_files_one(head, HEADS_LIMIT, &a->files, cli->diags);
    a->from_file = true;
    return source && mn_heads_read(source, cli->arena, &a->heads, cli->diags);
}

static const struct mn_head *head_of(const struct against *a, const char *incident) {
    if (a->from_file)
        return mn_heads_find(&a->heads, incident);
    return a->hash.hash[0] ? &a->hash : NULL;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All incidents of the store, and those that only the heads know. */
static bool take_all(struct work *w) {
    char **ids;
    size_t n, known = 0;
    if (!mn_verify_list(w->store, &ids, &n, w->cli->diags))
        return false;
    w->ids = MN_ARENA_ARRAY(w->cli->arena, const char *, n + w->against.heads.n + 1);
    for (; known < n; known++) {
        w->ids[known] = mn_arena_strdup(w->cli->arena, ids[known]);
        free(ids[known]);
    }
    free(ids);
    w->n = known;
    for (size_t i = 0; i < w->against.heads.n; i++) {
        const char *id = w->against.heads.at[i].incident;
        if (known == 0 || !bsearch(&id, w->ids, known, sizeof id, by_bytes))
            w->ids[w->n++] = id;
    }
    return true;
}

static bool begin(struct work *w) {
    w->store = mn_session_store(w->cli, MN_STORE_READ);
    if (!w->store)
        return false;
    w->verifier = mn_verifier_new(w->store);
    if (w->cli->n_args == 1)
        return take_all(w);
    w->ids = mn_session_named(w->cli, w->store, 1, &w->n);
    return w->ids != NULL;
}

static void end(struct work *w) {
    if (w->verifier)
        mn_verifier_free(w->verifier);
    mn_store_close(w->store);
    mn_files_free(w->against.files);
}

static enum mn_message misfit_message(const struct mn_misfit *m) {
    static const enum mn_message messages[] = {
        [MN_MISFIT_GONE] = MN_M_misfit_gone,
        [MN_MISFIT_LISTING] = MN_M_misfit_listing,
        [MN_MISFIT_MISSING] = MN_M_misfit_missing,
        [MN_MISFIT_CUT_OFF] = MN_M_misfit_cut_off,
        [MN_MISFIT_CHANGED] = MN_M_misfit_changed,
        [MN_MISFIT_MOVED] = MN_M_misfit_moved,
        [MN_MISFIT_UNLINKED] = MN_M_misfit_unlinked,
        [MN_MISFIT_OTHER] = MN_M_misfit_other,
        [MN_MISFIT_NO_HASH] = MN_M_misfit_no_hash,
        [MN_MISFIT_UNREADABLE] = MN_M_misfit_unreadable,
        [MN_MISFIT_PINNED] = MN_M_misfit_pinned,
    };
    if (m->kind == MN_MISFIT_MISSING && m->last > m->event)
        return MN_M_misfit_missing_many;
    return m->kind == MN_MISFIT_NO_HASH && m->found[0] ? MN_M_misfit_near_hash : messages[m->kind];
}

static void say_misfit(struct mn_cli *cli, const char *incident, const struct mn_misfit *m) {
    struct mn_buf what = MN_BUF_INIT;
    mn_msg_add(&what, misfit_message(m), cli->lang,
               MN_ARGS(number(cli, m->event), number(cli, m->last), m->expected, m->found));
    mn_cli_say(cli, MN_M_verify_misfit, MN_ARGS(incident, mn_buf_text(&what)));
    mn_buf_fini(&what);
}

static void say_verdict(const struct work *w, const struct mn_verdict *t) {
    struct mn_cli *cli = w->cli;
    for (size_t i = 0; i < t->n_misfits; i++)
        say_misfit(cli, t->incident, &t->misfits[i]);
    if (t->n_misfits)
        return;
    struct mn_buf more = MN_BUF_INIT;
    if (t->headed && t->headed == t->events)
        mn_buf_puts(&more, mn_msg(MN_M_verify_as_headed, cli->lang));
    else if (t->headed)
        mn_msg_add(&more, MN_M_verify_added, cli->lang,
                   MN_ARGS(number(cli, t->headed), number(cli, t->events - t->headed)));
    else if (w->against.from_file)
        mn_buf_puts(&more, mn_msg(MN_M_verify_unheaded, cli->lang));
    mn_cli_say(cli, MN_M_verify_fits,
               MN_ARGS(t->incident, number(cli, t->events), mn_buf_text(&more)));
    mn_buf_fini(&more);
}

static json_t *number_or_null(int64_t n) {
    return n ? json_integer(n) : json_null();
}

static json_t *verdict_json(const struct mn_verdict *t) {
    json_t *misfits = json_array(), *o = json_object();
    for (size_t i = 0; i < t->n_misfits; i++) {
        const struct mn_misfit *m = &t->misfits[i];
        json_t *entry = json_object();
        json_object_set_new(entry, "kind", json_string(mn_misfit_name(m->kind)));
        json_object_set_new(entry, "event", number_or_null(m->event));
        json_object_set_new(entry, "last", number_or_null(m->last));
        json_object_set_new(entry, "expected",
                            mn_json_string_or_null(m->expected[0] ? m->expected : NULL));
        json_object_set_new(entry, "found", mn_json_string_or_null(m->found[0] ? m->found : NULL));
        json_array_append_new(misfits, entry);
    }
    json_object_set_new(o, "id", json_string(t->incident));
    json_object_set_new(o, "fits", json_boolean(t->n_misfits == 0));
    json_object_set_new(o, "events", json_integer(t->events));
    json_object_set_new(o, "head", mn_json_string_or_null(t->hash[0] ? t->hash : NULL));
    json_object_set_new(o, "headed", number_or_null(t->headed));
    json_object_set_new(o, "misfits", misfits);
    return o;
}

static json_t *against_json(const struct work *w) {
    const struct against *a = &w->against;
    char at[MN_TIME_TEXT];
    mn_time_utc(a->heads.exported, at);
    if (a->from_file)
        return json_pack("{s:s, s:s}", "file", mn_cli_option(w->cli, "head"), "exported", at);
    return a->hash.hash[0] ? json_pack("{s:s}", "hash", a->hash.hash) : json_null();
}

static void close_verify(struct work *w, size_t misfits, json_t *rows) {
    struct mn_cli *cli = w->cli;
    const char *all = number(cli, (int64_t)w->n);
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:b, s:o, s:O}", "fits", misfits == 0, "head", against_json(w),
                                   "incidents", rows));
    else if (misfits)
        mn_cli_say(cli, MN_M_verify_some_misfit, MN_ARGS(number(cli, (int64_t)misfits), all));
    else if (w->n == 0)
        mn_cli_say(cli, MN_M_incidents_none, MN_ARGS(mn_store_path(w->store)));
    else
        mn_cli_say(cli, MN_M_verify_all_fits, MN_ARGS(all));
}

/* What stopped the work: an incident that is not there is an answer, all else is a broken store. */
static int stopped(struct mn_cli *cli) {
    return mn_cli_failed(cli, mn_session_unknown(cli) ? MN_EXIT_NO : MN_EXIT_BROKEN);
}

static int verify_all(struct work *w) {
    if (!begin(w))
        return stopped(w->cli);
    json_t *rows = json_array();
    size_t misfits = 0, done = 0;
    for (; done < w->n; done++) {
        const struct mn_verdict *t =
            mn_verify(w->verifier, w->ids[done], head_of(&w->against, w->ids[done]), w->cli->diags);
        if (!t)
            break;
        misfits += t->n_misfits > 0;
        if (w->cli->json)
            json_array_append_new(rows, verdict_json(t));
        else
            say_verdict(w, t);
    }
    if (done == w->n)
        close_verify(w, misfits, rows);
    json_decref(rows);
    if (done < w->n)
        return stopped(w->cli);
    mn_cli_flush_diags(w->cli);
    return misfits ? MN_EXIT_NO : MN_EXIT_DONE;
}

static int verify(struct mn_cli *cli) {
    struct work w = {.cli = cli};
    const char *head = mn_cli_option(cli, "head");
    int status;
    if (mn_cli_option(cli, "output"))
        return mn_cli_usage(cli, MN_M_journal_usage, MN_NO_ARGS);
    if (head && !take_head(cli, head, &w.against))
        status = mn_cli_failed(cli, MN_EXIT_USAGE);
    else if (w.against.hash.hash[0] && cli->n_args != 2)
        status = mn_cli_usage(cli, MN_M_journal_hash_for_one, MN_NO_ARGS);
    else
        status = verify_all(&w);
    end(&w);
    return status;
}

/* The heads of all that is to be exported; false with a diagnostic for each that does not fit. */
static bool take_heads(struct work *w, struct mn_heads *h) {
    struct mn_cli *cli = w->cli;
    bool ok = true;
    h->exported = mn_clock_now();
    h->at = MN_ARENA_ARRAY(cli->arena, struct mn_head, w->n + 1);
    for (size_t i = 0; i < w->n; i++) {
        const struct mn_verdict *t = mn_verify(w->verifier, w->ids[i], NULL, cli->diags);
        if (!t)
            return false;
        if (t->n_misfits) {
            mn_diag(cli->diags, MN_D_head_refused, MN_NOWHERE, MN_ARGS(t->incident));
            ok = false;
        }
        struct mn_head *head = &h->at[h->n++];
        head->incident = w->ids[i];
        head->events = t->events;
        memcpy(head->hash, t->hash, sizeof head->hash);
    }
    return ok;
}

static json_t *heads_json(const struct mn_heads *h) {
    char at[MN_TIME_TEXT];
    mn_time_utc(h->exported, at);
    json_t *list = json_array();
    for (size_t i = 0; i < h->n; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:I, s:s}", "incident", h->at[i].incident, "events",
                                        (json_int_t)h->at[i].events, "head", h->at[i].hash));
    return json_pack("{s:s, s:s, s:s, s:o}", "format", MN_HEADS_FORMAT, "program", MN_VERSION,
                     "exported", at, "heads", list);
}

static bool put_heads(struct mn_cli *cli, const struct mn_heads *h) {
    const char *path = mn_cli_option(cli, "output");
    struct mn_buf text = MN_BUF_INIT;
    mn_heads_write(h, MN_VERSION, &text);
    bool ok = true;
    if (path && strcmp(path, "-") != 0) {
        ok = mn_write_file(path, &text, false, cli->diags);
        if (ok && !cli->json)
            mn_cli_tell(cli, MN_M_journal_heads_written, MN_ARGS(number(cli, (int64_t)h->n), path));
    } else if (!cli->json) {
        fwrite(mn_buf_text(&text), 1, text.size, cli->out);
    }
    if (ok && cli->json)
        mn_cli_json(cli, heads_json(h));
    mn_buf_fini(&text);
    return ok;
}

static int head(struct mn_cli *cli) {
    struct work w = {.cli = cli};
    struct mn_heads h = {0};
    if (mn_cli_option(cli, "head"))
        return mn_cli_usage(cli, MN_M_journal_usage, MN_NO_ARGS);
    bool begun = begin(&w), taken = begun && take_heads(&w, &h);
    int status = MN_EXIT_DONE;
    if (!begun || (!taken && h.n < w.n))
        status = stopped(cli);
    else if (!taken)
        status = mn_cli_failed(cli, MN_EXIT_NO);
    else if (!put_heads(cli, &h))
        status = mn_cli_failed(cli, MN_EXIT_BROKEN);
    end(&w);
    return status;
}

static int run(struct mn_cli *cli) {
    if (strcmp(cli->args[0], "verify") == 0)
        return verify(cli);
    if (strcmp(cli->args[0], "head") == 0)
        return head(cli);
    return mn_cli_usage(cli, MN_M_journal_usage, MN_NO_ARGS);
}

static const struct mn_option options[] = {{"head", "FILE|HASH", MN_M_opt_head, NULL},
                                           {"output", "FILE", MN_M_opt_head_output, NULL},
                                           {"store", "FILE", MN_M_opt_store, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_journal = {
    .name = "journal",
    .usage = "verify [INCIDENT…] [--head FILE|HASH] | head [INCIDENT…] [-o FILE]",
    .least = 1,
    .most = -1,
    .summary = MN_M_journal_summary,
    .help = MN_M_journal_help,
    .options = options,
    .subcommands = "verify head",
    .run = run,
};
