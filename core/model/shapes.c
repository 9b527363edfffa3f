/* The format as a table: the same as topology/schema.json, which a test compares. */
#include "model/schema.h"

#define FIELDS(list) .fields = (list), .n_fields = MN_COUNT(list)
#define WORDS(list)                                                                                \
    { .type = MN__T_WORD, .words = (list), .n_words = MN_COUNT(list) }
#define NEEDED true
#define OPTIONAL false

static const struct mn__shape id = {.type = MN__T_ID}, component = {.type = MN__T_COMPONENT},
                              end = {.type = MN__T_END}, words = {.type = MN__T_WORDS},
                              long_words = {.type = MN__T_LONG_WORDS},
                              plain = {.type = MN__T_PLAIN}, boolean = {.type = MN__T_BOOL},
                              duration = {.type = MN__T_DURATION}, delay = {.type = MN__T_DELAY},
                              capacity = {.type = MN__T_CAPACITY}, date = {.type = MN__T_DATE},
                              share = {.type = MN__T_SHARE}, rate = {.type = MN__T_RATE},
                              count = {.type = MN__T_COUNT}, minimum = {.type = MN__T_MINIMUM},
                              path = {.type = MN__T_PATH}, latitude = {.type = MN__T_LATITUDE},
                              longitude = {.type = MN__T_LONGITUDE};

static const char *const status_words[] = {"illustrative", "real"};
static const char *const class_words[] = {"node", "link", "service", "shared-risk"};
static const char *const site_words[] = {"ward",   "commune",     "special-zone",
                                         "office", "data-centre", "pop"};
static const char *const severity_words[] = {"low", "medium", "high", "urgent"};
static const char *const effect_words[] = {"down", "intermittent"};
static const char *const tier_words[] = {"1", "2", "3"};
static const char *const policy_words[] = {"escalation"};
static const char *const level_words[] = {"functional", "hierarchic"};
static const char *const standing_words[] = {"source", "assumption"};
static const struct mn__shape status = WORDS(status_words), class_ = WORDS(class_words),
                              site_type = WORDS(site_words), severity_id = WORDS(severity_words),
                              effect_word = WORDS(effect_words), tier = WORDS(tier_words),
                              policy_kind = WORDS(policy_words), level_type = WORDS(level_words),
                              standing = WORDS(standing_words);

static const struct mn__shape ids = {.type = MN__T_LIST, .of = &id},
                              some_ids = {.type = MN__T_LIST, .of = &id, .min = 1},
                              components = {.type = MN__T_LIST, .of = &component},
                              two_ends = {.type = MN__T_LIST, .of = &end, .min = 2, .max = 2},
                              site_types = {.type = MN__T_LIST, .of = &site_type},
                              severity_ids = {.type = MN__T_LIST, .of = &severity_id},
                              role_map = {.type = MN__T_DICT, .of = &id};

static const struct mn__field short_fields[] = {{MN__K_vi, &words, NEEDED},
                                                {MN__K_en, &words, NEEDED}};
static const struct mn__shape short_name = {.type = MN__T_MAP, FIELDS(short_fields)};
static const struct mn__field name_fields[] = {
    {MN__K_vi, &words, NEEDED}, {MN__K_en, &words, NEEDED}, {MN__K_short_, &short_name, OPTIONAL}};
static const struct mn__shape name = {.type = MN__T_MAP, FIELDS(name_fields)};
static const struct mn__field text_fields[] = {{MN__K_vi, &long_words, NEEDED},
                                               {MN__K_en, &long_words, NEEDED}};
static const struct mn__shape text = {.type = MN__T_MAP, FIELDS(text_fields)};

static const struct mn__field network_fields[] = {{MN__K_id, &id, NEEDED},
                                                  {MN__K_name, &name, NEEDED},
                                                  {MN__K_status, &status, NEEDED},
                                                  {MN__K_date, &date, NEEDED}};
static const struct mn__shape network = {.type = MN__T_MAP, FIELDS(network_fields)};
static const struct mn__shape include = {.type = MN__T_LIST, .of = &path};

static const struct mn__field failover_fields[] = {{MN__K_after, &duration, NEEDED},
                                                   {MN__K_manual, &boolean, OPTIONAL}};
