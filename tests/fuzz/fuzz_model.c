/* The model loader on any bytes: libFuzzer's entry, and a main for compilers without it that runs
 * it over the files named. The bytes are network.yaml; "\n%%\n" begins the file that it may
 * include. */
#include "base/mem.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool look_again(const struct mn_model *m, struct mn_diags *d) {
    (void)d;
    for (int i = 0; i < m->n_links; i++) { /* what is handed on after errors must be whole */
        if (m->links[i].end[0] < 0 || m->links[i].end[1] < 0)
            abort();
    }
    for (int s = 0; s < m->n_sites; s++) {
        for (int i = 0; i < m->sites[s].uses.n; i++)
            mn_model_endpoints(m, s, m->sites[s].uses.at[i], NULL, 0);
    }
    return true;
}

static void use(const struct mn_model *m, struct mn_diags *d) {
    char hex[MN_HASH_HEX];
    mn_model_hash(m, hex);
    for (int i = 0; i < m->n_components; i++) {
        const struct mn_component *c = &m->components[i];
        mn_model_resolve(m, c->by, i);
        if (mn_model_component(m, c->id) != i)
            abort();
    }
    struct mn_found found;
    mn_model_lookup(m, "x", ~0u, &found, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data, *cut = memmem(text, size, "\n%%\n", 4);
    size_t first = cut ? (size_t)(cut - text) : size;
    struct mn_files *files = mn_files_memory("m");
    mn_files_put(files, "network.yaml", text, first);
    if (cut)
        mn_files_put(files, "x.yaml", cut + 4, size - first - 4);
    struct mn_diags *d = mn_diags_new();
    struct mn_model *m = mn_model_check(files, d, look_again);
    if ((m == NULL) != (mn_diags_errors(d) > 0))
        abort();
    if (m)
        use(m, d);
    mn_diags_sort(d);
    for (size_t i = 0; i < mn_diags_count(d); i++) {
        struct mn_buf b = MN_BUF_INIT;
        mn_diags_render(d, i, MN_VI, false, &b);
        mn_buf_fini(&b);
    }
    mn_model_free(m);
    mn_diags_free(d);
    mn_files_free(files);
    return 0;
}

#ifndef MN_LIBFUZZER
int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        struct mn_buf b = MN_BUF_INIT;
        char chunk[4096];
        for (size_t n; f && (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
            mn_buf_add(&b, chunk, n);
        if (!f || fclose(f) != 0)
            return 2;
        LLVMFuzzerTestOneInput((const uint8_t *)mn_buf_text(&b), b.size);
        mn_buf_fini(&b);
    }
    printf("%d files\n", argc - 1);
    return 0;
}
#endif
