/* Problems travel from the worker to the parent as JSON, and become located diagnostics there. */
#include "script/problem.h"
#include "base/unicode.h"

#include <string.h>

enum { MOST_PROBLEMS = 300, MOST_ARGS = 8 };

void mn__problems_init(struct mn__problems *p) {
    p->list = json_array();
}

static json_t *problem_json(enum mn_code code, struct mn__place at, const char *const *args) {
    json_t *doc = json_object(), *list = json_array();
    json_object_set_new(doc, "code", json_integer(code));
    json_object_set_new(doc, "file", json_integer(at.file));
    json_object_set_new(doc, "line", json_integer(at.line));
    json_object_set_new(doc, "from", json_integer(at.from));
    json_object_set_new(doc, "bytes", json_integer(at.bytes));
    for (int i = 0; i < MOST_ARGS && args[i]; i++) {
        /* What a script says may be no UTF-8; JSON must be. */
        size_t n = strlen(args[i]), good = mn_utf8_check(args[i], n > 500 ? 500 : n);
        json_array_append_new(list, json_stringn(args[i], good));
    }
    json_object_set_new(doc, "args", list);
    return doc;
}

void mn__problem(struct mn__problems *p, enum mn_code code, struct mn__place at,
                 const char *const *args) {
    if (json_array_size(p->list) >= MOST_PROBLEMS)
        return;
    json_t *doc = problem_json(code, at, args);
    json_object_set_new(doc, "notes", json_array());
    json_array_append_new(p->list, doc);
}

void mn__problem_note(struct mn__problems *p, enum mn_code code, struct mn__place at,
                      const char *const *args) {
    size_t n = json_array_size(p->list);
    if (n == 0 || n >= MOST_PROBLEMS)
        return;
    json_t *notes = json_object_get(json_array_get(p->list, n - 1), "notes");
    json_array_append_new(notes, problem_json(code, at, args));
}

/* Byte offset at which a line begins, or the file's size. */
static size_t line_start(const struct mn_source *file, int line) {
    size_t at = 0;
    for (; line > 1 && at < file->size; line--) {
        const char *end = memchr(file->text + at, '\n', file->size - at);
        at = end ? (size_t)(end - file->text) + 1 : file->size;
    }
    return at;
}

struct mn_loc mn__line_of(const struct mn_source *file, int line) {
    struct mn_loc loc = {file, line, 1, 1};
    if (line < 1)
        return (struct mn_loc){file, 0, 0, 0};
    size_t start = line_start(file, line), end = start;
    while (end < file->size && file->text[end] != '\n')
        end++;
    size_t first = start;
    while (first < end && strchr(" \t", file->text[first]))
        first++;
    while (end > first && strchr(" \t\r", file->text[end - 1]))
        end--;
    if (end > first) {
        loc.col = (int)mn_utf8_count(file->text + start, first - start) + 1;
        loc.len = (int)mn_utf8_count(file->text + first, end - first);
    }
    return loc;
}

struct mn_loc mn__place_loc(struct mn__place at, const struct mn_source *const *files, size_t n) {
    if (at.file < 0 || (size_t)at.file >= n)
        return MN_NOWHERE;
    const struct mn_source *file = files[at.file];
    size_t start = line_start(file, at.line), from = (size_t)at.from;
    if (at.bytes <= 0 || at.line < 1 || at.from < 0 || from < start ||
        from + (size_t)at.bytes > file->size)
        return mn__line_of(file, at.line);
    const char *end = memchr(file->text + from, '\n', (size_t)at.bytes);
    size_t bytes = end ? (size_t)(end - file->text) - from : (size_t)at.bytes;
    int len = (int)mn_utf8_count(file->text + from, bytes);
    return (struct mn_loc){file, at.line, (int)mn_utf8_count(file->text + start, from - start) + 1,
                           len > 0 ? len : 1};
}

static bool get_int(const json_t *doc, const char *key, int *out) {
    const json_t *v = json_object_get(doc, key);
    if (!json_is_integer(v) || json_integer_value(v) < -1 || json_integer_value(v) > 1000000000)
        return false;
    *out = (int)json_integer_value(v);
    return true;
}

static bool tell_one(const json_t *doc, bool note, const struct mn_source *const *files, size_t n,
                     struct mn_diags *d) {
    int code;
    struct mn__place at;
    const json_t *list = json_object_get(doc, "args");
    const char *args[MOST_ARGS + 1] = {NULL};
    if (!get_int(doc, "code", &code) || code < 0 || code >= MN_CODES ||
        !get_int(doc, "file", &at.file) || !get_int(doc, "line", &at.line) ||
        !get_int(doc, "from", &at.from) || !get_int(doc, "bytes", &at.bytes) ||
        json_array_size(list) > MOST_ARGS)
        return false;
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!(args[i] = json_string_value(json_array_get(list, i))))
            return false;
    if (note)
        mn_diag_note(d, (enum mn_code)code, mn__place_loc(at, files, n), args);
    else
        mn_diag(d, (enum mn_code)code, mn__place_loc(at, files, n), args);
    return true;
}

bool mn__problems_tell(const json_t *list, const struct mn_source *const *files, size_t n,
                       struct mn_diags *d) {
    if (!json_is_array(list))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *doc = json_array_get(list, i), *notes = json_object_get(doc, "notes");
        if (!tell_one(doc, false, files, n, d))
            return false;
        for (size_t k = 0; k < json_array_size(notes); k++)
            if (!tell_one(json_array_get(notes, k), true, files, n, d))
                return false;
    }
    return true;
}
