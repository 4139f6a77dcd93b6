// What the two bare relays share: the listening socket, the upgrade, turning clients' frames into relayed ones, and
// what becomes of a client that does not keep up. Each relay is one thread and includes this file once.
//
// `members` are the upgraded clients, in two parts. Those in [0, level_count) have taken every byte so far: a batch
// goes to them with one send each, and nothing else is looked at. Those after them owe us reading: what they are
// missing is in their backlog, and waits until their socket takes more. One that gets too far behind is disconnected.
//
// Bounds: a message MAX_MESSAGE_BYTES, a backlog MAX_BACKLOG_BYTES, descriptors MAX_DESCRIPTORS. A request that never
// comes costs its descriptor; UTF-8 is not validated. Out of memory or descriptors ends the relay, with a message.
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MAX_DESCRIPTORS = 32000,
    MAX_REQUEST_BYTES = 8192,
    MAX_MESSAGE_BYTES = 16 << 20,
    MAX_BACKLOG_BYTES = 64 << 20,
};

struct bytes {
    unsigned char *at;
    size_t length, capacity;
};

struct client {
    bool upgraded;
    bool leaving;          // shut down, and closed as soon as the kernel has said the last about it
    bool awaits_writable;  // the relay has asked to be told when the socket takes more
    int index;             // its place in `members` while upgraded and not leaving
    struct bytes partial;  // the beginning of a request or frame
    struct bytes message;  // its opcode and the fragments so far; empty between messages
    struct bytes backlog;  // what it is missing, from `backlog_sent` on
    size_t backlog_sent;
};

static struct client clients[MAX_DESCRIPTORS];  // by descriptor
static int members[MAX_DESCRIPTORS], member_count, level_count;

// Arranges for relay_flush_backlog() to be called when the socket takes more.
static void relay_await_writable(int fd);

static void relay_fail(const char *what) {
    perror(what);
    exit(1);
}

// Makes room for `count` more bytes and returns where they go.
static unsigned char *relay_reserve(struct bytes *bytes, size_t count) {
    if (bytes->length + count > bytes->capacity) {
        bytes->capacity = (bytes->length + count) * 2;
        bytes->at = realloc(bytes->at, bytes->capacity);
        if (!bytes->at) relay_fail("memory");
    }
    return bytes->at + bytes->length;
}

static void relay_append(struct bytes *bytes, const void *from, size_t count) {
    memcpy(relay_reserve(bytes, count), from, count);
    bytes->length += count;
}

static void relay_release(struct bytes *bytes) {
    free(bytes->at);
    *bytes = (struct bytes){0};
}

static int relay_listen(const char *port) {
    char *end;
    long number = strtol(port, &end, 10);
    if (*end || number < 1 || number > 65535) {
        fprintf(stderr, "relay: expected a port, found %s\n", port);
        exit(64);
    }
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files)) relay_fail("getrlimit");
    files.rlim_cur = files.rlim_max < MAX_DESCRIPTORS ? files.rlim_max : MAX_DESCRIPTORS;
    if (setrlimit(RLIMIT_NOFILE, &files)) relay_fail("setrlimit");

    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(number), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) ||
        bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096))
        relay_fail("listen");
    return fd;
}

// Takes the descriptor of a new connection, or the errno of an accept that came to nothing, negative.
static bool relay_accepted(int fd) {
    if (fd == -EMFILE || fd == -ENFILE || fd == -ENOMEM || fd == -ENOBUFS) {
        errno = -fd;
        relay_fail("accept");
    }
    if (fd < 0) return false;  // The peer was gone before it was accepted.
    int one = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one)) {
        close(fd);
        return false;
    }
    return true;
}

static void relay_place(int fd, int index) {
    members[index] = fd;
    clients[fd].index = index;
}

static void relay_swap(int fd, int index) {
    relay_place(members[index], clients[fd].index);
    relay_place(fd, index);
}

// Ends a connection from this side. The descriptor stays until the kernel reports the end: no number is used anew
// while anything is under way for it.
static void relay_disconnect(int fd) {
    struct client *client = &clients[fd];
    if (client->leaving) return;
    client->leaving = true;
    if (client->upgraded) {
        if (client->index < level_count) relay_swap(fd, --level_count);
        relay_swap(fd, --member_count);
    }
    shutdown(fd, SHUT_RDWR);
}

// The last of a connection, called once nothing is under way for it any more.
static void relay_close(int fd) {
    struct client *client = &clients[fd];
    relay_release(&client->partial);
    relay_release(&client->message);
    relay_release(&client->backlog);
    *client = (struct client){0};
    close(fd);
}