static const struct mn__shape failover = {.type = MN__T_MAP, FIELDS(failover_fields)};

static const struct mn__field degrades_fields[] = {{MN__K_capacity, &share, OPTIONAL},
                                                   {MN__K_loss, &share, OPTIONAL},
                                                   {MN__K_delay, &delay, OPTIONAL}};
static const struct mn__shape degrades = {.type = MN__T_MAP, FIELDS(degrades_fields), .min = 1};
static const struct mn__field effect_fields[] = {{MN__K_blocks, &some_ids, OPTIONAL},
                                                 {MN__K_degrades, &degrades, OPTIONAL},
                                                 {MN__K_shows, &some_ids, OPTIONAL},
                                                 {MN__K_intermittent, &boolean, OPTIONAL}};
static const struct mn__shape effect_map = {.type = MN__T_MAP, FIELDS(effect_fields), .min = 1};
static const struct mn__shape effect = {
    .type = MN__T_EITHER, .scalar = &effect_word, .map = &effect_map};

#define FAULT_FIELDS(required)                                                                     \
    {MN__K_name, &name, required}, {MN__K_per_year, &rate, OPTIONAL},                              \
        {MN__K_repair, &id, required}, {MN__K_by, &id, OPTIONAL},                                  \
        {MN__K_takes, &duration, OPTIONAL}, {MN__K_effect, &effect, OPTIONAL}, {                   \
        MN__K_symptom, &id, OPTIONAL                                                               \
    }
static const struct mn__field fault_fields[] = {FAULT_FIELDS(NEEDED)};
static const struct mn__field change_fault_fields[] = {FAULT_FIELDS(OPTIONAL)};
static const struct mn__shape fault = {.type = MN__T_MAP, FIELDS(fault_fields)};
static const struct mn__shape fault_change = {.type = MN__T_MAP, FIELDS(change_fault_fields)};
static const struct mn__shape faults = {.type = MN__T_DICT, .of = &fault},
                              fault_changes = {.type = MN__T_DICT, .of = &fault_change};

static const struct mn__field kind_fields[] = {{MN__K_name, &name, NEEDED},
                                               {MN__K_class_, &class_, OPTIONAL},
                                               {MN__K_transit, &boolean, OPTIONAL},
                                               {MN__K_symbol, &id, OPTIONAL},
                                               {MN__K_description, &text, OPTIONAL},
                                               {MN__K_contract, &id, OPTIONAL},
                                               {MN__K_by, &id, OPTIONAL},
                                               {MN__K_faults, &faults, OPTIONAL}};
static const struct mn__shape kind = {.type = MN__T_MAP, FIELDS(kind_fields)};

#define NODE_FIELDS                                                                                \
    {MN__K_name, &name, OPTIONAL}, {MN__K_powered_by, &components, OPTIONAL},                      \
        {MN__K_requires, &components, OPTIONAL}, {MN__K_shared_risk, &components, OPTIONAL},       \
        {MN__K_faults, &fault_changes, OPTIONAL}, {MN__K_contract, &id, OPTIONAL},                 \
        {MN__K_by, &id, OPTIONAL}, {MN__K_failover, &failover, OPTIONAL},                          \
        {MN__K_address, &plain, OPTIONAL}, {                                                       \
        MN__K_note, &text, OPTIONAL                                                                \
    }
static const struct mn__field node_fields[] = {{MN__K_id, &component, NEEDED},
                                               {MN__K_kind, &id, NEEDED},
                                               {MN__K_site, &id, OPTIONAL},
                                               NODE_FIELDS};
static const struct mn__field office_node_fields[] = {{MN__K_kind, &id, NEEDED}, NODE_FIELDS};
static const struct mn__field added_node_fields[] = {
    {MN__K_kind, &id, NEEDED}, {MN__K_to, &end, NEEDED}, {MN__K_link, &id, OPTIONAL}, NODE_FIELDS};
static const struct mn__shape node = {.type = MN__T_MAP, FIELDS(node_fields)},
                              office_node = {.type = MN__T_MAP, FIELDS(office_node_fields)},
                              added_node = {.type = MN__T_MAP, FIELDS(added_node_fields)};

