// The least that a client of a relay can do: what a load generator costs before it accounts for anything.
//
//   bare_load PORT PATH CLIENTS BYTES PACE WARMUP SECONDS
//
// Connects CLIENTS clients to 127.0.0.1:PORT, and has the first of them publish messages of BYTES bytes that the relay
// sends to all of them. PACE is a number of messages outstanding (`16`) or a rate (`1000/s`). It counts frames, and
// does nothing else: no masking worth the name, no stamps, no latencies, no look at what it receives.
//
// One thread, epoll, one recv for each socket that is readable and one send for all that is to be published in a turn:
// the system calls of `broadside load --io epoll`. Prints one line of JSON about the SECONDS after WARMUP.
//
// Bounds: MAX_CLIENTS clients, MAX_OUTSTANDING messages outstanding. The relay has to keep one order for all clients:
// a client's n-th frame is taken for the n-th message.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_CLIENTS = 20000,
    MAX_OUTSTANDING = 1 << 16,
    MAX_MESSAGE_BYTES = 16 << 20,
    MAX_EVENTS = 1024,
    READ_BYTES = 128 << 10,
};

static const uint64_t SECOND = 1000000000;
static const uint64_t DRAIN = 2000000000;

struct client {
    int fd;
    uint64_t received;      // messages
    uint64_t payload_left;  // of the frame under way
    bool ends_message;      // the frame under way is the last of a data message
    unsigned char header[10];
    int header_length;
};

struct moment {
    uint64_t at, cpu, user, system, deliveries, messages, reads;
};

static struct client clients[MAX_CLIENTS];
static int client_count;
static uint32_t missing[MAX_OUTSTANDING];  // deliveries that each outstanding message still lacks, by number
static uint64_t published, outstanding, deliveries, reads;
static unsigned char *frame;
static size_t frame_bytes;
static unsigned char *unsent;  // what the publisher's socket has not taken yet
static size_t unsent_bytes, unsent_capacity;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void give_up(const char *what) {
    fprintf(stderr, "bare_load: %s\n", what);
    exit(1);
}

static uint64_t read_clock(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

static uint64_t nanoseconds(struct timeval time) {
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_usec * 1000;
}

static struct moment now_is(uint64_t at) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage)) fail("getrusage");
    return (struct moment){
        .at = at, .cpu = read_clock(CLOCK_PROCESS_CPUTIME_ID), .user = nanoseconds(usage.ru_utime),
        .system = nanoseconds(usage.ru_stime), .deliveries = deliveries, .messages = published, .reads = reads,
    };
}

static void send_all(int fd, const void *bytes, size_t count) {
    for (size_t sent = 0; sent < count;) {
        ssize_t n = send(fd, (const char *)bytes + sent, count - sent, MSG_NOSIGNAL);
        if (n < 0) fail("send");
        sent += (size_t)n;
    }
}

// Connects and upgrades, waiting for both; from then on the socket does not wait.
static int join_relay(int port, const char *path) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    if (fd < 0) fail("socket");
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    char text[4096];
    int length = snprintf(
        text, sizeof text,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    if (length < 0 || (size_t)length >= sizeof text) give_up("the path is too long");
    send_all(fd, text, (size_t)length);
    size_t count = 0;
    while (count < 4 || memcmp(text + count - 4, "\r\n\r\n", 4)) {
        // A byte at a time: what follows the answer belongs to the frames.
        ssize_t n = count < sizeof text ? recv(fd, text + count, 1, 0) : 0;
        if (n <= 0) give_up("no whole answer to the upgrade");
        count += (size_t)n;
    }
    if (count < 12 || memcmp(text, "HTTP/1.1 101", 12)) give_up("the upgrade was refused");
    if (fcntl(fd, F_SETFL, O_NONBLOCK)) fail("fcntl");
    return fd;
}

