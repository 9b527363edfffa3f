/* Writing the index of an emergency folder. */
#include "incident/folder.h"

#include "incident/page.h"

static const char *in(const struct mn__page *p, struct mn_text t) {
    const char *text = mn_text_in(t, p->lang);
    return text ? text : "";
}

static void files(const struct mn__page *p, enum mn_message heading,
                  const struct mn_folder_file *list, size_t n) {
    mn__page_heading(p, heading);
    for (size_t i = 0; i < n; i++)
        mn__page_link(p, list[i].name, in(p, list[i].what));
}

/* Whom to call: every team that says how it is reached. */
static void contacts(const struct mn__page *p, const struct mn_model *m) {
    mn__page_heading(p, MN_M_folder_contacts);
    for (int i = 0; i < m->n_teams; i++) {
        const struct mn_team *t = &m->teams[i];
        struct mn_buf b = MN_BUF_INIT;
        if (!t->contact.vi)
            continue;
        mn_buf_printf(&b, "%s: %s%s%s", in(p, t->name.full), in(p, t->contact),
                      t->hours.vi ? "; " : "", in(p, t->hours));
        mn__page_paragraph(p, mn_buf_text(&b));
        mn_buf_fini(&b);
    }
}

void mn_folder_index(const struct mn_folder *f, enum mn_lang lang, struct mn_buf *out) {
    const struct mn_site *site = &f->model->sites[f->site];
    struct mn__page p = {out, lang, true};
    struct mn_buf title = MN_BUF_INIT;
    mn_msg_add(&title, MN_M_folder_title, lang,
               MN_ARGS(mn_text_in(site->name.full, lang), site->id));
    mn__page_begin(&p, mn_buf_text(&title));
    if (f->model->illustrative)
        mn__page_warning(&p, mn_msg(MN_M_report_illustrative, lang));
    mn__page_paragraph(&p, mn_msg(MN_M_folder_how, lang));
    files(&p, MN_M_folder_runbooks, f->runbooks, f->n_runbooks);
    files(&p, MN_M_folder_diagrams, f->diagrams, f->n_diagrams);
    contacts(&p, f->model);
    mn__page_end(&p);
    mn_buf_fini(&title);
}