#define LINK_FIELDS                                                                                \
    {MN__K_kind, &id, NEEDED}, {MN__K_ends, &two_ends, NEEDED}, {MN__K_name, &name, OPTIONAL},     \
        {MN__K_capacity, &capacity, OPTIONAL}, {MN__K_delay, &delay, OPTIONAL},                    \
        {MN__K_shared_risk, &components, OPTIONAL}, {MN__K_contract, &id, OPTIONAL},               \
        {MN__K_circuit, &plain, OPTIONAL}, {MN__K_by, &id, OPTIONAL},                              \
        {MN__K_faults, &fault_changes, OPTIONAL}, {                                                \
        MN__K_note, &text, OPTIONAL                                                                \
    }
static const struct mn__field link_fields[] = {{MN__K_id, &component, NEEDED}, LINK_FIELDS};
static const struct mn__field office_link_fields[] = {{MN__K_id, &id, NEEDED}, LINK_FIELDS};
static const struct mn__shape link = {.type = MN__T_MAP, FIELDS(link_fields)},
                              office_link = {.type = MN__T_MAP, FIELDS(office_link_fields)};

static const struct mn__field change_fields[] = {
    {MN__K_kind, &id, OPTIONAL},       NODE_FIELDS,
    {MN__K_ends, &two_ends, OPTIONAL}, {MN__K_capacity, &capacity, OPTIONAL},
    {MN__K_delay, &delay, OPTIONAL},   {MN__K_circuit, &plain, OPTIONAL}};
static const struct mn__shape change = {.type = MN__T_MAP, FIELDS(change_fields), .min = 1};

static const struct mn__field office_line_fields[] = {
    {MN__K_kind, &id, NEEDED}, {MN__K_at, &end, NEEDED}, {MN__K_capacity, &capacity, OPTIONAL}};
static const struct mn__shape office_line = {.type = MN__T_MAP, FIELDS(office_line_fields)};
static const struct mn__shape office_nodes = {.type = MN__T_DICT, .of = &office_node},
                              office_links = {.type = MN__T_LIST, .of = &office_link},
                              office_lines = {.type = MN__T_DICT, .of = &office_line};
static const struct mn__field blueprint_fields[] = {{MN__K_name, &name, OPTIONAL},
                                                    {MN__K_nodes, &office_nodes, NEEDED},
                                                    {MN__K_links, &office_links, OPTIONAL},
                                                    {MN__K_lines, &office_lines, OPTIONAL},
                                                    {MN__K_lan_link, &id, OPTIONAL}};
static const struct mn__shape blueprint = {.type = MN__T_MAP, FIELDS(blueprint_fields)};

static const struct mn__field line_fields[] = {{MN__K_to, &end, NEEDED},
                                               {MN__K_kind, &id, OPTIONAL},
                                               {MN__K_capacity, &capacity, OPTIONAL},
                                               {MN__K_delay, &delay, OPTIONAL},
                                               {MN__K_shared_risk, &components, OPTIONAL},
                                               {MN__K_circuit, &plain, OPTIONAL},
                                               {MN__K_contract, &id, OPTIONAL}};
static const struct mn__shape line_map = {.type = MN__T_MAP, FIELDS(line_fields)};
static const struct mn__shape line = {.type = MN__T_EITHER, .scalar = &end, .map = &line_map};
static const struct mn__shape lines = {.type = MN__T_DICT, .of = &line};
static const struct mn__shape changes = {.type = MN__T_DICT, .of = &change},
                              additions = {.type = MN__T_DICT, .of = &added_node};
static const struct mn__field but_fields[] = {{MN__K_remove, &ids, OPTIONAL},
                                              {MN__K_set, &changes, OPTIONAL},
                                              {MN__K_add, &additions, OPTIONAL}};
static const struct mn__shape but = {.type = MN__T_MAP, FIELDS(but_fields), .min = 1};
static const struct mn__field uses_fields[] = {{MN__K_add, &ids, OPTIONAL},
                                               {MN__K_remove, &ids, OPTIONAL}};
static const struct mn__shape uses = {.type = MN__T_MAP, FIELDS(uses_fields), .min = 1};
static const struct mn__shape point = {
    .type = MN__T_LIST, .of = &latitude, .of2 = &longitude, .min = 2, .max = 2};