// A masked binary frame; the key is zero, which leaves the payload as it is.
static void make_frame(size_t payload) {
    frame = calloc(1, payload + 14);
    if (!frame) fail("calloc");
    size_t at = 0;
    frame[at++] = 0x82;
    if (payload < 126) {
        frame[at++] = (unsigned char)(0x80 | payload);
    } else if (payload < 65536) {
        frame[at++] = 0x80 | 126;
        frame[at++] = (unsigned char)(payload >> 8);
        frame[at++] = (unsigned char)payload;
    } else {
        frame[at++] = 0x80 | 127;
        for (int shift = 56; shift >= 0; shift -= 8) frame[at++] = (unsigned char)((uint64_t)payload >> shift);
    }
    at += 4;
    memset(frame + at, 'x', payload);
    frame_bytes = at + payload;
}

static void message_arrived(struct client *client) {
    deliveries++;
    if (client->received == published) give_up("a message came that nobody has published");
    if (--missing[client->received++ % MAX_OUTSTANDING] == 0) outstanding--;
}

// A header that is whole now: how much payload follows, and what its end means.
static void begin_frame(struct client *client) {
    const unsigned char *header = client->header;
    int opcode = header[0] & 15;
    if (opcode == 8) give_up("the relay closes a connection");
    uint64_t payload = header[1] & 127;
    if (payload >= 126) {
        payload = 0;
        for (int i = 2; i < client->header_length; i++) payload = payload << 8 | header[i];
    }
    client->header_length = 0;
    client->payload_left = payload;
    client->ends_message = opcode < 8 && header[0] & 0x80;
    if (!payload && client->ends_message) message_arrived(client);
}

static void take(struct client *client, const unsigned char *at, size_t count) {
    const unsigned char *end = at + count;
    while (at < end) {
        if (client->payload_left) {
            uint64_t step = (uint64_t)(end - at) < client->payload_left ? (uint64_t)(end - at) : client->payload_left;
            at += step;
            client->payload_left -= step;
            if (!client->payload_left && client->ends_message) message_arrived(client);
            continue;
        }
        client->header[client->header_length++] = *at++;
        if (client->header_length < 2) continue;
        int length = client->header[1] & 127;
        if (client->header_length == (length == 126 ? 4 : length == 127 ? 10 : 2)) begin_frame(client);
    }
}

// Adds messages to what the publisher is to send.
static void publish(uint64_t count) {
    size_t needed = unsent_bytes + count * frame_bytes;
    if (needed > unsent_capacity) {
        unsent = realloc(unsent, needed * 2);
        if (!unsent) fail("realloc");
        unsent_capacity = needed * 2;
    }
    for (; count; count--) {
        memcpy(unsent + unsent_bytes, frame, frame_bytes);
        unsent_bytes += frame_bytes;
        missing[published++ % MAX_OUTSTANDING] = (uint32_t)client_count;
        outstanding++;
    }
}

static void send_unsent(void) {
    if (!unsent_bytes) return;
    ssize_t n = send(clients[0].fd, unsent, unsent_bytes, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR) fail("send");
    if (n <= 0) return;
    unsent_bytes -= (size_t)n;
    memmove(unsent, unsent + n, unsent_bytes);
}

static long number(const char *text, long least, long most, const char *name) {
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text || (*end && strcmp(end, "/s")) || value < least || value > most) {
        fprintf(stderr, "bare_load: %s: expected a number from %ld to %ld, found %s\n", name, least, most, text);
        exit(64);
    }
    return value;
}

