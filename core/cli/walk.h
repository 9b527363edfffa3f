/* The walk: one step at a time, each answer on record before the next step shows. */
#ifndef MN_CLI_WALK_H
#define MN_CLI_WALK_H

#include "cli/reader.h"
#include "cli/session.h"

/* Walks until the incident is resolved, cancelled, or left. The exit status: 0 also when the walk
 * was left, since that is no failure; 1 when a file of answers does not fit; 3 when something
 * broke. */
int mn_walk(struct mn_session *s, struct mn_reader *r);

/* Parts of the walk, each a key. Showing the step needs of the session cli, model, arena, progress.
 */
void mn_walk_show_step(struct mn_session *s);
/* The outcomes of a step: numbered, but for those that come by themselves. */
void mn_walk_outcomes(struct mn_session *s, const struct mn_step *step);
/* The message for the open escalate or handover step: recorded, then shown. False with a
 * diagnostic. */
bool mn_walk_call(struct mn_session *s);
/* `e`: choose a level, record and show the message, ask whether somebody took it. False: the input
 * has ended or something broke (then with a diagnostic). */
bool mn_walk_escalate(struct mn_session *s, struct mn_reader *r, enum mn_read *end);
/* Coming back after a message was composed by hand and its outcome was not recorded: asks for it.
 * False: the input has ended or something broke (then with a diagnostic). */
bool mn_walk_unknown(struct mn_session *s, struct mn_reader *r);
/* `d`: the way as text, and the file of a picture. */
void mn_walk_where(struct mn_session *s);

/* What a person has just answered. */
struct mn_said {
    const char *record, *value; /* the step's record key, the answer as it is recorded */
};

/* Says what was recorded after that event, by others or by itself, and that what was typed is not;
 * or, where somebody gave the same answer (`said` may be NULL), that it is: then true. */
bool mn_walk_tell_news(struct mn_session *s, int64_t since, const struct mn_said *said);

/* Prints the observations that the incident began with. */
void mn_walk_tell_known(struct mn_session *s);

/* The last event that a person recorded: what came later by itself, nobody has seen. */
int64_t mn_walk_last_seen(const struct mn_session *s);

/* Prints the observations that came after that event; then all is seen. */
void mn_walk_tell_observed(struct mn_session *s, int64_t *seen);

/* Prints whose child the incident is, and whether it is waited for. */
void mn_walk_tell_parent(struct mn_session *s);

/* If the incident was given to somebody: says so; asks that person whether it is taken. False: the
 * input has ended, or something broke (with a diagnostic). */
bool mn_walk_handing(struct mn_session *s, struct mn_reader *r);

/* The open delegate step: opens the child unless that is done, and prints how it stands. */
void mn_walk_delegate(struct mn_session *s);

/* Before something is recorded at that time: what fell due until then is put on record. */
enum mn_meanwhile {
    MN_MEANWHILE_NOTHING, /* the same step is asked */
    MN_MEANWHILE_MOVED,   /* the incident has moved on, which was told */
    MN_MEANWHILE_BROKEN,  /* with a diagnostic */
};
enum mn_meanwhile mn_walk_meanwhile(struct mn_session *s, int64_t now);

/* Whether a line asks to go back to an answer by its number: "b 3". */
bool mn_walk_is_back(const char *text);

/* How many answers stay in force when going back to that one ("" is the last). False with a
 * diagnostic at `from` when there is none. */
bool mn_walk_back_to(struct mn_session *s, const char *to, struct mn_loc from, size_t *keep);

/* Asks of everything that was done outside from the answer `keep` on whether it stands or is taken
 * back, and says how: the list with the decisions, for mn_record_rewind; new reference. NULL: the
 * input has ended, or a line of a file of answers does not fit (with a diagnostic). */
json_t *mn_walk_retract(struct mn_session *s, struct mn_reader *r, size_t keep, enum mn_read *end);

/* Prints the answers in force, numbered, from that one (0: the first) on. */
void mn_walk_answers(struct mn_session *s, size_t from);

/* Prints how the incident ended; returns the command's exit status. */
int mn_walk_finished(struct mn_session *s);
/* Prints that it stays open, and how to go on. */
void mn_walk_left(struct mn_session *s);
/* Prints which recorded answer does not fit the runbook any more. */
void mn_walk_diverged(struct mn_session *s);

#endif
