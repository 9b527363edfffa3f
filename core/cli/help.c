/* help [COMMAND]: what there is and how it is used; also the man page and bash completion. */
#include "cli/help.h"

#include "base/mem.h"
#include "base/unicode.h"
#include "cli/commands.h"

#include <string.h>

#define LINE 78
#define OPTION_COLUMNS 24

/* Prints text in lines of at most `LINE` columns, indented. Paragraphs are separated by \n. */
static void print_wrapped(FILE *out, const char *text, size_t indent) {
    for (const char *p = text; *p;) {
        size_t paragraph = strcspn(p, "\n"), column = 0;
        for (const char *end = p + paragraph; p < end;) {
            size_t word = 0;
            while (p + word < end && p[word] != ' ')
                word++;
            size_t width = mn_width(p, word);
            if (column && indent + column + 1 + width > LINE) {
                fputc('\n', out);
                column = 0;
            }
            fprintf(out, "%*s%.*s", column ? 1 : (int)indent, "", (int)word, p);
            column += width + (column ? 1 : 0);
            p += word;
            p += strspn(p, " ");
        }
        fputc('\n', out);
        if (*p == '\n')
            p++;
    }
}

static void print_padded(FILE *out, const char *text, size_t columns) {
    size_t width = mn_width(text, strlen(text));
    fprintf(out, "%s%*s", text, width < columns ? (int)(columns - width) : 1, "");
}

/* Without --json where `c`, if given, has no such result. */
static void print_options(struct mn_cli *cli, const struct mn_option *o,
                          const struct mn_command *c) {
    for (; o && o->name; o++) {
        if (c && c->no_json && strcmp(o->name, "json") == 0)
            continue;
        char left[80];
        snprintf(left, sizeof left, "  --%s%s%s", o->name, o->value ? " " : "",
                 o->value ? o->value : "");
        if (strlen(left) < OPTION_COLUMNS)
            print_padded(cli->out, left, OPTION_COLUMNS);
        else
            fprintf(cli->out, "%s\n%*s", left, OPTION_COLUMNS, "");
        fprintf(cli->out, "%s\n", mn_msg(o->help, cli->lang));
    }
}

static void print_overview(struct mn_cli *cli) {
    mn_cli_say(cli, MN_M_help_overview, MN_NO_ARGS);
    fputc('\n', cli->out);
    for (size_t i = 0; mn_commands[i]; i++) {
        fputs("  ", cli->out);
        print_padded(cli->out, mn_commands[i]->name, 12);
        fprintf(cli->out, "%s\n", mn_msg(mn_commands[i]->summary, cli->lang));
    }
    fputc('\n', cli->out);
    mn_cli_say(cli, MN_M_help_common, MN_NO_ARGS);
    print_options(cli, mn_common_options, NULL);
    fputc('\n', cli->out);
    mn_cli_say(cli, MN_M_help_more, MN_NO_ARGS);
}

static void print_topics(struct mn_cli *cli, const struct mn_command *c) {
    const char *word;
    enum mn_message about;
    for (int i = 0; c->topic && (word = c->topic(i, &about)); i++) {
        if (i == 0)
            fputc('\n', cli->out);
        fputs("  ", cli->out);
        print_padded(cli->out, word, 14);
        fprintf(cli->out, "%s\n", mn_msg(about, cli->lang));
    }
}

int mn_help_print(struct mn_cli *cli, const struct mn_command *c) {
    if (!c) {
        print_overview(cli);
        return MN_EXIT_DONE;
    }
    fprintf(cli->out, "metronet %s%s%s\n\n", c->name, *c->usage ? " " : "", c->usage);
    print_wrapped(cli->out, mn_msg(c->summary, cli->lang), 0);
    fputc('\n', cli->out);
    print_wrapped(cli->out, mn_msg(c->help, cli->lang), 0);
    print_topics(cli, c);
    if (c->options && c->options[0].name) {
        fputc('\n', cli->out);
        mn_cli_say(cli, MN_M_help_options, MN_NO_ARGS);
        print_options(cli, c->options, c);
    }
    fputc('\n', cli->out);
    mn_cli_say(cli, MN_M_help_common, MN_NO_ARGS);
    print_options(cli, mn_common_options, c);
    return MN_EXIT_DONE;
}

/* roff text: a backslash, and a dot or quote that begins a line, would mean something. */
static void roff(FILE *out, const char *text) {
    bool start = true;
    for (const char *p = text; *p; p++) {
        if (*p == '\n') {
            fputs("\n.PP\n", out);
            start = true;
            continue;
        }
        if (start && (*p == '.' || *p == '\''))
            fputs("\\&", out);
        if (*p == '\\')
            fputs("\\e", out);
        else if (*p == '-')
            fputs("\\-", out);
        else
            fputc(*p, out);
        if (*p == ',' && p[1] != ' ')
            fputs("\\:", out); /* a line may end here */
        start = false;
    }
    fputc('\n', out);
}

