/* Below the picture of a site: what gives it power, and the services that are used there by where
 * they run. */
#ifndef MN_DIAGRAM_SITE_LISTS_H
#define MN_DIAGRAM_SITE_LISTS_H

#include "diagram/sheet.h"

/* Each draws its list into `r` with texts of that size and returns the height that it takes; with
 * draw false it only measures, and r.h does not matter. 0: there is nothing to tell. */
double mn__site_power(struct mn__sheet *sheet, int site, struct mn__rect r, double size, bool draw);
double mn__site_services(struct mn__sheet *sheet, int site, struct mn__rect r, double size,
                         bool draw);

#endif
