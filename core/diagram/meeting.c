/* The view of a meeting system: what controls it and the network as on the city's sheet, with all
 * bridge points for the roll-call; below them the room of a typical one, and which differ. */
#include "diagram/meeting.h"

#include "diagram/city.h"
#include "diagram/type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIFFERENCES = 16 };

/* Bridge points that differ in one way. */
struct difference {
    const char *text;
    int n;
    const char *names;
};

struct meeting {
    struct mn__city *city;
    struct mn__sheet *sheet;
    const struct mn_model *m;
    struct mn_arena *arena;
    int service, n_sites;
    const int *sites;   /* the bridge points, as they stand on the sheet */
    const char **rooms; /* what stands in each one's room, in a word; NULL: no endpoint */
    int typical, alike; /* into sites, -1: none has an endpoint; how many are like it */
    int backup_kind;    /* of most second lines, -1: there are none */
    int n_differences;
    struct difference differences[MOST_DIFFERENCES];
};

static int line_kind(const struct meeting *t, int site, int i) {
    int far, link = mn__unit_line(t->m, site, i, &far);
    return link < 0 ? -1 : t->m->components[t->m->links[link].component].kind;
}

static int endpoint_of(const struct meeting *t, int site) {
    int node;
    return mn_model_endpoints(t->m, site, t->service, &node, 1) ? node : -1;
}

/* Two rooms are alike when the same kinds of devices stand in them and the line is of one kind. */
static const char *room_word(const struct meeting *t, int site) {
    int nodes[MN__MOST_IN_ROOM], endpoint = endpoint_of(t, site);
    if (endpoint < 0)
        return NULL;
    const char *word = "";
    int n = mn__room(t->m, endpoint, nodes);
    for (int i = 0; i < n; i++)
        word = mn_arena_printf(t->arena, "%s %d", word,
                               t->m->components[t->m->nodes[nodes[i]].component].kind);
    return word;
}

static void find_sites(struct meeting *t) {
    const struct mn__net *net = t->city->net;
    int *sites = MN_ARENA_ARRAY(t->arena, int, (size_t)t->m->n_sites + 1);
    t->rooms = MN_ARENA_ARRAY(t->arena, const char *, (size_t)t->m->n_sites + 1);
    for (int i = 0; i < net->n_clusters; i++)
        for (int u = 0; u < net->clusters[i].n; u++) {
            t->rooms[t->n_sites] = room_word(t, net->clusters[i].units[u]);
            sites[t->n_sites++] = net->clusters[i].units[u];
        }
    t->sites = sites;
}

/* The room that most have, on a line of the usual kind where some are. */
static void find_typical(struct meeting *t) {
    int *kinds = MN_ARENA_ARRAY(t->arena, int, (size_t)t->m->n_kinds + 1);
    t->typical = t->backup_kind = -1;
    memset(kinds, 0, sizeof *kinds * ((size_t)t->m->n_kinds + 1));
    for (int i = 0; i < t->n_sites; i++) {
        int same = 0, backup = line_kind(t, t->sites[i], 1);
        bool usual = line_kind(t, t->sites[i], 0) == t->city->net->common_kind;
        if (backup >= 0)
            kinds[backup]++;
        for (int k = 0; k < i && t->rooms[i]; k++) /* the first of its like speaks for all */
            if (t->rooms[k] && strcmp(t->rooms[k], t->rooms[i]) == 0 &&
                (line_kind(t, t->sites[k], 0) == t->city->net->common_kind) == usual)
                same = -t->n_sites;
        for (int k = i; k < t->n_sites && t->rooms[i] && same >= 0; k++)
            same += t->rooms[k] && strcmp(t->rooms[k], t->rooms[i]) == 0 &&
                    (line_kind(t, t->sites[k], 0) == t->city->net->common_kind) == usual;
        if (same > t->alike) {
            t->alike = same;
            t->typical = i;
        }
    }
    for (int k = 0; k < t->m->n_kinds; k++)
        if (kinds[k] && (t->backup_kind < 0 || kinds[k] > kinds[t->backup_kind]))
            t->backup_kind = k;
}

