/* What is broken, and which runbook. */
#include "cli/choose.h"

#include "base/unicode.h"
#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>

int mn_choose(struct mn_cli *cli, struct mn_reader *r, enum mn_message question,
              const char *const *args, const char *const *texts, int n, enum mn_read *end) {
    const char *count = mn_arena_printf(cli->arena, "%d", n);
    mn_screen_blank(cli);
    mn_screen_heading(cli, question, args);
    for (int i = 0; i < n; i++)
        mn_screen_indented(cli, mn_arena_printf(cli->arena, "%3d  ", i + 1), "     ", texts[i]);
    struct mn_buf prompt = MN_BUF_INIT;
    mn_msg_add(&prompt, MN_M_walk_prompt_choice, cli->lang, MN_ARGS(count));
    int chosen = -1;
    for (bool again = true; again;) {
        struct mn_line line;
        *end = mn_reader_line(r, mn_buf_text(&prompt), &line);
        if (*end != MN_READ_LINE)
            break;
        if (strcmp(line.text, "q") == 0) {
            *end = MN_READ_END;
            break;
        }
        char *rest;
        long number = strtol(line.text, &rest, 10);
        if (*line.text && !*rest && number >= 1 && number <= n) {
            chosen = (int)number - 1;
            break;
        }
        mn_diag(cli->diags, MN_D_walk_no_level, line.from, MN_ARGS(line.text, count));
        again = !mn_reader_strict(r);
        if (again)
            mn_screen_problems(cli);
    }
    mn_buf_fini(&prompt);
    return chosen;
}

static bool find_subject(struct mn_cli *cli, const char *text, struct mn_subject *subject) {
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_found found;
    if (!mn_model_lookup(m, text, MN_SCOPE_SITE | MN_SCOPE_COMPONENT, &found, cli->diags))
        return false;
    *subject = found.scope == MN_SCOPE_SITE ? mn_subject_site(found.index)
                                            : mn_subject_component(m, found.index);
    return true;
}

static bool ask_subject(struct mn_cli *cli, struct mn_reader *r, struct mn_subject *subject,
                        enum mn_read *end) {
    mn_screen_heading(cli, MN_M_choose_subject, MN_NO_ARGS);
    for (;;) {
        struct mn_line line;
        *end = mn_reader_line(r, mn_msg(MN_M_choose_subject_prompt, cli->lang), &line);
        if (*end != MN_READ_LINE)
            return false;
        if (strcmp(line.text, "q") == 0) {
            *end = MN_READ_END;
            return false;
        }
        if (*line.text && find_subject(cli, line.text, subject))
            return true;
        if (mn_reader_strict(r))
            return false;
        mn_screen_problems(cli);
    }
}

int mn_choose_fitting(struct mn_cli *cli, const struct mn_runbook *runbook, int site,
                      struct mn_subject **list) {
    const struct mn_model *m = mn_cli_model(cli);
    const struct mn_site *s = &m->sites[site];
    int n = 0, most = s->nodes.n + s->links.n + s->uses.n;
    *list = MN_ARENA_ARRAY(cli->arena, struct mn_subject, (size_t)most + 1);
    for (int i = 0; i < most; i++) {
        int component;
        if (i < s->nodes.n)
            component = m->nodes[s->nodes.at[i]].component;
        else if (i < s->nodes.n + s->links.n)
            component = m->links[s->links.at[i - s->nodes.n]].component;
        else
            component = m->services[s->uses.at[i - s->nodes.n - s->links.n]].component;
        struct mn_subject subject = {component, site};
        if (mn_runbook_applies(runbook, m, subject))
            (*list)[n++] = subject;
    }
    return n;
}

static bool not_for(struct mn_cli *cli, const struct mn_choice_made *made) {
    const struct mn_model *m = mn_cli_model(cli);
    const char *name = made->subject.component >= 0 ? m->components[made->subject.component].id
                                                    : m->sites[made->subject.site].id;
    mn_diag(cli->diags, MN_D_runbook_not_for, MN_NOWHERE, MN_ARGS(made->runbook->id, name));
    return false;
}

