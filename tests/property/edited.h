/* The city's model with rows of units edited as text: for tests of what a change moves or marks. */
#ifndef MN_TESTS_EDITED_H
#define MN_TESTS_EDITED_H

#include "property/loaded.h"

#include <stdlib.h>

struct edit {
    enum { ADD_UNIT, REMOVE_UNIT, RENAME_UNIT, REPLACE_TEXT } is;
    const char *id;           /* of the unit */
    const char *text;         /* its name; with REPLACE_TEXT what is put in place of `id` */
    const char *area, *point; /* with ADD_UNIT */
    const char *at;           /* with ADD_UNIT: "LATITUDE, LONGITUDE"; NULL: in the centre */
};

struct edits {
    const struct edit *at;
    int n;
};

static void replace_all(struct mn_buf *b, const char *from, const char *to) {
    char *old = mn_buf_take(b), *rest = old;
    for (char *hit; (hit = strstr(rest, from)); rest = hit + strlen(from)) {
        mn_buf_add(b, rest, (size_t)(hit - rest));
        mn_buf_puts(b, to);
    }
    mn_buf_puts(b, rest);
    free(old);
}

/* Takes "ID/…" out of the lists that mention it; one that is left empty gets another member. */
static void drop_mentions(struct mn_buf *b, const char *id) {
    char start[80], token[200];
    snprintf(start, sizeof start, "%s/", id);
    for (const char *hit; (hit = strstr(mn_buf_text(b), start));) {
        size_t n = strcspn(hit, ",]} \n");
        char with[220];
        snprintf(token, sizeof token, "%.*s", (int)n, hit);
        snprintf(with, sizeof with, ", %s", token);
        replace_all(b, with, "");
        snprintf(with, sizeof with, "%s, ", token);
        replace_all(b, with, "");
        replace_all(b, token, "mobile/gateway");
    }
}

/* Edits the row `  - {id: "ID", name: {vi: …, en: …}` of a unit. */
static void edit_row(struct mn_buf *b, const struct edit *e) {
    char row[120];
    snprintf(row, sizeof row, "  - {id: \"%s\",", e->id);
    char *old = mn_buf_take(b), *hit = strstr(old, row);
    if (!hit) {
        mn_buf_puts(b, old);
        free(old);
        return;
    }
    char *end = hit + strcspn(hit, "\n");
    mn_buf_add(b, old, (size_t)(hit - old));
    if (e->is == RENAME_UNIT) {
        char *after = strchr(strstr(hit, "name: {"), '}');
        mn_buf_printf(b, "%s name: {vi: %s, en: %s", row, e->text, e->text);
        mn_buf_puts(b, after);
    } else {
        mn_buf_puts(b, end);
    }
    free(old);
}

static void edit_file(void *arg, const char *name, struct mn_buf *text) {
    const struct edits *edits = arg;
    for (int i = 0; i < edits->n; i++) {
        const struct edit *e = &edits->at[i];
        char file[120];
        switch (e->is) {
        case ADD_UNIT:
            snprintf(file, sizeof file, "areas/%s.yaml", e->area);
            if (strcmp(name, file) == 0)
                mn_buf_printf(
                    text,
                    "\n  - {id: \"%s\", name: {vi: %s, en: %s}, at: [%s], lines: "
                    "{primary: {to: %s}, backup: {to: mobile/gateway, kind: mobile-4g}}}\n",
                    e->id, e->text, e->text, e->at ? e->at : "10.8, 106.7", e->point);
            break;
        case REMOVE_UNIT:
            edit_row(text, e);
            drop_mentions(text, e->id);
            break;
        case RENAME_UNIT:
            edit_row(text, e);
            break;
        case REPLACE_TEXT:
            replace_all(text, e->id, e->text);
            break;
        }
    }
}

/* The edited city; the files are to be freed after it. */
static struct mn_model *edited_city(const struct edit *edits, int n, struct mn_files **files) {
    struct edits all = {edits, n};
    *files = mn_files_memory("edited");
    put_folder(*files, "topology/hcmc", "", edit_file, &all);
    return load(*files);
}

#endif
