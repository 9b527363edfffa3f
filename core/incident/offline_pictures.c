/* The pictures in the page of a runbook: where the subject lies, and its way to a service. */
#include "incident/offline_data.h"

#include "diagram/diagram.h"

#include <string.h>

#define LARGEST (600u << 10) /* bytes of one picture: a page must open on an old phone */

/* The drawing without the prologue of a file, its ids made its own: several stand in one page.
 * In what texts say, quotes are escaped, so that only attributes match. */
static void add_inline(const char *svg, int number, struct mn_buf *out) {
    static const char *const attributes[] = {" id=\"", " aria-labelledby=\"",
                                             " aria-describedby=\""};
    for (const char *at = strstr(svg, "<svg"); at && *at;) {
        size_t i = 0;
        while (i < MN_COUNT(attributes) && strncmp(at, attributes[i], strlen(attributes[i])) != 0)
            i++;
        if (i < MN_COUNT(attributes)) {
            mn_buf_printf(out, "%spicture%d-", attributes[i], number);
            at += strlen(attributes[i]);
        } else {
            mn_buf_putc(out, *at++);
        }
    }
}

static void add(const struct mn_offline *o, struct mn_picture *p, int number, struct mn_buf *out) {
    for (int lang = 0; lang < 2; lang++) {
        struct mn_buf svg = MN_BUF_INIT;
        struct mn_diags *quiet = mn_diags_new();
        p->lang = (enum mn_lang)lang;
        p->format = MN_SVG;
        if (mn_diagram_draw(o->opening->model, p, &svg, quiet) && svg.size <= LARGEST) {
            mn_buf_printf(out, "<figure class=\"picture\" lang=\"%s\" tabindex=\"0\">\n",
                          mn_lang_name(p->lang));
            add_inline(mn_buf_text(&svg), number * 2 + lang, out);
            mn_buf_puts(out, "</figure>\n");
        }
        mn_diags_free(quiet);
        mn_buf_fini(&svg);
    }
}

void mn__offline_pictures(const struct mn_offline *o, struct mn_buf *out) {
    const struct mn_model *m = o->opening->model;
    struct mn_subject s = o->opening->subject;
    struct mn_mark mark;
    struct mn_picture where = {
        .view = MN_VIEW_SITE, .n_subjects = 1, .subjects = {{MN_SCOPE_SITE, s.site}}};
    if (s.component < 0 && s.site < 0)
        return;
    if (s.component >= 0)
        mn_diagram_of(m, s.component, s.site, MN_MARK_FAILED, &mark, &where);
    add(o, &where, 0, out);
    if (where.view == MN_VIEW_PATH || s.site < 0 || m->sites[s.site].uses.n == 0)
        return;
    bool service = s.component >= 0 && m->components[s.component].cls == MN_SERVICE;
    int to = service ? s.component : m->services[m->sites[s.site].uses.at[0]].component;
    struct mn_picture way = {
        .view = MN_VIEW_PATH,
        .n_subjects = 2,
        .subjects = {{MN_SCOPE_SITE, s.site}, {MN_SCOPE_COMPONENT, to}},
        .n_marks = where.n_marks,
        .marks = where.marks,
    };
    add(o, &way, 1, out);
}