/* The runbook is for something in the site: which? */
static bool narrow(struct mn_cli *cli, struct mn_reader *r, struct mn_choice_made *made,
                   enum mn_read *end) {
    const struct mn_model *m = mn_cli_model(cli);
    if (mn_runbook_applies(made->runbook, m, made->subject))
        return true;
    struct mn_subject *list;
    int n = made->subject.component < 0
                ? mn_choose_fitting(cli, made->runbook, made->subject.site, &list)
                : 0;
    if (n == 0)
        return not_for(cli, made);
    int chosen = 0;
    if (n > 1) {
        const char **texts = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)n);
        for (int i = 0; i < n; i++) {
            const struct mn_component *c = &m->components[list[i].component];
            texts[i] =
                mn_arena_printf(cli->arena, "%s (%s)", mn_cli_text(cli, c->name.full), c->id);
        }
        chosen = mn_choose(cli, r, MN_M_choose_component, MN_NO_ARGS, texts, n, end);
    }
    if (chosen < 0)
        return false;
    made->subject = list[chosen];
    return true;
}

static bool names_symptom(const struct mn_runbook *runbook, const char *symptom) {
    for (int i = 0; i < runbook->symptoms.n; i++)
        if (strcmp(runbook->symptoms.at[i], symptom) == 0)
            return true;
    return runbook->symptoms.n == 0;
}

/* What was found under the name that was typed, so that a wrong unit is noticed at once. */
static const char *subject_name(struct mn_cli *cli, struct mn_subject subject) {
    const struct mn_model *m = mn_cli_model(cli);
    if (subject.component >= 0)
        return mn_cli_text(cli, m->components[subject.component].name.full);
    const struct mn_site *s = &m->sites[subject.site];
    return mn_arena_printf(cli->arena, "%s (%s)", mn_cli_text(cli, s->name.full), s->id);
}

static bool choose_runbook(struct mn_cli *cli, struct mn_reader *r, struct mn_choice_made *made,
                           enum mn_read *end) {
    const struct mn_model *m = mn_cli_model(cli);
    const struct mn_catalogue *all = mn_cli_catalogue(cli);
    size_t most = mn_catalogue_count(all), n = 0;
    size_t *at = MN_ARENA_ARRAY(cli->arena, size_t, most + 1);
    size_t found = mn_catalogue_applies(all, m, made->subject, at, most);
    for (size_t i = 0; i < found; i++)
        if (made->symptom < 0 ||
            names_symptom(mn_catalogue_at(all, at[i]), m->symptoms[made->symptom].id))
            at[n++] = at[i];
    if (n == 0) {
        const char *name = made->subject.component >= 0 ? m->components[made->subject.component].id
                                                        : m->sites[made->subject.site].id;
        mn_diag(cli->diags, MN_D_no_runbook_applies, MN_NOWHERE, MN_ARGS(name));
        return false;
    }
    int chosen = 0;
    if (n > 1) {
        const char **texts = MN_ARENA_ARRAY(cli->arena, const char *, n);
        for (size_t i = 0; i < n; i++)
            texts[i] = mn_cli_text(cli, mn_catalogue_at(all, at[i])->title);
        chosen = mn_choose(cli, r, MN_M_choose_runbook, MN_ARGS(subject_name(cli, made->subject)),
                           texts, (int)n, end);
    }
    if (chosen < 0)
        return false;
    made->runbook = mn_catalogue_at(all, at[chosen]);
    return true;
}

static bool find_symptom(struct mn_cli *cli, int *symptom) {
    const char *text = mn_cli_option(cli, "symptom");
    const struct mn_model *m = mn_cli_model(cli);
    *symptom = -1;
    if (!text)
        return true;
    char *key = mn_fold(text);
    for (int i = 0; i < m->n_symptoms && *symptom < 0; i++) {
        char *vi = mn_fold(m->symptoms[i].name.full.vi), *en = mn_fold(m->symptoms[i].name.full.en);
        if (strcmp(m->symptoms[i].id, text) == 0 || strcmp(vi, key) == 0 || strcmp(en, key) == 0)
            *symptom = i;
        free(vi);
        free(en);
    }
    free(key);
    if (*symptom >= 0)
        return true;
    const char **ids = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)m->n_symptoms + 1);
    struct mn_buf list = MN_BUF_INIT;
    for (int i = 0; i < m->n_symptoms; i++) {
        ids[i] = m->symptoms[i].id;
        mn_buf_printf(&list, "%s%s", i ? ", " : "", ids[i]);
    }
    mn_diag(cli->diags, MN_D_unknown_symptom_given, MN_NOWHERE, MN_ARGS(text, mn_buf_text(&list)));
    mn_buf_fini(&list);
    int near = mn_nearest(text, ids, (size_t)m->n_symptoms);
    if (near >= 0)
        mn_diag_note(cli->diags, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(ids[near]));
    return false;
}

