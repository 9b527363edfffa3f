/* lua/meta and .luacheckrc against the live library, both ways: what an editor offers is what there
 * is. */
#include "script/job.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define META "lua/meta/metronet.lua"

/* The file's lines, split in place. */
struct text {
    char *bytes;
    char *lines[1000];
    size_t n;
};

static struct text read_text(const char *path) {
    struct text t = {.bytes = calloc(1, 1 << 20)};
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_true(fread(t.bytes, 1, (1 << 20) - 1, f) > 0);
    fclose(f);
    for (char *line = strtok(t.bytes, "\n"); line && t.n < 1000; line = strtok(NULL, "\n"))
        t.lines[t.n++] = line;
    return t;
}

/* "---@field NAME? TYPE …" of a class and of the one that it extends, as "NAME? TYPE". */
struct fields {
    char name[64][32], type[64][64];
    bool optional[64];
    size_t n;
};

static void add_class(const struct text *t, const char *class, struct fields *out) {
    bool found = false;
    for (size_t i = 0; i < t->n; i++) {
        char name[64] = "", parent[64] = "";
        if (sscanf(t->lines[i], "---@class %63[^: ]: %63s", name, parent) < 1 ||
            strcmp(name, class) != 0)
            continue;
        found = true;
        if (*parent)
            add_class(t, parent, out);
        for (i++; i < t->n && strncmp(t->lines[i], "---@field ", 10) == 0; i++) {
            size_t at = out->n++;
            assert_int_equal(
                sscanf(t->lines[i], "---@field %31s %63s", out->name[at], out->type[at]), 2);
            char *mark = strchr(out->name[at], '?');
            out->optional[at] = mark != NULL;
            if (mark)
                *mark = '\0';
        }
    }
    if (!found)
        fail_msg(META ": no class %s", class);
}

static int find(const struct fields *f, const char *name) {
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->name[i], name) == 0)
            return (int)i;
    return -1;
}

static const char *const TYPES[] = {
    [MN__WANT_KEY] = "string",
    [MN__WANT_ID] = "string",
    [MN__WANT_STRING] = "string",
    [MN__WANT_TEXT] = "metronet.Text",
    [MN__WANT_COUNT] = "integer",
    [MN__WANT_TRUE] = "true",
    [MN__WANT_NAMES] = "string|string[]",
    [MN__WANT_PARTY] = "string",
    [MN__WANT_COMPONENT] = "string",
    [MN__WANT_SUBJECT] = "string",
    [MN__WANT_RUNBOOK] = "string",
    [MN__WANT_AWAITED] = "metronet.Awaited[]",
    [MN__WANT_CHOICES] = "metronet.Choice[]",
    [MN__WANT_NUMBER] = "metronet.Number",
    [MN__WANT_CUTS] = "number[]",
    [MN__WANT_EVIDENCE] = "metronet.Evidence[]",
    [MN__WANT_DURATION] = "string",
    [MN__WANT_APPLIES] = "metronet.Applies",
    [MN__WANT_FUNCTION] = "fun(incident:",
};

static void compare(const char *what, const struct fields *f, const struct mn__field_spec *spec) {
    size_t n = 0;
    for (; spec->name; spec++, n++) {
        int at = find(f, spec->name);
        if (at < 0)
            fail_msg("%s: field %s is not in " META, what, spec->name);
        if (f->optional[at] == spec->required)
            fail_msg("%s.%s: %s in " META, what, spec->name,
                     spec->required ? "optional" : "required");
        if (strcmp(f->type[at], TYPES[spec->want]) != 0)
            fail_msg("%s.%s: %s in " META ", %s in the library", what, spec->name, f->type[at],
                     TYPES[spec->want]);
    }
    if (f->n != n)
        fail_msg("%s: %zu fields in " META ", %zu in the library", what, f->n, n);
}

static void test_calls(void **state) {
    (void)state;
    struct text t = read_text(META);
    size_t n, declared = 0;
    const struct mn__call_spec *specs = mn__call_specs(&n);
    for (size_t i = 0; i < t.n; i++) {
        char function[64], class[64] = "";
        if (sscanf(t.lines[i], "function %63[a-z_](", function) != 1)
            continue;
        declared++;
        const struct mn__call_spec *spec = mn__call_spec(function);
        if (!spec)
            fail_msg(META " declares %s, which the library does not have", function);
        for (size_t k = i; k > 0 && !*class; k--)
            sscanf(t.lines[k - 1], "---@param spec %63s", class);
        struct fields f = {.n = 0};
        add_class(&t, class, &f);
        compare(function, &f, spec->fields);
    }
    assert_int_equal(declared, n);
    (void)specs;
    free(t.bytes);
}

