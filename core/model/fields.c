/* Typed values out of a map whose shape was checked. */
#include "model/fields.h"

#include "base/clock.h"
#include "model/values.h"

const char *mn__string(const struct mn__item *map, enum mn__key key) {
    const struct mn__item *it = mn__get(map, key);
    return mn__is(it, MN__SCALAR) ? it->text : NULL;
}

struct mn_text mn__text(const struct mn__item *map, enum mn__key key) {
    const struct mn__item *it = mn__get(map, key);
    struct mn_text t = {mn__string(it, MN__K_vi), mn__string(it, MN__K_en)};
    return t.vi && t.en ? t : (struct mn_text){NULL, NULL};
}

struct mn_name mn__name(const struct mn__item *map, enum mn__key key) {
    return (struct mn_name){mn__text(map, key), mn__text(mn__get(map, key), MN__K_short_)};
}

int mn__seconds(const struct mn__item *map, enum mn__key key) {
    const char *s = mn__string(map, key);
    int seconds;
    return s && mn_parse_duration(s, &seconds) ? seconds : -1;
}

int32_t mn__delay_ms(const struct mn__item *map, enum mn__key key) {
    const char *s = mn__string(map, key);
    int32_t ms;
    return s && mn__parse_delay(s, &ms) ? ms : -1;
}

int64_t mn__bits(const struct mn__item *map, enum mn__key key, int64_t missing) {
    const char *s = mn__string(map, key);
    int64_t bits;
    return s && mn__parse_capacity(s, &bits) ? bits : missing;
}

int mn__count(const struct mn__item *map, enum mn__key key) {
    const char *s = mn__string(map, key);
    int n;
    return s && mn__parse_count(s, &n) ? n : -1;
}

bool mn__true(const struct mn__item *map, enum mn__key key) {
    const char *s = mn__string(map, key);
    bool value;
    return s && mn__parse_bool(s, &value) && value;
}

struct mn_failover mn__failover(const struct mn__item *map) {
    const struct mn__item *it = mn__get(map, MN__K_failover);
    return (struct mn_failover){mn__seconds(it, MN__K_after), mn__true(it, MN__K_manual)};
}

struct mn_strings mn__strings(struct mn_arena *a, const struct mn__item *list) {
    if (mn__is(list, MN__SCALAR)) {
        const char **one = MN_ARENA_ARRAY(a, const char *, 1);
        one[0] = list->text;
        return (struct mn_strings){1, one};
    }
    if (!mn__is(list, MN__LIST))
        return (struct mn_strings){0, NULL};
    const char **at = MN_ARENA_ARRAY(a, const char *, list->n);
    int n = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        if (mn__is(&list->items[i], MN__SCALAR))
            at[n++] = list->items[i].text;
    }
    return (struct mn_strings){n, at};
}

struct mn_ints mn__ints(struct mn_arena *a, const int *at, size_t n) {
    return n ? (struct mn_ints){(int)n, mn_arena_copy(a, at, n * sizeof *at)}
             : (struct mn_ints){0, NULL};
}
