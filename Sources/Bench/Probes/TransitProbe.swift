import Recording
import Transport

/// Times bytes from one thread's send to another thread's read over TCP on loopback: the way that the specification
/// calls network transmission, with nothing of a server or a protocol in it.
enum TransitProbe {
    /// One end, sending or receiving.
    private final class End: EventLoopHandler {
        let messageBytes: Int
        let rounds: Int
        let histogram = LatencyHistogram()
        var loop: EventLoop!
        private var socket: SocketID?
        private var message: [UInt8]
        private var pending: [UInt8] = []
        private var count = 0

        init(messageBytes: Int, rounds: Int, io: IOChoice) throws {
            self.messageBytes = messageBytes
            self.rounds = rounds
            message = [UInt8](repeating: 0, count: messageBytes)
            loop = try EventLoop(configuration: .init(io: io), handler: self)
        }

        func connected(_ socket: SocketID) {
            self.socket = socket
            sendNext()
        }

        /// A message a millisecond: each finds an idle line.
        private func sendNext() {
            guard let socket else { return }
            message.withUnsafeMutableBytes { bytes in
                bytes.storeBytes(of: MonotonicInstant.now().nanoseconds, as: UInt64.self)
                guard let base = bytes.baseAddress else { return }
                loop.send(socket, base, count: bytes.count)
                loop.flush()
            }
            count += 1
            loop.schedule(TimerToken(kind: 0), afterNanoseconds: 1_000_000)
        }

        func timerFired(_ timer: TimerToken) {
            if count < rounds { sendNext() } else { loop.stop() }
        }

        func accepted(_ connection: AcceptedConnection) { _ = loop.adopt(connection) }

        func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer) {
            let now = MonotonicInstant.now().nanoseconds
            pending.append(contentsOf: bytes)
            while pending.count >= messageBytes {
                let sent = pending.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
                histogram.record(now &- sent)
                pending.removeFirst(messageBytes)
            }
        }

        func closed(_ socket: SocketID, _ reason: CloseReason) { loop.stop() }
        func sendStopped(_ socket: SocketID, after sentBytes: Int) { loop.stop() }
        func acceptFailed(_ error: SystemError) { loop.stop() }
        func sendsSettled() {}
        func writable(_ socket: SocketID) {}
        func woken() {}
        func turnEnded() {}
    }

    /// `@unchecked Sendable`: the receiving end is handed to its thread before that runs and read after it has ended.
    private struct Handover: @unchecked Sendable {
        let end: End
    }

    /// - Parameters:
    ///   - messageBytes: at least 8.
    ///   - core: the core for the receiving thread, where there is more than one.
    static func run(messageBytes: Int, rounds: Int, io: IOChoice, core: Int?) throws -> LatencyHistogram {
        let receiver = try End(messageBytes: messageBytes, rounds: rounds, io: io)
        let listener = try receiver.loop.listen(on: SocketAddress.resolve(host: "127.0.0.1", port: 0))
        let address = receiver.loop.localAddress(of: listener)
        let sender = try End(messageBytes: messageBytes, rounds: rounds, io: io)
        let handover = Handover(end: receiver)
        let thread = try LoopThread {
            if let core { CoreSet.pin(to: [core]) }
            handover.end.loop.run()
        }
        defer {
            handover.end.loop.execute { handover.end.loop.stop() }
            thread.join()
        }
        _ = try sender.loop.connect(to: address)
        sender.loop.run()
        return receiver.histogram
    }
}