// Keeps what a member's socket did not take.
static void relay_keep(int fd, const void *rest, size_t count) {
    struct client *client = &clients[fd];
    if (client->backlog.length - client->backlog_sent + count > MAX_BACKLOG_BYTES) {
        relay_disconnect(fd);
        return;
    }
    // Moving costs no more than what was sent since the last move.
    if (client->backlog_sent > client->backlog.length / 2) {
        client->backlog.length -= client->backlog_sent;
        memmove(client->backlog.at, client->backlog.at + client->backlog_sent, client->backlog.length);
        client->backlog_sent = 0;
    }
    relay_append(&client->backlog, rest, count);
    if (client->index < level_count) relay_swap(fd, --level_count);
    if (!client->awaits_writable) relay_await_writable(fd);
}

// Takes the result of a send to a member that did not go out whole: bytes, or an errno, negative.
static void relay_fell_short(int fd, ssize_t result, const struct bytes *batch) {
    if (clients[fd].leaving) return;
    if (result < 0 && result != -EAGAIN) {
        relay_disconnect(fd);
        return;
    }
    size_t sent = result > 0 ? (size_t)result : 0;
    relay_keep(fd, batch->at + sent, batch->length - sent);
}

// Sends what is for this client alone.
static void relay_send(int fd, const void *bytes, size_t count) {
    struct client *client = &clients[fd];
    if (client->leaving) return;
    ssize_t result = -EAGAIN;
    if (!client->backlog.length) {
        result = send(fd, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (result < 0) result = -errno;
    }
    struct bytes whole = {.at = (unsigned char *)bytes, .length = count};
    if (result != (ssize_t)count) relay_fell_short(fd, result, &whole);
}

// Adds a batch to the backlogs of those who are behind.
static void relay_keep_for_late_members(const struct bytes *batch) {
    for (int i = member_count; i-- > level_count;) relay_keep(members[i], batch->at, batch->length);
}

// Called when the socket takes more. The client is level again when its backlog has gone out.
static void relay_flush_backlog(int fd) {
    struct client *client = &clients[fd];
    if (client->leaving) return;
    size_t count = client->backlog.length - client->backlog_sent;
    ssize_t sent = send(fd, client->backlog.at + client->backlog_sent, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) {
        relay_disconnect(fd);
        return;
    }
    if (sent > 0) client->backlog_sent += sent;
    if (client->backlog_sent < client->backlog.length) return;
    relay_release(&client->backlog);
    client->backlog_sent = 0;
    relay_swap(fd, level_count++);
}

// RFC 6455 §4.2.2. Returns how many bytes the request has, 0 where it is not complete, or -1.
static ssize_t relay_upgrade(int fd, const unsigned char *input, size_t count) {
    static const char name[] = "\r\nSec-WebSocket-Key:";
    const char *end = memmem(input, count, "\r\n\r\n", 4);
    if (!end) return count > MAX_REQUEST_BYTES ? -1 : 0;
    const char *field = (const char *)input;
    while (field < end && strncasecmp(field, name, sizeof name - 1)) field++;
    if (field == end) return -1;
    field += sizeof name - 1;
    field += strspn(field, " \t");
    if (strcspn(field, " \t\r") != 24) return -1;

    char key[64], response[160];
    unsigned char digest[SHA_DIGEST_LENGTH], accept[32];
    int key_length = snprintf(key, sizeof key, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", field);
    SHA1((unsigned char *)key, key_length, digest);
    EVP_EncodeBlock(accept, digest, sizeof digest);
    int length = snprintf(
        response, sizeof response,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\n\r\n",
        accept);
    clients[fd].upgraded = true;
    relay_place(fd, member_count);
    relay_swap(fd, level_count++);
    member_count++;
    relay_send(fd, response, length);
    return end + 4 - (const char *)input;
}

static void relay_unmask(
    unsigned char *restrict to, const unsigned char *restrict from, size_t count, const unsigned char *mask) {
    unsigned char twice[8];
    memcpy(twice, mask, 4);
    memcpy(twice + 4, mask, 4);
    uint64_t word_mask;
    memcpy(&word_mask, twice, 8);
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t word;
        memcpy(&word, from + i, 8);
        word ^= word_mask;
        memcpy(to + i, &word, 8);
    }
    for (; i < count; i++) to[i] = from[i] ^ mask[i & 3];
}

// Appends a whole message's frame header (RFC 6455 §5.2).
static void relay_append_header(struct bytes *batch, unsigned char opcode, uint64_t payload) {
    unsigned char header[10] = {0x80 | opcode};
    int length_bytes = payload < 126 ? 0 : payload < 65536 ? 2 : 8;
    header[1] = length_bytes == 0 ? payload : length_bytes == 2 ? 126 : 127;
    for (int i = 0; i < length_bytes; i++) header[2 + i] = payload >> 8 * (length_bytes - 1 - i);
    relay_append(batch, header, 2 + length_bytes);
}

// Answers a ping or a close; false where the frame breaks the protocol.
static bool relay_take_control(int fd, unsigned char first, const unsigned char *mask, size_t payload) {
    enum { CLOSE = 0x88, PING = 0x89, PONG = 0x8a };
    if (first < CLOSE || first > PONG || payload > 125) return false;
    if (first == PONG) return true;
    unsigned char answer[2 + 125] = {first == PING ? PONG : CLOSE, payload};
    relay_unmask(answer + 2, mask + 4, payload, mask);
    relay_send(fd, answer, 2 + payload);
    if (first == CLOSE) relay_disconnect(fd);
    return true;
}

// Puts fragments together, for a message is relayed in one frame; false where the frame breaks the protocol.
static bool relay_take_fragment(
    int fd, unsigned char first, const unsigned char *mask, size_t payload, struct bytes *batch) {
    struct bytes *message = &clients[fd].message;
    unsigned char opcode = first & 0x7f;
    if (opcode > 2 || (opcode == 0) != (message->length > 0)) return false;
    if (message->length + payload > MAX_MESSAGE_BYTES) return false;
    if (opcode) relay_append(message, &opcode, 1);
    relay_unmask(relay_reserve(message, payload), mask + 4, payload, mask);
    message->length += payload;
    if (first & 0x80) {
        relay_append_header(batch, message->at[0], message->length - 1);
        relay_append(batch, message->at + 1, message->length - 1);
        message->length = 0;
    }
    return true;
}

// Appends what the complete frames of the input say to the batch. Returns how many bytes they have, or -1.
static ssize_t relay_take_frames(int fd, const unsigned char *input, size_t count, struct bytes *batch) {
    size_t at = 0;
    while (count - at >= 6 && !clients[fd].leaving) {
        const unsigned char *frame = input + at;
        size_t header = 2;
        uint64_t payload = frame[1] & 127;
        if (payload == 126) {
            header = 4;
            payload = frame[2] << 8 | frame[3];
        } else if (payload == 127) {
            if (count - at < 10) break;
            header = 10;
            payload = 0;
            for (int i = 2; i < 10; i++) payload = payload << 8 | frame[i];
        }
        if (!(frame[1] & 128) || payload > MAX_MESSAGE_BYTES) return -1;
        if (count - at < header + 4 + payload) break;
        if ((frame[0] == 0x81 || frame[0] == 0x82) && !clients[fd].message.length) {
            unsigned char *to = relay_reserve(batch, header + payload);
            memcpy(to, frame, header);
            to[1] &= 127;
            relay_unmask(to + header, frame + header + 4, payload, frame + header);
            batch->length += header + payload;
        } else if (
            !(frame[0] & 8 ? relay_take_control(fd, frame[0], frame + header, payload)
                           : relay_take_fragment(fd, frame[0], frame + header, payload, batch))) {
            return -1;
        }
        at += header + 4 + payload;
    }
    return at;
}

// Takes what a client sent: an upgrade first, then frames, whose messages are appended to the batch.
static void relay_received(int fd, const unsigned char *input, size_t count, struct bytes *batch) {
    struct client *client = &clients[fd];
    if (client->leaving) return;
    if (client->partial.length) {
        relay_append(&client->partial, input, count);
        input = client->partial.at;
        count = client->partial.length;
    }
    ssize_t request = client->upgraded ? 0 : relay_upgrade(fd, input, count);
    ssize_t frames = 0;
    if (request >= 0 && client->upgraded)
        frames = relay_take_frames(fd, input + request, count - request, batch);
    if (request < 0 || frames < 0) {
        relay_disconnect(fd);
        return;
    }
    size_t rest = count - request - frames;
    input += request + frames;
    if (client->partial.length) {
        memmove(client->partial.at, input, rest);
        client->partial.length = rest;
    } else if (rest) {
        relay_append(&client->partial, input, rest);
    }
}
