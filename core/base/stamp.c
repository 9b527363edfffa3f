/* A file's identity, size and time of change, looked at now and then: that works on every disk,
 * where notices of changes do not reach shared ones. */
#include "base/stamp.h"

bool mn_stamp_renew(struct mn_stamp *last, const char *path) {
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    bool same = st.st_dev == last->device && st.st_ino == last->number &&
                st.st_size == last->size && st.st_mtim.tv_sec == last->saved.tv_sec &&
                st.st_mtim.tv_nsec == last->saved.tv_nsec;
    *last = (struct mn_stamp){st.st_dev, st.st_ino, st.st_size, st.st_mtim};
    return !same;
}
