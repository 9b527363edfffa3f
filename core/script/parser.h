/* Inside script/ only: what walking a source knows as it goes, shared by the files that walk it. */
#ifndef MN_SCRIPT_PARSER_H
#define MN_SCRIPT_PARSER_H

#include "script/syntax.h"

#include <string.h>

/* What a local variable was given where it was last assigned. */
enum mn__origin {
    MN__ORIGIN_OTHER,
    MN__ORIGIN_FREE,    /* free text that a person gave */
    MN__ORIGIN_ANSWER,  /* what a person answered otherwise */
    MN__ORIGIN_COUNTER, /* the variable of a numeric loop */
};

struct mn__parser {
    const struct mn__token *at, *first;
    int file, depth;
    int function; /* that is walked: live.h */
    const struct mn__check *check;
    struct mn__words known;
    struct {
        struct mn__visible {
            const struct mn__token *name;
            int live; /* its number for live.h */
            enum mn__origin origin;
        } * at;
        size_t n, cap;
    } locals;
    /* The step's call that was read last: where it ends, and what it gives. */
    const struct mn__token *answer_end;
    enum mn__origin answer;
    const char *changes; /* what was read last that is not the same in every walk */
    struct {
        struct mn__value *at;
        size_t n, cap;
    } keys; /* the literal keys of steps, to find those used twice */
};

static inline struct mn__place mn__parser_place(const struct mn__parser *p,
                                                const struct mn__token *t) {
    return (struct mn__place){p->file, t->line, t->from, (int)t->n};
}

static inline bool mn__parser_is(const struct mn__parser *p, const char *word) {
    return mn__token_is(p->at, word);
}

static inline bool mn__parser_accept(struct mn__parser *p, const char *word) {
    if (!mn__parser_is(p, word))
        return false;
    p->at++;
    return true;
}

/* Past one token, never past the end: whatever the source, the walk ends. */
static inline const struct mn__token *mn__parser_take(struct mn__parser *p) {
    const struct mn__token *t = p->at;
    if (t->type != MN__TOKEN_END)
        p->at++;
    return t;
}

static inline bool mn__parser_same(const struct mn__token *t, const char *word) {
    return strlen(word) == t->n && memcmp(word, t->s, t->n) == 0;
}

static inline int mn__parser_here(const struct mn__parser *p) {
    return (int)(p->at - p->first);
}

static inline const char *mn__parser_word(const struct mn__parser *p, const struct mn__token *t) {
    return mn_arena_strndup(p->check->arena, t->s, t->n);
}

/* What the expression gives that ends here: one step's call and nothing else, or something else. */
static inline enum mn__origin mn__parser_origin(const struct mn__parser *p) {
    return p->answer_end == p->at ? p->answer : MN__ORIGIN_OTHER;
}

/* Makes a local variable visible from here on. */
void mn__names_declare(struct mn__parser *p, const struct mn__token *name, enum mn__origin origin);
/* Names that were declared since then are no longer visible. */
void mn__names_forget(struct mn__parser *p, size_t visible);
/* The visible local variable of that name, or NULL. */
struct mn__visible *mn__names_find(const struct mn__parser *p, const struct mn__token *name);
bool mn__names_is_local(const struct mn__parser *p, const struct mn__token *name);
/* The name stands here, to be read or written. */
void mn__names_use(const struct mn__parser *p, const struct mn__token *name);
/* A global must be known, or a diagnostic suggests another. */
void mn__names_use_global(const struct mn__parser *p, const struct mn__token *t);
/* `string.uper`: a name that the table in the library does not have. */
void mn__names_use_member(const struct mn__parser *p, const struct mn__token *table,
                          const struct mn__token *member);

/* A function of that name is called with that table: if it is the library's, what it is given is
 * checked, and its key remembered. */
void mn__library_call(struct mn__parser *p, const struct mn__token *callee,
                      const struct mn__value *arg, size_t n_args);

/* Whether the operand that begins with `first` and ends here is free text that a person gave, and
 * nothing more. */
bool mn__is_free_text(const struct mn__parser *p, const struct mn__token *first);
/* `==` and `~=` with free text run, and tell it from everything but nil: a diagnostic. */
void mn__check_comparison(const struct mn__parser *p, const struct mn__token *sign,
                          const struct mn__token *left, bool left_free,
                          const struct mn__token *right, bool right_free);

#endif