static void roff_options(struct mn_cli *cli, const struct mn_option *o) {
    for (; o && o->name; o++) {
        fprintf(cli->out, ".TP\n\\fB\\-\\-%s\\fR", o->name);
        if (o->value)
            fprintf(cli->out, " \\fI%s\\fR", o->value);
        fputc('\n', cli->out);
        roff(cli->out, mn_msg(o->help, cli->lang));
    }
}

static void roff_topics(struct mn_cli *cli, const struct mn_command *c) {
    const char *word;
    enum mn_message about;
    for (int i = 0; c->topic && (word = c->topic(i, &about)); i++) {
        fprintf(cli->out, ".TP\n\\fB%s\\fR\n", word);
        roff(cli->out, mn_msg(about, cli->lang));
    }
}

static void section(struct mn_cli *cli, enum mn_message title) {
    fprintf(cli->out, ".SH %s\n", mn_msg(title, cli->lang));
}

static void print_man(struct mn_cli *cli) {
    /* Ragged right: long words, and JSON, would be torn apart. */
    fprintf(cli->out, ".TH METRONET 1 \"\" \"metronet %s\"\n.ad l\n.nh\n", MN_VERSION);
    section(cli, MN_M_man_name);
    fprintf(cli->out, "metronet \\- %s\n", mn_msg(MN_M_man_what, cli->lang));
    section(cli, MN_M_man_synopsis);
    fputs(".B metronet\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n", cli->out);
    section(cli, MN_M_man_commands);
    for (size_t i = 0; mn_commands[i]; i++) {
        const struct mn_command *c = mn_commands[i];
        fprintf(cli->out, ".SS \"metronet %s%s%s\"\n", c->name, *c->usage ? " " : "", c->usage);
        roff(cli->out, mn_msg(c->summary, cli->lang));
        fputs(".PP\n", cli->out);
        roff(cli->out, mn_msg(c->help, cli->lang));
        roff_topics(cli, c);
        roff_options(cli, c->options);
    }
    section(cli, MN_M_man_options);
    roff_options(cli, mn_common_options);
    section(cli, MN_M_man_environment);
    roff(cli->out, mn_msg(MN_M_man_environment_text, cli->lang));
    section(cli, MN_M_man_exit);
    roff(cli->out, mn_msg(MN_M_man_exit_text, cli->lang));
}

static void option_words(FILE *out, const struct mn_option *o) {
    for (; o && o->name; o++)
        fprintf(out, " --%s", o->name);
}

static void option_cases(FILE *out, const struct mn_option *o) {
    for (; o && o->name; o++)
        if (o->choices)
            fprintf(out, "    --%s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n",
                    o->name, o->choices);
}

static void print_completion(struct mn_cli *cli) {
    FILE *out = cli->out;
    fputs("# bash completion for metronet\n_metronet() {\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=\n"
          "    local command=${COMP_WORDS[1]}\n    case $prev in\n",
          out);
    option_cases(out, mn_common_options);
    for (size_t i = 0; mn_commands[i]; i++)
        option_cases(out, mn_commands[i]->options);
    fputs("    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then words='", out);
    for (size_t i = 0; mn_commands[i]; i++)
        fprintf(out, "%s%s", i ? " " : "", mn_commands[i]->name);
    fputs("'\n    else case $command in\n", out);
    for (size_t i = 0; mn_commands[i]; i++) {
        const struct mn_command *c = mn_commands[i];
        fprintf(out, "    %s) words='%s", c->name, c->subcommands ? c->subcommands : "");
        const char *word;
        enum mn_message about;
        for (int k = 0; c->topic && (word = c->topic(k, &about)); k++)
            fprintf(out, "%s%s", k ? " " : "", word);
        option_words(out, c->options);
        option_words(out, mn_common_options);
        fputs("' ;;\n", out);
    }
    fputs("    esac; fi\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
          "complete -o default -F _metronet metronet\n",
          out);
}

static int run(struct mn_cli *cli) {
    if (mn_cli_option(cli, "man")) {
        print_man(cli);
        return MN_EXIT_DONE;
    }
    if (mn_cli_option(cli, "completion")) {
        print_completion(cli);
        return MN_EXIT_DONE;
    }
    const struct mn_command *c = NULL;
    if (cli->n_args == 1 && !(c = mn_command_find(cli->args[0])))
        return mn_cli_usage(cli, MN_M_help_unknown, MN_ARGS(cli->args[0]));
    return mn_help_print(cli, c);
}

static const struct mn_option options[] = {{"man", NULL, MN_M_opt_man, NULL},
                                           {"completion", NULL, MN_M_opt_completion, NULL},
                                           {NULL, NULL, 0, NULL}};

const struct mn_command mn_command_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .least = 0,
    .most = 1,
    .summary = MN_M_help_summary,
    .help = MN_M_help_help,
    .options = options,
    .run = run,
    .no_json = true,
};
