/* Writing whole buffers and whole files. */
#include "base/write.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool mn_write_all(int fd, const void *bytes, size_t n) {
    const char *p = bytes;
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

static mode_t mode_of_new_files(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Writes, sets the mode unless it is 0, closes. 0, or why not (an errno). */
static int fill(int fd, const struct mn_buf *bytes, mode_t mode) {
    int error = mn_write_all(fd, mn_buf_text(bytes), bytes->size) ? 0 : errno;
    if (!error && mode && fchmod(fd, mode) != 0)
        error = errno;
    if (close(fd) != 0 && !error)
        error = errno;
    return error;
}

static int write_over(const char *path, const struct mn_buf *bytes) {
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return fd < 0 ? errno : fill(fd, bytes, 0);
}

static int write_beside(const char *path, const struct mn_buf *bytes, mode_t mode) {
    struct mn_buf beside = MN_BUF_INIT;
    mn_buf_printf(&beside, "%s.XXXXXX", path);
    int fd = mkostemp(beside.data, O_CLOEXEC);
    int error = fd < 0 ? errno : fill(fd, bytes, mode);
    if (!error && rename(beside.data, path) != 0)
        error = errno;
    if (error && fd >= 0)
        unlink(beside.data);
    mn_buf_fini(&beside);
    return error;
}

bool mn_write_file(const char *path, const struct mn_buf *bytes, bool own, struct mn_diags *d) {
    struct stat st;
    bool there = (own ? lstat(path, &st) : stat(path, &st)) == 0;
    int error;
    if (own) {
        error = write_beside(path, bytes, 0600);
    } else if (!there) {
        error = write_beside(path, bytes, mode_of_new_files());
    } else if (!S_ISREG(st.st_mode)) {
        error = write_over(path, bytes);
    } else {
        char *real = realpath(path, NULL);
        error = real ? write_beside(real, bytes, st.st_mode & 0777) : errno;
        free(real);
    }
    if (error)
        mn_diag_refused(d, MN_D_file_write, MN_NOWHERE, path, error);
    return !error;
}
