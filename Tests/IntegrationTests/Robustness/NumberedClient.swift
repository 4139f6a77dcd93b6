import Testing

/// A client on `/relay` that reads numbered messages, or does not until it is told to.
final class NumberedClient {
    private let socket: RawSocket
    private(set) var stream = NumberedStream()

    /// - Parameter stalls: its kernel takes in next to nothing while it does not read.
    init(port: UInt16, stalls: Bool) throws {
        socket = try RawSocket(port: port, receiveBufferBytes: stalls ? 4096 : nil)
        let client = try RawWebSocket(socket, "/relay")
        client.socket.received.withUnsafeBytes { stream.consume($0) }
    }

    /// What the other end has done.
    var end: RawSocket.End? { socket.end }

    func publish(_ number: Int) { socket.send(NumberedStream.frame(number)) }

    /// Takes in what has come; false where nothing had.
    func read(through place: UnsafeMutableRawBufferPointer) -> Bool {
        let count = socket.take(into: place)
        stream.consume(UnsafeRawBufferPointer(rebasing: place[..<count]))
        return count > 0
    }

    /// Ends its side of the closing handshake.
    func answerClose() { socket.send(RawWebSocket.frame(8, [0x03, 0xf5])) }
}
