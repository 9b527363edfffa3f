/* YAML events to a tree. libyaml's marks count from 0, ours from 1; nesting is counted on events,
 * because libyaml's own work grows with its square. */
#include "model/limits.h"
#include "model/read_error.h"
#include "model/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* An open map or list: its children are `pending` from `first` on. */
struct frame {
    struct mn__item item;
    size_t first;
    size_t weight; /* items in it so far, with what aliases repeated */
    uint32_t anchor;
    bool has_key; /* in a map: `key` waits for its value */
    bool dropped; /* that value is not kept */
    struct mn__item key;
};

struct anchor {
    uint32_t name;
    struct mn__item item;
    size_t weight;
};

struct reading {
    struct mn__reader *r;
    const struct mn_source *source;
    uint16_t file;
    struct frame frames[MN__MAX_DEPTH];
    int depth;
    struct mn__item *pending;
    size_t n_pending, cap_pending;
    struct anchor *anchors;
    size_t n_anchors, cap_anchors;
    struct mn__item root;
    struct mn_loc
        odd_key; /* the first key that is no word: mostly a slip that is a syntax error too */
    bool has_root, stop;
    int documents;
};

static struct mn_loc event_loc(const struct reading *g, const yaml_event_t *e) {
    struct mn_loc loc = {g->source, (int)e->start_mark.line + 1, (int)e->start_mark.column + 1, 1};
    if (e->start_mark.line == e->end_mark.line && e->end_mark.column > e->start_mark.column)
        loc.len = (int)(e->end_mark.column - e->start_mark.column);
    return loc;
}

static void wrong(struct reading *g, enum mn_code code, const yaml_event_t *e,
                  const char *const *args) {
    mn__complain(&g->r->complaints, code, event_loc(g, e), args);
}

static void give_up(struct reading *g, enum mn_code code, const yaml_event_t *e, long limit) {
    char text[24];
    snprintf(text, sizeof text, "%ld", limit);
    wrong(g, code, e, MN_ARGS(text));
    g->stop = true;
}

static struct mn__item item_at(const struct reading *g, const yaml_event_t *e) {
    struct mn_loc loc = event_loc(g, e);
    return (struct mn__item){.line = (uint32_t)loc.line,
                             .col = (uint32_t)loc.col,
                             .len = (uint8_t)(loc.len > UINT8_MAX ? UINT8_MAX : loc.len),
                             .file = g->file};
}

static uint32_t atom_of(struct reading *g, const yaml_char_t *name) {
    return name ? mn__atom(g->r->atoms, (const char *)name, strlen((const char *)name)) : 0;
}

static void remember(struct reading *g, uint32_t anchor, const struct mn__item *it, size_t weight,
                     const yaml_event_t *e) {
    if (!anchor)
        return;
    if (g->n_anchors == MN__MAX_ANCHORS) {
        give_up(g, MN_D_too_many_aliases, e, MN__MAX_ANCHORS);
        return;
    }
    g->anchors = mn_grow(g->anchors, &g->cap_anchors, g->n_anchors + 1, sizeof *g->anchors);
    g->anchors[g->n_anchors++] = (struct anchor){anchor, *it, weight};
}

/* Takes a scalar that stands where a key does. */
static void take_key(struct reading *g, struct frame *f, const struct mn__item *it,
                     const yaml_event_t *e) {
    f->key = *it;
    f->has_key = true;
    f->dropped = false;
    if (!it->atom) /* a key of the format is short; such a long one is unknown whatever it says */
        f->key.atom = mn__atom(g->r->atoms, it->text, it->n);
    if (it->flags & MN__PLAIN && it->n == 2 && memcmp(it->text, "<<", 2) == 0) {
        wrong(g, MN_D_merge_key, e, MN_NO_ARGS);
        f->dropped = true;
    }
}

