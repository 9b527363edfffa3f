/* What is broken, and which runbook: from the command line, else asked. */
#ifndef MN_CLI_CHOOSE_H
#define MN_CLI_CHOOSE_H

#include "cli/reader.h"
#include "script/script.h"

struct mn_choice_made {
    const struct mn_runbook *runbook;
    struct mn_subject subject;
    int symptom; /* into symptoms, or -1 */
};

/* One of `n` texts by number, below the question with its arguments, asked until it fits (a file of
 * answers is not asked twice). -1: the input has ended (*end says how) or, in a file, does not fit
 * (a diagnostic). */
int mn_choose(struct mn_cli *cli, struct mn_reader *r, enum mn_message question,
              const char *const *args, const char *const *texts, int n, enum mn_read *end);

/* From [RUNBOOK] [SUBJECT] and --symptom, asking for what is missing or ambiguous. False: left
 * (*end is not MN_READ_LINE) or a diagnostic. */
bool mn_choose_walk(struct mn_cli *cli, struct mn_reader *r, struct mn_choice_made *made,
                    enum mn_read *end);

/* RUNBOOK and SUBJECT of the command line, and --symptom, without asking: of a site the first thing
 * that the runbook is for, and of one symptom that. False with a diagnostic. */
bool mn_choose_given(struct mn_cli *cli, const char *runbook, const char *subject,
                     struct mn_choice_made *made);

/* The components of the site, or services it uses, that the runbook is for, in model order, in the
 * command's arena: how many. */
int mn_choose_fitting(struct mn_cli *cli, const struct mn_runbook *runbook, int site,
                      struct mn_subject **list);

/* The same for a runbook that is known; `subject` NULL: asked for. */
bool mn_choose_for(struct mn_cli *cli, struct mn_reader *r, const struct mn_runbook *runbook,
                   const char *subject, struct mn_choice_made *made, enum mn_read *end);

#endif
