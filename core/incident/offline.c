/* Writing the page of a runbook: the template in core/incident/offline/, filled. */
#include "incident/offline.h"

#include "base/base64.h"
#include "base/embedded.h"
#include "diagram/diagram.h"
#include "incident/offline_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page {
    const struct mn_offline *o;
    const struct mn_buf *data, *script;
    struct mn_buf *out;
};

/* In the order in which they need one another. */
static const char *const SCRIPTS[] = {"hash.js",   "flow.js",    "answer.js",  "copies.js",
                                      "record.js", "message.js", "outside.js", "timeline.js",
                                      "step.js",   "between.js", "where.js",   "view.js"};

static const struct mn_embedded *file(const char *name) {
    const struct mn_embedded *f = mn_offline_files;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    return f;
}

static void add_text(struct mn_buf *out, const char *s) {
    for (; *s; s++)
        if (*s == '&' || *s == '<' || *s == '>' || *s == '"')
            mn_buf_printf(out, "&#%d;", *s);
        else
            mn_buf_putc(out, *s);
}

/* Only this script may run: whatever a text of the model might smuggle in is not it. */
static void add_script_hash(const struct page *p) {
    char hex[MN_HASH_HEX], byte[3] = "";
    unsigned char hash[(MN_HASH_HEX - 1) / 2];
    mn_hash_of(mn_buf_text(p->script), p->script->size, hex);
    for (size_t i = 0; i < sizeof hash; i++) {
        memcpy(byte, hex + 2 * i, 2);
        hash[i] = (unsigned char)strtoul(byte, NULL, 16);
    }
    mn_base64(p->out, hash, sizeof hash);
}

static void fill(const struct page *p, const char *place) {
    const struct mn_runbook *r = p->o->opening->runbook;
    if (strcmp(place, "lang") == 0)
        mn_buf_puts(p->out, mn_lang_name(p->o->lang));
    else if (strcmp(place, "title") == 0)
        add_text(p->out, mn_text_in(r->title, p->o->lang));
    else if (strcmp(place, "no-script") == 0)
        add_text(p->out, mn_msg(MN_M_page_no_script, p->o->lang));
    else if (strcmp(place, "style") == 0)
        mn_buf_puts(p->out, file("page.css")->text);
    else if (strcmp(place, "script-hash") == 0)
        add_script_hash(p);
    else if (strcmp(place, "script") == 0)
        mn_buf_puts(p->out, mn_buf_text(p->script));
    else if (strcmp(place, "data") == 0)
        mn_buf_puts(p->out, mn_buf_text(p->data));
    else if (strcmp(place, "pictures") == 0)
        mn__offline_pictures(p->o, p->out);
}

/* JSON in which nothing can end the element that it stands in, or begin another. */
static void add_json(struct mn_buf *out, const json_t *doc) {
    struct mn_buf b = MN_BUF_INIT;
    mn_json_write(&b, doc, 0, true);
    for (const char *s = mn_buf_text(&b); *s; s++)
        if (*s == '<' || *s == '>' || *s == '&')
            mn_buf_printf(out, "\\u%04x", *s);
        else
            mn_buf_putc(out, *s);
    mn_buf_fini(&b);
}

static void fill_template(const struct page *p) {
    const char *at = file("page.html")->text, *open;
    while ((open = strstr(at, "{{"))) {
        char place[20];
        const char *close = strstr(open, "}}");
        snprintf(place, sizeof place, "%.*s", (int)(close - open - 2), open + 2);
        mn_buf_add(p->out, at, (size_t)(open - at));
        fill(p, place);
        at = close + 2;
    }
    mn_buf_puts(p->out, at);
}

bool mn_offline_page(const struct mn_offline *o, struct mn_buf *out, struct mn_diags *d) {
    json_t *doc = mn_diagram_open(d) ? mn__offline_data(o, d) : NULL;
    if (!doc)
        return false;
    struct mn_buf data = MN_BUF_INIT, script = MN_BUF_INIT;
    add_json(&data, doc);
    mn_buf_puts(&script, "(function () {\n'use strict';\n");
    for (size_t i = 0; i < MN_COUNT(SCRIPTS); i++)
        mn_buf_puts(&script, file(SCRIPTS[i])->text);
    mn_buf_puts(&script, "}());\n");
    fill_template(&(struct page){.o = o, .data = &data, .script = &script, .out = out});
    json_decref(doc);
    mn_buf_fini(&data);
    mn_buf_fini(&script);
    return true;
}
