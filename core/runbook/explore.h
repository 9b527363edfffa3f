/* The graph of a runbook: every step that answers can lead to, and which answer leads where.
 *
 * What cannot be told apart from there on is one node: a retry loop is two, and twelve checks whose
 * answers are not kept are twelve. A node's step is the one that its shortest walk comes to; on
 * another walk it is the same but for how often its key was asked before. `visit` and `record`
 * count on the shortest walk; whoever walks the graph counts for himself. */
#ifndef MN_RUNBOOK_EXPLORE_H
#define MN_RUNBOOK_EXPLORE_H

#include "runbook/step.h"

enum mn_flow_kind {
    MN_FLOW_STEP, /* a person is asked or told something */
    MN_FLOW_ITEM, /* nobody is asked: a checklist that was answered decides, by one of its items */
};

/* Answers that lead to the same place. */
struct mn_flow_edge {
    /* MN_INPUT_CHOICE: which outcome; MN_INPUT_NUMBER: which interval, 0 the one below the first
     * cut; MN_FLOW_ITEM: 0 done, 1 skipped, 2 cannot; 0 where any answer goes the same way. */
    int which;
    const char *value; /* one such answer, as it is kept on record; MN_FLOW_ITEM: the state */
    struct mn_text text; /* how a person reads the answers: "Không có", "từ 10 đến dưới 60 phút" */
    int to;              /* the node that they lead to; -1: the runbook fails there */
    int failure; /* which of the flow's failures, or -1 */
};

struct mn_flow_node {
    const char *id; /* the step's key; "works~2" for the second node of that key: the same each time
                       while the runbook is the same */
    enum mn_flow_kind kind;
    struct mn_step step; /* MN_FLOW_ITEM: the checklist */
    const char *item;    /* MN_FLOW_ITEM: the key of its item */
    int back; /* MN_FLOW_ITEM: 0: in the latest answer to that checklist; 1: before … */
    /* As many as step.evidence: for those that are answers, which of the answers to the step of
     * that key is quoted: 0 the latest, 1 the one before … */
    const int *quoted;
    size_t n_edges; /* in the order of the outcomes; 0: here it ends, in `resolve` */
    const struct mn_flow_edge *edges;
    /* The shortest walk to here: the node before, its edge, and how many answers. -1, -1, 0 at the
     * first node. */
    int before, edge, depth;
    int loop; /* which of the flow's loops without an end it is in, or -1 */
};

/* Answers at which the runbook fails. */
struct mn_flow_failure {
    int node; /* where the answer was given; -1: before the first step */
    int edge;
    int number;       /* counted by whoever evaluated */
    const char *code; /* of the diagnostic */
    struct mn_text message;
    const char *file; /* where in the runbook, or NULL */
    int line;
};

/* A step that is written in the runbook and that no answer leads to. */
struct mn_flow_unreached {
    const char *file;
    int line, from, bytes; /* of the call's name: byte offset in the file, and its size */
    const char *call;      /* "check" */
    const char *key;       /* NULL: only known when it runs */
};

/* Everything in it belongs to the arena that it came from. */
struct mn_flow {
    const char *runbook; /* its id */
    int version;
    size_t n; /* the first is where every walk begins; those with shorter walks come first; 0: it
                 fails before it asks anything */
    const struct mn_flow_node *nodes;
    size_t n_failures;
    const struct mn_flow_failure *failures;
    size_t n_unreached; /* in the order of the source; not asked where there are failures */
    const struct mn_flow_unreached *unreached;
    int n_loops;   /* sets of nodes that lead to one another and never to an end */
    size_t states; /* how many were told apart while exploring, before like ones were merged */
    size_t tried;  /* answers that were tried */
};

/* The answers on the node's shortest walk: those that a person gives (MN_FLOW_ITEM moves have
 * none), as they are kept on record, and whose they are. How many, at most the node's depth. */
size_t mn_flow_walk(const struct mn_flow *flow, int node, struct mn_arena *a,
                    const char *const **values, const int **nodes);

/* The documented form of `metronet explore --json`: new reference. Read back from a process that is
 * not trusted: false when anything does not fit. */
json_t *mn_flow_json(const struct mn_flow *flow);
bool mn_flow_from_json(const json_t *doc, struct mn_arena *a, struct mn_flow *out);

/* ---- making one ---- */

/* What stands at the end of a walk. */
struct mn_asked {
    enum mn_asked_what {
        MN_ASKED_STEP,
        MN_ASKED_ITEM,   /* `step` is the checklist, `item` the item that is looked at */
        MN_ASKED_FAILED, /* the runbook failed, and `failure` says how */
    } what;
    struct mn_step step;
    const char *item;
    const char *state; /* equal exactly when nothing can differ from here on */
    struct mn_flow_failure failure;
};

/* One answer of a walk, and to what. */
struct mn_move {
    const struct mn_asked *asked;
    const char *value;
};

struct mn_explorer {
    void *arg;
    /* Walks from the beginning by the moves, and says what is asked then. What a step says lives
     * until the next walk; `failure` as long as the flow. */
    struct mn_asked (*walk)(void *arg, const struct mn_move *moves, size_t n);
    size_t most_states, most_tries;
};

/* Two walks that come to the same step in states that stay apart. */
struct mn_apart {
    const struct mn_move *moves[2];
    size_t n[2];
    size_t times; /* states of that step */
};

/* Tries every answer, those with shorter walks first. False when there are more states than that,
 * or more answers to try: *apart is then why, and there is no flow. `unreached` is not set. */
bool mn_explore_walks(const struct mn_explorer *e, struct mn_arena *a, struct mn_flow *out,
                      struct mn_apart *apart);

#endif
