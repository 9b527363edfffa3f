/* show: what a component or site is, what it hangs on, who repairs it, which runbooks apply. */
#include "base/mem.h"
#include "base/unicode.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/describe.h"

#include <string.h>

#define LABEL_COLUMNS 26
#define TEXT_COLUMNS 100

static const char *component_name(const struct mn_cli *cli, int component) {
    return mn_cli_text(cli, cli->model->components[component].name.full);
}

/* "id (name)", or the id alone when the name says no more. */
static const char *component_words(struct mn_cli *cli, int component) {
    return mn_arena_printf(cli->arena, "%s (%s)", cli->model->components[component].id,
                           component_name(cli, component));
}

/* One line "label  value", the value continued below itself when it is long. */
static void field(struct mn_cli *cli, enum mn_message label, const char *value) {
    if (!value || !*value)
        return;
    const char *name = mn_msg(label, cli->lang);
    size_t width = mn_width(name, strlen(name));
    fprintf(cli->out, "  %s%*s", name, width < LABEL_COLUMNS ? (int)(LABEL_COLUMNS - width) : 1,
            "");
    size_t column = 0;
    for (const char *p = value; *p;) {
        size_t word = strcspn(p, " "), columns = mn_width(p, word);
        if (column && column + 1 + columns > TEXT_COLUMNS - LABEL_COLUMNS) {
            fprintf(cli->out, "\n  %*s", LABEL_COLUMNS, "");
            column = 0;
        }
        fprintf(cli->out, "%s%.*s", column ? " " : "", (int)word, p);
        column += columns + (column ? 1 : 0);
        p += word;
        p += strspn(p, " ");
    }
    fputc('\n', cli->out);
}

/* Joins words with ", ". */
struct joined {
    struct mn_buf text;
};

static void join(struct joined *j, const char *word) {
    if (j->text.size)
        mn_buf_puts(&j->text, ", ");
    mn_buf_puts(&j->text, word);
}

static void join_field(struct mn_cli *cli, enum mn_message label, struct joined *j) {
    field(cli, label, mn_buf_text(&j->text));
    mn_buf_fini(&j->text);
}

static void components_field(struct mn_cli *cli, enum mn_message label, struct mn_ints list) {
    struct joined j = {MN_BUF_INIT};
    for (int i = 0; i < list.n; i++)
        join(&j, component_words(cli, list.at[i]));
    join_field(cli, label, &j);
}

static void nodes_field(struct mn_cli *cli, enum mn_message label, struct mn_ints nodes) {
    struct joined j = {MN_BUF_INIT};
    for (int i = 0; i < nodes.n; i++)
        join(&j, component_words(cli, cli->model->nodes[nodes.at[i]].component));
    join_field(cli, label, &j);
}

static void links_field(struct mn_cli *cli, enum mn_message label, struct mn_ints links) {
    struct joined j = {MN_BUF_INIT};
    for (int i = 0; i < links.n; i++)
        join(&j, component_words(cli, cli->model->links[links.at[i]].component));
    join_field(cli, label, &j);
}

static void services_field(struct mn_cli *cli, enum mn_message label, struct mn_ints services) {
    struct joined j = {MN_BUF_INIT};
    for (int i = 0; i < services.n; i++)
        join(&j, component_name(cli, cli->model->services[services.at[i]].component));
    join_field(cli, label, &j);
}

static void words_field(struct mn_cli *cli, enum mn_message label, struct mn_strings words) {
    struct joined j = {MN_BUF_INIT};
    for (int i = 0; i < words.n; i++)
        join(&j,
             label == MN_M_show_used_at ? mn_describe_type(words.at[i], cli->lang) : words.at[i]);
    join_field(cli, label, &j);
}

static void team_field(struct mn_cli *cli, int team) {
    if (team < 0)
        return;
    const struct mn_team *t = &cli->model->teams[team];
    field(cli, MN_M_show_team, mn_cli_text(cli, t->name.full));
    field(cli, MN_M_show_contact, mn_cli_text(cli, t->contact));
    field(cli, MN_M_show_hours, mn_cli_text(cli, t->hours));
}

static void show_node(struct mn_cli *cli, const struct mn_node *n) {
    links_field(cli, MN_M_show_links, n->links);
    components_field(cli, MN_M_show_powered_by, n->powered_by);
    components_field(cli, MN_M_show_requires, n->requires);
    field(cli, MN_M_show_address, n->address);
    struct joined used = {MN_BUF_INIT};
    const struct mn_model *m = cli->model;
    for (int s = 0; s < m->n_services; s++)
        for (int g = 0; g < m->services[s].n_hosts; g++)
            for (int h = 0; h < m->services[s].hosts[g].n; h++)
                if (&m->nodes[m->services[s].hosts[g].at[h].node] == n)
                    join(&used, component_name(cli, m->services[s].component));
    join_field(cli, MN_M_show_used_by, &used);
}

