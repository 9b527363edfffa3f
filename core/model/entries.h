/* A model's definitions one by one, in their canonical form: for comparing models. */
#ifndef MN_MODEL_ENTRIES_H
#define MN_MODEL_ENTRIES_H

#include "base/buf.h"
#include "model/model.h"

enum mn_section {
    MN_SECTION_NETWORK, /* one entry: the model's own id, name, date */
    MN_SECTION_AREAS,
    MN_SECTION_SITES,
    MN_SECTION_NODES,
    MN_SECTION_LINKS,
    MN_SECTION_GROUPS,
    MN_SECTION_SERVICES,
    MN_SECTION_TEAMS,
    MN_SECTION_ROLES,
    MN_SECTION_CONTRACTS,
    MN_SECTION_KINDS,
    MN_SECTION_REPAIRS,
    MN_SECTION_SYMPTOMS,
    MN_SECTION_POLICIES,
    MN_SECTION_SEVERITY,
    MN_SECTION_REGULATIONS,
    MN_SECTIONS
};

/* "sites": the key in a model's files. */
const char *mn_section_name(enum mn_section s);

int mn_model_count(const struct mn_model *m, enum mn_section s);
const char *mn_model_entry_id(const struct mn_model *m, enum mn_section s, int i);
struct mn_name mn_model_entry_name(const struct mn_model *m, enum mn_section s, int i);

/* Adds the entry as one JSON map with sorted keys; what is not said is left out, references are
 * ids, what blueprints make is expanded. */
void mn_model_entry(const struct mn_model *m, enum mn_section s, int i, struct mn_buf *out);

#endif
