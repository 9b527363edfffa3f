/* Typed values out of a map whose shape was checked: what is missing or bad gives the default. */
#ifndef MN_MODEL_FIELDS_H
#define MN_MODEL_FIELDS_H

#include "model/model.h"
#include "model/tree.h"

const char *mn__string(const struct mn__item *map, enum mn__key key); /* or NULL */
struct mn_text mn__text(const struct mn__item *map, enum mn__key key);
struct mn_name mn__name(const struct mn__item *map, enum mn__key key);
int mn__seconds(const struct mn__item *map, enum mn__key key);      /* or -1 */
int32_t mn__delay_ms(const struct mn__item *map, enum mn__key key); /* or -1 */
int64_t mn__bits(const struct mn__item *map, enum mn__key key, int64_t missing);
int mn__count(const struct mn__item *map, enum mn__key key); /* or -1 */
bool mn__true(const struct mn__item *map, enum mn__key key); /* false when missing */
struct mn_failover mn__failover(const struct mn__item *map); /* its `failover` */
struct mn_strings mn__strings(struct mn_arena *a, const struct mn__item *list);
struct mn_ints mn__ints(struct mn_arena *a, const int *at, size_t n);

#endif
