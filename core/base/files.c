/* Named read-only texts, from a folder or from memory. */
#include "base/files.h"

#include "base/buf.h"
#include "base/unicode.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
    char *name; /* relative */
    struct mn_source source;
};

struct held {
    char *name, *text;
    size_t size;
};

struct mn_files {
    struct mn_arena *arena;
    const char *path; /* NULL: in memory */
    const char *shown;
    struct file **read; /* pointers stay when the array grows */
    size_t n_read, cap_read;
    struct held *held;
    size_t n_held, cap_held;
};

static struct mn_files *new_files(const char *path, const char *shown) {
    struct mn_arena *arena = mn_arena_new();
    struct mn_files *f = mn_arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->path = path ? mn_arena_strdup(arena, path) : NULL;
    f->shown = mn_arena_strdup(arena, shown);
    return f;
}

struct mn_files *mn_files_dir(const char *path, const char *shown) {
    return new_files(path, shown);
}

struct mn_files *mn_files_memory(const char *shown) {
    return new_files(NULL, shown);
}

void mn_files_put(struct mn_files *f, const char *name, const char *text, size_t size) {
    f->held = mn_grow(f->held, &f->cap_held, f->n_held + 1, sizeof *f->held);
    f->held[f->n_held++] = (struct held){.name = mn_arena_strdup(f->arena, name),
                                         .text = mn_arena_strndup(f->arena, text, size),
                                         .size = size};
}

const char *mn_files_shown(const struct mn_files *f) {
    return f->shown;
}

void mn_files_free(struct mn_files *f) {
    if (!f)
        return;
    for (size_t i = 0; f->path && i < f->n_read; i++)
        free((char *)f->read[i]->source.text);
    free(f->read);
    free(f->held);
    mn_arena_free(f->arena);
}

static const char *join(struct mn_arena *a, const char *folder, const char *name) {
    if (!*folder)
        return mn_arena_strdup(a, name);
    size_t n = strlen(folder);
    return mn_arena_printf(a, "%s%s%s", folder, folder[n - 1] == '/' ? "" : "/", name);
}

static void cannot_open(const char *shown, int error, struct mn_loc from, struct mn_diags *d) {
    if (error == ENOENT || error == ENOTDIR)
        mn_diag(d, MN_D_file_missing, from, MN_ARGS(shown));
    else if (error == EACCES || error == EPERM)
        mn_diag(d, MN_D_file_denied, from, MN_ARGS(shown));
    else
        mn_diag_refused(d, MN_D_file_open, from, shown, error);
}

/* A link may lead elsewhere in the folder, but not out of it: a folder may come from a stranger. */
static bool leads_out(const char *folder, const char *path) {
    char *root = realpath(folder, NULL), *real = realpath(path, NULL);
    size_t n = root ? strlen(root) : 0;
    bool out = root && real && strcmp(root, "/") != 0 &&
               (strncmp(real, root, n) != 0 || (real[n] != '/' && real[n] != '\0'));
    free(root);
    free(real);
    return out;
}

static void too_large(const char *shown, size_t limit, struct mn_loc from, struct mn_diags *d) {
    struct mn_buf mib = MN_BUF_INIT;
    mn_buf_printf(&mib, "%zu", limit >> 20);
    mn_diag(d, MN_D_file_too_large, from, MN_ARGS(shown, mn_buf_text(&mib)));
    mn_buf_fini(&mib);
}

/* Reads a regular file of at most `limit` bytes; never waits on a FIFO or a device. */
static char *read_disk(const char *path, const char *shown, size_t limit, size_t *size,
                       struct mn_loc from, struct mn_diags *d) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        cannot_open(shown, errno, from, d);
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    struct mn_buf b = MN_BUF_INIT;
    bool ok = false;
    if (!S_ISREG(st.st_mode)) {
        mn_diag(d, MN_D_file_not_regular, from, MN_ARGS(shown));
        goto out;
    }
    if (st.st_size > 0 && (size_t)st.st_size <= limit)
        b.data = mn_grow(NULL, &b.cap, (size_t)st.st_size + 2, 1);
    ssize_t n = 0;
    do { /* a file may grow while it is read */
        b.size += (size_t)n;
        if (b.cap - b.size < 2)
            b.data = mn_grow(b.data, &b.cap, b.size + 65536, 1);
        n = b.size > limit ? 0 : read(fd, b.data + b.size, b.cap - b.size - 1);
    } while (n > 0);
    b.data[b.size] = '\0';
    if (n < 0) {
        cannot_open(shown, errno, from, d);
    } else if (b.size > limit) {
        too_large(shown, limit, from, d);
    } else {
        ok = true;
    }
out:
    close(fd);
    *size = b.size;
    if (ok)
        return mn_buf_take(&b);
    mn_buf_fini(&b);
    return NULL;
}

static const struct held *find_held(const struct mn_files *f, const char *name) {
    for (size_t i = 0; i < f->n_held; i++)
        if (strcmp(f->held[i].name, name) == 0)
            return &f->held[i];
    return NULL;
}

