/* Runs a command and ends it by kill -9 as it enters its Nth system call, whatever that is. N 0:
 * runs it to its end. The last line of standard error is the number of calls that it made. Its
 * children are left alone.
 *
 *     at_call N COMMAND… */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whether the process stands at the entry of a call, not at its end. */
static int enters(pid_t pid) {
    struct __ptrace_syscall_info info = {0};
    return ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) > 0 &&
           info.op == PTRACE_SYSCALL_INFO_ENTRY;
}

static int fail(const char *what) {
    perror(what);
    return 125;
}

int main(int argc, char **argv) {
    long last = argc > 2 ? atol(argv[1]) : -1, calls = 0;
    if (last < 0)
        return fail("usage: at_call N COMMAND");
    pid_t pid = fork();
    if (pid == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        execvp(argv[2], argv + 2);
        _exit(fail(argv[2]));
    }
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
        return fail("at_call");
    if (ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0)
        return fail("ptrace");
    int deliver = 0, begun = 0;
    for (;;) {
        if (ptrace(PTRACE_SYSCALL, pid, NULL, (long)deliver) != 0 && errno != ESRCH)
            return fail("ptrace");
        if (waitpid(pid, &status, 0) != pid)
            return fail("waitpid");
        if (WIFEXITED(status) || WIFSIGNALED(status))
            break;
        deliver = 0;
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
            if (begun && enters(pid) && ++calls == last)
                kill(pid, SIGKILL);
        } else if (WSTOPSIG(status) == SIGTRAP) {
            begun = 1; /* the command's own calls begin here */
        } else {
            deliver = WSTOPSIG(status);
        }
    }
    fprintf(stderr, "%ld\n", calls);
    if (WIFSIGNALED(status)) {
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    return WEXITSTATUS(status);
}
