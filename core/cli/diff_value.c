/* Labels of properties in both languages, and values in the notation of the model's files. */
#include "cli/diff_value.h"

#include "base/mem.h"

#include <string.h>

/* How a number is written. */
enum unit { PLAIN, SECONDS, MILLISECONDS, BITS, MILLIONTHS, DEGREES };

static const struct {
    const char *key;
    enum mn_message label;
    enum unit unit;
} properties[] = {
    {"acknowledge_s", MN_M_property_response, SECONDS},
    {"address", MN_M_property_address, PLAIN},
    {"area", MN_M_property_area, PLAIN},
    {"assumption", MN_M_property_assumption, PLAIN},
    {"by", MN_M_property_by, PLAIN},
    {"capacity", MN_M_property_capacity, BITS},
    {"capacity_left_ppm", MN_M_property_capacity, MILLIONTHS},
    {"circuit", MN_M_property_circuit, PLAIN},
    {"class", MN_M_property_class, PLAIN},
    {"contact", MN_M_property_contact, PLAIN},
    {"contract", MN_M_property_contract, PLAIN},
    {"date", MN_M_property_date, PLAIN},
    {"delay_ms", MN_M_property_delay, MILLISECONDS},
    {"description", MN_M_property_description, PLAIN},
    {"effect", MN_M_property_effect, PLAIN},
    {"endpoint", MN_M_property_endpoint, PLAIN},
    {"ends", MN_M_property_ends, PLAIN},
    {"failover", MN_M_property_failover, PLAIN},
    {"faults", MN_M_property_faults, PLAIN},
    {"hosts", MN_M_property_hosts, PLAIN},
    {"hours", MN_M_property_hours, PLAIN},
    {"id", MN_M_property_id, PLAIN},
    {"illustrative", MN_M_property_illustrative, PLAIN},
    {"kind", MN_M_property_kind, PLAIN},
    {"kinds", MN_M_property_kinds, PLAIN},
    {"lat_e5", MN_M_property_lat, DEGREES},
    {"levels", MN_M_property_levels, PLAIN},
    {"line", MN_M_property_line, PLAIN},
    {"lon_e5", MN_M_property_lon, DEGREES},
    {"main_activity", MN_M_property_main_activity, PLAIN},
    {"meeting", MN_M_property_meeting, PLAIN},
    {"members", MN_M_property_members, PLAIN},
    {"name", MN_M_property_name, PLAIN},
    {"needs", MN_M_property_needs, BITS},
    {"note", MN_M_property_note, PLAIN},
    {"owner", MN_M_property_owner, PLAIN},
    {"per_year_ppm", MN_M_property_per_year, MILLIONTHS},
    {"population", MN_M_property_population, PLAIN},
    {"port_a", MN_M_property_port, PLAIN},
    {"port_b", MN_M_property_port, PLAIN},
    {"powered_by", MN_M_property_powered_by, PLAIN},
    {"reference", MN_M_property_reference, PLAIN},
    {"repair", MN_M_property_repair, PLAIN},
    {"report_s", MN_M_property_report, SECONDS},
    {"requires", MN_M_property_requires, PLAIN},
    {"response_s", MN_M_property_response, SECONDS},
    {"restore_s", MN_M_property_restore, SECONDS},
    {"roles", MN_M_property_roles, PLAIN},
    {"services", MN_M_property_services, PLAIN},
    {"site", MN_M_property_site, PLAIN},
    {"skills", MN_M_property_skills, PLAIN},
    {"symptom", MN_M_property_symptom, PLAIN},
    {"takes_s", MN_M_property_takes, SECONDS},
    {"team", MN_M_property_team, PLAIN},
    {"tier", MN_M_property_tier, PLAIN},
    {"title", MN_M_property_title, PLAIN},
    {"transit", MN_M_property_transit, PLAIN},
    {"type", MN_M_property_type, PLAIN},
    {"used_at", MN_M_property_used_at, PLAIN},
    {"uses", MN_M_property_uses, PLAIN},
    {"valid_from", MN_M_property_valid_from, PLAIN},
    {"valid_until", MN_M_property_valid_until, PLAIN},
    {"via", MN_M_property_via, PLAIN},
    {"when", MN_M_property_when, PLAIN},
};

static int find(const char *key, size_t n) {
    for (size_t i = 0; i < MN_COUNT(properties); i++)
        if (strncmp(properties[i].key, key, n) == 0 && properties[i].key[n] == '\0')
            return (int)i;
    return -1;
}

const char *mn_property_label(struct mn_cli *cli, const char *path) {
    char *text = mn_arena_strdup(cli->arena, "");
    bool named = false; /* what came before is a heading for this */
    for (const char *part = path; *part;) {
        size_t n = strcspn(part, ".");
        int i = find(part, n);
        const char *label =
            i < 0 ? mn_arena_strndup(cli->arena, part, n) : mn_msg(properties[i].label, cli->lang);
        text = mn_arena_printf(cli->arena, "%s%s%s", text, !*text ? "" : named ? " " : ", ", label);
        named = strcmp(label, "") != 0 && part == path;
        part += n + (part[n] == '.');
    }
    return text;
}

