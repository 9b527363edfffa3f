/* Writing and reading the file of heads. */
#include "incident/head.h"
#include "incident/observation.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/unicode.h"
#include "incident/journal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 4

void mn_heads_write(const struct mn_heads *h, const char *program, struct mn_buf *out) {
    char at[MN_TIME_TEXT];
    mn_time_utc(h->exported, at);
    mn_buf_printf(out, MN_HEADS_FORMAT " metronet %s\nexported %s\n", program, at);
    for (size_t i = 0; i < h->n; i++)
        mn_buf_printf(out, "%s %lld %s\n", h->at[i].incident, (long long)h->at[i].events,
                      h->at[i].hash);
    mn_buf_printf(out, "end %zu\n", h->n);
}

bool mn_hash_parse(const char *text, size_t n, char hash[MN_HASH_HEX]) {
    if (n != MN_HASH_HEX - 1)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!isxdigit((unsigned char)text[i]))
            return false;
        hash[i] = (char)tolower((unsigned char)text[i]);
    }
    hash[n] = '\0';
    return true;
}

/* Digits only, so many at most; or -1. */
static int64_t number_of(const char *text, size_t n, size_t most) {
    int64_t value = 0;
    if (n == 0 || n > most)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (!isdigit((unsigned char)text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool mn_incident_id_parse(const char *text, int64_t *year, int64_t *number) {
    const char *dash = strchr(text, '-');
    *year = *number = 0;
    if (strcmp(text, MN_OBSERVATIONS) == 0)
        return true;
    if (!dash)
        return false;
    *year = number_of(text, (size_t)(dash - text), 4);
    *number = number_of(dash + 1, strlen(dash + 1), 9);
    char again[MN_INCIDENT_ID];
    snprintf(again, sizeof again, "%04lld-%04lld", (long long)*year, (long long)*number);
    return *year > 0 && *number > 0 && strcmp(again, text) == 0;
}

static int by_incident(const void *a, const void *b) {
    const struct mn_head *one = a, *other = b;
    return strcmp(one->incident, other->incident);
}

const struct mn_head *mn_heads_find(const struct mn_heads *h, const char *incident) {
    struct mn_head wanted = {.incident = incident};
    return h->n ? bsearch(&wanted, h->at, h->n, sizeof wanted, by_incident) : NULL;
}

struct reading {
    const struct mn_source *source;
    struct mn_arena *a;
    struct mn_heads *h;
    struct mn_diags *d;
    size_t cap;
    int line;
    struct {
        const char *text; /* in the arena */
        struct mn_loc loc;
    } fields[FIELDS];
    int n_fields; /* of this line, more than FIELDS when there are more */
    enum { AT_FORMAT, AT_DATE, AT_HEADS, AT_END } state;
};

/* Splits a line at its spaces. */
static void split(struct reading *r, const char *line, size_t n) {
    r->n_fields = 0;
    for (size_t i = 0; i < n;) {
        size_t start = i;
        while (i < n && !strchr(" \t\r", line[i]))
            i++;
        if (i > start && r->n_fields++ < FIELDS) {
            int f = r->n_fields - 1;
            r->fields[f].text = mn_arena_strndup(r->a, line + start, i - start);
            r->fields[f].loc =
                (struct mn_loc){r->source, r->line, (int)mn_utf8_count(line, start) + 1,
                                (int)mn_utf8_count(line + start, i - start)};
        }
        while (i < n && strchr(" \t\r", line[i]))
            i++;
    }
}

/* A field that is wrong, with the word that was meant if it looks like it. Always false. */
static bool wrong(struct reading *r, int field, enum mn_code code, const char *meant) {
    const char *text = r->fields[field].text;
    mn_diag(r->d, code, r->fields[field].loc, MN_ARGS(text));
    if (meant && mn_nearest(text, &meant, 1) == 0)
        mn_diag_note(r->d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(meant));
    return false;
}

static bool take_format(struct reading *r) {
    static const char family[] = "metronet-heads-";
    const char *text = r->fields[0].text;
    if (strcmp(text, MN_HEADS_FORMAT) == 0)
        return true;
    const char *version =
        strncmp(text, family, sizeof family - 1) == 0 ? text + strlen(family) : "";
    bool newer = number_of(version, strlen(version), 9) > 1;
    return wrong(r, 0, newer ? MN_D_heads_newer : MN_D_heads_format,
                 newer ? NULL : MN_HEADS_FORMAT);
}

static bool take_date(struct reading *r) {
    if (r->n_fields == 2 && strcmp(r->fields[0].text, "exported") == 0)
        return mn_time_parse(r->fields[1].text, &r->h->exported) ||
               wrong(r, 1, MN_D_heads_date, NULL);
    return wrong(r, 0, MN_D_heads_exported, "exported");
}

static bool take_end(struct reading *r) {
    int64_t n = number_of(r->fields[1].text, strlen(r->fields[1].text), 9);
    char count[24];
    snprintf(count, sizeof count, "%zu", r->h->n);
    if (n == (int64_t)r->h->n)
        return true;
    mn_diag(r->d, MN_D_heads_count, r->fields[1].loc, MN_ARGS(r->fields[1].text, count));
    return false;
}

static bool take_head(struct reading *r) {
    struct mn_head head = {.incident = r->fields[0].text};
    int64_t year, number;
    if (r->n_fields != 3)
        return wrong(r, 0, MN_D_heads_line, "end");
    bool ok =
        mn_incident_id_parse(head.incident, &year, &number) || wrong(r, 0, MN_D_heads_id, NULL);
    head.events = number_of(r->fields[1].text, strlen(r->fields[1].text), 9);
    if (head.events < 1)
        ok = wrong(r, 1, MN_D_heads_events, NULL);
    const char *hash = r->fields[2].text;
    if (!mn_hash_parse(hash, strlen(hash), head.hash)) {
        char digits[24];
        snprintf(digits, sizeof digits, "%zu", strspn(hash, "0123456789abcdefABCDEF"));
        mn_diag(r->d, MN_D_heads_hash, r->fields[2].loc, MN_ARGS(digits));
        ok = false;
    }
    head.from = r->fields[0].loc;
    r->h->at = mn_grow(r->h->at, &r->cap, r->h->n + 1, sizeof *r->h->at);
    r->h->at[r->h->n++] = head;
    return ok;
}

static bool take_line(struct reading *r) {
    switch (r->state) {
    case AT_FORMAT:
        r->state = AT_DATE;
        return take_format(r);
    case AT_DATE:
        r->state = AT_HEADS;
        return take_date(r);
    case AT_HEADS:
        if (r->n_fields != 2 || strcmp(r->fields[0].text, "end") != 0)
            return take_head(r);
        r->state = AT_END;
        return take_end(r);
    default:
        return wrong(r, 0, MN_D_heads_after_end, NULL);
    }
}

/* Where a file ends that should go on: its last line. */
static struct mn_loc last_line(const struct mn_source *s, int lines) {
    return (struct mn_loc){s, lines ? lines : 1, 1, 1};
}

static bool read_lines(struct reading *r) {
    const char *p = r->source->text, *end = p + r->source->size;
    bool ok = true;
    if (r->source->size >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3; /* an editor's mark that this is UTF-8 */
    while (p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((newline ? newline : end) - p);
        r->line++;
        split(r, p, n);
        if (r->n_fields > 0 && r->fields[0].text[0] != '#') {
            bool first = r->state == AT_FORMAT;
            ok = take_line(r) && ok;
            if (first && !ok)
                return false; /* another kind of file: every line would be wrong */
        }
        p += n + 1;
    }
    if (r->state == AT_END)
        return ok;
    mn_diag(r->d, r->state == AT_FORMAT ? MN_D_heads_empty : MN_D_heads_cut,
            last_line(r->source, r->line), MN_NO_ARGS);
    return false;
}

static int by_incident_and_line(const void *a, const void *b) {
    const struct mn_head *one = a, *other = b;
    int order = by_incident(a, b);
    return order ? order : one->from.line - other->from.line;
}

/* Sorts them; false with a diagnostic for each that stands there twice. */
static bool sort(struct mn_heads *h, struct mn_diags *d) {
    bool ok = true;
    if (h->n)
        qsort(h->at, h->n, sizeof *h->at, by_incident_and_line);
    for (size_t i = 1; i < h->n; i++) {
        if (by_incident(&h->at[i - 1], &h->at[i]) != 0)
            continue;
        mn_diag(d, MN_D_heads_twice, h->at[i].from, MN_ARGS(h->at[i].incident));
        mn_diag_note(d, MN_D_see_also, h->at[i - 1].from, MN_NO_ARGS);
        ok = false;
    }
    return ok;
}

bool mn_heads_read(const struct mn_source *source, struct mn_arena *a, struct mn_heads *h,
                   struct mn_diags *d) {
    struct reading r = {.source = source, .a = a, .h = h, .d = d};
    *h = (struct mn_heads){0};
    bool ok = mn_source_is_text(source, d) && read_lines(&r);
    struct mn_head *heap = h->at;
    h->at = h->n ? mn_arena_copy(a, heap, h->n * sizeof *heap) : NULL;
    free(heap);
    return sort(h, d) && ok;
}
