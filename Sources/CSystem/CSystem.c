#define _GNU_SOURCE
#include "CSystem.h"

#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/net_tstamp.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

int system_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }

int system_kernel_version(void) {
    struct utsname name;
    int major, minor;
    if (uname(&name) || sscanf(name.release, "%d.%d", &major, &minor) != 2) return 0;
    return major * 1000 + minor;
}

ssize_t system_send(int descriptor, const void *bytes, size_t count, int flags) {
    return syscall(SYS_sendto, descriptor, bytes, count, flags, NULL, 0);
}

ssize_t system_receive_stamped(int descriptor, void *bytes, size_t count, uint64_t *stamp_nanoseconds) {
    struct iovec part = {bytes, count};
    // Three times of 16 bytes, and room for what else the socket's options may add.
    _Alignas(struct cmsghdr) char control[256];
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    *stamp_nanoseconds = 0;
    ssize_t received = recvmsg(descriptor, &message, 0);
    if (received <= 0) return received;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_TIMESTAMPING) continue;
        // The first of the three is the software's.
        struct timespec stamp;
        memcpy(&stamp, CMSG_DATA(item), sizeof stamp);
        *stamp_nanoseconds = (uint64_t)stamp.tv_sec * 1000000000 + (uint64_t)stamp.tv_nsec;
    }
    return received;
}

int system_stamp_receives(int descriptor) {
    int flags = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
    return setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPING, &flags, sizeof flags);
}

int64_t system_receive_backlog(int descriptor) {
    int bytes = 0;
    return ioctl(descriptor, SIOCINQ, &bytes) ? -1 : bytes;
}

int system_socket_error(int descriptor) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)) return errno;
    return error;
}

int system_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t timeout_nanoseconds) {
    if (timeout_nanoseconds < 0) return epoll_wait(epoll, events, capacity, -1);
    struct timespec timeout = {timeout_nanoseconds / 1000000000, timeout_nanoseconds % 1000000000};
    int ready = epoll_pwait2(epoll, events, capacity, &timeout, NULL);
    if (ready >= 0 || (errno != ENOSYS && errno != EPERM)) return ready;
    // Older than Linux 5.11, or a container's filter does not know the call: milliseconds then, rounded up.
    int64_t milliseconds = (timeout_nanoseconds + 999999) / 1000000;
    return epoll_wait(epoll, events, capacity, milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds);
}

void system_reset_on_close(int descriptor) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

int system_niceness(void) { return getpriority(PRIO_PROCESS, 0); }

int system_set_niceness(int niceness) { return setpriority(PRIO_PROCESS, 0, niceness); }

int system_pin_to_cores(const int *cores, int count) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int index = 0; index < count; index++) CPU_SET(cores[index], &set);
    return sched_setaffinity(0, sizeof set, &set);
}

int system_usable_cores(int *cores, int capacity) {
    cpu_set_t set;
    int count = 0;
    if (sched_getaffinity(0, sizeof set, &set)) return 0;
    for (int core = 0; core < CPU_SETSIZE && count < capacity; core++)
        if (CPU_ISSET(core, &set)) cores[count++] = core;
    return count;
}

int system_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

int system_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int system_exit_code(int wait_status) {
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

static volatile sig_atomic_t notified_descriptor = -1;

static void note_signal(int signal_number) {
    int saved = errno;
    uint64_t value = 1;
    // An eventfd takes eight bytes; nothing can be done about a failure inside a signal handler.
    if (write(notified_descriptor, &value, sizeof value) < 0) {}
    (void)signal_number;
    errno = saved;
}

void system_notify_signal(int signal_number, int descriptor) {
    struct sigaction before;
    // Whoever started us with the signal ignored (nohup) wants it to stay so.
    if (sigaction(signal_number, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
    notified_descriptor = descriptor;
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

int system_spawn(
    const char *path, char *const argv[], char *const environment[], const char *directory, int input, int output,
    int error_output, const int *cores, int core_count) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child != 0) return child;
    // Only async-signal-safe calls from here to execvp(3): other threads' locks may be held for ever.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(1);
    // A terminal's Ctrl-C is for us: we end our servers when their clients are gone.
    setpgid(0, 0);
    // A pool's threads block signals, which a program inherits: it would never hear SIGTERM.
    sigset_t nothing;
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, NULL);
    if (input >= 0) dup2(input, STDIN_FILENO);
    if (output >= 0) dup2(output, STDOUT_FILENO);
    if (error_output >= 0) dup2(error_output, STDERR_FILENO);
    if (core_count > 0) system_pin_to_cores(cores, core_count);
    if (directory && chdir(directory)) _exit(127);
    execvpe(path, argv, environment ? environment : environ);
    _exit(127);
}

int system_enable_io_uring(int ring_descriptor) {
    return (int)syscall(SYS_io_uring_register, ring_descriptor, IORING_REGISTER_ENABLE_RINGS, NULL, 0);
}

int system_refuse_io_uring(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

void system_set_timer_slack(unsigned long nanoseconds) { prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0); }

void system_sleep_until(uint64_t nanoseconds) {
    struct timespec until = {(time_t)(nanoseconds / 1000000000), (long)(nanoseconds % 1000000000)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}
