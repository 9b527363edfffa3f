/* The sheets that one drawing makes, in order, and the documents made of them: a PDF has a page for
 * each, of other formats each is a document of its own. */
#ifndef MN_DIAGRAM_DOCUMENTS_H
#define MN_DIAGRAM_DOCUMENTS_H

#include "diagram/diagram.h"
#include "diagram/scene.h"
#include "diagram/sheet.h"

struct mn__pages {
    int n;
    struct mn__scene **scenes; /* owned */
    size_t cap;
    int n_kept;
    struct mn__sheet **kept; /* what the scenes borrow from; owned */
    size_t cap_kept;
};

/* Adds a scene as the last page and takes it. */
void mn__pages_add(struct mn__pages *pages, struct mn__scene *scene);
/* Frees the sheet together with the pages, whose scenes may borrow from it. */
void mn__pages_keep(struct mn__pages *pages, struct mn__sheet *sheet);
void mn__pages_fini(struct mn__pages *pages);

/* Adds an empty document; returns where its bytes go, until the next is added. */
struct mn_buf *mn__documents_add(struct mn_documents *documents, const char *note);

/* Draws the pages. False when one cannot be drawn. */
bool mn__pages_render(const struct mn__pages *pages, enum mn_format format,
                      struct mn_documents *out);

/* Draws what the picture asks for and adds its sheets. False with the refusal filled. */
bool mn__pages_draw(const struct mn_model *m, const struct mn_picture *p, struct mn__pages *pages,
                    struct mn__refusal *refusal);

/* Documents as bytes and back, for the way between processes. Reading trusts nothing: false, and
 * nothing is added, when the bytes are not what packing one or more makes. */
void mn__documents_pack(const struct mn_documents *documents, struct mn_buf *out);
bool mn__documents_unpack(const char *data, size_t size, struct mn_documents *out);

#endif
