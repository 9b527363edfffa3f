/* Time: UTC seconds, always handed in, never asked for below cli/. */
#ifndef MN_BASE_CLOCK_H
#define MN_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MN_TIME_TEXT 40

/* Seconds since 1970 UTC. MN_NOW in the environment (seconds or ISO 8601) replaces the real clock:
 * for tests and for telling what would be due. */
int64_t mn_clock_now(void);

/* ISO 8601 in UTC: 2026-11-22T08:15:00Z. */
void mn_time_utc(int64_t t, char out[MN_TIME_TEXT]);

/* For a person, at an offset of minutes from UTC: 22/11/2026 15:15 (vi and en alike). */
void mn_time_local(int64_t t, int offset_minutes, char out[MN_TIME_TEXT]);

/* The year at an offset of minutes from UTC. */
int mn_time_year(int64_t t, int offset_minutes);

/* Parses what mn_time_utc writes; false when it is something else. */
bool mn_time_parse(const char *s, int64_t *t);

/* A time as a person gives it: what mn_time_utc writes; "15:30", which is of the day of `now`, or
 * "22/11/2026 15:30", both at an offset of minutes from UTC; "4h", counted from `now`. False when
 * it is something else. */
bool mn_time_given(const char *s, int64_t now, int offset_minutes, int64_t *t);

/* Seconds of "90s", "30m", "4h", "2d": up to nine digits and a unit; INT32_MAX for what is more.
 * False when it is something else. */
bool mn_parse_duration(const char *s, int *seconds);

/* Minutes east of UTC: MN_UTC_OFFSET (such as +07:00) in the environment, else +420. */
int mn_utc_offset(void);

#endif
