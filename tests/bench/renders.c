/* Draws one picture again and again in one process, and says how its memory grows: for each tenth
 * of the renders one line "RENDERS SECONDS RESIDENT-KIB".
 *
 *     renders MODEL TIMES */
#include "base/files.h"
#include "diagram/diagram.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long resident_kib(void) {
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f || fscanf(f, "%*d %ld", &pages) != 1)
        pages = 0;
    if (f)
        fclose(f);
    return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    struct mn_diags *d = mn_diags_new();
    struct mn_files *files = mn_files_dir(argv[1], argv[1]);
    struct mn_model *m = mn_model_load(files, d);
    int times = atoi(argv[2]), step = times / 10 > 0 ? times / 10 : 1, site = 0;
    while (m && !m->sites[site].lines.n) /* a unit's office */
        site++;
    double start = now();
    for (int i = 1; m && i <= times; i++) {
        struct mn_buf out = MN_BUF_INIT;
        struct mn_picture p = {.view = i % 2 ? MN_VIEW_CITY : MN_VIEW_SITE,
                               .n_subjects = i % 2 ? 0 : 1,
                               .subjects = {{MN_SCOPE_SITE, site}}};
        bool ok = mn_diagram_draw(m, &p, &out, d);
        mn_buf_fini(&out);
        if (!ok)
            return 1;
        if (i % step == 0) {
            printf("%d %.1f %ld\n", i, now() - start, resident_kib());
            fflush(stdout);
        }
    }
    mn_diags_free(d);
    mn_model_free(m);
    mn_files_free(files);
    return m ? 0 : 1;
}
