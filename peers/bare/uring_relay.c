// What the kernel allows with io_uring: the relay of epoll_relay.c with multishot accept and receive, and one entry
// into the kernel for a whole round of sends.
//
// A send must not stay pending, for the batch is used again: MSG_DONTWAIT has it fail where the socket is full,
// MSG_WAITALL makes a short one a failure too, and IOSQE_CQE_SKIP_SUCCESS leaves out the completions of the others. So
// a round is over when the entry that submitted it returns, and what went short stands in the completion queue before
// anything that arrived later: it is dealt with while the batch is still there, and before any answer to that client.
//
//   uring_relay PORT        as epoll_relay
//   uring_relay --check     exits with 0 where the kernel has and allows what this needs
#define _GNU_SOURCE
#include <liburing.h>
#include <poll.h>

#include "relay.h"

enum { ACCEPT = 1, RECEIVE, SEND, WRITABLE };
enum { ENTRIES = 4096, COMPLETIONS = 65536, BUFFERS = 1024, BUFFER_BYTES = 32768 };

// In one turn a client's send or poll completes once, its receive ends once, and a buffer is received into once.
_Static_assert(2 * MAX_DESCRIPTORS + BUFFERS < COMPLETIONS, "the completion queue must not overflow");

static struct io_uring ring;
static struct io_uring_buf_ring *buffers;
static unsigned char *buffer_bytes;
static bool receiving[MAX_DESCRIPTORS];  // by descriptor: its receive has not ended

static void submit(void) {
    int result = io_uring_submit(&ring);
    if (result < 0) {
        errno = -result;
        relay_fail("io_uring_submit");
    }
}

static struct io_uring_sqe *next_entry(void) {
    struct io_uring_sqe *entry = io_uring_get_sqe(&ring);
    if (!entry) {
        submit();
        entry = io_uring_get_sqe(&ring);
    }
    if (!entry) relay_fail("io_uring_get_sqe");
    return entry;
}

static void tag(struct io_uring_sqe *entry, uint64_t kind, int fd) { entry->user_data = kind << 32 | (uint32_t)fd; }

static void receive(int fd) {
    struct io_uring_sqe *entry = next_entry();
    io_uring_prep_recv_multishot(entry, fd, NULL, 0, 0);
    entry->flags |= IOSQE_BUFFER_SELECT;
    tag(entry, RECEIVE, fd);
    receiving[fd] = true;
}

static void accept_clients(int listener) {
    struct io_uring_sqe *entry = next_entry();
    io_uring_prep_multishot_accept(entry, listener, NULL, NULL, SOCK_CLOEXEC);
    tag(entry, ACCEPT, listener);
}

static void relay_await_writable(int fd) {
    clients[fd].awaits_writable = true;
    struct io_uring_sqe *entry = next_entry();
    io_uring_prep_poll_add(entry, fd, POLLOUT);
    tag(entry, WRITABLE, fd);
}

static void close_when_settled(int fd) {
    if (clients[fd].leaving && !receiving[fd] && !clients[fd].awaits_writable) relay_close(fd);
}

static void give_back(unsigned id) {
    io_uring_buf_ring_add(buffers, buffer_bytes + (size_t)id * BUFFER_BYTES, BUFFER_BYTES, id, BUFFERS - 1, 0);
    io_uring_buf_ring_advance(buffers, 1);
}

static void received(int fd, const struct io_uring_cqe *completion, struct bytes *batch) {
    receiving[fd] = completion->flags & IORING_CQE_F_MORE;
    if (completion->flags & IORING_CQE_F_BUFFER) {
        unsigned id = completion->flags >> IORING_CQE_BUFFER_SHIFT;
        if (completion->res > 0)
            relay_received(fd, buffer_bytes + (size_t)id * BUFFER_BYTES, completion->res, batch);
        give_back(id);
    }
    if (completion->res <= 0 && completion->res != -ENOBUFS) {
        relay_disconnect(fd);
    } else if (!receiving[fd]) {
        // Submitted at once: what it brings must not come before the completions of the sends that follow.
        receive(fd);
        submit();
    }
    close_when_settled(fd);
}

static void became_writable(int fd) {
    clients[fd].awaits_writable = false;
    relay_flush_backlog(fd);
    if (clients[fd].backlog.length && !clients[fd].leaving) relay_await_writable(fd);
    close_when_settled(fd);
}

static void send_to_all(const struct bytes *batch) {
    relay_keep_for_late_members(batch);
    for (int i = 0; i < level_count; i++) {
        struct io_uring_sqe *entry = next_entry();
        io_uring_prep_send(
            entry, members[i], batch->at, batch->length, MSG_NOSIGNAL | MSG_WAITALL | MSG_DONTWAIT);
        entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
        tag(entry, SEND, members[i]);
    }
}

static const char *set_up(void) {
    struct io_uring_params parameters = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE,
        .cq_entries = COMPLETIONS};
    int result = io_uring_queue_init_params(ENTRIES, &ring, &parameters);
    if (result < 0) {
        errno = -result;
        return "io_uring";
    }
    void *memory, *data;
    if (posix_memalign(&memory, 4096, BUFFERS * sizeof(struct io_uring_buf)) ||
        posix_memalign(&data, 4096, (size_t)BUFFERS * BUFFER_BYTES))
        return "memory";
    memset(memory, 0, BUFFERS * sizeof(struct io_uring_buf));
    buffers = memory;
    buffer_bytes = data;
    struct io_uring_buf_reg registration = {.ring_addr = (uintptr_t)memory, .ring_entries = BUFFERS};
    result = io_uring_register_buf_ring(&ring, &registration, 0);
    if (result < 0) {
        errno = -result;
        return "io_uring's buffer rings";
    }
    for (unsigned id = 0; id < BUFFERS; id++) give_back(id);
    return NULL;
}

int main(int argc, char **argv) {
    const char *missing = set_up();
    if (missing) relay_fail(missing);
    if (argc == 2 && !strcmp(argv[1], "--check")) return 0;
    int listener = relay_listen(argc == 2 ? argv[1] : "no argument");
    accept_clients(listener);

    struct bytes batches[2] = {0};  // one is filled while the other one's short sends are dealt with
    int filling = 0;
    for (;;) {
        int result = io_uring_submit_and_wait(&ring, 1);
        if (result < 0 && result != -EINTR) {
            errno = -result;
            relay_fail("io_uring_submit_and_wait");
        }
        struct bytes *batch = &batches[filling], *sent = &batches[!filling];
        struct io_uring_cqe *completion;
        unsigned head, seen = 0;
        io_uring_for_each_cqe(&ring, head, completion) {
            seen++;
            int fd = (int)(uint32_t)completion->user_data;
            switch (completion->user_data >> 32) {
            case ACCEPT:
                if (relay_accepted(completion->res)) receive(completion->res);
                if (!(completion->flags & IORING_CQE_F_MORE)) accept_clients(listener);
                break;
            case RECEIVE: received(fd, completion, batch); break;
            case SEND: relay_fell_short(fd, completion->res, sent); break;
            case WRITABLE: became_writable(fd); break;
            }
        }
        io_uring_cq_advance(&ring, seen);
        if (!batch->length) continue;
        send_to_all(batch);
        filling = !filling;
        batches[filling].length = 0;
    }
}
