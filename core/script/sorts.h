/* Inside script/ only: what a runbook is for, one subject of each sort. */
#ifndef MN_SCRIPT_SORTS_H
#define MN_SCRIPT_SORTS_H

#include "runbook/runbook.h"

/* Subjects that the runbook applies to and that differ in what a runbook can tell of them by more
 * than names: kind, type of site, which parts and lines its office has. At most `most`, those first
 * that differ from all before them in kind; how many. */
size_t mn__sorts(const struct mn_runbook *r, const struct mn_model *m, struct mn_subject *out,
                 size_t most);

#endif