#define SITE_FIELDS                                                                                \
    {MN__K_type, &site_type, OPTIONAL}, {MN__K_area, &id, OPTIONAL}, {MN__K_at, &point, OPTIONAL}, \
        {MN__K_blueprint, &id, OPTIONAL}, {MN__K_lines, &lines, OPTIONAL},                         \
        {MN__K_but, &but, OPTIONAL}, {MN__K_uses, &uses, OPTIONAL},                                \
        {MN__K_roles, &role_map, OPTIONAL}, {MN__K_contract, &id, OPTIONAL},                       \
        {MN__K_powered_by, &components, OPTIONAL}, {MN__K_population, &count, OPTIONAL}, {         \
        MN__K_note, &text, OPTIONAL                                                                \
    }
static const struct mn__field site_fields[] = {
    {MN__K_id, &id, NEEDED}, {MN__K_name, &name, NEEDED}, SITE_FIELDS};
static const struct mn__field default_fields[] = {SITE_FIELDS};
static const struct mn__shape site = {.type = MN__T_MAP, FIELDS(site_fields)},
                              site_defaults = {.type = MN__T_MAP, FIELDS(default_fields)};

static const struct mn__field standby_fields[] = {{MN__K_node, &component, NEEDED},
                                                  {MN__K_failover, &failover, OPTIONAL}};
static const struct mn__shape standby = {.type = MN__T_MAP, FIELDS(standby_fields)};
static const struct mn__shape choice = {
    .type = MN__T_EITHER, .scalar = &component, .map = &standby};
static const struct mn__shape choices = {.type = MN__T_LIST, .of = &choice, .min = 1};
static const struct mn__field host_fields[] = {{MN__K_node, &component, OPTIONAL},
                                               {MN__K_failover, &failover, OPTIONAL},
                                               {MN__K_any_of, &choices, OPTIONAL}};
static const struct mn__shape host_map = {.type = MN__T_HOST, FIELDS(host_fields)};
static const struct mn__shape host = {.type = MN__T_EITHER, .scalar = &component, .map = &host_map};
static const struct mn__shape hosts = {.type = MN__T_LIST, .of = &host, .min = 1};
static const struct mn__shape some_components = {.type = MN__T_LIST, .of = &component, .min = 1};
static const struct mn__field via_fields[] = {{MN__K_any_of, &some_components, NEEDED}};
static const struct mn__shape via_map = {.type = MN__T_MAP, FIELDS(via_fields)};
static const struct mn__shape via = {.type = MN__T_EITHER, .scalar = &component, .map = &via_map};
static const struct mn__shape endpoint = {.type = MN__T_EITHER, .scalar = &id, .list = &some_ids};

static const struct mn__field service_fields[] = {{MN__K_id, &id, NEEDED},
                                                  {MN__K_kind, &id, OPTIONAL},
                                                  {MN__K_name, &name, NEEDED},
                                                  {MN__K_description, &text, OPTIONAL},
                                                  {MN__K_by, &id, NEEDED},
                                                  {MN__K_owner, &text, OPTIONAL},
                                                  {MN__K_hosts, &hosts, NEEDED},
                                                  {MN__K_requires, &ids, OPTIONAL},
                                                  {MN__K_via, &via, OPTIONAL},
                                                  {MN__K_needs, &capacity, OPTIONAL},
                                                  {MN__K_endpoint, &endpoint, NEEDED},
                                                  {MN__K_used_at, &site_types, NEEDED},
                                                  {MN__K_main_activity, &boolean, OPTIONAL},
                                                  {MN__K_meeting, &boolean, OPTIONAL},
                                                  {MN__K_contract, &id, OPTIONAL},
                                                  {MN__K_faults, &fault_changes, OPTIONAL}};
static const struct mn__shape service = {.type = MN__T_MAP, FIELDS(service_fields)};

static const struct mn__field group_fields[] = {{MN__K_id, &component, NEEDED},
                                                {MN__K_name, &name, NEEDED},
                                                {MN__K_kind, &id, OPTIONAL},
                                                {MN__K_site, &id, OPTIONAL},
                                                {MN__K_members, &components, OPTIONAL},
                                                {MN__K_by, &id, OPTIONAL}};
