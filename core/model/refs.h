/* References: from the id that a file says to the place in the model, with a complaint and a
 * suggestion when nothing has that id. */
#ifndef MN_MODEL_REFS_H
#define MN_MODEL_REFS_H

#include "model/load.h"

/* Looks an id up in a section; -1 after a complaint, and for NULL. */
int mn__ref(struct mn__load *l, enum mn__section s, const struct mn__item *it);

enum {
    MN__NODE = 1 << MN_NODE,
    MN__LINK = 1 << MN_LINK,
    MN__SERVICE = 1 << MN_SERVICE,
    MN__GROUP = 1 << MN_GROUP,
};

/* Looks a component of one of the classes up, by its id or, with a site, by its name in the site.
 * Returns its place among the components, or -1 after a complaint. */
int mn__ref_component(struct mn__load *l, const struct mn__item *it, int site, unsigned classes);

/* The same for the end of a link, whose port (an atom, or 0) goes to *port. Returns a component. */
int mn__ref_end(struct mn__load *l, const struct mn__item *it, int site, uint32_t *port);

/* A component without complaint: -1 when there is none. */
int mn__find_component(const struct mn__load *l, const char *text, size_t n, int site);

/* A team or role; is = MN_PARTY_NONE for NULL and after a complaint. */
struct mn_party mn__ref_party(struct mn__load *l, const struct mn__item *it);

/* A site of whose parts some are not known, because what says them was refused. */
bool mn__site_is_open(const struct mn__load *l, int site);

/* Tells what was held back because a file is missing, unless it is so much that the file is to
 * blame. */
void mn__tell_held(struct mn__load *l);

/* Whether the id may be defined in a file that could not be read. */
bool mn__may_exist(struct mn__load *l, const char *id);

/* A list of references as places in the section (or components), in order, without repetitions. */
struct mn_ints mn__refs(struct mn__load *l, enum mn__section s, const struct mn__item *list);
struct mn_ints mn__component_refs(struct mn__load *l, const struct mn__item *list, int site,
                                  unsigned classes);
/* The same for services, as places among the services. */
struct mn_ints mn__service_refs(struct mn__load *l, const struct mn__item *list);

#endif
