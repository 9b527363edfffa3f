/* Every walk through a runbook, breadth first, each state once. */
#include "runbook/explore.h"

#include "base/hash.h"
#include "runbook/classes.h"
#include "runbook/merge.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

struct found {
    const char *key; /* what is asked, and the state: first, for the search tree */
    int index;
};

struct search {
    const struct mn_explorer *e;
    struct mn_arena *a;
    struct mn__stop *stops;
    size_t n, cap;
    struct mn_flow_failure *failures;
    size_t n_failures, cap_failures;
    size_t tried;
    void *tree; /* of struct found, by key */
};

static int by_key(const void *a, const void *b) {
    const struct found *x = a, *y = b;
    return strcmp(x->key, y->key);
}

/* The moves on the shortest walk to the stop, and room for one more. */
static struct mn_move *moves_to(const struct search *s, int stop, size_t *n) {
    *n = stop < 0 ? 0 : (size_t)s->stops[stop].depth;
    struct mn_move *moves = MN_ARENA_ARRAY(s->a, struct mn_move, *n + 1);
    for (size_t i = *n; i > 0; i--) {
        const struct mn__stop *here = &s->stops[stop], *before = &s->stops[here->before];
        moves[i - 1] = (struct mn_move){before->asked, before->edges[here->edge].value};
        stop = here->before;
    }
    return moves;
}

/* How many steps of that key were answered on the walk. */
static int answered(const struct mn_move *moves, size_t n, const char *key) {
    int times = 0;
    for (size_t i = 0; i < n; i++)
        times +=
            moves[i].asked->what == MN_ASKED_STEP && strcmp(moves[i].asked->step.key, key) == 0;
    return times;
}

/* How far back the answer on record is: "note#2" when there are three is 1. Sets *key. */
static int how_far(struct mn_arena *a, const struct mn_move *moves, size_t n, const char *record,
                   const char **key) {
    const char *mark = strchr(record, '#');
    *key = mark ? mn_arena_strndup(a, record, (size_t)(mark - record)) : record;
    return answered(moves, n, *key) - (mark ? (int)strtol(mark + 1, NULL, 10) : 1);
}

/* What of the step does not depend on how often its key was asked before, as a hash. */
static const char *look_of(struct search *s, struct mn__stop *stop, const struct mn_move *moves,
                           size_t n) {
    const struct mn_asked *asked = stop->asked;
    const struct mn_step *step = &asked->step;
    json_t *doc = mn_step_json(step), *evidence = json_object_get(doc, "evidence");
    int *quoted = MN_ARENA_ARRAY(s->a, int, step->n_evidence + 1);
    const char *key;
    json_object_del(doc, "step");
    json_object_del(doc, "visit");
    for (size_t i = 0; i < step->n_evidence; i++) {
        if (!step->evidence[i].answer)
            continue;
        quoted[i] = how_far(s->a, moves, n, step->evidence[i].answer, &key);
        json_array_append_new(evidence, json_pack("[s, i]", key, quoted[i]));
        json_object_del(json_array_get(evidence, i), "answer");
    }
    stop->quoted = quoted;
    if (asked->what == MN_ASKED_ITEM) {
        stop->back = how_far(s->a, moves, n, step->record, &key);
        json_object_set_new(doc, "item", json_string(asked->item));
        json_object_set_new(doc, "back", json_integer(stop->back));
    }
    struct mn_buf b = MN_BUF_INIT;
    char hash[MN_HASH_HEX];
    mn_json_write(&b, doc, 0, true);
    mn_hash_of(b.data, b.size, hash);
    mn_buf_fini(&b);
    json_decref(doc);
    return mn_arena_strdup(s->a, hash);
}

static int fail(struct search *s, int before, int edge, struct mn_flow_failure f) {
    s->failures = mn_grow(s->failures, &s->cap_failures, s->n_failures + 1, sizeof(*s->failures));
    f.node = before;
    f.edge = edge;
    s->failures[s->n_failures] = f;
    return (int)s->n_failures++;
}