static const struct mn__shape group = {.type = MN__T_MAP, FIELDS(group_fields)};

static const struct mn__field team_fields[] = {{MN__K_id, &id, NEEDED},
                                               {MN__K_name, &name, NEEDED},
                                               {MN__K_description, &text, OPTIONAL},
                                               {MN__K_contact, &text, OPTIONAL},
                                               {MN__K_hours, &text, OPTIONAL},
                                               {MN__K_tier, &tier, OPTIONAL},
                                               {MN__K_skills, &ids, OPTIONAL}};
static const struct mn__shape team = {.type = MN__T_MAP, FIELDS(team_fields)};
static const struct mn__field role_fields[] = {
    {MN__K_id, &id, NEEDED}, {MN__K_name, &name, NEEDED}, {MN__K_team, &id, OPTIONAL}};
static const struct mn__shape role = {.type = MN__T_MAP, FIELDS(role_fields)};
static const struct mn__field area_fields[] = {{MN__K_id, &id, NEEDED},
                                               {MN__K_name, &name, NEEDED},
                                               {MN__K_roles, &role_map, OPTIONAL},
                                               {MN__K_note, &text, OPTIONAL}};
static const struct mn__shape area = {.type = MN__T_MAP, FIELDS(area_fields)};
static const struct mn__field contract_fields[] = {{MN__K_id, &id, NEEDED},
                                                   {MN__K_name, &name, NEEDED},
                                                   {MN__K_roles, &role_map, NEEDED},
                                                   {MN__K_response, &duration, OPTIONAL},
                                                   {MN__K_restore, &duration, OPTIONAL},
                                                   {MN__K_valid_from, &date, OPTIONAL},
                                                   {MN__K_valid_until, &date, OPTIONAL},
                                                   {MN__K_note, &text, OPTIONAL}};
static const struct mn__shape contract = {.type = MN__T_MAP, FIELDS(contract_fields)};
static const struct mn__field repair_fields[] = {{MN__K_id, &id, NEEDED},
                                                 {MN__K_name, &name, NEEDED},
                                                 {MN__K_interrupts, &text, OPTIONAL},
                                                 {MN__K_undo, &text, OPTIONAL},
                                                 {MN__K_skill, &id, OPTIONAL}};
static const struct mn__shape repair = {.type = MN__T_MAP, FIELDS(repair_fields)};
static const struct mn__field symptom_fields[] = {{MN__K_id, &id, NEEDED},
                                                  {MN__K_name, &name, NEEDED},
                                                  {MN__K_description, &text, OPTIONAL},
                                                  {MN__K_service, &id, OPTIONAL}};
static const struct mn__shape symptom = {.type = MN__T_MAP, FIELDS(symptom_fields)};

static const struct mn__field level_fields[] = {
    {MN__K_to, &id, NEEDED},           {MN__K_type, &level_type, NEEDED},
    {MN__K_after, &duration, NEEDED},  {MN__K_acknowledge, &duration, OPTIONAL},
    {MN__K_by_phone, &text, OPTIONAL}, {MN__K_note, &text, OPTIONAL}};
static const struct mn__shape level = {.type = MN__T_MAP, FIELDS(level_fields)};
static const struct mn__shape levels = {.type = MN__T_LIST, .of = &level, .min = 1};
static const struct mn__field applies_fields[] = {{MN__K_services, &ids, OPTIONAL},
                                                  {MN__K_kinds, &ids, OPTIONAL},
                                                  {MN__K_teams, &ids, OPTIONAL},
                                                  {MN__K_severity, &severity_ids, OPTIONAL}};
static const struct mn__shape applies_to = {.type = MN__T_MAP, FIELDS(applies_fields), .min = 1};
static const struct mn__field policy_fields[] = {{MN__K_id, &id, NEEDED},
                                                 {MN__K_name, &name, NEEDED},
                                                 {MN__K_kind, &policy_kind, NEEDED},
                                                 {MN__K_valid_from, &date, NEEDED},
                                                 {MN__K_valid_until, &date, OPTIONAL},
                                                 {MN__K_reference, &id, OPTIONAL},
                                                 {MN__K_applies_to, &applies_to, OPTIONAL},
                                                 {MN__K_levels, &levels, NEEDED}};
