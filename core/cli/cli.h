/* What a command is given: its arguments, the language, where data lies, and how to speak.
 *
 * Only this room prints. Results go to `out`, diagnostics and progress to stderr. */
#ifndef MN_CLI_CLI_H
#define MN_CLI_CLI_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/files.h"
#include "base/json.h"
#include "cli/command.h"
#include "model/model.h"
#include "script/script.h"

#include <stdio.h>

struct mn_cli {
    const struct mn_command *command;
    int n_args; /* what is left beside options */
    const char *const *args;
    enum mn_lang lang;
    bool json;
    bool colour_out, colour_err; /* a terminal that wants it */
    FILE *out;
    struct mn_diags *diags;
    struct mn_arena *arena; /* lives as long as the command */
    /* the rest belongs to cli.c and args.c */
    const char **option_values; /* by place in the command's options, then the common ones */
    const char *model_path;     /* set by a command that takes the model as its argument */
    struct mn_files *model_files;
    struct mn_model *model;
    struct mn_files *other_files;
    struct mn_model *other_model;
    struct mn_files *runbook_files, *library_files;
    struct mn_catalogue *catalogue;
    void (*release)(struct mn_cli *cli); /* frees what was loaded, or NULL */
    int pager;
    bool paged;
};

/* The value of --name, "" for a flag that is set, NULL when it was not given. */
const char *mn_cli_option(const struct mn_cli *cli, const char *name);

/* The model: --model, else MN_MODEL in the environment, else the city that comes with the program.
 * Loaded at the first call; NULL when it is wrong (the diagnostics are in cli->diags). Freed with
 * the command. */
const struct mn_model *mn_cli_model(struct mn_cli *cli);
/* A second model, to compare with; likewise, once. */
const struct mn_model *mn_cli_other_model(struct mn_cli *cli, const char *path);
/* Where that model lies, and the set that it was read from (for pinning). */
const char *mn_cli_model_path(struct mn_cli *cli);
struct mn_files *mn_cli_model_files(struct mn_cli *cli);

/* A file or folder that comes with the program: beside the checkout's build folder, or below
 * share/metronet of wherever it is installed. In the arena. */
const char *mn_cli_shared(struct mn_cli *cli, const char *name);
/* The folder of runbooks: --runbooks, else MN_RUNBOOKS in the environment, else those that come
 * with the program. */
const char *mn_cli_runbooks_path(struct mn_cli *cli);

/* The runbooks, each loaded and checked in a worker; loaded at the first call, never NULL (those
 * that are wrong are diagnostics). Freed with the command. */
const struct mn_catalogue *mn_cli_catalogue(struct mn_cli *cli);
/* The set of files that it was read from (for pinning). */
struct mn_files *mn_cli_runbook_files(struct mn_cli *cli);

/* Prints a message and a newline to out. */
void mn_cli_say(struct mn_cli *cli, enum mn_message m, const char *const *args);
/* The same to stderr, for progress and advice. */
void mn_cli_tell(struct mn_cli *cli, enum mn_message m, const char *const *args);
/* How far long work is, on one line of stderr that each call writes over; {0} of {1}. Only where
 * stderr is a terminal; it is wiped when `done` reaches `total`. */
void mn_cli_progress(struct mn_cli *cli, enum mn_message m, int done, int total);
/* The text in the command's language. */
const char *mn_cli_text(const struct mn_cli *cli, struct mn_text t);
/* Prints the document and a newline. Frees it (takes the reference). */
void mn_cli_json(struct mn_cli *cli, json_t *doc);
/* Diagnostics as JSON:
 * [{"code","severity","tag","file","line","column","message":{vi,en},"notes"}]. */
json_t *mn_cli_diags_json(const struct mn_cli *cli);
/* Sorts and prints all diagnostics to stderr, then empties the sink. True when there was an error.
 */
bool mn_cli_flush_diags(struct mn_cli *cli);
/* Prints the diagnostics and returns the exit status of a command that could not do its work. */
int mn_cli_failed(struct mn_cli *cli, enum mn_exit status);
/* Wrong usage: prints the message and where help is; returns MN_EXIT_USAGE. */
int mn_cli_usage(struct mn_cli *cli, enum mn_message m, const char *const *args);

/* Sends what follows on `out` through the user's pager when it is a terminal. Ends with the
 * command. */
void mn_cli_page(struct mn_cli *cli);

/* Runs the program; the exit status. */
int mn_cli_main(int argc, const char *const *argv);

#endif
