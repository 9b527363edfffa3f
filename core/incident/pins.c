/* Contents kept by their hash, and sets of files pinned as they were read. */
#include "incident/pins.h"

#include "incident/sql.h"

#include <string.h>

bool mn_store_put(struct mn_store *s, const void *bytes, size_t n, char hash[MN_HASH_HEX],
                  struct mn_diags *d) {
    mn_hash_of(bytes, n, hash);
    sqlite3_stmt *q =
        mn__sql(s, "INSERT INTO blob (hash, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING", d);
    if (!q)
        return false;
    mn__sql_text(q, 1, hash);
    sqlite3_bind_blob64(q, 2, n ? bytes : "", n, SQLITE_TRANSIENT);
    return mn__sql_step(s, q, d) == MN__DONE;
}

bool mn_store_get(struct mn_store *s, const char *hash, struct mn_buf *out, struct mn_diags *d) {
    sqlite3_stmt *q = mn__sql(s, "SELECT bytes FROM blob WHERE hash = ?1", d);
    if (!q)
        return false;
    mn__sql_text(q, 1, hash);
    enum mn__row row = mn__sql_step(s, q, d);
    if (row == MN__DONE)
        mn_diag(d, MN_D_blob_missing, MN_NOWHERE, MN_ARGS(mn_store_path(s), hash));
    if (row != MN__ROW)
        return false;
    const void *bytes = sqlite3_column_blob(q, 0);
    size_t n = (size_t)sqlite3_column_bytes(q, 0);
    char really[MN_HASH_HEX];
    mn_hash_of(bytes ? bytes : "", n, really);
    bool same = strcmp(really, hash) == 0;
    if (same && n)
        mn_buf_add(out, bytes, n);
    if (!same)
        mn_diag(d, MN_D_blob_changed, MN_NOWHERE, MN_ARGS(mn_store_path(s), hash));
    sqlite3_reset(q);
    return same;
}

bool mn_store_pin(struct mn_store *s, const struct mn_files *files, char hash[MN_HASH_HEX],
                  struct mn_diags *d) {
    json_t *list = json_array();
    bool ok = mn__sql_begin(s, d);
    if (!ok) {
        json_decref(list);
        return false;
    }
    for (size_t i = 0; ok && i < mn_files_count(files); i++) {
        const struct mn_source *file = mn_files_at(files, i);
        char blob[MN_HASH_HEX];
        ok = mn_store_put(s, file->text, file->size, blob, d);
        json_array_append_new(
            list, json_pack("{s:s, s:s}", "name", mn_files_name(files, i), "blob", blob));
    }
    struct mn_buf b = MN_BUF_INIT;
    mn_json_write(&b, list, 0, true);
    json_decref(list);
    ok = ok && mn_store_put(s, mn_buf_text(&b), b.size, hash, d) && mn__sql_commit(s, d);
    mn_buf_fini(&b);
    if (!ok)
        mn__sql_rollback(s);
    return ok;
}

json_t *mn__pin_list(struct mn_store *s, const char *hash, struct mn_diags *d) {
    struct mn_buf b = MN_BUF_INIT;
    json_t *list = NULL;
    if (mn_store_get(s, hash, &b, d)) {
        list = mn__pin_parse(mn_buf_text(&b), b.size);
        if (!list)
            mn_diag(d, MN_D_blob_changed, MN_NOWHERE, MN_ARGS(mn_store_path(s), hash));
    }
    mn_buf_fini(&b);
    return list;
}

json_t *mn__pin_parse(const char *bytes, size_t n) {
    json_t *list = json_loadb(bytes, n, 0, NULL), *entry;
    bool ok = json_is_array(list);
    size_t i;
    json_array_foreach(list, i, entry) ok =
        ok && mn_json_string(entry, "name") && mn_json_string(entry, "blob");
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

struct mn_files *mn_store_pinned(struct mn_store *s, const char *hash, const char *shown,
                                 struct mn_diags *d) {
    json_t *list = mn__pin_list(s, hash, d);
    if (!list)
        return NULL;
    struct mn_buf b = MN_BUF_INIT;
    struct mn_files *files = mn_files_memory(shown);
    bool ok = true;
    size_t i;
    json_t *entry;
    json_array_foreach(list, i, entry) {
        mn_buf_clear(&b);
        ok = ok && mn_store_get(s, mn_json_string(entry, "blob"), &b, d);
        if (!ok)
            break;
        mn_files_put(files, mn_json_string(entry, "name"), mn_buf_text(&b), b.size);
    }
    json_decref(list);
    mn_buf_fini(&b);
    if (ok)
        return files;
    mn_files_free(files);
    return NULL;
}
