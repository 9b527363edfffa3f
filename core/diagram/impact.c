/* The view impact: the city's sheet with marks that the analysis sets; below the title, what has
 * failed and which services are lost. */
#include "analysis/impact.h"

#include "analysis/availability.h"
#include "diagram/city.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>

/* Height of a row below the title. */
#define ROW 13.0

static struct mn_failure failure_at(const struct mn_picture *p, int i) {
    return (struct mn_failure){p->subjects[i].index, p->faults[i] - 1};
}

static const struct mn_fault *fault_of(const struct mn_model *m, struct mn_failure f) {
    return f.fault < 0 ? NULL : &m->components[f.component].faults.at[f.fault];
}

/* A fault that leaves its component up is no failure to the eye. */
static enum mn_mark_as failure_mark(const struct mn_model *m, struct mn_failure f) {
    const struct mn_fault *fault = fault_of(m, f);
    return !fault || fault->effect.down ? MN_MARK_FAILED : MN_MARK_DEGRADED;
}

static void mark_component(struct mn__sheet *sheet, int component, enum mn_mark_as as) {
    const struct mn_component *c = &sheet->m->components[component];
    mn__mark(sheet, (struct mn_found){MN_SCOPE_COMPONENT, component}, as);
    for (int i = 0; c->cls == MN_GROUP && i < sheet->m->groups[c->index].members.n; i++) {
        int member = sheet->m->groups[c->index].members.at[i];
        if (sheet->component_marks[member] < as)
            mark_component(sheet, member, as);
    }
}

static void mark_sites(struct mn__sheet *sheet, struct mn_ints sites, enum mn_mark_as as) {
    for (int i = 0; i < sites.n; i++)
        mn__mark(sheet, (struct mn_found){MN_SCOPE_SITE, sites.at[i]}, as);
}

/* Whether a node has a way to any host of any service. */
static bool has_way(struct mn_avail *a, const struct mn_model *m, int node) {
    for (int s = 0; s < m->n_services; s++)
        for (int e = 0; e < m->services[s].n_hosts; e++)
            for (int i = 0; i < m->services[s].hosts[e].n; i++)
                if (mn_reach(a, node, m->services[s].hosts[e].at[i].node, -1))
                    return true;
    return false;
}

/* Marks what has not failed and yet does not work, or stands without a way to the rest. Nodes
 * within units are left out: how a unit fares, its own mark says. */
static void mark_dead(struct mn__sheet *sheet, const struct mn_failure *f, int n) {
    const struct mn_model *m = sheet->m;
    struct mn_avail *before = mn_avail_new(m, NULL, 0), *after = mn_avail_new(m, f, n);
    for (int i = 0; i < m->n_nodes; i++) {
        int component = m->nodes[i].component, site = m->components[component].site;
        if (site >= 0 && m->sites[site].lines.n)
            continue;
        bool works = mn_works(after, component, -1);
        if (works && m->nodes[i].transit)
            works = has_way(after, m, i) || !has_way(before, m, i);
        if (!works && mn_works(before, component, -1))
            mark_component(sheet, component, MN_MARK_CUT_OFF);
    }
    for (int i = 0; i < m->n_links; i++) {
        const struct mn_link *l = &m->links[i];
        bool was = mn_works(before, l->component, -1), is = mn_works(after, l->component, -1);
        for (int k = 0; k < 2; k++) {
            was = was && mn_works(before, m->nodes[l->end[k]].component, -1);
            is = is && mn_works(after, m->nodes[l->end[k]].component, -1);
        }
        if (was && !is)
            mark_component(sheet, l->component, MN_MARK_CUT_OFF);
    }
    mn_avail_free(before);
    mn_avail_free(after);
}

static struct mn_impact *find_impact(struct mn__sheet *sheet) {
    const struct mn_picture *p = sheet->picture;
    const struct mn_model *m = sheet->m;
    struct mn_failure failed[MN_MOST_SUBJECTS];
    for (int i = 0; i < p->n_subjects; i++)
        failed[i] = failure_at(p, i);
    struct mn_impact *impact = mn_impact_new(m, failed, p->n_subjects);
    for (int i = 0; i < impact->n_failed; i++)
        mark_component(sheet, impact->failed[i].component, failure_mark(m, impact->failed[i]));
    mark_dead(sheet, impact->failed, impact->n_failed);
    sheet->sites_said = true;
    mark_sites(sheet, impact->lost_redundancy, MN_MARK_LOST);
    mark_sites(sheet, impact->cut_off, MN_MARK_CUT_OFF);
    for (int i = 0; i < impact->hit.n; i++) {
        int site = impact->hit.at[i];
        if (sheet->site_marks[site] != MN_MARK_CUT_OFF)
            mn__mark(sheet, (struct mn_found){MN_SCOPE_SITE, site}, MN_MARK_DEGRADED);
    }
    return impact;
}

