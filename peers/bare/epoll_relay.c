// What the kernel allows with epoll: a relay that does the work no relay can avoid, and no more. It reads, unmasks,
// frames each message once, and sends what one turn of the loop gathered to every client with one send() each.
//
//   epoll_relay PORT        relays every message, on any path, to all clients on 127.0.0.1:PORT, the sender included
#define _GNU_SOURCE
#include <sys/epoll.h>

#include "relay.h"

static int poll_fd;

static void watch(int operation, int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(poll_fd, operation, fd, &event)) relay_fail("epoll_ctl");
}

static void relay_await_writable(int fd) {
    clients[fd].awaits_writable = true;
    watch(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT);
}

static void accept_all(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && errno == EAGAIN) return;
        if (relay_accepted(fd < 0 ? -errno : fd)) watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
}

static void handle(int fd, uint32_t events, struct bytes *batch) {
    static unsigned char input[1 << 20];
    if (events & EPOLLOUT && clients[fd].awaits_writable) {
        relay_flush_backlog(fd);
        if (!clients[fd].backlog.length) {
            clients[fd].awaits_writable = false;
            watch(EPOLL_CTL_MOD, fd, EPOLLIN);
        }
    }
    if (!(events & ~EPOLLOUT)) return;
    ssize_t count = read(fd, input, sizeof input);
    if (count > 0) {
        relay_received(fd, input, count, batch);
    } else if (count == 0 || errno != EAGAIN) {
        relay_disconnect(fd);
        relay_close(fd);
    }
}

int main(int argc, char **argv) {
    int listener = relay_listen(argc == 2 ? argv[1] : "no argument");
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (poll_fd < 0) relay_fail("epoll_create1");
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    static struct epoll_event events[1024];
    struct bytes batch = {0};
    for (;;) {
        int ready = epoll_wait(poll_fd, events, 1024, -1);
        if (ready < 0 && errno != EINTR) relay_fail("epoll_wait");
        batch.length = 0;
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd == listener) accept_all(listener);
            else handle(events[i].data.fd, events[i].events, &batch);
        }
        if (!batch.length) continue;
        relay_keep_for_late_members(&batch);
        // Downwards, because a client that falls behind trades places with the last of those that are level.
        for (int i = level_count; i-- > 0;) {
            ssize_t sent = send(members[i], batch.at, batch.length, MSG_NOSIGNAL);
            if (sent != (ssize_t)batch.length) relay_fell_short(members[i], sent < 0 ? -errno : sent, &batch);
        }
    }
}