const struct mn_source *mn_files_read(struct mn_files *f, const char *name, size_t limit,
                                      struct mn_loc from, struct mn_diags *d) {
    for (size_t i = 0; i < f->n_read; i++)
        if (strcmp(f->read[i]->name, name) == 0)
            return &f->read[i]->source;
    const char *shown = join(f->arena, f->shown, name);
    const char *text;
    size_t size;
    if (f->path) {
        const char *path = join(f->arena, f->path, name);
        if (leads_out(f->path, path)) {
            mn_diag(d, MN_D_file_outside, from, MN_ARGS(shown));
            return NULL;
        }
        text = read_disk(path, shown, limit, &size, from, d);
        if (!text)
            return NULL;
    } else {
        const struct held *h = find_held(f, name);
        if (!h) {
            cannot_open(shown, ENOENT, from, d);
            return NULL;
        }
        if (h->size > limit) {
            too_large(shown, limit, from, d);
            return NULL;
        }
        text = h->text;
        size = h->size;
    }
    struct file *file = mn_arena_alloc(f->arena, sizeof *file);
    file->name = mn_arena_strdup(f->arena, name);
    file->source = (struct mn_source){shown, text, size, (int)f->n_read, f};
    f->read = mn_grow(f->read, &f->cap_read, f->n_read + 1, sizeof(struct file *));
    f->read[f->n_read++] = file;
    return &file->source;
}

const struct mn_source *mn_files_one(const char *path, size_t limit, struct mn_files **files,
                                     struct mn_diags *d) {
    char *folder = mn_strdup(path), *name = mn_strdup(path);
    const char *base = basename(name);
    const char *dir = dirname(folder);
    *files = mn_files_dir(dir, strcmp(dir, ".") == 0 && path[0] != '.' ? "" : dir);
    const struct mn_source *source = mn_files_read(*files, base, limit, MN_NOWHERE, d);
    free(folder);
    free(name);
    return source;
}

struct mn_loc mn_source_at(const struct mn_source *source, size_t offset) {
    struct mn_loc loc = {source, 1, 1, 1};
    size_t end = offset < source->size ? offset : source->size, line = 0;
    for (size_t i = 0; i < end; i++) {
        if (source->text[i] == '\n') {
            loc.line++;
            line = i + 1;
        }
    }
    loc.col += (int)mn_utf8_count(source->text + line, end - line);
    return loc;
}

bool mn_source_is_text(const struct mn_source *source, struct mn_diags *d) {
    const char *text = source->text, *nul = memchr(text, '\0', source->size);
    size_t good = mn_utf8_check(text, nul ? (size_t)(nul - text) : source->size);
    if (good == source->size)
        return true;
    mn_diag(d, MN_D_file_not_text, mn_source_at(source, good), MN_ARGS(source->name));
    return false;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *const *sorted(const char **names, size_t n) {
    if (n > 1)
        qsort(names, n, sizeof *names, by_bytes);
    return names;
}

static const char *const *glob_held(struct mn_files *f, const char *pattern, size_t *n) {
    const char **names = MN_ARENA_ARRAY(f->arena, const char *, f->n_held + 1);
    *n = 0;
    for (size_t i = 0; i < f->n_held; i++)
        if (fnmatch(pattern, f->held[i].name, FNM_PATHNAME | FNM_PERIOD) == 0)
            names[(*n)++] = f->held[i].name;
    return sorted(names, *n);
}

/* The folder's own path may hold characters that mean something in a pattern. */
static char *escaped(const char *path) {
    struct mn_buf b = MN_BUF_INIT;
    for (; *path; path++) {
        if (strchr("*?[]\\", *path))
            mn_buf_putc(&b, '\\');
        mn_buf_putc(&b, *path);
    }
    return mn_buf_take(&b);
}

const char *const *mn_files_glob(struct mn_files *f, const char *pattern, size_t *n) {
    if (!f->path)
        return glob_held(f, pattern, n);
    char *folder = escaped(f->path);
    const char *full = join(f->arena, folder, pattern);
    size_t skip = strlen(join(f->arena, f->path, ""));
    free(folder);
    glob_t found;
    *n = 0;
    if (glob(full, GLOB_NOSORT, NULL, &found) != 0)
        return NULL;
    const char **names = MN_ARENA_ARRAY(f->arena, const char *, found.gl_pathc + 1);
    for (size_t i = 0; i < found.gl_pathc; i++)
        names[(*n)++] = mn_arena_strdup(f->arena, found.gl_pathv[i] + skip);
    globfree(&found);
    return sorted(names, *n);
}

size_t mn_files_count(const struct mn_files *f) {
    return f->n_read;
}

const struct mn_source *mn_files_at(const struct mn_files *f, size_t i) {
    return &f->read[i]->source;
}

const char *mn_files_name(const struct mn_files *f, size_t i) {
    return f->read[i]->name;
}
