/* A sheet as an exercise: what it says of one kind is left blank in numbered gaps, and a key tells
 * the answers. Nothing of the answers stays on the worksheet, in sight or out of it. */
#ifndef MN_DIAGRAM_WORKSHEET_H
#define MN_DIAGRAM_WORKSHEET_H

#include "diagram/documents.h"

/* Adds the worksheet or its key: the sheet, then lists where there is more than fits into the gaps.
 * Takes the sheet. False with the refusal filled when nothing on it is of the wanted kind. */
bool mn__worksheet(const struct mn_model *m, const struct mn_picture *p, struct mn__sheet *sheet,
                   struct mn__pages *pages, struct mn__refusal *refusal);

#endif
