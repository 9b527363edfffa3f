/* Forking, limiting, listening to and ending disposable workers. */
#include "base/worker.h"

#include "base/mem.h"
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUT_FD 3           /* where the child writes its result */
#define NEWS_FD 4          /* where it says how far it is */
#define STDERR_KEPT 2048   /* what a library said before the worker died, for the diagnostic */
#define EXIT_UNLIMITED 251 /* the child could not be given its limits */
#define EXIT_UNLOCKED 252  /* nor be kept from asking things of the kernel */

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true /* the sanitizer maps terabytes and makes system calls of its own */
#else
#define SANITIZED false
#endif

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool limit(int what, rlim_t value) {
    struct rlimit r = {value, value};
    return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

/* Bytes of address space that this process has mapped. */
static size_t mapped(void) {
    FILE *f = fopen("/proc/self/statm", "re");
    unsigned long pages = 0;
    if (f) {
        if (fscanf(f, "%lu", &pages) != 1)
            pages = 0;
        fclose(f);
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void lock_child(const struct mn_worker *w) {
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_CPU, w->cpu_s))
        _exit(EXIT_UNLIMITED);
    if (SANITIZED)
        return;
    if (!limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_AS, mapped() + (w->memory_mib << 20)))
        _exit(EXIT_UNLIMITED);
    if (!w->open && !mn_sandbox_enter(w->files))
        _exit(EXIT_UNLOCKED);
}

struct news {
    int done, total;
};

void mn_worker_tell(int out, int done, int total) {
    struct news news = {done, total};
    if (out != OUT_FD)
        return;
    ssize_t n = write(NEWS_FD, &news, sizeof news); /* one piece: it is shorter than PIPE_BUF */
    (void)n;                                        /* progress that is lost is no loss */
}

