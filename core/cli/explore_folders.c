/* explore --all: emergency folders, for where neither network nor this program is at hand. */
#include "base/mem.h"
#include "base/write.h"
#include "cli/explore_chart.h"
#include "cli/explored.h"
#include "cli/offline.h"
#include "incident/folder.h"
#include "incident/store.h"

#include <stdlib.h>
#include <string.h>

struct folder {
    struct mn_cli *cli;
    const struct mn_model *m;
    int site;
    const char *path;
    struct mn_arena *a; /* of this folder */
    struct mn_folder_file *runbooks, *diagrams;
    size_t n_runbooks, cap_runbooks, n_diagrams;
};

static bool put(struct folder *f, const char *name, const struct mn_buf *bytes) {
    return mn_write_file(mn_arena_printf(f->a, "%s/%s", f->path, name), bytes, false,
                         f->cli->diags);
}

/* "Digital-signature token: paper card". */
static struct mn_text called(struct folder *f, struct mn_text what, enum mn_message as) {
    const struct mn_text args[] = {what, mn_message(as)};
    return mn_message_with(f->a, MN_M_folder_file, args, MN_COUNT(args));
}

static bool put_picture(struct folder *f, const struct mn_picture *p, const char *name) {
    struct mn_buf b = MN_BUF_INIT;
    bool ok = mn_diagram_draw(f->m, p, &b, f->cli->diags) && put(f, name, &b);
    mn_buf_fini(&b);
    return ok;
}

static void add_file(struct folder *f, const char *name, struct mn_text what) {
    f->runbooks = mn_grow(f->runbooks, &f->cap_runbooks, f->n_runbooks + 1, sizeof *f->runbooks);
    f->runbooks[f->n_runbooks++] = (struct mn_folder_file){name, what};
}

/* The page, card and flowchart of a runbook on that subject: what they are called, and their files.
 */
static bool add_sheets(struct folder *f, const struct mn_choice_made *made, struct mn_text title,
                       const char *file) {
    struct mn_cli *cli = f->cli;
    struct mn_explored x = {0};
    struct mn_buf page = MN_BUF_INIT;
    const char *name = mn_arena_printf(f->a, "%s.html", file);
    bool ok = mn_explore_made(cli, made, f->a, &x) &&
              mn_offline_of(cli, made, x.facts, &x.flow, &page) && put(f, name, &page);
    json_decref(x.facts);
    mn_buf_fini(&page);
    if (!ok)
        return false;
    struct mn_picture p = {.chart =
                               mn_flow_chart(&x.flow, made->runbook, f->m, made->subject, f->a),
                           .lang = cli->lang,
                           .format = MN_PDF};
    add_file(f, name, called(f, title, MN_M_folder_page));
    for (int card = 1; card >= 0; card--) {
        p.card = card;
        name = mn_arena_printf(f->a, card ? "%s-card.pdf" : "%s-flowchart.pdf", file);
        if (!put_picture(f, &p, name))
            return false;
        add_file(f, name, called(f, title, card ? MN_M_folder_card : MN_M_folder_flowchart));
    }
    return true;
}

/* Whether a runbook treats both alike: things of one kind, and lines of one rank. */
static bool alike(const struct mn_model *m, struct mn_subject a, struct mn_subject b) {
    const struct mn_component *x = &m->components[a.component], *y = &m->components[b.component];
    if (x->cls != y->cls || x->kind != y->kind || x->cls == MN_SERVICE)
        return false;
    const char *of = x->cls == MN_LINK ? m->links[x->index].line : NULL;
    const char *other = y->cls == MN_LINK ? m->links[y->index].line : NULL;
    return of && other ? strcmp(of, other) == 0 : of == other;
}

/* "Metronet line down – Metronet line (backup)", and how many more a sheet is for. */
static struct mn_text title_of(struct folder *f, struct mn_text title, int component, int more) {
    const char *number = mn_arena_printf(f->a, "%d", more);
    const struct mn_text args[] = {title, f->m->components[component].name.full, {number, number}};
    return mn_message_with(f->a, more ? MN_M_folder_alike : MN_M_folder_for, args, MN_COUNT(args));
}

/* What the runbook is for here: of things that it treats alike the first stands for all. */
static bool add_runbook(struct folder *f, const struct mn_runbook *runbook) {
    struct mn_choice_made made;
    struct mn_subject *all;
    if (!mn_choose_given(f->cli, runbook->id, f->m->sites[f->site].id, &made))
        return false;
    int n = made.subject.component < 0 ? 0 : mn_choose_fitting(f->cli, runbook, f->site, &all);
    if (n <= 1)
        return add_sheets(f, &made, runbook->title, runbook->id);
    for (int i = 0; i < n; i++) {
        const char *id = f->m->components[all[i].component].id, *local = strrchr(id, '/');
        int earlier = 0, more = 0;
        for (int k = 0; k < n; k++)
            if (k != i && alike(f->m, all[k], all[i]))
                *(k < i ? &earlier : &more) += 1;
        made.subject = all[i];
        if (!earlier &&
            !add_sheets(f, &made, title_of(f, runbook->title, all[i].component, more),
                        mn_arena_printf(f->a, "%s-%s", runbook->id, local ? local + 1 : id)))
            return false;
    }
    return true;
}

