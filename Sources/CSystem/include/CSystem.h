// What Swift's Glibc module leaves out: epoll, eventfd, and constants that are macros or enumerators in C.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const uint32_t system_epoll_in = EPOLLIN;
static const uint32_t system_epoll_out = EPOLLOUT;
static const uint32_t system_epoll_err = EPOLLERR;
static const uint32_t system_epoll_hup = EPOLLHUP;
// POLLRDHUP, which poll.h shows to GNU sources alone: the kernel has one set of events for poll(2) and epoll(7).
static const int16_t system_poll_peer_finished = EPOLLRDHUP;
static const int system_epoll_add = EPOLL_CTL_ADD;
static const int system_epoll_modify = EPOLL_CTL_MOD;
static const int system_epoll_delete = EPOLL_CTL_DEL;
static const int system_epoll_cloexec = EPOLL_CLOEXEC;

static const int system_eventfd_flags = EFD_CLOEXEC | EFD_NONBLOCK;
static const int system_eventfd_blocking_flags = EFD_CLOEXEC;

static const int system_socket_cloexec = SOCK_CLOEXEC;
static const int system_socket_stream = SOCK_STREAM;
static const int system_socket_flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
static const int system_message_no_signal = MSG_NOSIGNAL;
static const int system_message_dont_wait = MSG_DONTWAIT;
static const int system_message_wait_all = MSG_WAITALL;
static const int system_message_truncate = MSG_TRUNC;
static const int system_shutdown_write = SHUT_WR;
static const int system_shutdown_both = SHUT_RDWR;
static const int system_tcp_nodelay = TCP_NODELAY;
static const int system_tcp_notsent_lowat = TCP_NOTSENT_LOWAT;
static const int system_ip_bind_address_no_port = IP_BIND_ADDRESS_NO_PORT;
static const int system_ipproto_tcp = IPPROTO_TCP;
static const int system_limit_descriptors = RLIMIT_NOFILE;

/// Accepts one client without blocking, as accept4(2).
int system_accept(int listener);

/// The running kernel's version: major × 1,000 + minor, or 0.
int system_kernel_version(void);

/// Sends like send(2), without being a point at which the thread may be cancelled: in a process with threads glibc's own
/// pays two atomic operations a call for that.
ssize_t system_send(int descriptor, const void *bytes, size_t count, int flags);

/// Receives like recv(2); where the kernel stamps what comes in (`system_stamp_receives`), `*stamp_nanoseconds` is when it
/// took in the last segment of what this call brought, in nanoseconds of CLOCK_REALTIME, and 0 where it did not say.
ssize_t system_receive_stamped(int descriptor, void *bytes, size_t count, uint64_t *stamp_nanoseconds);

/// Has the kernel note when it takes in this socket's segments (SO_TIMESTAMPING in software, timestamping.rst of the
/// kernel): it reads a clock for every packet of the machine from then on, until the last such socket is closed. Returns 0
/// or -1.
int system_stamp_receives(int descriptor);

/// Bytes that a connected TCP socket holds and nobody has read (SIOCINQ, tcp(7)), or -1.
int64_t system_receive_backlog(int descriptor);

/// The value of SO_ERROR: 0, or the errno of a connection attempt.
int system_socket_error(int descriptor);

/// Waits like epoll_wait(2), with a timeout in nanoseconds; below zero waits without end.
int system_epoll_wait(int epoll, struct epoll_event *events, int capacity, int64_t timeout_nanoseconds);

static inline void system_epoll_set(struct epoll_event *event, uint32_t interest, uint64_t data) {
    event->events = interest;
    event->data.u64 = data;
}
static inline uint64_t system_epoll_data(const struct epoll_event *event) { return event->data.u64; }

/// Makes close(2) reset the connection instead of finishing it (SO_LINGER with no time).
void system_reset_on_close(int descriptor);

/// The scheduling priority of the calling thread as a nice value, -20...19; its threads and children to come inherit it.
int system_niceness(void);
/// Sets it. Returns 0 or -1.
int system_set_niceness(int niceness);

/// Keeps the calling thread on some cores. Returns 0 or -1.
int system_pin_to_cores(const int *cores, int count);
/// Writes the cores that the calling process may use; returns how many, at most `capacity`.
int system_usable_cores(int *cores, int capacity);

/// How many columns the terminal at this descriptor has (TIOCGWINSZ), or 0 where it does not tell or is none.
int system_terminal_columns(int descriptor);

/// A pipe whose ends are not inherited. Returns 0 or -1.
int system_pipe(int ends[2]);

/// The exit status of wait(2): the exit code, or 128 and the signal's number.
int system_exit_code(int wait_status);

/// Sets a handler that does nothing but raise the eventfd `descriptor`.
void system_notify_signal(int signal_number, int descriptor);

/// Starts a program with its standard input, output and error on these descriptors (shared where below zero), in the given
/// directory and environment (ours where NULL), on the given cores (any where there are none), its death tied to ours, in
/// a process group of its own. A relative path is looked for in that directory. Returns the process id, or -1 with errno;
/// what fails in the child ends it with 127.
int system_spawn(
    const char *path, char *const argv[], char *const environment[], const char *directory, int input, int output,
    int error_output, const int *cores, int core_count);

/// Enables an io_uring that was set up disabled; it belongs to the calling thread from then on. Returns 0 or -1.
/// (liburing 2.3 declares io_uring_enable_rings and does not export it.)
int system_enable_io_uring(int ring_descriptor);

/// Makes io_uring_setup(2) fail with EPERM for the calling thread's future children and itself: a seccomp filter
/// as containers have one. Returns 0 or -1.
int system_refuse_io_uring(void);

/// Sleeps until an instant of CLOCK_MONOTONIC.
void system_sleep_until(uint64_t nanoseconds);

/// The processor's time-out slack for the calling thread, in nanoseconds: how late the kernel may fire a timer.
void system_set_timer_slack(unsigned long nanoseconds);

/// Of the Swift runtime, which exports it without a header (swift/Demangling/Demangle.h): the readable form of a mangled
/// name in memory that the caller frees, or NULL where it is none. `buffer` may be NULL, `flags` is 0.
char *swift_demangle(const char *name, size_t length, char *buffer, size_t *buffer_size, uint32_t flags);