/* Puts a finished item where it belongs: into the open map or list, or at the root. */
static void place(struct reading *g, struct mn__item *it, size_t weight, const yaml_event_t *e) {
    if (g->depth == 0) {
        g->root = *it;
        g->has_root = true;
        return;
    }
    struct frame *f = &g->frames[g->depth - 1];
    f->weight += weight;
    if (f->item.type == MN__MAP && !f->has_key) {
        if (it->type == MN__SCALAR) {
            take_key(g, f, it, e);
        } else { /* `? [a, b] : c` */
            if (!g->odd_key.source)
                g->odd_key = mn__loc(g->r->sources, it);
            f->key = (struct mn__item){.atom = 0};
            f->has_key = f->dropped = true;
        }
        return;
    }
    if (f->has_key) {
        it->key = f->key.atom;
        uint32_t up = it->line - f->key.line;
        it->key_up = (uint16_t)(up > UINT16_MAX ? UINT16_MAX : up);
        it->key_col = f->key.col;
        it->key_len = f->key.len;
        f->has_key = false;
        if (f->dropped)
            return;
    }
    if (++g->r->items > MN__MAX_ITEMS && !g->stop)
        give_up(g, MN_D_too_many_items, e, MN__MAX_ITEMS);
    g->pending = mn_grow(g->pending, &g->cap_pending, g->n_pending + 1, sizeof *g->pending);
    g->pending[g->n_pending++] = *it;
}

/* Reports keys that were given before in the same map and drops the later ones. */
static uint32_t drop_repeated(struct reading *g, struct mn__item *items, uint32_t n) {
    uint32_t kept = 0;
    struct mn__ids seen = {0};
    for (uint32_t i = 0; i < n; i++) {
        int before = -1;
        if (n > 16) {
            before = mn__ids_add(&seen, items[i].key, (int)kept);
        } else {
            for (uint32_t k = 0; k < kept && before < 0; k++)
                before = items[k].key == items[i].key ? (int)k : -1;
        }
        if (before < 0) {
            items[kept++] = items[i];
            continue;
        }
        if (mn__complain(&g->r->complaints, MN_D_duplicate_key,
                         mn__key_loc(g->r->sources, &items[i]),
                         MN_ARGS(mn__atom_text(g->r->atoms, items[i].key))))
            mn_diag_note(g->r->complaints.diags, MN_D_see_also,
                         mn__key_loc(g->r->sources, &items[before]), MN_NO_ARGS);
    }
    mn__ids_fini(&seen);
    return kept;
}

static void open_frame(struct reading *g, const yaml_event_t *e, enum mn__item_type type, bool flow,
                       const yaml_char_t *anchor) {
    if (g->depth == MN__MAX_DEPTH) {
        give_up(g, MN_D_too_deep, e, MN__MAX_DEPTH);
        return;
    }
    struct frame *f = &g->frames[g->depth++];
    *f = (struct frame){.item = item_at(g, e), .first = g->n_pending, .anchor = atom_of(g, anchor)};
    f->item.type = (uint8_t)type;
    f->item.flags = flow ? MN__FLOW : 0;
}

static void close_frame(struct reading *g, const yaml_event_t *e) {
    struct frame *f = &g->frames[--g->depth];
    struct mn__item it = f->item;
    it.n = (uint32_t)(g->n_pending - f->first);
    if (it.type == MN__MAP)
        it.n = drop_repeated(g, g->pending + f->first, it.n);
    it.items = mn_arena_copy(g->r->arena, g->pending + f->first, it.n * sizeof it);
    g->n_pending = f->first;
    remember(g, f->anchor, &it, f->weight + 1, e);
    place(g, &it, f->weight + 1, e);
}

/* Only what ids, ports and keys are made of is worth a place among the words. */
static bool may_be_id(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (s[i] == ' ' || (unsigned char)s[i] >= 0x80)
            return false;
    }
    return true;
}

static void scalar(struct reading *g, const yaml_event_t *e) {
    const char *text = (const char *)e->data.scalar.value;
    size_t n = e->data.scalar.length;
    struct mn__item it = item_at(g, e);
    it.type = MN__SCALAR;
    if (e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
        it.flags = MN__PLAIN;
        if (n == 0)
            it.flags |= MN__EMPTY;
    }
    it.n = (uint32_t)n;
    if (e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && memchr(text, '\0', n)) {
        wrong(g, MN_D_control_character, e, MN_ARGS("U+0000"));
        it.flags |= MN__BAD;
    }
    if (n <= MN__MAX_WORD && may_be_id(text, n)) {
        it.atom = mn__atom(g->r->atoms, text, n);
        it.text = mn__atom_text(g->r->atoms, it.atom);
    } else {
        it.text = mn_arena_strndup(g->r->texts, text, n);
    }
    remember(g, atom_of(g, e->data.scalar.anchor), &it, 1, e);
    place(g, &it, 1, e);
}

