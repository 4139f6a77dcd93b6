// Broadcast with SwiftNIO, put together as its documentation has it: the HTTP pipeline with a WebSocket upgrader, the
// frame decoder and encoder that the upgrade adds for each client, and an aggregator for fragmented messages. One event
// loop, so that the broadcaster needs no lock and all clients see one order.
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

let maxMessageBytes = 16 << 20

guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
    fatalError("expected a port")
}

let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let broadcaster = NIOLoopBoundBox.makeBoxSendingValue(Broadcaster(), eventLoop: group.any())

let upgrader = NIOWebSocketServerUpgrader(
    maxFrameSize: maxMessageBytes,
    shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
    upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
            let aggregator = NIOWebSocketFrameAggregator(
                minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: .max, maxAccumulatedFrameSize: maxMessageBytes)
            try channel.pipeline.syncOperations.addHandlers(aggregator, RelayHandler(broadcaster.value))
        }
    })

try await ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 4096)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in
        channel.pipeline.configureHTTPServerPipeline(
            withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
    }
    .bind(host: "127.0.0.1", port: port).get()
    .closeFuture.get()
