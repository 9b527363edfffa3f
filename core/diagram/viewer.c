/* A page to look at a sheet in: the template in core/diagram/viewer/, filled. */
#include "base/base64.h"
#include "base/embedded.h"
#include "base/hash.h"
#include "base/text.h"
#include "diagram/output.h"
#include "diagram/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page {
    const struct mn__scene *s;
    const char *data; /* Graphviz's */
    size_t size;
    struct mn_buf *out;
    bool ok;
};

static const struct mn_embedded *file(const char *name) {
    const struct mn_embedded *f = mn_viewer;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    return f;
}

static void add_file(struct page *p, const char *name) {
    mn_buf_add(p->out, file(name)->text, file(name)->size);
}

/* Only this script may run: whatever a text of the model might smuggle in is not it. */
static void add_script_hash(struct page *p) {
    const struct mn_embedded *script = file("viewer.js");
    char hex[MN_HASH_HEX], byte[3] = "";
    unsigned char hash[(MN_HASH_HEX - 1) / 2];
    mn_hash_of(script->text, script->size, hex);
    for (size_t i = 0; i < sizeof hash; i++) {
        memcpy(byte, hex + 2 * i, 2);
        hash[i] = (unsigned char)strtoul(byte, NULL, 16);
    }
    mn_base64(p->out, hash, sizeof hash);
}

/* What stands for a place of the template. */
static void fill(struct page *p, const char *place) {
    static const struct {
        const char *place;
        enum mn_message text;
    } texts[] = {{"label", MN_M_viewer_label},       {"previous", MN_M_viewer_previous},
                 {"next", MN_M_viewer_next},         {"found", MN_M_viewer_found},
                 {"none", MN_M_viewer_none},         {"open", MN_M_viewer_open},
                 {"zoom", MN_M_viewer_zoom},         {"zoom-in", MN_M_viewer_zoom_in},
                 {"zoom-out", MN_M_viewer_zoom_out}, {"whole", MN_M_viewer_whole},
                 {"print", MN_M_viewer_print},       {"keys", MN_M_viewer_keys}};
    enum mn_lang lang = strcmp(p->s->lang, mn_lang_name(MN_EN)) == 0 ? MN_EN : MN_VI;
    size_t i = 0;
    while (i < MN_COUNT(texts) && strcmp(texts[i].place, place) != 0)
        i++;
    if (i < MN_COUNT(texts))
        mn__xml_text(p->out, mn_msg(texts[i].text, lang));
    else if (strcmp(place, "lang") == 0)
        mn_buf_puts(p->out, p->s->lang);
    else if (strcmp(place, "title") == 0)
        mn__xml_text(p->out, p->s->title);
    else if (strcmp(place, "description") == 0)
        mn__xml_text(p->out, p->s->description);
    else if (strcmp(place, "width") == 0)
        mn_buf_printf(p->out, "%.2f", p->s->width);
    else if (strcmp(place, "height") == 0)
        mn_buf_printf(p->out, "%.2f", p->s->height);
    else if (strcmp(place, "style") == 0)
        add_file(p, "viewer.css");
    else if (strcmp(place, "script") == 0)
        add_file(p, "viewer.js");
    else if (strcmp(place, "script-hash") == 0)
        add_script_hash(p);
    else if (strcmp(place, "picture") == 0)
        p->ok = mn__finish_inline_svg(p->s, p->data, p->size, p->out);
    else
        p->ok = false;
}

bool mn__finish_page(const struct mn__scene *s, const char *data, size_t size, struct mn_buf *out) {
    struct page p = {s, data, size, out, true};
    const char *at = file("viewer.html")->text, *open;
    while (at && (open = strstr(at, "{{")) && p.ok) {
        char place[20];
        const char *close = strstr(open, "}}");
        if (!close || (size_t)(close - open) >= sizeof place)
            return false;
        snprintf(place, sizeof place, "%.*s", (int)(close - open - 2), open + 2);
        mn_buf_add(out, at, (size_t)(open - at));
        fill(&p, place);
        at = close + 2;
    }
    if (at)
        mn_buf_puts(out, at);
    return at && p.ok;
}
