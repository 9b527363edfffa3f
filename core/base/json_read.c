/* Reading a stranger's JSON, and finding the place of a value in it again. */
#include "base/files.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_UNDERLINE 60

/* Values and keys, or a little more: every one but the first follows one of these characters. */
static size_t count_values(const struct mn_source *s) {
    size_t n = 1;
    bool quoted = false;
    for (size_t i = 0; i < s->size; i++) {
        char c = s->text[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && strchr("[{,:", c))
            n++;
    }
    return n;
}

static enum mn_code code_of(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_premature_end_of_input:
        return MN_D_json_cut;
    case json_error_duplicate_key:
        return MN_D_json_twice;
    case json_error_stack_overflow:
        return MN_D_json_deep;
    case json_error_numeric_overflow:
        return MN_D_json_number;
    case json_error_null_character:
        return MN_D_json_nul;
    default:
        return MN_D_json_syntax;
    }
}

json_t *mn_json_read(const struct mn_source *source, size_t most, struct mn_diags *d) {
    if (!mn_source_is_text(source, d))
        return NULL;
    if (count_values(source) > most) {
        struct mn_buf number = MN_BUF_INIT;
        mn_buf_printf(&number, "%zu", most);
        mn_diag(d, MN_D_json_many, (struct mn_loc){source, 0, 0, 0}, MN_ARGS(mn_buf_text(&number)));
        mn_buf_fini(&number);
        return NULL;
    }
    json_error_t error;
    json_t *doc = json_loadb(source->text, source->size, JSON_REJECT_DUPLICATES, &error);
    if (!doc) /* its position is behind what it did not expect */
        mn_diag(d, code_of(&error),
                mn_source_at(source, error.position > 0 ? (size_t)error.position - 1 : 0),
                MN_NO_ARGS);
    return doc;
}

/* The text is known to be right, so that what follows need not look for mistakes. */
static const char *skip_space(const char *p) {
    return p + strspn(p, " \t\r\n");
}

static const char *skip_string(const char *p) {
    for (p++; *p != '"'; p++)
        p += *p == '\\';
    return p + 1;
}

static const char *skip_value(const char *p) {
    int depth = 0;
    do {
        p = skip_space(p);
        if (*p == '"')
            p = skip_string(p);
        else if (strchr("[{", *p))
            depth++, p++;
        else if (strchr("]}", *p))
            depth--, p++;
        else if (strchr(",:", *p))
            p++;
        else
            p += strcspn(p, " \t\r\n,:]}");
    } while (depth > 0);
    return p;
}

/* Whether the string at p is that key: as it is written, without escapes. */
static bool is_key(const char *p, const char *key, size_t n) {
    return strncmp(p + 1, key, n) == 0 && p[1 + n] == '"';
}

/* The value under a key, or the one of that number; NULL when there is none. */
static const char *step_into(const char *p, const char *part, size_t n) {
    bool object = *p == '{';
    long wanted = strtol(part, NULL, 10), at = 0;
    if (!object && *p != '[')
        return NULL;
    for (p = skip_space(p + 1); !strchr("]}", *p); p = skip_space(p)) {
        bool here = object ? is_key(p, part, n) : at++ == wanted;
        if (object)
            p = skip_space(skip_space(skip_string(p)) + 1); /* past the colon */
        if (here)
            return p;
        p = skip_space(skip_value(p));
        p += *p == ',';
    }
    return NULL;
}

struct mn_loc mn_json_place(const struct mn_source *source, const char *path) {
    const char *p = skip_space(source->text);
    for (const char *part = path; *part; part += strspn(part, "/")) {
        size_t n = strcspn(part, "/");
        const char *inner = step_into(p, part, n);
        if (!inner)
            break;
        p = inner;
        part += n;
    }
    struct mn_loc loc = mn_source_at(source, (size_t)(p - source->text));
    size_t length = strchr("[{", *p) ? 1 : (size_t)(skip_value(p) - p);
    loc.len = length < LONGEST_UNDERLINE ? (int)length : LONGEST_UNDERLINE;
    return loc;
}
