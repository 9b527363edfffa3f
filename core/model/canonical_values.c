/* Values as they stand in the canonical form. */
#include "model/canonical_values.h"

#include <string.h>

void mn__value_text_parts(struct mn__writer *w, struct mn_text t) {
    mn__write_string(w, "en", t.en);
    mn__write_string(w, "vi", t.vi);
}

void mn__value_text(struct mn__writer *w, const char *name, struct mn_text t) {
    if (!t.vi)
        return;
    mn__write_key(w, name);
    mn__write_open(w, "{");
    mn__value_text_parts(w, t);
    mn__write_close(w, "}");
}

void mn__value_name(struct mn__writer *w, struct mn_name n) {
    if (!n.full.vi)
        return;
    mn__write_key(w, "name");
    mn__write_open(w, "{");
    mn__write_string(w, "en", n.full.en);
    mn__value_text(w, "short", n.small);
    mn__write_string(w, "vi", n.full.vi);
    mn__write_close(w, "}");
}

void mn__value_strings(struct mn__writer *w, const char *title, struct mn_strings list) {
    if (!list.n)
        return;
    mn__write_key(w, title);
    mn__write_open(w, "[");
    for (int i = 0; i < list.n; i++) {
        mn__write_item(w);
        mn__write_quoted(w, list.at[i]);
    }
    mn__write_close(w, "]");
}

const char *mn__value_id(const struct mn__writer *w, enum mn__space space, int i) {
    const struct mn_model *m = mn__value_model(w);
    switch (space) {
    case MN__IN_NODES:
        return m->components[m->nodes[i].component].id;
    case MN__IN_SERVICES:
        return m->components[m->services[i].component].id;
    case MN__IN_GROUPS:
        return m->components[m->groups[i].component].id;
    case MN__IN_KINDS:
        return m->kinds[i].id;
    case MN__IN_SEVERITIES:
        return m->severities[i].id;
    case MN__IN_TEAMS:
        return m->teams[i].id;
    case MN__IN_SYMPTOMS:
        return m->symptoms[i].id;
    default:
        return m->components[i].id;
    }
}

void mn__value_refs(struct mn__writer *w, const char *title, enum mn__space space,
                    struct mn_ints list) {
    if (!list.n)
        return;
    mn__write_key(w, title);
    mn__write_open(w, "[");
    for (int i = 0; i < list.n; i++) {
        mn__write_item(w);
        mn__write_quoted(w, mn__value_id(w, space, list.at[i]));
    }
    mn__write_close(w, "]");
}

void mn__value_party(struct mn__writer *w, const char *title, struct mn_party p) {
    if (p.is != MN_PARTY_NONE)
        mn__write_string(w, title,
                         p.is == MN_PARTY_TEAM ? mn__value_model(w)->teams[p.index].id
                                               : mn__value_model(w)->roles[p.index].id);
}

void mn__value_roles(struct mn__writer *w, struct mn_role_teams list) {
    if (!list.n)
        return;
    mn__write_key(w, "roles");
    mn__write_open(w, "{");
    for (const char *last = "";;) { /* the next in the alphabet: there are few */
        const struct mn_role_team *next = NULL;
        const char *least = NULL;
        for (int i = 0; i < list.n; i++) {
            const char *id = mn__value_model(w)->roles[list.at[i].role].id;
            if (strcmp(id, last) > 0 && (!least || strcmp(id, least) < 0)) {
                least = id;
                next = &list.at[i];
            }
        }
        if (!next)
            break;
        mn__write_string(w, least, mn__value_model(w)->teams[next->team].id);
        last = least;
    }
    mn__write_close(w, "}");
}

void mn__value_failover(struct mn__writer *w, struct mn_failover f) {
    if (f.after_s < 0)
        return;
    mn__write_key(w, "failover");
    mn__write_open(w, "{");
    mn__write_number(w, "after_s", f.after_s, -1);
    mn__write_flag(w, "manual", f.manual);
    mn__write_close(w, "}");
}

static void effect(struct mn__writer *w, const struct mn_effect *e) {
    mn__write_key(w, "effect");
    mn__write_open(w, "{");
    mn__value_refs(w, "blocks", MN__IN_SERVICES, e->blocks);
    if (e->degrades) {
        mn__write_number(w, "capacity_left_ppm", e->capacity_left_ppm, 1000000);
        mn__write_flag(w, "degrades", true);
        mn__write_number(w, "delay_ms", e->delay_ms, 0);
    }
    mn__write_flag(w, "down", e->down);
    mn__write_flag(w, "intermittent", e->intermittent);
    if (e->degrades)
        mn__write_number(w, "loss_ppm", e->loss_ppm, 0);
    mn__value_refs(w, "shows", MN__IN_SYMPTOMS, e->shows);
    mn__write_close(w, "}");
}

void mn__value_faults(struct mn__writer *w, struct mn_faults list) {
    mn__write_key(w, "faults");
    mn__write_open(w, "[");
    for (int i = 0; i < list.n; i++) {
        const struct mn_fault *f = &list.at[i];
        mn__write_item(w);
        mn__write_open(w, "{");
        mn__value_party(w, "by", f->by);
        effect(w, &f->effect);
        mn__write_string(w, "mode", f->mode);
        mn__value_name(w, f->name);
        mn__write_number(w, "per_year_ppm", f->per_year_ppm, 0);
        mn__write_string(w, "repair", f->repair_id);
        mn__write_string(w, "symptom",
                         f->symptom < 0 ? NULL : mn__value_model(w)->symptoms[f->symptom].id);
        mn__write_number(w, "takes_s", f->takes_s, -1);
        mn__write_close(w, "}");
    }
    mn__write_close(w, "]");
}
