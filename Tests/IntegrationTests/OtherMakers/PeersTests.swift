import Testing

@Suite("The relays that Broadside is compared with")
struct PeersTests {
    /// What one of the clients sends: each message begins with the client's own mark, and the first one's last have all
    /// the forms of a length.
    private static func messages(of client: Int) -> [RawWebSocket.Frame] {
        let mark = UInt8(client)
        let short = (0..<60).map { RawWebSocket.Frame(opcode: 1, payload: [mark] + Array("\($0)".utf8)) }
        let lengths = client == 0 ? [1, 125, 126, 127, 65_535, 65_536, 100_000] : []
        return short
            + lengths.map { length in
                RawWebSocket.Frame(opcode: 2, payload: [mark] + (1..<length).map { UInt8($0 % 251) })
            }
    }

    /// A client that is among the relay's: some upgrade first and add to their clients a moment later.
    private func join(_ port: UInt16) throws -> RawWebSocket {
        let client = try RawWebSocket(port: port, "/relay")
        client.send("join")
        let frame = try #require(client.nextFrame())
        try #require(frame.text == "join")
        return client
    }

    @Test(
        "every client gets every message unchanged, in one frame and in one same order",
        .enabled(if: !Peers.ready.isEmpty, Peers.absence), arguments: Peers.ready)
    func relays(name: String) throws {
        let port = try FreePort.find()
        let relay = try Peers.start(name, port: port)
        defer { relay.kill() }
        let clients = [try join(port), try join(port), try join(port)]
        let sent = clients.indices.map(Self.messages)
        for turn in sent[0].indices {
            for (client, messages) in zip(clients, sent) where turn < messages.count {
                client.send(messages[turn].opcode, messages[turn].payload)
            }
        }
        let fragmented = RawWebSocket.Frame(opcode: 1, payload: Array("together".utf8))
        clients[0].send(1, Array("to".utf8), isFinal: false)
        clients[0].send(0, Array("get".utf8), isFinal: false)
        clients[0].send(0, Array("her".utf8))
        let expectedCount = sent.joined().count + 1

        let join = RawWebSocket.Frame(opcode: 1, payload: Array("join".utf8))
        let transcripts = clients.map { client in
            var frames: [RawWebSocket.Frame] = []
            while frames.count < expectedCount, let frame = client.nextFrame() {
                if frame != join { frames.append(frame) }
            }
            return frames
        }
        #expect(transcripts[1] == transcripts[0])
        #expect(transcripts[2] == transcripts[0])
        for (client, messages) in sent.enumerated() {
            #expect(transcripts[0].filter { $0.payload.first == UInt8(client) } == messages)
        }
        #expect(transcripts[0].contains(fragmented))
        #expect(transcripts[0].count == expectedCount)
    }

    @Test(
        "a client that does not read delays nobody, and a bare relay disconnects it in the end",
        .enabled(if: !Peers.bare.isEmpty, Peers.absence), arguments: Peers.bare)
    func clientThatDoesNotRead(name: String) throws {
        let port = try FreePort.find()
        let relay = try Peers.start(name, port: port)
        defer { relay.kill() }
        let silent = try join(port)
        let reader = try join(port)
        let payload = [UInt8](repeating: 7, count: 1 << 20)
        let frame = RawWebSocket.frame(2, payload)
        // More than the relay keeps for a client and the kernel holds for two sockets.
        for _ in 0..<100 {
            reader.socket.send(frame)
            try #require(reader.nextFrame()?.payload == payload)
        }
        #expect(silent.socket.receiveAll(within: 60) != .timedOut)
        #expect(silent.socket.received.count < 100 * payload.count)
        reader.send("still here")
        #expect(reader.nextFrame()?.text == "still here")
    }

    @Test(
        "a client that was behind and reads again has missed nothing",
        .enabled(if: !Peers.bare.isEmpty, Peers.absence), arguments: Peers.bare)
    func clientThatCatchesUp(name: String) throws {
        let port = try FreePort.find()
        let relay = try Peers.start(name, port: port)
        defer { relay.kill() }
        let late = try join(port)
        let reader = try join(port)
        #expect(late.nextFrame()?.text == "join")
        let payload = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 % 253) }
        let frame = RawWebSocket.frame(2, payload)
        for _ in 0..<2 {
            for turn in 0..<30 {
                reader.socket.send(frame)
                reader.send("\(turn)")
                try #require(reader.nextFrame()?.payload == payload)
                try #require(reader.nextFrame()?.text == "\(turn)")
            }
            late.send(9, [1, 2, 3])
            for turn in 0..<30 {
                try #require(late.nextFrame()?.payload == payload)
                try #require(late.nextFrame()?.text == "\(turn)")
            }
            #expect(late.nextFrame() == .init(opcode: 10, payload: [1, 2, 3]))
        }
    }

    @Test(
        "a bare relay disconnects who breaks the protocol or leaves, and goes on",
        .enabled(if: !Peers.bare.isEmpty, Peers.absence), arguments: Peers.bare)
    func brokenClients(name: String) throws {
        let port = try FreePort.find()
        let relay = try Peers.start(name, port: port)
        defer { relay.kill() }
        let witness = try join(port)
        let offences: [[UInt8]] = [
            [0x81, 0x01, 0x61, 0, 0, 0],  // not masked
            RawWebSocket.frame(0x41, [1]),  // a reserved bit
            RawWebSocket.frame(3, [1]),  // a reserved opcode
            RawWebSocket.frame(0, [1]),  // the end of a message that has not begun
            RawWebSocket.frame(1, [1], isFinal: false) + RawWebSocket.frame(1, [2]),  // a message within another
            RawWebSocket.frame(9, [1], isFinal: false),  // a control frame in fragments
            RawWebSocket.frame(9, [UInt8](repeating: 0, count: 126)),  // a long one
            [0x82, 0xff] + [UInt8](repeating: 0xff, count: 8) + [0, 0, 0, 0],  // no memory has so much
        ]
        for offence in offences {
            let offender = try RawWebSocket(port: port, "/")
            offender.socket.send(offence)
            #expect(offender.socket.receiveAll() != .timedOut, "\(offence.prefix(12))")
        }
        let stranger = try RawSocket(port: port)
        stranger.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(stranger.receiveAll() != .timedOut)

        // Gone in the middle of a frame.
        _ = try RawWebSocket(port: port, "/").socket.send(Array(RawWebSocket.frame(2, [1, 2, 3]).dropLast()))

        let leaving = try RawWebSocket(port: port, "/")
        leaving.send(8, [0x03, 0xe8])
        #expect(leaving.nextFrame()?.closeCode == 1000)
        #expect(leaving.socket.receiveAll() != .timedOut)

        witness.send("still here")
        #expect(witness.nextFrame()?.text == "still here")
    }

    @Test(
        "a request and frames are taken however they are cut",
        .enabled(if: !Peers.bare.isEmpty, Peers.absence), arguments: Peers.bare)
    func cutAnyhow(name: String) throws {
        let port = try FreePort.find()
        let relay = try Peers.start(name, port: port)
        defer { relay.kill() }
        let witness = try join(port)
        let socket = try RawSocket(port: port)
        let text = [UInt8](repeating: 0x61, count: 300)
        let bytes = Array(RawWebSocket.upgradeRequest("/relay").utf8) + RawWebSocket.frame(1, text)
        for start in stride(from: 0, to: bytes.count, by: 7) {
            socket.send(Array(bytes[start..<min(start + 7, bytes.count)]))
        }
        #expect(witness.nextFrame() == .init(opcode: 1, payload: text))
    }
}