static void differs(struct meeting *t, const char *text, int site) {
    struct difference *d = t->differences;
    int i = 0;
    while (i < t->n_differences && strcmp(d[i].text, text) != 0)
        i++;
    if (i == MOST_DIFFERENCES)
        return;
    if (i == t->n_differences)
        d[t->n_differences++] = (struct difference){text, 0, ""};
    if (d[i].n++ < 40)
        d[i].names = mn_arena_printf(t->arena, "%s%s%s", d[i].names, *d[i].names ? ", " : "",
                                     mn__unit_name(t->city->net, site, t->sheet->lang));
}

static const char *kind_name(const struct meeting *t, int kind) {
    return kind < 0 ? "?" : mn__full_name(t->m->kinds[kind].name, t->sheet->lang);
}

static void find_differences(struct meeting *t) {
    int64_t needs = t->m->services[t->service].needs;
    char capacity[24] = "";
    mn_capacity_text(needs, capacity);
    for (int i = 0; i < t->n_sites; i++) {
        int site = t->sites[i], n_lines = t->m->sites[site].lines.n;
        int primary = line_kind(t, site, 0), backup = line_kind(t, site, 1);
        bool narrow = false;
        for (int l = 0, far, link; (link = mn__unit_line(t->m, site, l, &far)) >= 0; l++)
            narrow =
                narrow || (t->m->links[link].capacity >= 0 && t->m->links[link].capacity < needs);
        if (!t->rooms[i])
            differs(t, mn_msg(MN_M_meeting_no_endpoint, t->sheet->lang), site);
        else if (t->typical >= 0 && strcmp(t->rooms[i], t->rooms[t->typical]) != 0)
            differs(t, mn_msg(MN_M_meeting_other_room, t->sheet->lang), site);
        if (n_lines && primary != t->city->net->common_kind)
            differs(t, mn__say(t->sheet, MN_M_meeting_primary, MN_ARGS(kind_name(t, primary))),
                    site);
        if (narrow)
            differs(t, mn__say(t->sheet, MN_M_meeting_narrow, MN_ARGS(capacity)), site);
        if (n_lines == 1 && t->backup_kind >= 0)
            differs(t, mn_msg(MN_M_meeting_no_backup, t->sheet->lang), site);
        if (n_lines > 1 && backup != t->backup_kind)
            differs(t, mn__say(t->sheet, MN_M_meeting_backup, MN_ARGS(kind_name(t, backup))), site);
    }
}

/* The way within the site from where its first line ends to the endpoint; *n nodes. */
static int *way_in(const struct meeting *t, int site, int endpoint, int *n) {
    const struct mn_model *m = t->m;
    int *from = mn_new0((size_t)m->n_nodes + 1, sizeof *from), far, head = 0, tail = 0;
    int *queue = MN_ARENA_ARRAY(t->arena, int, (size_t)m->sites[site].nodes.n + 1);
    int *way = MN_ARENA_ARRAY(t->arena, int, (size_t)m->sites[site].nodes.n + 1);
    int line = mn__unit_line(m, site, 0, &far), start = endpoint;
    if (line >= 0)
        start = m->links[line].end[m->links[line].end[0] == far];
    *n = 0;
    from[endpoint] = endpoint + 1;
    queue[tail++] = endpoint;
    while (head < tail && !from[start]) {
        int at = queue[head++];
        for (int i = 0; i < m->nodes[at].links.n; i++) {
            const struct mn_link *l = &m->links[m->nodes[at].links.at[i]];
            int other = l->end[l->end[0] == at];
            if (mn__node_site(m, other) == site && !from[other]) {
                from[other] = at + 1;
                queue[tail++] = other;
            }
        }
    }
    for (int at = from[start] ? start : endpoint;; at = from[at] - 1) {
        way[(*n)++] = at;
        if (at == endpoint)
            break;
    }
    free(from);
    return way;
}

