/* A scene as JSON. */
#include "base/json.h"

#include "diagram/output.h"

#include <math.h>

static json_t *number(double x) {
    return json_real(round(x * 100) / 100);
}

static json_t *rect(struct mn__rect r) {
    return json_pack("[o,o,o,o]", number(r.x), number(r.y), number(r.w), number(r.h));
}

static json_t *colour(uint32_t rgb) {
    return rgb == MN__NO_COLOUR ? json_null() : json_sprintf("#%06X", rgb & 0xFFFFFFu);
}

static json_t *points(const struct mn__element *e) {
    json_t *list = json_array();
    for (int i = 0; i < e->n; i++)
        json_array_append_new(list,
                              json_pack("[o,o]", number(e->points[i].x), number(e->points[i].y)));
    return list;
}

static json_t *element(const struct mn__element *e) {
    static const char *const shapes[] = {"box", "oval", "text", "line"};
    static const char *const dashes[] = {"solid", "dashed", "dotted"};
    json_t *o =
        json_pack("{s:s,s:o,s:i}", "is", shapes[e->is], "at", rect(e->at), "within", e->within);
    if (e->id)
        json_object_set_new(o, "id", json_string(e->id));
    if (e->cls)
        json_object_set_new(o, "class", json_string(e->cls));
    if (e->tip)
        json_object_set_new(o, "title", json_string(e->tip));
    if (e->link)
        json_object_set_new(o, "link", json_string(e->link));
    if (e->area || e->icon)
        json_object_set_new(o, "role", json_string(e->area ? "group" : "symbol"));
    if (e->is == MN__TEXT) {
        json_object_set_new(o, "text", json_string(e->text));
        json_object_set_new(o, "size", number(e->size));
        json_object_set_new(o, "bold", json_boolean(e->bold));
        json_object_set_new(o, "colour", colour(e->look.line));
        return o;
    }
    if (e->is == MN__LINE) {
        json_object_set_new(o, "points", points(e));
        json_object_set_new(o, "curve", json_boolean(e->curve));
        json_object_set_new(o, "arrow", json_boolean(e->arrow));
    } else {
        json_object_set_new(o, "fill", colour(e->look.fill));
    }
    json_object_set_new(o, "colour", colour(e->look.line));
    json_object_set_new(o, "width", number(e->look.width));
    json_object_set_new(o, "dash", json_string(dashes[e->look.dash]));
    return o;
}

bool mn__scene_json(const struct mn__scene *s, struct mn_buf *out) {
    json_t *elements = json_array();
    for (int i = 0; i < s->n; i++)
        json_array_append_new(elements, element(&s->elements[i]));
    json_t *doc = json_pack("{s:o,s:o,s:s,s:s,s:s,s:s,s:o}", "width", number(s->width), "height",
                            number(s->height), "title", s->title, "description", s->description,
                            "date", s->date, "lang", s->lang, "elements", elements);
    if (doc && s->layout)
        json_object_set_new(doc, "layout", json_string(s->layout));
    if (doc) {
        mn_json_write(out, doc, 1, false);
        mn_buf_putc(out, '\n');
    }
    json_decref(doc);
    return doc != NULL;
}
