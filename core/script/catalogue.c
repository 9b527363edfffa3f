/* The catalogue: every runbook that there is, made from the files and nothing else. */
#include "base/embedded.h"
#include "base/unicode.h"
#include "script/job.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    struct mn_runbook runbook;
    struct mn_loc at;
    size_t n_references;
    struct reference {
        enum mn__want want;
        const char *name;
        struct mn_loc at;
    } * references;
};

struct mn_catalogue {
    struct mn_arena *arena;
    struct entry *entries;
    size_t n, cap;
    struct entry library; /* references of the library's modules */
    struct mn_diags *lint;
};

struct mn_files *mn_library_files(void) {
    struct mn_files *files = mn_files_memory("lua");
    for (const struct mn_embedded *f = mn_library; f->name; f++)
        mn_files_put(files, f->name, f->text, f->size);
    return files;
}

/* ---- loading ---- */

static const struct mn_source *source_of(const struct mn__job *job, int file) {
    size_t n;
    const char *const *names = mn_files_glob(job->library, "metronet/*.lua", &n);
    struct mn_diags *ignored = mn_diags_new();
    const struct mn_source *s = NULL;
    if (file == 0 && job->file)
        s = mn_files_read(job->runbooks, job->file, (size_t)-1, MN_NOWHERE, ignored);
    else if (file > 0 && (size_t)file <= n)
        s = mn_files_read(job->library, names[file - 1], (size_t)-1, MN_NOWHERE, ignored);
    mn_diags_free(ignored);
    return s;
}

static int number(const json_t *doc, const char *key) {
    return (int)json_integer_value(json_object_get(doc, key));
}

static void take_references(struct mn_catalogue *c, const struct mn__job *job, const json_t *doc,
                            struct entry *e) {
    const json_t *list = json_object_get(doc, "references");
    e->references = MN_ARENA_ARRAY(c->arena, struct reference, json_array_size(list) + 1);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *name = mn_json_string(one, "name");
        const struct mn_source *source = source_of(job, number(one, "file"));
        if (!name || !source)
            continue;
        struct mn__place at = {0, number(one, "line"), number(one, "from"), number(one, "bytes")};
        e->references[e->n_references++] =
            (struct reference){(enum mn__want)number(one, "want"), mn_arena_strdup(c->arena, name),
                               mn__place_loc(at, &source, 1)};
    }
}

static void add(struct mn_catalogue *c, const struct mn__job *job, const json_t *doc,
                struct mn_diags *d) {
    struct entry e = {0};
    if (!mn_runbook_from_json(json_object_get(doc, "runbook"), c->arena, &e.runbook)) {
        mn_diag(d, MN_D_script_garbled, MN_NOWHERE, MN_ARGS(job->file));
        return;
    }
    e.at = mn__line_of(source_of(job, 0), e.runbook.line);
    const struct mn_runbook *other = mn_catalogue_find(c, e.runbook.id);
    if (other) {
        mn_diag(d, MN_D_script_same_id, e.at, MN_ARGS(e.runbook.id, other->file));
        return;
    }
    take_references(c, job, doc, &e);
    c->entries = mn_grow(c->entries, &c->cap, c->n + 1, sizeof(*c->entries));
    c->entries[c->n++] = e;
}

static int by_id(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    return strcmp(x->runbook.id, y->runbook.id);
}

/* The worker's advice, at its places. */
static bool take_lint(void *catalogue, const json_t *doc, const struct mn_source *const *files,
                      size_t n, struct mn_diags *d) {
    struct mn_catalogue *c = catalogue;
    (void)d;
    return mn__problems_tell(json_object_get(doc, "lint"), files, n, c->lint);
}

/* A job for the library, then one for each runbook. The caller frees. */
static struct mn__job *find_jobs(struct mn_catalogue *c, struct mn_files *runbooks,
                                 struct mn_files *library, bool unread, size_t *n) {
    static const char *const PATTERNS[] = {"*.lua", "*/*.lua", "*/*/*.lua"};
    struct mn__job job = {.task = MN__TASK_LIBRARY,
                          .take = take_lint,
                          .arg = c,
                          .runbooks = runbooks,
                          .library = library,
                          .unread = unread,
                          .limits = mn_limits_default()};
    size_t cap = 0, count;
    struct mn__job *jobs = mn_grow(NULL, &cap, 1, sizeof(*jobs));
    jobs[0] = job;
    *n = 1;
    job.task = MN__TASK_LOAD;
    for (size_t p = 0; p < MN_COUNT(PATTERNS); p++) {
        const char *const *names = mn_files_glob(runbooks, PATTERNS[p], &count);
        for (size_t i = 0; i < count; i++) {
            if (strncmp(names[i], "tests/", 6) == 0)
                continue;
            job.file = names[i];
            jobs = mn_grow(jobs, &cap, *n + 1, sizeof(*jobs));
            jobs[(*n)++] = job;
        }
    }
    return jobs;
}

static struct mn_catalogue *load(struct mn_files *runbooks, struct mn_files *library, bool unread,
                                 struct mn_diags *d) {
    struct mn_catalogue *c = mn_new0(1, sizeof(*c));
    size_t n;
    c->arena = mn_arena_new();
    c->lint = mn_diags_new();
    struct mn__job *jobs = find_jobs(c, runbooks, library, unread, &n);
    json_t **docs = mn_new0(n, sizeof(json_t *));
    mn__jobs_run(jobs, n, docs, d);
    if (docs[0])
        take_references(c, &jobs[0], docs[0], &c->library);
    for (size_t i = 1; i < n; i++)
        if (docs[i])
            add(c, &jobs[i], docs[i], d);
    if (n == 1 && docs[0])
        mn_diag(d, MN_D_script_none, MN_NOWHERE, MN_ARGS(mn_files_shown(runbooks)));
    if (c->n > 0)
        qsort(c->entries, c->n, sizeof(*c->entries), by_id);
    for (size_t i = 0; i < n; i++)
        json_decref(docs[i]);
    free(docs);
    free(jobs);
    return c;
}

