/* One subject of each sort. */
#include "script/sorts.h"

#include <stdlib.h>
#include <string.h>

struct sorts {
    const struct mn_runbook *r;
    const struct mn_model *m;
    struct mn_subject *out;
    char **seen; /* what describes the sort of each */
    size_t n, most;
};

static char *describe(const struct mn_model *m, struct mn_subject subject) {
    struct mn_buf b = MN_BUF_INIT;
    if (subject.component >= 0) {
        const struct mn_component *c = &m->components[subject.component];
        mn_buf_printf(&b, "%d %d", (int)c->cls, c->kind);
        if (c->cls == MN_LINK && m->links[c->index].line)
            mn_buf_printf(&b, " %s", m->links[c->index].line);
        mn_buf_putc(&b, ',');
    }
    if (subject.site >= 0) {
        const struct mn_site *s = &m->sites[subject.site];
        mn_buf_printf(&b, " %s", s->type);
        for (int i = 0; i < s->lines.n; i++) {
            const struct mn_link *l = &m->links[s->lines.at[i]];
            mn_buf_printf(&b, " %s:%d", l->line, m->components[l->component].kind);
        }
        for (int i = 0; i < s->nodes.n; i++)
            if (m->nodes[s->nodes.at[i]].local)
                mn_buf_printf(&b, " %s", m->nodes[s->nodes.at[i]].local);
    }
    return mn_buf_take(&b);
}

static void consider(struct sorts *s, struct mn_subject subject) {
    if (s->n == s->most || !mn_runbook_applies(s->r, s->m, subject))
        return;
    char *sort = describe(s->m, subject);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->seen[i], sort) == 0) {
            free(sort);
            return;
        }
    s->seen[s->n] = sort;
    s->out[s->n++] = subject;
}

/* The first of each kind (described by what stands before the comma) come first. */
static void put_kinds_first(struct sorts *s) {
    size_t first = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t kind = strcspn(s->seen[i], ",") + 1;
        bool new = true;
        for (size_t k = 0; k < first; k++)
            new = new &&strncmp(s->seen[k], s->seen[i], kind) != 0;
        if (!new)
            continue;
        char *sort = s->seen[i];
        struct mn_subject subject = s->out[i];
        memmove(s->seen + first + 1, s->seen + first, (i - first) * sizeof(*s->seen));
        memmove(s->out + first + 1, s->out + first, (i - first) * sizeof(*s->out));
        s->seen[first] = sort;
        s->out[first++] = subject;
    }
}

size_t mn__sorts(const struct mn_runbook *r, const struct mn_model *m, struct mn_subject *out,
                 size_t most) {
    struct sorts s = {
        .r = r, .m = m, .out = out, .seen = mn_new0(most, sizeof(char *)), .most = most};
    for (int c = 0; c < m->n_components; c++)
        if (m->components[c].cls != MN_SERVICE)
            consider(&s, mn_subject_component(m, c));
    for (int site = 0; site < m->n_sites; site++) {
        consider(&s, mn_subject_site(site));
        for (int i = 0; i < m->sites[site].uses.n; i++) {
            int component = m->services[m->sites[site].uses.at[i]].component;
            consider(&s, (struct mn_subject){component, site});
        }
    }
    put_kinds_first(&s);
    for (size_t i = 0; i < s.n; i++)
        free(s.seen[i]);
    free(s.seen);
    return s.n;
}
