/* What can happen in an incident, each as the events that record it.
 *
 * Every function adds to the journal only if nothing was added since `i` was loaded (MN_OVERTAKEN
 * otherwise), and what it added is on disk when it returns. The caller then loads the incident
 * anew. `by` says who and when. */
#ifndef MN_INCIDENT_RECORD_H
#define MN_INCIDENT_RECORD_H

#include "incident/incident.h"
#include "incident/near.h"
#include "incident/observation.h"
#include "model/model.h"
#include "runbook/answer.h"
#include "runbook/runbook.h"

struct mn_by {
    const char *actor;
    int64_t at; /* UTC seconds */
};

/* What an incident begins with. */
struct mn_opening {
    const struct mn_model *model;
    const struct mn_runbook *runbook;
    struct mn_subject subject;
    int symptom;         /* into symptoms, or -1 */
    int severity;        /* into severities, or -1 */
    const json_t *facts; /* of mn_incident_facts: what the runbook is given */
    /* Sets that were read from: pinned with everything that was read. */
    const struct mn_files *model_files, *runbook_files, *library_files;
    const char *program; /* its version */
    const char *page;    /* what it is called on the page that it was recorded on, or NULL */
    const char *parent,
        *parent_key; /* of a child: the incident, and the step's record key; or NULL */
};

/* A new incident; `year` is the local one, for its id. */
bool mn_record_opened(struct mn_store *s, const struct mn_opening *o, int year, struct mn_by by,
                      char id[MN_INCIDENT_ID], struct mn_diags *d);

/* An answer in the form that mn_answer_fits gives. */
enum mn_append mn_record_answer(struct mn_store *s, const struct mn_incident *i,
                                const struct mn_step *step, const char *value, struct mn_by by,
                                struct mn_diags *d);

/* When the open step of the incident is due: its deadline counts from the event that led to it (an
 * answer, an overdue one, going back, opening). *recorded: that it is overdue is on record. False
 * when it has no deadline, or the incident is closed. */
bool mn_step_due(const struct mn_incident *i, const struct mn_step *step, int64_t *at,
                 bool *recorded);

/* The open step was due at that time, which is the event's, and nobody had answered. If it lists
 * `overdue` as an outcome, that is its answer; otherwise it stays open. */
enum mn_append mn_record_overdue(struct mn_store *s, const struct mn_incident *i,
                                 const struct mn_step *step, int64_t at, struct mn_diags *d);

/* An observation that concerns the incident (`over`: that it is over), at that time. `wait`: the
 * open step, if it waits for news: then that is its answer. */
enum mn_append mn_record_observed(struct mn_store *s, const struct mn_incident *i,
                                  const struct mn_observation *o, enum mn_near near, bool over,
                                  const struct mn_step *wait, int64_t at, struct mn_diags *d);

/* The same for the facts of an incident that begins: an item of `known`. New reference. */
json_t *mn_observation_fact(const struct mn_observation *o, enum mn_near near);

/* Goes back, so that the first `keep` answers stay in force. `confirm`: of mn_incident_to_confirm,
 * with what was decided (retract.h). */
enum mn_append mn_record_rewind(struct mn_store *s, const struct mn_incident *i, size_t keep,
                                json_t *confirm, struct mn_by by, struct mn_diags *d);

/* A note; `step` is the step that was open, or NULL. */
enum mn_append mn_record_note(struct mn_store *s, const struct mn_incident *i, const char *text,
                              const char *step, struct mn_by by, struct mn_diags *d);
/* Corrects a note, which must exist; both texts stay on record. */
enum mn_append mn_record_correction(struct mn_store *s, const struct mn_incident *i, int number,
                                    const char *text, struct mn_by by, struct mn_diags *d);

/* A message that was composed for somebody: recorded before it is shown. */
struct mn_escalation_record {
    const char *key;     /* the step's record key, or "manual-N" */
    size_t after;        /* answers in force at that moment */
    const char *to;      /* as the runbook says it, or NULL */
    const char *team;    /* its id, or NULL */
    struct mn_text name; /* of the team */
    struct mn_text say, send;
};
enum mn_append mn_record_escalation(struct mn_store *s, const struct mn_incident *i,
                                    const struct mn_escalation_record *e, struct mn_by by,
                                    struct mn_diags *d);
/* Whether somebody took a message that was composed by hand. */
enum mn_append mn_record_acknowledged(struct mn_store *s, const struct mn_incident *i,
                                      const char *key, bool taken, struct mn_by by,
                                      struct mn_diags *d);

enum mn_append mn_record_resolved(struct mn_store *s, const struct mn_incident *i,
                                  const struct mn_step *step, struct mn_by by, struct mn_diags *d);
enum mn_append mn_record_cancelled(struct mn_store *s, const struct mn_incident *i, const char *why,
                                   struct mn_by by, struct mn_diags *d);
/* Open again. One that was resolved goes back to its last question whether all works, or to its
 * last answer. */
enum mn_append mn_record_reopened(struct mn_store *s, const struct mn_incident *i, const char *why,
                                  struct mn_by by, struct mn_diags *d);

/* From now on the incident follows that runbook and library, which are pinned; the answers that it
 * has must fit them. When those are what it follows already, nothing is recorded and *moved is
 * false. */
enum mn_append mn_record_upgraded(struct mn_store *s, const struct mn_incident *i,
                                  const struct mn_opening *to, struct mn_by by, bool *moved,
                                  struct mn_diags *d);

/* The answers in force, as mn_evaluate takes them; strings live as long as the incident and the
 * arena. False with a diagnostic when one cannot be read. */
bool mn_incident_answers(const struct mn_incident *i, struct mn_arena *a,
                         struct mn_answer **answers, struct mn_diags *d);

/* Adds one event to the incident and frees its payload. */
enum mn_append mn_record_event(struct mn_store *s, const struct mn_incident *i,
                               enum mn_event_type type, json_t *payload, struct mn_by by,
                               struct mn_diags *d);

#endif
