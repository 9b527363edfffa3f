/* The view of escalation: which ladders there are, or hold for one subject, and who stands on each
 * level. */
#include "diagram/escalation.h"

#include "analysis/impact.h"
#include "base/unicode.h"
#include "diagram/net.h"
#include "diagram/small.h"

#include <string.h>

/* What the sheet is about: components whose faults are meant; none for the whole model. */
struct about {
    struct mn__ladders l;
    const struct mn_model *m;
    struct mn_arena *arena;
    int site; /* -1: it is not a site */
    int n;
    int *components;
};

const char *mn__time_words(struct mn__sheet *sheet, int seconds) {
    return seconds > 0 ? mn__duration_text(sheet, seconds)
                       : mn_msg(MN_M_ladder_at_once, sheet->lang);
}

static const char *join(struct about *w, const char *a, const char *between, const char *b) {
    return mn_arena_printf(w->arena, "%s%s%s", a, *a && *b ? between : "", b);
}

static bool has(const int *list, int n, int value) {
    for (int i = 0; i < n; i++)
        if (list[i] == value)
            return true;
    return false;
}

static const char *team_name(const struct about *w, int team) {
    return mn__full_name(w->m->teams[team].name, w->l.sheet->lang);
}

/* Hours, and where they are reached: what the model leaves open is left open on paper too. */
static const char *team_facts(struct about *w, int team) {
    const struct mn_team *t = &w->m->teams[team];
    enum mn_lang lang = w->l.sheet->lang;
    const char *contact = mn_text_in(t->contact, lang), *hours = mn_text_in(t->hours, lang);
    if (!contact || !*contact)
        contact = mn_msg(MN_M_ladder_no_contact, lang);
    return join(w, contact, " · ", hours ? hours : "");
}

/* Notes who plays the role at one place; `where` may be "". */
static void add_player(struct about *w, int *teams, const char **where, int *n, int team,
                       const char *place) {
    int i = 0;
    if (team < 0)
        return;
    while (i < *n && teams[i] != team)
        i++;
    if (i == 12)
        return;
    if (i == *n) {
        teams[(*n)++] = team;
        where[i] = place;
    } else if (*place) {
        where[i] = join(w, where[i], ", ", place);
    }
}

static int team_in(struct mn_role_teams roles, int role) {
    for (int i = 0; i < roles.n; i++)
        if (roles.at[i].role == role)
            return roles.at[i].team;
    return -1;
}

/* All who play a role somewhere, with where that is. */
static int players(struct about *w, int role, int *teams, const char **where) {
    const struct mn_model *m = w->m;
    enum mn_lang lang = w->l.sheet->lang;
    int n = 0;
    for (int i = 0; i < m->n_areas; i++)
        add_player(w, teams, where, &n, team_in(m->areas[i].roles, role),
                   mn__short_name(m->areas[i].name, lang));
    for (int i = 0; i < m->n_contracts; i++)
        add_player(w, teams, where, &n, team_in(m->contracts[i].roles, role),
                   mn__short_name(m->contracts[i].name, lang));
    for (int i = 0; i < m->n_sites; i++)
        add_player(w, teams, where, &n, team_in(m->sites[i].roles, role),
                   mn__short_name(m->sites[i].name, lang));
    bool elsewhere = m->roles[role].team >= 0 && n > 0;
    add_player(w, teams, where, &n, m->roles[role].team,
               elsewhere ? mn_msg(MN_M_ladder_elsewhere, lang) : "");
    return n;
}

/* Who is told on a level: for the components that it is about, or anywhere in the model. */
static int who(struct about *w, struct mn_party to, const int *of, int n_of, int *teams,
               const char **where) {
    int n = 0;
    if (to.is == MN_PARTY_TEAM)
        add_player(w, teams, where, &n, to.index, "");
    else if (w->n == 0 && to.is == MN_PARTY_ROLE)
        n = players(w, to.index, teams, where);
    for (int i = 0; i < n_of && to.is == MN_PARTY_ROLE && w->n; i++) {
        int component = of[i];
        const struct mn_component *c = &w->m->components[component];
        /* What a site only uses is felt there, and told there. */
        if (w->site >= 0 && c->site < 0 && w->m->sites[w->site].nodes.n)
            component = w->m->nodes[w->m->sites[w->site].nodes.at[0]].component;
        add_player(w, teams, where, &n, mn_model_resolve(w->m, to, component), "");
    }
    return n;
}

