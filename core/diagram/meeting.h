/* The online meeting system: from what controls a meeting to the rooms that join it. */
#ifndef MN_DIAGRAM_MEETING_H
#define MN_DIAGRAM_MEETING_H

#include "diagram/small.h"

enum { MN__MOST_IN_ROOM = 32 };

/* What stands in a meeting room: the endpoint and the nodes of its site that it requires, those
 * that they require, and so on; the endpoint comes first. Returns how many, at most
 * MN__MOST_IN_ROOM. */
int mn__room(const struct mn_model *m, int endpoint, int nodes[MN__MOST_IN_ROOM]);

/* Adds what stands in the room, on the ground `frame`, to a picture in which the endpoint is the
 * item `at`; with the cables between them. */
void mn__room_add(struct mn__small *s, int endpoint, int at, int frame);

/* A node of a site as an item on `frame`; `sub` is its second line. */
struct mn__item mn__room_item(struct mn__sheet *sheet, int node, const char *sub, int frame);

/* The services that are meeting systems: the one that is meant when none is named is the first of
 * those that are used at the site (-1: anywhere), main activities before others. -1: none. */
int mn__meeting_service(const struct mn_model *m, int site);

#endif
