/* An allow-list of system calls. */
#include "base/sandbox.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static const int computing[] = {
    SCMP_SYS(read),          SCMP_SYS(write),          SCMP_SYS(writev),
    SCMP_SYS(close),         SCMP_SYS(fstat),          SCMP_SYS(lseek),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),         SCMP_SYS(madvise),
    SCMP_SYS(brk),           SCMP_SYS(rt_sigaction),   SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),   SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(getrandom),      SCMP_SYS(exit),
    SCMP_SYS(exit_group),    SCMP_SYS(restart_syscall)};

static const int reading[] = {
    SCMP_SYS(stat),       SCMP_SYS(lstat),     SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(pread64),   SCMP_SYS(getdents64), SCMP_SYS(fcntl),
    SCMP_SYS(fstatfs),    SCMP_SYS(statfs),    SCMP_SYS(getcwd),     SCMP_SYS(dup),
    SCMP_SYS(getuid),     SCMP_SYS(geteuid),   SCMP_SYS(getgid),     SCMP_SYS(getegid),
    SCMP_SYS(uname),      SCMP_SYS(sysinfo),   SCMP_SYS(prlimit64),  SCMP_SYS(sched_getaffinity)};

/* Pango looks for fonts in a thread. A thread stays under the same filter and limits. */
static const int threads[] = {SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_setattr),
                              SCMP_SYS(sched_getattr), SCMP_SYS(sched_yield)};

static bool allow(scmp_filter_ctx c, const int *calls, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (seccomp_rule_add(c, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return false;
    return true;
}

bool mn_sandbox_enter(bool files) {
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!c)
        return false;
    /* Memory may be mapped, but never made executable. */
    bool ok = allow(c, computing, MN_COUNT(computing)) &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, /* abort() */
                               SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
    if (ok && files)
        ok = allow(c, reading, MN_COUNT(reading)) &&
             seccomp_rule_add(
                 c, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                 SCMP_A2(SCMP_CMP_MASKED_EQ, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, O_RDONLY)) == 0;
    /* clone3 hides its flags from a filter; without it glibc takes clone, whose flags show. */
    if (ok && files)
        ok = allow(c, threads, MN_COUNT(threads)) &&
             seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
             seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
             seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                              SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) == 0;
    ok = ok && seccomp_load(c) == 0;
    seccomp_release(c);
    return ok;
}