/* The tables within the tables; and every class of META is one that something here compares. */
static void test_classes(void **state) {
    (void)state;
    static const struct {
        const char *class;
        enum mn__want want;
    } within[] = {{"metronet.Text", MN__WANT_TEXT},
                  {"metronet.Choice", MN__WANT_CHOICES},
                  {"metronet.Number", MN__WANT_NUMBER},
                  {"metronet.Applies", MN__WANT_APPLIES}};
    static const char *const FACTS[] = {"Team",  "Area",    "Line",  "Site",
                                        "Fault", "Subject", "Known", "Incident"};
    static const char *const OTHERS[] = {"FreeText", "Step"}; /* opaque; what the steps extend */
    struct text t = read_text(META);
    size_t n, classes = 0;
    mn__call_specs(&n);
    for (size_t i = 0; i < MN_COUNT(within); i++) {
        struct fields f = {.n = 0};
        add_class(&t, within[i].class, &f);
        compare(within[i].class, &f, mn__fields_within(within[i].want));
    }
    for (size_t i = 0; i < t.n; i++)
        classes += strncmp(t.lines[i], "---@class ", 10) == 0;
    assert_int_equal(classes, n + MN_COUNT(within) + MN_COUNT(FACTS) + MN_COUNT(OTHERS));
    free(t.bytes);
}

/* Every key of the facts is a field of its class, and the other way; null or not fits `?`. */
static void compare_facts(const struct text *t, const json_t *facts, const char *type) {
    char class[64];
    snprintf(class, sizeof class, "%s", type);
    char *list = strstr(class, "[]");
    if (strncmp(class, "metronet.", 9) != 0 || json_is_null(facts))
        return;
    if (list) {
        *list = '\0';
        for (size_t i = 0; i < json_array_size(facts); i++)
            compare_facts(t, json_array_get(facts, i), class);
        return;
    }
    struct fields f = {.n = 0};
    add_class(t, class, &f);
    const char *key;
    json_t *value;
    assert_true(json_is_object(facts));
    json_object_foreach((json_t *)facts, key, value) {
        int at = find(&f, key);
        if (at < 0)
            fail_msg("%s: facts have %s, which is not in " META, class, key);
        if (json_is_null(value) && !f.optional[at])
            fail_msg("%s.%s is null, but not optional in " META, class, key);
        compare_facts(t, value, f.type[at]);
    }
    if (json_object_size(facts) != f.n)
        fail_msg("%s: %zu fields in " META ", %zu in the facts", class, f.n,
                 json_object_size(facts));
}

static void test_facts(void **state) {
    (void)state;
    struct text t = read_text(META);
    struct mn_diags *d = mn_diags_new();
    struct mn_files *files = mn_files_dir("topology/tiny", "topology/tiny");
    struct mn_model *m = mn_model_load(files, d);
    assert_non_null(m);
    for (int c = -m->n_sites; c < m->n_components; c++) {
        struct mn_subject s = c < 0 ? mn_subject_site(-c - 1) : mn_subject_component(m, c);
        json_t *facts = mn_incident_facts(m, s, NULL, NULL, NULL), *team, *line;
        const char *key;
        compare_facts(&t, facts, "metronet.Incident");
        json_object_foreach(json_object_get(facts, "teams"), key, team)
            compare_facts(&t, team, "metronet.Team");
        json_object_foreach(json_object_get(json_object_get(facts, "site"), "lines"), key, line)
            compare_facts(&t, line, "metronet.Line");
        json_decref(facts);
    }
    mn_model_free(m);
    mn_files_free(files);
    mn_diags_free(d);
    free(t.bytes);
}

/* The words in .luacheckrc's list are the global names that a script has. */
static void test_luacheck(void **state) {
    (void)state;
    struct text t = read_text(".luacheckrc");
    struct mn_diags *d = mn_diags_new();
    struct mn_files *library = mn_library_files();
    size_t n_files, listed = 0, there = 0;
    const char *const *names = mn_files_glob(library, "metronet/*.lua", &n_files);
    const struct mn_source *files[32] = {&(struct mn_source){.name = "", .text = ""}};
    const char *kept[32] = {""};
    assert_in_range(n_files, 2, 31);
    for (size_t i = 0; i < n_files; i++) {
        kept[i + 1] = names[i];
        files[i + 1] = mn_files_read(library, names[i], 1 << 20, MN_NOWHERE, d);
    }
    struct mn__here here;
    struct mn__run run = {.files = files,
                          .names = kept,
                          .n_files = n_files + 1,
                          .limits = mn_limits_default(),
                          .guards = mn__guards_all(),
                          .arena = mn_arena_new(),
                          .here = &here};
    mn__problems_init(&run.problems);
    assert_true(mn__state_open(&run));
    struct mn__words words = mn__state_words(&run);
    for (size_t i = 0; i < words.n; i++)
        there += !strchr(words.at[i], '.');
    bool within = false;
    for (size_t i = 0; i < t.n; i++) {
        within = (within || strstr(t.lines[i], "local words = {")) && t.lines[i][0] != '}';
        for (char *word = within ? strchr(t.lines[i], '"') : NULL; word; word = strchr(word, '"')) {
            char *end = strchr(word + 1, '"');
            *end = '\0';
            size_t k = 0;
            while (k < words.n && strcmp(words.at[k], word + 1) != 0)
                k++;
            if (k == words.n)
                fail_msg(".luacheckrc lists %s, which scripts do not have", word + 1);
            listed++;
            word = end + 1;
        }
    }
    assert_int_equal(listed, there);
    lua_close(run.L);
    json_decref(run.problems.list);
    mn_arena_free(run.arena);
    mn_files_free(library);
    mn_diags_free(d);
    free(t.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_luacheck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