int main(int argc, char **argv) {
    if (argc != 8) {
        fputs("usage: bare_load PORT PATH CLIENTS BYTES PACE WARMUP SECONDS\n", stderr);
        return 64;
    }
    int port = (int)number(argv[1], 1, 65535, "PORT");
    client_count = (int)number(argv[3], 1, MAX_CLIENTS, "CLIENTS");
    make_frame((size_t)number(argv[4], 1, MAX_MESSAGE_BYTES, "BYTES"));
    bool is_open_loop = strstr(argv[5], "/s");
    uint64_t pace = (uint64_t)number(argv[5], 1, is_open_loop ? 1000000 : MAX_OUTSTANDING, "PACE");
    uint64_t warmup = (uint64_t)number(argv[6], 0, 3600, "WARMUP") * SECOND;
    uint64_t duration = (uint64_t)number(argv[7], 1, 3600, "SECONDS") * SECOND;

    struct rlimit limit;
    if (!getrlimit(RLIMIT_NOFILE, &limit)) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    int poll = epoll_create1(EPOLL_CLOEXEC);
    if (poll < 0) fail("epoll_create1");
    static struct epoll_event events[MAX_EVENTS];
    static unsigned char input[READ_BYTES];
    for (int i = 0; i < client_count; i++) {
        clients[i].fd = join_relay(port, argv[2]);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].fd, &event)) fail("epoll_ctl");
    }

    enum { WARMING, MEASURING, DRAINING } stage = WARMING;
    struct moment first = {0}, last = {0};
    uint64_t began = read_clock(CLOCK_MONOTONIC), stage_ends = began + warmup;
    for (;;) {
        uint64_t now = read_clock(CLOCK_MONOTONIC);
        if (stage == WARMING && now >= stage_ends) {
            first = now_is(now);
            stage = MEASURING;
            stage_ends = now + duration;
        } else if (stage == MEASURING && now >= stage_ends) {
            last = now_is(now);
            stage = DRAINING;
            stage_ends = now + DRAIN;
        } else if (stage == DRAINING && (!outstanding || now >= stage_ends)) {
            break;
        }
        uint64_t wakes = stage_ends;
        if (stage != DRAINING) {
            // In an open loop message n is due n/pace seconds after the beginning.
            uint64_t due = is_open_loop ? (uint64_t)((__uint128_t)(now - began) * pace / SECOND) + 1 : 0;
            uint64_t count = is_open_loop ? due - published : outstanding < pace ? pace - outstanding : 0;
            if (count > MAX_OUTSTANDING - outstanding) count = MAX_OUTSTANDING - outstanding;
            if (count) publish(count);
            if (is_open_loop) {
                uint64_t next = began + (uint64_t)((__uint128_t)published * SECOND / pace) + 1;
                if (next < wakes) wakes = next;
            }
        }
        send_unsent();
        // Rare: the relay does not take what is published. A turn a millisecond tries again.
        if (unsent_bytes && wakes > now + SECOND / 1000) wakes = now + SECOND / 1000;
        uint64_t wait = wakes > now ? wakes - now : 0;
        struct timespec timeout = {(time_t)(wait / SECOND), (long)(wait % SECOND)};
        int ready = epoll_pwait2(poll, events, MAX_EVENTS, &timeout, NULL);
        if (ready < 0 && errno != EINTR) fail("epoll_pwait2");
        for (int i = 0; i < ready; i++) {
            struct client *client = &clients[events[i].data.u32];
            ssize_t n = recv(client->fd, input, sizeof input, 0);
            reads++;
            if (n > 0) take(client, input, (size_t)n);
            else if (n == 0) give_up("the relay has ended a connection");
            else if (errno != EAGAIN && errno != EINTR) fail("recv");
        }
    }
    printf(
        "{\"messages\":%llu,\"deliveries\":%llu,\"elapsedNanoseconds\":%llu,\"cpuNanoseconds\":%llu,"
        "\"userNanoseconds\":%llu,\"systemNanoseconds\":%llu,\"reads\":%llu,\"missing\":%llu}\n",
        (unsigned long long)(last.messages - first.messages), (unsigned long long)(last.deliveries - first.deliveries),
        (unsigned long long)(last.at - first.at), (unsigned long long)(last.cpu - first.cpu),
        (unsigned long long)(last.user - first.user), (unsigned long long)(last.system - first.system),
        (unsigned long long)(last.reads - first.reads),
        (unsigned long long)(published * (uint64_t)client_count - deliveries));
    return 0;
}
