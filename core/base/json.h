/* JSON: the one gate to jansson, and small helpers in the project's own terms. */
#ifndef MN_BASE_JSON_H
#define MN_BASE_JSON_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>

/* {"vi": …, "en": …}; null when the text is empty. New reference. */
json_t *mn_json_text(struct mn_text t);

/* A message with its arguments, each in either language; at most four. New reference. */
json_t *mn_json_message(enum mn_message m, const struct mn_text *args, size_t n);

/* A time in seconds since 1970 as mn_time_utc writes it; null below 0. New reference. */
json_t *mn_json_time(int64_t t);

/* The string; null for NULL. New reference. */
json_t *mn_json_string_or_null(const char *s);

/* Appends the document to b: indent 0 for one line; keys in the order they were set, or sorted. */
void mn_json_write(struct mn_buf *b, const json_t *doc, int indent, bool sorted);

/* The string under key, or NULL when it is missing or no string. Borrowed. */
const char *mn_json_string(const json_t *object, const char *key);

/* The text under key as mn_json_text wrote it; "" for a language that is missing. Borrowed. */
struct mn_text mn_json_get_text(const json_t *object, const char *key);

/* A file's document of at most so many values, no key twice. NULL with a diagnostic at its place.
 */
json_t *mn_json_read(const struct mn_source *source, size_t most, struct mn_diags *d);

/* Where a value stands in the text that mn_json_read took: `path` is made of keys and, in arrays,
 * numbers from 0, "incidents/0/events". The place of the last part that is there. */
struct mn_loc mn_json_place(const struct mn_source *source, const char *path);

#endif