/* A runbook for several symptoms asks which. */
static bool ask_symptom(struct mn_cli *cli, struct mn_reader *r, struct mn_choice_made *made,
                        enum mn_read *end) {
    const struct mn_model *m = mn_cli_model(cli);
    int n = 0;
    int *at = MN_ARENA_ARRAY(cli->arena, int, (size_t)m->n_symptoms + 1);
    const char **texts = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)m->n_symptoms + 1);
    for (int i = 0; made->runbook->symptoms.n && i < m->n_symptoms; i++) {
        if (!names_symptom(made->runbook, m->symptoms[i].id))
            continue;
        at[n] = i;
        texts[n++] = mn_cli_text(cli, m->symptoms[i].name.full);
    }
    if (made->symptom >= 0 || n == 0)
        return true;
    int chosen = n > 1 ? mn_choose(cli, r, MN_M_choose_symptom, MN_NO_ARGS, texts, n, end) : 0;
    if (chosen < 0)
        return false;
    made->symptom = at[chosen];
    return true;
}

static const struct mn_runbook *named_runbook(struct mn_cli *cli, const char *id) {
    const struct mn_catalogue *all = mn_cli_catalogue(cli);
    const struct mn_runbook *runbook = mn_catalogue_find(all, id);
    if (runbook)
        return runbook;
    size_t n = mn_catalogue_count(all);
    const char **ids = MN_ARENA_ARRAY(cli->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = mn_catalogue_at(all, i)->id;
    mn_diag(cli->diags, MN_D_unknown_runbook, MN_NOWHERE, MN_ARGS(id));
    int near = mn_nearest(id, ids, n);
    if (near >= 0)
        mn_diag_note(cli->diags, MN_D_did_you_mean, MN_NOWHERE, MN_ARGS(ids[near]));
    return NULL;
}

bool mn_choose_walk(struct mn_cli *cli, struct mn_reader *r, struct mn_choice_made *made,
                    enum mn_read *end) {
    *made = (struct mn_choice_made){NULL, {-1, -1}, -1};
    *end = MN_READ_LINE;
    if (!mn_cli_model(cli))
        return false;
    /* A runbook that is wrong does not stop the others: said, and passed over. */
    const struct mn_catalogue *all = mn_cli_catalogue(cli);
    if (!find_symptom(cli, &made->symptom))
        return false;
    int at = 0;
    if (cli->n_args == 2 || (cli->n_args == 1 && mn_catalogue_find(all, cli->args[0]))) {
        made->runbook = named_runbook(cli, cli->args[0]);
        if (!made->runbook)
            return false;
        at = 1;
    }
    if (at < cli->n_args ? !find_subject(cli, cli->args[at], &made->subject)
                         : !ask_subject(cli, r, &made->subject, end))
        return false;
    if (!made->runbook && !choose_runbook(cli, r, made, end))
        return false;
    return narrow(cli, r, made, end) && ask_symptom(cli, r, made, end);
}

bool mn_choose_given(struct mn_cli *cli, const char *runbook, const char *subject,
                     struct mn_choice_made *made) {
    const struct mn_model *m = mn_cli_model(cli);
    struct mn_subject *list;
    *made = (struct mn_choice_made){NULL, {-1, -1}, -1};
    if (!m || !find_symptom(cli, &made->symptom) ||
        !(made->runbook = named_runbook(cli, runbook)) ||
        !find_subject(cli, subject, &made->subject))
        return false;
    if (made->symptom < 0 && made->runbook->symptoms.n == 1)
        for (int i = 0; i < m->n_symptoms; i++)
            if (strcmp(m->symptoms[i].id, made->runbook->symptoms.at[0]) == 0)
                made->symptom = i;
    if (mn_runbook_applies(made->runbook, m, made->subject))
        return true;
    if (made->subject.component >= 0 ||
        mn_choose_fitting(cli, made->runbook, made->subject.site, &list) == 0)
        return not_for(cli, made);
    made->subject = list[0];
    return true;
}

bool mn_choose_for(struct mn_cli *cli, struct mn_reader *r, const struct mn_runbook *runbook,
                   const char *subject, struct mn_choice_made *made, enum mn_read *end) {
    *made = (struct mn_choice_made){runbook, {-1, -1}, -1};
    *end = MN_READ_LINE;
    if (!mn_cli_model(cli) || !find_symptom(cli, &made->symptom))
        return false;
    if (subject ? !find_subject(cli, subject, &made->subject)
                : !ask_subject(cli, r, &made->subject, end))
        return false;
    return narrow(cli, r, made, end) && ask_symptom(cli, r, made, end);
}
