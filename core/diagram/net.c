/* Finding the parts of a network. */
#include "diagram/net.h"

#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { UPPER_LETTERS = 9 };

int mn__node_site(const struct mn_model *m, int node) {
    return m->components[m->nodes[node].component].site;
}

int mn__slots(int n) {
    static const int steps[] = {2, 4, 8, 14, 20, 28, 40, 48, 56, 66, 78, 92, 108, 126};
    for (size_t i = 0; i < MN_COUNT(steps); i++)
        if (n <= steps[i])
            return steps[i];
    return (n + 20) / 21 * 21; /* a sixth of the last step */
}

int mn__unit_line(const struct mn_model *m, int site, int i, int *far) {
    const struct mn_site *s = &m->sites[site];
    if (i >= s->lines.n)
        return -1;
    const struct mn_link *l = &m->links[s->lines.at[i]];
    *far = mn__node_site(m, l->end[0]) == site ? l->end[1] : l->end[0];
    return s->lines.at[i];
}

/* A unit without lines may still hang on a plain link to the outside. */
static int plain_link(const struct mn_model *m, int site, int *far) {
    const struct mn_site *s = &m->sites[site];
    for (int i = 0; i < s->nodes.n; i++) {
        const struct mn_node *n = &m->nodes[s->nodes.at[i]];
        for (int k = 0; k < n->links.n; k++) {
            const struct mn_link *l = &m->links[n->links.at[k]];
            int other = l->end[l->end[0] == s->nodes.at[i]];
            if (mn__node_site(m, other) != site) {
                *far = other;
                return n->links.at[k];
            }
        }
    }
    return -1;
}

struct finder {
    struct mn__net *net;
    const struct mn_model *m;
    enum mn_lang lang;
    bool *unit;    /* of each site */
    bool *hosting; /* of each site */
    enum mn__place *place;
};

static void find_units(struct finder *f) {
    const struct mn_model *m = f->m;
    f->unit = mn_arena_alloc(f->net->arena, sizeof(bool) * ((size_t)m->n_sites + 1));
    f->hosting = mn_arena_alloc(f->net->arena, sizeof(bool) * ((size_t)m->n_sites + 1));
    for (int s = 0; s < m->n_services; s++)
        for (int h = 0; h < m->services[s].n_hosts; h++)
            for (int i = 0; i < m->services[s].hosts[h].n; i++) {
                int site = mn__node_site(m, m->services[s].hosts[h].at[i].node);
                if (site >= 0)
                    f->hosting[site] = true;
            }
    for (int i = 0; i < m->n_sites; i++) {
        f->unit[i] = m->sites[i].lines.n > 0 || (m->sites[i].uses.n > 0 && !f->hosting[i]);
        f->net->n_units += f->unit[i];
    }
}

/* Joins the nodes of one site and kind to one point, and puts aside what only helps a point or the
 * core, and what nothing is linked to outside the sites that host services. */
static void gather_points(struct finder *f) {
    const struct mn_model *m = f->m;
    int *point = mn_arena_alloc(f->net->arena, sizeof *point * ((size_t)m->n_nodes + 1));
    bool *help = mn_new0((size_t)m->n_sites + 1, sizeof *help);
    for (int i = 0; i < m->n_nodes; i++) {
        int site = mn__node_site(m, i);
        if (site >= 0 && !f->hosting[site])
            help[site] = help[site] || f->place[i] == MN__POINT || f->place[i] == MN__CORE;
    }
    for (int i = 0; i < m->n_nodes; i++) {
        int site = mn__node_site(m, i);
        point[i] = -1;
        if (f->place[i] == MN__TOP && site >= 0 && help[site]) {
            f->place[i] = MN__ASIDE;
            for (int k = 0; k < m->sites[site].nodes.n; k++) {
                int other = m->sites[site].nodes.at[k];
                if (f->place[other] == MN__POINT && m->components[m->nodes[other].component].kind ==
                                                        m->components[m->nodes[i].component].kind)
                    f->place[i] = MN__POINT;
            }
        }
        if (f->place[i] == MN__TOP && (site < 0 || !f->hosting[site]) && !m->nodes[i].links.n)
            f->place[i] = MN__ASIDE;
    }
    for (int i = 0; i < m->n_nodes; i++)
        for (int k = 0; f->place[i] == MN__POINT && point[i] < 0 && k <= i; k++)
            if (f->place[k] == MN__POINT &&
                (k == i ||
                 (mn__node_site(m, i) >= 0 && mn__node_site(m, k) == mn__node_site(m, i) &&
                  m->components[m->nodes[k].component].kind ==
                      m->components[m->nodes[i].component].kind)))
                point[i] = k;
    free(help);
    f->net->point = point;
}

