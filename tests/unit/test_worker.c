/* Workers: what they may use, what they may do, and what is said when they may not. */
#include "base/worker.h"

#include "base/mem.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int work_well(void *arg, int out) {
    (void)arg;
    return mn_write_all(out, "result", 6) ? 0 : 1;
}
static int work_forever(void *arg, int out) {
    (void)arg, (void)out;
    for (volatile unsigned i = 0;; i++)
        continue;
    return 0;
}
static int work_telling(void *arg, int out) {
    (void)arg;
    for (int i = 1; i <= 3; i++)
        mn_worker_tell(out, i, 3);
    return 0;
}
static int work_greedily(void *arg, int out) {
    (void)arg, (void)out;
    for (;;)
        memset(mn_resize(NULL, 1 << 20, 1), 1, 1 << 20);
    return 0;
}
static int work_loudly(void *arg, int out) {
    (void)arg;
    char bytes[4096] = {0};
    while (mn_write_all(out, bytes, sizeof bytes))
        continue;
    return 0;
}
/* What no locked worker may be able to do; the number of the first that it could. */
static int work_outside(void *arg, int out) {
    (void)out;
    if (open(arg, O_WRONLY | O_CREAT, 0600) >= 0)
        return 1;
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
        return 2;
    if (fork() >= 0)
        return 3;
    if (execl("/bin/true", "true", (char *)NULL) == 0)
        return 4;
    if (kill(getppid(), 0) == 0)
        return 5;
    return 0;
}
/* Nor read a file, unless it was to. */
static int work_reading(void *arg, int out) {
    return open("/etc/passwd", O_RDONLY) >= 0 ? 6 : work_outside(arg, out);
}

/* The number of everything that it could do. */
static int work_freely(void *arg, int out) {
    (void)out;
    int could = open("/etc/passwd", O_RDONLY) >= 0 ? 1 : 0;
    could += open(arg, O_WRONLY | O_CREAT, 0600) >= 0 ? 2 : 0;
    could += socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 4 : 0;
    could += kill(getppid(), 0) == 0 ? 8 : 0;
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(1);
    }
    int status = 1;
    if (pid > 0 && waitpid(pid, &status, 0) == pid && status == 0)
        could += 16;
    return could;
}

/* Under the address sanitizer a worker is neither locked in nor limited in memory. */
#ifdef __SANITIZE_ADDRESS__
#define LOCKED 0
#else
#define LOCKED 1
#endif

static void test_worker(void **state) {
    (void)state;
    static const struct {
        int (*work)(void *arg, int out);
        enum mn_code code; /* MN_CODES: it ends well */
        bool locked;       /* means something only where workers are locked */
        bool files;
    } cases[] = {{work_well, MN_CODES, false, false},
                 {work_forever, MN_D_worker_time, false, false},
                 {work_greedily, MN_D_worker_memory, true, false},
                 {work_reading, MN_CODES, true, false},
                 {work_outside, MN_CODES, true, true},
                 {work_loudly, MN_D_worker_output, false, false}};
    for (size_t i = 0; i < MN_COUNT(cases); i++) {
        if (cases[i].locked && !LOCKED)
            continue;
        struct mn_diags *d = mn_diags_new();
        struct mn_buf out = MN_BUF_INIT;
        /* Only the one that never ends shall meet its deadline, however busy the machine. */
        bool timed = cases[i].code == MN_D_worker_time;
        struct mn_worker w = {.what = "test",
                              .wall_ms = timed ? 1000 : 60000,
                              .cpu_s = timed ? 2 : 60,
                              .memory_mib = 64,
                              .output_mib = 1,
                              .work = cases[i].work,
                              .arg = "/tmp/mn-never",
                              .files = cases[i].files};
        int status;
        bool ok = mn_worker_run(&w, &out, &status, d);
        assert_int_equal(status, ok ? 0 : -1);
        assert_int_equal(ok, cases[i].code == MN_CODES);
        if (!ok)
            assert_int_equal(mn_diags_view(d, 0).code, cases[i].code);
        if (i == 0)
            assert_string_equal(mn_buf_text(&out), "result");
        mn_buf_fini(&out);
        mn_diags_free(d);
    }
}

/* Each thing that the lock keeps out succeeds without it: the lock it is, and nothing else. */
static void test_worker_open(void **state) {
    (void)state;
    for (int open = 0; open < 2; open++) {
        struct mn_diags *d = mn_diags_new();
        struct mn_buf out = MN_BUF_INIT;
        char path[] = "/tmp/mn-open-XXXXXX";
        close(mkstemp(path));
        struct mn_worker w = {.what = "test",
                              .wall_ms = 60000,
                              .cpu_s = 60,
                              .memory_mib = 64,
                              .output_mib = 1,
                              .work = work_freely,
                              .arg = path,
                              .open = open};
        int status;
        mn_worker_run(&w, &out, &status, d);
        assert_int_equal(status, open || !LOCKED ? 31 : 0);
        assert_int_equal(mn_diags_count(d), 0);
        unlink(path);
        mn_buf_fini(&out);
        mn_diags_free(d);
    }
}

/* A kernel that takes no filter: nothing is run unlocked, and it is said why. */
static int run_where_refused(void) {
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
    if (!c || seccomp_rule_add(c, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0) != 0 ||
        seccomp_rule_add(c, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                         SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP)) != 0 ||
        seccomp_load(c) != 0)
        return 2;
    struct mn_diags *d = mn_diags_new();
    struct mn_buf out = MN_BUF_INIT;
    struct mn_worker w = {.what = "test",
                          .wall_ms = 60000,
                          .cpu_s = 60,
                          .memory_mib = 64,
                          .output_mib = 1,
                          .work = work_well};
    int status;
    bool ran = mn_worker_run(&w, &out, &status, d);
    return ran || out.size > 0 || mn_diags_count(d) != 1 ||
           mn_diags_view(d, 0).code != MN_D_worker_unlocked;
}

static void test_worker_refused(void **state) {
    (void)state;
    if (!LOCKED)
        skip();
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(run_where_refused());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void note_progress(void *arg, int done, int total) {
    *(int *)arg = 10 * done + total;
}

/* Progress reaches the parent, and is no part of the result. */
static void test_worker_progress(void **state) {
    (void)state;
    struct mn_diags *d = mn_diags_new();
    struct mn_buf out = MN_BUF_INIT;
    int last = 0, status;
    struct mn_worker w = {.what = "test",
                          .wall_ms = 1000,
                          .cpu_s = 2,
                          .memory_mib = 64,
                          .output_mib = 1,
                          .work = work_telling,
                          .progress = note_progress,
                          .progress_arg = &last};
    assert_true(mn_worker_run(&w, &out, &status, d));
    assert_int_equal(last, 33);
    assert_int_equal(out.size, 0);
    mn_buf_fini(&out);
    mn_diags_free(d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worker),
        cmocka_unit_test(test_worker_open),
        cmocka_unit_test(test_worker_refused),
        cmocka_unit_test(test_worker_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
