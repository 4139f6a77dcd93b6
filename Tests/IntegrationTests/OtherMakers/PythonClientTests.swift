import Testing

@Suite("Python's websockets against broadside serve: ws and wss, compressed and plain")
struct PythonClientTests {
    /// What each script begins with.
    private static let prelude = """
        import asyncio, random, ssl, sys, websockets

        url, authority, compression = sys.argv[1:4]
        options = {"compression": "deflate" if compression == "on" else None, "max_size": None}
        if authority:
            options["ssl"] = ssl.create_default_context(cafile=authority)

        def connect():
            return websockets.connect(url, **options)

        def check(ws):
            agreed = [extension.name for extension in getattr(ws, "protocol", ws).extensions]
            assert agreed == (["permessage-deflate"] if compression == "on" else []), agreed


        """

    /// Echo of text and bytes, whole and in fragments, of every length class, with pings between; then a message that
    /// is too large.
    private static let exchange =
        prelude + """
            async def main():
                async with connect() as ws:
                    check(ws)
                    for size in (0, 1, 63, 64, 125, 126, 127, 65535, 65536, 262144):
                        noise = random.Random(size).getrandbits(8 * size).to_bytes(size, "big") if size else b""
                        for message in ("é" * size, bytes(i & 255 for i in range(size)), noise):
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

    /// Two clients, one of which publishes: both get everything, in order.
    private static let broadcasts =
        prelude + """
            messages = []
            for size in (1, 10, 63, 64, 125, 126, 1000, 65535, 65536, 100000, 200000):
                messages.append("é" * size if size <= 100000 else "e" * size)
                messages.append(random.Random(size).getrandbits(8 * size).to_bytes(size, "big"))
                messages.append(b"ab" * (size // 2))

            async def publish(ws):
                for message in messages:
                    await ws.send(message)

            async def collect(ws):
                return [await ws.recv() for _ in messages]

            async def main():
                async with connect() as publisher, connect() as subscriber:
                    check(subscriber)
                    _, own, other = await asyncio.gather(
                        publish(publisher), collect(publisher), collect(subscriber))
                    assert own == messages, "the publisher's own"
                    assert other == messages, "the subscriber's"
                    print("received", flush=True)

            asyncio.run(asyncio.wait_for(main(), 60))
            """

    /// Close codes of the client's come back; then the server's own when it ends.
    private static let closing =
        prelude + """
            async def main():
                for code in (1000, 1001, 1003, 3000, 4999):
                    async with connect() as ws:
                        await ws.close(code, "bye")
                        assert getattr(ws, "protocol", ws).close_code == code, code
                async with connect() as ws:
                    await ws.send("here")
                    assert await ws.recv() == "here"
                    print("ready", flush=True)
                    try:
                        await ws.recv()
                    except websockets.ConnectionClosed as closed:
                        assert closed.rcvd.code == 1001, closed
                        print("closed", flush=True)

            asyncio.run(asyncio.wait_for(main(), 60))
            """

    private func start(
        _ script: String, _ server: TestServer, _ wireCase: WireCase, _ path: String
    ) throws -> ChildProcess {
        let arguments = try wireCase.scriptArguments(server, path)
        return try PythonWebSockets.start(script, arguments[0], arguments[1], arguments[2])
    }

    @Test(
        "messages of all lengths, whole and in fragments, pings, and a message that is too large",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence), arguments: WireCase.all)
    func exchanges(wireCase: WireCase) throws {
        let server = try wireCase.server()
        defer { server.process.kill() }
        let client = try start(Self.exchange, server, wireCase, "/echo")
        defer { client.kill() }
        #expect(client.wait(seconds: 90) == 0, "\(client.errorText)")
        #expect(client.outputText == "exchanged\n")
    }

    @Test(
        "broadcasts from 1 byte to 200 KB come in order, to the publisher as well",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence), arguments: WireCase.all)
    func broadcasts(wireCase: WireCase) throws {
        let server = try wireCase.server()
        defer { server.process.kill() }
        let client = try start(Self.broadcasts, server, wireCase, "/relay")
        defer { client.kill() }
        #expect(client.wait(seconds: 90) == 0, "\(client.errorText)")
        #expect(client.outputText == "received\n")
    }

    @Test(
        "close codes, the client's and the server's",
        .enabled(if: PythonWebSockets.isAvailable, PythonWebSockets.absence), arguments: WireCase.all)
    func closes(wireCase: WireCase) throws {
        let server = try wireCase.server()
        defer { server.process.kill() }
        let client = try start(Self.closing, server, wireCase, "/relay")
        defer { client.kill() }
        let ready = client.firstLine()
        try #require(ready == "ready", "\(ready ?? "nothing"): \(client.errorText)")
        #expect(server.stop() == 0)
        #expect(client.wait(seconds: 90) == 0, "\(client.errorText)")
        #expect(client.outputText == "ready\nclosed\n")
    }
}