static void alias(struct reading *g, const yaml_event_t *e) {
    uint32_t name = atom_of(g, e->data.alias.anchor);
    const struct anchor *a = NULL;
    for (size_t i = g->n_anchors; i > 0 && !a; i--)
        a = g->anchors[i - 1].name == name ? &g->anchors[i - 1] : NULL;
    if (!a) {
        wrong(g, MN_D_unknown_anchor, e, MN_ARGS((const char *)e->data.alias.anchor));
        struct mn__item it = item_at(g, e);
        it.flags = MN__BAD;
        it.text = "";
        place(g, &it, 1, e);
        return;
    }
    g->r->aliased += a->weight;
    if (g->r->aliased > MN__MAX_ALIASED) {
        give_up(g, MN_D_too_many_aliases, e, MN__MAX_ALIASED);
        return;
    }
    struct mn__item it = a->item;
    it.key = it.key_col = it.key_up = it.key_len = 0;
    place(g, &it, a->weight, e);
}

static void refuse_tag(struct reading *g, const yaml_event_t *e, const yaml_char_t *tag) {
    if (tag)
        wrong(g, MN_D_tag, e, MN_ARGS((const char *)tag));
}

static void handle(struct reading *g, const yaml_event_t *e) {
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (g->documents++ > 0) {
            wrong(g, MN_D_several_documents, e, MN_NO_ARGS);
            g->stop = true;
        }
        break;
    case YAML_SCALAR_EVENT:
        refuse_tag(g, e, e->data.scalar.tag);
        scalar(g, e);
        break;
    case YAML_ALIAS_EVENT:
        alias(g, e);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_tag(g, e, e->data.sequence_start.tag);
        open_frame(g, e, MN__LIST, e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                   e->data.sequence_start.anchor);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_tag(g, e, e->data.mapping_start.tag);
        open_frame(g, e, MN__MAP, e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                   e->data.mapping_start.anchor);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_frame(g, e);
        break;
    default:
        break;
    }
}

/* Closes what a syntax error left open, so that what came before it can be looked at. */
static void close_all(struct reading *g) {
    yaml_event_t none = {0};
    while (g->depth > 0) {
        g->frames[g->depth - 1].has_key = false;
        close_frame(g, &none);
    }
}

/* Where the innermost bracket that is still open stands, or nowhere. */
static struct mn_loc innermost(const struct reading *g) {
    const struct frame *f = &g->frames[g->depth - (g->depth > 0)];
    return g->depth && f->item.flags & MN__FLOW ? mn__loc(g->r->sources, &f->item) : MN_NOWHERE;
}

struct mn__tree mn__read(struct mn__reader *r, uint16_t file) {
    struct mn__tree tree = {NULL, false};
    const struct mn_source *source = r->sources[file];
    if (!mn__screen(source, &r->complaints))
        return tree;

    struct reading *g = mn_new0(1, sizeof *g);
    g->r = r;
    g->source = source;
    g->file = file;
    g->pending = mn_grow(NULL, &g->cap_pending, 64, sizeof *g->pending);
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)source->text, source->size);
    for (bool more = true; more && !g->stop;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&parser, &e)) {
            mn__read_error(&parser, source, innermost(g), &r->complaints);
            tree.partial = true;
            break;
        }
        handle(g, &e);
        more = e.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);

    tree.partial |= g->stop;
    if (g->odd_key.source && !tree.partial)
        mn__complain(&r->complaints, MN_D_key_not_text, g->odd_key, MN_NO_ARGS);
    close_all(g);
    if (g->has_root)
        tree.root = mn_arena_copy(r->arena, &g->root, sizeof g->root);
    else if (!tree.partial)
        mn__complain(&r->complaints, MN_D_empty_file, (struct mn_loc){source, 0, 0, 0}, MN_NO_ARGS);
    free(g->pending);
    free(g->anchors);
    free(g);
    return tree;
}