/* Points are where first lines end; the core is what traffic from the points passes before it comes
 * to a site that hosts services; all else outside the units is drawn above. */
static void find_places(struct finder *f) {
    const struct mn_model *m = f->m;
    enum mn__place *place = mn_arena_alloc(f->net->arena, sizeof *place * ((size_t)m->n_nodes + 1));
    bool *access = mn_new0((size_t)m->n_nodes + 1, sizeof *access);
    int *queue = mn_new0((size_t)m->n_nodes + 1, sizeof *queue);
    int head = 0, tail = 0;
    for (int i = 0; i < m->n_nodes; i++) {
        int site = mn__node_site(m, i);
        place[i] = site >= 0 && f->unit[site] ? MN__IN_UNIT : MN__TOP;
    }
    for (int s = 0; s < m->n_sites; s++) {
        int far;
        for (int i = 0; f->unit[s] && i < m->sites[s].lines.n; i++)
            if (mn__unit_line(m, s, i, &far) >= 0)
                access[far] = true;
        if (f->unit[s] && (mn__unit_line(m, s, 0, &far) >= 0 || plain_link(m, s, &far) >= 0)) {
            int site = mn__node_site(m, far);
            if (place[far] == MN__TOP && (site < 0 || !f->hosting[site])) {
                place[far] = MN__POINT;
                queue[tail++] = far;
            }
        }
    }
    while (head < tail) {
        const struct mn_node *n = &m->nodes[queue[head]];
        int here = queue[head++];
        for (int i = 0; i < n->links.n; i++) {
            const struct mn_link *l = &m->links[n->links.at[i]];
            int other = l->end[l->end[0] == here], site = mn__node_site(m, other);
            /* What units' other lines end at is a gateway of its own, unless it joins points. */
            bool gateway = access[other] && place[here] != MN__POINT;
            if (place[other] == MN__TOP && m->nodes[other].transit && !gateway &&
                (site < 0 || !f->hosting[site])) {
                place[other] = MN__CORE;
                queue[tail++] = other;
            }
        }
    }
    free(access);
    free(queue);
    f->net->place = f->place = place;
    gather_points(f);
}

static const char *node_code(const struct finder *f, int node, size_t letters) {
    const struct mn_component *c = &f->m->components[f->m->nodes[node].component];
    const char *code = NULL;
    if (mn__has_own_name(f->m, c))
        code = mn__given_code(c->name, f->lang, letters);
    return code || c->site < 0 ? code : mn__given_code(f->m->sites[c->site].name, f->lang, letters);
}