static _Noreturn void child(const struct mn_worker *w, int out, int err, int news) {
    static const int ignored[] = {SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < MN_COUNT(ignored); i++)
        signal(ignored[i], SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    /* Two steps, as any of the descriptors may already have the number of another. */
    int high_out = fcntl(out, F_DUPFD, 64), high_err = fcntl(err, F_DUPFD, 64);
    int high_news = fcntl(news, F_DUPFD, 64);
    if (null < 0 || high_out < 0 || high_err < 0 || high_news < 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(null, STDOUT_FILENO) < 0 || dup2(high_err, STDERR_FILENO) < 0 ||
        dup2(high_out, OUT_FD) < 0 || dup2(high_news, NEWS_FD) < 0)
        _exit(EXIT_UNLIMITED);
    close_range(NEWS_FD + 1, ~0u, 0);
    if (w->warm)
        w->warm(w->arg);
    lock_child(w);
    _exit(w->work(w->arg, OUT_FD));
}

/* The last whole piece of news counts. What a child made up instead is at worst a wrong number. */
static void hear_news(const struct mn_worker *w, const char *chunk, size_t n) {
    struct news news;
    if (w->progress && n >= sizeof news) {
        memcpy(&news, chunk + n / sizeof news * sizeof news - sizeof news, sizeof news);
        w->progress(w->progress_arg, news.done, news.total);
    }
}

/* What a child sends, until it closes its pipes, breaks a limit or the time is up. */
enum heard { HEARD_ALL, HEARD_TOO_LATE, HEARD_TOO_MUCH };
enum { OUT, ERR, NEWS, PIPES };

static enum heard listen_to(const struct mn_worker *w, int pipes[PIPES][2], struct mn_buf *result,
                            struct mn_buf *said) {
    int64_t deadline = now_ms() + w->wall_ms;
    struct pollfd fds[PIPES];
    char chunk[65536];
    for (int i = 0; i < PIPES; i++)
        fds[i] = (struct pollfd){pipes[i][0], POLLIN, 0};
    while (fds[OUT].fd >= 0 || fds[ERR].fd >= 0) {
        int64_t left = deadline - now_ms();
        if (left <= 0)
            return HEARD_TOO_LATE;
        if (poll(fds, PIPES, (int)left) < 0 && errno != EINTR)
            return HEARD_TOO_LATE;
        for (int i = 0; i < PIPES; i++) {
            if (fds[i].fd < 0 || !(fds[i].revents & (POLLIN | POLLHUP | POLLERR)))
                continue;
            fds[i].revents = 0;
            ssize_t n = read(fds[i].fd, chunk, sizeof chunk);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                fds[i].fd = -1;
            else if (i == OUT)
                mn_buf_add(result, chunk, (size_t)n);
            else if (i == NEWS)
                hear_news(w, chunk, (size_t)n);
            else if (said->size < STDERR_KEPT)
                mn_buf_add(said, chunk, (size_t)n < STDERR_KEPT ? (size_t)n : STDERR_KEPT);
        }
        if (result->size > w->output_mib << 20)
            return HEARD_TOO_MUCH;
    }
    return HEARD_ALL;
}

static void report(struct mn_diags *d, enum mn_code code, const struct mn_worker *w, double value) {
    char text[32];
    snprintf(text, sizeof text, "%g", value);
    mn_diag(d, code, MN_NOWHERE, MN_ARGS(w->what, text));
}

static void report_death(struct mn_diags *d, const struct mn_worker *w, int wait_status,
                         const struct mn_buf *said) {
    int sig = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
    if (sig == SIGXCPU || (sig == SIGKILL && said->size == 0)) {
        report(d, MN_D_worker_time, w, w->cpu_s);
    } else if (strstr(mn_buf_text(said), "out of memory")) {
        report(d, MN_D_worker_memory, w, (double)w->memory_mib);
    } else if (sig) {
        mn_diag(d, MN_D_worker_crashed, MN_NOWHERE, MN_ARGS(w->what, sigabbrev_np(sig)));
    } else if (WEXITSTATUS(wait_status) == EXIT_UNLOCKED) {
        mn_diag(d, MN_D_worker_unlocked, MN_NOWHERE, MN_ARGS(w->what));
    } else {
        mn_diag(d, MN_D_worker_start, MN_NOWHERE, MN_ARGS(w->what, "setrlimit"));
    }
}

bool mn_worker_run(const struct mn_worker *w, struct mn_buf *out, int *status, struct mn_diags *d) {
    int pipes[PIPES][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    struct mn_buf said = MN_BUF_INIT;
    bool ok = false;
    *status = -1;
    for (int i = 0; i < PIPES; i++)
        if (pipe2(pipes[i], O_CLOEXEC) != 0) {
            mn_diag_refused(d, MN_D_worker_start, MN_NOWHERE, w->what, errno);
            goto out;
        }
    pid_t pid = fork();
    if (pid < 0) {
        mn_diag_refused(d, MN_D_worker_start, MN_NOWHERE, w->what, errno);
        goto out;
    }
    if (pid == 0)
        child(w, pipes[OUT][1], pipes[ERR][1], pipes[NEWS][1]);
    for (int i = 0; i < PIPES; i++) {
        close(pipes[i][1]);
        pipes[i][1] = -1;
    }
    enum heard heard = listen_to(w, pipes, out, &said);
    if (heard != HEARD_ALL)
        kill(pid, SIGKILL);
    int wait_status = 0;
    while (waitpid(pid, &wait_status, 0) < 0 && errno == EINTR)
        continue;
    if (heard == HEARD_TOO_LATE) {
        report(d, MN_D_worker_time, w, w->wall_ms / 1000.0);
    } else if (heard == HEARD_TOO_MUCH) {
        report(d, MN_D_worker_output, w, (double)w->output_mib);
    } else if (!WIFEXITED(wait_status) || WEXITSTATUS(wait_status) >= EXIT_UNLIMITED) {
        report_death(d, w, wait_status, &said);
    } else {
        *status = WEXITSTATUS(wait_status);
        ok = *status == 0;
    }
out:
    for (int i = 0; i < PIPES; i++)
        for (int j = 0; j < 2; j++)
            if (pipes[i][j] >= 0)
                close(pipes[i][j]);
    mn_buf_fini(&said);
    return ok;
}
