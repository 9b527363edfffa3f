/* An office as its people know it: its devices as a tree that grows from where the lines come in,
 * in groups that stand together. Derived from links, kinds' symbols, what services are used from
 * and what needs what; never from names. */
#ifndef MN_DIAGRAM_OFFICE_H
#define MN_DIAGRAM_OFFICE_H

#include "diagram/small.h"

/* What a group of devices is for. */
enum mn__office_use {
    MN__USE_NETWORK,  /* what brings the lines to the others */
    MN__USE_SEPARATE, /* a network of its own, behind a firewall of its own */
    MN__USE_WORK,
    MN__USE_COUNTER, /* for the public */
    MN__USE_MEETING,
    MN__USE_OTHER,
    MN__USES
};

struct mn__office_group {
    enum mn__office_use use;
    int feeder; /* the node that brings the network to it, -1: none does */
    bool again; /* there are several for that use: the feeder tells them apart */
};

enum { MN__MOST_GROUPS = 24 };

struct mn__office {
    const struct mn_model *m;
    int site, n;
    int *nodes;  /* those of the site that are drawn, each after the one that it hangs on */
    int *parent; /* of each node of the model: the one that it hangs on, -1: none */
    int *depth;  /* of each node of the model: 1 where a line comes in; -1: not in the office */
    int *group;  /* of each node of the model, into groups; group 0 is the network */
    int n_groups;
    struct mn__office_group groups[MN__MOST_GROUPS];
};

/* `item`: of each node of the model, -1 where it is not drawn. False where the site is no office:
 * its cables make no tree, or there is nothing that people use. To be freed in either case. */
bool mn__office_read(struct mn__office *o, const struct mn_model *m, int site, const int *item);
void mn__office_free(struct mn__office *o);

/* What a group is called. */
const char *mn__office_name(struct mn__sheet *sheet, const struct mn__office *o, int group);

/* Places a small picture whose items are such an office's and what is outside: the network along
 * the top, the other groups below in columns of frames. Grounds are made here, one for each group.
 * With texts of s->size. False when that does not fit the room. */
bool mn__office_place(struct mn__small *s, const struct mn__office *o, const int *item,
                      struct mn__rect room);

#endif
