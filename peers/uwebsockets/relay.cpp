// Broadcast with uWebSockets: its publish and subscribe, on one loop.
#include <cstdlib>

#include "App.h"

namespace {

constexpr unsigned maxMessageBytes = 16 << 20;
constexpr unsigned maxBackpressureBytes = 64 << 20;
constexpr char topic[] = "relay";

struct Client {};

}  // namespace

int main(int argc, char **argv) {
    int port = argc == 2 ? std::atoi(argv[1]) : 0;
    if (port < 1) return 64;

    uWS::App app;
    app.ws<Client>("/echo", {
        .compression = uWS::DISABLED,
        .maxPayloadLength = maxMessageBytes,
        .idleTimeout = 0,
        .maxBackpressure = maxBackpressureBytes,
        .closeOnBackpressureLimit = true,
        .sendPingsAutomatically = false,
        .message = [](auto *client, std::string_view message, uWS::OpCode opCode) { client->send(message, opCode); },
    });
    // The app's publish reaches the sender too, and every client in one same order. Past the back pressure messages
    // would be dropped unnoticed: the limit is out of reach of a client that reads, and one that does not is closed.
    app.ws<Client>("/*", {
        .compression = uWS::DISABLED,
        .maxPayloadLength = maxMessageBytes,
        .idleTimeout = 0,
        .maxBackpressure = maxBackpressureBytes,
        .closeOnBackpressureLimit = true,
        .sendPingsAutomatically = false,
        .open = [](auto *client) { client->subscribe(topic); },
        .message = [&app](auto *, std::string_view message, uWS::OpCode opCode) {
            app.publish(topic, message, opCode);
        },
    });
    bool isListening = false;
    app.listen("127.0.0.1", port, LIBUS_LISTEN_EXCLUSIVE_PORT, [&](auto *socket) { isListening = socket; });
    if (!isListening) return 1;
    app.run();
}
