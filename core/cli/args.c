/* Reading a command line by a command's table of options. */
#include "cli/args.h"

#include "base/mem.h"
#include "base/unicode.h"

#include <string.h>

static int count(const struct mn_option *options) {
    int n = 0;
    while (options && options[n].name)
        n++;
    return n;
}

int mn_args_count(const struct mn_command *command) {
    return (command ? count(command->options) : 0) + count(mn_common_options);
}

static const struct mn_option *at(const struct mn_command *command, int place) {
    int own = command ? count(command->options) : 0;
    return place < own ? &command->options[place] : &mn_common_options[place - own];
}

const struct mn_option *mn_args_find(const struct mn_command *command, const char *name,
                                     int *place) {
    for (int i = 0; i < mn_args_count(command); i++) {
        if (strcmp(at(command, i)->name, name) == 0) {
            *place = i;
            return at(command, i);
        }
    }
    return NULL;
}

static void unknown(struct mn_cli *cli, enum mn_code code, const char *word,
                    const char *const *known, int n, const char *prefix) {
    mn_diag(cli->diags, code, MN_NOWHERE, MN_ARGS(word));
    int nearest = mn_nearest(word, known, (size_t)n);
    if (nearest >= 0)
        mn_diag_note(cli->diags, MN_D_did_you_mean, MN_NOWHERE,
                     MN_ARGS(mn_arena_printf(cli->arena, "%s%s", prefix, known[nearest])));
}

static bool one_of(const char *value, const char *choices) {
    size_t n = strlen(value);
    for (const char *p = choices; *p; p += strspn(p, " ")) {
        size_t word = strcspn(p, " ");
        if (word == n && memcmp(p, value, n) == 0)
            return true;
        p += word;
    }
    return false;
}

static bool take_option(struct mn_cli *cli, int argc, const char *const *argv, int *i) {
    const char *word = argv[*i] + 2;
    size_t n = strcspn(word, "=");
    const char *name = mn_arena_strndup(cli->arena, word, n);
    int place;
    const struct mn_option *o = mn_args_find(cli->command, name, &place);
    if (!o) {
        int known = mn_args_count(cli->command);
        const char **names = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)known);
        for (int k = 0; k < known; k++)
            names[k] = at(cli->command, k)->name;
        unknown(cli, MN_D_unknown_option, name, names, known, "--");
        return false;
    }
    const char *value = word[n] == '=' ? word + n + 1 : NULL;
    if (!o->value && value) {
        mn_diag(cli->diags, MN_D_option_no_value, MN_NOWHERE, MN_ARGS(name));
        return false;
    }
    if (o->value && !value) {
        if (*i + 1 >= argc) {
            mn_diag(cli->diags, MN_D_option_value, MN_NOWHERE, MN_ARGS(name, o->value));
            return false;
        }
        value = argv[++*i];
    }
    if (o->choices && !one_of(value, o->choices)) {
        mn_diag(cli->diags, MN_D_option_choice, MN_NOWHERE, MN_ARGS(name, o->choices, value));
        return false;
    }
    cli->option_values[place] = value ? value : "";
    return true;
}

/* The short ones that every user tries: -h for --help, -o FILE for --output FILE, -e for --eval. */
static bool take_short(struct mn_cli *cli, int argc, const char *const *argv, int *i) {
    int place;
    if (strcmp(argv[*i], "-h") == 0 && mn_args_find(cli->command, "help", &place)) {
        cli->option_values[place] = "";
        return true;
    }
    const char *name = strcmp(argv[*i], "-o") == 0   ? "output"
                       : strcmp(argv[*i], "-e") == 0 ? "eval"
                                                     : NULL;
    const struct mn_option *o = name ? mn_args_find(cli->command, name, &place) : NULL;
    if (!o) {
        mn_diag(cli->diags, MN_D_unknown_option, MN_NOWHERE, MN_ARGS(argv[*i]));
        return false;
    }
    if (*i + 1 >= argc) {
        mn_diag(cli->diags, MN_D_option_value, MN_NOWHERE, MN_ARGS(name, o->value));
        return false;
    }
    cli->option_values[place] = argv[++*i];
    return true;
}

/* The command is the first word that is neither an option nor the value of a common one. */
static int command_place(int argc, const char *const *argv) {
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-' || !argv[i][1])
            return i;
        int place;
        const struct mn_option *o = mn_args_find(NULL, argv[i] + strspn(argv[i], "-"), &place);
        if (o && o->value)
            i++;
    }
    return 0;
}

static bool find_command(struct mn_cli *cli, int place, const char *const *argv) {
    if (!place)
        return true;
    cli->command = mn_command_find(argv[place]);
    if (cli->command)
        return true;
    const char *names[64];
    int n = 0;
    while (n < (int)MN_COUNT(names) && mn_commands[n]) {
        names[n] = mn_commands[n]->name;
        n++;
    }
    unknown(cli, MN_D_unknown_command, argv[place], names, n, "");
    return false;
}

bool mn_args_parse(struct mn_cli *cli, int argc, const char *const *argv) {
    int command = command_place(argc, argv);
    if (!find_command(cli, command, argv))
        return false;
    size_t options = (size_t)mn_args_count(cli->command);
    cli->option_values = MN_ARENA_ARRAY(cli->arena, const char *, options);
    const char **words = MN_ARENA_ARRAY(cli->arena, const char *, (size_t)argc + 1);
    cli->args = words;
    bool more = true;
    for (int i = 1; i < argc; i++) {
        const char *w = argv[i];
        if (i == command)
            continue;
        if (more && strcmp(w, "--") == 0) {
            more = false;
        } else if (more && strncmp(w, "--", 2) == 0) {
            if (!take_option(cli, argc, argv, &i))
                return false;
        } else if (more && w[0] == '-' && w[1]) {
            if (!take_short(cli, argc, argv, &i))
                return false;
        } else {
            words[cli->n_args++] = w;
        }
    }
    return true;
}