static const char *local_of(const struct meeting *t, int node) {
    const char *id = t->m->components[t->m->nodes[node].component].id, *slash = strrchr(id, '/');
    return slash ? slash + 1 : id;
}

/* A device of the typical room: what it hangs on, and how. */
struct device {
    int node, parent, depth; /* parent: into the list */
    const char *cable;       /* "" when no cable joins it to that */
};

static const char *cable_between(const struct meeting *t, int a, int b) {
    for (int i = 0; i < t->m->nodes[a].links.n; i++) {
        const struct mn_link *l = &t->m->links[t->m->nodes[a].links.at[i]];
        int kind = t->m->components[l->component].kind;
        if ((l->end[0] == b || l->end[1] == b) && kind >= 0)
            return mn__short_name(t->m->kinds[kind].name, t->sheet->lang);
    }
    return "";
}

/* The room as a tree: each device below the one that needs it. */
static int grow(const struct meeting *t, const int *room, int n_room, bool *seen,
                struct device *list, int n) {
    int at = n - 1;
    for (int i = 0; i < n_room; i++) {
        const struct mn_ints *needs = &t->m->nodes[list[at].node].requires;
        bool needed = false;
        for (int k = 0; k < needs->n; k++)
            needed = needed || needs->at[k] == t->m->nodes[room[i]].component;
        if (seen[i] || !needed)
            continue;
        seen[i] = true;
        list[n] = (struct device){room[i], at, list[at].depth + 1,
                                  cable_between(t, list[at].node, room[i])};
        n = grow(t, room, n_room, seen, list, n + 1);
    }
    return n;
}

/* A device's own names, or its kind's. */
static struct mn_name device_names(const struct meeting *t, int node, bool kind_only) {
    const struct mn_component *c = &t->m->components[t->m->nodes[node].component];
    bool own = c->kind < 0 || (!kind_only && mn__has_own_name(t->m, c));
    return own ? c->name : t->m->kinds[c->kind].name;
}

/* A box of the typical bridge point; `id` makes its name in the document. */
static void draw_box(const struct meeting *t, struct mn__rect r, const char *id, int node,
                     struct mn_name names, const char *sub, bool thick, bool outside) {
    struct mn__sheet *sheet = t->sheet;
    double size = fmax(7.5 * sheet->unit, sheet->least_text), icon = size * 1.9;
    const char *lines[2], *name = mn__full_name(names, sheet->lang);
    int b =
        mn__put_box(sheet->scene, -1, r,
                    (struct mn__look){MN__WHITE, outside ? MN__CORE_COLOUR : 0x1F4E79,
                                      thick ? 2.2 : 1.1, outside ? MN__DASHED : MN__SOLID, true});
    mn__put_name(sheet->scene, b, id, "typical", name);
    mn__icon(sheet->scene, b, mn__symbol_of(t->m, t->m->nodes[node].component), r.x + 4,
             r.y + (r.h - icon) / 2, icon, MN__INK);
    double x = r.x + icon + 8, width = r.x + r.w - 3 - x;
    int n = mn__text_wrap(t->arena, mn__text_clean(t->arena, name), size, true, width, 2, lines);
    if (n == 2 && strstr(lines[1], MN__ELLIPSIS))
        n = mn__text_wrap(t->arena, mn__text_clean(t->arena, mn__short_name(names, sheet->lang)),
                          size, true, width, 2, lines);
    double step = size * 1.2, y = r.y + (r.h - step * (n + (*sub != '\0'))) / 2 + step / 2;
    for (int i = 0; i < n; i++, y += step) {
        int text = mn__put_text(sheet->scene, b, x, y, MN__LEFT, lines[i], size, true, MN__INK);
        mn__put_parts(sheet->scene, text, MN__ROLE, i ? "" : name);
    }
    if (*sub)
        mn__put_text_in(sheet->scene, b, x, y, MN__LEFT, width, sub, sheet->least_text, false,
                        MN__DIM);
}

