/* The index of a unit's emergency folder: what is in it, and whom to call. */
#ifndef MN_INCIDENT_FOLDER_H
#define MN_INCIDENT_FOLDER_H

#include "base/buf.h"
#include "model/model.h"

struct mn_folder_file {
    const char *name;    /* beside the index */
    struct mn_text what; /* what it is, in words */
};

struct mn_folder {
    const struct mn_model *model;
    int site;
    size_t n_runbooks, n_diagrams;
    const struct mn_folder_file *runbooks, *diagrams;
};

/* Adds the index as one HTML page without script, in that language. The same input gives the same
 * bytes. */
void mn_folder_index(const struct mn_folder *f, enum mn_lang lang, struct mn_buf *out);

#endif
