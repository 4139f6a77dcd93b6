import Transport

/// Clients that do not read, or only so much a second: what they are sent fills the kernel's buffers, then those of the
/// server.
extension LoadLoop {
    /// The client's connection is upgraded: from now on it reads as a slow reader does.
    func slowDown(_ client: LoadClient) {
        guard client.reading != .eager, let socket = client.socket else { return }
        loop.setReading(socket, false)
        guard let bytesPerSecond = behaviour.slowReadBytesPerSecond else { return }
        behaviour.allowances[client.index - behaviour.slowReaders.lowerBound] = ReadAllowance(
            bytesPerSecond: bytesPerSecond, atNanoseconds: nowNanoseconds)
    }

    /// A slow reader has read.
    func spendAllowance(_ client: LoadClient, _ byteCount: Int) {
        guard client.isOpen, let socket = client.socket else { return }
        let place = client.index - behaviour.slowReaders.lowerBound
        behaviour.allowances[place].spend(byteCount)
        if !behaviour.allowances[place].mayRead { loop.setReading(socket, false) }
    }

    /// Lets slow readers read what has become theirs, and finds out whom the server has given up on: the loop need not
    /// notice the end of a connection that nobody reads from.
    ///
    /// - Parameter looksForEnds: costs one system call for each of them.
    func attendSlowReaders(_ now: UInt64, looksForEnds: Bool) {
        for index in behaviour.slowReaders {
            let client = clients[index]
            guard client.isOpen, let socket = client.socket else { continue }
            let end = looksForEnds ? loop.unreadEnd(of: socket) : nil
            if let end, client.reading == .never || end != .endOfStream {
                ended(client, end.description)
            } else if client.reading == .slowly {
                let place = index - behaviour.slowReaders.lowerBound
                behaviour.allowances[place].refill(atNanoseconds: now)
                loop.setReading(socket, behaviour.allowances[place].mayRead)
            }
        }
    }
}