static void find_uppers(struct finder *f) {
    const struct mn_model *m = f->m;
    struct mn__net *net = f->net;
    int *box = mn_arena_alloc(net->arena, sizeof *box * ((size_t)m->n_nodes + 1));
    int *site_box = mn_new0(2 * (size_t)m->n_sites + 2, sizeof *site_box);
    net->uppers = mn_arena_alloc(net->arena, sizeof *net->uppers * ((size_t)m->n_nodes + 1));
    for (int i = 0; i < m->n_nodes; i++) {
        int site = mn__node_site(m, i);
        box[i] = -1;
        if (f->place[i] != MN__CORE && f->place[i] != MN__TOP)
            continue;
        /* A site's core and the rest of it are two boxes. */
        int *of_site = site < 0 ? NULL : &site_box[2 * site + (f->place[i] == MN__CORE)];
        if (of_site && *of_site) {
            box[i] = *of_site - 1;
        } else {
            struct mn__upper *u = &net->uppers[net->n_uppers];
            u->place = f->place[i];
            u->site = site;
            u->hosts = site >= 0 && f->hosting[site];
            u->code = site >= 0 ? mn__given_code(m->sites[site].name, f->lang, UPPER_LETTERS)
                                : node_code(f, i, UPPER_LETTERS);
            if (!u->code)
                u->code = mn_arena_printf(net->arena, "%s%d", u->place == MN__CORE ? "P" : "D",
                                          net->n_uppers + 1);
            box[i] = net->n_uppers++;
            if (of_site)
                *of_site = net->n_uppers;
        }
        net->uppers[box[i]].n++;
    }
    for (int b = 0; b < net->n_uppers; b++) {
        int *nodes = mn_arena_alloc(net->arena, sizeof *nodes * (size_t)net->uppers[b].n), k = 0;
        for (int i = 0; i < m->n_nodes; i++)
            if (box[i] == b)
                nodes[k++] = i;
        net->uppers[b].nodes = nodes;
    }
    free(site_box);
    net->box = box;
}

/* The order in which points are walked: along links among them, so that a ring is a line of
 * neighbours that starts and ends at its links upwards. Members: points of one area. */
static void order_points(const struct finder *f, int *points, int n) {
    const struct mn_model *m = f->m;
    const int *point = f->net->point;
    bool *done = mn_new0((size_t)m->n_nodes + 1, sizeof *done);
    bool *member = mn_new0((size_t)m->n_nodes + 1, sizeof *member);
    bool *up = mn_new0((size_t)m->n_nodes + 1, sizeof *up);
    int *order = mn_new0((size_t)n + 1, sizeof *order), k = 0;
    for (int i = 0; i < n; i++)
        member[points[i]] = true;
    for (int i = 0; i < m->n_links; i++)
        for (int end = 0; end < 2; end++) {
            int here = m->links[i].end[end];
            enum mn__place place = f->place[m->links[i].end[!end]];
            if (point[here] >= 0 && (place == MN__CORE || place == MN__TOP))
                up[point[here]] = true;
        }
    while (k < n) {
        int at = -1;
        for (int want_up = 1; want_up >= 0 && at < 0; want_up--)
            for (int i = 0; i < n && at < 0; i++)
                if (!done[points[i]] && (up[points[i]] || !want_up))
                    at = points[i];
        while (at >= 0) {
            done[at] = true;
            order[k++] = at;
            int next = -1;
            for (int i = 0; i < m->n_links && next < 0; i++)
                for (int end = 0; end < 2 && next < 0; end++) {
                    int other = point[m->links[i].end[!end]];
                    if (point[m->links[i].end[end]] == at && other >= 0 && member[other] &&
                        !done[other])
                        next = other;
                }
            at = next;
        }
    }
    memcpy(points, order, sizeof *order * (size_t)n);
    free(order);
    free(up);
    free(member);
    free(done);
}

static void add_cluster(struct finder *f, int area, int point, const int *point_of) {
    const struct mn_model *m = f->m;
    struct mn__cluster c = {.area = area, .point = point};
    for (int s = 0; s < m->n_sites; s++)
        c.n += f->unit[s] && m->sites[s].area == area && point_of[s] == point;
    int *units = mn_arena_alloc(f->net->arena, sizeof *units * ((size_t)c.n + 1)), k = 0;
    for (int s = 0; s < m->n_sites; s++)
        if (f->unit[s] && m->sites[s].area == area && point_of[s] == point)
            units[k++] = s;
    c.units = units;
    c.slots = mn__slots(c.n);
    f->net->clusters[f->net->n_clusters++] = c;
}

/* The area whose cluster owns the point: its site's, else that of most of its units. */
static int home_area(const struct finder *f, int point, const int *point_of) {
    const struct mn_model *m = f->m;
    int site = mn__node_site(m, point);
    if (site >= 0 && m->sites[site].area >= 0)
        return m->sites[site].area;
    int best = -1, most = 0;
    for (int a = -1; a < m->n_areas; a++) {
        int count = 0;
        for (int s = 0; s < m->n_sites; s++)
            count += f->unit[s] && m->sites[s].area == a && point_of[s] == point;
        if (count > most) {
            most = count;
            best = a;
        }
    }
    return best;
}

