/* Parts of the model as JSON, the one description that list, show and other commands give. */
#ifndef MN_CLI_DESCRIBE_H
#define MN_CLI_DESCRIBE_H

#include "base/json.h"
#include "model/model.h"

/* {"id","name":{vi,en},"type","area","at":[lat,lon]?,"lines":[ID…],"uses":[ID…],"short"?,"note"?}.
 * New reference. */
json_t *mn_describe_site(const struct mn_model *m, int site);

/* {"id","name","class","kind","site","team", …what its class has, "short"?, "note"?}. New
 * reference. */
json_t *mn_describe_component(const struct mn_model *m, int component);

/* {"id","name","tier","description","contact","hours","skills","short"?}. New reference. */
json_t *mn_describe_team(const struct mn_model *m, int team);

/* The faults of a component: [{"id":"C!mode","name","team","takes","per_year"}]. New reference. */
json_t *mn_describe_faults(const struct mn_model *m, int component);

/* A type of site in words ("ward": phường); the type itself when it is not one of the format's own.
 */
const char *mn_describe_type(const char *type, enum mn_lang lang);

/* The team of a component: its own `by`, else its kind's; -1 when neither says. */
int mn_describe_owner(const struct mn_model *m, int component);

#endif
