/* A tree compared with the shape of the format: every difference is told, and what cannot be used
 * is marked, so that later passes meet only what is well-formed or missing. */
#include "model/schema.h"

#include "base/clock.h"
#include "base/unicode.h"
#include "model/limits.h"
#include "model/values.h"

#include <stdio.h>
#include <string.h>

struct checking {
    struct mn__reader *r;
};

static void check(struct checking *c, struct mn__item *it, const struct mn__shape *shape);

static bool complain(struct checking *c, enum mn_code code, struct mn__item *it,
                     const char *const *args) {
    it->flags |= MN__BAD;
    return mn__complain(&c->r->complaints, code, mn__loc(c->r->sources, it), args);
}

static void suggest(struct checking *c, const char *word, const char *const *words, size_t n) {
    int i = mn_nearest(word, words, n);
    if (i >= 0)
        mn_diag_note(c->r->complaints.diags, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(words[i]));
}

/* Maps */

static const struct mn__field *field_of(const struct mn__shape *shape, uint32_t key) {
    for (uint32_t i = 0; i < shape->n_fields; i++) {
        if ((uint32_t)shape->fields[i].key == key)
            return &shape->fields[i];
    }
    return NULL;
}

/* `{vi: Mất nguồn, mất điện}`: to YAML the part behind the comma is a key without a value. */
static bool cut_at_comma(const struct mn__item *map, uint32_t i) {
    const struct mn__item *it = &map->items[i];
    if (!(map->flags & MN__FLOW) || i == 0 || it->type != MN__SCALAR || !(it->flags & MN__EMPTY))
        return false;
    const struct mn__item *before = it - 1;
    return before->type == MN__SCALAR && before->flags & MN__PLAIN;
}

static void unknown_key(struct checking *c, struct mn__item *map, uint32_t i,
                        const struct mn__shape *shape) {
    struct mn__item *it = &map->items[i];
    struct mn_loc loc = mn__key_loc(c->r->sources, it);
    const char *key = mn__atom_text(c->r->atoms, it->key);
    bool cut = cut_at_comma(map, i);
    it->flags |= MN__BAD;
    if (cut) {
        if (map->items[i - 1].flags & MN__EMPTY)
            return; /* one text with two commas is one mistake */
        if (mn__complain(&c->r->complaints, MN_D_text_cut_comma, loc,
                         MN_ARGS(map->items[i - 1].text, key)))
            mn_diag_note(c->r->complaints.diags, MN_D_quote_text, MN_NOWHERE,
                         MN_ARGS(map->items[i - 1].text, key));
        return;
    }
    if (!mn__complain(&c->r->complaints, MN_D_unknown_key, loc, MN_ARGS(key)))
        return;
    const char *words[MN__KEYS];
    size_t n = 0;
    for (uint32_t f = 0; f < shape->n_fields; f++) {
        if (!mn__get(map, shape->fields[f].key))
            words[n++] = mn__atom_text(c->r->atoms, (uint32_t)shape->fields[f].key);
    }
    suggest(c, key, words, n);
}

static void missing_key(struct checking *c, const struct mn__item *map,
                        const struct mn__shape *shape, enum mn__key key) {
    bool text = field_of(shape, MN__K_vi) && field_of(shape, MN__K_en);
    mn__complain(&c->r->complaints, text ? MN_D_missing_language : MN_D_missing_key,
                 mn__loc(c->r->sources, map), MN_ARGS(mn__atom_text(c->r->atoms, (uint32_t)key)));
}

static void check_fields(struct checking *c, struct mn__item *map, const struct mn__shape *shape) {
    uint64_t seen = 0;
    uint32_t known = 0;
    for (uint32_t i = 0; i < map->n; i++) {
        const struct mn__field *f = field_of(shape, map->items[i].key);
        if (!f) {
            unknown_key(c, map, i, shape);
            continue;
        }
        seen |= UINT64_C(1) << (f - shape->fields);
        known++;
        check(c, &map->items[i], f->shape);
    }
    for (uint32_t i = 0; i < shape->n_fields; i++) {
        if (shape->fields[i].required && !(seen >> i & 1))
            missing_key(c, map, shape, shape->fields[i].key);
    }
    if (known < shape->min && map->n < shape->min)
        complain(c, MN_D_empty_map, map, MN_NO_ARGS);
}

static void check_host(struct checking *c, struct mn__item *map, const struct mn__shape *shape) {
    check_fields(c, map, shape);
    bool has[MN__KEYS] = {false};
    for (uint32_t i = 0; i < map->n; i++) {
        if (map->items[i].key < MN__KEYS)
            has[map->items[i].key] = true;
    }
    if (!has[MN__K_node] && !has[MN__K_any_of])
        missing_key(c, map, shape, MN__K_node);
    else if (has[MN__K_any_of] && (has[MN__K_node] || has[MN__K_failover]))
        complain(c, MN_D_host_node_or_any, map, MN_NO_ARGS);
}

