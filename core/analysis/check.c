/* Sites that cannot have a service they use, even when nothing has failed. */
#include "analysis/check.h"

#include "analysis/availability.h"

enum { LISTED = 5 }; /* more services than these are only counted */

/* The services of the site that are missing for one reason, as a text. */
struct missing {
    int n;
    struct mn_buf list;
};

static void add_missing(struct missing *x, const char *id) {
    if (x->n < LISTED)
        mn_buf_printf(&x->list, "%s%s", x->n ? ", " : "", id);
    x->n++;
}

static bool say(struct missing *x, enum mn_code code, const struct mn_site *site,
                struct mn_diags *d) {
    if (x->n > LISTED)
        mn_buf_printf(&x->list, " (+%d)", x->n - LISTED);
    if (x->n)
        mn_diag(d, code, site->loc, MN_ARGS(site->id, mn_buf_text(&x->list)));
    mn_buf_fini(&x->list);
    return x->n == 0;
}

static bool check_site(struct mn_avail *a, const struct mn_model *m, int site, struct mn_diags *d) {
    const struct mn_site *s = &m->sites[site];
    struct missing device = {0, MN_BUF_INIT}, way = {0, MN_BUF_INIT};
    for (int i = 0; i < s->uses.n; i++) {
        int service = s->uses.at[i];
        if (mn_available(a, service, site))
            continue;
        bool has_device = mn_model_endpoints(m, site, service, NULL, 0) > 0;
        add_missing(has_device ? &way : &device, m->components[m->services[service].component].id);
    }
    bool devices_ok = say(&device, MN_D_no_endpoint, s, d);
    return say(&way, MN_D_no_way, s, d) && devices_ok;
}

bool mn_analysis_check(const struct mn_model *m, struct mn_diags *d) {
    struct mn_avail *a = mn_avail_new(m, NULL, 0);
    bool ok = true;
    for (int s = 0; s < m->n_sites; s++)
        ok &= check_site(a, m, s, d);
    mn_avail_free(a);
    return ok;
}
