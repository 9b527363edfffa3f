/* Scalars of the format: what is well-formed, and what it says in numbers. Each parser returns
 * false when the text is something else; the patterns are those of topology/schema.json. */
#ifndef MN_MODEL_VALUES_H
#define MN_MODEL_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool mn__is_id(const char *s, size_t n);        /* router-2, 26740 */
bool mn__is_component(const char *s, size_t n); /* an id, or SITE/NAME */
bool mn__is_end(const char *s, size_t n);       /* a component, or component:port */

bool mn__is_inside(const char *path); /* neither absolute nor with `..` */

bool mn__parse_delay(const char *s, int32_t *ms);            /* the same, and 15ms */
bool mn__parse_capacity(const char *s, int64_t *bits);       /* 64K 200M 10G, decimal */
bool mn__parse_date(const char *s);                          /* YYYY-MM-DD in form */
bool mn__is_calendar_date(const char *s);                    /* and that day exists */
bool mn__parse_bool(const char *s, bool *value);             /* true, false */
bool mn__parse_count(const char *s, int *value);             /* 0 … 999999999 */
bool mn__parse_share(const char *s, int32_t *ppm);           /* 0 … 1, in millionths */
bool mn__parse_rate(const char *s, int64_t *ppm);            /* 0 or more, in millionths */
bool mn__parse_degrees(const char *s, int max, int32_t *e5); /* -max … max, × 100000 */

#endif
