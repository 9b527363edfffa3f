/* The fields of every function of the library that takes a table. */
#include "script/spec.h"

#include <string.h>

#define COMMON                                                                                     \
    {"why", MN__WANT_TEXT, false}, {"help", MN__WANT_TEXT, false},                                 \
        {"at", MN__WANT_COMPONENT, false}, {"minutes", MN__WANT_COUNT, false},                     \
        {"deadline", MN__WANT_DURATION, false}, {                                                  \
        NULL, MN__WANT_KEY, false                                                                  \
    }
#define KEYED                                                                                      \
    {"key", MN__WANT_KEY, true}, {"vi", MN__WANT_STRING, true}, {                                  \
        "en", MN__WANT_STRING, true                                                                \
    }

static const struct mn__field_spec TELL[] = {KEYED, COMMON};
static const struct mn__field_spec ASK[] = {KEYED,
                                            {"outcomes", MN__WANT_CHOICES, false},
                                            {"free", MN__WANT_TRUE, false},
                                            {"number", MN__WANT_NUMBER, false},
                                            {"who", MN__WANT_PARTY, false},
                                            COMMON};
static const struct mn__field_spec CHECK[] = {KEYED,
                                              {"how", MN__WANT_TEXT, false},
                                              {"outcomes", MN__WANT_CHOICES, false},
                                              {"who", MN__WANT_PARTY, false},
                                              COMMON};
static const struct mn__field_spec ACT[] = {KEYED,
                                            {"interrupts", MN__WANT_TEXT, true},
                                            {"undo", MN__WANT_TEXT, true},
                                            {"how", MN__WANT_TEXT, false},
                                            {"outcomes", MN__WANT_CHOICES, false},
                                            {"by", MN__WANT_PARTY, false},
                                            COMMON};
static const struct mn__field_spec CHECKLIST[] = {
    KEYED, {"items", MN__WANT_CHOICES, true}, {"who", MN__WANT_PARTY, false}, COMMON};
static const struct mn__field_spec ESCALATE[] = {
    KEYED, {"to", MN__WANT_PARTY, true}, {"evidence", MN__WANT_EVIDENCE, false}, COMMON};
static const struct mn__field_spec HANDOVER[] = {
    KEYED, {"to", MN__WANT_PARTY, true}, {"evidence", MN__WANT_EVIDENCE, false}, COMMON};
static const struct mn__field_spec VERIFY[] = {
    KEYED, {"how", MN__WANT_TEXT, false}, {"who", MN__WANT_PARTY, false}, COMMON};
static const struct mn__field_spec WAIT[] = {
    KEYED, {"any_of", MN__WANT_AWAITED, true}, {"who", MN__WANT_PARTY, false}, COMMON};
static const struct mn__field_spec DELEGATE[] = {KEYED,
                                                 {"team", MN__WANT_PARTY, true},
                                                 {"runbook", MN__WANT_RUNBOOK, true},
                                                 {"subject", MN__WANT_SUBJECT, false},
                                                 COMMON};
static const struct mn__field_spec RESOLVE[] = {{"key", MN__WANT_KEY, false},
                                                {"vi", MN__WANT_STRING, false},
                                                {"en", MN__WANT_STRING, false},
                                                {"cause", MN__WANT_TEXT, false},
                                                COMMON};
static const struct mn__field_spec RUNBOOK[] = {{"id", MN__WANT_ID, true},
                                                {"version", MN__WANT_COUNT, true},
                                                {"title", MN__WANT_TEXT, true},
                                                {"description", MN__WANT_TEXT, true},
                                                {"applies_to", MN__WANT_APPLIES, true},
                                                {"symptoms", MN__WANT_NAMES, false},
                                                {"minutes", MN__WANT_COUNT, false},
                                                {"steps", MN__WANT_FUNCTION, true},
                                                {NULL, MN__WANT_KEY, false}};

static const struct mn__call_spec CALLS[] = {
    {"tell", MN_STEP_TELL, TELL},
    {"ask", MN_STEP_ASK, ASK},
    {"check", MN_STEP_CHECK, CHECK},
    {"act", MN_STEP_ACT, ACT},
    {"checklist", MN_STEP_CHECKLIST, CHECKLIST},
    {"escalate", MN_STEP_ESCALATE, ESCALATE},
    {"handover", MN_STEP_HANDOVER, HANDOVER},
    {"verify", MN_STEP_VERIFY, VERIFY},
    {"wait", MN_STEP_WAIT, WAIT},
    {"delegate", MN_STEP_DELEGATE, DELEGATE},
    {"resolve", MN_STEP_RESOLVE, RESOLVE},
    {"runbook", -1, RUNBOOK},
};

const struct mn__call_spec *mn__call_spec(const char *name) {
    for (size_t i = 0; i < MN_COUNT(CALLS); i++)
        if (strcmp(CALLS[i].name, name) == 0)
            return &CALLS[i];
    return NULL;
}

const struct mn__call_spec *mn__call_specs(size_t *n) {
    *n = MN_COUNT(CALLS);
    return CALLS;
}
