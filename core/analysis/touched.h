/* Which failures could matter to whom: what proofs of availability rest on. Only for analysis/. */
#ifndef MN_ANALYSIS_TOUCHED_H
#define MN_ANALYSIS_TOUCHED_H

#include "analysis/availability.h"

/* Pairs of a component and a site with a proof that its failure could break. A service is in none:
 * its failing is no further failure in what is defined here. */
struct mn__touched {
    struct mn__pair {
        int component, site;
    } * pairs;
    size_t n, cap;
    int *seen; /* of a component: the last site that it was noted for, plus 1 */
    int site;
    const struct mn_model *m;
};

void mn__touched_init(struct mn__touched *t, const struct mn_model *m);
void mn__touched_fini(struct mn__touched *t);

/* Adds what one proof that the service is available at the site rests on, with the groups that take
 * it down. It must be available there. Sites are asked about one after the other. */
void mn__touched_add(struct mn__touched *t, struct mn_avail *a, int service, int site);

/* Sorts by component, then site. */
void mn__touched_sort(struct mn__touched *t);

#endif
