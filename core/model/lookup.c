/* What a person may mean by a code, an id or a name: accents, tones and case do not matter, but who
 * writes them is taken at their word. */
#include "base/unicode.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words that a unit's name may begin or end with, folded; people leave them out. */
static const char *const before[] = {"phuong ",   "xa ",   "dac khu ",
                                     "thi tran ", "ward ", "commune "};
static const char *const behind[] = {" ward", " commune", " special zone"};

/* How well a name fits what was typed. */
enum fit { NO_FIT, FITS, FITS_TO_THE_LETTER };

static bool same_without_type(const char *name, const char *wanted) {
    for (size_t i = 0; i < MN_COUNT(before); i++) {
        size_t n = strlen(before[i]);
        if (strncmp(name, before[i], n) == 0 && strcmp(name + n, wanted) == 0)
            return true;
        if (strncmp(wanted, before[i], n) == 0 && strcmp(wanted + n, name) == 0)
            return false; /* a type was typed, the name has none: not meant */
    }
    for (size_t i = 0; i < MN_COUNT(behind); i++) {
        size_t n = strlen(behind[i]), all = strlen(name), rest = strlen(wanted);
        if (all <= n || strcmp(name + all - n, behind[i]) != 0)
            continue;
        if (rest == all - n && strncmp(name, wanted, rest) == 0)
            return true;
        /* "ward Sai Gon" for "Sai Gon Ward" */
        if (rest == all && strncmp(wanted, behind[i] + 1, n - 1) == 0 && wanted[n - 1] == ' ' &&
            strncmp(wanted + n, name, all - n) == 0)
            return true;
    }
    return false;
}

struct wanted {
    char *folded, *letters;
};

/* The name holds what was typed as it was typed. */
static bool to_the_letter(const char *name, const char *letters) {
    size_t n = strlen(name), k = strlen(letters);
    return k <= n && (strcasecmp(name + n - k, letters) == 0 || strncasecmp(name, letters, k) == 0);
}

static enum fit fit_text(const char *text, const struct wanted *w) {
    if (!text)
        return NO_FIT;
    char *folded = mn_fold(text);
    bool fits = strcmp(folded, w->folded) == 0 || same_without_type(folded, w->folded);
    free(folded);
    if (!fits)
        return NO_FIT;
    return to_the_letter(text, w->letters) ? FITS_TO_THE_LETTER : FITS;
}

static enum fit fit_name(const struct mn_name *name, const struct wanted *w) {
    const char *const texts[] = {name->full.vi, name->full.en, name->small.vi, name->small.en};
    enum fit best = NO_FIT;
    for (size_t i = 0; i < MN_COUNT(texts); i++) {
        enum fit fit = fit_text(texts[i], w);
        best = fit > best ? fit : best;
    }
    return best;
}

/* Everything in the scopes, one after the other. */
struct thing {
    struct mn_found found;
    const char *id;
    const struct mn_name *name;
};

static bool nth_thing(const struct mn_model *m, unsigned scopes, int *at, struct thing *t) {
    int i = (*at)++;
    if (i < m->n_sites) {
        *t = (struct thing){{MN_SCOPE_SITE, i}, m->sites[i].id, &m->sites[i].name};
    } else if ((i -= m->n_sites) < m->n_areas) {
        *t = (struct thing){{MN_SCOPE_AREA, i}, m->areas[i].id, &m->areas[i].name};
    } else if ((i -= m->n_areas) < m->n_teams) {
        *t = (struct thing){{MN_SCOPE_TEAM, i}, m->teams[i].id, &m->teams[i].name};
    } else if ((i -= m->n_teams) < m->n_components) {
        const struct mn_component *c = &m->components[i];
        bool service = !(scopes & MN_SCOPE_COMPONENT) && c->cls == MN_SERVICE;
        *t = (struct thing){{service ? MN_SCOPE_SERVICE : MN_SCOPE_COMPONENT, i}, c->id, &c->name};
    } else {
        return false;
    }
    return true;
}

static bool exact(const struct mn_model *m, const char *text, unsigned scopes,
                  struct mn_found *found) {
    const struct {
        enum mn_scope scope;
        int index;
    } tries[] = {
        {MN_SCOPE_SITE, mn_model_site(m, text)},
        {MN_SCOPE_COMPONENT, mn_model_component(m, text)},
        {MN_SCOPE_SERVICE, mn_model_component(m, text)},
        {MN_SCOPE_AREA, mn_model_area(m, text)},
        {MN_SCOPE_TEAM, mn_model_team(m, text)},
    };
    for (size_t i = 0; i < MN_COUNT(tries); i++) {
        if (!(scopes & tries[i].scope) || tries[i].index < 0)
            continue;
        if (tries[i].scope == MN_SCOPE_SERVICE && m->components[tries[i].index].cls != MN_SERVICE)
            continue;
        *found = (struct mn_found){tries[i].scope, tries[i].index};
        return true;
    }
    return false;
}