/* The directory's entry for those who are told; -1 for nobody. */
static int tell(struct about *w, struct mn_party to, const int *of, int n_of) {
    enum mn_lang lang = w->l.sheet->lang;
    int teams[12], told = 0, n;
    const char *where[12];
    struct mn__told entry = {.name = "", .text = ""};
    n = who(w, to, of, n_of, teams, where);
    if (n == 0 && w->n)
        return -1;
    if (n == 1) {
        entry =
            (struct mn__told){.name = team_name(w, teams[0]),
                              .id = mn_arena_printf(w->arena, "team-%s", w->m->teams[teams[0]].id),
                              .text = team_facts(w, teams[0]),
                              .tip = mn_text_in(w->m->teams[teams[0]].description, lang)};
    } else {
        entry.name = to.is == MN_PARTY_ROLE ? mn__full_name(w->m->roles[to.index].name, lang) : "";
        entry.id = mn_arena_printf(w->arena, "role-%s", w->m->roles[to.index].id);
        for (int i = 0; i < n; i++) {
            const char *name = team_name(w, teams[i]);
            if (*where[i])
                name = mn__say(w->l.sheet, MN_M_ladder_where, MN_ARGS(where[i], name));
            entry.text = join(w, entry.text, "; ", name);
        }
        if (!n)
            entry.text = mn_msg(MN_M_ladder_nobody, lang);
    }
    while (told < w->l.n_told && (strcmp(w->l.told[told].id, entry.id) != 0 ||
                                  strcmp(w->l.told[told].text, entry.text) != 0))
        told++;
    if (told == w->l.n_told) {
        for (int i = 0, same = 0; i < w->l.n_told; i++)
            if (strcmp(w->l.told[i].id, entry.id) == 0 && !same++)
                entry.id = mn_arena_printf(w->arena, "%s-%d", entry.id, told);
        w->l.told[w->l.n_told++] = entry;
    }
    return told;
}

static void add_column(struct mn__ladders *l, int after) {
    int at = 0;
    while (at < l->n_columns && l->columns[at] < after)
        at++;
    if (at < l->n_columns && l->columns[at] == after)
        return;
    memmove(l->columns + at + 1, l->columns + at, sizeof *l->columns * (size_t)(l->n_columns - at));
    l->columns[at] = after;
    l->n_columns++;
}

static int after_of(const struct mn_level *level) {
    return level->after_s > 0 ? level->after_s : 0;
}

static void add_steps(struct about *w, struct mn__ladder *ladder, const int *of, int n_of) {
    const struct mn_policy *p = &w->m->policies[ladder->policy];
    enum mn_lang lang = w->l.sheet->lang;
    ladder->steps = mn_arena_alloc(w->arena, sizeof *ladder->steps * ((size_t)p->n_levels + 1));
    for (int i = 0; i < p->n_levels; i++) {
        const struct mn_level *level = &p->levels[i];
        int told = tell(w, level->to, of, n_of), at = ladder->n;
        if (told < 0)
            continue;
        const char *phone = mn_text_in(level->by_phone, lang),
                   *note = mn_text_in(level->note, lang);
        struct mn__step step = {.level = level, .told = told, .within = "", .say = ""};
        if (level->acknowledge_s >= 0)
            step.within = mn__say(w->l.sheet, MN_M_ladder_within,
                                  MN_ARGS(mn__time_words(w->l.sheet, level->acknowledge_s)));
        if (phone && *phone)
            step.say = mn__say(w->l.sheet, MN_M_ladder_say, MN_ARGS(phone));
        if (note && *note)
            step.say = join(w, step.say, " ", note);
        while (at > 0 && after_of(ladder->steps[at - 1].level) > after_of(level)) {
            ladder->steps[at] = ladder->steps[at - 1];
            at--;
        }
        ladder->steps[at] = step;
        ladder->n++;
        add_column(&w->l, after_of(level));
    }
}

