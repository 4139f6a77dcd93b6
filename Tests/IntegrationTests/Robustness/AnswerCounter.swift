/// Counts whole answers in what a server sends, and keeps none: WebSocket frames, or HTTP answers with a
/// `Content-Length`.
///
/// Input may be split anywhere.
struct AnswerCounter {
    private static let headEnd = Array("\r\n\r\n".utf8)

    let isHTTP: Bool
    private(set) var count = 0
    /// Whether anything but a data frame, a pong or a 200 came.
    private(set) var hasRefusals = false
    private var head: [UInt8] = []
    private var remainingBytes = 0

    init(isHTTP: Bool) { self.isHTTP = isHTTP }

    mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset < bytes.count {
            if remainingBytes > 0 {
                let taken = min(remainingBytes, bytes.count - offset)
                offset += taken
                remainingBytes -= taken
                if remainingBytes == 0 { count += 1 }
                continue
            }
            head.append(bytes[offset])
            offset += 1
            guard let bodyBytes = isHTTP ? httpBody() : framePayload() else { continue }
            head.removeAll(keepingCapacity: true)
            remainingBytes = bodyBytes
            if bodyBytes == 0 { count += 1 }
        }
    }

    /// The length behind a complete header of an unmasked frame of up to 65,535 bytes.
    private mutating func framePayload() -> Int? {
        guard head.count >= 2 else { return nil }
        if head[0] & 0x0f == 8 { hasRefusals = true }
        if head[1] < 126 { return Int(head[1]) }
        return head.count == 4 ? Int(head[2]) << 8 | Int(head[3]) : nil
    }

    private mutating func httpBody() -> Int? {
        guard head.last == UInt8(ascii: "\n"), head.suffix(4) == Self.headEnd[...] else { return nil }
        let text = String(decoding: head, as: UTF8.self)
        if !text.hasPrefix("HTTP/1.1 200 ") { hasRefusals = true }
        guard let match = text.firstMatch(of: /(?i)content-length: *(\d+)/) else { return 0 }
        return Int(match.1)
    }
}
