import Testing

@Suite("Node's ws against broadside serve: ws and wss, compressed and plain")
struct NodeClientTests {
    /// What each script begins with.
    private static let prelude = """
        const assert = require('assert');
        const fs = require('fs');
        const WebSocket = require('ws');
        const [url, authority, compression] = process.argv.slice(1);
        const options = { perMessageDeflate: compression === 'on', maxPayload: 0 };
        if (authority) options.ca = fs.readFileSync(authority);

        function connect() {
            const ws = new WebSocket(url, options);
            const inbox = [], waiting = [];
            ws.on('error', (error) => { console.error(error); process.exit(4); });
            ws.on('message', (data, binary) => {
                const message = binary ? data : String(data);
                if (waiting.length) waiting.shift()(message); else inbox.push(message);
            });
            ws.receive = () => inbox.length
                ? Promise.resolve(inbox.shift()) : new Promise((resolve) => waiting.push(resolve));
            ws.closed = new Promise((resolve) => ws.on('close', resolve));
            return new Promise((resolve) => ws.on('open', () => {
                assert.strictEqual(ws.extensions.startsWith('permessage-deflate'), compression === 'on');
                resolve(ws);
            }));
        }

        function noise(size) {
            const bytes = Buffer.alloc(size);
            let state = 1;
            for (let i = 0; i < size; i++) {
                state = (Math.imul(state, 1103515245) + 12345) >>> 0;
                bytes[i] = state >>> 24;
            }
            return bytes;
        }

        process.on('unhandledRejection', (error) => { console.error(error); process.exit(5); });
        setTimeout(() => process.exit(3), 60000);


        """

    private static let exchange =
        prelude + """
            async function main() {
                const ws = await connect();
                for (const size of [0, 1, 63, 64, 125, 126, 127, 1024, 65535, 65536, 262144]) {
                    for (const message of ['é'.repeat(size), Buffer.alloc(size, 'ab'), noise(size)]) {
                        ws.send(message);
                        assert.deepStrictEqual(await ws.receive(), message);
                        const step = Math.max(1, Math.ceil(size / 7));
                        for (let at = 0; at < size; at += step) {
                            ws.send(message.slice(at, at + step), { fin: at + step >= size });
                        }
                        if (size) assert.deepStrictEqual(await ws.receive(), message);
                    }
                    const pong = new Promise((resolve) => ws.once('pong', resolve));
                    ws.ping('still there');
                    assert.strictEqual(String(await pong), 'still there');
                }
                ws.send('x'.repeat(1048577));
                assert.strictEqual(await ws.closed, 1009);
                console.log('exchanged');
                process.exit(0);
            }
            main();
            """

    private static let broadcasts =
        prelude + """
            async function main() {
                const publisher = await connect(), subscriber = await connect();
                const messages = [];
                for (const size of [1, 10, 63, 64, 125, 126, 1000, 65535, 65536, 100000, 200000]) {
                    messages.push('e'.repeat(size), noise(size), Buffer.alloc(size, 'ab'));
                }
                for (const message of messages) publisher.send(message);
                for (const message of messages) {
                    assert.deepStrictEqual(await subscriber.receive(), message);
                    assert.deepStrictEqual(await publisher.receive(), message);
                }
                console.log('received');
                process.exit(0);
            }
            main();
            """

    private static let closing =
        prelude + """
            async function main() {
                for (const code of [1000, 1001, 1003, 3000, 4999]) {
                    const ws = await connect();
                    ws.close(code, 'bye');
                    assert.strictEqual(await ws.closed, code);
                }
                const ws = await connect();
                ws.send('here');
                assert.strictEqual(await ws.receive(), 'here');
                console.log('ready');
                assert.strictEqual(await ws.closed, 1001);
                console.log('closed');
                process.exit(0);
            }
            main();
            """

    private func start(
        _ script: String, _ server: TestServer, _ wireCase: WireCase, _ path: String
    ) throws -> ChildProcess {
        let arguments = try wireCase.scriptArguments(server, path)
        return try NodeWS.start(script, arguments[0], arguments[1], arguments[2])
    }

    @Test(
        "messages of all lengths, whole and in fragments, pings, and a message that is too large",
        .enabled(if: NodeWS.isAvailable, NodeWS.absence), arguments: WireCase.all)
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
        .enabled(if: NodeWS.isAvailable, NodeWS.absence), arguments: WireCase.all)
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
        .enabled(if: NodeWS.isAvailable, NodeWS.absence), arguments: WireCase.all)
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
