/* Paths as JSON, and as text that fits a narrow terminal. */
#include "analysis/path.h"

#include "base/unicode.h"

#include <string.h>

/* ---- JSON ---- */

static const char *id_of(const struct mn_model *m, int component) {
    return m->components[component].id;
}

static const char *place_id(const struct mn_model *m, struct mn_found place) {
    return place.scope == MN_SCOPE_SITE ? m->sites[place.index].id : id_of(m, place.index);
}

static json_t *ids(const struct mn_model *m, const int *components, int n) {
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, json_string(id_of(m, components[i])));
    return list;
}

static json_t *route_json(const struct mn_model *m, const struct mn_route *r) {
    if (r->n == 0)
        return json_null();
    json_t *capacity = r->capacity < 0 ? json_null() : json_integer(r->capacity);
    return json_pack("{s:o, s:i, s:i, s:o}", "components", ids(m, r->components, r->n), "links",
                     r->n / 2, "delay_ms", r->delay_ms, "capacity", capacity);
}

json_t *mn_paths_json(const struct mn_model *m, const struct mn_paths *p) {
    json_t *list = json_array();
    for (int i = 0; i < p->n; i++) {
        const struct mn_path *path = &p->at[i];
        json_t *one = json_pack(
            "{s:s, s:s, s:o, s:o, s:o}", "from", id_of(m, m->nodes[path->from].component), "to",
            id_of(m, m->nodes[path->to].component), "in_use", route_json(m, &path->in_use),
            "alternative", route_json(m, &path->alternative), "shared",
            ids(m, path->shared.at, path->shared.n));
        json_array_append_new(list, one);
    }
    const char *service = p->service < 0 ? NULL : id_of(m, m->services[p->service].component);
    return json_pack("{s:s, s:s, s:s?, s:o}", "from", place_id(m, p->from), "to",
                     place_id(m, p->to), "service", service, "paths", list);
}

/* ---- text ---- */

/* Adds as much of `s` as fits `width` columns (… for the rest), padded with spaces if `pad`. */
static void add_fitting(struct mn_buf *out, const char *s, int width, bool pad) {
    size_t n = strlen(s), limit = (size_t)width, taken = 0, columns = 0;
    bool cut = mn_width(s, n) > limit;
    while (taken < n) {
        size_t used;
        mn_utf8_decode(s + taken, n - taken, &used);
        size_t wide = mn_width(s + taken, used);
        if (columns + wide + cut > limit)
            break;
        mn_buf_add(out, s + taken, used);
        taken += used;
        columns += wide;
    }
    if (cut) {
        mn_buf_puts(out, "…");
        columns++;
    }
    if (pad)
        mn_buf_repeat(out, ' ', limit - columns);
}

static bool is_in(int x, const int *list, int n) {
    for (int i = 0; i < n; i++)
        if (list[i] == x)
            return true;
    return false;
}

/* The name, or without the place after the dash where it would not fit: the id says the place too.
 */
static void add_name(struct mn_buf *out, const char *name, int width) {
    const char *place = strstr(name, " – ");
    struct mn_buf b = MN_BUF_INIT;
    bool fits = mn_width(name, strlen(name)) <= (size_t)width;
    mn_buf_add(&b, name, fits || !place ? strlen(name) : (size_t)(place - name));
    add_fitting(out, mn_buf_text(&b), width, false);
    mn_buf_fini(&b);
}

void mn_route_text(const struct mn_model *m, const struct mn_route *r, const int *failed,
                   int n_failed, int here, enum mn_lang lang, int width, struct mn_buf *out) {
    enum { MARK = 5, GAP = 2, SHORTEST_NAME = 10 };
    int longest = 0;
    for (int i = 0; i < r->n; i++) {
        int w = (int)strlen(id_of(m, r->components[i]));
        longest = w > longest ? w : longest;
    }
    if (longest > width - MARK - GAP - SHORTEST_NAME)
        longest = width - MARK - GAP - SHORTEST_NAME;
    for (int i = 0; i < r->n; i++) {
        const struct mn_component *c = &m->components[r->components[i]];
        bool broken = is_in(r->components[i], failed, n_failed);
        char mark = broken ? 'x' : r->components[i] == here ? '*' : c->cls == MN_LINK ? '|' : ' ';
        mn_buf_printf(out, c->cls == MN_NODE ? "(%c)  " : " %c   ", mark);
        add_fitting(out, c->id, longest, true);
        mn_buf_puts(out, "  ");
        add_name(out, mn_text_in(c->name.full, lang), width - MARK - longest - GAP);
        mn_buf_putc(out, '\n');
    }
}