/* From the aggregation point to the endpoint, from left to right. Returns the endpoint's box. */
static struct mn__rect draw_way(const struct meeting *t, struct mn__rect r) {
    struct mn__scene *scene = t->sheet->scene;
    struct mn__look primary = {MN__NO_COLOUR, 0x005F96, 2.6, MN__SOLID, false};
    struct mn__look cable = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
    int site = t->sites[t->typical], endpoint = endpoint_of(t, site), n, far;
    int *way = way_in(t, site, endpoint, &n), line = mn__unit_line(t->m, site, 0, &far);
    int count = n + (line >= 0);
    double gap = 22 * t->sheet->unit, label = line >= 0 ? 10 * t->sheet->unit : 0;
    double w = fmin(120 * t->sheet->unit, (r.w - label - gap * (count - 1)) / count), x = r.x;
    double h = fmin(r.h, 34 * t->sheet->unit), y = r.y + r.h / 2;
    struct mn__rect box = {x, y - h / 2, w, h};
    if (line >= 0) {
        char capacity[24] = "";
        draw_box(t, box, "typical-point", far, device_names(t, far, true), "", false, true);
        mn__put_line(scene, (struct mn__point[]){{x + w, y}, {x + w + gap + label, y}}, 2, primary);
        if (t->m->links[line].capacity > 0)
            mn_capacity_text(t->m->links[line].capacity, capacity);
        mn__put_text_in(scene, -1, x + w + (gap + label) / 2, y - t->sheet->least_text * 0.9,
                        MN__CENTRE, gap + label - 2, capacity, t->sheet->least_text, false,
                        MN__INK);
        mn__key_line(t->sheet, primary, mn_msg(MN_M_key_line_primary, t->sheet->lang));
        x += w + gap + label;
    }
    for (int i = 0; i < n; i++, x += w + gap) {
        box.x = x;
        if (i)
            mn__put_line(scene, (struct mn__point[]){{x - gap, y}, {x, y}}, 2, cable);
        draw_box(t, box, mn_arena_printf(t->arena, "typical-%d", i), way[i],
                 device_names(t, way[i], false), local_of(t, way[i]), way[i] == endpoint, false);
        mn__key_line(t->sheet, cable, mn_msg(MN_M_key_cable, t->sheet->lang));
    }
    return box;
}

/* What stands in the room besides the endpoint, as a tree beside its box. */
static void draw_tree(const struct meeting *t, struct mn__rect endpoint, struct mn__rect r,
                      const struct device *list, int n) {
    struct mn__scene *scene = t->sheet->scene;
    struct mn__look cable = {MN__NO_COLOUR, MN__INK, 1.3, MN__SOLID, false};
    double size = fmax(7.5 * t->sheet->unit, t->sheet->least_text), row = r.h / (n - 1);
    double indent = 14 * t->sheet->unit, mid = endpoint.y + endpoint.h / 2;
    double trunk = endpoint.x + endpoint.w + indent;
    mn__put_line(scene, (struct mn__point[]){{endpoint.x + endpoint.w, mid}, {trunk, mid}}, 2,
                 cable);
    for (int i = 1; i < n; i++) {
        const char *name =
            mn__device_name(t->m, t->m->nodes[list[i].node].component, t->sheet->lang, false);
        double y = r.y + (i - 0.5) * row, from = trunk + (list[i].depth - 1) * indent * 1.2;
        double up = list[i].parent ? r.y + (list[i].parent - 0.5) * row + row * 0.45 : mid;
        double x = from + indent * 0.8, icon = fmin(size * 1.7, row);
        mn__put_line(scene, (struct mn__point[]){{from, up}, {from, y}, {x, y}}, 3, cable);
        mn__icon(scene, -1, mn__symbol_of(t->m, t->m->nodes[list[i].node].component), x + 2,
                 y - icon / 2, icon, MN__INK);
        x += icon + 6;
        double room = r.x + r.w - 4 - x, used = fmin(room, mn__text_width(name, size, true));
        int text = mn__put_text_in(scene, -1, x, y, MN__LEFT, room, name, size, true, MN__INK);
        mn__put_parts(scene, text, MN__ROLE, name);
        const char *sub = list[i].cable;
        if (*sub && room - used > 30)
            mn__put_text_in(scene, -1, x + used + 5, y, MN__LEFT, room - used - 5, sub,
                            t->sheet->least_text, false, MN__DIM);
    }
}