static void find_clusters(struct finder *f) {
    const struct mn_model *m = f->m;
    struct mn__net *net = f->net;
    int *point_of = mn_new0((size_t)m->n_sites + 1, sizeof *point_of);
    int *home = mn_new0((size_t)m->n_nodes + 1, sizeof *home);
    int *points = mn_new0((size_t)m->n_nodes + 1, sizeof *points);
    bool *here = mn_new0((size_t)m->n_nodes + 2, sizeof *here);
    int most = 0;
    for (int s = 0; s < m->n_sites; s++) {
        int far = -1;
        if (f->unit[s] && mn__unit_line(m, s, 0, &far) < 0)
            plain_link(m, s, &far);
        point_of[s] = far >= 0 && net->point[far] >= 0 ? net->point[far] : far;
        most += f->unit[s];
    }
    for (int i = 0; i < m->n_nodes; i++)
        if (net->point[i] == i)
            home[i] = home_area(f, i, point_of);
    net->clusters =
        mn_arena_alloc(net->arena, sizeof *net->clusters * (size_t)(most + m->n_nodes + 1));
    for (int a = 0; a <= m->n_areas; a++) { /* units of no area come last */
        int area = a < m->n_areas ? a : -1, n = 0;
        memset(here, 0, sizeof *here * ((size_t)m->n_nodes + 1));
        bool without = false;
        for (int s = 0; s < m->n_sites; s++)
            if (f->unit[s] && m->sites[s].area == area) {
                if (point_of[s] >= 0)
                    here[point_of[s]] = true;
                else
                    without = true;
            }
        for (int i = 0; i < m->n_nodes; i++)
            if (net->point[i] == i && home[i] == area)
                points[n++] = i;
        order_points(f, points, n);
        for (int i = 0; i < n; i++) {
            add_cluster(f, area, points[i], point_of);
            here[points[i]] = false;
        }
        for (int i = 0; i < m->n_nodes; i++)
            if (here[i]) {
                add_cluster(f, area, i, point_of);
                net->clusters[net->n_clusters - 1].visiting = true;
            }
        if (without)
            add_cluster(f, area, -1, point_of);
    }
    free(here);
    free(points);
    free(home);
    free(point_of);
}

/* Codes: what the model says, made different where two are alike; else a letter by area, a number.
 */
static void name_clusters(struct finder *f) {
    struct mn__net *net = f->net;
    int *of = mn_arena_alloc(net->arena, sizeof *of * ((size_t)f->m->n_nodes + 1));
    for (int i = 0; i < f->m->n_nodes; i++)
        of[i] = -1;
    int area = -2, number = 0;
    for (int i = 0; i < net->n_clusters; i++) {
        struct mn__cluster *c = &net->clusters[i];
        number = c->area == area ? number + 1 : 1;
        area = c->area;
        if (c->point < 0 || c->visiting) {
            c->code = "";
            continue;
        }
        for (int k = 0; k < f->m->n_nodes; k++)
            if (net->point[k] == c->point)
                of[k] = i;
        c->code = node_code(f, c->point, MN__CODE_LETTERS);
        for (int k = 0; c->code && k < i; k++)
            if (net->clusters[k].code && strcmp(net->clusters[k].code, c->code) == 0)
                c->code = NULL;
        if (!c->code)
            c->code =
                mn_arena_printf(net->arena, "%c%d", 'A' + (area < 0 ? 25 : area % 25), number);
    }
    /* A made code is shown only where some unit's other line goes there. */
    for (int s = 0; s < f->m->n_sites; s++) {
        int far;
        for (int i = 1; f->unit[s] && mn__unit_line(f->m, s, i, &far) >= 0; i++)
            if (of[far] >= 0)
                net->clusters[of[far]].code_used = true;
    }
    for (int i = 0; i < net->n_clusters; i++) {
        struct mn__cluster *c = &net->clusters[i];
        if (c->visiting && of[c->point] >= 0)
            c->code = net->clusters[of[c->point]].code;
        else if (c->visiting && net->box[c->point] >= 0)
            c->code = net->uppers[net->box[c->point]].code;
    }
    net->cluster_of_point = of;
}

