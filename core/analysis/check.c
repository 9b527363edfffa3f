/* Sites that cannot have a service they use, even when nothing has failed. */
#include "analysis/check.h"

#include "analysis/availability.h"

enum { LISTED = 5 }; /* more services than these are only counted */

static void check_site(struct mn_avail *a, const struct mn_model *m, int site, struct mn_diags *d) {
    const struct mn_site *s = &m->sites[site];
    struct mn_buf list = MN_BUF_INIT;
    int n = 0;
    for (int i = 0; i < s->uses.n; i++) {
        if (mn_available(a, s->uses.at[i], site))
            continue;
        const char *id = m->components[m->services[s->uses.at[i]].component].id;
        if (n++ < LISTED)
            mn_buf_printf(&list, "%s%s", list.size ? ", " : "", id);
    }
    if (n > LISTED)
        mn_buf_printf(&list, " (+%d)", n - LISTED);
    if (n)
        mn_diag(d, MN_D_no_way, s->loc, MN_ARGS(s->id, mn_buf_text(&list)));
    mn_buf_fini(&list);
}

bool mn_analysis_check(const struct mn_model *m, struct mn_diags *d) {
    size_t before = mn_diags_errors(d), used = 0;
    for (int s = 0; s < m->n_sites; s++)
        used += (size_t)m->sites[s].uses.n;
    if (used == 0) /* nothing to ask of a network, which may be large */
        return true;
    struct mn_avail *a = mn_avail_new(m, NULL, 0);
    for (int s = 0; s < m->n_sites; s++)
        check_site(a, m, s, d);
    mn_avail_free(a);
    return mn_diags_errors(d) == before;
}
