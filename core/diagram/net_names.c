/* What the parts of a network are called in a picture, where space is short. */
#include "diagram/net.h"

#include "base/unicode.h"

#include <ctype.h>
#include <string.h>

enum { COMMON_WORD = 5 };

const char *mn__full_name(struct mn_name name, enum mn_lang lang) {
    const char *s = mn_text_in(name.full, lang);
    return s ? s : "";
}

const char *mn__short_name(struct mn_name name, enum mn_lang lang) {
    const char *s = name.small.vi ? mn_text_in(name.small, lang) : NULL;
    return s && *s ? s : mn__full_name(name, lang);
}

bool mn__has_own_name(const struct mn_model *m, const struct mn_component *c) {
    if (c->kind < 0)
        return true;
    const char *name = mn__full_name(c->name, MN_VI);
    const char *kind = mn__full_name(m->kinds[c->kind].name, MN_VI);
    size_t n = strlen(kind);
    if (strncmp(name, kind, n) != 0)
        return true;
    if (!name[n])
        return false;
    const char *site = c->site >= 0 ? mn__full_name(m->sites[c->site].name, MN_VI) : "";
    size_t all = strlen(name), tail = strlen(site);
    return !tail || all < n + tail || strcmp(name + all - tail, site) != 0;
}

const char *mn__device_name(const struct mn_model *m, int component, enum mn_lang lang,
                            bool brief) {
    const struct mn_component *c = &m->components[component];
    struct mn_name name = mn__has_own_name(m, c) ? c->name : m->kinds[c->kind].name;
    return brief ? mn__short_name(name, lang) : mn__full_name(name, lang);
}

unsigned mn__device_parts(const struct mn_model *m, int component) {
    return mn__has_own_name(m, &m->components[component]) ? MN__NAME : MN__NAME | MN__ROLE;
}

const char *mn__node_name(const struct mn_model *m, int node, enum mn_lang lang,
                          struct mn_arena *arena) {
    const struct mn_component *c = &m->components[m->nodes[node].component];
    const char *name = mn__device_name(m, m->nodes[node].component, lang, false);
    if (c->site < 0 || mn__has_own_name(m, c))
        return name;
    const char *site = mn__full_name(m->sites[c->site].name, lang);
    int transit = 0;
    for (int i = 0; i < m->sites[c->site].nodes.n; i++)
        transit += m->nodes[m->sites[c->site].nodes.at[i]].transit;
    if (transit <= 1 && m->nodes[node].transit)
        return site;
    const char *local = strrchr(c->id, '/');
    return mn_arena_printf(arena, "%s · %s", site, local ? local + 1 : c->id);
}

/* The first word of a name, or its last: what type words are in one language or another. */
static size_t edge_word(const char *name, bool last, const char **at) {
    const char *space = last ? strrchr(name, ' ') : strchr(name, ' ');
    *at = last && space ? space + 1 : name;
    return !space ? 0 : last ? strlen(space + 1) : (size_t)(space - name);
}

void mn__find_words(struct mn__net *net, enum mn_lang lang, const bool *unit) {
    const char *words[32];
    size_t sizes[32];
    int counts[32] = {0}, n = 0;
    for (int s = 0; s < net->m->n_sites; s++)
        for (int last = 0; last < 2 && unit[s]; last++) {
            const char *at;
            size_t size = edge_word(mn__full_name(net->m->sites[s].name, lang), last, &at);
            int k = 0;
            while (k < n && (sizes[k] != size || memcmp(words[k], at, size) != 0))
                k++;
            if (!size || k == 32)
                continue;
            if (k == n) {
                words[n] = at;
                sizes[n++] = size;
            }
            counts[k]++;
        }
    for (int k = 0; k < n; k++)
        if (counts[k] >= COMMON_WORD && counts[k] * 7 >= net->n_units &&
            mn_utf8_count(words[k], sizes[k]) > 1 && net->n_words < (int)MN_COUNT(net->words))
            net->words[net->n_words++] = mn_arena_strndup(net->arena, words[k], sizes[k]);
}

