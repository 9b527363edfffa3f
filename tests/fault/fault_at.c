/* Preloaded by test_fault_at: what happens at the Nth call that changes a file. FAULT_AT=N counts
 * from 1; FAULT=kill ends the process before the call, FAULT=full makes it and all later writes
 * fail as on a full disk. FAULT_COUNT=FILE gets the number of calls that were made. */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;
static pid_t first;

/* True when the call must fail. Only the process that was started counts, not its workers. */
static int due(int writes) {
    if (!first)
        first = getpid();
    if (getpid() != first)
        return 0;
    const char *at = getenv("FAULT_AT"), *what = getenv("FAULT");
    calls++;
    if (!at || calls < atol(at))
        return 0;
    if (what && strcmp(what, "full") == 0)
        return writes;
    if (calls == atol(at))
        kill(getpid(), SIGKILL);
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    first = getpid();
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *f = path && getpid() == first ? fopen(path, "w") : NULL;
    if (f) {
        fprintf(f, "%ld\n", calls);
        fclose(f);
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at) {
    if (due(1)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(pwrite64)(fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at) {
    if (due(1)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(pwrite)(fd, p, n, at);
}

int fdatasync(int fd) {
    due(0);
    return REAL(fdatasync)(fd);
}

int fsync(int fd) {
    due(0);
    return REAL(fsync)(fd);
}

int unlink(const char *path) {
    due(0);
    return REAL(unlink)(path);
}

int ftruncate64(int fd, off64_t n) {
    due(0);
    return REAL(ftruncate64)(fd, n);
}