static void show_link(struct mn_cli *cli, const struct mn_link *l) {
    char capacity[24] = "";
    struct joined ends = {MN_BUF_INIT};
    for (int e = 0; e < 2; e++)
        join(&ends, component_words(cli, cli->model->nodes[l->end[e]].component));
    join_field(cli, MN_M_show_ends, &ends);
    if (l->capacity >= 0)
        mn_capacity_text(l->capacity, capacity);
    field(cli, MN_M_show_capacity, capacity);
    field(cli, MN_M_show_circuit, l->circuit);
}

static void show_service(struct mn_cli *cli, const struct mn_service *s) {
    const struct mn_model *m = cli->model;
    char needs[24] = "";
    for (int g = 0; g < s->n_hosts; g++) {
        struct joined any_of = {MN_BUF_INIT};
        for (int h = 0; h < s->hosts[g].n; h++) {
            const struct mn_host *host = &s->hosts[g].at[h];
            const char *words = component_words(cli, m->nodes[host->node].component);
            if (host->failover.after_s >= 0)
                words = mn_arena_printf(cli->arena, "%s [%s]", words,
                                        mn_msg(MN_M_show_standby, cli->lang));
            join(&any_of, words);
        }
        struct mn_buf line = MN_BUF_INIT;
        if (s->hosts[g].n > 1)
            mn_msg_add(&line, MN_M_show_any_of, cli->lang, MN_ARGS(mn_buf_text(&any_of.text)));
        else
            mn_buf_puts(&line, mn_buf_text(&any_of.text));
        field(cli, MN_M_show_hosts, mn_buf_text(&line));
        mn_buf_fini(&line);
        mn_buf_fini(&any_of.text);
    }
    services_field(cli, MN_M_show_requires, s->requires);
    nodes_field(cli, MN_M_show_via, s->via);
    if (s->needs > 0)
        mn_capacity_text(s->needs, needs);
    field(cli, MN_M_show_needs, needs);
    words_field(cli, MN_M_show_endpoint, s->endpoint);
    words_field(cli, MN_M_show_used_at, s->used_at);
    if (s->main_activity)
        field(cli, MN_M_show_main_activity, mn_msg(MN_M_show_yes, cli->lang));
    if (s->meeting)
        field(cli, MN_M_show_meeting, mn_msg(MN_M_show_yes, cli->lang));
    struct joined used = {MN_BUF_INIT};
    for (int other = 0; other < m->n_services; other++)
        for (int r = 0; r < m->services[other].requires.n; r++)
            if (&m->services[m->services[other].requires.at[r]] == s)
                join(&used, component_name(cli, m->services[other].component));
    join_field(cli, MN_M_show_used_by, &used);
}

static void show_faults(struct mn_cli *cli, int component) {
    const struct mn_model *m = cli->model;
    const struct mn_component *c = &m->components[component];
    if (c->faults.n == 0)
        return;
    fputc('\n', cli->out);
    mn_cli_say(cli, MN_M_show_faults, MN_NO_ARGS);
    for (int i = 0; i < c->faults.n; i++) {
        const struct mn_fault *f = &c->faults.at[i];
        int team = mn_model_resolve(m, f->by, component);
        fprintf(cli->out, "  !%s  %s", f->mode, mn_cli_text(cli, f->name.full));
        struct mn_buf b = MN_BUF_INIT;
        if (team >= 0) {
            mn_buf_puts(&b, "; ");
            mn_msg_add(&b, MN_M_show_fault_by, cli->lang,
                       MN_ARGS(mn_cli_text(cli, m->teams[team].name.full)));
        }
        if (f->takes_s >= 0) {
            char takes[24];
            mn_duration_text(f->takes_s, takes);
            mn_buf_puts(&b, "; ");
            mn_msg_add(&b, MN_M_show_fault_takes, cli->lang, MN_ARGS(takes));
        }
        fprintf(cli->out, "%s\n", mn_buf_text(&b));
        mn_buf_fini(&b);
    }
}

