/* One command of the program: one file each, exporting one const struct. Help, man page and bash
 * completion are derived from it. */
#ifndef MN_CLI_COMMAND_H
#define MN_CLI_COMMAND_H

#include "base/text.h"

#include <stdbool.h>

struct mn_cli;

struct mn_option {
    const char *name;  /* "store": --store */
    const char *value; /* what it takes ("FILE"), or NULL for a flag */
    enum mn_message help;
    const char *choices; /* the values separated by spaces, or NULL: for checking and completion */
};

struct mn_command {
    const char *name;
    const char *usage;               /* its arguments: "VIEW [SUBJECT]" */
    int least, most;                 /* how many arguments; most -1: any number */
    enum mn_message summary;         /* one line */
    enum mn_message help;            /* paragraphs */
    const struct mn_option *options; /* ended by a NULL name; NULL: none of its own */
    const char *subcommands; /* words that the first argument may be, for completion, or NULL */
    int (*run)(struct mn_cli *cli);
    bool no_json; /* its result is for people: --json is refused */
    /* The same with a line about each, for help too: the i-th word, or NULL past the last. */
    const char *(*topic)(int i, enum mn_message *about);
};

enum mn_exit { MN_EXIT_DONE = 0, MN_EXIT_NO = 1, MN_EXIT_USAGE = 2, MN_EXIT_BROKEN = 3 };

/* Every command, in the order of help; ended by NULL. */
extern const struct mn_command *const mn_commands[];
/* Options that every command takes. */
extern const struct mn_option mn_common_options[];

const struct mn_command *mn_command_find(const char *name);

#endif
