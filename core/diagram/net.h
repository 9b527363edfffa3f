/* What stands where in a network, for sheets that show all of it: which nodes are aggregation
 * points, core, or above; which units hang on which point; what a unit's lines are called in a few
 * letters. Derived from lines, links and kinds alone, never from names. */
#ifndef MN_DIAGRAM_NET_H
#define MN_DIAGRAM_NET_H

#include "base/mem.h"
#include "diagram/scene.h"
#include "model/model.h"

/* Aside: what carries nothing between boxes, such as the power of an aggregation point. */
enum mn__place { MN__IN_UNIT, MN__POINT, MN__CORE, MN__TOP, MN__ASIDE };

/* A box above the units: the core nodes of a site, a whole site (data centre, gateway), or a lone
 * node. */
struct mn__upper {
    enum mn__place place; /* MN__CORE or MN__TOP */
    int site;             /* -1: a lone node */
    int n;
    const int *nodes;
    const char *code; /* a few letters */
    bool hosts;       /* services run there */
};

/* The units of one area whose first line goes to one aggregation point (or none has a line: point
 * -1). A point is the nodes of one site and kind that such lines go to; its first node stands for
 * it. */
struct mn__cluster {
    int area, point;  /* -1: none */
    const char *code; /* of the point */
    bool code_used;   /* the model gives it, or a unit's other line goes there */
    bool common;      /* some unit's first line is of the usual kind */
    int n;
    const int *units; /* sites */
    int slots;        /* cells reserved */
    bool visiting;    /* the point belongs to another area's cluster */
};

/* Links between two boxes, counted together. Boxes: 0 … n_uppers - 1, then clusters that own their
 * point. */
struct mn__bundle {
    int a, b;
    int n;
    int link;         /* the first of them */
    int64_t capacity; /* of all together; -1: not known of some */
};

struct mn__net {
    const struct mn_model *m;
    struct mn_arena *arena;
    const enum mn__place *place; /* of each node */
    int n_uppers, n_clusters, n_bundles, n_units;
    struct mn__upper *uppers;
    struct mn__cluster *clusters; /* by area, in the order of their points */
    struct mn__bundle *bundles;
    const int *point;             /* of each node: the first node of its point, or -1 */
    const int *box;               /* of each node, or -1 */
    const int *cluster_of_point;  /* of each node, or -1 */
    const char *const *kind_code; /* of each kind of line */
    int common_kind;              /* the kind of most first lines, -1: there are no lines */
    /* Words that many units' names begin or end with, such as "Phường": written as their first
     * letter where space is short. */
    int n_words;
    const char *words[8];
    const char *prefix; /* what all points' names begin with, or "" */
};

struct mn__net *mn__net_new(const struct mn_model *m, enum mn_lang lang, struct mn_arena *arena);

/* How much there is in an area (-2: in all of the network). Points are those that units' usual
 * lines go to. */
struct mn__tally {
    int units, points, backed, centres; /* backed: units with more than one line */
};
struct mn__tally mn__net_tally(const struct mn__net *net, int area);

/* The unit's `i`-th line: the link, or -1; *far is its end outside. */
int mn__unit_line(const struct mn_model *m, int site, int i, int *far);

/* The name of the point that a node stands for. */
const char *mn__point_name(const struct mn__net *net, int point, enum mn_lang lang);

/* The site of a node, or -1. */
int mn__node_site(const struct mn_model *m, int node);

/* How many cells a cluster of n units gets: some more than n, and the same for similar n, so that a
 * unit added moves nothing. */
int mn__slots(int n);

/* Whether the model gave the component a name of its own. */
bool mn__has_own_name(const struct mn_model *m, const struct mn_component *c);

/* A component's name where its site is known anyway: its own, or its kind's when the model gave
 * none (the loader then makes one of kind and site). */
const char *mn__device_name(const struct mn_model *m, int component, enum mn_lang lang, bool brief);

/* What such a name says, as enum mn__part: which thing it is, and where it is the kind's, what it
 * does. */
unsigned mn__device_parts(const struct mn_model *m, int component);

/* A node's name, with its place where the kind's name alone would not tell it apart. */
const char *mn__node_name(const struct mn_model *m, int node, enum mn_lang lang,
                          struct mn_arena *arena);

/* A name in full, "" when there is none; and the short one where the model has it. */
const char *mn__full_name(struct mn_name name, enum mn_lang lang);
const char *mn__short_name(struct mn_name name, enum mn_lang lang);

/* A unit's name for a small cell: its short one, or "P. Sài Gòn" for "Phường Sài Gòn". */
const char *mn__unit_name(const struct mn__net *net, int site, enum mn_lang lang);

/* The one of net->words that a name begins or ends with, or -1. *rest, *size: the name without it.
 */
int mn__unit_word(const struct mn__net *net, const char *name, const char **rest, size_t *size);

/* The longest code of a point or a kind. */
enum { MN__CODE_LETTERS = 5 };

/* A code from what the model calls the thing in short, if that is short enough; else NULL. */
const char *mn__given_code(struct mn_name name, enum mn_lang lang, size_t letters);

/* For mn__net_new: finds net->kind_code, net->words (`unit`: which sites are units), then
 * net->prefix: what all points' names begin with is left out of their headers. */
void mn__find_kind_codes(struct mn__net *net, enum mn_lang lang);
void mn__find_words(struct mn__net *net, enum mn_lang lang, const bool *unit);
void mn__find_prefix(struct mn__net *net, enum mn_lang lang);

/* What a document tells of the groups on its sheet, of one area or of all (-2): for the next that
 * is drawn over it. In the arena. */
const char *mn__groups_note(const struct mn_model *m, const struct mn__net *net, int area,
                            struct mn_arena *a);
/* What stands in a document between the name of a note and the next semicolon; NULL when the note
 * is not there. In the arena. */
char *mn__note_in(const char *document, size_t size, const char *note, struct mn_arena *a);

#endif
