import WebSocketWire

/// What requests and responses have in common.
protocol HTTPMessage: Equatable {
    var headers: HTTPHeaders { get }
    var body: [UInt8] { get }
}

extension HTTPRequest: HTTPMessage {}
extension HTTPClientResponse: HTTPMessage {}
