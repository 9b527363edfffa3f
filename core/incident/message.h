/* What to say and what to send when an incident is passed on, and how bad it is.
 *
 * Composed of the model, what is on record and the answers so far; the time is handed in. Names of
 * people and numbers are only what the model's teams say of themselves. */
#ifndef MN_INCIDENT_MESSAGE_H
#define MN_INCIDENT_MESSAGE_H

#include "incident/incident.h"
#include "model/model.h"
#include "runbook/runbook.h"
#include "runbook/step.h"

/* What would be lost if the component failed entirely. */
struct mn_toll {
    int sites, cut_off;  /* sites that lose something; those that lose all they use */
    struct mn_ints here; /* services that the subject's site loses, in model order */
    int severity;        /* by the model's rules, or -1 */
};

/* Pure; `here` is in the arena. A site as a whole, without a component, loses what it uses. */
struct mn_toll mn_toll_of(const struct mn_model *m, struct mn_subject subject, struct mn_arena *a);

/* The facts of an incident that opens now, with the severity by that toll; symptom -1: none. New
 * reference. */
json_t *mn_opening_facts(const struct mn_model *m, struct mn_subject subject, int symptom,
                         const struct mn_toll *toll, const char *reporter);

/* The subject and the symptom as they were recorded, found again in the (pinned) model. */
struct mn_subject mn_incident_subject(const struct mn_incident *i, const struct mn_model *m);

struct mn_call {
    const struct mn_model *model;
    const struct mn_incident *incident;
    const struct mn_step *step; /* the escalate or handover step, or NULL: passed on by hand */
    int team;                   /* who is called, into teams, or -1: unknown */
    const char *actor;          /* who calls */
    int64_t now;
    int utc_offset;     /* minutes */
    const char *called; /* what the incident is called in the message; NULL: its id */
};

/* A level to call, as the policy that holds has it. */
struct mn_next_level {
    int team;   /* -1: none left */
    int wait_s; /* how long to wait for an answer before, -1 when not said */
    bool hierarchic;
};

/* The levels of the policy that holds for the incident now, as teams, first to last. Writes at most
 * `max`, returns how many there are; levels that resolve to nobody are left out. */
int mn_call_levels(const struct mn_call *c, struct mn_next_level *levels, int max);

/* Whom to call if the team of this call does not answer. */
struct mn_next_level mn_call_next(const struct mn_call *c);

/* What does not change while the incident goes on: the symptom, else the runbook's title; the
 * circuit's number, or NULL; seconds to the next news, -1 when the model does not say; lines of
 * what would be lost. */
const char *mn_call_problem(const struct mn_call *c, enum mn_lang lang);
const char *mn_call_circuit(const struct mn_call *c);
int mn_call_update_every(const struct mn_call *c);
void mn_call_impact(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out);

/* Adds what to say on the telephone, and what to send in writing. */
void mn_call_say(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out);
void mn_call_send(const struct mn_call *c, enum mn_lang lang, struct mn_buf *out);

#endif
