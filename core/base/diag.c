/* Collecting diagnostics and writing them as a person reads them. */
#include "base/diag.h"

#include "base/mem.h"
#include "base/unicode.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A source line longer than this is shown around its caret only. */
#define LONGEST_EXCERPT 160

static const struct mn_code_info codes[] = {
#define MN_DIAG(ident, code, severity, tag, vi, en)                                                \
    {code, MN_SEV_##severity, MN_TAG_##tag, {vi, en}},
#define MN_MSG(ident, vi, en)
#include "base/text/all.def"
#undef MN_DIAG
#undef MN_MSG
};

struct note {
    struct note *next;
    enum mn_code code;
    struct mn_loc loc; /* its source is not to be followed: `file` and `excerpt` were copied */
    int order;
    const void *set; /* of files: only compared */
    int rank;        /* of the set, once sorted */
    const char *file, *excerpt;
    size_t skipped; /* characters left out at the start of the excerpt */
    const char *message[2];
};

struct entry {
    struct note self;
    struct note *notes, **notes_end;
    size_t n_notes, added;
};

struct mn_diags {
    struct mn_arena *arena;
    struct entry **entries;
    size_t n, cap, errors;
    /* Where the last line shown began: the next one is mostly further down in the same text. */
    const char *text;
    size_t offset;
    int line;
};

const struct mn_code_info *mn_code_info(enum mn_code code) {
    assert(code < MN_CODES);
    return &codes[code];
}

struct mn_diags *mn_diags_new(void) {
    struct mn_diags *d = mn_new0(1, sizeof *d);
    d->arena = mn_arena_new();
    return d;
}

void mn_diags_free(struct mn_diags *d) {
    if (!d)
        return;
    mn_arena_free(d->arena);
    free(d->entries);
    free(d);
}

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The line's text, shortened around the caret when it is very long, with what would disturb a
 * terminal replaced by spaces. */
static const char *excerpt_of(struct mn_diags *d, struct mn_loc loc, size_t *skipped) {
    *skipped = 0;
    if (!loc.source || loc.line < 1)
        return NULL;
    const char *p = loc.source->text, *end = p + loc.source->size;
    int line = 1;
    if (d->text == p && d->line <= loc.line && d->offset <= loc.source->size) {
        line = d->line;
        p += d->offset;
    }
    for (; line < loc.line; line++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        if (!newline)
            return NULL;
        p = newline + 1;
    }
    d->text = loc.source->text;
    d->offset = (size_t)(p - loc.source->text);
    d->line = loc.line;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop)
        stop = end;
    if (stop > p && stop[-1] == '\r')
        stop--;
    size_t before = loc.col > LONGEST_EXCERPT - 40 ? (size_t)loc.col - 40 : 0;
    while (*skipped < before && p < stop) {
        p++;
        while (p < stop && is_continuation(*p))
            p++;
        ++*skipped;
    }
    const char *cut = p;
    for (size_t shown = 0; cut < stop && shown < LONGEST_EXCERPT; shown++) {
        cut++;
        while (cut < stop && is_continuation(*cut))
            cut++;
    }
    struct mn_buf b = MN_BUF_INIT;
    while (p < cut) {
        size_t used;
        uint32_t c = mn_utf8_decode(p, (size_t)(cut - p), &used);
        if (c == '\t' || mn_is_control(c))
            mn_buf_putc(&b, ' ');
        else if (c == 0xFFFD && used == 1)
            mn_buf_puts(&b, "\xEF\xBF\xBD");
        else
            mn_buf_add(&b, p, used);
        p += used;
    }
    const char *copy = mn_arena_strndup(d->arena, mn_buf_text(&b), b.size);
    mn_buf_fini(&b);
    return copy;
}

/* `args` by enum mn_lang. */
static void fill(struct mn_diags *d, struct note *n, enum mn_code code, struct mn_loc loc,
                 const char *const *const args[2]) {
    n->code = code;
    n->loc = loc;
    n->order = loc.source ? loc.source->order : INT_MAX;
    n->set = loc.source ? loc.source->set : NULL;
    n->file = loc.source ? mn_arena_strdup(d->arena, loc.source->name) : NULL;
    n->excerpt = excerpt_of(d, loc, &n->skipped);
    for (int lang = MN_VI; lang <= MN_EN; lang++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_format(&b, mn_text_in(codes[code].text, lang), args[lang]);
        n->message[lang] = mn_arena_strndup(d->arena, mn_buf_text(&b), b.size);
        mn_buf_fini(&b);
    }
    n->loc.source = NULL;
}

