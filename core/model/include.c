/* The files of a model: network.yaml and what it includes, each once, in the order of reading. */
#include "model/limits.h"
#include "model/load.h"
#include "model/schema.h"
#include "model/values.h"

#include <stdio.h>
#include <string.h>

struct opening {
    const struct opening *by; /* the file that includes this one */
    const char *name;
    int depth;
};

static void read_file(struct mn__load *l, const char *name, const struct mn__item *from,
                      const struct opening *by);

static bool is_open(const struct opening *o, const char *name) {
    for (; o; o = o->by) {
        if (strcmp(o->name, name) == 0)
            return true;
    }
    return false;
}

static bool was_read(const struct mn__load *l, const char *name) {
    for (size_t i = 0; i < l->n_files; i++) {
        if (strcmp(l->file[i].name, name) == 0)
            return true;
    }
    return false;
}

/* The path of `target`, written in file `from`, relative to the model's folder; `.` steps go. */
static const char *relative(struct mn__load *l, const char *from, const char *target) {
    const char *slash = strrchr(from, '/');
    struct mn_buf b = MN_BUF_INIT;
    if (slash)
        mn_buf_add(&b, from, (size_t)(slash - from) + 1);
    for (const char *p = target; *p;) {
        size_t n = strcspn(p, "/");
        if (n > 0 && !(n == 1 && *p == '.')) {
            mn_buf_add(&b, p, n);
            if (p[n])
                mn_buf_putc(&b, '/');
        }
        p += n + (p[n] == '/');
    }
    const char *path = mn_arena_strdup(l->scratch, mn_buf_text(&b));
    mn_buf_fini(&b);
    return path;
}

static void include(struct mn__load *l, const struct mn__item *it, const struct opening *by) {
    const char *path = relative(l, by->name, it->text);
    if (!strpbrk(path, "*?[")) {
        if (is_open(by, path))
            mn__at(l, MN_D_include_cycle, it, MN_ARGS(path));
        else
            read_file(l, path, it, by);
        return;
    }
    size_t n = 0;
    const char *const *names = mn_files_glob(l->files, path, &n);
    if (n == 0)
        mn__at(l, MN_D_include_nothing, it, MN_ARGS(path));
    for (size_t i = 0; i < n; i++) {
        if (!is_open(by, names[i])) /* a pattern may well match the file that says it */
            read_file(l, names[i], it, by);
    }
}

static bool within_limits(struct mn__load *l, const struct mn__item *from,
                          const struct opening *by) {
    char limit[16];
    enum mn_code code;
    if (l->n_files == MN__MAX_FILES) {
        snprintf(limit, sizeof limit, "%d", MN__MAX_FILES);
        code = MN_D_too_many_files;
    } else if (by && by->depth == MN__MAX_INCLUDE_DEPTH) {
        snprintf(limit, sizeof limit, "%d", MN__MAX_INCLUDE_DEPTH);
        code = MN_D_include_too_deep;
    } else {
        return true;
    }
    if (from)
        mn__at(l, code, from, MN_ARGS(limit));
    return false;
}

static const struct mn_source *open_source(struct mn__load *l, const char *name,
                                           const struct mn__item *from) {
    struct mn_loc at = from ? mn__where(l, from) : MN_NOWHERE;
    const struct mn_source *source =
        mn_files_read(l->files, name, MN__MAX_FILE, at, l->reader.complaints.diags);
    if (!source)
        return NULL;
    l->bytes += source->size;
    if (l->bytes > MN__MAX_TOTAL) {
        char limit[16];
        snprintf(limit, sizeof limit, "%u", MN__MAX_TOTAL >> 20);
        mn__complain(&l->reader.complaints, MN_D_model_too_large, at, MN_ARGS(limit));
        return NULL;
    }
    return source;
}

static void read_file(struct mn__load *l, const char *name, const struct mn__item *from,
                      const struct opening *by) {
    if (was_read(l, name) || !within_limits(l, from, by))
        return;
    size_t place = l->n_files;
    l->file = mn_grow(l->file, &l->cap_files, place + 1, sizeof *l->file);
    l->reader.sources =
        mn_grow(l->reader.sources, &l->cap_sources, place + 1, sizeof *l->reader.sources);
    l->file[place] = (struct mn__file){mn_arena_strdup(l->scratch, name), NULL, true};
    l->reader.sources[place] = NULL;
    l->n_files++;
    l->reader.sources[place] = open_source(l, name, from);
    if (!l->reader.sources[place]) {
        l->any_broken = l->any_missing = true;
        return;
    }

    mn__atoms_expect(l->reader.atoms, l->bytes / 40); /* about as many as a flat model has */
    struct mn__tree tree = mn__read(&l->reader, (uint16_t)place);
    l->file[place].root = tree.partial ? NULL : tree.root;
    l->file[place].broken = tree.partial || !tree.root;
    l->any_broken |= l->file[place].broken;
    l->any_missing |= !tree.partial && !tree.root;
    if (l->file[place].root)
        mn__schema_check(&l->reader, l->file[place].root);
    const struct mn__item *list = mn__get(tree.root, MN__K_include);
    const struct opening this = {by, l->file[place].name, by ? by->depth + 1 : 1};
    for (uint32_t i = 0; mn__is(list, MN__LIST) && i < list->n; i++) {
        if (mn__is(&list->items[i], MN__SCALAR) && mn__is_inside(list->items[i].text))
            include(l, &list->items[i], &this);
    }
}

void mn__load_files(struct mn__load *l) {
    read_file(l, "network.yaml", NULL, NULL);
}
