/* An incident that is being worked on: its store, what it has pinned, and the step it has come to.
 *
 * After every change what the journal holds now is read and the runbook evaluated anew, so that
 * what is on the screen is what is on record. */
#ifndef MN_CLI_SESSION_H
#define MN_CLI_SESSION_H

#include "cli/cli.h"
#include "incident/message.h"
#include "incident/record.h"
#include "incident/waiting.h"
#include "script/script.h"

struct mn_session {
    struct mn_cli *cli;
    struct mn_store *store;
    struct mn_incident *incident;
    struct mn_files *model_files, *runbook_files, *library_files; /* as pinned */
    const struct mn_model *model;
    struct mn_model *own_model; /* NULL: the command's, which is the same when an incident begins */
    struct mn_arena *arena;     /* the progress: renewed with every evaluation */
    struct mn_progress progress;
    const char *actor;
    int utc_offset;
    bool borrowed;                        /* the store is the caller's */
    bool looking;                         /* nothing is put on record */
    struct mn_observations *observations; /* NULL: not read yet */
    int64_t considered; /* up to this event, none of them is news to the incident */
};

/* Who acts: --as, else the user's login name. NULL with a diagnostic. */
const char *mn_session_actor(struct mn_cli *cli);

/* The name of whoever recorded an event, as it is shown: "by itself" where nobody did. */
const char *mn_session_who(const struct mn_cli *cli, const struct mn_event *e);

/* "open", "resolved" … as a person reads it. */
enum mn_message mn_session_status(const struct mn_incident *i);

/* A child that was closed is its parent's answer. If that fails here, the parent gets it when it is
 * looked at next, and tells then what is wrong. */
void mn_session_tell_parent(struct mn_cli *cli, struct mn_store *store, const char *parent);

/* Prints what the incident is about: "SITE: COMPONENT", or one name where both are the same. */
void mn_session_say_subject(struct mn_session *s);

/* The store of --store, else the default one, whose folder is made for writing. NULL with a
 * diagnostic. */
struct mn_store *mn_session_store(struct mn_cli *cli, enum mn_store_mode mode);

/* " --store FILE" when that was given, else "": what commands that are advised must repeat. */
const char *mn_session_store_option(struct mn_cli *cli);

/* Among the diagnostics is that there is no such incident: the answer is "no", nothing broke. */
bool mn_session_unknown(const struct mn_cli *cli);

/* The whole ids of the incidents that the command names from its argument `first` on, each once, in
 * the arena; they need not be there. NULL with a diagnostic when the store cannot be read. */
const char **mn_session_named(struct mn_cli *cli, struct mn_store *store, int first, size_t *n);

/* Text that a person wrote and that is to be recorded: UTF-8, not empty, at most 4000 bytes, no
 * control characters. Otherwise false with a diagnostic at `from`. */
bool mn_session_text_ok(struct mn_cli *cli, const char *text, struct mn_loc from);

/* Opens an incident and comes to its first step. Everything is checked before anything is recorded:
 * a runbook that fails makes no incident. NULL with a diagnostic. Takes the store. */
struct mn_session *mn_session_begin(struct mn_cli *cli, struct mn_store *store,
                                    const struct mn_runbook *runbook, struct mn_subject subject,
                                    int symptom);

/* Comes back to an incident that is on record. NULL with a diagnostic. If only its runbook fails
 * now, there are diagnostics and progress.step is NULL: it can still be rewound, escalated or
 * noted. Takes the store. */
struct mn_session *mn_session_resume(struct mn_cli *cli, struct mn_store *store, const char *id);

/* Takes anew what the incident has pinned, after it moved to another runbook, and comes to its
 * step. False with a diagnostic. */
bool mn_session_again(struct mn_session *s);

/* Where an incident has come to, without its model. `record`: what fell due up to now is put on
 * record; otherwise nothing is. The store stays the caller's. NULL with a diagnostic. */
struct mn_session *mn_session_look(struct mn_cli *cli, struct mn_store *store, const char *id,
                                   bool record);

void mn_session_free(struct mn_session *s);

/* Reads the journal and evaluates anew. What happens without a person is put on record first, once,
 * whoever else is at it: each deadline that has passed, in order, and that the runbook has come to
 * its end. False with a diagnostic; then progress.step is NULL. */
bool mn_session_refresh(struct mn_session *s);
bool mn_session_refresh_at(struct mn_session *s, int64_t now);

/* When the open step is due, and whether it is on record that it is overdue; false: no deadline. */
bool mn_session_due(const struct mn_session *s, int64_t *at, bool *recorded);

/* What it waits for, as it stands. */
struct mn_waits mn_session_waits(const struct mn_session *s);

/* The model as pinned, loaded when it is needed. False with a diagnostic. */
bool mn_session_model(struct mn_session *s);

/* Opens the child of the open delegate step, with its runbook and the model as they are today;
 * looks at the incident again. False with a diagnostic when that cannot be; then nothing was
 * recorded. */
bool mn_session_delegate(struct mn_session *s);

/* Parts of the above, for each other: an empty one; an evaluation. */
struct mn_session *mn_session_new(struct mn_cli *cli, struct mn_store *store);
bool mn_session_evaluate(struct mn_session *s, const char *file, const json_t *facts,
                         const struct mn_answer *answers, size_t n);

/* Who acts, now. */
struct mn_by mn_session_by(const struct mn_session *s);

/* The component at which the open step is, else the incident's; -1: none. */
int mn_session_here(const struct mn_session *s);

#endif
