import Testing

@Suite("broadside load against servers of other makers")
struct OtherServersTests {
    /// A relay on `/relay` and an echo elsewhere; prints its port.
    private static let pythonServer = """
        import asyncio, sys, websockets

        clients = set()

        async def handle(ws):
            if sys.argv[1] == "echo":
                async for message in ws:
                    await ws.send(message)
                return
            clients.add(ws)
            try:
                async for message in ws:
                    websockets.broadcast(clients, message)
            finally:
                clients.remove(ws)

        async def main():
            async with websockets.serve(handle, "127.0.0.1", 0) as server:
                print(server.sockets[0].getsockname()[1], flush=True)
                await asyncio.sleep(60)

        asyncio.run(main())
        """

    private static let nodeServer = """
        const { WebSocketServer } = require('ws');
        const relays = process.argv[1] === 'broadcast';
        const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => console.log(server.address().port));
        server.on('connection', (ws) => ws.on('message', (data, binary) => {
            for (const client of relays ? server.clients : [ws]) client.send(data, { binary });
        }));
        setTimeout(() => process.exit(0), 60000);
        """

    private func losesNothing(_ server: ChildProcess, mode: String) throws {
        defer { server.kill() }
        let port = try #require(server.firstLine(), "\(server.errorText)")
        let outcome = try LoadOutcome([
            "ws://127.0.0.1:\(port)/", "--mode", mode, "--clients", "10", "--rate", "100", "--message-bytes",
            "300",
            "--duration", "500ms", "--warmup", "100ms",
        ])
        let deliveries = outcome.result.deliveries
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.messages.published == 50)
        #expect(deliveries.expected == (mode == "echo" ? 50 : 500))
        #expect(deliveries.received == deliveries.expected)
        #expect(deliveries.duplicated == 0)
        #expect(deliveries.reordered == 0)
        #expect(outcome.result.errors.isEmpty)
        #expect(outcome.result.server?.pid == server.pid)
    }

    @Test(
        "a relay and an echo with Python's websockets get everything across",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence),
        arguments: ["broadcast", "echo"])
    func python(mode: String) throws {
        try losesNothing(PythonWebSockets.start(Self.pythonServer, mode), mode: mode)
    }

    @Test(
        "a relay and an echo with Node's ws get everything across",
        .enabled(if: NodeWS.isAvailable, NodeWS.absence), arguments: ["broadcast", "echo"])
    func node(mode: String) throws {
        try losesNothing(NodeWS.start(Self.nodeServer, mode), mode: mode)
    }
}
