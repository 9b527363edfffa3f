/* Where the component of an incident lies. */
#include "incident/where.h"

#include "analysis/path.h"
#include "diagram/diagram.h"

static bool on_route(const struct mn_route *r, int component) {
    for (int i = 0; i < r->n; i++)
        if (r->components[i] == component)
            return true;
    return false;
}

/* Is the component on one of the paths; *path is the first on which it is, *reserve: only on its
 * alternative. */
static bool passes(const struct mn_paths *p, int component, int *path, bool *reserve) {
    for (int i = 0; i < p->n; i++) {
        bool in_use = on_route(&p->at[i].in_use, component);
        if (!in_use && !on_route(&p->at[i].alternative, component))
            continue;
        *path = i;
        *reserve = !in_use;
        return true;
    }
    return false;
}

/* The paths from the site to a service such that one passes the component; else to the first
 * service that there is a way to. NULL: no way at all. */
static struct mn_paths *find(const struct mn_model *m, struct mn_subject s, int *path,
                             bool *reserve) {
    struct mn_paths *any = NULL;
    struct mn_diags *quiet = mn_diags_new();
    const struct mn_found from = {MN_SCOPE_SITE, s.site};
    bool found = false;
    *path = 0;
    *reserve = false;
    for (int u = 0; u < m->sites[s.site].uses.n && !found; u++) {
        int service = m->services[m->sites[s.site].uses.at[u]].component;
        const struct mn_found to = {MN_SCOPE_COMPONENT, service};
        struct mn_paths *p = mn_paths_new(m, NULL, 0, from, to, quiet);
        if (!p)
            continue;
        found = p->n > 0 && (service == s.component || passes(p, s.component, path, reserve));
        if (found || (!any && p->n > 0 && p->at[0].in_use.n > 0)) {
            mn_paths_free(any);
            any = p;
        } else {
            mn_paths_free(p);
        }
    }
    mn_diags_free(quiet);
    return any;
}

bool mn_where_text(const struct mn_model *m, struct mn_subject subject, int here, enum mn_lang lang,
                   int width, struct mn_buf *out) {
    int path;
    bool reserve;
    struct mn_paths *p = subject.site >= 0 ? find(m, subject, &path, &reserve) : NULL;
    if (!p)
        return false;
    const struct mn_route *r = reserve ? &p->at[path].alternative : &p->at[path].in_use;
    if (r->n > 0)
        mn_route_text(m, r, &subject.component, subject.component >= 0, here, lang, width, out);
    mn_paths_free(p);
    return reserve;
}

bool mn_where_picture(const struct mn_model *m, struct mn_subject subject, enum mn_lang lang,
                      struct mn_buf *svg, struct mn_diags *d) {
    struct mn_picture picture = {
        .view = MN_VIEW_SITE, .n_subjects = 1, .subjects = {{MN_SCOPE_SITE, subject.site}}};
    struct mn_mark mark;
    if (subject.component >= 0)
        mn_diagram_of(m, subject.component, subject.site, MN_MARK_FAILED, &mark, &picture);
    picture.lang = lang;
    picture.format = MN_SVG;
    return mn_diagram_draw(m, &picture, svg, d);
}