static bool add_diagram(struct folder *f, enum mn_view view, enum mn_message what,
                        struct mn_found other) {
    struct mn_picture p = {.view = view,
                           .n_subjects = other.index < 0 ? 1 : 2,
                           .subjects = {{MN_SCOPE_SITE, f->site}, other},
                           .lang = f->cli->lang,
                           .format = MN_PDF};
    const char *name = mn_arena_printf(f->a, "%s.pdf", mn_view_info(view)->name);
    if (!put_picture(f, &p, name))
        return false;
    f->diagrams[f->n_diagrams++] = (struct mn_folder_file){name, mn_message(what)};
    return true;
}

static bool add_diagrams(struct folder *f) {
    const struct mn_site *site = &f->m->sites[f->site];
    const struct mn_found none = {MN_SCOPE_SITE, -1};
    f->diagrams = MN_ARENA_ARRAY(f->a, struct mn_folder_file, 3);
    if (!add_diagram(f, MN_VIEW_SITE, MN_M_folder_site, none) ||
        !add_diagram(f, MN_VIEW_ESCALATION, MN_M_folder_escalation, none))
        return false;
    if (!site->uses.n)
        return true;
    int service = f->m->services[site->uses.at[0]].component;
    return add_diagram(f, MN_VIEW_PATH, MN_M_folder_path,
                       (struct mn_found){MN_SCOPE_COMPONENT, service});
}

/* The index comes last: a folder without one is not whole. */
static bool make(struct folder *f) {
    const struct mn_catalogue *all = mn_cli_catalogue(f->cli);
    size_t most = mn_catalogue_count(all);
    size_t *at = MN_ARENA_ARRAY(f->a, size_t, most + 1);
    size_t n = mn_catalogue_applies(all, f->m, mn_subject_site(f->site), at, most);
    struct mn_buf b = MN_BUF_INIT;
    if (!mn_store_make_folder(mn_arena_printf(f->a, "%s/index.html", f->path), f->cli->diags))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_runbook(f, mn_catalogue_at(all, at[i])))
            return false;
    if (!add_diagrams(f))
        return false;
    struct mn_folder folder = {.model = f->m,
                               .site = f->site,
                               .n_runbooks = f->n_runbooks,
                               .n_diagrams = f->n_diagrams,
                               .runbooks = f->runbooks,
                               .diagrams = f->diagrams};
    mn_folder_index(&folder, f->cli->lang, &b);
    bool ok = put(f, "index.html", &b);
    mn_buf_fini(&b);
    return ok;
}

static bool make_of(struct mn_cli *cli, const struct mn_model *m, int site, const char *path) {
    struct folder f = {.cli = cli, .m = m, .site = site, .path = path, .a = mn_arena_new()};
    bool ok = make(&f);
    free(f.runbooks);
    mn_arena_free(f.a);
    return ok;
}

int mn_explore_folders(struct mn_cli *cli, const char *site, const char *folder) {
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_found one;
    int done = 0, total = 0;
    if (!folder)
        folder = "emergency";
    if (!m)
        return mn_cli_failed(cli, MN_EXIT_NO);
    if (site && !mn_model_lookup(m, site, MN_SCOPE_SITE, &one, cli->diags))
        return mn_cli_failed(cli, MN_EXIT_USAGE);
    for (int i = 0; i < m->n_sites; i++)
        total += site ? i == one.index : m->sites[i].lines.n > 0;
    for (int i = 0; i < m->n_sites; i++) {
        if (site ? i != one.index : m->sites[i].lines.n == 0)
            continue;
        mn_cli_progress(cli, MN_M_folder_progress, done, total);
        if (!make_of(cli, m, i,
                     site ? folder
                          : mn_arena_printf(cli->arena, "%s/%s", folder, m->sites[i].id))) {
            mn_cli_progress(cli, MN_M_folder_progress, 0, 0);
            return mn_cli_failed(cli, MN_EXIT_BROKEN);
        }
        done++;
    }
    mn_cli_progress(cli, MN_M_folder_progress, 0, 0);
    if (cli->json)
        mn_cli_json(cli, json_pack("{s:s, s:i}", "folder", folder, "sites", done));
    else
        mn_cli_say(cli, MN_M_folder_made, MN_ARGS(mn_arena_printf(cli->arena, "%d", done), folder));
    return MN_EXIT_DONE;
}
