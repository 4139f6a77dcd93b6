import WebSocketWire

/// What the parsers of requests and of responses have in common.
protocol HTTPMessageParser {
    associatedtype Message: HTTPMessage

    init(limits: HTTPLimits)

    var hasBegun: Bool { get }

    mutating func next(
        in input: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(HTTPViolation) -> Message?
}

extension HTTPRequestParser: HTTPMessageParser {}
extension HTTPResponseParser: HTTPMessageParser {}
