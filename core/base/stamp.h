/* Noticing that a file was saved. */
#ifndef MN_BASE_STAMP_H
#define MN_BASE_STAMP_H

#include <stdbool.h>
#include <sys/stat.h>

/* Which file a name stood for, and how old it was; all zeros: none was seen yet. */
struct mn_stamp {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec saved;
};

/* Whether the file was saved since *last, which is brought up to date. A file that is away for the
 * moment (editors save by renaming) was not. */
bool mn_stamp_renew(struct mn_stamp *last, const char *path);

#endif
