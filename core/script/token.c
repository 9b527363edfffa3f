/* Lua's lexical rules, as far as they tell tokens apart. */
#include "script/token.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const KEYWORDS[] = {"and",   "break", "do",       "else", "elseif", "end",
                                       "false", "for",   "function", "goto", "if",     "in",
                                       "local", "nil",   "not",      "or",   "repeat", "return",
                                       "then",  "true",  "until",    "while"};

/* Longest first, so that the first that fits is the one. */
static const char *const OPS[] = {"...", "..", "==", "~=", "<=", ">=", "<<", ">>", "//", "::"};

struct reader {
    const char *s;
    size_t size, at;
    int line;
};

static int peek(const struct reader *r, size_t ahead) {
    return r->at + ahead < r->size ? (unsigned char)r->s[r->at + ahead] : -1;
}

static void step(struct reader *r) {
    if (peek(r, 0) == '\n')
        r->line++;
    r->at++;
}

/* The level of a long bracket that opens here ("[[": 0, "[=[": 1), or -1. */
static int long_level(const struct reader *r) {
    size_t n = 1;
    if (peek(r, 0) != '[')
        return -1;
    while (peek(r, n) == '=')
        n++;
    return peek(r, n) == '[' ? (int)(n - 1) : -1;
}

/* False when it has no end. */
static bool skip_long(struct reader *r, int level) {
    for (int i = 0; i < level + 2; i++)
        step(r);
    while (r->at < r->size) {
        bool closes = peek(r, 0) == ']';
        for (int i = 1; closes && i <= level; i++)
            closes = peek(r, (size_t)i) == '=';
        if (closes && peek(r, (size_t)level + 1) == ']') {
            r->at += (size_t)level + 2;
            return true;
        }
        step(r);
    }
    return false;
}

static void skip_blank(struct reader *r) {
    for (;;) {
        while (peek(r, 0) >= 0 && strchr(" \t\r\n\f\v", peek(r, 0)) && peek(r, 0))
            step(r);
        if (peek(r, 0) != '-' || peek(r, 1) != '-')
            return;
        struct reader begin = *r;
        r->at += 2;
        int level = long_level(r);
        if (level >= 0 && !skip_long(r, level)) {
            *r = begin; /* no comment: Lua will say that it has no end */
            return;
        }
        if (level < 0)
            while (peek(r, 0) >= 0 && peek(r, 0) != '\n')
                step(r);
    }
}

static void skip_string(struct reader *r) {
    int quote = peek(r, 0);
    step(r);
    while (peek(r, 0) >= 0 && peek(r, 0) != quote) {
        bool escape = peek(r, 0) == '\\';
        step(r);
        if (escape && peek(r, 0) >= 0)
            step(r);
    }
    if (peek(r, 0) >= 0)
        step(r);
}

static void skip_number(struct reader *r) {
    bool hex = peek(r, 0) == '0' && (peek(r, 1) == 'x' || peek(r, 1) == 'X');
    while (peek(r, 0) >= 0) {
        int c = tolower(peek(r, 0));
        bool exponent = hex ? c == 'p' : c == 'e';
        if (!isalnum(c) && c != '.' && c != '_') /* Lua takes it too, and then complains */
            return;
        step(r);
        if (exponent && (peek(r, 0) == '+' || peek(r, 0) == '-'))
            step(r);
    }
}

