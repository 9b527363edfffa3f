/* run --watch: a runbook file is walked while it is being written. */
#ifndef MN_CLI_WATCH_H
#define MN_CLI_WATCH_H

#include "cli/reader.h"

/* Walks the runbook in the file for `subject` (NULL: asked for), recording nothing, and reads it
 * anew whenever it is saved: the answers that still fit stay, and a version that is wrong takes
 * none away. The exit status. */
int mn_watch(struct mn_cli *cli, struct mn_reader *r, const char *path, const char *subject);

#endif