/* What is asked, for as long as the flow. */
static const struct mn_asked *kept(struct mn_arena *a, const struct mn_asked *asked) {
    struct mn_asked *copy = mn_arena_copy(a, asked, sizeof *asked);
    json_t *doc = mn_step_json(&asked->step);
    mn_step_from_json(doc, a, &copy->step); /* a step that was asked always fits */
    json_decref(doc);
    copy->item = asked->item ? mn_arena_strdup(a, asked->item) : NULL;
    copy->state = NULL; /* it is in the stop's key */
    return copy;
}

/* Walks, and says at which stop that ends: one that is known, or a new one. -1: it failed. */
static int walk(struct search *s, int before, int edge, int *failure) {
    size_t n;
    struct mn_move *moves = moves_to(s, before, &n);
    if (before >= 0) {
        const struct mn__stop *from = &s->stops[before];
        moves[n++] = (struct mn_move){from->asked, from->edges[edge].value};
    }
    struct mn_asked asked = s->e->walk(s->e->arg, moves, n);
    s->tried++;
    if (asked.what == MN_ASKED_FAILED) {
        *failure = fail(s, before, edge, asked.failure);
        return -1;
    }
    struct mn__stop stop = {.asked = &asked, .before = before, .edge = edge, .depth = (int)n};
    stop.look = look_of(s, &stop, moves, n);
    struct found *found = MN_ARENA_ARRAY(s->a, struct found, 1);
    *found = (struct found){mn_arena_printf(s->a, "%s %s", stop.look, asked.state), (int)s->n};
    struct found **at = tsearch(found, &s->tree, by_key);
    if (*at != found)
        return (*at)->index;
    stop.asked = kept(s->a, &asked);
    stop.edges = mn__answer_classes(stop.asked, s->a, &stop.n_edges);
    s->stops = mn_grow(s->stops, &s->cap, s->n + 1, sizeof(*s->stops));
    s->stops[s->n] = stop;
    return (int)s->n++;
}

/* The last two stops of the step that is there most often. */
static void tell_apart(const struct search *s, struct mn_apart *apart) {
    size_t most = 0;
    int last = -1, other = -1;
    for (size_t i = s->n; i > 0; i--) {
        size_t times = 0;
        int before = -1;
        for (size_t k = i - 1; k > 0; k--)
            if (strcmp(s->stops[k - 1].look, s->stops[i - 1].look) == 0) {
                times++;
                before = before < 0 ? (int)k - 1 : before;
            }
        if (times > most) {
            most = times;
            last = (int)i - 1;
            other = before;
        }
        if (times * 2 > s->n)
            break;
    }
    apart->times = most + 1;
    for (int i = 0; i < 2; i++)
        apart->moves[i] = moves_to(s, i ? last : other, &apart->n[i]);
}

static void no_more(void *found) {
    (void)found; /* the arena's */
}

bool mn_explore_walks(const struct mn_explorer *e, struct mn_arena *a, struct mn_flow *out,
                      struct mn_apart *apart) {
    struct search s = {.e = e, .a = a};
    int failure = -1;
    bool all = true;
    walk(&s, -1, -1, &failure);
    for (size_t i = 0; all && i < s.n; i++)
        for (size_t k = 0; all && k < s.stops[i].n_edges; k++) {
            failure = -1;
            int to = walk(&s, (int)i, (int)k, &failure);
            s.stops[i].edges[k].to = to;
            s.stops[i].edges[k].failure = failure;
            all = s.n <= e->most_states && s.tried <= e->most_tries;
        }
    if (all)
        mn__merge_stops(s.stops, s.n, s.failures, s.n_failures, a, out);
    else
        tell_apart(&s, apart);
    out->tried = s.tried;
    tdestroy(s.tree, no_more);
    free(s.stops);
    free(s.failures);
    return all;
}