/* What few have comes first: there the surprises are. */
static int by_number(const void *a, const void *b) {
    const struct difference *p = a, *q = b;
    return p->n != q->n ? (p->n > q->n) - (p->n < q->n) : strcmp(p->text, q->text);
}

/* As many as there is room for, the last ones in several lines where some are left. */
static void draw_differences(const struct meeting *t, struct mn__rect r) {
    struct mn__sheet *sheet = t->sheet;
    double u = sheet->unit, size = fmax(7.5 * u, sheet->least_text), y = r.y + 10 * u;
    int b = mn__put_box(sheet->scene, -1, r,
                        (struct mn__look){MN__WHITE, MN__GREY, 0.8, MN__SOLID, true});
    mn__put_name(sheet->scene, b, "differences", "differences", NULL);
    double x = r.x + 8, width = r.w - 16;
    mn__put_text_in(sheet->scene, b, x, y, MN__LEFT, width,
                    mn_msg(MN_M_meeting_others, sheet->lang), 9 * u, true, MN__INK);
    y += 7 * u + size * 0.7;
    if (!t->n_differences)
        mn__put_text_in(sheet->scene, b, x, y, MN__LEFT, width,
                        mn_msg(MN_M_meeting_all_alike, sheet->lang), size, false, MN__INK);
    for (int i = 0; i < t->n_differences; i++) {
        const struct difference *d = &t->differences[i];
        const char *lines[3];
        const char *text = mn__say(sheet, MN_M_meeting_difference,
                                   MN_ARGS(d->text, mn__number(sheet, d->n), d->names));
        int rows = (int)floor((r.y + r.h - 3 - y + size * 0.75) / (size * 1.25));
        int most = rows - (t->n_differences - i - 1);
        most = most < 1 ? 1 : most > 3 ? 3 : most;
        if (rows < 1)
            break;
        int n = mn__text_wrap(t->arena, mn__text_clean(t->arena, text), size, false, width, most,
                              lines);
        for (int k = 0; k < n; k++, y += size * 1.25)
            mn__put_text(sheet->scene, b, x, y, MN__LEFT, lines[k], size, false, MN__INK);
    }
}

/* The typical bridge point, `list` what stands in its room. */
static void draw_typical(const struct meeting *t, struct mn__rect r, const struct device *list,
                         int n) {
    struct mn__sheet *sheet = t->sheet;
    double u = sheet->unit, tree = n > 1 ? 215 * u : 0;
    int b = mn__put_box(sheet->scene, -1, r,
                        (struct mn__look){MN__WHITE, MN__GREY, 0.8, MN__SOLID, true});
    sheet->scene->elements[b].area = true;
    mn__put_name(sheet->scene, b, "typical", "typical", NULL);
    mn__put_text_in(sheet->scene, b, r.x + 8, r.y + 10 * u, MN__LEFT, r.w - 16,
                    mn__say(sheet, MN_M_meeting_typical,
                            MN_ARGS(mn__number(sheet, t->alike), mn__number(sheet, t->n_sites))),
                    9 * u, true, MN__INK);
    struct mn__rect inner = {r.x + 8, r.y + 18 * u, r.w - 16, r.h - 22 * u};
    struct mn__rect endpoint =
        draw_way(t, (struct mn__rect){inner.x, inner.y, inner.w - tree, inner.h});
    double x = endpoint.x + endpoint.w;
    if (n > 1)
        draw_tree(t, endpoint, (struct mn__rect){x, inner.y, inner.x + inner.w - x, inner.h}, list,
                  n);
}

