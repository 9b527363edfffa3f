/* A sheet built up layer after layer, for slides: everything stands where it stands on the whole
 * sheet, and each step says what is new on it. */
#ifndef MN_DIAGRAM_BUILD_UP_H
#define MN_DIAGRAM_BUILD_UP_H

#include "diagram/documents.h"

/* Adds a page for each step; the last has all of the sheet. Takes the sheet. */
void mn__build_up(const struct mn_model *m, const struct mn_picture *p, struct mn__sheet *whole,
                  struct mn__pages *pages);

#endif
