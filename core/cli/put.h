/* Where documents that were drawn go: files, numbered where there are several, or standard output.
 */
#ifndef MN_CLI_PUT_H
#define MN_CLI_PUT_H

#include "cli/cli.h"
#include "diagram/diagram.h"

/* The format that --html or --format ask for, or that the file's name ends in, else the usual one.
 * -1 after saying what is wrong. */
int mn_cli_picture_format(struct mn_cli *cli, const char *file, enum mn_format usual);

/* Writes them into the file (NULL: one that is named after the picture, "-": standard output) and
 * says so. What was there is only replaced by the whole. Other than MN_EXIT_DONE: with a diagnostic
 * or a word on usage. */
enum mn_exit mn_cli_put_documents(struct mn_cli *cli, const struct mn_model *m,
                                  const struct mn_picture *p, const char *file,
                                  const struct mn_documents *drawn);

#endif
