import WebSocketWire

/// All of a POST request in front of its body (RFC 9112 §3): the same for every message but for the body's size.
struct PostRequestHead {
    private static let end = Array("\r\n\r\n".utf8)

    /// Up to the digits of the length.
    private let start: [UInt8]

    /// - Parameter headers: checked fields, without control characters; those that are reserved are left out.
    init(url: PublishURL, headers: [(String, String)]) {
        var text = "POST \(url.path) HTTP/1.1\r\n"
        for (name, value) in [("Host", url.authority), ("Content-Type", "application/json")]
        where !headers.contains(where: { $0.0.equalsIgnoringASCIICase(name) }) {
            text += "\(name): \(value)\r\n"
        }
        for (name, value) in headers where !PostPlan.isReserved(name) {
            text += "\(name): \(value)\r\n"
        }
        start = Array((text + "Content-Length: ").utf8)
    }

    func byteCount(bodyBytes: Int) -> Int {
        start.count + DecimalText.byteCount(of: UInt64(bodyBytes)) + Self.end.count
    }

    /// - Parameter buffer: `byteCount` long for the same body; less is a programmer error.
    func write(bodyBytes: Int, into buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count >= byteCount(bodyBytes: bodyBytes), "no room for the head")
        start.withUnsafeBytes { buffer.copyMemory(from: $0) }
        let digits = DecimalText.write(UInt64(bodyBytes), into: buffer, at: start.count)
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[(start.count + digits)...])
        Self.end.withUnsafeBytes { rest.copyMemory(from: $0) }
    }
}
