/* Models that ship with the program, as they are or with a change: for tests of pictures. */
#ifndef MN_TESTS_LOADED_H
#define MN_TESTS_LOADED_H

#include "base/files.h"
#include "model/model.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
/* cmocka needs those first */
#include <cmocka.h>

/* The model of the files, which must be right. */
static struct mn_model *load(struct mn_files *files) {
    struct mn_diags *d = mn_diags_new();
    struct mn_model *m = mn_model_load(files, d);
    struct mn_buf b = MN_BUF_INIT;
    for (size_t i = 0; i < mn_diags_count(d); i++)
        mn_diags_render(d, i, MN_EN, false, &b);
    if (!m)
        fprintf(stderr, "%s", mn_buf_text(&b));
    mn_buf_fini(&b);
    mn_diags_free(d);
    assert_non_null(m);
    return m;
}

/* Copies the YAML files of a folder into `files`, each through `change` (if given), which may alter
 * the text. */
static inline void put_folder(struct mn_files *files, const char *root, const char *under,
                              void (*change)(void *arg, const char *name, struct mn_buf *text),
                              void *arg) {
    char path[600], name[300];
    snprintf(path, sizeof path, "%s/%s", root, under);
    DIR *d = opendir(path);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s%s%s", under, *under ? "/" : "", e->d_name);
        size_t n = strlen(name);
        if (e->d_type == DT_DIR) {
            put_folder(files, root, name, change, arg);
        } else if (n > 5 && strcmp(name + n - 5, ".yaml") == 0) {
            snprintf(path, sizeof path, "%s/%s", root, name);
            FILE *f = fopen(path, "r");
            struct mn_buf b = MN_BUF_INIT;
            char chunk[4096];
            for (size_t got; (got = fread(chunk, 1, sizeof chunk, f)) > 0;)
                mn_buf_add(&b, chunk, got);
            fclose(f);
            if (change)
                change(arg, name, &b);
            mn_files_put(files, name, mn_buf_text(&b), b.size);
            mn_buf_fini(&b);
        }
    }
    closedir(d);
}

#endif
