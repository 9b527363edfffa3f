/* What a runbook says about itself, and whether it applies to what failed. */
#ifndef MN_RUNBOOK_RUNBOOK_H
#define MN_RUNBOOK_RUNBOOK_H

#include "base/json.h"
#include "base/mem.h"
#include "model/model.h"

/* All belongs to the arena it came from. */
struct mn_runbook {
    const char *id;
    int version;
    struct mn_text title, description;
    struct mn_strings kinds, services, site_types, areas; /* applies_to; n 0: no matter */
    struct mn_strings symptoms;                           /* n 0: any */
    int minutes;                                          /* -1 when not said */
    const char *file; /* name in the set of runbook files: "line/metronet-line.lua" */
    int line;         /* where its table begins; 0: not known */
};

/* What is broken, and who feels it. */
struct mn_subject {
    int component; /* -1: the site as a whole */
    int site;      /* -1: none */
};

/* The subject that a look-up found: a component brings its own site. */
struct mn_subject mn_subject_component(const struct mn_model *m, int component);
struct mn_subject mn_subject_site(int site);

/* Everything that `applies_to` gives must hold: `kind` and `service` of the component, `site_type`
 * and `area` of the site. A runbook for kinds or services does not apply to a site as a whole. */
bool mn_runbook_applies(const struct mn_runbook *r, const struct mn_model *m,
                        struct mn_subject subject);

/* Does it also apply to some component of the site? Sets *component to the first in model order. A
 * runbook for a service applies through the service, if the site uses it. */
bool mn_runbook_applies_within(const struct mn_runbook *r, const struct mn_model *m, int site,
                               int *component);

/* Everything but `line`, which changes with every edit; mn_runbook_from_json takes it if it is
 * there. */
json_t *mn_runbook_json(const struct mn_runbook *r);
bool mn_runbook_from_json(const json_t *doc, struct mn_arena *a, struct mn_runbook *out);

/* Where the runbook writes a name that `applies_to` or `symptoms` gives. */
struct mn_name_places {
    struct mn_loc (*of)(void *arg, const char *name);
    void *arg;
};

/* Every kind, service, type of site, area and symptom that it names is in the model, or a
 * diagnostic says which is not, with a suggestion. */
bool mn_runbook_check(const struct mn_runbook *r, const struct mn_model *m,
                      struct mn_name_places where, struct mn_diags *d);

/* What a runbook is given: everything it may know of the model, as data, in a fixed order. Recorded
 * when the incident opens, so that a changed model does not disturb it. symptom, severity and
 * reporter may be NULL. New reference; see lua/meta/metronet.lua for what is in it. */
json_t *mn_incident_facts(const struct mn_model *m, struct mn_subject subject, const char *symptom,
                          const char *severity, const char *reporter);

/* The model as a prompt shows it: `id`, `name`, and by id `areas`, `sites`, `components`, `kinds`,
 * `teams`, `roles`, `symptoms`. New reference. */
json_t *mn_model_facts(const struct mn_model *m);

#endif