/* "Aggregation router (agg-a) – point H3: power lost" */
static const char *failure_name(struct mn__sheet *sheet, struct mn_failure f) {
    const struct mn_fault *fault = fault_of(sheet->m, f);
    const char *name = mn__full_name(sheet->m->components[f.component].name, sheet->lang);
    return fault ? mn_arena_printf(sheet->scene->arena, "%s: %s", name,
                                   mn__full_name(fault->name, sheet->lang))
                 : name;
}

static void say_title(struct mn__sheet *sheet, const struct mn_impact *impact) {
    const struct mn_model *m = sheet->m;
    int users = 0;
    for (int i = 0; i < m->n_sites; i++)
        users += m->sites[i].uses.n > 0;
    int rest = users - impact->hit.n - impact->lost_redundancy.n;
    const char *names = "", *title, *counts;
    for (int i = 0; i < impact->n_failed; i++)
        names = mn_arena_printf(sheet->scene->arena, "%s%s%s", names, i ? "; " : "",
                                failure_name(sheet, impact->failed[i]));
    title = mn__say(sheet, MN_M_impact_title, MN_ARGS(names));
    /* The row below names them all; the title does when it has the room. */
    if (impact->n_failed > 1 &&
        mn__text_width(title, 13 * sheet->unit, true) > 0.7 * sheet->scene->width)
        title =
            mn__say(sheet, MN_M_impact_title_many, MN_ARGS(mn__number(sheet, impact->n_failed)));
    counts =
        mn__say(sheet, MN_M_impact_counts,
                MN_ARGS(mn__number(sheet, impact->cut_off.n),
                        mn__number(sheet, impact->hit.n - impact->cut_off.n),
                        mn__number(sheet, impact->lost_redundancy.n), mn__number(sheet, rest)));
    if (impact->severity >= 0) {
        const struct mn_severity_level *level = &m->severities[impact->severity];
        counts = mn_arena_printf(
            sheet->scene->arena, "%s · %s", counts,
            mn__say(sheet, MN_M_impact_level, MN_ARGS(mn__full_name(level->name, sheet->lang))));
    }
    mn__frame(sheet, title, counts, 2);
}

/* ---- what stands below the title ---- */

/* Each failure behind its mark, in rows; by its id alone where `brief`. Returns the rows. */
static int flow_failures(struct mn__sheet *sheet, const struct mn_impact *impact, bool brief,
                         bool draw) {
    struct mn__rect r = sheet->body;
    double u = sheet->unit, size = fmax(8.5 * u, sheet->least_name), tile = 11 * u;
    double x = r.x, y = r.y, right = r.x + r.w;
    int rows = 1;
    for (int i = 0; i < impact->n_failed; i++) {
        struct mn_failure f = impact->failed[i];
        struct mn_buf id = MN_BUF_INIT;
        mn_failure_text(sheet->m, f, &id);
        const char *text = mn_arena_printf(sheet->scene->arena, "%s%s%s", mn_buf_text(&id),
                                           brief ? "" : "  ", brief ? "" : failure_name(sheet, f));
        mn_buf_fini(&id);
        double w = fmin(mn__text_width(text, size, true) + 0.5, r.w - 4 - tile);
        if (i && x + tile + 4 + w > right) {
            x = r.x;
            y += ROW * u;
            rows++;
        }
        if (draw) {
            uint32_t colour = MN__INK;
            enum mn_mark_as as = failure_mark(sheet->m, f);
            struct mn__look look = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
            look = mn__marked(sheet, as, look, &colour);
            look.width = 1;
            int t = mn__put_box(sheet->scene, -1, (struct mn__rect){x, y, tile, tile}, look);
            mn__put_name(sheet->scene, t, NULL, "failure", text);
            mn__mark_sign(sheet, t, as, (struct mn__point){x + tile / 2, y + tile / 2}, size,
                          colour);
            mn__put_text_in(sheet->scene, -1, x + tile + 4, y + tile / 2, MN__LEFT, w, text, size,
                            true, MN__INK);
        }
        x += tile + 4 + w + 12 * u;
    }
    return rows;
}

