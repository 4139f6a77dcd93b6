extension ConformanceTable {
    /// What `serve` takes unless told otherwise; `load --mode reflect` takes 64 MiB.
    private static let serverLimitBytes = 1 << 20

    private static func frame(
        _ first: UInt8, _ form: ConformanceFrame.LengthForm, _ payload: [UInt8] = [], declared: UInt64? = nil
    ) -> ConformanceFrame {
        var frame = ConformanceFrame(first, payload)
        frame.lengthForm = form
        frame.declaredBytes = declared
        return frame
    }

    /// Lengths have the shortest form there is (RFC 6455 §5.2), and a message a largest size.
    static var lengths: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        for count in [0, 1, 125] {
            let payload = ConformancePayload.letters(count)
            let more: [ConformanceCase] = [
                ConformanceCase(
                    "a length of \(count) in 16 bits", [frame(0x81, .sixteenBits, payload)], end: protocolError),
                ConformanceCase(
                    "a length of \(count) in 64 bits", [frame(0x81, .sixtyFourBits, payload)], end: protocolError),
                ConformanceCase(
                    "a ping's length of \(count) in 16 bits", [frame(0x89, .sixteenBits, payload)],
                    end: protocolError),
                ConformanceCase(
                    "a close frame's length of \(count) in 64 bits", [frame(0x88, .sixtyFourBits, payload)],
                    end: protocolError),
            ]
            cases += more
        }
        for count in [126, 127, 65_535] {
            let payload = ConformancePayload.bytes(count)
            cases.append(
                ConformanceCase(
                    "a length of \(count) in 64 bits", [.text("before"), frame(0x82, .sixtyFourBits, payload)],
                    answers: [.text("before")], end: protocolError))
        }
        for length in [0x8000_0000_0000_0000, 0x8000_0000_0000_0001, 0xFFFF_FFFF_FFFF_FFFF] as [UInt64] {
            cases.append(
                ConformanceCase(
                    "a length of \(length)", [frame(0x82, .sixtyFourBits, declared: length)], end: protocolError,
                    chunking: .pieces(bytes: 1)))
        }
        for length in [0x0800_0000, 0x1_0000_0000, 0x100_0000_0000, 0x7FFF_FFFF_FFFF_FFFF] as [UInt64] {
            cases.append(
                ConformanceCase(
                    "a length of \(length)", [frame(0x82, .sixtyFourBits, declared: length)], end: messageTooBig,
                    chunking: .pieces(bytes: 1)))
        }
        return cases + serverLimit
    }

    private static var serverLimit: [ConformanceCase] {
        let largest = [UInt8](repeating: 7, count: serverLimitBytes)
        let half = [UInt8](repeating: 7, count: serverLimitBytes / 2)
        let tooLarge = frame(0x82, .sixtyFourBits, declared: UInt64(serverLimitBytes) + 1)
        let restTooLarge = frame(0x80, .sixtyFourBits, declared: UInt64(half.count) + 1)
        return [
            ConformanceCase(
                "a message as large as can be", [.binary(largest)], answers: [.binary(largest)], roles: [.server]),
            ConformanceCase(
                "fragments as large as can be", [.binary(half, fin: false), .continuation(bytes: half)],
                answers: [.binary(largest)], roles: [.server]),
            ConformanceCase("a message larger by one byte", [tooLarge], end: messageTooBig, roles: [.server]),
            ConformanceCase(
                "fragments larger by one byte", [.binary(half, fin: false), .ping(), restTooLarge],
                answers: [.pong([])], end: messageTooBig, roles: [.server]),
        ]
    }
}