static void check_dict(struct checking *c, struct mn__item *map, const struct mn__shape *shape) {
    for (uint32_t i = 0; i < map->n; i++) {
        struct mn__item *it = &map->items[i];
        const char *key = mn__atom_text(c->r->atoms, it->key);
        if (!mn__is_id(key, mn__atom_size(c->r->atoms, it->key))) {
            mn__complain(&c->r->complaints, MN_D_bad_id, mn__key_loc(c->r->sources, it),
                         MN_ARGS(key));
            it->flags |= MN__BAD;
        }
        check(c, it, shape->of);
    }
}

static void check_list(struct checking *c, struct mn__item *list, const struct mn__shape *shape) {
    char min[16] = "";
    if (list->n < shape->min || (shape->max && list->n > shape->max))
        snprintf(min, sizeof min, "%u", shape->min);
    if (shape->max && shape->min == shape->max && list->n != shape->min)
        complain(c, MN_D_list_length, list, MN_ARGS(min));
    else if (list->n < shape->min)
        complain(c, MN_D_list_too_short, list, MN_ARGS(min));
    for (uint32_t i = 0; i < list->n; i++)
        check(c, &list->items[i], i == 1 && shape->of2 ? shape->of2 : shape->of);
}

/* Scalars */

static bool is_null(const struct mn__item *it) {
    const char *s = it->text;
    if (!(it->flags & MN__PLAIN) || it->n > 4)
        return false;
    return it->n == 0 || strcmp(s, "~") == 0 || strcmp(s, "null") == 0 || strcmp(s, "Null") == 0 ||
           strcmp(s, "NULL") == 0;
}

/* A plain true or false, which other readers of the file take for no text. */
static bool is_boolean(const struct mn__item *it) {
    return it->flags & MN__PLAIN && it->n <= 5 &&
           (strcmp(it->text, "true") == 0 || strcmp(it->text, "false") == 0);
}

static bool is_ascii_line(const struct mn__item *it) {
    for (uint32_t i = 0; i < it->n; i++) {
        if ((unsigned char)it->text[i] - 0x20u >= 0x5fu)
            return false;
    }
    return true;
}

static void check_text(struct checking *c, struct mn__item *it, bool lines) {
    if (it->n == 0) {
        complain(c, MN_D_empty_text, it, MN_NO_ARGS);
        return;
    }
    if (it->n > MN__MAX_TEXT) {
        char limit[16];
        snprintf(limit, sizeof limit, "%d", MN__MAX_TEXT);
        complain(c, MN_D_long_text, it, MN_ARGS(limit));
        return;
    }
    if (is_ascii_line(it))
        return;
    bool composed = true; /* Vietnamese as it is typed: no need to normalise it to know */
    for (size_t i = 0, used; i < it->n; i += used) {
        uint32_t ch = mn_utf8_decode(it->text + i, it->n - i, &used);
        composed &= ch < 0x300 || (ch >= 0x1e00 && ch < 0x1f00);
        if (ch == '\n' ? lines : ch != '\t' && !mn_is_control(ch))
            continue;
        char code[16];
        snprintf(code, sizeof code, "U+%04X", (unsigned)ch);
        complain(c, ch == '\n' ? MN_D_line_break : MN_D_control_character, it, MN_ARGS(code));
        return;
    }
    if (!composed && !mn_is_nfc(it->text, it->n))
        complain(c, MN_D_not_nfc, it, MN_NO_ARGS);
}

static void check_path(struct checking *c, struct mn__item *it) {
    if (it->n == 0)
        complain(c, MN_D_empty_text, it, MN_NO_ARGS);
    else if (!mn__is_inside(it->text))
        complain(c, MN_D_include_outside, it, MN_ARGS(it->text));
}

static void check_word(struct checking *c, struct mn__item *it, const struct mn__shape *shape) {
    for (uint32_t i = 0; i < shape->n_words; i++) {
        if (strcmp(it->text, shape->words[i]) == 0)
            return;
    }
    struct mn_buf all = MN_BUF_INIT;
    for (uint32_t i = 0; i < shape->n_words; i++) {
        mn_buf_puts(&all, i ? ", " : "");
        mn_buf_puts(&all, shape->words[i]);
    }
    if (complain(c, MN_D_unknown_word, it, MN_ARGS(it->text, mn_buf_text(&all))))
        suggest(c, it->text, shape->words, shape->n_words);
    mn_buf_fini(&all);
}