static void show_runbooks(struct mn_cli *cli, const json_t *runbooks) {
    fputc('\n', cli->out);
    if (json_array_size(runbooks) == 0) {
        mn_cli_say(cli, MN_M_show_no_runbooks, MN_NO_ARGS);
        return;
    }
    mn_cli_say(cli, MN_M_show_runbooks, MN_NO_ARGS);
    size_t i;
    const json_t *r;
    json_array_foreach(runbooks, i, r)
        fprintf(cli->out, "  %s  %s\n", mn_json_string(r, "id"),
                mn_json_string(json_object_get(r, "title"), mn_lang_name(cli->lang)));
}

static void show_component(struct mn_cli *cli, int component) {
    const struct mn_model *m = cli->model;
    const struct mn_component *c = &m->components[component];
    fprintf(cli->out, "%s  %s\n", c->id, component_name(cli, component));
    if (c->kind >= 0) {
        const struct mn_kind *k = &m->kinds[c->kind];
        field(cli, MN_M_show_kind, mn_cli_text(cli, k->name.full));
    }
    if (c->site >= 0)
        field(cli, MN_M_show_site, mn_cli_text(cli, m->sites[c->site].name.full));
    team_field(cli, mn_describe_owner(m, component));
    if (c->contract >= 0)
        field(cli, MN_M_show_contract, mn_cli_text(cli, m->contracts[c->contract].name.full));
    switch (c->cls) {
    case MN_NODE:
        show_node(cli, &m->nodes[c->index]);
        break;
    case MN_LINK:
        show_link(cli, &m->links[c->index]);
        break;
    case MN_SERVICE:
        show_service(cli, &m->services[c->index]);
        break;
    case MN_GROUP:
        components_field(cli, MN_M_show_members, m->groups[c->index].members);
        break;
    case MN_CLASSES:
        break;
    }
    struct joined groups = {MN_BUF_INIT};
    for (int i = 0; i < c->groups.n; i++)
        join(&groups, component_words(cli, m->groups[c->groups.at[i]].component));
    join_field(cli, MN_M_show_groups, &groups);
    field(cli, MN_M_show_note, mn_cli_text(cli, c->note));
    show_faults(cli, component);
}

static const char *place(struct mn_cli *cli, struct mn_loc loc) {
    if (!loc.source)
        return "";
    return mn_arena_printf(cli->arena, "%s:%d", loc.source->name, loc.line);
}

/* What came from where: the component, its kind, its origin and who changed it. */
static const char *origin_words(struct mn_cli *cli, const struct mn_component *c) {
    static const enum mn_message origins[] = {
        [MN_FROM_FILE] = MN_M_show_origin_file,
        [MN_FROM_BLUEPRINT] = MN_M_show_origin_blueprint,
        [MN_FROM_LINE] = MN_M_show_origin_line,
        [MN_FROM_BUT_ADD] = MN_M_show_origin_add,
    };
    const char *blueprint = c->blueprint >= 0 ? cli->model->blueprints[c->blueprint].id : "";
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, origins[c->origin], cli->lang, MN_ARGS(blueprint));
    mn_buf_printf(&b, " (%s)", place(cli, c->loc));
    if (c->changed.source && c->origin != MN_FROM_BUT_ADD) {
        mn_buf_puts(&b, "; ");
        mn_msg_add(&b, MN_M_show_changed, cli->lang, MN_ARGS(place(cli, c->changed)));
    }
    const char *words = mn_arena_strdup(cli->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return words;
}

static void show_expanded(struct mn_cli *cli, const struct mn_site *s) {
    const struct mn_model *m = cli->model;
    fputc('\n', cli->out);
    for (int i = 0; i < s->nodes.n + s->links.n; i++) {
        int component = i < s->nodes.n ? m->nodes[s->nodes.at[i]].component
                                       : m->links[s->links.at[i - s->nodes.n]].component;
        const struct mn_component *c = &m->components[component];
        fprintf(cli->out, "  %-28s %-18s %s\n", c->id, c->kind >= 0 ? m->kinds[c->kind].id : "",
                origin_words(cli, c));
    }
}

/* The lines that most units have are said in words. */
static const char *line_words(const struct mn_cli *cli, const char *line) {
    if (strcmp(line, "primary") == 0)
        return mn_msg(MN_M_line_primary, cli->lang);
    if (strcmp(line, "backup") == 0)
        return mn_msg(MN_M_line_backup, cli->lang);
    return line;
}