static enum unit unit_of(const char *path) {
    const char *dot = strrchr(path, '.');
    int i = find(dot ? dot + 1 : path, strlen(dot ? dot + 1 : path));
    return i < 0 ? PLAIN : properties[i].unit;
}

static const char *number(struct mn_cli *cli, json_int_t n, enum unit unit) {
    char text[24];
    switch (unit) {
    case SECONDS:
        mn_duration_text((int)n, text);
        return mn_arena_strdup(cli->arena, text);
    case BITS:
        mn_capacity_text(n, text);
        return mn_arena_strdup(cli->arena, text);
    case MILLISECONDS:
        return mn_arena_printf(cli->arena, "%lldms", (long long)n);
    case MILLIONTHS:
        return mn_arena_printf(cli->arena, "%.6g", (double)n / 1e6);
    case DEGREES:
        return mn_arena_printf(cli->arena, "%.5f", (double)n / 1e5);
    default:
        return mn_arena_printf(cli->arena, "%lld", (long long)n);
    }
}

/* A text in the language, with its short form and the other language where `whole`. */
static const char *text_value(struct mn_cli *cli, const json_t *t, bool whole) {
    const char *vi = mn_json_string(t, "vi"), *en = mn_json_string(t, "en");
    const json_t *small = json_object_get(t, "short");
    struct mn_text text = {vi ? vi : "", en ? en : ""};
    const char *first = mn_text_in(text, cli->lang);
    if (!whole)
        return first;
    const char *other = mn_text_in(text, cli->lang == MN_VI ? MN_EN : MN_VI);
    return mn_arena_printf(cli->arena, "%s / %s%s%s%s", first, other, small ? " (" : "",
                           small ? text_value(cli, small, true) : "", small ? ")" : "");
}

static const char *value(struct mn_cli *cli, const json_t *v, enum unit unit, bool whole) {
    if (!v)
        return mn_msg(MN_M_diff_unsaid, cli->lang);
    if (json_is_string(v))
        return json_string_value(v);
    if (json_is_integer(v))
        return number(cli, json_integer_value(v), unit);
    if (json_is_true(v))
        return mn_msg(MN_M_diff_yes, cli->lang);
    if (json_is_object(v) && json_object_get(v, "vi"))
        return text_value(cli, v, whole);
    struct mn_buf b = MN_BUF_INIT;
    bool plain = json_is_array(v);
    for (size_t i = 0; i < json_array_size(v) && plain; i++) {
        const char *item = json_string_value(json_array_get(v, i));
        plain = item != NULL;
        if (plain)
            mn_buf_printf(&b, "%s%s", i ? ", " : "", item);
    }
    if (!plain) {
        mn_buf_clear(&b);
        mn_json_write(&b, v, 0, true);
    }
    const char *text = mn_arena_strdup(cli->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}

static bool holds(const json_t *list, const json_t *item) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), item))
            return true;
    return false;
}

/* Members of `list` that `other` has not, as a text; NULL when there are none. */
static const char *members_besides(struct mn_cli *cli, const json_t *list, const json_t *other) {
    json_t *rest = json_array();
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!holds(other, json_array_get(list, i)))
            json_array_append(rest, json_array_get(list, i));
    const char *text = json_array_size(rest) ? value(cli, rest, PLAIN, false) : NULL;
    json_decref(rest);
    return text;
}

const char *mn_change_text(struct mn_cli *cli, const struct mn_change *change) {
    const char *label = mn_property_label(cli, change->property);
    enum unit unit = unit_of(change->property);
    const char *last = strrchr(change->property, '.');
    bool ordered = strcmp(last ? last + 1 : change->property, "ends") == 0;
    if (json_is_array(change->from) && json_is_array(change->to) && !ordered) {
        const char *added = members_besides(cli, change->to, change->from);
        const char *gone = members_besides(cli, change->from, change->to);
        struct mn_buf b = MN_BUF_INIT;
        if (added)
            mn_msg_add(&b, MN_M_diff_list_added, cli->lang, MN_ARGS(added));
        if (added && gone)
            mn_buf_puts(&b, "; ");
        if (gone)
            mn_msg_add(&b, MN_M_diff_list_removed, cli->lang, MN_ARGS(gone));
        const char *text = mn_arena_printf(cli->arena, "%s: %s", label, mn_buf_text(&b));
        mn_buf_fini(&b);
        if (added || gone)
            return text; /* else only the order differs */
    }
    const char *from = value(cli, change->from, unit, false);
    const char *to = value(cli, change->to, unit, false);
    if (strcmp(from, to) == 0) { /* it is in the other language, or in the short form */
        from = value(cli, change->from, unit, true);
        to = value(cli, change->to, unit, true);
    }
    struct mn_buf b = MN_BUF_INIT;
    mn_msg_add(&b, MN_M_diff_change, cli->lang, MN_ARGS(label, from, to));
    const char *text = mn_arena_strdup(cli->arena, mn_buf_text(&b));
    mn_buf_fini(&b);
    return text;
}
