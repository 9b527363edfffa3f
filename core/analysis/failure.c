/* Failures as people write them. */
#include "analysis/failure.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static int find_fault(const struct mn_faults *faults, const char *mode) {
    for (int i = 0; i < faults->n; i++)
        if (strcmp(faults->at[i].mode, mode) == 0)
            return i;
    return -1;
}

static void say_unknown_mode(const struct mn_component *c, const char *mode, struct mn_diags *d) {
    struct mn_buf modes = MN_BUF_INIT;
    for (int i = 0; i < c->faults.n; i++)
        mn_buf_printf(&modes, "%s%s", i ? ", " : "", c->faults.at[i].mode);
    mn_diag(d, MN_D_unknown_mode, MN_NOWHERE, MN_ARGS(c->id, mode));
    if (c->faults.n)
        mn_diag_note(d, MN_D_known_modes, MN_NOWHERE, MN_ARGS(mn_buf_text(&modes)));
    mn_buf_fini(&modes);
}

bool mn_failure_parse(const struct mn_model *m, const char *text, struct mn_failure *f,
                      struct mn_diags *d) {
    const char *mark = strrchr(text, '!');
    struct mn_buf name = MN_BUF_INIT;
    mn_buf_add(&name, text, mark ? (size_t)(mark - text) : strlen(text));
    struct mn_found found = {0};
    bool ok = mn_model_lookup(m, mn_buf_text(&name), MN_SCOPE_COMPONENT, &found, d);
    mn_buf_fini(&name);
    if (!ok)
        return false;
    *f = (struct mn_failure){found.index, -1};
    if (!mark)
        return true;
    const struct mn_component *c = &m->components[f->component];
    f->fault = find_fault(&c->faults, mark + 1);
    if (f->fault < 0)
        say_unknown_mode(c, mark + 1, d);
    return f->fault >= 0;
}

static const char *mode_of(const struct mn_model *m, struct mn_failure f) {
    return f.fault < 0 ? "" : m->components[f.component].faults.at[f.fault].mode;
}

void mn_failure_text(const struct mn_model *m, struct mn_failure f, struct mn_buf *out) {
    mn_buf_puts(out, m->components[f.component].id);
    if (f.fault >= 0)
        mn_buf_printf(out, "!%s", mode_of(m, f));
}

/* As the texts compare: '!' is less than every character of an id. */
static int compare(const struct mn_model *m, struct mn_failure a, struct mn_failure b) {
    int by_id = strcmp(m->components[a.component].id, m->components[b.component].id);
    return by_id ? by_id : strcmp(mode_of(m, a), mode_of(m, b));
}

int mn_failure_sort(const struct mn_model *m, struct mn_failure *f, int n) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
        struct mn_failure x = f[i];
        int at = kept;
        while (at > 0 && compare(m, f[at - 1], x) > 0)
            at--;
        if (at > 0 && compare(m, f[at - 1], x) == 0)
            continue;
        memmove(f + at + 1, f + at, (size_t)(kept - at) * sizeof *f);
        f[at] = x;
        kept++;
    }
    return kept;
}