struct mn_catalogue *mn_catalogue_load(struct mn_files *runbooks, struct mn_files *library,
                                       struct mn_diags *d) {
    return load(runbooks, library, false, d);
}

struct mn_catalogue *mn_catalogue_pinned(struct mn_files *runbooks, struct mn_files *library,
                                         struct mn_diags *d) {
    return load(runbooks, library, true, d);
}

void mn_catalogue_free(struct mn_catalogue *c) {
    if (!c)
        return;
    free(c->entries);
    mn_diags_free(c->lint);
    mn_arena_free(c->arena);
    free(c);
}

void mn_catalogue_advise(struct mn_catalogue *c, struct mn_diags *d) {
    mn_diags_move(d, c->lint);
}

/* ---- asking ---- */

size_t mn_catalogue_count(const struct mn_catalogue *c) {
    return c->n;
}

const struct mn_runbook *mn_catalogue_at(const struct mn_catalogue *c, size_t i) {
    return &c->entries[i].runbook;
}

const struct mn_runbook *mn_catalogue_find(const struct mn_catalogue *c, const char *id) {
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->entries[i].runbook.id, id) == 0)
            return &c->entries[i].runbook;
    return NULL;
}

size_t mn_catalogue_applies(const struct mn_catalogue *c, const struct mn_model *m,
                            struct mn_subject subject, size_t *at, size_t max) {
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct mn_runbook *r = &c->entries[i].runbook;
        int component;
        bool applies = mn_runbook_applies(r, m, subject) ||
                       (subject.component < 0 && subject.site >= 0 &&
                        mn_runbook_applies_within(r, m, subject.site, &component));
        if (applies && n++ < max)
            at[n - 1] = i;
    }
    return n;
}

/* ---- against the model ---- */

/* The literal, or the line of the runbook's table. */
static struct mn_loc name_place(void *arg, const char *name) {
    const struct entry *e = arg;
    for (size_t i = 0; i < e->n_references; i++)
        if (e->references[i].want == MN__WANT_NAMES && strcmp(e->references[i].name, name) == 0)
            return e->references[i].at;
    return e->at;
}

static bool check_runbook(const struct mn_catalogue *c, const struct reference *r,
                          struct mn_diags *d) {
    if (mn_catalogue_find(c, r->name))
        return true;
    mn_diag(d, MN_D_script_unknown_runbook, r->at, MN_ARGS(r->name));
    const char **names = mn_new0(c->n + 1, sizeof(*names));
    for (size_t i = 0; i < c->n; i++)
        names[i] = c->entries[i].runbook.id;
    int near = mn_nearest(r->name, names, c->n);
    if (near >= 0)
        mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(names[near]));
    free(names);
    return false;
}

static bool check_reference(const struct mn_catalogue *c, const struct reference *r,
                            const struct mn_model *m, struct mn_diags *d) {
    if (r->want == MN__WANT_NAMES)
        return true; /* mn_runbook_check has seen it */
    if (r->want == MN__WANT_RUNBOOK)
        return check_runbook(c, r, d);
    bool component = r->want == MN__WANT_COMPONENT || r->want == MN__WANT_SUBJECT;
    if (r->want == MN__WANT_SUBJECT && mn_model_site(m, r->name) >= 0)
        return true;
    if (component ? mn_model_component(m, r->name) >= 0
                  : mn_model_role(m, r->name) >= 0 || mn_model_team(m, r->name) >= 0)
        return true;
    mn_diag(d, component ? MN_D_script_unknown_component : MN_D_script_unknown_party, r->at,
            MN_ARGS(r->name));
    size_t n = 0;
    const char **names =
        mn_new0((size_t)(m->n_components + m->n_roles + m->n_teams) + 1, sizeof(*names));
    for (int i = 0; component && i < m->n_components; i++)
        names[n++] = m->components[i].id;
    for (int i = 0; !component && i < m->n_roles; i++)
        names[n++] = m->roles[i].id;
    for (int i = 0; !component && i < m->n_teams; i++)
        names[n++] = m->teams[i].id;
    int near = mn_nearest(r->name, names, n);
    if (near >= 0)
        mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(names[near]));
    free(names);
    return false;
}

bool mn_catalogue_check(const struct mn_catalogue *c, const struct mn_model *m,
                        struct mn_diags *d) {
    bool ok = true;
    for (size_t i = 0; i < c->library.n_references; i++)
        ok &= check_reference(c, &c->library.references[i], m, d);
    for (size_t i = 0; i < c->n; i++) {
        struct entry *e = &c->entries[i];
        ok &= mn_runbook_check(&e->runbook, m, (struct mn_name_places){name_place, e}, d);
        for (size_t k = 0; k < e->n_references; k++)
            ok &= check_reference(c, &e->references[k], m, d);
    }
    return ok;
}

static void name_teams(const struct entry *e, const struct mn_model *m, bool *named) {
    for (size_t i = 0; i < e->n_references; i++) {
        const struct reference *r = &e->references[i];
        int team = r->want == MN__WANT_PARTY ? mn_model_team(m, r->name) : -1;
        if (team >= 0)
            named[team] = true;
    }
}

void mn_catalogue_teams(const struct mn_catalogue *c, const struct mn_model *m, bool *named) {
    name_teams(&c->library, m, named);
    for (size_t i = 0; i < c->n; i++)
        name_teams(&c->entries[i], m, named);
}