/* Names in a row, those beyond `most` as a number. */
struct names {
    const char *text;
    int n, most;
};

static void add_name(struct about *w, struct names *names, const char *name) {
    if (names->n++ < names->most)
        names->text = join(w, names->text, ", ", name);
}

static const char *names_text(struct about *w, struct names *names) {
    if (names->n <= names->most)
        return names->text;
    return mn_arena_printf(w->arena, "%s, +%d", names->text, names->n - names->most);
}

/* "mức cao, khẩn cấp", or "" when it does not depend on it. */
static const char *severities(struct about *w, const bool *at) {
    enum mn_lang lang = w->l.sheet->lang;
    struct names names = {"", 0, 8};
    for (int s = 0; s < w->m->n_severities; s++)
        if (at[s])
            add_name(w, &names, mn__full_name(w->m->severities[s].name, lang));
    if (names.n == 0 || names.n == w->m->n_severities)
        return "";
    return mn__say(w->l.sheet, MN_M_ladder_severity, MN_ARGS(names.text));
}

/* A kind's short name where it is a word; two or three letters say too little here. */
static const char *kind_name(const struct about *w, int kind) {
    const char *brief = mn__short_name(w->m->kinds[kind].name, w->l.sheet->lang);
    return mn_utf8_count(brief, strlen(brief)) > 3
               ? brief
               : mn__full_name(w->m->kinds[kind].name, w->l.sheet->lang);
}

/* When this ladder holds. `at`: for which severities; `of`: the subject's parts that it is for. */
static const char *when_text(struct about *w, int policy, const bool *at, const int *of, int n_of) {
    const struct mn_policy *p = &w->m->policies[policy];
    enum mn_lang lang = w->l.sheet->lang;
    struct names things = {"", 0, 7}, teams = {"", 0, 3};
    for (int i = 0; i < p->services.n; i++) {
        int component = w->m->services[p->services.at[i]].component;
        if (w->n == 0 || (w->n > 1 && has(of, n_of, component)))
            add_name(w, &things, mn__short_name(w->m->components[component].name, lang));
    }
    for (int i = 0; i < p->kinds.n; i++) {
        bool here = w->n == 0;
        for (int k = 0; k < n_of && w->n > 1; k++)
            here = here || w->m->components[of[k]].kind == p->kinds.at[i];
        if (here)
            add_name(w, &things, kind_name(w, p->kinds.at[i]));
    }
    for (int i = 0; i < p->teams.n; i++)
        add_name(w, &teams, team_name(w, p->teams.at[i]));
    const char *text = severities(w, at);
    if (things.n)
        text = join(w, text, " · ", names_text(w, &things));
    if (teams.n)
        text = join(w, text, " · ",
                    mn__say(w->l.sheet, MN_M_ladder_held_by, MN_ARGS(names_text(w, &teams))));
    if (*text)
        return text;
    return mn_msg(w->n == 1 ? MN_M_ladder_always : MN_M_ladder_otherwise, lang);
}

/* Since when, and by which rule. */
static const char *basis_text(struct about *w, const struct mn_policy *p) {
    struct mn__sheet *sheet = w->l.sheet;
    const char *text = "";
    if (p->valid_from)
        text = mn__say(sheet, MN_M_ladder_from, MN_ARGS(mn__date_words(sheet, p->valid_from)));
    if (p->valid_until)
        text =
            join(w, text, " ",
                 mn__say(sheet, MN_M_ladder_until, MN_ARGS(mn__date_words(sheet, p->valid_until))));
    if (p->regulation >= 0) {
        const struct mn_regulation *r = &w->m->regulations[p->regulation];
        const char *reference =
            r->reference && *r->reference ? r->reference : mn__full_name(r->title, sheet->lang);
        text = join(w, text, " · ", reference);
        if (r->assumption)
            text = join(w, text, " ", mn_msg(MN_M_ladder_assumed, sheet->lang));
    }
    return text;
}