static void check_scalar(struct checking *c, struct mn__item *it, const struct mn__shape *shape) {
    const char *s = it->text;
    bool ok = true, b;
    int n;
    int32_t n32;
    int64_t n64;
    enum mn_code code = MN_D_bad_number;
    switch (shape->type) {
    case MN__T_ID:
        ok = mn__is_id(s, it->n) && !is_boolean(it);
        code = MN_D_bad_id;
        break;
    case MN__T_COMPONENT:
        ok = mn__is_component(s, it->n) && !is_boolean(it);
        code = MN_D_bad_component;
        break;
    case MN__T_END:
        ok = mn__is_end(s, it->n) && !is_boolean(it);
        code = MN_D_bad_end;
        break;
    case MN__T_WORDS:
    case MN__T_PLAIN:
        check_text(c, it, false);
        return;
    case MN__T_LONG_WORDS:
        check_text(c, it, true);
        return;
    case MN__T_PATH:
        check_path(c, it);
        return;
    case MN__T_WORD:
        check_word(c, it, shape);
        return;
    case MN__T_BOOL:
        ok = mn__parse_bool(s, &b);
        code = MN_D_bad_boolean;
        break;
    case MN__T_DURATION:
        ok = mn_parse_duration(s, &n);
        code = MN_D_bad_duration;
        break;
    case MN__T_DELAY:
        ok = mn__parse_delay(s, &n32);
        code = MN_D_bad_delay;
        break;
    case MN__T_CAPACITY:
        ok = mn__parse_capacity(s, &n64);
        code = MN_D_bad_capacity;
        break;
    case MN__T_DATE:
        ok = mn__parse_date(s);
        code = MN_D_bad_date;
        break;
    case MN__T_SHARE:
        ok = mn__parse_share(s, &n32);
        code = MN_D_bad_share;
        break;
    case MN__T_RATE:
        ok = mn__parse_rate(s, &n64);
        break;
    case MN__T_COUNT:
        ok = mn__parse_count(s, &n);
        code = MN_D_bad_count;
        break;
    case MN__T_MINIMUM:
        ok = mn__parse_count(s, &n) && s[0] != '0';
        code = MN_D_bad_minimum;
        break;
    case MN__T_LATITUDE:
        ok = mn__parse_degrees(s, 90, &n32);
        code = MN_D_bad_latitude;
        break;
    case MN__T_LONGITUDE:
        ok = mn__parse_degrees(s, 180, &n32);
        code = MN_D_bad_longitude;
        break;
    default:
        break;
    }
    if (!ok)
        complain(c, code, it, MN_ARGS(s));
    else if (shape->type == MN__T_DATE && !mn__is_calendar_date(s))
        complain(c, MN_D_no_such_date, it, MN_ARGS(s));
}

static void check_as(struct checking *c, struct mn__item *it, const struct mn__shape *shape,
                     enum mn__item_type wanted) {
    static const enum mn_code wrong[] = {MN_D_expected_value, MN_D_expected_list,
                                         MN_D_expected_map};
    if (it->type == MN__SCALAR && is_null(it))
        complain(c, MN_D_missing_value, it, MN_NO_ARGS);
    else if (it->type != wanted)
        complain(c, wrong[wanted], it, MN_NO_ARGS);
    else if (shape->type == MN__T_MAP)
        check_fields(c, it, shape);
    else if (shape->type == MN__T_HOST)
        check_host(c, it, shape);
    else if (shape->type == MN__T_DICT)
        check_dict(c, it, shape);
    else if (shape->type == MN__T_LIST)
        check_list(c, it, shape);
    else
        check_scalar(c, it, shape);
}

static void check(struct checking *c, struct mn__item *it, const struct mn__shape *shape) {
    if (it->flags & MN__BAD)
        return;
    if (shape->type == MN__T_EITHER) {
        const struct mn__shape *by_type[] = {shape->scalar, shape->list, shape->map};
        const struct mn__shape *fits = by_type[it->type];
        if (!fits)
            fits = shape->scalar ? shape->scalar : shape->map ? shape->map : shape->list;
        shape = fits;
    }
    switch (shape->type) {
    case MN__T_MAP:
    case MN__T_DICT:
    case MN__T_HOST:
        check_as(c, it, shape, MN__MAP);
        break;
    case MN__T_LIST:
        check_as(c, it, shape, MN__LIST);
        break;
    default:
        check_as(c, it, shape, MN__SCALAR);
        break;
    }
}

void mn__schema_check(struct mn__reader *r, struct mn__item *root) {
    struct checking c = {r};
    check(&c, root, &mn__file_shape);
}
