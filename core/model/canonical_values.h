/* Values in the canonical form: texts, lists, references, roles, faults. What is not said is left
 * out.
 *
 * The writer's subject is the model. */
#ifndef MN_MODEL_CANONICAL_VALUES_H
#define MN_MODEL_CANONICAL_VALUES_H

#include "model/model.h"
#include "model/writer.h"

static inline const struct mn_model *mn__value_model(const struct mn__writer *w) {
    return w->subject;
}

/* "en" and "vi"; the same as an object under that key; a name with its short form. */
void mn__value_text_parts(struct mn__writer *w, struct mn_text t);
void mn__value_text(struct mn__writer *w, const char *name, struct mn_text t);
void mn__value_name(struct mn__writer *w, struct mn_name n);

void mn__value_strings(struct mn__writer *w, const char *title, struct mn_strings list);

/* What the numbers of a list refer to. */
enum mn__space {
    MN__IN_COMPONENTS,
    MN__IN_NODES,
    MN__IN_SERVICES,
    MN__IN_GROUPS,
    MN__IN_KINDS,
    MN__IN_SEVERITIES,
    MN__IN_TEAMS,
    MN__IN_SYMPTOMS
};

/* The id of one of those; a list of them. */
const char *mn__value_id(const struct mn__writer *w, enum mn__space space, int i);
void mn__value_refs(struct mn__writer *w, const char *title, enum mn__space space,
                    struct mn_ints list);

void mn__value_party(struct mn__writer *w, const char *title, struct mn_party p);
void mn__value_roles(struct mn__writer *w, struct mn_role_teams list);
void mn__value_failover(struct mn__writer *w, struct mn_failover f);
void mn__value_faults(struct mn__writer *w, struct mn_faults list);

#endif