int mn__unit_word(const struct mn__net *net, const char *name, const char **rest, size_t *size) {
    *rest = name;
    *size = strlen(name);
    for (int i = 0; i < net->n_words; i++)
        for (int last = 0; last < 2; last++) {
            const char *at;
            size_t n = edge_word(name, last, &at);
            if (!n || n != strlen(net->words[i]) || memcmp(at, net->words[i], n) != 0)
                continue;
            *rest = last ? name : name + n + 1;
            *size -= n + 1;
            return i;
        }
    return -1;
}

const char *mn__unit_name(const struct mn__net *net, int site, enum mn_lang lang) {
    const char *name = mn__short_name(net->m->sites[site].name, lang);
    for (int i = 0; i < net->n_words; i++)
        for (int last = 0; last < 2; last++) {
            const char *at;
            size_t size = edge_word(name, last, &at), used;
            if (!size || size != strlen(net->words[i]) || memcmp(at, net->words[i], size) != 0)
                continue;
            mn_utf8_decode(at, size, &used);
            return last ? mn_arena_printf(net->arena, "%.*s%.*s.", (int)(at - name), name,
                                          (int)used, at)
                        : mn_arena_printf(net->arena, "%.*s.%s", (int)used, at, at + size);
        }
    return name;
}

const char *mn__point_name(const struct mn__net *net, int point, enum mn_lang lang) {
    int site = mn__node_site(net->m, point), others = 0;
    if (site < 0)
        return mn__node_name(net->m, point, lang, net->arena);
    for (int i = 0; i < net->m->sites[site].nodes.n; i++) {
        int node = net->m->sites[site].nodes.at[i];
        others += net->point[node] >= 0 && net->point[node] != net->point[point];
    }
    return others || net->point[point] < 0 ? mn__node_name(net->m, point, lang, net->arena)
                                           : mn__full_name(net->m->sites[site].name, lang);
}

void mn__find_prefix(struct mn__net *net, enum mn_lang lang) {
    const char *first = NULL;
    size_t common = 0;
    int n = 0;
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *c = &net->clusters[i];
        if (c->point < 0 || c->visiting || !c->common)
            continue;
        const char *name = mn__point_name(net, c->point, lang);
        size_t same = 0;
        if (!first) {
            first = name;
            common = strlen(name);
        }
        while (same < common && first[same] == name[same])
            same++;
        common = same;
        n++;
    }
    while (common && first[common - 1] != ' ')
        common--;
    net->prefix = n > 2 && common ? mn_arena_strndup(net->arena, first, common) : "";
}

const char *mn__given_code(struct mn_name name, enum mn_lang lang, size_t letters) {
    const char *s = name.small.vi ? mn_text_in(name.small, lang) : NULL;
    return s && *s && mn_utf8_count(s, strlen(s)) <= letters ? s : NULL;
}

/* "mobile-4g" → 4G: the word of the id with a digit, else the first three letters of its last. */
static const char *make_kind_code(const char *id, struct mn_arena *arena) {
    const char *last = id;
    for (const char *w = id; *w;) {
        size_t n = strcspn(w, "-.");
        last = w;
        for (size_t i = 0; i < n && n <= MN__CODE_LETTERS; i++)
            if (isdigit((unsigned char)w[i])) {
                char *code = mn_arena_strndup(arena, w, n);
                for (char *c = code; *c; c++)
                    *c = (char)toupper((unsigned char)*c);
                return code;
            }
        w += n + (w[n] != '\0');
    }
    char *code = mn_arena_strndup(arena, last, strlen(last) > 3 ? 3 : strlen(last));
    for (char *c = code; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    return code;
}

void mn__find_kind_codes(struct mn__net *net, enum mn_lang lang) {
    const struct mn_model *m = net->m;
    const char **codes = mn_arena_alloc(net->arena, sizeof *codes * ((size_t)m->n_kinds + 1));
    for (int i = 0; i < m->n_kinds; i++) {
        const char *code = mn__given_code(m->kinds[i].name, lang, MN__CODE_LETTERS);
        codes[i] = code ? code : make_kind_code(m->kinds[i].id, net->arena);
    }
    net->kind_code = codes;
}
