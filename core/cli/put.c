/* Documents that were drawn are written where they were asked for. */
#include "cli/put.h"

#include "base/mem.h"
#include "base/write.h"
#include "cli/over.h"

#include <errno.h>
#include <string.h>

/* The part of a file's name after its last dot, "" when there is none. */
static const char *extension(const char *path) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    return dot && (!slash || dot > slash + 1) && dot != path ? dot + 1 : "";
}

int mn_cli_picture_format(struct mn_cli *cli, const char *file, enum mn_format usual) {
    const char *given = mn_cli_option(cli, "html") ? "html" : mn_cli_option(cli, "format");
    if (given)
        return mn_format_parse(given); /* one of the choices */
    if (!file || strcmp(file, "-") == 0 || !*extension(file))
        return usual;
    int format = mn_format_parse(extension(file));
    if (format < 0)
        mn_cli_usage(cli, MN_M_draw_extension, MN_ARGS(file));
    return format;
}

/* "site-26740.svg": in the working folder. */
static const char *default_file(struct mn_cli *cli, const struct mn_model *m,
                                const struct mn_picture *p) {
    return mn_arena_printf(cli->arena, "%s.%s", mn_picture_name(m, p, cli->arena),
                           mn_format_name(p->format));
}

/* "city-2.svg": the k-th of a series that is called city.svg. */
static const char *numbered(struct mn_cli *cli, const char *file, int k) {
    const char *end = extension(file);
    int stem = (int)(*end ? (size_t)(end - 1 - file) : strlen(file));
    return mn_arena_printf(cli->arena, "%.*s-%d%s", stem, file, k + 1, file + stem);
}

static bool to_output(struct mn_cli *cli, const struct mn_buf *bytes) {
    bool ok = fwrite(bytes->data, 1, bytes->size, cli->out) == bytes->size && fflush(cli->out) == 0;
    if (!ok)
        mn_diag_refused(cli->diags, MN_D_file_write, MN_NOWHERE, "-", errno);
    return ok;
}

/* Writes the documents into the file, of several each into its own, and says so; and what stands
 * elsewhere than on the sheet that was there. */
static bool to_files(struct mn_cli *cli, const struct mn_model *m, const struct mn_picture *p,
                     const char *file, const struct mn_documents *drawn) {
    struct mn_earlier earlier;
    mn_cli_earlier(cli, drawn->n == 1 ? file : numbered(cli, file, 0), &earlier);
    json_t *files = json_array();
    bool ok = true;
    for (int i = 0; i < drawn->n && ok; i++) {
        const struct mn_document *document = &drawn->at[i];
        const char *path = drawn->n == 1 ? file : numbered(cli, file, i);
        ok = mn_write_file(path, &document->bytes, false, cli->diags);
        json_array_append_new(files,
                              json_pack("{s:s,s:I,s:s}", "file", path, "bytes",
                                        (json_int_t)document->bytes.size, "note", document->note));
        if (ok && !cli->json)
            mn_cli_say(cli, *document->note ? MN_M_draw_done_step : MN_M_draw_done,
                       MN_ARGS(path, document->note));
    }
    if (ok && cli->json) {
        const char *view = mn_picture_view(p), *format = mn_format_name(p->format);
        json_t *first = json_array_get(files, 0);
        mn_cli_json(
            cli,
            drawn->n == 1
                ? json_pack("{s:O,s:s,s:s,s:O}", "file", json_object_get(first, "file"), "view",
                            view, "format", format, "bytes", json_object_get(first, "bytes"))
                : json_pack("{s:O,s:s,s:s}", "files", files, "view", view, "format", format));
    }
    if (ok && !cli->json)
        mn_cli_say_over(cli, m, &earlier, &drawn->at[0].bytes);
    json_decref(files);
    return ok;
}

enum mn_exit mn_cli_put_documents(struct mn_cli *cli, const struct mn_model *m,
                                  const struct mn_picture *p, const char *file,
                                  const struct mn_documents *drawn) {
    if (!file || strcmp(file, "-") != 0)
        return to_files(cli, m, p, file ? file : default_file(cli, m, p), drawn) ? MN_EXIT_DONE
                                                                                 : MN_EXIT_BROKEN;
    if (drawn->n > 1)
        return (enum mn_exit)mn_cli_usage(cli, MN_M_draw_several,
                                          MN_ARGS(mn_arena_printf(cli->arena, "%d", drawn->n)));
    return to_output(cli, &drawn->at[0].bytes) ? MN_EXIT_DONE : MN_EXIT_BROKEN;
}