static bool in_force(const struct about *w, const struct mn_policy *p) {
    const char *day = w->l.sheet->scene->date;
    return !*day || ((!p->valid_from || strcmp(day, p->valid_from) >= 0) &&
                     (!p->valid_until || strcmp(day, p->valid_until) <= 0));
}

/* The strongest mark of what a ladder is for. */
static enum mn_mark_as mark_for(const struct about *w, const struct mn_policy *p, const int *of,
                                int n_of) {
    enum mn_mark_as as = MN_MARK_NONE;
    for (int i = 0; i < w->m->n_components; i++) {
        const struct mn_component *c = &w->m->components[i];
        bool named = (c->cls == MN_SERVICE && has(p->services.at, p->services.n, c->index)) ||
                     has(p->kinds.at, p->kinds.n, c->kind);
        enum mn_mark_as own = (enum mn_mark_as)w->l.sheet->component_marks[i];
        if (own > as && (w->n > 1 ? has(of, n_of, i) : w->n == 0 && named))
            as = own;
    }
    return as;
}

static void add_ladder(struct about *w, int policy, const bool *at, const int *of, int n_of) {
    const struct mn_policy *p = &w->m->policies[policy];
    struct mn__ladder *ladder = &w->l.ladders[w->l.n];
    *ladder = (struct mn__ladder){.policy = policy,
                                  .when = when_text(w, policy, at, of, n_of),
                                  .basis = basis_text(w, p),
                                  .in_force = in_force(w, p),
                                  .mark = mark_for(w, p, of, n_of)};
    add_steps(w, ladder, of, n_of);
    w->l.n += ladder->n > 0;
}

static void add_all(struct about *w) {
    bool *at = mn_arena_alloc(w->arena, (size_t)w->m->n_severities + 1);
    for (int p = 0; p < w->m->n_policies; p++) {
        const struct mn_policy *policy = &w->m->policies[p];
        for (int s = 0; s < w->m->n_severities; s++)
            at[s] = has(policy->severities.at, policy->severities.n, s);
        add_ladder(w, p, at, NULL, 0);
    }
}

/* The ladders that hold for some part of the subject at some severity, with some team at work. */
static void add_holding(struct about *w) {
    const struct mn_model *m = w->m;
    size_t n = (size_t)m->n_policies + 1, severities = (size_t)m->n_severities + 1;
    bool *at = mn_arena_alloc(w->arena, n * severities);
    bool *of = mn_arena_alloc(w->arena, n * ((size_t)w->n + 1));
    int *parts = mn_arena_alloc(w->arena, sizeof *parts * ((size_t)w->n + 1));
    const char *day = *w->l.sheet->scene->date ? w->l.sheet->scene->date : NULL;
    for (int i = 0; i < w->n; i++)
        for (int s = m->n_severities ? 0 : -1; s < m->n_severities; s++)
            for (int t = -1; t < m->n_teams; t++) {
                struct mn_policy_case c = {w->components[i], s, t, day};
                int p = mn_model_policy(m, c);
                if (p < 0 || (t >= 0 && !has(m->policies[p].teams.at, m->policies[p].teams.n, t)))
                    continue;
                of[(size_t)p * (size_t)w->n + (size_t)i] = true;
                if (s >= 0)
                    at[(size_t)p * severities + (size_t)s] = true;
            }
    for (int p = 0; p < m->n_policies; p++) {
        int n_parts = 0;
        for (int i = 0; i < w->n; i++)
            if (of[(size_t)p * (size_t)w->n + (size_t)i])
                parts[n_parts++] = w->components[i];
        if (n_parts)
            add_ladder(w, p, &at[(size_t)p * severities], parts, n_parts);
    }
}

/* How severe it is when the component is down. */
static int severity_down(const struct mn_model *m, int component) {
    struct mn_failure f = {component, -1};
    struct mn_impact *impact = mn_impact_new(m, &f, 1);
    int severity = impact->severity;
    mn_impact_free(impact);
    return severity;
}