/* The strip below the bridge points. */
static void draw_strip(struct meeting *t) {
    struct mn__rect body = t->sheet->body;
    double u = t->sheet->unit, h = 76 * u, gap = 8 * u, left = 0;
    if (t->typical >= 0) {
        struct device list[MN__MOST_IN_ROOM];
        bool seen[MN__MOST_IN_ROOM] = {true};
        int room[MN__MOST_IN_ROOM], endpoint = endpoint_of(t, t->sites[t->typical]);
        int n_room = mn__room(t->m, endpoint, room);
        list[0] = (struct device){endpoint, -1, 0, ""};
        int n = grow(t, room, n_room, seen, list, 1);
        h = fmax(h, (22 + 13.0 * (n - 1)) * u);
        left = floor(body.w * 0.72);
        draw_typical(t, (struct mn__rect){body.x, body.y + body.h - h, left, h}, list, n);
        left += gap;
    }
    draw_differences(t, (struct mn__rect){body.x + left, body.y + body.h - h, body.w - left, h});
    t->city->below = h + gap;
}

static const char *add(const struct meeting *t, const char *text, enum mn_message m,
                       const char *what) {
    return what && *what
               ? mn_arena_printf(t->arena, "%s · %s", text, mn__say(t->sheet, m, MN_ARGS(what)))
               : text;
}

static void say_title(const struct meeting *t) {
    const struct mn_service *s = &t->m->services[t->service];
    const struct mn_component *c = &t->m->components[s->component];
    const struct mn__net *net = t->city->net;
    enum mn_lang lang = t->sheet->lang;
    int points = 0, team = mn_model_resolve(t->m, c->by, s->component);
    char capacity[24] = "";
    for (int i = 0; i < net->n_clusters; i++)
        points += net->clusters[i].n && net->clusters[i].point >= 0 && !net->clusters[i].visiting &&
                  net->clusters[i].common;
    if (s->needs > 0)
        mn_capacity_text(s->needs, capacity);
    const char *text =
        mn__say(t->sheet, MN_M_meeting_subtitle,
                MN_ARGS(mn__number(t->sheet, t->n_sites), mn__number(t->sheet, points)));
    text = add(t, text, MN_M_meeting_needs, mn_arena_strdup(t->arena, capacity));
    text =
        add(t, text, MN_M_meeting_by, team < 0 ? "" : mn__full_name(t->m->teams[team].name, lang));
    text = add(t, text, MN_M_meeting_owner, mn_text_in(s->owner, lang));
    mn__frame(t->sheet,
              mn__say(t->sheet, MN_M_meeting_title, MN_ARGS(mn__full_name(c->name, lang))), text,
              2);
}

static void frame(struct mn__city *c) {
    struct meeting t = {.city = c,
                        .sheet = c->sheet,
                        .m = c->sheet->m,
                        .arena = c->sheet->scene->arena,
                        .service = c->service};
    find_sites(&t);
    find_typical(&t);
    find_differences(&t);
    qsort(t.differences, (size_t)t.n_differences, sizeof *t.differences, by_number);
    say_title(&t);
    draw_strip(&t);
}

bool mn__draw_meeting(struct mn__sheet *sheet) {
    const struct mn_model *m = sheet->m;
    int service = mn__meeting_service(m, -1);
    if (sheet->picture->n_subjects) {
        const struct mn_component *c = &m->components[sheet->picture->subjects[0].index];
        if (c->cls != MN_SERVICE || !m->services[c->index].meeting)
            return mn__refuse(sheet, MN_D_diagram_not_meeting, mn__full_name(c->name, sheet->lang),
                              NULL, NULL);
        service = c->index;
    }
    if (service < 0)
        return mn__refuse(sheet, MN_D_diagram_no_meeting, NULL, NULL, NULL);
    return mn__city_sheet(sheet, -2, service, frame);
}