static void append(struct mn_diags *d, struct entry *e) {
    d->entries = mn_grow(d->entries, &d->cap, d->n + 1, sizeof(struct entry *));
    e->added = d->n;
    d->entries[d->n++] = e;
    if (codes[e->self.code].severity == MN_SEV_ERROR)
        d->errors++;
}

static void add(struct mn_diags *d, enum mn_code code, struct mn_loc loc,
                const char *const *const args[2]) {
    struct entry *e = mn_arena_alloc(d->arena, sizeof *e);
    fill(d, &e->self, code, loc, args);
    e->notes_end = &e->notes;
    append(d, e);
}

void mn_diag(struct mn_diags *d, enum mn_code code, struct mn_loc loc, const char *const *args) {
    add(d, code, loc, (const char *const *[]){args, args});
}

void mn_diag_refused(struct mn_diags *d, enum mn_code code, struct mn_loc loc, const char *name,
                     int error) {
    struct mn_text why = mn_reason(error);
    add(d, code, loc, (const char *const *[]){MN_ARGS(name, why.vi), MN_ARGS(name, why.en)});
}

void mn_diag_note(struct mn_diags *d, enum mn_code code, struct mn_loc loc,
                  const char *const *args) {
    if (d->n == 0)
        return;
    struct entry *e = d->entries[d->n - 1];
    struct note *n = mn_arena_alloc(d->arena, sizeof *n);
    fill(d, n, code, loc, (const char *const *[]){args, args});
    *e->notes_end = n;
    e->notes_end = &n->next;
    e->n_notes++;
}

size_t mn_diags_count(const struct mn_diags *d) {
    return d->n;
}

size_t mn_diags_errors(const struct mn_diags *d) {
    return d->errors;
}

static int by_place(const void *left, const void *right) {
    const struct entry *a = *(struct entry *const *)left, *b = *(struct entry *const *)right;
    if (a->self.rank != b->self.rank)
        return a->self.rank < b->self.rank ? -1 : 1;
    if (a->self.order != b->self.order)
        return a->self.order < b->self.order ? -1 : 1;
    if (a->self.loc.line != b->self.loc.line)
        return a->self.loc.line < b->self.loc.line ? -1 : 1;
    if (a->self.loc.col != b->self.loc.col)
        return a->self.loc.col < b->self.loc.col ? -1 : 1;
    return a->added < b->added ? -1 : a->added > b->added;
}

static int by_addition(const void *left, const void *right) {
    const struct entry *a = *(struct entry *const *)left, *b = *(struct entry *const *)right;
    return a->added < b->added ? -1 : a->added > b->added;
}

/* Sets of files in the order of their first diagnostic; what has no place comes last. There are
 * few. */
static void rank_sets(struct mn_diags *d) {
    for (size_t i = 0; i < d->n; i++) {
        struct note *n = &d->entries[i]->self;
        size_t k = 0;
        while (k < i && (d->entries[k]->self.set != n->set || !d->entries[k]->self.file))
            k++;
        n->rank = !n->file ? INT_MAX : k < i ? d->entries[k]->self.rank : (int)i;
    }
}

void mn_diags_sort(struct mn_diags *d) {
    if (d->n > 1)
        qsort(d->entries, d->n, sizeof *d->entries, by_addition);
    rank_sets(d);
    if (d->n > 1)
        qsort(d->entries, d->n, sizeof *d->entries, by_place);
}

static struct mn_diag_view view_of(const struct note *n, size_t notes) {
    return (struct mn_diag_view){.code = n->code,
                                 .file = n->file,
                                 .line = n->loc.line,
                                 .col = n->loc.col,
                                 .excerpt = n->excerpt,
                                 .message = {n->message[MN_VI], n->message[MN_EN]},
                                 .notes = notes};
}

struct mn_diag_view mn_diags_view(const struct mn_diags *d, size_t i) {
    assert(i < d->n);
    return view_of(&d->entries[i]->self, d->entries[i]->n_notes);
}