static void show_site(struct mn_cli *cli, int site) {
    const struct mn_model *m = cli->model;
    const struct mn_site *s = &m->sites[site];
    fprintf(cli->out, "%s  %s\n", s->id, mn_cli_text(cli, s->name.full));
    field(cli, MN_M_show_type, mn_describe_type(s->type, cli->lang));
    if (s->area >= 0)
        field(cli, MN_M_show_area, mn_cli_text(cli, m->areas[s->area].name.full));
    if (s->placed)
        field(cli, MN_M_show_position,
              mn_arena_printf(cli->arena, "%.5f, %.5f", s->lat_e5 / 1e5, s->lon_e5 / 1e5));
    struct joined lines = {MN_BUF_INIT};
    for (int i = 0; i < s->lines.n; i++) {
        const struct mn_link *l = &m->links[s->lines.at[i]];
        char capacity[24] = "";
        if (l->capacity >= 0)
            mn_capacity_text(l->capacity, capacity);
        int far = m->components[m->nodes[l->end[0]].component].site == site ? 1 : 0;
        join(&lines,
             mn_arena_printf(cli->arena, "%s → %s (%s%s%s)", line_words(cli, l->line),
                             m->components[m->nodes[l->end[far]].component].id,
                             mn_cli_text(cli, m->kinds[m->components[l->component].kind].name.full),
                             *capacity ? ", " : "", capacity));
    }
    join_field(cli, MN_M_show_lines, &lines);
    components_field(cli, MN_M_show_powered_by, s->powered_by);
    services_field(cli, MN_M_show_uses, s->uses);
    if (!mn_cli_option(cli, "expanded")) {
        nodes_field(cli, MN_M_show_equipment, s->nodes);
    } else {
        show_expanded(cli, s);
    }
}

static json_t *expanded_json(struct mn_cli *cli, const struct mn_site *s) {
    const struct mn_model *m = cli->model;
    static const char *const origins[] = {"file", "blueprint", "line", "but-add"};
    json_t *list = json_array();
    for (int i = 0; i < s->nodes.n + s->links.n; i++) {
        int component = i < s->nodes.n ? m->nodes[s->nodes.at[i]].component
                                       : m->links[s->links.at[i - s->nodes.n]].component;
        const struct mn_component *c = &m->components[component];
        json_t *o = mn_describe_component(m, component);
        json_object_set_new(o, "origin", json_string(origins[c->origin]));
        json_object_set_new(o, "defined", json_string(place(cli, c->loc)));
        json_object_set_new(o, "changed",
                            c->changed.source ? json_string(place(cli, c->changed)) : json_null());
        json_array_append_new(list, o);
    }
    return list;
}

/* The runbooks that apply, as [{"id","title",…}]. */
static json_t *runbooks_for(struct mn_cli *cli, struct mn_found found) {
    const struct mn_catalogue *catalogue = mn_cli_catalogue(cli);
    size_t n = mn_catalogue_count(catalogue);
    size_t *at = MN_ARENA_ARRAY(cli->arena, size_t, n + 1);
    struct mn_subject subject = found.scope == MN_SCOPE_SITE
                                    ? mn_subject_site(found.index)
                                    : mn_subject_component(cli->model, found.index);
    n = mn_catalogue_applies(catalogue, cli->model, subject, at, n);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, mn_runbook_json(mn_catalogue_at(catalogue, at[i])));
    return list;
}

static int run(struct mn_cli *cli) {
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_found found;
    if (!m)
        return mn_cli_failed(cli, MN_EXIT_NO);
    if (!mn_model_lookup(m, cli->args[0], MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &found, cli->diags))
        return mn_cli_failed(cli, MN_EXIT_USAGE);
    bool site = found.scope == MN_SCOPE_SITE;
    json_t *runbooks = runbooks_for(cli, found);
    if (cli->json) {
        json_t *o = site ? mn_describe_site(m, found.index) : mn_describe_component(m, found.index);
        if (!site)
            json_object_set_new(o, "faults", mn_describe_faults(m, found.index));
        else if (mn_cli_option(cli, "expanded"))
            json_object_set_new(o, "components", expanded_json(cli, &m->sites[found.index]));
        json_object_set_new(o, "runbooks", runbooks);
        mn_cli_json(cli, o);
        return MN_EXIT_DONE;
    }
    if (site)
        show_site(cli, found.index);
    else
        show_component(cli, found.index);
    show_runbooks(cli, runbooks);
    json_decref(runbooks);
    mn_cli_flush_diags(cli);
    return MN_EXIT_DONE;
}

static const struct mn_option options[] = {{"expanded", NULL, MN_M_opt_expanded, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_show = {
    .name = "show",
    .usage = "COMPONENT|SITE",
    .least = 1,
    .most = 1,
    .summary = MN_M_show_summary,
    .help = MN_M_show_help,
    .options = options,
    .run = run,
};
