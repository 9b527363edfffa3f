/* Where a walk's answers come from: a terminal, a pipe, or a file of answers.
 *
 * Ctrl-C, a closed terminal and a request to end do not kill the program while a reader exists: the
 * next read returns MN_READ_STOPPED, so that what is under way is finished and the way back is
 * said. */
#ifndef MN_CLI_READER_H
#define MN_CLI_READER_H

#include "cli/cli.h"

enum mn_read {
    MN_READ_LINE,
    MN_READ_END,     /* no more: end of the file, closed input or output */
    MN_READ_STOPPED, /* by a signal */
    MN_READ_SAVED,   /* the watched file was saved; what was half typed is gone */
};

struct mn_line {
    const char *text;   /* NFC, without the newline and outer spaces; until the next read */
    struct mn_loc from; /* its place in the file of answers, or MN_NOWHERE */
};

struct mn_reader;

/* Standard input; edited with libedit when it is a terminal that can. */
struct mn_reader *mn_reader_stdin(struct mn_cli *cli);
/* A file with one answer a line; blank lines and lines that begin with # are passed over. NULL with
 * a diagnostic. */
struct mn_reader *mn_reader_file(struct mn_cli *cli, const char *path);
void mn_reader_free(struct mn_reader *r);

/* A file of answers: what does not fit is an error, not a question to ask again. */
bool mn_reader_strict(const struct mn_reader *r);

/* From now on the arrows bring earlier lines back, where lines are edited. */
void mn_reader_remember(struct mn_reader *r);

/* From now on reading ends with MN_READ_SAVED when the file (borrowed) is saved. */
void mn_reader_watch(struct mn_reader *r, const char *path);

/* Shows the prompt and reads a line. */
enum mn_read mn_reader_line(struct mn_reader *r, const char *prompt, struct mn_line *line);

#endif