static void choose(struct about *w, struct mn_found f) {
    const struct mn_model *m = w->m;
    enum mn_lang lang = w->l.sheet->lang;
    const char *name, *id;
    w->components = mn_arena_alloc(w->arena, sizeof *w->components * ((size_t)m->n_components + 1));
    if (f.scope == MN_SCOPE_SITE) {
        const struct mn_site *s = &m->sites[f.index];
        w->site = f.index;
        name = mn__full_name(s->name, lang);
        id = s->id;
        for (int i = 0; i < m->n_components; i++)
            if (m->components[i].site == f.index)
                w->components[w->n++] = i;
        for (int i = 0; i < s->uses.n; i++)
            w->components[w->n++] = m->services[s->uses.at[i]].component;
        w->l.corner_mark = mn__site_mark(w->l.sheet, f.index);
        w->l.symbol = NULL;
    } else {
        const struct mn_component *c = &m->components[f.index];
        name = c->site >= 0 && mn__has_own_name(m, c)
                   ? mn_arena_printf(w->arena, "%s · %s", mn__full_name(c->name, lang),
                                     mn__full_name(m->sites[c->site].name, lang))
                   : mn__full_name(c->name, lang);
        id = c->id;
        w->components[w->n++] = f.index;
        w->l.severity = severity_down(m, f.index);
        w->l.corner_mark = (enum mn_mark_as)w->l.sheet->component_marks[f.index];
        w->l.symbol = c->cls == MN_NODE ? mn__symbol_of(m, f.index) : NULL;
    }
    w->l.corner = name;
    w->l.corner_id = mn_arena_printf(w->arena, "subject-%s", id);
    w->l.corner_tip = mn_arena_printf(w->arena, "%s (%s)", name, id);
}

bool mn__draw_escalation(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    struct mn_arena *arena = sheet->scene->arena;
    struct about w = {
        .l = {.sheet = sheet, .corner = "", .severity = -1}, .m = m, .arena = arena, .site = -1};
    size_t levels = 1;
    for (int p = 0; p < m->n_policies; p++)
        levels += (size_t)m->policies[p].n_levels;
    if (!m->n_policies)
        return mn__refuse(sheet, MN_D_diagram_no_policies, NULL, NULL, NULL);
    w.l.ladders = mn_arena_alloc(arena, sizeof *w.l.ladders * ((size_t)m->n_policies + 1));
    w.l.told = mn_arena_alloc(arena, sizeof *w.l.told * levels);
    w.l.columns = mn_arena_alloc(arena, sizeof *w.l.columns * levels);
    if (sheet->picture->n_subjects) {
        choose(&w, sheet->picture->subjects[0]);
        add_holding(&w);
        if (!w.l.n)
            return mn__refuse(sheet, MN_D_diagram_no_ladder, w.l.corner, NULL, NULL);
    } else {
        add_all(&w);
        if (!w.l.n)
            return mn__refuse(sheet, MN_D_diagram_no_policies, NULL, NULL, NULL);
    }
    const char *title = *w.l.corner ? mn__say(sheet, MN_M_ladder_title_of, MN_ARGS(w.l.corner_tip))
                                    : mn_msg(MN_M_ladder_title, sheet->lang);
    const char *subtitle =
        mn__say(sheet, MN_M_ladder_subtitle,
                MN_ARGS(mn__number(sheet, w.l.n), mn__number(sheet, w.l.n_told)));
    if (w.l.severity >= 0)
        subtitle =
            join(&w, subtitle, " · ",
                 mn__say(sheet, MN_M_ladder_down,
                         MN_ARGS(mn__full_name(m->severities[w.l.severity].name, sheet->lang))));
    mn__frame(sheet, title, subtitle, sheet->marked ? 2 : 1);
    if (!mn__ladders_draw(&w.l))
        return mn__refuse(sheet, MN_D_diagram_too_large, mn_paper_name(sheet->paper), NULL, NULL);
    mn__frame_end(sheet);
    return true;
}
