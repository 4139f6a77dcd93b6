import Testing

/// A client that sends requests as fast as they are taken and reads no answer until it is told to.
final class Flood {
    struct Kind: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Nil for plain HTTP.
        let path: String?
        /// What is sent again and again; each is answered once.
        let request: [UInt8]

        static let all = [
            Kind(testDescription: "pings", path: "/relay", request: frame(9, payloadBytes: 100)),
            Kind(testDescription: "echoes", path: "/echo", request: frame(2, payloadBytes: 900)),
            Kind(testDescription: "bad messages", path: "/", request: frame(1, payloadBytes: 200)),
            Kind(testDescription: "requests that are answered at once", path: nil, request: get("/healthz")),
            Kind(testDescription: "requests whose answer waits for the loops", path: nil, request: get("/api/metrics")),
        ]

        /// Brackets, which are text and no JSON.
        private static func frame(_ opcode: UInt8, payloadBytes: Int) -> [UInt8] {
            RawWebSocket.frame(opcode, [UInt8](repeating: UInt8(ascii: "["), count: payloadBytes))
        }

        private static func get(_ path: String) -> [UInt8] {
            Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        }
    }

    private static let bufferBytes: Int32 = 16 << 10

    private let kind: Kind
    private let socket: RawSocket
    private let requests: [UInt8]
    private var answers: AnswerCounter
    /// How much of its requests the kernel has taken.
    private(set) var sentBytes = 0

    init(port: UInt16, _ kind: Kind) throws {
        self.kind = kind
        requests = [[UInt8]](repeating: kind.request, count: 100).flatMap { $0 }
        answers = AnswerCounter(isHTTP: kind.path == nil)
        socket = try RawSocket(port: port, receiveBufferBytes: Self.bufferBytes, sendBufferBytes: Self.bufferBytes)
        if let path = kind.path { _ = try RawWebSocket(socket, path) }
    }

    /// Sends as much as is taken at once, up to `limitBytes` over all calls; false where that is nothing.
    func send(upTo limitBytes: Int) -> Bool {
        let start = sentBytes % requests.count
        let end = min(requests.count, start + max(0, limitBytes - sentBytes))
        let taken = socket.offer(requests[start..<end])
        sentBytes += taken
        return taken > 0
    }

    /// Completes the last request and reads, as far as both go at once.
    ///
    /// - Returns: whether each request has its answer.
    func readAnswers(through place: UnsafeMutableRawBufferPointer) -> Bool {
        let requestCount = (sentBytes + kind.request.count - 1) / kind.request.count
        _ = send(upTo: requestCount * kind.request.count)
        let count = socket.take(into: place)
        answers.consume(UnsafeRawBufferPointer(rebasing: place[..<count]))
        return answers.count == requestCount && sentBytes == requestCount * kind.request.count
    }

    var hasRefusals: Bool { answers.hasRefusals }
    var end: RawSocket.End? { socket.end }
}