static void find_bundles(struct finder *f) {
    const struct mn_model *m = f->m;
    struct mn__net *net = f->net;
    net->bundles = mn_arena_alloc(net->arena, sizeof *net->bundles * ((size_t)m->n_links + 1));
    for (int i = 0; i < m->n_links; i++) {
        int end[2];
        for (int k = 0; k < 2; k++) {
            int node = m->links[i].end[k];
            end[k] = net->box[node] >= 0 ? net->box[node]
                     : net->cluster_of_point[node] >= 0
                         ? net->n_uppers + net->cluster_of_point[node]
                         : -1;
        }
        if (end[0] < 0 || end[1] < 0 || end[0] == end[1])
            continue;
        int a = end[0] < end[1] ? end[0] : end[1], b = end[0] < end[1] ? end[1] : end[0], k = 0;
        while (k < net->n_bundles && (net->bundles[k].a != a || net->bundles[k].b != b))
            k++;
        struct mn__bundle *bundle = &net->bundles[k];
        if (k == net->n_bundles) {
            net->n_bundles++;
            *bundle = (struct mn__bundle){.a = a, .b = b, .link = i};
        }
        bundle->n++;
        int64_t capacity = m->links[i].capacity;
        bundle->capacity = capacity < 0 || bundle->capacity < 0 ? -1 : bundle->capacity + capacity;
    }
}

/* The kind of most first lines. */
static void find_common_kind(struct finder *f) {
    const struct mn_model *m = f->m;
    int *count = mn_new0((size_t)m->n_kinds + 1, sizeof *count), far;
    for (int s = 0; s < m->n_sites; s++) {
        int line = mn__unit_line(m, s, 0, &far);
        if (line >= 0 && m->components[m->links[line].component].kind >= 0)
            count[m->components[m->links[line].component].kind]++;
    }
    f->net->common_kind = -1;
    for (int i = 0; i < m->n_kinds; i++)
        if (count[i] && (f->net->common_kind < 0 || count[i] > count[f->net->common_kind]))
            f->net->common_kind = i;
    free(count);
}

/* Points of the usual kind of line, as against the far end of a satellite link. */
static void find_common(struct finder *f) {
    struct mn__net *net = f->net;
    for (int i = 0; i < net->n_clusters; i++)
        for (int k = 0, far; k < net->clusters[i].n; k++) {
            int line = mn__unit_line(f->m, net->clusters[i].units[k], 0, &far);
            if (line >= 0 && f->m->components[f->m->links[line].component].kind == net->common_kind)
                net->clusters[i].common = true;
        }
}

struct mn__net *mn__net_new(const struct mn_model *m, enum mn_lang lang, struct mn_arena *arena) {
    struct mn__net *net = mn_arena_alloc(arena, sizeof *net);
    net->m = m;
    net->arena = arena;
    struct finder f = {.net = net, .m = m, .lang = lang};
    find_units(&f);
    find_places(&f);
    find_uppers(&f);
    find_clusters(&f);
    name_clusters(&f);
    find_bundles(&f);
    mn__find_kind_codes(net, lang);
    find_common_kind(&f);
    mn__find_words(net, lang, f.unit);
    find_common(&f);
    mn__find_prefix(net, lang);
    return net;
}

struct mn__tally mn__net_tally(const struct mn__net *net, int area) {
    const struct mn_model *m = net->m;
    struct mn__tally t = {0};
    for (int i = 0; i < net->n_clusters; i++) {
        const struct mn__cluster *k = &net->clusters[i];
        if (area != -2 && k->area != area)
            continue;
        t.units += k->n;
        t.points += k->point >= 0 && !k->visiting && k->common;
        for (int j = 0; j < k->n; j++)
            t.backed += m->sites[k->units[j]].lines.n > 1;
    }
    for (int i = 0; i < m->n_sites; i++)
        t.centres += (area == -2 || m->sites[i].area == area) &&
                     strcmp(m->sites[i].type, "data-centre") == 0;
    return t;
}
