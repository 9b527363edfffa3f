/* Groups that grew or shrank: said by diff, and by draw over an earlier sheet. */
#include "cli/groups.h"

#include "base/mem.h"

#include <string.h>

static const char *number(struct mn_cli *cli, int n) {
    return mn_arena_printf(cli->arena, "%d", n);
}

static const struct mn_diagram_group *find(const struct mn_diagram_group *groups, int n,
                                           const char *id) {
    for (int i = 0; i < n; i++)
        if (strcmp(groups[i].id, id) == 0)
            return &groups[i];
    return NULL;
}

static void say(struct mn_cli *cli, const struct mn_diagram_group *was,
                const struct mn_diagram_group *now) {
    if (now && was)
        mn_cli_say(cli, now->cells > was->cells ? MN_M_diff_grown : MN_M_diff_shrunk,
                   MN_ARGS(now->name, number(cli, was->units), number(cli, now->units),
                           number(cli, was->cells), number(cli, now->cells)));
    else if (now)
        mn_cli_say(cli, MN_M_diff_new_group,
                   MN_ARGS(now->name, number(cli, now->units), number(cli, now->cells)));
    else
        mn_cli_say(cli, MN_M_diff_gone_group, MN_ARGS(was->name));
}

void mn_cli_say_groups(struct mn_cli *cli, enum mn_message title,
                       const struct mn_diagram_group *before, int n_before,
                       const struct mn_diagram_group *after, int n_after) {
    bool titled = false;
    for (int i = 0; i < n_after + n_before; i++) {
        const struct mn_diagram_group *now = i < n_after ? &after[i] : NULL;
        const struct mn_diagram_group *was =
            now ? find(before, n_before, now->id) : &before[i - n_after];
        if (now ? was && was->cells == now->cells : find(after, n_after, was->id) != NULL)
            continue;
        if (!titled) {
            fputc('\n', cli->out);
            mn_cli_say(cli, title, MN_NO_ARGS);
        }
        titled = true;
        fputs("  ", cli->out);
        say(cli, was, now);
    }
}
