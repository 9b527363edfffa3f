/* Scalars of the format, read and written. Decimals stay integers: the model's hash and every score
 * must be the same on every machine. */
#include "model/values.h"

#include "base/clock.h"
#include "model/limits.h"
#include "model/model.h"

#include <stdio.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool starts_id(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* How many bytes from s on are an id. */
static size_t id_length(const char *s, size_t n) {
    if (n == 0 || !starts_id(s[0]))
        return 0;
    size_t i = 1;
    while (i < n && (starts_id(s[i]) || s[i] == '.' || s[i] == '-'))
        i++;
    return i <= MN__MAX_ID ? i : 0;
}

static size_t component_length(const char *s, size_t n) {
    size_t i = id_length(s, n);
    if (i > 0 && i < n && s[i] == '/') {
        size_t local = id_length(s + i + 1, n - i - 1);
        return local ? i + 1 + local : i;
    }
    return i;
}

bool mn__is_id(const char *s, size_t n) {
    return n > 0 && id_length(s, n) == n;
}

bool mn__is_component(const char *s, size_t n) {
    return n > 0 && component_length(s, n) == n;
}

static bool in_port(char c) {
    return starts_id(c) || (c >= 'A' && c <= 'Z') || (c && strchr("./_-", c));
}

bool mn__is_end(const char *s, size_t n) {
    size_t i = component_length(s, n);
    if (i == 0 || i == n)
        return i > 0;
    if (s[i] != ':' || i + 1 == n || n - i > MN__MAX_ID || !in_port(s[i + 1]) ||
        strchr("./_-", s[i + 1]))
        return false;
    for (i++; i < n; i++) {
        if (!in_port(s[i]))
            return false;
    }
    return true;
}

bool mn__is_inside(const char *path) {
    if (*path == '/')
        return false;
    for (const char *p = path; *p; p++) {
        bool starts = p == path || p[-1] == '/';
        if (starts && p[0] == '.' && p[1] == '.' && (p[2] == '/' || !p[2]))
            return false;
    }
    return true;
}

/* Up to `most` digits; returns how many there were. */
static size_t digits(const char *s, size_t most, int64_t *value) {
    size_t i = 0;
    for (*value = 0; i < most && is_digit(s[i]); i++)
        *value = *value * 10 + (s[i] - '0');
    return i;
}

bool mn__parse_delay(const char *s, int32_t *ms) {
    int64_t n;
    size_t i = digits(s, 9, &n);
    if (i > 0 && strcmp(s + i, "ms") == 0) {
        *ms = (int32_t)n;
        return true;
    }
    int seconds;
    if (!mn_parse_duration(s, &seconds))
        return false;
    *ms = seconds > INT32_MAX / 1000 ? INT32_MAX : seconds * 1000;
    return true;
}

bool mn__parse_capacity(const char *s, int64_t *bits) {
    size_t i = digits(s, 12, bits);
    if (i == 0 || s[0] == '0')
        return false;
    int64_t unit = s[i] == 'K' ? 1000 : s[i] == 'M' ? 1000000 : s[i] == 'G' ? 1000000000 : 1;
    if (unit > 1)
        i++;
    if (s[i])
        return false;
    if (__builtin_mul_overflow(*bits, unit, bits))
        *bits = INT64_MAX;
    return true;
}

static bool read_date(const char *s, int *year, int *month, int *day) {
    if (strlen(s) != 10 || s[4] != '-' || s[7] != '-')
        return false;
    int64_t y, m, d;
    if (digits(s, 4, &y) != 4 || digits(s + 5, 2, &m) != 2 || digits(s + 8, 2, &d) != 2)
        return false;
    *year = (int)y, *month = (int)m, *day = (int)d;
    return m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

bool mn__parse_date(const char *s) {
    int year, month, day;
    return read_date(s, &year, &month, &day);
}

bool mn__is_calendar_date(const char *s) {
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    if (!read_date(s, &year, &month, &day))
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= length[month - 1] + (month == 2 && leap);
}

bool mn__parse_bool(const char *s, bool *value) {
    *value = strcmp(s, "true") == 0;
    return *value || strcmp(s, "false") == 0;
}

bool mn__parse_count(const char *s, int *value) {
    int64_t n;
    size_t i = digits(s, 9, &n);
    *value = (int)n;
    return i > 0 && !s[i];
}

/* DIGITS or DIGITS.DIGITS, times 10^places; what is finer than that is cut off. */
static bool decimal(const char *s, size_t most, int places, int64_t *value) {
    size_t i = digits(s, most, value);
    if (i == 0)
        return false;
    const char *f = s + i;
    if (*f == '.' && !is_digit(*++f))
        return false;
    for (int p = 0; p < places; p++) {
        *value *= 10;
        if (is_digit(*f))
            *value += *f++ - '0';
    }
    while (f > s + i && is_digit(*f))
        f++;
    return !*f;
}

bool mn__parse_share(const char *s, int32_t *ppm) {
    int64_t n;
    if (!decimal(s, 1, 6, &n) || n > 1000000)
        return false;
    *ppm = (int32_t)n;
    return s[0] == '0' || strspn(s, "1.0") == strlen(s);
}

bool mn__parse_rate(const char *s, int64_t *ppm) {
    return decimal(s, 9, 6, ppm);
}

bool mn__parse_degrees(const char *s, int max, int32_t *e5) {
    bool negative = *s == '-';
    int64_t n;
    if (!decimal(s + negative, 3, 5, &n) || n > max * INT64_C(100000))
        return false;
    *e5 = (int32_t)(negative ? -n : n);
    return true;
}

void mn_capacity_text(int64_t bits, char out[24]) {
    static const struct {
        int64_t size;
        const char *name;
    } units[] = {{1000000000, "G"}, {1000000, "M"}, {1000, "K"}, {1, ""}};
    size_t i = 0;
    while (bits % units[i].size)
        i++;
    snprintf(out, 24, "%lld%s", (long long)(bits / units[i].size), units[i].name);
}

void mn_duration_text(int seconds, char out[24]) {
    static const struct {
        int size;
        const char *name;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}};
    size_t i = seconds ? 0 : 3;
    while (seconds % units[i].size)
        i++;
    snprintf(out, 24, "%d%s", seconds / units[i].size, units[i].name);
}
