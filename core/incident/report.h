/* An incident told: what happened, who did what, what was passed on; as Markdown or as one HTML
 * file that stands alone (nothing is fetched, nothing runs). Everything in it comes from the
 * journal and the pinned model; texts are escaped, whoever wrote them. */
#ifndef MN_INCIDENT_REPORT_H
#define MN_INCIDENT_REPORT_H

#include "incident/incident.h"
#include "model/model.h"

struct mn_report {
    const struct mn_incident
        *incident;                /* may be one with a broken chain: then that is said first */
    const struct mn_model *model; /* as pinned; NULL when it cannot be read any more */
    enum mn_lang lang;
    int utc_offset; /* minutes */
    int64_t now;    /* when the report is made */
    bool html;
    const struct mn_buf *svg; /* the picture, for HTML; or NULL */
};

/* Adds the whole document to `out`: Markdown, or one HTML file that needs no other. */
void mn_report_write(const struct mn_report *r, struct mn_buf *out);

#endif
