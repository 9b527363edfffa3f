/* What to draw: marks read from words, and the picture that suits a component. */
#include "diagram/diagram.h"

#include "base/mem.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

bool mn_marks_parse(const struct mn_model *m, const char *text, struct mn_mark **marks, int *n,
                    struct mn_diags *d) {
    const char *words[MN_MARKS];
    for (int i = MN_MARK_NONE + 1; i < MN_MARKS; i++)
        words[i - 1] = mn_mark_name((enum mn_mark_as)i);
    size_t cap = (size_t)*n;
    bool ok = true;
    while (*text) {
        size_t size = strcspn(text, ",");
        char *part = mn_new0(size + 1, 1);
        memcpy(part, text, size);
        text += size + (text[size] == ',');
        char *id = strchr(part, '=');
        if (id)
            *id++ = '\0';
        int as = id ? mn_mark_parse(part) : -1;
        struct mn_mark mark = {.as = (enum mn_mark_as)as};
        if (as < 0) {
            char *names = mn_mark_names("=ID, ");
            mn_diag(d, MN_D_diagram_mark, MN_NOWHERE, MN_ARGS(part, names));
            free(names);
            int near = mn_nearest(part, words, MN_MARKS - 1);
            if (near >= 0)
                mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(words[near]));
            ok = false;
        } else if (mn_model_lookup(m, id, MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &mark.what, d)) {
            *marks = mn_grow(*marks, &cap, (size_t)*n + 1, sizeof **marks);
            (*marks)[(*n)++] = mark;
        } else {
            ok = false;
        }
        free(part);
    }
    return ok;
}

/* A site that people work in and that has lines of its own. */
static bool is_office(const struct mn_model *m, int site) {
    return site >= 0 && m->sites[site].lines.n > 0;
}

void mn_diagram_of(const struct mn_model *m, int component, int from, enum mn_mark_as as,
                   struct mn_mark marks[1], struct mn_picture *p) {
    const struct mn_component *c = &m->components[component];
    memset(p, 0, sizeof *p);
    marks[0] = (struct mn_mark){as, {MN_SCOPE_COMPONENT, component}};
    p->n_marks = 1;
    p->marks = marks;
    if (c->cls == MN_SERVICE && is_office(m, from)) {
        p->view = MN_VIEW_PATH;
        p->n_subjects = 2;
        p->subjects[0] = (struct mn_found){MN_SCOPE_SITE, from};
        p->subjects[1] = (struct mn_found){MN_SCOPE_COMPONENT, component};
    } else if (c->cls == MN_SERVICE) {
        p->view = MN_VIEW_SERVICE;
        p->n_subjects = 1;
        p->subjects[0] = (struct mn_found){MN_SCOPE_COMPONENT, component};
    } else if (c->site >= 0) {
        p->view = MN_VIEW_SITE;
        p->n_subjects = 1;
        p->subjects[0] = (struct mn_found){MN_SCOPE_SITE, c->site};
    } else {
        p->view = MN_VIEW_CITY;
    }
}
