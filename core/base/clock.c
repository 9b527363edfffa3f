/* UTC seconds, and how they are written. */
#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t mn_clock_now(void) {
    const char *fixed = getenv("MN_NOW");
    int64_t t;
    if (fixed && mn_time_parse(fixed, &t))
        return t;
    if (fixed && *fixed) {
        char *end;
        t = strtoll(fixed, &end, 10);
        if (*end == '\0')
            return t;
    }
    return (int64_t)time(NULL);
}

void mn_time_utc(int64_t t, char out[MN_TIME_TEXT]) {
    time_t seconds = (time_t)t;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(out, MN_TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void mn_time_local(int64_t t, int offset_minutes, char out[MN_TIME_TEXT]) {
    time_t seconds = (time_t)(t + (int64_t)offset_minutes * 60);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(out, MN_TIME_TEXT, "%d/%m/%Y %H:%M", &tm);
}

int mn_time_year(int64_t t, int offset_minutes) {
    char text[MN_TIME_TEXT];
    mn_time_utc(t + (int64_t)offset_minutes * 60, text);
    return (int)strtol(text, NULL, 10);
}

bool mn_time_parse(const char *s, int64_t *t) {
    struct tm tm;
    memset(&tm, 0, sizeof tm);
    const char *end = strptime(s, "%Y-%m-%dT%H:%M:%SZ", &tm);
    if (!end || *end)
        return false;
    *t = (int64_t)timegm(&tm);
    return true;
}

bool mn_time_given(const char *s, int64_t now, int offset_minutes, int64_t *t) {
    int seconds;
    if (mn_time_parse(s, t))
        return true;
    if (mn_parse_duration(s, &seconds)) {
        *t = now + seconds;
        return true;
    }
    time_t local = (time_t)(now + (int64_t)offset_minutes * 60);
    struct tm tm;
    gmtime_r(&local, &tm);
    tm.tm_sec = 0;
    const char *end = strptime(s, "%H:%M", &tm);
    if (!end || *end) {
        memset(&tm, 0, sizeof tm);
        end = strptime(s, "%d/%m/%Y %H:%M", &tm);
    }
    int day = tm.tm_mday; /* the thirty-first of November is no day, not the first of December */
    if (!end || *end)
        return false;
    *t = (int64_t)timegm(&tm) - (int64_t)offset_minutes * 60;
    return tm.tm_mday == day;
}

bool mn_parse_duration(const char *s, int *seconds) {
    static const char units[] = "smhd";
    static const int size[] = {1, 60, 3600, 86400};
    int64_t n = 0;
    size_t i = 0;
    for (; i < 9 && s[i] >= '0' && s[i] <= '9'; i++)
        n = n * 10 + (s[i] - '0');
    const char *unit = i > 0 && s[i] ? strchr(units, s[i]) : NULL;
    if (!unit || s[i + 1])
        return false;
    n *= size[unit - units];
    *seconds = n > INT32_MAX ? INT32_MAX : (int)n;
    return true;
}

int mn_utc_offset(void) {
    const char *s = getenv("MN_UTC_OFFSET");
    unsigned hours, minutes;
    char sign, more;
    if (s && sscanf(s, "%c%2u:%2u%c", &sign, &hours, &minutes, &more) == 3 &&
        (sign == '+' || sign == '-') && hours <= 14 && minutes < 60)
        return (sign == '-' ? -1 : 1) * (int)(hours * 60 + minutes);
    return 7 * 60;
}
