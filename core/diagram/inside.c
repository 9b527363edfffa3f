/* Facts about the inside of a site, for the views that draw one. */
#include "diagram/inside.h"

#include "base/buf.h"
#include "diagram/net.h"

#include <stdlib.h>
#include <string.h>

bool mn__only_power(const struct mn_model *m, int site, int node) {
    if (m->nodes[node].links.n)
        return false;
    for (int i = 0; i < m->sites[site].nodes.n; i++) {
        const struct mn_ints *p = &m->nodes[m->sites[site].nodes.at[i]].powered_by;
        for (int k = 0; k < p->n; k++)
            if (p->at[k] == m->nodes[node].component)
                return true;
    }
    return false;
}

void mn__inside_distances(const struct mn_model *m, int site, const int *item, int *distance) {
    const struct mn_ints *inside = &m->sites[site].nodes;
    int *queue = mn_new0((size_t)m->n_nodes + 1, sizeof *queue), head = 0, tail = 0;
    for (int i = 0; i < m->n_nodes; i++) {
        distance[i] = -1;
        if (item[i] >= 0 && mn__node_site(m, i) != site) {
            distance[i] = 0;
            queue[tail++] = i;
        }
    }
    if (!tail) /* nothing outside: from the first node that carries traffic, else the first */
        for (int pass = 0; pass < 2 && !tail; pass++)
            for (int i = 0; i < inside->n && !tail; i++)
                if (item[inside->at[i]] >= 0 && (pass || m->nodes[inside->at[i]].transit)) {
                    distance[inside->at[i]] = 0;
                    queue[tail++] = inside->at[i];
                }
    while (head < tail) {
        int node = queue[head++];
        const struct mn_node *n = &m->nodes[node];
        for (int i = 0; i < n->links.n; i++) {
            const struct mn_link *l = &m->links[n->links.at[i]];
            int other = l->end[l->end[0] == node];
            if (item[other] >= 0 && mn__node_site(m, other) == site && distance[other] < 0) {
                distance[other] = distance[node] + 1;
                queue[tail++] = other;
            }
        }
    }
    free(queue);
}

bool mn__is_carried(const struct mn_model *m, int node) {
    const struct mn_ints *p = &m->nodes[node].powered_by;
    for (int i = 0; i < p->n; i++)
        if (m->components[p->at[i]].cls == MN_NODE &&
            m->nodes[m->components[p->at[i]].index].links.n)
            return true;
    return false;
}

static bool runs_on(const struct mn_service *s, int node) {
    for (int h = 0; h < s->n_hosts; h++)
        for (int i = 0; i < s->hosts[h].n; i++)
            if (s->hosts[h].at[i].node == node)
                return true;
    for (int i = 0; i < s->via.n; i++)
        if (s->via.at[i] == node)
            return true;
    return false;
}

enum { MOST_SERVICES = 3 };

const char *mn__services_on(struct mn__sheet *sheet, int node) {
    const struct mn_model *m = sheet->m;
    struct mn_buf b = MN_BUF_INIT;
    int n = 0;
    for (int i = 0; i < m->n_services; i++)
        n += runs_on(&m->services[i], node);
    if (n > MOST_SERVICES)
        return mn__say(sheet, MN_M_centre_many, MN_ARGS(mn__number(sheet, n)));
    for (int i = 0; i < m->n_services; i++)
        if (runs_on(&m->services[i], node))
            mn_buf_printf(
                &b, "%s%s", b.size ? ", " : "",
                mn__short_name(m->components[m->services[i].component].name, sheet->lang));
    const char *text = mn_arena_strdup(sheet->scene->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

struct mn_failover mn__node_failover(const struct mn_model *m, int node) {
    for (int i = 0; i < m->n_services; i++)
        for (int h = 0; h < m->services[i].n_hosts; h++)
            for (int k = 0; k < m->services[i].hosts[h].n; k++)
                if (m->services[i].hosts[h].at[k].node == node)
                    return m->services[i].hosts[h].at[k].failover;
    return m->nodes[node].failover;
}

enum { MOST_NAMES = 64 };

const char *mn__counted_names(struct mn__sheet *sheet, const int *components, int n) {
    struct mn_buf b = MN_BUF_INIT;
    const char *names[MOST_NAMES];
    int counts[MOST_NAMES], count = 0;
    for (int i = 0; i < n; i++) {
        const char *name = mn__device_name(sheet->m, components[i], sheet->lang, true);
        int j = 0;
        while (j < count && strcmp(names[j], name) != 0)
            j++;
        if (j == MOST_NAMES)
            continue;
        names[j] = name;
        counts[j] = j == count ? 1 : counts[j] + 1;
        count += j == count;
    }
    for (int j = 0; j < count; j++) {
        mn_buf_printf(&b, "%s%s", j ? ", " : "", names[j]);
        if (counts[j] > 1)
            mn_buf_printf(&b, " ×%d", counts[j]);
    }
    const char *text = mn_arena_strdup(sheet->scene->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

bool mn__hosts_services(const struct mn_model *m, int site) {
    for (int i = 0; i < m->n_services; i++)
        for (int h = 0; h < m->services[i].n_hosts; h++)
            for (int k = 0; k < m->services[i].hosts[h].n; k++)
                if (mn__node_site(m, m->services[i].hosts[h].at[k].node) == site)
                    return true;
    return false;
}
