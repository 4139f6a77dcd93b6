import TestSupport
import Testing

@Suite("broadside load against servers of other makers")
struct OtherServersTests {
    /// What the load goes over, and whether both sides may compress.
    struct Case: Sendable, CustomStringConvertible {
        let mode: String
        let wire: Wire
        let isCompressed: Bool

        var description: String { "\(mode), \(wire), \(isCompressed ? "compressed" : "plain")" }

        static let all: [Case] = ["broadcast", "echo"].flatMap { mode in
            Wire.allCases.flatMap { wire in
                [false, true].map { Case(mode: mode, wire: wire, isCompressed: $0) }
            }
        }

        /// What the scripts take: the mode, whether to compress, and the files of the certificate and its key.
        func scriptArguments() throws -> [String] {
            let certificates = try TestCertificates.shared.get()
            return [mode, isCompressed ? "on" : "off"]
                + (wire == .wss ? [certificates.server, certificates.serverKey] : ["", ""])
        }
    }

    /// A relay or an echo; prints its port.
    private static let pythonServer = """
        import asyncio, ssl, sys, websockets

        mode, compression, certificate, key = sys.argv[1:5]
        options = {"compression": "deflate" if compression == "on" else None}
        if certificate:
            options["ssl"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            options["ssl"].load_cert_chain(certificate, key)
        clients = set()

        async def handle(ws):
            agreed = [extension.name for extension in getattr(ws, "protocol", ws).extensions]
            assert agreed == (["permessage-deflate"] if compression == "on" else []), agreed
            if mode == "echo":
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
            async with websockets.serve(handle, "127.0.0.1", 0, **options) as server:
                print(server.sockets[0].getsockname()[1], flush=True)
                await asyncio.sleep(60)

        asyncio.run(main())
        """

    private static let nodeServer = """
        const fs = require('fs'), http = require('http'), https = require('https');
        const { WebSocketServer } = require('ws');
        const [mode, compression, certificate, key] = process.argv.slice(1);
        const listener = certificate
            ? https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) })
            : http.createServer();
        const server = new WebSocketServer({ server: listener, perMessageDeflate: compression === 'on' });
        server.on('connection', (ws) => {
            if (ws.extensions.startsWith('permessage-deflate') !== (compression === 'on')) process.exit(4);
            ws.on('message', (data, binary) => {
                for (const client of mode === 'broadcast' ? server.clients : [ws]) client.send(data, { binary });
            });
        });
        listener.listen(0, '127.0.0.1', () => console.log(listener.address().port));
        setTimeout(() => process.exit(0), 60000);
        """

    private func losesNothing(_ server: ChildProcess, _ serverCase: Case) throws {
        defer { server.kill() }
        let port = try #require(server.firstLine(), "\(server.errorText)")
        let mode = serverCase.mode
        // Large enough for what compresses from a kilobyte on.
        let outcome = try LoadOutcome(
            [
                "\(serverCase.wire)://127.0.0.1:\(port)/", "--mode", mode, "--clients", "10", "--rate", "100",
                "--message-bytes", "3000", "--compression", serverCase.isCompressed ? "on" : "off",
                "--duration", "500ms", "--warmup", "100ms",
            ] + serverCase.wire.loadArguments())
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
        arguments: Case.all)
    func python(serverCase: Case) throws {
        let words = try serverCase.scriptArguments()
        try losesNothing(
            PythonWebSockets.start(Self.pythonServer, words[0], words[1], words[2], words[3]), serverCase)
    }

    @Test(
        "a relay and an echo with Node's ws get everything across",
        .enabled(if: NodeWS.isAvailable, NodeWS.absence), arguments: Case.all)
    func node(serverCase: Case) throws {
        let words = try serverCase.scriptArguments()
        try losesNothing(NodeWS.start(Self.nodeServer, words[0], words[1], words[2], words[3]), serverCase)
    }
}
