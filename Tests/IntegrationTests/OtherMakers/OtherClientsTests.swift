import Testing

@Suite("Clients of other makers against broadside serve")
struct OtherClientsTests {
    private static let gesture =
        #"{"type":"wave","position":{"x":0.5,"y":-0.25},"confidence":0.92,"timestamp":1640000000000}"#
    private static let broadcast = #"{"type":"gesture","data":\#(gesture)}"#

    /// Offers permessage-deflate, subscribes, prints `ready`, then the gesture that it gets.
    private static let pythonSubscriber = """
        import asyncio, json, sys, websockets

        async def main():
            async with websockets.connect(sys.argv[1]) as ws:
                assert not getattr(ws, "protocol", ws).extensions, "nothing was to be negotiated"
                await ws.send(json.dumps({"type": "subscribe", "channels": ["gesture", "system"]}))
                while True:
                    text = await ws.recv()
                    kind = json.loads(text)["type"]
                    if kind == "subscribed":
                        print("ready", flush=True)
                    if kind == "gesture":
                        print(text, flush=True)
                        return

        asyncio.run(asyncio.wait_for(main(), 30))
        """

    private static let nodeSubscriber = """
        const WebSocket = require('ws');
        const ws = new WebSocket(process.argv[1], { perMessageDeflate: true });
        ws.on('open', () => ws.send(JSON.stringify({ type: 'subscribe', channels: ['gesture', 'system'] })));
        ws.on('message', (data) => {
            const kind = JSON.parse(data).type;
            if (kind === 'subscribed') console.log(ws.extensions === '' ? 'ready' : 'negotiated ' + ws.extensions);
            if (kind === 'gesture') { console.log(String(data)); ws.close(1000); }
        });
        ws.on('close', (code) => process.exit(code === 1000 ? 0 : 1));
        setTimeout(() => process.exit(3), 30000);
        """

    /// Echo of text and bytes, whole and in fragments, of every length class, with pings between.
    private static let pythonExchange = """
        import asyncio, sys, websockets

        async def main():
            async with websockets.connect(sys.argv[1], max_size=None) as ws:
                for size in (0, 1, 125, 126, 127, 65535, 65536, 262144):
                    for message in ("é" * size, bytes(i & 255 for i in range(size))):
                        await ws.send(message)
                        assert await ws.recv() == message, ("whole", size)
                        if size:
                            step = max(1, size // 7)
                            await ws.send([message[at:at + step] for at in range(0, size, step)])
                            assert await ws.recv() == message, ("fragments", size)
                    await (await ws.ping(b"still there"))
                await ws.send("x" * 1048577)
                try:
                    await ws.recv()
                except websockets.ConnectionClosed as closed:
                    assert closed.rcvd.code == 1009, closed
                    print("exchanged", flush=True)

        asyncio.run(asyncio.wait_for(main(), 60))
        """

    private func receivesGesture(_ client: ChildProcess, from server: TestServer) throws {
        defer { client.kill() }
        let ready = client.firstLine()
        try #require(ready == "ready", "\(ready ?? "nothing"): \(client.errorText)")
        let answer = try server.post("/api/gesture/process", json: Self.gesture)
        #expect(answer == #"{"success":true,"clients":1}"#)
        #expect(client.wait() == 0, "\(client.errorText)")
        #expect(client.outputText == "ready\n\(Self.broadcast)\n")
    }

    @Test(
        "Python's websockets subscribes and gets a gesture that curl posts",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence), arguments: Drivers.available)
    func pythonSubscribes(io: String) throws {
        let server = try TestServer("--io", io)
        defer { server.process.kill() }
        try receivesGesture(PythonWebSockets.start(Self.pythonSubscriber, server.url("/")), from: server)
    }

    @Test(
        "Node's ws subscribes and gets a gesture that curl posts",
        .enabled(if: NodeWS.isAvailable, NodeWS.absence), arguments: Drivers.available)
    func nodeSubscribes(io: String) throws {
        let server = try TestServer("--io", io)
        defer { server.process.kill() }
        try receivesGesture(NodeWS.start(Self.nodeSubscriber, server.url("/")), from: server)
    }

    @Test(
        "Python's websockets exchanges messages of all lengths, whole and in fragments",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence), arguments: Drivers.available)
    func pythonExchanges(io: String) throws {
        let server = try TestServer("--io", io, "--relay")
        defer { server.process.kill() }
        let client = try PythonWebSockets.start(Self.pythonExchange, server.url("/echo"))
        defer { client.kill() }
        #expect(client.wait(seconds: 90) == 0, "\(client.errorText)")
        #expect(client.outputText == "exchanged\n")
    }
}
