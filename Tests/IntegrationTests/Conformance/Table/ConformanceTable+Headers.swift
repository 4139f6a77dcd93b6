extension ConformanceTable {
    /// Bits that no extension gives a meaning to (RFC 6455 §5.2).
    static var reservedBits: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        for bits in UInt8(1)...7 {
            let flags = 0x80 | bits << 4
            let text = ConformanceFrame(flags | 1, ConformancePayload.utf8("text"))
            let name = "reserved bits \(bits)"
            let more: [ConformanceCase] = [
                ConformanceCase("\(name) on a text", [text], end: protocolError),
                ConformanceCase("\(name) on a binary message", [ConformanceFrame(flags | 2, [1])], end: protocolError),
                ConformanceCase(
                    "\(name) behind a message, before a ping", [.text("before"), text, .ping()],
                    answers: [.text("before")], end: protocolError, chunking: .pieces(bytes: 1)),
                ConformanceCase(
                    "\(name) on a close frame", [ConformanceFrame(flags | 8, [0x03, 0xE8])], end: protocolError),
                ConformanceCase("\(name) on a ping", [ConformanceFrame(flags | 9)], end: protocolError),
                ConformanceCase("\(name) on a pong", [ConformanceFrame(flags | 10)], end: protocolError),
                ConformanceCase(
                    "\(name) on a continuation", [.text("a", fin: false), ConformanceFrame(flags, [0x62])],
                    end: protocolError),
            ]
            cases += more
        }
        return cases
    }

    /// Opcodes that are not defined (RFC 6455 §5.2).
    static var opcodes: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8] {
            let alone = ConformanceFrame(0x80 | opcode)
            let filled = ConformanceFrame(0x80 | opcode, ConformancePayload.utf8("payload"))
            let more: [ConformanceCase] = [
                ConformanceCase("opcode \(opcode) alone", [alone], end: protocolError),
                ConformanceCase("opcode \(opcode) with a payload", [filled], end: protocolError, chunking: .everyCut),
                ConformanceCase(
                    "opcode \(opcode) behind a message", [.text("before"), filled], answers: [.text("before")],
                    end: protocolError),
                ConformanceCase(
                    "opcode \(opcode) before a message and a ping", [alone, .text("behind"), .ping()],
                    end: protocolError, chunking: .pieces(bytes: 1)),
                ConformanceCase(
                    "opcode \(opcode) within a message", [.text("a", fin: false), alone, .continuation("b")],
                    end: protocolError),
                ConformanceCase("opcode \(opcode) without FIN", [ConformanceFrame(opcode)], end: protocolError),
            ]
            cases += more
        }
        return cases
    }

    /// Frames are masked by the client and by nobody else (RFC 6455 §5.1, §5.3).
    static var masking: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        let wrong: [(String, ConformanceFrame)] = [
            ("a text", .text("text")), ("an empty text", .text("")),
            ("a binary message", .binary([1, 2, 3])), ("a ping", .ping()), ("a pong", .pong()),
            ("a close frame", .close(1000)),
        ]
        for (name, frame) in wrong {
            var wronglyMasked = frame
            wronglyMasked.isMaskedWrongly = true
            let more: [ConformanceCase] = [
                ConformanceCase(
                    "\(name), masked as the other end does", [wronglyMasked], end: protocolError, chunking: .everyCut),
                ConformanceCase(
                    "\(name), masked as the other end does, behind a message", [.text("before"), wronglyMasked],
                    answers: [.text("before")], end: protocolError),
            ]
            cases += more
        }
        for key in [[0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 0, 0], [0, 0, 0, 0x80]] as [[UInt8]] {
            let payload = ConformancePayload.bytes(100)
            var frame = ConformanceFrame.binary(payload)
            frame.maskingKey = key
            cases.append(
                ConformanceCase(
                    "a message masked with \(HexDump.text(of: key))", [frame, .ping(payload)],
                    answers: [.binary(payload), .pong(payload)], chunking: .pieces(bytes: 9), roles: [.server]))
        }
        return cases
    }
}
