/* The file of what incidents wait for. */
#include "incident/waiting.h"

#include "base/files.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/write.h"

#include <stdlib.h>
#include <string.h>

#define FORMAT "metronet-waiting-1 " MN_VERSION
#define LARGEST (64 << 20)

struct mn_waiting {
    char *path;
    json_t *incidents; /* by id */
    bool changed;
};

int64_t mn_waits_next(const struct mn_waits *w) {
    int64_t next = INT64_MAX;
    if (w->step && !w->recorded)
        next = w->at;
    if (w->given && w->until >= 0 && w->until < next)
        next = w->until;
    return next;
}

struct mn_waiting *mn_waiting_read(const struct mn_store *s) {
    struct mn_waiting *w = mn_new0(1, sizeof *w);
    struct mn_buf path = MN_BUF_INIT;
    mn_buf_printf(&path, "%s.waiting", mn_store_path(s));
    w->path = mn_strdup(mn_buf_text(&path));
    mn_buf_fini(&path);
    struct mn_diags *quiet = mn_diags_new();
    struct mn_files *files = NULL;
    const struct mn_source *source = mn_files_one(w->path, LARGEST, &files, quiet);
    json_t *doc = source ? mn_json_read(source, LARGEST, quiet) : NULL;
    const char *format = mn_json_string(doc, "format");
    json_t *incidents = json_object_get(doc, "incidents");
    bool ours = format && strcmp(format, FORMAT) == 0 && json_is_object(incidents);
    w->incidents = ours ? json_incref(incidents) : json_object();
    json_decref(doc);
    mn_files_free(files);
    mn_diags_free(quiet);
    return w;
}

void mn_waiting_free(struct mn_waiting *w) {
    if (!w)
        return;
    free(w->path);
    json_decref(w->incidents);
    free(w);
}

static int64_t number(const json_t *row, const char *key) {
    const json_t *n = json_object_get(row, key);
    return json_is_integer(n) ? json_integer_value(n) : -1;
}

bool mn_waiting_find(const struct mn_waiting *w, const struct mn_head *head, struct mn_waits *out) {
    const json_t *row = json_object_get(w->incidents, head->incident);
    const char *of = mn_json_string(row, "head");
    if (!of || strcmp(of, head->hash) != 0)
        return false;
    *out = (struct mn_waits){.closed = json_is_true(json_object_get(row, "closed")),
                             .observations = number(row, "observations"),
                             .step = mn_json_string(row, "step"),
                             .text = mn_json_get_text(row, "text"),
                             .at = number(row, "at"),
                             .recorded = json_is_true(json_object_get(row, "recorded")),
                             .given = mn_json_string(row, "given"),
                             .to = mn_json_string(row, "to"),
                             .until = number(row, "until"),
                             .child = mn_json_string(row, "child")};
    return !out->given || out->to;
}

void mn_waiting_keep(struct mn_waiting *w, const struct mn_head *head,
                     const struct mn_waits *what) {
    json_t *row = json_object();
    json_object_set_new(row, "head", json_string(head->hash));
    json_object_set_new(row, "closed", json_boolean(what->closed));
    json_object_set_new(row, "observations", json_integer(what->observations));
    if (what->step) {
        json_object_set_new(row, "step", json_string(what->step));
        json_object_set_new(row, "text", mn_json_text(what->text));
        json_object_set_new(row, "at", json_integer(what->at));
        json_object_set_new(row, "recorded", json_boolean(what->recorded));
    }
    if (what->given) {
        json_object_set_new(row, "given", json_string(what->given));
        json_object_set_new(row, "to", json_string(what->to));
        json_object_set_new(row, "until", json_integer(what->until));
    }
    if (what->child)
        json_object_set_new(row, "child", json_string(what->child));
    w->changed = w->changed || !json_equal(row, json_object_get(w->incidents, head->incident));
    json_object_set_new(w->incidents, head->incident, row);
}

void mn_waiting_write(const struct mn_waiting *w) {
    if (!w->changed)
        return;
    struct mn_buf text = MN_BUF_INIT;
    struct mn_diags *quiet = mn_diags_new();
    json_t *doc = json_object();
    json_object_set_new(doc, "format", json_string(FORMAT));
    json_object_set(doc, "incidents", w->incidents);
    mn_json_write(&text, doc, 0, false);
    mn_write_file(w->path, &text, true, quiet);
    json_decref(doc);
    mn_diags_free(quiet);
    mn_buf_fini(&text);
}