static const struct mn__shape policy = {.type = MN__T_MAP, FIELDS(policy_fields)};

static const struct mn__field when_fields[] = {{MN__K_sites, &minimum, OPTIONAL},
                                               {MN__K_services, &minimum, OPTIONAL},
                                               {MN__K_main_activities, &minimum, OPTIONAL},
                                               {MN__K_cut_off, &minimum, OPTIONAL}};
static const struct mn__shape when_map = {.type = MN__T_MAP, FIELDS(when_fields), .min = 1};
static const struct mn__shape when_list = {.type = MN__T_LIST, .of = &when_map, .min = 1};
static const struct mn__shape when = {.type = MN__T_EITHER, .list = &when_list, .map = &when_map};
static const struct mn__field severity_fields[] = {
    {MN__K_id, &severity_id, NEEDED},          {MN__K_name, &name, NEEDED},
    {MN__K_description, &text, OPTIONAL},      {MN__K_when, &when, OPTIONAL},
    {MN__K_update_every, &duration, OPTIONAL}, {MN__K_report, &duration, OPTIONAL}};
static const struct mn__shape severity = {.type = MN__T_MAP, FIELDS(severity_fields)};
static const struct mn__field regulation_fields[] = {{MN__K_id, &id, NEEDED},
                                                     {MN__K_title, &text, NEEDED},
                                                     {MN__K_reference, &plain, NEEDED},
                                                     {MN__K_valid_from, &date, OPTIONAL},
                                                     {MN__K_valid_until, &date, OPTIONAL},
                                                     {MN__K_standing, &standing, NEEDED},
                                                     {MN__K_note, &text, OPTIONAL}};
static const struct mn__shape regulation = {.type = MN__T_MAP, FIELDS(regulation_fields)};

static const struct mn__shape areas = {.type = MN__T_LIST, .of = &area},
                              teams = {.type = MN__T_LIST, .of = &team},
                              roles = {.type = MN__T_LIST, .of = &role},
                              contracts = {.type = MN__T_LIST, .of = &contract},
                              repairs = {.type = MN__T_LIST, .of = &repair},
                              kinds = {.type = MN__T_DICT, .of = &kind},
                              blueprints = {.type = MN__T_DICT, .of = &blueprint},
                              sites = {.type = MN__T_LIST, .of = &site},
                              nodes = {.type = MN__T_LIST, .of = &node},
                              links = {.type = MN__T_LIST, .of = &link},
                              groups = {.type = MN__T_LIST, .of = &group},
                              services = {.type = MN__T_LIST, .of = &service},
                              symptoms = {.type = MN__T_LIST, .of = &symptom},
                              policies = {.type = MN__T_LIST, .of = &policy},
                              severities = {.type = MN__T_LIST, .of = &severity},
                              regulations = {.type = MN__T_LIST, .of = &regulation};

static const struct mn__field file_fields[] = {{MN__K_network, &network, OPTIONAL},
                                               {MN__K_include, &include, OPTIONAL},
                                               {MN__K_areas, &areas, OPTIONAL},
                                               {MN__K_teams, &teams, OPTIONAL},
                                               {MN__K_roles, &roles, OPTIONAL},
                                               {MN__K_contracts, &contracts, OPTIONAL},
                                               {MN__K_repairs, &repairs, OPTIONAL},
                                               {MN__K_kinds, &kinds, OPTIONAL},
                                               {MN__K_blueprints, &blueprints, OPTIONAL},
                                               {MN__K_defaults, &site_defaults, OPTIONAL},
                                               {MN__K_sites, &sites, OPTIONAL},
                                               {MN__K_nodes, &nodes, OPTIONAL},
                                               {MN__K_links, &links, OPTIONAL},
                                               {MN__K_shared_risk, &groups, OPTIONAL},
                                               {MN__K_services, &services, OPTIONAL},
                                               {MN__K_symptoms, &symptoms, OPTIONAL},
                                               {MN__K_policies, &policies, OPTIONAL},
                                               {MN__K_severity, &severities, OPTIONAL},
                                               {MN__K_regulations, &regulations, OPTIONAL}};
const struct mn__shape mn__file_shape = {.type = MN__T_MAP, FIELDS(file_fields)};