struct mn_diag_view mn_diags_view_note(const struct mn_diags *d, size_t i, size_t note) {
    assert(i < d->n && note < d->entries[i]->n_notes);
    const struct note *n = d->entries[i]->notes;
    while (note--)
        n = n->next;
    return view_of(n, 0);
}

/* Bytes of the first `chars` characters of s. */
static size_t bytes_of(const char *s, size_t chars) {
    size_t i = 0, n = strlen(s);
    while (chars-- && i < n) {
        i++;
        while (i < n && is_continuation(s[i]))
            i++;
    }
    return i;
}

static void render_excerpt(const struct note *n, struct mn_buf *out) {
    struct mn_buf gutter = MN_BUF_INIT;
    mn_buf_printf(&gutter, "%5d", n->loc.line);
    size_t col = n->loc.col > (int)n->skipped ? (size_t)n->loc.col - n->skipped - 1 : 0;
    size_t start = bytes_of(n->excerpt, col);
    size_t len = bytes_of(n->excerpt + start, n->loc.len > 0 ? (size_t)n->loc.len : 1);
    size_t width = mn_width(n->excerpt + start, len);
    mn_buf_printf(out, "%s | %s\n", mn_buf_text(&gutter), n->excerpt);
    mn_buf_repeat(out, ' ', gutter.size);
    mn_buf_puts(out, " | ");
    mn_buf_repeat(out, ' ', mn_width(n->excerpt, start));
    mn_buf_putc(out, '^');
    if (width > 1)
        mn_buf_repeat(out, '~', width - 1);
    mn_buf_putc(out, '\n');
    mn_buf_fini(&gutter);
}

static void render_one(const struct note *n, enum mn_lang lang, bool colour, struct mn_buf *out) {
    static const enum mn_message words[] = {MN_M_error, MN_M_warning, MN_M_note};
    static const char *const colours[] = {"\033[31m", "\033[33m", "\033[36m"};
    const struct mn_code_info *info = &codes[n->code];
    if (n->file && n->loc.line > 0)
        mn_buf_printf(out, "%s:%d:%d: ", n->file, n->loc.line, n->loc.col > 0 ? n->loc.col : 1);
    else if (n->file)
        mn_buf_printf(out, "%s: ", n->file);
    mn_buf_printf(out, "%s%s:%s %s", colour ? colours[info->severity] : "",
                  mn_msg(words[info->severity], lang), colour ? "\033[0m" : "", n->message[lang]);
    if (info->severity != MN_SEV_NOTE)
        mn_buf_printf(out, " [%s]", info->name);
    mn_buf_putc(out, '\n');
    if (n->excerpt)
        render_excerpt(n, out);
}

void mn_diags_render(const struct mn_diags *d, size_t i, enum mn_lang lang, bool colour,
                     struct mn_buf *out) {
    assert(i < d->n);
    const struct entry *e = d->entries[i];
    render_one(&e->self, lang, colour, out);
    for (const struct note *n = e->notes; n; n = n->next)
        render_one(n, lang, colour, out);
}

static void copy_note(struct mn_arena *a, struct note *n) {
    n->next = NULL;
    if (n->file)
        n->file = mn_arena_strdup(a, n->file);
    if (n->excerpt)
        n->excerpt = mn_arena_strdup(a, n->excerpt);
    n->message[MN_VI] = mn_arena_strdup(a, n->message[MN_VI]);
    n->message[MN_EN] = mn_arena_strdup(a, n->message[MN_EN]);
}

void mn_diags_move(struct mn_diags *to, struct mn_diags *from) {
    for (size_t i = 0; i < from->n; i++) {
        struct entry *e = mn_arena_copy(to->arena, from->entries[i], sizeof *e);
        copy_note(to->arena, &e->self);
        e->notes = NULL;
        e->notes_end = &e->notes;
        for (const struct note *n = from->entries[i]->notes; n; n = n->next) {
            struct note *copy = mn_arena_copy(to->arena, n, sizeof *copy);
            copy_note(to->arena, copy);
            *e->notes_end = copy;
            e->notes_end = &copy->next;
        }
        append(to, e);
    }
    from->n = from->errors = 0;
}
