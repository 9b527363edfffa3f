/* Properties of a model and their values, as people read them. */
#ifndef MN_CLI_DIFF_VALUE_H
#define MN_CLI_DIFF_VALUE_H

#include "analysis/diff.h"
#include "cli/cli.h"

/* "faults.cut.takes_s" → "fault cut, time to repair". In the arena. */
const char *mn_property_label(struct mn_cli *cli, const char *path);

/* "time to repair: 6h → 4h"; of lists only what came and went. In the arena. */
const char *mn_change_text(struct mn_cli *cli, const struct mn_change *change);

#endif
