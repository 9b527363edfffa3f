/* Small helpers around jansson. */
#include "base/json.h"

#include "base/clock.h"
#include "base/mem.h"

json_t *mn_json_text(struct mn_text t) {
    if (!t.vi && !t.en)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "vi", json_string(t.vi));
    json_object_set_new(object, "en", json_string(t.en));
    return object;
}

json_t *mn_json_message(enum mn_message m, const struct mn_text *args, size_t n) {
    struct mn_arena *a = mn_arena_new();
    json_t *text = mn_json_text(mn_message_with(a, m, args, n));
    mn_arena_free(a);
    return text;
}

json_t *mn_json_time(int64_t t) {
    char at[MN_TIME_TEXT];
    if (t < 0)
        return json_null();
    mn_time_utc(t, at);
    return json_string(at);
}

json_t *mn_json_string_or_null(const char *s) {
    return s ? json_string(s) : json_null();
}

static int add_bytes(const char *bytes, size_t n, void *out) {
    mn_buf_add(out, bytes, n);
    return 0;
}

void mn_json_write(struct mn_buf *b, const json_t *doc, int indent, bool sorted) {
    size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(12) |
                   (indent ? JSON_INDENT((size_t)indent) : JSON_COMPACT);
    if (sorted)
        flags |= JSON_SORT_KEYS;
    json_dump_callback(doc, add_bytes, b, flags);
}

const char *mn_json_string(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

struct mn_text mn_json_get_text(const json_t *object, const char *key) {
    const json_t *t = json_object_get(object, key);
    const char *vi = mn_json_string(t, "vi"), *en = mn_json_string(t, "en");
    return (struct mn_text){vi ? vi : "", en ? en : ""};
}