static bool worse(const struct mn_model *m, const struct mn_service_loss *a,
                  const struct mn_service_loss *b) {
    if (a->sites.n != b->sites.n)
        return a->sites.n > b->sites.n;
    return m->services[a->service].main_activity && !m->services[b->service].main_activity;
}

/* Those lost at most units first, as many as fit. */
static const char *lost_services(struct mn__sheet *sheet, const struct mn_impact *impact,
                                 double size, double width) {
    const struct mn_model *m = sheet->m;
    struct mn_arena *arena = sheet->scene->arena;
    int n = impact->n_services;
    const char *text = mn_msg(MN_M_impact_lost, sheet->lang);
    bool *said = mn_arena_alloc(arena, (size_t)n + 1);
    if (!n)
        return mn_msg(MN_M_impact_none_lost, sheet->lang);
    for (int left = n; left > 0; left--) {
        int most = -1;
        for (int i = 0; i < n; i++)
            if (!said[i] && (most < 0 || worse(m, &impact->services[i], &impact->services[most])))
                most = i;
        const struct mn_service_loss *loss = &impact->services[most];
        const struct mn_component *service = &m->components[m->services[loss->service].component];
        const char *longer =
            mn_arena_printf(arena, "%s%s%s (%d)", text, left < n ? " · " : " ",
                            mn__full_name(service->name, sheet->lang), loss->sites.n);
        const char *more = mn__say(sheet, MN_M_impact_more, MN_ARGS(mn__number(sheet, left)));
        /* Something must be left to say how many are not named. */
        if (left < n && mn__text_width(longer, size, false) +
                                (left > 1 ? mn__text_width(more, size, false) + 3 * size : 0) >
                            width)
            return mn_arena_printf(arena, "%s · %s", text, more);
        text = longer;
        said[most] = true;
    }
    return text;
}

static void say_failures(struct mn__sheet *sheet, const struct mn_impact *impact) {
    double u = sheet->unit, size = fmax(8.5 * u, sheet->least_text);
    bool brief = flow_failures(sheet, impact, false, false) > 1;
    int rows = flow_failures(sheet, impact, brief, true);
    mn__put_text_in(sheet->scene, -1, sheet->body.x, sheet->body.y + (ROW * rows + 5) * u, MN__LEFT,
                    sheet->body.w, lost_services(sheet, impact, size, sheet->body.w), size, false,
                    MN__INK);
    double h = (ROW * (rows + 1) + 2) * u;
    sheet->body.y += h;
    sheet->body.h -= h;
}

/* The marks first, the worst at their head. */
static void say_keys(struct mn__sheet *sheet, const struct mn_impact *impact) {
    uint32_t colour = MN__INK;
    struct mn__look plain = {MN__WHITE, MN__GREY, 0.8, MN__SOLID, false};
    for (int as = MN_MARK_FAILED; as > MN_MARK_NONE; as--)
        if (as == MN_MARK_DEGRADED && impact->hit.n > impact->cut_off.n)
            mn__key_mark(sheet, (enum mn_mark_as)as, mn_msg(MN_M_impact_mark_partly, sheet->lang));
        else if (sheet->used_marks[as])
            mn__key_mark(sheet, (enum mn_mark_as)as,
                         mn__mark_word((enum mn_mark_as)as, sheet->lang));
    plain = mn__marked(sheet, MN_MARK_NONE, plain, &colour);
    mn__key_box(sheet, plain, "", mn_msg(MN_M_impact_mark_none, sheet->lang));
}

static void frame(struct mn__city *c) {
    struct mn__sheet *sheet = c->sheet;
    struct mn_impact *impact = find_impact(sheet);
    say_title(sheet, impact);
    say_failures(sheet, impact);
    say_keys(sheet, impact);
    mn_impact_free(impact);
    c->no_feet = true; /* their room is taken */
}

bool mn__draw_impact(struct mn__sheet *sheet) {
    return mn__city_sheet(sheet, -2, -1, frame);
}