static enum mn__token_type read_token(struct reader *r) {
    int c = peek(r, 0);
    if (c < 0)
        return MN__TOKEN_END;
    if (isalpha(c) || c == '_') {
        size_t from = r->at;
        while (isalnum(peek(r, 0)) || peek(r, 0) == '_')
            r->at++;
        for (size_t i = 0; i < MN_COUNT(KEYWORDS); i++)
            if (strlen(KEYWORDS[i]) == r->at - from &&
                memcmp(KEYWORDS[i], r->s + from, r->at - from) == 0)
                return MN__TOKEN_KEYWORD;
        return MN__TOKEN_NAME;
    }
    if (isdigit(c) || (c == '.' && isdigit(peek(r, 1)))) {
        skip_number(r);
        return MN__TOKEN_NUMBER;
    }
    if (c == '"' || c == '\'') {
        skip_string(r);
        return MN__TOKEN_STRING;
    }
    int level = long_level(r);
    if (level >= 0) {
        skip_long(r, level);
        return MN__TOKEN_STRING;
    }
    for (size_t i = 0; i < MN_COUNT(OPS); i++) {
        size_t n = strlen(OPS[i]);
        if (n <= r->size - r->at && memcmp(OPS[i], r->s + r->at, n) == 0) {
            r->at += n;
            return MN__TOKEN_OP;
        }
    }
    r->at++;
    return MN__TOKEN_OP;
}

const struct mn__token *mn__tokens(const char *source, size_t size, struct mn_arena *a) {
    struct reader r = {source, size, 0, 1};
    struct mn__token *list = NULL;
    size_t n = 0, cap = 0;
    if (size > 0 && source[0] == '#')
        while (peek(&r, 0) >= 0 && peek(&r, 0) != '\n')
            r.at++;
    for (;;) {
        skip_blank(&r);
        struct mn__token t = {.from = (int)r.at};
        t.s = source + r.at;
        t.type = read_token(&r);
        t.n = r.at - (size_t)t.from;
        t.line = r.line;
        list = mn_grow(list, &cap, n + 1, sizeof(*list));
        list[n++] = t;
        if (t.type == MN__TOKEN_END)
            break;
    }
    const struct mn__token *kept = mn_arena_copy(a, list, n * sizeof(*list));
    free(list);
    return kept;
}

bool mn__token_is(const struct mn__token *t, const char *word) {
    return (t->type == MN__TOKEN_KEYWORD || t->type == MN__TOKEN_OP) && strlen(word) == t->n &&
           memcmp(word, t->s, t->n) == 0;
}

/* The code point as UTF-8; how many bytes. */
static size_t put_utf8(char *out, unsigned long c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
    return n;
}

const char *mn__token_string(const struct mn__token *t, struct mn_arena *a, size_t *n) {
    char *out = mn_arena_alloc(a, t->n + 1);
    size_t k = 0;
    *n = 0;
    if (t->n < 2)
        return out;
    if (t->s[0] == '[') {
        size_t skip = 2;
        while (skip - 1 < t->n && t->s[skip - 1] == '=')
            skip++;
        size_t from = skip, to = t->n >= 2 * skip ? t->n - skip : skip;
        if (from < to && t->s[from] == '\n')
            from++;
        memcpy(out, t->s + from, to - from);
        *n = to - from;
        return out;
    }
    for (size_t i = 1; i + 1 < t->n; i++) {
        static const char FROM[] = "abfnrtv", TO[] = "\a\b\f\n\r\t\v";
        if (t->s[i] != '\\') {
            out[k++] = t->s[i];
            continue;
        }
        int c = (unsigned char)t->s[++i];
        const char *plain = c ? strchr(FROM, c) : NULL;
        if (plain) {
            out[k++] = TO[plain - FROM];
        } else if (c == 'x') {
            char hex[3] = {t->s[i + 1], i + 3 < t->n ? t->s[i + 2] : '\0', '\0'};
            out[k++] = (char)strtoul(hex, NULL, 16);
            i += 2;
        } else if (isdigit(c)) {
            int value = 0;
            for (int d = 0; d < 3 && isdigit((unsigned char)t->s[i]); d++)
                value = value * 10 + (t->s[i++] - '0');
            i--;
            out[k++] = (char)value;
        } else if (c == 'u' && t->s[i + 1] == '{') {
            char *end;
            unsigned long code = strtoul(t->s + i + 2, &end, 16);
            k += put_utf8(out + k, code > 0x10ffff ? '?' : code);
            i = (size_t)(end - t->s);
        } else if (c == 'z') {
            while (i + 2 < t->n && isspace((unsigned char)t->s[i + 1]))
                i++;
        } else {
            out[k++] = (char)c;
        }
    }
    *n = k;
    return out;
}