#define SHOWN 10

struct result {
    struct thing at[SHOWN];
    int n;
};

static void add(struct result *r, const struct thing *t) {
    if (r->n < SHOWN)
        r->at[r->n] = *t;
    r->n++;
}

static void tell_ambiguous(const char *text, const struct result *r, struct mn_diags *d) {
    mn_diag(d, MN_D_lookup_ambiguous, MN_NOWHERE, MN_ARGS(text));
    for (int i = 0; i < r->n && i < SHOWN; i++)
        mn_diag_note(d, MN_D_lookup_could_be, MN_NOWHERE,
                     MN_ARGS(r->at[i].id,
                             r->at[i].name->full.vi ? r->at[i].name->full.vi : r->at[i].id,
                             r->at[i].name->full.en ? r->at[i].name->full.en : r->at[i].id));
    if (r->n > SHOWN) {
        char more[16];
        snprintf(more, sizeof more, "%d", r->n - SHOWN);
        mn_diag_note(d, MN_D_lookup_more, MN_NOWHERE, MN_ARGS(more));
    }
}

struct candidates {
    const char **folded, **shown;
    size_t n, cap_folded, cap_shown;
};

static void add_candidate(struct candidates *c, struct mn_arena *a, const char *text) {
    if (!text)
        return;
    char *folded = mn_fold(text);
    const char *name = folded;
    for (size_t i = 0; i < MN_COUNT(before); i++) { /* a slip in the name, not in its type */
        size_t n = strlen(before[i]);
        if (strncmp(folded, before[i], n) == 0)
            name = folded + n;
    }
    c->folded = mn_grow(c->folded, &c->cap_folded, c->n + 1, sizeof *c->folded);
    c->shown = mn_grow(c->shown, &c->cap_shown, c->n + 1, sizeof *c->shown);
    c->folded[c->n] = mn_arena_strdup(a, name);
    c->shown[c->n++] = text;
    free(folded);
}

static void tell_nothing(const struct mn_model *m, const char *text, unsigned scopes,
                         const char *folded, struct mn_diags *d) {
    mn_diag(d, MN_D_lookup_nothing, MN_NOWHERE, MN_ARGS(text));
    struct mn_arena *a = mn_arena_new();
    struct candidates c = {0};
    struct thing t;
    for (int i = 0; nth_thing(m, scopes, &i, &t);) {
        if (!(scopes & t.found.scope))
            continue;
        add_candidate(&c, a, t.id);
        add_candidate(&c, a, t.name->full.vi);
        add_candidate(&c, a, t.name->full.en);
    }
    const char *name = folded;
    for (size_t i = 0; i < MN_COUNT(before); i++)
        if (strncmp(folded, before[i], strlen(before[i])) == 0)
            name = folded + strlen(before[i]);
    int near = mn_nearest(name, c.folded, c.n);
    if (near >= 0)
        mn_diag_note(d, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(c.shown[near]));
    free(c.folded);
    free(c.shown);
    mn_arena_free(a);
}

bool mn_model_lookup(const struct mn_model *m, const char *text, unsigned scopes,
                     struct mn_found *found, struct mn_diags *d) {
    if (exact(m, text, scopes, found))
        return true;
    struct wanted w = {mn_fold(text), mn_nfc(text)};
    struct result all = {.n = 0}, letters = {.n = 0};
    struct thing t;
    for (int i = 0; *w.folded && w.letters && nth_thing(m, scopes, &i, &t);) {
        if (!(scopes & t.found.scope))
            continue;
        enum fit fit = fit_name(t.name, &w);
        if (fit != NO_FIT)
            add(&all, &t);
        if (fit == FITS_TO_THE_LETTER)
            add(&letters, &t);
    }
    const struct result *r = letters.n == 1 ? &letters : &all;
    if (r->n == 1)
        *found = r->at[0].found;
    else if (r->n > 1)
        tell_ambiguous(text, r, d);
    else
        tell_nothing(m, text, scopes, w.folded, d);
    bool one = r->n == 1;
    free(w.folded);
    free(w.letters);
    return one;
}
